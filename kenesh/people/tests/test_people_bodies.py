"""What a body's secretary keeps over HTTP: founding, who is sent to a seat, decided changes of standing, the chair that goes round."""

from __future__ import annotations

import gzip
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
from kenesh.people.models import Membership, Organisation, OrganisationKind, Person, Publication, Standing
from kenesh.people.queries import seats_on

pytestmark = pytest.mark.django_db

Make = Callable[..., Any]
YEAR = date(2024, 1, 1)
MAY = date(2024, 5, 15)


@pytest.fixture
def secretary(chynara: Any, signed_in: Make) -> Client:
    client: Client = signed_in(chynara, language="en")
    return client


@pytest.fixture
def seat(council: Any, ministry: Any) -> Membership:
    """The ministry's, held by Davron since the beginning of the year; everybody may see his name."""
    davron = Person.objects.create(name={"ru": "Даврон Каримов", "en": "Davron Karimov"}, organisation=ministry)
    return Membership.objects.create(
        body=council, person=davron, organisation=ministry, since=YEAR, publication=Publication.NAME, standing=Standing.OBSERVER
    )


@pytest.fixture
def saltanat(ministry: Any) -> Person:
    return Person.objects.create(name={"ru": "Салтанат Бекова", "en": "Saltanat Bekova"}, organisation=ministry)


def page_of(seat: Membership) -> str:
    return f"/work/bodies/{seat.body.code}/seats/{seat.pk}/"


def verbs() -> list[str]:
    return list(TrailEntry.objects.filter(target__startswith="body:").order_by("number").values_list("verb", flat=True))


def public_page(client: Client, body: Any, on: date | None = None) -> str:
    return client.get(f"/en/council/{body.code}/", {"on": on.isoformat()} if on else {}).content.decode()


def nominated(seat: Membership, person: Person, **more: str) -> dict[str, str]:
    return {
        "sent": person.code, "sent_since": MAY.isoformat(), "letter_number": "17-2/44", "letter_on": "2024-05-06",
        "level": "organisation", **more,
    }  # fmt: skip


def test_the_founding_stands_on_the_public_page_of_the_body(secretary: Client, council: Any) -> None:
    address = f"/work/bodies/{council.code}/founding/"
    answer = secretary.post(address, {"goals_en": "Fair work", "rules_en": "One State, one vote", "seen": ""})
    assert answer.status_code == 302
    page = public_page(Client(), council)
    assert ("Fair work" in page, "One State, one vote" in page, "Directions of work" in page) == (True, True, False)
    assert verbs() == ["write_founding"]


def test_who_writes_the_founding_second_is_told(secretary: Client, council: Any) -> None:
    address = f"/work/bodies/{council.code}/founding/"
    secretary.post(address, {"goals_en": "Fair work", "seen": ""})
    answer = secretary.post(address, {"goals_en": "Other", "seen": ""})
    assert answer.status_code == 200
    assert dict(council.founding.goals) == {"en": "Fair work"}
    assert "Other" in answer.content.decode()


def test_an_institution_sends_somebody_else_and_the_seat_stays(secretary: Client, seat: Membership, saltanat: Person) -> None:
    answer = secretary.post(f"{page_of(seat)}nominate/", nominated(seat, saltanat))
    assert answer.status_code == 302, answer.context["form"].errors
    assert secretary.post(f"{page_of(seat)}nominate/", nominated(seat, saltanat)).status_code == 302
    seat.refresh_from_db()
    assert (seat.person, seat.publication, Membership.objects.count()) == (saltanat, "organisation", 1)
    sent = list(seat.nominations.order_by("pk").values_list("person__name", "since", "letter_number", "letter_on"))
    sent = [(name["en"], *rest) for name, *rest in sent]
    assert sent == [("Davron Karimov", YEAR, "", None), ("Saltanat Bekova", MAY, "17-2/44", date(2024, 5, 6))]
    assert verbs() == ["nominate"]
    assert "17-2/44" in secretary.get(page_of(seat)).content.decode()


