"""Restricted cases: named people open them by their own keys; the rest of the office, its head and the node find no key."""

from __future__ import annotations

import uuid
from typing import Any

import pytest
from django.test import Client

from kenesh.appeals import actions as appeals
from kenesh.appeals import drafts
from kenesh.appeals.models import Appeal
from kenesh.casework.models import Case, Matter, Note
from kenesh.people import actions as people
from kenesh.people.models import OrganisationKey, Role
from kenesh.people.queries import fingerprint_of

pytestmark = pytest.mark.django_db

STORY = "Меня заперли в квартире"
ANSWERS: dict[str, Any] = {
    "theme": "exploitation",
    "danger": "no",
    "story": STORY,
    "citizenship": "KG",
    "where_country": "RU",
    "consents": ["a", "d"],
}


@pytest.fixture
def filed(office: Any, aigul: Any) -> str:
    draft = drafts.new()
    draft.answers = dict(ANSWERS)
    assert appeals.file_appeal(draft=draft, office=office, language="ru")
    return draft.receipt


@pytest.fixture
def jamila(office: Any, aigul: Any, make_account: Any) -> Any:
    """A colleague of Aigul who holds the key of the office too."""
    from kenesh.cast import PASSWORD
    from kenesh.people import sign_in
    from kenesh.people.keyring import Keyring

    user = make_account("Jamila", Role.CASEWORKER, organisation=office).user
    keyring = Keyring(aigul, sign_in.check(aigul.email, PASSWORD).secret)
    people.admit(keyring=keyring, organisation=office, colleague=user, fingerprint=fingerprint_of(user))
    return user


@pytest.fixture
def case(filed: str, aigul: Any, signed_in: Any) -> Case:
    code = Appeal.objects.get().code
    assert signed_in(aigul).post(f"/work/appeals/{code}/take-up/").status_code == 302
    return Case.objects.get()


def restrict(client: Client, case: Case, *named: Any, reason: str = "Торговля людьми") -> Any:
    data = {"restrict-named": [str(user.uid) for user in named], "restrict-reason": reason}
    return client.post(f"/work/cases/{case.code}/sharing/restrict/", data)


def reads(client: Client, case: Case) -> bool:
    """Whether the story shows on the page of the case or of its appeal."""
    case.refresh_from_db()
    pages = [client.get(f"/work/cases/{case.code}/"), client.get(f"/work/appeals/{Appeal.objects.get().code}/", follow=True)]
    return any(STORY in page.content.decode() for page in pages)


def person(digits: str) -> Client:
    client = Client()
    client.post("/ru/appeal/status/", {"receipt": digits})
    return client


def test_named_people_open_it_and_every_colleague_finds_no_key(
    filed: str, case: Case, aigul: Any, jamila: Any, signed_in: Any
) -> None:
    colleague = signed_in(jamila)
    assert reads(colleague, case)
    client = signed_in(aigul)
    assert restrict(client, case, aigul).status_code == 302
    assert reads(client, case)
    assert not reads(colleague, case)
    matter = Matter.objects.get().uid
    for part in ("", "facts/", "deadlines/", "sharing/", f"matter/{matter}/", "files/", "sharing/refer/", "sharing/hand-over/"):
        page = colleague.get(f"/work/cases/{case.code}/{part}").content.decode()
        assert "Aigul" in page, part
        assert STORY not in page


def test_nobody_who_merely_administers_finds_even_the_page(
    case: Case, aigul: Any, office: Any, nurlan: Any, eve: Any, make_account: Any, signed_in: Any
) -> None:
    head = make_account("Head", Role.ORGANISATION_ADMIN, organisation=office).user
    restrict(signed_in(aigul), case, aigul)
    for stranger in (nurlan, eve, head):
        assert signed_in(stranger).get(f"/work/cases/{case.code}/").status_code == 404


def test_theme_and_countries_leave_the_clear_and_come_back(case: Case, aigul: Any, signed_in: Any) -> None:
    client = signed_in(aigul)
    restrict(client, case, aigul)
    clear = ("theme", "origin", "destination", "restricted")
    assert Case.objects.values_list(*clear).get() == ("", "", "", True)
    assert Appeal.objects.values_list(*clear).get() == ("", "", "", True)
    client.post(f"/work/cases/{case.code}/sharing/lift/", {"lift-reason": "Опасности нет"})
    assert Case.objects.values_list(*clear).get() == ("exploitation", "KG", "RU", False)
    assert Appeal.objects.values_list(*clear).get() == ("exploitation", "KG", "RU", False)


def test_lifting_gives_it_back_to_the_office(case: Case, aigul: Any, jamila: Any, signed_in: Any) -> None:
    client = signed_in(aigul)
    restrict(client, case, aigul)
    client.post(f"/work/cases/{case.code}/sharing/lift/", {"lift-reason": "Опасности нет"})
    assert reads(signed_in(jamila), case)
    assert Note.objects.count() == 1


def test_her_messages_reach_the_named_people_and_nobody_else(
    filed: str, case: Case, aigul: Any, jamila: Any, signed_in: Any
) -> None:
    client = signed_in(aigul)
    restrict(client, case, aigul)
    words = "Мне страшно, приезжайте"
    assert person(filed).post("/ru/appeal/status/open/", {"text": words, "key": str(uuid.uuid4())}).status_code == 302
    assert words in client.get(f"/work/cases/{case.code}/").content.decode()
    assert words not in signed_in(jamila).get(f"/work/cases/{case.code}/").content.decode()
    answer = {"answer-text": "Мы уже едем", "answer-key": str(uuid.uuid4())}
    client.post(f"/work/cases/{case.code}/answer/", answer)
    assert "Мы уже едем" in person(filed).get("/ru/appeal/status/open/").content.decode()


