"""Where the name of an office or a post begins and ends: backwards from its head in Turkic languages, forwards from it in
Russian, Tajik and English."""

from __future__ import annotations

# ruff: noqa: E501  # patterns are read as one line each
import re
from functools import lru_cache

from kenesh.library.reading import given_names, russian
from kenesh.library.reading.organisation_names import QUOTED, TURKIC_HEAD
from kenesh.themes.country_names import country_index
from kenesh.themes.proper_names import plain

LONGEST = 190  # characters of a name or a post
_WORD = r"[^\W\d_](?:[\w'’ʻʼ‘]*[^\W_])?(?:[-‑–][^\W_][\w'’ʻʼ‘]*)*"
_BACK = re.compile(rf"{QUOTED}|{_WORD}|\d{{1,4}}|[^\s\w]")
# Postpositions, adverbs and pronouns that no name of an office holds.
_TURKIC_OUTSIDE = frozenset(
    """менен деп үчүн ошондой эле ал алар бул анын тарабынан катары тууралуу жөнүндө ошол ушул дагы болгон деген ар бүгүн кечээ эртең бирок анда мында буга аны болсо дейт айтымында
    үшін арқылы бірге туралы сондай ақ ол олар бұл оның тарапынан ретінде осы кеше бүгін ертең бірақ онда бұған айтты деді сонымен қатар жайында
    bilan uchun hamda shuningdek u ular bu uning tomonidan sifatida haqida shu bugun kecha ertaga lekin unda bunga dedi deb esa toʻgʻrisida
    билан учун ҳамда шунингдек у улар бу унинг томонидан сифатида ҳақида шу бугун кеча эртага лекин унда бунга деди деб эса тўғрисида""".split()  # noqa: SIM905 - words to read
)
# What an office's sentence often begins with: the event that it held.
_TURKIC_EVENTS = frozenset(
    """жыйын жыйынды кеңешме семинар семинарды тренинг тренингди форум конференция конференцияны жолугушуу долбоор долбоорду иш-чара иш-чараны отырыс отырысты жиналыс жиналысты кездесу кездесуді шара шараны
    іс-шара іс-шараны жоба жобаны yigʻilish yigʻilishni seminar seminarni tadbir tadbirni uchrashuv uchrashuvni konferensiya konferensiyani loyiha loyihani trening йиғилиш семинарни тадбир тадбирни учрашув
    учрашувни конференцияни лойиҳа лойиҳани""".split()  # noqa: SIM905 - words to read
)
_TURKIC_AND = frozenset(["жана", "және", "va", "ва", "мен", "пен", "бен", "hamda", "ҳамда"])
# To whom, at the head of a sentence: "Ага ⟨Ош мамлекеттик университети⟩ … берди"; but Ага Хан has a foundation.
_TO_HER = frozenset(["ага", "аларга", "оған", "оларға", "unga", "ularga", "унга", "уларга"])
# A body that acts: "Кеңеш ⟨Тышкы иштер министрлигине⟩ … сунуштады".
_BODIES_ALONE = frozenset(
    [
        "кеңеш",
        "кеңес",
        "кенгаш",
        "kengash",
        "комитет",
        "қўмита",
        "qoʻmita",
        "комиссия",
        "komissiya",
        "коалиция",
        "koalitsiya",
        "форум",
    ]
)
_CASE_OUTSIDE = re.compile(
    r"[\w-]{3,}(?:ына|ине|уна|үнө|іне|iga|ига|нда|нде|ндо|ндө|[лрмнй]да|[лрмнй]де|сында|синде|унда|үндө|да|де|до|дө|дан|ден|дон|дөн|тан|тен|тон|төн|нан|нен|ынан|инен|ға|ге|га|қа|ка|ке|го|гө|ко|кө|уп|үп|ып|іп|ган|ген|кан|кен|гон|гөн|ған|қан|ushbu"
    r"|nda|da|dan|ga|ka|qa|gan|kan|ib|b|нда|иб)",
    re.I,
)
_NOT_CASE = re.compile(
    r"\w*(?:стан|истон|iston|ика|ека|соода|сауда|мека|палата|доклада|баңкa|бага|жага|банка|ака|улга|илга|Алга|кода|[eiy]ka|oʻlka)$",
    re.I,
)
_GENITIVE = re.compile(r"\w+(?:нын|нин|нун|нүн|дын|дин|дун|дүн|тын|тин|тун|түн|ның|нің|дың|дің|тың|тің|ning|нинг)$", re.I)
_PLURAL = re.compile(r"\w{3,}(?:лар|лер|лор|лөр|дар|дер|дор|дөр|тар|тер|тор|төр|lar)(?:ы|и|і|i)?", re.I)
_OFFICE_ENDS = re.compile(rf"(?:{TURKIC_HEAD})(?:ы|и|у|ү|і|i|си|сы|si|)", re.I)
_ACCUSATIVE = re.compile(r"[\w-]{4,}(?:ды|ди|ду|дү|ты|ти|ту|тү|ны|ни|ну|нү|ді|ті|ні|ni)", re.I)
# What a ministry does to what stands before: "саламаттыкты ⟨сактоо⟩", "халықты әлеуметтік ⟨қорғау⟩", "sogʻliqni ⟨saqlash⟩".
_DOING = re.compile(r"\w{2,}(?:оо|өө|уу|үү|ау|еу|ash|аш)")
# Many who act, in the nominative.
_ACTORS = re.compile(
    r"(?:катышуучу|катышкан|қатысушы|қатысқан|ishtirokchi|иштирокчи|эксперт|ekspert|сарапшы|делегат|delegat|бирикме|бірлестік|уюм|ұйым|tashkilot|ташкилот|өкүл|өкіл|vakil|вакил|адис|маман|mutaxassis|мутахассис)(?:лар|лер|лор|лөр|дар|дер|дор|дөр|тар|тер|тор|төр|lar)(?:ы|и|і|i)?",
    re.I,
)
_UNDER = frozenset(["huzuridagi", "ҳузуридаги", "жанындагы", "жанындағы", "алдындагы", "караштуу", "qoshidagi", "қошидаги"])
_LOCATIVE = re.compile(r"\w{3,}(?:да|де|та|те|до|дө|нда|нде|дан|ден|тан|тен|da|dan)")
_LIST_OF = re.compile(
    r"(?:вице-|vitse-)?(?:минист|вазир|vazir|комитет|қўмита|qoʻmita|агентт|агентл|agentl|департамент|кызмат|қызмет|xizmat|хизмат|башкарма|басқарма)",
    re.I,
)


