"""A register is read and tried out before anything is imported."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

import pytest
import xlsxwriter
from django.apps import apps

from kenesh.casework.models import Case, Register, Status
from kenesh.casework.tests.registers.register import AIBEK, GULNARA, bring, columns, csv_of, finish, imported, opened, try_out

pytestmark = pytest.mark.django_db


def xlsx_of(*rows: list[Any], sheets: tuple[str, ...] = ("Дела",), above: int = 0) -> bytes:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        day = book.add_format({"num_format": "dd.mm.yyyy"})
        for name in sheets:
            sheet = book.add_worksheet(name)
            for number, row in enumerate(rows, above):
                for column, value in enumerate(row):
                    if isinstance(value, datetime):
                        sheet.write_datetime(number, column, value, day)
                    else:
                        sheet.write(number, column, value)
    return out.getvalue()


def rows_in_tables(*but: str) -> dict[str, int]:
    models = [model for model in apps.get_models() if model._meta.label_lower not in but]
    return {model._meta.label: model._base_manager.count() for model in models}


# --- reading ------------------------------------------------------------------------------------------------------------


def test_a_register_in_windows_1251_becomes_cases(aigul: Any, signed_in: Any) -> None:
    client = signed_in(aigul)
    imported(client, csv_of(AIBEK, GULNARA))
    first, second = Case.objects.order_by("id")
    case = opened(aigul, first)
    person, matter = case.persons()[0].body, case.matters()[0].body
    assert (first.theme, first.origin, first.opened_on, first.status) == ("pay", "KG", date(2024, 3, 5), Status.OFFICE)
    assert (person["name"], person["phone"]) == ("Айбек уулу Нурлан", "+7 912 000 1122")
    assert (person["sex"], person["age"], person["citizenship"]) == ("male", "30-44", "KG")
    assert matter["theme"] == "unpaid-wages"
    party = case.open(first.parties.get()).body
    assert (party["name"], party["role"]) == ("ООО Сапсан", "employer")
    owed = case.open(first.sums.get()).body
    assert (owed["stage"], owed["amount"], owed["currency"]) == ("claimed", "45000", "RUB")
    assert opened(aigul, second).persons()[0].body["phone"] == "+996 555 123 456"
    assert second.opened_on == date(2024, 3, 5)


def test_the_row_as_it_stood_stays_as_a_note(aigul: Any, signed_in: Any) -> None:
    imported(signed_in(aigul), csv_of(AIBEK))
    notes = [note.body["text"] for note in opened(aigul, Case.objects.get()).notes()]
    assert notes[0] == "Прораб обещал и пропал"
    assert "Телефон: 8 (912) 000-11-22" in notes[1]


def test_kyrgyz_headings_in_utf_8_are_understood(aigul: Any, signed_in: Any) -> None:
    headings = ["№", "Кайрылган күнү", "Аты-жөнү", "Телефону", "Жарандыгы", "Көйгөй", "Жыйынтык"]
    row = ["1", "5/3/24", "Бурул Асанова", "+996 700 11 22 33", "Кыргыз Республикасы", "Айлык бербейт", "төлөндү"]
    imported(signed_in(aigul), csv_of(row, encoding="utf-8-sig", sign=",", headings=headings))
    case = Case.objects.get()
    matter = opened(aigul, case).matters()[0].body
    assert (case.opened_on, case.origin, matter["theme"], matter["outcome"]) == (date(2024, 3, 5), "KG", "unpaid-wages", "R1")
    assert case.status == Status.CLOSED


def test_an_excel_sheet_with_days_and_serial_numbers_is_read(aigul: Any, signed_in: Any) -> None:
    rows = [["Реестр 2024"], ["№", "Дата", "ФИО", "Телефон", "Проблема"]]
    rows += [[1, datetime(2024, 3, 5, tzinfo=UTC).replace(tzinfo=None), "Айбек", 79120001122, "Запрет на въезд"]]
    rows += [[2, 45356, "Бек", "89120001133", "депортация"]]
    imported(signed_in(aigul), xlsx_of(*rows), "реестр.xlsx")
    assert [case.opened_on for case in Case.objects.order_by("id")] == [date(2024, 3, 5), date(2024, 3, 5)]
    assert opened(aigul, Case.objects.order_by("id")[0]).persons()[0].body["phone"] == "+7 912 000 1122"


def with_formula(value: str) -> bytes:
    """A sheet whose cell of the debt is a formula, with or without its stored result."""
    data = xlsx_of(["ФИО", "Долг"], ["Айбек", 77777])
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            part = old.read(name)
            new.writestr(name, part.replace(b"<v>77777</v>", b"<f>1+1</f>" + value.encode()))
    return out.getvalue()


def test_of_a_formula_its_stored_result_is_taken(aigul: Any, signed_in: Any) -> None:
    imported(signed_in(aigul), with_formula("<v>45000</v>"), "реестр.xlsx")
    case = Case.objects.get()
    assert opened(aigul, case).open(case.sums.get()).body["amount"] == "45000"


def test_a_formula_without_a_result_is_told(aigul: Any, signed_in: Any) -> None:
    client = signed_in(aigul, language="en")
    address = bring(client, with_formula(""), "реестр.xlsx").headers["Location"]
    try_out(client, address)
    assert "holds a formula without its result" in client.get(f"{address}report/").content.decode()


def test_another_sheet_and_another_row_of_headings_can_be_chosen(aigul: Any, signed_in: Any) -> None:
    client = signed_in(aigul)
    data = xlsx_of(["а", "б"], ["ФИО", "Телефон"], ["Айбек", "89120001122"], sheets=("Первый", "Второй"))
    address = bring(client, data, "р.xlsx").headers["Location"]
    client.post(f"{address}file/", {"sheet": "1"})
    client.post(f"{address}file/", {"heading": "1"})
    assert '<option value="1" selected>Второй</option>' in client.get(f"{address}columns/").content.decode()
    assert columns(client, address)["column_0"] == ""
    client.post(f"{address}file/", {"heading": "2"})
    assert columns(client, address)["column_0"] == "name"


def test_a_wrong_encoding_is_corrected_by_hand(aigul: Any, signed_in: Any) -> None:
    client = signed_in(aigul)
    address = bring(client, csv_of(AIBEK)).headers["Location"]
    client.post(f"{address}file/", {"encoding": "koi8-r", "delimiter": ";"})
    assert "Айбек" not in client.get(f"{address}columns/").content.decode()
    client.post(f"{address}file/", {"encoding": "cp1251", "delimiter": ""})
    assert "Айбек" in client.get(f"{address}columns/").content.decode()


# --- what is refused ----------------------------------------------------------------------------------------------------


def package(**parts: bytes) -> bytes:
    """An .xlsx with parts added or replaced; "__" stands for a slash, "_rels" and dots are as they are."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(xlsx_of(["ФИО"], ["Айбек"]))) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        kept = {name: old.read(name) for name in old.namelist()}
        for name, data in {**kept, **{name.replace("__", "/"): data for name, data in parts.items()}}.items():
            new.writestr(name, data)
    return out.getvalue()


