"""Every form of every page, sent by everybody else; and rows of another behind one's own address. 404, and nothing changed."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.test import Client
from django.urls import NoReverseMatch

from kenesh.appeals.models import Appeal
from kenesh.casework import actions as casework
from kenesh.casework.models import Case
from kenesh.site.tests.attackers import filed, keyring, with_receipt
from kenesh.site.tests.walks import Form, address_of, kept_arguments, read_page, state

pytestmark = pytest.mark.django_db
# What they find is decided before anything is stored; every view is asked on both engines by test_site_access.py.
once = pytest.mark.once

OWNERS = ("aigul", "chynara", "nurlan")
STRANGERS = ("anonymous", "eve", "nurlan", "boris", "rustam", "emil", "aigul", "member", "chynara")
ENDING = ("/leave/", "/work/sign-out/", "/work/sign-in/")  # pages that end the session of who asks for them
# Rows of two cases of one office that may meet: an appeal joins a case, two files are kept apart.
MAY_MEET = {"casework_work:join", "casework_work:part", "casework_work:apart"}


class Visitors:
    """Test clients of the cast, each signed in once."""

    def __init__(self, signed_in: Callable[..., Client], request: pytest.FixtureRequest) -> None:
        self._signed_in, self._request = signed_in, request
        self._clients: dict[str, Client] = {"anonymous": Client()}

    def __call__(self, role: str) -> Client:
        if role not in self._clients:
            self._clients[role] = self._signed_in(self._request.getfixturevalue(role))
        return self._clients[role]


@pytest.fixture
def visitors(world: Any, signed_in: Callable[..., Client], request: pytest.FixtureRequest) -> Visitors:
    return Visitors(signed_in, request)


def pages_of(client: Client, world: Any) -> dict[str, str]:
    """Address → text of every page of the staff's that this client gets."""
    found = {}
    for name, arguments in kept_arguments(world).items():
        address = address_of(name, arguments)
        if "_work:" in name and not address.startswith(ENDING):
            answer = client.get(address)
            if answer.status_code == 200 and not answer.streaming and answer.headers["Content-Type"].startswith("text/html"):
                found[address] = answer.content.decode()
    return found


def forms_of(client: Client, world: Any) -> dict[str, Form]:
    """Where it goes → a form; one of each address."""
    found: dict[str, Form] = {}
    for address, text in pages_of(client, world).items():
        for form in read_page(address, text)[0]:
            if form.method == "post":
                found.setdefault(urlsplit(form.action).path, form)
    return found


def looks_valid(form: Form) -> dict[str, Any]:
    """What somebody sends who has seen this form: its hidden fields, its first choices, words and numbers."""
    sample = {
        "date": "2026-12-24",
        "datetime-local": "2026-12-24T10:00",
        "number": "3",
        "email": "a@example.org",
        "time": "10:00",
    }
    sent: dict[str, Any] = {name: sample.get(kind, "Текст") for name, kind in form.texts.items()}
    sent |= {name: next((one for one in values if one), "") for name, values in form.choices.items()}
    sent |= {name: values for name, values in form.fixed.items() if name != "csrfmiddlewaretoken"}
    for name, value in form.buttons[:1]:
        sent |= {name: value} if name else {}
    return sent


@once
def test_a_form_of_anothers_page_is_taken_from_nobody(world: Any, visitors: Visitors) -> None:
    """Whoever does not find the address in a form of a page of his own finds nothing when he sends to it; but for addresses
    that name nothing of anybody, such as a new problem, and are open to him."""
    forms = {role: forms_of(visitors(role), world) for role in STRANGERS if role != "anonymous"}
    seen = {role: set(own) for role, own in forms.items()} | {"anonymous": set()}
    theirs = {path: form for role in OWNERS for path, form in forms[role].items() if path.startswith("/work/")}
    doors = {path for path in seen["eve"] if path.startswith("/work/")} | set(ENDING)  # of one's own account
    nobodys = {address_of(name, {}) for name, arguments in kept_arguments(world).items() if "_work:" in name and not arguments}
    open_to = {
        role: {path for path in nobodys & set(theirs) if visitors(role).get(path).status_code in (200, 405)} for role in STRANGERS
    }
    before, taken = state(), []
    for role in STRANGERS:
        client, expected = visitors(role), (302,) if role == "anonymous" else (404,)
        for path, form in theirs.items():
            if (
                path not in seen[role] | doors | open_to[role]
                and client.post(path, looks_valid(form)).status_code not in expected
            ):
                taken.append((role, path))
    assert taken == []
    assert state() == before
    assert len(theirs) > 100


