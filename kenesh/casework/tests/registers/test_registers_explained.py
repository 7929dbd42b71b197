"""What the values of a register mean that nobody could guess: a person says it once for each, and it is remembered."""

from __future__ import annotations

import re
import uuid
from typing import Any

import pytest
from django.test import Client

from kenesh.casework.importing import meanings
from kenesh.casework.models import Case, KnownColumns, Status
from kenesh.casework.tests.registers.register import bring, csv_of, finish, imported, opened, try_out

pytestmark = pytest.mark.django_db

HEADINGS = ["ФИО", "Телефон", "Гражданство", "Пол", "Проблема", "Результат", "Статус", "Валюта", "Сумма долга", "Юрист"]
AIBEK = ["Айбек", "89120001122", "КРГ", "1", "Код 7", "ЗП+", "3", "у.е.", "500", "А.К."]
BERMET = ["Бермет", "89120001133", "КРГ", "2", "код 7", "", "1", "руб.", "100", ""]


def asked(client: Client, address: str) -> dict[str, str]:
    """The words of each value on the page → the name of its field."""
    page = client.get(f"{address}values/").content.decode()
    found = re.findall(r'<label[^>]*for="id_(([a-z]+)_\w+)"[^>]*>\s*([^<]+?)\s*<', page)
    return {words: name for name, column, words in found if column in meanings.FIELDS}


def explain(client: Client, address: str, **said: str) -> None:
    """Chooses a meaning for each of these words, and lets the dry run go through again."""
    fields = asked(client, address)
    form = {fields[words]: code for words, code in said.items()}
    answer = client.post(f"{address}values/", {"key": str(uuid.uuid4()), **form})
    assert answer.status_code == 302, answer.content.decode()
    finish(client, answer.headers["Location"])


def tried(client: Client, *rows: list[str]) -> str:
    """The address of a register after its dry run."""
    address = str(bring(client, csv_of(*rows, headings=HEADINGS)).headers["Location"])
    try_out(client, address)
    return address


def meant(aigul: Any) -> dict[str, str]:
    return {
        "КРГ": "KG", "1": "male", "2": "female", "Код 7": "unpaid-wages", "ЗП+": "R1", "3": "closed", "у.е.": "USD",
        "А.К.": aigul.uid.hex,
    }  # fmt: skip


def test_each_unknown_value_is_listed_once_with_how_many_rows_hold_it(aigul: Any, signed_in: Any) -> None:
    client = signed_in(aigul, language="en")
    address = tried(client, AIBEK, BERMET)
    assert "9 values in your columns are not known" in client.get(address).content.decode()
    page = client.get(f"{address}values/").content.decode()
    rows = re.findall(r"<label[^>]*>\s*([^<]+?)\s*<.*?(\d+) rows?", page, re.S)
    assert {words: int(number) for words, number in rows if words in ("КРГ", "Код 7", "у.е.")} == {
        "КРГ": 2,
        "Код 7": 2,
        "у.е.": 1,
    }


def test_what_a_person_says_of_a_value_is_what_the_cases_hold(aigul: Any, signed_in: Any) -> None:
    client = signed_in(aigul)
    address = tried(client, AIBEK, BERMET)
    explain(client, address, **meant(aigul))
    finish(client, client.post(f"{address}start/").headers["Location"])
    first, second = Case.objects.order_by("id")
    case = opened(aigul, first)
    person, matter, owed = case.persons()[0].body, case.matters()[0].body, case.open(first.sums.get()).body
    assert (person["citizenship"], person["sex"], matter["theme"], matter["outcome"]) == ("KG", "male", "unpaid-wages", "R1")
    assert (owed["currency"], first.status, first.assignee) == ("USD", Status.CLOSED, aigul)
    assert (second.theme, second.origin, second.status) == ("pay", "KG", Status.OFFICE)
    assert "Результат: ЗП+" in case.notes()[0].body["text"]


def test_the_dry_run_shows_the_effect_before_anything_is_imported(aigul: Any, signed_in: Any) -> None:
    client = signed_in(aigul, language="en")
    address = tried(client, AIBEK)
    report = f"{address}report/"
    assert "a country is not known" in client.get(report).content.decode()
    explain(client, address, **{words: code for words, code in meant(aigul).items() if words != "2"})
    page = client.get(report).content.decode()
    unknown = ("country is not known", "currency is not known", "not understood", "is guessed", "has no account")
    assert ([words for words in unknown if words in page], Case.objects.count()) == ([], 0)
    assert "You have said what each of them means" in client.get(address).content.decode()


def test_a_value_can_stay_a_note_and_what_is_not_decided_stays_open(aigul: Any, signed_in: Any) -> None:
    client = signed_in(aigul, language="en")
    address = tried(client, AIBEK)
    explain(client, address, **{"КРГ": "note", "Код 7": ""})
    report = client.get(f"{address}report/").content.decode()
    assert ("a country is not known" in report, "the theme is not understood" in report) == (False, True)
    finish(client, client.post(f"{address}start/").headers["Location"])
    case = Case.objects.get()
    assert case.origin == ""
    assert "Гражданство: КРГ" in opened(aigul, case).notes()[0].body["text"]


def test_it_is_remembered_for_the_next_register_with_these_headings_and_sealed(aigul: Any, signed_in: Any) -> None:
    client = signed_in(aigul, language="en")
    explain(client, tried(client, AIBEK), **{"КРГ": "KG", "Код 7": "unpaid-wages"})
    imported(client, csv_of(BERMET, headings=HEADINGS))
    case = Case.objects.get()
    assert (case.theme, case.origin) == ("pay", "KG")
    assert b"unpaid-wages" not in bytes(KnownColumns.objects.get().sealed)


def test_what_was_said_can_be_changed_until_the_import_begins(aigul: Any, signed_in: Any) -> None:
    client = signed_in(aigul)
    address = tried(client, AIBEK)
    explain(client, address, КРГ="KZ")
    explain(client, address, КРГ="KG")
    finish(client, client.post(f"{address}start/").headers["Location"])
    assert Case.objects.get().origin == "KG"
    assert client.get(f"{address}values/").headers["Location"] == address


def test_a_meaning_that_is_not_offered_is_refused(aigul: Any, signed_in: Any) -> None:
    client = signed_in(aigul)
    address = tried(client, AIBEK)
    field = asked(client, address)["КРГ"]
    answer = client.post(f"{address}values/", {"key": str(uuid.uuid4()), field: "XX"})
    assert answer.status_code == 422


def test_a_column_of_prose_is_asked_about_in_small_portions(aigul: Any, signed_in: Any) -> None:
    rows = [["", "", "", "", f"Что-то номер {number:03}", "", "", "", "", ""] for number in range(30)]
    client = signed_in(aigul, language="en")
    address = tried(client, *rows)
    page = client.get(f"{address}values/")
    assert len(asked(client, address)) == 20
    assert "10 more are shown when these are decided" in page.content.decode()
