"""Somebody has left an office: what was sealed to her by name goes, where others still hold the key."""

from __future__ import annotations

from kenesh.appeals.models import Grant as AppealGrant
from kenesh.casework.models import Grant, ReferralGrant
from kenesh.people import content
from kenesh.people.models import Organisation, User


def take_named_grants(*, user: User, organisation: Organisation | None) -> None:
    """Of one office, or of all; inside the caller's transaction, which records why. Needs no key."""
    cases, appeals = Grant.objects.filter(user=user), AppealGrant.objects.filter(user=user)
    referrals = ReferralGrant.objects.filter(user=user)
    if organisation is not None:
        cases = cases.filter(epoch__case__office=organisation)
        appeals = appeals.filter(epoch__appeal__office=organisation)
        referrals = referrals.filter(epoch__referral__case__office=organisation)
    content.take_from(user, cases)
    content.take_from(user, appeals)
    content.take_from(user, referrals)
