"""When something breaks on our side, the page says so calmly, and what was typed is in it, ready to be sent again."""

from __future__ import annotations

import sqlite3
import uuid
from collections.abc import Iterator
from typing import Any

import psycopg
import pytest
from django.conf import settings
from django.db import connection
from django.test import Client

from bench.harness.caseworker import typed_in
from bench.harness.person import Answer
from kenesh.appeals import actions as appeals
from kenesh.appeals import drafts
from kenesh.appeals.models import Appeal
from kenesh.casework.models import Case, Note
from kenesh.cast import PASSWORD, enter
from kenesh.config import testing

pytestmark = pytest.mark.django_db(transaction=True)

STORY = "Прораб забрал паспорт\n<script>alert(1)</script> & «не платит» " + "ж" * 7000
FIRST = {"theme": "pay", "danger": "no", "story": STORY}


def no_room() -> None:
    """From now on the database finds no room for another row: the error is its own."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("VACUUM")
            cursor.execute("PRAGMA page_count")
            cursor.execute(f"PRAGMA max_page_count = {cursor.fetchone()[0]}")
            return
        cursor.execute(
            "CREATE FUNCTION no_room() RETURNS trigger LANGUAGE plpgsql AS"
            " $$ BEGIN RAISE EXCEPTION 'could not extend file' USING ERRCODE = '53100'; END $$"
        )
        for table in ("appeals_draft", "casework_note"):
            cursor.execute(f"CREATE TRIGGER no_room BEFORE INSERT ON {table} FOR EACH ROW EXECUTE FUNCTION no_room()")


def room() -> None:
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("PRAGMA max_page_count = 1073741823")
        else:
            cursor.execute("DROP FUNCTION IF EXISTS no_room CASCADE")


@pytest.fixture(autouse=True)
def _room_again() -> Iterator[None]:
    yield
    connection.close()
    room()


@pytest.fixture
def case(office: Any, aigul: Any) -> Case:
    draft = drafts.new()
    draft.answers = {"theme": "pay", "story": STORY, "citizenship": "KG", "where_country": "RU", "consents": ["a", "d"]}
    appeals.file_appeal(draft=draft, office=office, language="ru")
    client = staff(aigul)
    client.post(f"/work/appeals/{Appeal.objects.get().code}/take-up/")
    return Case.objects.get()


def staff(user: Any) -> Client:
    """As in a real server: an error is answered, not raised, and forged forms are refused."""
    client = Client(raise_request_exception=False)
    enter(client, user)
    return client


def kept_in(page: Any) -> dict[str, str]:
    return typed_in(Answer(page.status_code, page.headers, page.content))


def test_without_room_the_form_of_the_public_is_kept_and_says_so_in_her_language(aigul: Any) -> None:
    client = Client(raise_request_exception=False)
    no_room()
    page = client.post("/en/appeal/", FIRST)
    assert (page.status_code, page.headers["Retry-After"], page.headers["Cache-Control"]) == (507, "10", "no-store")
    assert "The computer of this office has no room left" in page.content.decode()
    assert "<script>alert" not in page.content.decode()
    assert kept_in(page) == {**FIRST, "": "/en/appeal/"}
    room()
    assert client.post("/en/appeal/", FIRST).headers["Location"] == "/en/appeal/where/"


def test_without_room_a_note_is_kept_and_stored_once_later(aigul: Any, case: Case) -> None:
    client = staff(aigul)
    form = {"note-text": STORY, "note-key": str(uuid.uuid4())}
    no_room()
    page = client.post(f"/work/cases/{case.code}/note/", form)
    assert page.status_code == 507
    assert kept_in(page) == {**form, "": f"/work/cases/{case.code}/note/"}
    assert Note.objects.count() == 0
    room()
    for _twice in range(2):
        assert client.post(f"/work/cases/{case.code}/note/", form).status_code == 302
    assert Note.objects.count() == 1


def test_a_database_that_does_not_answer_keeps_the_form_and_is_found_again(aigul: Any, case: Case) -> None:
    client = staff(aigul)
    form = {"note-text": STORY, "note-key": str(uuid.uuid4())}
    with away():
        page = client.post(f"/work/cases/{case.code}/note/", form)
    assert page.status_code == 503
    assert kept_in(page) == {**form, "": f"/work/cases/{case.code}/note/"}
    connection.close_if_unusable_or_obsolete()  # as the end of every request does in a server
    assert client.post(f"/work/cases/{case.code}/note/", form).status_code == 302
    assert Note.objects.count() == 1


class away:  # noqa: N801  # used as a statement
    """SQLite: somebody else holds the file for longer than we wait. PostgreSQL: the server ends our connection."""

    def __enter__(self) -> None:
        if testing.ENGINE == "sqlite":
            with connection.cursor() as cursor:
                cursor.execute("PRAGMA busy_timeout = 50")
            self._other = sqlite3.connect(str(connection.settings_dict["NAME"]), isolation_level=None)
            self._other.execute("BEGIN IMMEDIATE")
            return
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_backend_pid()")
            (process,) = cursor.fetchone()
        with psycopg.connect(**connection.get_connection_params(), autocommit=True) as other:
            other.execute("SELECT pg_terminate_backend(%s, 5000)", [process])

    def __exit__(self, *_: object) -> None:
        if testing.ENGINE == "sqlite":
            self._other.close()
            with connection.cursor() as cursor:
                cursor.execute("PRAGMA busy_timeout = 20000")


def test_a_password_is_never_given_back(aigul: Any) -> None:
    client = Client(raise_request_exception=False)
    with away():
        page = client.post("/work/sign-in/", {"email": aigul.email, "password": PASSWORD})
    if page.status_code == 503:
        assert kept_in(page) == {"email": aigul.email, "": "/work/sign-in/"}
    assert PASSWORD not in page.content.decode()


def test_what_a_stranger_s_page_sends_is_not_given_back(aigul: Any) -> None:
    client = Client(raise_request_exception=False, enforce_csrf_checks=True)
    page = client.post("/en/appeal/", FIRST)
    assert page.status_code == 403
    assert "Прораб" not in page.content.decode()
    assert settings.CSRF_COOKIE_NAME not in client.cookies


def test_the_quick_exit_waits_for_no_database(aigul: Any) -> None:
    client = staff(aigul)
    with away():
        page = client.post("/leave/")
    assert (page.status_code, page.headers["Location"]) == (302, settings.LEAVE_TO)
    assert page.cookies[settings.UNLOCK_COOKIE_NAME]["max-age"] == 0


def test_who_only_reads_is_asked_to_try_again(aigul: Any, case: Case) -> None:
    client = staff(aigul)
    if testing.ENGINE == "sqlite":
        pytest.skip("readers of SQLite wait for nobody")
    with away():
        page = client.get(f"/work/cases/{case.code}/")
    assert page.status_code == 503
    assert "<form" not in page.content.decode()
