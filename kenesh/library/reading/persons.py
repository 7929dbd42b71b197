"""Persons: names with a patronymic, with initials, with a surname that is known by its ending, or beside a post.

A name stands uninflected where that is safe. A single word is a person only with a post or a title.
"""

from __future__ import annotations

# ruff: noqa: E501  # patterns are read as one line each
import re
from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from kenesh.library.reading import given_names, posts, rosters, russian
from kenesh.library.reading.spans import Span, sentences_of
from kenesh.library.reading.surnames import PATRONYMIC, SURNAME
from kenesh.themes.country_names import ADJECTIVE, country_index
from kenesh.themes.proper_names import plain

_CYRILLIC = r"[А-ЯЁӨҮҢҚҒҲҶӢӮӘҰҺІЎ][а-яёөүңқғҳҷӣӯәұһіў]+(?:-[А-ЯЁӨҮҢҚҒҲҶӘҰҺІЎ]?[а-яёөүңқғҳҷӣӯәұһіў]+)?"
_LATIN = r"[A-ZÇŞÖÜ][a-zçşöüğıäé]*(?:[ʻʼ’'‘`][a-z]*)?[a-zçşöüğıäé]+(?:-[A-Z][a-z]+)?"
_ARMENIAN = r"[Ա-Ֆ][ա-և]+"
_NAME = rf"(?:{_CYRILLIC}|{_LATIN}|{_ARMENIAN})"
_S = r"[ \xa0]"
_INITIAL = r"(?:[А-ЯЁӨҮҚҒҲҶӘҰІЎ]|[A-Z](?:h|sh)?|Ш|Дж|Ж|Ch|Sh|Yu|Ya)\."
_CHILD = r"уулу|кызы|ўғли|қизи|o.g.li|qizi|uulu|kyzy|ұлы|қызы"
_RUN = re.compile(rf"(?<![\w«“\".-]){_NAME}(?:{_S}(?:\n)?{_NAME}){{0,4}}(?:{_S}(?:{_CHILD})(?:{_S}{_NAME})?)?(?![\w])")
_INITIALS_FIRST = re.compile(rf"(?<![\w.])(?P<initials>{_INITIAL}(?:{_S}?{_INITIAL})?){_S}?(?P<surname>{_NAME})(?!\w)")
_INITIALS_LAST = re.compile(rf"(?<![\w])(?P<surname>{_NAME}){_S}(?P<initials>{_INITIAL}(?:{_S}?{_INITIAL})?)(?!\w)")
_TITLED = re.compile(
    r"(?<!\w)(?P<title>(?:H\.[ ]?E\.[ ]|His Excellency |Her Excellency )?(?:Mr|Ms|Mrs|Dr|Prof|Amb)\.?|H\.[ ]?E\.)[ \xa0](?P<name>(?:[A-Z][\w’'-]+|[A-Z]\.|de|del|van|von|El|Al)(?:[ \xa0](?:[A-Z][\w’'-]+|[A-Z]\.|de|del|van|von)){0,3})"
)
_TITLED_OTHERWISE = re.compile(
    rf"(?<!\w)(?:(?P<title>[Гг]-(?:на|ну|ном|не|н|жа|жи|же|жу|жой)|[Гг]осподин(?:а|у|ом|е)?|[Гг]оспож(?:а|и|е|у|ой)|[Ҷҷ]аноби?|[Хх]онуми?|[Оо]қои|[Jj]anob|[Xx]onim|[Жж]аноб|[Хх]оним)[ \xa0](?P<name>(?:{_INITIAL}{_S}?){{0,2}}{_NAME}(?:{_S}{_NAME}){{0,2}})"
    rf"|(?P<before>{_NAME}(?:{_S}{_NAME})?){_S}(?:мырза|айым|ханым|xonim|janoblari)(?!\w))"
)
_STREET_BEFORE = re.compile(
    r"(?:ул\.|улиц\w+|им\.|имени|пр\.|проспект\w*|площад\w+|бульвар\w*|кафе|гостиниц\w+|ж/м|мкр\.?)\s*$", re.I
)
_AFTER_NAMED = re.compile(
    r"\s+(?:атындагы|атындағы|nomidagi|номидаги|ба номи|көчөсү|көшесі|ko.chasi|street|шаары|қаласы|айылы|ауылы|(?:област|район|кра[йяею](?!\w)|округ|губерни|республик|городск|межрайонн)\w*)",
    re.I,
)
_SAID_AFTER = re.compile(
    r"[,»”\"]*\s+(?:noted|said|stressed|added|told|stated|emphasi[sz]ed|thanked|welcomed|pointed out|recalled|explained|asked|opened|spoke|отмети|сказа|рассказа|подчеркну|сообщи|заяви|подели|добави|напомни|поблагодари|выступи|призва|деди|айтты|белгиледи|билдирди|деді|атап өтті|dedi|taʼkidladi|таъкидлади|гуфт|қайд кард|таъкид)"
)

