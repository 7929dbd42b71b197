"""What the secretary does for one addressee: the link, the letter, the answer that came on paper; and what of it is public."""

from __future__ import annotations

import uuid

from django import forms
from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from kenesh.followup import actions, queries
from kenesh.followup.forms import ActionForm, GradeForm, IncomingForm, LetterForm, ResponseForm
from kenesh.followup.forms.fields import Keyed
from kenesh.followup.models import Addressee, ResponseKind
from kenesh.followup.queries import ministry
from kenesh.followup.rules import Permission
from kenesh.followup.views.keeping import to_cockpit
from kenesh.kernel.access import requires
from kenesh.kernel.middleware import holds_secret
from kenesh.people.middleware import person_of
from kenesh.themes.templatetags.words import day


@requires(Permission.KEEP_RECOMMENDATIONS)
def link(request: HttpRequest, code: str) -> HttpResponse:
    """Makes a link for the letter. It is shown on this page, once."""
    user = person_of(request)
    addressee = queries.addressee_to_keep(user, code)
    form = Keyed(request.POST or None)
    context = {"form": form, "addressee": addressee, "recommendation": addressee.recommendation}
    if request.method == "POST" and form.is_valid():
        earlier = request.POST.get("earlier") == "keep"
        try:
            token = actions.issue_answer_link(
                addressee=addressee, by=user, revoke_earlier=not earlier, key=form.cleaned_data["key"]
            )
        except actions.NoMailbox:
            form.add_error(None, _("This organisation has no registered e-mail address. Ask the administrator to add it first."))
        else:
            with translation.override(language_of(addressee)):
                address = settings.ADDRESS + reverse("followup:answer_link", args=[token])
            context |= {"address": address, "until": queries.link_ends_on(token)}
            return holds_secret(render(request, "followup/link_shown.html", context))
    return render(request, "followup/link.html", context)


def language_of(addressee: Addressee) -> str:
    """The first language of the organisation that our pages have; else the secretary's own."""
    spoken = [language for language in addressee.organisation.languages if language in dict(settings.LANGUAGES)]
    return spoken[0] if spoken else translation.get_language()


@requires(Permission.KEEP_RECOMMENDATIONS)
@require_POST
def revoke(request: HttpRequest, code: str) -> HttpResponse:
    """Ends all links of the addressee."""
    user = person_of(request)
    addressee = queries.addressee_to_keep(user, code)
    for live in addressee.links.filter(revoked_at__isnull=True).select_related("addressee"):
        actions.revoke_link(link=live, by=user)
    messages.success(request, _("The links of this addressee open nothing any more."))
    return to_cockpit(addressee.recommendation)


@requires(Permission.KEEP_RECOMMENDATIONS)
def letter(request: HttpRequest, code: str) -> HttpResponse:
    """Notes a letter that was sent."""
    user = person_of(request)
    addressee = queries.addressee_to_keep(user, code)
    form = LetterForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        actions.register_letter(addressee=addressee, by=user, **form.cleaned_data)
        messages.success(request, _("The letter is noted."))
        return to_cockpit(addressee.recommendation)
    return _form_page(request, addressee, form, _("Note a letter"))


@requires(Permission.KEEP_RECOMMENDATIONS)
def incoming(request: HttpRequest, code: str, letter_id: int) -> HttpResponse:
    """Adds the number and the day that the addressee's registry gave a letter."""
    user = person_of(request)
    addressee = queries.addressee_to_keep(user, code)
    noted = addressee.letters.filter(pk=letter_id).first()
    if noted is None:
        raise Http404
    before = {"incoming_number": noted.incoming_number, "due_by_law": noted.due_by_law}
    form = IncomingForm(request.POST or None, initial=before, sent_on=noted.sent_on)
    if request.method == "POST" and form.is_valid():
        actions.note_incoming(letter=noted, by=user, **form.cleaned_data)
        messages.success(request, _("The letter is noted."))
        return to_cockpit(addressee.recommendation)
    return _form_page(request, addressee, form, _("The addressee's number of the letter"))


@requires(Permission.KEEP_RECOMMENDATIONS)
def response(request: HttpRequest, code: str) -> HttpResponse:
    """Enters an answer that came by letter."""
    user = person_of(request)
    addressee = queries.addressee_to_keep(user, code)
    form = ResponseForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        actions.enter_response(
            addressee=addressee,
            given=form.given(),
            received_on=data["received_on"],
            numbers=(data["their_number"], data["our_number"]),
            key=data["key"],
            by=user,
        )
        messages.success(request, _("The answer is entered. Only your body can see it until you publish it."))
        return to_cockpit(addressee.recommendation)
    return _form_page(request, addressee, form, _("Enter an answer"))


