"""Who owes an answer and until which day, and who is heard before fault is published."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from importlib import import_module

import pytest
from django.apps import apps
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from kenesh.followup import actions, tasks
from kenesh.followup.actions import reminding
from kenesh.followup.models import (
    NO_DATE,
    AddresseeScore,
    Extension,
    Filed,
    Judgement,
    Recommendation,
    Reminder,
    ReminderRule,
    Response,
    ResponseKind,
    Verdict,
    owing,
)
from kenesh.followup.tests.test_followup_answer_link import enter, send
from kenesh.people.models import Organisation, OrganisationKind, Succession, User
from kenesh.themes.texts import Translated

Enter = Callable[[User], Client]
Recommend = Callable[..., Recommendation]
Respond = Callable[..., Response]
Judge = Callable[..., Verdict]


def in_days(days: int) -> date:
    return timezone.localdate() + timedelta(days=days)


@pytest.fixture
def third_ministry(db: None) -> Organisation:
    return Organisation.objects.create(name=Translated(en="Ministry of Health"), kind=OrganisationKind.MINISTRY, country="KG")


# --- whose day it is ----------------------------------------------------------------------------------------------------


def test_a_day_ends_where_the_addressee_is(
    recommend: Recommend, second_ministry: Organisation, chynara: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Half past nine in Moscow is past midnight in Bishkek."""
    official, now = Client(), datetime(2026, 6, 1, 18, 30, tzinfo=UTC)
    made = recommend(public=True, to=[second_ministry], due=date(2026, 6, 1))
    monkeypatch.setattr(timezone, "now", lambda: now)
    enter(official, actions.issue_answer_link(addressee=made.addressees.get(), by=chynara))
    send(official, promised_by="2026-12-31")
    actions.publish_response(response=Response.objects.get(), by=chynara)
    score = AddresseeScore.objects.get()
    assert (str(Response.objects.get().received_on), score.in_time, score.late) == ("2026-06-01", 1, 0)


def test_who_was_given_more_time_does_not_lose_by_it_when_the_body_gives_it_to_all(
    recommend: Recommend, ministry: Organisation, second_ministry: Organisation, chynara: User
) -> None:
    made = recommend(to=[ministry, second_ministry], due=date(2026, 2, 1))
    first = made.addressees.get(organisation=ministry)
    asked = Extension.objects.create(addressee=first, asked_on=date(2026, 1, 20), until=date(2026, 6, 1))
    actions.decide_extension(extension=asked, granted=True, words="", today=date(2026, 1, 21), by=chynara)
    days = []
    for due in (date(2026, 9, 1), date(2026, 5, 1)):
        actions.edit_recommendation(
            recommendation=made, text=made.text, source_text=made.source_text, addressees=[ministry, second_ministry],
            problem=None, due=due, by=chynara,
        )  # fmt: skip
        days.append([str(one) for one in made.addressees.order_by("id").values_list("answer_by", flat=True)])
    assert days == [["2026-09-01", "2026-09-01"], ["2026-06-01", "2026-05-01"]]


# --- passed on ----------------------------------------------------------------------------------------------------------


def test_who_passed_the_matter_on_owes_no_answer_once_the_other_is_asked(
    recommend: Recommend, late_is_shown: None, chynara: User, signed_in: Enter, ministry: Organisation,
    second_ministry: Organisation, respond: Respond, client: Client,
) -> None:  # fmt: skip
    made = recommend(public=True, due=in_days(-4))
    first = made.addressees.get()
    actions.register_letter(addressee=first, sent_on=in_days(-4), key=uuid.uuid4(), by=chynara)
    ReminderRule.objects.create(body=made.body, is_on=True, days_after=3)
    response = respond(first, "", None, ResponseKind.FORWARDED)

    def told() -> tuple[str, bool, bool, int]:
        made.refresh_from_db()
        page = client.get(f"/en/recommendations/{made.code}/").content.decode()
        silent = AddresseeScore.objects.filter(organisation=ministry, silent=1).exists()
        return made.stage, "4 days late" in page, silent, reminding.make_reminders(today=timezone.localdate())

    before = told()
    form = {"organisation": second_ministry.code, "answer_by": in_days(20).isoformat()}
    assert signed_in(chynara).post(reverse("followup_work:ask_named", args=[response.code]), form).status_code == 302
    Reminder.objects.all().delete()
    asked = told()
    second = made.addressees.get(organisation=second_ministry)
    respond(second)
    assert (before, asked, told()) == (("waiting", True, True, 2), ("waiting", False, False, 0), ("answered", False, False, 0))
    assert second.answer_by == in_days(20)


