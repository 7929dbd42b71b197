"""What leaves the office, who sees it, and the computation alone."""

from __future__ import annotations

import io
import itertools
import uuid
from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import docx
import pytest
from django.test import Client
from django.utils import timezone

from kenesh.casework import actions
from kenesh.casework.models import Job
from kenesh.casework.statistics.counts import Counts
from kenesh.casework.statistics.people import People
from kenesh.casework.statistics.period import parse
from kenesh.casework.tests.statistics.counted import (
    INTERNAL,
    Filled,
    begin,
    count,
    figures,
    keyring_of,
    rows_of_csv,
    rows_of_xlsx,
    tables_of_docx,
    taken,
)
from kenesh.followup import actions as followup
from kenesh.followup.models import Extension, ResponseKind, Stance
from kenesh.people import actions as people
from kenesh.people.models import Role
from kenesh.people.queries import fingerprint_of
from kenesh.problems.models import Block, Problem
from kenesh.themes.texts import Translated

pytestmark = pytest.mark.django_db


def test_what_goes_outside_is_made_of_whole_blocks_alone(
    aigul: Any, office: Any, council: Any, signed_in: Callable[..., Client]
) -> None:
    made = Filled(keyring_of(aigul), office)
    for _ in range(3):
        made.contact("phone", "female")
    persons = {("unpaid-wages", "KG", 1, 1): 5, ("pay", "KG", 3, 1): 7, ("entry-ban", "UZ", 1, 2): 13, ("pay", "KG", 12, 1): 101}
    for (concept, origin, months, start), many in persons.items():
        Block.objects.create(
            concept=concept, origin=origin, destination="RU", period_start=date(2026, start, 1), period_months=months,
            persons=many, frozen_on=date(2026, 4, 1),
        )  # fmt: skip
    client = signed_in(aigul, language="en")
    begin(client, office, period="2026-q1")
    job = Job.objects.get()
    client.post(f"/work/jobs/{job.code}/", {"do": "go_on"})
    sums = {sum(some) for size in range(1, 4) for some in itertools.combinations((5, 7, 13), size)}

    report = taken(client, job, "outside-docx").content
    themes, corridors, whole, advocacy = tables_of_docx(report)
    assert themes == [["Theme", "Persons"], ["Entry bans, expulsion, control", "13"], ["Pay", "12"]]
    assert [row[2] for row in corridors[1:]] == ["13", "12"]
    assert whole == [["", "Persons"], ["All together", "25"]]
    assert {row[1] for row in advocacy[1:]} == {"0"}
    assert INTERNAL not in docx.Document(io.BytesIO(report)).sections[0].header.paragraphs[0].text

    for rows in (
        rows_of_csv(taken(client, job, "outside-csv").content),
        rows_of_xlsx(taken(client, job, "outside-xlsx").content),
    ):
        assert {int(row[12]) for row in rows if row[2] == "published"} <= sums
        assert {row[2] for row in rows if row[2] and row[2] not in ("Code", "#indicator+code")} == {"published", *ADVOCACY}
        assert not any(INTERNAL in str(cell) for row in rows for cell in row)


ADVOCACY = {"problems", "meetings", "recommendations", "answered", "answered_in_time", "answered_substance", "verified"}


def test_problems_that_the_office_raised_are_counted_out_of_what_is_public(
    aigul: Any, office: Any, council: Any, signed_in: Callable[..., Client]
) -> None:
    today = timezone.localdate()
    for on in (today, today - timedelta(days=400), None):
        Problem.objects.create(
            title={"en": "Wages"}, statement={"en": "…"}, body=council, proposed_by=office, created_on=today,
            accepted_on=on, status="accepted" if on else "proposed",
        )  # fmt: skip
    client = signed_in(aigul)
    assert figures(client, count(client, office))["problems"] == "1"


