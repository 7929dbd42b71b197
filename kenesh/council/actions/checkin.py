"""At the door: who is there today; and what a body's rules ask for."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.db.models import F

from kenesh.council.actions.attendance import HERE
from kenesh.council.actions.meetings import check_changeable
from kenesh.council.actions.phones import end_links_of
from kenesh.council.actions.refusals import NoAlternate, NotASeat, OutsideMeeting, SavedByAnother
from kenesh.council.models import Attendance, AttendanceDay, BodyRules, Invitation, InvitationAnswer, Meeting
from kenesh.kernel import trail
from kenesh.people.models import Body, Membership, Publication, User

# Of the days of one person the minutes show the one on which she was nearest.
_NEAREST = (Attendance.Mode.PRESENT, Attendance.Mode.REMOTE, Attendance.Mode.EXCUSED, Attendance.Mode.ABSENT)


def check_in(
    *,
    meeting: Meeting,
    who: Membership | Attendance | Invitation,
    day: date,
    mode: str,
    by: User,
    by_alternate: bool = False,
) -> Attendance | None:
    """Writes that somebody is there on that day, and how; an empty mode takes that day back. Pressing twice changes nothing.

    `by_alternate`: the alternate of the seat comes, not the member. From then on she alone speaks and votes for it, until the member
    is checked in herself. Gives the line of the attendance, None when the last day of it was taken back. Raises MinutesApproved,
    OutsideMeeting, NotASeat, NoAlternate.
    """
    with transaction.atomic():
        check_changeable(meeting)
        if day not in meeting.days:
            raise OutsideMeeting
        line = _line(meeting, who, mode)
        if line is None:
            if by_alternate:
                raise NoAlternate
            return None
        if mode in HERE:
            _seat(line, by_alternate=by_alternate)
        if mode:
            AttendanceDay.objects.update_or_create(line=line, day=day, defaults={"mode": Attendance.Mode(mode).value})
        else:
            line.days.filter(day=day).delete()
        verb = "check_in_alternate" if by_alternate else "check_in"
        trail.record(verb=verb if mode else "undo_check_in", target=f"meeting:{meeting.code}", by=by)
        return _summed_up(line)


def _seat(line: Attendance, *, by_alternate: bool) -> None:
    """Says who sits there now, the member or her alternate. Raises NoAlternate."""
    seat = line.membership
    if by_alternate and (seat is None or seat.alternate is None):
        raise NoAlternate
    if seat is None or line.by_alternate == by_alternate:
        return
    line.by_alternate, line.person = by_alternate, seat.alternate if by_alternate else None
    line.publication = seat.alternate_publication if by_alternate else Publication.HIDDEN
    line.save(update_fields=["by_alternate", "person", "publication"])
    end_links_of(line.meeting, seat)


def _line(meeting: Meeting, who: Membership | Attendance | Invitation, mode: str) -> Attendance | None:
    """The line of the attendance; a new one when there is none and something is to be written."""
    if isinstance(who, Invitation):
        return _line(meeting, who.membership, mode) if who.membership else _line_of_guest(meeting, who, mode)
    if isinstance(who, Attendance):
        return meeting.attendances.filter(pk=who.pk).first()
    if who.body_id != meeting.body_id or not who.sits_on(meeting.day):
        raise NotASeat
    found = meeting.attendances.filter(membership=who).first()
    if found is not None or not mode:
        return found
    answer = InvitationAnswer.objects.filter(
        invitation__meeting=meeting, invitation__membership=who, coming=InvitationAnswer.Coming.SUBSTITUTE
    ).first()
    return Attendance.objects.create(
        meeting=meeting, membership=who, mode=mode, standing=who.standing, guest=_substitute(answer) if answer else ""
    )


def _substitute(answer: InvitationAnswer) -> str:
    return ", ".join(part for part in (answer.substitute_name, answer.substitute_post) if part)[:200]


def _line_of_guest(meeting: Meeting, invitation: Invitation, mode: str) -> Attendance | None:
    if invitation.attendance is not None or not mode:
        return invitation.attendance
    line = Attendance.objects.create(
        meeting=meeting, organisation=invitation.organisation, guest=invitation.guest, country=invitation.country,
        mode=mode, standing=Attendance.Standing.GUEST,
    )  # fmt: skip
    Invitation.objects.filter(pk=invitation.pk).update(attendance=line)
    invitation.attendance = line
    return line


def _summed_up(line: Attendance) -> Attendance | None:
    """The line says of the whole meeting what the nearest of its days says; without days it goes."""
    modes = set(line.days.values_list("mode", flat=True))
    nearest = next((mode for mode in _NEAREST if mode in modes), None)
    if line.by_alternate and nearest not in HERE:
        _alternate_goes(line)
    if nearest is None:
        line.delete()
        return None
    line.mode = nearest
    line.save(update_fields=["mode", "by_alternate", "person", "publication"])
    return line


def _alternate_goes(line: Attendance) -> None:
    """She speaks for the seat no more: her phone's link ends, and her name goes from the line."""
    assert line.membership is not None  # noqa: S101  # only a seat has an alternate
    end_links_of(line.meeting, line.membership)
    line.by_alternate, line.person, line.publication = False, None, Publication.HIDDEN


def set_rules(*, body: Body, version: int, members: str, states: str, counts_online: bool, by: User) -> None:
    """What must be there before the body may decide, if nobody changed it since `version` (1: there were none). Raises
    SavedByAnother."""
    said = {"members": members, "states": states, "counts_online": counts_online}
    with transaction.atomic():
        rules, is_new = BodyRules.objects.get_or_create(body=body, defaults=said)
        if not is_new and not BodyRules.objects.filter(pk=rules.pk, version=version).update(version=F("version") + 1, **said):
            raise SavedByAnother(BodyRules.objects.get(pk=rules.pk))
        trail.record(verb="set_body_rules", target=f"body:{body.code}", by=by)
