"""Steps and data that the tests of this folder share."""

from __future__ import annotations

import uuid
from typing import Any

from django.test import Client

from kenesh.casework.models import Case, Matter, Person, Referral
from kenesh.cast import PASSWORD
from kenesh.people import sign_in
from kenesh.people.keyring import Keyring

STORY = "Прораб Кудайберди забрал паспорт"


PURPOSE = "Сходить в инспекцию в Челябинске"


TEXT = "Просим помочь с жалобой"


ANSWERS: dict[str, Any] = {
    "theme": "pay",
    "danger": "no",
    "story": STORY,
    "citizenship": "KG",
    "where_country": "RU",
    "phone": "+7 912 000-11-22",
    "consents": ["a", "d"],
}


def keyring(user: Any) -> Keyring:
    return Keyring(user, sign_in.check(user.email, PASSWORD).secret)


def person(digits: str) -> Client:
    client = Client()
    client.post("/ru/appeal/status/", {"receipt": digits})
    return client


def form(case: Case, receiver: Any, **changes: Any) -> dict[str, Any]:
    row = Person.objects.get(case=case).uid.hex
    appeal = case.appeals.first()
    return {
        "key": str(uuid.uuid4()),
        "receiver": receiver.code,
        "purpose": PURPOSE,
        "whose": appeal.code if appeal else "",
        "persons": [f"{row}:citizenship"],
        "matters": [Matter.objects.get(case=case).uid.hex],
        "text": TEXT,
        "how": "receipt",
        **changes,
    }


def propose(client: Client, case: Case, receiver: Any, **changes: Any) -> Referral:
    answer = client.post(f"/work/cases/{case.code}/sharing/refer/", form(case, receiver, **changes))
    assert answer.status_code == 302, answer.context["form"].errors
    return Referral.objects.order_by("-id")[:1].get()


def step(client: Client, referral: Referral, do: str, text: str = "Потому что") -> str:
    answer = client.post(f"/work/referrals/{referral.code}/", {"do": do, "text": text})
    referral.refresh_from_db()
    return f"{answer.status_code} {referral.state}"


def hers(digits: str, referral: Referral, do: str) -> str:
    client = person(digits)
    assert client.post(f"/ru/appeal/status/referral/{referral.uid}/", {"do": do}).status_code == 302
    referral.refresh_from_db()
    return str(referral.state)
