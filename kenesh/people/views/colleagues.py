"""Colleagues: who works in my organisations and who holds their keys; a new account, a key given."""

from __future__ import annotations

import uuid

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters

from kenesh.kernel.access import requires
from kenesh.kernel.stretching import Busy
from kenesh.people import actions, queries
from kenesh.people.actions import Place
from kenesh.people.forms import AddAccountForm, AdmitForm
from kenesh.people.keyring import KeyMissing
from kenesh.people.middleware import keys_of, person_of, with_keys
from kenesh.people.models import Organisation, Role, User
from kenesh.people.rules import Permission, organisations_as
from kenesh.people.views.signing import refusal


def my_organisation(request: HttpRequest, code: str, *roles: Role) -> Organisation:
    """Raises Http404 unless the account has one of these roles in it."""
    organisation = Organisation.objects.filter(code=code, pk__in=organisations_as(person_of(request), *roles)).first()
    if organisation is None:
        raise Http404
    return organisation


@requires(Permission.SEE_COLLEAGUES)
def colleagues(request: HttpRequest) -> HttpResponse:
    """Who works in my organisations, and who holds their keys."""
    user = person_of(request)
    works_on_cases, administers = organisations_as(user, Role.CASEWORKER), organisations_as(user, Role.ORGANISATION_ADMIN)
    groups = []
    for organisation, epoch, people, holders in queries.colleagues_by_organisation(user):
        caseworker = organisation.pk in works_on_cases
        groups.append(
            {
                "organisation": organisation,
                "rows": [
                    {"user": person, "holds": person.pk in holders, "roles": person.roles_here, "self": person == user}  # type: ignore[attr-defined]  # put there by the query
                    for person in people
                ],
                "holders": len(holders),
                "has_key": epoch is not None,
                "renewal_due": epoch is not None and epoch.renewal_due,
                "may_add": organisation.pk in administers,
                "may_give": user.pk in holders,
                "may_begin": caseworker and (epoch is None or user.pk in holders),
                "may_recover": caseworker and epoch is not None and user.pk not in holders,
            }
        )
    return render(request, "people/colleagues.html", {"groups": groups})


@requires(Permission.MANAGE_ACCOUNTS)
@sensitive_post_parameters()
def add_account(request: HttpRequest, code: str) -> HttpResponse:
    """A new account in my organisation. The key comes apart, from a colleague who holds it."""
    organisation = my_organisation(request, code, Role.ORGANISATION_ADMIN)
    form = AddAccountForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            actions.add_account(
                uid=data["key"],
                email=data["email"],
                name=data["name"],
                password=data["new"],
                language=data["language"],
                place=Place(Role(data["role"]), organisation),
                by=person_of(request),
            )
        except actions.AlreadyThere:
            form.add_error("email", _("There is an account with this address already."))
        except Busy as why:
            form.add_error(None, refusal(why))
        else:
            messages.success(request, _("The account is made. Tell your colleague the address and the password by voice."))
            return HttpResponseRedirect(reverse("people_work:colleagues"))
    return render(request, "people/add_account.html", {"form": form, "organisation": organisation})


@requires(Permission.GIVE_KEYS)
@with_keys
def admit(request: HttpRequest, code: str, user_uid: uuid.UUID) -> HttpResponse:
    """Gives the organisation's key to a caseworker, after comparing digits by voice."""
    organisation = my_organisation(request, code, Role.CASEWORKER)
    colleague = User.objects.filter(
        uid=user_uid, is_active=True, roles__organisation=organisation, roles__role=Role.CASEWORKER
    ).first()
    if colleague is None:
        raise Http404
    form = AdmitForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.admit(
                keyring=keys_of(request),
                organisation=organisation,
                colleague=colleague,
                fingerprint=form.cleaned_data["fingerprint"],
            )
        except actions.WrongFingerprint:
            form.add_error(
                "fingerprint",
                _(
                    "These are not the digits of this account. Let your colleague read them out once more. If they still "
                    "differ, give no key and tell your administrator: somebody may have put a key of their own there."
                ),
            )
        except actions.StartPassword:
            form.add_error(
                None, _("Somebody else chose this colleague's password. Let your colleague sign in and change it first.")
            )
        except KeyMissing:
            form.add_error(None, _("You do not hold this key yourself. Ask a colleague who does."))
        else:
            messages.success(request, _("Your colleague can read the cases of this office now."))
            return HttpResponseRedirect(reverse("people_work:colleagues"))
    return render(request, "people/admit.html", {"form": form, "organisation": organisation, "colleague": colleague})