@pytest.fixture
def own_case(boris: Any, other_office: Any) -> Case:
    """Boris's own, in Chelyabinsk."""
    filed(other_office, story="Своё дело")
    return casework.open_from_appeal(keyring=keyring(boris), appeal=Appeal.objects.order_by("-id")[:1].get())


def mixed(world: Any, case: Case, mine: str) -> dict[str, str]:
    """Name → address with the code of my own case, and everything else from the case of the world."""
    found = {}
    for name, arguments in kept_arguments(world).items():
        if arguments.get("code") == case.code and len(arguments) > 1:
            found[name] = address_of(name, {**arguments, "code": mine})
    return found


@once
@pytest.mark.parametrize("role", ["aigul", "boris"])
def test_my_own_case_is_no_door_to_a_row_of_another(
    role: str, world: Any, own_case: Case, visitors: Visitors, aigul: Any
) -> None:
    """Person, matter, deadline, file, sum, letter, step, referral … of another case, also of one of the same office."""
    case = Case.objects.get(code=world.arguments["casework_work:case"]["code"])
    if role == "aigul":
        new = Appeal.objects.get(code=world.arguments["casework_work:appeal"]["code"])
        own_case = casework.open_from_appeal(keyring=keyring(aigul), appeal=new)
    client, forms = visitors(role), forms_of(visitors("aigul"), world)
    before, found = state(), {}
    for name, address in mixed(world, case, own_case.code).items():
        if role == "aigul" and name in MAY_MEET:
            continue
        form = forms.get(address.replace(own_case.code, case.code))
        found[name] = {client.get(address).status_code, client.post(address, looks_valid(form) if form else {}).status_code} - {
            405
        }
    assert {name: codes for name, codes in found.items() if codes != {404}} == {}
    assert state() == before
    assert len(found) > 25


@once
def test_every_uid_of_anothers_is_worth_nothing_at_any_address_that_takes_one(
    world: Any, own_case: Case, visitors: Visitors
) -> None:
    """All uids that the world has, at every address, whatever kind of thing it is for."""
    uids = {value for arguments in world.arguments.values() for value in arguments.values() if isinstance(value, uuid.UUID)}
    client, before, found = visitors("boris"), state(), set()
    for name, arguments in kept_arguments(world).items():
        key = next((key for key, value in arguments.items() if isinstance(value, uuid.UUID)), "")
        if not key or not name.startswith("casework_work:"):
            continue
        changed = {**arguments, "code": own_case.code} if "code" in arguments else arguments
        for uid in sorted(uids)[::3]:
            try:
                address = address_of(name, {**changed, key: uid})
            except NoReverseMatch:
                continue
            found.add(client.post(address, {}).status_code)
    assert found <= {404, 405, 302}
    assert state() == before


def test_ticks_of_another_office_are_left_out(world: Any, own_case: Case, visitors: Visitors) -> None:
    case, new = (world.arguments[f"casework_work:{name}"]["code"] for name in ("case", "appeal"))
    client, before = visitors("boris"), state()
    for what in ("assign", "tag", "untag", "close", "snooze", "take_up", "sweep", "bring_back"):
        sent = {"what": what, "rows": [f"c:{case}", f"a:{new}", f"c:{new}", "x:y", ":", "c:\x00"], "key": str(uuid.uuid4())}
        sent |= {"assignee": "me", "tag": "слово", "until": "2027-01-01", "reason": "Позже", "show": "open"}
        assert client.post("/work/queue/several/", sent).status_code in (302, 422)
    office = own_case.office.code
    assert client.post(f"/work/keeping/{office}/destroy/", {"case": [case]}).status_code == 404
    assert client.post(f"/work/keeping/{office}/destroy/", {"case": ["\x00", "x" * 5000]}).status_code == 404
    assert state() == before


