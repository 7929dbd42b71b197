"""A secretary corrects what she entered wrong: persons, names of organisations, seats; and nothing that only others rely on."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from kenesh.kernel.codes import new_code
from kenesh.kernel.models import TrailEntry
from kenesh.people.models import Body, Membership, Nomination, Organisation, Person, Publication

pytestmark = pytest.mark.django_db

Make = Callable[..., Any]


@pytest.fixture
def secretary(chynara: Any, signed_in: Make) -> Client:
    client: Client = signed_in(chynara, language="en")
    return client


@pytest.fixture
def other(db: None) -> Body:
    """A body that somebody else keeps."""
    return Body.objects.create(name={"en": "Other Coalition"}, kind=Body.Kind.COALITION)


@pytest.fixture
def davron(ministry: Any) -> Person:
    return Person.objects.create(name={"ru": "Даврон Кримов", "en": "Davron Krimov"}, organisation=ministry)


@pytest.fixture
def seat(council: Any, davron: Person) -> Membership:
    """Davron's, for his ministry; everybody may see his name."""
    return Membership.objects.create(body=council, person=davron, organisation=davron.organisation, publication=Publication.NAME)


def page_of(row: Person | Organisation) -> str:
    return f"/work/persons/{row.code}/" if isinstance(row, Person) else f"/work/organisations/{row.code}/spelling/"


def corrected(client: Client, row: Person | Organisation, **said: str) -> Any:
    """Sends the form as it is shown, with these words in it."""
    form = client.get(page_of(row)).context["form"]
    shown = {name: form[name].value() or "" for name in form.fields if not form.fields[name].disabled}
    return client.post(page_of(row), {**shown, **said})


def verbs() -> list[str]:
    return list(TrailEntry.objects.filter(target__regex="person|organisation").order_by("number").values_list("verb", flat=True))


def test_a_secretary_corrects_a_person_on_all_pages_in_all_languages(secretary: Client, seat: Membership) -> None:
    person = seat.person
    assert person is not None
    assert page_of(person) in secretary.get(f"/work/bodies/{seat.body.code}/seats/{seat.pk}/").content.decode()
    answer = corrected(secretary, person, name_ru="Даврон Каримов", name_en="Davron Karimov", post_en="Minister")
    assert (answer.status_code, answer.headers["Location"]) == (302, "/work/persons/")
    for language, name in (("en", "Davron Karimov"), ("ru", "Даврон Каримов")):
        assert name in Client().get(f"/{language}/council/{seat.body.code}/").content.decode()
    person.refresh_from_db()
    assert (dict(person.post), verbs()) == ({"en": "Minister"}, ["edit_person"])


def test_who_was_just_entered_and_sits_nowhere_is_listed_to_be_corrected(secretary: Client, ministry: Any) -> None:
    secretary.post("/work/persons/add/", {"key": new_code(), "name_en": "Azmat", "organisation": ministry.code})
    person = Person.objects.get()
    assert secretary.get("/work/persons/").context["page"].rows == [person]
    assert corrected(secretary, person, name_en="Azamat", organisation="").status_code == 302
    person.refresh_from_db()
    assert (dict(person.name), person.organisation) == ({"en": "Azamat"}, None)


def test_who_sits_only_in_a_body_of_others_is_neither_listed_nor_found(
    secretary: Client, other: Body, davron: Person, ministry: Any
) -> None:
    seat = Membership.objects.create(body=other, country="KG", alternate=davron)
    for ways in ({"alternate": davron}, {"person": davron}, {"organisation": ministry}):
        Membership.objects.filter(pk=seat.pk).update(**{"alternate": None, "person": None, "organisation": None, **ways})
        assert secretary.get(page_of(davron)).status_code == 404
        assert secretary.get("/work/persons/").context["page"].rows == []
    Membership.objects.filter(pk=seat.pk).update(organisation=None)
    Nomination.objects.create(seat=seat, person=davron)
    assert (secretary.get(page_of(davron)).status_code, secretary.post(page_of(davron)).status_code) == (404, 404)
    assert secretary.get(page_of(ministry)).status_code == 404


