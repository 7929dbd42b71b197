"""Cities, villages and regions where things happen: a closed list, and "айылы", "г.", "шаҳри", "viloyati" with a name."""

from __future__ import annotations

# ruff: noqa: E501  # patterns are read as one line each
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from kenesh.library.reading.spans import Span, is_in
from kenesh.themes.gazetteer import CITIES, REGIONS
from kenesh.themes.mentions import CountryFound
from kenesh.themes.proper_names import Names, plain

_CAPITALISED = r"[A-ZА-ЯЁӨҮҢҚҒҺІҲҶӢӮӘҰЎ][\w'’ʻʼ‘]{1,24}(?:[-‑][A-ZА-ЯЁӨҮҢҚҒҺІҲҶӢӮӘҰЎ][\w'’ʻʼ‘]{1,24})?"
_S = r"[ \t\xa0\u202f]{1,2}"
# What Turkic languages put after the name of a village, a city, a district, a region; the possessive ending carries the case.
_VILLAGE_AFTER = r"айыл|ауыл|қишло[ғг]|qishlog|шаарча|кент|посёлог|мавзе"
_CITY_AFTER = r"шаар|қала|shahr|шаҳр|шахр"
_TURKIC = re.compile(
    rf"(?:(?P<region>{_CAPITALISED}){_S}(?:облус|облыс|viloyat|вилоят)\w{{1,8}}{_S}(?:(?P<district>{_CAPITALISED}){_S}(?:район|аудан|tuman|туман)\w{{1,8}}{_S})?)?"
    rf"(?P<name>{_CAPITALISED}){_S}(?P<what>{_VILLAGE_AFTER}|{_CITY_AFTER})(?:ы|і|и|i|ʻi|ʼi|'i|сы|сі)(?:нын|нда|нан|на|ның|нің|нинг|да|дан|га|ға|не|ning|da|dan|ga|ga|дагы|дағы|ндагы|ндағы|dagi|даги|не|ни|ni)?(?!\w)"
)
_BEFORE = re.compile(
    rf"(?<!\w)(?:(?P<ru>с\.|[Сс]ел(?:о|е|а|у)|пос\.|[Пп]осёлк\w|[Пп]оселк\w|пгт|г\.|гор\.|[Гг]ород(?:е|а|у|ом)?)|(?P<tg>(?:шаҳр|деҳа|ҷамоат|ноҳия)[аи]?и)|(?P<en>(?:city|town|village) of)){_S}?(?P<name>(?:[А-ЯЁ][а-яё]{{2,14}}(?:[иы]й|ая|[иы]е|ое|ев|ов) (?=[А-ЯЁ][а-яё]))?{_CAPITALISED})"
)
_ENGLISH_VILLAGE = re.compile(rf"(?<!\w)(?P<name>[A-Z][a-z]{{2,20}}(?:-[A-Z][a-z]{{1,20}})?){_S}(?:village|town)(?!\w)")
_RUSSIAN_REGION = re.compile(
    r"(?<!\w)(?P<stem>[А-ЯЁ][а-яё-]{1,20}(?:-[А-ЯЁ][а-яё]{2,14})?ск)(?:ая|ой|ую|ий|ого|ому|ом|им)[ \xa0](?P<what>област|кра)(?:ь|и|ью|й|я|ю|ем|е)(?!\w)"
)
_OTHER_REGION = re.compile(
    rf"(?P<name>{_CAPITALISED}){_S}(?P<what>облус|облыс|[Vv]iloyat|[Вв]илоят|[Rr]egions?(?!al)|[Oo]blasts?|[Pp]rovinces?)(?P<end>\w{{0,8}})(?!\w)|(?<!\w)вилояти{_S}(?P<tajik>{_CAPITALISED})"
)
_WHOLE = {
    "облус": "облусу",
    "облыс": "облысы",
    "viloyat": "viloyati",
    "вилоят": "вилояти",
    "region": "Region",
    "oblast": "Oblast",
    "province": "Province",
}
_STREET = re.compile(
    r"(?:ул\.|улица|улице|проспект\w*|пр\.|просп\.|пл\.|площад\w+|гостиниц\w+|отел\w+|имени|им\.)\s*[«“\"]?\s*$", re.I
)
# "Bishkek Declaration": not the city.
_STREET_AFTER = re.compile(
    r"\s+(?:көчөсү|көшесі|ko.?chasi|кўчаси|street|avenue|process|процесс|declaration|protocol|Hotel|hotel|мейманканасы|конвенц)",
    re.I,
)
_BEFORE_ANY_VILLAGE = "Бул Ар Ошол Кайсы Өз Борбор Ушул Айыл Бир Осы Бұл Әр Shu Bu Har Шу Бу Ҳар Ин Он Уч Бардык Жаңы The This Each Our Every Region Город Раиси Мири Ҳокими Маркази Дар Аз Ба"
_NOT_NAMES = frozenset(_BEFORE_ANY_VILLAGE.split())


