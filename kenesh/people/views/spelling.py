"""How an organisation is spelled and of which country it is, for who may correct nothing else of it."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _

from kenesh.kernel.access import requires
from kenesh.kernel.rows import stamp_of
from kenesh.people import actions, queries
from kenesh.people.forms.organisations import SpellingForm, initial_of_spelling
from kenesh.people.middleware import person_of
from kenesh.people.rules import Permission
from kenesh.people.views.organisations import changed_meanwhile


@requires(Permission.KEEP_BODIES)
def correct_organisation(request: HttpRequest, code: str) -> HttpResponse:
    """Corrects the name of an organisation and its country, and nothing else of it."""
    user = person_of(request)
    organisation = queries.organisation_to_correct(user, code)
    data = request.POST.copy()
    form = SpellingForm(data or None, initial=initial_of_spelling(organisation))
    if request.method == "POST" and form.is_valid():
        try:
            actions.edit_organisation(
                organisation=organisation, facts=form.facts(organisation), seen=form.cleaned_data["seen"], by=user
            )
        except actions.ChangedMeanwhile:
            form.add_error(None, changed_meanwhile())
            data["seen"] = stamp_of(queries.organisation_to_correct(user, code))
        else:
            messages.success(request, _("Saved."))
            return HttpResponseRedirect(request.path)
    context = {"form": form, "organisation": organisation, "others": queries.others_who_name(user, organisation)}
    return render(request, "people/spelling_form.html", context)
