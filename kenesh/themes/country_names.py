"""What countries are called: every territory of CLDR in our languages, own names and acronyms of the region, adjectives.

`country_index()` finds names, `ADJECTIVES` and `ACRONYMS` are read by `themes.mentions`.
"""

from __future__ import annotations

# ruff: noqa: E501  # patterns are read as one line each
import re
from collections.abc import Iterator
from functools import lru_cache

from babel import Locale

from kenesh.themes.countries import UnknownCountry, alpha2, country_name
from kenesh.themes.gazetteer import CITIES
from kenesh.themes.proper_names import Names

_LOCALES = ("ky", "kk", "uz", "uz_Cyrl", "tg", "hy", "en", "tr", "az", "ka")
# Words first of all, or names of people; a country only where the sentence leaves no doubt.
DOUBTFUL = frozenset(
    {"TD", "TG", "ML", "CU", "DM", "NE", "GN", "JO", "MT", "PE", "OM", "TO", "RE", "MO", "GE-en", "IL-en", "TR-en"}
)
_LEFT_OUT = frozenset(
    {"IM", "JE", "GG", "AQ", "NU", "NF", "CC", "CX", "BV", "HM", "IO", "UM", "PN", "TK", "MF", "BL", "MS", "BQ"}
)
# As texts write them: CLDR has one name a language, and not the newest or the oldest.
_ALSO: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {  # code: names with Russian forms, names with endings
    "KG": (
        ("Кыргызстан", "Киргизия", "Киргизстан", "Кыргызская Республика", "Киргизская Республика"),
        ("Ղրղզական Հանրապետություն", "Кыргыз Республикасы", "Кыргыз Республика", "Қырғыз Республикасы", "Қырғыз Республика", "Ҷумҳурии Қирғизистон", "Ҷумҳурии Қирғиз", "Қирғиз Республикаси", "Қирғиз Республика",
         "Qirgʻiz Respublikasi", "Kyrgyz Republic", "Kyrgyzstan", "Kirghizstan", "Kırgızistan", "Қырғызстан", "Қирғизистон", "Qirgʻiziston"),
    ),
    "KZ": (("Казахстан",), ("Казакстан", "Қазақстан", "Қозоғистон", "Қазоқистон", "Kazakhstan", "Qozogʻiston", "Qazaqstan", "Kazakstan")),
    "UZ": (("Узбекистан",), ("Өзбекстан", "Өзбекистан", "Ўзбекистон", "Ӯзбекистон", "Uzbekistan", "Oʻzbekiston", "Узбекистон", "Озбекстан")),
    "TJ": (("Таджикистан",), ("Тажикстан", "Тажикистан", "Тәжікстан", "Тоҷикистон", "Тожикистон", "Tajikistan", "Tojikiston", "Tadjikistan", "Точикистон")),
    "TM": (("Туркменистан", "Туркмения"), ("Түркмөнстан", "Түрікменстан", "Туркманистон", "Turkmenistan", "Turkmaniston")),
    "RU": (
        ("Россия", "Российская Федерация"),
        ("Россия Федерациясы", "Россия Федерация", "Ресей Федерациясы", "Ресей", "Русия", "Федератсияи Русия", "Федератсияи Россия", "Россия Федерацияси", "Rossiya Federatsiyasi", "Rossiya",
         "Russian Federation", "Russia", "Орусия", "Rusya"),
    ),
    "AM": (("Армения", "Республика Армения"), ("Арманистон", "Armaniston", "Armenia")),
    "AZ": (("Азербайджан",), ("Азербайжан", "Әзербайжан", "Әзірбайжан", "Озарбойҷон", "Озарбайжон", "Ozarbayjon", "Azerbaijan", "Azərbaycan")),
    "GE": (("Грузия",), ("Гурҷистон", "Гуржистон", "Gruziya")),
    "BY": (("Беларусь", "Белоруссия", "Республика Беларусь"), ("Беларус", "Belarus", "Белорусия")),
    "UA": (("Украина",), ("Ukraine", "Ukraina")),
    "MD": (("Молдова", "Молдавия"), ("Moldova",)),
    "KR": (
        ("Южная Корея", "Республика Корея", "Корея"),
        ("Koreya Respublikasi", "Корея Республикаси", "Koreya", "Korea", "Կորեա", "Кореяи", "Түштүк Корея", "Корея Республикасы", "Оңтүстік Корея", "Жанубий Корея", "Janubiy Koreya", "Кореяи Ҷанубӣ", "Ҷумҳурии Корея", "South Korea", "Republic of Korea"),
    ),
    "KP": (("Северная Корея",), ("North Korea", "Түндүк Корея", "Солтүстік Корея", "Shimoliy Koreya", "Шимолий Корея", "Кореяи Шимолӣ")),
    "US": (
        ("Соединённые Штаты Америки", "Соединённые Штаты"),
        ("США", "АКШ", "АҚШ", "AQSh", "USA", "Америка Кошмо Штаттары", "Америка Құрама Штаттары", "Иёлоти Муттаҳидаи Амрико", "Амрико", "United States of America", "United States"),
    ),
    "GB": (("Великобритания", "Соединённое Королевство", "Британия"), ("Улуу Британия", "Ұлыбритания", "Британияи Кабир", "Buyuk Britaniya", "Буюк Британия", "United Kingdom", "Great Britain")),
    "AE": (
        ("Объединённые Арабские Эмираты",),
        ("ОАЭ", "БАЭ", "UAE", "Бириккен Араб Эмираттары", "Біріккен Араб Әмірліктері", "Аморати Муттаҳидаи Араб", "BAA", "Birlashgan Arab Amirliklari", "Бирлашган Араб Амирликлари", "United Arab Emirates"),
    ),
    "SA": (("Саудовская Аравия",), ("Сауд Арабиясы", "Сауд Арабия", "Сауд Аравиясы", "Saudi Arabia", "Саудия Арабистони", "Saudiya Arabistoni")),
    "TR": (("Турция",), ("Turkey", "Түркия", "Туркия", "Turkiya", "Türkiye")),
    "CZ": (("Чехия", "Чешская Республика"), ("Czech Republic", "Czechia")),
    "CN": (("Китай", "Китайская Народная Республика"), ("Кытай", "Қытай", "Хитой", "Xitoy", "Чин", "China")),
    "DE": (("Германия", "ФРГ"), ("Олмон", "Germaniya", "Germany")),
    "PL": (("Польша",), ("Лаҳистон", "Полша", "Polsha")),
    "IR": (("Иран",), ("Эрон", "Eron", "Iran")),
    "AF": (("Афганистан",), ("Ауғанстан", "Ооганстан", "Афғонистон", "Afgʻoniston", "Afghanistan")),
    "JP": (("Япония",), ("Жапония", "Yaponiya", "Ҷопон")),
    "MN": (("Монголия",), ("Моңголия", "Муғулистон", "Mongolia")),
}  # fmt: skip

