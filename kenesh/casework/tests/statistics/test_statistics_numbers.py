"""The figures of an office, in every file that holds them."""

from __future__ import annotations

import contextlib
import io
import re
import uuid
from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from typing import Any

import docx
import openpyxl
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from kenesh.appeals import actions as appeals
from kenesh.appeals.models import Appeal
from kenesh.casework import actions, jobs
from kenesh.casework.models import Case, Job, OfficeRule, Person
from kenesh.casework.statistics import job as counting
from kenesh.casework.statistics import reading
from kenesh.casework.statistics.period import whole
from kenesh.casework.tests.statistics.counted import (
    INTERNAL,
    Filled,
    begin,
    count,
    counted_this_month,
    divided,
    figures,
    file,
    keyring_of,
    rows_of_csv,
    rows_of_xlsx,
    tables_of_docx,
    taken,
)
from kenesh.kernel import vault
from kenesh.kernel.models import TrailEntry
from kenesh.people.keyring import Keyring

pytestmark = pytest.mark.django_db


WOMAN = {"sex": "female", "age": "18-29", "name": "Айгерим", "passport": "AN1234567"}


MAN = {"sex": "male", "age": "30-44", "name": "Бакыт", "phone": "+996 555 12 34 56"}


@pytest.fixture
def filled(aigul: Any, office: Any) -> Filled:
    made = Filled(keyring_of(aigul), office)
    for channel, sex in (("phone", "female"), ("phone", "male"), ("walk-in", "female"), ("letter", "")):
        made.contact(channel, sex)
    earlier = made.case("unpaid-wages", "L1", person=WOMAN)
    made.money(earlier, "received", "1000.50", "KGS")
    long_ago = made.today - timedelta(days=90)
    Case.objects.filter(pk=earlier.pk).update(opened_on=long_ago)
    earlier.appeals.update(arrived_on=long_ago)
    wages = made.case("unpaid-wages", "R3", person={**WOMAN, "name": "Aigerim"})
    actions.answer(keyring=made.keyring, case=wages, text="Биз жардам беребиз.", key=uuid.uuid4())
    brigade = [actions.Member(name="Азамат", claimed="30000"), actions.Member(name="Бек", claimed="20000")]
    actions.add_members(keyring=made.keyring, case=wages, members=brigade, currency="RUB", key=uuid.uuid4())
    for amount, person in zip(("10000", "20000"), Person.objects.filter(case=wages).order_by("id")[1:], strict=True):
        made.money(wages, "received", amount, person=person)
    held = made.case("detention-centre", "R1", person=MAN, danger="yes")
    actions.add_step(
        keyring=made.keyring,
        case=held,
        body={"kind": "visit", "at": made.today.isoformat(), "what": "…", "minutes": "90"},
        key=uuid.uuid4(),
    )
    made.case("passport-withheld", "R1", person=MAN)
    made.case("entry-ban", "L2", person={"sex": "female", "age": "60+"})
    actions.decline(keyring=made.keyring, appeal=file(office, theme="documents-stay"), words="Башка жакка кайрылыңыз.")
    late = file(office)
    Appeal.objects.filter(pk=late.pk).update(arrived_on=made.today - timedelta(days=20))
    actions.sweep_appeals(keyring=made.keyring, rows=[file(office)])
    return made


NUMBERS = {
    "contacts": "4",
    "contacts_women": "66.7",
    "appeals": "7",
    "appeals_accepted": "4",
    "appeals_declined": "1",
    "appeals_not_genuine": "1",
    "first_answers_in_time": "66.7",
    "persons": "5",
    "persons_women": "66.7",
    "persons_first_time": "4",
    "cases": "4",
    "matters": "4",
    "persons_in_matters": "4",
    "steps": "1",
    "hours": "1.5",
    "visits_to_held": "1",
    "outcomes": "5",
    "resolved": "3",
    "resolved_share": "60.0",
    "late_before_us": "20.0",
    "late_with_us": "20.0",
    "documents_back": "1",
    "freed": "1",
    "money_claimed RUB": "50000",
    "money_received KGS": "1000.5",
    "money_received RUB": "30000",
    "money_received_median KGS": "1000.5",
    "money_received_median RUB": "15000",
    "open_cases": "5",
    "languages": "2",
}


