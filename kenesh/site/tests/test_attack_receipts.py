"""Forged and replayed receipts, accounts that do not exist: counted work, not the clock, shows that nobody can tell them apart."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.conf import settings
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext

from kenesh.appeals import actions as appeals
from kenesh.appeals.models import OpenReceipt, Receipt
from kenesh.cast import PASSWORD
from kenesh.kernel import vault
from kenesh.people.models import Failures, Role, User
from kenesh.site.tests.attackers import filed, newest_appeal, with_receipt

pytestmark = pytest.mark.django_db


class Work:
    """What answering a request costs: slow derivations with their parameters, and the shape of each query."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.derived: list[tuple[int, vault.Cost]] = []
        slow = vault.stretch

        def counted(secret: bytes, salt: bytes, cost: vault.Cost) -> bytes:
            self.derived.append((len(salt), cost))
            return slow(secret, salt, cost)

        monkeypatch.setattr(vault, "stretch", counted)

    def of(self, ask: Callable[[], Any], *echoed: str) -> dict[str, Any]:
        """Everything that somebody could measure; `echoed`: what the page repeats of what was sent."""
        self.derived.clear()
        with CaptureQueriesContext(
            connection,
        ) as queries:
            answer: HttpResponse = ask()
        text = re.sub(r'csrfmiddlewaretoken" value="\w+"', "", answer.content.decode())
        for word in echoed:
            text = text.replace(word, "")
        shapes = [re.sub(r"X?'[^']*'|\"s\d+_x\d+\"|\b\d+\b", "?", query["sql"]) for query in queries]
        headers = {name: value for name, value in answer.headers.items() if name != "Content-Length"}
        return {
            "status": answer.status_code, "text": text, "headers": headers, "cookies": sorted(answer.cookies),
            "derived": list(self.derived), "queries": shapes,
        }  # fmt: skip


@pytest.fixture
def work(monkeypatch: pytest.MonkeyPatch) -> Work:
    return Work(monkeypatch)


def gone_digits(office: Any) -> dict[str, str]:
    """Digits that open nothing: erased, destroyed with their case's time, replaced by her own, lost, and never made."""
    erased, swept, replaced = (filed(office) for _ in range(3))
    with_receipt(erased).post("/ru/appeal/status/erase/", {})
    appeals.destroy_erased(today=appeals_day(erased))
    person = with_receipt(replaced)
    person.get("/ru/appeal/status/own-digits/")
    assert person.post("/ru/appeal/status/own-digits/take/").status_code == 302
    Receipt.objects.filter(lookup=vault.from_receipt(swept, settings.SECRETS.pepper).lookup).delete()
    return {"erased": erased, "lost": swept, "replaced": replaced, "never": vault.receipt_digits(b"\x07" * 32)}


def appeals_day(digits: str) -> Any:
    keys = vault.from_receipt(digits, settings.SECRETS.pepper)
    return Receipt.objects.get(lookup=keys.lookup).appeal.erase_on


def test_digits_that_open_nothing_cost_the_same_work_and_give_the_same_answer(office: Any, aigul: Any, work: Work) -> None:
    digits = gone_digits(office)
    found = {
        why: work.of(lambda one=one: Client().post("/ru/appeal/status/", {"receipt": one}), one) for why, one in digits.items()
    }  # type: ignore[misc]
    assert {why: one for why, one in found.items() if one != found["never"]} == {}
    assert found["never"]["derived"] == [(16, vault.RECEIPT_COST)]
    assert found["never"]["status"] == 422
    assert settings.STATUS_COOKIE_NAME not in found["never"]["cookies"]


def test_right_digits_cost_the_same_derivation_as_wrong_ones(digits: str, work: Work) -> None:
    right = work.of(lambda: Client().post("/ru/appeal/status/", {"receipt": digits}))
    wrong = work.of(lambda: Client().post("/ru/appeal/status/", {"receipt": vault.receipt_digits(b"\x08" * 32)}))
    assert right["derived"] == wrong["derived"] == [(16, vault.RECEIPT_COST)]
    assert right["queries"][: len(wrong["queries"])] == wrong["queries"]