# The stem of the Russian adjective, of people («россияне»), and whole adjectives of the other languages.
_ADJECTIVES: dict[str, str] = {
    "KG": r"(?:кыргыз|киргиз)(?:стан)?ск|(?:кыргыз|киргиз)станц|kyrgyz(?:stani)?s?\b|кыргыз(?= жаран| мигрант| тарап| өкмөт| бийлиг| делегац)|қырғыз(?= азамат| мигрант| тарап| үкімет)|qirg.?iz(?= fuqaro| muhojir| tomon)",
    "KZ": r"казахск|казахстанск|казахстанц|kazakh(?:stani)?s?\b|қазақ(?= азамат| үкімет)|казак(?= жаран| тарап)",
    "RU": r"российск|россиян|russians?\b|орусиялык",
    "UZ": r"узбекск|узбекистанск|узбекистанц|uzbek(?:istani)?s?\b|өзбек(?= жаран| мигрант| азамат| тарап)|o.?zbek(?= fuqaro| muhojir| tomon)|ўзбек(?= фуқаро| муҳожир)",
    "TJ": r"таджикск|таджикистанск|таджикистанц|tajik(?:istani)?s?\b|тажик(?= жаран| мигрант| тарап)|(?<=муҳоҷирони )тоҷик\b|(?<=шаҳрвандони )тоҷик\b|тоҷикистонӣ",
    "TM": r"туркменск|туркменистанск|turkmen\b",
    "AM": r"армянск|armenians?\b",
    "AZ": r"азербайджанск|azerbaijani\b",
    "GE": r"грузинск|georgians?\b",
    "BY": r"белорусск|беларуск|belarusians?\b",
    "UA": r"украинск|ukrainians?\b",
    "MD": r"молдавск|молдовск|moldovans?\b",
    "TR": r"турецк|turkish\b",
    "CN": r"китайск|chinese\b",
    "KR": r"южнокорейск|корейск|(?<!north )koreans?\b",
    "JP": r"японск|japanese\b",
    "DE": r"немецк|германск|germans?\b",
    "FR": r"французск|french\b",
    "IT": r"итальянск|italian\b",
    "ES": r"испанск|spanish\b",
    "PL": r"польск|polish\b(?=\s[a-z])",
    "CZ": r"чешск|czech\b",
    "HU": r"венгерск|hungarian\b",
    "FI": r"финск|финляндск|finnish\b",
    "SE": r"шведск|swedish\b",
    "NO": r"норвежск|norwegian\b",
    "CH": r"швейцарск|swiss\b",
    "US": r"американск(?!о-)|american\b",
    "GB": r"британск|british\b",
    "IR": r"иранск|iranian\b",
    "AF": r"афганск|afghans?\b",
    "PK": r"пакистанск|pakistani\b",
    "IN": r"индийск|indian\b",
    "MN": r"монгольск|mongolian\b",
    "IL": r"израильск|israeli\b",
    "QA": r"катарск|qatari\b",
}
# "кыргызстандык", "ресейлік", "oʻzbekistonlik": who is from there; Turkic languages write it without a capital.
_FROM_THERE: dict[str, str] = {
    "KG": r"кыргызстан|қырғызстан|қирғизистон|qirg.?iziston",
    "KZ": r"казакстан|қазақстан|қозоғистон|qozog.?iston",
    "UZ": r"өзбекстан|ўзбекистон|o.?zbekiston",
    "TJ": r"тажикстан|тәжікстан|тожикистон|tojikiston",
    "TM": r"түркмөнстан|түрікменстан|туркманистон|turkmaniston",
    "RU": r"россия|ресей|rossiya",
}
# Of people, firms and authorities: "түрік компаниясы", "корейс томони"; Turkic languages use the name of the people alone.
_NATIONS: dict[str, str] = {
    "KG": r"кыргыз|қырғыз|қирғиз|qirg.?iz",
    "KZ": r"казак|қазақ|қозоқ|qozoq",
    "UZ": r"өзбек|ўзбек|o.?zbek",
    "TJ": r"тажик|тәжік|тожик|tojik",
    "RU": r"орус|орыс|рус|rus",
    "TR": r"түрк|түрік|турк|turk",
    "KR": r"корей|кәріс|корейс|koreys",
    "CN": r"кытай|қытай|хитой|xitoy",
    "PL": r"поляк|polyak",
    "DE": r"немис|неміс|nemis",
    "JP": r"япон|жапон|yapon",
}
_BEFORE_PEOPLE = r"(?= (?:компани|жаран|азамат|fuqaro|фуқаро|жумушчу|жумуш бер|жұмысшы|жұмыс бер|ishchi|ish ber|ишчи|иш бер|мигрант|muhojir|муҳожир|тара[пб]|tomon|томон|өкмөт|үкімет|hukumat|ҳукумат|бийлиг|билі[кг]|делегаци|delegatsiya|ишкана|корхона|korxona|firma|фирма|kompaniya))"
_LIK = r"(?:лык|лик|дык|лық|лік|дық|дік|lik)\w{0,10}"
ADJECTIVE = re.compile(
    r"(?<!\w)(?:"
    + "|".join(
        rf"(?P<{code}>(?:{stems})\w{{0,4}}"
        + (f"|(?:{_FROM_THERE[code]}){_LIK}" if code in _FROM_THERE else "")
        + (f"|(?:{_NATIONS[code]}){_BEFORE_PEOPLE})" if code in _NATIONS else ")")
        for code, stems in _ADJECTIVES.items()
    )
    + r")(?!\w)",
    re.I,
)

