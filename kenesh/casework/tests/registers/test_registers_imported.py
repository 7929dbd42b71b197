"""A register becomes cases, can be taken back, and is seen by nobody else."""

from __future__ import annotations

import io
import json
import uuid
from datetime import date
from typing import Any
from zipfile import ZipFile

import pytest
from django.apps import apps
from django.utils import timezone

from kenesh.casework import jobs
from kenesh.casework.importing import receiving
from kenesh.casework.models import Case, Grant, Job, Register, Status
from kenesh.casework.tests.registers.register import AIBEK, GULNARA, bring, csv_of, finish, imported, keyring, opened, try_out

pytestmark = pytest.mark.django_db


# --- the import ---------------------------------------------------------------------------------------------------------


def test_rows_of_one_group_are_one_case_with_several_persons(aigul: Any, signed_in: Any) -> None:
    headings = ["Бригада", "ФИО", "Телефон", "Сумма долга"]
    rows = [["7", "Айбек", "89120001122", "100"], ["8", "Бек", "89120001133", "1"], ["7", "Чынгыз", "89120001144", "300"]]
    imported(signed_in(aigul), csv_of(*rows, headings=headings))
    first, second = (opened(aigul, case) for case in Case.objects.order_by("id"))
    assert [person.body["name"] for person in first.persons()] == ["Айбек", "Чынгыз"]
    assert [first.open(row).body["amount"] for row in first.case.sums.order_by("id")] == ["100", "300"]
    assert (first.matters()[0].body["persons"], len(second.persons())) == (2, 1)


def test_money_of_a_register_counts_in_the_years_that_the_register_knows(aigul: Any, signed_in: Any) -> None:
    headings = [*CLOSED_HEADINGS, "Сумма долга", "Получено"]
    imported(signed_in(aigul), csv_of([*closed_row("03.04.2026"), "500", "300"], headings=headings))
    case = opened(aigul, Case.objects.get())
    sums = [case.open(row).body for row in case.case.sums.order_by("id")]
    assert [(body["stage"], body["day"]) for body in sums] == [("claimed", "2023-02-01"), ("received", "2026-04-03")]


def closed_row(day: str) -> list[str]:
    return ["Айбек", "89120001122", "документы", "01.02.2023", day]


CLOSED_HEADINGS = ["ФИО", "Телефон", "Примечание", "Дата обращения", "Дата закрытия"]


def test_the_time_of_keeping_counts_from_the_day_of_closing(aigul: Any, signed_in: Any) -> None:
    today = timezone.localdate()
    closed_on = date(today.year, 1, 15)
    imported(signed_in(aigul), csv_of(closed_row(closed_on.strftime("%d.%m.%Y")), headings=CLOSED_HEADINGS))
    case = Case.objects.get()
    assert (case.status, case.keep_until) == (Status.CLOSED, date(today.year + 1, 1, 15))


def test_what_is_past_its_time_is_imported_only_when_chosen(aigul: Any, signed_in: Any) -> None:
    client = signed_in(aigul)
    address, _job = imported(client, csv_of(closed_row("15.03.2023"), headings=CLOSED_HEADINGS))
    assert Case.objects.count() == 0
    address = bring(client, csv_of(closed_row("15.03.2023"), headings=CLOSED_HEADINGS)).headers["Location"]
    try_out(client, address)
    client.post(f"{address}decide/", {"past": "import", "same_case": "skip", "same_row": "import"})
    finish(client, client.post(f"{address}start/").headers["Location"])
    assert Case.objects.get().keep_until > timezone.localdate()


def test_an_imported_case_says_that_no_consent_is_recorded_on_every_tab(aigul: Any, signed_in: Any) -> None:
    client = signed_in(aigul, language="en")
    imported(client, csv_of(AIBEK))
    code = Case.objects.get().code
    tabs = ("", "facts/", "reach/", "deadlines/", "files/", "money/", "letters/", "keeping/", "sharing/", "brigade/")
    for tab in tabs:
        page = client.get(f"/work/cases/{code}/{tab}")
        assert page.status_code == 200
        assert "Imported: consent not recorded." in page.content.decode()


def test_how_the_person_came_is_told_after_she_has_got_a_receipt(aigul: Any, signed_in: Any) -> None:
    client = signed_in(aigul, language="en")
    row = csv_of(["Айбек", "WhatsApp"], headings=["ФИО", "Как обратился"], encoding="utf-8")
    imported(client, row)
    case = Case.objects.get()
    client.post(f"/work/cases/{case.code}/brigade/{case.persons.get().uid}/receipt/", {"key": str(uuid.uuid4())})
    assert case.appeals.count() == 1
    page = client.get(f"/work/cases/{case.code}/").content.decode()
    assert ("How the person came: Messenger." in page, "consent not recorded" in page) == (True, False)


