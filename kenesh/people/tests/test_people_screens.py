"""The pages of people, organisations and keys as a browser shows them on a phone."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.test import Client

from kenesh.people.models import Membership, Organisation, Role, Succession, User

pytestmark = [pytest.mark.django_db, pytest.mark.browser]


def test_no_page_has_barriers_or_is_wider_than_a_phone(
    nurlan: User,
    aigul: User,
    member: User,
    council: Any,
    office: Any,
    ministry: Any,
    make_account: Callable[..., Any],
    signed_in: Callable[..., Client],
    open_page: Callable[..., Any],
    barriers: Callable[..., list[str]],
) -> None:
    new = Organisation.objects.create(name={"ru": "Министерство труда, социального обеспечения и миграции"}, kind="ministry")
    Succession.objects.create(predecessor=ministry, successor=new, on=date(2024, 2, 1))
    seat = Membership.objects.create(body=council, country="AM", since=date(2024, 1, 1))
    saltanat = make_account("Saltanat", Role.ORGANISATION_ADMIN, organisation=office).user
    jamila = make_account("Jamila", Role.CASEWORKER, organisation=office).user
    node, holder, without = signed_in(nurlan), signed_in(aigul), signed_in(jamila)
    organisation, body, key = (
        f"/work/organisations/{ministry.code}/",
        f"/work/bodies/{council.code}/",
        f"/work/colleagues/{office.code}/",
    )
    pages: list[tuple[Client, str]] = [
        *((node, f"/work/{path}") for path in ("organisations/", "bodies/", "persons/", "accounts/", "trail/")),
        *((node, f"/work/{path}/add/") for path in ("organisations", "bodies", "persons", "accounts")),
        *(
            (node, address)
            for address in (organisation, f"{organisation}edit/", body, f"{body}seats/add/", f"{body}seats/{seat.pk}/")
        ),
        *((node, f"/work/accounts/{aigul.uid}/{path}") for path in ("", "password/", "close/")),
        (signed_in(saltanat), "/work/colleagues/"),
        (without, f"{key}recover/"),
        (holder, f"{key}key/"),
    ]
    screen = open_page(width=360)
    found = {}
    for client, address in pages:
        found[address] = _look(screen, client.get(address), barriers)
    holder.post(f"{key}key/", {"after": "1"})
    found["recovery key"] = _look(screen, holder.get(f"{key}key/"), barriers)
    found["errors"] = _look(screen, node.post("/work/organisations/add/", {"takes_appeals": "on"}), barriers)
    assert {address: wrong for address, wrong in found.items() if wrong != ([], True)} == {}


def _look(screen: Any, answer: Any, barriers: Callable[..., list[str]]) -> tuple[list[str], bool]:
    """What hinders a reader, and whether the page is as narrow as the phone."""
    assert answer.status_code == 200
    screen.set_content(answer.content.decode())
    return barriers(screen), screen.evaluate("document.documentElement.scrollWidth") <= 360
