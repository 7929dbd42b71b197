"""Reminders before and after the day of an answer, and the word to those above when it stays away. No letter says what is asked."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from kenesh.followup.models import (
    NO_DATE,
    Addressee,
    AddresseeScore,
    AnswerLink,
    Confirmation,
    Extension,
    Letter,
    Reminder,
    ReminderRule,
    Scoreboard,
    ShownSilence,
    owing,
)
from kenesh.followup.signals import letter_waits
from kenesh.kernel import trail
from kenesh.people.actions import resume_mail
from kenesh.people.models import Body, Role, User
from kenesh.people.queries.correspondents import came_back

TRIES_APART = timedelta(hours=20)  # a letter that the server did not take is tried again on the next day
MOST_A_DAY = 2_000
_OF_LATE = (Reminder.Kind.AFTER, Reminder.Kind.ESCALATED)
_OF_A_DAY = (Reminder.Kind.BEFORE, *_OF_LATE)


@transaction.atomic
def set_reminders(
    *,
    body: Body,
    is_on: bool,
    days_before: int,
    days_after: int,
    escalates_to: str,
    days_to_escalate: int,
    chair_mailbox: str,
    by: User,
) -> None:
    """Whether and when a body reminds, and to whom it turns then."""
    said = {
        "is_on": is_on,
        "days_before": days_before,
        "days_after": days_after,
        "escalates_to": escalates_to,
        "days_to_escalate": days_to_escalate,
        "chair_mailbox": chair_mailbox,
    }
    ReminderRule.objects.update_or_create(body=body, defaults=said)
    trail.record(verb="set_reminders", target=f"body:{body.code}", by=by)


def make_reminders(*, today: date) -> int:
    """Writes down which letters are due today; gives how many. What is written down already is never written again."""
    return sum(_of_body(rule, today) for rule in ReminderRule.objects.filter(is_on=True).select_related("body").order_by("id"))


def _of_body(rule: ReminderRule, today: date) -> int:
    """Each kind has a window of a week: after a week without a worker nobody is reminded of what is long past."""
    before, after = timedelta(days=rule.days_before), timedelta(days=rule.days_after)
    secretaries = list(_secretaries(rule.body))
    made = 0
    for one in _waiting(rule.body).filter(answer_by__gte=today, answer_by__lte=today + before)[:MOST_A_DAY]:
        made += _write(one, Reminder.Kind.BEFORE, [one.organisation.mailbox, *secretaries])
    for one in _late(rule.body, last=today - after)[:MOST_A_DAY]:
        made += _write(one, Reminder.Kind.AFTER, [one.organisation.mailbox, *secretaries])
    return made + _escalate(rule, secretaries, today)


def _escalate(rule: ReminderRule, secretaries: list[str], today: date) -> int:
    if rule.escalates_to == ReminderRule.Escalation.NOBODY:
        return 0
    made = 0
    for one in _late(rule.body, last=today - timedelta(days=rule.days_to_escalate))[:MOST_A_DAY]:
        above = one.above.mailbox if one.above else ""
        mailbox = above if rule.escalates_to == ReminderRule.Escalation.ABOVE else rule.chair_mailbox
        if mailbox:
            made += _write(one, Reminder.Kind.ESCALATED, [mailbox, *secretaries])
    return made


def _waiting(body: Body) -> QuerySet[Addressee]:
    """Addressees of the body that were written to, have a day, and owe an answer."""
    written = Exists(Letter.objects.filter(addressee=OuterRef("pk")))
    rows = owing().filter(written, recommendation__body=body).exclude(answer_by=NO_DATE)
    return rows.select_related("organisation", "above").order_by("answer_by", "id")


def _late(body: Body, *, last: date) -> QuerySet[Addressee]:
    """Those whose day was `last` or one of the six before it, and who do not wait themselves: for a word on the time for which they asked
    by their day. To whom it was declined only later, the time until a letter runs from that word on."""
    asked = Extension.objects.filter(addressee=OuterRef("pk"), asked_on__lte=OuterRef("answer_by"))
    week = {"gt": last - timedelta(days=7), "lte": last}
    declined = asked.filter(granted=False, **{f"decided_on__{how}": day for how, day in week.items()})
    came = Q(**{f"answer_by__{how}": day for how, day in week.items()}) | Q(Exists(declined), answer_by__lte=last)
    return _waiting(body).filter(came, ~Exists(asked.filter(granted__isnull=True)))


def _secretaries(body: Body) -> QuerySet[User, str]:
    rows = User.objects.filter(roles__role=Role.COUNCIL_SECRETARY, roles__body=body, is_active=True)
    return rows.order_by("id").values_list("email", flat=True)


@transaction.atomic
def _write(addressee: Addressee, kind: Reminder.Kind, mailboxes: list[str]) -> int:
    made = 0
    for mailbox in filter(None, mailboxes):
        _row, new = Reminder.objects.get_or_create(addressee=addressee, kind=kind, answer_by=addressee.answer_by, mailbox=mailbox)
        made += new
    if made:
        trail.record(verb=f"remind_{kind.value}", target=addressee.target, by="worker")
    return made


def tell_of_answer(*, addressee: Addressee, kind: Reminder.Kind, day: date, link: AnswerLink | None) -> None:
    """Writes down, within the caller's transaction, what was decided on an answer; for whoever wrote it.

    `day`: by when an answer is wanted now. `link`: through which it came; where that is none or has ended, the organisation's
    own mailbox is told. What went out before for the same day goes again.
    """
    mailbox = link.codes_go_to if link and link.revoked_at is None else addressee.organisation.mailbox
    if mailbox:
        anew = {"made_at": timezone.now(), "tried_at": None, "sent_at": None}
        Reminder.objects.update_or_create(addressee=addressee, kind=kind, answer_by=day, mailbox=mailbox, defaults=anew)
        trail.record(verb=f"remind_{kind.value}", target=addressee.target, by="worker")
        letter_waits.send(sender=Reminder, addressee=addressee)


def reminders_to_send(*, now: datetime) -> list[int]:
    """Ids of those that nobody has tried, or that failed a day ago; of those made in the last week."""
    rows = Reminder.objects.filter(Q(tried_at__isnull=True) | Q(tried_at__lte=now - TRIES_APART), sent_at__isnull=True)
    fresh = rows.filter(made_at__gt=now - timedelta(days=7))
    return list(fresh.order_by("id").values_list("pk", flat=True)[:MOST_A_DAY])


@transaction.atomic
def mail_works(*, addressee: Addressee, mailbox: str, by: User) -> None:
    """Letters to this mailbox go again, and those that were held back, however long, go now. A mailbox is one for all bodies."""
    if not came_back([mailbox]):
        return  # pressed twice: what goes out at this moment must not go again
    resume_mail(email=mailbox, by=by, also_opted_out=False)
    held = Reminder.objects.filter(mailbox=mailbox, sent_at__isnull=True)
    if held.update(made_at=timezone.now(), tried_at=None):
        letter_waits.send(sender=Reminder, addressee=addressee)


@transaction.atomic
def begin_sending(*, pk: int, now: datetime) -> Reminder | None:
    """The reminder, marked as tried before it goes out; None when another task has it, it has become needless, or letters to its
    mailbox come back: it goes once the secretary says that mail works again."""
    row = Reminder.objects.select_for_update().filter(pk=pk, sent_at__isnull=True).first()
    if row is None or (row.tried_at is not None and row.tried_at > now - TRIES_APART):
        return None
    if not _still_due(row):
        row.delete()
        return None
    if came_back([row.mailbox]):
        return None
    row.tried_at = now
    row.save(update_fields=["tried_at"])
    return row


def _still_due(row: Reminder) -> bool:
    """Not once the answer has come, another is asked in its place, its day has moved or waits for a word on more time, what was announced
    is called off, or the day that came near is over."""
    if row.kind == Reminder.Kind.BEFORE and row.answer_by < timezone.localdate():
        return False
    if row.kind in _OF_A_DAY and row.answer_by != row.addressee.answer_by:
        return False
    if row.kind in _OF_LATE and row.addressee.extensions.filter(granted__isnull=True, asked_on__lte=row.answer_by).exists():
        return False
    if row.kind == Reminder.Kind.SENT_BACK:
        newest = row.addressee.responses.order_by("-id").first()
        return newest is not None and newest.confirmation == Confirmation.SENT_BACK
    if row.kind == Reminder.Kind.SCOREBOARD:
        return _will_stand_on_board(row.addressee, row.answer_by)
    if row.kind == Reminder.Kind.VERDICT:
        return row.addressee.succeeded_by_id is None and row.answer_by >= timezone.localdate() and _fault_stands(row)
    if row.kind == Reminder.Kind.WITHDRAWN:
        return True
    if not owing().filter(pk=row.addressee_id).exists():
        return False
    if row.kind != Reminder.Kind.ANNOUNCED:
        return True
    return ShownSilence.objects.filter(body=row.addressee.recommendation.body_id, opens_on=row.answer_by).exists()


def _fault_stands(row: Reminder) -> bool:
    """Whether what they may reply to is not taken back."""
    found: list[QuerySet[Any]] = [row.addressee.recommendation.verdicts.all(), row.addressee.recommendation.shadows.all()]
    return any(rows.filter(reply_until=row.answer_by).exists() for rows in found)


def _will_stand_on_board(one: Addressee, day: date) -> bool:
    """With the whole board, or with a line that came onto it later."""
    body = one.recommendation.body_id
    lines = AddresseeScore.objects.filter(body=body, organisation=one.organisation_id, shown_from=day)
    boards = Scoreboard.objects.filter(body=body, opens_on__isnull=False)
    return boards.filter(Q(opens_on=day) | Q(Exists(lines))).exists()


def end_sending(*, pk: int, now: datetime) -> None:
    Reminder.objects.filter(pk=pk).update(sent_at=now)
