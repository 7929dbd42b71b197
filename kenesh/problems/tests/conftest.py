"""Problems, blocks and documents to test with."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from kenesh.library.models import Document
from kenesh.people.models import Body, Organisation, User
from kenesh.problems import actions
from kenesh.problems.models import Block, Problem
from kenesh.themes.texts import Translated

TODAY = date(2026, 11, 22)


def content(title: str = "Невыплата зарплаты на стройках", **more: object) -> actions.Content:
    known: dict[str, object] = {
        "title": Translated(ru=title, en="Wages are not paid on building sites"),
        "statement": Translated(ru="Бригады работают месяцами и не получают денег."),
        "affected": Translated(ru="Строители"),
        "tried": Translated(ru="Письма в инспекцию"),
        "law": Translated(ru="Статья 136 Трудового кодекса"),
        "since": "2021-05",
        "themes": ("unpaid-wages",),
        "corridors": (("KG", "RU"),),
    }
    return actions.Content(**{**known, **more})  # type: ignore[arg-type]


@pytest.fixture
def document(db: None) -> Document:
    return Document.objects.create(
        source="a.txt", title="Доклад о зарплатах", language="ru", script="Cyrl", sha256="1", text="Текст", imported_on=TODAY
    )


@pytest.fixture
def proposed(council: Body, office: Organisation, member: User, aigul: User) -> Problem:
    """Put forward by Aigul for the office in Bishkek."""
    return actions.propose_problem(body=council, organisation=office, content=content(), today=TODAY, by=aigul)


@pytest.fixture
def accepted(proposed: Problem, chynara: User) -> Problem:
    return actions.accept_problem(problem=proposed, today=TODAY, by=chynara)


@pytest.fixture
def make_block(db: None) -> Callable[..., Block]:
    def make(persons: int, **more: object) -> Block:
        known: dict[str, object] = {
            "concept": "unpaid-wages",
            "origin": "KG",
            "destination": "RU",
            "period_start": date(2026, 1, 1),
            "period_months": 1,
            "frozen_on": date(2026, 2, 1),
        }
        return Block.objects.create(persons=persons, **{**known, **more})

    return make
