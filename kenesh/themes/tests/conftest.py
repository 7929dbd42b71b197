"""A thesaurus as it was compiled, after each test, and an hour in which nothing has been counted."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from kenesh.themes import thesaurus


@pytest.fixture(autouse=True)
def _no_words_of_the_node() -> Iterator[None]:
    yield
    thesaurus.overlay([])