@dataclass(frozen=True)
class PlaceFound:
    """A place as named in the text's language, its country if known, and where it stands first."""

    name: str
    country: str | None
    start: int
    end: int
    venue: bool = False  # where international bodies meet: it does not speak for its country


def find_places(text: str) -> list[PlaceFound]:
    """Each place once, by first mention; what lies in a longer name or only says where a village is, is left out."""
    candidates = [*_regions(text), *_villages(text), *_cities(text)]
    taken: list[tuple[int, int]] = []
    kept: list[PlaceFound] = []
    for place, covers in candidates:
        if any(start < covers[1] and covers[0] < end for start, end in taken):
            continue
        taken.append(covers)
        if place is not None:
            kept.append(place)
    # Where something happens is told more closely by the village than by the region before it.
    within = {match.start("region"): match.start("name") + 1 for match in _TURKIC.finditer(text) if match["region"]}
    found: dict[str, PlaceFound] = {}
    for place in sorted(kept, key=lambda place: within.get(place.start, place.start)):
        found.setdefault(plain(place.name), place)
    return list(found.values())


Candidate = tuple[PlaceFound | None, tuple[int, int]]


@lru_cache(maxsize=1)
def _city_index() -> Names[tuple[str, bool]]:
    index: Names[tuple[str, bool]] = Names()
    for line in CITIES.strip().splitlines():
        country, kind, names = line.split(" ", 2)
        for name in names.split(", "):
            index.add(name.removeprefix("ru:"), (country, kind == "~"), russian=name.startswith("ru:"))
    return index


@lru_cache(maxsize=1)
def _region_countries() -> tuple[dict[str, str], dict[str, str]]:
    """Country by the stem of the Russian adjective, and by the name in other languages."""
    stems, names = {}, {}
    for line in REGIONS.strip().splitlines():
        country, rest = line.split(" ", 1)
        stem, _, others = rest.partition(" ")
        if stem.startswith("Нижегород"):
            others = "Нижний Новгород, Nizhny Novgorod"
        stems[plain(stem)] = country
        names.update({plain(name): country for name in others.split(", ")})
    return stems, names


def _cities(text: str) -> Iterator[Candidate]:
    for found in _city_index().find(text):
        before, after = text[max(0, found.start - 14) : found.start], text[found.end : found.end + 16]
        if _STREET.search(before) or _STREET_AFTER.match(after) or (found.base == "Ош" and found.capitals):
            continue
        yield PlaceFound(found.base, found.value[0], found.start, found.end, found.value[1]), (found.start, found.end)