@requires(Permission.KEEP_RECOMMENDATIONS)
def action(request: HttpRequest, code: str) -> HttpResponse:
    """Enters what the addressee reports done."""
    user = person_of(request)
    addressee = queries.addressee_to_keep(user, code)
    form = ActionForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        proof = actions.Proof(data["evidence_url"], data["evidence_text"], data["evidence_document"])
        actions.report_action(
            addressee=addressee, text=data["text"], done_on=data["done_on"], proof=proof, key=data["key"], by=user
        )
        messages.success(request, _("The action is entered. Only your body can see it until you publish it."))
        return to_cockpit(addressee.recommendation)
    return _form_page(request, addressee, form, _("Enter what was done"))


def _form_page(request: HttpRequest, addressee: Addressee, form: forms.Form, heading: str) -> HttpResponse:
    context = {"form": form, "addressee": addressee, "recommendation": addressee.recommendation, "heading": heading}
    return render(request, "followup/addressee_form.html", context)


# --- what is public ---------------------------------------------------------------------------------------------------


@requires(Permission.KEEP_RECOMMENDATIONS)
@require_POST
def publish_response(request: HttpRequest, code: str) -> HttpResponse:
    """Shows an answer to everybody, or takes it back."""
    user = person_of(request)
    given = queries.response_to_keep(user, code)
    try:
        if request.POST.get("public") == "yes":
            actions.publish_response(response=given, by=user)
            messages.success(request, _("Everybody can read this answer now."))
        else:
            actions.unpublish_response(response=given, by=user)
            messages.success(request, _("Only your body can read this answer now."))
    except actions.NotPublic:
        messages.error(request, _("Publish the recommendation first."))
    except actions.NotOfficial:
        messages.error(request, _("Whoever confirms for this addressee has not confirmed the answer. It cannot be published."))
    except actions.RightOfReply:
        messages.error(request, _("The judgement finds fault in public. So the answer stays beside it."))
    return to_cockpit(given.addressee.recommendation)


@requires(Permission.KEEP_RECOMMENDATIONS)
@require_POST
def grade_response(request: HttpRequest, code: str) -> HttpResponse:
    """Grades an answer as formal or as one on the substance."""
    user = person_of(request)
    given = queries.response_to_keep(user, code)
    form = GradeForm(request.POST)
    if not form.is_valid():
        raise Http404
    try:
        actions.grade_response(response=given, grade=ResponseKind(form.cleaned_data["grade"]), by=user)
    except actions.NotAnAnswer as refusal:
        raise Http404 from refusal
    messages.success(request, _("The changes are saved."))
    return to_cockpit(given.addressee.recommendation)


@requires(Permission.KEEP_RECOMMENDATIONS)
@require_POST
def publish_action(request: HttpRequest, code: str, action_id: int) -> HttpResponse:
    """Shows a reported action to everybody, or takes it back."""
    user = person_of(request)
    reported = ministry.action_to_keep(user, code, action_id)
    try:
        if request.POST.get("public") == "yes":
            actions.publish_action(action=reported, by=user)
            messages.success(request, _("Everybody can read now what the addressee reports done."))
        else:
            actions.unpublish_action(action=reported, by=user)
            messages.success(request, _("Only your body can read now what the addressee reports done."))
    except actions.NotPublic:
        messages.error(request, _("Publish the recommendation first."))
    except actions.NotOfficial:
        messages.error(request, _("Whoever confirms for this addressee has not confirmed the answer. It cannot be published."))
    except actions.RightOfReply:
        messages.error(request, _("The judgement finds fault in public. So the answer stays beside it."))
    return to_cockpit(reported.addressee.recommendation)


@requires(Permission.KEEP_RECOMMENDATIONS)
@require_POST
def publish_verdict(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Shows a judgement to everybody, after the addressees had their say; or takes it back."""
    user = person_of(request)
    verdict = queries.verdict_to_keep(user, key)
    try:
        if request.POST.get("public") == "yes":
            actions.publish_verdict(verdict=verdict, by=user)
            messages.success(request, _("Everybody can read this judgement now."))
        else:
            actions.unpublish_verdict(verdict=verdict, by=user)
            messages.success(request, _("Only your body can read this judgement now."))
    except actions.NotPublic:
        messages.error(request, _("Publish the recommendation first."))
    except actions.RightOfReply as refusal:
        until = day(refusal.until)
        messages.error(
            request,
            _("The judgement finds fault, so the addressees may reply first. You can publish it after %(day)s.") % {"day": until},
        )
    return to_cockpit(verdict.recommendation)
