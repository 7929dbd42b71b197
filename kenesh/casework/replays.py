"""What the ledger of destroyed keys does again on a restored backup: destroyed cases stay destroyed."""

from __future__ import annotations

from uuid import UUID

from kenesh.casework.models import Case, Grant, Referral, ReferralGrant
from kenesh.kernel import ledger
from kenesh.people.models import OrganisationKey, OrganisationRecovery


@ledger.replays("destroy_case")
def destroy(target: str) -> None:
    for case in Case.objects.filter(uid=UUID(target.partition(":")[2])):
        Grant.objects.filter(epoch__case=case).delete()
        case.delete()


@ledger.replays("referral:withdrawn", "referral:declined", "referral:returned")
def take_from_receiver(target: str) -> None:
    """What was taken back from a receiver stays taken back."""
    for referral in Referral.objects.filter(uid=UUID(target.partition(":")[2])):
        grants = ReferralGrant.objects.filter(epoch__referral=referral)
        grants.filter(organisation_epoch__organisation=referral.to_office).delete()
        if referral.state not in (Referral.State.DECLINED, Referral.State.RETURNED):
            Referral.objects.filter(pk=referral.pk).update(state=Referral.State.WITHDRAWN)


@ledger.replays("destroy_office_keys")
def destroy_office_keys(target: str) -> None:
    """An office that was closed stays closed: nobody gets its keys back."""
    code = target.partition(":")[2]
    OrganisationKey.objects.filter(epoch__organisation__code=code).delete()
    OrganisationRecovery.objects.filter(epoch__organisation__code=code).delete()