def hand_on(browser: Client, response: Response, to: Organisation) -> str:
    """What the secretary reads once she asks the organisation that an answer names."""
    form = {"organisation": to.code, "answer_by": in_days(20).isoformat()}
    return browser.post(reverse("followup_work:ask_named", args=[response.code]), form, follow=True).content.decode()


@pytest.mark.parametrize("succeeded", [False, True])
def test_a_matter_is_not_handed_back_to_whoever_passed_it_on_by_the_one_it_came_to_or_the_successor(
    succeeded: bool, recommend: Recommend, ministry: Organisation, second_ministry: Organisation, third_ministry: Organisation,
    chynara: User, signed_in: Enter, respond: Respond,
) -> None:  # fmt: skip
    made, browser = recommend(), signed_in(chynara)
    hand_on(browser, respond(made.addressees.get(), "", None, ResponseKind.FORWARDED), second_ministry)
    last = second_ministry
    if succeeded:
        last = third_ministry
        row = made.addressees.get(organisation=second_ministry)
        actions.ask_successor(addressee=row, organisation=last, answer_by=in_days(30), today=in_days(0), by=chynara)
    back = respond(made.addressees.get(organisation=last), "", None, ResponseKind.FORWARDED)
    page = hand_on(browser, back, ministry)
    assert ("The matter came from this organisation." in page, "is asked too" in page) == (True, False)
    assert [one.organisation for one in owing()] == [last]


def test_two_that_pass_the_matter_on_to_the_same_organisation_owe_no_answer_any_more(
    recommend: Recommend, ministry: Organisation, second_ministry: Organisation, third_ministry: Organisation, chynara: User,
    signed_in: Enter, respond: Respond,
) -> None:  # fmt: skip
    made = recommend(to=[ministry, third_ministry])
    for one in made.addressees.order_by("id"):
        answer = respond(one, "", None, ResponseKind.FORWARDED)
        form = {"organisation": second_ministry.code, "answer_by": in_days(20).isoformat()}
        signed_in(chynara).post(reverse("followup_work:ask_named", args=[answer.code]), form)
    owed = [one.organisation for one in owing()]
    back = respond(made.addressees.get(organisation=second_ministry), "", None, ResponseKind.FORWARDED)
    with pytest.raises(actions.CameFromThere):
        actions.ask_named(response=back, organisation=third_ministry, by=chynara)
    assert (owed, [one.organisation for one in owing()]) == ([second_ministry], [second_ministry])


def test_who_takes_over_from_the_one_to_which_it_passed_the_matter_on_owes_the_answer_again(
    recommend: Recommend, ministry: Organisation, second_ministry: Organisation, chynara: User, signed_in: Enter, respond: Respond
) -> None:
    made = recommend(due=in_days(-4))
    first = made.addressees.get()
    actions.ask_named(response=respond(first, "", None, ResponseKind.FORWARDED), organisation=second_ministry, by=chynara)
    Succession.objects.create(predecessor=second_ministry, successor=ministry, on=in_days(-1))
    second = made.addressees.get(organisation=second_ministry)
    form = {"organisation": ministry.code, "answer_by": in_days(30).isoformat()}
    signed_in(chynara).post(reverse("followup_work:ask_successor", args=[second.code]), form)
    assert [(one.organisation, one.answer_by) for one in owing()] == [(ministry, in_days(30))]
    respond(first)
    made.refresh_from_db()
    assert made.stage == "answered"


def test_an_upgrade_counts_anew_where_somebody_had_passed_a_matter_on(
    recommend: Recommend, late_is_shown: None, second_ministry: Organisation, chynara: User, respond: Respond
) -> None:
    for public in (False, True):
        made = recommend(public=public, due=in_days(-4))
        answer = respond(made.addressees.get(), "", None, ResponseKind.FORWARDED)
        actions.ask_named(response=answer, organisation=second_ministry, answer_by=in_days(20), by=chynara)
        respond(made.addressees.get(organisation=second_ministry))
    Recommendation.objects.update(stage="waiting", answer_by=in_days(-4), public_stage="waiting")
    Filed.objects.update(late_after=in_days(-4))
    import_module("kenesh.followup.migrations.0011_handed_to").count_anew(apps, None)
    tasks.keep_tracker.call()
    assert set(Recommendation.objects.values_list("stage", "answer_by")) == {("answered", in_days(-4))}
    assert set(Filed.objects.values_list("late_after", flat=True)) == {NO_DATE}