def turkic_start(text: str, limit: int, head: int, *, names_first: bool) -> int:
    """Where the phrase begins whose head word stands at `head`; not before `limit`, the start of its sentence.

    `names_first`: it must begin with a capital or a quotation (an office); else it may begin small ("аткаруучу директору").
    """
    tokens = list(_BACK.finditer(text, max(limit, head - LONGEST), head))
    listed = bool(_LIST_OF.match(text[head : head + 14]))
    kept: list[re.Match[str]] = []
    conjunction = False
    index = len(tokens) - 1
    while index >= 0:
        token = tokens[index]
        word = token[0]
        if "\n" in text[token.end() : kept[-1].start() if kept else head]:
            break
        if word == "," or word.casefold() in _TURKIC_AND:
            right = kept[-1][0] if kept else text[head : head + 1]
            if not listed or not right[:1].islower() or (word == "," and not conjunction) or index == 0:
                break
            conjunction = True
        elif not _inside(word, first=token.start() == limit, after=kept[-1][0] if kept else "", office=names_first):
            break
        kept.append(token)
        index -= 1
    while kept and (kept[-1][0] == "," or kept[-1][0].casefold() in _TURKIC_AND):
        kept.pop()
    if names_first:
        while kept and not (kept[-1][0][0].isupper() or kept[-1][0][0] in '«“„"'):
            kept.pop()
    return kept[-1].start() if kept else head


