"""Every address × role × status, in one table (`access.tsv`): what somebody gets who asks for a page.

302: to the sign-in page (or, inside the appeal form, to its beginning). 404: it does not exist for you. 405: allowed, but it
wants a form to be sent. Anonymous visitors never get further than the sign-in page under /work/; a signed-in outsider never
learns that something exists. Who edits public pages or administers an office without its key gets what an outsider gets, but for
the rows of a second table (`access_without_keys.tsv`).
"""

from __future__ import annotations

import functools
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from kenesh.site.tests.walks import names

TABLE, WITHOUT_KEYS = Path(__file__).with_name("access.tsv"), Path(__file__).with_name("access_without_keys.tsv")
ROLES = ["anonymous", "eve", "nurlan", "boris", "aigul", "member", "chynara", "emil", "saltanat", "rustam"]
KEYLESS = ("emil", "saltanat", "rustam")  # an editor; who administers the office of the cases; who administers another office
# What outsiders may get besides 404: pages of their own account, and the two that only end something.
THEIR_OWN = {"site_work:home", "people_work:account", "people_work:unlock", "people_work:give_back", "people_work:sign_in"}
THEIR_OWN |= {"people_work:sign_out", "people_work:second_factor", "people_work:set_up", "people_work:stop_sign_in"}
THEIR_OWN |= {f"people_work:{name}" for name in ("own_factors", "add_factor", "remove_factor", "spare_codes", "new_spare_codes")}
DOORS = {"people_work:sign_in", "people_work:sign_out", "people_work:stop_sign_in"}

# Lists of the caseworker's own offices: Boris may ask for them too, and finds his own in them.
LISTS = {f"casework_work:{name}" for name in ("queue", "urgent", "filtered", "several", "take_back")}
LISTS |= {f"casework_work:{name}" for name in ("intake", "contacts", "contact_undo", "calls", "search")}
# Legal time limits are public law: who administers the node or edits public pages keeps them too.
LIMITS = {f"office_work:{name}" for name in ("limits", "limit", "confirm_limit", "use_limit", "new_limit")}


@pytest.fixture
def visit(world: Any, signed_in: Callable[..., Client], request: pytest.FixtureRequest) -> Callable[[str, str], int]:
    """`visit(role, name)`: the status that somebody gets."""
    clients: dict[str, Client] = {}

    def status(role: str, name: str) -> int:
        if role not in clients:
            clients[role] = Client() if role == "anonymous" else signed_in(request.getfixturevalue(role))
        return clients[role].get(reverse(name, kwargs=world.arguments.get(name, {}))).status_code

    return status


@functools.cache
def table() -> dict[str, dict[str, int]]:
    """Address → role → status."""
    everybody, keyless = _rows(TABLE), _rows(WITHOUT_KEYS)
    assert set(keyless) <= set(everybody)
    return {name: dict.fromkeys(KEYLESS, row["eve"]) | row | keyless.get(name, {}) for name, row in everybody.items()}


def _rows(path: Path) -> dict[str, dict[str, int]]:
    head, *rows = (line.split("\t") for line in path.read_text(encoding="utf-8").splitlines())
    return {row[0]: dict(zip(head[1:], map(int, row[1:]), strict=True)) for row in rows}


def may_differ(role: str, name: str) -> bool:
    """Whether it is asked: public addresses are asked by some of the roles, which is enough."""
    return "_work:" in name or role not in KEYLESS


# Asked last: they end the session that the others need.
LAST = ["leave", "people_work:sign_out"]


@pytest.mark.django_db
def test_every_address_gives_every_role_what_the_table_says(visit: Callable[[str, str], int]) -> None:
    order = sorted(set(names()), key=lambda name: (name in LAST, name))
    found = {name: {role: visit(role, name) for role in ROLES if may_differ(role, name)} for name in order}
    expected = table()
    assert {name: statuses for name, statuses in found.items() if not statuses.items() <= expected.get(name, {}).items()} == {}
    assert sorted(expected) == sorted(found)