ENTITIES = b'<!DOCTYPE a [<!ENTITY b "bbbb"><!ENTITY c "&b;&b;&b;">]><worksheet><sheetData><row><c><v>&c;</v></c></row></sheetData></worksheet>'


OUTSIDE = (
    b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    b'<Relationship Id="rId1" Type="x/externalLinkPath" Target="http://evil.example/a.xlsx" TargetMode="External"/></Relationships>'
)


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (lambda: package(**{"xl__vbaProject.bin": b"x"}), "carries a program (macros)"),
        (lambda: package(**{"xl__externalLinks__externalLink1.xml": b"<a/>"}), "fetches data from other files"),
        (lambda: package(**{"xl__worksheets___rels__sheet1.xml.rels": OUTSIDE}), "fetches data from other files"),
        (lambda: package(**{"xl__worksheets__sheet1.xml": ENTITIES}), "unpacks to much more"),
        (lambda: package(**{f"xl__media__{n}": bytes(2**20) for n in range(401)}), "unpacks to much more"),
        (lambda: package(**{"xl__worksheets__sheet1.xml": b"<worksheet><sheetData>"}), "is damaged"),
        (lambda: csv_of(["x"] * 101, headings=["h"] * 101), "more than 100 columns"),
        (lambda: b"a;b\n" + b"1;2\n" * 100_001, "too long for one import"),
        (lambda: b"\xd0\xcf\x11\xe0" + bytes(100), "an old Excel file"),
        (lambda: b"%PDF-1.7\n", "no register that we can read"),
        (lambda: b"  \n", "There are no rows"),
    ],
    ids=["macros", "links", "relations", "entities", "zip bomb", "damaged", "wide", "long", "xls", "pdf", "empty"],
)  # fmt: skip
def test_what_is_no_register_is_refused_with_the_reason(data: Callable[[], bytes], said: str, aigul: Any, signed_in: Any) -> None:
    answer = bring(signed_in(aigul, language="en"), data(), "x.xlsx")
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert Register.objects.count() == 0


