"""Reads of the thesaurus for its pages, and of what people added to it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from django.http import Http404

from kenesh.themes import analysis, thesaurus, turtle
from kenesh.themes.languages import OWN_NAME
from kenesh.themes.models import Proposal, UnknownWords

PAGE = 50
MOST_FOUND = 30
MOST_UNKNOWN = 100
# What only one or two people searched for could be a name: nobody is shown it.
SHOWN_FROM = 3

LANGUAGE_NAMES: Mapping[str, str] = {**OWN_NAME, "uz-Cyrl": "Ўзбекча"}


@dataclass(frozen=True)
class Names:
    """What a concept is called in one language."""

    language: str
    language_name: str
    label: str
    synonyms: tuple[str, ...]


@dataclass(frozen=True)
class Definition:
    text: str
    language: str


@dataclass(frozen=True)
class Alike:
    """Something elsewhere to which a concept corresponds: its name, and its address when it has a public one."""

    scheme: str
    relation: str
    name: str
    address: str


@dataclass(frozen=True)
class Proposals:
    """A page of proposals, newest first; `before` is the code to go on from, "" at the end."""

    rows: list[Proposal]
    before: str


def concept_for_public(concept_id: str) -> thesaurus.Concept:
    """Raises Http404."""
    try:
        return thesaurus.concept(concept_id)
    except thesaurus.UnknownConcept:
        raise Http404 from None


def broader_ones(concept: thesaurus.Concept) -> list[thesaurus.Concept]:
    """From the topmost down to the parent."""
    chain: list[thesaurus.Concept] = []
    while concept.parent is not None:
        concept = thesaurus.concept(concept.parent)
        chain.insert(0, concept)
    return chain


def definition_for(concept: thesaurus.Concept, language: str) -> Definition | None:
    """In the reader's language when it is there, else in Russian or English."""
    for code in (language, "ru", "en"):
        if code in concept.definitions:
            return Definition(concept.definitions[code], code)
    return None


def names_of(concept: thesaurus.Concept) -> list[Names]:
    """Name and synonyms in each language that has one, in the order of the source."""
    return [
        Names(code, LANGUAGE_NAMES[code], concept.labels.get(code, ""), concept.synonyms.get(code, ()))
        for code in turtle.LANGUAGES
        if code in concept.labels or code in concept.synonyms
    ]


def alike_elsewhere(concept: thesaurus.Concept) -> list[Alike]:
    """Targets of the Sustainable Development Goals and themes of the Universal Human Rights Index."""
    index = thesaurus.compiled()["index"]
    return [
        Alike("sdg", match.relation, match.code, f"{thesaurus.TARGETS}{match.code}")
        if match.scheme == "sdg"
        else Alike("uhri", match.relation, index[match.code], "")
        for match in concept.matches
    ]


def tops() -> list[thesaurus.Concept]:
    return [each for each in thesaurus.concepts().values() if each.parent is None]


def find_concepts(words: str, language: str) -> list[thesaurus.Concept]:
    """Concepts of which these words speak, in whatever language, best first: by their stems, then by how their names begin."""
    plain = " ".join(analysis.normalise(words).split())
    if not plain:
        return []
    found = dict.fromkeys(match.concept for match in (*analysis.tag(words, language), *analysis.tag(words)))
    ranked = sorted((_rank(name, plain), place, concept) for place, (name, concept) in enumerate(_every_name()) if plain in name)
    found.update(dict.fromkeys(concept for _, _, concept in ranked))
    return [thesaurus.concept(concept) for concept in list(found)[:MOST_FOUND]]


def _rank(name: str, words: str) -> int:
    return 0 if name == words else 1 if name.startswith(words) else 2 if f" {words}" in name else 3


@lru_cache(maxsize=1)
def _every_name() -> tuple[tuple[str, str], ...]:
    """Every word for every concept as words are compared, with the concept's id."""
    return tuple((analysis.normalise(name), each.id) for each in thesaurus.concepts().values() for name in _names(each))


def _names(concept: thesaurus.Concept) -> Iterator[str]:
    yield from concept.labels.values()
    for words in concept.alt.values():
        yield from words


thesaurus.when_changed(_every_name.cache_clear)


def proposals(*, status: str, before: str = "") -> Proposals:
    """Raises Http404 for an unknown code."""
    rows = Proposal.objects.filter(status=status).order_by("-id")
    if before:
        place = Proposal.objects.filter(code=before).values_list("pk", flat=True).first()
        if place is None:
            raise Http404
        rows = rows.filter(pk__lt=place)
    found = list(rows[: PAGE + 1])
    return Proposals(found[:PAGE], found[PAGE - 1].code if len(found) > PAGE else "")


def proposal_to_decide(code: str) -> Proposal:
    """Raises Http404."""
    proposal = Proposal.objects.filter(code=code).first()
    if proposal is None:
        raise Http404
    return proposal


def confirmed_words() -> list[thesaurus.Addition]:
    """What is laid over the compiled thesaurus, the latest name last."""
    rows = Proposal.objects.filter(status=Proposal.Status.CONFIRMED).order_by("id")
    return [
        thesaurus.Addition(row.concept, row.language, row.text, row.kind == Proposal.Kind.LABEL)
        for row in rows.only("concept", "language", "text", "kind")
    ]


def confirmed_for_source(language: str) -> dict[str, dict[str, object]]:
    """Confirmed words of a language, as `python -m kenesh.themes.thesaurus add` takes them."""
    found: dict[str, dict[str, object]] = {}
    for word in confirmed_words():
        if word.language == language and word.concept in thesaurus.concepts():
            entry = found.setdefault(word.concept, {})
            if word.is_label:
                entry["label"] = word.text
            else:
                synonyms = entry.setdefault("alt", [])
                assert isinstance(synonyms, list)  # noqa: S101  # tells the type checker what the line above put there
                synonyms.append(word.text)
    return found


def unknown_words(month: date) -> list[UnknownWords]:
    """What was searched for most in a month and found by no concept, most often asked first."""
    rows = UnknownWords.objects.filter(month=month, count__gte=SHOWN_FROM).order_by("-count", "id")
    return list(rows[:MOST_UNKNOWN])


def months_of_unknown_words() -> list[date]:
    """Months of which something can be shown, the latest first."""
    months: Iterable[date] = (
        UnknownWords.objects.filter(count__gte=SHOWN_FROM).order_by("-month").values_list("month", flat=True).distinct()
    )
    return list(months)
