"""Reads about people, organisations and bodies."""

from __future__ import annotations

import functools
import json
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID, uuid5

from django.db import connection
from django.db.models import Count, Exists, OuterRef, Prefetch, Q, QuerySet, Subquery
from django.utils import timezone

from kenesh.kernel import reading, trail, vault
from kenesh.kernel.models import TrailEntry
from kenesh.people.models import (
    Body,
    Label,
    LockedPost,
    Organisation,
    OrganisationEpoch,
    OrganisationKey,
    Role,
    RoleHeld,
    Succession,
    User,
)
from kenesh.people.models.labels import read_labels
from kenesh.people.models.organisations import with_labels
from kenesh.people.queries.bodies import as_sent_on as as_sent_on
from kenesh.people.queries.bodies import bodies_kept_by as bodies_kept_by
from kenesh.people.queries.bodies import body_for_admin as body_for_admin
from kenesh.people.queries.bodies import body_for_public as body_for_public
from kenesh.people.queries.bodies import body_to_keep as body_to_keep
from kenesh.people.queries.bodies import chair_on as chair_on
from kenesh.people.queries.bodies import newest_may_be_undone as newest_may_be_undone
from kenesh.people.queries.bodies import nominations_of as nominations_of
from kenesh.people.queries.bodies import seat_to_keep as seat_to_keep
from kenesh.people.queries.bodies import seats_of as seats_of
from kenesh.people.queries.bodies import seats_of_bodies_on as seats_of_bodies_on
from kenesh.people.queries.bodies import seats_on as seats_on
from kenesh.people.queries.bodies import sitting as sitting
from kenesh.people.queries.bodies import sitting_members as sitting_members
from kenesh.people.queries.bodies import standings_on as standings_on
from kenesh.people.queries.joined import JoinedInto as JoinedInto
from kenesh.people.queries.joined import found_or_joined as found_or_joined
from kenesh.people.queries.joined import may_be_the_same as may_be_the_same
from kenesh.people.queries.joined import names_besides as names_besides
from kenesh.people.queries.joined import raise_if_joined as raise_if_joined
from kenesh.people.queries.persons import may_be_joined_by as may_be_joined_by
from kenesh.people.queries.persons import organisation_to_correct as organisation_to_correct
from kenesh.people.queries.persons import others_who_name as others_who_name
from kenesh.people.queries.persons import others_who_rely_on as others_who_rely_on
from kenesh.people.queries.persons import person_to_correct as person_to_correct
from kenesh.people.queries.persons import persons_kept_by as persons_kept_by
from kenesh.people.queries.persons import spelled_among as spelled_among
from kenesh.people.queries.slicing import Slice
from kenesh.people.queries.slicing import found as _found
from kenesh.people.queries.slicing import sliced as _slice
from kenesh.people.rules import organisations_as, plays
from kenesh.themes.texts import Translated


def offices_that_take_appeals() -> list[Organisation]:
    """Offices of this node to which a person may turn: open, and with at least one holder of the key."""
    sql, parameters = _offices_in_sql()
    return list(Organisation.objects.raw(sql, parameters))


@dataclass(frozen=True)
class NamedOffice:
    """What the form shows of an office to which a person may turn."""

    pk: int
    code: str
    country: str
    name: Translated
    labels: tuple[Label, ...] = ()

    def __str__(self) -> str:
        """As its organisation is called today, in the active language."""
        return with_labels(self.name, self.labels, timezone.localdate())


def names_of_offices_that_take_appeals() -> tuple[NamedOffice, ...]:
    """The same offices, for a page that only names them."""
    sql, parameters = _offices_in_sql("id", "code", "country", "name", "labels")
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        return _named(tuple(cursor.fetchall()))


@functools.lru_cache(maxsize=8)  # the same rows, which change seldom, are read out of JSON once
def _named(rows: tuple[tuple[int, str, str, str, str], ...]) -> tuple[NamedOffice, ...]:
    return tuple(
        NamedOffice(pk, code, country, Translated(json.loads(name)), tuple(read_labels(json.loads(labels))))
        for pk, code, country, name, labels in rows
    )


@functools.cache
def _offices_in_sql(*columns: str) -> tuple[str, tuple[Any, ...]]:
    """Put together once: every page of the form asks this, and making the SQL took longer than the answer."""
    offices = Organisation.objects.filter(takes_appeals=True, ended_on__isnull=True).filter(Exists(_held_newest_epoch()))
    asked = offices.order_by("country", "id")
    sql, parameters = (asked.values_list(*columns) if columns else asked).query.sql_with_params()
    return sql, tuple(parameters)