_Finder = tuple[Callable[[str, int, int], str | None], Callable[[str, int], str | None]]
_FINDERS: dict[str, _Finder] = {
    "ru": (posts.russian_before, posts.russian_after),
    "en": (posts.english_before, posts.english_after),
    "tg": (posts.tajik_before, posts.tajik_after),
    **dict.fromkeys(("ky", "kk", "uz", "az", "tr"), (posts.turkic_before, posts.turkic_after)),
}


@dataclass(frozen=True)
class PersonFound:
    """A person as named, uninflected, with the post the text gives."""

    name: str
    post: str | None
    start: int
    end: int


def find_persons(text: str, language: str | None = None, taken: Sequence[Span] = ()) -> list[PersonFound]:
    """Each person once, in the order of the text. `taken`: organisations and places, whose words are nobody's name."""
    starts = sorted(sentence.start for sentence in sentences_of(text))
    before, after = _FINDERS.get(language or "", _FINDERS["ru"])
    found: list[PersonFound] = []
    listed = list(rosters.find_listed(text))
    rows = [one.row for one in listed]
    candidates = [one for one in _candidates(text, taken) if not any(start <= one[0] < end for start, end in rows)]
    for number, (start, end, sure) in enumerate(candidates):
        # The candidates come in order, so that the last person found is the nearest one before.
        limit = max(starts[bisect_right(starts, start) - 1] if starts else 0, found[-1].end if found else 0)
        if _STREET_BEFORE.search(text[max(0, start - 14) : start]) or _AFTER_NAMED.match(text[end : end + 14]):
            continue
        post = before(text, start, limit)
        if post is None or " " not in post:  # "Машыктыруучу Бакыт Орунбеков, ⟨… агенттигинин башкы редактору⟩" tells more
            behind = after(text, end)
            reach = end + len(behind or "") + 3
            if behind is not None and not any(
                other[2] and end < other[0] < reach for other in candidates[number + 1 : number + 3]
            ):
                post = behind if post is None or " " in behind else post
            # "А. Петров, ⟨профессор Н. Омуралиев⟩": it is the next person's
        name = text[start:end]
        if not (sure or post or (_SAID_AFTER.match(text[end : end + 24]) and " " in name)) or not _plausible(name, sure=sure):
            continue
        found.append(PersonFound(_uninflected(name, language, post, text[:start]), post, start, end))
    named = [(one, re.sub(r"\s+", " ", text[slice(*one.name)])) for one in listed]
    found += [PersonFound(name, one.post, *one.name) for one, name in named if _plausible(name, sure=False)]
    return _each_once(sorted(found, key=lambda one: one.start))


# --- where a name may stand -----------------------------------------------------------------------------------------
def _candidates(text: str, taken: Sequence[Span]) -> Iterator[tuple[int, int, bool]]:
    """Places of possible names in order, and whether the words alone make a person of them."""
    candidates: list[tuple[int, int, bool]] = []
    for match in _TITLED.finditer(text):
        candidates.append((*match.span("name"), True))
    for match in _TITLED_OTHERWISE.finditer(text):
        name = "name" if match["name"] else "before"
        if not all(_is_word(word) for word in match[name].split()):
            candidates.append((*match.span(name), True))
    for pattern in (_INITIALS_FIRST, _INITIALS_LAST):
        for match in pattern.finditer(text):
            surname = match["surname"]
            sure = bool(SURNAME.match(surname)) or len(match["initials"]) > 3
            if _is_word(surname) and not SURNAME.match(surname):
                continue
            candidates.append((match.start(), match.end(), sure))
    for match in _RUN.finditer(text):
        for start, end in _free(match.start(), match.end(), taken):
            candidates += _of_run(start, text[start:end])
    kept: list[tuple[int, int, bool]] = []
    for one in sorted(candidates, key=lambda one: (not one[2], one[0] - one[1], one[0])):
        if all(one[1] <= first or last <= one[0] for first, last in [*((start, end) for start, end, _ in kept), *taken]):
            kept.append(one)
    yield from sorted(kept)


