"""The scoreboard: off until the body turns it on, fair, and cheap to show."""

from __future__ import annotations

import csv
import io
import uuid
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.core import mail
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from kenesh.followup import actions, tasks
from kenesh.followup.models import AddresseeScore, Judgement, Recommendation, Reminder, Response, Scoreboard, Verdict
from kenesh.people.models import Body, Organisation, User
from kenesh.themes.texts import Translated

Recommend = Callable[..., Recommendation]
Enter = Callable[[User], Client]


@pytest.fixture
def shown(council: Body, chynara: User) -> str:
    """The address of a scoreboard whose days for a reply have passed."""
    board = actions.announce_scoreboard(body=council, by=chynara)
    Scoreboard.objects.filter(pk=board.pk).update(
        announced_on=timezone.localdate() - timedelta(days=20), opens_on=timezone.localdate()
    )
    return f"/en/recommendations/scoreboard/{council.code}/"


def days_for_a_reply_pass() -> None:
    """Of those who were asked after the board was announced."""
    AddresseeScore.objects.update(shown_from=timezone.localdate())


def line_of(organisation: Organisation) -> tuple[int, ...]:
    """asked, in time, late, silent, still open, actions, carried out, partly, not carried out."""
    score = AddresseeScore.objects.get(organisation=organisation)
    done = (score.carried_out, score.partly, score.not_carried_out)
    return (score.asked, score.in_time, score.late, score.silent, score.still_open, score.actions, *done)


def test_a_scoreboard_is_internal_until_the_body_announces_it_and_the_days_for_a_reply_have_passed(
    council: Body, chynara: User, signed_in: Enter, client: Client
) -> None:
    address = f"/en/recommendations/scoreboard/{council.code}/"
    statuses = [client.get(address).status_code]
    signed_in(chynara).post(reverse("followup_work:turn_board", args=[council.code]), {"public": "yes"})
    board = Scoreboard.objects.get()
    assert board.opens_on == timezone.localdate() + timedelta(days=14)
    statuses.append(client.get(address).status_code)
    Scoreboard.objects.update(announced_on=timezone.localdate() - timedelta(days=20), opens_on=timezone.localdate())
    statuses.append(client.get(address).status_code)
    assert council.name["en"] in client.get("/en/recommendations/").content.decode()
    signed_in(chynara).post(reverse("followup_work:turn_board", args=[council.code]), {"public": "no"})
    assert [*statuses, client.get(address).status_code] == [404, 404, 200, 404]


def test_a_line_counts_published_recommendations_alone(
    recommend: Recommend, respond: Callable[..., Response], judged: Callable[..., Verdict], ministry: Organisation, chynara: User
) -> None:
    past, ahead = timezone.localdate() - timedelta(days=5), timezone.localdate() + timedelta(days=5)
    late, in_time, silent = (recommend(public=True, due=day) for day in (past, ahead, past))
    recommend(public=True, due=ahead)
    respond(recommend("Internal.", due=ahead).addressees.get())
    for row in (late, in_time):
        actions.publish_response(response=respond(row.addressees.get()), by=chynara)
    proof = actions.Proof()
    done = actions.report_action(
        addressee=in_time.addressees.get(), text="Done.", done_on=past, proof=proof, key=uuid.uuid4(), by=chynara
    )
    actions.publish_action(action=done, by=chynara)
    actions.publish_verdict(verdict=judged(in_time, Judgement.CARRIED_OUT, chynara), by=chynara)
    judged(late, Judgement.PARTLY, chynara)
    assert line_of(ministry) == (4, 1, 1, 1, 1, 1, 1, 0, 0)
    actions.unpublish(recommendation=silent, by=chynara)
    assert line_of(ministry) == (3, 1, 1, 0, 1, 1, 1, 0, 0)


