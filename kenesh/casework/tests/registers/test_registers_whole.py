"""What a register of a legal-aid office holds besides names and sums comes along, and what is not understood is named."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from kenesh.casework.models import Case, Deadline, Imported
from kenesh.casework.tests.registers.register import bring, columns, csv_of, finish, imported, opened, try_out
from kenesh.casework.tests.registers.test_registers_explained import asked, explain

pytestmark = pytest.mark.django_db

RUSSIAN = {
    "ФИО": "Айбек Асанов",
    "Год рождения": "12.05.1990",
    "Номер паспорта": "ID 1234567",
    "ПИН": "20505199000123",
    "Как обратился": "WhatsApp",
    "Отрасль": "стройка",
    "Должность": "отделочник",
    "Вид помощи": "консультация",
    "Проблема": "Невыплата зарплаты",
    "Количество человек": "12 чел.",
    "Работодатель": "ООО Сапсан",
    "ОГРН работодателя": "1027700132195",
    "Сколько заплатил посреднику": "30 000 сом",
    "Зарплата за первый месяц": "60 000 сом",
    "Обещанная зарплата": "90 000 руб.",
    "Сумма долга": "180 000 руб.",
    "Дата иска": "05.02.2026",
    "Получено": "50 000 руб.",
    "Дата выплаты": "20.03.2026",
    "Результат": "R2",
    "Дата решения": "18.03.2026",
    "Детей воссоединено": "2",
    "Статус": "в работе",
    "Кого ждём": "суд",
    "Дата суда": "",
    "Что сделать": "Подать ходатайство",
}


def as_csv(*rows: dict[str, str]) -> bytes:
    return csv_of(*[list(row.values()) for row in rows], headings=list(rows[0]), encoding="utf-8")


def test_all_that_a_case_holds_is_taken_out_of_the_row(aigul: Any, signed_in: Any) -> None:
    hearing = timezone.localdate() + timedelta(days=20)
    client = signed_in(aigul, language="en")
    imported(client, as_csv({**RUSSIAN, "Дата суда": f"{hearing:%d.%m.%Y}"}))
    row = Case.objects.get()
    case = opened(aigul, row)
    person, matter = case.persons()[0].body, case.matters()[0].body
    assert {name: person[name] for name in ("born_on", "passport", "iin", "recruitment_cost", "recruitment_wage")} == {
        "born_on": "12.05.1990", "passport": "ID 1234567", "iin": "20505199000123",
        "recruitment_cost": "30000", "recruitment_wage": "60000",
    }  # fmt: skip
    assert person["recruitment_currency"] == "KGS"
    assert {name: matter[name] for name in ("sector", "job", "persons", "outcome", "outcome_on", "children_back")} == {
        "sector": "sector-construction", "job": "отделочник", "persons": 12, "outcome": "R2", "outcome_on": "2026-03-18",
        "children_back": 2,
    }  # fmt: skip
    sums = [case.open(one).body for one in row.sums.order_by("id")]
    assert [(one["stage"], one["amount"], one["day"]) for one in sums] == [
        ("promised", "90000", timezone.localdate().isoformat()),
        ("claimed", "180000", "2026-02-05"),
        ("received", "50000", "2026-03-20"),
    ]
    party = case.parties()[0].body
    assert (party["name"], party["ogrn"]) == ("ООО Сапсан", "1027700132195")
    assert (row.status, row.waits_for, row.due_on) == ("others", "court", hearing)
    assert case.open(Deadline.objects.get()).body == {"what": "Подать ходатайство"}
    assert case.open(row.sheet).body == {"type": "consultation"}
    assert case.open(Imported.objects.get()).body["way"] == "messenger"
    assert "How the person came: Messenger." in client.get(f"/work/cases/{row.code}/").content.decode()


# The same columns in each language.
COLUMNS = ["waits", "sector", "way", "deadline", "type", "appealed_on", "cost", "children"]
HEADINGS = {
    "ru": "Кого ждём;Отрасль;Как обратился;Срок;Вид помощи;Дата обращения;Заплатил посреднику;Воссоединено детей",
    "ky": "Кимди күтөбүз;Тармагы;Кантип кайрылды;Мөөнөтү;Жардамдын түрү;Кайрылган күнү;Ортомчуга төлөнгөн акы;Кайткан балдар",
    "en": "Waiting for;Branch of work;How she came;Deadline;Type of help;Date received;Recruitment cost;Reunited children",
    "kk": "Кімді күтеміз;Сала;Қалай жүгінді;Мерзімі;Көмек түрі;Өтініш күні;Жұмысқа орналасу шығыны;Қайтқан балалар",
    "uz": "Kimni kutamiz;Soha;Qanday murojaat qildi;Muddati;Yordam turi;Murojaat sanasi;Ishga joylash xarajati;Qaytgan bolalar",
    "tg": "Интизор;Соҳаи кор;Тарзи муроҷиат;Муҳлат;Навъи кӯмак;Рӯзи муроҷиат;Хароҷоти корёбӣ;Фарзандони баргашта",
}


def test_headings_of_the_region_are_recognised(aigul: Any, signed_in: Any) -> None:
    client = signed_in(aigul)
    for language, said in HEADINGS.items():
        headings = ["ФИО", *said.split(";")]
        address = bring(client, csv_of(["Айбек"] + [""] * 8, headings=headings, encoding="utf-8")).headers["Location"]
        form = columns(client, address)
        assert [form[f"column_{number}"] for number in range(1, 9)] == COLUMNS, language


def test_the_dry_run_names_what_it_does_not_understand_row_by_row(aigul: Any, signed_in: Any) -> None:
    odd = {
        **RUSSIAN, "Кого ждём": "Марс", "Отрасль": "космос", "Как обратился": "сова", "Вид помощи": "колдовство",
        "Количество человек": "много", "Дата иска": "позавчера", "Сколько заплатил посреднику": "барана", "Результат": "",
        "Дата суда": "01.02.2026", "Год рождения": "²",
    }  # fmt: skip
    client = signed_in(aigul, language="en")
    address = bring(client, as_csv(RUSSIAN, odd)).headers["Location"]
    try_out(client, address)
    lines = client.post(f"{address}report/file/", {"as": "csv"}).content.decode("utf-8-sig").splitlines()
    told = (
        "for whom it waits is not understood; it stays in the note: “Марс”",
        "the branch of work is not understood; it stays in the note: “космос”",
        "how the person came is not understood; it stays in the note: “сова”",
        "the way of working is not understood; it stays in the note: “колдовство”",
        "a number is not understood; it stays in the note: “много”",
        "a date is not understood: “позавчера”",
        "a sum is not understood; it stays in the note: “барана”",
        "there is a day of an outcome, but no outcome: “18.03.2026”",
        "the number stays in the note: “2”",
        "the deadline has passed already: “01.02.2026”",
        "the year of birth is not understood",
    )
    assert [words for words in told if words not in lines[2]] == []
    assert [words for words in told if words in lines[1]] == []


def test_a_pay_without_currency_has_that_of_the_register_and_not_that_of_the_cost(aigul: Any, signed_in: Any) -> None:
    row = {"ФИО": "Айбек", "Сколько заплатил посреднику": "30 000 сом", "Зарплата за первый месяц": "60 000"}
    client = signed_in(aigul, language="en")
    address, _job = imported(client, as_csv(row), currency="RUB")
    person = opened(aigul, Case.objects.get()).persons()[0].body
    assert [person[f"recruitment_{name}"] for name in ("cost", "currency", "wage")] == ["30000", "KGS", ""]
    assert "two currencies: the pay stays in the note: “60 000”" in client.get(f"{address}report/").content.decode()


def test_a_day_of_birth_that_can_be_read_in_two_ways_is_named(aigul: Any, signed_in: Any) -> None:
    rows = [{"ФИО": f"Айбек {day}", "Дата рождения": day} for day in ("03/05/1990", "03/25/1990", "03.05.1990")]
    client = signed_in(aigul, language="en")
    address = bring(client, as_csv(*rows)).headers["Location"]
    try_out(client, address)
    lines = client.post(f"{address}report/file/", {"as": "csv"}).content.decode("utf-8-sig").splitlines()[1:]
    two_ways, month_first = ("can be read in two ways: the day is taken first", "read with the month first")
    assert [(two_ways in line, month_first in line) for line in lines] == [(True, False), (False, True), (False, False)]
    assert "03/05/1990" in lines[0]


def test_a_value_that_nobody_could_guess_is_explained_once(aigul: Any, signed_in: Any) -> None:
    client = signed_in(aigul, language="en")
    row = {"ФИО": "Айбек", "Статус": "5", "Кого ждём": "Г-2", "Отрасль": "к. 7", "Как обратился": "сова", "Вид помощи": "№ 3"}
    address = bring(client, as_csv(row)).headers["Location"]
    try_out(client, address)
    assert set(asked(client, address)) == {"5", "Г-2", "к. 7", "сова", "№ 3"}
    explain(client, address, **{"5": "open", "Г-2": "authority", "к. 7": "sector-sewing", "сова": "outreach", "№ 3": "drafting"})
    finish(client, client.post(f"{address}start/").headers["Location"])
    case = Case.objects.get()
    assert (case.status, case.waits_for) == ("others", "authority")
    assert opened(aigul, case).matters()[0].body["sector"] == "sector-sewing"
    assert opened(aigul, case).open(case.sheet).body == {"type": "drafting"}


def test_a_closed_row_waits_for_nobody_and_keeps_no_deadline(aigul: Any, signed_in: Any) -> None:
    later = f"{timezone.localdate() + timedelta(days=5):%d.%m.%Y}"
    row = {
        "ФИО": "Айбек",
        "Статус": "закрыто",
        "Дата закрытия": f"{timezone.localdate():%d.%m.%Y}",
        "Кого ждём": "суд",
        "Срок": later,
    }
    client = signed_in(aigul, language="en")
    address, _job = imported(client, as_csv(row))
    case = Case.objects.get()
    assert (case.status, case.waits_for, case.deadlines.count()) == ("closed", "", 0)
    report = client.get(f"{address}report/").content.decode()
    assert "it is closed, and so waits for nobody" in report
    assert "it is closed: the deadline stays in the note" in report


def test_what_a_status_says_of_waiting_is_understood(aigul: Any, signed_in: Any) -> None:
    rows = [
        {"ФИО": f"Айбек {number}", "Статус": status} for number, status in enumerate(("ждём суд", "ожидаем клиента", "в работе"))
    ]
    imported(signed_in(aigul), as_csv(*rows))
    assert list(Case.objects.order_by("id").values_list("status", "waits_for")) == [
        ("others", "court"), ("person", ""), ("office", ""),
    ]  # fmt: skip


def test_a_group_whose_first_row_tells_how_many_they_are_is_not_counted_twice(aigul: Any, signed_in: Any) -> None:
    rows = [{"Бригада": "7", "ФИО": f"Айбек {n}", "Количество человек": "3" if n == 0 else ""} for n in range(3)]
    imported(signed_in(aigul), as_csv(*rows))
    assert opened(aigul, Case.objects.get()).matters()[0].body["persons"] == 3
