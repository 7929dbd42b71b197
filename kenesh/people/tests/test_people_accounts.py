"""Accounts and their roles over HTTP: by the administrator of the node, and by that of an office."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from kenesh.cast import PASSWORD
from kenesh.kernel.models import TrailEntry
from kenesh.people import actions, sign_in
from kenesh.people.models import OrganisationKey, Person, Role, RoleHeld, Unlock, User

pytestmark = pytest.mark.django_db

START = "a start password told by voice"
Make = Callable[..., Any]


@pytest.fixture
def saltanat(office: Any, make_account: Make) -> User:
    """Administers the office in Bishkek; no caseworker."""
    return make_account("Saltanat", Role.ORGANISATION_ADMIN, organisation=office).user


def new_account(**more: str) -> dict[str, str]:
    return {
        "key": str(uuid.uuid4()), "name": "Ulan", "email": "Ulan@example.org", "language": "ky", "new": START, "again": START, **more
    }  # fmt: skip


def trail_count(verb: str) -> int:
    return TrailEntry.objects.filter(verb=verb).count()


def test_the_node_administrator_makes_an_account_of_every_kind(nurlan: Any, office: Any, council: Any, signed_in: Make) -> None:
    client = signed_in(nurlan)
    person = Person.objects.create(name={"ru": "Улан"}, organisation=office)
    for number, (role, where) in enumerate(
        {
            Role.ORGANISATION_ADMIN: {"organisation": office.code},
            Role.CASEWORKER: {"organisation": office.code},
            Role.COUNCIL_SECRETARY: {"body": council.code},
            Role.COUNCIL_MEMBER: {"body": council.code, "person": person.code},
            Role.EDITOR: {"body": council.code},
            Role.NODE_ADMIN: {},
        }.items()
    ):
        form = new_account(email=f"ulan{number}@example.org", role=role, **where)
        answer = client.post("/work/accounts/add/", form)
        assert answer.status_code == 302, answer.context["form"].errors
        assert client.post("/work/accounts/add/", form).headers["Location"] == answer.headers["Location"], "sent twice"
        made = User.objects.get(email=f"ulan{number}@example.org")
        assert [held.role for held in made.roles.all()] == [role]
        assert sign_in.check(made.email, START).user == made
    assert User.objects.get(email="ulan3@example.org").person == person
    assert trail_count("add_user") == User.objects.count()


def test_a_role_needs_its_place(nurlan: Any, signed_in: Make) -> None:
    client = signed_in(nurlan)
    for role, field in {"caseworker": "organisation", "council_member": "body", "": "role"}.items():
        form = client.post("/work/accounts/add/", new_account(role=role)).context["form"]
        assert list(form.errors) == [field]


def test_an_address_that_is_taken_is_said_and_nothing_is_lost(nurlan: Any, aigul: Any, signed_in: Make) -> None:
    form = signed_in(nurlan).post("/work/accounts/add/", new_account(role="editor", email=aigul.email)).context["form"]
    assert list(form.errors) == ["email"]
    assert form["name"].value() == "Ulan"


def test_an_office_administrator_adds_a_colleague_once(saltanat: User, office: Any, signed_in: Make) -> None:
    client, page = signed_in(saltanat), f"/work/colleagues/{office.code}/add/"
    form = new_account(role="caseworker")
    assert client.post(page, form).status_code == client.post(page, form).status_code == 302
    assert RoleHeld.objects.filter(user__email="ulan@example.org", organisation=office).count() == 1
    assert "Ulan" in client.get("/work/colleagues/").content.decode()


def test_roles_are_given_and_taken_once(nurlan: Any, eve: Any, council: Any, signed_in: Make) -> None:
    client, page = signed_in(nurlan), f"/work/accounts/{eve.uid}/"
    for _ in range(2):
        assert client.post(f"{page}roles/", {"role": "council_secretary", "body": council.code}).status_code == 302
    held = eve.roles.get()
    assert signed_in(eve).get("/work/meetings/").status_code == 200
    for _ in range(2):
        assert client.post(f"{page}roles/{held.pk}/take/").status_code == 302
    assert eve.roles.count() == 0
    assert trail_count("give_role:council_secretary") == trail_count("take_role:council_secretary") == 1
    assert signed_in(eve).get("/work/meetings/").status_code == 404


def test_with_the_role_of_a_caseworker_goes_the_key(nurlan: Any, aigul: Any, office: Any, signed_in: Make) -> None:
    signed_in(nurlan).post(f"/work/accounts/{aigul.uid}/roles/{aigul.roles.get().pk}/take/")
    assert OrganisationKey.objects.count() == 0
    assert office.epochs.get().renewal_due


def test_nobody_reads_appeals_and_administers_the_node(nurlan: Any, aigul: Any, office: Any, signed_in: Make) -> None:
    client = signed_in(nurlan)
    answer = client.post(f"/work/accounts/{aigul.uid}/roles/", {"role": "node_admin"})
    assert list(answer.context["form"].errors) == ["role"]
    with pytest.raises(actions.RolesApart):
        actions.give_role(user=nurlan, role=Role.CASEWORKER, organisation=office, by="test")
    assert client.get("/work/queue/").status_code == 404


def test_nobody_reads_appeals_and_edits_public_pages(
    nurlan: Any, aigul: Any, office: Any, signed_in: Make, make_account: Make
) -> None:
    answer = signed_in(nurlan).post(f"/work/accounts/{aigul.uid}/roles/", {"role": "editor"})
    assert list(answer.context["form"].errors) == ["role"]
    editor = make_account("Emil", Role.EDITOR).user
    with pytest.raises(actions.RolesApart):
        actions.give_role(user=editor, role=Role.CASEWORKER, organisation=office, by="test")
    assert [held.role for held in editor.roles.all()] == ["editor"]


def test_an_office_administrator_gives_the_roles_of_her_office_alone(
    saltanat: User, office: Any, other_office: Any, council: Any, aigul: Any, boris: Any, signed_in: Make
) -> None:
    client, page = signed_in(saltanat), f"/work/accounts/{aigul.uid}/roles/"
    for wrong in (
        {"role": "node_admin"},
        {"role": "organisation_admin", "organisation": other_office.code},
        {"role": "council_member", "body": council.code},
    ):
        assert client.post(page, wrong).status_code == 200
    assert client.post(page, {"role": "organisation_admin", "organisation": office.code}).status_code == 302
    assert sorted(held.role for held in aigul.roles.all()) == ["caseworker", "organisation_admin"]
    assert client.get(f"/work/accounts/{boris.uid}/").status_code == 404
    assert client.post(f"/work/accounts/{boris.uid}/roles/{boris.roles.get().pk}/take/").status_code == 404
    assert client.post(f"/work/accounts/{aigul.uid}/person/", {}).status_code == 404


def test_a_role_elsewhere_is_not_hers_to_see_or_take(saltanat: User, other_office: Any, aigul: Any, signed_in: Make) -> None:
    actions.give_role(user=aigul, role=Role.CASEWORKER, organisation=other_office, by="test")
    client, page = signed_in(saltanat), f"/work/accounts/{aigul.uid}/"
    elsewhere = aigul.roles.get(organisation=other_office)
    other_office.refresh_from_db()
    assert str(other_office) not in client.get(page).content.decode()
    assert client.post(f"{page}roles/{elsewhere.pk}/take/").status_code == 404
    assert client.get(f"{page}close/").status_code == 404


def test_closing_says_that_nobody_else_holds_the_key_and_asks_to_be_sure(
    saltanat: User, aigul: Any, office: Any, signed_in: Make
) -> None:
    signed_in(aigul)
    client, page = signed_in(saltanat), f"/work/accounts/{aigul.uid}/close/"
    assert 'data-tone="bad"' in client.get(page).content.decode()
    assert client.post(page).status_code == 200
    aigul.refresh_from_db()
    assert aigul.is_active
    for _ in range(2):
        assert client.post(page, {"sure": "on"}).headers["Location"] == "/work/colleagues/"
    aigul.refresh_from_db()
    assert not aigul.is_active
    assert Unlock.objects.filter(user=aigul).count() == OrganisationKey.objects.filter(user=aigul).count() == 0
    assert trail_count("close_account") == 1
    with pytest.raises(sign_in.WrongPassword):
        sign_in.check(aigul.email, PASSWORD)
    assert 'data-tone="bad"' in client.get("/work/colleagues/").content.decode()


def test_a_closed_account_is_listed_apart_and_gets_nothing_more(nurlan: Any, eve: Any, signed_in: Make) -> None:
    client = signed_in(nurlan)
    client.post(f"/work/accounts/{eve.uid}/close/")
    assert eve.email not in client.get("/work/accounts/").content.decode()
    assert eve.email in client.get("/work/accounts/?closed=on").content.decode()
    assert client.get(f"/work/accounts/{eve.uid}/").status_code == 200
    assert client.post(f"/work/accounts/{eve.uid}/roles/", {"role": "editor"}).status_code == 404
    assert client.get(f"/work/accounts/{eve.uid}/password/").status_code == 404


def test_the_node_keeps_an_administrator(nurlan: Any, make_account: Make) -> None:
    other = make_account("Second", Role.NODE_ADMIN).user
    actions.close_account(user=nurlan, by=other)
    with pytest.raises(actions.LastAdministrator):
        actions.close_account(user=other, by=nurlan)
    with pytest.raises(actions.LastAdministrator):
        actions.take_role(held=other.roles.get(), by=nurlan)
    other.refresh_from_db()
    assert other.is_active


def test_an_account_becomes_the_person_of_the_council(nurlan: Any, eve: Any, member: Any, signed_in: Make) -> None:
    client, page = signed_in(nurlan), f"/work/accounts/{eve.uid}/person/"
    person = Person.objects.create(name={"ru": "Эва"})
    assert client.post(page, {"person": person.code}).status_code == 302
    eve.refresh_from_db()
    assert eve.person == person
    assert client.post(page, {"person": member.person.code}).status_code == 200
    assert client.post(page, {"person": ""}).status_code == 302
    assert trail_count("set_person") == 2


def test_accounts_are_found_by_words_and_role(nurlan: Any, aigul: Any, eve: Any, signed_in: Make) -> None:
    client = signed_in(nurlan)
    assert eve.email not in client.get("/work/accounts/?role=caseworker").content.decode()
    assert aigul.email in client.get("/work/accounts/?role=caseworker&words=aig").content.decode()
    assert client.get("/work/accounts/?role=emperor").status_code == 404
    assert client.get("/work/accounts/?after=x").status_code == 404


def queries_of(client: Client, address: str) -> int:
    client.get(address)
    with CaptureQueriesContext(
        connection,
    ) as captured:
        assert client.get(address).status_code == 200
    return len(captured)


def test_long_lists_ask_the_database_as_often_as_short_ones(nurlan: Any, saltanat: User, office: Any, signed_in: Make) -> None:
    node, house = signed_in(nurlan), signed_in(saltanat)
    lists = [(node, "/work/accounts/"), (house, "/work/colleagues/"), (node, "/work/trail/")]
    one = [queries_of(client, address) for client, address in lists]
    for number in range(30):
        user = User.objects.create(email=f"u{number}@example.org", name=f"U {number}", public_key=b"0" * 32, sealed_secret=b"")
        actions.give_role(user=user, role=Role.CASEWORKER, organisation=office, by=nurlan)
    assert [queries_of(client, address) for client, address in lists] == one
    page = node.get("/work/accounts/")
    assert len(page.context["page"].rows) == 30
    rest = node.get(f"/work/accounts/?after={page.context['page'].after}").context["page"]
    assert len(rest.rows) == User.objects.count() - 30


def test_the_trail_names_who_did_what(nurlan: Any, eve: Any, signed_in: Make) -> None:
    client = signed_in(nurlan)
    client.post(f"/work/accounts/{eve.uid}/close/")
    line = client.get("/work/trail/").context["lines"][0]
    assert (line["entry"].verb, line["actor"], line["target"]) == ("close_account", "Nurlan", "Eve")


STRANGERS = ["eve", "aigul", "member", "chynara", "saltanat"]


@pytest.mark.parametrize("stranger", STRANGERS)
def test_the_pages_of_the_node_exist_for_its_administrator_alone(
    stranger: str, signed_in: Make, request: pytest.FixtureRequest
) -> None:
    client = signed_in(request.getfixturevalue(stranger))
    for page in ("accounts/", "accounts/add/", "organisations/", "organisations/add/", "bodies/add/", "trail/"):
        assert client.get(f"/work/{page}").status_code == 404
        assert client.post(f"/work/{page}").status_code == 404
    # Whom a secretary lists there, `test_people_corrections` says.
    assert client.get("/work/persons/").status_code == (200 if stranger == "chynara" else 404)
