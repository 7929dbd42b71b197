"""Reads about people, organisations and bodies."""

from __future__ import annotations

from datetime import date

from django.db.models import Count, Q, QuerySet
from django.http import Http404

from kenesh.people.models import Body, Membership, Organisation, OrganisationEpoch, OrganisationKey, Role, User
from kenesh.people.rules import organisations_as


def offices_that_take_appeals() -> list[Organisation]:
    """Offices of this node to which a person may turn: open, and with at least one holder of the key."""
    return list(
        Organisation.objects.filter(takes_appeals=True, ended_on__isnull=True)
        .filter(epochs__keys__user__is_active=True)
        .distinct()
        .order_by("country", "id")
    )


def current_epoch(organisation: Organisation) -> OrganisationEpoch:
    """The epoch to which new keys are sealed. Raises OrganisationEpoch.DoesNotExist for an organisation without keys."""
    return organisation.epochs.order_by("-number")[:1].get()


def organisations_with_few_key_holders() -> list[tuple[Organisation, int]]:
    """Organisations with keys whose newest epoch has fewer than two active holders: one forgotten password loses all."""
    newest = OrganisationEpoch.objects.select_related("organisation").order_by("organisation_id", "-number")
    seen: set[int] = set()
    few: list[tuple[Organisation, int]] = []
    for epoch in newest.annotate(holders=Count("keys", filter=Q(keys__user__is_active=True))):
        if epoch.organisation_id not in seen and epoch.holders < 2:
            few.append((epoch.organisation, epoch.holders))
        seen.add(epoch.organisation_id)
    return few


def body_for_public(code: str) -> Body:
    """Raises Http404."""
    body = Body.objects.select_related("parent").filter(code=code).first()
    if body is None:
        raise Http404
    return body


def sitting_members(body: Body, day: date) -> QuerySet[Membership]:
    """Memberships whose term covers the day, members before observers."""
    return (
        body.memberships.filter(Q(since__isnull=True) | Q(since__lte=day), Q(until__isnull=True) | Q(until__gte=day))
        .select_related("person", "person__organisation", "organisation")
        .order_by("standing", "id")
    )


def colleagues_of(user: User) -> QuerySet[User]:
    """Active accounts in the organisations in which this account works, with its own."""
    ids = organisations_as(user, Role.ORGANISATION_ADMIN, Role.CASEWORKER)
    return User.objects.filter(is_active=True, roles__organisation__in=ids).distinct().order_by("name")


def key_holder_ids(epoch: OrganisationEpoch) -> set[int]:
    return set(OrganisationKey.objects.filter(epoch=epoch).values_list("user_id", flat=True))
