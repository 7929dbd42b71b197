"""The people around one council table: two members, an observer, and the secretary from the cast."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from kenesh.council import actions
from kenesh.council.models import AgendaItem, Meeting, Proposal
from kenesh.library.models import Document
from kenesh.people.models import Body, Membership, Organisation, Person, Role, Standing, User
from kenesh.problems.models import Problem


@pytest.fixture
def make_seat(make_account: Callable[..., object], council: Body) -> Callable[..., User]:
    """`make_seat("Daniyar", other_office, standing=…)`: an account of the organisation that sits in the council."""

    def make(name: str, organisation: Organisation, **seat: object) -> User:
        user = make_account(name, Role.COUNCIL_MEMBER, body=council).user
        user.person = Person.objects.create(name={"ru": name}, organisation=organisation)
        user.save(update_fields=["person"])
        Membership.objects.create(body=council, organisation=organisation, **seat)
        return user

    return make


@pytest.fixture
def second(make_seat: Callable[..., User], other_office: Organisation) -> User:
    """A member on behalf of the office in Chelyabinsk."""
    return make_seat("Daniyar", other_office)


@pytest.fixture
def observer(make_seat: Callable[..., User], ministry: Organisation) -> User:
    """An observer on behalf of the ministry."""
    return make_seat("Olga", ministry, standing=Standing.OBSERVER)


def seat_of(user: User) -> Membership:
    person = user.person
    return Membership.objects.filter(person=person).first() or Membership.objects.get(
        organisation=person.organisation, person=None
    )


@pytest.fixture
def seat() -> Callable[[User], Membership]:
    """`seat(member)`: the account's membership."""
    return seat_of


@pytest.fixture
def meeting(council: Body, chynara: User) -> Meeting:
    """Planned for 15 May 2024, 10:00 in Bishkek."""
    return actions.plan_meeting(
        body=council,
        by=chynara,
        title={"ru": "Заседание совета", "ky": "Кеңештин жыйыны", "en": "Council session"},
        starts_at=datetime(2024, 5, 15, 4, 0, tzinfo=UTC),
        ends_at=datetime(2024, 5, 15, 11, 0, tzinfo=UTC),
        place={"ru": "Бишкек, дом 7; зал 2"},
        country="KG",
        link="https://join.example/secret-room",
    )


@pytest.fixture
def item(meeting: Meeting, chynara: User) -> AgendaItem:
    return actions.add_item(meeting=meeting, by=chynara, title={"ru": "Доступ к врачу", "en": "Access to a doctor"})


@pytest.fixture
def proposal(item: AgendaItem, chynara: User, ministry: Organisation) -> Proposal:
    """The meeting is under way and this lies before it."""
    actions.open_meeting(meeting=item.meeting, by=chynara)
    text = {"ru": "Дать мигрантам полис ОМС", "en": "Give migrants health insurance"}
    return actions.propose(item=item, text=text, by=chynara, addressees=[ministry])


@pytest.fixture
def problem(council: Body) -> Problem:
    day = datetime(2024, 1, 1, tzinfo=UTC).date()
    return Problem.objects.create(
        body=council,
        title={"en": "No doctor without a paper"},
        statement={"en": "…"},
        status="accepted",
        created_on=day,
        accepted_on=day,
    )


@pytest.fixture
def document(db: None) -> Document:
    return Document.objects.create(
        source="act.txt",
        title="Акт о полисах",
        language="ru",
        sha256="a" * 64,
        text="Текст",
        imported_on=datetime(2024, 1, 1, tzinfo=UTC).date(),
    )