# By the language of the text: «КР» means Kyrgyzstan in Russian and Kyrgyz texts, "KR" may be Korea elsewhere.
_RUSSIAN = {
    "КР": "KG",
    "РК": "KZ",
    "РФ": "RU",
    "РУз": "UZ",
    "РУ": "UZ",
    "РТ": "TJ",
    "РТдж": "TJ",
    "РА": "AM",
    "КНР": "CN",
    "КНДР": "KP",
}
ACRONYMS: dict[str, dict[str, str]] = {
    "ru": _RUSSIAN,
    "ky": {"КР": "KG", "РФ": "RU", "РК": "KZ", "ӨР": "UZ", "ТР": "TJ", "КЭР": "CN"},
    "kk": {"ҚР": "KZ", "РФ": "RU", "ӨР": "UZ", "ТР": "TJ", "ҚХР": "CN", "ҚырР": "KG", "РК": "KZ", "КР": "KG"},
    "tg": {"ҶТ": "TJ", "ФР": "RU", "ҶҚ": "KZ", "ҶӮ": "UZ", "ИМА": "US", "РФ": "RU"},
    "uz": {"OʻzR": "UZ", "OʻR": "UZ", "ЎзР": "UZ", "ЎР": "UZ", "RF": "RU", "РФ": "RU", "QR": "KG"},
    "hy": {"ՀՀ": "AM", "ՌԴ": "RU"},
    "en": {"RK": "KZ", "KR": "KG", "RF": "RU", "RT": "TJ", "RUz": "UZ", "UK": "GB", "US": "US", "U.S.": "US", "RoK": "KR", "PRC": "CN", "ROK": "KR"},
}  # fmt: skip


