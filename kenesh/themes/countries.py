"""Names of countries in the interface languages, in the order of the reader's alphabet.

Names come from CLDR (Babel); countries of the region are called as they call themselves. Codes are ISO 3166-1 alpha-2.
"""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from functools import lru_cache

from babel import Locale

from kenesh.themes.languages import INTERFACE

# Where the people come from, and where they go: what a form shows first.
ORIGINS = ("KG", "UZ", "TJ", "AM", "AZ", "GE", "KZ", "MD", "BY", "UA", "TM")
DESTINATIONS = ("RU", "KZ", "TR", "AE", "KR", "GB", "DE", "PL", "US", "BY", "UZ", "KG", "SA", "QA", "IL", "JP", "CZ", "SK", "IT")

# In CLDR's list of two-letter codes, but no countries of ISO 3166-1.
_NOT_COUNTRIES = frozenset({"AC", "CP", "CQ", "DG", "EA", "EU", "EZ", "IC", "QO", "TA", "UN", "XA", "XB", "XK", "ZZ"})

# Where the capital is, and with it the ministries: names of the tz database.
CAPITAL_ZONES: Mapping[str, str] = {
    "KG": "Asia/Bishkek", "KZ": "Asia/Almaty", "UZ": "Asia/Tashkent", "TJ": "Asia/Dushanbe", "AM": "Asia/Yerevan",
    "AZ": "Asia/Baku", "GE": "Asia/Tbilisi", "RU": "Europe/Moscow", "BY": "Europe/Minsk", "TR": "Europe/Istanbul",
    "TM": "Asia/Ashgabat", "CH": "Europe/Zurich", "PL": "Europe/Warsaw", "KR": "Asia/Seoul", "AE": "Asia/Dubai",
    "MD": "Europe/Chisinau", "UA": "Europe/Kyiv", "DE": "Europe/Berlin", "GB": "Europe/London", "IT": "Europe/Rome",
    "CZ": "Europe/Prague", "SK": "Europe/Bratislava", "SA": "Asia/Riyadh", "QA": "Asia/Qatar", "IL": "Asia/Jerusalem",
    "JP": "Asia/Tokyo", "US": "America/New_York",
}  # fmt: skip

_NAMES: Mapping[str, Mapping[str, str]] = {
    "ky": {
        "KG": "Кыргызстан", "UZ": "Өзбекстан", "TJ": "Тажикстан", "KZ": "Казакстан", "TM": "Түркмөнстан", "RU": "Россия",
        "AM": "Армения", "AZ": "Азербайжан", "GE": "Грузия", "MD": "Молдова", "BY": "Беларусь", "UA": "Украина",
        "TR": "Түркия", "KR": "Корея (Түштүк)", "KP": "Корея (Түндүк)", "CN": "Кытай", "US": "Америка Кошмо Штаттары",
        "GB": "Улуу Британия", "SA": "Сауд Арабиясы", "AE": "Бириккен Араб Эмираттары", "AF": "Афганистан",
    },
    "ru": {
        "KG": "Кыргызстан", "UZ": "Узбекистан", "TJ": "Таджикистан", "KZ": "Казахстан", "TM": "Туркменистан", "RU": "Россия",
        "AM": "Армения", "AZ": "Азербайджан", "GE": "Грузия", "MD": "Молдова", "BY": "Беларусь", "UA": "Украина",
        "KR": "Корея (Южная)", "KP": "Корея (Северная)", "AE": "Объединённые Арабские Эмираты", "US": "Соединённые Штаты Америки",
    },
    "uz": {
        "KG": "Qirgʻiziston", "UZ": "Oʻzbekiston", "TJ": "Tojikiston", "KZ": "Qozogʻiston", "TM": "Turkmaniston",
        "RU": "Rossiya", "AM": "Armaniston", "AZ": "Ozarbayjon", "GE": "Gruziya", "MD": "Moldova", "BY": "Belarus",
        "UA": "Ukraina", "TR": "Turkiya", "KR": "Koreya (Janubiy)", "KP": "Koreya (Shimoliy)",
        "US": "Amerika Qoʻshma Shtatlari",
    },
    "tg": {
        "KG": "Қирғизистон", "UZ": "Ӯзбекистон", "TJ": "Тоҷикистон", "KZ": "Қазоқистон", "TM": "Туркманистон",
        "RU": "Русия", "AM": "Арманистон", "AZ": "Озарбойҷон", "GE": "Гурҷистон", "MD": "Молдова", "BY": "Беларус",
        "UA": "Украина", "TR": "Туркия", "KR": "Корея (Ҷанубӣ)", "KP": "Корея (Шимолӣ)", "GB": "Британияи Кабир",
        "DE": "Олмон", "PL": "Лаҳистон", "AE": "Аморати Муттаҳидаи Араб", "US": "Иёлоти Муттаҳидаи Амрико",
    },
    "kk": {
        "KG": "Қырғызстан", "UZ": "Өзбекстан", "TJ": "Тәжікстан", "KZ": "Қазақстан", "TM": "Түрікменстан", "RU": "Ресей",
        "AM": "Армения", "AZ": "Әзербайжан", "GE": "Грузия", "MD": "Молдова", "BY": "Беларусь", "UA": "Украина",
        "TR": "Түркия", "KR": "Корея (Оңтүстік)", "KP": "Корея (Солтүстік)", "US": "Америка Құрама Штаттары",
    },
    "hy": {
        "KG": "Ղրղզստան", "UZ": "Ուզբեկստան", "TJ": "Տաջիկստան", "KZ": "Ղազախստան", "TM": "Թուրքմենստան", "RU": "Ռուսաստան",
        "AM": "Հայաստան", "AZ": "Ադրբեջան", "GE": "Վրաստան", "MD": "Մոլդովա", "BY": "Բելառուս", "UA": "Ուկրաինա",
        "KR": "Կորեա (Հարավային)", "KP": "Կորեա (Հյուսիսային)", "GB": "Մեծ Բրիտանիա", "US": "Ամերիկայի Միացյալ Նահանգներ",
    },
    "en": {"TR": "Türkiye", "KR": "Korea (South)", "KP": "Korea (North)", "CZ": "Czechia"},
}  # fmt: skip

