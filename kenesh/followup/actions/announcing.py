"""Letters that tell addressees what will be shown of them, while there is time to reply. Written down here; the worker sends them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from django.db.models import Q, QuerySet
from django.utils import timezone

from kenesh.followup.models import Addressee, Recommendation, Reminder, Shadow, Verdict
from kenesh.followup.queries.shadows import told_of_findings
from kenesh.followup.signals import letter_waits
from kenesh.kernel import trail

DAYS_TO_REPLY = 14
_KEPT = Q(is_public=False, reply_until__isnull=False)


def tell(rows: Iterable[Addressee], kind: Reminder.Kind, day: date) -> None:
    """One letter of this kind and day to each of these that has a registered mailbox, within the caller's transaction."""
    written: list[Addressee] = []
    for one in rows:
        if mailbox := one.organisation.mailbox:
            _row, made = Reminder.objects.get_or_create(addressee=one, kind=kind, answer_by=day, mailbox=mailbox)
            if made:
                trail.record(verb=f"remind_{kind.value}", target=one.target, by="worker")
                written.append(one)
    if written:
        letter_waits.send(sender=Reminder, addressee=written[-1])


def tell_or_note(rows: Iterable[Addressee], kind: Reminder.Kind, day: date) -> None:
    """The same; of whom no e-mail reaches it is noted, without a mailbox, that it is to be told by letter: so nobody is asked for that
    twice, and its days for a reply are given once."""
    asked = list(rows)
    tell(asked, kind, day)
    for one in asked:
        if not one.organisation.mailbox:
            noted = {"addressee": one, "kind": kind, "answer_by": day, "mailbox": ""}
            Reminder.objects.get_or_create(**noted, defaults={"sent_at": timezone.now()})


def tell_of_finding(recommendation: Recommendation, day: date) -> None:
    """That fault was found, and until when they may reply; an internal recommendation that they never got says nothing to them."""
    tell_or_note(told_of_findings(recommendation), Reminder.Kind.VERDICT, day)


def tell_of_findings_kept(recommendation: Recommendation) -> list[Addressee]:
    """Once the recommendation is public, or more are asked: whoever was not told of a fault that was found and is not published gets the
    days for a reply from today on. Gives those whom no e-mail reaches, so that the secretary writes to them."""
    reply_until = timezone.localdate() + timedelta(days=DAYS_TO_REPLY)
    asked = list(told_of_findings(recommendation))
    found: list[Verdict | Shadow] = [*recommendation.verdicts.filter(_KEPT), *recommendation.shadows.filter(_KEPT)]
    renewed = False
    for kept in found:
        told = Reminder.objects.filter(addressee__in=asked, kind=Reminder.Kind.VERDICT, answer_by=kept.reply_until or reply_until)
        if {one.pk for one in asked} - set(told.values_list("addressee_id", flat=True)):
            kept.reply_until, renewed = reply_until, True
            kept.save(update_fields=["reply_until"])
    if not renewed:
        return []
    tell_of_finding(recommendation, reply_until)
    return [one for one in asked if not one.organisation.mailbox]


def one_of_each(rows: QuerySet[Addressee]) -> list[Addressee]:
    """Of each organisation, however much it is asked, the oldest row."""
    newest_first = rows.select_related("organisation").order_by("-id")
    return list({row.organisation_id: row for row in newest_first}.values())