def test_an_answer_counts_once_it_is_published_and_until_then_nobody_is_silent(
    recommend: Recommend, respond: Callable[..., Response], ministry: Organisation, shown: str, chynara: User, client: Client
) -> None:
    past, ahead = timezone.localdate() - timedelta(days=5), timezone.localdate() + timedelta(days=5)
    late, in_time = (recommend(public=True, due=day) for day in (past, ahead))
    counted = [line_of(ministry)[:5]]
    answers = [respond(row.addressees.get()) for row in (late, in_time)]
    counted.append(line_of(ministry)[:5])
    for answer in answers:
        actions.publish_response(response=answer, by=chynara)
        counted.append(line_of(ministry)[:5])
    actions.unpublish_response(response=answers[0], by=chynara)
    counted.append(line_of(ministry)[:5])
    assert counted == [(2, 0, 0, 1, 1), (2, 0, 0, 0, 2), (2, 0, 1, 0, 1), (2, 1, 1, 0, 0), (2, 1, 0, 0, 1)]
    assert "Answers count once the body has published them." in client.get(shown).content.decode()


def test_when_the_day_passes_silence_is_counted_by_the_worker(recommend: Recommend, ministry: Organisation) -> None:
    row = recommend(public=True, due=timezone.localdate())
    assert line_of(ministry)[:5] == (1, 0, 0, 0, 1)
    yesterday = timezone.localdate() - timedelta(days=1)
    row.addressees.update(answer_by=yesterday)
    AddresseeScore.objects.update(turns_on=timezone.localdate())
    tasks.keep_tracker.call()
    assert line_of(ministry)[:5] == (1, 0, 0, 1, 0)


def test_words_of_an_addressee_stand_under_its_line(
    recommend: Recommend, shown: str, council: Body, ministry: Organisation, chynara: User, signed_in: Enter, client: Client
) -> None:
    recommend(public=True)
    days_for_a_reply_pass()
    page = reverse("followup_work:score_words", args=[council.code, ministry.code])
    signed_in(chynara).post(page, {"words_en": "We were asked in August, when nobody was there."})
    read = client.get(shown).content.decode()
    assert "Ministry of Labour says to this:" in read
    assert "We were asked in August" in read


def test_who_is_asked_after_the_board_was_announced_is_told_its_line_and_stands_there_after_its_own_days_for_a_reply(
    recommend: Recommend, shown: str, council: Body, chynara: User, signed_in: Enter, client: Client
) -> None:
    in_14_days = timezone.localdate() + timedelta(days=14)
    Organisation.objects.update(languages=["en"])
    recommend(public=True)
    recommend(public=True)
    told = Reminder.objects.get()
    assert (told.kind, told.answer_by, told.mailbox) == ("scoreboard", in_14_days, "davron@ministry.example")
    tasks.send_reminder.call(told.pk)
    letter = str(mail.outbox[-1].body)
    assert ("your line stands there too" in letter, "Asked: 2" in letter) == (True, True)
    pages = [client.get(address).content.decode() for address in (shown, f"{shown}table/")]
    assert ["Ministry of Labour" in page for page in pages] == [False, False]
    assert (
        "These were asked later" in signed_in(chynara).get(reverse("followup_work:board", args=[council.code])).content.decode()
    )
    days_for_a_reply_pass()
    pages = [client.get(address).content.decode() for address in (shown, f"{shown}table/")]
    assert ["Ministry of Labour" in page for page in pages] == [True, True]
    assert "stands here 14 days later at the earliest" in pages[0]


def test_who_is_asked_between_the_announcement_and_the_opening_has_the_same_days(
    recommend: Recommend, council: Body, ministry: Organisation, second_ministry: Organisation, chynara: User
) -> None:
    today = timezone.localdate()
    recommend(public=True)
    board = actions.announce_scoreboard(body=council, by=chynara)
    Scoreboard.objects.filter(pk=board.pk).update(announced_on=today - timedelta(days=10), opens_on=today + timedelta(days=4))
    recommend(public=True, to=[ministry, second_ministry])
    told = Reminder.objects.order_by("pk").values_list("addressee__organisation", "answer_by")
    assert list(told) == [(ministry.pk, today + timedelta(days=14)), (second_ministry.pk, today + timedelta(days=14))]
    assert list(AddresseeScore.objects.order_by("pk").values_list("shown_from", flat=True)) == [None, today + timedelta(days=14)]
    actions.close_scoreboard(body=council, by=chynara)
    tasks.send_reminder.call(Reminder.objects.get(addressee__organisation=second_ministry).pk)
    assert mail.outbox == []


