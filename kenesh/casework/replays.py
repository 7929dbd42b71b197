"""What the ledger of destroyed keys does again on a restored backup: destroyed cases stay destroyed, and a case that was
restricted or handed over is open to those to whom it was at the end, to nobody else."""

from __future__ import annotations

from collections.abc import Iterator
from uuid import UUID

from django.db.models import Q, QuerySet

from kenesh.appeals import replays as appeals
from kenesh.appeals.models import Appeal
from kenesh.appeals.models import Grant as AppealGrant
from kenesh.casework.actions.restrict import forget_in_index
from kenesh.casework.models import (
    Case,
    Epoch,
    Grant,
    Referral,
    ReferralEpoch,
    ReferralGrant,
    ReferralReceiptKey,
    Restriction,
)
from kenesh.casework.search import indexing
from kenesh.kernel import carried, ledger, rows
from kenesh.people.models import OrganisationKey, OrganisationRecovery

WHOSE = ("id", "office_id", "restricted", "theme", "origin", "destination", "handed_over", "assignee_id")
STATE = ("id", "state", "due_on")


def _uid_of(target: str) -> UUID:
    return UUID(target.partition(":")[2])


@ledger.replays("destroy_case")
def destroy(target: str) -> None:
    for case in Case.objects.filter(uid=_uid_of(target)):
        Grant.objects.filter(epoch__case=case).delete()
        case.delete()


@ledger.replays("referral:withdrawn", "referral:declined", "referral:returned")
def take_from_receiver(target: str) -> None:
    """What was taken back from a receiver stays taken back."""
    for referral in Referral.objects.filter(uid=_uid_of(target)):
        grants = ReferralGrant.objects.filter(epoch__referral=referral)
        there = grants.filter(user__roles__organisation=referral.to_office)  # named people of what is restricted there
        there = there.exclude(user__roles__organisation=referral.from_office)
        of_office = Q(organisation_epoch__organisation=referral.to_office)
        grants.filter(of_office | Q(pk__in=list(there.values_list("pk", flat=True)))).delete()
        if referral.state not in (Referral.State.DECLINED, Referral.State.RETURNED):
            Referral.objects.filter(pk=referral.pk).update(state=Referral.State.WITHDRAWN)


@ledger.replays("destroy_office_keys")
def destroy_office_keys(target: str) -> None:
    """An office that was closed stays closed: nobody gets its keys back."""
    code = target.partition(":")[2]
    OrganisationKey.objects.filter(epoch__organisation__code=code).delete()
    OrganisationRecovery.objects.filter(epoch__organisation__code=code).delete()


# --- who can open a case, as it was right after it was restricted, opened again or handed over -----------------------------------


def _key_tables(cases: QuerySet[Case]) -> Iterator[rows.Table]:
    yield rows.table(cases, WHOSE)
    yield rows.table(Epoch.objects.filter(case__in=cases))
    yield rows.table(Grant.objects.filter(epoch__case__in=cases))
    yield rows.table(Restriction.objects.filter(case__in=cases))
    yield from _keys_of_referrals(Referral.objects.filter(case__in=cases))
    yield from appeals.key_tables(Appeal.objects.filter(pk__in=cases.values("appeals")))


def _keys_of_referrals(referrals: QuerySet[Referral]) -> Iterator[rows.Table]:
    yield rows.table(referrals, STATE)
    yield rows.table(ReferralEpoch.objects.filter(referral__in=referrals))
    yield rows.table(ReferralGrant.objects.filter(epoch__referral__in=referrals))
    yield rows.table(ReferralReceiptKey.objects.filter(epoch__referral__in=referrals))


def _of_case(target: str) -> Iterator[rows.Table]:
    return _key_tables(Case.objects.filter(uid=_uid_of(target)))


def _of_whole(target: str) -> Iterator[rows.Table]:
    """A part of a case that was handed over leaves the case with whom it was."""
    return _key_tables(Case.objects.filter(referrals__uid=_uid_of(target), referrals__kind=Referral.Kind.WHOLE))


@carried.carries("restrict", "lift_restriction", "hand_over_closing", collect=_of_case)
def put_case(target: str, tables: list[rows.Table] | None) -> None:
    _put(Case.objects.filter(uid=_uid_of(target)), tables)


@carried.carries("referral:sent", "referral:withdrawn", collect=_of_whole)
def put_whole(target: str, tables: list[rows.Table] | None) -> None:
    _put(Case.objects.filter(referrals__uid=_uid_of(target), referrals__kind=Referral.Kind.WHOLE), tables)


@carried.carries("renew_referral", collect=lambda target: _keys_of_referrals(Referral.objects.filter(uid=_uid_of(target))))
def put_referral(target: str, tables: list[rows.Table] | None) -> None:
    """Out of which a case came that was restricted since, or given back to its office."""
    ReferralGrant.objects.filter(epoch__referral__uid=_uid_of(target)).delete()
    if tables is not None and Referral.objects.filter(uid=_uid_of(target)).exists():
        for model in (ReferralEpoch, ReferralGrant, ReferralReceiptKey):
            rows.put(rows.rows_of(tables, model))


@carried.carries("move_appeal", collect=lambda target: appeals.key_tables(Appeal.objects.filter(uid=_uid_of(target))))
def put_moved_appeal(target: str, tables: list[rows.Table] | None) -> None:
    moved = Appeal.objects.filter(uid=_uid_of(target))
    if tables is None:
        AppealGrant.objects.filter(epoch__appeal__in=moved).delete()
    else:
        appeals.put_keys(tables)


def _put(of_target: QuerySet[Case], tables: list[rows.Table] | None) -> None:
    """The keys of a case, its appeals and its referrals; a case that is not here stays away, one whose keys are lost is closed."""
    if tables is None:
        cases = list(of_target)
        Grant.objects.filter(epoch__case__in=cases).delete()
        AppealGrant.objects.filter(
            epoch__appeal__in=Appeal.objects.filter(pk__in=Case.appeals.through.objects.filter(case__in=cases).values("appeal"))
        ).delete()
        return
    whose = rows.rows_of(tables, Case)
    cases = list(Case.objects.filter(pk__in=[case.pk for case in whose]))
    Grant.objects.filter(epoch__case__in=cases).delete()
    Restriction.objects.filter(case__in=cases).delete()
    # Whom a case waited for was said of another status, and of a row that said more in the clear.
    Case.objects.filter(pk__in=[case.pk for case in cases]).update(waits_for="")
    ReferralGrant.objects.filter(epoch__referral__case__in=cases).delete()
    rows.change(whose, WHOSE)
    rows.change(rows.rows_of(tables, Referral), STATE)
    for model in (Epoch, Grant, Restriction, ReferralEpoch, ReferralGrant):
        rows.put(rows.rows_of(tables, model))
    appeals.put_keys(tables)
    rows.put(rows.rows_of(tables, ReferralReceiptKey))
    for case in Case.objects.filter(pk__in=[case.pk for case in cases]).select_related("office"):
        forget_in_index(case, list(case.appeals.all()))
        indexing.put_case(case)
