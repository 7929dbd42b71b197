"""Forged requests, planted cookies, strange hosts, bodies without an end."""

from __future__ import annotations

from typing import Any

import pytest
from django.conf import settings
from django.test import Client

from kenesh.appeals.models import Status
from kenesh.casework.models import Case
from kenesh.cast import PASSWORD
from kenesh.site.tests.attackers import (
    STORY,
    newest_appeal,
    with_receipt,
)

pytestmark = pytest.mark.django_db


def test_no_form_is_taken_without_its_token(digits: str, case: Case, aigul: Any, signed_in: Any) -> None:
    forger = Client(enforce_csrf_checks=True)
    forger.cookies.update(signed_in(aigul).cookies)
    forger.cookies.update(with_receipt(digits).cookies)
    at = f"/work/cases/{case.code}/"
    addresses = [
        f"{at}note/",
        f"{at}status/",
        f"{at}assign/",
        "/work/sign-in/",
        "/work/sign-out/",
        "/work/unlock/",
        "/work/account/",
    ]
    addresses += [f"/ru/appeal/{page}" for page in ("", "send/", "written/", "status/", "status/open/", "status/erase/")]
    addresses += ["/ru/appeal/status/consent/a/", "/ru/appeal/status/close/", "/language/", "/en/answer/AAAAAAAAAAAAAAAAAAAAAA/"]
    answers = {address: forger.post(address, {"status": "closed", "given": "no"}).status_code for address in addresses}
    assert answers == dict.fromkeys(addresses, 403)
    assert newest_appeal().status == Status.OFFICE


def test_a_session_id_that_was_planted_is_worth_nothing_after_signing_in(aigul: Any) -> None:
    attacker = Client()
    session = attacker.session
    session["planted"] = "yes"
    session.save()
    planted = str(session.session_key)
    attacker.cookies[settings.SESSION_COOKIE_NAME] = planted
    victim = Client()
    victim.cookies[settings.SESSION_COOKIE_NAME] = planted
    victim.post("/work/sign-in/", {"email": aigul.email, "password": PASSWORD})
    assert victim.cookies[settings.SESSION_COOKIE_NAME].value != planted
    assert attacker.get("/work/").headers["Location"].startswith("/work/sign-in/")


def test_an_unlock_of_another_account_opens_nothing_in_my_session(case: Case, aigul: Any, eve: Any, signed_in: Any) -> None:
    client, other = signed_in(aigul), signed_in(eve)
    client.cookies[settings.UNLOCK_COOKIE_NAME] = other.cookies[settings.UNLOCK_COOKIE_NAME].value
    assert client.get(f"/work/cases/{case.code}/").headers["Location"] == "/work/unlock/"


def test_a_cookie_that_the_server_never_gave_opens_no_draft(office: Any, aigul: Any) -> None:
    client = Client()
    client.cookies[settings.DRAFT_COOKIE_NAME] = planted = "ab" * 32
    client.post("/ru/appeal/", {"theme": "pay", "danger": "no", "story": STORY})
    assert client.cookies[settings.DRAFT_COOKIE_NAME].value != planted


@pytest.mark.parametrize(
    "address",
    [
        "https://evil.example/",
        "//evil.example/work/",
        "/work/..//evil.example",
        "/work/\\evil.example",
        "javascript:alert(1)",
        "/work/\r\nX: y",
    ],
)
def test_signing_in_leads_to_no_other_host(address: str, aigul: Any) -> None:
    answer = Client().post("/work/sign-in/", {"email": aigul.email, "password": PASSWORD, "next": address})
    assert answer.headers["Location"].startswith("/work/")
    assert "X" not in answer.headers


def test_a_strange_host_is_refused_with_every_policy_in_place() -> None:
    answer = Client().get("/ru/", headers={"Host": "evil.example"})
    assert answer.status_code == 400
    assert "evil.example" not in answer.content.decode()
    assert "default-src 'none'" in answer.headers["Content-Security-Policy"]


@pytest.mark.parametrize(
    "address", ["/", "/ru/", "/nowhere", "/work/", "/work/nowhere/", "/ru/appeal/", "/ru/appeal/status/", "/ru/library/"]
)
def test_every_answer_forbids_frames_and_foreign_script(address: str, office: Any, aigul: Any) -> None:
    policy = Client().get(address).headers["Content-Security-Policy"]
    rules = {words[0]: words[1:] for words in (rule.split() for rule in policy.split(";"))}
    assert rules["script-src"] == ["'self'"]
    assert [rules[name] for name in ("default-src", "base-uri", "frame-ancestors")] == [["'none'"]] * 3
    assert rules["form-action"] == ["'self'"]
    assert "'unsafe-inline'" not in policy


def test_a_body_that_is_larger_than_any_form_is_refused_unread() -> None:
    class Unread:
        def read(self, *_: object) -> bytes:
            raise AssertionError("somebody reads it")

        readline = read

    endless: dict[str, Any] = {"CONTENT_LENGTH": "40000000000", "wsgi.input": Unread()}
    assert Client().generic("POST", "/ru/appeal/", content_type="multipart/form-data; boundary=X", **endless).status_code == 413


@pytest.mark.parametrize("name", ["a[b]", "a/b", "(x", "обычное", "a b"])
def test_no_cookie_of_another_program_stops_the_quick_exit(name: str) -> None:
    answer = Client().get("/leave/", headers={"Cookie": f"{name}=1; kenesh=2".encode().decode("latin-1")})
    assert (answer.status_code, answer.headers["Location"]) == (302, settings.LEAVE_TO)
