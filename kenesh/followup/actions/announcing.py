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


def tell_of_finding(recommendation: Recommendation, day: date) -> None:
    """That fault was found, and until when they may reply; an internal recommendation that they never got says nothing to them."""
    tell(told_of_findings(recommendation), Reminder.Kind.VERDICT, day)


def tell_of_findings_kept(recommendation: Recommendation) -> None:
    """Once the recommendation is public: whoever was not told, because it was internal, gets the days for a reply from today on."""
    reply_until = timezone.localdate() + timedelta(days=DAYS_TO_REPLY)
    asked = set(told_of_findings(recommendation).exclude(organisation__mailbox="").values_list("pk", flat=True))
    found: list[Verdict | Shadow] = [*recommendation.verdicts.filter(_KEPT), *recommendation.shadows.filter(_KEPT)]
    for kept in found:
        told = Reminder.objects.filter(addressee__in=asked, kind=Reminder.Kind.VERDICT, answer_by=kept.reply_until or reply_until)
        if asked - set(told.values_list("addressee_id", flat=True)):
            kept.reply_until = reply_until
            kept.save(update_fields=["reply_until"])
            tell_of_finding(recommendation, reply_until)


def one_of_each(rows: QuerySet[Addressee]) -> list[Addressee]:
    """Of each organisation, however much it is asked, the oldest row."""
    newest_first = rows.select_related("organisation").order_by("-id")
    return list({row.organisation_id: row for row in newest_first}.values())