_OFFICIAL: Mapping[str, Mapping[str, str]] = {
    "KG": {
        "ky": "Кыргыз Республикасы", "ru": "Кыргызская Республика", "uz": "Qirgʻiz Respublikasi", "tg": "Ҷумҳурии Қирғизистон",
        "kk": "Қырғыз Республикасы", "hy": "Ղրղզական Հանրապետություն", "en": "Kyrgyz Republic",
    },
    "KZ": {
        "ky": "Казакстан Республикасы", "ru": "Республика Казахстан", "uz": "Qozogʻiston Respublikasi",
        "tg": "Ҷумҳурии Қазоқистон", "kk": "Қазақстан Республикасы", "hy": "Ղազախստանի Հանրապետություն",
        "en": "Republic of Kazakhstan",
    },
    "UZ": {
        "ky": "Өзбекстан Республикасы", "ru": "Республика Узбекистан", "uz": "Oʻzbekiston Respublikasi",
        "tg": "Ҷумҳурии Ӯзбекистон", "kk": "Өзбекстан Республикасы", "hy": "Ուզբեկստանի Հանրապետություն",
        "en": "Republic of Uzbekistan",
    },
    "TJ": {
        "ky": "Тажикстан Республикасы", "ru": "Республика Таджикистан", "uz": "Tojikiston Respublikasi",
        "tg": "Ҷумҳурии Тоҷикистон", "kk": "Тәжікстан Республикасы", "hy": "Տաջիկստանի Հանրապետություն",
        "en": "Republic of Tajikistan",
    },
    "AM": {
        "ky": "Армения Республикасы", "ru": "Республика Армения", "uz": "Armaniston Respublikasi",
        "tg": "Ҷумҳурии Арманистон", "kk": "Армения Республикасы", "hy": "Հայաստանի Հանրապետություն",
        "en": "Republic of Armenia",
    },
    "RU": {
        "ky": "Россия Федерациясы", "ru": "Российская Федерация", "uz": "Rossiya Federatsiyasi", "tg": "Федератсияи Русия",
        "kk": "Ресей Федерациясы", "hy": "Ռուսաստանի Դաշնություն", "en": "Russian Federation",
    },
    "BY": {
        "ky": "Беларусь Республикасы", "ru": "Республика Беларусь", "uz": "Belarus Respublikasi", "tg": "Ҷумҳурии Беларус",
        "kk": "Беларусь Республикасы", "hy": "Բելառուսի Հանրապետություն", "en": "Republic of Belarus",
    },
}  # fmt: skip