@pytest.mark.parametrize("name", sorted(name for name in table() if "_work:" in name))
def test_nobody_from_outside_gets_in(name: str) -> None:
    statuses = table()[name]
    assert statuses["anonymous"] in ({200, 405} if name in DOORS else {302})
    if name not in THEIR_OWN:
        assert statuses["eve"] == 404


@pytest.mark.parametrize("name", sorted(name for name in table() if name.startswith("casework_work:")))
def test_cases_of_an_office_exist_for_nobody_else(name: str) -> None:
    statuses = table()[name]
    closes_it = (
        {"saltanat"} if name == "casework_work:closing" else set()
    )  # who administers an office may close it, without its key
    assert {statuses[role] for role in {"nurlan", "member", "chynara", *KEYLESS} - closes_it} == {404}
    if name not in LISTS:
        assert statuses["boris"] in {404, 405}  # 405: a form's address, asked without the form; sending it is tested below


@pytest.mark.parametrize("name", sorted(name for name in table() if name.startswith("office_work:")))
def test_what_concerns_an_office_as_a_whole_is_for_its_caseworkers(name: str) -> None:
    statuses = table()[name]
    lawyers = {"nurlan", "emil"} if name in LIMITS else set()
    assert {statuses[role] for role in {"eve", "nurlan", "member", "chynara", *KEYLESS} - lawyers} == {404}


@pytest.mark.django_db
def test_lists_of_another_office_name_nothing_of_this_one(
    world: Any, signed_in: Callable[..., Client], boris: Any, aigul: Any
) -> None:
    """Both may ask for the same addresses, and each finds his own office in them."""
    codes = {
        str(value)
        for name, arguments in world.arguments.items()
        if name.startswith("casework_work:")
        for key, value in arguments.items()
        if key != "ref"
    } - {"bcdfghjk", world.arguments["people:centre"]["code"]}  # which centres there are, everybody may know
    lists = sorted(
        name for name, row in table().items() if name in LISTS or (name.startswith("office_work:") and row["boris"] in (200, 302))
    )
    found = {}
    for user in (aigul, boris):
        client = signed_in(user)
        pages = [client.get(reverse(name, kwargs=world.arguments.get(name, {})), follow=True).content.decode() for name in lists]
        found[user.name] = {code for code in codes for page in pages if code in page}
    assert len(found["Aigul"]) > 5
    assert found["Boris"] == set()


@pytest.mark.django_db
def test_sending_a_form_of_another_offices_case_finds_nothing(
    world: Any, signed_in: Callable[..., Client], request: pytest.FixtureRequest
) -> None:
    for role in ("eve", "nurlan", "boris", "member", "chynara", *KEYLESS):
        client = signed_in(request.getfixturevalue(role))
        sent = {
            name: client.post(reverse(name, kwargs=world.arguments.get(name, {}))).status_code
            for name, row in sorted(table().items())
            if (name.startswith("casework_work:") and name not in LISTS and row[role] in (404, 405))
            or (name.startswith("office_work:") and world.arguments.get(name) and row[role] == 404)
        }
        assert set(sent.values()) == {404}, (role, sent)


@pytest.mark.django_db
def test_sending_a_form_of_the_secretary_finds_nothing(
    world: Any, signed_in: Callable[..., Client], request: pytest.FixtureRequest
) -> None:
    """What only the secretary may do, nobody else can send."""
    others = ("eve", "nurlan", "boris", "aigul", "member", *KEYLESS)
    only_hers = [
        name
        for name, statuses in table().items()
        if name.partition(":")[0] in {"council_work", "followup_work"}
        and statuses["chynara"] != 404
        and {statuses[role] for role in others} == {404}
    ]
    assert len(only_hers) > 10
    for role in others:
        client = signed_in(request.getfixturevalue(role))
        sent = {name: client.post(reverse(name, kwargs=world.arguments.get(name, {}))).status_code for name in only_hers}
        assert set(sent.values()) == {404}, (role, sent)
