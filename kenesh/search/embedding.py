"""An optional backend that turns texts into vectors: one more ranking beside words and themes. None is used unless one is named.

KENESH_EMBEDDINGS="module:Class" names a class without arguments that follows `Embeddings`. Each vector is stored with the model
and the revision that made it, and only vectors of the same model and revision are compared; after a change of either,
`kenesh search --rebuild` makes the missing ones. Vectors are compared one by one in memory: enough for 100,000 entries.
"""

from __future__ import annotations

import importlib
import math
import operator
from array import array
from collections.abc import Sequence
from functools import lru_cache
from typing import Protocol

from django.conf import settings
from django.db.models import Q

from kenesh.search.findable import Findable
from kenesh.search.models import Entry, Vector
from kenesh.search.scoring import Found

_LONGEST = 2000  # characters of a text that are encoded
_NEAREST = 100
_WEIGHT, _FLOOR = 0.5, 60  # of reciprocal ranks: Cormack, Clarke, Büttcher, "Reciprocal Rank Fusion", SIGIR 2009


class Embeddings(Protocol):
    """What a backend offers. Vectors of one model and revision all have the same number of dimensions."""

    model: str
    revision: str

    def encode_queries(self, texts: Sequence[str]) -> Sequence[Sequence[float]]:
        """A vector for each question."""

    def encode_passages(self, texts: Sequence[str]) -> Sequence[Sequence[float]]:
        """A vector for each text that may be found."""


def backend() -> Embeddings | None:
    """The backend of the settings, or None."""
    return _load(settings.EMBEDDINGS) if settings.EMBEDDINGS else None


@lru_cache(maxsize=4)
def _load(name: str) -> Embeddings:
    module, _, attribute = name.partition(":")
    made: Embeddings = getattr(importlib.import_module(module), attribute)()
    return made


def keep(entry: Entry, thing: Findable) -> None:
    """Stores the vector of an entry, when there is a backend."""
    chosen = backend()
    if chosen is None:
        return
    text = "\n".join(f"{text.title}\n{text.body}" for text in thing.texts)[:_LONGEST]
    values = _unit(chosen.encode_passages([text])[0])
    Vector.objects.update_or_create(
        entry=entry, model=chosen.model, revision=chosen.revision, defaults={"values": values.tobytes()}
    )


def nearest(text: str, narrowed: Sequence[str]) -> list[int]:
    """Numbers of the entries whose vectors lie nearest to the question's, the nearest first; none without a backend."""
    chosen = backend()
    if chosen is None:
        return []
    asked = _unit(chosen.encode_queries([text])[0])
    vectors = Vector.objects.filter(model=chosen.model, revision=chosen.revision)
    for term in narrowed:
        vectors = vectors.filter(Q(entry__terms__contains=f" {term} ") | Q(entry__terms__endswith=f" {term}"))
    near = []
    for number, values in vectors.values_list("entry", "values").iterator(chunk_size=5000):
        own = array("f")
        own.frombytes(bytes(values))
        if len(own) == len(asked):
            near.append((-round(sum(map(operator.mul, asked, own)), 6), -number))
    near.sort()
    return [-number for closeness, number in near[:_NEAREST] if closeness < 0]


def fused(found: Sequence[Found], text: str, narrowed: Sequence[str]) -> list[Found]:
    """The ranking by words and themes, and that by vectors, as one; the former alone without a backend."""
    near = nearest(text, narrowed)
    if not near:
        return list(found)
    known = {each.number: each for each in found}
    for rank, number in enumerate(near):
        each = known.setdefault(number, Found(number))
        each.score += _WEIGHT * _FLOOR / (_FLOOR + rank)
    return sorted(known.values(), key=lambda each: (-round(each.score, 6), -each.number))


def _unit(values: Sequence[float]) -> array[float]:
    length = math.sqrt(sum(value * value for value in values)) or 1.0
    return array("f", [value / length for value in values])
