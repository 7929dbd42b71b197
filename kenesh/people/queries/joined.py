"""Reads about records that were entered twice: where an old code leads, which two may be the same, what forbids to join them."""

from __future__ import annotations

from typing import TypeVar, cast

from django.db.models import Q, QuerySet
from django.http import Http404
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kenesh.kernel.findings import Candidate, best
from kenesh.people.joining import Record, Told
from kenesh.people.matching import Named, NamedPerson, NameIndex, person_candidates, persons_looked_for
from kenesh.people.models import (
    Body,
    Joined,
    Label,
    Membership,
    Nomination,
    Organisation,
    OrganisationEpoch,
    OrganisationKind,
    Person,
    Project,
    RoleHeld,
    Succession,
    User,
)

Row = TypeVar("Row", Organisation, Person)


class JoinedInto(Http404):
    """The record of the code `was` is gone: it was the same as the one of the code `now`."""

    def __init__(self, was: str, now: str) -> None:
        super().__init__(was)
        self.was, self.now = was, now


def found_or_joined(rows: QuerySet[Row], code: str) -> Row:
    """The row of this code. Raises JoinedInto where it was joined to one of these rows, else Http404."""
    row = rows.filter(code=code).first()
    if row is not None:
        return row
    raise_if_joined(rows, code)
    raise Http404


def raise_if_joined(rows: QuerySet[Row], code: str) -> None:
    """Raises JoinedInto."""
    kept = "organisation" if rows.model is Organisation else "person"
    now = Joined.objects.filter(code=code, **{f"{kept}__in": rows}).values_list(f"{kept}__code", flat=True).first()
    if now is not None:
        raise JoinedInto(code, now)


Names = list[tuple[str, str]]  # with the language of each


def further_names(kept: str) -> dict[int, Names]:
    """Id of an organisation or a person (`kept`: "organisation" or "person") → names under which it was entered too."""
    found: dict[int, Names] = {}
    for row in Joined.objects.filter(**{f"{kept}__isnull": False}).order_by("pk"):
        found.setdefault(getattr(row, f"{kept}_id"), []).extend([*row.name.items(), *row.short_name.items()])
    return found


def names_besides(record: Record) -> list[str]:
    """Names under which it was entered too, each once, without those that it has itself."""
    own = {*record.name.values(), *(record.short_name.values() if isinstance(record, Organisation) else ())}
    names = [name for row in record.joined.order_by("pk") for name in (*row.name.values(), *row.short_name.values())]
    return [name for name in dict.fromkeys(names) if name not in own]


def line_of_successors(organisation: Organisation) -> set[int]:
    """The organisation and all who came after it."""
    found: set[int] = set()
    waiting = {organisation.pk}
    while waiting:
        found |= waiting
        following = Succession.objects.filter(predecessor__in=waiting).values_list("successor_id", flat=True)
        waiting = set(following) - found
    return found


# --- what this room tells of a join -------------------------------------------------------------------------------------


def told_here(stays: Record, goes: Record) -> Told:
    """Seats, persons, accounts, successors, labels and projects."""
    if isinstance(stays, Organisation) and isinstance(goes, Organisation):
        return _told_of_organisations(stays, goes)
    assert isinstance(stays, Person) and isinstance(goes, Person)  # noqa: S101, PT018  # two of a kind are joined
    return _told_of_persons(stays, goes)


def _told_of_organisations(stays: Organisation, goes: Organisation) -> Told:
    seats = Membership.objects.filter(organisation=goes)
    successions = Succession.objects.filter(Q(predecessor=goes) | Q(successor=goes))
    projects = Project.objects.filter(Q(donor=goes) | Q(centres=goes)).distinct()
    refusals = _double_seats(Membership.objects.filter(organisation=stays), seats)
    if line_of_successors(stays) & {goes.pk} or line_of_successors(goes) & {stays.pk}:
        refusals.append(_("One of the two took over from the other: they are not the same. Take that away first if it is wrong."))
    if any(_overlap(one, other) for one in stays.labels for other in goes.labels):
        refusals.append(_("Both carry a label that a law demands, on the same days. End one of the two labels first."))
    if OrganisationEpoch.objects.filter(organisation=goes).exists() or RoleHeld.objects.filter(organisation=goes).exists():
        refusals.append(_("Accounts or keys belong to “%(name)s”. Let it stay, and join the other one to it.") % {"name": goes})
    if goes.takes_appeals and stays.kind == OrganisationKind.MINISTRY:
        refusals.append(_("A State body cannot take appeals here: it must never see who appealed."))
    persons = Person.objects.filter(organisation=goes)
    return Told(
        [
            (gettext_lazy("Seats"), seats.count()),
            (gettext_lazy("Persons"), persons.count()),
            (gettext_lazy("Successors and predecessors"), successions.count()),
            (gettext_lazy("Labels that a law makes it carry"), len(goes.labels)),
            (gettext_lazy("Projects"), projects.count()),
        ],
        refusals,
        frozenset(
            {
                *seats.values_list("body", flat=True),
                *Membership.objects.filter(Q(person__in=persons) | Q(alternate__in=persons)).values_list("body", flat=True),
                *Body.objects.filter(projects__in=projects).values_list("pk", flat=True),
            }
        ),
    )