def _free(start: int, end: int, taken: Sequence[Span]) -> Iterator[Span]:
    """The parts of a run of capitalised words that name no place or organisation: "вилояти Суғд ⟨Нигина Анварӣ⟩"."""
    for first, last in sorted(span for span in taken if span[0] < end and start < span[1]):
        if first > start:
            yield start, first
        start = max(start, last)
    if start < end:
        yield start, end


def _of_run(offset: int, run: str) -> Iterator[tuple[int, int, bool]]:
    """The persons in a run of capitalised words: by patronymic, by given name and surname, else two words that may be one."""
    words = [(match.start(), match.end(), match[0]) for match in re.finditer(r"\S+", run)]
    child = next((number for number, word in enumerate(words) if word[2][0].islower()), None)  # "Асан уулу"
    index = next(
        (number for number, word in enumerate(words) if number and PATRONYMIC.match(word[2]) and not _PLACE_LIKE.match(word[2])),
        None,
    )
    if index is not None and (is_person := _patronymic_span(words, index)):
        yield offset + words[is_person[0]][0], offset + words[is_person[1]][1], True
        return
    if child is not None and child >= 1:
        yield offset + words[max(0, child - 2)][0], offset + words[-1][1], True
        return
    pairs = [
        (_pair_weight(words[number][2], words[number + 1][2]), -number)
        for number in range(len(words) - 1)
        if not _is_word(words[number][2]) and not _is_word(words[number + 1][2])
    ]
    if pairs and max(pairs)[0]:
        number = -max(pairs)[1]
        ends = number + 1
        more = words[ends + 1][2] if ends + 1 < len(words) else ""
        if len(more) > 3 and not _is_word(more) and not SURNAME.match(words[ends][2]):
            ends += 1  # two surnames: "Pablo Ceriani Cernadas"
        yield offset + words[number][0], offset + words[ends][1], True
        return
    free = [word for word in words if not _is_word(word[2])]
    if len(free) >= 2 and free == words[-len(free) :]:
        last = free[-3:] if len(free) == 3 else free[-2:]
        yield offset + last[0][0], offset + last[-1][1], False
    if len(free) >= 1 and SURNAME.match(free[-1][2]):
        yield offset + free[-1][0], offset + free[-1][1], False


def _patronymic_span(words: Sequence[tuple[int, int, str]], index: int) -> tuple[int, int] | None:
    """The given name, the patronymic and the surname, which stands before or after them."""
    before = index >= 2 and not _is_word(words[index - 2][2])
    after = index + 1 < len(words) and not _is_word(words[index + 1][2])
    if after and SURNAME.match(words[index + 1][2]) and not (before and SURNAME.match(words[index - 2][2])):
        return index - 1, index + 1
    if before:
        return index - 2, index
    if after:
        return index - 1, index + 1
    return (index - 1, index) if given_names.is_given(words[index - 1][2]) else None


def _pair_weight(first: str, second: str) -> int:
    """How sure two words are a given name and a surname, in either order; 0 when they need a post to be a person."""
    surnames = bool(SURNAME.match(first)), bool(SURNAME.match(second))
    given = given_names.is_given(first), given_names.is_given(second)
    if given[0] and surnames[1]:
        return 4
    if (surnames[0] and given[1]) or (given[0] and given[1]):
        return 3
    if given[0] and len(second) > 3:
        return 2
    return 1 if surnames[1] and len(first) > 2 and not first.isascii() else 0


