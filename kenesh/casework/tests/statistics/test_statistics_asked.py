"""What donors ask for and a caseworker writes down beside the facts: branch of work, children, the cost of the way, complaints."""

from __future__ import annotations

import io
import uuid
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import docx
import pytest
from django.test import Client

from kenesh.appeals.models import Appeal, OpinionCount
from kenesh.casework import actions
from kenesh.casework.models import Case, Matter, Person
from kenesh.casework.opening import open_case
from kenesh.casework.tests.statistics.counted import (
    Filled,
    count,
    counted_this_month,
    divided,
    figures,
    keyring_of,
    rows_of_csv,
    taken,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def made(aigul: Any, office: Any) -> Filled:
    return Filled(keyring_of(aigul), office)


@pytest.fixture
def client(aigul: Any, signed_in: Callable[..., Client]) -> Client:
    return signed_in(aigul, language="en")


def row_of(case: Case, kind: type[Any], made: Filled) -> tuple[str, dict[str, Any]]:
    """The address under which the row is changed, and what it holds."""
    row = kind.objects.get(case=case)
    return f"/work/cases/{case.code}/{kind._meta.model_name}/{row.uid}/", open_case(case, made.keyring).open(row).body


def changed(client: Client, case: Case, kind: type[Any], made: Filled, **fields: Any) -> Any:
    address, _body = row_of(case, kind, made)
    version = kind.objects.get(case=case).version
    return client.post(address, {"key": str(uuid.uuid4()), "version": version, "persons": 1, **fields})


def test_the_branch_of_work_is_written_into_the_matter_and_divides_the_figures(made: Filled, client: Client, office: Any) -> None:
    site = made.case("unpaid-wages", "R1")
    made.case("domestic-work", "R2")
    assert changed(client, site, Matter, made, theme="unpaid-wages", sector="by-police").status_code == 422
    assert (
        changed(client, site, Matter, made, theme="unpaid-wages", sector="sector-construction", outcome="R1").status_code == 302
    )
    assert "Construction" in client.get(f"/work/cases/{site.code}/facts/").content.decode()
    job = count(client, office)
    both = {"sector-construction": 1, "domestic-work": 1}
    assert [divided(client, job, line, "sector") for line in ("cases", "persons", "matters", "outcomes")] == [both] * 4
    rows = [row[9:13] for row in rows_of_csv(taken(client, job, "csv").content) if row[2] == "cases" and row[9] == "sector"]
    assert rows == [["sector", "domestic-work", "", "1"], ["sector", "sector-construction", "", "1"]]


def test_children_who_came_back_are_counted_with_the_outcome(made: Filled, client: Client, office: Any) -> None:
    case = made.case("school-access")
    matter = Matter.objects.get(case=case)
    page = f"/work/cases/{case.code}/outcome/{matter.uid}/"
    sent = {"outcome": "", "children": "2", "version": matter.version}
    assert client.post(page, sent).status_code == 422
    assert client.post(page, {**sent, "outcome": "R1", "children": "many"}).status_code == 422
    assert client.post(page, {**sent, "outcome": "R1"}).status_code == 302
    shown = figures(client, count(client, office))
    assert (shown["children_reunited"], shown["families_reunited"]) == ("2", "1")


def test_what_getting_the_work_cost_is_told_in_money_and_in_months_of_pay(made: Filled, client: Client, office: Any) -> None:
    paid, free, unasked = (made.case("unpaid-wages", person={"sex": sex}) for sex in ("male", "female", ""))
    asked = {"sex": "male", "recruitment_cost": "60 000", "recruitment_wage": "40000"}
    wrong = changed(client, paid, Person, made, **asked)
    assert wrong.context["form"].errors["recruitment_currency"] == ["Please choose the currency of the sums."]
    assert changed(client, paid, Person, made, **asked, recruitment_currency="RUB").status_code == 302
    free_of_charge = {"sex": "female", "recruitment_cost": "0", "recruitment_wage": "500", "recruitment_currency": "USD"}
    assert changed(client, free, Person, made, **free_of_charge).status_code == 302
    assert row_of(unasked, Person, made)[1].get("recruitment_cost", "") == ""
    job = count(client, office)
    shown = figures(client, job)
    assert {code: shown[code] for code in shown if code.startswith("recruitment")} == {
        "recruitment_known": "2",
        "recruitment_paid": "1",
        "recruitment_median RUB": "60000",
        "recruitment_months": "0.75",
    }
    assert {sex: str(number) for sex, number in divided(client, job, "recruitment_months", "sex").items()} == {
        "male": "1.50",
        "female": "0.00",
    }


def test_days_until_a_complaint_about_an_office_is_closed(made: Filled, client: Client, office: Any) -> None:
    complaints = [made.case("wrong-service") for _ in range(2)]
    for case, days in zip(complaints, (3, 10), strict=True):
        case.appeals.update(arrived_on=made.today - timedelta(days=days))
        actions.keep_sheet(keyring=made.keyring, case=case, changes={"type": "own-service"}, version=0)
    usual = made.case("unpaid-wages")
    for case in (*complaints, usual):
        actions.close_case(keyring=made.keyring, case=case)
    assert Appeal.objects.filter(status="closed").count() == 3
    shown = figures(client, count(client, office))
    assert (shown["complaints_closed"], shown["complaint_days_median"]) == ("2", "6.5")
    actions.reopen_case(keyring=made.keyring, case=complaints[0])
    shown = figures(client, count(client, office))
    assert (shown["complaints_closed"], shown["complaint_days_median"]) == ("1", "10")


def test_what_people_say_after_closing_is_counted_for_the_office_alone(
    client: Client, office: Any, other_office: Any, made: Filled
) -> None:
    month = made.today.replace(day=1)
    rows = [("help", 4, 1, 0, 1), ("respect", 5, 0, 0, 1), ("clear", 0, 0, 0, 6)]
    for house, times in ((office, 1), (other_office, 2)):
        OpinionCount.objects.bulk_create(
            OpinionCount(office=house, month=month, question=question, yes=yes * times, partly=partly, no=no, unsaid=unsaid)
            for question, yes, partly, no, unsaid in rows
        )
    job = counted_this_month(client, office)
    shown = figures(client, job)
    assert {code: shown.get(code) for code in ("said_respect", "said_clear", "said_help", "satisfied_share")} == {
        "said_respect": "5", "said_clear": None, "said_help": "5", "satisfied_share": "80.0",
    }  # fmt: skip
    assert divided(client, job, "said_help", "said") == {"yes": 4, "partly": 1, "no": 0}
    said = docx.Document(io.BytesIO(taken(client, job, "docx").content))
    assert "Visits of a guide by language are not counted: there is no guide on this site." in [
        paragraph.text for paragraph in said.paragraphs
    ]
