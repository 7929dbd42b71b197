"""Renewing the keys of an office: after somebody left, or after a compromise, with all that is sealed to them."""

from __future__ import annotations

import time
import uuid

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from kenesh.casework import reencrypt
from kenesh.casework.rules import Permission
from kenesh.kernel.access import requires
from kenesh.people import queries as people
from kenesh.people.keyring import KeyMissing
from kenesh.people.middleware import keys_of, person_of, with_keys
from kenesh.people.models import Organisation, Role
from kenesh.people.rules import organisations_as


class RenewalForm(forms.Form):
    """`key`: the form's own; sent twice, it begins the work once."""

    key = forms.UUIDField(widget=forms.HiddenInput)
    do = forms.ChoiceField(choices=[("reseal", ""), ("destroy", "")], widget=forms.HiddenInput)


def _office(request: HttpRequest, code: str) -> Organisation:
    """An office whose newest key this account holds. Raises Http404."""
    user = person_of(request)
    mine = organisations_as(user, Role.CASEWORKER)
    office = Organisation.objects.filter(code=code, pk__in=mine, epochs__keys__user=user).distinct().first()
    if office is None or user not in people.key_holders(people.current_epoch(office)):
        raise Http404
    return office


@requires(Permission.WORK_ON_CASES)
@with_keys
def renewal(request: HttpRequest, code: str) -> HttpResponse:
    """What is still sealed to old keys, and the steps that seal it anew and destroy them."""
    office = _office(request, code)
    if request.method == "POST":
        return _begin(request, office)
    ended = reencrypt.last_resealed(keyring=keys_of(request), office=office)
    context = {
        "office": office,
        "newest": people.current_epoch(office),
        "left": reencrypt.to_renew(office),
        "resealed": ended is not None,
        "too_early": ended is not None and time.time() < ended + reencrypt.SECONDS_BETWEEN,
        "key": uuid.uuid4(),
    }
    return render(request, "casework/renewal.html", context)


def _begin(request: HttpRequest, office: Organisation) -> HttpResponse:
    here = HttpResponseRedirect(reverse("casework_work:renewal", args=[office.code]))
    form = RenewalForm(request.POST)
    if not form.is_valid():
        return here
    start = reencrypt.start_reseal if form.cleaned_data["do"] == "reseal" else reencrypt.start_destroy
    try:
        job = start(keyring=keys_of(request), office=office, request_key=form.cleaned_data["key"])
    except KeyMissing:
        raise Http404 from None
    except reencrypt.TooEarly:
        messages.warning(request, _("Something may still be being written. Wait one minute, then destroy the old keys."))
        return here
    return HttpResponseRedirect(reverse("casework_work:job", args=[job.code]))