_PLACE_LIKE = re.compile(r".*(?:ецкий|нск|град)$")
_COMMON = """Республика Республики Республике Республикой Федерация Федерации Фонд Фонда Совет Совета Комитет Комитета Комиссия Министерство Министерства Азия Азии Европа Европы Организация Союз Союза Закон Кодекс Конституция Конвенция Конвенции
    Центральная Центральной Средняя Северная Южная Восточная Западная Народная Народной Международная Международный Великая Новая Новый Старый Большой Общественный Государственный Государственная Национальный Верховный Красный Красного
    Ачык Коом Фонду Фондунун Борбордук Азия Азиянын Кыргыз Республикасынын Республикасы Эл Аралык Бириккен Улуттар Уюму Жогорку Кеңеш Кеңештин Мамлекеттик Улуттук Орто Ысык Көл Министрлиги Борбору Коомдук Эмгек Тышкы Ички Иштер Бул Ошол Анын Биз
    Қазақстан Республикасының Еңбек Халықаралық Біріккен Ұлттар Ұйымы Орталық Ұлттық Мемлекеттік Қоғамдық Сыртқы Ішкі Істер Жоғары Бұл Ол Осы Біз
    Oʻzbekiston Respublikasi Mehnat Xalqaro Birlashgan Millatlar Tashkiloti Markaziy Osiyo Milliy Davlat Jamoat Tashqi Ishlar Oliy Majlis Bu Shu Biz Ular Bandlik Vazirligi Qirgʻiz
    Ўзбекистон Республикаси Меҳнат Халқаро Бирлашган Миллатлар Ташкилоти Марказий Осиё Миллий Давлат Жамоат Ташқи Ишлар Олий Бу Шу Биз Бандлик Вазирлиги
    Ҷумҳурии Ҷумҳурӣ Созмони Созмон Вазорати Вазорат Осиёи Марказӣ Милали Муттаҳид Маҷлиси Олӣ Ташкилоти Байналмилалӣ Хадамоти Кумитаи Агентии Ин Дар Ба Аз Мо Федератсияи Русия Шӯро Шӯрои Кумита Маркази Марказ Раис Котиб Кеңеш Кеңес Кенгаш Kengash Төрага Катчы Төраға Хатшы Rais Kotib Ҷаноби Хонуми Janob Xonim Жаноб Хоним Председатель Секретарь
    The This That These Those Human Rights Right Central Asia Asian Europe European International Labour Labor Organization Organisation Migration Migrant Migrants Development Republic Commission Committee Council Library Process Ministry Minister
    State States Party Parties Public General Assembly Security Social National United Nations Kyrgyz Kazakh Uzbek Tajik Russian Federation First Second President Vice Director Secretary Deputy Head Chair Member Members Government Supreme Court Convention Protocol
    Family Families Workers Worker Children Women Men Universal Periodic Review Concluding Observations List Issues Report Reports Introduction Positive Aspects Principal Concerns Recommendations Part Article Section Annex Summary Record Meeting Session
    North South East West Northern Southern Eastern Western Open Society Foundation Fund Center Centre Institute University Academy Agency Service Department Office Press Release Round Table Red Crescent Cross World Bank Global Compact Safe Orderly Regular
    January February March April May June July August September October November December Monday Tuesday Wednesday Thursday Friday Saturday Sunday In On At For And But We They He She It All Our Their His Her Mr Ms Mrs Dr Palais Wilson Tel Fax Email Address Street
    Almaty Ata Action Plan Strategy Programme Program Project Law Act Code Labour Migrants Rights Mission Embassy Consulate Regional Coordinator Coordination Analysis Health Healthcare Education Foreign Affairs Internal Interior Justice Finance Economy Employment"""
_WORDS = frozenset(plain(word) for word in _COMMON.split())


@lru_cache(maxsize=20_000)
def _is_word(word: str) -> bool:
    """Whether a capitalised word is no name: one of the list, a place, a post, or a Russian word that is nobody's name."""
    small = plain(word)
    if small in _WORDS or ADJECTIVE.fullmatch(word):
        return True
    if next(country_index().find(word), None) is not None and not given_names.is_given(word):  # Malika is not Mali
        return True
    if not re.match(r"[а-яё]", small) or re.search(r"[өүңқғҳҷӣӯәұһіў]", small) or given_names.is_given(word):
        return False
    return russian.is_common(word)


def _plausible(name: str, *, sure: bool) -> bool:
    words = re.findall(rf"{_NAME}", name)
    if not words:
        return bool(re.search(r"[A-Z]{3}", name))  # "Mr. BRILLANTES"
    return not any(_is_word(word) for word in words if not SURNAME.match(word)) if not sure else True


