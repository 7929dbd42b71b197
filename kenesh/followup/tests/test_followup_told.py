"""Who is told of what: the secretary of what came in, the addressee of what was decided; and how long a link opens."""

from __future__ import annotations

import io
import re
import uuid
from collections.abc import Callable
from datetime import date, timedelta

import docx
import pytest
from django.core import mail
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override
from django_tasks_db.models import DBTaskResult

from kenesh.followup import actions, tasks
from kenesh.followup.actions import reminding
from kenesh.followup.models import Addressee, AnswerLink, Extension, Letter, Recommendation, Reminder, Response
from kenesh.followup.queries import ministry as settling
from kenesh.followup.tests.test_followup_answer_link import enter, send
from kenesh.people.models import Organisation, User
from kenesh.themes.templatetags.words import day

Recommend = Callable[..., Recommendation]
Enter = Callable[[User], Client]


@pytest.fixture
def ministry(ministry: Organisation) -> Organisation:
    """Letters to it are in English."""
    ministry.languages = ["en"]
    ministry.save(update_fields=["languages"])
    return ministry


def in_days(days: int) -> date:
    return timezone.localdate() + timedelta(days=days)


def official_of(addressee: Addressee, by: User) -> Client:
    client = Client()
    enter(client, actions.issue_answer_link(addressee=addressee, by=by))
    return client


def came_in(client: Client) -> str:
    """The panel on the first page of staff, as plain words."""
    found = re.search(r"Came in from addressees</h2>(.*?)</div>", client.get("/work/").content.decode(), re.DOTALL)
    return " ".join(re.sub(r"<[^>]+>", " ", found[1]).split()) if found else ""


def letters() -> list[tuple[str, str, str]]:
    """To whom, subject and text of the letters that wait."""
    before = len(mail.outbox)
    for pk in reminding.reminders_to_send(now=timezone.now()):
        tasks.send_reminder.call(pk)
    return [(one.to[0], str(one.subject), str(one.body)) for one in mail.outbox[before:]]


# --- the secretary ------------------------------------------------------------------------------------------------------


def test_what_came_in_stands_on_the_first_page_until_it_is_dealt_with(
    recommend: Recommend, chynara: User, signed_in: Enter
) -> None:
    secretary, first, second = signed_in(chynara), recommend("One", public=True), recommend("Two")
    assert came_in(secretary) == ""
    send(official_of(first.addressees.get(), chynara), promised_by=in_days(90).isoformat())
    send(official_of(second.addressees.get(), chynara), answer="holding", promised_by=in_days(60).isoformat())
    shown = came_in(secretary)
    wanted = [f"asks for time until {day(in_days(60))}.", "Accepted in part", "One", "Two"]
    assert [words in shown for words in wanted] == [True] * 4
    actions.publish_response(response=first.addressees.get().responses.get(), by=chynara)
    asked = Extension.objects.get()
    actions.decide_extension(extension=asked, granted=False, words="", today=timezone.localdate(), by=chynara)
    assert "More time is needed" in came_in(secretary)
    assert "Accepted in part" not in came_in(secretary)


def test_an_answer_that_waits_in_the_ministry_or_was_sent_back_stands_there_too(
    addressee: Addressee, chynara: User, signed_in: Enter
) -> None:
    actions.set_addressee(addressee=addressee, validator_mailbox="head@ministry.example", above=None, by=chynara)
    send(official_of(addressee, chynara), promised_by=in_days(90).isoformat())
    waiting = came_in(signed_in(chynara))
    Response.objects.update(confirmation="sent_back", confirmed_at=timezone.now())
    assert ["Not confirmed yet" in waiting, "Sent back to be changed" in came_in(signed_in(chynara))] == [True, True]


def test_what_came_in_is_for_the_secretary_of_the_body_alone(
    addressee: Addressee, chynara: User, other_secretary: User, member: User, signed_in: Enter, respond: Callable[..., Response]
) -> None:
    respond(addressee)
    assert [bool(came_in(signed_in(one))) for one in (chynara, other_secretary, member)] == [True, False, False]


def test_whatever_has_no_room_on_the_first_page_is_found_in_the_list(
    recommend: Recommend, chynara: User, signed_in: Enter, respond: Callable[..., Response]
) -> None:
    for number in range(9):
        respond(recommend(f"Text {number}").addressees.get())
    secretary = signed_in(chynara)
    assert ["Text 0" in came_in(secretary), "You find it in the list of recommendations." in came_in(secretary)] == [False, True]
    assert "Text 0" in secretary.get("/work/recommendations/?status=answered").content.decode()