def _held_newest_epoch() -> QuerySet[OrganisationEpoch]:
    """Of the outer organisation: its newest epoch, if an active account holds it. Holders of older ones open nothing new."""
    newest = OrganisationEpoch.objects.filter(organisation=OuterRef("organisation")).order_by("-number").values("pk")[:1]
    return OrganisationEpoch.objects.filter(organisation=OuterRef("pk"), pk=Subquery(newest), keys__user__is_active=True)


def current_epoch(organisation: Organisation) -> OrganisationEpoch:
    """The epoch to which new keys are sealed. Raises OrganisationEpoch.DoesNotExist for an organisation without keys."""
    newest = "organisation_id = %s ORDER BY number DESC LIMIT 1"
    for epoch in reading.rows_where(OrganisationEpoch, newest, [organisation.pk]):
        return epoch
    raise OrganisationEpoch.DoesNotExist


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


def offices_without_keys() -> list[Organisation]:
    """Offices that are marked to take appeals and never had a key."""
    return list(
        Organisation.objects.filter(takes_appeals=True, ended_on__isnull=True, epochs__isnull=True).order_by("country", "id")
    )


def organisations_with_renewal_due() -> list[Organisation]:
    """Whose newest key was held by somebody who has left since."""
    newest = OrganisationEpoch.objects.filter(organisation=OuterRef("pk")).order_by("-number")
    due = Organisation.objects.annotate(due=Subquery(newest.values("renewal_due")[:1])).filter(due=True)
    return list(due.order_by("pk"))


def organisations_with_unprinted_recovery_key() -> list[Organisation]:
    """Whose newest recovery key still waits, sealed for who made it, to be put into a safe."""
    waiting = set(LockedPost.objects.filter(keep=True).values_list("uid", "user__uid"))
    found: list[Organisation] = []
    for epoch in OrganisationEpoch.objects.select_related("organisation").order_by("organisation_id", "number"):
        if any(uid == uid_of_kept_recovery(epoch, holder) for uid, holder in waiting):
            found.append(epoch.organisation)
    return found


def uid_of_kept_recovery(epoch: OrganisationEpoch, user: UUID) -> UUID:
    """Under which id the recovery key of an epoch waits for this account to print it."""
    return uuid5(epoch.uid, f"recovery:{user.hex}")


def caseworkers_who_edit_or_administer() -> list[User]:
    """Active accounts with roles that are to be apart: nobody gets both now, but a node of before may hold one."""
    others = RoleHeld.objects.filter(user=OuterRef("pk"), role__in=(Role.EDITOR, Role.NODE_ADMIN))
    return list(User.objects.filter(Exists(others), is_active=True, roles__role=Role.CASEWORKER).distinct().order_by("email"))


def caseworkers_without_factor() -> list[User]:
    """Active accounts that can hold keys of cases and have no second factor."""
    casework = RoleHeld.objects.filter(role=Role.CASEWORKER).values("user")
    return list(User.objects.filter(is_active=True, pk__in=casework, factors__isnull=True).order_by("pk"))


def key_holders(epoch: OrganisationEpoch) -> QuerySet[User]:
    """Active accounts that hold this epoch's secret themselves."""
    return User.objects.filter(is_active=True, organisation_keys__epoch=epoch).order_by("pk")


def fingerprint_of(user: User) -> str:
    """Twenty digits of the account's public key, to be read out and typed: two keys with the same ones cannot be made on purpose."""
    return f"{int.from_bytes(vault.B(bytes(user.public_key), 'fingerprint'), 'big') % 10**20:020d}"


# --- for those who fill the node --------------------------------------------------------------------------------------


def organisations_of_the_node(*, kind: str = "", country: str = "", after: str = "") -> Slice[Organisation]:
    rows = Organisation.objects.all()
    if kind:
        rows = rows.filter(kind=kind)
    if country:
        rows = rows.filter(country=country)
    return _slice(rows, after)


def key_holders_counted(organisations: Iterable[Organisation]) -> dict[int, int]:
    """Organisation id → active holders of its newest key; organisations that never had a key are left out."""
    epochs = OrganisationEpoch.objects.filter(organisation__in=list(organisations)).order_by("number")
    counted = epochs.annotate(holders=Count("keys", filter=Q(keys__user__is_active=True)))
    return {epoch.organisation_id: epoch.holders for epoch in counted}  # the newest comes last


def organisation_for_admin(code: str) -> Organisation:
    """Raises JoinedInto, Http404."""
    return found_or_joined(Organisation.objects.all(), code)


