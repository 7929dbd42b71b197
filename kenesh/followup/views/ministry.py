"""Inside of a ministry: the focal point passes its link on to a colleague; the validator confirms an answer."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from kenesh.followup import actions
from kenesh.followup.forms.ministry import YES, ColleagueForm, ConfirmForm
from kenesh.followup.queries import ministry
from kenesh.followup.views.answering import ask_for_code, asked, found_session, gone, other_letter, to
from kenesh.followup.views.settling import give_out
from kenesh.kernel.access import public
from kenesh.kernel.middleware import holds_secret
from kenesh.kernel.unreferred import unreferred


@public("opens only in a browser whose session a code has opened; the new link is shown to it alone, once")
@unreferred
def answer_colleague(request: HttpRequest) -> HttpResponse:
    """Passes the link on to a colleague, whose codes go to her own mailbox at the same host."""
    found = found_session(request)
    if found is None:
        return gone(request)
    if (other := other_letter(request, found)) is not None:
        return other
    if not found.is_open:
        return ask_for_code(request)
    link = found.session.link
    if link.passed_on_by_id or link.confirms:
        return to(request, "answer_form")
    host = link.addressee.organisation.mailbox.rpartition("@")[2]
    form = ColleagueForm(request.POST or None)
    context = {"form": form, "addressee": link.addressee, "host": host}
    if request.method == "POST" and form.is_valid():
        mailbox = form.cleaned_data["mailbox"]
        try:
            token = actions.pass_on(session=found.session, mailbox=mailbox, key=form.cleaned_data["key"])
        except actions.CannotPassOn:
            words = _("Only up to five colleagues with an address at @%(host)s can get the link.") % {"host": host}
            form.add_error("mailbox", words)
        else:
            address = settings.ADDRESS + reverse("followup:answer_link", args=[token])
            return holds_secret(
                render(request, "followup/answer_passed_on.html", context | {"address": address, "mailbox": mailbox})
            )
    return render(request, "followup/answer_colleague.html", context | {"passed_on": ministry.passed_on(link)})


@public("opens only in a browser whose session a code has opened; ends only links that this one passed on")
@unreferred
@require_POST
def answer_colleague_end(request: HttpRequest, pk: int) -> HttpResponse:
    """Ends a link that was passed on."""
    found = found_session(request)
    if found is None:
        return gone(request)
    if (other := other_letter(request, found)) is not None:
        return other
    if not found.is_open:
        return ask_for_code(request)
    actions.take_back_link(session=found.session, pk=pk)
    messages.success(request, _("The link of your colleague opens nothing any more."))
    return to(request, "answer_colleague")


@public("opens only in the browser of the validator, whose own link and code have opened it")
@unreferred
def answer_confirm(request: HttpRequest) -> HttpResponse:
    """The answer that waits, and the validator's yes or no."""
    found = found_session(request)
    if found is None:
        return gone(request)
    if (other := other_letter(request, found)) is not None:
        return other
    if not found.is_open:
        return ask_for_code(request)
    link = found.session.link
    if not link.confirms:
        return to(request, "answer_form")
    response = ministry.waiting_for_confirmation(link.addressee)
    form = ConfirmForm(request.POST or None)
    if request.method == "POST" and response is not None and request.POST.get("answer") != response.code:
        messages.warning(request, _("Somebody has decided this already."))  # the one that was read; another one waits now
        return to(request, "answer_confirm")
    if request.method == "POST" and response is not None and form.is_valid():
        confirmed = form.cleaned_data["decision"] == YES
        try:
            actions.confirm(session=found.session, response=response, confirmed=confirmed, words=form.cleaned_data["words"])
        except actions.Decided:
            messages.warning(request, _("Somebody has decided this already."))
        else:
            messages.success(
                request,
                _("Thank you. The answer of your organisation is official now.")
                if confirmed
                else _("Thank you. Your colleague reads what must be changed."),
            )
        return to(request, "answer_confirm")
    context = {"form": form, "response": response, "decided": ministry.decided_last(link.addressee), **asked(link.addressee)}
    return render(request, "followup/answer_confirm.html", context)


@public("opens only in the browser of the validator: papers of the answer that waits there, as downloads")
@unreferred
def answer_paper(request: HttpRequest, uid: uuid.UUID) -> HttpResponseBase:
    """A paper that goes with the answer which is to be confirmed."""
    found = found_session(request)
    if found is None:
        return gone(request)
    if not found.is_open:
        return ask_for_code(request)
    link = found.session.link
    if not link.confirms:
        raise Http404
    return give_out(ministry.file_to_confirm(link.addressee, uid), copy=False)
