"""Recommendations: items of a list under a heading that calls them so, and sentences in which somebody recommends something.

The addressee is the office that the text names, or null; "State party" stays as it is named.
"""

from __future__ import annotations

# ruff: noqa: E501  # patterns are read as one line each
import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace

from kenesh.library.reading import russian
from kenesh.library.reading.organisations import Told
from kenesh.library.reading.spans import Line, Span, lines_of, sentences_of


@dataclass(frozen=True)
class Recommendation:
    """What is recommended and to whom; the number where it stands in a list.

    Not `sure`: it may be what one person suggests to another, not what a meeting or a body asks of an office.
    """

    text: str
    addressee: str | None
    number: str | None
    start: int
    end: int
    sure: bool = True


_NOUN = r"рекомендаци\w*|recommendations?|сунуш(?:тар|тама)\w*|ұсыны(?:с|мд)\w*|tavsiya\w*|taklif(?:lar)?\w*|тавсия\w*|таклиф(?:лар)\w*|пешниҳод\w*|предложени\w*|առաջարկ\w*"
_VERB = r"рекоменд(?:ует|уют|овал\w?|овано|уется|овать)|recommend(?:s|ed|ing)?|сунушт?а(?:йт|йды|ды|шты|шат|лды|лат)|сунуш (?:кыл|эт|бер)\w+|ұсын(?:ады|ды|ылды|ылады)|tavsiya (?:qil|et|ber)\w+|taklif (?:qil|et)\w+|тавсия (?:қил|эт|бер|медиҳ|дод|шуд|мешав|карда)\w*"
_HEAD = re.compile(rf"(?:{_NOUN}|{_VERB})", re.IGNORECASE)
_COLON = re.compile(r"[:：]\s*$")
ITEM = re.compile(
    r"(?P<number>\d{1,3})[.)]\s+(?P<text>\S.*)|(?P<letter>\(?[a-zа-я]\))\s+(?P<part>\S.*)|(?P<dash>[-–—•*·▪‣●◦])\s*(?P<bare>\S.*)"
)
_NUMBER = re.compile(r"[ \t]*(\d{1,3})[.)][ \t\xa0]+(?=\S)")  # of a paragraph
_STATE_PARTY = r"государств[ауо]м?-участник[ауо]?м?|(?:the )?State party|(?:the )?States parties|катышуучу мамлекет\w*|қатысушы мемлекет\w*|ishtirokchi davlat\w*|иштирокчи давлат\w*|давлати иштирокчӣ\w*|давлати иштирокчи\w*"
_PARTY = re.compile(rf"(?<!\w)(?:{_STATE_PARTY})(?!\w)")
_PARTY_NAMES = (
    ("госуд", "государство-участник"),
    ("state", "State party"),
    ("катыш", "катышуучу мамлекет"),
    ("қатыс", "қатысушы мемлекет"),
    ("ishti", "ishtirokchi davlat"),
    ("ишт", "иштирокчи давлат"),
    ("давл", "давлати иштирокчӣ"),
)

