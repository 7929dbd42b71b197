"""The page on which a person decides, finding by finding, what of a reading is so."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from kenesh.kernel import findings
from kenesh.kernel.access import requires
from kenesh.kernel.findings import Refused
from kenesh.library import actions
from kenesh.library.doubts import doubts
from kenesh.library.forms import NEW, FindingForm, LookForm, QuoteForm
from kenesh.library.models import Confirmation, Document
from kenesh.library.paper import excerpt_of, paper_of
from kenesh.library.proposals import by_hand
from kenesh.library.queries.checking import check_of, document_to_check, line_of, taken_from
from kenesh.library.rules import Permission
from kenesh.people.middleware import person_of
from kenesh.people.models import User


@requires(Permission.KEEP_LIBRARY)
@require_http_methods(["GET", "HEAD", "POST"])
def review(request: HttpRequest, code: str) -> HttpResponse:
    """The document with what was read in it on one side, what it becomes on the other."""
    document, user = document_to_check(code), person_of(request)
    if request.method == "POST":
        try:
            return _decide(request, document, user)
        except Document.DoesNotExist:  # somebody has deleted it since the page was asked for
            raise Http404 from None
    check = check_of(document, user)
    asked = request.GET.get("part", "1")
    part = int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 6 else 1
    paper = paper_of(document, (line.finding for line in check.lines), part)
    context = {
        "document": document,
        "check": check,
        "paper": paper,
        "NEW": NEW,
        "doubts": doubts(document.found.get("warnings", [])),
    }
    return render(request, "library/review.html", context)


def _decide(request: HttpRequest, document: Document, user: User) -> HttpResponse:
    """One button of the page was pressed."""
    wishes: dict[str, Callable[[HttpRequest, Document, User, str], HttpResponse]] = {
        "accept": _accept, "reject": _reject, "undo": _undo, "all": _all,
    }  # fmt: skip
    for name, do in wishes.items():
        if name in request.POST:
            return do(request, document, user, request.POST[name])
    return _back(document)


def _accept(request: HttpRequest, document: Document, user: User, key: str) -> HttpResponse:
    line = line_of(document, key, user)
    target = request.POST.get(f"target-{key}", "") if line.candidates else NEW
    known = {candidate.target for candidate in line.candidates}
    if line.decided is None and target not in known and target != NEW:
        messages.error(request, _("Choose which record it is, or that it is a new one."))
        return _back(document, key)
    try:
        actions.accept_finding(
            document=document, key=key, facts=line.proposed.facts, target="" if target == NEW else target, by=user
        )
    except actions.AlreadyDecided as there:
        _say_decided(request, there.confirmation, user, Confirmation.Outcome.ACCEPTED)
    except Refused as why:
        messages.error(request, str(why.sentence))
        return HttpResponseRedirect(reverse("library_work:finding", args=[document.code, key]))
    return _on(request, document, user, key)


def _reject(request: HttpRequest, document: Document, user: User, key: str) -> HttpResponse:
    try:
        actions.reject_finding(document=document, key=key, by=user)
    except actions.AlreadyDecided as there:
        _say_decided(request, there.confirmation, user, Confirmation.Outcome.REJECTED)
    except actions.NoSuchFinding:
        raise Http404 from None
    return _on(request, document, user, key)


def _undo(request: HttpRequest, document: Document, user: User, key: str) -> HttpResponse:
    try:
        actions.undo_decision(document=document, key=key, by=user)
    except Refused as why:
        messages.error(request, str(why.sentence))
    return _back(document, key)


def _all(request: HttpRequest, document: Document, user: User, wish: str) -> HttpResponse:
    if wish == "sure":
        number = actions.accept_sure(document=document, by=user)
        messages.success(request, ngettext("%(number)d was accepted.", "%(number)d were accepted.", number) % {"number": number})
    elif wish == "rest":
        number = actions.reject_rest(document=document, by=user)
        messages.success(request, ngettext("%(number)d was rejected.", "%(number)d were rejected.", number) % {"number": number})
    elif wish == "undo":
        actions.undo_all(document=document, by=user)
        messages.success(request, _("Everything that was decided on this document is taken back."))
    elif wish == "take_out":
        if actions.take_out(document=document, by=user):
            messages.success(request, _("The document is taken out of the library. Its file is deleted."))
            return HttpResponseRedirect(reverse("library_work:list"))
        messages.warning(request, _("The document is hidden. It is not deleted, because something on this node points to it."))
        return _back(document)
    elif wish == "put_back":
        actions.put_back(document=document, by=user)
        messages.success(request, _("The document is public again."))
        return _back(document)
    return _on(request, document, user, "")


def _say_decided(request: HttpRequest, confirmation: Confirmation, user: User, wished: str) -> None:
    """Tells who comes second; a button pressed twice by the same person needs no words."""
    if confirmation.decided_by_id == user.pk and confirmation.outcome == wished:
        return
    said = {
        Confirmation.Outcome.ACCEPTED: _("Already accepted by %(name)s."),
        Confirmation.Outcome.CORRECTED: _("Already corrected by %(name)s."),
        Confirmation.Outcome.REJECTED: _("Already rejected by %(name)s."),
        Confirmation.Outcome.ADDED: _("Already added by %(name)s."),
    }[Confirmation.Outcome(confirmation.outcome)]
    messages.warning(request, said % {"name": confirmation.decided_by.name})


def _back(document: Document, key: str = "", part: int = 1) -> HttpResponse:
    tail = (f"?part={part}" if part > 1 else "") + (f"#f-{key}" if key else "")
    return HttpResponseRedirect(reverse("library_work:review", args=[document.code]) + tail)


def _on(request: HttpRequest, document: Document, user: User, key: str) -> HttpResponse:
    """To the next finding on which nobody has decided; says so when there is none."""
    document = document_to_check(document.code)
    check = check_of(document, user)
    if document.is_checked:
        messages.success(request, _("This document is checked. Thank you."))
        return _back(document)
    following = check.after(key)
    parts = paper_of(document, (line.finding for line in check.lines)).part_of
    return _back(document, following, parts.get(following, 1))


@requires(Permission.KEEP_LIBRARY)
@require_http_methods(["GET", "HEAD", "POST"])
def finding(request: HttpRequest, code: str, key: str) -> HttpResponse:
    """Correcting one finding, or choosing which record it is."""
    document, user = document_to_check(code), person_of(request)
    line = line_of(document, key, user)
    if line.decided is not None and request.method != "POST":
        return _back(document, key)
    asked = {"inputs": line.inputs, "candidates": line.candidates, "chosen": line.chosen, "initial": line.proposed.facts}
    form, look = _forms(request, findings.taker_of(line.finding.field), user, asked)
    if form.is_valid():
        try:
            actions.accept_finding(document=document, key=key, facts=form.facts(), target=form.target(), by=user)
        except Refused as why:
            form.say(why)
        except actions.AlreadyDecided as there:
            _say_decided(request, there.confirmation, user, Confirmation.Outcome.CORRECTED)
            return _back(document, key)
        else:
            return _on(request, document, user, key)
    context = {"document": document, "form": form, "look": look, "line": line, "taker": findings.taker_of(line.finding.field)}
    context["excerpt"] = excerpt_of(document.text, line.finding)
    return render(request, "library/finding.html", context)


@requires(Permission.KEEP_LIBRARY)
@require_http_methods(["GET", "HEAD", "POST"])
def add(request: HttpRequest, code: str) -> HttpResponse:
    """What the reading missed, with the words of the document that say it."""
    document, user = document_to_check(code), person_of(request)
    field = request.GET.get("field", "")
    takers = [taker for taker in findings.takers() if taker.inputs(user)]
    taker = next((each for each in takers if each.field == field), None)
    if taker is None:
        return render(request, "library/add.html", {"document": document, "takers": takers, "taker": None})
    form, look = _forms(request, taker, user, _asked_of_added(request, document, taker, user))
    quote = QuoteForm(request.POST or None, text=document.text, initial={"words": request.GET.get("words", "")[:1_000]})
    if form.is_valid() and quote.is_valid():
        try:
            actions.add_finding(document=document, field=field, facts=form.facts(), target=form.target(), at=quote.at, by=user)
        except Refused as why:
            form.say(why)
        except actions.AlreadyDecided as there:
            _say_decided(request, there.confirmation, user, Confirmation.Outcome.ADDED)
            return _back(document, there.confirmation.key)
        else:
            messages.success(request, _("It is added."))
            return _on(request, document, user, "")
    context = {"document": document, "takers": takers, "taker": taker, "form": form, "look": look, "quote": quote}
    return render(request, "library/add.html", context)


def _forms(request: HttpRequest, taker: findings.Taker, user: User, asked: dict[str, Any]) -> tuple[FindingForm, LookForm | None]:
    """The boxes, and the box in which another record is looked for. While somebody looks, what she has written stays and is not yet
    sent: the form is not bound, and so never valid."""
    if not isinstance(taker, findings.Choosing):
        return FindingForm(request.POST or None, **asked), None
    look = LookForm(request.POST or None)
    words = look.words()
    found = taker.look_for(words, user) if words else []
    proposed = list(asked.get("candidates", ()))
    known = {each.target for each in proposed}
    asked = {**asked, "candidates": [*proposed, *(each for each in found if each.target not in known)]}
    if not look.wants_to_look():
        return FindingForm(request.POST or None, **asked), look
    waiting = FindingForm(**{**asked, "initial": request.POST.dict(), "chosen": None})
    if look.errors:
        return waiting, look
    if found:
        messages.success(request, _("Choose below which record it is."))
    elif words:
        messages.warning(request, _("No record has these words. Try fewer of them, or another spelling."))
    else:
        messages.warning(request, _("Write a part of its name, in any of its languages, and look."))
    return waiting, LookForm(initial={"other": words, "looked": words})


def _asked_of_added(request: HttpRequest, document: Document, taker: findings.Taker, user: User) -> dict[str, Any]:
    """The boxes, and, once something is written in them, the records that it may be."""
    inputs = taker.inputs(user)
    if request.method != "POST":
        return {"inputs": inputs}
    said = {each.name: request.POST.get(each.name, "") for each in inputs}
    written = replace(by_hand(document, taker.field, taker.field, taken=taken_from(document)), read=said)
    candidates = taker.propose([written], user)[0].candidates
    return {"inputs": inputs, "candidates": candidates, "chosen": None}
