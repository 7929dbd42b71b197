"""A council whose meeting goes to a room without internet: the node is this process, the laptop another one."""

from __future__ import annotations

import io
import sys
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone

from kenesh.config import testing
from kenesh.council import actions
from kenesh.council.models import Meeting
from kenesh.people.models import Membership, Organisation, Person, User
from kenesh.site.command_line import main
from kenesh.site.tests.venue.laptop import Laptop


@pytest.fixture
def command(monkeypatch: pytest.MonkeyPatch) -> Callable[..., int]:
    """`command("venue", "take", …, typed="…")`: a command on the node; gives its status."""

    def run(*arguments: str, typed: str = "") -> int:
        monkeypatch.setattr(sys, "stdin", io.StringIO(typed))
        return main(arguments)

    return run


@pytest.fixture
def make_laptop(tmp_path: Path) -> Iterator[Callable[..., Laptop]]:
    """`make_laptop()`: a laptop whose folder holds a new database and nothing else, so that no test waits for all migrations."""
    made: list[Laptop] = []

    def make(name: str = "laptop") -> Laptop:
        home = tmp_path / name
        home.mkdir()
        testing.copy_of_new_database(home / "kenesh.sqlite3")
        laptop = Laptop(home)
        laptop.environment |= {"KENESH_WARM_UP": "no", "KENESH_WEB_PROCESSES": "1"}
        made.append(laptop)
        return laptop

    yield make
    for laptop in made:
        laptop.leave()


@pytest.fixture
def seats(council: Any) -> list[Membership]:
    """Three members in their own names."""
    persons = [Person.objects.create(name={"en": name}) for name in ("Aida", "Bakyt", "Cholpon")]
    return [Membership.objects.create(body=council, person=person) for person in persons]


@pytest.fixture
def meeting(council: Any, chynara: User, ministry: Organisation, seats: list[Membership]) -> Meeting:
    """Two points, two proposals to a ministry under the first one, an election under the second one for which Aida stands."""
    begin = timezone.now() + timedelta(hours=1)
    made = actions.plan_meeting(body=council, by=chynara, title={"en": "Session", "ru": "Заседание"}, starts_at=begin)
    health = actions.add_item(meeting=made, by=chynara, title={"en": "Health"})
    chair = actions.add_item(meeting=made, by=chynara, title={"en": "Who chairs"})
    for words in ("Open a hotline.", "Insure everybody."):
        actions.propose(item=health, text={"en": words}, by=chynara, addressees=[ministry])
    election = actions.call_election(item=chair, by=chynara, office={"en": "Chair"}, role="chair", is_secret=True)
    candidate = actions.nominate(election=election, membership=seats[0], by=chynara)
    actions.answer_nomination(candidate=candidate, accepted=True, by=chynara)
    return made