def test_the_story_of_a_register_is_in_the_archive_of_the_case(aigul: Any, signed_in: Any) -> None:
    client = signed_in(aigul)
    imported(client, csv_of(AIBEK))
    case = Case.objects.get()
    taken = client.post(f"/work/cases/{case.code}/archive/", {"person": str(case.persons.get().uid)})
    with ZipFile(io.BytesIO(b"".join(taken))) as archive:
        told = json.loads(archive.read("data.json"))["parts"]["answers"]
    assert ["Прораб обещал и пропал" in one["text"] for one in told] == [True]


def test_an_imported_case_is_found_by_a_name_in_another_script(aigul: Any, signed_in: Any) -> None:
    client = signed_in(aigul)
    imported(client, csv_of(AIBEK))
    page = client.post("/work/search/", {"words": "Aibek", "show": ""}, follow=True).content.decode()
    assert Case.objects.get().code in page


def test_killed_between_two_slices_no_row_is_lost_or_doubled(aigul: Any, signed_in: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    client = signed_in(aigul)
    rows = [[str(n), "05.03.2024", f"Айбек {n}", "", "", "", "", "невыплата", "", "", "", ""] for n in range(30)]
    address = bring(client, csv_of(*rows)).headers["Location"]
    try_out(client, address)
    job = Job.objects.get(code=client.post(f"{address}start/").headers["Location"].rstrip("/").split("/")[-1])
    keys = keyring(aigul)
    jobs.go_on(keyring=keys, job=job, seconds=0)  # ends before its first slice
    jobs.go_on(keyring=keys, job=job, seconds=0.001)
    assert Case.objects.count() == 10
    real = Case.objects.create
    monkeypatch.setattr(Case.objects, "create", lambda **of: real(**of) if Case.objects.count() < 14 else 1 / 0)
    with pytest.raises(ZeroDivisionError):
        jobs.go_on(keyring=keys, job=job)
    monkeypatch.undo()
    assert Case.objects.count() == 10
    finish(client, f"/work/jobs/{job.code}/")
    names = [opened(aigul, case).persons()[0].body["name"] for case in Case.objects.order_by("id")]
    assert names == [f"Айбек {n}" for n in range(30)]


# --- back ---------------------------------------------------------------------------------------------------------------


def test_undo_destroys_the_keys_of_all_that_nobody_touched(aigul: Any, signed_in: Any) -> None:
    client = signed_in(aigul)
    address, job = imported(client, csv_of(AIBEK, GULNARA))
    touched = Case.objects.order_by("id")[0]
    client.get(f"/work/cases/{touched.code}/")  # looking is not touching
    client.post(f"/work/cases/{touched.code}/note/", {"note-text": "Перезвонили", "note-key": str(uuid.uuid4())})
    finish(client, f"/work/jobs/{job.code}/", "undo")
    assert [case.code for case in Case.objects.all()] == [touched.code]
    assert Grant.objects.count() == 1
    page = client.get(address).content.decode()
    assert f"/work/cases/{touched.code}/" in page


def test_undo_takes_a_group_back_although_it_was_written_in_two_rows(aigul: Any, signed_in: Any) -> None:
    client = signed_in(aigul)
    rows = [["7", f"Айбек {n}", f"8912000{n:04}", ""] for n in range(30)]
    _address, job = imported(client, csv_of(*rows, headings=["Бригада", "ФИО", "Телефон", "Долг"]))
    assert Case.objects.get().persons.count() == 30
    finish(client, f"/work/jobs/{job.code}/", "undo")
    assert Case.objects.count() == 0


def test_after_thirty_days_the_register_is_destroyed_and_the_cases_stay(aigul: Any, signed_in: Any) -> None:
    client = signed_in(aigul)
    address, _job = imported(client, csv_of(AIBEK))
    row = Register.objects.get()
    receiving.forget_old(today=row.forget_on)
    assert client.get(address).status_code == 404
    assert (Register.objects.count(), Job.objects.count(), Case.objects.count()) == (0, 0, 1)


# --- privacy ------------------------------------------------------------------------------------------------------------


def test_nothing_of_the_register_stands_anywhere_in_the_clear(aigul: Any, signed_in: Any, settings: Any) -> None:
    imported(signed_in(aigul), csv_of(AIBEK, GULNARA), "секретный-реестр.csv")
    words = ("Айбек", "Гульнара", "Асанова", "Сапсан", "Прораб", "912 000", "9120001122", "555123456", "секретный")
    found = [
        (model._meta.label, word)
        for model in apps.get_models()
        for row in model._base_manager.values_list()
        for word in words
        if any(
            word.encode() in bytes(value) if isinstance(value, bytes | memoryview) else word in str(value)
            for value in row
            if value is not None
        )
    ]
    assert found == []
    for path in settings.FILES.rglob("*"):
        assert not path.is_file() or all(word.encode("cp1251", "replace") not in path.read_bytes() for word in words)


@pytest.mark.parametrize("part", ["", "columns/", "report/"])
def test_nobody_else_sees_the_register(part: str, aigul: Any, boris: Any, eve: Any, signed_in: Any) -> None:
    address = bring(signed_in(aigul), csv_of(AIBEK)).headers["Location"]
    assert [signed_in(user).get(f"{address}{part}").status_code for user in (boris, eve)] == [404, 404]
