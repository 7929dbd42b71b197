"""The words that tell what is counted from others of its kind: "nationals ⟨of the State party⟩", «участников ⟨из регионов⟩»."""

from __future__ import annotations

# ruff: noqa: E501  # patterns are read as one line each
import re

from kenesh.library.reading import russian, units

_TURKIC = frozenset({"ky", "kk", "uz"})
_LONGEST = 7  # words that are added
# English: what belongs to the noun, up to a verb, a time or the end of the clause.
_ENGLISH_STOP = r"(?:is|are|was|were|be|been|has|have|had|do|does|did|will|would|can|could|may|might|must|shall|should|who|which|that|and|or|but|while|whereas|as|because|since|during|until|than|compared|against|according|met|spoke|called|wrote|worked|lived|came|went|left|returned|took|attended|participated|received|applied|asked|said|told|got|gave|held|made|signed|lost|paid|sent|died|arrived|entered|moved|crossed|turned|sought|filed|won|registered|obtained|visited|joined|gathered|reached|rose|fell|grew|live|work|leave|come|go|stay|need|send|take|make|get|give|hold)"
_ENGLISH_AFTER = re.compile(
    rf"(?:[ ](?:of|from|for|with|without|under)[ ](?!(?:19|20)\d\d)(?:(?:the|a|an|such|these|those|their|its|all|other)[ ])*(?!{_ENGLISH_STOP}(?!\w))(?!(?:January|February|March|April|May|June|July|August|September|October|November|December|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|twenty|thirty|forty|fifty)\b)[^\W\d_][\w’'-]*(?:[ ](?!{_ENGLISH_STOP}(?!\w))(?!(?:in|on|at|to|of|from|for|with|without|under|by|about|into|abroad|here|there|last|this|every|each|per|only|also|within|through|after|before|over|between|among)(?!\w))[^\W\d_][\w’'-]*){{0,3}}){{1,2}}"
)
_ENGLISH_STATE = re.compile(
    r"[ ](?:is|are|was|were|have been|had been|has been|being)[ ](?P<state>(?:currently |officially |legally |still )?(?:working|living|residing|staying|studying|employed|barred|banned|detained|deported|expelled|trafficked|exploited|trained|stranded|held|affected|displaced|imprisoned)(?:[ ](?!(?:in|at|by|since|during|until|on)[ ](?:the[ ])?(?:(?:first|second|third|last|end|beginning|start)|January|February|March|April|May|June|July|August|September|October|November|December|\d))(?!(?:and|or|but|while|whereas|who|which|that|compared|as|according|most|including|last|this|every)(?!\w))[^\W\d_][\w’'-]*){0,5})"
)
# Russian: prepositions that tie a noun to what is counted, with the case they ask for.
_TIED = {"из": "gent", "от": "gent", "с": "ablt", "со": "ablt", "на": "accs", "о": "loct", "об": "loct", "без": "gent"}
_NOT_TIED = re.compile(
    r"(?:них|которых|его|её|ее|этого|этих|того|тех|всех|числа|первых|начала|конца|января|февраля|марта|апреля|мая|июня|июля|августа|сентября|октября|ноября|декабря|помощью|просьб\w+|жалоб\w+|заявлени\w+|вопрос\w+|вопросом|целью|учётом|участием|поддержкой|основании|сумму|год\w*|месяц\w*|день|дня|недел\w*|момент\w*|раз|тем)$",
    re.I,
)
_RUSSIAN_WORD = re.compile(r"(?P<gap>[ \xa0])(?P<word>[«\"]?[^\W\d_][\w-]*[»\"]?)")
# Turkic: what was done to or by those who are counted stands before their number: "soxta vositachilardan jabrlangan 318 nafar fuqaro".
_PARTICIPLE_BEFORE = re.compile(
    r"(?P<words>(?:[^\W\d_][\w’'ʻʼ‘-]*[ ]){0,5}?[^\W\d_][\w’'ʻʼ‘-]*(?:ган|ген|гон|гөн|кан|кен|кон|көн|ған|қан|gan|kan|qan|ётган|yotgan|турган|тұрған|дагы|деги|тагы|теги|дағы|дегі|тағы|тегі|dagi|даги))[ ]+$",
    re.I,
)
_TIME_OR_NAME = re.compile(
    r"(?:viloyat\w*|вилоят\w*|shahr\w*|шаҳр\w*|облус\w*|шаар\w*|облыс\w*|қала(?:да|сында)|район\w*|аудан\w*|туман\w*|tuman\w*|жыл\w*|йил\w*|yil\w*|ай\w{0,4}|oy\w{0,4}|ой\w{0,4}|бүгүн\w*|bugun\w*|бугун\w*|жана|және|va|ва|менен|мен|билан|bilan|бирок|бірақ|lekin|лекин|эми|ал|esa|эса|бул|бұл|bu|бу|ошол|сол|shu|шу|uning|анын|оның|унинг|үчүн|үшін|uchun|учун|буга|бүткүл|болгон|болған|bo.lgan|бўлган|деген|degan|учурда|қазір|hozir|ҳозир|айткан|айтқан|aytgan|кийин|кейін|keyin|чейин|дейін|гача|gacha)$",
    re.I,
)


