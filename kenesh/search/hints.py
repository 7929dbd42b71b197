"""Themes at which single words hint, where no whole name of a theme stands: "registering where I live".

Each concept is a dimension, and each word of its names and synonyms points at it, the more the fewer concepts have that word
(after "explicit semantic analysis": Gabrilovich and Markovitch, IJCAI 2007). The names of a theme are translations of each
other, so words of different languages point at the same themes.
"""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache

from kenesh.themes import thesaurus
from kenesh.themes.languages import HANDLED
from kenesh.themes.words import stems

_MOST_CONCEPTS = 30  # that a word may be in: what is in more hints at nothing


def hints(words: Sequence[Iterable[str]], language: str, *, spoken: bool = False) -> dict[str, tuple[float, tuple[int, ...]]]:
    """For each concept at which words hint: how strongly, and the places of those words. Each word is given by its stems.

    `spoken`: also those of the ways in which people speak of a concept, which are never shown. A question is put so; in documents
    their words stand for anything.
    """
    known = _pointers(language, spoken)
    strength: dict[str, float] = defaultdict(float)
    places: dict[str, list[int]] = defaultdict(list)
    for place, several in enumerate(words):
        best: dict[str, float] = {}
        for stem in several:
            for concept, weight in known.get(stem, ()):
                best[concept] = max(best.get(concept, 0.0), weight)
        for concept, weight in best.items():
            strength[concept] += weight
            places[concept].append(place)
    return {concept: (value, tuple(places[concept])) for concept, value in strength.items()}


def load() -> None:
    """Reads what hints in each language, for which else the first question of each waits."""
    for language in HANDLED:
        for spoken in (False, True):
            _pointers(language, spoken)


@lru_cache(maxsize=32)
def _pointers(language: str, spoken: bool) -> Mapping[str, tuple[tuple[str, float], ...]]:  # lru_cache
    """For each stem of a language the concepts in whose names it stands, and how strongly it points at each."""
    inside: dict[str, Counter[str]] = defaultdict(Counter)
    phrases: Counter[str] = Counter()
    concepts = thesaurus.concepts()
    for concept in concepts.values():
        for text in concept.names(language) if spoken else concept.shown_names(language):
            own = {each.stem for each in stems(re.sub(r"\([^)]*\)", " ", text), language)}
            phrases[concept.id] += bool(own)
            for stem in own:
                inside[stem][concept.id] += 1
    found: dict[str, tuple[tuple[str, float], ...]] = {}
    for stem, counted in inside.items():
        if len(counted) <= _MOST_CONCEPTS and len(stem) > 1:
            rare = math.log(len(concepts) / len(counted)) / math.log(len(concepts))
            found[stem] = tuple((concept, rare * (0.4 + 0.6 * times / phrases[concept])) for concept, times in counted.items())
    return found


thesaurus.when_changed(_pointers.cache_clear)