# What is recommended follows.
_AHEAD = re.compile(
    r"(?<!\w)(?:(?P<russian>рекоменд(?:ует|уют|овал[аи]?|овано|уется|овать)|призва(?:л[аи]?|ть)|призыва(?:ет|ют)|предложил[аи]?|предложить|просить|поручить)"
    r"|(?P<english>recommend(?:s|ed)?(?: that)?|(?:urges|urged|calls (?:up)?on|called (?:up)?on|encourages|encouraged|invites|requests)(?= (?:the|all) (?:State|States|Government|Ministry|Parliament|member))|(?:were|was) recommended(?: to)?)"
    r"|(?P<tajik>тавсия (?:медиҳад|медиҳанд|дод(?:анд)?|дода шуд|дода мешавад|мешавад|карданд|намуданд|кард)))(?!\w)",
    re.IGNORECASE,
)
# What is recommended stands before.
_BEHIND = re.compile(
    r"(?<!\w)(?:сунушта(?:йт|йды|ды|шты|шат|лды|лат|шкан)|сунуш (?:кыл(?:ды|ышты|ынды|ат|ынат|ышат)|эт\w+|берди\w*|беришти|берилди|киргизишти)|ұсын(?:ады|ды|ылды|ылады)|ұсыныс (?:жас|айт|бер|енгіз)\w+|tavsiya (?:qil|et|ber)\w+|taklif (?:qildi|qilindi|qilishdi|etdi|etildi)\w*|тавсия (?:қил|эт|бер)\w+|таклиф (?:қилди|қилинди|қилишди|этди|этилди)\w*)(?!\w)",
    re.IGNORECASE,
)
_SUBJECT = re.compile(
    r"^(?:(?:Жыйындын|Конференциянын|Семинардын|Иш-чаранын|Тегерек столдун|Отырыс|Конференция|Дөңгелек үстел|Yigʻilish|Seminar|Konferensiya|Семинар|Йиғилиш|Ошондой эле|Сондай-ақ|Shuningdek,?|Шунингдек,?|Ошондуктан|Мындан тышкары,?)\s+)*(?:(?:катышуучулар|катышуучулары|қатысушылар|қатысушылары|ishtirokchilar|ishtirokchilari|иштирокчилар|иштирокчилари|эксперттер|сарапшылар|ekspertlar|экспертлар|комитет|кеңеш|кеңес|kengash|кенгаш|алар|олар|ular|улар)(?: жыйындын жыйынтыгы боюнча)?[,]?\s+)",
    re.IGNORECASE,
)
_OPENING = re.compile(
    r"^(?:\s|[,:;—–-])*(?:by (?:the )?[A-Za-z ]{3,50}? that\s+)?(?:(?:чтобы|что|that|ки|to|а также|и|и также|and)\s+)?(?:[:—–-]\s*)?",
    re.IGNORECASE,
)
_CLOSING = re.compile(
    r"[\s,;]*(?:(?:\s|^)(?:и|а|а также|and|ва|жана|және|va|деп|баары|зарурлигини)\s*)?[\s,;:—–-]*$", re.IGNORECASE
)
_LIST_END = re.compile(r"[;,](?:\s*(?:and|or|и|или|жана|және|va|ва))?\s*$")
# A note under the text tells who adopted it, and when: "* Adopted by the Committee at its fortieth session".
_NOTE = re.compile(
    r"\W*(?:Adopted|Принят[аоы]?)(?!\w)|\W*(?:\w+\W+){0,14}?(?:сесси|отырыс|sessiya|иҷлос)\w*\W+(?:\w+\W+){0,4}?(?:кабыл ал|қабылда|qabul qil|қабул қил|қабул шуд|қабул кард)",
    re.I,
)
# What a committee worries about or welcomes is no recommendation.
_CONCERN = re.compile(
    r"обеспокоен|выражает озабоченность|сожале|приветствует|с удовлетворением|принимает к сведению|\bconcern(?:ed|s)?\b|\bregrets\b|\bwelcomes\b|\btakes note\b|\bnotes\b",
    re.I,
)
# A committee's request for the next report asks for no change.
_REPORTING = re.compile(r"submit (?:its|their) .{0,60}report|представить (?:свой |следующий |очередной ).{0,60}доклад", re.I)
# "разработаны рекомендации", "was recommended for the award": no recommendation is told.
_SHORTEST = 12  # characters
# What was recommended at another time is no recommendation of this document.
_EARLIER = re.compile(
    r"(?<!\w)(?:в прошлом году|в прошлый раз|ранее|прежде|last year|previously|earlier|өткөн жылы|былтыр|мурда|буга чейин|өткен жылы|бұрын|бұған дейін"
    r"|o.tgan yili?|ilgari|avvalroq|ўтган йили?|илгари|аввалроқ|соли гузашта|соли пешин|қаблан)(?!\w)",
    re.I,
)
# "as recommended by the Committee in 2019", «что рекомендовал Комитет»: it refers to what was recommended, and recommends nothing.
_REFERRED = re.compile(
    r"(?<!\w)(?:as|than|been|being|having|had|those|what(?: was| were)?|which(?: was| were)?|measures|steps|как|чем|что|то|о ч[её]м|котор\w+)(?:[ ](?:was|were|ранее|уже|было|были|был|и|также|also|already|earlier|previously))*\s*$",
    re.I,
)
_BY_OTHERS = re.compile(r"\s*(?:,\s*)?(?:in|by|at|during)\b(?! .{2,60} that\b)", re.I)
_IN_EARLIER_PAPER = re.compile(
    r"\bin (?:its|the|their|his|her) (?:(?:previous|last|earlier|initial|first|second|third)\b|report of)|(?<!\w)в (?:своих |их )?(?:предыдущ|прошл|прежн)\w+ (?:заключит|рекоменд|замечан|доклад|решени)",
    re.I,
)
_HAS_RECOMMENDED = re.compile(r"recommended|рекомендов(?:ал|ано)", re.I)
# A participle before a noun: "tavsiya etilgan choralar", the measures that were recommended.
_PARTICIPLE = re.compile(r"(?:ған|ген|қан|кен|ган|гон|гөн|кан|gan|kan|qan)\w*$", re.I)
_STOPS = re.compile(r"\s*(?:[.!?;)»”\"]|$)")
# Verbs with which one person may ask another for anything.
_WEAK = re.compile(r"призва|призыва|предлож|просить|поручить|urge|call|encourag|invite|request|taklif|таклиф|сунуш|ұсын", re.I)
# Who asks on behalf of many.
_MANY = re.compile(
    r"(?<!\w)(?:участник[иа]|участниц|эксперты|делегат[ыа]|делегаци|правозащитник[иа]|член[ыа] |представител[ия] |собравш|выступавш|стороны|комитет|совет(?![а-я]{2}л)|комисси|конференци|заседани|встреч|коалици|форум|круглого стола|круглый стол|семинар|организаци|НПО|НКО|ассоциаци|спецдокладчик|специальн\w+ докладчик|омбудсмен|по итогам|решили|постановили"
    r"|participants|experts|delegates|delegations?|members|speakers|committee|council|commission|conference|forum|coalition|meeting|round table|working group|NGOs|organi[sz]ations|special rapporteur|ombudsman|it recommends"
    r"|катышуучулар|катышкандар|эксперттер|комитет|кеңеш|комиссия|конференция|жыйын|тегерек стол|уюмдар|бирикме|коалиция|өкүлдөр|қатысушылар|сарапшылар|кеңес|отырыс|дөңгелек үстел|ұйымдар|бірлестік|өкілдер"
    r"|ishtirokchi|ekspertlar|qo.mita|kengash|komissiya|konferensiya|seminar|yig.ilish|davra suhbati|tashkilotlar|koalitsiya|vakillar|иштирокчи|экспертлар|қўмита|кенгаш|йиғилиш|давра суҳбати|ташкилотлар|вакиллар"
    r"|иштирокчиён|иштирокдорон|коршиносон|кумита|шӯро|конфронс|ҷаласа|мизи мудаввар|созмонҳо|намояндагон|эътилоф)",
    re.I,
)
# Invited to an event, or offered to people: «mehmonlarni konferensiyaga» before «taklif qildi».
_INVITES = re.compile(r"\w{3,}(?:га|ге|го|гө|ка|ке|ға|қа|ga|ka|qa)$")
_TO_PEOPLE = re.compile(r"\w{2,}(?:лар|лер|лор|лөр|тар|тер|тор|дар|дер|lar)(?:га|ге|го|гө|ға|ga)(?!\w)")
_OFFICIAL = re.compile(
    r"министр|премьер|президент|губернатор|пос[ло]л|мэр|аким|омбудсмен|глав[аеу]|депутат|прокурор|спикер|председател", re.I
)
_WORD = re.compile(r"[а-яё][а-яё-]+", re.I)
_TO_AN_EVENT = re.compile(r"[^.;]{0,60}? to (?:the|a|an|its|this|attend|take part|participate|join|come)\b", re.I)
# Public bodies whose names hold no head of an office, in the dative.
_BODY = re.compile(
    r"(?<!\w)(?P<name>[Өө]кмөт(?:ү)?|[Үү]кімет(?:і)?|[Пп]арламент(?:и|і)?|Жогорку Кеңеш|(?:Министрлер|Вазирлар|Vazirlar) (?:[Кк]абинети|[Кк]абинеті|[Мм]аҳкамаси|[Mm]ahkamasi)|[Hh]ukumat(?:i)?|[Ҳҳ]укумат(?:и)?|Oliy Majlis|Олий Мажлис|[Мм]эрия(?:сы)?|[Әә]кімдіг(?:і))"
    r"(?:көнө|[кгқғн][аеөо]|[gqkn]a)(?!\w)"
    r"|(?<!\w)(?P<russian>[Пп]равительств(?=у\W)|[Пп]арламент(?=у\W)|[Кк]абинет(?=у министров))(?:у министров|у)(?: (?P<of>(?:Кыргызской|Киргизской) Республики|Республики [А-ЯЁ][а-яё]+|[А-ЯЁ][а-яё]+стана|КР|РК|РТ|РФ|России|Армении))?(?!\w)"
)
_RUSSIAN_BODIES = {"правительств": "правительство", "парламент": "парламент", "кабинет": "кабинет министров"}


