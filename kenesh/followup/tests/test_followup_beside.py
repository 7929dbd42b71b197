"""Beside the body's judgement: member organisations, courts, the addressee's own word; and reminders."""

from __future__ import annotations

import smtplib
import uuid
from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.core import mail
from django.core.mail import EmailMessage
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from kenesh.followup import actions
from kenesh.followup.actions import reminding
from kenesh.followup.models import (
    Addressee,
    Extension,
    Proceeding,
    Progress,
    Recommendation,
    Reminder,
    ReminderRule,
    Response,
    Shadow,
    Stance,
    Verdict,
)
from kenesh.followup.tasks import send_reminder
from kenesh.people import actions as people_actions
from kenesh.people.bounces import HEADER, Recipient, Report, belongs
from kenesh.people.models import Body, Membership, Organisation, OrganisationKind, Person, User
from kenesh.themes.texts import Translated

Enter = Callable[[User], Client]
Recommend = Callable[..., Recommendation]


@pytest.fixture
def ngo(council: Body, member: User) -> Organisation:
    """An organisation that sits in the council, where the member works."""
    made = Organisation.objects.create(name=Translated(en="Road Home"), kind=OrganisationKind.NGO, country="KG")
    member.person = Person.objects.create(name=Translated(en="Meerim"), organisation=made)
    member.save()
    Membership.objects.create(body=council, organisation=made)
    return made


def assessment(ngo: Organisation, **changes: str) -> dict[str, str]:
    return {
        "key": uuid.uuid4().hex,
        "organisation": ngo.code,
        "judgement": "not_carried_out",
        "text_en": "Nobody could find the register.",
        "judged_on": "2026-01-05",
        "publication": "country",
    } | changes


def page(client: Client, address: str) -> str:
    return client.get(address).content.decode()


# --- member organisations -----------------------------------------------------------------------------------------------


def test_a_member_organisation_assesses_and_the_status_stays(
    member: User, signed_in: Enter, ngo: Organisation, recommendation: Recommendation
) -> None:
    address = reverse("followup_work:assess", args=[recommendation.code])
    assert "Write your reasons in at least one language." in (
        signed_in(member).post(address, assessment(ngo, text_en="")).content.decode()
    )
    form = assessment(ngo)
    for _ in range(2):
        signed_in(member).post(address, form)
    recommendation.refresh_from_db()
    assert (Shadow.objects.get().organisation, recommendation.stage) == (ngo, "waiting")


def test_a_member_speaks_for_her_own_organisation_alone(
    member: User, signed_in: Enter, ngo: Organisation, recommendation: Recommendation, second_ministry: Organisation
) -> None:
    address = reverse("followup_work:assess", args=[recommendation.code])
    shown = signed_in(member).post(address, assessment(second_ministry)).content.decode()
    assert ("Choose an organisation from the list." in shown, Shadow.objects.count()) == (True, 0)


def test_a_critical_assessment_waits_for_the_reply_and_stands_beside_it(
    chynara: User, signed_in: Enter, ngo: Organisation, recommend: Recommend, respond: Callable[..., Response]
) -> None:
    made, secretary = recommend(public=True), signed_in(chynara)
    secretary.post(reverse("followup_work:assess", args=[made.code]), assessment(ngo))
    shadow = Shadow.objects.get()
    switch, public = reverse("followup_work:publish_shadow", args=[shadow.request_key]), f"/en/recommendations/{made.code}/"
    secretary.post(switch, {"public": "yes"})
    assert "Nobody could find the register." not in page(Client(), public)
    respond(made.addressees.get(), "We opened it.", Stance.ACCEPTED)
    secretary.post(switch, {"public": "yes"})
    shown = page(Client(), public)
    assert [words in shown for words in ("Nobody could find the register.", "We opened it.", "Road Home")] == [True, True, False]
    assert "A member organisation, Kyrgyz" in shown