def test_an_answer_is_in_time_by_the_day_that_holds_for_the_addressee_and_graded_as_the_secretary_graded_it(
    aigul: Any, office: Any, council: Any, ministry: Any, chynara: Any, signed_in: Callable[..., Client]
) -> None:
    """Of an old paper that was entered today, so the recommendation itself is not of this year."""
    today, said = timezone.localdate(), {"title": {"en": "Wages"}, "statement": {"en": "…"}, "status": "accepted"}
    problem = Problem.objects.create(body=council, proposed_by=office, created_on=today, accepted_on=today, **said)
    made = followup.add_recommendation(
        body=council, text=Translated(en="Count."), source_text=Translated(), addressees=[ministry], problem=problem,
        due=today - timedelta(days=9), sources=[followup.SourceLine("upr", symbol="A", dated_on=date(2015, 4, 7))],
        key=uuid.uuid4(), by=chynara,
    )  # fmt: skip
    followup.publish(recommendation=made, by=chynara)
    one = made.addressees.get()
    asked = Extension.objects.create(addressee=one, asked_on=today, until=today + timedelta(days=9))
    followup.decide_extension(extension=asked, granted=True, words="", today=today, by=chynara)
    given = followup.Given(kind=ResponseKind.SUBSTANTIVE, stance=Stance.ACCEPTED, text="Yes.")
    answer = followup.enter_response(addressee=one, given=given, received_on=today, key=uuid.uuid4(), by=chynara)
    followup.grade_response(response=answer, grade=ResponseKind.FORMAL, by=chynara)
    followup.publish_response(response=answer, by=chynara)
    client = signed_in(aigul)
    told = figures(client, count(client, office))
    names = ("recommendations", "answered", "answered_in_time", "answered_substance")
    assert [told.get(name, "0") for name in names] == list("0110")


def test_what_is_closed_to_whoever_counts_is_left_out_and_said(
    aigul: Any, office: Any, signed_in: Callable[..., Client], make_account: Any
) -> None:
    made = Filled(keyring_of(aigul), office)
    case = made.case("trafficking")
    made.case("pay")
    jamila = make_account("Jamila", Role.CASEWORKER, organisation=office).user
    people.admit(keyring=made.keyring, organisation=office, colleague=jamila, fingerprint=fingerprint_of(jamila))
    actions.restrict(keyring=made.keyring, case=case, named=[aigul], reason="…")
    named, other = signed_in(aigul, language="en"), signed_in(jamila, language="en")
    assert figures(named, count(named, office))["cases"] == "2"
    theirs = count(other, office)
    assert figures(other, theirs)["cases"] == "1"
    assert "1 appeals and 1 cases" in other.get(f"/work/statistics/{theirs.code}/").content.decode()


def test_figures_of_one_account_and_office_are_nobody_elses(
    aigul: Any, boris: Any, eve: Any, office: Any, signed_in: Callable[..., Client]
) -> None:
    job = count(signed_in(aigul), office)
    for stranger in (boris, eve):
        client = signed_in(stranger)
        assert client.get(f"/work/statistics/{job.code}/").status_code == 404
        assert client.post(f"/work/statistics/{job.code}/take/", {"what": "csv"}).status_code == 404
    assert begin(signed_in(boris), office).status_code == 422
    assert signed_in(eve).get("/work/statistics/").status_code == 404


def test_wrong_days_come_back_with_a_sentence_and_with_what_was_typed(
    aigul: Any, office: Any, signed_in: Callable[..., Client]
) -> None:
    client = signed_in(aigul, language="en")
    answer = begin(client, office, since="2026-03-05", until="2026-03-01")
    assert answer.status_code == 422
    assert "This day lies before the first one." in answer.content.decode()
    assert 'value="2026-03-05"' in answer.content.decode()
    assert "Please write the date." in begin(client, office, since="").content.decode()
    assert not Job.objects.exists()


# --- computation alone --------------------------------------------------------------------------------------------------------


def test_the_median_is_the_middle_and_the_percentile_the_nearest_rank() -> None:
    counts = Counts()
    for value in (1, 1, 2, 4, 30):
        counts.measure("days", value)
    assert (counts.median("days"), counts.percentile("days", 90)) == (Decimal(2), 30)
    counts.measure("days", 3)
    assert counts.median("days") == Decimal("2.5")
    assert (counts.median("nothing"), counts.percentile("nothing", 90)) == (None, None)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ({"passport": "AN 1234567"}, {"passport": "АN1234567", "name": "…"}, True),
        ({"name": "Айбек", "phone": "+7 916 123-45-67"}, {"name": "Aybek", "phone": "8 916 1234567"}, True),
        ({"name": "Айбек", "phone": "+7 916 123-45-67"}, {"name": "Бакыт", "phone": "8 916 1234567"}, False),
        ({"name": "Айбек"}, {"name": "Айбек"}, False),
    ],
)
def test_a_person_is_known_again_by_paper_or_by_phone_and_name(one: dict[str, str], other: dict[str, str], same: bool) -> None:
    met = People()
    assert met.meet(one) == (True, True)
    again = People.from_texts(met.as_texts())
    assert again.meet(other)[0] is not same


@pytest.mark.parametrize("code", ["2026", "2026-q3", "2024-02"])
def test_a_period_has_the_name_from_which_it_was_read(code: str) -> None:
    period = parse(code)
    assert period is not None
    assert period.code == code
    assert parse("2026-q5") is None
