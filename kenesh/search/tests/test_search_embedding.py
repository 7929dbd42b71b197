"""The optional backend of vectors: called when it is named, never otherwise."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar

import pytest

from kenesh.search import actions
from kenesh.search.models import Vector
from kenesh.search.queries import Within, search

pytestmark = pytest.mark.django_db


class Letters:
    """A backend for tests: a text is how often its vowels stand in it."""

    model = "letters"
    revision = "1"
    asked: ClassVar[list[str]] = []

    def encode_queries(self, texts: Sequence[str]) -> Sequence[Sequence[float]]:
        self.asked.extend(texts)
        return [[float(text.count(letter)) for letter in "аеюx"] for text in texts]

    def encode_passages(self, texts: Sequence[str]) -> Sequence[Sequence[float]]:
        return [[float(text.count(letter)) for letter in "аеюx"] for text in texts]


class LettersAnew(Letters):
    """Another revision of the same model."""

    revision = "2"


NAME = f"{__name__}:Letters"


@pytest.fixture(autouse=True)
def _nothing_asked_yet() -> None:
    Letters.asked.clear()


def codes(text: str, **more: Any) -> list[str]:
    return [result.code for result in search(text, **more).found]


def test_without_a_backend_nothing_is_encoded(leaflets: Any) -> None:
    leaflets.lay_out("one", "ru", "юююю")
    assert (codes("ююю"), Letters.asked, Vector.objects.count()) == ([], [], 0)


def test_with_a_backend_what_lies_near_is_found_too(leaflets: Any, settings: Any) -> None:
    settings.EMBEDDINGS = NAME
    leaflets.lay_out("near", "ru", "юююю")
    leaflets.lay_out("far", "ru", "ааааа")
    assert (codes("ююю"), Letters.asked) == (["near"], ["ююю"])


def test_words_and_nearness_are_joined(leaflets: Any, settings: Any) -> None:
    settings.EMBEDDINGS = NAME
    leaflets.lay_out("near", "ru", "Ююю")
    leaflets.lay_out("words", "ru", "Патент, а а а а а а а а")
    leaflets.lay_out("both", "ru", "Патент ююю")
    assert codes("патент юююююю") == ["both", "words", "near"]


def test_vectors_of_another_revision_are_not_compared(leaflets: Any, settings: Any) -> None:
    settings.EMBEDDINGS = NAME
    leaflets.lay_out("one", "ru", "юююю")
    settings.EMBEDDINGS = f"{__name__}:LettersAnew"
    assert codes("ююю") == []
    actions.keep("leaflet", ["one"])
    assert codes("ююю") == ["one"]
    assert sorted(Vector.objects.values_list("model", "revision")) == [("letters", "1"), ("letters", "2")]


def test_narrowing_holds_for_what_lies_near(leaflets: Any, settings: Any) -> None:
    settings.EMBEDDINGS = NAME
    leaflets.lay_out("ru", "ru", "юююю")
    leaflets.lay_out("ky", "ky", "юююю")
    assert codes("ююю", within=Within(language="ky")) == ["ky"]