def test_the_public_page_says_who_sat_there_on_a_day_as_far_as_each_let_herself_be_shown(
    secretary: Client, seat: Membership, saltanat: Person
) -> None:
    secretary.post(f"{page_of(seat)}nominate/", nominated(seat, saltanat))
    today = public_page(Client(), seat.body)
    before = public_page(Client(), seat.body, MAY - timedelta(days=1))
    earlier = public_page(Client(), seat.body, YEAR - timedelta(days=1))
    assert ["Davron" in page for page in (today, before, earlier)] == [False, True, False]
    assert ["Saltanat" in page for page in (today, before, earlier)] == [False, False, False]
    assert ["Ministry of Labour" in page for page in (today, before, earlier)] == [True, True, False]


def test_an_institution_stays_on_days_before_it_sent_anybody_and_when_that_was_a_mistake(
    secretary: Client, seat: Membership, saltanat: Person
) -> None:
    Membership.objects.update(person=None, publication=Publication.ORGANISATION)
    secretary.post(f"{page_of(seat)}nominate/", nominated(seat, saltanat, level="hidden"))
    assert "Ministry of Labour" in public_page(Client(), seat.body, MAY - timedelta(days=1))
    assert "Ministry of Labour" not in public_page(Client(), seat.body)
    newest = seat.nominations.get(person=saltanat)
    assert secretary.post(f"{page_of(seat)}nominations/{newest.pk}/undo/").status_code == 302
    seat.refresh_from_db()
    assert (seat.person, seat.publication, seat.nominations.count()) == (None, "organisation", 0)


def test_somebody_who_left_can_be_hidden_for_the_past_too(secretary: Client, seat: Membership, saltanat: Person) -> None:
    secretary.post(f"{page_of(seat)}nominate/", nominated(seat, saltanat))
    old = seat.nominations.order_by("pk")[0]
    secretary.post(f"{page_of(seat)}nominations/{old.pk}/", {"publication": "hidden"})
    assert "Davron" not in public_page(Client(), seat.body, MAY - timedelta(days=1))


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"sent_since": "2024-01-01"}, "sent_since"),
        ({"sent_since": "2999-01-01"}, "sent_since"),
        ({"sent": ""}, "sent"),
        ({"letter_on": "2999-01-01"}, "letter_on"),
    ],
)
def test_what_is_wrong_with_a_nomination_is_said_and_kept(
    secretary: Client, seat: Membership, saltanat: Person, wrong: dict[str, str], field: str
) -> None:
    answer = secretary.post(f"{page_of(seat)}nominate/", nominated(seat, saltanat, **wrong))
    assert list(answer.context["form"].errors) == [field]
    assert "17-2/44" in answer.content.decode()
    assert seat.nominations.count() == 0


def test_a_seat_in_ones_own_name_gets_nobody_else(secretary: Client, seat: Membership, saltanat: Person) -> None:
    Membership.objects.filter(pk=seat.pk).update(organisation=None)
    answer = secretary.post(f"{page_of(seat)}nominate/", nominated(seat, saltanat))
    assert answer.status_code == 200
    assert seat.nominations.count() == 0


def test_an_observer_that_became_a_member_was_an_observer_before(secretary: Client, seat: Membership) -> None:
    change = {"standing": "member", "changed_on": MAY.isoformat(), "decision": "7/2024"}
    assert secretary.post(f"{page_of(seat)}standing/", change).status_code == 302
    seat.refresh_from_db()
    assert seat.standing == "member"
    standings = [seats_on(seat.body, day)[0].standing for day in (MAY - timedelta(days=1), MAY, timezone.localdate())]
    assert standings == ["observer", "member", "member"]
    assert "7/2024" in secretary.get(page_of(seat)).content.decode()
    assert "Observers" in public_page(Client(), seat.body, MAY - timedelta(days=1))


def test_a_change_of_standing_that_was_a_mistake_is_taken_back(secretary: Client, seat: Membership) -> None:
    secretary.post(f"{page_of(seat)}standing/", {"standing": "member", "changed_on": MAY.isoformat(), "decision": ""})
    secretary.post(f"{page_of(seat)}standing/{seat.standing_changes.get().pk}/undo/")
    seat.refresh_from_db()
    assert (seat.standing, seat.standing_changes.count()) == ("observer", 0)
    assert verbs() == ["change_standing", "undo_standing"]