def test_whom_no_e_mail_reaches_gets_its_days_once_too_and_is_to_be_told_by_letter(
    recommend: Recommend, shown: str, ministry: Organisation, chynara: User, signed_in: Enter, client: Client
) -> None:
    Organisation.objects.filter(pk=ministry.pk).update(mailbox="")
    made, browser = recommend(public=True), signed_in(chynara)
    days_for_a_reply_pass()
    Reminder.objects.update(answer_by=timezone.localdate())
    for public in ("no", "yes"):
        browser.post(reverse("followup_work:publish", args=[made.code]), {"public": public})
    cockpit = browser.get(reverse("followup_work:recommendation", args=[made.code])).content.decode()
    assert ("Ministry of Labour" in client.get(shown).content.decode(), cockpit.count("to be told by letter")) == (True, 1)


def test_a_line_that_went_and_comes_again_gets_no_days_and_no_letter_a_second_time(
    recommend: Recommend, shown: str, ministry: Organisation, chynara: User, client: Client
) -> None:
    made = recommend(public=True)
    days_for_a_reply_pass()
    Reminder.objects.update(answer_by=timezone.localdate())
    actions.unpublish(recommendation=made, by=chynara)
    gone = client.get(shown).content.decode()
    actions.publish(recommendation=made, by=chynara)
    assert ["Ministry of Labour" in page for page in (gone, client.get(shown).content.decode())] == [False, True]
    assert Reminder.objects.count() == 1


def test_the_scoreboard_can_be_taken_as_a_table_with_hxl_tags(recommend: Recommend, shown: str, client: Client) -> None:
    recommend(public=True)
    days_for_a_reply_pass()
    rows = list(csv.reader(io.StringIO(client.get(f"{shown}table/").content.decode("utf-8-sig"))))
    assert rows[0][:4] == ["addressee", "code", "country", "asked"]
    assert rows[1][:4] == ["#org+name", "#org+code", "#country+code", "#indicator+asked+num"]
    assert (rows[2][0], rows[2][2:4], len(rows)) == ("Ministry of Labour", ["KG", "1"], 3)


def test_the_scoreboard_asks_as_often_with_many_recommendations_as_with_one(
    recommend: Recommend, second_ministry: Organisation, ministry: Organisation, shown: str, client: Client
) -> None:
    def asked() -> int:
        with CaptureQueriesContext(connection) as found:
            client.get(shown)
        return len(found)

    recommend(public=True)
    days_for_a_reply_pass()
    few = asked()
    for _ in range(4):
        recommend(public=True, to=[ministry, second_ministry])
    days_for_a_reply_pass()
    assert asked() == few


def test_only_the_secretary_of_the_body_turns_its_scoreboard(
    council: Body, other_secretary: User, member: User, signed_in: Enter
) -> None:
    page = reverse("followup_work:turn_board", args=[council.code])
    assert [signed_in(one).post(page, {"public": "yes"}).status_code for one in (other_secretary, member)] == [404, 404]
    assert Scoreboard.objects.count() == 0


def test_what_an_upgrade_left_unfiled_the_worker_files(recommend: Recommend, client: Client) -> None:
    row = recommend(public=True)
    row.filed.all().delete()
    AddresseeScore.objects.all().delete()
    assert row.code not in client.get("/en/recommendations/").content.decode()
    tasks.keep_tracker.call()
    assert row.code in client.get("/en/recommendations/").content.decode()
    assert AddresseeScore.objects.get().asked == 1


def test_an_addressee_that_is_asked_no_more_leaves_the_scoreboard(
    recommend: Recommend, second_ministry: Organisation, ministry: Organisation, chynara: User
) -> None:
    row = recommend(public=True, to=[ministry, second_ministry])
    given = {"text": row.text, "source_text": Translated(), "problem": None, "due": None}
    actions.edit_recommendation(recommendation=row, addressees=[second_ministry], by=chynara, **given)  # type: ignore[arg-type]
    assert [score.organisation for score in AddresseeScore.objects.all()] == [second_ministry]
