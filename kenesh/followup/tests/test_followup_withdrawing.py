"""What was entered by mistake is taken back: it counts no more, and whoever was told of it is told."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from datetime import timedelta

from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from kenesh.followup import actions, tasks
from kenesh.followup.actions import reminding
from kenesh.followup.models import (
    Addressee,
    Judgement,
    Letter,
    Recommendation,
    Reminder,
    Response,
    Shadow,
    Stage,
    Verdict,
)
from kenesh.followup.tests.test_followup_answer_link import enter, send
from kenesh.kernel.models import TrailEntry
from kenesh.people.models import Body, Membership, Organisation, OrganisationKind, User
from kenesh.themes.texts import Translated

Enter = Callable[[User], Client]
WHY = {"why": "It belongs to another ministry."}


def page(client: Client, address: str) -> str:
    return client.get(address).content.decode()


def test_an_answer_that_was_entered_by_mistake_answers_nothing_any_more(
    recommend: Callable[..., Recommendation], chynara: User, member: User, signed_in: Enter, respond: Callable[..., Response]
) -> None:
    made = recommend(public=True)
    answer = respond(made.addressees.get(), "We open a register.")
    actions.publish_response(response=answer, by=chynara)
    secretary, door = signed_in(chynara), reverse("followup_work:withdraw_response", args=[answer.code])
    cockpit, public = reverse("followup_work:recommendation", args=[made.code]), f"/en/recommendations/{made.code}/"
    assert (door in page(secretary, cockpit), door in page(signed_in(member), cockpit)) == (True, False)
    assert "Write some words here." in secretary.post(door, {"why": ""}).content.decode()
    for _press in range(2):
        secretary.post(door, WHY)
    made.refresh_from_db()
    assert (made.stage, made.public_stage, Letter.objects.count()) == (Stage.WAITING, Stage.WAITING, 0)
    shown = page(secretary, cockpit)
    assert ("We open a register." in shown, WHY["why"] in shown) == (False, True)
    seen = [page(Client(), public), page(Client(), f"/api/v1/recommendations/{made.code}"), page(signed_in(chynara), door)]
    assert [one.count("We open a register.") + one.count(WHY["why"]) for one in seen] == [0, 0, 0]
    assert made.versions.count() == 3  # published, with the answer, without it: whoever follows is told
    assert TrailEntry.objects.filter(verb="withdraw_response").count() == 1


def test_what_an_addressee_sent_itself_is_not_taken_back(addressee: Addressee, chynara: User, signed_in: Enter) -> None:
    official, secretary = Client(), signed_in(chynara)
    enter(official, actions.issue_answer_link(addressee=addressee, by=chynara))
    send(official)
    answer, done = Response.objects.get(), addressee.actions.get()
    doors = [
        reverse("followup_work:withdraw_response", args=[answer.code]),
        reverse("followup_work:withdraw_action", args=[addressee.code, done.pk]),
        reverse("followup_work:withdraw_letter", args=[Letter.objects.get().pk]),
    ]
    assert [secretary.post(door, WHY).status_code for door in doors] == [404, 404, 404]
    shown = page(secretary, reverse("followup_work:recommendation", args=[addressee.recommendation.code]))
    assert [door in shown for door in doors] == [False, False, False]


def test_a_letter_with_a_wrong_day_leaves_the_timeline_and_the_register(
    recommend: Callable[..., Recommendation], chynara: User, signed_in: Enter
) -> None:
    made, today = recommend(public=True), timezone.localdate()
    wrong = {"sent_on": today, "due_by_law": today + timedelta(days=20), "outgoing_number": "08/17-wrong"}
    letter = actions.register_letter(addressee=made.addressees.get(), key=uuid.uuid4(), by=chynara, **wrong)
    secretary = signed_in(chynara)
    secretary.post(reverse("followup_work:withdraw_letter", args=[letter.pk]), WHY)
    made.refresh_from_db()
    places = [f"/en/recommendations/{made.code}/", reverse("followup_work:register", args=[made.body.code])]
    assert ([("08/17-wrong" in page(secretary, one)) for one in places], made.answer_by.year) == ([False, False], 9999)


def send_letters() -> list[str]:
    """What the worker sends now: the subjects."""
    mail.outbox.clear()
    for pk in reminding.reminders_to_send(now=timezone.now()):
        tasks.send_reminder.call(pk)
    return [one.subject for one in mail.outbox]


def test_a_judgement_is_taken_back_and_whoever_was_told_of_it_is_told(
    recommend: Callable[..., Recommendation], chynara: User, signed_in: Enter, judged: Callable[..., Verdict]
) -> None:
    made = recommend(public=True)
    verdict = judged(made, Judgement.NOT_CARRIED_OUT, chynara)
    assert len(send_letters()) == 1
    signed_in(chynara).post(reverse("followup_work:withdraw_verdict", args=[verdict.request_key]), WHY)
    made.refresh_from_db()
    assert (send_letters(), made.stage) == (
        [f"Рекомендация {made.code}: замечание отозвано"],  # in the language of who is asked
        Stage.WAITING,
    )
    assert ("Отвечать на него не нужно" in mail.outbox[0].body, WHY["why"] in mail.outbox[0].body) == (True, False)


def test_a_fault_that_is_taken_back_before_the_letter_went_is_told_to_nobody(
    recommend: Callable[..., Recommendation], chynara: User, judged: Callable[..., Verdict]
) -> None:
    verdict = judged(recommend(public=True), Judgement.PARTLY, chynara)
    actions.withdraw_verdict(verdict=verdict, why="Another recommendation was meant.", by=chynara)
    assert (send_letters(), Reminder.objects.count()) == ([], 0)


def test_a_member_takes_back_an_assessment_of_her_own_organisation_alone(
    recommendation: Recommendation, office: Organisation, member: User, chynara: User, signed_in: Enter, council: Body
) -> None:
    other = Organisation.objects.create(name=Translated(en="Road Home"), kind=OrganisationKind.NGO, country="KG")
    Membership.objects.create(body=council, organisation=other)
    said = {"judgement": "carried_out", "text": Translated(en="Done."), "url": "", "document": None, "publication": "hidden"}
    own, foreign = (
        actions.assess(
            recommendation=recommendation, organisation=one, judged_on=timezone.localdate(), key=uuid.uuid4(), by=chynara, **said
        )
        for one in (office, other)
    )
    doors = [reverse("followup_work:withdraw_shadow", args=[one.request_key]) for one in (own, foreign)]
    shown = page(signed_in(member), reverse("followup_work:recommendation", args=[recommendation.code]))
    assert [door in shown for door in doors] == [True, False]
    assert [signed_in(member).post(door, WHY).status_code for door in doors] == [302, 404]
    assert list(Shadow.objects.all()) == [foreign]


def test_a_recommendation_that_was_added_twice_is_removed_while_nothing_hangs_on_it(
    recommend: Callable[..., Recommendation], chynara: User, signed_in: Enter
) -> None:
    twice, worked_on, secretary = recommend(), recommend("Another one"), signed_in(chynara)
    actions.issue_answer_link(addressee=worked_on.addressees.get(), by=chynara)
    door = reverse("followup_work:take_back", args=[twice.code])
    assert door in page(secretary, reverse("followup_work:recommendation", args=[twice.code]))
    ends = [secretary.post(reverse("followup_work:take_back", args=[one.code])).headers["Location"] for one in (twice, worked_on)]
    assert ends == [reverse("followup_work:list"), reverse("followup_work:recommendation", args=[worked_on.code])]
    assert "It stays: it is public" in page(secretary, ends[1])
    assert list(Recommendation.objects.all()) == [worked_on]
