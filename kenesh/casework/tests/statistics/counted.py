"""Steps and data that the tests of this folder share."""

from __future__ import annotations

import csv
import io
import uuid
from datetime import timedelta
from typing import Any

import docx
import openpyxl
from django.test import Client
from django.utils import timezone

from kenesh.appeals import actions as appeals
from kenesh.appeals import drafts
from kenesh.appeals.models import Appeal
from kenesh.casework import actions
from kenesh.casework.models import Case, Job, Matter, Person
from kenesh.cast import PASSWORD
from kenesh.people import sign_in
from kenesh.people.keyring import Keyring

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


def counted_this_month(client: Client, office: Any) -> Job:
    begin(client, office, period=f"{timezone.localdate():%Y-%m}")
    job = Job.objects.order_by("-id")[0]
    client.post(f"/work/jobs/{job.code}/", {"do": "go_on"})
    return job


def figures(client: Client, job: Job) -> dict[str, str]:
    """What the page says, by code and currency; without what is nought or cannot be computed."""
    page = client.get(f"/work/statistics/{job.code}/")
    shown = page.content.decode()
    assert INTERNAL in shown or INTERNAL_IN_RUSSIAN in shown
    lines = [line for section in page.context["sections"] for line in section.lines]
    return {f"{line.code} {line.currency}".strip(): str(line.number) for line in lines if line.number not in (None, 0)}


def divided(client: Client, job: Job, code: str, column: str) -> dict[str, Any]:
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
