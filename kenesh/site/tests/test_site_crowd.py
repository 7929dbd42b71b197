"""Invented appeals in bulk: every page opens them as it opens others, they are found and counted, and no list asks more for more."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.conf import settings
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from kenesh.appeals.models import UNOPENED, Appeal
from kenesh.casework import tallies
from kenesh.casework.models import OPEN, Case
from kenesh.casework.search import indexing, lookup
from kenesh.casework.search.contents import contents_of
from kenesh.casework.search.subjects import terms_of
from kenesh.cast import enter
from kenesh.kernel import trail
from kenesh.people import sign_in
from kenesh.people.keyring import Keyring
from kenesh.people.models import User
from kenesh.site import doctor
from kenesh.site.demonstration import accounts, build, crowd
from kenesh.site.demonstration.crowd import words

pytestmark = pytest.mark.django_db

FEW, MANY = 150, 450
LISTS = (
    "/work/",
    "/work/queue/",
    "/work/queue/?show=open",
    "/work/queue/?show=mine",
    "/work/queue/?show=closed",
    "/work/urgent/",
)


@pytest.fixture(scope="module")
def counted(django_db_setup: None, django_db_blocker: Any) -> Iterator[dict[str, list[int]]]:
    """A demonstration with 150 appeals and then 450; queries of each list before and after. Rolled back after this file."""
    block = transaction.atomic()
    block._from_testcase = True  # type: ignore[attr-defined]  # as Django marks its own: passwords may be stretched in it
    with django_db_blocker.unblock(), block:
        build()
        indexing.work_off(keyring(), [office_of()], budget_ms=60_000)
        crowd.grow(FEW, processes=0)
        before = queries_of_lists()
        crowd.grow(MANY, processes=0, step=200)
        yield {name: [before[name], after] for name, after in queries_of_lists().items()}
        transaction.set_rollback(True)


def marina() -> User:
    """She works in the office that has as many appeals as all others together."""
    return User.objects.get(email="marina@example.org")


@pytest.fixture
def client(counted: dict[str, list[int]]) -> Client:
    return signed_in()


def signed_in() -> Client:
    client = Client()
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "ru"
    enter(client, marina(), accounts.PASSWORD)
    return client


def queries_of_lists() -> dict[str, int]:
    client, counts = signed_in(), {}
    for address in LISTS:
        client.get(address)
        with CaptureQueriesContext(connection) as asked:
            assert client.get(address).status_code == 200
        counts[address] = len(asked)
    return {
        **counts,
        "a common word": queries_of_search(client, words.COMMON),
        "a rare word": queries_of_search(client, "Айнура"),
    }


def queries_of_search(client: Client, text: str) -> int:
    address = client.post("/work/search/", {"words": text, "show": ""}).headers["Location"]
    client.get(address)
    with CaptureQueriesContext(connection) as asked:
        assert client.get(address).status_code == 200
    return len(asked)


def keyring() -> Keyring:
    return Keyring(marina(), sign_in.check("marina@example.org", accounts.PASSWORD).secret)


def cases() -> list[Case]:
    """Of Marina's office, the invented ones: they are newer than the demonstration's own."""
    return list(Case.objects.filter(office=office_of(), status__in=OPEN).order_by("-id")[:20])


def new_appeal() -> Appeal:
    newest = Appeal.objects.filter(office=office_of(), status__in=UNOPENED).order_by("-id").first()
    assert newest is not None
    return newest


def office_of() -> Any:
    return marina().roles.get().organisation


def test_there_are_as_many_as_were_asked_for(counted: dict[str, list[int]]) -> None:
    assert Appeal.objects.count() == MANY


def test_lists_and_searches_ask_no_more_of_more_appeals(counted: dict[str, list[int]]) -> None:
    assert {name: both for name, both in counted.items() if both[0] != both[1]} == {}


def test_a_case_shows_the_story_and_the_talk(client: Client) -> None:
    for case in cases():
        page = client.get(f"/work/cases/{case.code}/")
        (appeal,) = contents_of([case], [], keyring())[0].answers
        assert page.status_code == 200
        assert appeal["story"].splitlines()[0] in page.content.decode().replace("&#x27;", "'")


def test_every_tab_of_a_case_opens(client: Client) -> None:
    code = cases()[0].code
    tabs = re.findall(rf'href="(/work/cases/{code}/[^"#?]*)"', client.get(f"/work/cases/{code}/").content.decode())
    assert len(set(tabs)) > 5
    assert {tab for tab in tabs if client.get(tab).status_code != 200} == set()


def test_a_new_appeal_opens(client: Client) -> None:
    newest = new_appeal()
    assert client.get(f"/work/appeals/{newest.code}/").status_code == 200


def test_a_new_appeal_can_be_taken_up(client: Client) -> None:
    newest = new_appeal()
    answer = client.post(f"/work/appeals/{newest.code}/open/")
    assert answer.status_code == 302, answer.content.decode()
    assert Case.objects.filter(appeals=newest).count() == 1


def test_what_is_indexed_are_the_terms_of_what_the_office_reads(counted: dict[str, list[int]]) -> None:
    """The newest case and the newest new appeal stand under each of their terms, and what is typed finds them."""
    keys, rows = keyring(), [cases()[0], new_appeal()]
    for row in rows:
        opened = contents_of([row] if isinstance(row, Case) else [], [row] if isinstance(row, Appeal) else [], keys)
        terms = terms_of(opened[0])
        assert len(terms) > 20
        assert [term for term in terms if row.pk not in found_under(keys, term, type(row))] == []


def found_under(keys: Keyring, term: str, kind: type) -> set[int]:
    hits = lookup.cases_with(keys, office_of(), [term], limit=MANY)
    return {hit.row.pk for hit in hits if isinstance(hit.row, kind)}


@pytest.mark.parametrize("of_name", [True, False])
def test_the_search_page_finds_a_common_word_and_a_name(client: Client, of_name: bool) -> None:
    case = cases()[0]
    name = contents_of([case], [], keyring())[0].of("person")[0]["name"]
    found = client.get(client.post("/work/search/", {"words": name if of_name else words.COMMON, "show": ""}).headers["Location"])
    assert found.status_code == 200
    codes = [line.row.code for line in found.context["found"].rows]
    assert case.code in codes if of_name else len(codes) == 20


def test_kept_counts_are_the_counted_ones(counted: dict[str, list[int]]) -> None:
    assert tallies.disagreements() == []


def test_the_trail_holds(counted: dict[str, list[int]]) -> None:
    assert trail.verify() == []


def test_the_doctor_finds_nothing_wrong_with_it(counted: dict[str, list[int]]) -> None:
    found = [*doctor.trail(), *doctor.counts(), *doctor.keys(), *doctor.key_holders()]
    assert found == []


def test_a_node_with_other_accounts_is_refused(counted: dict[str, list[int]], eve: User) -> None:
    with pytest.raises(crowd.NotADemonstration):
        crowd.grow(MANY + 1, processes=0)
    assert Appeal.objects.count() == MANY
