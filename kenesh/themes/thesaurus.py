"""The thesaurus: what people come with, in seven languages, with the words that they use for it.

`thesaurus.ttl` (SKOS) is the source that people edit. Parsing it takes a second, so `thesaurus.json` beside it holds the
same for a fast start; a test compares both. After an edit: `python -m kenesh.themes.thesaurus`. No Django here.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import TypedDict

SOURCE = Path(__file__).with_name("thesaurus.ttl")
COMPILED = Path(__file__).with_name("thesaurus.json")
NAMESPACE = "urn:kenesh:theme:"
VOCABULARY = "urn:kenesh:vocabulary:"

_FALLBACK = ("ru", "en")


class UnknownConcept(KeyError):
    """No concept of the thesaurus has this id."""

    def __str__(self) -> str:
        return f"the thesaurus has no concept {self.args[0]!r}"


@dataclass(frozen=True)
class Concept:
    """One theme. `alt` holds synonyms, the plainly spoken ones included.

    Flags: I asked on the public form, U urgent, R restricted to named people, P policy (not for appeals).
    """

    id: str
    parent: str | None
    labels: Mapping[str, str]
    alt: Mapping[str, tuple[str, ...]]
    flags: frozenset[str]


class Row(TypedDict):
    """A concept as `thesaurus.json` holds it."""

    id: str
    parent: str | None
    labels: dict[str, str]
    alt: dict[str, list[str]]
    flags: list[str]


@lru_cache(maxsize=1)
def concepts() -> Mapping[str, Concept]:
    """Every concept by its id, in the order of the thesaurus: each parent before its children."""
    rows: list[Row] = json.loads(COMPILED.read_text(encoding="utf-8"))
    return MappingProxyType({row["id"]: _concept(row) for row in rows})


def concept(concept_id: str) -> Concept:
    """One concept. UnknownConcept when there is none."""
    try:
        return concepts()[concept_id]
    except KeyError:
        raise UnknownConcept(concept_id) from None


def label(concept_id: str, language: str) -> str:
    """The concept's name in this language, else in Russian, English; UnknownConcept when there is no such concept."""
    labels = concept(concept_id).labels
    for code in (language.split("-")[0], *_FALLBACK):
        if code in labels:
            return labels[code]
    return concept_id


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


def _concept(row: Row) -> Concept:
    return Concept(
        id=row["id"],
        parent=row["parent"],
        labels=MappingProxyType(row["labels"]),
        alt=MappingProxyType({language: tuple(words) for language, words in row["alt"].items()}),
        flags=frozenset(row["flags"]),
    )


def read_source(path: Path = SOURCE) -> list[Row]:
    """The concepts of a SKOS file, sorted by notation. ValueError when a concept has no notation."""
    from rdflib import Graph, Literal, URIRef
    from rdflib.namespace import RDF, SKOS

    graph = Graph().parse(path, format="turtle")
    flag = URIRef(VOCABULARY + "flag")
    numbered: list[tuple[str, Row]] = []
    for subject in graph.subjects(RDF.type, SKOS.Concept):
        notation = graph.value(subject, SKOS.notation)
        if notation is None:
            raise ValueError(f"{subject} has no skos:notation")
        broader = graph.value(subject, SKOS.broader)
        labels = {str(text.language): str(text) for text in graph.objects(subject, SKOS.prefLabel) if isinstance(text, Literal)}
        alt: dict[str, list[str]] = {}
        for kind in (SKOS.altLabel, SKOS.hiddenLabel):
            texts = sorted(text for text in graph.objects(subject, kind) if isinstance(text, Literal))
            for text in texts:
                alt.setdefault(str(text.language), []).append(str(text))
        row = Row(
            id=str(subject).removeprefix(NAMESPACE),
            parent=str(broader).removeprefix(NAMESPACE) if broader is not None else None,
            labels=dict(sorted(labels.items())),
            alt=dict(sorted(alt.items())),
            flags=sorted(_FLAG_LETTER[str(value).removeprefix(VOCABULARY)] for value in graph.objects(subject, flag)),
        )
        numbered.append((str(notation), row))
    return [row for _, row in sorted(numbered, key=lambda pair: pair[0])]


_FLAG_LETTER: Mapping[str, str] = {"intake": "I", "urgent": "U", "restricted": "R", "policy": "P"}


def compile_source() -> str:
    """The text of `thesaurus.json` for the present source."""
    return json.dumps(read_source(), ensure_ascii=False, indent=0) + "\n"


if __name__ == "__main__":
    COMPILED.write_text(compile_source(), encoding="utf-8")
