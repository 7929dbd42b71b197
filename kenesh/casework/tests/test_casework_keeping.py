"""How long cases are kept, what is held, what is destroyed: keys first, and without names in the trail."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from datetime import date, timedelta
from importlib import import_module
from typing import Any

import pytest
from django.apps import apps
from django.test import Client
from django.utils import timezone

from kenesh.appeals import actions as appeals
from kenesh.appeals import drafts
from kenesh.appeals.models import Appeal, ReceiptKey
from kenesh.casework import actions
from kenesh.casework.actions import keeping
from kenesh.casework.models import Case, Grant, Hold, KeptAppeal, Matter, RetentionRule
from kenesh.casework.opening import open_case
from kenesh.casework.retention import months_later, months_of_types
from kenesh.cast import PASSWORD
from kenesh.kernel.models import TrailEntry
from kenesh.people import sign_in
from kenesh.people.keyring import Keyring

pytestmark = pytest.mark.django_db


@pytest.fixture
def keyring(aigul: Any) -> Keyring:
    return Keyring(aigul, sign_in.check(aigul.email, PASSWORD).secret)


@pytest.fixture
def open_one(keyring: Keyring, office: Any) -> Callable[..., tuple[str, Case]]:
    def make(theme: str = "documents") -> tuple[str, Case]:
        draft = drafts.new()
        draft.answers = {"theme": theme, "story": "…", "citizenship": "KG", "where_country": "RU", "consents": ["a"]}
        appeals.file_appeal(draft=draft, office=office, language="ky")
        appeal = Appeal.objects.order_by("-id")[0]
        return draft.receipt, actions.open_from_appeal(keyring=keyring, appeal=appeal)

    return make


def declined(client: Client, office: Any, theme: str = "documents") -> tuple[str, Appeal]:
    """Digits, and the appeal that the office has sent elsewhere."""
    draft = drafts.new()
    draft.answers = {"theme": theme, "story": "…", "citizenship": "KG", "where_country": "RU", "consents": ["a"]}
    appeals.file_appeal(draft=draft, office=office, language="ky")
    appeal = Appeal.objects.order_by("-id")[0]
    answer = client.post(f"/work/appeals/{appeal.code}/", {"text": "Башка жакка кайрылыңыз", "key": str(uuid.uuid4())})
    assert answer.status_code == 302
    return draft.receipt, appeal


def closed(keyring: Keyring, case: Case, *, days_ago: int = 0) -> Case:
    actions.close_case(keyring=keyring, case=case)
    case.refresh_from_db()
    if days_ago:
        Case.objects.filter(pk=case.pk).update(keep_until=timezone.localdate() - timedelta(days=days_ago))
        case.refresh_from_db()
    return case


@pytest.mark.parametrize(
    ("day", "months", "later"),
    [
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2023, 12, 31), 2, date(2024, 2, 29)),
        (date(2026, 11, 22), 12, date(2027, 11, 22)),
        (date(2026, 11, 22), 36, date(2029, 11, 22)),
    ],
)
def test_months_are_those_of_the_calendar(day: date, months: int, later: date) -> None:
    assert months_later(day, months) == later


def test_a_closed_case_is_kept_for_twelve_months_and_for_thirty_six_when_money_is_at_stake(
    keyring: Keyring, open_one: Callable[..., tuple[str, Case]]
) -> None:
    today = timezone.localdate()
    _, plain = open_one("documents")
    _, wages = open_one("pay")
    _, sums = open_one("documents")
    matter = Matter.objects.get(case=sums)
    actions.change_row(keyring=keyring, row=matter, changes={"claimed": "5000", "currency": "RUB"}, version=1)
    days = [closed(keyring, case).keep_until for case in (plain, wages, sums)]
    assert days == [months_later(today, months) for months in (12, 36, 36)]


def test_a_case_that_opens_again_has_no_day_any_more(keyring: Keyring, open_one: Callable[..., tuple[str, Case]]) -> None:
    digits, case = open_one()
    closed(keyring, case)
    actions.reopen_case(keyring=keyring, case=case)
    case.refresh_from_db()
    assert case.keep_until is None
    closed(keyring, case)
    cookie, _ = appeals.open_with_receipt(digits=digits)
    holder = appeals.holder_of(cookie.hex())
    assert holder is not None
    appeals.write_message(holder=holder, text="Дагы бир суроо", request_key=uuid.uuid4())
    case.refresh_from_db()
    assert case.keep_until is None


def test_the_office_sets_its_rule_and_it_counts_for_cases_closed_later(
    keyring: Keyring, office: Any, aigul: Any, open_one: Callable[..., tuple[str, Case]], signed_in: Callable[..., Any]
) -> None:
    client = signed_in(aigul)
    answer = client.post(f"/work/keeping/{office.code}/", {"months": "6", "months_of_money": "60"})
    assert answer.status_code == 302
    _, case = open_one()
    assert closed(keyring, case).keep_until == months_later(timezone.localdate(), 6)
    assert client.post(f"/work/keeping/{office.code}/", {"months": "0", "months_of_money": "x"}).status_code == 422


def test_a_way_of_working_may_have_months_of_its_own(
    keyring: Keyring, office: Any, aigul: Any, open_one: Callable[..., tuple[str, Case]], signed_in: Callable[..., Any]
) -> None:
    client, page = signed_in(aigul, language="en"), f"/work/keeping/{office.code}/"
    rule = {"months": "12", "months_of_money": "36", "type-trafficking": "60", "type-own-service": "24"}
    assert client.post(page, {**rule, "type-child": "0"}).status_code == 422
    assert client.post(page, rule).status_code == 302
    _, case = open_one("pay")
    actions.keep_sheet(keyring=keyring, case=case, changes={"type": "trafficking"}, version=0)
    assert "kept for 60 months" in client.get(f"/work/cases/{case.code}/keeping/").content.decode()
    assert closed(keyring, case).keep_until == months_later(timezone.localdate(), 60)
    _, other = open_one("pay")
    assert closed(keyring, other).keep_until == months_later(timezone.localdate(), 36)
    assert client.post(page, {**rule, "type-trafficking": ""}).status_code == 302
    assert months_of_types(office) == {"own-service": 24}
    assert TrailEntry.objects.filter(verb="set_retention").latest("id").target == "12/36/0 own-service:24"


def test_held_cases_stand_in_a_list_by_the_day_on_which_they_are_looked_at_again(
    keyring: Keyring, aigul: Any, boris: Any, office: Any, other_office: Any, open_one: Callable[..., tuple[str, Case]],
    signed_in: Callable[..., Any],
) -> None:  # fmt: skip
    cases = [open_one()[1] for _ in range(3)]
    for case, days in zip(cases, (90, -1, 30), strict=True):
        day = timezone.localdate() + timedelta(days=days)
        keeping.hold(keyring=keyring, case=case, reason="Суд", look_again_on=day, key=uuid.uuid4())
    held = signed_in(aigul).get(f"/work/keeping/{office.code}/").context["held"]
    assert [one.case for one in held] == [cases[1], cases[2], cases[0]]
    keeping.lift_hold(keyring=keyring, case=cases[1])
    page = signed_in(aigul).get(f"/work/keeping/{office.code}/").content.decode()
    assert [case.code in page for case in cases] == [True, False, True]
    assert signed_in(boris).get(f"/work/keeping/{other_office.code}/").context["held"] == []


def test_a_held_case_is_not_destroyed_before_the_hold_is_lifted(
    keyring: Keyring, aigul: Any, office: Any, open_one: Callable[..., tuple[str, Case]], signed_in: Callable[..., Any]
) -> None:
    _, case = open_one()
    closed(keyring, case, days_ago=1)
    client = signed_in(aigul)
    page = f"/work/cases/{case.code}/keeping/"
    soon = (timezone.localdate() + timedelta(days=90)).isoformat()
    posted = {"hold-key": str(uuid.uuid4()), "hold-reason": "Суд ещё идёт", "hold-look_again_on": soon}
    assert client.post(f"{page}hold/", posted).status_code == 302
    assert "Суд ещё идёт" in client.get(page).content.decode()
    assert "Суд".encode() not in bytes(Hold.objects.get().sealed)
    client.post(f"/work/keeping/{office.code}/destroy/", {"case": [case.code]})
    assert Case.objects.filter(pk=case.pk).exists()
    client.post(f"{page}lift/")
    case.refresh_from_db()
    assert case.keep_until == months_later(timezone.localdate(), 12)


def test_destroying_takes_keys_appeal_and_receipt_and_leaves_no_name_in_the_trail(
    keyring: Keyring, aigul: Any, office: Any, open_one: Callable[..., tuple[str, Case]], signed_in: Callable[..., Any]
) -> None:
    digits, case = open_one()
    closed(keyring, case, days_ago=1)
    client = signed_in(aigul)
    shown = client.get(f"/work/keeping/{office.code}/").content.decode()
    assert case.code in shown
    client.post(f"/work/keeping/{office.code}/destroy/", {"case": [case.code]})
    assert (Case.objects.count(), Appeal.objects.count(), Grant.objects.count(), ReceiptKey.objects.count()) == (0, 0, 0, 0)
    with pytest.raises(appeals.NotOpen):
        appeals.open_with_receipt(digits=digits)
    verbs = TrailEntry.objects.filter(verb__in=["destroy_case", "destroy_appeal"]).values_list("target", flat=True)
    assert sorted(target.partition(":")[0] for target in verbs) == ["appeal", "case"]


def test_a_case_whose_day_has_not_come_cannot_be_destroyed_by_a_forged_form(
    keyring: Keyring, aigul: Any, office: Any, open_one: Callable[..., tuple[str, Case]], signed_in: Callable[..., Any]
) -> None:
    _, running = open_one()
    _, later = open_one()
    closed(keyring, later)
    signed_in(aigul).post(f"/work/keeping/{office.code}/destroy/", {"case": [running.code, later.code]})
    assert Case.objects.count() == 2


def test_an_appeal_of_two_cases_lives_as_long_as_one_of_them(keyring: Keyring, open_one: Callable[..., tuple[str, Case]]) -> None:
    digits, first = open_one()
    _, second = open_one()
    second.appeals.add(first.appeals.get())
    keeping.destroy_case(case=closed(keyring, first, days_ago=1), today=timezone.localdate(), by="test")
    cookie, _ = appeals.open_with_receipt(digits=digits)
    assert appeals.holder_of(cookie.hex()) is not None
    assert len(open_case(second, keyring).persons()) == 1


def test_the_worker_destroys_only_where_the_office_said_so(
    keyring: Keyring, office: Any, aigul: Any, open_one: Callable[..., tuple[str, Case]]
) -> None:
    _, case = open_one()
    closed(keyring, case, days_ago=1)
    assert keeping.destroy_due(today=timezone.localdate()) == 0
    keeping.set_rule(office=office, months=12, months_of_money=36, by_itself=True, of_types={}, by=aigul)
    assert keeping.destroy_due(today=timezone.localdate()) == 1
    assert RetentionRule.objects.get().by_itself


def test_colleagues_of_another_office_see_nothing_of_it(
    office: Any, boris: Any, open_one: Callable[..., tuple[str, Case]], signed_in: Callable[..., Any]
) -> None:
    _, case = open_one()
    client = signed_in(boris)
    for address in (f"/work/keeping/{office.code}/", f"/work/cases/{case.code}/keeping/"):
        assert client.get(address).status_code == 404
    assert client.post(f"/work/keeping/{office.code}/destroy/", {"case": [case.code]}).status_code == 404


# --- declined appeals, from which no case was opened ------------------------------------------------------------------------


def test_a_declined_appeal_has_its_day_and_is_destroyed_with_its_keys(
    office: Any, aigul: Any, signed_in: Callable[..., Any]
) -> None:
    client, today = signed_in(aigul), timezone.localdate()
    digits, appeal = declined(client, office)
    _, wages = declined(client, office, "pay")
    days = dict(KeptAppeal.objects.values_list("appeal__code", "keep_until"))
    assert days == {appeal.code: months_later(today, 12), wages.code: months_later(today, 36)}
    page, forged = f"/work/keeping/{office.code}/", {"appeal": [appeal.code]}
    client.post(f"{page}destroy/", forged)
    assert Appeal.objects.count() == 2
    KeptAppeal.objects.filter(appeal=appeal).update(keep_until=today)
    shown = client.get(page)
    assert (shown.context["counts"], appeal.code in shown.content.decode()) == ({"due": 1, "soon": 0, "later": 1}, True)
    client.post(f"{page}destroy/", forged)
    assert list(Appeal.objects.all()) == [wages]
    with pytest.raises(appeals.NotOpen):
        appeals.open_with_receipt(digits=digits)
    KeptAppeal.objects.update(keep_until=today)
    assert keeping.destroy_due(today=today) == 0
    keeping.set_rule(office=office, months=12, months_of_money=36, by_itself=True, of_types={}, by=aigul)
    assert keeping.destroy_due(today=today) == 1


def test_a_declined_appeal_whose_sender_writes_again_has_no_day_any_more(
    office: Any, aigul: Any, signed_in: Callable[..., Any]
) -> None:
    digits, appeal = declined(signed_in(aigul), office)
    assert "no case was opened from it" in signed_in(aigul, language="en").get(f"/work/appeals/{appeal.code}/").content.decode()
    person = Client()
    person.post("/ky/appeal/status/", {"receipt": digits})
    person.post("/ky/appeal/status/open/", {"text": "Дагы бир суроо", "key": str(uuid.uuid4())})
    assert (Appeal.objects.get().status, KeptAppeal.objects.count()) == ("new", 0)


def test_the_upgrade_gives_appeals_declined_before_it_a_day_from_their_closing(
    office: Any, aigul: Any, signed_in: Callable[..., Any]
) -> None:
    client = signed_in(aigul)
    _, known = declined(client, office)
    _, unknown = declined(client, office, "pay")
    KeptAppeal.objects.all().delete()
    TrailEntry.objects.create(
        chain="old",
        number=1,
        at="2026-03-31T10:00:00+00:00",
        actor="Aigul",
        verb="decline",
        target=f"appeal:{known.uid.hex}",
        mac=b"-",
    )
    Appeal.objects.filter(pk=unknown.pk).update(uid=uuid.uuid4())
    import_module("kenesh.casework.migrations.0010_kept_appeals").give_days_to_declined(apps, None)
    days = dict(KeptAppeal.objects.values_list("appeal_id", "keep_until"))
    assert days == {known.pk: date(2027, 3, 31), unknown.pk: months_later(timezone.localdate(), 36)}


# --- what is found out after closing ----------------------------------------------------------------------------------------


def test_a_sum_that_is_found_out_after_closing_keeps_the_case_as_long_as_money_matters(
    keyring: Keyring, aigul: Any, open_one: Callable[..., tuple[str, Case]], signed_in: Callable[..., Any]
) -> None:
    _, case = open_one("documents")
    closed(keyring, case)
    Case.objects.filter(pk=case.pk).update(keep_until=months_later(timezone.localdate(), 9))  # closed three months ago
    sent = {
        "sum-stage": "received",
        "sum-amount": "45000",
        "sum-currency": "RUB",
        "sum-day": "",
        "sum-note": "",
        "sum-version": "1",
    }
    for _time in range(2):
        posted = {**sent, "sum-person": "", "sum-matter": "", "sum-key": str(uuid.uuid4())}
        assert signed_in(aigul).post(f"/work/cases/{case.code}/money/add/", posted).status_code == 302
        case.refresh_from_db()
        assert case.keep_until == months_later(timezone.localdate(), 33)


def test_a_change_of_a_closed_case_makes_its_day_later_and_never_earlier(
    keyring: Keyring, office: Any, aigul: Any, open_one: Callable[..., tuple[str, Case]]
) -> None:
    keeping.set_rule(office=office, months=12, months_of_money=36, by_itself=False, of_types={"trafficking": 60}, by=aigul)
    _, case = open_one("documents")
    closed(keyring, case)
    matter = Matter.objects.get(case=case)
    days = []
    for version, theme in enumerate(("unpaid-wages", "documents-stay"), 1):
        actions.change_row(keyring=keyring, row=matter, changes={"theme": theme}, version=version)
        days.append(Case.objects.get(pk=case.pk).keep_until)
    actions.keep_sheet(keyring=keyring, case=case, changes={"type": "trafficking"}, version=0)
    days.append(Case.objects.get(pk=case.pk).keep_until)
    assert days == [months_later(timezone.localdate(), months) for months in (36, 36, 60)]
