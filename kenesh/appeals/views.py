"""The public form, the receipt, and coming back with it. Nothing here needs an account, JavaScript or a name."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from typing import Any

import segno
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from kenesh.appeals import actions, drafts, queries, steps, wording
from kenesh.appeals.forms import YES, AnswerForm, DangerForm, MessageForm, ReceiptForm, StepForm, WhatForm, WhereForm, WhoForm
from kenesh.followup import queries as followup
from kenesh.kernel.access import public
from kenesh.kernel.middleware import holds_secret
from kenesh.kernel.stretching import Busy
from kenesh.people.queries import offices_that_take_appeals

WHY = "anybody may ask for help; what is typed is sealed under the browser's own cookie"
WHY_RECEIPT = "opens only with a receipt, at the same cost for a wrong one"

STEPS_OF_FORM: dict[str, type[StepForm]] = {
    "what": WhatForm,
    "danger": DangerForm,
    "where": WhereForm,
    "who": WhoForm,
    "answer": AnswerForm,
}


# --- the form ---------------------------------------------------------------------------------------------------------


def _draft(request: HttpRequest) -> drafts.OpenDraft | None:
    return drafts.load(request.COOKIES.get(settings.DRAFT_COOKIE_NAME, ""))


def _language() -> str:
    return get_language() or settings.LANGUAGE_CODE


def _path(draft: drafts.OpenDraft | None) -> list[str]:
    """The pages that this person goes through: a short way for somebody in danger."""
    if draft is not None and draft.answers.get("danger") == YES:
        return ["what", "danger", "answer"]
    return ["what", "where", "who", "answer"]


def _private(response: HttpResponse) -> HttpResponse:
    """Pages of the form are kept by no cache: the next person at this phone sees nothing of them."""
    response.headers["Cache-Control"] = "no-store"
    return response


def _set_cookie(response: HttpResponse, name: str, value: bytes) -> HttpResponse:
    response.set_cookie(name, value.hex(), secure=settings.HTTPS, httponly=True, samesite="Strict")
    return response


def _form(step: str, data: Any, answers: dict[str, Any]) -> StepForm:
    kind = STEPS_OF_FORM[step]
    initial = {"consents": [steps.WORK_ON_CASE], **answers}
    if kind is AnswerForm:
        return AnswerForm(data, initial=initial, offices=offices_that_take_appeals())
    return kind(data, initial=initial)


def _step_view(step: str) -> Callable[[HttpRequest], HttpResponseBase]:
    """The view of one page of the form: shows it, keeps its answers in the draft, goes to the next."""

    @public(WHY)
    @sensitive_post_parameters()
    def view(request: HttpRequest) -> HttpResponse:
        draft = _draft(request)
        if draft is None and step != "what":
            return _lost(request)
        if step == "what" and not offices_that_take_appeals():
            return render(request, "appeals/no_office.html", status=503)
        if step == "what" and request.method == "GET" and draft is not None and draft.filed is not None:
            draft = None  # an appeal that was sent is nobody's to see who opens the form anew on this phone
        form = _form(step, request.POST if request.method == "POST" else None, draft.answers if draft else {})
        if request.method == "POST" and form.is_valid():
            try:
                draft = _next_draft(draft, form, begins=step == "what")
            except Busy:
                return _wait(request, form)
            return _set_cookie(HttpResponseRedirect(_after(step, draft)), settings.DRAFT_COOKIE_NAME, draft.secret)
        path = _path(draft)
        number = path.index(step) + 1 if step in path else 1
        before = reverse(f"appeals:{path[number - 2]}") if number > 1 else ""
        context = {"form": form, "step": step, "number": number, "total": len(path) + 1, "before": before}
        return _private(render(request, f"appeals/form_{step}.html", context, status=422 if form.errors else 200))

    view.__name__ = view.__qualname__ = f"form_{step}"
    return view


def _next_draft(draft: drafts.OpenDraft | None, form: StepForm, *, begins: bool) -> drafts.OpenDraft:
    """The draft with the answers of one more page. Raises Busy when too many forms are open.

    Its secret is a new one at each page: whoever put a cookie into this browser before, or copied one, holds an old one,
    and the receipt is made of the last. A draft that was sent keeps its secret, since its receipt is made of it; but other
    words on the first page begin another appeal.
    """
    answers = form.answers()
    same = draft is not None and all(draft.answers.get(name) == value for name, value in answers.items())
    if draft is None or (begins and draft.filed is not None and not same):
        draft = drafts.new()
    else:
        draft = drafts.renewed(draft)
    draft.answers.update(answers)
    drafts.save(draft)
    return draft


def _wait(request: HttpRequest, form: StepForm) -> HttpResponse:
    """Asks to wait, with everything that was typed in the page, ready to be sent again."""
    fields = [(name, value) for name in form.fields for value in request.POST.getlist(name)]
    response = render(request, "appeals/wait.html", {"address": request.path, "fields": fields}, status=503)
    response.headers["Retry-After"] = "5"
    return _private(response)


def _after(step: str, draft: drafts.OpenDraft) -> str:
    path = _path(draft)
    position = path.index(step) + 1 if step in path else 1
    return reverse(f"appeals:{path[position]}" if position < len(path) else "appeals:check")


def _lost(request: HttpRequest) -> HttpResponse:
    messages.warning(
        request,
        _(
            "Your answers are no longer here: they are deleted after two hours, or your browser keeps no cookies. Please start again."
        ),
    )
    return HttpResponseRedirect(reverse("appeals:what"))


form_what, form_danger, form_where, form_who, form_answer = (_step_view(step) for step in STEPS_OF_FORM)


@public(WHY)
def check(request: HttpRequest) -> HttpResponse:
    """All answers on one page, each with a way back to it."""
    draft = _draft(request)
    if draft is None or "consents" not in draft.answers:
        return _lost(request)
    return _private(render(request, "appeals/check.html", _check_context(draft)))


def _check_context(draft: drafts.OpenDraft) -> dict[str, Any]:
    sections = []
    for step in _path(draft):
        form = _form(step, None, draft.answers)
        rows = [(field.label, wording.answer_in_words(field, draft.answers.get(field.name))) for field in form]
        sections.append({"step": step, "address": reverse(f"appeals:{step}"), "rows": [row for row in rows if row[1]]})
    return {"sections": sections, "number": len(sections) + 1, "total": len(sections) + 1, "before": reverse("appeals:answer")}


@public(WHY)
@require_POST
def send(request: HttpRequest) -> HttpResponse:
    """Files the draft. Sent again, it shows the same receipt; sent again with other answers, it offers them as a message."""
    draft = _draft(request)
    if draft is None or "consents" not in draft.answers:
        return _lost(request)
    if draft.filed is not None:
        return HttpResponseRedirect(reverse("appeals:receipt" if draft.filed == draft.answers else "appeals:difference"))
    try:
        office = actions.choose_office(answers=draft.answers, offices=offices_that_take_appeals())
        actions.file_appeal(draft=draft, office=office, language=_language())
    except actions.NoOffice:
        return _private(render(request, "appeals/no_office.html", status=503))
    except Busy:
        response = render(request, "appeals/wait.html", {"address": reverse("appeals:send"), "fields": []}, status=503)
        response.headers["Retry-After"] = "5"
        return _private(response)
    return HttpResponseRedirect(reverse("appeals:receipt"))


@public(WHY)
def receipt(request: HttpRequest) -> HttpResponse:
    """The 20 digits, made again out of the draft's secret; shown until "I have written it down"."""
    draft = _draft(request)
    if draft is None or draft.filed is None:
        return _lost(request)
    digits = draft.receipt
    # The code holds the digits and nothing else: found on a phone, it names no address.
    picture = segno.make(digits, error="m").svg_data_uri(scale=4, border=2, dark="#000", light="#fff")
    groups = [digits[i : i + 4] for i in range(0, 20, 4)]
    return holds_secret(render(request, "appeals/receipt.html", {"groups": groups, "picture": picture}))