@pytest.mark.parametrize("form", ["assess", "judge"])
def test_whoever_finds_fault_is_told_before_that_an_e_mail_goes_out_and_after_whom_none_reaches(
    form: str, chynara: User, signed_in: Enter, ngo: Organisation, recommend: Recommend, second_ministry: Organisation
) -> None:
    Organisation.objects.filter(pk=second_ministry.pk).update(mailbox="")
    address = reverse(f"followup_work:{form}", args=[recommend(public=True, to=[second_ministry]).code])
    assert "an e-mail goes out as soon as you save" in page(signed_in(chynara), address)
    shown = signed_in(chynara).post(address, assessment(ngo), follow=True).content.decode()
    said = ("We have no e-mail address of these. Tell them by letter: Ministry of the Interior", "The addressees get an e-mail")
    assert [words in shown for words in said] == [True, False]


def test_who_says_what_stands_side_by_side(
    chynara: User,
    signed_in: Enter,
    recommendation: Recommendation,
    judged: Callable[..., Verdict],
) -> None:
    given = actions.Given(kind="substantive", stance=Stance.ACCEPTED, text="Done.", progress=Progress.DONE)  # type: ignore[arg-type]
    actions.enter_response(
        addressee=recommendation.addressees.get(), given=given, received_on=timezone.localdate(), key=uuid.uuid4(), by=chynara
    )
    judged(recommendation, "not_carried_out", chynara)
    shown = page(signed_in(chynara), reverse("followup_work:recommendation", args=[recommendation.code])).split("Side by side")[1]
    assert [words in shown for words in ("Done", "Not carried out")] == [True, True]


# --- courts -------------------------------------------------------------------------------------------------------------


def test_a_court_that_decides_the_same_is_shown_once_published(chynara: User, signed_in: Enter, recommend: Recommend) -> None:
    made, secretary = recommend(public=True), signed_in(chynara)
    form = {"key": uuid.uuid4().hex, "kind": "court", "name": "District court", "number": "2-15", "state": "pending"}
    address = reverse("followup_work:proceeding_add", args=[made.code])
    assert "Write the name." in secretary.post(address, form | {"name": ""}).content.decode()
    secretary.post(address, form)
    kept = Proceeding.objects.get()
    secretary.post(reverse("followup_work:proceeding", args=[kept.request_key]), form | {"state": "for"})
    public = f"/en/recommendations/{made.code}/"
    assert "District court" not in page(Client(), public)
    secretary.post(reverse("followup_work:publish_proceeding", args=[kept.request_key]), {"public": "yes"})
    assert "Decided for the people concerned" in page(Client(), public)


# --- reminders ----------------------------------------------------------------------------------------------------------


@pytest.fixture
def reminding_on(council: Body, chynara: User, signed_in: Enter) -> ReminderRule:
    form = {"is_on": "on", "days_before": "7", "days_after": "3", "escalates_to": "chair", "days_to_escalate": "30"}
    address = reverse("followup_work:reminders", args=[council.code])
    assert "Write the mailbox of the chair." in signed_in(chynara).post(address, form).content.decode()
    signed_in(chynara).post(address, form | {"chair_mailbox": "chair@example.org"})
    return ReminderRule.objects.get()


def due_on(recommend: Recommend, day: date, chynara: User) -> Recommendation:
    made = recommend(due=day)
    actions.register_letter(addressee=made.addressees.get(), sent_on=date(2026, 1, 1), key=uuid.uuid4(), by=chynara)
    return made


@pytest.mark.parametrize(
    ("days", "kinds"),
    [(20, []), (5, ["before"] * 2), (0, ["before"] * 2), (-1, []), (-4, ["after"] * 2), (-31, ["escalated"] * 2), (-90, [])],
)
def test_addressee_and_secretary_are_reminded_each_once(
    days: int, kinds: list[str], recommend: Recommend, chynara: User, reminding_on: ReminderRule
) -> None:
    today = date(2026, 6, 1)
    due_on(recommend, today + timedelta(days=days), chynara)
    for _ in range(2):
        reminding.make_reminders(today=today)
    assert sorted(Reminder.objects.values_list("kind", flat=True)) == kinds


def test_nobody_is_reminded_where_the_body_has_not_switched_it_on(recommend: Recommend, chynara: User) -> None:
    due_on(recommend, date(2026, 6, 1), chynara)
    assert reminding.make_reminders(today=date(2026, 6, 1)) == 0