def test_the_page_and_every_internal_file_say_exactly_these_numbers(
    filled: Filled, aigul: Any, office: Any, signed_in: Callable[..., Client]
) -> None:
    client = signed_in(aigul, language="en")
    job = count(client, office)
    assert figures(client, job) == NUMBERS
    assert divided(client, job, "persons", "sex") == {"female": 2, "": 2, "male": 1}
    assert divided(client, job, "outcomes", "outcome") == {"L1": 1, "L2": 1, "R1": 2, "R3": 1}
    assert divided(client, job, "cases", "month") == {f"{filled.today:%Y-%m}": 4}

    heading, tags, *rows = rows_of_csv(taken(client, job, "csv").content)
    assert heading[-1] == INTERNAL
    assert [tag for tag in tags if not re.fullmatch(r"#[a-z]+(\+[a-z0-9_]+)+", tag)] == []
    assert (len(tags), {len(row) for row in rows}) == (len(heading), {len(heading)})
    assert (tags[2], tags[11], tags[12], tags[-1]) == (
        "#indicator+code",
        "#currency+code",
        "#indicator+value+num",
        "#meta+restriction",
    )
    assert {row[-1] for row in rows} == {INTERNAL}
    whole = [row for row in rows if not any(row[4:11]) and row[12] not in ("", "0", "0.0")]
    assert {f"{row[2]} {row[11]}".strip(): row[12] for row in whole} == NUMBERS

    sheet = rows_of_xlsx(taken(client, job, "xlsx").content)
    assert sheet[0][0] == INTERNAL
    assert sheet[4][:3] == ("#indicator+category", "#indicator+name", "#indicator+code")
    whole = [row for row in sheet[5:] if not any(row[4:11]) and row[12]]
    assert {f"{row[2]} {row[11] or ''}".strip(): row[12] for row in whole} == {
        code: float(text) for code, text in NUMBERS.items()
    }

    report = taken(client, job, "docx").content
    first = docx.Document(io.BytesIO(report)).sections[0].header.paragraphs[0].text
    assert first.startswith(INTERNAL)
    said = {
        row[0]: row[2] for table in tables_of_docx(report) for row in table[1:] if table[0] == ["Indicator", "Unit", "How many"]
    }
    assert (said["Contacts"], said["Share of R1, R2 and R3"], said["Days to the first answer: half were answered within"]) == (
        "4",
        "60",
        "0",
    )


@pytest.mark.django_db(transaction=True)
def test_names_of_the_files_are_neutral_and_say_that_they_are_internal(
    aigul: Any, office: Any, signed_in: Callable[..., Client]
) -> None:
    client = signed_in(aigul)
    begin(client, office, period="2026-q1")
    job = Job.objects.get()
    client.post(f"/work/jobs/{job.code}/", {"do": "go_on"})
    names = [taken(client, job, what).headers["Content-Disposition"] for what in ("docx", "csv", "outside-xlsx")]
    assert names == [
        'attachment; filename="internal-not-for-publication-2026-q1.docx"',
        'attachment; filename="internal-not-for-publication-2026-q1.csv"',
        'attachment; filename="report-2026-q1.xlsx"',
    ]
    verbs = TrailEntry.objects.filter(verb__startswith="take_statistics").order_by("id").values_list("verb", flat=True)
    assert list(verbs) == [f"take_statistics:{what}" for what in ("docx", "csv", "outside-xlsx")]


def test_every_figure_is_divided_by_whom_it_concerns(
    filled: Filled, aigul: Any, office: Any, signed_in: Callable[..., Client]
) -> None:
    client = signed_in(aigul, language="en")
    job = count(client, office)
    assert divided(client, job, "cases", "sex") == {"group": 1, "male": 2, "female": 1}
    assert divided(client, job, "matters", "age") == {"30-44": 2, "60+": 1, "group": 1}
    assert divided(client, job, "documents_back", "sex") == {"male": 1}
    assert divided(client, job, "freed", "age") == {"30-44": 1}
    assert divided(client, job, "answer_days_median", "citizenship") == {"KG": 0}
    assert divided(client, job, "first_answers_in_time", "theme") == {"pay": Decimal("50.0"), "documents-stay": Decimal("100.0")}
    rows = rows_of_csv(taken(client, job, "csv").content)
    money = [(row[4], row[12]) for row in rows if row[2] == "money_received" and row[4]]
    assert money == [("female", "1000.5"), ("unknown", "30000")]


def test_who_was_brought_home_is_counted_once_with_the_case(aigul: Any, office: Any, signed_in: Callable[..., Client]) -> None:
    made = Filled(keyring_of(aigul), office)
    for kind, outcome in (("repatriation", "R1"), ("repatriation", "R2"), ("body", "R1")):
        case = made.case("death-repatriation", outcome, person=MAN)
        actions.keep_sheet(keyring=made.keyring, case=case, changes={"type": kind}, version=0)
    client = signed_in(aigul)
    shown = figures(client, count(client, office))
    assert (shown["repatriated"], shown["bodies_repatriated"]) == ("1", "1")


