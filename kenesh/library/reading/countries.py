"""Countries named in a text: by name and case form, adjective, capital and acronym, in Cyrillic and Latin script.

Patterns are our own and closed (the region, the countries that people go to work in, and the partners of dialogues):
a gazetteer of the world finds Soweto in «Совет». Names begin with a capital letter; adjectives need not.
"""

from __future__ import annotations

# ruff: noqa: E501  # patterns are read as one line each
import re
from dataclasses import dataclass

_A = "['’ʻʼ‘`]?"  # the apostrophe of Uzbek, as people type it
_IA = r"(?:я\w{0,10}|и|ю|ей|ею)"  # endings of «Россия», with the suffixes that Kyrgyz, Uzbek and Tajik add

_NAMES: dict[str, str] = {
    "KG": rf"Кыргызстан\w{{0,12}}|Кыргызск\w{{2,3}} Республик\w+|Кыргыз Республик\w+|Киргизи{_IA}|Қырғызстан\w{{0,10}}"
    rf"|Қырғыз Республика\w+|Қирғизистон\w{{0,8}}|Ҷумҳурии Қирғиз\w{{0,10}}|Kyrgyzstan\w{{0,3}}|Kyrgyz\b|Qirg{_A}iziston\w{{0,8}}"
    rf"|Qirg{_A}iz Respublika\w+|Ղրղզստան\w{{0,6}}|Kırgızistan\w{{0,6}}",
    "KZ": rf"Казахстан\w{{0,12}}|Казакстан\w{{0,12}}|Қазақстан\w{{0,12}}|Қазоқистон\w{{0,8}}|Қозоғистон\w{{0,8}}|Kazakhstan\w{{0,3}}"
    rf"|Kazakh\b|Qozog{_A}iston\w{{0,8}}|Ղազախստան\w{{0,6}}|Kazakistan\w{{0,6}}",
    "RU": rf"Росси{_IA}|Российск\w{{2,3}} Федерац\w+|Ресей\w{{0,10}}|Русия\w{{0,6}}|Федератсияи Россия\w{{0,6}}|Russian?\b(?! language)"
    rf"|Rossiya\w{{0,8}}|Rusiya\w{{0,6}}|Ռուսաստան\w{{0,6}}|Rusya\w{{0,6}}|Орусия\w{{0,8}}",
    "UZ": rf"Узбекистан\w{{0,12}}|Өзбекстан\w{{0,12}}|Өзбекистан\w{{0,12}}|Ўзбекистон\w{{0,8}}|Ӯзбекистон\w{{0,8}}|Uzbekistan\w{{0,3}}|Uzbek\b"
    rf"|O{_A}zbekiston\w{{0,8}}|Ուզբեկստան\w{{0,6}}|Özbekistan\w{{0,6}}",
    "TJ": r"Таджикистан\w{0,12}|Тажикстан\w{0,12}|Тәжікстан\w{0,12}|Тоҷикистон\w{0,8}|Тожикистон\w{0,8}|Tajikistan\w{0,3}|Tajik\b"
    r"|Tojikiston\w{0,8}|Տաջիկստան\w{0,6}|Tacikistan\w{0,6}",
    "TM": r"Туркменистан\w{0,8}|Туркмени(?:я\w{0,6}|и|ю|ей)|Түркмөнстан\w{0,8}|Түрікменстан\w{0,8}|Туркманистон\w{0,8}|Turkmenistan\w{0,3}"
    r"|Turkmaniston\w{0,8}|Թուրքմենստան\w{0,6}",
    "AM": rf"Армени{_IA}|Арманистон\w{{0,8}}|Armenian?\b(?! language)|Armaniston\w{{0,8}}|Հայաստան\w{{0,6}}|Ermenistan\w{{0,6}}",
    "AZ": r"Азербайджан\w{0,8}|Азербайжан\w{0,8}|Әзірбайжан\w{0,8}|Әзербайжан\w{0,8}|Озарбойҷон\w{0,8}|Озарбайжон\w{0,8}|Azerbaijan\w{0,3}"
    r"|Ozarbayjon\w{0,8}|Azərbaycan\w{0,8}|Ադրբեջան\w{0,6}|Azerbaycan\w{0,6}",
    "GE": r"Грузи(?:я\w{0,8}|и|ю|ей)|Гурҷистон\w{0,8}|Гуржистон\w{0,8}|Georgian?\b(?! language)|Gruziya\w{0,8}|Վրաստան\w{0,6}|Gürcüstan\w{0,6}",
    "BY": r"Беларус(?:ь|и|ью|\w{0,8})|Белорусси(?:я|и|ю|ей)|Belarus\w{0,4}",
    "UA": r"Украин(?:а\w{0,8}|ы|е|у|ой)|Украина\w{0,8}|Ukraine\b|Ukrainian\b|Ukraina\w{0,6}",
    "MD": r"Молдов(?:а\w{0,8}|ы|е|у|ой)|Молдави(?:я|и|ю|ей)|Moldovan?\b",
    "MN": r"Монголи(?:я\w{0,8}|и|ю|ей)|Mongolian?\b",
    "CN": r"Кита(?:й\w{0,8}|я|е|ю|ем)|Қытай\w{0,8}|Кытай\w{0,8}|Хитой\w{0,6}|China\b|Chinese\b|Xitoy\w{0,6}",
    "TR": r"Турци(?:я|и|ю|ей)|Түркия\w{0,8}|Туркия\w{0,8}|Turkey\b|Türkiye\w{0,6}|Turkish\b|Turkiya\w{0,8}",
    "IR": r"Иран(?:а|е|у|ом|дын|дагы|га|да|дан)?|Эрон\w{0,6}|Iran(?:ian)?\b|Eron\w{0,5}",
    "AF": r"Афганистан\w{0,8}|Ауғанстан\w{0,8}|Ооганстан\w{0,8}|Афғонистон\w{0,8}|Afghanistan\w{0,3}|Afghan\b"
    rf"|Afg{_A}oniston\w{{0,8}}",
    "PK": r"Пакистан\w{0,8}|Пәкістан\w{0,8}|Покистон\w{0,8}|Pakistan\w{0,3}|Pokiston\w{0,8}",
    "IN": r"Инди(?:я\w{0,8}|и|ю|ей)|Үндістан\w{0,8}|Ҳиндустон\w{0,6}|Ҳиндистон\w{0,6}|India\b|Hindiston\w{0,8}",
    "BD": r"Бангладеш\w{0,4}|Bangladesh\w{0,3}",
    "NP": r"Непал(?:а|е|у|ом)?|Nepal\w{0,3}",
    "PH": r"Филиппин(?:ы|ах|ам|ами)?|Philippines\b",
    "VN": r"Вьетнам\w{0,4}|Viet ?[Nn]am\w{0,3}",
    "KR": r"(?:Южн\w{2,3} |Түштүк |Оңтүстік |Жанубий )?Коре(?:я\w{0,8}|и|ю|ей)|Республик\w{1,2} Корея|Кореяи Ҷанубӣ|South Korea\w{0,2}|Republic of Korea|Janubiy Koreya\w{0,8}",
    "JP": r"Япони(?:я\w{0,8}|и|ю|ей)|Жапония\w{0,8}|Japan\w{0,4}|Yaponiya\w{0,8}",
    "IL": r"Израил(?:ь|я|е|ю|ем)|Israel\w?\b",
    "AE": r"ОАЭ|Объедин[её]нн\w{2} Арабск\w{2} Эмират\w{0,4}|БАЭ|Бириккен Араб Эмират\w{0,10}|United Arab Emirates|UAE|BAA",
    "SA": r"Саудовск\w{2,3} Арави\w{1,2}|Сауд Ара[вб]ия\w{0,8}|Saudi Arabia\w?",
    "QA": r"Катар(?:а|е|у|ом)?|Qatar\w?",
    "KW": r"Кувейт(?:а|е|у|ом)?|Kuwait\w?",
    "EG": r"Егип(?:ет|та|те|ту|том)|Egypt\w?",
    "DE": r"Германи(?:я\w{0,8}|и|ю|ей)|ФРГ|Germany|Germaniya\w{0,8}",
    "PL": r"Польш(?:а\w{0,8}|и|е|у|ей)|Poland|Polsha\w{0,8}",
    "CZ": r"Чехи(?:я\w{0,8}|и|ю|ей)|Чешск\w{2,3} Республик\w{1,2}|Czech (?:Republic|ia)|Czechia",
    "SK": r"Словаки(?:я\w{0,8}|и|ю|ей)|Slovakia",
    "HU": r"Венгри(?:я\w{0,8}|и|ю|ей)|Hungary|Hungarian\b|Vengriya\w{0,8}",
    "LV": r"Латви(?:я\w{0,8}|и|ю|ей)|Latvian?\b",
    "LT": r"Литв(?:а\w{0,8}|ы|е|у|ой)|Lithuanian?\b",
    "EE": r"Эстони(?:я\w{0,8}|и|ю|ей)|Estonian?\b",
    "FI": r"Финлянди(?:я\w{0,8}|и|ю|ей)|Finland",
    "SE": r"Швеци(?:я\w{0,8}|и|ю|ей)|Sweden|Swedish\b",
    "NO": r"Норвеги(?:я\w{0,8}|и|ю|ей)|Norway",
    "CH": r"Швейцари(?:я\w{0,8}|и|ю|ей)|Switzerland|Swiss\b",
    "AT": r"Австри(?:я\w{0,8}|и|ю|ей)|Austrian?\b",
    "FR": r"Франци(?:я\w{0,8}|и|ю|ей)|(?<!Caritas )France\b",
    "IT": r"Итали(?:я\w{0,8}|и|ю|ей)|Italy|Italian\b",
    "ES": r"Испани(?:я\w{0,8}|и|ю|ей)|Spain|Spanish\b(?! language)",
    "GB": r"Великобритани(?:я\w{0,8}|и|ю|ей)|Соедин[её]нн\w{2,3} Королевств\w{1,2}|Улуу Британия\w{0,8}|Ұлыбритания\w{0,8}|United Kingdom|Great Britain|British\b|Buyuk Britaniya\w{0,8}",
    "US": r"США|Соедин[её]нн\w{2,3} Штат\w{1,3} Америки|АКШ\w{0,8}|АҚШ\w{0,8}|ИМА|United States|USA|U\.S\.|AQSh\w{0,6}|US",
    "CA": r"Канад(?:а\w{0,8}|ы|е|у|ой)|Canada|Canadian\b",
    "AU": r"Австрали(?:я\w{0,8}|и|ю|ей)|Australian?\b",
    "RS": r"Серби(?:я\w{0,8}|и|ю|ей)|Serbian?\b",
    "BG": r"Болгари(?:я\w{0,8}|и|ю|ей)|Bulgarian?\b",
    "RO": r"Румыни(?:я\w{0,8}|и|ю|ей)|Romanian?\b",
}
_ADJECTIVES: dict[str, str] = {
    "KG": r"кыргызск|киргизск|кыргызстанск",
    "KZ": r"казахск|казахстанск|қазақстандық\w{0,6}",
    "RU": r"российск|россиялык\w{0,6}|ресейлік\w{0,6}",
    "UZ": r"узбекск|узбекистанск",
    "TJ": r"таджикск|таджикистанск",
    "TM": r"туркменск",
    "AM": r"армянск",
    "AZ": r"азербайджанск",
    "GE": r"грузинск",
    "BY": r"белорусск|беларуск",
    "UA": r"украинск",
    "TR": r"турецк",
    "CN": r"китайск",
    "KR": r"южнокорейск",
    "DE": r"немецк|германск",
    "PL": r"польск",
    "US": r"американск",
    "GB": r"британск",
}
# Forms by the language of the text: «КР» means Kyrgyzstan in Russian and Kyrgyz texts, "KR" may be Korea elsewhere.
_ACRONYMS: dict[str, dict[str, str]] = {
    "ru": {"КР": "KG", "РК": "KZ", "РФ": "RU", "РУз": "UZ", "КНР": "CN"},
    "ky": {"КР": "KG", "РФ": "RU", "РК": "KZ", "КЭР": "CN"},
    "kk": {"ҚР": "KZ", "РФ": "RU", "ҚХР": "CN"},
    "tg": {"ҶТ": "TJ", "ФР": "RU"},
    "uz": {"O‘zR": "UZ", "OʻzR": "UZ", "O'zR": "UZ", "O’zR": "UZ", "ЎзР": "UZ", "RF": "RU", "РФ": "RU"},
    "en": {"RK": "KZ", "KR": "KG", "RF": "RU", "UK": "GB", "RoK": "KR"},
}
_CAPITALS: dict[str, str] = {
    "KG": r"Бишкек\w{0,6}|Bishkek\w{0,3}|Бішкек\w{0,4}",
    "KZ": r"Астан(?:а\w{0,6}|ы|е|у|ой)|Нур-Султан\w{0,3}|Нұр-Сұлтан\w{0,4}|Astana\w{0,3}|Nur-Sultan|Остона\w{0,4}|Ostona\w{0,4}",
    "UZ": r"Ташкент\w{0,6}|Тошкент\w{0,6}|Tashkent|Toshkent\w{0,6}",
    "TJ": r"Душанбе\w{0,6}|Dushanbe\w{0,3}",
    "TM": r"Ашхабад\w{0,3}|Ашгабад\w{0,4}|Ashgabat",
    "RU": r"Москв(?:а\w{0,8}|ы|е|у|ой)|Moscow|Moskva\w{0,6}|Мәскеу\w{0,6}|Маскав\w{0,4}",
    "AM": r"Ереван\w{0,6}|Yerevan|Երևան\w{0,5}",
    "AZ": r"Баку(?!\w)|Баку(?:да|дагы|нун|га)|Baku",
    "GE": r"Тбилиси\w{0,6}|Tbilisi",
    "BY": r"Минск(?:а|е|у|ом|те)?|Minsk",
    "TR": r"Анкар(?:а\w{0,6}|ы|е|у|ой)|Ankara\w{0,3}",
    "IR": r"Тегеран\w{0,4}|Tehran",
    "AF": r"Кабул\w{0,4}|Kabul",
    "PK": r"Исламабад\w{0,4}|Islamabad",
    "CN": r"Пекин\w{0,4}|Beijing",
    "UA": r"Киев(?:а|е|у|ом)?|Kyiv|Kiev",
}
_LANGUAGE_AFTER = re.compile(r"\s+(?:язык|тил|тіл|til)\w*", re.I)
_MONEY_BEFORE = re.compile(r"(?:доллар\w*|доллары|\$)\s*$", re.I)
_MONEY_AFTER = re.compile(r"\s*(?:dollars?|доллар\w*|долл\.|\$|\d)", re.I)