def _inside(word: str, *, first: bool, after: str, office: bool) -> bool:
    """Whether a word may belong to the name that stands after it."""
    if word[0] in '«“„"':
        return True
    small = plain(word)
    if small in _UNDER:
        return True
    if after[:1] in ("«", "“", "„", '"') and _ACCUSATIVE.fullmatch(word):
        return False  # "Тегерек столду ⟨«Жаңы Кылым» коомдук бирикмеси⟩ уюштурат"
    if not word[0].isalpha() or small in _TURKIC_OUTSIDE or (first and small in _TURKIC_EVENTS):
        return False
    if first and after[:1].isupper() and (small in _BODIES_ALONE or (small in _TO_HER and after != "Хан")):
        return False
    if first and small in _TO_HER - {"ага"}:
        return False  # "Оған ⟨заңгер⟩ Ержан Әлиев"
    if _ACTORS.fullmatch(word) and (after[:1].isupper() or after[:1] in "«“„"):
        return False  # "Қоғамдық бірлестіктер ⟨Еңбек министрлігіне⟩ … ұсынды"
    if _GENITIVE.match(word):
        return True
    if first and (_PLURAL.fullmatch(word) or (_ACCUSATIVE.fullmatch(word) and not _DOING.fullmatch(after))):
        return False  # "Катышуучулар Тышкы иштер министрлигине …": who acts, and not the office
    if office and after and plain(after) not in _UNDER and word[0].islower() and _OFFICE_ENDS.fullmatch(word):
        return False  # another office ends here: "«Жол» фонду Эл аралык …"
    if word[0].isupper() and _LOCATIVE.fullmatch(word) and not _NOT_CASE.fullmatch(word):
        return False
    outside = _CASE_OUTSIDE.fullmatch(word) is not None and _NOT_CASE.fullmatch(word) is None
    return not outside if first or word[0].islower() else not (outside and after[:1].isupper() and len(word) > 7)


# --- Russian --------------------------------------------------------------------------------------------------------
_NEXT = re.compile(rf"(?P<comma>,)?[ \xa0]{{1,2}}(?:\n)?(?P<word>{QUOTED}|{_WORD})|[ \xa0]?(?P<brackets>\([^()\n]{{2,40}}\))")
_CALLED = re.compile(r"[ \xa0](?:имени|им\.)(?P<whom>(?:[ \xa0]?[А-ЯЁ]\.){0,2}(?:[ \xa0][А-ЯЁ][а-яё-]+){1,4})")
_IN_REGION = re.compile(
    r"[ \xa0](?:[А-ЯЁ][а-яё-]+(?:ой|ом) (?:области|крае|Республике|районе|Федерации)|Республике [А-ЯЁ][а-яё]+|(?:Кыргыз|Казах|Узбек|Таджик)[а-яё]*е|России)(?!\w)"
)
_BY = frozenset(["по", "при", "для"])
_GENITIVE_NAMES = frozenset(
    [
        "республики",
        "федерации",
        "стран",
        "объединённых",
        "объединенных",
        "наций",
        "правительстве",
        "президенте",
        "кабинете",
        "министров",
        "верховного",
        "комиссара",
        "совета",
    ]
)


@lru_cache(maxsize=2_048)
def _continues(word: str) -> bool:
    """Whether a lower-case Russian word may stand in the genitive, or agree with one that does."""
    return len(word) > 1 and russian.may_be(word, "gent") and not russian.is_verb(word)


def russian_end(text: str, start: int) -> int:
    """Where the complement of a head that ends at `start` ends: «Министерство ⟨труда и миграции Кыргызской Республики⟩»."""
    end, at = start, start
    previous, governed = "", False  # governed: by "по" or "при", which take other cases
    while match := _NEXT.match(text, at):
        word = match["word"]
        if called := _CALLED.match(text, at):
            return _called_end(text, called)
        if word is None or end - start > LONGEST or (match["comma"] and not _is_listed(text, match.start("word"))):
            break
        if word[0] in '«“„"':
            return match.end()
        if word == "в":
            where = _IN_REGION.match(text, match.end())
            return where.end() if where is not None else end
        if word == "и" or word in _BY:
            if not _leads_on(text, match, governed=governed):
                break
            governed = word in {"по", "при"} or (word == "и" and governed)
        elif _fits(text, match, previous, governed=governed):
            end = match.end()
        else:
            break
        at, previous = match.end(), word
    return end


