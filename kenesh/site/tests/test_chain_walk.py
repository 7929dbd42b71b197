"""The whole chain in a real browser: an appeal from a phone becomes a council's decision and a ministry's answer, and the
person who appealed is told. The migrant reads Kyrgyz at 360 px; the office, the council and the ministry read Russian.

Afterwards the database and the files are searched for words that were planted in story, message, note and name: none may
be readable anywhere. Screenshots of each step go to var/walk/, when that folder is there.
"""

from __future__ import annotations

import gzip
import re
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from django.conf import settings
from django.core import mail
from django.db import connection
from django.utils import timezone

from kenesh.cast import PASSWORD, code_of, give_factor
from kenesh.people import factors

if TYPE_CHECKING:
    from playwright.sync_api import Page

SHOTS = Path(__file__).resolve().parents[3] / "var" / "walk"
CANARIES = {
    "name": ["Жумабүбү Токтосарова"],
    "phone": ["+7 951 448-20-73", "79514482073", "9514482073"],
    "story": ["шыбагана", "керегече", "кызылтам"],
    "message": ["тоскоолчу", "бурулуш", "айдаракан"],
    "note": ["перфоратор", "подельник", "кладовщица"],
}


class Walk:
    """A person at her own browser."""

    def __init__(self, page: Page, base: str) -> None:
        self.page, self.base = page, base
        self.step = 0

    def go(self, path: str) -> None:
        answer = self.page.goto(self.base + path)
        assert answer is not None
        assert answer.status == 200, (path, answer.status)

    def shot(self, name: str) -> None:
        """Whoever wants to see the walk makes the folder first; a picture takes longer than the page."""
        if SHOTS.is_dir():
            self.page.screenshot(path=SHOTS / f"{name}.png", full_page=True)

    def choose(self, name: str, value: str) -> None:
        """A radio or tick, through the label around it."""
        self.page.locator(f'input[name="{name}"][value="{value}"]').check(force=True)

    def fill(self, name: str, value: str) -> None:
        self.page.locator(f'main [name="{name}"]').fill(value)

    def select(self, name: str, value: str) -> None:
        self.page.locator(f'main select[name="{name}"]').select_option(value)

    def press(self, selector: str = 'main form button:not([class*="quiet"]):not([class*="danger"])') -> None:
        self.page.locator(selector).first.click()

    def press_in(self, address_end: str, button: str = "button") -> None:
        """The button of the form that posts to an address with this end."""
        self.page.locator(f'.page form[action$="{address_end}"] {button}').first.click()

    def sign_in(self, user: Any) -> None:
        self.page.context.add_cookies([{"name": settings.LANGUAGE_COOKIE_NAME, "value": "ru", "url": self.base}])
        give_factor(user)
        self.go("/work/sign-in/")
        self.fill("email", user.email)
        self.fill("password", PASSWORD)
        self.press()
        if factors.must_have_factor(user):
            self.page.wait_for_url("**/second-step/**")
            self.fill("code", code_of(user))
            self.press()
        self.page.wait_for_url("**/work/")

    def text(self) -> str:
        return self.page.locator("body").inner_text()


@pytest.fixture
def someone(open_page: Callable[..., Page], live_server: Any) -> Callable[..., Walk]:
    base = live_server.url.replace("127.0.0.1", "localhost")
    return lambda width: Walk(open_page(width=width, scripts=False), base)


@pytest.fixture
def seated(office: Any, council: Any) -> None:
    """The office in Bishkek is a member of the council, which publishes what it decides."""
    from kenesh.people.models import Membership

    council.publishes_decisions = True
    council.save()
    Membership.objects.create(body=council, organisation=office)


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_the_whole_chain(
    someone: Callable[..., Walk], aigul: Any, chynara: Any, office: Any, council: Any, ministry: Any, seated: None, barriers: Any
) -> None:
    migrant = someone(360)
    digits = files_an_appeal(migrant)
    caseworker = someone(1280)
    caseworker.sign_in(aigul)
    case = takes_it_up(caseworker)
    problem = proposes_a_problem(caseworker)
    secretary = someone(1280)
    secretary.sign_in(chynara)
    accepts_the_problem(secretary, problem)
    stands_behind_it(caseworker, case, problem)
    recommendation = holds_a_meeting(secretary, problem, ministry)
    link = asks_the_ministry(secretary, recommendation)
    answers(someone(1280), link)
    publishes_and_judges(secretary, recommendation)
    comes_back(someone(360), digits, problem)
    public_pages_tell(someone(360), problem, recommendation)
    nothing_is_readable()