@public(WHY)
@require_POST
def written(request: HttpRequest) -> HttpResponse:
    """The person has her receipt: the draft and its cookie go."""
    draft = _draft(request)
    if draft is not None and draft.filed is not None:
        drafts.forget(draft)
    response = HttpResponseRedirect(reverse("appeals:done"))
    response.delete_cookie(settings.DRAFT_COOKIE_NAME, samesite="Strict")
    return response


@public("says how to come back, and nothing else")
def done(request: HttpRequest) -> HttpResponse:
    return render(request, "appeals/done.html")


@public(WHY)
def difference(request: HttpRequest) -> HttpResponse:
    """The appeal was sent already; what has changed since can be added as a message."""
    draft = _draft(request)
    if draft is None or draft.filed is None:
        return _lost(request)
    rows = _differences(draft)
    if request.method == "POST" and rows:
        try:
            cookie, _receipt = actions.open_with_receipt(digits=draft.receipt)
        except Busy:
            return _private(render(request, "appeals/wait.html", {"address": request.path, "fields": []}, status=503))
        holder = actions.holder_of(cookie.hex())
        if holder is not None:
            text = "\n".join(f"{label}: {value}" for label, value in rows)
            actions.write_message(holder=holder, text=text, request_key=draft.request_key(text))
        actions.close_receipt(cookie=cookie.hex())
        draft.filed = dict(draft.answers)
        drafts.save(draft)
        return HttpResponseRedirect(reverse("appeals:receipt"))
    return _private(render(request, "appeals/difference.html", {"rows": rows}))


def _differences(draft: drafts.OpenDraft) -> list[tuple[str, str]]:
    rows = []
    for step in _path(draft):
        for field in _form(step, None, draft.answers):
            now, before = draft.answers.get(field.name), (draft.filed or {}).get(field.name)
            if now != before:
                rows.append((str(field.label), wording.answer_in_words(field, now) or "–"))
    return rows


