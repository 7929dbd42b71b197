"""What the lead of an office sees first: the days that have passed."""

from __future__ import annotations

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils import timezone

from kenesh.casework import queries
from kenesh.casework.models import OfficeRule
from kenesh.people.middleware import keyring_or_none
from kenesh.people.models import Role, User
from kenesh.people.rules import organisations_as


def told_as_lead(user: User, request: HttpRequest) -> str:
    """ "" for everybody who leads no office, unless nobody does."""
    own = organisations_as(user, Role.CASEWORKER)
    rules = OfficeRule.objects.filter(lead=user, office__in=own).select_related("office")
    today = timezone.localdate()
    offices = [{"rule": rule, "counts": queries.counts_for_lead(rule, today)} for rule in rules.order_by("id")]
    unled = list(queries.offices_without_lead(own))
    if not offices and not unled:
        return ""
    keyring = keyring_or_none(request)
    context = {
        "offices": offices,
        "unled": unled,
        "told": queries.escalations_for(user),
        "missed": queries.missed_for(keyring) if keyring is not None else [],
    }
    return render_to_string("casework/limits_lead.html", context, request)
