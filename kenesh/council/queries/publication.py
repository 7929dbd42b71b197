"""How somebody is called on a page, by what may be shown of her."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone

from kenesh.council.models import Meeting, Vote
from kenesh.people import queries as people
from kenesh.people.models import Body, Membership, Organisation, Person, Publication


@dataclass(frozen=True)
class Shown:
    """What a page may say of somebody; empty where it may not. `country` is a code; `post` goes with the name.

    `alternate_of`: in whose place she was there; `when`: on which days, in words, where not on all, or where others sat there too.
    `person` and `house` are whom name and organisation stand for: None where those are not shown.
    """

    name: str = ""
    organisation: str = ""
    country: str = ""
    post: str = ""
    alternate_of: str = ""
    when: str = ""
    person: Person | None = field(default=None, compare=False)
    house: Organisation | None = field(default=None, compare=False)


@dataclass(frozen=True)
class Shared:
    """Somebody as shown, and how many are shown in these very words (three guests from one country)."""

    who: Shown
    count: int


@dataclass(frozen=True)
class Group:
    """People under one heading: those who may be shown, the number of all others, and the number of all. A seat counts once,
    whoever sat there."""

    listed: list[Shared]
    hidden: int
    total: int


def shown(
    level: str,
    *,
    person: Person | None = None,
    organisation: Organisation | None = None,
    country: str = "",
    guest: str = "",
    when: str = "",
) -> Shown | None:
    """What this level lets a page say; None for nothing. What is missing at a level falls to the next lower one. Days are said of
    names and organisations alone: beside a country they could lead to somebody."""
    house = organisation or (person.organisation if person else None)
    land = country or (house.country if house else "")
    place = Shown(country=land) if land else None
    if level == Publication.NAME:
        name = str(person) if person else guest
        post = str(person.post) if person else ""
        return Shown(name, str(house) if house else "", land, post, when=when, person=person, house=house)
    if level == Publication.ORGANISATION:
        return Shown(organisation=str(house), country=land, when=when, house=house) if house else place
    return place if level == Publication.COUNTRY else None


def of_membership(seat: Membership, *, level: str = "") -> Shown | None:
    return shown(level or seat.publication, person=seat.person, organisation=seat.organisation, country=seat.country)


def of_vote(vote: Vote, *, level: str = "") -> Shown | None:
    """Whose vote it is; with an alternate, who gave it in her place."""
    return of_seat(vote.membership, vote.alternate, publication=vote.publication, level=level)


def of_seat(seat: Membership, alternate: Person | None, *, publication: str, level: str = "") -> Shown | None:
    """Who voted or spoke for a seat: the member, or the alternate in her place. `publication`: of what was said."""
    if alternate is None:
        return of_membership(seat, level=level or publication)
    who = shown(level or publication, person=alternate, organisation=seat.organisation, country=seat.country)
    return in_place_of(who, seat, level)


def in_place_of(who: Shown | None, seat: Membership, level: str) -> Shown | None:
    """Names the member only where both may be named: each says that for herself."""
    member = of_membership(seat, level=level)
    if who is None or member is None or not who.name:
        return who
    return replace(who, alternate_of=member.name or member.organisation)


def group(crowd: Iterable[list[Shown]]) -> Group:
    """Puts those who are shown in the same words together, in the order of first appearance. `crowd`: for each seat or guest who
    may be shown."""
    lines = list(crowd)
    counts = Counter(who for line in lines for who in line)
    return Group([Shared(who, count) for who, count in counts.items()], sum(not line for line in lines), len(lines))


def officers(meeting: Meeting, there: Mapping[int | None, str], *, level: str = "") -> tuple[Shown | None, Shown | None]:
    """Chair and secretary of a meeting, each by the level of her own attendance (`there`: by the id of a person), else of her seat;
    hidden without either."""
    in_office = [person for person in (meeting.chair, meeting.secretary) if person is not None]
    levels: dict[int | None, str] = {
        seat.person_id: seat.publication
        for seat in Membership.objects.filter(body=meeting.body_id, person__in=in_office).order_by("id")
    }
    levels.update(there)

    def of(person: Person | None) -> Shown | None:
        return shown(level or levels.get(person.pk, Publication.HIDDEN), person=person) if person else None

    return of(meeting.chair), of(meeting.secretary)


# --- over all bodies: what `of_membership` shows, as lists -----------------------------------------------------------------


def sitting_in(bodies: Iterable[Body]) -> dict[int, list[Membership]]:
    """Who sits in each of these bodies today, by the body's id."""
    seats: dict[int, list[Membership]] = {body.pk: [] for body in bodies}
    for seat in people.sitting(timezone.localdate()).filter(body__in=seats):
        seats[seat.body_id].append(seat)
    return seats


def persons_shown() -> QuerySet[Person]:
    """Persons who sit in a body today and let their names be shown."""
    return Person.objects.filter(Exists(_named_seats().filter(person=OuterRef("pk"))))


def named_seats_of(persons: Iterable[Person]) -> QuerySet[Membership]:
    """Where they sit by name."""
    return _named_seats().filter(person__in=list(persons)).select_related("body")


def _named_seats() -> QuerySet[Membership]:
    return people.sitting(timezone.localdate()).filter(publication=Publication.NAME)


def organisations_shown() -> QuerySet[Membership]:
    """Seats of today that name an organisation, its own or the person's."""
    return people.sitting(timezone.localdate()).filter(publication__in=[Publication.NAME, Publication.ORGANISATION])
