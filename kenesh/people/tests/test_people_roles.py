"""Who chaired and who wrote the minutes on any day, and who was sent to a seat on its first day."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from kenesh.people.models import Body, Membership, Organisation, Person
from kenesh.people.queries import seats_on

pytestmark = pytest.mark.django_db

Make = Callable[..., Any]
YEAR, MAY = date(2024, 1, 1), date(2024, 5, 6)
EVE = MAY - timedelta(days=1)


@pytest.fixture
def secretary(chynara: Any, signed_in: Make) -> Client:
    client: Client = signed_in(chynara, language="en")
    return client


def a_seat(council: Body, name: str, **more: object) -> Membership:
    person = Person.objects.create(name={"en": name})
    house = Organisation.objects.create(name={"en": f"House of {name}"}, kind="ministry", country="KG")
    return Membership.objects.create(body=council, **{"person": person, "organisation": house, "since": YEAR, **more})


def address_of(seat: Membership) -> str:
    return f"/work/bodies/{seat.body.code}/seats/{seat.pk}/"


def roles_on(council: Body, day: date) -> list[str]:
    return [seat.role for seat in seats_on(council, day)]


def test_the_next_chair_ends_the_role_of_the_one_before_and_the_past_stays(secretary: Client, council: Body) -> None:
    a_seat(council, "Davron", role="chair")
    second = a_seat(council, "Saltanat")
    change = {"new_role": "chair", "role_on": MAY.isoformat(), "role_decision": "7/2024"}
    assert secretary.post(f"{address_of(second)}role/", change).status_code == 302
    assert [roles_on(council, day) for day in (EVE, MAY, timezone.localdate())] == [
        ["chair", "member"], ["member", "chair"], ["member", "chair"],
    ]  # fmt: skip
    assert "7/2024" in secretary.get(address_of(second)).content.decode()


def test_a_change_of_role_that_was_a_mistake_is_taken_back_for_both(secretary: Client, council: Body) -> None:
    a_seat(council, "Davron", role="chair")
    second = a_seat(council, "Saltanat")
    secretary.post(f"{address_of(second)}role/", {"new_role": "chair", "role_on": MAY.isoformat()})
    secretary.post(f"{address_of(second)}role/{second.role_changes.get().pk}/undo/")
    assert [roles_on(council, day) for day in (EVE, timezone.localdate())] == [["chair", "member"]] * 2


def test_what_else_was_changed_on_that_day_is_not_taken_back(secretary: Client, council: Body) -> None:
    first, second = a_seat(council, "Davron"), a_seat(council, "Saltanat")
    for seat, role in ((first, "chair"), (first, "member"), (second, "chair")):
        secretary.post(f"{address_of(seat)}role/", {"new_role": role, "role_on": MAY.isoformat()})
    secretary.post(f"{address_of(second)}role/{second.role_changes.get().pk}/undo/")
    assert roles_on(council, timezone.localdate()) == ["member", "member"]


def test_the_role_of_another_does_not_end_before_it_was_given(secretary: Client, council: Body) -> None:
    first, second = a_seat(council, "Davron"), a_seat(council, "Saltanat")
    secretary.post(f"{address_of(first)}role/", {"new_role": "chair", "role_on": MAY.isoformat()})
    secretary.post(f"{address_of(second)}role/", {"new_role": "chair", "role_on": EVE.isoformat()})
    assert [roles_on(council, day) for day in (EVE, MAY)] == [["member", "chair"]] * 2
    assert list(first.role_changes.order_by("pk").values_list("on", flat=True)) == [MAY, MAY]
    secretary.post(f"{address_of(second)}role/{second.role_changes.get().pk}/undo/")
    assert [roles_on(council, day) for day in (EVE, MAY)] == [["member", "member"], ["chair", "member"]]


def test_a_second_co_chair_takes_nothing_from_the_first(secretary: Client, council: Body) -> None:
    a_seat(council, "Davron", role="co_chair")
    secretary.post(f"{address_of(a_seat(council, 'Saltanat'))}role/", {"new_role": "co_chair", "role_on": MAY.isoformat()})
    assert roles_on(council, timezone.localdate()) == ["co_chair", "co_chair"]


@pytest.mark.parametrize("day", ["2023-12-31", "2999-01-01", ""])
def test_a_day_that_cannot_be_is_said_and_changes_nothing(secretary: Client, council: Body, day: str) -> None:
    seat = a_seat(council, "Davron")
    answer = secretary.post(f"{address_of(seat)}role/", {"new_role": "chair", "role_on": day, "role_decision": "7/2024"})
    assert list(answer.context["form"].errors) == ["role_on"]
    assert "7/2024" in answer.content.decode()
    assert roles_on(council, timezone.localdate()) == ["member"]


def test_what_the_body_decided_is_not_overwritten_by_a_correction(secretary: Client, council: Body) -> None:
    seat = a_seat(council, "Davron")
    secretary.post(f"{address_of(seat)}role/", {"new_role": "chair", "role_on": MAY.isoformat()})
    form = secretary.get(address_of(seat)).context["seat_form"]
    said = {name: form[name].value() or "" for name in form.fields} | {
        "role": "member",
        "until": timezone.localdate().isoformat(),
    }
    assert secretary.post(address_of(seat), said).status_code == 302
    assert roles_on(council, timezone.localdate()) == ["chair"]


def test_the_chair_of_before_is_none_when_the_chair_begins_to_go_round(secretary: Client, council: Body) -> None:
    a_seat(council, "Davron", role="chair")
    work = f"/work/bodies/{council.code}/"
    secretary.post(f"{work}rotation/", {"months": "6", "place_1": "KG", "place_2": "KZ"})
    secretary.post(f"{work}hand-over/", {"country": "KZ", "on": MAY.isoformat()})
    assert [roles_on(council, day) for day in (EVE, MAY)] == [["chair"], ["member"]]
    secretary.post(f"{work}hand-over/{council.chair_terms.get().pk}/undo/")
    assert roles_on(council, MAY) == ["chair"]


@pytest.mark.parametrize("before", ["chair", "co_chair", "member"])
def test_who_was_chair_before_it_went_round_is_so_again_when_that_was_a_mistake(
    secretary: Client, council: Body, before: str
) -> None:
    seat = a_seat(council, "Davron", role=before, country="KG")
    work = f"/work/bodies/{council.code}/"
    secretary.post(f"{work}rotation/", {"months": "6", "place_1": "KG", "place_2": "KZ"})
    secretary.post(f"{work}hand-over/", {"country": "KG", "seat": str(seat.pk), "on": MAY.isoformat()})
    assert [roles_on(council, day) for day in (MAY, timezone.localdate())] == [["chair"], ["chair"]]
    secretary.post(f"{work}hand-over/{council.chair_terms.get().pk}/undo/")
    assert [roles_on(council, day) for day in (EVE, timezone.localdate())] == [[before], [before]]


# --- who is sent ------------------------------------------------------------------------------------------------------


def sent(person: Person, since: date) -> dict[str, str]:
    return {"sent": person.code, "sent_since": since.isoformat(), "letter_number": "17-2/44", "level": "organisation"}


def who_sat(council: Body, day: date) -> list[str]:
    return [seat.person.name["en"] if seat.person else "" for seat in seats_on(council, day)]


def undone(secretary: Client, seat: Membership) -> tuple[str, int]:
    """Who sits there today once the newest nomination was called a mistake, and how many nominations are left."""
    newest = seat.nominations.filter(person__isnull=False).latest("since")
    page, address = secretary.get(address_of(seat)).content.decode(), f"{address_of(seat)}nominations/{newest.pk}/undo/"
    assert address in page
    secretary.post(address)
    return who_sat(seat.body, timezone.localdate())[0], seat.nominations.count()


def test_a_state_sends_its_first_person_to_the_first_day_of_its_seat(secretary: Client, council: Body) -> None:
    saltanat = Person.objects.create(name={"en": "Saltanat"})
    seat = Membership.objects.create(body=council, country="KG", since=YEAR)
    assert secretary.post(f"{address_of(seat)}nominate/", sent(saltanat, YEAR)).status_code == 302
    assert who_sat(council, YEAR) == ["Saltanat"]
    assert seat.nominations.filter(person=saltanat).count() == 1
    assert undone(secretary, seat) == ("", 0)


def test_the_letter_of_a_person_who_was_entered_with_the_seat_is_added(secretary: Client, council: Body) -> None:
    seat = a_seat(council, "Davron")
    assert seat.person is not None
    secretary.post(f"{address_of(seat)}nominate/", sent(seat.person, YEAR))
    assert list(seat.nominations.values_list("since", "letter_number")) == [(YEAR, "17-2/44")]
    assert undone(secretary, seat) == ("Davron", 0)


def test_a_nomination_that_was_a_mistake_is_taken_back(secretary: Client, council: Body) -> None:
    seat = a_seat(council, "Davron")
    saltanat = Person.objects.create(name={"en": "Saltanat"})
    secretary.post(f"{address_of(seat)}nominate/", sent(saltanat, MAY))
    newest = seat.nominations.get(person=saltanat)
    secretary.post(f"{address_of(seat)}nominations/{newest.pk}/undo/")
    assert [who_sat(council, day) for day in (YEAR, MAY)] == [["Davron"], ["Davron"]]
    assert not seat.nominations.filter(person=saltanat).exists()
    assert "/undo/" not in secretary.get(address_of(seat)).content.decode()


def test_a_seat_of_an_organisation_that_exists_no_more_is_entered_with_its_end(secretary: Client, council: Body) -> None:
    old = Organisation.objects.create(name={"en": "Old Ministry"}, kind="ministry", country="KG", ended_on=EVE)
    form = secretary.get(f"/work/bodies/{council.code}/seats/add/").context["form"]
    said = {name: form[name].value() or "" for name in form.fields} | {"organisation": old.code, "since": "2020-01-01"}
    answer = secretary.post(f"/work/bodies/{council.code}/seats/add/", said)
    assert list(answer.context["form"].errors) == ["until"]
    assert secretary.post(f"/work/bodies/{council.code}/seats/add/", {**said, "until": EVE.isoformat()}).status_code == 302
    assert Membership.objects.get().until == EVE
