"""Assessments of member organisations, courts that decide the same, and when a body reminds."""

from __future__ import annotations

import uuid

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from kenesh.followup import actions, queries
from kenesh.followup.forms.shadows import ProceedingForm, ReminderForm, ShadowForm
from kenesh.followup.queries import correspondence, shadows
from kenesh.followup.rules import Permission
from kenesh.followup.views.keeping import say_who_is_told, to_cockpit
from kenesh.kernel.access import requires
from kenesh.people.middleware import person_of
from kenesh.themes.templatetags.words import day


def _page(request: HttpRequest, form: object, heading: str, lead: str, back: str) -> HttpResponse:
    context = {"form": form, "heading": heading, "lead": lead, "back": back}
    return render(request, "followup/setting_form.html", context)


def _cockpit(code: str) -> str:
    return reverse("followup_work:recommendation", args=[code])


@requires(Permission.SEE_RECOMMENDATIONS)
def assess(request: HttpRequest, code: str) -> HttpResponse:
    """What a member organisation found: its own member writes it, or the secretary for it."""
    user = person_of(request)
    recommendation = queries.recommendation_to_read(user, code)
    own = shadows.may_speak_for(user, recommendation, timezone.localdate())
    form = ShadowForm(request.POST or None, organisations=own)
    if request.method == "POST" and form.is_valid():
        made = actions.assess(recommendation=recommendation, by=user, **form.said())
        messages.success(request, _("Your assessment is saved. Only your body can see it until the secretary publishes it."))
        if made.is_critical:
            say_who_is_told(request, recommendation)
        return to_cockpit(recommendation)
    lead = _("Say what your organisation found. It stands beside the council's judgement and changes nothing in it.")
    lead += " " + _(
        "If you find fault, an e-mail goes out as soon as you save: to all addressees of a public recommendation, else to those that "
        "have a letter or a link."
    )
    return _page(request, form, _("Assessment of a member organisation"), lead, _cockpit(code))


@requires(Permission.KEEP_RECOMMENDATIONS)
@require_POST
def publish_shadow(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Shows an assessment to everybody, after the addressees had their say; or takes it back."""
    user = person_of(request)
    shadow = shadows.shadow_to_keep(user, key)
    try:
        if request.POST.get("public") == "yes":
            actions.publish_shadow(shadow=shadow, by=user)
            messages.success(request, _("Everybody can read this assessment now."))
        else:
            actions.unpublish_shadow(shadow=shadow, by=user)
            messages.success(request, _("Only your body can read this assessment now."))
    except actions.NotPublic:
        messages.error(request, _("Publish the recommendation first."))
    except actions.RightOfReply as refusal:
        words = _("The judgement finds fault, so the addressees may reply first. You can publish it after %(day)s.")
        messages.error(request, words % {"day": day(refusal.until)})
    return to_cockpit(shadow.recommendation)


@requires(Permission.KEEP_RECOMMENDATIONS)
def proceeding_add(request: HttpRequest, code: str) -> HttpResponse:
    """Adds a court or commission that decides the same matter."""
    user = person_of(request)
    recommendation = queries.recommendation_to_keep(user, code)
    form = ProceedingForm(request.POST or None, proceeding=None)
    if request.method == "POST" and form.is_valid():
        actions.keep_proceeding(recommendation=recommendation, proceeding=None, by=user, **form.cleaned_data)
        messages.success(request, _("The case is entered. Only your body can see it until you publish it."))
        return to_cockpit(recommendation)
    lead = _("A court or commission that decides the same matter. Name no person.")
    return _page(request, form, _("Add a court or commission"), lead, _cockpit(code))


@requires(Permission.KEEP_RECOMMENDATIONS)
def proceeding(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Changes what is known of a case."""
    user = person_of(request)
    kept = shadows.proceeding_to_keep(user, key)
    form = ProceedingForm(request.POST or None, proceeding=kept)
    if request.method == "POST" and form.is_valid():
        actions.keep_proceeding(recommendation=kept.recommendation, proceeding=kept, by=user, **form.cleaned_data)
        messages.success(request, _("The changes are saved."))
        return to_cockpit(kept.recommendation)
    return _page(request, form, _("Change what is known of the case"), kept.name, _cockpit(kept.recommendation.code))


@requires(Permission.KEEP_RECOMMENDATIONS)
@require_POST
def publish_proceeding(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Shows a case to everybody, or takes it back."""
    user = person_of(request)
    kept = shadows.proceeding_to_keep(user, key)
    try:
        actions.publish_proceeding(proceeding=kept, public=request.POST.get("public") == "yes", by=user)
        messages.success(request, _("The changes are saved."))
    except actions.NotPublic:
        messages.error(request, _("Publish the recommendation first."))
    return to_cockpit(kept.recommendation)


@requires(Permission.KEEP_RECOMMENDATIONS)
def reminders(request: HttpRequest, code: str) -> HttpResponse:
    """Whether and when a body reminds."""
    user = person_of(request)
    body = correspondence.body_to_keep(user, code)
    form = ReminderForm(request.POST or None, rule=shadows.rule_of(body))
    back = reverse("followup_work:register", args=[body.code])
    if request.method == "POST" and form.is_valid():
        actions.set_reminders(body=body, by=user, **form.cleaned_data)
        messages.success(request, _("The changes are saved."))
        return HttpResponseRedirect(back)
    lead = _("Each letter goes out once. It names the recommendation by its code and says nothing of what is asked.")
    return _page(request, form, _("Reminders"), lead, back)
