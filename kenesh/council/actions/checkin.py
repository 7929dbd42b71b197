"""At the door: who is there today; and what a body's rules ask for."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone

from kenesh.council.actions.meetings import check_changeable
from kenesh.council.actions.phones import end_links_of
from kenesh.council.actions.refusals import DayAhead, NoAlternate, NotASeat, OutsideMeeting, SavedByAnother
from kenesh.council.models import (
    Attendance,
    AttendanceDay,
    Ballot,
    BodyRules,
    Invitation,
    InvitationAnswer,
    Meeting,
    Position,
    Vote,
)
from kenesh.council.queries.days import HERE, day_of_today, sits_now
from kenesh.kernel import trail
from kenesh.people.models import Body, Membership, Person, Publication, User

# Of the days of one person the minutes show the one on which she was nearest.
_NEAREST = (Attendance.Mode.PRESENT, Attendance.Mode.REMOTE, Attendance.Mode.EXCUSED, Attendance.Mode.ABSENT)

_CORRECTED = timedelta(minutes=5)  # so soon after it, a press at the door is taken back as a mistake


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
    is checked in herself; who sat there on earlier days stays written, and while the meeting is under way also who sat there earlier
    today, and until when. Gives the line of the attendance, None when the last day of it was taken back. Raises MinutesApproved,
    OutsideMeeting, NotASeat, NoAlternate, DayAhead.
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
        if mode:
            _write_day(line, day, Attendance.Mode(mode).value, by_alternate=by_alternate and mode in HERE)
        else:
            line.days.filter(day=day).delete()
        verb = "check_in_alternate" if by_alternate else "check_in"
        trail.record(verb=verb if mode else "undo_check_in", target=f"meeting:{meeting.code}", by=by)
        return _summed_up(line)


def _write_day(line: Attendance, day: date, mode: str, *, by_alternate: bool) -> None:
    """How somebody is there on that day, and who. Raises NoAlternate, DayAhead."""
    alternate = line.membership.alternate if by_alternate and line.membership else None
    if by_alternate and alternate is None:
        raise NoAlternate
    today = day_of_today(line.meeting)
    if day > today and mode in HERE and alternate != sits_now(line):
        raise DayAhead
    row = line.days.filter(day=day, until=None).first()
    said = {"mode": mode, "alternate": alternate, "publication": _publication(line, alternate)}
    if mode not in HERE:
        line.days.filter(day=day).exclude(until=None).delete()
    elif row is not None and row.mode in HERE and row.alternate != alternate and _is_going_on(line.meeting, day):
        before = line.days.filter(day=day).exclude(until=None).order_by("until").last()
        if before is not None and before.alternate == alternate and _was_a_mistake(line, before.until or timezone.now()):
            before.delete()  # she never left: the row of the day is hers again
        else:
            row.until = timezone.now()
            row.save(update_fields=["until"])
    AttendanceDay.objects.update_or_create(line=line, day=day, until=None, defaults=said)
    if day == today and mode in HERE:  # what was written ahead was of who sat there then
        line.days.filter(day__gt=day, mode__in=HERE).update(alternate=alternate, publication=said["publication"])


def _was_a_mistake(line: Attendance, since: datetime) -> bool:
    """Whether who was written down for the seat since then is taken back within minutes, and nobody spoke or voted for it."""
    if timezone.now() - since >= _CORRECTED:
        return False
    of_seat, meeting = {"membership": line.membership}, line.meeting
    spoke = meeting.speeches.filter(Q(ended_at=None) | Q(ended_at__gte=since), started_at__isnull=False, **of_seat)
    moved = meeting.procedure_motions.filter(by_membership=line.membership, put_at__gte=since)
    said = Position.objects.filter(proposal__item__meeting=meeting, at__gte=since, **of_seat)
    voted = Vote.objects.filter(ballot__meeting=meeting, at__gte=since, **of_seat)
    # Of a secret vote nobody knows when it was given, nor afterwards by whom.
    secret = Ballot.objects.filter(Q(closed_at=None) | Q(closed_at__gte=since), meeting=meeting, key_uid__isnull=False)
    return not any(rows.exists() for rows in (spoke, moved, said, voted, secret))


def _is_going_on(meeting: Meeting, day: date) -> bool:
    """Whether somebody can have sat there for a while today. Before, another name is the correction of a mistake."""
    today = timezone.now().astimezone(meeting.local_start.tzinfo).date()
    return meeting.status == Meeting.Status.OPEN and day == today


def _publication(line: Attendance, alternate: Person | None) -> str:
    """What was last decided of her name; else what she lets be shown of it beforehand."""
    if sits_now(line) == alternate:
        return line.publication
    before = line.days.filter(alternate=alternate, mode__in=HERE).order_by("-day", "-pk").first()
    if before is not None:
        return before.publication
    beforehand = line.membership.alternate_publication if alternate and line.membership else Publication.HIDDEN
    return str(beforehand)


def _seat(line: Attendance, last: AttendanceDay | None) -> None:
    """The line says who sat there on the last day, and so who speaks and votes for the seat now."""
    alternate, before = last.alternate if last else None, sits_now(line)
    if line.membership is None or alternate == before:
        return
    line.days.filter(alternate=before).update(publication=line.publication)
    line.by_alternate, line.person = alternate is not None, alternate
    line.publication = last.publication if last else Publication.HIDDEN
    end_links_of(line.meeting, line.membership)


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
    rows = list(line.days.filter(until=None).select_related("alternate").order_by("-day"))
    nearest = next((mode for mode in _NEAREST if any(row.mode == mode for row in rows)), None)
    _seat(line, next((row for row in rows if row.mode in HERE), None))
    if nearest is None:
        line.delete()
        return None
    line.mode = nearest
    line.save(update_fields=["mode", "by_alternate", "person", "publication"])
    return line


def set_rules(*, body: Body, version: int, members: str, states: str, counts_online: bool, by: User) -> None:
    """What must be there before the body may decide, if nobody changed it since `version` (1: there were none). Raises
    SavedByAnother."""
    said = {"members": members, "states": states, "counts_online": counts_online}
    with transaction.atomic():
        rules, is_new = BodyRules.objects.get_or_create(body=body, defaults=said)
        if not is_new and not BodyRules.objects.filter(pk=rules.pk, version=version).update(version=F("version") + 1, **said):
            raise SavedByAnother(BodyRules.objects.get(pk=rules.pk))
        trail.record(verb="set_body_rules", target=f"body:{body.code}", by=by)
