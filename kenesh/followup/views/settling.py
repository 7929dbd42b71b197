"""What the secretary settles with an addressee: more time, another who is responsible, who confirms; scans and papers."""

from __future__ import annotations

import uuid

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from kenesh.followup import actions, enclosures, queries
from kenesh.followup.forms.letters import EnclosureForm
from kenesh.followup.forms.ministry import YES, AddresseeForm, ExtensionForm, NamedForm, ServesForm, SuccessorForm
from kenesh.followup.models import File
from kenesh.followup.queries import correspondence, ministry
from kenesh.followup.rules import Permission
from kenesh.followup.views.keeping import say_who_is_untold, to_cockpit
from kenesh.kernel.access import public, requires
from kenesh.kernel.downloads import download
from kenesh.kernel.stretching import Busy
from kenesh.kernel.uploads import takes_files
from kenesh.people.middleware import person_of
from kenesh.people.queries import successors_of
from kenesh.themes.templatetags.words import day


def _page(request: HttpRequest, form: object, heading: str, lead: str, code: str) -> HttpResponse:
    context = {"form": form, "heading": heading, "lead": lead, "back": reverse("followup_work:recommendation", args=[code])}
    return render(request, "followup/setting_form.html", context)


@requires(Permission.KEEP_RECOMMENDATIONS)
def addressee_settings(request: HttpRequest, code: str) -> HttpResponse:
    """Who confirms answers there, and who stands above it."""
    user = person_of(request)
    addressee = queries.addressee_to_keep(user, code)
    form = AddresseeForm(request.POST or None, addressee=addressee)
    if request.method == "POST" and form.is_valid():
        actions.set_addressee(addressee=addressee, by=user, **form.cleaned_data)
        messages.success(request, _("The changes are saved."))
        return to_cockpit(addressee.recommendation)
    lead = _("An answer by link waits until whoever confirms it there has done so, with a link and a code of their own.")
    return _page(request, form, _("Who confirms, who stands above"), lead, addressee.recommendation.code)


@requires(Permission.KEEP_RECOMMENDATIONS)
@require_POST
def mail_works(request: HttpRequest, code: str) -> HttpResponse:
    """Letters go again to a mailbox of the addressee from which they came back."""
    user, mailbox = person_of(request), request.POST.get("mailbox", "")
    addressee = queries.mailbox_to_keep(user, code, mailbox)
    actions.mail_works(addressee=addressee, mailbox=mailbox, by=user)
    messages.success(request, _("Letters go to this address again."))
    return to_cockpit(addressee.recommendation)


@requires(Permission.KEEP_RECOMMENDATIONS)
@require_POST
def ask_validator(request: HttpRequest, code: str) -> HttpResponse:
    """Sends the validator a new link."""
    user = person_of(request)
    addressee = queries.addressee_to_keep(user, code)
    try:
        actions.ask_validator(addressee=addressee, by=user)
    except actions.NoMailbox:
        messages.error(request, _("Write first who confirms the answers of this addressee."))
    except actions.MailNotSent:
        messages.error(request, _("The e-mail could not be sent. Try it again later."))
    else:
        messages.success(request, _("A new link is on its way to whoever confirms."))
    return to_cockpit(addressee.recommendation)


@requires(Permission.KEEP_RECOMMENDATIONS)
def extension(request: HttpRequest, pk: int) -> HttpResponse:
    """Grants or declines more time."""
    user = person_of(request)
    asked = ministry.extension_to_keep(user, pk)
    recommendation = asked.addressee.recommendation
    form = ExtensionForm(request.POST or None, asked=asked)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        granted = data["decision"] == YES
        try:
            until = data["until"] if granted else None
            actions.decide_extension(
                extension=asked, granted=granted, until=until, words=data["words"], today=timezone.localdate(), by=user
            )
        except actions.Decided:
            messages.warning(request, _("Somebody has decided this already."))
            return to_cockpit(recommendation)
        except actions.NoMoreTime:  # it was still to come when the form was read: midnight has passed
            form.add_error("until", _("This day has passed. Write a day that is still to come."))
        else:
            said = _("The new day holds: %(day)s.") % {"day": day(until)} if until else _("The day stays as it was.")
            messages.success(request, said)
            return to_cockpit(recommendation)
    names = {"name": str(asked.addressee.organisation), "until": day(asked.until)}
    lead = _("%(name)s asks for time until %(until)s.") % names
    if asked.before:
        lead += " " + _("The day is %(day)s now.") % {"day": day(asked.before)}
    return _page(request, form, _("More time?"), lead, recommendation.code)


@requires(Permission.KEEP_RECOMMENDATIONS)
def ask_named(request: HttpRequest, code: str) -> HttpResponse:
    """Asks the organisation that an answer names as responsible too."""
    user = person_of(request)
    response = queries.response_to_keep(user, code)
    form = NamedForm(request.POST or None, addressee=response.addressee, today=timezone.localdate())
    if request.method == "POST" and form.is_valid():
        try:
            untold = actions.ask_named(response=response, by=user, **form.cleaned_data)
        except actions.CameFromThere:
            form.add_error("organisation", _("The matter came from this organisation. Choose another one: somebody must answer."))
        except actions.Decided:
            messages.warning(request, _("Somebody has decided this already."))
            return to_cockpit(response.addressee.recommendation)
        else:
            messages.success(request, _("This organisation is asked too. Write it the letter now."))
            say_who_is_untold(request, untold)
            return to_cockpit(response.addressee.recommendation)
    lead = _("The addressee names: %(words)s") % {"words": response.responsible}
    return _page(request, form, _("Ask another organisation"), lead, response.addressee.recommendation.code)