def _called_end(text: str, called: re.Match[str]) -> int:
    """Where the name ends after which an office is called; who is named next is somebody else: "имени Розы Люксембург ⟨Анна Шмидт⟩"."""
    words = list(re.finditer(r"[А-ЯЁ][а-яё-]+", called["whom"]))
    other = next(
        (
            word.start()
            for number, word in enumerate(words)
            if number == 3 or (number and given_names.is_given(word[0]) and not _only_genitive(word[0]))
        ),
        len(called["whom"]),
    )
    return called.start("whom") + len(called["whom"][:other].rstrip())


def _only_genitive(word: str) -> bool:
    return russian.may_be(word, "gent") and not russian.may_be(word, "nomn")


def _leads_on(text: str, match: re.Match[str], *, governed: bool) -> bool:
    """Whether a conjunction or a preposition is followed by what the name may hold."""
    word, follower = match["word"], _NEXT.match(text, match.end())
    if follower is None or follower["comma"] or follower["word"] is None:
        return False
    following = follower["word"]
    if word == "и":
        return following[0].islower() and (_continues(following) or (governed and russian.may_be(following, "datv", "loct")))
    if word == "при":
        return bool(following[0].isupper())
    return russian.may_be(following, "gent" if word == "для" else "datv")


def _fits(text: str, match: re.Match[str], previous: str, *, governed: bool) -> bool:
    word = match["word"]
    if word[0].isupper():
        return previous == "при" or _is_name(text, match, previous)
    return _continues(word) or (governed and russian.may_be(word, "datv", "loct") and not russian.is_verb(word))


def _is_listed(text: str, at: int) -> bool:
    """Whether what follows a comma is one more of a ministry's fields: "труда, ⟨социального обеспечения и миграции⟩"."""
    rest = re.match(
        r"(?P<words>[а-яё]+(?:-[а-яё]+)?(?:[ \xa0,]+[а-яё]+(?:-[а-яё]+)?){0,5}?)[ \xa0]и[ \xa0](?P<last>[а-яё]+)",
        text[at : at + 90],
    )
    return (
        rest is not None and _continues(rest["last"]) and all(_continues(word) for word in re.findall(r"[а-яё-]+", rest["words"]))
    )


def _is_name(text: str, match: re.Match[str], previous: str) -> bool:
    """Whether a capitalised word belongs to the name: a country, an acronym, «Республики Казахстан», «при Правительстве»."""
    word = match["word"]
    if (word.isupper() and 1 < len(word) <= 5) or word.casefold() in _GENITIVE_NAMES:
        return True
    if any(found.start == 0 for found in country_index().find(text[match.start("word") : match.start("word") + 60])):
        return True
    following = text[match.end() : match.end() + 30]
    if re.match(r"[ \xa0](?:[Рр]еспублики|Федерации|области|района|Наций|Правительств|Кеше|Кенеша)", following):
        return True
    if previous in {"города", "г", "Республики", "имени"} or previous.casefold() in {"республики", "федерации"}:
        return previous.casefold() not in {"федерации"} and russian.may_be(word, "gent", "nomn") and not russian.is_verb(word)
    return False


# --- Tajik ----------------------------------------------------------------------------------------------------------
_TAJIK_NEXT = re.compile(rf"(?P<comma>,)?[ \xa0]{{1,2}}(?P<word>{QUOTED}|{_WORD})")
_TAJIK_OUTSIDE = frozenset(
    [
        "дар",
        "бо",
        "аз",
        "ба",
        "барои",
        "ки",
        "то",
        "ҳам",
        "низ",
        "аст",
        "буд",
        "шуд",
        "кард",
        "намуд",
        "дод",
        "гирифт",
        "мебошад",
        "якҷоя",
        "иштирок",
        "баргузор",
        "ташкил",
    ]
)


# Others who act: "Агентии … ⟨ва созмонҳои ҷамъиятӣ⟩"; what an office is for may be plural, too: "ҳуқуқ ва озодиҳои инсон".
_TAJIK_OTHERS = re.compile(
    r"(?:созмон|ташкилот|иттиҳодия|намоянда|марказ|вазорат|ниҳод|мақом|корхона|ширкат|кумита|донишгоҳ|фонд|ассотсиатсия|раёсат|хадамот|бонк)\w*ҳои?|намояндагони?",
    re.I,
)