def find_recommendations(text: str, told: Sequence[Told], listed: Collection[int] = ()) -> list[Recommendation]:
    """All recommendations in order. `listed` are places where the markup of a page begins list items without a number.

    `told`: mentions of organisations; those that are asked are the addressees.
    """
    in_lists, covered = _of_lists(text, told, listed)
    in_sentences = [one for one in _of_sentences(text, told) if not any(start <= one.start < end for start, end in covered)]
    return sorted([*in_lists, *in_sentences], key=lambda one: one.start)


# --- lists ----------------------------------------------------------------------------------------------------------
def _of_lists(text: str, told: Sequence[Told], listed: Collection[int]) -> tuple[list[Recommendation], list[Span]]:
    found: list[Recommendation] = []
    covered: list[Span] = []
    inside = False
    paragraph: str | None = None  # the number of the paragraph whose parts follow
    addressee: str | None = None
    counted = False  # whether its items have numbers or letters
    lines = lines_of(text)
    for index, line in enumerate(lines):
        match = ITEM.fullmatch(line.text)
        marked = match is not None or line.start in listed
        if _opens(line, match, lines[index + 1] if index + 1 < len(lines) else None, listed):
            inside, counted, paragraph = True, False, match["number"] if match else None
            addressee = _party(line.text) or _addressee(told, line.start, line.end)
            covered.append((line.start, line.end))
        elif inside and match is not None and (_NOTE.match(line.text) or (counted and _is_note(match, lines[index - 1]))):
            inside = False
        elif inside and marked:
            counted = counted or (match is not None and match["dash"] is None)
            one = _listed_item(text, line, match, told, paragraph, addressee)
            explicit = _AHEAD.search(line.text) if _CONCERN.search(line.text) is None else None
            if _CONCERN.search(line.text):
                pass
            elif explicit is not None and match is not None and match["number"]:
                clauses = _after_verb(text, line, explicit, told)
                found += [replace(clause, number=match["number"], addressee=clause.addressee or addressee) for clause in clauses]
            elif _COLON.search(one.text) and len(one.text) < 90 and _addressee(told, one.start, one.end):
                addressee = _addressee(told, one.start, one.end)
            else:
                found.append(one)
            covered.append((line.start, line.end))
        elif inside and _COLON.search(line.text) and len(line.text) < 120 and (_party(line.text) or _addressed(told, line)):
            addressee = _party(line.text) or _addressed(told, line)
        elif inside and found and _goes_on(text, found[-1], line):
            last = found[-1]
            found[-1] = replace(last, text=f"{last.text} {line.text}", end=line.end)
            covered.append((line.start, line.end))
        else:
            inside = False
    return found, covered