def _villages(text: str) -> Iterator[Candidate]:
    names = _region_countries()[1]
    for match in _TURKIC.finditer(text):
        name = match["name"]
        if name in _NOT_NAMES or _is_city(name):
            continue
        country = names.get(plain(match["region"])) if match["region"] else None
        place = PlaceFound(name, country, match.start("name"), match.end("name"))
        yield place, (match.start("name"), match.end())
    for match in _BEFORE.finditer(text):
        name = match["name"]
        if name in _NOT_NAMES or _is_city(name) or (match["ru"] and not _is_russian_place(match)):
            continue
        yield PlaceFound(name, None, match.start("name"), match.end("name")), match.span("name")
    for match in _ENGLISH_VILLAGE.finditer(text):
        if match["name"] not in _NOT_NAMES:
            yield PlaceFound(match["name"], None, match.start("name"), match.end("name")), match.span("name")


def _is_russian_place(match: re.Match[str]) -> bool:
    # "с. Иванов" may be a person's initial, "г. Сидорова" a citizen, "2024 г. Совет" a year.
    if match["ru"] in {"г.", "гг."} and re.search(r"\d\s*$", match.string[max(0, match.start() - 3) : match.start()]):
        return False
    return "\u0400" < match["name"][0] < "\u0530" and not re.match(
        r"[ \xa0][А-ЯЁ]\.|[А-ЯЁ]\.", match.string[match.end() : match.end() + 3]
    )


def _is_city(name: str) -> bool:
    return next(_city_index().find(name), None) is not None


def _regions(text: str) -> Iterator[Candidate]:
    stems, names = _region_countries()
    for match in _RUSSIAN_REGION.finditer(text):
        country = stems.get(plain(match["stem"]))
        if country is not None:
            name = f"{match['stem']}ая область" if match["what"] == "област" else f"{match['stem']}ий край"
            yield PlaceFound(name, country, match.start(), match.end()), match.span()
    for match in _OTHER_REGION.finditer(text):
        known = match["tajik"] or match["name"]
        country = names.get(plain(known))
        if country is None:
            continue
        what = "вилояти" if match["tajik"] else _WHOLE[match["what"].casefold().removesuffix("s")]
        yield (
            PlaceFound(f"{what} {known}" if match["tajik"] else f"{known} {what}", country, match.start(), match.end()),
            match.span(),
        )
        if not match["tajik"] and (match["what"].endswith("s") or _MANY.match(match["end"])):
            yield from _listed_before(text, match.start(), what)


# "Баткен жана Жалал-Абад ⟨облустарында⟩", "Samarqand va Andijon ⟨viloyatlarida⟩": each is a region.
_MANY = re.compile(r"(?:тар|дар|лар|лер|тер|lar)")
_REGION_BEFORE = re.compile(rf"(?P<name>{_CAPITALISED})(?:,|{_S}(?:жана|және|мен|va|ва|ҳамда|hamda|and)){_S}$")


def _listed_before(text: str, start: int, what: str) -> Iterator[Candidate]:
    names = _region_countries()[1]
    while (match := _REGION_BEFORE.search(text, max(0, start - 60), start)) and (country := names.get(plain(match["name"]))):
        yield PlaceFound(f"{match['name']} {what}", country, *match.span("name")), match.span("name")
        start = match.start()


_OF_REGION = re.compile(r"област|кра[йяюе]|облус|облыс|viloyat|вилоят|region|oblast|province", re.I)


def apart_from_offices(
    text: str, found: Sequence[PlaceFound], offices: Sequence[Span]
) -> tuple[list[PlaceFound], list[CountryFound]]:
    """The places without regions that only name an office ("Toshkent viloyati prokuraturasi"), and the countries of those."""
    kept: list[PlaceFound] = []
    within: list[CountryFound] = []
    for place in found:
        named = text[place.start : place.end]
        others = (match.start() for match in re.finditer(re.escape(named[: max(4, len(named) - 4)]), text))
        if _OF_REGION.search(place.name) is None or not all(is_in(others, offices)):
            kept.append(place)
        elif place.country is not None:
            within.append(CountryFound(place.country, place.start, place.end))
    return kept, within
