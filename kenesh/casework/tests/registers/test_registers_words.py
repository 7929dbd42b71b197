"""Words of a register that say the opposite of a word they hold, or hold another word by chance."""

from __future__ import annotations

from datetime import date

import pytest
from django.utils import translation

from kenesh.casework.importing import fields, kinds, rows, words
from kenesh.themes.languages import INTERFACE

LOST = """
Не удовлетворено|Жалоба не удовлетворена|Иск не был удовлетворён|Оставлено без удовлетворения|Суд отказал в удовлетворении
не в пользу истца|Решение не в её пользу|Мировой суд: отказано|unfavourable decision|not granted|appeal not upheld
not in her favour|not in favour of the worker|refusal upheld|claim dismissed|Талап канааттандырылган жок
Канааттандырылбады|Канааттандыруусуз калтырылды
Талап қанағаттандырылған жоқ|Қанағаттандырылмады|Қанағаттандырусыз қалдырылды|Talab qanoatlantirilmadi|Da'vo qanoatlantirilmagan
Даъво қонеъ гардонида нашуд|Պահանջը չի բավարարվել|Մերժվել է
"""
WON = """
Удовлетворено|Жалоба удовлетворена|Решение в пользу истца|favourable decision|Appeal upheld|granted|Талап канааттандырылды
Қанағаттандырылды|Talab qanoatlantirildi|Даъво қонеъ гардонида шуд|Պահանջը բավարարվել է|Иск удовлетворён мировым судом
"""
UNPAID = """
Не выплачено|Деньги не были возвращены|не решено|Не договорились|Безуспешно|unpaid|not yet paid|they haven't paid|unsuccessful
Маселе чечилген жок|төлөнбөдү|Мәселе шешілмеді|hal qilinmadi|пардохт нашуд|Заявление возвращено
"""
PAID = """
Выплачено|Работодатель вернул паспорт|Деньги возвращены|Вопрос решён|paid|Маселе чечилди|төлөндү|Мәселе шешілді|hal qilindi|пардохт шуд
"""
PARTLY = "Удовлетворено частично|Выплачено не полностью|partly granted"
IN_THE_END_CLOSED = """
Закрыто, присуждено судом|Закрыто: подтверждён долг, выплачено|Завершено, возбуждено дело|Закрыто, освобождён из полиции
Дело закрыто, работодатель предупреждён|Closed, awarded by the court|Жабылды|Yopilgan|Жабылган, компания төлөдү
"""
NOT_CLOSED = """
Работодатель не отвечает, в работе|Не закрыто|ещё не решено|не завершено|unresolved|not closed
Жабылган жок|жабыла элек|аяқталмады|yopilmagan|пӯшида нашуд
"""


def each(text: str) -> list[str]:
    return [one for line in text.strip().splitlines() for one in line.split("|")]


@pytest.mark.parametrize(
    ("said", "code"),
    [(one, code) for text, code in ((LOST, "N1"), (WON, "R4"), (UNPAID, ""), (PAID, "R1"), (PARTLY, "R2")) for one in each(text)],
)
def test_a_lost_case_is_no_favourable_decision(said: str, code: str) -> None:
    assert words.outcome(said)[0] == code


@pytest.mark.parametrize(
    ("said", "code"), [(one, "closed") for one in each(IN_THE_END_CLOSED)] + [(one, "open") for one in each(NOT_CLOSED)]
)
def test_a_closed_case_stays_closed_and_an_open_one_open(said: str, code: str) -> None:
    assert rows._status(said)[0] == code


@pytest.mark.parametrize(
    ("said", "whom"),
    [("ждём суд", "court"), ("в ожидании ответа консула", "consul"), ("awaiting the court", "court"), ("сотту күтөбүз", "court")],
)
def test_whom_a_status_waits_for_is_still_heard(said: str, whom: str) -> None:
    assert rows._status(said)[0] == whom


DAYS = """
Дата рождения;Дата обращения|Туулган күнү;Кайрылган күнү|Туған күні;Өтініш күні|Tug'ilgan sanasi;Murojaat sanasi
Санаи таваллуд;Санаи муроҷиат|Ծննդյան ամսաթիվ;Ամսաթիվ|Date of birth;Date received
"""


@pytest.mark.parametrize("headings", each(DAYS))
def test_a_day_of_birth_is_not_the_day_of_the_appeal(headings: str) -> None:
    chosen = fields.suggested(headings.split(";"), [[], []], home="KG", today=date(2026, 3, 1))
    assert chosen == ["birth", "appealed_on"]


@pytest.mark.parametrize(
    ("said", "whom"),
    [
        ("Организация", ""), ("партнёрскую организацию", "partner"), ("государственный орган", "authority"),
        ("Минкомсвязи, министерство", "authority"), ("ТОО, серіктестік, компания", "employer"), ("her", "person"),
        ("an answer from them", "person"), ("Заявитель ждёт нас", "office"), ("Ждём партнёрскую организацию", "partner"),
    ],
)  # fmt: skip
def test_an_organisation_is_no_authority(said: str, whom: str) -> None:
    assert kinds.waits(said)[0] == whom


@pytest.mark.parametrize("language", INTERFACE)
def test_what_our_own_pages_call_it_is_understood_in_every_language(language: str) -> None:
    with translation.override(language):
        called = {str(label): code for code, label in kinds.WAITS.items()}
    assert {words: kinds.waits(words) for words in called} == {words: (code, "") for words, code in called.items()}


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ("complaint to a state body", "authority"), ("bringing the dead body home", "body"), ("repatriation of the body", "body"),
        ("Груз 200", "body"),
    ],
)  # fmt: skip
def test_a_state_body_is_no_dead_one(said: str, code: str) -> None:
    assert kinds.case_type(said)[0] == code


@pytest.mark.parametrize("other", ["Место рождения", "Дата въезда", "Туулган жери", "Въехал"])
def test_no_other_day_goes_before_that_of_the_appeal(other: str) -> None:
    days = ["05.03.2024", "06.03.2024"]
    chosen = fields.suggested([other, "Дата рождения", "Дата обращения"], [days, days, days], home="KG", today=date(2026, 3, 1))
    assert chosen == ["", "birth", "appealed_on"]
