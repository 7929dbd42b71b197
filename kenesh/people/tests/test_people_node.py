"""Organisations, bodies, seats and persons are entered over HTTP by the administrator of the node."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from kenesh.kernel.codes import new_code
from kenesh.kernel.models import TrailEntry
from kenesh.kernel.rows import stamp_of
from kenesh.people.forms.texts import InLanguages, in_boxes
from kenesh.people.models import Body, Membership, Organisation, Person, Succession

pytestmark = pytest.mark.django_db

Make = Callable[..., Any]


@pytest.fixture
def client_of_node(nurlan: Any, signed_in: Make) -> Client:
    client: Client = signed_in(nurlan)
    return client


def an_office(**more: Any) -> dict[str, Any]:
    return {
        "key": new_code(), "kind": "centre", "country": "KG", "name_ru": "Центр, Ош", "name_ky": "Борбор, Ош",
        "takes_appeals": "on", "languages": ["ky", "uz"], **more,
    }  # fmt: skip


def trail_count(verb: str) -> int:
    return TrailEntry.objects.filter(verb=verb).count()


def test_an_organisation_is_entered_once(client_of_node: Client) -> None:
    form = an_office(
        short_name_ru="ЦПО", mailbox="osh@example.org", founded_on="01.02.2015",
    )  # fmt: skip
    first = client_of_node.post("/work/organisations/add/", form)
    assert first.status_code == 302, first.context["form"].errors
    assert client_of_node.post("/work/organisations/add/", form).headers["Location"] == first.headers["Location"]
    made = Organisation.objects.get()
    assert dict(made.name) == {"ru": "Центр, Ош", "ky": "Борбор, Ош"}
    assert (made.takes_appeals, made.languages) == (True, ["ky", "uz"])
    assert (made.founded_on, made.mailbox) == (date(2015, 2, 1), "osh@example.org")
    assert trail_count("add_organisation") == 1
    assert "osh@example.org" in client_of_node.get(first.headers["Location"]).content.decode()


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"name_ru": "", "name_ky": ""}, "name"),
        ({"kind": ""}, "kind"),
        ({"kind": "ministry"}, "takes_appeals"),
        ({"languages": []}, "languages"),
        ({"founded_on": "2024-05-31", "ended_on": "2024-05-30"}, "ended_on"),
        ({"country": "XX"}, "country"),
        ({"mailbox": "nobody"}, "mailbox"),
        ({"founded_on": "soon"}, "founded_on"),
    ],
)
def test_what_is_wrong_with_an_organisation_is_said_at_its_field(
    client_of_node: Client, wrong: dict[str, Any], field: str
) -> None:
    answer = client_of_node.post("/work/organisations/add/", an_office(**wrong))
    assert list(answer.context["form"].errors) == [field]
    assert Organisation.objects.count() == 0


def edited(client: Client, address: str, **more: Any) -> dict[str, Any]:
    """What the form of this page would send back, with some answers changed."""
    form = client.get(address).context["form"]
    values = {name: form[name].value() for name in form.fields}
    boxes = [name for name, field in form.fields.items() if isinstance(field, InLanguages)]
    for name in boxes:
        values |= in_boxes(name, values.pop(name) or {})
    return {name: value for name, value in {**values, **more}.items() if value not in (None, False)}


def test_an_edit_keeps_other_languages_and_sees_who_was_faster(client_of_node: Client, office: Any) -> None:
    office.name = {**office.name, "hy": "Կենտրոն"}
    office.save()
    page = f"/work/organisations/{office.code}/edit/"
    form = edited(client_of_node, page, name_ru="Новое имя")
    assert client_of_node.post(page, form).status_code == 302
    assert client_of_node.post(page, form).status_code == 302, "sent twice"
    office.refresh_from_db()
    assert dict(office.name) == {"ru": "Новое имя", "en": office.name["en"], "hy": "Կենտրոն"}
    assert trail_count("edit_organisation") == 1
    late = client_of_node.post(page, {**form, "name_ru": "Третье имя"})
    assert late.status_code == 200
    assert late.context["form"].non_field_errors()
    again = late.context["form"]["seen"].value()
    assert client_of_node.post(page, {**form, "name_ru": "Третье имя", "seen": again}).status_code == 302


def test_a_ministry_is_taken_over_and_never_by_its_own_predecessor(client_of_node: Client, ministry: Any) -> None:
    new = Organisation.objects.create(name={"ru": "Новое министерство"}, kind="ministry", country="KG")
    page = f"/work/organisations/{ministry.code}/"
    for _ in range(2):
        assert client_of_node.post(f"{page}taken-over/", {"successor": new.code, "on": "2024-02-01"}).status_code == 302
    ministry.refresh_from_db()
    assert ministry.ended_on == date(2024, 2, 1)
    back = client_of_node.post(f"/work/organisations/{new.code}/taken-over/", {"successor": ministry.code, "on": "2024-03-01"})
    assert list(back.context["form"].errors) == ["successor"]
    assert "Новое министерство" in client_of_node.get(page).content.decode()
    assert "Министерство труда" in client_of_node.get(f"/work/organisations/{new.code}/").content.decode()
    for _ in range(2):
        client_of_node.post(f"{page}taken-over/{Succession.objects.values_list('pk', flat=True).first() or 1}/undo/")
    assert Succession.objects.count() == 0
    assert trail_count("take_over") == trail_count("undo_take_over") == 1


def test_organisations_are_filtered(client_of_node: Client, office: Any, other_office: Any, ministry: Any) -> None:
    def rows(query: str) -> list[Organisation]:
        return list(client_of_node.get(f"/work/organisations/?{query}").context["page"].rows)

    assert rows("") == [ministry, other_office, office]
    assert rows("kind=ministry") == [ministry]
    assert rows("country=RU") == [other_office]
    assert client_of_node.get("/work/organisations/?kind=planet").status_code == 404


def test_the_page_of_an_office_says_whether_it_gets_appeals(client_of_node: Client, office: Any, aigul: Any) -> None:
    page = f"/work/organisations/{office.code}/"
    assert client_of_node.get(page).context["holders"] == 1
    client_of_node.post(f"/work/accounts/{aigul.uid}/close/", {"sure": "on"})
    assert client_of_node.get(page).context["holders"] == 0
    assert 'data-tone="bad"' in client_of_node.get(page).content.decode()


# --- bodies and seats -----------------------------------------------------------------------------------------------------


def test_a_body_is_entered_and_lies_in_another_but_never_in_itself(client_of_node: Client, council: Any) -> None:
    form = {"key": new_code(), "kind": "committee", "name_ky": "Комитет", "parent": council.code, "founded_on": "2021-05"}
    for _ in range(2):
        assert client_of_node.post("/work/bodies/add/", form).status_code == 302
    made = Body.objects.get(kind="committee")
    assert (made.parent, made.founded_on, made.publishes_decisions) == (council, "2021-05", False)
    page = f"/work/bodies/{council.code}/edit/"
    circle = client_of_node.post(page, edited(client_of_node, page, parent=made.code))
    assert list(circle.context["form"].errors) == ["parent"]
    assert client_of_node.post(page, edited(client_of_node, page, publishes_decisions="on")).status_code == 302
    council.refresh_from_db()
    assert council.publishes_decisions
    wrong = client_of_node.post("/work/bodies/add/", {**form, "key": new_code(), "founded_on": "2021-13"})
    assert list(wrong.context["form"].errors) == ["founded_on"]
    assert trail_count("add_body") == trail_count("edit_body") == 1


def a_seat(**more: Any) -> dict[str, Any]:
    return {"role": "member", "standing": "member", "publication": "hidden", **more}


def test_persons_organisations_and_states_get_seats(client_of_node: Client, council: Any, ministry: Any) -> None:
    person = Person.objects.create(name={"ru": "Чолпон"}, organisation=ministry)
    page = f"/work/bodies/{council.code}/seats/add/"
    seats = [
        a_seat(person=person.code, organisation=ministry.code, role="chair", publication="name", since="2024-01-01"),
        a_seat(organisation=ministry.code, standing="observer"),
        a_seat(country="AM"),
    ]
    for form in seats * 2:
        assert client_of_node.post(page, form).status_code == 302
    assert Membership.objects.count() == trail_count("add_seat") == 3
    chair = Membership.objects.get(role="chair")
    assert (chair.person, chair.organisation, chair.publication, chair.since) == (person, ministry, "name", date(2024, 1, 1))
    shown = client_of_node.get(f"/work/bodies/{council.code}/").content.decode()
    assert "Чолпон" in shown
    assert "Армения" in shown


def test_a_seat_needs_somebody_and_is_not_doubled(client_of_node: Client, council: Any, office: Any) -> None:
    page = f"/work/bodies/{council.code}/seats/add/"
    assert list(client_of_node.post(page, a_seat()).context["form"].errors) == ["person"]
    both = client_of_node.post(page, a_seat(organisation=office.code, country="KG"))
    assert list(both.context["form"].errors) == ["country"]
    term = client_of_node.post(page, a_seat(country="KG", since="2024-02-01", until="2024-01-01"))
    assert list(term.context["form"].errors) == ["until"]
    client_of_node.post(page, a_seat(country="KG", until="2020-12-31"))
    assert client_of_node.post(page, a_seat(country="KG", role="chair")).status_code == 200
    assert client_of_node.post(page, a_seat(country="KG", role="chair", since="2021-01-01")).status_code == 302
    assert Membership.objects.count() == 2


def test_a_seat_changes_and_ends(client_of_node: Client, council: Any, office: Any) -> None:
    seat = Membership.objects.create(body=council, organisation=office, since=date(2024, 1, 1))
    page = f"/work/bodies/{council.code}/seats/{seat.pk}/"
    form = a_seat(role="secretary", standing="observer", since="2024-01-01", publication="country", seen=stamp_of(seat))
    for _ in range(2):
        assert client_of_node.post(page, form).status_code == 302
    assert client_of_node.post(page, {**form, "role": "chair"}).status_code == 200, "somebody was faster"
    seat.refresh_from_db()
    assert (seat.role, seat.standing, seat.publication) == ("secretary", "observer", "country")
    early = client_of_node.post(f"{page}end/", {"last_day": "2023-12-31"})
    assert list(early.context["form"].errors) == ["last_day"]
    yesterday = timezone.localdate() - timedelta(days=1)
    for _ in range(2):
        assert client_of_node.post(f"{page}end/", {"last_day": yesterday.isoformat()}).status_code == 302
    seat.refresh_from_db()
    assert seat.until == yesterday
    assert trail_count("change_seat") == trail_count("end_seat") == 1
    assert client_of_node.get(f"/work/bodies/{council.code}/").context["past"] == [seat]


def test_a_person_is_entered_and_changed(client_of_node: Client, office: Any, ministry: Any) -> None:
    form = {"key": new_code(), "name_ru": "Азамат", "post_ru": "Начальник отдела", "organisation": office.code}
    for _ in range(2):
        assert client_of_node.post("/work/persons/add/", form).status_code == 302
    person = Person.objects.get()
    page = f"/work/persons/{person.code}/"
    for _ in range(2):
        change = edited(client_of_node, page, organisation=ministry.code, name_en="Azamat")
        assert client_of_node.post(page, change).status_code == 302
    person.refresh_from_db()
    assert (dict(person.name), person.organisation) == ({"ru": "Азамат", "en": "Azamat"}, ministry)
    assert trail_count("add_person") == trail_count("edit_person") == 1
    assert client_of_node.get(f"/work/persons/?organisation={ministry.code}").context["page"].rows == [person]
    assert client_of_node.get(f"/work/persons/?organisation={office.code}").context["page"].rows == []


def queries_of(client: Client, address: str) -> int:
    client.get(address)
    with CaptureQueriesContext(connection) as captured:
        assert client.get(address).status_code == 200
    return len(captured)


def test_long_lists_ask_the_database_as_often_as_short_ones(client_of_node: Client, council: Any, office: Any) -> None:
    person = Person.objects.create(name={"ru": "Азамат"}, organisation=office)
    Membership.objects.create(body=council, person=person, organisation=office)
    body = f"/work/bodies/{council.code}/"
    lists = ["/work/organisations/", "/work/bodies/", "/work/persons/", body, f"{body}seats/add/", "/work/accounts/add/"]
    one = [queries_of(client_of_node, address) for address in lists]
    for number in range(30):
        more = Organisation.objects.create(name={"ru": f"О {number}"}, kind="ngo", takes_appeals=True)
        Body.objects.create(name={"ru": f"С {number}"}, kind="council", parent=council)
        person = Person.objects.create(name={"ru": f"П {number}"}, organisation=more)
        Membership.objects.create(body=council, person=person, organisation=more)
    assert [queries_of(client_of_node, address) for address in lists] == one
    page = client_of_node.get("/work/organisations/").context["page"]
    assert len(page.rows) == 30
    assert client_of_node.get(f"/work/organisations/?after={page.after}").context["page"].rows == [office]


@pytest.mark.parametrize("stranger", ["eve", "aigul", "member", "chynara"])
def test_nothing_of_the_node_is_entered_by_others(
    stranger: str, office: Any, council: Any, signed_in: Make, request: pytest.FixtureRequest
) -> None:
    client = signed_in(request.getfixturevalue(stranger))
    other = Body.objects.create(name={"ru": "Коалиция"}, kind=Body.Kind.COALITION)
    seat = Membership.objects.create(body=other, organisation=office)
    person = Person.objects.create(name={"ru": "Азамат"})
    Membership.objects.create(body=other, person=person)
    for page in (
        "organisations/add/",
        f"organisations/{office.code}/",
        f"organisations/{office.code}/edit/",
        f"organisations/{office.code}/taken-over/",
        f"organisations/{office.code}/taken-over/1/undo/",
        "bodies/add/",
        f"bodies/{council.code}/edit/",
        f"bodies/{other.code}/seats/add/",
        f"bodies/{other.code}/seats/{seat.pk}/",
        f"persons/{person.code}/",
    ):
        assert client.get(f"/work/{page}").status_code == 404
        assert client.post(f"/work/{page}").status_code == 404
    assert client.post(f"/work/bodies/{other.code}/seats/{seat.pk}/end/").status_code == 404
    assert client.get(f"/work/bodies/{other.code}/").status_code == 404
