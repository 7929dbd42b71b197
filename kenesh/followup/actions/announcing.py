"""Letters that tell addressees what will be shown of them, while there is time to reply. Written down here; the worker sends them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.db.models import QuerySet

from kenesh.followup.models import Addressee, Recommendation, Reminder
from kenesh.followup.signals import letter_waits
from kenesh.kernel import trail


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


def asked_now(recommendation: Recommendation) -> QuerySet[Addressee]:
    """Who may reply to what was found."""
    return recommendation.addressees.current().select_related("organisation").order_by("id")


def one_of_each(rows: QuerySet[Addressee]) -> list[Addressee]:
    """Of each organisation, however much it is asked, the oldest row."""
    newest_first = rows.select_related("organisation").order_by("-id")
    return list({row.organisation_id: row for row in newest_first}.values())
