"""Bodies, their seats, and the persons who sit there."""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import ProtectedError

from kenesh.kernel import trail
from kenesh.kernel.rows import stamp_of
from kenesh.people.actions.refusals import ChangedMeanwhile, InACircle, SeatInUse, SitsAlready
from kenesh.people.models import Body, Membership, Organisation, Person, Publication, User
from kenesh.people.signals import seat_removed
from kenesh.themes.texts import Translated


@dataclass(frozen=True)
class BodyFacts:
    """What a form says of a body, by the names of its fields. `founded_on`: ISO 8601, as exact as is known."""

    name: Translated
    short_name: Translated
    kind: str
    about: Translated
    parent: Body | None
    founded_on: str
    publishes_decisions: bool


@dataclass(frozen=True)
class PersonFacts:
    """What a form says of a person, by the names of its fields."""

    name: Translated
    post: Translated
    organisation: Organisation | None


@dataclass(frozen=True)
class SeatFacts:
    """How somebody sits in a body, by the names of its fields."""

    role: str
    standing: str
    since: date | None
    until: date | None
    publication: str
    alternate: Person | None = None
    alternate_publication: str = Publication.HIDDEN


def _values(facts: Any) -> dict[str, Any]:
    return {field.name: getattr(facts, field.name) for field in fields(facts)}


def _changes(row: Any, values: dict[str, Any], seen: str) -> bool:
    """Whether there is something to save. Raises ChangedMeanwhile when the row is not as it was seen."""
    if all(getattr(row, name) == value for name, value in values.items()):
        return False
    if stamp_of(row) != seen:
        raise ChangedMeanwhile
    return True


def _save(row: Any, values: dict[str, Any]) -> None:
    for name, value in values.items():
        setattr(row, name, value)
    row.save(update_fields=list(values))


def add_body(*, code: str, facts: BodyFacts, by: User) -> Body:
    """`code` is the form's own key: the same form sent twice makes one body."""
    with transaction.atomic():
        body, made = Body.objects.get_or_create(code=code, defaults=_values(facts))
        if made:
            trail.record(verb="add_body", target=f"body:{code}", by=by)
    return body


def edit_body(*, body: Body, facts: BodyFacts, seen: str, by: User) -> None:
    """`seen`: its stamp when the form was opened. Raises ChangedMeanwhile, InACircle."""
    values = _values(facts)
    with transaction.atomic():
        row = Body.objects.select_for_update().get(pk=body.pk)
        if not _changes(row, values, seen):
            return
        if facts.parent is not None and row.pk in _all_above(facts.parent):
            raise InACircle
        _save(row, values)
        trail.record(verb="edit_body", target=f"body:{row.code}", by=by)


def _all_above(body: Body) -> set[int]:
    """The body and all in which it lies."""
    found: set[int] = set()
    above: Body | None = body
    while above is not None and above.pk not in found:
        found.add(above.pk)
        above = above.parent
    return found


def add_person(*, code: str, facts: PersonFacts, by: User) -> Person:
    """`code` is the form's own key: the same form sent twice makes one person."""
    with transaction.atomic():
        person, made = Person.objects.get_or_create(code=code, defaults=_values(facts))
        if made:
            trail.record(verb="add_person", target=f"person:{code}", by=by)
    return person


def edit_person(*, person: Person, facts: PersonFacts, seen: str, by: User) -> None:
    """`seen`: its stamp when the form was opened. Raises ChangedMeanwhile."""
    values = _values(facts)
    with transaction.atomic():
        row = Person.objects.select_for_update().get(pk=person.pk)
        if _changes(row, values, seen):
            _save(row, values)
            trail.record(verb="edit_person", target=f"person:{row.code}", by=by)


def add_seat(
    *, body: Body, person: Person | None, organisation: Organisation | None, country: str, facts: SeatFacts, by: User
) -> Membership:
    """A seat for a person, an organisation or a State. The same one again is the one that is there; raises SitsAlready when it differs."""
    values = _values(facts)
    with transaction.atomic():
        Body.objects.select_for_update().get(pk=body.pk)
        seats = body.memberships.filter(person=person, organisation=organisation, country=country)
        for seat in seats:
            if all(getattr(seat, name) == value for name, value in values.items()):
                return seat
            if _overlap(seat, facts):
                raise SitsAlready
        seat = Membership.objects.create(body=body, person=person, organisation=organisation, country=country, **values)
        trail.record(verb="add_seat", target=f"body:{body.code}:{seat.pk}", by=by)
    return seat


def _overlap(seat: Membership, facts: SeatFacts) -> bool:
    """Whether both terms have a day in common."""
    before = seat.until is not None and facts.since is not None and seat.until < facts.since
    after = facts.until is not None and seat.since is not None and facts.until < seat.since
    return not (before or after)


def change_seat(*, seat: Membership, facts: SeatFacts, seen: str, by: User | str) -> None:
    """Another role, standing, term or level of publication. Raises ChangedMeanwhile."""
    values = _values(facts)
    with transaction.atomic():
        row = Membership.objects.select_for_update().get(pk=seat.pk)
        if _changes(row, values, seen):
            _save(row, values)
            trail.record(verb="change_seat", target=f"body:{seat.body.code}:{seat.pk}", by=by)


def end_seat(*, seat: Membership, until: date, by: User) -> None:
    """Sits for the last time on that day; a seat that has ended already stays as it is."""
    with transaction.atomic():
        row = Membership.objects.select_for_update().get(pk=seat.pk)
        if row.until is None or row.until > until:
            row.until = until
            row.save(update_fields=["until"])
            trail.record(verb="end_seat", target=f"body:{seat.body.code}:{seat.pk}", by=by)


def remove_seat(*, seat: Membership, by: User) -> None:
    """It was entered by mistake. Raises SeatInUse when anything at all was done from it or with it."""
    with transaction.atomic():
        row = Membership.objects.select_for_update().filter(pk=seat.pk).first()
        if row is None:
            return
        seat_removed.send(sender=Membership, seat=seat)
        try:
            row.delete()
        except ProtectedError:
            raise SeatInUse from None
        trail.record(verb="remove_seat", target=f"body:{seat.body.code}:{seat.pk}", by=by)
