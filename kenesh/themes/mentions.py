"""Countries named in a text: by name and case form, adjective, capital, acronym and flag, in any of our languages.

Names begin with a capital letter; adjectives need not.
"""

from __future__ import annotations

# ruff: noqa: E501  # patterns are read as one line each
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from kenesh.themes.countries import UnknownCountry, alpha2
from kenesh.themes.country_names import ACRONYMS, ADJECTIVE, DOUBTFUL, country_index
from kenesh.themes.proper_names import Found

_LANGUAGE_AFTER = re.compile(
    r"(?:\s*(?:,|и|и на|жана|және|va|ва|and)\s*[^\W\d_]+(?:ском|ский|ских|скими|ского|ом)){0,3}\s+(?:и\s+\w+\s+)?(?:язык|тил|тіл|til|забон|language|versions?\b)\w*|[- ](?:speaking|language|тилдүү|тілді|язычн)",
    re.I,
)
_IN_LANGUAGES = re.compile(
    r"(?<![^\W\d_])(?:in|into|from|original:|оригинал:|language:|languages:)\s+(?:(?:and|or|into)\s+|(?:Arabic|Chinese|English|French|Russian|Spanish|Kyrgyz|Kazakh|Uzbek|Tajik|Turkish|Armenian|German)\b,?\s*){1,8}(?=only|languages?|versions?|\.|,|;|\)|\n|$)"
    r"|^[^\w\n]{0,40}(?:(?:Arabic|Chinese|English|French|Russian|Spanish)(?:, |/| and | or )?){1,6} only\b",
    re.I | re.M,
)
_MONEY_BEFORE = re.compile(r"(?:доллар\w*|долл\.?|\$|dollari)\s*$", re.I)
_MONEY_AFTER = re.compile(
    r"\s*(?:dollar\w*|доллар\w*|долл\.|\$|рубл\w*|rubl\w*|roubles?|rubles?|сом(?:а|ов|ду|дон|у|ы)?\b|soms?\b|тенге|теңге|tenge|сум\w{0,3}\b|сўм\w*|so.?m\w{0,4}\b|сомон\w*|somoni|лир\w*|lira|юан\w*|вон\b|фунт\w*)",
    re.I,
)
_NUMBER_AFTER = re.compile(r"\$|\s?\d")
# «Республика Коми», a street, a hotel: the name of something else.
_SOMETHING_ELSE_BEFORE = re.compile(
    r"(?:ул\.|улиц\w+|проспект\w*|пр\.|просп\.|пл\.|площад\w+|көчөсү|street|avenue|гостиниц\w+|отел\w+|кинотеатр\w*|санатори\w+|мейманкана\w*|қонақүй\w*|mehmonxona\w*|меҳмонхона\w*|hotel|cinema)\s*[«“\"]?\s*$", re.I
)  # fmt: skip
_SOMETHING_ELSE_AFTER = re.compile(
    r"[»”\"]?\s+(?:мейманканасы|қонақүйі|mehmonxonasi|меҳмонхонаси|hotel|street|көчөсү|көшесі|ko.?chasi|кўчаси|process|процесс\w*|declaration|protocol|convention|principles|accords|cinema|processes)\b",
    re.I,
)
_AMERICAN_STATE = re.compile(r"\s*[,(]\s*(?:US|U\.S\.|USA|United States|США)\b|\s+(?:Tech|State)\b")
_STATE_BEFORE = re.compile(r"(?:Atlanta|Savannah|State of|штат\w*),?\s*$")
_SENTENCE_START = re.compile(r"(?:^|[.!?…:«“\"(—–-])[»”\"')]*\s*$|\n\s*$")
_NAME_BEFORE = re.compile(r"(?:[A-ZА-ЯЁ][a-zа-яё]+|[A-ZА-ЯЁ]\.)\s$")
_NAME_AFTER = re.compile(r"\s[A-ZА-ЯЁ][a-zа-яё]+")
# "Caritas France", and not "Southern Kyrgyzstan".
_OWN_NAME_BEFORE = re.compile(
    r"(?<![^\W\d_])(?!(?:South|North|East|West|Republic|Modern|Independent|From|And|Of|In|To)[a-z]*\s)[A-Z][a-z]{3,20}\s$"
)
_REPUBLIC_BEFORE = re.compile(r"(?:[Рр]еспублик\w+|Republic of)\s$")
_FLAG = re.compile("[\U0001f1e6-\U0001f1ff]{2}")


@dataclass(frozen=True)
class CountryFound:
    """One mention: the alpha-2 code and where it stands."""

    code: str
    start: int
    end: int