def _told_of_persons(stays: Person, goes: Person) -> Told:
    seats = Membership.objects.filter(person=goes)
    stood_in = Membership.objects.filter(alternate=goes)
    sent = Nomination.objects.filter(person=goes)
    refusals = _double_seats(Membership.objects.filter(person=stays), seats)
    accounts = User.objects.filter(person__in=[stays, goes]).count()
    if accounts == 2:
        refusals.append(
            _("Both have an account with which they sign in. Take the person away from one of the two accounts first.")
        )
    return Told(
        [
            (gettext_lazy("Seats"), seats.count()),
            (gettext_lazy("Seats as alternate"), stood_in.count()),
            (gettext_lazy("Letters that send somebody to a seat"), sent.count()),
            (gettext_lazy("Accounts"), User.objects.filter(person=goes).count()),
        ],
        refusals,
        frozenset({*(seats | stood_in).values_list("body", flat=True), *sent.values_list("seat__body", flat=True)}),
    )


def _double_seats(stay: QuerySet[Membership], go: QuerySet[Membership]) -> list[str]:
    """A sentence for each body in which both sit on the same day: joined, one would have two votes."""
    here = list(stay.select_related("body"))
    bodies = {one.body for one in here for other in go if one.body_id == other.body_id and _same_days(one, other)}
    return [
        _("Both sit in “%(body)s” on the same days. End or remove one of the two seats first.") % {"body": body}
        for body in sorted(bodies, key=lambda body: body.pk)
    ]


def _same_days(one: Membership, other: Membership) -> bool:
    starts = one.until is None or other.since is None or other.since <= one.until
    return starts and (other.until is None or one.since is None or one.since <= other.until)


def _overlap(one: Label, other: Label) -> bool:
    return (one.until is None or other.since <= one.until) and (other.until is None or one.since <= other.until)


# --- which two may be the same ------------------------------------------------------------------------------------------


def may_be_the_same(record: Record, others: QuerySet[Organisation] | QuerySet[Person], words: str = "") -> list[Candidate]:
    """Which of the others it may be, the likeliest first; with `words`, those that have them in a name. `target`: the code."""
    if isinstance(record, Organisation):
        return _organisations_like(record, cast("QuerySet[Organisation]", others), words)
    return _persons_like(record, cast("QuerySet[Person]", others), words)


def _organisations_like(organisation: Organisation, others: QuerySet[Organisation], words: str) -> list[Candidate]:
    besides = further_names("organisation")
    index = NameIndex(
        Named(row.code, str(row), row.name, row.short_name, tuple(besides.get(row.pk, ())), row.country) for row in others
    )
    if words:
        return index.looked_for(words)
    names = [*organisation.name.items(), *organisation.short_name.items(), *besides.get(organisation.pk, ())]
    return best(found for language, name in names for found in index.candidates(name, language, organisation.country))


def _persons_like(person: Person, others: QuerySet[Person], words: str) -> list[Candidate]:
    besides = further_names("person")
    known = [_named(row, besides.get(row.pk, [])) for row in others]
    if words:
        return persons_looked_for(words, known)
    house = person.organisation.code if person.organisation else ""
    names = [*person.name.items(), *besides.get(person.pk, ())]
    return best(
        found
        for language, name in names
        for found in person_candidates(name, person.post.get(language, ""), house, language, known)
    )


def _named(person: Person, besides: Names) -> NamedPerson:
    house = person.organisation
    label = " · ".join(filter(None, [str(person), str(person.post), str(house or "")]))
    return NamedPerson(
        person.code, label, person.name, person.post, house.code if house else "", tuple(name for _language, name in besides)
    )