# Letters in dictionary order; those of two characters count as one letter. ё beside е in Russian, as its dictionaries do.
_ALPHABETS: Mapping[str, tuple[str, ...]] = {
    "ky": tuple("абвгдеёжзийклмнңоөпрстуүфхцчшщъыьэюя"),
    "ru": tuple("абвгдежзийклмнопрстуфхцчшщъыьэюя"),
    "uz": (*"abdefghijklmnopqrstuvxyz", "oʻ", "gʻ", "sh", "ch"),
    "tg": tuple("абвгғдеёжзиӣйкқлмнопрстуӯфхҳчҷшъэюя"),
    "kk": tuple("аәбвгғдеёжзийкқлмнңоөпрстуұүфхһцчшщъыіьэюя"),
    "hy": (*"աբգդեզէըթժիլխծկհձղճմյնշոչպջռսվտրց", "ու", *"փքևօֆ"),
    "en": tuple("abcdefghijklmnopqrstuvwxyz"),
}


class UnknownCountry(ValueError):
    """Not an ISO 3166-1 alpha-2 code."""


def alpha2(code: str) -> str:
    """The code in capitals. UnknownCountry when no country has it."""
    candidate = code.strip().upper()
    if candidate not in _codes():
        raise UnknownCountry(f"{code!r} is not a country's two-letter code")
    return candidate


def is_code(text: str) -> bool:
    """Whether it is an alpha-2 code in capitals."""
    return text in _codes()


@lru_cache(maxsize=4096)  # every country in every language; a page of the queue names sixty
def country_name(code: str, language: str) -> str:
    """What readers of this language call the country. UnknownCountry for a wrong code; English for a language not ours."""
    code, language = alpha2(code), _known(language)
    own = _NAMES[language].get(code)
    if own is not None:
        return own
    found = Locale.parse(language).territories.get(code) or Locale.parse("ru").territories[code]
    # CLDR writes Uzbek oʻ and gʻ with a quotation mark; the letter is U+02BB.
    return str(found).replace("\u2018", "\u02bb") if language == "uz" else str(found)


def official_name(code: str, language: str) -> str:
    """The State's name as it stands in letters and protocols; the usual name where the State has no longer one here."""
    code, language = alpha2(code), _known(language)
    return _OFFICIAL.get(code, {}).get(language) or country_name(code, language)


@lru_cache(maxsize=len(INTERFACE))
def _sorted_countries(language: str) -> tuple[tuple[str, str], ...]:
    return tuple(in_alphabetical_order(((code, country_name(code, language)) for code in _codes()), language))


def country_list(language: str) -> list[tuple[str, str]]:
    """Code and name of every country in the order of the reader's alphabet."""
    return list(_sorted_countries(_known(language)))


def country_choices(language: str, first: Iterable[str] = ORIGINS) -> list[tuple[str, str]]:
    """The countries that a form puts first, then the others; each part in the order of the reader's alphabet."""
    foremost = {alpha2(code) for code in first}
    every = _sorted_countries(_known(language))
    return [pair for pair in every if pair[0] in foremost] + [pair for pair in every if pair[0] not in foremost]


def in_alphabetical_order(pairs: Iterable[tuple[str, str]], language: str) -> list[tuple[str, str]]:
    """Pairs of a code and a name, sorted by the name."""
    return sorted(pairs, key=lambda pair: (collation_key(pair[1], language), pair[0]))


def collation_key(text: str, language: str) -> tuple[int, ...]:
    """Sorts as a dictionary of the language does; spaces come before letters, foreign letters after all."""
    order = _letter_order(_known(language))
    text = unicodedata.normalize("NFC", text).lower().replace("’", "ʻ").replace("'", "ʻ").replace("եւ", "և")
    key: list[int] = []
    position = 0
    while position < len(text):
        pair = text[position : position + 2]
        if len(pair) == 2 and pair in order:
            key.append(order[pair])
            position += 2
            continue
        key.append(_letter_place(text[position], order))
        position += 1
    return tuple(key)


def _letter_place(character: str, order: Mapping[str, int]) -> int:
    if character in order:
        return order[character]
    base = unicodedata.normalize("NFD", character)[0]
    if base in order:
        return order[base]
    return 1000 + ord(character) if character.isalnum() else 0


@lru_cache(maxsize=len(INTERFACE))
def _letter_order(language: str) -> Mapping[str, int]:
    return {letter: place for place, letter in enumerate(_ALPHABETS[language], start=1)}


@lru_cache(maxsize=1)
def _codes() -> frozenset[str]:
    codes = (str(code) for code in Locale.parse("ru").territories)
    return frozenset(code for code in codes if re.fullmatch("[A-Z]{2}", code) and code not in _NOT_COUNTRIES)


def _known(language: str) -> str:
    code = language.split("-")[0].split("_")[0]
    return code if code in _ALPHABETS else "en"
