"""Statistics of an office: exactly these numbers, on the page and in every file, whatever stops the counting on its way."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from kenesh.appeals import actions as appeals
from kenesh.appeals import drafts
from kenesh.appeals.models import Appeal
from kenesh.casework import actions
from kenesh.casework.models import Case, Job, Matter, Person
from kenesh.cast import PASSWORD
from kenesh.people import sign_in
from kenesh.people.keyring import Keyring

pytestmark = pytest.mark.django_db
INTERNAL = "Internal. Not for publication."


def keyring_of(user: Any) -> Keyring:
    return Keyring(user, sign_in.check(user.email, PASSWORD).secret)


def file(office: Any, **answers: Any) -> Appeal:
    draft = drafts.new()
    draft.answers = {"theme": "pay", "story": "…", "citizenship": "KG", "where_country": "RU", "consents": ["a"], **answers}
    appeals.file_appeal(draft=draft, office=office, language="ky")
    return Appeal.objects.order_by("-id")[0]


class Filled:
    """An office with something of everything that is counted."""

    def __init__(self, keyring: Keyring, office: Any) -> None:
        self.keyring, self.office, self.today = keyring, office, timezone.localdate()

    def case(self, theme: str, outcome: str = "", *, person: dict[str, Any] | None = None, **answers: Any) -> Case:
        case = actions.open_from_appeal(keyring=self.keyring, appeal=file(self.office, **answers))
        self.change(Matter.objects.get(case=case), {"theme": theme})
        if outcome:
            actions.set_outcome(keyring=self.keyring, matter=Matter.objects.get(case=case), outcome=outcome, day=self.today)
        self.change(Person.objects.get(case=case), person or {})
        return case

    def change(self, row: Any, changes: dict[str, Any]) -> None:
        actions.change_row(keyring=self.keyring, row=row, changes=changes, version=row.version)

    def money(self, case: Case, stage: str, amount: str, currency: str = "RUB", person: Person | None = None) -> None:
        matter = Matter.objects.filter(case=case)[0].uid.hex
        body = {"person": person.uid.hex if person else "", "matter": matter, "stage": stage, "amount": amount}
        body |= {"currency": currency, "day": self.today.isoformat(), "note": ""}
        actions.add_sum(keyring=self.keyring, case=case, body=body, key=uuid.uuid4())

    def contact(self, channel: str, sex: str) -> None:
        facts = {"channel": channel, "theme": "pay", "origin": "KG", "destination": "RU", "sex": sex, "minutes": 15}
        facts |= {"day": self.today, "result": "informed"}
        actions.log_contact(by=self.keyring.user, office=self.office, facts=facts, key=uuid.uuid4())


WOMAN = {"sex": "female", "age": "18-29", "name": "Айгерим", "passport": "AN1234567"}
MAN = {"sex": "male", "age": "30-44", "name": "Бакыт", "phone": "+996 555 12 34 56"}


@pytest.fixture
def filled(aigul: Any, office: Any) -> Filled:
    made = Filled(keyring_of(aigul), office)
    for channel, sex in (("phone", "female"), ("phone", "male"), ("walk-in", "female"), ("letter", "")):
        made.contact(channel, sex)
    earlier = made.case("unpaid-wages", "L1", person=WOMAN)
    made.money(earlier, "received", "1000.50", "KGS")
    long_ago = made.today - timedelta(days=90)
    Case.objects.filter(pk=earlier.pk).update(opened_on=long_ago)
    earlier.appeals.update(arrived_on=long_ago)
    wages = made.case("unpaid-wages", "R3", person={**WOMAN, "name": "Aigerim"})
    actions.answer(keyring=made.keyring, case=wages, text="Биз жардам беребиз.", key=uuid.uuid4())
    brigade = [actions.Member(name="Азамат", claimed="30000"), actions.Member(name="Бек", claimed="20000")]
    actions.add_members(keyring=made.keyring, case=wages, members=brigade, currency="RUB", key=uuid.uuid4())
    for amount, person in zip(("10000", "20000"), Person.objects.filter(case=wages).order_by("id")[1:], strict=True):
        made.money(wages, "received", amount, person=person)
    held = made.case("detention-centre", "R1", person=MAN, danger="yes")
    actions.add_step(
        keyring=made.keyring,
        case=held,
        body={"kind": "visit", "at": made.today.isoformat(), "what": "…", "minutes": "90"},
        key=uuid.uuid4(),
    )
    made.case("passport-withheld", "R1", person=MAN)
    made.case("entry-ban", "L2", person={"sex": "female", "age": "60+"})
    actions.decline(keyring=made.keyring, appeal=file(office, theme="documents-stay"), words="Башка жакка кайрылыңыз.")
    late = file(office)
    Appeal.objects.filter(pk=late.pk).update(arrived_on=made.today - timedelta(days=20))
    actions.sweep_appeals(keyring=made.keyring, rows=[file(office)])
    return made


def count(client: Client, office: Any, *, steps: int = 1) -> Job:
    today = timezone.localdate()
    form = {
        "office": office.code,
        "period": "free",
        "since": today - timedelta(days=30),
        "until": today,
        "key": str(uuid.uuid4()),
    }
    answer = client.post("/work/statistics/", form)
    assert answer.status_code == 302, answer.content.decode()
    for _ in range(steps):
        client.post(answer.headers["Location"], {"do": "go_on"})
    return Job.objects.order_by("-id")[0]


def figures(client: Client, job: Job) -> dict[str, str]:
    page = client.get(f"/work/statistics/{job.code}/")
    assert INTERNAL in page.content.decode()
    lines = [line for section in page.context["sections"] for line in section.lines]
    return {f"{line.code} {line.currency}".strip(): str(line.number) for line in lines if line.number}


NUMBERS = {
    "contacts": "4",
    "contacts_women": "66.7",
}


def test_numbers(filled: Filled, aigul: Any, office: Any, signed_in: Callable[..., Client]) -> None:
    client = signed_in(aigul, language="en")
    found = figures(client, count(client, office))
    import pprint

    pprint.pprint(found)
    assert found == NUMBERS