_ENGLISH_HOLDS = re.compile(
    r"[ ](?P<state>(?:held|hold|holding|lacked|lack)[ ](?:(?:a|an|the|no|their|valid)[ ])*(?!(?:talks|meetings?|that|for|in|on|at)(?!\w))[a-z][\w-]*(?:[ ](?:permits?|contracts?|visas?|cards?|policies|policy|passports?|citizenship|licen[cs]es?|documents?|insurance|certificates?))?)(?=[ ,.;]|$)"
)


def whole(noun: str, before: str, after: str, head: int, language: str | None) -> str:
    """The noun with the words that tell it from others; `head` is where it ends in `after`."""
    if language == "en":
        return noun + english(after, head)
    if language == "ru":
        return noun + russian_words(after, head)
    if language in _TURKIC and (done := turkic_before(before)):
        return f"{done} {noun}"
    return noun


def english(after: str, head: int) -> str:
    """What stands behind the noun and belongs to it, without the verb that ties it."""
    match = _ENGLISH_AFTER.match(after, head)
    belongs = match[0] if match else ""
    past = head + len(belongs)
    state = _ENGLISH_STATE.match(after, past) or _ENGLISH_HOLDS.match(after, past)
    return re.sub(r"\s+", " ", belongs + (f" {state['state']}" if state else ""))


def russian_words(after: str, head: int) -> str:
    """Words in the genitive behind the noun, then one preposition that is tied to it with its words."""
    kept: list[str] = []
    wanted = "gent"
    for match in _RUSSIAN_WORD.finditer(after, head):
        if match.start() != head + sum(len(word) + 1 for word in kept) or len(kept) >= _LONGEST:
            break
        word = match["word"]
        plain = word.strip('«»"')
        if plain.casefold() in _TIED and wanted == "gent" and not any(each.casefold() in _TIED for each in kept):
            wanted = _TIED[plain.casefold()]
        elif _NOT_TIED.match(plain) or not _fits(plain, wanted, kept):
            break
        else:
            wanted = "gent" if russian.is_noun(plain) and not _is_tied(kept[-1:]) else wanted
            if russian.is_noun(plain):
                wanted = "gent"
        kept.append(word)
    while kept and (kept[-1].casefold() in _TIED or not (russian.is_noun(kept[-1].strip('«»"')) or kept[-1].isupper())):
        kept.pop()
    return "".join(f" {word}" for word in kept)


def _is_tied(words: list[str]) -> bool:
    return bool(words) and words[0].casefold() in _TIED


def _fits(word: str, case: str, kept: list[str]) -> bool:
    if word.isupper() and len(word) > 1:
        return True
    if russian.is_verb(word) or len(word) < 3 or word.casefold() in units.WORDS:
        return False
    return russian.may_be(word, case, *(("gen2",) if case == "gent" else ("loc2",) if case == "loct" else ()))


def turkic_before(before: str) -> str | None:
    """The participle with its words that stands before the number."""
    clause = re.split(r"[,;:()«»“”\"–—.!?]", before)[-1]
    match = _PARTICIPLE_BEFORE.search(clause.lstrip())
    if match is None:
        return None
    words = match["words"].split()
    if _TIME_OR_NAME.match(words[-1]):
        return None
    for index in range(len(words) - 1, -1, -1):
        if _TIME_OR_NAME.match(words[index]) or (words[index][0].isupper() and index and not _is_place(words[index])):
            words = words[index + 1 :]
            break
    return " ".join(words[-_LONGEST:]) or None


def _is_place(word: str) -> bool:
    """Whether the word has the ending of a place: "Россияда", "Koreyaga"."""
    return re.search(r"(?:[дт][аеоө]|[гкқғ][аеоө]|[дт][аеоө]н|d[a]|g[a]|dan|дагы|деги|dagi|даги)$", word, re.I) is not None


_GENITIVE = re.compile(r"(?<=\w{4})(?:[ндт][ыиуү]н|[ндт][ыі]ң|ning|нинг)$", re.I)
_PLACE_BEFORE = re.compile(r"(?P<place>[A-ZА-ЯЁӨҮҢҚҒҲҶӘҰІЎ][\w-]+(?: [A-ZА-ЯЁӨҮҢҚҒҲҶӘҰІЎ][\w-]+)?) \($")
_MORE = re.compile(
    r"\s*(?:more|less|fewer|higher|lower|больше|меньше|выше|ниже|многочисленнее|көп|көбүрөөк|аз|азыраак|артык|артық|kam|ko.p|ortiq|кам|кўп|ортиқ|зиёд|бештар|камтар)(?!\w)",
    re.I,
)
_WORTH = re.compile(
    r"(?<!\w)(?P<what>[^\W\d_][\w-]+),? (?:worth(?: of)?|with a budget of|стоимостью|с бюджетом|общей стоимостью)\s*(?:\w+\s*)?$",
    re.I,
)


def owner(what: str, language: str | None) -> str:
    """A Turkic noun without the genitive: "43 ⟨жұмысшы⟩ның паспорты"."""
    return _GENITIVE.sub("", what) if language in _TURKIC else what


def place_before(before: str) -> str | None:
    """The place behind which a number stands in brackets: "Казахстан (41 тыс. человек)"."""
    match = _PLACE_BEFORE.search(before)
    return match["place"] if match is not None else None


def is_more(after: str) -> bool:
    """Whether a share says by how much something is more or less than before."""
    return _MORE.match(after) is not None


def worth(before: str) -> str | None:
    """What a sum is the worth of: "The ⟨project⟩, worth EUR 850,000"."""
    match = _WORTH.search(before)
    return match["what"] if match is not None else None