def test_what_came_in_costs_the_same_for_one_and_for_nine(
    recommend: Recommend, chynara: User, respond: Callable[..., Response]
) -> None:
    def cost() -> int:
        with CaptureQueriesContext(connection) as seen:
            for one in settling.came_in(chynara, most=40):
                assert one.addressee.organisation.name
                assert one.addressee.recommendation.text
        return len(seen)

    respond(recommend().addressees.get())
    cost()  # roles are read once
    one = cost()
    for number in range(8):
        respond(recommend(f"Text {number}").addressees.get())
    assert (one, cost()) == (3, 3)


# --- the addressee ------------------------------------------------------------------------------------------------------


def test_who_asked_for_more_time_is_told_what_was_decided(recommend: Recommend, chynara: User, signed_in: Enter) -> None:
    made = recommend("Open a register.", due=in_days(5))
    send(official_of(made.addressees.get(), chynara), answer="holding", promised_by=in_days(60).isoformat())
    address = reverse("followup_work:extension", args=[Extension.objects.get().pk])
    signed_in(chynara).post(address, {"decision": "yes", "until": in_days(60).isoformat(), "words": "Secret reasons."})
    assert DBTaskResult.objects.filter(task_path__endswith=".send_waiting_reminders").count() == 1
    ((to, subject, text),) = letters()
    with override("en"):
        wanted = day(in_days(60))
    assert (to, subject) == ("davron@ministry.example", f"Recommendation {made.code}: you have time until {wanted}")
    assert [words in text for words in ("Secret", "register")] == [False, False]
    assert "More time was given" in signed_in(chynara).get(f"/work/recommendations/{made.code}/").content.decode()


def test_a_colleague_whose_answer_is_sent_back_is_told_each_time(addressee: Addressee, chynara: User) -> None:
    actions.set_addressee(addressee=addressee, validator_mailbox="head@ministry.example", above=None, by=chynara)
    official = official_of(addressee, chynara)
    page = official.post("/en/answer/colleague/", {"key": uuid.uuid4().hex, "mailbox": "aibek@ministry.example"})
    passed = re.search(r"/answer/([\w-]{22})/", page.content.decode())
    assert passed
    colleague, told = Client(), []
    enter(colleague, passed[1])
    for _time in range(2):
        send(colleague, promised_by=in_days(90).isoformat())
        asked = re.search(r"/answer/([\w-]{22})/", str(mail.outbox[-1].body))
        assert asked
        head = Client()
        enter(head, asked[1])
        newest = Response.objects.order_by("-id")[0].code
        head.post("/en/answer/confirm/", {"answer": newest, "decision": "no", "words": "The date is wrong."})
        told += letters()
    assert [(to, "must be changed" in subject, "date is wrong" in text) for to, subject, text in told] == [
        ("aibek@ministry.example", True, False)
    ] * 2


# --- how long a link opens ----------------------------------------------------------------------------------------------


def test_a_link_outlives_the_day_of_the_answer_and_the_letter_says_until_when(
    recommend: Recommend, chynara: User, signed_in: Enter
) -> None:
    one = recommend(due=in_days(200)).addressees.get()
    form = {"key": uuid.uuid4().hex, "sent_on": in_days(0).isoformat(), "language": "en"}
    page = signed_in(chynara).post(reverse("followup_work:write_letter", args=[one.code]), form).content.decode()
    assert timezone.localdate(AnswerLink.objects.get().expires_at) == in_days(290)
    assert f"The page works until {day(in_days(290))}." in page


def test_a_day_that_moves_takes_the_links_along(recommend: Recommend, chynara: User) -> None:
    made = recommend(due=in_days(10))
    one = made.addressees.get()
    actions.issue_answer_link(addressee=one, by=chynara)
    asked = Extension.objects.create(addressee=one, asked_on=in_days(0), until=in_days(300))
    actions.decide_extension(extension=asked, granted=True, words="", today=in_days(0), by=chynara)
    assert timezone.localdate(AnswerLink.objects.get().expires_at) == in_days(390)


def test_a_link_that_has_ended_does_not_open_again_when_the_day_moves(recommend: Recommend, chynara: User) -> None:
    one = recommend(due=in_days(10)).addressees.get()
    token = actions.issue_answer_link(addressee=one, by=chynara)
    AnswerLink.objects.update(expires_at=timezone.now() - timedelta(days=1))
    asked = Extension.objects.create(addressee=one, asked_on=in_days(0), until=in_days(300))
    actions.decide_extension(extension=asked, granted=True, words="", today=in_days(0), by=chynara)
    assert Client().get(f"/en/answer/{token}/").status_code == 404


