"""Money and outcomes of a case, through the page: each sum of each person with its day, nothing ever overwritten."""

from __future__ import annotations

import uuid
from typing import Any

import pytest
from django.test import Client

from kenesh.appeals import actions as appeals
from kenesh.appeals import drafts
from kenesh.appeals.models import Appeal
from kenesh.casework import actions
from kenesh.casework.models import Case, LeadNote, Matter, OfficeRule, Person, Sum
from kenesh.casework.opening import open_case
from kenesh.cast import PASSWORD
from kenesh.people import sign_in
from kenesh.people.keyring import Keyring

pytestmark = pytest.mark.django_db


def keyring(user: Any) -> Keyring:
    return Keyring(user, sign_in.check(user.email, PASSWORD).secret)


@pytest.fixture
def case(office: Any, aigul: Any) -> Case:
    draft = drafts.new()
    draft.answers = {"theme": "unpaid-wages", "citizenship": "KG", "where_country": "RU", "consents": ["a"]}
    appeals.file_appeal(draft=draft, office=office, language="ru")
    return actions.open_from_appeal(keyring=keyring(aigul), appeal=Appeal.objects.get())


def enter(client: Client, case: Case, **fields: Any) -> Any:
    person, matter = Person.objects.get(case=case).uid.hex, Matter.objects.get(case=case).uid.hex
    form = {"person": person, "matter": matter, "stage": "awarded", "amount": "90 000,50", "currency": "RUB"}
    form |= {"key": str(uuid.uuid4()), "day": "", "note": "", **fields}
    return client.post(f"/work/cases/{case.code}/money/add/", {f"sum-{name}": value for name, value in form.items()})


def totals(client: Client, case: Case) -> dict[str, dict[str, str]]:
    page = client.get(f"/work/cases/{case.code}/money/")
    return {
        line.currency: {**{stage: str(value) for stage, value in line.stages.items()}, "owed": str(line.outstanding)}
        for line in page.context["totals"]
    }


def test_instalments_add_up_by_stage_and_currency(case: Case, aigul: Any, signed_in: Any) -> None:
    client, key = signed_in(aigul), str(uuid.uuid4())
    for _ in range(2):
        assert enter(client, case, key=key).status_code == 302
    enter(client, case, stage="received", amount="20000", day="01.03.2026")
    enter(client, case, stage="received", amount="30000", day="01.04.2026")
    enter(client, case, stage="fee_returned", amount="5000", currency="KGS")
    assert totals(client, case) == {
        "KGS": {"fee_returned": "5000", "owed": "0"},
        "RUB": {"awarded": "90000.50", "received": "50000", "owed": "40000.50"},
    }
    assert b"90000" not in b"".join(bytes(row.sealed) for row in Sum.objects.all())


def test_a_sum_that_cannot_be_read_stays_in_the_form(case: Case, aigul: Any, signed_in: Any) -> None:
    answer = enter(signed_in(aigul), case, amount="много", note="через пристава")
    assert answer.status_code == 422
    assert "через пристава" in answer.content.decode()


def test_the_undated_fields_of_a_matter_count_until_a_dated_sum_stands(case: Case, aigul: Any, signed_in: Any) -> None:
    client, matter = signed_in(aigul), Matter.objects.get()
    changes = {"currency": "RUB", "claimed": "100000", "awarded": "80000", "received": ""}
    actions.change_row(keyring=keyring(aigul), row=matter, changes=changes, version=1)
    assert totals(client, case) == {"RUB": {"claimed": "100000", "awarded": "80000", "owed": "80000"}}
    enter(client, case, amount="70000")
    assert totals(client, case) == {"RUB": {"claimed": "100000", "awarded": "70000", "owed": "70000"}}


def test_a_corrected_sum_keeps_what_it_was_and_a_struck_one_its_reason(case: Case, aigul: Any, signed_in: Any) -> None:
    client = signed_in(aigul)
    enter(client, case, amount="90000")
    row = Sum.objects.get()
    page = f"/work/cases/{case.code}/money/{row.uid}/"
    form = {f"sum-{name}": value for name, value in client.get(page).context["sum_form"].initial.items() if value is not None}
    assert client.post(page, {**form, "sum-amount": "95000"}).status_code == 302
    late = client.post(page, {**form, "sum-amount": "99000"})
    assert late.status_code == 422
    assert "95000" in late.content.decode()
    assert "99000" in late.content.decode()
    body = open_case(case, keyring(aigul)).open(Sum.objects.get()).body
    assert (body["amount"], [old["amount"] for old in body["history"]]) == ("95000", ["90000"])
    assert client.post(page, {"why": "", "version": "2"}).status_code == 422
    assert client.post(page, {"why": "Внесено дважды", "version": "2"}).status_code == 302
    assert totals(client, case) == {}
    assert "Внесено дважды" in client.get(f"/work/cases/{case.code}/money/").content.decode()


def test_an_outcome_has_its_day_and_a_limit_missed_with_us_goes_to_the_lead(case: Case, aigul: Any, signed_in: Any) -> None:
    client, matter = signed_in(aigul), Matter.objects.get()
    path = f"/work/cases/{case.code}/outcome/{matter.uid}/"
    assert client.get(f"/work/cases/{case.code}/money/").context["without_outcome"] != []
    assert client.post(path, {"outcome": "L2", "day": "2026-11-01", "version": "1"}).status_code == 302
    body = open_case(case, keyring(aigul)).matters()[0].body
    assert (body["outcome"], body["outcome_on"], body["theme"]) == ("L2", "2026-11-01", "unpaid-wages")
    assert case.code not in client.get("/work/").content.decode()  # she leads no office
    OfficeRule.objects.create(office=case.office, lead=aigul)
    told = client.get("/work/").content.decode()
    assert f"/work/cases/{case.code}/" in told
    note = LeadNote.objects.get()
    assert case.uid.hex.encode() not in bytes(note.sealed)
    assert client.post(f"/work/missed/{note.uid}/seen/").status_code == 302
    assert LeadNote.objects.count() == 0
    assert client.post(path, {"outcome": "R1", "day": "", "version": "1"}).status_code == 422  # a colleague saved meanwhile
    assert client.get(f"/work/cases/{case.code}/money/").context["without_outcome"] == []


def test_closing_warns_of_a_matter_without_an_outcome_and_closes(case: Case, aigul: Any, signed_in: Any) -> None:
    page = signed_in(aigul, language="en").post(f"/work/cases/{case.code}/status/", {"status": "closed"}, follow=True)
    case.refresh_from_db()
    assert case.status == "closed"
    assert "Without an outcome" in page.content.decode()


def test_the_sums_of_another_offices_case_do_not_exist(case: Case, aigul: Any, boris: Any, signed_in: Any) -> None:
    enter(signed_in(aigul), case)
    stranger = signed_in(boris)
    assert stranger.get(f"/work/cases/{case.code}/money/").status_code == 404
    assert stranger.get(f"/work/cases/{case.code}/money/{Sum.objects.get().uid}/").status_code == 404
