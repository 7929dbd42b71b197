"""What casework shows on the person's own page, and on the page of somebody who holds no key."""

from __future__ import annotations

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils import timezone

from kenesh.appeals.actions import Holder
from kenesh.casework import queries, quoting, referral_words, referring
from kenesh.casework.actions import named_people
from kenesh.casework.rules import Permission
from kenesh.kernel.access import holds
from kenesh.people.keyring import KeyMissing
from kenesh.people.middleware import person_of
from kenesh.people.models import User


def who_holds_what(holder: Holder, request: HttpRequest) -> str:
    """Each referral: to whom, when, which kinds of things, where it stands; and to whom outside the office has turned."""
    cards = []
    for referral in queries.referrals_of_receipt(holder.receipt):
        try:
            opened = referring.open_for_receipt(referral, holder.receipt, holder.secret)
        except KeyMissing:
            continue
        lines = opened.lines()
        last = lines[-1] if lines else None
        cards.append(
            {
                "referral": referral,
                "summary": referral_words.summary(opened.subset()),
                "last": last,
                "words": referral_words.line_in_words(last.code, to_her=True) if last else "",
                "emergency": (opened.consent() or {}).get("basis") == "emergency",
            }
        )
    outside = referral_words.outside(holder.opened.entries())
    if not cards and not outside:
        return ""
    return render_to_string("casework/person_sharing.html", {"cards": cards, "outside": outside}, request)


def words_of_hers(holder: Holder, request: HttpRequest) -> str:
    """Each of her words that is public or may become so, and what she is asked."""
    found = [one for one in quoting.of_opened(holder.opened) if one.lines]
    if not found:
        return ""
    return render_to_string("casework/person_quotations.html", {"found": found[::-1]}, request)


def days_that_run(holder: Holder, request: HttpRequest) -> str:
    """Before she erases: the days that the office watches for her. Somebody else may hold her receipt and want them lost."""
    days = queries.open_days_of(holder.opened.appeal)
    if not days:
        return ""
    return render_to_string("casework/person_days.html", {"days": days, "today": timezone.localdate()}, request)


def copies_elsewhere(holder: Holder, request: HttpRequest) -> str:
    """Before she erases: which offices have opened a case of their own from what she had handed over, and keep that."""
    offices = []
    for referral in queries.referrals_of_receipt(holder.receipt):
        try:
            lines = referring.open_for_receipt(referral, holder.receipt, holder.secret).lines()
        except KeyMissing:
            continue
        if any(line.code == "accepted" for line in lines) and referral.to_office not in offices:
            offices.append(referral.to_office)
    return render_to_string("casework/person_copies.html", {"offices": offices}, request) if offices else ""


def who_may_open(subject: HttpRequest, request: HttpRequest) -> str:
    """For somebody without a key: who may open this restricted case, and nothing else about it."""
    match = subject.resolver_match
    case = queries.restricted_behind(person_of(subject), str(match.kwargs.get("code", ""))) if match else None
    if case is None:
        return ""
    return render_to_string("casework/sharing_no_key.html", {"named": named_people(case)}, request)


def waiting_referrals(user: User, request: HttpRequest) -> str:
    """On the page that staff see first: how many referrals wait for an answer."""
    if not holds(user, Permission.WORK_ON_CASES):
        return ""
    return render_to_string("casework/referrals_home.html", {"waiting": queries.incoming_waiting(user)}, request)


def offices_that_close(user: User, request: HttpRequest) -> str:
    """The way to the closing of an office: for who administers it, and for its caseworkers once it has begun."""
    if not holds(user, Permission.CLOSE_OFFICE):
        return ""
    return render_to_string("casework/sharing_close_home.html", {"offices": queries.offices_to_close(user)}, request)
