"""Checks after closing: planned by consent or decision, found in a list, written down, dropped when the case is open again."""

from __future__ import annotations

import uuid
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from kenesh.appeals import actions as appeals
from kenesh.appeals import drafts
from kenesh.appeals.models import Appeal
from kenesh.casework import actions
from kenesh.casework.limits.clocks import add_months
from kenesh.casework.models import Case, FollowUp
from kenesh.casework.opening import open_case
from kenesh.cast import PASSWORD
from kenesh.people import sign_in
from kenesh.people.keyring import Keyring

pytestmark = pytest.mark.django_db


def keyring(user: Any) -> Keyring:
    return Keyring(user, sign_in.check(user.email, PASSWORD).secret)


def closed_case(office: Any, user: Any, client: Client, *consents: str) -> tuple[str, Case]:
    draft = drafts.new()
    draft.answers = {"theme": "unpaid-wages", "citizenship": "KG", "where_country": "RU", "consents": ["a", *consents]}
    appeals.file_appeal(draft=draft, office=office, language="ru")
    case = actions.open_from_appeal(keyring=keyring(user), appeal=Appeal.objects.order_by("-id")[:1].get())
    assert client.post(f"/work/cases/{case.code}/status/", {"status": "closed"}).status_code == 302
    return draft.receipt, case


def found(**changes: Any) -> dict[str, Any]:
    return {"reached": "yes", "situation": "better", "paid": "20000", "words": "Нашла работу", **changes}


def due_today() -> FollowUp:
    row = FollowUp.objects.order_by("due_on")[0]
    FollowUp.objects.filter(pk=row.pk).update(due_on=timezone.localdate())
    return row


def test_closing_plans_three_checks_when_the_person_agreed(office: Any, aigul: Any, signed_in: Any) -> None:
    closed_case(office, aigul, signed_in(aigul), "f")
    today = timezone.localdate()
    days = list(FollowUp.objects.order_by("due_on").values_list("due_on", flat=True))
    assert days == [add_months(today, months) for months in (1, 3, 6)]


def test_without_her_consent_none_is_planned_but_by_decision(office: Any, aigul: Any, signed_in: Any) -> None:
    client = signed_in(aigul)
    _, case = closed_case(office, aigul, client)
    assert FollowUp.objects.count() == 0
    for _ in range(2):
        client.post(f"/work/cases/{case.code}/followups/plan/")
    assert FollowUp.objects.count() == 3


def test_a_check_is_found_in_the_list_and_written_down_sealed(office: Any, aigul: Any, boris: Any, signed_in: Any) -> None:
    client = signed_in(aigul)
    _, case = closed_case(office, aigul, client, "f")
    row = due_today()
    assert [each.pk for each in client.get("/work/followups/").context["rows"]] == [row.pk]
    assert signed_in(boris).get("/work/followups/").context["rows"] == []
    path = f"/work/cases/{case.code}/followups/{row.uid}/"
    assert client.get(path).status_code == 200
    assert client.post(path, {"reached": ""}).status_code == 422
    assert client.post(path, found()).status_code == 302
    row.refresh_from_db()
    body = open_case(case, keyring(aigul)).open(row).body
    assert (row.done, body["months"], body["situation"], body["words"]) == (True, 1, "better", "Нашла работу")
    assert client.get("/work/followups/").context["rows"] == []
    client.post(path, found(words="Ещё раз"))
    assert open_case(case, keyring(aigul)).open(FollowUp.objects.get(pk=row.pk)).body["words"] == "Нашла работу"


def test_a_new_problem_opens_the_case_again_and_drops_the_rest(office: Any, aigul: Any, signed_in: Any) -> None:
    client = signed_in(aigul)
    _, case = closed_case(office, aigul, client, "f")
    client.post(f"/work/cases/{case.code}/followups/{due_today().uid}/", found(new_problem="on"))
    case.refresh_from_db()
    assert case.status == "office"
    assert FollowUp.objects.filter(done=False, cancelled=False).count() == 0


def test_who_says_never_is_asked_no_more(office: Any, aigul: Any, signed_in: Any) -> None:
    client = signed_in(aigul)
    _, case = closed_case(office, aigul, client, "f")
    client.post(f"/work/cases/{case.code}/followups/{due_today().uid}/", found(never="on"))
    case.refresh_from_db()
    assert case.status == "closed"
    assert FollowUp.objects.filter(cancelled=True).count() == 2
    for status in ("office", "closed"):
        client.post(f"/work/cases/{case.code}/status/", {"status": status})
    assert FollowUp.objects.filter(done=False, cancelled=False).count() == 0


def test_whatever_opens_a_case_again_drops_its_checks_and_closing_plans_new_ones(office: Any, aigul: Any, signed_in: Any) -> None:
    client = signed_in(aigul)
    _, case = closed_case(office, aigul, client, "f")
    FollowUp.objects.update(due_on=timezone.localdate() - timedelta(days=20))
    draft = drafts.new()
    draft.answers = {"theme": "unpaid-wages", "citizenship": "KG", "where_country": "RU", "consents": ["a"]}
    appeals.file_appeal(draft=draft, office=office, language="ru")
    client.post(f"/work/appeals/{Appeal.objects.order_by('-id')[0].code}/join/{case.code}/")
    assert FollowUp.objects.filter(done=False, cancelled=False).count() == 0
    client.post(f"/work/cases/{case.code}/status/", {"status": "closed"})
    days = list(FollowUp.objects.filter(cancelled=False).order_by("due_on").values_list("due_on", flat=True))
    assert days == [add_months(timezone.localdate(), months) for months in (1, 3, 6)]


def test_her_message_drops_the_checks(office: Any, aigul: Any, signed_in: Any) -> None:
    digits, _ = closed_case(office, aigul, signed_in(aigul), "f")
    holder = Client()
    holder.post("/ru/appeal/status/", {"receipt": digits})
    holder.post("/ru/appeal/status/open/", {"text": "Снова не платят", "key": str(uuid.uuid4())})
    assert FollowUp.objects.filter(cancelled=True).count() == 3


def test_the_list_costs_the_same_and_goes_on_where_it_ended(
    office: Any, aigul: Any, signed_in: Any, django_assert_num_queries: Any
) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    client, today = signed_in(aigul), timezone.localdate()

    def one_more(number: int) -> None:
        case = Case.objects.create(office=office, opened_on=today, status="closed", assignee=aigul)
        FollowUp.objects.create(case=case, due_on=today - timedelta(days=number), epoch=1, sealed=b"x")

    one_more(0)
    with CaptureQueriesContext(connection) as first:
        client.get("/work/followups/")
    for number in range(1, 32):
        one_more(number)
    with django_assert_num_queries(len(first)):
        page = client.get("/work/followups/")
    rest = client.get("/work/followups/", {"after": page.context["next"]})
    seen = [row.pk for shown in (page, rest) for row in shown.context["rows"]]
    assert (len(seen), len(set(seen))) == (32, 32)
