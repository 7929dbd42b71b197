"""Reads about persons, and about who may correct them and their organisations: other bodies may rely on them too."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from kenesh.people.joining import Record
from kenesh.people.models import Body, Membership, Organisation, Person, Role, User
from kenesh.people.queries.joined import found_or_joined
from kenesh.people.queries.slicing import Slice, sliced
from kenesh.people.rules import bodies_as, plays


def persons_kept_by(user: User, *, organisation: str = "", after: str = "") -> Slice[Person]:
    """Persons whom this account may correct, newest first. `organisation`: the code of one, "" for all."""
    rows = _kept(user).select_related("organisation", "account")
    return sliced(rows.filter(organisation__code=organisation) if organisation else rows, after)


def person_to_correct(user: User, code: str) -> Person:
    """Raises JoinedInto, and Http404, also for somebody in whom only bodies of others have an interest."""
    return found_or_joined(_kept(user).select_related("organisation", "account"), code)


def _kept(user: User) -> QuerySet[Person]:
    """All for the administrator of the node; for a secretary who sits or sat in her bodies, and who sits nowhere yet."""
    if plays(user, Role.NODE_ADMIN):
        return Person.objects.all()
    return Person.objects.filter(_sits(body__in=bodies_as(user, Role.COUNCIL_SECRETARY)) | ~_sits())


def _sits(**which: object) -> Q:
    """Of the outer person: a seat among these is or was hers, by a letter of her institution too, she is the alternate, or it is her
    organisation's."""
    seats = Membership.objects.filter(**which)
    hers = ({"person": OuterRef("pk")}, {"alternate": OuterRef("pk")}, {"nominations__person": OuterRef("pk")})
    found = Q(Exists(seats.filter(organisation=OuterRef("organisation"))))
    for each in hers:
        found |= Q(Exists(seats.filter(**each)))
    return found


def others_who_rely_on(user: User, person: Person) -> list[Body]:
    """Bodies in which she sits or sat and which this account does not keep."""
    if plays(user, Role.NODE_ADMIN):
        return []
    hers = Q(person=person) | Q(alternate=person) | Q(nominations__person=person)
    if person.organisation_id:
        hers |= Q(organisation=person.organisation_id)
    return _of_others(user, Membership.objects.filter(hers))


def _of_others(user: User, seats: QuerySet[Membership]) -> list[Body]:
    own = bodies_as(user, Role.COUNCIL_SECRETARY)
    return list(Body.objects.filter(pk__in=seats.order_by().values("body")).exclude(pk__in=own).order_by("id"))


def organisation_to_correct(user: User, code: str) -> Organisation:
    """One whose name this account may correct. Raises JoinedInto, Http404."""
    return found_or_joined(_spelled_by(user), code)


def may_be_joined_by(user: User, record: Record) -> QuerySet[Organisation] | QuerySet[Person]:
    """Other records of its kind that this account may correct, too."""
    rows = _spelled_by(user) if isinstance(record, Organisation) else _kept(user).select_related("organisation")
    return rows.exclude(pk=record.pk)


def spelled_among(user: User, organisations: Collection[int] | QuerySet[Any, int]) -> set[int]:
    """Which of these organisations have a name that this account may correct."""
    return set(_spelled_by(user).filter(pk__in=organisations).values_list("pk", flat=True))


def _spelled_by(user: User) -> QuerySet[Organisation]:
    """All for the administrator of the node; for a secretary those that sit or sat in her bodies, also through a person, and those that
    sit nowhere. Offices that take appeals are the administrator's alone: people choose them by their name."""
    if plays(user, Role.NODE_ADMIN):
        return Organisation.objects.all()
    own = Membership.objects.filter(body__in=bodies_as(user, Role.COUNCIL_SECRETARY))
    return Organisation.objects.filter(takes_appeals=False).filter(_has_seat(own) | ~_has_seat(Membership.objects.all()))


def _has_seat(seats: QuerySet[Membership]) -> Q:
    """Of the outer organisation."""
    here = (
        {"organisation": OuterRef("pk")},
        {"person__organisation": OuterRef("pk")},
        {"alternate__organisation": OuterRef("pk")},
    )
    found = Q(Exists(seats.filter(nominations__person__organisation=OuterRef("pk"))))
    for each in here:
        found |= Q(Exists(seats.filter(**each)))
    return found


def others_who_name(user: User, organisation: Organisation) -> list[Body]:
    """Bodies in which the organisation has or had a seat and which this account does not keep."""
    if plays(user, Role.NODE_ADMIN):
        return []
    through = Q(organisation=organisation) | Q(person__organisation=organisation) | Q(alternate__organisation=organisation)
    return _of_others(user, Membership.objects.filter(through | Q(nominations__person__organisation=organisation)))