def _is_note(match: re.Match[str], before: Line) -> bool:
    """Whether a line with a star behind items with numbers is a note: what a colon announces are parts of an item."""
    return match["dash"] == "*" and not _COLON.search(before.text) and not before.text.startswith("*")


def _opens(line: Line, match: re.Match[str] | None, following: Line | None, listed: Collection[int]) -> bool:
    """Whether the line is the heading of a list of recommendations, or the sentence that its parts complete."""
    if not _HEAD.search(line.text):
        return False
    if _COLON.search(line.text):
        return True
    short = line.words <= 6 and not re.search(r"[.;,?!]$", line.text) and (match is None or match["number"] is not None)
    return short and following is not None and (ITEM.fullmatch(following.text) is not None or following.start in listed)


def _listed_item(
    text: str, line: Line, match: re.Match[str] | None, told: Sequence[Told], paragraph: str | None, addressee: str | None
) -> Recommendation:
    start, number = line.start, None
    if match is not None:
        group = "text" if match["number"] else "part" if match["letter"] else "bare"
        start = line.start + match.start(group)
        letter = f"({match['letter'].strip('()')})" if match["letter"] else ""
        number = match["number"] or (f"{paragraph or ''}{letter}" if letter else None)
    own = _party(text[start : line.end][:60]) or _addressee(told, start, line.end)
    asked = next((one for one in told if one.start == start and re.match(r"\w{0,4}\s*[:–—-]\s", text[one.end : line.end])), None)
    if asked is not None and not _COLON.search(line.text):
        start = asked.end + len(re.match(r"\w{0,4}\s*[:–—-]\s*", text[asked.end : line.end])[0])  # type: ignore[index]
    piece = _LIST_END.sub("", text[start : line.end])
    return Recommendation(piece, own or addressee, number, start, start + len(piece))


