"""Somebody has left an office, or has a new key pair: what was sealed to her goes."""

from __future__ import annotations

from django.db.models import Q

from kenesh.appeals.models import Grant as AppealGrant
from kenesh.casework import queries
from kenesh.casework.models import Grant, Job, OfficeRule, ReferralGrant, SealedQuery, ShownReceipt, Undo, View
from kenesh.people import content
from kenesh.people.models import Organisation, User


def forget_sealed_to_old_pair(*, user: User) -> None:
    """Her saved views, searches, undos, shown digits and long work; inside the caller's transaction, which records why."""
    View.objects.filter(user=user, office_epoch=None).delete()
    Undo.objects.filter(user=user).delete()
    SealedQuery.objects.filter(user=user).delete()
    ShownReceipt.objects.filter(user=user).delete()
    Job.objects.filter(owner=user).delete()


def end_lead(*, user: User) -> None:
    """Who does no casework in an office any more is told nothing of it; inside the caller's transaction, which records why."""
    led = OfficeRule.objects.filter(lead=user)
    led.exclude(pk__in=queries.rules_with_a_lead().values("pk")).update(lead=None)


def take_named_grants(*, user: User, organisation: Organisation | None) -> None:
    """Of one office, or of all; inside the caller's transaction, which records why. Needs no key."""
    cases, appeals = Grant.objects.filter(user=user), AppealGrant.objects.filter(user=user)
    referrals = ReferralGrant.objects.filter(user=user)
    if organisation is not None:
        cases = cases.filter(epoch__case__office=organisation)
        appeals = appeals.filter(epoch__appeal__office=organisation)
        of_one = Q(epoch__referral__from_office=organisation) | Q(epoch__referral__to_office=organisation)
        referrals = referrals.filter(of_one | Q(epoch__referral__case__office=organisation))
    content.take_from(user, cases)
    content.take_from(user, appeals)
    content.take_from(user, referrals)
