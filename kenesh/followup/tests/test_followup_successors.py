"""A ministry that is no more: its successor is asked, and answers from that day on."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from kenesh.followup import actions
from kenesh.followup.actions import reminding
from kenesh.followup.models import Addressee, AddresseeScore, Recommendation, Reminder, Response
from kenesh.people.models import Organisation, OrganisationKind, Succession, User
from kenesh.themes.texts import Translated

Recommend = Callable[..., Recommendation]
Enter = Callable[[User], Client]


@pytest.fixture
def successor(ministry: Organisation) -> Organisation:
    """Since yesterday the Ministry of Labour goes on as another one."""
    yesterday = timezone.localdate() - timedelta(days=1)
    made = Organisation.objects.create(
        name=Translated(en="Ministry of Labour and Migration"), kind=OrganisationKind.MINISTRY, country="KG"
    )
    Organisation.objects.filter(pk=ministry.pk).update(ended_on=yesterday)
    ministry.refresh_from_db()
    Succession.objects.create(predecessor=ministry, successor=made, on=yesterday)
    return made


def ask(browser: Client, addressee: Addressee, successor: Organisation) -> int:
    form = {"organisation": successor.code, "answer_by": (timezone.localdate() + timedelta(days=30)).isoformat()}
    return browser.post(reverse("followup_work:ask_successor", args=[addressee.code]), form).status_code


def test_the_secretary_is_warned_of_an_addressee_that_is_no_more_and_asks_its_successor(
    recommend: Recommend, successor: Organisation, chynara: User, signed_in: Enter, client: Client
) -> None:
    row = recommend(public=True, due=timezone.localdate() - timedelta(days=9))
    old, browser = row.addressees.get(), signed_in(chynara)
    actions.edit_details(recommendation=row, details=actions.Details(lead=old.organisation.code), by=chynara)
    cockpit = browser.get(reverse("followup_work:recommendation", args=[row.code])).content.decode()
    page = reverse("followup_work:ask_successor", args=[old.code])
    assert (page in cockpit, "its answer is still missing" in cockpit) == (True, True)
    assert f'value="{successor.code}" selected' in browser.get(page).content.decode()
    assert ask(browser, old, successor) == 302
    new = row.addressees.get(organisation=successor)
    old.refresh_from_db()
    assert (old.succeeded_by, old.is_lead, new.is_lead) == (new, False, True)
    assert page not in browser.get(reverse("followup_work:recommendation", args=[row.code])).content.decode()
    shown = client.get(f"/en/recommendations/{row.code}/").content.decode()
    assert "now: Ministry of Labour and Migration" in shown
    assert "Ministry of Labour and Migration is asked in place of Ministry of Labour" in shown
    assert client.get(page).status_code == 302
    assert browser.get(page).status_code == 404


def test_the_link_of_the_old_one_ends_and_it_is_not_reminded(
    recommend: Recommend, successor: Organisation, chynara: User, signed_in: Enter, client: Client
) -> None:
    day = timezone.localdate() + timedelta(days=2)
    old = recommend(public=True, due=day).addressees.get()
    token = actions.issue_answer_link(addressee=old, by=chynara)
    actions.register_letter(addressee=old, sent_on=timezone.localdate(), key=uuid.uuid4(), by=chynara)
    said = {"days_before": 7, "days_after": 3, "escalates_to": "nobody", "days_to_escalate": 30, "chair_mailbox": ""}
    actions.set_reminders(body=old.recommendation.body, is_on=True, by=chynara, **said)
    reminding.make_reminders(today=timezone.localdate())
    link = reverse("followup:answer_link", args=[token])
    before = client.get(link).status_code
    ask(signed_in(chynara), old, successor)
    assert (before, client.get(link).status_code) == (200, 404)
    waiting = Reminder.objects.filter(addressee=old, mailbox=old.organisation.mailbox).get()
    assert reminding.begin_sending(pk=waiting.pk, now=timezone.now()) is None


def test_answers_the_tracker_and_the_scoreboard_go_with_the_successor(
    recommend: Recommend,
    respond: Callable[..., Response],
    successor: Organisation,
    ministry: Organisation,
    chynara: User,
    signed_in: Enter,
    client: Client,
) -> None:
    row = recommend(public=True, due=timezone.localdate() - timedelta(days=9))
    ask(signed_in(chynara), row.addressees.get(), successor)
    found = [client.get(f"/api/v1/recommendations?addressee={one.code}").json()["results"] for one in (ministry, successor)]
    assert [[one["id"] for one in rows] for rows in found] == [[], [row.code]]
    assert found[1][0]["addressees"][0]["id"] == successor.code
    scores = AddresseeScore.objects.values_list("organisation", "asked", "silent", "still_open")
    assert list(scores) == [(successor.pk, 1, 0, 1)]
    actions.publish_response(response=respond(row.addressees.get(organisation=successor)), by=chynara)
    assert client.get(f"/api/v1/recommendations/{row.code}").json()["status"] == "answered"


def test_a_day_that_has_passed_is_asked_again_and_who_has_answered_keeps_its_place(
    recommend: Recommend, respond: Callable[..., Response], successor: Organisation, chynara: User, signed_in: Enter
) -> None:
    row, browser = recommend(), signed_in(chynara)
    old = row.addressees.get()
    page = reverse("followup_work:ask_successor", args=[old.code])
    refused = browser.post(page, {"organisation": successor.code, "answer_by": "2020-01-01"})
    assert "This day has passed." in refused.content.decode()
    respond(old)
    ask(browser, old, successor)
    assert [one.organisation for one in row.addressees.all()] == [old.organisation]


def test_who_was_taken_over_is_no_more_even_if_nobody_entered_its_last_day(
    recommend: Recommend, successor: Organisation, ministry: Organisation, chynara: User, signed_in: Enter
) -> None:
    Organisation.objects.filter(pk=ministry.pk).update(ended_on=None)
    page = reverse("followup_work:recommendation", args=[recommend().code])
    assert "This organisation is no more" in signed_in(chynara).get(page).content.decode()


def test_only_who_took_over_is_offered(
    recommend: Recommend, successor: Organisation, second_ministry: Organisation, chynara: User, signed_in: Enter
) -> None:
    page = reverse("followup_work:ask_successor", args=[recommend().addressees.get().code])
    shown = signed_in(chynara).get(page).content.decode()
    assert (successor.code in shown, second_ministry.code in shown) == (True, False)