def _goes_on(text: str, last: Recommendation, line: Line) -> bool:
    return text[last.end : line.start].count("\n") == 1 and line.text[0].islower() and not re.search(r"[.;!?]$", last.text)


def _addressee(told: Sequence[Told], start: int, end: int) -> str | None:
    """The organisation within the span that is asked to act, else the one at its very start before a dash or a colon."""
    return next((one.name for one in told if start <= one.start < end and (one.role == "addressee" or one.start == start)), None)


def _addressed(told: Sequence[Told], line: Line) -> str | None:
    return next((one.name for one in told if line.start <= one.start < line.end), None)


def _party(text: str) -> str | None:
    match = _PARTY.search(text)
    if match is None:
        return None
    small = match[0].casefold().removeprefix("the ")
    return next(name for stem, name in _PARTY_NAMES if small.startswith(stem))


# --- sentences ------------------------------------------------------------------------------------------------------
def _of_sentences(text: str, told: Sequence[Told]) -> Iterator[Recommendation]:
    for sentence in sentences_of(text):
        verbs = [verb for verb in _BEHIND.finditer(sentence.text) if not _describes(sentence.text, verb)]
        ahead = next((verb for verb in _AHEAD.finditer(sentence.text) if not _refers(sentence.text, verb)), None)
        verb = verbs[-1] if verbs else ahead
        if verb is None or _EARLIER.search(sentence.text, 0, verb.start()):
            continue
        number = _NUMBER.match(text, text.rfind("\n", 0, sentence.start) + 1)
        told_here = _before_verb(text, sentence, verbs[-1], told) if verbs else _after_verb(text, sentence, verb, told)
        if verbs or not _COLON.search(sentence.text):
            for one in _weighed(told_here, sentence, verb, told):
                yield replace(one, number=number[1] if number else None)


