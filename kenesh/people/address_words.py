"""What words in a table or on a card mean: a country, a language, a role in the address book. In our languages, by code, or as people write."""

from __future__ import annotations

import functools

from babel import Locale
from django.conf import settings
from django.utils.translation import override

from kenesh.people.matching import plain
from kenesh.people.models import CorrespondentRole
from kenesh.search.terms import country_of
from kenesh.themes.countries import is_code
from kenesh.themes.country_names import ACRONYMS, country_index
from kenesh.themes.languages import HANDLED, OWN_NAME

# Words for languages that CLDR does not have.
_ALSO = {"кыргызский": "ky", "кыргызча": "ky", "орусча": "ru", "өзбекче": "uz", "тажикче": "tg", "англисче": "en"}
# How people write roles beside the words of our own lists.
_ROLES = {
    CorrespondentRole.CHAIR: ("председатель", "сопредседатель", "төрага", "тең төрага", "chair", "co-chair", "chairperson", "chairman"),
    CorrespondentRole.SECRETARY: ("секретарь", "ответственный секретарь", "катчы", "secretary"),
    CorrespondentRole.MEMBER: ("член", "участник", "мүчө", "катышуучу", "member"),
    CorrespondentRole.OBSERVER: ("наблюдатель", "байкоочу", "observer"),
    CorrespondentRole.STATE: ("государство", "госорган", "министерство", "мамлекет", "министрлик", "state", "ministry", "government"),
    CorrespondentRole.EXPERT: ("эксперт", "expert"),
    CorrespondentRole.DONOR: ("донор", "donor"),
    CorrespondentRole.PRESS: ("пресса", "сми", "журналист", "жмк", "басма сөз", "press", "media", "journalist"),
    CorrespondentRole.SERVICE: ("переводчик", "котормочу", "interpreter", "translator", "service", "venue"),
    CorrespondentRole.OTHER: ("другое", "прочее", "башка", "other"),
}  # fmt: skip


def country(word: str) -> str:
    """The code of a country named in any of our languages, by its code or by its acronym («РФ»); "" for none."""
    if is_code(word.upper()):
        return word.upper()
    if known := _acronyms().get(word.casefold()):
        return known
    named = next(country_index().find(word.title()), None)  # names begin with a capital there
    if named is not None:
        return named.value
    return next((code for part in word.split() if (code := country_of(part))), "")


@functools.cache
def _acronyms() -> dict[str, str]:
    """As they are read in Russian, else in the other languages of the region: "KR" alone is the code of Korea."""
    languages = ("ru", "ky", "kk", "tg", "uz")
    return {short.casefold(): code for language in reversed(languages) for short, code in ACRONYMS[language].items()}


def language(word: str) -> str:
    """The code of a language named in Russian, Kyrgyz, English or itself, or by its code; "" for none."""
    said = word.casefold()[:30]
    if said in _ALSO:
        return _ALSO[said]
    for code in HANDLED:
        names = {code, OWN_NAME[code].casefold()} | {Locale(each).languages[code].casefold() for each in ("ru", "ky", "en")}
        if said in names or said.partition("-")[0] == code:
            return code
    return ""


def role(words: str) -> str:
    """The role that these words name, or begin with: "Член совета" is a member, "заместитель председателя" is nothing that we know.
    "" for none."""
    said = plain(words).split()
    for length in range(len(said), 0, -1):
        if known := _roles().get(" ".join(said[:length])):
            return known
    return ""


@functools.cache
def _roles() -> dict[str, str]:
    found = {plain(word): one.value for one, words in _ROLES.items() for word in words}
    for code, _name in settings.LANGUAGES:
        with override(code):
            found |= {plain(str(one.label)): one.value for one in CorrespondentRole}
    return found
