"""Steps and data that the tests of this folder share."""

from __future__ import annotations

import re
import uuid
from typing import Any

from django.test import Client
from django.utils import timezone

from kenesh.appeals import actions as appeals
from kenesh.appeals import drafts
from kenesh.appeals import opening as appeal_opening
from kenesh.casework import quoting
from kenesh.casework.models import Case
from kenesh.cast import PASSWORD
from kenesh.people import sign_in
from kenesh.people.keyring import Keyring
from kenesh.problems.models import Problem

WORDS = "Мы строили дом всю зиму, а нам сказали: приходите потом."


IN_KYRGYZ = "Кышы бою үй курдук, бирок бизге кийин келгиле дешти."


ANSWERS: dict[str, Any] = {
    "theme": "pay",
    "danger": "no",
    "name": "Айбек Асанов",
    "story": "Я Айбек Асанов, прораб не платит",
    "citizenship": "KG",
    "where_country": "RU",
    "where_place": "Снежинск",
    "culprit_name": "ООО «Сапсан Строй»",
    "phone": "+7 912 000-11-22",
    "consents": ["a", "d", "e"],
}


_secrets: dict[bytes, bytes] = {}


def keyring(user: Any) -> Keyring:
    """Opened once for each account: the password is slow to stretch."""
    sealed = bytes(user.sealed_secret)
    if sealed not in _secrets:
        _secrets[sealed] = sign_in.check(user.email, PASSWORD).secret
    return Keyring(user, _secrets[sealed])


def filed_at(office: Any, **changes: Any) -> str:
    draft = drafts.new()
    draft.answers = {**ANSWERS, **changes}
    assert appeals.file_appeal(draft=draft, office=office, language="ru")
    return draft.receipt


def at(case: Case, *more: str) -> str:
    appeal = case.appeals.order_by("id")[:1].get()
    return "/".join([f"/work/cases/{case.code}/words/{appeal.code}", *more, ""])


def form(problem: Problem, **changes: Any) -> dict[str, Any]:
    return {
        "key": str(uuid.uuid4()),
        "problem": problem.code,
        "language": "ru",
        "text": WORDS,
        "text_ky": IN_KYRGYZ,
        "who": "building",
        "origin": "KG",
        "destination": "RU",
        "year": str(timezone.localdate().year),
        **changes,
    }


def proposed(client: Client, case: Case, problem: Problem, **changes: Any) -> str:
    """The code of the quotation that is proposed through the form."""
    answer = client.post(at(case), form(problem, **changes))
    assert answer.status_code == 302, answer.context["form"].errors
    return str(answer.headers["Location"].rstrip("/").rpartition("/")[2])


def person(digits: str) -> Client:
    client = Client()
    client.post("/ru/appeal/status/", {"receipt": digits})
    return client


def hers(client: Client, code: str, do: str, **more: str) -> int:
    page = f"/ru/appeal/status/words/{code}/"
    seen = re.search(r'name="seen" value="(\w+)"', client.get(page).content.decode())
    return client.post(page, {"do": do, "seen": seen[1] if seen else "", **more}).status_code


def check(client: Client, case: Case, code: str, **changes: Any) -> None:
    """A caseworker presses the button, whether the page shows it to her or not."""
    one = quoting.found(opened(case), code)
    assert one is not None
    client.post(at(case, code), {"do": "publish", "seen": quoting.hash_of(one), "checked": "on", **changes})


def opened(case: Case) -> appeal_opening.OpenAppeal:
    from kenesh.people.models import User

    user = User.objects.get(name="Aigul")
    return appeal_opening.open_for_office(case.appeals.select_related("office").order_by("id")[:1].get(), keyring(user))


def state(case: Case, code: str) -> str:
    one = quoting.found(opened(case), code)
    assert one is not None
    return one.state


def public_page(problem: Problem, language: str = "ru") -> str:
    return Client().get(f"/{language}/problems/{problem.code}/").content.decode()


def _seed(digits: str) -> bytes:
    from django.conf import settings

    from kenesh.kernel import vault

    return vault.from_receipt(digits, settings.SECRETS.pepper).signing_seed