def test_a_day_far_away_makes_no_link_for_ever(recommend: Recommend, chynara: User) -> None:
    actions.issue_answer_link(addressee=recommend(due=date(9999, 12, 30)).addressees.get(), by=chynara)
    assert timezone.localdate(AnswerLink.objects.get().expires_at) == in_days(3650)


def test_a_reminder_promises_no_link_that_has_ended(recommend: Recommend, chynara: User, signed_in: Enter) -> None:
    made = recommend(due=in_days(0))
    one = made.addressees.get()
    actions.register_letter(addressee=one, sent_on=in_days(0), key=uuid.uuid4(), by=chynara)
    for mailbox in (one.organisation.mailbox, chynara.email):
        Reminder.objects.create(addressee=one, kind="before", answer_by=one.answer_by, mailbox=mailbox)
    User.objects.filter(pk=chynara.pk).update(language="en")
    (to_ministry, to_secretary) = (text for _to, _subject, text in letters())
    assert ["ask us for a new one" in to_ministry, "for you as the secretary" in to_ministry] == [True, False]
    assert ["Please write the letter again." in to_secretary, f"/work/recommendations/{made.code}/" in to_secretary] == [True] * 2
    assert "No link for an answer works now." in signed_in(chynara).get(f"/work/recommendations/{made.code}/").content.decode()


def test_the_secretary_reminds_an_organisation_without_a_mailbox_herself(recommend: Recommend, chynara: User) -> None:
    one = recommend(due=in_days(0)).addressees.get()
    Organisation.objects.filter(pk=one.organisation_id).update(mailbox="")
    User.objects.filter(pk=chynara.pk).update(language="en")
    Reminder.objects.create(addressee=one, kind="before", answer_by=one.answer_by, mailbox=chynara.email)
    assert ["Please remind it yourself." in text for _to, _subject, text in letters()] == [True]


# --- in whose language --------------------------------------------------------------------------------------------------


def test_each_reader_of_a_reminder_reads_her_own_language(
    recommend: Recommend, chynara: User, ministry: Organisation, second_ministry: Organisation
) -> None:
    Organisation.objects.filter(pk=ministry.pk).update(languages=["hy"])
    Organisation.objects.filter(pk=second_ministry.pk).update(languages=["ky"])
    User.objects.filter(pk=chynara.pk).update(language="en")
    one = recommend(due=in_days(-40)).addressees.get()
    Addressee.objects.filter(pk=one.pk).update(above=second_ministry)
    for mailbox in (second_ministry.mailbox, chynara.email):
        Reminder.objects.create(addressee=one, kind="escalated", answer_by=one.answer_by, mailbox=mailbox)
    Reminder.objects.create(addressee=one, kind="after", answer_by=one.answer_by, mailbox=ministry.mailbox)
    read = [settling.reader_of(row, Addressee.objects.get(pk=one.pk)) for row in Reminder.objects.order_by("id")]
    assert [(reader.languages[0], reader.is_secretary) for reader in read] == [("ky", False), ("en", True), ("hy", False)]
    assert "This copy is for you as the secretary." in {to: text for to, _subject, text in letters()}[chynara.email]


# --- an organisation without a mailbox ----------------------------------------------------------------------------------


@pytest.mark.parametrize("as_file", ["word", "pdf"])
def test_an_organisation_without_a_mailbox_gets_a_letter_without_a_link(
    as_file: str, addressee: Addressee, chynara: User, signed_in: Enter
) -> None:
    Organisation.objects.filter(pk=addressee.organisation_id).update(mailbox="")
    secretary, form = signed_in(chynara), {"key": uuid.uuid4().hex, "sent_on": in_days(0).isoformat(), "language": "en"}
    address = reverse("followup_work:write_letter", args=[addressee.code])
    assert "so the letter holds no link" in secretary.get(address).content.decode()
    shown = secretary.post(address, form).content.decode()
    assert ["Please answer by an ordinary letter." in shown, "/answer/" in shown] == [True, False]
    assert (Letter.objects.count(), AnswerLink.objects.count()) == (1, 0)
    made = b"".join(secretary.post(reverse("followup_work:letter_file", args=[addressee.code]), form | {"as": as_file}))  # type: ignore[arg-type]
    if as_file == "word":
        lines = [paragraph.text for paragraph in docx.Document(io.BytesIO(made)).paragraphs]
        assert ["Please answer by an ordinary letter." in lines, any("/answer/" in line for line in lines)] == [True, False]
    else:
        assert made.startswith(b"%PDF")
