"""Every address × role × status, in one table (`access.tsv`): what somebody gets who asks for a page.

302: to the sign-in page (or, inside the appeal form, to its beginning). 404: it does not exist for you. 405: allowed, but it
wants a form to be sent. Anonymous visitors never get further than the sign-in page under /work/; a signed-in outsider never
learns that something exists.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from kenesh.site.tests.walks import names

TABLE = Path(__file__).with_name("access.tsv")
ROLES = ["anonymous", "eve", "nurlan", "boris", "aigul", "member", "chynara"]
# What outsiders may get besides 404: pages of their own account, and the two that only end something.
THEIR_OWN = {"site_work:home", "people_work:account", "people_work:unlock", "people_work:give_back", "people_work:sign_in"}
THEIR_OWN |= {"people_work:sign_out", "people_work:second_factor", "people_work:set_up", "people_work:stop_sign_in"}
THEIR_OWN |= {f"people_work:{name}" for name in ("own_factors", "add_factor", "remove_factor", "spare_codes", "new_spare_codes")}
DOORS = {"people_work:sign_in", "people_work:sign_out", "people_work:stop_sign_in"}

# Lists of the caseworker's own offices: Boris may ask for them too, and finds his own in them.
LISTS = {f"casework_work:{name}" for name in ("queue", "urgent", "filtered", "several", "take_back")}
LISTS |= {f"casework_work:{name}" for name in ("intake", "contacts", "contact_undo", "calls", "search")}


@pytest.fixture
def visit(world: Any, signed_in: Callable[..., Client], request: pytest.FixtureRequest) -> Callable[[str, str], int]:
    """`visit(role, name)`: the status that somebody gets."""
    clients: dict[str, Client] = {}

    def status(role: str, name: str) -> int:
        if role not in clients:
            clients[role] = Client() if role == "anonymous" else signed_in(request.getfixturevalue(role))
        return clients[role].get(reverse(name, kwargs=world.arguments.get(name, {}))).status_code

    return status


def table() -> dict[str, list[int]]:
    rows = [line.split("\t") for line in TABLE.read_text(encoding="utf-8").splitlines()[1:]]
    return {row[0]: [int(status) for status in row[1:]] for row in rows}


# Asked last: they end the session that the others need.
LAST = ["leave", "people_work:sign_out"]


@pytest.mark.django_db
def test_every_address_gives_every_role_what_the_table_says(visit: Callable[[str, str], int]) -> None:
    order = sorted(set(names()), key=lambda name: (name in LAST, name))
    found = {name: [visit(role, name) for role in ROLES] for name in order}
    expected = table()
    assert {name: statuses for name, statuses in found.items() if expected.get(name) != statuses} == {}
    assert sorted(expected) == sorted(found)


@pytest.mark.parametrize("name", sorted(name for name in table() if "_work:" in name))
def test_nobody_from_outside_gets_in(name: str) -> None:
    statuses = dict(zip(ROLES, table()[name], strict=True))
    assert statuses["anonymous"] in ({200, 405} if name in DOORS else {302})
    if name not in THEIR_OWN:
        assert statuses["eve"] == 404


@pytest.mark.parametrize("name", sorted(name for name in table() if name.startswith("casework_work:")))
def test_cases_of_an_office_exist_for_nobody_else(name: str) -> None:
    statuses = dict(zip(ROLES, table()[name], strict=True))
    assert {statuses[role] for role in ("nurlan", "member", "chynara")} == {404}
    if name not in LISTS:
        assert statuses["boris"] in {404, 405}  # 405: a form's address, asked without the form; sending it is tested below


@pytest.mark.django_db
def test_sending_a_form_of_another_offices_case_finds_nothing(
    world: Any, signed_in: Callable[..., Client], request: pytest.FixtureRequest
) -> None:
    for role in ("eve", "nurlan", "boris", "member", "chynara"):
        client = signed_in(request.getfixturevalue(role))
        sent = {
            name: client.post(reverse(name, kwargs=world.arguments.get(name, {}))).status_code
            for name in sorted(table())
            if name.startswith("casework_work:") and name not in LISTS
        }
        assert set(sent.values()) == {404}, (role, sent)


@pytest.mark.django_db
def test_sending_a_form_of_the_secretary_finds_nothing(
    world: Any, signed_in: Callable[..., Client], request: pytest.FixtureRequest
) -> None:
    """What only the secretary may do, nobody else can send."""
    only_hers = [
        name
        for name, statuses in table().items()
        if name.partition(":")[0] in {"council_work", "followup_work"} and statuses[-1] != 404 and set(statuses[1:-1]) == {404}
    ]
    assert len(only_hers) > 10
    for role in ("eve", "nurlan", "boris", "aigul", "member"):
        client = signed_in(request.getfixturevalue(role))
        sent = {name: client.post(reverse(name, kwargs=world.arguments.get(name, {}))).status_code for name in only_hers}
        assert set(sent.values()) == {404}, (role, sent)