def test_one_receipt_opens_nothing_of_another_persons(world: Any, own_case: Case, other_office: Any) -> None:
    """With a receipt of one's own: referrals, files and their parts that lie in another's appeal."""
    client = with_receipt(filed(other_office, story="Другой человек"))
    arguments = kept_arguments(world)
    uids = {value for one in arguments.values() for value in one.values() if isinstance(value, uuid.UUID)}
    before, found = state(), {}
    for name in ("casework:referral", "casework:referred_file", "appeals:my_file"):
        for uid in uids:
            address = address_of(name, {**arguments[name], **dict.fromkeys(arguments[name], uid)})
            found[name] = {client.get(address).status_code, client.post(address, {"do": "agree"}).status_code}
    assert set().union(*found.values()) == {404}
    assert state() == before


# --- fields that no form has ------------------------------------------------------------------------------------------------

NOT_ASKED = {
    "is_superuser": "on", "is_staff": "on", "is_active": "", "role": "node_admin", "roles": "node_admin", "restricted": "on",
    "status": "closed", "state": "done", "organisation": "", "id": "1", "pk": "1", "uid": str(uuid.UUID(int=7)), "code": "bcdfghjk",
    "epoch": "7", "sealed": "x", "by": "Eve", "user": "1", "user_id": "1", "assignee_id": "1", "office_id": "1", "appeal": "1",
    "released_on": "2026-01-01", "handed_over": "on", "latched": "on", "seen_by_other": "", "right": "owner", "keep_until": "2020-01-01",
    "erase_on": "2020-01-01", "public_key": "x", "counter": "0", "start_password": "", "struck": "x", "history": "[]",
}  # fmt: skip


def guarded() -> dict[str, list[Any]]:
    """What decides who may see and do what."""
    from kenesh.appeals.models import Receipt
    from kenesh.people.models import Factor, OrganisationKey, RoleHeld, User

    return {
        "accounts": sorted(User.objects.values_list("email", "is_superuser", "is_active", "start_password")),
        "roles": sorted(RoleHeld.objects.values_list("user__email", "role", "organisation__code", "body__code"), key=str),
        "keys": sorted(OrganisationKey.objects.values_list("user__email", "epoch_id")),
        "factors": sorted(Factor.objects.values_list("user__email", "kind")),
        "receipts": sorted(Receipt.objects.values_list("uid", "right", "seen_by_other")),
        "cases": sorted(Case.objects.values_list("uid", "code", "office_id", "restricted", "handed_over", "keep_until"), key=str),
        "appeals": sorted(Appeal.objects.values_list("uid", "code", "office_id", "restricted", "erase_on"), key=str),
    }


# Forms that are there to change just this; and long ones that have tests of their own.
MADE_FOR_IT = ("restrict", "lift", "hand-over", "/destroy/", "/closing/", "/renewal/", "/key/", "/intake/", "/take-up/", "/join/")
MADE_FOR_IT += ("/several/", "/second-factors/", "/account/", "/receipt/", "/conflicts/", "/status/")


@once
def test_a_field_that_a_form_does_not_ask_for_changes_nothing(world: Any, visitors: Visitors) -> None:
    """Each form of a caseworker with what belongs into it, and with the columns that decide who may see what."""
    client, sent = visitors("aigul"), 0
    forms = forms_of(client, world)
    before = guarded()
    for path, form in sorted(forms.items()):
        if path.startswith(("/work/cases/", "/work/queue/", "/work/contacts/", "/work/search/", "/work/calls/")) and not any(
            part in path for part in MADE_FOR_IT
        ):
            prefixes = {name.rpartition("-")[0] for name in form.texts if "-" in name}
            extra = {name: value for name, value in NOT_ASKED.items() if name not in {*form.texts, *form.choices, *form.fixed}}
            named = {f"{prefix}-{name}": value for prefix in prefixes for name, value in extra.items()}
            assert client.post(path, {**named, **extra, **looks_valid(form)}).status_code < 500, path
            sent += 1
    assert guarded() == before
    assert sent > 25
