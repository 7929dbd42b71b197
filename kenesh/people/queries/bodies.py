"""Reads about bodies: who keeps them, who sits in them, who sat there on a day, and who has the chair."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Prefetch, Q, QuerySet
from django.http import Http404

from kenesh.people.models import (
    Body,
    ChairTerm,
    Membership,
    MembershipRole,
    Nomination,
    Publication,
    Role,
    Standing,
    StandingChange,
    User,
)
from kenesh.people.queries.slicing import Slice, found, sliced
from kenesh.people.rules import bodies_as, keeps_body, plays

_ORDER = [standing.value for standing in Standing]
_WITH_NAMES = ("person__organisation", "organisation", "alternate__organisation")


def bodies_kept_by(user: User, *, after: str = "") -> Slice[Body]:
    """Bodies that this account keeps, newest first."""
    return sliced(_kept(user).select_related("parent"), after)


def _kept(user: User) -> QuerySet[Body]:
    if plays(user, Role.NODE_ADMIN):
        return Body.objects.all()
    return Body.objects.filter(pk__in=bodies_as(user, Role.COUNCIL_SECRETARY))


def body_to_keep(user: User, code: str) -> Body:
    """Raises Http404, also for somebody else's body."""
    return found(_kept(user).select_related("parent", "founding", "rotation").filter(code=code))


def body_for_admin(code: str) -> Body:
    """Raises Http404."""
    return found(Body.objects.select_related("parent").filter(code=code))


def body_for_public(code: str) -> Body:
    """With its founding and the order of its chair. Raises Http404."""
    return found(Body.objects.select_related("parent", "founding", "rotation").filter(code=code))


def seats_of(body: Body) -> QuerySet[Membership]:
    """All seats, the sitting ones first, those that ended last."""
    return body.memberships.select_related(*_WITH_NAMES).order_by("until", "standing", "pk")


def seat_to_keep(user: User, body_code: str, pk: int) -> Membership:
    """Raises Http404, also for a seat of somebody else's body."""
    seat = found(Membership.objects.select_related("body", *_WITH_NAMES).filter(pk=pk, body__code=body_code))
    if not keeps_body(user, seat.body_id):
        raise Http404
    return seat


# --- on a day ---------------------------------------------------------------------------------------------------------


def sitting_members(body: Body, day: date) -> QuerySet[Membership]:
    """Memberships whose term covers the day, members before observers, each as it is now."""
    return sitting(day).filter(body=body)


def sitting(day: date) -> QuerySet[Membership]:
    """The same, in all bodies."""
    terms = Q(since__isnull=True) | Q(since__lte=day), Q(until__isnull=True) | Q(until__gte=day)
    return Membership.objects.filter(*terms).select_related(*_WITH_NAMES).order_by("standing", "id")


def seats_on(body: Body, day: date) -> list[Membership]:
    """Seats that were held on that day, each as it was then: its person, standing, role and level of publication. Members before
    observers. To read, not to save."""
    return seats_of_bodies_on([body], day)


def seats_of_bodies_on(bodies: Iterable[Body], day: date) -> list[Membership]:
    """The same of several bodies, one after another, with as many questions as for one."""
    bodies = list(bodies)
    nominations = Nomination.objects.select_related("person__organisation")
    rows = sitting(day).filter(body__in=bodies)
    rows = rows.prefetch_related("standing_changes", "role_changes", Prefetch("nominations", nominations))
    terms: dict[int, list[ChairTerm]] = defaultdict(list)
    for term in ChairTerm.objects.filter(body__in=bodies).order_by("since"):
        terms[term.body_id].append(term)
    seats = [_as_of(seat, day, terms[seat.body_id]) for seat in rows]
    return sorted(seats, key=lambda seat: (seat.body_id, _ORDER.index(seat.standing), seat.pk))


def standings_on(body_id: int, day: date, among: Collection[int] | None = None) -> dict[int, str]:
    """The standing of every seat on that day, by its number, without the seats themselves: two questions however many they are.
    `among`: only these."""
    rows = sitting(day).filter(body=body_id)
    changes = StandingChange.objects.filter(seat__body=body_id, on__gt=day)
    if among is not None:
        rows, changes = rows.filter(pk__in=among), changes.filter(seat__in=among)
    standing = dict(rows.order_by().values_list("pk", "standing"))
    for seat, before in changes.order_by("-on").values_list(
        "seat", "before"
    ):  # the earliest comes last, and goes before all others
        if seat in standing:
            standing[seat] = before
    return standing


def _as_of(seat: Membership, day: date, terms: Sequence[ChairTerm]) -> Membership:
    later = [change for change in sorted(seat.standing_changes.all(), key=lambda each: each.on) if change.on > day]
    if later:
        seat.standing = later[0].before
    other_role = [change for change in sorted(seat.role_changes.all(), key=lambda each: (each.on, each.pk)) if change.on > day]
    if other_role:
        seat.role = other_role[0].before
    as_sent_on(seat, day)
    if any(term.seat_id == seat.pk for term in terms):
        chairs = _term_on(terms, day)
        if chairs is not None and chairs.seat_id == seat.pk:
            seat.role = MembershipRole.CHAIR
        elif seat.role == MembershipRole.CHAIR:
            seat.role = MembershipRole.MEMBER
    return seat


def as_sent_on(seat: Membership, day: date) -> Membership:
    """The same seat with whom its institution sent on that day, and what she lets be shown. To read, not to save; reads
    `seat.nominations` with their persons, prefetched or not."""
    sent = sorted(seat.nominations.all(), key=lambda each: each.since or date.min)
    before = [each for each in sent if each.since is None or each.since <= day]
    if len(before) < len(sent):
        then = before[-1] if before else None
        seat.person = then.person if then else None
        seat.publication = then.publication if then else Publication.HIDDEN
        seat.alternate = None  # was named beside the person of today
    return seat


def _term_on(terms: Sequence[ChairTerm], day: date) -> ChairTerm | None:
    begun = [term for term in terms if term.since <= day]
    return begun[-1] if begun else None


@dataclass(frozen=True)
class Chair:
    """Who has the chair on a day, and who comes after. Countries are codes; `next`: "" when the order does not say."""

    term: ChairTerm | None
    next: str
    order: list[str]
    months: int
    is_late: bool  # the planned end has passed and the chair was not handed over


def chair_on(body: Body, day: date) -> Chair | None:
    """None for a body whose chair does not go round."""
    rotation = getattr(body, "rotation", None)
    if rotation is None:
        return None
    term = _term_on(list(body.chair_terms.select_related("seat__person", "seat__organisation").order_by("since")), day)
    order = rotation.countries
    after = order[(order.index(term.country) + 1) % len(order)] if term and term.country in order else ""
    return Chair(term, after or ("" if term else order[0]), order, rotation.months, is_late=bool(term and term.until < day))


def nominations_of(seat: Membership) -> list[Nomination]:
    """Everybody who was sent to this seat, newest first."""
    rows = seat.nominations.select_related("person__organisation")
    return sorted(rows, key=lambda each: each.since or date.min, reverse=True)


def newest_may_be_undone(seat: Membership, sent: Sequence[Nomination]) -> bool:
    """`sent`: newest first. Not where the newest says only who was entered with the seat, without a letter."""
    if not sent or sent[0].person is None:
        return False
    newest = sent[0]
    return len(sent) > 1 or newest.since != seat.since or bool(newest.letter_number or newest.letter_on)
