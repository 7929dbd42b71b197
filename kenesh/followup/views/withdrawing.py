"""“Entered by mistake”: what the secretary or a member wrote is taken back, with the reason."""

from __future__ import annotations

import uuid
from collections.abc import Callable

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from kenesh.followup import actions, queries
from kenesh.followup.forms.letters import MistakeForm
from kenesh.followup.models import Addressee, Recommendation
from kenesh.followup.queries import correspondence, ministry, withdrawing
from kenesh.followup.rules import Permission
from kenesh.followup.views.keeping import say_who_is_untold, to_cockpit
from kenesh.kernel.access import requires
from kenesh.people.middleware import person_of
from kenesh.themes.templatetags.words import day


def _withdraw(
    request: HttpRequest, recommendation: Recommendation, what: str, act: Callable[[str], list[Addressee] | None]
) -> HttpResponse:
    """Asks for the reason, then does it."""
    form = MistakeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            untold = act(form.cleaned_data["why"])
        except actions.WroteItself as refusal:
            raise Http404 from refusal
        messages.success(request, _("It is taken back. Your reason stands at the end of this page."))
        say_who_is_untold(request, untold or [])
        return to_cockpit(recommendation)
    lead = _(
        "It counts no more and is shown to nobody outside your body. Whoever follows the recommendation, or was told that fault was "
        "found, is told of it."
    )
    back = reverse("followup_work:recommendation", args=[recommendation.code])
    context = {"form": form, "heading": _("Entered by mistake"), "lead": f"{what}. {lead}", "back": back}
    return render(request, "followup/setting_form.html", context)


@requires(Permission.KEEP_RECOMMENDATIONS)
def response(request: HttpRequest, code: str) -> HttpResponse:
    """An answer that the secretary entered."""
    user = person_of(request)
    given = queries.response_to_keep(user, code)
    if given.by_link:
        raise Http404
    what = f"{given.given_by}: {given.summary}, {day(given.received_on)}"
    return _withdraw(
        request, given.addressee.recommendation, what, lambda why: actions.withdraw_response(response=given, why=why, by=user)
    )


@requires(Permission.KEEP_RECOMMENDATIONS)
def action(request: HttpRequest, code: str, action_id: int) -> HttpResponse:
    """What the secretary entered as done."""
    user = person_of(request)
    done = ministry.action_to_keep(user, code, action_id)
    if done.response_id is not None:
        raise Http404
    what = f"{done.addressee.organisation}, {day(done.done_on)}"
    return _withdraw(
        request, done.addressee.recommendation, what, lambda why: actions.withdraw_action(action=done, why=why, by=user)
    )


@requires(Permission.KEEP_RECOMMENDATIONS)
def letter(request: HttpRequest, pk: int) -> HttpResponse:
    """A letter that is noted as sent."""
    user = person_of(request)
    noted = correspondence.letter_to_keep(user, pk)
    if noted.response_id is not None:
        raise Http404
    what = _("Letter of %(day)s") % {"day": day(noted.sent_on)}
    return _withdraw(
        request, noted.addressee.recommendation, what, lambda why: actions.withdraw_letter(letter=noted, why=why, by=user)
    )


@requires(Permission.KEEP_RECOMMENDATIONS)
def verdict(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """A judgement of the body."""
    user = person_of(request)
    found = queries.verdict_to_keep(user, key)
    what = f"{found.get_judgement_display()}, {day(found.judged_on)}"
    return _withdraw(request, found.recommendation, what, lambda why: actions.withdraw_verdict(verdict=found, why=why, by=user))


@requires(Permission.SEE_RECOMMENDATIONS)
def shadow(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """An assessment, by the member organisation that wrote it or by the secretary."""
    user = person_of(request)
    found = withdrawing.shadow_to_withdraw(user, key)
    what = f"{found.organisation}: {found.get_judgement_display()}, {day(found.judged_on)}"
    return _withdraw(request, found.recommendation, what, lambda why: actions.withdraw_shadow(shadow=found, why=why, by=user))


@requires(Permission.KEEP_RECOMMENDATIONS)
def recommendation(request: HttpRequest, code: str) -> HttpResponse:
    """A recommendation that was added by hand and that nobody has worked on: a second one of the same, for example."""
    user = person_of(request)
    kept = queries.recommendation_to_keep(user, code)
    back = reverse("followup_work:recommendation", args=[code])
    if request.method == "POST":
        if actions.take_back(recommendation=kept, by=user):
            messages.success(request, _("The recommendation is removed."))
            return HttpResponseRedirect(reverse("followup_work:list"))
        messages.error(
            request, _("It stays: it is public, comes from a decision, or has a letter, a link, an answer or a judgement.")
        )
        return HttpResponseRedirect(back)
    context = {"recommendation": kept, "back": back}
    return render(request, "followup/take_back.html", context)
