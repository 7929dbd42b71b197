"""Cities and villages where things happen: a closed list of the region's cities, and "айылы", "г." and "село" with a name."""

from __future__ import annotations

import re
from dataclasses import dataclass

# (country, name by script, forms). The name is given as the text's own language writes it, uninflected.
_CITIES: tuple[tuple[str, str, str], ...] = (
    ("KG", "Бишкек", r"Бишкек\w{0,6}"),
    ("KG", "Bishkek", r"Bishkek\w{0,3}"),
    ("KG", "Бішкек", r"Бішкек\w{0,4}"),
    ("KZ", "Астана", r"Астан(?:а\w{0,6}|ы|е|у|ой)"),
    ("KZ", "Astana", r"Astana(?:da)?"),
    ("UZ", "Ташкент", r"Ташкент\w{0,6}"),
    ("UZ", "Toshkent", r"Toshkent\w{0,6}"),
    ("UZ", "Tashkent", r"Tashkent"),
    ("UZ", "Тошкент", r"Тошкент\w{0,6}"),
    ("TJ", "Душанбе", r"Душанбе\w{0,6}"),
    ("TJ", "Dushanbe", r"Dushanbe"),
    ("RU", "Москва", r"Москв(?:а\w{0,8}|ы|е|у|ой)"),
    ("RU", "Moscow", r"Moscow"),
    ("AM", "Ереван", r"Ереван\w{0,6}"),
    ("AM", "Yerevan", r"Yerevan"),
    ("KG", "Ош", r"Ош(?:а|е|у|ом|то|тун|ко|тогу|тон)?"),
    ("KG", "Джалал-Абад", r"Джалал-Абад\w{0,3}"),
    ("KG", "Жалал-Абад", r"Жалал-Абад\w{0,6}"),
    ("KG", "Каракол", r"Каракол(?:а|е|у|ом|до|дун|го)?"),
    ("KG", "Баткен", r"Баткен(?:а|е|у|ом|де|дин|ге)?"),
    ("KG", "Чолпон-Ата", r"Чолпон-Ат(?:а\w{0,4}|ы|е|у)"),
    ("KZ", "Алматы", r"Алматы\w{0,6}"),
    ("KZ", "Almaty", r"Almaty(?! process)"),
    ("KZ", "Шымкент", r"Шымкент\w{0,4}"),
    ("UZ", "Самарканд", r"Самарканд(?:а|е|у|ом)?"),
    ("UZ", "Samarqand", r"Samarqand(?:da|ning|ga)?"),
    ("UZ", "Самарқанд", r"Самарқанд\w{0,4}"),
    ("AM", "Երևան", r"Երևան\w{0,4}"),
    ("TJ", "Худжанд", r"Худжанд(?:а|е|у|ом)?"),
    ("TJ", "Хуҷанд", r"Хуҷанд"),
    ("RU", "Санкт-Петербург", r"Санкт-Петербург\w{0,3}"),
    ("RU", "Saint Petersburg", r"(?:Saint|St\.?) Petersburg"),
    ("RU", "Казань", r"Казан(?:ь|и|ью)(?! шаар)|Казань(?= шаар)"),
    ("RU", "Челябинск", r"Челябинск(?:а|е|у|ом|те|тин)?"),
    ("RU", "Екатеринбург", r"Екатеринбург\w{0,4}"),
    ("RU", "Новосибирск", r"Новосибирск(?:а|е|у|ом|те|тин)?"),
    ("AM", "Гюмри", r"Гюмри"),
    ("CH", "Женева", r"Женев(?:а\w{0,6}|ы|е|у|ой)"),
    ("CH", "Geneva", r"Geneva"),
    ("US", "Нью-Йорк", r"Нью-Йорк\w{0,4}"),
    ("US", "New York", r"New York"),
    ("AT", "Вена", r"Вен(?:ы|е|у|ой)"),
    ("AT", "Vienna", r"Vienna"),
    ("PL", "Варшава", r"Варшав(?:а|ы|е|у|ой)"),
    ("PL", "Warsaw", r"Warsaw"),
    ("TR", "Стамбул", r"Стамбул\w{0,4}"),
    ("TR", "Istanbul", r"Istanbul|İstanbul"),
    ("GE", "Тбилиси", r"Тбилиси\w{0,6}"),
    ("GE", "Tbilisi", r"Tbilisi"),
    ("BY", "Минск", r"Минск(?:а|е|у|ом|те)?"),
    ("AZ", "Баку", r"Баку(?:да|дагы)?"),
    ("TR", "Анкара", r"Анкар(?:а|ы|е|у|ой)"),
)
_CITY = re.compile(
    r"(?<![\w-])(?:" + "|".join(f"(?P<c{index}>{forms})" for index, (_, _, forms) in enumerate(_CITIES)) + r")(?![\w-])"
)
_REGIONS = {
    "Ысык-Көл": "KG",
    "Иссык-Куль": "KG",
    "Чүй": "KG",
    "Нарын": "KG",
    "Талас": "KG",
    "Баткен": "KG",
    "Ош": "KG",
    "Жалал-Абад": "KG",
}
# Bounded, and never begun within a word: else a long run of letters is searched again from each of them.
_CAPITALISED = r"(?<!\w)[А-ЯЁӨҮҢҚҒҺІ]\w{1,40}(?:-[А-ЯЁӨҮҢ]\w{1,40})?"
_KYRGYZ_VILLAGE = re.compile(
    rf"(?:(?P<region>{_CAPITALISED}) облусун\w+ )?(?P<name>{_CAPITALISED}) айыл(?:ы|ында|ынын|ынан|ына)(?!\w)"
)
_RUSSIAN_VILLAGE = re.compile(rf"(?<!\w)(?:с\.|село|пос\.|пгт)\s?(?P<name>{_CAPITALISED})")
_STREET = re.compile(r"(?:ул\.|улица|проспект|пр\.|көчөсү)\s*$", re.I)


@dataclass(frozen=True)
class PlaceFound:
    """A place as named in the text's language, its country if known, and where it stands first."""

    name: str
    country: str | None
    start: int
    end: int


def find_places(text: str) -> list[PlaceFound]:
    """Each place once, by first mention."""
    found: dict[str, PlaceFound] = {}
    for place in sorted([*_cities(text), *_villages(text)], key=lambda place: place.start):
        found.setdefault(place.name, place)
    return list(found.values())


def _cities(text: str) -> list[PlaceFound]:
    places = []
    for match in _CITY.finditer(text):
        country, name, _ = _CITIES[int(str(match.lastgroup)[1:])]
        if not _STREET.search(text[max(0, match.start() - 12) : match.start()]):
            places.append(PlaceFound(name, country, match.start(), match.end()))
    return places


def _villages(text: str) -> list[PlaceFound]:
    kyrgyz = [(_REGIONS.get(match["region"] or ""), match) for match in _KYRGYZ_VILLAGE.finditer(text)]
    russian = [(None, match) for match in _RUSSIAN_VILLAGE.finditer(text)]
    return [PlaceFound(match["name"], country, match.start("name"), match.end("name")) for country, match in [*kyrgyz, *russian]]
