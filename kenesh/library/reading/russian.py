"""Cases of Russian words, by pymorphy3's dictionary: which a word may stand in, and its basic form."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import TYPE_CHECKING

from kenesh.themes.stemming import russian_dictionary

if TYPE_CHECKING:
    from pymorphy3.analyzer import Parse

_KEPT = 4_096


@lru_cache(maxsize=_KEPT)
def _parses(word: str) -> tuple[Parse, ...]:
    return tuple(russian_dictionary().parse(word.casefold()))


@lru_cache(maxsize=_KEPT)
def may_be(word: str, *cases: str) -> bool:
    """Whether a noun, an adjective or a participle of this form may stand in one of the cases (gent, datv, …)."""
    return any(
        parse.tag.case in cases and parse.tag.POS in {"NOUN", "ADJF", "PRTF", "NUMR"} and parse.score > 0.02
        for parse in _parses(word)
    )


@lru_cache(maxsize=_KEPT)
def is_adjective(word: str) -> bool:
    """Whether the word may be an adjective or a participle."""
    return any(parse.tag.POS in {"ADJF", "PRTF"} for parse in _parses(word))


@lru_cache(maxsize=_KEPT)
def is_participle(word: str) -> bool:
    """Whether the dictionary's first thought is a participle: возглавляемой."""
    parses = _parses(word)
    return bool(parses) and parses[0].tag.POS == "PRTF"


@lru_cache(maxsize=_KEPT)
def is_verb(word: str) -> bool:
    """Whether the dictionary's first thought is a verb."""
    parses = _parses(word)
    return bool(parses) and parses[0].tag.POS in {"VERB", "INFN", "GRND", "PRTS"}


@lru_cache(maxsize=_KEPT)
def is_noun(word: str) -> bool:
    """Whether the word may be a noun."""
    return any(parse.tag.POS == "NOUN" for parse in _parses(word))


@lru_cache(maxsize=_KEPT)
def is_person(word: str) -> bool:
    """Whether the word may stand for somebody: a noun, or an adjective or participle used as one, that lives."""
    return (
        any(parse.tag.animacy == "anim" and parse.tag.POS == "NOUN" for parse in _parses(word))
        or _IN_PLACE.match(word) is not None
    )


@lru_cache(maxsize=_KEPT)
def is_somebody(word: str) -> bool:
    """Whether the dictionary's first thought is one person: министра, not организаторов."""
    parses = _parses(word)
    return bool(parses) and parses[0].tag.animacy == "anim" and parses[0].tag.number == "sing"


# Participles that stand for people: «предложил собравшимся».
_IN_PLACE = re.compile(r"(?:собравш|присутствующ|трудящ|выступающ|приглаш[её]нн)\w+$", re.I)


@lru_cache(maxsize=_KEPT)
def is_short(word: str) -> bool:
    """Whether it is a short participle, which stands as a verb: увеличен, оформлено."""
    parses = _parses(word)
    return bool(parses) and parses[0].tag.POS in {"PRTS", "ADJS"}


@lru_cache(maxsize=_KEPT)
def is_common(word: str) -> bool:
    """Whether the dictionary knows the word and does not know it as a name of a person."""
    if not russian_dictionary().word_is_known(word.casefold()):
        return False
    return not any({"Name", "Surn", "Patr"} & set(parse.tag.grammemes) and parse.score > 0.03 for parse in _parses(word))


@lru_cache(maxsize=_KEPT)
def case_of(word: str) -> str | None:
    """The case of a noun in the singular as the dictionary thinks first; the nominative where it may be one."""
    read = [parse.tag for parse in _parses(word) if parse.tag.POS in {"NOUN", "ADJF"} and parse.tag.number == "sing"]
    cases = [str(tag.case) for tag in read if tag.case]
    return "nomn" if "nomn" in cases else cases[0] if cases else None


@lru_cache(maxsize=_KEPT)
def gender_of_name(word: str) -> str | None:
    """masc or femn of a given name, if the dictionary knows it as one."""
    parse = next((parse for parse in _parses(word) if "Name" in parse.tag), None)
    return str(parse.tag.gender) if parse is not None and parse.tag.gender else None