def _refers(sentence: str, verb: re.Match[str]) -> bool:
    """Whether the verb tells of what was recommended at another time or place."""
    if not _HAS_RECOMMENDED.search(verb[0]):
        return False
    before, after = sentence[: verb.start()], sentence[verb.end() : verb.end() + 120]
    passive = re.match(r"(?:was|were)\b", verb[0], re.I) is not None
    return bool(
        _REFERRED.search(before)
        or (passive and _BY_OTHERS.match(after))
        or _IN_EARLIER_PAPER.search(after[:60])
        or (_IN_EARLIER_PAPER.search(before) and not re.search(r"[,;] ", before))
    )


def _describes(sentence: str, verb: re.Match[str]) -> bool:
    """Whether a participle before a noun describes it: "tavsiya etilgan choralar"."""
    return _PARTICIPLE.search(verb[0]) is not None and _STOPS.match(sentence, verb.end()) is None


def _weighed(
    found: Iterator[Recommendation], sentence: Line, verb: re.Match[str], told: Sequence[Told]
) -> Iterator[Recommendation]:
    """Sure is what an office is asked to do, and what many or a body recommend; what one person asks another is left out."""
    weak = _WEAK.match(verb[0]) is not None
    spoken = sentence.text[: verb.start()]
    resolved = not re.search(r"[^\W\d_]{2}", spoken)  # "1. Просить …": the words of a decision
    by_many = resolved or _MANY.search(spoken) is not None
    by_body = any(sentence.start <= one.start < sentence.start + verb.start() for one in told)
    after = sentence.text[verb.end() :]
    for one in found:
        if one.addressee is None and weak and (_INVITES.search(one.text) or (not by_many and _private(one.text, after))):
            continue
        many = by_many if weak else by_many or by_body
        yield replace(one, sure=one.addressee is not None or resolved or (many and not weak))


def _private(words: str, after: str) -> bool:
    return bool(_asks_a_person(after) or _TO_AN_EVENT.match(after) or _TO_PEOPLE.search(words))


def _asks_a_person(after: str) -> bool:
    """Whether the first noun behind a Russian verb is a person without office: «предложил мигранту заплатить»."""
    for match in _WORD.finditer(after[:60]):
        if russian.is_verb(match[0]):
            return False
        if russian.is_noun(match[0]) or russian.is_person(match[0]):
            return russian.is_person(match[0]) and _OFFICIAL.match(match[0]) is None
    return False


def _after_verb(text: str, sentence: Line, verb: re.Match[str], told: Sequence[Told]) -> Iterator[Recommendation]:
    """ "The Committee recommends that the State party ⟨ratify …⟩"; one for each addressee of the sentence."""
    begin, end = sentence.start + verb.end(), sentence.end
    if (verb["russian"] and _only_named(text[begin:end])) or _REPORTING.search(text, begin, end):
        return
    asked = [(one.start, one.end, one.name) for one in told if begin <= one.start < end and one.role == "addressee"]
    party = _PARTY.search(text, begin, min(end, begin + 60))
    if party is not None:
        asked = [(party.start(), party.end(), _party(party[0]) or party[0])]
    before = [one for one in told if sentence.start <= one.start < begin and one.role == "addressee"]
    if not asked:
        body = next(_bodies(text, sentence.start, sentence.start + verb.start()), None) if verb["russian"] else None
        name = before[-1].name if before else body[2] if body else _party(text[sentence.start : begin])
        if name is None and verb["russian"]:
            after = next(((stop, body) for _, stop, body in _bodies(text, begin, min(end, begin + 40))), None)
            begin, name = after or _in_dative(text, begin, end) or (begin, None)
        yield from _told(text, begin, end, name)
        return
    for index, (_, stop, name) in enumerate(asked):
        limit = asked[index + 1][0] if index + 1 < len(asked) else end
        yield from _told(text, stop, limit, name)