# --- basic forms ----------------------------------------------------------------------------------------------------
_TURKIC_CASE = re.compile(
    r"(?:дун|дын|дин|дүн|тын|тин|тун|түн|нын|нин|нун|нүн|дың|дің|тың|тің|ның|нің|ning|нинг|га|ге|го|гө|ка|ке|ға|қа|ga|ka|qa|ды|ди|ду|дү|ты|ти|ту|тү|ни|ны|ну|нү|ni|ні|ді|дан|ден|тан|тен|dan|менен|мен|пен)$"
)
_BARE_SURNAME = re.compile(
    r"\w{2,}(?:[оеё]в|[иы]н|[оеё]ва|[иы]на|ский|ская|енко|ян|зода|зоде|заде|дзе|швили|ov|ev|ova|eva|in|ina|zoda|yan|sky|рт|ер|нд|он|бек|бай|bek|boy|уулу|кызы)$"
)


def _uninflected(name: str, language: str | None, post: str | None, before: str) -> str:
    name = re.sub(r"\s+", " ", name)
    if language == "en":
        return re.sub(r"['’]s?$", "", name)
    if language == "hy":
        return re.sub(r"(?<=յան)(?:ը|ի|ին|ն)$", "", name)
    if language == "tg":
        return re.sub(r"(?<=\w{3})ро$", "", name)
    if language in {"ky", "kk", "uz", "az", "tr"}:
        bare = _TURKIC_CASE.sub("", name)
        return (
            bare
            if bare != name and _BARE_SURNAME.search(bare) and not re.search(r"(?:[оеё]ва|[иы]на|ova|eva|ina)$", name)
            else name
        )
    return _russian_nominative(name, _case_of_post(before) if post else None)


def _case_of_post(before: str) -> str | None:
    """The case in which the post stands whose words end the text before a name: that of its first noun."""
    head = posts.last_russian_head(before)
    return russian.case_of(head) if head else None


def _russian_nominative(name: str, case: str | None) -> str:
    words = name.split(" ")
    patronymic = next((word for word in words if PATRONYMIC.match(word) and len(words) > 1), None)
    if patronymic is not None:
        oblique = not re.search(r"(?:ич|вна|чна|шна)$", patronymic)
        woman = bool(re.search(r"(?:вн|чн|шн)\w{1,2}$", patronymic))
        return " ".join(_part(word, woman=woman) for word in words) if oblique else name
    if (tajik := _ZODA.fullmatch(words[-1])) is not None and len(words) == 2:
        stands_in = _ZODA_CASES.get(tajik["end"]) or case
        return f"{_given_by_case(words[0], stands_in)} {tajik['stem']}а"
    surname = next(
        (
            word
            for word in reversed(words)
            if re.search(r"(?:[оеё]в|[иы]н|ск|цк)(?:а|у|ым|им|е|ой|ого|ому|ом)$", word.rpartition(".")[2])
        ),
        None,
    )
    if any(re.search(r"(?:[оеё]в|[иы]н)$", word.rpartition(".")[2]) for word in words):
        return name  # «заместитель министра Айбек Асанов»: whose surname stands in the nominative, does so
    if surname is None:  # «Николая Удовиченко»: the given name alone says the case
        return " ".join(russian.given_name_in_nominative(word, case) if case else word for word in words)
    if re.search(r"(?:ым|ого|ому|ким|(?:[оеё]в|[иы]н)е)$", surname):
        return " ".join(_part(word, woman=False) for word in words)
    if surname.endswith("ой") and len(surname) > 5:
        return " ".join(_part(word, woman=True) for word in words)
    if case in {"gent", "datv", "accs"} and re.search(r"(?:[оеё]в|[иы]н)(?:а|у)$", surname):
        others = [word for word in words if word != surname and not word.endswith(".")]
        woman = bool(others) and russian.gender_of_name(others[0]) == "femn"
        return name if woman and surname.endswith("а") else " ".join(_part(word, woman=woman) for word in words)
    return name


# Tajik surnames decline or not: "Эмина Сангинзода" and "Эмина Сангинзоды" are both "Эмин Сангинзода".
_ZODA = re.compile(r"(?P<stem>\w*зод)(?P<end>а|ы|е|у|ой|ою)")
_ZODA_CASES = {"ы": "gent", "е": "datv", "у": "accs", "ой": "ablt", "ою": "ablt"}
_GIVEN_ENDINGS: dict[str, tuple[tuple[str, str], ...]] = {
    "gent": (("а", ""), ("я", "й"), ("ы", "а"), ("и", "я")),
    "datv": (("у", ""), ("ю", "й"), ("е", "а")),
    "accs": (("а", ""), ("я", "й"), ("у", "а"), ("ю", "я")),
    "ablt": (("ом", ""), ("ем", "й"), ("ой", "а"), ("ей", "я")),
}