def files_an_appeal(migrant: Walk) -> str:
    migrant.go("/ky/appeal/")
    migrant.choose("danger", "no")
    migrant.choose("theme", "pay")
    migrant.fill("story", f"Бригадир {' '.join(CANARIES['story'])} үч ай айлык бербей жатат")
    migrant.shot("01-appeal")
    migrant.press()
    migrant.select("citizenship", "KG")
    migrant.select("where_country", "RU")
    migrant.fill("where_place", "Челябинск")
    migrant.select("now_country", "RU")
    migrant.shot("02-where")
    migrant.press()
    migrant.choose("culprit", "employer")
    migrant.choose("for_whom", "self")
    migrant.press()
    migrant.choose("answer_how", "call")
    migrant.press()  # the phone is forgotten: the page says so and keeps the rest
    assert migrant.page.locator("#errors").count() == 1
    migrant.shot("03-error")
    assert migrant.page.locator('input[name="answer_how"][value="call"]').is_checked()
    migrant.fill("phone", CANARIES["phone"][0])
    migrant.choose("consents", "d")
    migrant.press()
    migrant.shot("04-check")
    migrant.press_in("/send/")
    migrant.shot("05-receipt")
    digits = re.sub(r"\D", "", migrant.page.locator(".receipt output").inner_text())
    assert len(digits) == 20
    migrant.press_in("/written/")
    migrant.go("/ky/appeal/status/")
    migrant.fill("receipt", " ".join(digits[i : i + 4] for i in range(0, 20, 4)))
    migrant.press()
    migrant.fill("text", f"Дагы: {' '.join(CANARIES['message'])}")
    migrant.press('main form:has(textarea[name="text"]) button')
    assert CANARIES["message"][0] in migrant.text()
    migrant.shot("06-status")
    return digits


def takes_it_up(caseworker: Walk) -> str:
    caseworker.go("/work/queue/")
    caseworker.shot("10-queue")
    caseworker.press("table.queue tbody a")
    assert CANARIES["story"][0] in caseworker.text()
    caseworker.shot("11-appeal")
    caseworker.press_in("/take-up/")
    case = caseworker.page.url.rstrip("/").rsplit("/", 1)[1]
    caseworker.fill("answer-text", "Биз прокуратурага жазабыз.")
    caseworker.press_in("/answer/")
    caseworker.fill("note-text", f"Заметка: {' '.join(CANARIES['note'])}")
    caseworker.press_in("/note/")
    assert CANARIES["note"][0] in caseworker.text()
    caseworker.shot("12-case")
    caseworker.go(f"/work/cases/{case}/deadlines/")
    caseworker.fill("deadline-due_on", (timezone.localdate() + timedelta(days=20)).isoformat())
    caseworker.fill("deadline-what", "Жалоба в инспекцию")
    caseworker.press_in("/deadline/")
    caseworker.shot("12-deadlines")
    caseworker.go(f"/work/cases/{case}/facts/")
    caseworker.press('main a[href*="/person/"]')
    caseworker.fill("name", CANARIES["name"][0])
    caseworker.press()
    caseworker.press('main a[href*="/matter/"]')
    caseworker.select("theme", "unpaid-wages")
    caseworker.select("outcome", "R4")
    caseworker.press()
    caseworker.press_in("/release/")
    caseworker.shot("12-facts")
    return case


def proposes_a_problem(caseworker: Walk) -> str:
    caseworker.go("/work/problems/new/?theme=unpaid-wages&origin=KG&destination=RU")
    caseworker.fill("title_ru", "Бригадам не платят при субподряде")
    caseworker.fill("title_ky", "Субподряддагы бригадаларга айлык төлөнбөйт")
    caseworker.fill("statement_ru", "Подрядчик исчезает, а заказчик не отвечает за зарплату бригады.")
    caseworker.shot("13-propose")
    way = caseworker.page.locator('main input[name="way"]')
    if way.count():
        way.first.check(force=True)
    caseworker.press()
    caseworker.shot("14-proposed")
    assert caseworker.page.locator("#errors").count() == 0, caseworker.page.locator("#errors").inner_text()
    return caseworker.page.url.rstrip("/").rsplit("/", 1)[1]


def accepts_the_problem(secretary: Walk, problem: str) -> None:
    secretary.go(f"/work/problems/{problem}/")
    secretary.press_in("/accept/")
    secretary.shot("20-problem")


def stands_behind_it(caseworker: Walk, case: str, problem: str) -> None:
    caseworker.go(f"/work/cases/{case}/")
    caseworker.select("link-problem", problem)
    caseworker.press_in("/problem/")
    assert problem in caseworker.text()