_WHOM = re.compile(r"\s+(?P<whom>(?:[А-ЯЁа-яё-]+\s){1,6}?)(?=(?:не\s)?[а-яё]{2,}(?:ть|ться|ти|тись|чь)(?!\w))")


def _in_dative(text: str, begin: int, end: int) -> tuple[int, str] | None:
    """Whom a Russian verb asks, and where the infinitive begins: «поручить ⟨рабочей группе⟩ составить»."""
    match = _WHOM.match(text, begin, end)
    words = match["whom"].split() if match else []
    head = next((number for number, word in enumerate(words) if not russian.is_adjective(word)), None)
    if match is None or head is None or not all(russian.may_be(word, "datv") for word in words[: head + 1]):
        return None
    named = russian.in_nominative(words[: head + 1])
    if named[-1] == words[head] or (russian.is_person(words[head]) and not _OFFICIAL.match(words[head])):
        return None
    return match.end(), " ".join([*named, *words[head + 1 :]])


def _only_named(rest: str) -> bool:
    """Whether only a thing is recommended and nothing to do: no infinitive follows, no clause."""
    return re.search(r"(?<!\w)(?:[а-яё]{2,}(?:ть|ться|ти|тись|чь)(?!\w)|чтобы|не допуск)", rest) is None


def _before_verb(text: str, sentence: Line, verb: re.Match[str], told: Sequence[Told]) -> Iterator[Recommendation]:
    """ "Катышуучулар Министрликке ⟨консулдук ачууну⟩ сунушташты": what stands before the verb and after the addressee."""
    begin, end = sentence.start, sentence.start + verb.start()
    subject = _SUBJECT.match(text[begin:end])
    begin += subject.end() if subject else 0
    asked = [one for one in told if begin <= one.start < end and (one.role == "addressee" or _is_dative(text, one.end))]
    party = _PARTY.search(text, begin, end)
    name = _party(party[0]) if party else None
    body = next(_bodies(text, begin, end), None)
    if asked and (body is None or asked[0].start <= body[0]):
        name, begin = asked[0].name, _past_ending(text, asked[0].end)
    elif body:
        _, begin, name = body
    elif party:
        begin = party.end()
    yield from _told(text, begin, end, name)


def _bodies(text: str, begin: int, end: int) -> Iterator[tuple[int, int, str]]:
    """Public bodies in the dative, with their places, named with a capital as they stand alone."""
    for match in _BODY.finditer(text, begin, end):
        if match["name"]:
            yield match.start(), match.end(), match["name"][:1].upper() + match["name"][1:]
        else:
            name = _RUSSIAN_BODIES[match["russian"].casefold()]
            yield match.start(), match.end(), " ".join(filter(None, [name[:1].upper() + name[1:], match["of"]]))


_DATIVE = re.compile(r"(?:[гқк][аеоө]|[ғ]а|не|на|нө|ga|ka|qa|га)(?!\w)")


def _is_dative(text: str, end: int) -> bool:
    return _DATIVE.match(text, end) is not None


def _past_ending(text: str, end: int) -> int:
    match = re.compile(r"\w*").match(text, end)
    return match.end() if match else end


def _told(text: str, begin: int, end: int, addressee: str | None) -> Iterator[Recommendation]:
    opening = _OPENING.match(text[begin:end])
    begin += opening.end() if opening else 0
    closing = _CLOSING.search(text[begin:end])
    stop = begin + closing.start() if closing else end
    if stop - begin >= _SHORTEST:
        yield Recommendation(re.sub(r"\s*\n\s*", " ", text[begin:stop]), addressee, None, begin, stop)