# --- coming back ------------------------------------------------------------------------------------------------------


def _holder(request: HttpRequest) -> actions.Holder | None:
    return actions.holder_of(request.COOKIES.get(settings.STATUS_COOKIE_NAME, ""))


def _to_status(request: HttpRequest) -> HttpResponse:
    messages.warning(request, _("This page has closed itself. Please write the digits of your receipt again."))
    return HttpResponseRedirect(reverse("appeals:status"))


@public(WHY_RECEIPT)
@sensitive_post_parameters()
def status(request: HttpRequest) -> HttpResponse:
    """Asks for the receipt. A wrong one costs what a right one costs, and says nothing of what exists."""
    form = ReceiptForm(request.POST or None)
    code = 200
    if request.method == "POST":
        code = 422
        if form.is_valid():
            try:
                cookie, _receipt = actions.open_with_receipt(digits=form.cleaned_data["receipt"])
            except actions.NotOpen:
                form.add_error(
                    "receipt", _("No appeal opens with these digits. Please compare each group with what you wrote down.")
                )
            except Busy:
                form.add_error(
                    None, _("Many people are here at this moment. Please wait some seconds and send the digits again.")
                )
                code = 503
            else:
                response = HttpResponseRedirect(reverse("appeals:open"))
                return _set_cookie(response, settings.STATUS_COOKIE_NAME, cookie)
    return holds_secret(render(request, "appeals/status.html", {"form": form}, status=code))


@public(WHY_RECEIPT)
@sensitive_post_parameters()
def opened(request: HttpRequest) -> HttpResponse:
    """What is new, the steps so far, the talk, what came of it, and what the person may do."""
    holder = _holder(request)
    if holder is None:
        return _to_status(request)
    form = MessageForm(request.POST or None, initial={"key": uuid.uuid4()})
    if request.method == "POST" and form.is_valid():
        try:
            actions.write_message(holder=holder, text=form.cleaned_data["text"], request_key=form.cleaned_data["key"])
        except actions.Erasing:
            form.add_error(None, _("Everything is being erased. Stop the erasing first if you want to write."))
        else:
            messages.success(request, _("Your message is with the office."))
            return HttpResponseRedirect(reverse("appeals:open"))
    view = queries.status_view(holder.opened, seen=actions.seen_until(holder))
    results = followup.results_for_problems(view.problems, language=_language())
    context = {
        "form": form,
        "view": view,
        "problems": queries.problems_behind(view.problems),
        "results": results,
        "appeal": holder.opened.appeal,
        "office": holder.opened.appeal.office,
    }
    response = holds_secret(render(request, "appeals/opened.html", context, status=422 if form.errors else 200))
    if view.news and not form.errors:
        actions.mark_seen(holder=holder, number=view.last)
    return response


@public(WHY_RECEIPT)
def story(request: HttpRequest) -> HttpResponse:
    """What was sent, on a second step: the status page alone does not show it to somebody who looks over a shoulder."""
    holder = _holder(request)
    if holder is None:
        return _to_status(request)
    return holds_secret(render(request, "appeals/story.html", {"rows": wording.answers_in_words(holder.opened.answers())}))


@public(WHY_RECEIPT)
@require_POST
def consent(request: HttpRequest, code: str) -> HttpResponse:
    """Gives or takes back one consent."""
    holder = _holder(request)
    if holder is None:
        return _to_status(request)
    if code in steps.CONSENTS:
        given = request.POST.get("given") == YES
        try:
            actions.set_consent(holder=holder, code=code, given=given, language=_language())
        except actions.Erasing:
            messages.warning(request, _("Everything is being erased. Stop the erasing first if you want to change this."))
        else:
            messages.success(request, _("Thank you. This is noted.") if given else _("You have taken this back."))
    return HttpResponseRedirect(reverse("appeals:open"))


@public(WHY_RECEIPT)
def erase(request: HttpRequest) -> HttpResponse:
    """Explains what erasing means; asks for it, or stops it."""
    holder = _holder(request)
    if holder is None:
        return _to_status(request)
    if request.method == "POST":
        if request.POST.get("what") == "stop":
            actions.cancel_erasure(holder=holder)
            messages.success(request, _("The erasing is stopped. Everything is as it was."))
        else:
            actions.request_erasure(holder=holder)
            messages.success(request, _("Nobody but you can open your appeal now. It is destroyed after three days."))
        return HttpResponseRedirect(reverse("appeals:open"))
    return holds_secret(render(request, "appeals/erase.html", {"appeal": holder.opened.appeal}))


@public(WHY_RECEIPT)
@require_POST
def close(request: HttpRequest) -> HttpResponse:
    """Closes the opened receipt at once."""
    actions.close_receipt(cookie=request.COOKIES.get(settings.STATUS_COOKIE_NAME, ""))
    response = HttpResponseRedirect(reverse("appeals:status"))
    response.delete_cookie(settings.STATUS_COOKIE_NAME, samesite="Strict")
    response.headers["Clear-Site-Data"] = '"cache"'
    return response
