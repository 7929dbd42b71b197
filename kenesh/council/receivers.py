"""Letters that an act asks for are written by the worker; a meeting that changes is told to those who were invited by e-mail; who
sits somewhere no more has no link there; no seat goes while a meeting is away, nor one that proposed something; a paper that was
read is laid before its meeting."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.dispatch import receiver

from kenesh.council import tasks
from kenesh.council.actions import invitations as actions
from kenesh.council.actions import joining
from kenesh.council.actions.asking import end_written_links_since
from kenesh.council.actions.laying import lay_what_was_read
from kenesh.council.actions.phones import end_links_since
from kenesh.council.actions.seats import check_nothing_was_proposed
from kenesh.council.actions.venue import check_none_is_away
from kenesh.council.models import Meeting, WrittenProcedure
from kenesh.council.signals import letters_wanted, meeting_changed, silence_held, written_letters_wanted
from kenesh.library.models import Document, Incoming
from kenesh.library.signals import file_read
from kenesh.people.models import Membership, Organisation, Person
from kenesh.people.signals import records_joined, seat_nominated, seat_removed


@receiver(letters_wanted)
def write_letters(sender: Any, invitations: list[int], **_: Any) -> None:
    for pk in invitations:
        tasks.send_invitation.enqueue(pk)


@receiver(meeting_changed)
def tell_the_invited(sender: Any, meeting: Meeting, **_: Any) -> None:
    actions.tell_of_change(meeting=meeting)


@receiver(seat_nominated)
def end_links_of_who_sat_there_before(sender: Any, seat: Membership, since: date, **_: Any) -> None:
    end_links_since(seat, since)
    end_written_links_since(seat, since)
    actions.end_invitation_links_since(seat, since)


@receiver(seat_removed)
def keep_seats_in_use(sender: Any, seat: Membership, **_: Any) -> None:
    check_none_is_away(seat)
    check_nothing_was_proposed(seat)


@receiver(records_joined, sender=Organisation)
def move_what_names_an_organisation(sender: Any, stays: Organisation, goes: Organisation, **_: Any) -> None:
    joining.move_organisation(stays=stays, goes=goes)


@receiver(records_joined, sender=Person)
def move_what_names_a_person(sender: Any, stays: Person, goes: Person, **_: Any) -> None:
    joining.move_person(stays=stays, goes=goes)


@receiver(file_read)
def lay_paper(sender: Any, file: Incoming, document: Document, **_: Any) -> None:
    lay_what_was_read(file=file, document=document)


@receiver(silence_held)
def tell_of_held_silence(sender: Any, procedure: WrittenProcedure, **_: Any) -> None:
    tasks.tell_of_held_silence.enqueue(procedure.pk)


@receiver(written_letters_wanted)
def ask_in_writing(sender: Any, links: list[int], **_: Any) -> None:
    for pk in links:
        tasks.ask_in_writing.enqueue(pk)