def test_a_reminder_goes_out_once_and_says_nothing_of_what_is_asked(
    recommend: Recommend, chynara: User, reminding_on: ReminderRule, signed_in: Enter
) -> None:
    made = due_on(recommend, timezone.localdate(), chynara)
    reminding.make_reminders(today=timezone.localdate())
    pks = reminding.reminders_to_send(now=timezone.now())
    for pk in pks * 2:
        send_reminder.call(pk)
    assert sorted(letter.to[0] for letter in mail.outbox) == ["chynara@example.org", "davron@ministry.example"]
    assert [("register" in letter.body, made.code in letter.subject) for letter in mail.outbox] == [(False, True)] * 2
    assert "davron@ministry.example" in page(signed_in(chynara), reverse("followup_work:recommendation", args=[made.code]))


def test_who_has_answered_meanwhile_is_not_reminded(
    recommend: Recommend, chynara: User, reminding_on: ReminderRule, respond: Callable[..., Response]
) -> None:
    made = due_on(recommend, timezone.localdate(), chynara)
    reminding.make_reminders(today=timezone.localdate())
    respond(made.addressees.get())
    for pk in reminding.reminders_to_send(now=timezone.now()):
        send_reminder.call(pk)
    assert (mail.outbox, Reminder.objects.count()) == ([], 0)


def test_a_late_answer_is_told_to_the_organisation_above(
    recommend: Recommend, chynara: User, reminding_on: ReminderRule, second_ministry: Organisation
) -> None:
    ReminderRule.objects.update(escalates_to="above")
    made = due_on(recommend, date(2026, 5, 1), chynara)
    one = made.addressees.get()
    actions.set_addressee(addressee=one, validator_mailbox="", above=second_ministry, by=chynara)
    reminding.make_reminders(today=date(2026, 6, 1))
    assert set(Reminder.objects.filter(kind="escalated").values_list("mailbox", flat=True)) == {"post@mvd.example", chynara.email}


def test_nobody_is_called_late_while_the_time_that_it_asked_for_is_not_decided(
    recommend: Recommend, chynara: User, reminding_on: ReminderRule
) -> None:
    today = timezone.localdate()
    one = due_on(recommend, today - timedelta(days=4), chynara).addressees.get()
    asked = Extension.objects.create(addressee=one, asked_on=today - timedelta(days=5), until=today + timedelta(days=30))
    assert reminding.make_reminders(today=today) == 0
    actions.decide_extension(extension=asked, granted=False, words="", today=today, by=chynara)
    reminding.make_reminders(today=today)
    assert Reminder.objects.filter(kind="after").count() == 2


@pytest.mark.parametrize(("asked", "before", "after"), [(0, [], ["after", "escalated"]), (1, ["after", "escalated"], [])])
def test_more_time_holds_letters_back_that_was_asked_for_by_the_day_and_declined_late(
    asked: int, before: list[str], after: list[str], recommend: Recommend, chynara: User, reminding_on: ReminderRule
) -> None:
    ReminderRule.objects.update(escalates_to="chair", chair_mailbox="chair@council.example", days_after=3, days_to_escalate=30)
    day = date(2026, 5, 1)
    one = due_on(recommend, day, chynara).addressees.get()
    asks = Extension.objects.create(addressee=one, asked_on=day + timedelta(days=asked), until=date(2027, 1, 1))

    def told(days: int) -> list[str]:
        Reminder.objects.all().delete()
        for later in range(days, days + 40):
            reminding.make_reminders(today=day + timedelta(days=later))
        return sorted(set(Reminder.objects.values_list("kind", flat=True)))

    held = told(1)
    Extension.objects.filter(pk=asks.pk).update(granted=False, decided_on=day + timedelta(days=60))
    assert (held, told(61)) == (before, after)


def test_a_letter_of_a_day_that_has_moved_meanwhile_does_not_go_out(
    recommend: Recommend, chynara: User, reminding_on: ReminderRule
) -> None:
    today = timezone.localdate()
    one = due_on(recommend, today - timedelta(days=4), chynara).addressees.get()
    reminding.make_reminders(today=today)
    asked = Extension.objects.create(addressee=one, asked_on=today, until=today + timedelta(days=30))
    actions.decide_extension(extension=asked, granted=True, words="", today=today, by=chynara)
    send_reminders()
    assert [letter.subject.split(": ")[1][:19] for letter in mail.outbox] == ["у вас есть время до"]