# --- columns ------------------------------------------------------------------------------------------------------------


def test_columns_are_remembered_for_the_next_register(aigul: Any, signed_in: Any) -> None:
    client = signed_in(aigul)
    first = bring(client, csv_of(AIBEK)).headers["Location"]
    try_out(client, first, column_11="story", currency="KGS")
    second = bring(client, csv_of(GULNARA)).headers["Location"]
    again = columns(client, second)
    assert (again["column_11"], again["currency"]) == ("story", "KGS")


def test_two_columns_cannot_be_the_name(aigul: Any, signed_in: Any) -> None:
    client = signed_in(aigul, language="en")
    address = bring(client, csv_of(AIBEK)).headers["Location"]
    answer = client.post(f"{address}columns/", columns(client, address, column_11="name"))
    assert answer.status_code == 422
    assert "Only one column can be" in answer.content.decode()


# --- the dry run --------------------------------------------------------------------------------------------------------


def test_a_dry_run_changes_nothing_but_the_register_itself(aigul: Any, signed_in: Any) -> None:
    client = signed_in(aigul)
    address = bring(client, csv_of(AIBEK, GULNARA)).headers["Location"]
    client.post("/work/search/", {"words": "x", "show": ""}, follow=True)  # the first search of an office makes its index
    before = rows_in_tables("casework.job", "casework.knowncolumns", "kernel.trailentry")
    try_out(client, address)
    assert rows_in_tables("casework.job", "casework.knowncolumns", "kernel.trailentry") == before


def test_the_report_tells_every_row_and_what_to_look_at(aigul: Any, signed_in: Any) -> None:
    client = signed_in(aigul, language="en")
    odd = ["3", "03/04/2025", "", "12-34", "Марс", "", "", "", "", "", "", "что-то случилось"]
    address = bring(client, csv_of(AIBEK, odd, AIBEK, [""] * 11 + [" "])).headers["Location"]
    try_out(client, address)
    csv = client.post(f"{address}report/file/", {"as": "csv"}).content.decode("utf-8-sig").splitlines()
    assert csv[1].startswith("2,Айбек уулу Нурлан,a case,")
    for words in ("day is taken first", "phone is not understood", "a country is not known", "there is no name"):
        assert words in csv[2]
    assert "row 2" in csv[3]
    book = client.post(f"{address}report/file/", {"as": "xlsx"})
    assert book.content.startswith(b"PK")


def test_a_cell_that_a_spreadsheet_would_compute_is_text_in_the_report(aigul: Any, signed_in: Any) -> None:
    client = signed_in(aigul)
    row = [*AIBEK]
    row[2] = "=cmd|' /C calc'!A0"
    address = bring(client, csv_of(row)).headers["Location"]
    try_out(client, address)
    assert ",'=cmd|" in client.post(f"{address}report/file/", {"as": "csv"}).content.decode()


def test_without_a_dry_run_nothing_is_imported(aigul: Any, signed_in: Any) -> None:
    client = signed_in(aigul)
    address = bring(client, csv_of(AIBEK)).headers["Location"]
    client.post(f"{address}start/")
    assert Case.objects.count() == 0


# --- double rows --------------------------------------------------------------------------------------------------------


def test_somebody_who_has_a_case_is_left_out_unless_chosen(aigul: Any, signed_in: Any) -> None:
    client = signed_in(aigul)
    imported(client, csv_of(AIBEK))
    same = [*AIBEK]
    same[2], same[3] = "Aibek Nurlan", "+7 912 000-11-22"
    address = bring(client, csv_of(same, GULNARA)).headers["Location"]
    try_out(client, address)
    assert Case.objects.get().code in client.get(f"{address}report/?show=double").content.decode()
    finish(client, client.post(f"{address}start/").headers["Location"])
    assert Case.objects.count() == 2


def test_a_double_row_can_become_a_note_in_the_case_that_is_there(aigul: Any, signed_in: Any) -> None:
    client = signed_in(aigul)
    imported(client, csv_of(AIBEK))
    address = bring(client, csv_of(AIBEK)).headers["Location"]
    try_out(client, address)
    client.post(f"{address}decide/", {"row_2": "link"})
    finish(client, client.post(f"{address}start/").headers["Location"])
    assert (Case.objects.count(), Case.objects.get().notes.count()) == (1, 3)