@pytest.mark.parametrize("relied_on", ["another body", "an account"])
def test_where_others_rely_on_a_person_her_spelling_is_corrected_and_her_organisation_stays(
    relied_on: str, secretary: Client, seat: Membership, other: Body, office: Any, member: Any
) -> None:
    person = seat.person
    assert person is not None
    if relied_on == "another body":
        Membership.objects.create(body=other, person=person)
    else:
        member.person = person
        member.save()
    shown = secretary.get(page_of(person)).content.decode()
    assert ("Other Coalition" in shown) == (relied_on == "another body")
    assert corrected(secretary, person, name_en="Davron Karimov", organisation=office.code).status_code == 302
    before = person.organisation
    person.refresh_from_db()
    assert (person.name["en"], person.organisation) == ("Davron Karimov", before)


def test_who_saves_second_is_told_and_loses_nothing(secretary: Client, davron: Person) -> None:
    form = secretary.get(page_of(davron)).context["form"]
    seen = form["seen"].value()
    corrected(secretary, davron, name_en="Davron Karimov")
    answer = secretary.post(page_of(davron), {"name_en": "D. Karimov", "seen": seen})
    assert "Somebody else changed this meanwhile" in answer.content.decode()
    assert "D. Karimov" in answer.content.decode()
    davron.refresh_from_db()
    assert davron.name["en"] == "Davron Karimov"


def test_a_secretary_corrects_the_name_and_country_of_an_organisation_and_nothing_else(
    secretary: Client, seat: Membership
) -> None:
    ministry = seat.organisation
    assert ministry is not None
    assert page_of(ministry) in secretary.get(f"/work/bodies/{seat.body.code}/seats/{seat.pk}/").content.decode()
    answer = corrected(secretary, ministry, name_en="Ministry of Labour and Migration", mailbox="mine@example.org", country="KZ")
    assert answer.status_code == 302
    assert "Labour and Migration" in Client().get(f"/en/council/{seat.body.code}/").content.decode()
    ministry.refresh_from_db()
    assert (ministry.mailbox, ministry.country, ministry.name["ky"]) == ("davron@ministry.example", "KZ", "Эмгек министрлиги")
    assert verbs() == ["edit_organisation"]


def test_the_name_of_an_office_that_takes_appeals_is_not_a_secretarys(secretary: Client, council: Any, office: Any) -> None:
    seat = Membership.objects.create(body=council, organisation=office)
    assert secretary.get(page_of(office)).status_code == 404
    shown = secretary.get(f"/work/bodies/{council.code}/seats/{seat.pk}/").content.decode()
    assert (page_of(office) in shown, "Only the administrator of the node" in shown) == (False, True)


@pytest.mark.parametrize("stranger", ["eve", "aigul", "member"])
def test_nobody_else_corrects_anything(stranger: str, seat: Membership, signed_in: Make, request: pytest.FixtureRequest) -> None:
    client = signed_in(request.getfixturevalue(stranger))
    assert seat.person is not None
    assert seat.organisation is not None
    for page in (page_of(seat.person), page_of(seat.organisation), "/work/persons/"):
        assert (client.get(page).status_code, client.post(page).status_code) == (404, 404)
    assert client.post(f"/work/bodies/{seat.body.code}/seats/{seat.pk}/remove/").status_code == 404


def test_a_seat_for_the_wrong_state_is_removed_while_nothing_was_done_from_it(secretary: Client, council: Any) -> None:
    wrong, used = (Membership.objects.create(body=council, country=code) for code in ("KZ", "UZ"))
    Nomination.objects.create(seat=used, since=timezone.localdate())
    for seat in (wrong, wrong, used):
        secretary.post(f"/work/bodies/{council.code}/seats/{seat.pk}/remove/")
    assert list(council.memberships.all()) == [used]
    assert "it stays" in secretary.get(f"/work/bodies/{council.code}/seats/{used.pk}/").content.decode()
    assert TrailEntry.objects.filter(verb="remove_seat").count() == 1
