"""Somebody files for me: the helper's receipt proves no consent and is replaced by digits that only I know."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import Any

import pytest
from django.conf import settings
from django.test import Client

from kenesh.appeals import actions, contact, drafts, opening
from kenesh.appeals.models import Appeal, Callback, OpenReceipt, Receipt, ReceiptKey
from kenesh.cast import PASSWORD
from kenesh.people import sign_in
from kenesh.people.keyring import KeyMissing, Keyring

pytestmark = pytest.mark.django_db

ANSWERS: dict[str, Any] = {"theme": "pay", "story": "Ага айлык бербейт", "for_whom": "relative", "consents": ["a", "d"]}


@pytest.fixture
def keyring(aigul: Any) -> Keyring:
    return Keyring(aigul, sign_in.check(aigul.email, PASSWORD).secret)


def filed(office: Any, **changes: Any) -> str:
    draft = drafts.new()
    draft.answers = {**ANSWERS, **changes}
    assert actions.file_appeal(draft=draft, office=office, language="ky")
    return draft.receipt


def person(digits: str) -> Client:
    client = Client()
    assert client.post("/ru/appeal/status/", {"receipt": digits}).status_code == 302
    return client


def digits_on(client: Client) -> str:
    page = client.get("/ru/appeal/status/own-digits/").content.decode()
    output = re.search(r"<output>(.*?)</output>", page, re.S)
    assert output is not None
    return "".join(re.findall(r"\d{4}", output.group(1)))


def test_a_helpers_word_is_recorded_and_counts_nobody(office: Any, keyring: Keyring) -> None:
    filed(office)
    opened = opening.open_for_office(Appeal.objects.get(), keyring)
    assert Receipt.objects.get().seen_by_other
    assert [entry.body["how"] for entry in opened.entries() if entry.kind == "consent"] == ["helper", "helper"]
    assert not actions.may_count(opened)


def test_at_first_own_use_the_page_asks_for_digits_of_ones_own(office: Any, aigul: Any) -> None:
    assert "/ru/appeal/status/own-digits/" in person(filed(office)).get("/ru/appeal/status/open/").content.decode()
    own = person(filed(office, for_whom="self")).get("/ru/appeal/status/open/")
    assert own.context["receipt"].seen_by_other is False


def test_until_she_has_written_them_down_the_old_digits_open_and_the_new_stay_the_same(office: Any, aigul: Any) -> None:
    digits = filed(office)
    client = person(digits)
    assert digits_on(client) == digits_on(client) != digits
    person(digits)


def test_own_digits_replace_the_helpers_and_she_is_asked_anew(office: Any, keyring: Keyring) -> None:
    old = filed(office)
    client = person(old)
    new = digits_on(client)
    assert client.post("/ru/appeal/status/own-digits/take/").headers["Location"] == "/ru/appeal/status/consents/"
    assert client.get("/ru/appeal/status/consents/").status_code == 200
    assert not actions.may_count(opening.open_for_office(Appeal.objects.get(), keyring))
    client.post("/ru/appeal/status/consent/d/", {"given": "yes"})
    assert actions.may_count(opening.open_for_office(Appeal.objects.get(), keyring))
    assert Client().post("/ru/appeal/status/", {"receipt": old}).status_code == 422
    assert "Ага айлык бербейт" in person(new).get("/ru/appeal/status/story/").content.decode()
    assert (Receipt.objects.count(), ReceiptKey.objects.count(), OpenReceipt.objects.count()) == (1, 1, 2)


def test_two_tabs_that_take_the_new_digits_take_the_same(office: Any, aigul: Any) -> None:
    digits = filed(office)
    client = person(digits)
    new, cookie = digits_on(client), client.cookies[settings.STATUS_COOKIE_NAME].value
    slow = actions.holder_of(cookie)  # the other tab has read the page, too
    assert slow is not None
    client.post("/ru/appeal/status/own-digits/take/")
    again = actions.holder_of(actions.take_own_digits(holder=slow, digits=new).hex())
    assert again is not None
    assert (again.receipt.pk, Receipt.objects.count()) == (Receipt.objects.get().pk, 1)


def test_with_her_own_digits_she_can_take_back_what_was_said_for_her(office: Any, keyring: Keyring) -> None:
    client = person(filed(office))
    client.get("/ru/appeal/status/own-digits/")
    client.post("/ru/appeal/status/own-digits/take/")
    client.post("/ru/appeal/status/consent/a/", {"given": "no"})
    assert Appeal.objects.get().status == "withdrawn"
    with pytest.raises(KeyMissing):
        opening.open_for_office(Appeal.objects.get(), keyring)


def test_new_digits_on_wish_keep_the_own_consents_and_open_every_epoch(office: Any, keyring: Keyring) -> None:
    client = person(filed(office, for_whom="self"))
    client.post("/ru/appeal/status/consent/a/", {"given": "no"})
    client.post("/ru/appeal/status/consent/a/", {"given": "yes"})
    new = digits_on(client)
    assert client.post("/ru/appeal/status/own-digits/take/").headers["Location"] == "/ru/appeal/status/open/"
    assert actions.may_count(opening.open_for_office(Appeal.objects.get(), keyring))
    assert ReceiptKey.objects.count() == 2
    assert "Ага айлык бербейт" in person(new).get("/ru/appeal/status/story/").content.decode()


def test_the_digits_of_one_page_open_nothing_with_another_cookie(office: Any, aigul: Any) -> None:
    one, other = person(filed(office)), person(filed(office))
    assert digits_on(one) != digits_on(other)
    assert Client().get("/ru/appeal/status/own-digits/").status_code == 302


def test_while_everything_is_being_erased_no_new_digits_are_made(office: Any, aigul: Any) -> None:
    digits = filed(office)
    client = person(digits)
    client.post("/ru/appeal/status/erase/", {"what": "erase"})
    client.get("/ru/appeal/status/own-digits/")
    client.post("/ru/appeal/status/own-digits/take/")
    person(digits).post("/ru/appeal/status/erase/", {"what": "stop"})
    assert Appeal.objects.get().status == "new"


def test_the_page_with_new_digits_is_neither_compressed_nor_kept(office: Any, aigul: Any) -> None:
    page = person(filed(office)).get("/ru/appeal/status/own-digits/", headers={"accept-encoding": "gzip"})
    assert ("Content-Encoding" in page.headers, page.headers["Cache-Control"]) == (False, "no-store")


def test_the_status_page_shows_each_consent_with_how_it_was_given(office: Any, keyring: Keyring) -> None:
    digits = filed(office, for_whom="self")
    actions.record_consents(
        keyring=keyring, appeal=Appeal.objects.get(), codes=["b-employer"], given=True,
        told=actions.Told(how="oral", language="ky", explained="Айгүл"), request_key=Appeal.objects.get().uid,
    )  # fmt: skip
    lines = {line.code: line for line in person(digits).get("/ru/appeal/status/open/").context["view"].consent_lines}
    assert [code for code, line in lines.items() if line.given] == ["a", "b-employer", "d"]
    assert (lines["d"].proven, lines["b-employer"].proven) == (True, False)
    assert lines["b-employer"].said is not None
    assert lines["b-employer"].said.body["explained"] == "Айгүл"


def test_what_staff_write_down_about_being_counted_counts_nobody(office: Any, keyring: Keyring) -> None:
    filed(office, for_whom="self", consents=["a"])
    appeal = Appeal.objects.get()
    told = actions.Told(how="oral", language="ru", explained="Aigul")
    actions.record_consents(keyring=keyring, appeal=appeal, codes=["d", "e"], given=True, told=told, request_key=appeal.uid)
    opened = opening.open_for_office(appeal, keyring)
    assert [actions.agreed(opened, code) for code in ("a", "d", "e")] == [True, False, False]


# --- safe contact ---------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("answers", "hour", "now"),
    [
        ({"now_country": "KG", "call_from": "20:00", "call_to": "22:00"}, 15, True),  # 21 o'clock in Bishkek
        ({"now_country": "KG", "call_from": "20:00", "call_to": "22:00"}, 17, False),
        ({"call_zone": "Asia/Vladivostok", "now_country": "RU", "call_from": "22:00", "call_to": "02:00"}, 15, True),
        ({"now_country": "KG", "call_from": "20:00"}, 15, True),
        ({"now_country": "RU", "call_from": "20:00", "call_to": "22:00"}, 15, None),
        ({"now_country": "KG"}, 15, None),
    ],
)
def test_whether_a_call_may_be_made_now_goes_by_the_clock_of_the_person(
    answers: dict[str, Any], hour: int, now: bool | None
) -> None:
    assert contact.safe_contact(answers, at=datetime(2026, 11, 22, hour, 0, tzinfo=UTC)).now is now


def test_call_me_makes_a_call_back_and_never_makes_none(office: Any, keyring: Keyring) -> None:
    for how in ("call", "code", "never"):
        filed(office, answer_how=how, phone="+996 555 12 34 56", call_from="20:00")
    row = Callback.objects.get()
    body = opening.open_for_office(row.appeal, keyring).callback(row)
    assert (body["contact"]["phone"], body["contact"]["call_from"]) == ("+996 555 12 34 56", "20:00")
    assert b"996" not in bytes(row.sealed)