def test_what_the_office_counts_by_hand_is_in_the_report(
    aigul: Any, boris: Any, office: Any, signed_in: Callable[..., Client]
) -> None:
    client, page = signed_in(aigul, language="en"), f"/work/offices/{office.code}/months/"
    month = f"{timezone.localdate():%Y-%m}"
    assert "staff_trained" not in figures(client, count(client, office))
    numbers = {"outreach_events": 2, "outreach_people": 140, "staff_trained": 3, "supervision_reviews": 1, "data_breaches": 0}
    form = {"month": month, "version": 0, **numbers}
    assert client.post(page, {**form, "staff_trained": "many"}).status_code == 422
    assert [client.post(page, form).status_code for _ in range(2)] == [302, 302]
    theirs = client.post(page, {**form, "staff_trained": 4})  # read before the month was kept
    assert (theirs.status_code, theirs.context["form"]["version"].value()) == (422, "1")
    assert client.post(page, {**form, "staff_trained": 4, "version": 1}).status_code == 302
    assert client.get(f"{page}?month={month}").context["form"]["staff_trained"].value() == 4
    job = counted_this_month(client, office)
    shown = figures(client, job)
    assert {name: shown.get(name) for name in ("outreach_people", "staff_trained", "data_breaches", "months_by_hand")} == {
        "outreach_people": "140", "staff_trained": "4", "data_breaches": None, "months_by_hand": "1",
    }  # fmt: skip
    assert signed_in(boris).get(page).status_code == 404
    assert signed_in(boris).post(page, form).status_code == 404


def test_stopped_killed_and_resumed_counting_gives_the_same(
    filled: Filled, aigul: Any, office: Any, signed_in: Callable[..., Client], monkeypatch: pytest.MonkeyPatch
) -> None:
    client = signed_in(aigul)
    monkeypatch.setattr(counting, "AT_ONCE", 2)
    page = begin(client, office).headers["Location"]
    job = Job.objects.get()
    slices = 0
    count_case = reading.count_case

    def power_goes(*args: Any) -> None:
        count_case(*args)
        raise RuntimeError("the power went")

    while job.state != Job.State.DONE:
        client.post(page, {"do": "stop"})
        client.post(page, {"do": "resume"})
        with monkeypatch.context() as patched, contextlib.suppress(RuntimeError):
            patched.setattr(reading, "count_case", power_goes)
            jobs.go_on(keyring=filled.keyring, job=job, seconds=0.001)
        jobs.go_on(keyring=filled.keyring, job=job, seconds=0.001)
        slices += 1
    assert slices > 4
    assert figures(client, job) == NUMBERS


def test_more_cases_take_no_more_queries(aigul: Any, office: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    made = Filled(keyring_of(aigul), office)
    monkeypatch.setattr(counting, "AT_ONCE", 8)
    taken_by: list[int] = []
    for more in (1, 4):
        for _ in range(more):
            made.money(made.case("unpaid-wages", "R1", person=MAN), "received", "10")
        work = counting.start(
            keyring=made.keyring, office=office, period=whole(made.today.replace(day=1), 1), request_key=uuid.uuid4()
        )
        fresh = Keyring(aigul, made.keyring.secret)  # as at every request: what a keyring has read, it reads once
        with CaptureQueriesContext(connection) as queries:
            jobs.go_on(keyring=fresh, job=work, seconds=60)
        taken_by.append(len(queries))
    assert taken_by[0] == taken_by[1]


def test_texts_that_begin_like_a_formula_are_no_formula_in_any_file(
    aigul: Any, office: Any, signed_in: Callable[..., Client]
) -> None:
    office.name = {"en": "=cmd|' /C calc'!A0", "ru": "=1+1"}
    office.save()
    made = Filled(keyring_of(aigul), office)
    made.case("pay")
    type(aigul).objects.filter(pk=aigul.pk).update(name="@SUM(A1)")
    client = signed_in(aigul, language="en")
    job = count(client, office)
    for what in ("csv", "outside-csv"):
        cells = {cell for row in rows_of_csv(taken(client, job, what).content) for cell in row}
        assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@"))]
        assert "'=cmd|' /C calc'!A0" in cells
    assert "'@SUM(A1)" in {cell for row in rows_of_csv(taken(client, job, "csv").content) for cell in row}
    book = openpyxl.load_workbook(io.BytesIO(taken(client, job, "xlsx").content))
    assert {cell.data_type for row in book.worksheets[0].iter_rows() for cell in row} == {"s", "n"}


def test_in_time_is_what_the_office_has_decided(office: Any, aigul: Any, signed_in: Any) -> None:
    client, keyring = signed_in(aigul), keyring_of(aigul)
    answers = {"theme": "pay", "danger": "yes", "danger_where": "Сахарово", "consents": ["a"]}
    earlier = timezone.now() - timedelta(hours=2)
    keys = vault.ReceiptKeys(uuid.uuid4().bytes, vault.new_pair(), vault.new_key())
    appeal = appeals.store_appeal(answers=answers, office=office, language="ru", keys=keys, by="test", now=earlier)
    case = actions.open_from_appeal(keyring=keyring, appeal=appeal)
    actions.answer(keyring=keyring, case=case, text="Едем", key=uuid.uuid4())
    in_time = []
    for hours in (1, 3):
        OfficeRule.objects.update_or_create(office=office, defaults={"urgent_hours": hours})
        in_time.append(figures(client, count(client, office)).get("urgent_in_time"))
    assert in_time == [None, "100.0"]
