"""Two records of the same organisation, or of the same person, become one, for good."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from kenesh.kernel import findings, trail
from kenesh.kernel.rows import stamp_of
from kenesh.people.actions.refusals import CannotJoin, ChangedMeanwhile
from kenesh.people.joining import Record, told_of
from kenesh.people.models import Body, Joined, Membership, Nomination, Organisation, Person, Project, Role, Succession, User
from kenesh.people.rules import bodies_as, plays
from kenesh.people.signals import records_joined
from kenesh.search.actions import keep
from kenesh.themes.texts import Translated

# What is not said of the one that stays is taken from the one that goes.
_FACTS = (
    "country", "place", "emblem", "services", "hours", "phone", "public_email", "website", "mailbox", "founded_on",
)  # fmt: skip


def stamp_of_both(stays: Record, goes: Record) -> str:
    """Changes when one of the two is changed."""
    return f"{stamp_of(stays)}{stamp_of(goes)}"


def refusals_to(user: User, bodies: Iterable[int]) -> list[str]:
    """Why this account cannot change rows of these bodies by a join; nothing is refused to the administrator of the node."""
    if plays(user, Role.NODE_ADMIN):
        return []
    others = Body.objects.filter(pk__in=bodies).exclude(pk__in=bodies_as(user, Role.COUNCIL_SECRETARY)).order_by("pk")
    names = ", ".join(str(body) for body in others)
    said = _("Rows of other bodies would change with it: %(names)s. Ask the administrator of the node to join the two.")
    return [said % {"names": names}] if names else []


def join(*, stays: Record, goes: Record, seen: str, by: User) -> None:
    """All that points to `goes` points to `stays` from now on, its names are further names of that, and its code leads there.

    `seen`: the stamp of both when the page was opened. Raises ChangedMeanwhile, CannotJoin.
    """
    model: Any = type(stays)
    kind = model._meta.model_name
    with transaction.atomic():
        rows = {row.pk: row for row in model.objects.select_for_update().filter(pk__in=[stays.pk, goes.pk]).order_by("pk")}
        if len(rows) != 2 or stamp_of_both(rows[stays.pk], rows[goes.pk]) != seen:
            raise ChangedMeanwhile
        stay, go = rows[stays.pk], rows[goes.pk]
        told = told_of(stay, go)
        if refused := [*told.refusals, *refusals_to(by, told.bodies)]:
            raise CannotJoin(refused)
        if isinstance(stay, Organisation):
            _move_organisation(stay, go)
        else:
            _move_person(stay, go)
        records_joined.send(sender=model, stays=stay, goes=go)
        Joined.objects.filter(**{kind: go}).update(**{kind: stay})
        Joined.objects.create(code=go.code, name=go.name, short_name=getattr(go, "short_name", Translated()), **{kind: stay})
        if findings.is_used(go):  # in a room that does not know of joins
            raise CannotJoin([_("Something on this node belongs to “%(name)s” and cannot move. Let it stay.") % {"name": go}])
        go.delete()
        trail.record(verb=f"join_{kind}s", target=f"{kind}:{go.code}>{stay.code}", by=by)
        keep("centre", [go.code, stay.code] if kind == "organisation" else [])


# --- what this room moves -----------------------------------------------------------------------------------------------


def _move_organisation(stay: Organisation, go: Organisation) -> None:
    Membership.objects.filter(organisation=go).update(organisation=stay)
    Person.objects.filter(organisation=go).update(organisation=stay)
    _move_successions(stay, go)
    Project.objects.filter(donor=go).update(donor=stay)
    for project in Project.objects.filter(centres=go):
        project.centres.add(stay)
        project.centres.remove(go)
    for name in _FACTS:
        setattr(stay, name, getattr(stay, name) or getattr(go, name))
    stay.name, stay.short_name = _both(stay.name, go.name), _both(stay.short_name, go.short_name)
    stay.languages = list(dict.fromkeys([*stay.languages, *go.languages]))
    stay.labels = sorted([*stay.labels, *go.labels], key=lambda label: (label.since, label.key))
    stay.takes_appeals |= go.takes_appeals
    stay.save()


def _both(one: Translated, other: Translated) -> Translated:
    """Each language once; what the first says counts."""
    return Translated({**other, **one})


def _move_successions(stay: Organisation, go: Organisation) -> None:
    """The same succession twice is one: the earlier day, which was entered first, is as good as the other."""
    before: dict[int, date] = dict(go.inheritances.values_list("predecessor", "on"))
    after: dict[int, date] = dict(go.successions.values_list("successor", "on"))
    if after:
        stay.ended_on = stay.ended_on or go.ended_on
    (go.inheritances.all() | go.successions.all()).delete()
    for predecessor, on in before.items():
        Succession.objects.get_or_create(predecessor_id=predecessor, successor=stay, defaults={"on": on})
    for successor, on in after.items():
        Succession.objects.get_or_create(predecessor=stay, successor_id=successor, defaults={"on": on})


def _move_person(stay: Person, go: Person) -> None:
    Membership.objects.filter(person=go).update(person=stay)
    Membership.objects.filter(alternate=go).update(alternate=stay)
    Membership.objects.filter(alternate=stay, person=F("alternate")).update(alternate=None)  # nobody stands in for herself
    Nomination.objects.filter(person=go).update(person=stay)
    User.objects.filter(person=go).update(person=stay)
    stay.name, stay.post = _both(stay.name, go.name), _both(stay.post, go.post)
    stay.organisation = stay.organisation or go.organisation
    stay.save()
