"""What of a text, a name, a number can be searched for: its terms. A term is a short text with its kind in front.

    w: the stem of a word      n: a name, by sound            e: an employer (inn, ogrn, bin, phone, site, name)
    c: a concept, with those   p: a phone, its last digits    t: a tag
       above it                d: a document number           m: a matter: theme, country, kind of outcome
    k: a name in a text        #: the code of a case

No term is ever stored: the multimap keeps what a keyed function makes of it.
"""

from __future__ import annotations

import re
import unicodedata

from kenesh.themes import analysis, thesaurus
from kenesh.themes.names import name_keys, name_parts

_LONGEST = 40
PHONE = re.compile(r"(?<![\w])\+?\(?\d[\d\s().\-–\u00a0/]{5,22}\d(?!\w)")
PASSPORT = re.compile(r"(?<!\w)([A-Za-zА-Яа-я]{1,2})\s?(?:№|N[o°]?\s)?\s?(\d{6,9})(?!\w)")
LONG_NUMBER = re.compile(r"(?<![\d+])(\d{14}|\d{12}|\d{2}\s?\d{2}\s?№?\s?\d{6})(?!\d)")
_LOOKALIKES = str.maketrans("АВЕКМНОРСТУХ", "ABEKMHOPCTYX")
# Forms of firms, which are written or left out as one likes: "ООО", "ОсОО", "LLC", "MChJ".
_FORM_WORDS = (
    "ооо осоо оао зао пао ао ип тоо чп гуп муп мп гк жчк жак ак жеке ишкер фгуп кх ltd llc inc co company gmbh jsc mchj mchzh "
    "мчж хк qk yatt чдмм ҷдмм спс սպը llp sp zoo as фирма компания корпорация холдинг group группа организация общество"
)
_FORMS = frozenset(_FORM_WORDS.split())


def word_terms(text: str, language: str | None = None) -> list[str]:
    """The words of a text by their stems, in the languages in which it is read; Cyrillic texts also as Russian."""
    found = dict.fromkeys(f"w:{stem[:_LONGEST]}" for stem in analysis.terms(text, language).stems)
    return [term for term in found if len(term) > 3]


def words_to_find(text: str) -> list[list[str]]:
    """For each word of a query the terms under which it may stand: a few words do not tell their language.

    A word that carries grammar alone in one of the languages is left out, since it stands nowhere in the index.
    """
    groups = [[f"w:{stem[:_LONGEST]}" for stem in word.stems if len(stem) > 1] for word in analysis.asked(text)]
    return [group for group in groups if group]


def concept_terms(text: str) -> list[str]:
    """The themes that a text speaks of, and those above them."""
    found: dict[str, None] = {}
    for match in analysis.tag(text):
        for concept in with_broader(match.concept):
            found[f"c:{concept}"] = None
    return list(found)


def theme_terms(concept: str) -> list[str]:
    """A theme that somebody chose, and those above it; nothing for a word that is no concept."""
    return [f"c:{each}" for each in with_broader(concept)] if concept in thesaurus.concepts() else []


def with_broader(concept: str) -> list[str]:
    chain = [concept]
    while (parent := thesaurus.parent_of(chain[-1])) is not None:
        chain.append(parent)
    return chain


def name_terms(name: str) -> list[str]:
    """A person's name by sound, across scripts: "Айбек", "Aibek" and "Aybek" have one term."""
    return list(dict.fromkeys(f"n:{key}" for part in name_parts(name) for key in name_keys(part)))


def mention_terms(text: str) -> list[str]:
    """Names that a text mentions, by sound: words with a capital that do not begin a sentence, at most forty."""
    found = re.findall(r"(?<=[^\s.!?…։:])[ \u00a0]+([^\W\d_a-zа-яё][^\W\d_]{2,})", text)
    keys = dict.fromkeys(
        f"k:{key}" for word in found if word[0].isupper() for part in name_parts(word) for key in name_keys(part)
    )
    return list(keys)[:40]


def names_to_find(name: str) -> list[list[str]]:
    """For each part of a name the terms under which whoever bears it stands; who is only mentioned in a text stands elsewhere."""
    return [[f"n:{key}" for key in keys] for part in name_parts(name) if (keys := name_keys(part))]


def phone_terms(text: str) -> list[str]:
    """Phones in a text, by the digits that all ways of writing them share: 8 916 …, +7 916 …; 0555 …, 00996 555 …."""
    return [f"p:{number}" for number in dict.fromkeys(filter(None, map(_national, PHONE.findall(text))))]


def _national(written: str) -> str:
    """The last nine significant digits, eight for Armenia; "" for what cannot be a phone."""
    digits = re.sub(r"\D", "", written)
    digits = digits.removeprefix("00")
    if digits.startswith("374") and len(digits) == 11:
        return digits[3:]
    if len(digits) == 9 and digits.startswith("0"):
        return digits[1:]
    return digits[-9:] if 9 <= len(digits) <= 15 else ""


def document_terms(text: str) -> list[str]:
    """Numbers of passports, identity cards and personal numbers in a text, without spaces, in Latin letters."""
    numbers: dict[str, None] = {}
    for letters, digits in PASSPORT.findall(text):
        numbers[letters.upper().translate(_LOOKALIKES) + digits] = None
    for number in LONG_NUMBER.findall(text):
        numbers[re.sub(r"\D", "", number)] = None
    return [f"d:{number}" for number in numbers]


def employer_terms(name: str, inn: str = "", ogrn: str = "", bin: str = "", phone: str = "", site: str = "") -> list[str]:  # noqa: A002  # the number's name
    """The other side: its numbers, phone, site, its whole name without the legal form, and the words of the name.

    `e:name:` stands for the whole name; numbers, phone, site and whole name make two employers the same.
    """
    found = [f"e:{kind}:{digits}" for kind, value in (("inn", inn), ("ogrn", ogrn), ("bin", bin)) if (digits := _digits(value))]
    found += [f"e:phone:{term[2:]}" for term in phone_terms(phone)]
    if domain := _domain(site):
        found.append(f"e:site:{domain}")
    words = [word for word in map(analysis.normalise, re.findall(r"\w+", name)) if is_firm_word(word)]
    keys = [(name_keys(word) or (word,))[0] if not word.isdigit() else word for word in words]
    if keys:
        found.append("e:name:" + " ".join(keys)[:120])
    found += [f"e:word:{key}" for word in words for key in ((name_keys(word) or (word,)) if not word.isdigit() else (word,))]
    return list(dict.fromkeys(found))


def is_firm_word(word: str) -> bool:
    """Whether a word of a firm's name tells it apart: it is no legal form."""
    return analysis.normalise(word) not in _FORMS


def _digits(text: str) -> str:
    digits = re.sub(r"\D", "", text)
    return digits if len(digits) >= 8 else ""


def _domain(site: str) -> str:
    """The domain of a web address; of a place of work its words. "" for less than two words."""
    address = site.strip().lower()
    if " " not in address and "." in address:
        host = re.match(r"(?:\w+://)?(?:www\.)?([\w.-]+)", address)
        return host[1] if host else ""
    words = [analysis.normalise(word) for word in re.findall(r"\w+", address)]
    return " ".join(words)[:120] if len(words) > 1 else ""


def tag_term(tag: str) -> str:
    """An office's own tag."""
    return "t:" + " ".join(unicodedata.normalize("NFKC", tag).casefold().split())[:_LONGEST]


def matter_term(theme: str, country: str, group: str) -> str:
    """A matter by its fine theme, country ("" for any) and kind of outcome: "R" for what worked."""
    return f"m:{theme}:{country}:{group}"