def _given_by_case(word: str, case: str | None) -> str:
    """A given name that stands in this case, in the nominative by its ending."""
    for ending, basic in _GIVEN_ENDINGS.get(case or "", ()):
        if word.endswith(ending):
            return word.removesuffix(ending) + basic
    return word


def _part(word: str, *, woman: bool) -> str:
    """One part of a name in the nominative; what does not decline or is not sure stays."""
    initials, dot, bare = word.rpartition(".")
    if not bare:
        return word
    return f"{initials}{dot}{_woman(bare) if woman else _man(bare)}"


def _man(word: str) -> str:
    for pattern, to in (
        (r"(ич)(?:а|у|ем|е)$", r"\1"),
        (r"((?:[оеё]в|[иы]н))(?:а|у|ым|е)$", r"\1"),
        (r"([сц]к)(?:ого|ому|им|ом)$", r"\1ий"),
        (r"(и)(?:я|ю|ем|и)$", r"\1й"),
        (r"([бвгджзклмнпрстфхцчшщ])(?:а|у|ом|ем|е)$", r"\1"),
        (r"([ея])(?:я|ю|ем)$", r"\1й"),
    ):
        if re.search(pattern, word):
            return re.sub(pattern, to, word)
    return word


def _woman(word: str) -> str:
    for pattern, to in (
        (r"((?:[оеё]в|[иы]н))(?:ой|у)$", r"\1а"),
        (r"([сц]к)(?:ой|ую)$", r"\1ая"),
        (r"((?:вн|чн|шн))(?:ы|е|у|ой)$", r"\1а"),
        (r"(и)(?:и|ю|ей)$", r"\1я"),
        (r"([гкхжчшщ])(?:и|е|у|ой|ей)$", r"\1а"),
        (r"([бвгджзклмнпрстфхцчшщ])(?:ы|ой)$", r"\1а"),
    ):
        if re.search(pattern, word):
            return re.sub(pattern, to, word)
    return word


# --- one person, once -----------------------------------------------------------------------------------------------
def _each_once(found: Sequence[PersonFound]) -> list[PersonFound]:
    """One entry a person: "А. Асанов" and "Айбек Асанов" are one; the fuller name and the first post are kept."""
    kept: list[PersonFound] = []
    for person in found:
        index = next((number for number, one in enumerate(kept) if _same(one.name, person.name)), None)
        if index is None:
            kept.append(person)
            continue
        one = kept[index]
        fuller = (
            person if len(_words(person.name)) > len(_words(one.name)) or ("." in one.name and "." not in person.name) else one
        )
        kept[index] = replace(fuller, post=one.post or person.post)
    return sorted(kept, key=lambda one: one.start)


def _words(name: str) -> list[str]:
    return [plain(part) for part in re.findall(r"[^\W\d_][\w'’ʻʼ‘-]*", name)]


def _same(one: str, other: str) -> bool:
    """Whether two names may be one person's: a common word is the surname, and the words besides agree by their initials at least."""
    first, second = sorted((_words(one), _words(other)), key=len)
    return any(_agree(word, first, second) for word in first if len(word) > 1)


def _agree(surname: str, first: Sequence[str], second: Sequence[str]) -> bool:
    fitting = next((word for word in second if word == surname or (len(first) > 2 and _stem(word) == _stem(surname))), None)
    if fitting is None:
        return False
    rest = [word for word in first if word != surname]
    others = [word for word in second if word != fitting]
    return all(
        any(
            word == another or (1 in (len(word), len(another)) and word[0] == another[0]) or _begins(word, another)
            for another in others
        )
        for word in rest
    )


def _begins(word: str, another: str) -> bool:
    """Whether the shorter is an initial of two letters: "Sh." of Sherzod."""
    short, long = sorted((word, another), key=len)
    return len(short) == 2 and short in ("sh", "ch", "дж", "ya", "yu") and long.startswith(short)


def _stem(surname: str) -> str:
    """A Russian surname without its ending: «Юсупову Г. А.» is «Юсупова Г. А.»."""
    return re.sub(r"(?:ого|ому|ой|ым|им|а|у|е|ий|ая|ую)$", "", surname)
