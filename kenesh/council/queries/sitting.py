"""Who sits in a body on a day, as everybody may see it: by standing and country, each as far as it lets itself be shown."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import get_language

from kenesh.council.queries.publication import Shown, of_membership, shown
from kenesh.people import queries as people
from kenesh.people.models import Body, Membership, MembershipRole, Standing
from kenesh.themes.countries import country_name, in_alphabetical_order

FEWEST_COUNTED = 5  # as with tallies: a smaller number of unnamed seats could lead to somebody


@dataclass(frozen=True)
class Seat:
    """A seat as it may be shown, with its role when that is more than member; `alternate`: None when not shown."""

    who: Shown
    role: str
    alternate: Shown | None
    count: int = 1


@dataclass(frozen=True)
class Country:
    """Seats that speak for one State; `code` is "" for none, as of international organisations."""

    code: str
    seats: list[Seat]


@dataclass(frozen=True)
class Sitting:
    """Who sits on a day. `unnamed`: how many seats are not shown at all; 0 when that must not be said."""

    members: list[Country]
    observers: list[Country]
    unnamed: int


def sitting_for_public(seats: Sequence[Membership], *, is_today: bool) -> Sitting:
    """`seats`: those of `seats_on` a day.

    Of other days than today the unnamed are not counted: from day to day the number would tell when somebody came or left.
    """
    hidden = sum(of_membership(seat) is None for seat in seats)
    return Sitting(
        members=_by_country(seat for seat in seats if seat.standing == Standing.MEMBER),
        observers=_by_country(seat for seat in seats if seat.standing != Standing.MEMBER),
        unnamed=hidden if is_today and hidden >= FEWEST_COUNTED else 0,
    )


def _by_country(seats: Iterable[Membership]) -> list[Country]:
    """In the order of the reader's alphabet; seats for no State come last. Who is shown in the same words is put together."""
    found: dict[str, dict[Seat, int]] = {}
    for seat in seats:
        who = of_membership(seat)
        if who is not None:
            is_known = bool(who.name or who.organisation)  # of a country alone, the role would say who it is
            role = str(seat.get_role_display()) if is_known and seat.role != MembershipRole.MEMBER else ""
            line = Seat(who, role, _alternate(seat))
            here = found.setdefault(who.country, {})
            here[line] = here.get(line, 0) + 1
    language = get_language() or "en"
    named = in_alphabetical_order(((code, country_name(code, language)) for code in found if code), language)
    order = [code for code, _name in named] + ([""] if "" in found else [])
    return [
        Country(code, [Seat(line.who, line.role, line.alternate, count) for line, count in found[code].items()]) for code in order
    ]


def _alternate(seat: Membership) -> Shown | None:
    """Only what she lets be shown, and only beside a seat that is itself shown with its organisation or name."""
    if seat.alternate is None or not (who := of_membership(seat)) or not (who.name or who.organisation):
        return None
    return shown(seat.alternate_publication, person=seat.alternate, country=seat.country)


@dataclass(frozen=True)
class ChairShown:
    """Who has the chair on a day. `country` and `next` are codes of the order that the body has published; `who` is None when
    the seat is not shown."""

    country: str
    since: date | None
    until: date | None
    who: Shown | None
    next: str
    is_late: bool


def chair_for_public(body: Body, day: date, seats: Sequence[Membership]) -> ChairShown | None:
    """None for a body whose chair does not go round. `seats`: those of `seats_on` that day, which say how its holder is shown."""
    chair = people.chair_on(body, day)
    if chair is None:
        return None
    if chair.term is None:
        return ChairShown("", None, None, None, chair.next, is_late=False)
    held = next((seat for seat in seats if seat.pk == chair.term.seat_id), None)
    term = chair.term
    return ChairShown(term.country, term.since, term.until, of_membership(held) if held else None, chair.next, chair.is_late)