def _compiled() -> re.Pattern[str]:
    parts = []
    for kind, table in (("n", _NAMES), ("c", _CAPITALS)):
        parts += [f"(?P<{kind}{code}>{pattern})" for code, pattern in table.items()]
    return re.compile(rf"(?<![\w])(?:{'|'.join(parts)})(?!\w)")


_NAMED = _compiled()
_ADJECTIVE = re.compile(
    r"(?<!\w)(?:" + "|".join(f"(?P<{code}>(?:{stems})\\w{{0,4}})" for code, stems in _ADJECTIVES.items()) + r")(?!\w)", re.I
)


@dataclass(frozen=True)
class CountryFound:
    """One mention: the alpha-2 code and where it stands."""

    code: str
    start: int
    end: int


def find_countries(text: str, language: str) -> list[CountryFound]:
    """Every mention of a country, in order. A currency ("US dollars") and a language ("кыргызский язык") are none."""
    found = []
    for match in _NAMED.finditer(text):
        code = str(match.lastgroup)[1:]
        if not (code == "US" and _is_money(text, match)) and not _LANGUAGE_AFTER.match(text[match.end() : match.end() + 10]):
            found.append(CountryFound(code, match.start(), match.end()))
    for match in _ADJECTIVE.finditer(text):
        after = text[match.end() : match.end() + 12]
        if not _LANGUAGE_AFTER.match(after) and not _is_money_word(after):
            found.append(CountryFound(str(match.lastgroup), match.start(), match.end()))
    acronyms = _ACRONYMS.get(language, {})
    if acronyms:
        pattern = r"(?<![\w-])(?:" + "|".join(map(re.escape, acronyms)) + r")(?![\w])"
        found += [CountryFound(acronyms[m[0]], m.start(), m.end()) for m in re.finditer(pattern, text)]
    return sorted(found, key=lambda mention: mention.start)


def _is_money(text: str, match: re.Match[str]) -> bool:
    return bool(
        _MONEY_BEFORE.search(text[max(0, match.start() - 12) : match.start()])
        or _MONEY_AFTER.match(text[match.end() : match.end() + 10])
    )


def _is_money_word(after: str) -> bool:
    return re.match(r"\s+(?:рубл|сом|тенге|доллар|лир)", after, re.I) is not None