def find_countries(text: str, language: str) -> list[CountryFound]:
    """Every mention of a country, in order. A currency ("US dollars") and a language ("кыргызский язык") are none."""
    tongues = [match.span() for match in _IN_LANGUAGES.finditer(text)]
    found = [*_named(text, language), *_adjectives(text, language), *_acronyms(text, language), *_flags(text)]
    found = [one for one in found if not any(start <= one.start < end for start, end in tongues)]
    return sorted(found, key=lambda mention: (mention.start, mention.end))


def _named(text: str, language: str) -> Iterator[CountryFound]:
    for found in country_index().find(text):
        after = text[found.end : found.end + 60]
        before = text[max(0, found.start - 24) : found.start]
        if _LANGUAGE_AFTER.match(after) or _MONEY_AFTER.match(after) or (found.value == "US" and _is_money(before, after)):
            continue
        if _SOMETHING_ELSE_BEFORE.search(before) or _SOMETHING_ELSE_AFTER.match(after):
            continue
        if language != "uz" and found.base.isascii() and found.base.count(" ") == 0 and _OWN_NAME_BEFORE.search(before):
            continue
        if not _is_doubtful(found) or _is_sure(found, before, after):
            yield CountryFound(found.value, found.start, found.end)


def _is_doubtful(found: Found[str]) -> bool:
    return found.value in DOUBTFUL or (f"{found.value}-en" in DOUBTFUL and found.base.isascii())


def _is_sure(found: Found[str], before: str, after: str) -> bool:
    """Whether a doubtful name ("Чад", "Georgia") is that of a country here."""
    if found.value == "GE" and (_AMERICAN_STATE.match(after) or _STATE_BEFORE.search(before)):
        return False
    if _REPUBLIC_BEFORE.search(before):
        return True
    if _NAME_BEFORE.search(before) or (_NAME_AFTER.match(after) and found.value != "GE"):
        return False
    return f"{found.value}-en" in DOUBTFUL or (not found.capitals and not _SENTENCE_START.search(before))


def _adjectives(text: str, language: str) -> Iterator[CountryFound]:
    for match in ADJECTIVE.finditer(text):
        after = text[match.end() : match.end() + 60]
        english = match[0][0].isascii()
        if english and match[0][0].islower() and language != "uz":
            continue
        if not _LANGUAGE_AFTER.match(after) and not _MONEY_AFTER.match(after):
            yield CountryFound(str(match.lastgroup), match.start(), match.end())


def _acronyms(text: str, language: str) -> Iterator[CountryFound]:
    table, pattern = _acronyms_of(language)
    if pattern is None:
        return
    for match in pattern.finditer(text):
        code = table[_one_apostrophe(match[0])]
        before, after = text[max(0, match.start() - 24) : match.start()], text[match.end() : match.end() + 60]
        if code == "US" and (_is_money(before, after) or text[max(0, match.start() - 6) : match.start()].isupper()):
            continue
        if code == "TJ" and match[0] == "РТ" and ("Татарстан" in text or "Tatarstan" in text):
            continue
        yield CountryFound(code, match.start(), match.end())


@lru_cache(maxsize=16)
def _acronyms_of(language: str) -> tuple[dict[str, str], re.Pattern[str] | None]:
    table = ACRONYMS.get(language, {})
    if not table:
        return table, None
    words = "|".join(re.escape(word).replace("ʻ", "['’ʻʼ‘`]") for word in sorted(table, key=len, reverse=True))
    # "КРнын", "РФдан": the endings of Turkic languages follow at once.
    ending = r"(?:нын|нин|дын|га|ге|да|де|дагы|дан|ден|ның|нің|ға|ке|дағы|нинг|ning|ga|да|dagi|ни|ro|ро)?"
    return table, re.compile(rf"(?<![\w/.-])(?:(?P<a>{words}))(?={ending}(?![\w/]))")


def _one_apostrophe(word: str) -> str:
    return re.sub("['’ʻʼ‘`]", "ʻ", word)


def _flags(text: str) -> Iterator[CountryFound]:
    for match in _FLAG.finditer(text):
        code = "".join(chr(ord(letter) - 0x1F1E6 + ord("A")) for letter in match[0])
        try:
            yield CountryFound(alpha2(code), match.start(), match.end())
        except UnknownCountry:
            continue


def _is_money(before: str, after: str) -> bool:
    return bool(_MONEY_BEFORE.search(before) or _MONEY_AFTER.match(after) or _NUMBER_AFTER.match(after))