@lru_cache(maxsize=_KEPT)
def given_name_in_nominative(word: str, case: str) -> str:
    """A given name that stands in this case, in the nominative; the word itself when it is none or does not decline."""
    for parse in _parses(word):
        if "Name" in parse.tag and parse.tag.number == "sing" and str(parse.tag.case) == case:
            basic = parse.inflect({"nomn", "sing"})
            return _as(word, basic.word) if basic is not None else word
    return word


@lru_cache(maxsize=_KEPT)
def gender(word: str) -> str | None:
    """masc, femn or neut of a noun; None for what has none."""
    parse = next((parse for parse in _parses(word) if parse.tag.POS == "NOUN"), None)
    return str(parse.tag.gender) if parse is not None and parse.tag.gender else None


@lru_cache(maxsize=_KEPT)
def noun_in_nominative(word: str) -> str:
    """The noun in the nominative singular, with the capital it had; the word itself when it is not known as a noun."""
    for parse in _parses(word):
        if parse.tag.POS == "NOUN" and parse.tag.number == "sing":
            if parse.tag.case == "nomn":
                return word
            basic = parse.inflect({"nomn"})
            return _as(word, basic.word) if basic is not None else word
    return word


@lru_cache(maxsize=_KEPT)
def adjective_in_nominative(word: str, gender_of_noun: str) -> str:
    """The adjective in the nominative singular of the noun's gender; the word itself when it is none."""
    for parse in _parses(word):
        if parse.tag.POS in {"ADJF", "PRTF"}:
            basic = parse.inflect({"nomn", "sing", gender_of_noun})
            return _as(word, basic.word) if basic is not None else word
    return word


def in_nominative(words: Sequence[str]) -> list[str]:
    """Adjectives and the noun at their end, all in the nominative singular."""
    head = noun_in_nominative(words[-1])
    kind = gender(head) or "masc"
    return [*(adjective_in_nominative(word, kind) for word in words[:-1]), head]


def from_genitive(name: str) -> str:
    """A name in the genitive, in the nominative: its adjectives and its first noun change, what follows stays."""
    words = name.split(" ")
    head = next((number for number, word in enumerate(words) if not is_adjective(word) or is_noun(word)), len(words) - 1)
    noun = words[head].strip('«»"')
    read = next((parse for parse in _parses(noun) if parse.tag.case == "gent" and parse.tag.POS in {"NOUN", "ADJF"}), None)
    if read is None or not noun[-1:].isalpha() or (noun.isupper() and len(noun) > 1):
        return name
    basic = read.inflect({"nomn"})
    if basic is None:
        return name
    number, kind = read.tag.number, str(read.tag.gender or "masc")
    first = [adjective_in_nominative(word, kind) if number == "sing" else _plural_in_nominative(word) for word in words[:head]]
    return " ".join([*first, words[head].replace(noun, _as(noun, basic.word)), *words[head + 1 :]])


def plural_in_nominative(word: str, case: str) -> str:
    """A noun in the plural of this case, in the nominative plural; the word itself when it is none."""
    read = next((parse for parse in _parses(word) if parse.tag.case == case and parse.tag.number == "plur"), None)
    basic = read.inflect({"nomn", "plur"}) if read is not None else None
    return _as(word, basic.word) if basic is not None else word


def _plural_in_nominative(word: str) -> str:
    read = next((parse for parse in _parses(word) if parse.tag.POS in {"ADJF", "PRTF"}), None)
    basic = read.inflect({"nomn", "plur"}) if read is not None else None
    return _as(word, basic.word) if basic is not None else word


def _as(model: str, word: str) -> str:
    """The word with the capitals of the model: of each part between hyphens."""
    if model.isupper() and len(model) > 1:
        return word.upper()
    parts = zip(word.split("-"), [*model.split("-"), *[""] * word.count("-")], strict=False)
    return "-".join(
        part.upper() if len(like) > 1 and like.isupper() else part.capitalize() if like[:1].isupper() else part
        for part, like in parts
    )
