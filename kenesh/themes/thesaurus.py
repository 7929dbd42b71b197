"""The thesaurus: what people come with and councils speak of, with the words that they use for it.

`thesaurus.ttl` (SKOS) is the source that people edit (`editing.py`); `thesaurus.json` beside it holds the same for a fast
start, and a test compares both. After an edit: `python -m kenesh.themes.thesaurus`. No Django here.
"""

import json
import sys
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple, TypedDict

COMPILED = Path(__file__).with_name("thesaurus.json")
NAMESPACE = "urn:kenesh:theme:"
VOCABULARY = "urn:kenesh:vocabulary:"
INDEX = "urn:uhri:theme:"
TARGETS = "http://metadata.un.org/sdg/"

_FALLBACK = ("ru", "en")


class UnknownConcept(KeyError):
    """No concept of the thesaurus has this id."""

    def __str__(self) -> str:
        return f"the thesaurus has no concept {self.args[0]!r}"


class Match(NamedTuple):
    """What a concept corresponds to elsewhere: `relation` is close, broad or related, `scheme` is uhri or sdg."""

    relation: str
    scheme: str
    code: str


@dataclass(frozen=True)
class Concept:
    """One theme, or a facet of what happened. `alt` holds all synonyms, `synonyms` those that can be shown.

    Flags: I asked on the public form, U urgent, R restricted to named people, P no theme of a case (policy, facets).
    A facet is sector, perpetrator, stage or group.
    """

    id: str
    parent: str | None
    notation: str
    labels: Mapping[str, str]
    alt: Mapping[str, tuple[str, ...]]
    synonyms: Mapping[str, tuple[str, ...]]
    definitions: Mapping[str, str]
    flags: frozenset[str]
    facet: str | None
    matches: tuple[Match, ...]

    @property
    def is_theme(self) -> bool:
        """Whether something can be about it; a facet alone says where, by whom, when or to whom it happened."""
        return self.facet is None or "P" not in self.flags

    def names(self, language: str) -> tuple[str, ...]:
        """Its label and all synonyms in a language, in whichever script they are written."""
        found: list[str] = []
        for tag in written_in(language):
            found += [*filter(None, [self.labels.get(tag)]), *self.alt.get(tag, ())]
        return tuple(found)

    def shown_names(self, language: str) -> tuple[str, ...]:
        """The same without those that are only searched by, and never shown."""
        found: list[str] = []
        for tag in written_in(language):
            found += [*filter(None, [self.labels.get(tag)]), *self.synonyms.get(tag, ())]
        return tuple(found)


class Row(TypedDict):
    """A concept as `thesaurus.json` holds it."""

    id: str
    parent: str | None
    notation: str
    labels: dict[str, str]
    alt: dict[str, list[str]]
    hidden: dict[str, list[str]]
    definitions: dict[str, str]
    flags: list[str]
    facet: str | None
    matches: list[list[str]]


class Compiled(TypedDict):
    """What `thesaurus.json` holds: the concepts, and the names of the themes of the Universal Human Rights Index."""

    title: dict[str, str]
    concepts: list[Row]
    index: dict[str, str]


@lru_cache(maxsize=1)
def compiled() -> Compiled:
    """The compiled thesaurus as it lies in its file."""
    found: Compiled = json.loads(COMPILED.read_text(encoding="utf-8"))
    return found


class Addition(NamedTuple):
    """A word that people of this node added: `is_label` puts it in place of the concept's name, else it is one more synonym."""

    concept: str
    language: str
    text: str
    is_label: bool = False


_additions: tuple[Addition, ...] = ()
_forgetters: list[Callable[[], object]] = []


def overlay(additions: Iterable[Addition]) -> None:
    """Lays these words, and no others, over the compiled thesaurus of this process. Words of unknown concepts are passed over."""
    global _additions
    wanted = tuple(sorted(set(additions)))
    if wanted != _additions:
        _additions = wanted
        for forget in (concepts.cache_clear, *_forgetters):
            forget()


def additions() -> tuple[Addition, ...]:
    """The words that are laid over it in this process, in a fixed order."""
    return _additions


def when_changed(forget: Callable[[], object]) -> None:
    """Has this called after each change of the overlay: for what somebody made of the words and kept."""
    _forgetters.append(forget)


