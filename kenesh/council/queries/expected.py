"""Who is expected at a meeting: for the sheet that they sign and for their badges. For the secretary alone."""

from __future__ import annotations

from dataclasses import dataclass

from kenesh.council.models import Attendance, Invitation, InvitationAnswer, Meeting
from kenesh.council.queries import days, presence, publication, seats
from kenesh.council.queries.invitations import answer_of, invitations_of
from kenesh.council.queries.meetings import attendance_of
from kenesh.council.queries.publication import Shown
from kenesh.people.models import Publication

_STAYS_AWAY = {Attendance.Mode.EXCUSED, Attendance.Mode.ABSENT}
_ORDER = [standing.value for standing in Attendance.Standing]


@dataclass(frozen=True)
class Expected:
    """Somebody by name, with the word for member, observer or guest."""

    who: Shown
    standing: str


@dataclass(frozen=True)
class Sheet:
    """A meeting's names, days and people, in the active language. `days`: of each a date in figures, "14.05.2024"."""

    body: str
    title: str
    when: str
    days: list[str]
    expected: list[Expected]


def sheet(meeting: Meeting, *, language: str) -> Sheet:
    """Seats of that day, guests written down and guests invited, without those who are known to stay away; members first."""
    lines = attendance_of(meeting)
    written = {line.membership_id for line in lines}
    invited = invitations_of(meeting)
    of_seat = {one.membership_id: one for one in invited if one.membership_id}
    level = Publication.NAME.value
    there = days.days_there(meeting)
    people: list[tuple[str, Shown | None]] = [
        (line.standing, who) for line in lines if line.mode not in _STAYS_AWAY for who in days.of_line(line, there, level=level)
    ]
    people += [
        (seat.standing, publication.of_membership(seat, level=level))
        for seat in seats.sitting(meeting)
        if seat.pk not in written and not _declined(of_seat.get(seat.pk))
    ]
    people += [
        (one.standing, publication.shown(level, organisation=one.organisation, country=one.country, guest=_called(one)))
        for one in invited
        if one.membership_id is None and one.attendance_id is None and not _declined(one)
    ]
    people.sort(key=lambda one: _ORDER.index(one[0]))
    return Sheet(
        body=str(meeting.body),
        title=str(meeting.title),
        when=presence.span_in_words(meeting, language),
        days=[f"{day:%d.%m.%Y}" for day in meeting.days],
        expected=[Expected(who, str(Attendance.Standing(standing).label)) for standing, who in people if who is not None],
    )


def _declined(invitation: Invitation | None) -> bool:
    answer = answer_of(invitation) if invitation else None
    return answer is not None and answer.coming == InvitationAnswer.Coming.NO


def _called(invitation: Invitation) -> str:
    """Who comes for a guest, where she sends somebody else."""
    answer = answer_of(invitation)
    name = (answer.substitute_name if answer else "") or invitation.guest
    post = answer.substitute_post if answer and answer.substitute_name else invitation.post
    return ", ".join(part for part in (name, post) if part)
