"""What nobody may do while a proposal lies before all members in writing."""

from __future__ import annotations

from django.utils import timezone

from kenesh.council.actions.refusals import DecidedInWriting
from kenesh.council.models import WrittenProcedure


def check_not_in_writing(meeting_id: int) -> None:
    """Raises DecidedInWriting until the worker has ended it: what members answer to stays as it was put to them."""
    if WrittenProcedure.objects.filter(meeting=meeting_id, closed_at=None).exists():
        raise DecidedInWriting


def lies_in_silence(meeting_id: int) -> bool:
    """Whether silence agrees there: nobody is in a room, and whoever does not object by the deadline is there. Raises DecidedInWriting
    where members vote instead: their votes alone adopt."""
    running = WrittenProcedure.objects.filter(meeting=meeting_id, closed_at=None).first()
    if running is not None and running.kind != WrittenProcedure.Kind.SILENCE:
        raise DecidedInWriting
    return running is not None


def check_deadline_passed(meeting_id: int) -> None:
    """Raises DecidedInWriting: until the deadline nobody closes, adopts or votes down what members still may answer."""
    if WrittenProcedure.objects.filter(meeting=meeting_id, closed_at=None, closes_at__gt=timezone.now()).exists():
        raise DecidedInWriting