def test_a_seat_may_name_who_comes_instead(secretary: Client, seat: Membership, saltanat: Person) -> None:
    form = secretary.get(page_of(seat)).context["seat_form"]
    said = {name: form[name].value() or "" for name in form.fields} | {"alternate": saltanat.code}
    assert secretary.post(page_of(seat), said).status_code == 302
    assert "Saltanat" not in public_page(Client(), seat.body)
    Membership.objects.filter(pk=seat.pk).update(alternate_publication=Publication.NAME)
    assert "Saltanat" in public_page(Client(), seat.body)


def test_the_chair_goes_from_country_to_country(secretary: Client, seat: Membership) -> None:
    work = f"/work/bodies/{seat.body.code}/"
    order = {"months": "6", "place_1": "KG", "place_2": "KZ", "place_3": "TJ"}
    assert secretary.post(f"{work}rotation/", order).status_code == 302
    first = {"country": "KG", "seat": str(seat.pk), "on": "2024-01-31"}
    assert secretary.post(f"{work}hand-over/", first).status_code == 302
    assert list(seat.body.chair_terms.values_list("country", "until")) == [("KG", date(2024, 7, 30))]
    assert Membership.objects.get(pk=seat.pk).role == "chair"
    assert secretary.post(f"{work}hand-over/", {"country": "KZ", "on": "2024-06-01"}).status_code == 302
    terms = list(seat.body.chair_terms.order_by("since").values_list("country", "since", "until"))
    assert terms == [("KG", date(2024, 1, 31), date(2024, 5, 31)), ("KZ", date(2024, 6, 1), date(2024, 11, 30))]
    assert Membership.objects.get(pk=seat.pk).role == "member"
    assert seats_on(seat.body, date(2024, 3, 1))[0].role == "chair"
    page = public_page(Client(), seat.body, date(2024, 3, 1))
    assert ("In the chair: Kyrgyz" in page or "In the chair: Kirg" in page, "Davron Karimov" in page) == (True, True)
    assert "not handed over yet" in public_page(Client(), seat.body)
    assert verbs() == ["set_rotation", "hand_chair_over", "hand_chair_over"]


@pytest.mark.parametrize(
    ("wrong", "field"),
    [({"country": "TR"}, "country"), ({"on": "2024-01-31"}, "on"), ({"country": "KZ", "seat": "own"}, "seat")],
)
def test_a_chair_out_of_order_is_refused(secretary: Client, seat: Membership, wrong: dict[str, str], field: str) -> None:
    work = f"/work/bodies/{seat.body.code}/"
    secretary.post(f"{work}rotation/", {"months": "6", "place_1": "KG", "place_2": "KZ"})
    secretary.post(f"{work}hand-over/", {"country": "KG", "on": "2024-01-31"})
    said = {"country": "KZ", "seat": "", "on": "2024-06-01"} | wrong
    said["seat"] = str(seat.pk) if said["seat"] else ""
    answer = secretary.post(f"{work}hand-over/", said)
    assert list(answer.context["form"].errors) == [field]
    assert seat.body.chair_terms.count() == 1


def test_a_chair_that_was_handed_over_by_mistake_goes_back(secretary: Client, seat: Membership) -> None:
    work = f"/work/bodies/{seat.body.code}/"
    secretary.post(f"{work}rotation/", {"months": "6", "place_1": "KG", "place_2": "KZ"})
    secretary.post(f"{work}hand-over/", {"country": "KG", "seat": str(seat.pk), "on": "2024-01-31"})
    secretary.post(f"{work}hand-over/", {"country": "KZ", "on": "2024-03-01"})
    newest = seat.body.chair_terms.get(country="KZ")
    for _again in range(2):
        assert secretary.post(f"{work}hand-over/{newest.pk}/undo/").status_code == 302
    assert list(seat.body.chair_terms.values_list("country", "until")) == [("KG", date(2024, 7, 30))]
    assert Membership.objects.get(pk=seat.pk).role == "chair"


def test_a_secretary_keeps_her_own_body_alone(secretary: Client, council: Any) -> None:
    from kenesh.people.models import Body

    other = Body.objects.create(name={"en": "Other"}, kind="council")
    assert secretary.get(f"/work/bodies/{other.code}/").status_code == 404
    assert secretary.post(f"/work/bodies/{other.code}/rotation/", {"months": "6"}).status_code == 404
    assert "Other" not in secretary.get("/work/bodies/").content.decode()


