"""Reads about who may see: receivers with keys, referrals of an office and of a person, who may open a restricted case."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.http import Http404

from kenesh.appeals.models import Receipt
from kenesh.casework.models import Case, Epoch, Grant, Hold, Origin, Referral, Status
from kenesh.people.models import Organisation, OrganisationEpoch, Role, User
from kenesh.people.queries import current_epoch, key_holders
from kenesh.people.rules import organisations_as
from kenesh.themes import thesaurus

# What the receiver learns nothing of, also when the person has said no: sending sets the day of the answer.
NEVER_SENT = Q(state__in=(Referral.State.PROPOSED, Referral.State.CONSENTED)) | Q(
    state=Referral.State.WITHDRAWN, due_on__isnull=True
)
ANSWERED = (Referral.State.DECLINED, Referral.State.DONE, Referral.State.RETURNED, Referral.State.WITHDRAWN)


def offices_with_keys(*, besides: Organisation) -> QuerySet[Organisation]:
    """Offices of this node that can open what is sealed to them."""
    newest = OrganisationEpoch.objects.filter(keys__user__is_active=True).values("organisation")
    return Organisation.objects.filter(pk__in=newest, ended_on__isnull=True).exclude(pk=besides.pk).order_by("country", "pk")


def people_to_name(office: Organisation) -> QuerySet[User]:
    """Caseworkers of the office who hold its newest key: these can be named for a restricted case."""
    holders = key_holders(current_epoch(office)).filter(roles__organisation=office, roles__role=Role.CASEWORKER)
    return holders.distinct().order_by("name", "pk")


def may_be_given(case: Case) -> QuerySet[User]:
    """Who can be given this case: caseworkers of its office who can open it; of a restricted one, its named people."""
    if not case.restricted:
        return people_to_name(case.office)
    newest = case.epochs.order_by("-number")[:1]
    named = Grant.objects.filter(epoch__in=newest).exclude(sealed_key=b"")  # empty: she has left
    holders = User.objects.filter(pk__in=named.values("user"), is_active=True)
    return holders.filter(roles__organisation=case.office, roles__role=Role.CASEWORKER).distinct().order_by("name", "pk")


def may_all_be_given(cases: Iterable[Case], to: User) -> set[int]:
    """Those of these cases, by number, that can be given to `to`: asked once for an office, and for each restricted case."""
    cases = list(cases)
    restricted = {case.pk for case in cases if case.restricted and may_be_given(case).filter(pk=to.pk).exists()}
    offices = {case.office_id: case.office for case in cases if not case.restricted}
    holds = {pk for pk, office in offices.items() if people_to_name(office).filter(pk=to.pk).exists()}
    return restricted | {case.pk for case in cases if not case.restricted and case.office_id in holds}


def restricted_behind(user: User, code: str) -> Case | None:
    """The restricted case at this code, or behind the appeal with this code, of an office in which the account works."""
    offices = organisations_as(user, Role.CASEWORKER)
    cases = Case.objects.filter(office_id__in=offices, restricted=True).select_related("office")
    return cases.filter(Q(code=code) | Q(appeals__code=code)).first()


def referrals_of_offices(user: User, *, incoming: bool, answered: bool, after: str = "", limit: int = 30) -> list[Referral]:
    """Newest first; one row more than `limit` when there are more. `after`: the id of the last row seen."""
    offices = organisations_as(user, Role.CASEWORKER)
    rows = Referral.objects.select_related("from_office", "to_office", "case")
    if incoming:
        rows = rows.filter(to_office_id__in=offices).exclude(NEVER_SENT)
    else:
        rows = rows.filter(from_office_id__in=offices)
    rows = rows.filter(state__in=ANSWERED) if answered else rows.exclude(state__in=ANSWERED)
    if after.isdecimal() and len(after) < 19:
        rows = rows.filter(pk__lt=int(after))
    return list(rows.order_by("-pk")[: limit + 1])


def incoming_waiting(user: User) -> int:
    """How many referrals to this account's offices wait for an answer."""
    offices = organisations_as(user, Role.CASEWORKER)
    return Referral.objects.filter(to_office_id__in=offices, state=Referral.State.SENT, kind=Referral.Kind.PART).count()


def referral_for_caseworker(user: User, code: str) -> Referral:
    """A referral of one of this account's offices, or, once sent, to one of them. Raises Http404; only a key opens it."""
    rows = Referral.objects.select_related("from_office", "to_office", "case", "case__office", "appeal", "appeal__office")
    return _found(rows.filter(_seen_by(user), code=code))


def _seen_by(user: User) -> Q:
    offices = organisations_as(user, Role.CASEWORKER)
    return Q(from_office_id__in=offices) | (Q(to_office_id__in=offices) & ~NEVER_SENT)


def referrals_to_open(user: User, case: Case) -> set[int]:
    """Those of the case, by number, that `referral_for_caseworker` gives: not those of an office that had the case before."""
    return set(Referral.objects.filter(_seen_by(user), case=case).values_list("pk", flat=True))


def referrals_of_receipt(receipt: Receipt) -> list[Referral]:
    """What this receipt can open, newest first."""
    rows = Referral.objects.filter(appeal_id=receipt.appeal_id, epochs__receipt_keys__receipt=receipt)
    return list(rows.select_related("from_office", "to_office").distinct().order_by("-pk"))


