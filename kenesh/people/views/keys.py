"""The key of an office: its first one, a new one after somebody left, the one on paper."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from kenesh.kernel import vault
from kenesh.kernel.access import requires
from kenesh.kernel.middleware import holds_secret
from kenesh.people import actions, queries
from kenesh.people.forms import MakeKeyForm, RecoveryForm
from kenesh.people.keyring import KeyMissing
from kenesh.people.middleware import keys_of, person_of, with_keys
from kenesh.people.models import Role
from kenesh.people.rules import Permission
from kenesh.people.views.colleagues import my_organisation


@requires(Permission.KEEP_KEYS)
@with_keys
def make_key(request: HttpRequest, code: str) -> HttpResponse:
    """Makes the office's first key, or a new one; then shows the recovery key until it lies in the safe."""
    organisation, user = my_organisation(request, code, Role.CASEWORKER), person_of(request)
    kept = actions.kept_recovery_key(keyring=keys_of(request), organisation=organisation)
    if kept is not None:
        return render(request, "people/recovery_key.html", {"organisation": organisation, "groups": kept.split()})
    newest = organisation.epochs.order_by("-number").first()
    holders = list(queries.key_holders(newest)) if newest else []
    if newest and user not in holders:
        raise Http404
    form = MakeKeyForm(request.POST or None, initial={"after": newest.number if newest else 0})
    if request.method == "POST" and form.is_valid():
        try:
            actions.make_keys(keyring=keys_of(request), organisation=organisation, after=form.cleaned_data["after"])
        except actions.StartPassword:
            messages.warning(request, _("Somebody else chose your password. Change it first, then make the key."))
            return HttpResponseRedirect(reverse("people_work:account"))
        except (actions.ChangedMeanwhile, KeyMissing):
            messages.warning(request, _("A new key of this office was made meanwhile. Look at it before you make another."))
            return HttpResponseRedirect(reverse("people_work:colleagues"))
        return HttpResponseRedirect(reverse("people_work:make_key", args=[organisation.code]))
    context = {"form": form, "organisation": organisation, "first": newest is None, "holders": holders}
    return render(request, "people/make_key.html", context)


@requires(Permission.KEEP_KEYS)
@require_POST
def put_away(request: HttpRequest, code: str) -> HttpResponse:
    """The recovery key lies in the safe: it is shown no more."""
    organisation = my_organisation(request, code, Role.CASEWORKER)
    actions.put_recovery_key_away(organisation=organisation, by=person_of(request))
    messages.success(request, _("Good. The recovery key exists on your paper alone now."))
    return HttpResponseRedirect(reverse("people_work:colleagues"))


@requires(Permission.KEEP_KEYS)
@sensitive_post_parameters()
def recover(request: HttpRequest, code: str) -> HttpResponse:
    """Takes the office's key back with the printed recovery key."""
    organisation, user = my_organisation(request, code, Role.CASEWORKER), person_of(request)
    newest = organisation.epochs.order_by("-number").first()
    if newest is None:
        raise Http404
    if user in queries.key_holders(newest):
        messages.info(request, _("You hold the key of this office already."))
        return HttpResponseRedirect(reverse("people_work:colleagues"))
    form = RecoveryForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.recover(organisation=organisation, recovery=form.cleaned_data["recovery"], user=user, by=user)
        except actions.StartPassword:
            messages.warning(request, _("Somebody else chose your password. Change it first, then use the recovery key."))
            return HttpResponseRedirect(reverse("people_work:account"))
        except vault.Tampered:
            form.add_error(
                "recovery", _("This is a recovery key, but not the newest one of this office. Look for a later paper.")
            )
        else:
            messages.success(request, _("You hold the key again and can open the cases of this office."))
            return HttpResponseRedirect(reverse("people_work:colleagues"))
    return holds_secret(render(request, "people/recover.html", {"form": form, "organisation": organisation}))
