"""Statistics of an office: exactly these numbers, on the page and in every file, whatever stops the counting on its way."""

from __future__ import annotations

import contextlib
import csv
import io
import itertools
import re
import uuid
from collections.abc import Callable
from datetime import date, timedelta
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
from kenesh.appeals import drafts
from kenesh.appeals.models import Appeal
from kenesh.casework import actions, jobs
from kenesh.casework.models import Case, Job, Matter, Person
from kenesh.casework.statistics import job as counting
from kenesh.casework.statistics import reading
from kenesh.casework.statistics.counts import Counts
from kenesh.casework.statistics.people import People
from kenesh.casework.statistics.period import parse, whole
from kenesh.cast import PASSWORD
from kenesh.kernel.models import TrailEntry
from kenesh.people import actions as people
from kenesh.people import sign_in
from kenesh.people.keyring import Keyring
from kenesh.people.models import Role
from kenesh.people.queries import fingerprint_of
from kenesh.problems.models import Block, Problem

pytestmark = pytest.mark.django_db
INTERNAL, INTERNAL_IN_RUSSIAN = "Internal. Not for publication.", "Внутреннее. Не для публикации."


def keyring_of(user: Any) -> Keyring:
    return Keyring(user, sign_in.check(user.email, PASSWORD).secret)


def file(office: Any, **answers: Any) -> Appeal:
    draft = drafts.new()
    draft.answers = {"theme": "pay", "story": "…", "citizenship": "KG", "where_country": "RU", "consents": ["a"], **answers}
    appeals.file_appeal(draft=draft, office=office, language="ky")
    return Appeal.objects.order_by("-id")[0]


class Filled:
    """An office with something of everything that is counted."""

    def __init__(self, keyring: Keyring, office: Any) -> None:
        self.keyring, self.office, self.today = keyring, office, timezone.localdate()

    def case(self, theme: str, outcome: str = "", *, person: dict[str, Any] | None = None, **answers: Any) -> Case:
        case = actions.open_from_appeal(keyring=self.keyring, appeal=file(self.office, **answers))
        self.change(Matter.objects.get(case=case), {"theme": theme})
        if outcome:
            actions.set_outcome(keyring=self.keyring, matter=Matter.objects.get(case=case), outcome=outcome, day=self.today)
        self.change(Person.objects.get(case=case), person or {})
        return case

    def change(self, row: Any, changes: dict[str, Any]) -> None:
        actions.change_row(keyring=self.keyring, row=row, changes=changes, version=row.version)

    def money(self, case: Case, stage: str, amount: str, currency: str = "RUB", person: Person | None = None) -> None:
        matter = Matter.objects.filter(case=case)[0].uid.hex
        body = {"person": person.uid.hex if person else "", "matter": matter, "stage": stage, "amount": amount}
        body |= {"currency": currency, "day": self.today.isoformat(), "note": ""}
        actions.add_sum(keyring=self.keyring, case=case, body=body, key=uuid.uuid4())

    def contact(self, channel: str, sex: str) -> None:
        facts = {"channel": channel, "theme": "pay", "origin": "KG", "destination": "RU", "sex": sex, "minutes": 15}
        facts |= {"day": self.today, "result": "informed"}
        actions.log_contact(by=self.keyring.user, office=self.office, facts=facts, key=uuid.uuid4())


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


def begin(client: Client, office: Any, **form: Any) -> Any:
    today = timezone.localdate()
    days = {"period": "free", "since": today - timedelta(days=30), "until": today}
    return client.post("/work/statistics/", {"office": office.code, **days, "key": str(uuid.uuid4()), **form})


def count(client: Client, office: Any) -> Job:
    """Begins, and goes on until all is counted."""
    answer = begin(client, office)
    assert answer.status_code == 302, answer.content.decode()
    job = Job.objects.order_by("-id")[0]
    while job.state == Job.State.RUNNING:
        client.post(answer.headers["Location"], {"do": "go_on"})
        job.refresh_from_db()
    return job


def figures(client: Client, job: Job) -> dict[str, str]:
    """What the page says, by code and currency; without what is nought or cannot be computed."""
    page = client.get(f"/work/statistics/{job.code}/")
    shown = page.content.decode()
    assert INTERNAL in shown or INTERNAL_IN_RUSSIAN in shown
    lines = [line for section in page.context["sections"] for line in section.lines]
    return {f"{line.code} {line.currency}".strip(): str(line.number) for line in lines if line.number not in (None, 0)}


def divided(client: Client, job: Job, code: str, column: str) -> dict[str, int]:
    page = client.get(f"/work/statistics/{job.code}/")
    line = next(line for section in page.context["sections"] for line in section.lines if line.code == code)
    return {value.code: value.number for each in line.columns if each.code == column for value in each.values}


def taken(client: Client, job: Job, what: str) -> Any:
    answer = client.post(f"/work/statistics/{job.code}/take/", {"what": what})
    assert answer.status_code == 200
    return answer


def rows_of_xlsx(data: bytes) -> list[tuple[Any, ...]]:
    return list(openpyxl.load_workbook(io.BytesIO(data)).worksheets[0].iter_rows(values_only=True))


def rows_of_csv(data: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))


def tables_of_docx(data: bytes) -> list[list[list[str]]]:
    return [[[cell.text for cell in row.cells] for row in table.rows] for table in docx.Document(io.BytesIO(data)).tables]


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
        row[0]: row[2] for table in tables_of_docx(report) for row in table[1:] if table[0] == ["Indicator", "Unit", "Number"]
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