# --- letters that come back -----------------------------------------------------------------------------------------------

MINISTRY = "davron@ministry.example"


def report_on(letter: EmailMessage) -> None:
    """The mail server reports that this letter came to nobody."""
    failed = Recipient((letter.to[0],), "failed", "5.1.1", "550 5.1.1 User unknown")
    people_actions.take_report(report=Report((failed,), (letter.extra_headers[HEADER],)), today=timezone.localdate())


def send_reminders() -> list[str]:
    """Mailboxes to which some went."""
    before = len(mail.outbox)
    for pk in reminding.reminders_to_send(now=timezone.now()):
        send_reminder.call(pk)
    return sorted(letter.to[0] for letter in mail.outbox[before:])


def test_a_letter_that_came_back_is_shown_to_the_secretary_and_reminders_wait_until_mail_works_again(
    recommend: Recommend, chynara: User, other_secretary: User, member: User, reminding_on: ReminderRule, signed_in: Enter
) -> None:
    made = due_on(recommend, timezone.localdate(), chynara)
    one, address = made.addressees.get(), reverse("followup_work:recommendation", args=[made.code])
    reminding.make_reminders(today=timezone.localdate())
    assert send_reminders() == ["chynara@example.org", MINISTRY]
    assert f"Letters to {MINISTRY} come back" not in page(signed_in(chynara), address)
    report_on(next(letter for letter in mail.outbox if letter.to == [MINISTRY]))
    shown = page(signed_in(chynara), address)
    assert (f"Letters to {MINISTRY} come back" in shown, "550 5.1.1 User unknown" in shown) == (True, True)
    assert "come back" not in page(signed_in(member), address)
    due_on(recommend, timezone.localdate(), chynara)
    reminding.make_reminders(today=timezone.localdate())
    assert send_reminders() == ["chynara@example.org"]
    Reminder.objects.filter(sent_at__isnull=True).update(made_at=timezone.now() - timedelta(days=30))
    works = reverse("followup_work:mail_works", args=[one.code])
    assert signed_in(other_secretary).post(works, {"mailbox": MINISTRY}).status_code == 404
    assert signed_in(chynara).post(works, {"mailbox": "somebody@example.org"}).status_code == 404
    assert signed_in(chynara).post(works, {"mailbox": MINISTRY}).status_code == 302
    assert send_reminders() == [MINISTRY]
    assert "come back" not in page(signed_in(chynara), address)


def test_codes_and_letters_to_who_confirms_carry_the_mark_and_a_mailbox_refused_at_once_is_shown_too(
    addressee: Addressee, chynara: User, signed_in: Enter, monkeypatch: pytest.MonkeyPatch
) -> None:
    actions.set_addressee(addressee=addressee, validator_mailbox="legal@ministry.example", above=None, by=chynara)
    actions.issue_answer_link(addressee=addressee, by=chynara)
    actions.send_answer_code(link=addressee.links.get())
    actions.ask_validator(addressee=addressee, by=chynara)
    assert [letter.to[0] for letter in mail.outbox] == [MINISTRY, "legal@ministry.example"]
    today = timezone.localdate()
    assert [belongs(letter.extra_headers[HEADER], letter.to[0], today=today) for letter in mail.outbox] == ["", ""]

    def refuse(self: object, messages: object) -> int:
        raise smtplib.SMTPRecipientsRefused({"legal@ministry.example": (550, b"No such user")})

    monkeypatch.setattr("django.core.mail.backends.locmem.EmailBackend.send_messages", refuse)
    signed_in(chynara).post(reverse("followup_work:ask_validator", args=[addressee.code]))
    shown = page(signed_in(chynara), reverse("followup_work:recommendation", args=[addressee.recommendation.code]))
    assert ("Letters to legal@ministry.example come back" in shown, "550 No such user" in shown) == (True, True)
