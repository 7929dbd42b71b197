"""How somebody is called on a page, by what may be shown of her."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from kenesh.council.models import Attendance, Meeting, Vote
from kenesh.people.models import Membership, Organisation, Person, Publication


@dataclass(frozen=True)
class Shown:
    """What a page may say of somebody; empty where it may not. `country` is a code; `post` goes with the name."""

    name: str = ""
    organisation: str = ""
    country: str = ""
    post: str = ""


@dataclass(frozen=True)
class Shared:
    """Somebody as shown, and how many are shown in these very words (three guests from one country)."""

    who: Shown
    count: int


@dataclass(frozen=True)
class Group:
    """People under one heading: those who may be shown, and the number of all others."""

    listed: list[Shared]
    hidden: int

    @property
    def total(self) -> int:
        return self.hidden + sum(shared.count for shared in self.listed)


def shown(
    level: str, *, person: Person | None = None, organisation: Organisation | None = None, country: str = "", guest: str = ""
) -> Shown | None:
    """What this level lets a page say; None for nothing. What is missing at a level falls to the next lower one."""
    house = organisation or (person.organisation if person else None)
    land = country or (house.country if house else "")
    place = Shown(country=land) if land else None
    if level == Publication.NAME:
        name = str(person) if person else guest
        post = str(person.post) if person else ""
        return Shown(name=name, organisation=str(house) if house else "", country=land, post=post)
    if level == Publication.ORGANISATION:
        return Shown(organisation=str(house), country=land) if house else place
    return place if level == Publication.COUNTRY else None


def of_membership(seat: Membership, *, level: str = "") -> Shown | None:
    return shown(level or seat.publication, person=seat.person, organisation=seat.organisation, country=seat.country)


def of_attendance(line: Attendance, *, level: str = "") -> Shown | None:
    """A line of the attendance; the representative goes with the organisation that holds the seat."""
    seat = line.membership
    return shown(
        level or line.publication,
        person=line.person or (seat.person if seat else None),
        organisation=line.organisation or (seat.organisation if seat else None),
        country=line.country or (seat.country if seat else ""),
        guest=line.guest,
    )


def of_vote(vote: Vote, *, level: str = "") -> Shown | None:
    return of_membership(vote.membership, level=level or vote.publication)


def group(people: Iterable[Shown | None]) -> Group:
    """Puts those who are shown in the same words together, in the order of first appearance."""
    listed = list(people)
    counts = Counter(who for who in listed if who is not None)
    return Group([Shared(who, count) for who, count in counts.items()], sum(who is None for who in listed))


def officers(meeting: Meeting, lines: Iterable[Attendance], *, level: str = "") -> tuple[Shown | None, Shown | None]:
    """Chair and secretary of a meeting, each by the level of her own attendance, else of her seat; hidden without either."""
    people = [person for person in (meeting.chair, meeting.secretary) if person is not None]
    levels = {
        seat.person_id: seat.publication
        for seat in Membership.objects.filter(body=meeting.body_id, person__in=people).order_by("id")
    }
    levels.update(
        {line.person_id or (line.membership.person_id if line.membership else None): line.publication for line in lines}
    )

    def of(person: Person | None) -> Shown | None:
        return shown(level or levels.get(person.pk, Publication.HIDDEN), person=person) if person else None

    return of(meeting.chair), of(meeting.secretary)
