"""What a mail server reports of a letter stops mail to the address."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db import transaction

from kenesh.people.actions.correspondents import stop_mail
from kenesh.people.bounces import Recipient, Report, belongs
from kenesh.people.models import MailingLine, MailStop

BY = "delivery-report"


@dataclass(frozen=True)
class Taken:
    """How many addresses of a report get no more mail, how many changed nothing (late, or delivered), and how many are not believed:
    the report does not bring back a letter of this node to them."""

    stopped: int
    unchanged: int
    foreign: int


@transaction.atomic
def take_report(*, report: Report, today: date) -> Taken:
    """Stops mail to addresses at which a letter of this node failed for good; its line in the mailing says why."""
    stopped = unchanged = foreign = 0
    for recipient in report.recipients:
        if not recipient.has_failed:
            unchanged += 1
        elif (letter := _letter(report, recipient, today)) is not None:
            address, ref = letter
            stop_mail(email=address, why=MailStop.Why.BOUNCED, detail=recipient.said, by=BY)
            MailingLine.objects.filter(mailing__code=ref, email=address).update(
                status=MailingLine.Status.REFUSED, detail=recipient.said[:300]
            )
            stopped += 1
        else:
            foreign += 1
    return Taken(stopped, unchanged, foreign)


def _letter(report: Report, recipient: Recipient, today: date) -> tuple[str, str] | None:
    """The address to which this node wrote, and the code of the mailing ("" for none)."""
    for address in recipient.addresses:
        for said in report.marks:
            if (ref := belongs(said, address, today=today)) is not None:
                return address, ref
    return None
