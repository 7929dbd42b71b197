"""Who is invited and what they answered; who travels; who is there on a day; the person behind a link."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date, datetime

from django.conf import settings
from django.http import Http404

from kenesh.council.models import Attendance, AttendanceDay, Invitation, InvitationAnswer, Meeting
from kenesh.council.queries import seats
from kenesh.council.queries.days import days_there, modes_on, sat_on
from kenesh.council.queries.meetings import attendance_of
from kenesh.kernel import vault
from kenesh.kernel.codes import is_code
from kenesh.people.models import Membership

Coming = InvitationAnswer.Coming
_OF_INVITED = ("membership__person__organisation", "membership__organisation", "organisation", "answer")
_ORDER = {standing.value: number for number, standing in enumerate(Attendance.Standing)}


def invitations_of(meeting: Meeting) -> list[Invitation]:
    """Everybody invited with the answer, members first."""
    found = list(meeting.invitations.select_related(*_OF_INVITED).order_by("id"))
    for invitation in found:
        invitation.meeting = meeting
    return sorted(found, key=lambda one: _ORDER[one.standing])


def answer_of(invitation: Invitation) -> InvitationAnswer | None:
    """The answer; None while there is none."""
    return getattr(invitation, "answer", None)


def is_out_of_date(invitation: Invitation) -> bool:
    """Whether the meeting changed after its letter went out; a later letter by e-mail goes by itself where day or place changed."""
    changed = invitation.meeting.changed_at
    return bool(changed and invitation.sent_at and invitation.sent_at < changed)


def letters_waiting(now: datetime) -> list[int]:
    """Invitations of meetings to come whose letter waits, or was not taken by a mail server for now."""
    coming = Invitation.objects.filter(waits_for_mail=True, meeting__status=Meeting.Status.PLANNED, meeting__starts_at__gt=now)
    return list(coming.exclude(email="").order_by("pk").values_list("pk", flat=True))


@dataclass(frozen=True)
class Outdated:
    """Who has a letter from before the last change: `by_mail`: those to whom it can be mailed again; `told_otherwise`: by name, those
    who got it on paper, or get no mail."""

    by_mail: int
    told_otherwise: list[str]


def outdated(invited: list[Invitation], stopped: Collection[str]) -> Outdated:
    """`stopped`: addresses to which nothing is sent. Whose letter is on its way needs nobody's care."""
    late = [one for one in invited if is_out_of_date(one) and not one.waits_for_mail]
    mailed = [one for one in late if one.mailed_sequence is not None and one.email and one.email not in stopped]
    return Outdated(len(mailed), [str(one) for one in late if one not in mailed])


@dataclass(frozen=True)
class Counts:
    """How many answered what. `languages`: interpretation wanted, code → how many."""

    invited: int
    coming: int
    online: int
    no: int
    waiting: int
    tickets: int
    visas: int
    languages: list[tuple[str, int]]


def counts_of(invited: list[Invitation]) -> Counts:
    """The numbers above the table. Somebody who comes for another is counted where she will sit."""
    answers = [answer for one in invited if (answer := answer_of(one)) is not None]
    there = [answer for answer in answers if answer.coming != Coming.NO]
    online = [one for one in there if is_online(one)]
    return Counts(
        invited=len(invited),
        coming=len(there) - len(online),
        online=len(online),
        no=len(answers) - len(there),
        waiting=len(invited) - len(answers),
        tickets=sum(answer.needs_ticket for answer in there),
        visas=sum(answer.needs_visa_letter for answer in there),
        languages=Counter(answer.interpretation for answer in there if answer.interpretation).most_common(),
    )


def is_online(answer: InvitationAnswer) -> bool:
    return answer.coming == Coming.ONLINE or (answer.coming == Coming.SUBSTITUTE and answer.substitute_online)


def invitation_of(meeting: Meeting, pk: int) -> Invitation:
    """Raises Http404."""
    return _found(meeting, pk=pk)


def invited_with_badge(meeting: Meeting, badge: str) -> Invitation | None:
    """The invitation whose code stands on a badge; None for a code of nobody here."""
    if not is_code(badge):
        return None
    return meeting.invitations.select_related(*_OF_INVITED).filter(code=badge).first()