def successors_of(organisation: Organisation, day: date) -> QuerySet[Organisation]:
    """Who had taken over from it by that day and still works then, over as many steps as it took; none for most."""
    found: set[int] = set()
    waiting = {organisation.pk}
    while waiting:
        found |= waiting
        following = Succession.objects.filter(predecessor__in=waiting, on__lte=day).values_list("successor_id", flat=True)
        waiting = set(following) - found
    works = Q(ended_on__isnull=True) | Q(ended_on__gt=day)
    return Organisation.objects.filter(works, pk__in=found - {organisation.pk}).order_by("country", "id")


def accounts_of_the_node(*, role: str = "", closed: bool = False, words: str = "", after: str = "") -> Slice[User]:
    """Accounts with their roles; `words`: a part of the name or of the address."""
    rows = User.objects.filter(is_active=not closed)
    if role:
        rows = rows.filter(pk__in=RoleHeld.objects.filter(role=role).values("user"))
    if words:
        rows = rows.filter(Q(name__icontains=words) | Q(email__icontains=words))
    return _slice(rows.prefetch_related(_roles()), after)


def _roles() -> Prefetch[str, QuerySet[RoleHeld], str]:
    return Prefetch("roles", RoleHeld.objects.select_related("organisation", "body").order_by("pk"))


def account_to_manage(user: User, uid: UUID) -> User:
    """Somebody else's account: any for the administrator of the node, those of her organisations for theirs. Raises Http404."""
    accounts = User.objects.exclude(pk=user.pk).filter(uid=uid)
    if not plays(user, Role.NODE_ADMIN):
        accounts = accounts.filter(roles__organisation__in=organisations_as(user, Role.ORGANISATION_ADMIN)).distinct()
    return _found(accounts.select_related("person").prefetch_related(_roles()))


def organisations_that_lose_a_holder(account: User) -> list[tuple[Organisation, int]]:
    """Organisations whose newest key this account holds, each with the number of holders that stay without it."""
    held = OrganisationKey.objects.filter(user=account).values("epoch__organisation")
    losing: list[tuple[Organisation, int]] = []
    for organisation in Organisation.objects.filter(pk__in=held).order_by("pk"):
        holders = set(key_holders(current_epoch(organisation)).values_list("pk", flat=True))
        if account.pk in holders:
            losing.append((organisation, len(holders) - 1))
    return losing


def colleagues_by_organisation(user: User) -> list[tuple[Organisation, OrganisationEpoch | None, list[User], set[int]]]:
    """For each organisation in which the account works: its newest epoch, its active accounts with their roles there
    (`roles_here`), and the ids of those that hold its key."""
    mine = organisations_as(user, Role.CASEWORKER, Role.ORGANISATION_ADMIN)
    organisations = list(Organisation.objects.filter(pk__in=mine).order_by("id"))
    newest = {
        epoch.organisation_id: epoch for epoch in OrganisationEpoch.objects.filter(organisation__in=mine).order_by("number")
    }
    holders: dict[int, set[int]] = {}
    for epoch_id, user_id in OrganisationKey.objects.filter(epoch__in=newest.values()).values_list("epoch_id", "user_id"):
        holders.setdefault(epoch_id, set()).add(user_id)
    people: dict[int, list[User]] = {}
    held = (
        RoleHeld.objects.filter(organisation__in=mine, user__is_active=True)
        .select_related("user")
        .order_by("user__name", "user", "pk")
    )
    for role in held:
        here = people.setdefault(role.organisation_id or 0, [])
        if not here or here[-1].pk != role.user_id:
            role.user.roles_here = []  # type: ignore[attr-defined]  # for the page alone
            here.append(role.user)
        here[-1].roles_here.append(role)  # type: ignore[attr-defined]  # as above
    groups = []
    for organisation in organisations:
        epoch = newest.get(organisation.pk)
        groups.append((organisation, epoch, people.get(organisation.pk, []), holders.get(epoch.pk, set()) if epoch else set()))
    return groups


def trail_of_the_node(*, after: str = "") -> Slice[TrailEntry]:
    """The newest entries of the node's own chain."""
    return _slice(TrailEntry.objects.filter(chain=trail.NODE), after, "number")


def names_in_trail(entries: Iterable[TrailEntry]) -> dict[str, str]:
    """How the trail names accounts → their names."""
    actors = {entry.actor for entry in entries} | {entry.target.partition("@")[0] for entry in entries}
    uids = [UUID(actor[5:]) for actor in actors if actor.startswith("user:") and len(actor) == 37]
    return {user.trail_name: user.name for user in User.objects.filter(uid__in=uids)}


def names_of_bodies(codes: Collection[str]) -> dict[str, str]:
    """Short names, else names, of bodies by their codes, in the active language."""
    rows = Body.objects.filter(code__in=codes).only("code", "name", "short_name")
    return {body.code: str(body.short_name or body.name) for body in rows}
