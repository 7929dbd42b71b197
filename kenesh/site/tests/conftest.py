"""What the tests of the whole share: a small world with one of everything, and nodes of their own."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from bench.harness.node import Node
from kenesh.config import testing
from kenesh.site.tests import published
from kenesh.site.tests.world import World, one_of_everything


@pytest.fixture
def world(aigul: Any, office: Any, boris: Any, chynara: Any, member: Any, council: Any, ministry: Any, settings: Any) -> World:
    """An appeal with its case in Bishkek, a problem, a meeting under way, a recommendation with an answer and a judgement; an
    office in Chelyabinsk that could be handed a case, since Boris holds its key."""
    return one_of_everything(aigul, office, chynara, member, council, ministry, settings)


@pytest.fixture
def seats(council: Any, office: Any, other_office: Any, ministry: Any) -> Any:
    return published.four_seats(council, office, other_office, ministry)


@pytest.fixture
def decision(council: Any, chynara: Any, seats: Any, ministry: Any) -> Any:
    return published.public_decision(council, chynara, seats, ministry)


@pytest.fixture
def public_problem(council: Any, office: Any) -> Any:
    return published.public_problem(council, office)


@pytest.fixture
def recommendation(decision: Any, public_problem: Any, chynara: Any) -> Any:
    return published.answered_recommendation(decision, public_problem, chynara)


@pytest.fixture
def digits(office: Any, aigul: Any) -> str:
    """Of an appeal that lies with the office in Bishkek."""
    from kenesh.site.tests.attackers import filed

    return filed(office)


@pytest.fixture
def case(digits: str, aigul: Any) -> Any:
    from kenesh.casework import actions as casework
    from kenesh.site.tests.attackers import keyring, newest_appeal

    return casework.open_from_appeal(keyring=keyring(aigul), appeal=newest_appeal())


@pytest.fixture
def second_case(case: Any, office: Any, aigul: Any) -> Any:
    from kenesh.casework import actions as casework
    from kenesh.site.tests.attackers import filed, keyring, newest_appeal

    filed(office, story="Башка окуя")
    return casework.open_from_appeal(keyring=keyring(aigul), appeal=newest_appeal())


@pytest.fixture
def make_node(tmp_path: Path) -> Iterator[Callable[..., Node]]:
    """`make_node()`: a node in processes of its own, with a database of its own that is up to date; it is not started yet.

    `make_node(home)` puts it elsewhere than into the test's folder; `make_node(KENESH_…="…")` gives it settings.
    """
    made: list[tuple[Node, str]] = []

    def make(home: Path = tmp_path / "home", **chosen: str) -> Node:
        shutil.copytree(testing.new_home(), home, ignore=shutil.ignore_patterns("kenesh.sqlite3*"), dirs_exist_ok=True)
        name = testing.copy_of_new_database(home / "kenesh.sqlite3")
        node = Node(home, database=testing.address_of_copy(name))
        node.environment |= chosen
        made.append((node, name))
        return node

    yield make
    for node, name in made:
        node.kill()
        testing.drop_copy(name)