@requires(Permission.KEEP_RECOMMENDATIONS)
def ask_successor(request: HttpRequest, code: str) -> HttpResponse:
    """Asks the organisation that took over from one that is no more."""
    user, today = person_of(request), timezone.localdate()
    addressee = queries.addressee_to_keep(user, code)
    successors = successors_of(addressee.organisation, today)
    form = SuccessorForm(request.POST or None, addressee=addressee, successors=successors, today=today)
    if request.method == "POST" and form.is_valid():
        try:
            untold = actions.ask_successor(addressee=addressee, today=today, by=user, **form.cleaned_data)
        except actions.Decided:
            messages.warning(request, _("It has answered already, so nobody else need be asked."))
        else:
            messages.success(request, _("The successor is asked now. Write it the letter."))
            say_who_is_untold(request, untold)
        return to_cockpit(addressee.recommendation)
    lead = _("%(name)s is no more. Its links end, and it is not reminded any more.") % {"name": addressee.organisation}
    return _page(request, form, _("Ask the successor"), lead, addressee.recommendation.code)


@requires(Permission.KEEP_RECOMMENDATIONS)
def serves(request: HttpRequest, code: str, action_id: int) -> HttpResponse:
    """For which other recommendations an action counts too."""
    user = person_of(request)
    action = ministry.action_to_keep(user, code, action_id)
    rows = ministry.served_by_choice(user, action)
    chosen = list(action.also_serves.values_list("code", flat=True))
    form = ServesForm(request.POST or None, rows=rows, chosen=chosen)
    if request.method == "POST" and form.is_valid():
        others = [one for one in rows if one.code in form.cleaned_data["others"]]
        actions.serve_others(action=action, others=others, offered=rows, by=user)
        messages.success(request, _("The changes are saved."))
        return to_cockpit(action.addressee.recommendation)
    lead = action.text if rows else _("No other recommendation of yours is addressed to this organisation.")
    return _page(request, form, _("One action, several recommendations"), lead, action.addressee.recommendation.code)


# --- files ------------------------------------------------------------------------------------------------------------


@requires(Permission.KEEP_RECOMMENDATIONS)
@takes_files
def letter_scan(request: HttpRequest, pk: int) -> HttpResponse:
    """Adds a scan to a letter of the register."""
    letter = correspondence.letter_to_keep(person_of(request), pk)
    return _add_file(request, letter.addressee.recommendation.code, letter.files.count(), letter=letter)


@requires(Permission.KEEP_RECOMMENDATIONS)
@takes_files
def response_paper(request: HttpRequest, code: str) -> HttpResponse:
    """Adds a paper to an answer."""
    response = queries.response_to_keep(person_of(request), code)
    return _add_file(request, response.addressee.recommendation.code, response.files.count(), response=response)


@requires(Permission.KEEP_RECOMMENDATIONS)
@takes_files
def action_paper(request: HttpRequest, code: str, action_id: int) -> HttpResponse:
    """Adds a paper to a reported action."""
    action = ministry.action_to_keep(person_of(request), code, action_id)
    return _add_file(request, action.addressee.recommendation.code, action.files.count(), action=action)


def _add_file(request: HttpRequest, code: str, there: int, **thing: object) -> HttpResponse:
    form = EnclosureForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            if there >= enclosures.MOST_FILES:
                raise enclosures.Refused("too_many")
            file = enclosures.take_in(form.cleaned_data["file"])
        except enclosures.Refused as refusal:
            form.add_error("file", refusal.sentence)
        except Busy:
            form.add_error("file", _("Many people send files at this moment. Please choose the file again in a minute."))
        else:
            for name, owner in thing.items():
                setattr(file, name, owner)
            actions.keep_file(file=file, by=person_of(request))
            messages.success(request, _("The file is kept. Only your body can see it until you publish it."))
            return to_cockpit(ministry.recommendation_of(file))
    lead = _("It is checked by what is in it. Only your body can see it until you publish it.")
    return _page(request, form, _("Add a scan or paper"), lead, code)


def give_out(file: File, *, copy: bool) -> HttpResponseBase:
    """The file as a download: as it came, or its copy without metadata."""
    chunks, size = enclosures.content(file, copy=copy)
    return download(chunks, name=file.name, kind=file.kind, size=size)


@requires(Permission.SEE_RECOMMENDATIONS)
def file(request: HttpRequest, uid: uuid.UUID) -> HttpResponseBase:
    """The file as it came, for the people of the body."""
    return give_out(ministry.file_to_read(person_of(request), uid), copy=False)


@requires(Permission.KEEP_RECOMMENDATIONS)
@require_POST
def publish_file(request: HttpRequest, uid: uuid.UUID) -> HttpResponse:
    """Lets everybody have the copy without metadata, or nobody any more."""
    user = person_of(request)
    kept = ministry.file_to_keep(user, uid)
    public_now = request.POST.get("public") == "yes"
    if public_now and kept.copy_size is None:
        messages.error(request, _("What this file says of its maker could not be taken out of it, so it cannot be published."))
    else:
        actions.publish_file(file=kept, public=public_now, by=user)
        said = _("Everybody can read this file now.") if public_now else _("Only your body can read this file now.")
        messages.success(request, said)
    return to_cockpit(ministry.recommendation_of(kept))


@public("gives out what the secretary has published of an answer that is public itself, without its metadata")
def public_file(request: HttpRequest, uid: uuid.UUID) -> HttpResponseBase:
    """A published paper."""
    kept = ministry.file_for_public(uid)
    if kept.copy_size is None:
        raise Http404
    return give_out(kept, copy=True)
