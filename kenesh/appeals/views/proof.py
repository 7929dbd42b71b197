"""What a flood asks of somebody who sends her appeal or types in a receipt: the hooks of those two views, and the page between."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kenesh.appeals import drafts, floods, questions
from kenesh.appeals.models import Turn
from kenesh.appeals.views.page import private
from kenesh.kernel.access import public
from kenesh.kernel.clients import network_of
from kenesh.kernel.pace import Pace


def pass_or_wait(request: HttpRequest, pace: Pace, *, secret: bytes, once: bool = False) -> floods.Passage:
    """Whether what this request sends may go on, with whatever proof or answer came with it."""
    said = floods.Answers(proof=request.POST.get("proof", ""), answer=request.POST.get("answer", ""))
    passage = floods.pass_or_wait(pace, secret=secret, network=network_of(request), said=said, once=once)
    if passage.wrong:
        messages.warning(request, _("That is not the right number. Here is another question."))
    return passage


def what_is_asked(turn: Turn) -> dict[str, Any]:
    """A turn for the page: the question, the work, and in how long it comes (`wait` is empty when it has)."""
    seconds = floods.seconds_until(turn)
    return {
        "answered": turn.answered,
        "question": questions.text_of(turn.question),
        "challenge": bytes(turn.challenge).hex(),
        "bits": turn.bits,
        "seconds": seconds,
        "wait": _in_words(seconds) if seconds else "",
    }


def _in_words(seconds: int) -> str:
    if seconds < 100:
        return ngettext("%(number)d second", "%(number)d seconds", seconds) % {"number": seconds}
    minutes = -(-seconds // 60)
    return ngettext("%(number)d minute", "%(number)d minutes", minutes) % {"number": minutes}


@public("shows when a draft may be sent in a flood, and nothing of the draft")
def turn(request: HttpRequest) -> HttpResponse:
    """What is asked before sending; without JavaScript the page comes back by itself when her turn does."""
    draft = drafts.load(request.COOKIES.get(settings.DRAFT_COOKIE_NAME, ""))
    if draft is None or draft.filed is not None or "consents" not in draft.answers:
        return HttpResponseRedirect(reverse("appeals:check" if draft is None or draft.filed is None else "appeals:receipt"))
    passage = pass_or_wait(request, floods.FILING, secret=draft.secret)
    held = what_is_asked(passage.held) if passage.held is not None else None
    response = private(render(request, "appeals/turn.html", {"held": held}))
    if held and held["answered"]:
        response.headers["Refresh"] = str(held["seconds"])
    return response
