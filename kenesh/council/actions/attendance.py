"""Who was there."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from django.db import transaction
from django.db.models import QuerySet

from kenesh.council.actions.meetings import check_changeable
from kenesh.council.actions.phones import end_links_of
from kenesh.council.actions.refusals import NotASeat
from kenesh.council.models import Attendance, AttendanceDay, Meeting
from kenesh.council.queries.days import HERE
from kenesh.kernel import trail
from kenesh.people.models import Membership, Organisation, Person, Publication, User
from kenesh.problems.models import new_request_key


@dataclass(frozen=True)
class Mark:
    """One line of the attendance table. An empty `mode` takes the line away: nothing is recorded.

    `who` is a seat in the body, or the line of a guest that was added before. `person`: who came for the seat; when it is the seat's
    alternate, she speaks and votes for it, and the member does not. `others`: of those who sat there on other days what is shown, by
    the id of the alternate (None: the member).
    """

    who: Membership | Attendance
    mode: str
    publication: str = Publication.HIDDEN
    person: Person | None = None
    others: Mapping[int | None, str] = field(default_factory=dict)


def record_attendance(*, meeting: Meeting, marks: Iterable[Mark], by: User) -> None:
    """Writes the lines given and leaves all others. Raises MinutesApproved, NotASeat."""
    with transaction.atomic():
        check_changeable(meeting)
        for mark in marks:
            _write(meeting, mark)
        trail.record(verb="record_attendance", target=f"meeting:{meeting.code}", by=by)


def _write(meeting: Meeting, mark: Mark) -> None:
    if isinstance(mark.who, Attendance):
        guests = Attendance.objects.filter(pk=mark.who.pk, meeting=meeting, membership=None)
        if mark.mode:
            _forget_days(guests.exclude(mode=mark.mode))
            guests.update(mode=mark.mode, publication=mark.publication)
        else:
            guests.delete()
        return
    if mark.who.body_id != meeting.body_id or not mark.who.sits_on(meeting.day):
        raise NotASeat
    if not mark.mode:
        line = Attendance.objects.filter(meeting=meeting, membership=mark.who)
        if line.filter(by_alternate=True).exists():
            end_links_of(meeting, mark.who)
        line.delete()
        return
    _forget_days(Attendance.objects.filter(meeting=meeting, membership=mark.who).exclude(mode=mark.mode))
    by_alternate = is_alternate(mark.who, mark.person) and mark.mode in HERE
    before = Attendance.objects.filter(meeting=meeting, membership=mark.who).first()
    changes = by_alternate != (before is not None and before.by_alternate)
    if changes:
        end_links_of(meeting, mark.who)
    said = {"mode": mark.mode, "publication": mark.publication, "person": mark.person, "by_alternate": by_alternate}
    written, _is_new = Attendance.objects.update_or_create(
        meeting=meeting, membership=mark.who, defaults=said, create_defaults={**said, "standing": mark.who.standing}
    )
    if changes:  # said of the whole meeting, as the mode is
        written.days.exclude(until=None).delete()
        written.days.filter(mode__in=HERE).update(alternate=mark.person if by_alternate else None, publication=mark.publication)
    for alternate, publication in mark.others.items():
        written.days.filter(alternate=alternate).update(publication=publication)


def is_alternate(seat: Membership, person: Person | None) -> bool:
    """Whether this person sits there in place of the member."""
    return person is not None and person.pk == seat.alternate_id and person.pk != seat.person_id


def _forget_days(lines: QuerySet[Attendance]) -> None:
    """What is said of the whole meeting takes the place of what was said of each day."""
    AttendanceDay.objects.filter(line__in=lines.values("pk")).delete()


def add_guest(
    *,
    meeting: Meeting,
    by: User,
    organisation: Organisation | None = None,
    person: Person | None = None,
    guest: str = "",
    country: str = "",
    mode: str = Attendance.Mode.PRESENT,
    publication: str = Publication.HIDDEN,
    request_key: str = "",
) -> Attendance:
    """Adds somebody who holds no seat; the same request key gives the same line. Raises MinutesApproved.

    IntegrityError when neither an organisation, nor a person, nor a name is given.
    """
    with transaction.atomic():
        check_changeable(meeting)
        line, is_new = Attendance.objects.get_or_create(
            request_key=request_key or new_request_key(),
            defaults={
                "meeting": meeting,
                "organisation": organisation,
                "person": person,
                "guest": guest,
                "country": country,
                "mode": mode,
                "publication": publication,
                "standing": Attendance.Standing.GUEST,
            },
        )
        if is_new:
            trail.record(verb="add_guest", target=f"meeting:{meeting.code}", by=by)
    return line