def referral_of_receipt(receipt: Receipt, uid: UUID) -> Referral:
    """Raises Http404."""
    rows = Referral.objects.filter(appeal_id=receipt.appeal_id, epochs__receipt_keys__receipt=receipt, uid=uid)
    return _found(rows.select_related("from_office", "to_office", "appeal", "case").distinct())


def came_from_referral(case: Case) -> bool:
    return Origin.objects.filter(case=case).exists()


def office_to_close(user: User, code: str) -> Organisation:
    """An office that this account administers or works for. Raises Http404."""
    offices = organisations_as(user, Role.ORGANISATION_ADMIN, Role.CASEWORKER)
    rows = Organisation.objects.filter(pk__in=offices, code=code)
    if not rows or not rows[0].epochs.exists():
        raise Http404
    return rows[0]


def offices_to_close(user: User) -> list[Organisation]:
    """Offices with keys that this account administers, and those it works for that take no appeals any more."""
    admin, works = organisations_as(user, Role.ORGANISATION_ADMIN), organisations_as(user, Role.CASEWORKER)
    rows = Organisation.objects.filter(Q(pk__in=admin) | Q(pk__in=works, takes_appeals=False), ended_on__isnull=True)
    return list(rows.filter(epochs__isnull=False).distinct().order_by("pk"))


def can_be_opened() -> Q:
    """Of cases: all but those restricted to people of whom none has a key any more. These nobody opens, holds or hands over."""
    somebody = Grant.objects.filter(epoch__case=OuterRef("pk")).exclude(sealed_key=b"")  # empty: she has left
    return Q(restricted=False) | Q(Exists(somebody))


def restricted_by_person(office: Organisation) -> list[tuple[User, int]]:
    """Who can open restricted cases of the office, and how many: only these people can hand them over."""
    held = Grant.objects.filter(epoch__case__office=office, epoch__case__restricted=True, user__isnull=False)
    held = held.exclude(sealed_key=b"").exclude(epoch__case__status=Status.ERASING)
    numbers = dict(held.order_by().values("user").annotate(n=Count("epoch__case", distinct=True)).values_list("user", "n"))
    return [(user, numbers[user.pk]) for user in User.objects.filter(pk__in=numbers).order_by("name", "pk")]


def restricted_left(office: Organisation) -> int:
    """Restricted cases that are still with the office and that somebody can open."""
    return Case.objects.filter(can_be_opened(), office=office, restricted=True).exclude(status=Status.ERASING).count()


def restricted_with_few_holders() -> list[tuple[Organisation, int, int]]:
    """Offices with the number of their restricted cases that one active person can open, and of those that nobody can."""
    later = Epoch.objects.filter(case=OuterRef("case"), number__gt=OuterRef("number"))
    newest = Epoch.objects.filter(~Exists(later), case__restricted=True).exclude(case__status=Status.ERASING)
    active = Q(grants__user__is_active=True) & ~Q(grants__sealed_key=b"")  # empty: she has left
    counted = newest.annotate(holders=Count("grants__user", filter=active, distinct=True)).filter(holders__lt=2)
    found = Counter(counted.values_list("case__office", "holders"))
    offices = Organisation.objects.filter(pk__in={office for office, _holders in found}).order_by("pk")
    return [(office, found[office.pk, 1], found[office.pk, 0]) for office in offices]


def held_in(office: Organisation) -> QuerySet[Hold]:
    """Holds on its cases, of those that somebody can lift."""
    openable = Case.objects.filter(can_be_opened(), office=office)
    return Hold.objects.filter(case__in=openable.values("pk")).select_related("case").order_by("id")


def running_referrals(office: Organisation) -> QuerySet[Referral]:
    """Referrals that nobody can end without this office's key: what it was asked to take, and what it has offered. What
    another office has accepted goes on there without it."""
    state = Referral.State
    received = Q(to_office=office, kind=Referral.Kind.PART, state__in=(state.SENT, state.ACCEPTED))
    offered = Q(from_office=office, state__in=(state.PROPOSED, state.CONSENTED))
    sent = Q(from_office=office, kind=Referral.Kind.PART, state=state.SENT)
    openable = Case.objects.filter(can_be_opened(), pk=OuterRef("case"))
    rows = Referral.objects.filter(received | ((offered | sent) & Exists(openable)))
    return rows.select_related("from_office", "to_office").order_by("id")


def asks_for_restriction(themes: Iterable[str], ages: Iterable[str] = ()) -> bool:
    """Whether a case of these themes should be open to named people alone: flag R of the thesaurus, or a child."""
    known = [thesaurus.concept(one) for one in themes if one in thesaurus.concepts()]
    below = [[thesaurus.concept(child) for child in thesaurus.narrower(one.id)] for one in known]
    mostly = any(len([child for child in group if "R" in child.flags]) * 2 > len(group) for group in below if group)
    return mostly or any("R" in one.flags for one in known) or "under-18" in ages


def _found(rows: QuerySet[Referral]) -> Referral:
    row = rows.first()
    if row is None:
        raise Http404
    return row
