"""What nobody may do while a proposal lies before all members in writing."""

from __future__ import annotations

from django.utils import timezone

from kenesh.council.actions.refusals import DeadlinePassed, DecidedInWriting, TextNotReached
from kenesh.council.models import WrittenProcedure
from kenesh.council.queries import asking


def check_not_in_writing(meeting_id: int) -> None:
    """Raises DecidedInWriting until the worker has ended it: what members answer to stays as it was put to them."""
    if WrittenProcedure.objects.filter(meeting=meeting_id, closed_at=None).exists():
        raise DecidedInWriting


def silence_of(meeting_id: int) -> WrittenProcedure | None:
    """The silence that agrees there: nobody is in a room, and whoever does not object by the deadline is there. Raises DecidedInWriting
    where members vote instead: their votes alone adopt."""
    running = WrittenProcedure.objects.select_related("meeting__body").filter(meeting=meeting_id, closed_at=None).first()
    if running is not None and running.kind != WrittenProcedure.Kind.SILENCE:
        raise DecidedInWriting
    return running


def check_silence_runs(meeting_id: int) -> None:
    """Raises DeadlinePassed: what is said after the deadline of a silence, which may be held then, blocks it no more."""
    running = WrittenProcedure.objects.filter(meeting=meeting_id, kind=WrittenProcedure.Kind.SILENCE, closed_at=None)
    if running.filter(closes_at__lte=timezone.now()).exists():
        raise DeadlinePassed


def check_text_reached(procedure: WrittenProcedure) -> None:
    """Raises TextNotReached: whoever has not got the text does not agree to it by keeping silent."""
    waits_for = asking.unreached(procedure)
    if waits_for:
        raise TextNotReached([str(seat) for seat in waits_for])


def check_deadline_passed(meeting_id: int) -> None:
    """Raises DecidedInWriting: until the deadline nobody closes, adopts or votes down what members still may answer."""
    if WrittenProcedure.objects.filter(meeting=meeting_id, closed_at=None, closes_at__gt=timezone.now()).exists():
        raise DecidedInWriting
