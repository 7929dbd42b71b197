"""The person with her receipt: what an office wants to hand over, or has; she agrees, says no, takes back."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from kenesh.appeals.actions import Holder, holder_of
from kenesh.appeals.models import Status as AppealStatus
from kenesh.casework import actions, queries, referral_words, referring
from kenesh.casework.models import Referral
from kenesh.casework.views.referrals import answer_with_file
from kenesh.kernel.access import public
from kenesh.kernel.middleware import holds_secret

WHY = "opens only with a receipt, for half an hour"
CAN_TAKE_BACK = ("consented", "sent", "accepted", "done")


@public(WHY)
def referral(request: HttpRequest, uid: uuid.UUID) -> HttpResponse:
    """Everything that is or would be handed over, word by word, and what she may do about it."""
    holder = holder_of(request.COOKIES.get(settings.STATUS_COOKIE_NAME, ""))
    if holder is None:
        messages.warning(request, _("This page has closed itself. Please write the digits of your receipt again."))
        return HttpResponseRedirect(reverse("appeals:status"))
    found = queries.referral_of_receipt(holder.receipt, uid)
    if request.method == "POST":
        return _act(request, holder, found)
    opened = referring.open_for_receipt(found, holder.receipt, holder.secret)
    subset, whole = opened.subset(), found.kind == Referral.Kind.WHOLE
    live = holder.opened.appeal.status != AppealStatus.ERASING
    context = {
        "referral": found,
        "purpose": subset["purpose"],
        "parts": referral_words.parts(subset),
        "files": [{"name": one["name"], "uid": uuid.UUID(one["uid"])} for one in subset.get("files", [])],
        "consent": opened.consent(),
        "lines": [{"line": line, "words": referral_words.line_in_words(line.code, to_her=True)} for line in opened.lines()],
        "asked": live and found.state == Referral.State.PROPOSED,
        "can_agree": not holder.receipt.seen_by_other,
        "can_take_back": live and found.state in (("consented",) if whole else CAN_TAKE_BACK),
    }
    return holds_secret(render(request, "casework/person_referral.html", context))


def _act(request: HttpRequest, holder: Holder, found: Referral) -> HttpResponse:
    try:
        if holder.opened.appeal.status == AppealStatus.ERASING:
            messages.warning(request, _("Everything is being erased. Stop the erasing first if you want to change this."))
        elif request.POST.get("do") == "agree":
            actions.agree(holder=holder, referral=found, language=get_language() or settings.LANGUAGE_CODE)
            messages.success(request, _("Thank you. The office may hand over exactly this, and nothing else."))
        elif request.POST.get("do") == "take_back":
            if found.kind == Referral.Kind.WHOLE and found.state not in ("proposed", "consented"):
                raise actions.NotNow
            actions.take_back(holder=holder, referral=found)
            messages.success(request, _("This is taken back. What the receiver has read before, it may have kept."))
    except actions.NotNow:
        messages.warning(request, _("This has changed meanwhile. Please look again."))
    except actions.NotConsented:
        messages.warning(request, _("Somebody else has seen these digits. Please make digits of your own first, then agree."))
    return HttpResponseRedirect(reverse("casework:referral", args=[found.uid]))


@public(WHY)
def referred_file(request: HttpRequest, uid: uuid.UUID, file: uuid.UUID) -> HttpResponseBase:
    """A file that is or would be handed over, for her to look at first."""
    holder = holder_of(request.COOKIES.get(settings.STATUS_COOKIE_NAME, ""))
    if holder is None:
        return HttpResponseRedirect(reverse("appeals:status"))
    found = queries.referral_of_receipt(holder.receipt, uid)
    return holds_secret(answer_with_file(referring.open_for_receipt(found, holder.receipt, holder.secret), file))
