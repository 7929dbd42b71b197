"""Steps and data that the tests of this folder share."""

from __future__ import annotations

import uuid
from typing import Any

from django.test import Client

from kenesh.appeals import actions as appeals
from kenesh.appeals import drafts
from kenesh.appeals.models import Appeal
from kenesh.casework import actions
from kenesh.casework.models import Case
from kenesh.cast import PASSWORD
from kenesh.people import sign_in
from kenesh.people.keyring import Keyring

QUEUE = "/work/queue/"


def keyring(user: Any) -> Keyring:
    return Keyring(user, sign_in.check(user.email, PASSWORD).secret)


def file(office: Any, **answers: Any) -> str:
    draft = drafts.new()
    draft.answers = {"theme": "pay", "danger": "no", "citizenship": "KG", "where_country": "RU", "consents": ["a"], **answers}
    assert appeals.file_appeal(draft=draft, office=office, language="ru")
    return draft.receipt


def opened_case(office: Any, user: Any, **answers: Any) -> Case:
    file(office, **answers)
    return actions.open_from_appeal(keyring=keyring(user), appeal=Appeal.objects.order_by("-id")[:1].get())


def several(client: Client, what: str, rows: list[str], **more: Any) -> Any:
    data = {"what": what, "rows": rows, "key": str(uuid.uuid4()), "assignee": "me", "show": "open", **more}
    answer = client.post(f"{QUEUE}several/", data)
    assert answer.status_code == 302, answer.content.decode()[:2000]
    return client.get(answer.headers["Location"])


def undo(client: Client, page: Any) -> Any:
    return client.post(f"{QUEUE}undo/{page.context['undo']}/", follow=True)


def codes(page: Any) -> list[str]:
    return [row["code"] for row in page.context["rows"]]
