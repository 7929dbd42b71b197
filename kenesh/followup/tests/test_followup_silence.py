"""That an answer is late, everybody reads only where the body has announced it, and not before the addressees could answer."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable
from datetime import timedelta

import openpyxl
import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from kenesh.followup import actions, tasks
from kenesh.followup.models import Recommendation, Reminder, Response, ShownSilence
from kenesh.people.models import Body, Organisation, User

Recommend = Callable[..., Recommendation]
Enter = Callable[[User], Client]

LATE = re.compile(r"\blate\b|overdue", re.IGNORECASE)


def doors(code: str, council: Body) -> list[str]:
    """Every public page, feed, table and answer to programs that tells how far a recommendation has come."""
    return [
        "/en/",
        "/en/recommendations/",
        "/en/recommendations/feed/",
        f"/en/recommendations/{code}/",
        f"/en/recommendations/{code}/feed/",
        f"/en/recommendations/{code}/embed/",
        f"/en/recommendations/{code}/versions/",
        f"/en/recommendations/{code}/versions/1/",
        "/en/recommendations/report/",
        f"/en/recommendations/report/?body={council.code}",
        "/en/recommendations/table/csv/",
        "/api/v1/recommendations",
        "/api/v1/recommendations.csv",
        f"/api/v1/recommendations/{code}",
    ]


def main_of(answer: str) -> str:
    """The page without its stylesheet and frame, whose words tell nothing of a recommendation."""
    return re.split(r"<main", answer)[-1]


@pytest.fixture
def late(recommend: Recommend) -> Recommendation:
    """The ministry has let the day pass."""
    return recommend("Open a register.", public=True, due=timezone.localdate() - timedelta(days=3))


def test_nobody_outside_reads_that_an_answer_is_late_before_the_body_shows_it(
    late: Recommendation, council: Body, client: Client
) -> None:
    told = {address: LATE.findall(main_of(client.get(address).content.decode())) for address in doors(late.code, council)}
    assert told == {address: [] for address in told}
    sheet = openpyxl.load_workbook(io.BytesIO(client.get("/en/recommendations/table/xlsx/").content)).active
    assert sheet is not None
    cells = [str(cell.value) for line in sheet.iter_rows() for cell in line]
    assert [cell for cell in cells if LATE.search(cell)] == []


def test_the_day_that_was_asked_for_is_read_all_the_same(late: Recommendation, client: Client) -> None:
    rows = list(csv.DictReader(io.StringIO(client.get("/en/recommendations/table/csv/").content.decode("utf-8-sig"))))
    assert (rows[-1]["status"], rows[-1]["answer_by"]) == ("waiting", (timezone.localdate() - timedelta(days=3)).isoformat())
    assert "Answer wanted by" in client.get("/en/recommendations/").content.decode()


def test_who_asks_for_late_ones_finds_none_before_the_body_shows_it(late: Recommendation, client: Client) -> None:
    found = [client.get(f"/api/v1/recommendations?status={one}").json()["results"] for one in ("overdue", "waiting")]
    assert [[one["id"] for one in items] for items in found] == [[], [late.code]]
    assert late.code not in client.get("/en/recommendations/?status=overdue").content.decode()


def test_late_answers_are_shown_two_weeks_after_the_secretary_announced_it_until_she_turns_it_off(
    late: Recommendation, council: Body, chynara: User, signed_in: Enter, client: Client
) -> None:
    page = f"/en/recommendations/{late.code}/"
    switch = reverse("followup_work:turn_silence", args=[council.code])

    def seen() -> tuple[bool, bool, str]:
        listed = client.get("/en/recommendations/").content.decode()
        shown = client.get(page).content.decode()
        told = client.get("/api/v1/recommendations").json()["results"][0]["status"]
        return "The answer is late (1)" in listed, "The answer is 3 days late" in shown, told

    before = seen()
    signed_in(chynara).post(switch, {"public": "yes"})
    assert ShownSilence.objects.get().opens_on == timezone.localdate() + timedelta(days=14)
    announced = seen()
    back = timedelta(days=14)
    ShownSilence.objects.update(announced_on=timezone.localdate() - back, opens_on=timezone.localdate())
    late.filed.update(late_after=timezone.localdate() - timedelta(days=1))  # what was filed two weeks ago
    opened = seen()
    signed_in(chynara).post(switch, {"public": "no"})
    nothing = (False, False, "waiting")
    assert [before, announced, opened, seen()] == [nothing, nothing, (True, True, "overdue"), nothing]


def test_what_is_filed_turns_late_on_the_day_that_was_announced(late: Recommendation, council: Body, chynara: User) -> None:
    actions.announce_silence(body=council, by=chynara)
    days = set(late.filed.values_list("late_after", flat=True))
    assert days == {timezone.localdate() + timedelta(days=13)}


def test_addressees_who_owe_an_answer_are_told_when_it_is_announced(
    late: Recommendation,
    recommend: Recommend,
    respond: Callable[..., Response],
    council: Body,
    ministry: Organisation,
    second_ministry: Organisation,
    chynara: User,
    signed_in: Enter,
) -> None:
    Organisation.objects.filter(pk=ministry.pk).update(mailbox="post@labour.example")
    recommend("Another.", public=True)
    answered = recommend("Answered.", public=True, to=[second_ministry])
    respond(answered.addressees.get())
    signed_in(chynara).post(reverse("followup_work:turn_silence", args=[council.code]), {"public": "yes"})
    waiting = DBTaskResult.objects.filter(task_path__endswith=".send_waiting_reminders")
    assert waiting.count() == 1
    for reminder in Reminder.objects.order_by("id"):
        tasks.send_reminder.call(reminder.pk)
    assert [(one.to, late.code in str(one.body), "Open a register" in str(one.body)) for one in mail.outbox] == [
        (["post@labour.example"], True, False)
    ]


def test_who_has_answered_is_not_late_though_its_answer_is_internal(
    late_is_shown: None, late: Recommendation, respond: Callable[..., Response], chynara: User, client: Client
) -> None:
    def seen() -> tuple[bool, bool]:
        page = main_of(client.get(f"/en/recommendations/{late.code}/").content.decode())
        return "Answered" in page, bool(LATE.search(page))

    silent = seen()
    answer = respond(late.addressees.get())
    internal = seen()
    actions.publish_response(response=answer, by=chynara)
    assert [silent, internal, seen()] == [(False, True), (False, False), (True, False)]


def test_people_of_the_body_read_which_answers_are_late_all_the_same(
    late: Recommendation, chynara: User, signed_in: Enter
) -> None:
    browser = signed_in(chynara)
    addresses = ["/work/recommendations/", f"/work/recommendations/{late.code}/", "/work/recommendations/report/"]
    assert ["3 days late" in browser.get(one).content.decode() for one in addresses] == [True, True, True]


def test_only_the_secretary_of_the_body_shows_late_answers(
    council: Body, other_secretary: User, member: User, signed_in: Enter
) -> None:
    page = reverse("followup_work:turn_silence", args=[council.code])
    assert [signed_in(one).post(page, {"public": "yes"}).status_code for one in (other_secretary, member)] == [404, 404]
    assert ShownSilence.objects.count() == 0