def test_somebody_is_let_in_and_another_one_loses_the_key(case: Case, aigul: Any, jamila: Any, signed_in: Any) -> None:
    client, other = signed_in(aigul), signed_in(jamila)
    restrict(client, case, aigul)
    restrict(client, case, aigul, jamila)
    assert reads(other, case)
    restrict(other, case, jamila, reason="Конфликт интересов")
    assert reads(other, case)
    assert not reads(client, case)


def test_taking_back_and_giving_again_lets_in_the_named_people_alone(
    filed: str, case: Case, aigul: Any, jamila: Any, signed_in: Any
) -> None:
    client = signed_in(aigul)
    restrict(client, case, aigul)
    holder = person(filed)
    for given in ("no", "yes"):
        holder.post("/ru/appeal/status/consent/a/", {"given": given})
    assert reads(client, case)
    assert not reads(signed_in(jamila), case)


def test_erasing_and_stopping_it_gives_a_restricted_case_back_to_the_named_people_alone(
    filed: str, case: Case, aigul: Any, jamila: Any, signed_in: Any
) -> None:
    client = signed_in(aigul)
    restrict(client, case, aigul)
    holder = person(filed)
    holder.post("/ru/appeal/status/erase/", {"what": "erase"})
    assert not reads(client, case)
    holder.post("/ru/appeal/status/erase/", {"what": "stop"})
    assert reads(client, case)
    assert not reads(signed_in(jamila), case)


def test_naming_one_person_warns_and_naming_nobody_is_refused(case: Case, aigul: Any, signed_in: Any) -> None:
    client = signed_in(aigul)
    assert restrict(client, case).status_code == 422
    restrict(client, case, aigul)
    assert client.get(f"/work/cases/{case.code}/sharing/").content.decode().count('data-tone="warn"') >= 1


def test_a_colleague_without_a_key_cannot_be_named(
    case: Case, aigul: Any, office: Any, make_account: Any, signed_in: Any
) -> None:
    new = make_account("Nurgul", Role.CASEWORKER, organisation=office).user
    assert not OrganisationKey.objects.filter(user=new).exists()
    assert restrict(signed_in(aigul), case, aigul, new).status_code == 422


def test_a_theme_that_asks_for_it_suggests_restricting(case: Case, aigul: Any, signed_in: Any) -> None:
    page = signed_in(aigul).get(f"/work/cases/{case.code}/sharing/")
    assert page.context["suggested"] is True


def test_search_finds_it_for_nobody_until_the_restriction_is_lifted(case: Case, aigul: Any, jamila: Any, signed_in: Any) -> None:
    client, colleague = signed_in(aigul), signed_in(jamila)

    def finds() -> bool:
        answer = colleague.post("/work/search/", {"words": "заперли", "show": ""})
        return case.code in colleague.get(answer.headers["Location"]).content.decode()

    assert finds()
    restrict(client, case, aigul)
    assert not finds()
    client.post(f"/work/cases/{case.code}/sharing/lift/", {"lift-reason": "Опасности нет"})
    assert finds()


def test_who_cannot_open_a_case_does_not_move_it_either(filed: str, case: Case, aigul: Any, jamila: Any, signed_in: Any) -> None:
    client, colleague = signed_in(aigul), signed_in(jamila)
    posted = {"deadline-key": str(uuid.uuid4()), "deadline-due_on": "2030-01-01", "deadline-what": "Жалоба"}
    assert client.post(f"/work/cases/{case.code}/deadline/", posted).status_code == 302
    restrict(client, case, aigul)
    deadline = case.deadlines.get()
    tick = {"what": "assign", "rows": [f"c:{case.code}"], "assignee": "nobody", "show": "open", "key": str(uuid.uuid4())}
    assert case.code in str(next(iter(colleague.post("/work/queue/several/", tick, follow=True).context["messages"])))
    for part, data in (("status/", {"status": "others"}), (f"deadline/{deadline.uid}/done/", {})):
        assert "Aigul" in colleague.post(f"/work/cases/{case.code}/{part}", data).content.decode()
    case.refresh_from_db()
    deadline.refresh_from_db()
    assert (case.status, deadline.done, case.assignee) == ("office", False, aigul)


def test_a_restricted_case_is_given_to_those_who_can_open_it(case: Case, aigul: Any, jamila: Any, signed_in: Any) -> None:
    client = signed_in(aigul)
    Case.objects.update(assignee=jamila)
    restrict(client, case, aigul)
    case.refresh_from_db()
    assert case.assignee is None
    tick = {"what": "assign", "rows": [f"c:{case.code}"], "assignee": jamila.uid.hex, "show": "open", "key": str(uuid.uuid4())}
    for address, data in (("queue/several", tick), (f"cases/{case.code}/assign", {"assign-assignee": str(jamila.uid)})):
        client.post(f"/work/{address}/", data)
        case.refresh_from_db()
        assert case.assignee is None
    client.post(f"/work/cases/{case.code}/assign/", {"assign-assignee": str(aigul.uid)})
    case.refresh_from_db()
    assert case.assignee == aigul
