"""Digits of one's own, in the place of digits that somebody else has seen."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from kenesh.appeals import actions
from kenesh.appeals.digits import digits_in_groups, picture_of
from kenesh.appeals.views.page import WHY_RECEIPT, holder_of, set_cookie, to_status
from kenesh.kernel.access import public
from kenesh.kernel.middleware import holds_secret
from kenesh.kernel.stretching import Busy


@public(WHY_RECEIPT)
def own(request: HttpRequest) -> HttpResponse:
    """Shows the new digits; the old ones open until the person says that she has written these down."""
    holder = holder_of(request)
    digits = actions.own_digits(cookie=request.COOKIES.get(settings.STATUS_COOKIE_NAME, ""))
    if holder is None or digits is None:
        return to_status(request)
    context = {"groups": digits_in_groups(digits), "picture": picture_of(digits), "first": holder.receipt.seen_by_other}
    return holds_secret(render(request, "appeals/own.html", context))


@public(WHY_RECEIPT)
@require_POST
def take_own(request: HttpRequest) -> HttpResponse:
    """The person has written her new digits down: the old ones open nothing from now on."""
    holder = holder_of(request)
    digits = actions.own_digits(cookie=request.COOKIES.get(settings.STATUS_COOKIE_NAME, ""))
    if holder is None or digits is None:
        return to_status(request)
    first = holder.receipt.seen_by_other
    try:
        cookie = actions.take_own_digits(holder=holder, digits=digits)
    except actions.Erasing:
        messages.warning(request, _("Everything is being erased. Stop the erasing first if you want to change this."))
        return HttpResponseRedirect(reverse("appeals:open"))
    except Busy:
        messages.warning(request, _("Many people are here at this moment. Please wait some seconds and press the button again."))
        return HttpResponseRedirect(reverse("appeals:own"))
    messages.success(request, _("Your new digits stand. The earlier ones open nothing any more."))
    response = HttpResponseRedirect(reverse("appeals:consents" if first else "appeals:open"))
    return set_cookie(response, settings.STATUS_COOKIE_NAME, cookie)