@lru_cache(maxsize=1)
def country_index() -> Names[str]:
    """Every name of every country, and the capitals that speak for theirs."""
    index: Names[str] = Names()
    for code, (russian, others) in _ALSO.items():
        for name in russian:
            index.add(name, code, russian=True)
        for name in others:
            index.add(name, code)
    for line in CITIES.strip().splitlines():
        code, capital, names = line.split(" ", 2)
        for name in names.split(", ") if capital == "*" else ():
            index.add(name.removeprefix("ru:"), code, russian=name.startswith("ru:"))
    for code, name in _names_of("ru"):
        index.add(name, code, russian=True)
    for locale in _LOCALES:
        for code, name in _names_of(locale):
            index.add(name, code)
    return index


def _names_of(locale: str) -> Iterator[tuple[str, str]]:
    """CLDR's names without what stands in brackets, and the house's own."""
    for code, name in Locale.parse(locale).territories.items():
        if len(code) != 2 or code in _LEFT_OUT:
            continue
        try:
            alpha2(code)
        except UnknownCountry:
            continue
        bare = re.sub(r"\s*[(（].*", "", str(name)).replace("‘", "ʻ").strip()
        yield code, bare
        if "_" not in locale:
            yield code, re.sub(r"\s*\(.*", "", country_name(code, locale)).strip()