def test_few_unnamed_seats_are_not_counted_and_many_only_today(client: Client, council: Any) -> None:
    def seat_states(codes: str) -> None:
        Membership.objects.bulk_create(Membership(body=council, country=code, since=YEAR) for code in codes.split())

    seat_states("KZ TJ UZ TR")
    assert "not named here" not in public_page(client, council)
    seat_states("AM")
    assert "5 more, who are not named here" in public_page(client, council)
    assert "not named here" not in public_page(client, council, MAY)


def test_a_country_alone_is_shown_without_its_role(client: Client, council: Any) -> None:
    for role in ("member", "secretary"):
        Membership.objects.create(body=council, country="KZ", role=role, publication=Publication.COUNTRY)
    page = public_page(client, council)
    assert ("A seat without a name × 2" in page, "Secretary" in page) == (True, False)


def test_what_is_no_day_is_said_and_today_is_shown(client: Client, seat: Membership) -> None:
    answer = client.get(f"/en/council/{seat.body.code}/?on=soon")
    assert (answer.status_code, list(answer.context["form"].errors)) == (200, ["on"])


def test_the_page_of_a_body_asks_as_often_for_thirty_seats_as_for_one(client: Client, seat: Membership, ministry: Any) -> None:
    def asked() -> int:
        with CaptureQueriesContext(
            connection,
        ) as queries:
            public_page(client, seat.body, MAY)
        return len(queries)

    asked()
    once = asked()
    for number in range(30):
        person = Person.objects.create(name={"en": f"Person {number}"}, organisation=ministry)
        other = Membership.objects.create(
            body=seat.body, person=person, organisation=ministry, publication=Publication.NAME, since=YEAR
        )
        other.nominations.create(person=person, since=YEAR, publication=Publication.NAME)
    assert asked() == once
    assert len(gzip.compress(public_page(client, seat.body, MAY).encode())) < 14_000


# --- organisations ----------------------------------------------------------------------------------------------------


@pytest.fixture
def client_of_node(nurlan: Any, signed_in: Make) -> Client:
    client: Client = signed_in(nurlan, language="en")
    return client


def test_an_organisation_carries_each_label_for_its_time(client_of_node: Client, ministry: Any) -> None:
    address = f"/work/organisations/{ministry.code}/labels/"
    for words, since, until in (("Old label", "2020-01-01", "2021-12-31"), ("New label", "2022-01-01", "")):
        said = {"key": new_code(), "text_en": words, "since": since, "until": until}
        assert client_of_node.post(f"{address}add/", said).status_code == 302
        assert client_of_node.post(f"{address}add/", said).status_code == 302
    ministry = Organisation.objects.get(pk=ministry.pk)
    assert [str(label.text) for label in ministry.labels] == ["Old label", "New label"]
    assert str(ministry).endswith("(New label)")
    assert ministry.called_on(date(2021, 6, 1)).endswith("(Old label)")
    client_of_node.post(f"{address}{ministry.labels[1].key}/end/", {"until": "2023-01-01"})
    assert str(Organisation.objects.get(pk=ministry.pk)) == str(ministry.name)
    client_of_node.post(f"{address}{ministry.labels[1].key}/drop/")
    assert len(Organisation.objects.get(pk=ministry.pk).labels) == 1


def test_a_label_needs_its_words_and_its_first_day(client_of_node: Client, ministry: Any) -> None:
    answer = client_of_node.post(f"/work/organisations/{ministry.code}/labels/add/", {"key": new_code()})
    assert sorted(answer.context["form"].errors) == ["since", "text"]


def test_a_regional_organisation_is_a_member_without_a_country(client: Client, council: Any) -> None:
    commission = Organisation.objects.create(name={"en": "Economic Commission"}, kind=OrganisationKind.REGIONAL)
    Membership.objects.create(body=council, organisation=commission, publication=Publication.ORGANISATION)
    page = public_page(client, council)
    assert ("No single country" in page, "Economic Commission" in page) == (True, True)