@lru_cache(maxsize=1)
def concepts() -> Mapping[str, Concept]:
    """Every concept by its id, in the order of the thesaurus: each parent before its children."""
    added: dict[str, list[Addition]] = {}
    for addition in _additions:
        added.setdefault(addition.concept, []).append(addition)
    return MappingProxyType({row["id"]: _concept(row, added.get(row["id"], ())) for row in compiled()["concepts"]})


def concept(concept_id: str) -> Concept:
    """One concept. UnknownConcept when there is none."""
    try:
        return concepts()[concept_id]
    except KeyError:
        raise UnknownConcept(concept_id) from None


def label(concept_id: str, language: str) -> str:
    """The concept's name in this language, else in Russian, English; UnknownConcept when there is no such concept.

    "uz-Cyrl" gives the Uzbek label in Cyrillic letters, or the Latin one while there is none; "uz" always the Latin one.
    """
    return label_and_language(concept_id, language)[0]


def label_and_language(concept_id: str, language: str) -> tuple[str, str]:
    """The name that `label` gives, and the language in which it is."""
    labels = concept(concept_id).labels
    for code in (language, language.split("-")[0], *_FALLBACK):
        if code in labels:
            return labels[code], code
    return concept_id, ""


def written_in(language: str) -> tuple[str, ...]:
    """The tags under which words of a language stand: Uzbek has two scripts."""
    return (language, f"{language}-Cyrl") if language == "uz" else (language,)


def intake_concepts() -> list[Concept]:
    """What the public form asks about, in its order: from the commonest (pay) to the rarer."""
    rank = {concept_id: place for place, concept_id in enumerate(_FORM_ORDER)}
    asked = [each for each in concepts().values() if "I" in each.flags and each.parent is None]
    return sorted(asked, key=lambda each: rank.get(each.id, len(rank)))


_FORM_ORDER = (
    "pay",
    "documents-stay",
    "bans-expulsion",
    "detention-police",
    "contract-conditions",
    "safety-accident",
    "recruitment-fraud-group",
    "exploitation",
    "family-children",
    "health-social",
    "housing-money",
    "discrimination-group",
    "death-repatriation",
    "status-citizenship",
    "return-reintegration",
    "before-departure",
)


def parent_of(concept_id: str) -> str | None:
    return concept(concept_id).parent


def narrower(concept_id: str) -> tuple[str, ...]:
    """Ids of the concepts directly below. UnknownConcept when there is no such concept."""
    concept(concept_id)
    return _children().get(concept_id, ())


def with_narrower(concept_id: str) -> tuple[str, ...]:
    """The concept itself and everything below it."""
    found = [concept_id]
    for child in narrower(concept_id):
        found.extend(with_narrower(child))
    return tuple(found)


def top_of(concept_id: str) -> str:
    """The concept's topmost ancestor: itself when it has no parent."""
    current = concept(concept_id)
    while current.parent is not None:
        current = concept(current.parent)
    return current.id


@lru_cache(maxsize=1)
def _children() -> Mapping[str, tuple[str, ...]]:
    children: dict[str, list[str]] = {}
    for each in concepts().values():
        if each.parent is not None:
            children.setdefault(each.parent, []).append(each.id)
    return {parent: tuple(ids) for parent, ids in children.items()}


def _concept(row: Row, added: Iterable[Addition] = ()) -> Concept:
    labels = dict(row["labels"])
    synonyms = {language: tuple(words) for language, words in row["alt"].items()}
    for each in added:
        if each.is_label:
            labels[each.language] = each.text
        elif each.text not in synonyms.get(each.language, ()):
            synonyms[each.language] = (*synonyms.get(each.language, ()), each.text)
    hidden = {language: tuple(words) for language, words in row["hidden"].items()}
    every = {language: (*synonyms.get(language, ()), *hidden.get(language, ())) for language in sorted({*synonyms, *hidden})}
    return Concept(
        id=row["id"],
        parent=row["parent"],
        notation=row["notation"],
        labels=MappingProxyType(labels),
        alt=MappingProxyType(every),
        synonyms=MappingProxyType(synonyms),
        definitions=MappingProxyType(row["definitions"]),
        flags=frozenset(row["flags"]),
        facet=row["facet"],
        matches=tuple(Match(*each) for each in row["matches"]),
    )


if __name__ == "__main__":
    from kenesh.themes import editing  # the source is read by whoever edits it, not at every start

    sys.exit(editing.main(sys.argv[1:]))