def holds_a_meeting(secretary: Walk, problem: str, ministry: Any) -> str:
    secretary.go("/work/meetings/new/")
    secretary.fill("title_ru", "Заседание совета")
    secretary.fill("title_ky", "Кеңештин жыйыны")
    secretary.fill("on", (timezone.localdate() - timedelta(days=1)).isoformat())
    secretary.fill("begins", "10:00")
    secretary.fill("place_ru", "Бишкек")
    secretary.shot("21-new-meeting")
    secretary.press()
    meeting = secretary.page.url.rstrip("/").rsplit("/", 1)[1]
    secretary.go(f"/work/meetings/{meeting}/agenda/new/")
    secretary.fill("title_ru", "О невыплате зарплаты бригадам")
    secretary.page.locator('main input[name="problems"]').first.check(force=True)
    secretary.press()
    secretary.go(f"/work/meetings/{meeting}/attendance/")
    secretary.page.locator('main select[name$="_mode"]').first.select_option("present")
    secretary.shot("22-attendance")
    secretary.press()
    secretary.go(f"/work/meetings/{meeting}/")
    secretary.press_in("/status/", 'button[value="open"]')
    secretary.press('main a[href$="/propose/"]')
    secretary.fill("text_ru", "Ввести солидарную ответственность заказчика за зарплату бригад.")
    secretary.page.locator(f'main input[name="addressees"][value="{ministry.pk}"]').check(force=True)
    secretary.fill("due_on", (timezone.localdate() + timedelta(days=30)).isoformat())
    secretary.press()
    secretary.go(f"/work/meetings/{meeting}/")
    secretary.shot("23-meeting")
    secretary.press_in("/consensus/", "button.button")
    secretary.press_in("/status/", 'button[value="close"]')
    secretary.press_in("/status/", 'button[value="publish"]')
    secretary.go(f"/work/meetings/{meeting}/minutes/")
    secretary.shot("24-minutes")
    secretary.go("/work/recommendations/")
    secretary.press("main section .list a")
    return secretary.page.url.rstrip("/").rsplit("/", 1)[1]


def asks_the_ministry(secretary: Walk, recommendation: str) -> str:
    secretary.go(f"/work/recommendations/{recommendation}/")
    secretary.press('main a[href$="/link/"]')
    secretary.press()
    secretary.shot("25-link")
    return secretary.page.locator(".receipt output").inner_text().strip()


def answers(official: Walk, link: str) -> None:
    path = "/" + link.split("/", 3)[3]
    official.go(path)
    official.shot("30-answer-link")
    official.press()
    code = re.search(r"\b\d{4} ?\d{4}\b", mail.outbox[-1].body)
    assert code is not None, mail.outbox[-1].body
    official.fill("code", code.group(0))
    official.press()
    assert path.rstrip("/").rsplit("/", 1)[1] not in official.page.url
    official.choose("answer", "accepted")
    official.fill("text", "Поправка внесена в парламент.")
    official.shot("31-answer")
    official.press()
    official.shot("32-answer-check")
    official.press()
    official.shot("33-answer-sent")


def publishes_and_judges(secretary: Walk, recommendation: str) -> None:
    secretary.go(f"/work/recommendations/{recommendation}/")
    if secretary.page.locator('main form[action$="/publish/"] button').count():
        secretary.press_in(f"/recommendations/{recommendation}/publish/")
    secretary.shot("40-recommendation")
    for form in secretary.page.locator('main form[action*="/recommendations/answers/"][action$="/publish/"] button').all()[:1]:
        form.click()
    secretary.go(f"/work/recommendations/{recommendation}/judge/")
    secretary.choose("judgement", secretary.page.locator('main input[name="judgement"]').first.get_attribute("value") or "")
    secretary.fill("text_ru", "Поправка принята и опубликована.")
    secretary.shot("41-judge")
    secretary.press()
    for form in secretary.page.locator('main form[action*="/recommendations/judgements/"][action$="/publish/"] button').all()[:1]:
        form.click()
    secretary.shot("42-judged")


def comes_back(migrant: Walk, digits: str, problem: str) -> None:
    migrant.go("/ky/appeal/status/")
    migrant.fill("receipt", digits)
    migrant.press()
    text = migrant.text()
    assert "Биз прокуратурага жазабыз." in text
    assert "Субподряддагы бригадаларга айлык төлөнбөйт" in text
    assert "Поправка внесена в парламент." in text
    migrant.shot("50-back")


def public_pages_tell(reader: Walk, problem: str, recommendation: str) -> None:
    reader.go(f"/ky/problems/{problem}/")
    assert recommendation in reader.page.content()
    reader.shot("51-problem")
    reader.go(f"/ky/recommendations/{recommendation}/")
    assert "Поправка внесена в парламент." in reader.text()
    reader.shot("52-recommendation")
    reader.go("/ky/meetings/")
    reader.go("/ky/")
    reader.shot("53-home")


# --- what a thief finds ---------------------------------------------------------------------------------------------------


def everything_stored() -> Iterator[tuple[str, bytes]]:
    """Every value of every row of the database, and every file of the node but its secrets."""
    with connection.cursor() as cursor:
        for table in set(connection.introspection.table_names(cursor)) - {
            "search_words"
        }:  # which SQLite cannot list; its pieces are tables, too
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            for row in cursor.fetchall():
                for value in row:
                    yield table, bytes(value) if isinstance(value, (bytes, memoryview)) else str(value).encode()
    for path in settings.HOME.rglob("*"):
        if path.is_file() and "secrets" not in path.parts:
            raw = path.read_bytes()
            yield str(path), gzip.decompress(raw) if path.suffix == ".gz" else raw


def nothing_is_readable() -> None:
    forms = {
        form
        for words in CANARIES.values()
        for word in words
        for text in (word, word.lower(), word.upper())
        for form in (text.encode(), text.encode("utf-16-le"), text.encode("unicode_escape"), text.encode("cp1251", "ignore"))
        if len(form) > 5
    }
    found = [(place, form) for place, value in everything_stored() for form in forms if form in value]
    assert found == []