def _found(meeting: Meeting, **asked: object) -> Invitation:
    invitation = meeting.invitations.select_related(*_OF_INVITED).filter(**asked).first()
    if invitation is None:
        raise Http404
    invitation.meeting = meeting
    return invitation


def invitation_of_link(token: str) -> Invitation | None:
    """Whose link this is; None alike for one that never was and one that was renewed."""
    related = (*_OF_INVITED, "meeting__body", "meeting__host_meeting", "meeting__chair", "meeting__secretary")
    found = Invitation.objects.select_related(*related)
    return found.filter(token_hash=vault.link_hash(settings.SECRETS.pepper, token)).first()


# --- on the day ---------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Expected:
    """A line of the list at the door. `key` names it in the form; `mode`: how she is there on that day, "" for not yet."""

    key: str
    name: str
    standing: str
    mode: str
    says: str
    who: Membership | Attendance | Invitation
    alternate: str = ""  # of the seat, by name
    by_alternate: bool = False  # she is there instead of the member


def at_the_door(meeting: Meeting, day: date) -> list[Expected]:
    """Seats, guests written down and guests invited, each once, with how they are there on that day."""
    lines, modes, there = attendance_of(meeting), modes_on(meeting, day), days_there(meeting)
    invited = invitations_of(meeting)
    of_seat = {one.membership_id: one for one in invited if one.membership_id}
    written = {line.membership_id: line for line in lines if line.membership_id}
    rows = []
    for seat in seats.sitting(meeting):
        line, invitation = written.get(seat.pk), of_seat.get(seat.pk)
        row = _row(f"s{seat.pk}", str(seat), seat.standing, modes.get(line.pk, "") if line else "", invitation, seat)
        sits = sat_on(line, there, day) if line is not None else None
        rows.append(replace(row, alternate=str(sits or seat.alternate or ""), by_alternate=sits is not None))
    for line in lines:
        if line.membership_id is None:
            name = line.guest or str(line.person or line.organisation)
            rows.append(_row(f"g{line.pk}", name, line.standing, modes.get(line.pk, ""), None, line))
    for one in invited:
        if one.membership_id is None and one.attendance_id is None:
            rows.append(_row(f"i{one.pk}", str(one), one.standing, "", one, one))
    return rows


def _row(
    key: str, name: str, standing: str, mode: str, invitation: Invitation | None, who: Membership | Attendance | Invitation
) -> Expected:
    answer = answer_of(invitation) if invitation else None
    says = str(answer.get_coming_display()) if answer else ""
    if answer and answer.coming == Coming.SUBSTITUTE:
        says = ", ".join(part for part in (answer.substitute_name, answer.substitute_post) if part)
    return Expected(key, name, str(Attendance.Standing(standing).label), mode, says, who)


# --- travel -------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Journey:
    """A line of the travel list. `was_there`: None while the attendance says nothing."""

    invitation: Invitation
    answer: InvitationAnswer
    name: str
    country: str
    days: list[date]


def journeys(meeting: Meeting) -> list[Journey]:
    """Everybody who comes from somewhere or needs a ticket or a visa letter, with the days on which she was there."""
    lines = meeting.attendances.exclude(pk__in=AttendanceDay.objects.filter(line__meeting=meeting).values("line"))
    there = dict.fromkeys(lines.filter(mode=Attendance.Mode.PRESENT).values_list("pk", flat=True), meeting.days)
    present = AttendanceDay.objects.filter(line__meeting=meeting, mode=Attendance.Mode.PRESENT)
    written = present.filter(until=None).order_by("day")
    for line, day in written.values_list("line", "day"):
        there.setdefault(line, []).append(day)
    of_seat = dict(meeting.attendances.filter(membership__isnull=False).values_list("membership_id", "pk"))
    found = []
    for one in invitations_of(meeting):
        answer = answer_of(one)
        if answer is None or answer.coming == Coming.NO or is_online(answer):
            continue
        if answer.arrives_from or answer.needs_ticket or answer.needs_visa_letter or answer.arrives_on:
            line = one.attendance_id or of_seat.get(one.membership_id or 0, 0)
            name = answer.substitute_name or str(one)
            found.append(Journey(one, answer, name, one.country, there.get(line, [])))
    return found