def tajik_end(text: str, start: int) -> int:
    """Where a name ends whose head ends at `start`: izofa (-и) binds each word to the next; "ва" and commas go on a list."""
    end, at = start, start
    bound = text[:start].endswith("и")
    while (match := _TAJIK_NEXT.match(text, at)) and end - start < LONGEST:
        word = match["word"]
        small = word.casefold()
        if match["comma"]:
            listed = re.match(r"[а-яёӣӯғқҳҷ ,]{3,60} ва [а-яёӣӯғқҳҷ]", text[match.start("word") : match.start("word") + 70])
            if bound or listed is None:
                break
        elif small == "ва":
            following = _TAJIK_NEXT.match(text, match.end())
            if (
                bound
                or following is None
                or following["comma"]
                or not following["word"][0].islower()
                or following["word"] in _TAJIK_OUTSIDE
                or _TAJIK_OTHERS.fullmatch(following["word"])
            ):
                break
            at, bound = match.end(), True
            continue
        elif not bound:
            by = re.match(r"[ \xa0](?:оид ба|доир ба|назди)(?=[ \xa0])", text[at : at + 12])
            if by is None:
                break
            at, bound = at + by.end(), True
            continue
        if small in _TAJIK_OUTSIDE:
            break
        end = at = match.end()
        if word[0] in '«“„"':
            break
        bound = small.endswith(("и", "ӣи")) and not small.endswith("ӣ")
    return end


# --- English --------------------------------------------------------------------------------------------------------
_ENGLISH_NEXT = re.compile(
    rf"(?P<comma>,)?[ \xa0\n]{{1,2}}(?P<word>{QUOTED}|[A-Za-z][\w'’.-]*[\w]|[A-Z&]|\([A-Z][\w -]{{1,12}}\))"
)
_LINKS = frozenset(["of", "for", "on", "the", "and", "&", "to", "in", "under", "against", "all", "their", "with"])


def english_end(text: str, start: int) -> int:
    """Where a name ends whose head ends at `start`: capitals joined by "of", "for the", "and"."""
    end, at = start, start
    links: list[str] = []
    while (match := _ENGLISH_NEXT.match(text, at)) and end - start < LONGEST:
        word = match["word"]
        if "\n\n" in match[0] or word[0] == "(":
            break
        if (
            match["comma"]
            and re.match(
                r"(?:[A-Z][\w-]+ ){1,4}and (?:the )?[A-Z][a-z]", f"{text[match.start('word') : match.start('word') + 60]}"
            )
            is None
        ):
            break
        if "\n" in match[0] and word[0].isupper() and not links:
            break
        if word in {"and", "&"} and re.match(r"[ \n](?:of|for|on|by|with)\b", text[match.end() : match.end() + 6]):
            break  # "the Ministry of Education ⟨and of the Ombudsman⟩"
        if word in _LINKS:
            links.append(word)
            at = match.end()
            continue
        named = (
            word[0].isupper()
            or word[0] in '«“"'
            or (bool(links) and word in {"healthcare", "social", "development", "labor", "labour", "migration"})
        )
        if not named or (not (links or match["comma"]) and end > start and not word[0].isupper()):
            break
        if "and" in links and (_is_other_office(text, match.start("word")) or (end == start)):
            break
        if links and links[0] in {"in", "to", "with", "and", "the", "all", "their"} and end == start and links[0] != "to":
            break
        if links and links[0] in {"in", "with"}:
            break
        if not links and end > start and text[:end].split()[-1].isupper():
            break  # "of RK ⟨Tastemir Abishev⟩"
        end, at, links = match.end(), match.end(), []
    return end


_OFFICE = re.compile(
    r"(?:[A-Z][\w-]+ ){0,5}(?:Ministry|Agency|Committee|Commission|Council|Fund|Foundation|Cent(?:er|re)|Institute|University|Association|Organi[sz]ation|Department|Embassy|Office|Network|Service|Union)\b|[A-Z]{2,8}\b"
)


def _is_other_office(text: str, at: int) -> bool:
    return _OFFICE.match(text[at : at + 80]) is not None
