"""Referrals between offices of this node: the list, and one referral for whoever hands over or receives."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters

from kenesh.appeals import attachments
from kenesh.appeals.models import Appeal
from kenesh.casework import actions, queries, reaching, readers, referral_words, referring
from kenesh.casework.forms import ConflictForm, WordsForm
from kenesh.casework.models import Referral
from kenesh.casework.opening import open_case
from kenesh.casework.referring import OpenReferral
from kenesh.casework.rules import Permission
from kenesh.casework.views.page import closed_to_us, to_reach
from kenesh.kernel.access import requires
from kenesh.kernel.downloads import download
from kenesh.kernel.stretching import Busy
from kenesh.kernel.uploads import NotTaken
from kenesh.people.keyring import KeyMissing, Keyring
from kenesh.people.middleware import keys_of, person_of, with_keys
from kenesh.people.models import Role
from kenesh.people.rules import organisations_as

PAGE = 30
State = Referral.State


@requires(Permission.WORK_ON_CASES)
def referrals(request: HttpRequest) -> HttpResponse:
    """What came in and what went out: nothing is decrypted for a list."""
    incoming, answered = request.GET.get("show") != "out", request.GET.get("answered") == "yes"
    rows = queries.referrals_of_offices(
        person_of(request), incoming=incoming, answered=answered, after=request.GET.get("after", ""), limit=PAGE
    )
    context = {
        "incoming": incoming,
        "answered": answered,
        "rows": rows[:PAGE],
        "next": rows[PAGE - 1].pk if len(rows) > PAGE else "",
        "today": timezone.localdate(),
    }
    return render(request, "casework/referrals.html", context)


def _send(keyring: Keyring, referral: Referral, words: str) -> str:
    if referral.kind == Referral.Kind.WHOLE:
        actions.hand_over(keyring=keyring, referral=referral)
        return _("The case is with the other office now. For ten minutes you can undo this, while nobody there has opened it.")
    actions.send(keyring=keyring, referral=referral)
    return _("Sent. The receiver can open it, and she is told.")


def _ask_again(keyring: Keyring, referral: Referral, words: str) -> str:
    actions.ask_again(keyring=keyring, referral=referral)
    return _("She sees your question on her page again. When she has agreed, you send it from here.")


def _withdraw(keyring: Keyring, referral: Referral, words: str) -> str:
    actions.withdraw(keyring=keyring, referral=referral, reason=words)
    return _("Taken back. What the receiver has read before, it may have kept.")


def _undo(keyring: Keyring, referral: Referral, words: str) -> str:
    actions.undo_hand_over(keyring=keyring, referral=referral)
    return _("The case is with your office again.")


def _accept(keyring: Keyring, referral: Referral, words: str) -> str:
    actions.accept(keyring=keyring, referral=referral, why=words)
    return _("Accepted: a case of your own is open, with what was handed over. She sees that you work on it.")


def _take_files(keyring: Keyring, referral: Referral, words: str) -> str:
    actions.take_files_over(keyring=keyring, referral=referral)
    return _("The files are in your own case now.")


def _decline(keyring: Keyring, referral: Referral, words: str) -> str:
    actions.decline_referral(keyring=keyring, referral=referral, reason=words)
    return _("Declined. The sender and the person read why.")


def _finish(keyring: Keyring, referral: Referral, words: str) -> str:
    actions.finish_referral(keyring=keyring, referral=referral, result=words)
    return _("Done. The sender and the person read the result.")


def _give_back(keyring: Keyring, referral: Referral, words: str) -> str:
    actions.give_back(keyring=keyring, referral=referral, reason=words)
    return _("Given back. The sender and the person read why.")


Act = Callable[[Keyring, Referral, str], str]
OF_SENDER: dict[str, Act] = {"send": _send, "ask_again": _ask_again, "withdraw": _withdraw, "undo": _undo}
OF_RECEIVER: dict[str, Act] = {
    "accept": _accept, "take_files": _take_files, "decline": _decline, "done": _finish, "give_back": _give_back
}  # fmt: skip
NEEDS_WORDS = {"withdraw", "decline", "done", "give_back"}
ASKED = "why"  # the field in which the receiver says why the other side is no client


@requires(Permission.WORK_ON_CASES)
@with_keys
@sensitive_post_parameters()
def referral(request: HttpRequest, code: str) -> HttpResponse:
    """What is handed over, on what it rests, what happened; the next step of either office."""
    found = queries.referral_for_caseworker(person_of(request), code)
    offices = organisations_as(person_of(request), Role.CASEWORKER)
    may = (OF_SENDER if found.from_office_id in offices else {}) | (OF_RECEIVER if found.to_office_id in offices else {})
    wish = request.POST.get("do", "")
    form = WordsForm(request.POST if wish in NEEDS_WORDS else None)
    why = ConflictForm(request.POST if wish == "accept" and ASKED in request.POST else None)
    clients: list[actions.Conflict] = []
    try:
        if request.method == "POST" and wish in may and (wish not in NEEDS_WORDS or form.is_valid()):
            words = form.cleaned_data["text"] if wish in NEEDS_WORDS else why.cleaned_data[ASKED] if why.is_valid() else ""
            try:
                return _done(request, found, may[wish], words)
            except actions.MayBeClient as asked:
                clients = asked.found
        opened = referring.open_for_staff(found, keys_of(request))
        context = _context(opened, set(may))
    except KeyMissing:
        return closed_to_us(request)
    if found.from_office_id in offices and found.appeal is not None:
        context["appeals"] = [{**to_reach(request, found.appeal), "who": _whose(request, found, found.appeal)}]
    elif context["is_receiver"]:
        context["appeals"] = reaching.as_told(opened.subset().get("contact") or {})
    context |= {"form": why if clients else form, "words_form": form, "why_form": why, "conflicts": clients}
    return render(request, "casework/referral.html", context, status=422 if form.errors or clients else 200)


def _whose(request: HttpRequest, found: Referral, appeal: Appeal) -> str:
    """Of a case with several people, whose part this is; "" for one, and where the case is no longer open to this session."""
    try:
        return readers.by_code(open_case(found.case, keys_of(request))).get(appeal.code, "")
    except KeyMissing:
        return ""


def _done(request: HttpRequest, found: Referral, act: Act, words: str) -> HttpResponse:
    try:
        messages.success(request, act(keys_of(request), found, words))
    except actions.NotConsented:
        messages.error(request, _("This is not what she agreed to. Take it back, and ask her again."))
    except actions.NotNow:
        messages.warning(request, _("This has gone on meanwhile: that step is no longer possible."))
    except actions.NoKeyHolder:
        messages.error(request, _("Nobody in that office holds a key now. It cannot receive anything."))
    except NotTaken as reason:
        messages.error(request, reason.sentence)
    except Busy:
        messages.error(request, _("Many people are here at this moment. Please wait some seconds and try again."))
    return HttpResponseRedirect(reverse("casework_work:referral", args=[found.code]))


def _context(opened: OpenReferral, may: set[str]) -> dict[str, Any]:
    referral, state, whole = opened.referral, opened.referral.state, opened.referral.kind == Referral.Kind.WHOLE
    lines = opened.lines()
    broken = state == State.CONSENTED and not referring.consent_stands(opened)
    steps = {
        State.PROPOSED: {"withdraw"},
        State.CONSENTED: {"ask_again" if broken and referral.appeal_id else "send", "withdraw"},
        State.SENT: {"undo"} if whole and referral.sealed_undo else set() if whole else {"accept", "decline", "withdraw"},
        State.ACCEPTED: set() if whole else {"done", "give_back", "withdraw"},
    }
    subset = opened.subset()
    if "accept" in may and actions.not_taken_over(opened):
        steps[State.ACCEPTED].add("take_files")
    return {
        "referral": referral,
        "purpose": subset["purpose"],
        "parts": referral_words.parts(subset),
        "nobody_named": not whole and not any(one.get("name") for one in subset.get("parties", [])),
        "files": [{"name": one["name"], "uid": uuid.UUID(one["uid"])} for one in subset.get("files", [])],
        "consent": opened.consent(),
        "broken": broken,
        "lines": [{"line": line, "words": referral_words.line_in_words(line.code)} for line in lines],
        "may": steps.get(State(state), set()) & may,
        "own_case": next((line.body["case"] for line in lines if line.code == "accepted"), ""),
        "is_receiver": "accept" in may,
        "is_sender": "send" in may,
    }


@requires(Permission.WORK_ON_CASES)
@with_keys
def referred_file(request: HttpRequest, code: str, uid: uuid.UUID) -> HttpResponseBase:
    """A file of a referral, for either office."""
    found = queries.referral_for_caseworker(person_of(request), code)
    try:
        return answer_with_file(referring.open_for_staff(found, keys_of(request)), uid)
    except KeyMissing:
        return closed_to_us(request)


def answer_with_file(opened: OpenReferral, uid: uuid.UUID) -> HttpResponseBase:
    """Raises Http404 for a file that is not part of this referral."""
    body = next((one for one in opened.subset().get("files", []) if one["uid"] == uid.hex), None)
    if body is None:
        raise Http404
    file = actions.opened_copy(body)
    return download(attachments.read(file), name=file.name, kind=file.kind, size=file.size)