# --- heard before -------------------------------------------------------------------------------------------------------


def test_whom_no_e_mail_reaches_gets_its_days_for_a_reply_when_the_recommendation_is_published(
    recommend: Recommend, judged: Judge, chynara: User, signed_in: Enter, ministry: Organisation
) -> None:
    Organisation.objects.filter(pk=ministry.pk).update(mailbox="")
    made = recommend()
    verdict, secretary = judged(made, Judgement.NOT_CARRIED_OUT, chynara), signed_in(chynara)
    Verdict.objects.update(reply_until=in_days(-1))
    switch = reverse("followup_work:publish", args=[made.code])
    shown = [secretary.post(switch, {"public": yes}, follow=True).content.decode() for yes in ("yes", "no", "yes")]
    secretary.post(reverse("followup_work:publish_verdict", args=[verdict.request_key]), {"public": "yes"})
    verdict.refresh_from_db()
    asks = "Tell them by letter: Ministry of Labour"
    assert "to be told by letter" in shown[2]
    assert ([asks in page for page in shown], verdict.reply_until, verdict.is_public) == (
        [True, False, False],
        in_days(14),
        False,
    )


@pytest.mark.parametrize("way", ["edit", "named", "successor"])
def test_who_is_asked_after_fault_was_found_is_told_and_has_its_own_days_for_a_reply(
    way: str, recommend: Recommend, judged: Judge, respond: Respond, chynara: User, ministry: Organisation,
    second_ministry: Organisation,
) -> None:  # fmt: skip
    made = recommend(public=True)
    one, verdict = made.addressees.get(), judged(made, Judgement.NOT_CARRIED_OUT, chynara)
    Verdict.objects.update(reply_until=in_days(3))
    Reminder.objects.update(answer_by=in_days(3))
    said = {"text": made.text, "source_text": made.source_text, "problem": None, "due": None}
    if way == "edit":
        actions.edit_recommendation(recommendation=made, addressees=[ministry, second_ministry], by=chynara, **said)
    elif way == "named":
        answer = respond(one, "", None, ResponseKind.FORWARDED)
        actions.ask_named(response=answer, organisation=second_ministry, by=chynara)
    else:
        actions.ask_successor(addressee=one, organisation=second_ministry, answer_by=in_days(30), today=in_days(0), by=chynara)
    verdict.refresh_from_db()
    told = Reminder.objects.filter(addressee__organisation=second_ministry).values_list("kind", "answer_by")
    assert (verdict.reply_until, list(told)) == (in_days(14), [("verdict", in_days(14))])


@pytest.mark.parametrize("way", ["named", "successor"])
def test_whom_no_e_mail_reaches_and_who_is_asked_after_fault_was_found_is_to_be_told_by_letter(
    way: str, recommend: Recommend, judged: Judge, respond: Respond, chynara: User, signed_in: Enter, ministry: Organisation,
    second_ministry: Organisation,
) -> None:  # fmt: skip
    Organisation.objects.filter(pk=second_ministry.pk).update(mailbox="")
    Succession.objects.create(predecessor=ministry, successor=second_ministry, on=in_days(-1))
    made = recommend(public=True)
    judged(made, Judgement.NOT_CARRIED_OUT, chynara)
    one = made.addressees.get()
    code = respond(one, "", None, ResponseKind.FORWARDED).code if way == "named" else one.code
    form = {"organisation": second_ministry.code, "answer_by": in_days(30).isoformat()}
    page = signed_in(chynara).post(reverse(f"followup_work:ask_{way}", args=[code]), form, follow=True).content.decode()
    assert f"Tell them by letter: {second_ministry}" in page


def test_an_upgrade_notes_whom_the_secretary_was_to_tell_by_letter_so_that_a_change_gives_no_new_days(
    recommend: Recommend, judged: Judge, chynara: User, ministry: Organisation
) -> None:
    Organisation.objects.filter(pk=ministry.pk).update(mailbox="")
    made = recommend(public=True)
    verdict = judged(made, Judgement.NOT_CARRIED_OUT, chynara)
    Verdict.objects.update(reply_until=in_days(-1))
    Reminder.objects.all().delete()
    import_module("kenesh.followup.migrations.0011_handed_to").note_who_was_to_be_told(apps, None)
    said = {"text": made.text, "source_text": made.source_text, "problem": None, "due": None}
    actions.edit_recommendation(recommendation=made, addressees=[ministry], by=chynara, **said)
    verdict.refresh_from_db()
    assert (verdict.reply_until, Reminder.objects.get().mailbox) == (in_days(-1), "")