def test_digits_with_a_wrong_check_digit_cost_nothing(digits: str, work: Work) -> None:
    mistyped = digits[:-1] + str((int(digits[-1]) + 1) % 10)
    answer = work.of(lambda: Client().post("/ru/appeal/status/", {"receipt": mistyped}))
    assert (answer["status"], answer["derived"], answer["queries"]) == (422, [], [])


@pytest.mark.parametrize("made", ["erased", "replaced"])
def test_an_opened_receipt_ends_with_the_receipt(made: str, office: Any, aigul: Any) -> None:
    """The cookie of an open receipt is replayed after the receipt was destroyed or replaced."""
    digits = filed(office)
    old = with_receipt(digits)
    kept = old.cookies[settings.STATUS_COOKIE_NAME].value
    if made == "erased":
        old.post("/ru/appeal/status/erase/", {})
        appeals.destroy_erased(today=newest_appeal().erase_on)  # type: ignore[arg-type]  # set by the request above
    else:
        old.get("/ru/appeal/status/own-digits/")
        old.post("/ru/appeal/status/own-digits/take/")
    replay = Client()
    replay.cookies[settings.STATUS_COOKIE_NAME] = kept
    for page in ("open", "story", "consents", "erase", "files", "own-digits"):
        assert replay.get(f"/ru/appeal/status/{page}/").headers["Location"] == "/ru/appeal/status/"


def test_a_closed_receipt_is_closed_for_every_copy_of_its_cookie(digits: str) -> None:
    person, copy = with_receipt(digits), Client()
    copy.cookies[settings.STATUS_COOKIE_NAME] = person.cookies[settings.STATUS_COOKIE_NAME].value
    person.post("/ru/appeal/status/close/")
    assert (copy.get("/ru/appeal/status/open/").status_code, OpenReceipt.objects.count()) == (302, 0)


# --- accounts ----------------------------------------------------------------------------------------------------------------


def test_a_known_an_unknown_and_a_closed_account_cost_the_same_work(
    aigul: Any, boris: Any, eve: Any, nurlan: Any, make_account: Any, work: Work
) -> None:
    """Caseworkers with and without a second factor, an administrator, a start password, a closed account, nobody."""
    User.objects.filter(pk=boris.pk).update(start_password=True)
    closed = make_account("Kanat").user
    User.objects.filter(pk=closed.pk).update(is_active=False)
    emails = [user.email for user in (aigul, boris, eve, nurlan, closed)] + ["nobody@example.org"]

    def ask(email: str) -> Callable[[], Any]:
        return lambda: Client().post("/work/sign-in/", {"email": email, "password": "not the password"})

    found = {email: work.of(ask(email), email) for email in emails}
    assert {email: one for email, one in found.items() if one != found["nobody@example.org"]} == {}
    assert found["nobody@example.org"]["derived"] == [(16, vault.PASSWORD_COST)]


def test_a_lock_says_nothing_of_who_exists(aigul: Any, work: Work) -> None:
    for email in (aigul.email, "nobody@example.org"):
        for _ in range(10):
            Client().post("/work/sign-in/", {"email": email, "password": "not the password"})
    assert Failures.objects.count() == 2
    found = [
        work.of(lambda email=email: Client().post("/work/sign-in/", {"email": email, "password": PASSWORD}), email)  # type: ignore[misc]
        for email in (aigul.email, "nobody@example.org")
    ]
    assert found[0] == found[1]
    assert found[0]["derived"] == []


def test_the_password_stage_says_nothing_of_the_second_factor_before_the_password_is_right(
    office: Any, aigul: Any, make_account: Any, signed_in: Any, work: Work
) -> None:
    signed_in(aigul)  # has a second factor from here on
    without = make_account("Begimai", Role.CASEWORKER, organisation=office).user
    found = [
        work.of(lambda user=user: Client().post("/work/sign-in/", {"email": user.email, "password": "wrong"}), user.email)  # type: ignore[misc]
        for user in (aigul, without)
    ]
    assert found[0] == found[1]
