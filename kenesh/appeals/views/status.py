"""Coming back with the receipt: what is new, the talk, consents, erasing."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from kenesh.appeals import actions, drafts, floods, queries, steps, wording
from kenesh.appeals.forms import YES, MessageForm, ReceiptForm
from kenesh.appeals.forms.opinions import OpinionForm
from kenesh.appeals.views.page import WHY_RECEIPT, holder_of, language, set_cookie, to_status
from kenesh.appeals.views.proof import pass_or_wait, what_is_asked
from kenesh.followup import queries as followup
from kenesh.followup.models.changed import Felt
from kenesh.kernel import vault
from kenesh.kernel.access import public
from kenesh.kernel.clients import network_of
from kenesh.kernel.middleware import holds_secret
from kenesh.kernel.stretching import Busy
from kenesh.people.queries import successors_of


@public(WHY_RECEIPT)
@sensitive_post_parameters()
def status(request: HttpRequest) -> HttpResponse:
    """Asks for the receipt. A wrong one costs what a right one costs, and says nothing of what exists."""
    form, passage = ReceiptForm(request.POST or None), floods.Passage()
    given = drafts.secret_of(request.POST.get("turn", ""))
    secret = given or vault.new_key()
    if form.is_valid():
        passage = pass_or_wait(request, floods.OPENING, secret=secret, once=True)
        cookie = _open(request, form, passage) if passage.held is None else None
        if cookie is not None:
            return set_cookie(HttpResponseRedirect(reverse("appeals:open")), settings.STATUS_COOKIE_NAME, cookie)
    held = what_is_asked(passage.held) if passage.held is not None else None
    context = {"form": form, "held": held, "turn": secret.hex() if held or given else ""}
    code = 503 if form.non_field_errors() else 422 if form.errors else 200
    return holds_secret(render(request, "appeals/status.html", context, status=code))


def _open(request: HttpRequest, form: ReceiptForm, passage: floods.Passage) -> bytes | None:
    """The cookie under which the receipt is open now; None when it opens nothing, or too many wait, as the form says then."""
    cookie = None
    try:
        cookie, _receipt = actions.open_with_receipt(digits=form.cleaned_data["receipt"])
    except actions.NotOpen:
        form.add_error("receipt", _("No appeal opens with these digits. Please compare each group with what you wrote down."))
    except Busy:
        form.add_error(None, _("Many people are here at this moment. Please wait some seconds and send the digits again."))
        floods.give_back(passage)
        return None
    floods.count(floods.OPENING, passage, network=network_of(request))
    return cookie


@public(WHY_RECEIPT)
@sensitive_post_parameters()
def opened(request: HttpRequest) -> HttpResponse:
    """What is new, the steps so far, the talk, what came of it, and what the person may do."""
    holder = holder_of(request)
    if holder is None:
        return to_status(request)
    form = MessageForm(request.POST or None, initial={"key": uuid.uuid4()})
    if request.method == "POST" and form.is_valid():
        try:
            actions.write_message(holder=holder, text=form.cleaned_data["text"], request_key=form.cleaned_data["key"])
        except actions.Erasing:
            form.add_error(None, _("Everything is being erased. Stop the erasing first if you want to write."))
        except actions.OfficeEnded:
            form.add_error(None, _("This office has ended: nobody there can read a new message. This page says where to turn."))
        else:
            messages.success(request, _("Your message is with the office."))
            return HttpResponseRedirect(reverse("appeals:open"))
    view = queries.status_view(holder.opened, seen=actions.seen_until(holder))
    results = followup.results_for_problems(view.problems, language=language())
    office = holder.opened.appeal.office
    ended = queries.nobody_reads(office)
    context = {
        "form": form,
        "view": view,
        "problems": queries.problems_behind(view.problems),
        "results": results,
        "asked": [] if holder.receipt.seen_by_other else _asked(holder, results),
        "felt": Felt.choices,
        "opinion": OpinionForm() if actions.may_say_opinion(holder, view.steps) else None,
        "appeal": holder.opened.appeal,
        "office": office,
        "ended": ended,
        "successors": successors_of(office, timezone.localdate()) if ended else [],
        "receipt": holder.receipt,
        "holder": holder,
        "mail_is_sent": settings.MAIL_IS_SENT,
    }
    response = holds_secret(render(request, "appeals/opened.html", context, status=422 if form.errors else 200))
    if view.news and not form.errors:
        actions.mark_seen(holder=holder, number=view.last)
    return response


def _asked(holder: actions.Holder, results: list[followup.ProblemResult]) -> list[str]:
    """Codes of the recommendations of which she can say whether anything has changed."""
    answered = actions.answered_of(holder) if any(one.has_news for one in results) else []
    return [one.recommendation_code for one in results if one.has_news and one.recommendation_code not in answered]


@public(WHY_RECEIPT)
def story(request: HttpRequest) -> HttpResponse:
    """What was sent, on a second step: the status page alone does not show it to somebody who looks over a shoulder."""
    holder = holder_of(request)
    if holder is None:
        return to_status(request)
    return holds_secret(render(request, "appeals/story.html", {"rows": wording.answers_in_words(holder.opened.answers())}))


@public(WHY_RECEIPT)
@require_POST
def consent(request: HttpRequest, code: str) -> HttpResponse:
    """Gives or takes back one consent."""
    holder = holder_of(request)
    if holder is None:
        return to_status(request)
    if code in steps.CONSENTS:
        given = request.POST.get("given") == YES
        try:
            actions.set_consent(holder=holder, code=code, given=given, language=language())
        except actions.Erasing:
            messages.warning(request, _("Everything is being erased. Stop the erasing first if you want to change this."))
        except actions.OfficeEnded:
            messages.warning(request, _("This office has ended: nobody there can work on your case any more."))
        else:
            messages.success(request, _("Thank you. This is noted.") if given else _("You have taken this back."))
    return HttpResponseRedirect(reverse("appeals:consents"))


@public(WHY_RECEIPT)
def consents(request: HttpRequest) -> HttpResponse:
    """All consents, each with its buttons; asked anew after the person has made digits of her own."""
    holder = holder_of(request)
    if holder is None:
        return to_status(request)
    lines = queries.status_view(holder.opened).consent_lines
    asked = any(line.given and not line.proven for line in lines)
    return holds_secret(render(request, "appeals/consents.html", {"lines": lines, "asked": asked}))


@public(WHY_RECEIPT)
def erase(request: HttpRequest) -> HttpResponse:
    """Explains what erasing means; asks for it, or stops it."""
    holder = holder_of(request)
    if holder is None:
        return to_status(request)
    if request.method == "POST":
        if request.POST.get("what") == "stop":
            actions.cancel_erasure(holder=holder)
            messages.success(request, _("The erasing is stopped. Everything is as it was."))
        else:
            actions.request_erasure(holder=holder)
            messages.success(request, _("Nobody but you can open your appeal now. It is destroyed after three days."))
        return HttpResponseRedirect(reverse("appeals:open"))
    return holds_secret(render(request, "appeals/erase.html", {"appeal": holder.opened.appeal, "holder": holder}))


@public(WHY_RECEIPT)
@require_POST
def close(request: HttpRequest) -> HttpResponse:
    """Closes the opened receipt at once."""
    actions.close_receipt(cookie=request.COOKIES.get(settings.STATUS_COOKIE_NAME, ""))
    response = HttpResponseRedirect(reverse("appeals:status"))
    response.delete_cookie(settings.STATUS_COOKIE_NAME, samesite="Strict")
    response.headers["Clear-Site-Data"] = '"cache"'
    return response
