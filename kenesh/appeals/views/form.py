"""The public form and the receipt. Nothing here needs an account, JavaScript or a name."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.middleware.csrf import rotate_token
from django.shortcuts import render
from django.template.defaultfilters import linebreaksbr
from django.urls import reverse
from django.utils import timezone
from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from kenesh.appeals import actions, attachments, drafts, first_answer, floods, wording
from kenesh.appeals.digits import digits_in_groups, picture_of
from kenesh.appeals.forms import YES, AnswerForm, DangerForm, Offices, StepForm, WhatForm, WhereForm, WhoForm
from kenesh.appeals.views.page import language, private, set_cookie
from kenesh.appeals.views.proof import pass_or_wait
from kenesh.appeals.views.questions import answered, empty_page, page
from kenesh.kernel.access import public
from kenesh.kernel.clients import network_of
from kenesh.kernel.kept import kept_page
from kenesh.kernel.middleware import holds_secret
from kenesh.kernel.stretching import Busy
from kenesh.people.queries import NamedOffice, names_of_offices_that_take_appeals, offices_that_take_appeals
from kenesh.themes import dates

WHY = "anybody may ask for help; what is typed is sealed under the browser's own cookie"

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


def _path(draft: drafts.OpenDraft | None) -> list[str]:
    """The pages that this person goes through: a short way for somebody in danger."""
    if draft is not None and draft.answers.get("danger") == YES:
        return ["what", "danger", "answer"]
    return ["what", "where", "who", "answer"]


def _step_view(step: str) -> Callable[[HttpRequest], HttpResponseBase]:
    """The view of one page of the form: shows it, keeps its answers in the draft, goes to the next."""

    @public(WHY)
    @sensitive_post_parameters()
    def view(request: HttpRequest) -> HttpResponse:
        draft = _draft(request)
        if draft is None and step != "what":
            return _lost(request)
        offices = names_of_offices_that_take_appeals() if step in ("what", "answer") else ()
        wished = wished_office(request, offices) if step == "what" else None
        if step == "what" and not offices:
            return render(request, "appeals/no_office.html", status=503)
        if step == "what" and request.method == "GET" and draft is not None and draft.filed is not None:
            draft = None  # an appeal that was sent is nobody's to see who opens the form anew on this phone
        answers = draft.answers if draft else {}
        path = _path(draft)
        number = path.index(step) + 1 if step in path else 1
        before = reverse(f"appeals:{path[number - 2]}") if number > 1 else ""
        progress: dict[str, Any] = {"number": number, "total": len(path) + 1, "before": before}
        if draft is not None and draft.whole:
            progress = {"before": reverse("appeals:check")}
        if wished is not None:
            progress["wished"] = wished
        kind, shown = STEPS_OF_FORM[step], Offices(offices)
        if request.method != "POST" and not answered(kind, answers):
            return empty_page(request, step, kind, shown, **progress)
        form = kind.of(shown, data=request.POST if request.method == "POST" else None, answers=answers)
        if form.is_bound and form.is_valid():
            try:
                draft = next_draft(draft, form, begins=step == "what", wished=wished)
            except Busy:
                return wait(request, form)
            return set_cookie(HttpResponseRedirect(_after(step, draft)), settings.DRAFT_COOKIE_NAME, draft.secret)
        return page(request, step, form, **progress)

    view.__name__ = view.__qualname__ = f"form_{step}"
    return view


def wished_office(request: HttpRequest, offices: Sequence[NamedOffice]) -> NamedOffice | None:
    """The office from whose page somebody came. She can choose another one before she sends."""
    return next((office for office in offices if office.code == request.GET.get("office")), None)


def next_draft(
    draft: drafts.OpenDraft | None, form: StepForm, *, begins: bool, whole: bool = False, wished: NamedOffice | None = None
) -> drafts.OpenDraft:
    """The draft with the answers of one more page; `whole`: of all questions at once. Raises Busy when too many forms are open.

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
    draft.whole = draft.whole or whole
    draft.answers.update(answers)
    if wished is not None:
        draft.answers["office"] = wished.code
    drafts.save(draft)
    return draft


def wait(request: HttpRequest, form: StepForm) -> HttpResponse:
    """Asks to wait, with everything that was typed in the page, ready to be sent again."""
    fields = [(name, value) for name in form.fields for value in request.POST.getlist(name)]
    response = render(request, "appeals/wait.html", {"address": request.path, "fields": fields}, status=503)
    response.headers["Retry-After"] = "5"
    return private(response)


def _after(step: str, draft: drafts.OpenDraft) -> str:
    path = _path(draft)
    position = path.index(step) + 1 if step in path else 1
    done = draft.whole or position >= len(path)  # who has seen all questions changes one of them and is back
    return reverse("appeals:check" if done else f"appeals:{path[position]}")


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
    return check_page(request, draft)


def check_page(request: HttpRequest, draft: drafts.OpenDraft) -> HttpResponse:
    """The same page; also the answer to a form that has everything, since on a slow line a redirect takes seconds."""
    pages, files = _in_words(draft), attachments.files_in_draft(draft.answers)
    frame = {
        "total": 0 if draft.whole else len(pages) + 1,
        "before": reverse("appeals:all" if draft.whole else "appeals:answer"),
        "danger": draft.answers.get("danger") == YES,
        "any_files": bool(files),
        **_own_address(request, "check"),
    }
    own = {
        "answers": format_html_join("", "{}", ((_answers_of_page(*each, number),) for number, each in enumerate(pages, 1))),
        "files": format_html_join("", "<li>{}</li>", ((file.name,) for file in files)),
        "promise": conditional_escape(_promise(draft.answers)),
    }
    return private(kept_page(request, "appeals/check.html", frame=lambda: frame, depends_on=tuple(frame.values()), own=own))


def _promise(answers: dict[str, Any]) -> str:
    """Which office answers, and by when: by its own rule and the holidays of its country."""
    office = _office_of(answers)
    if office is None:
        return _("The office answers as soon as it can.")
    days = first_answer.days_of(office)
    told = ngettext(
        "%(office)s answers within %(number)s working day, on %(day)s at the latest. In danger, it answers as soon as it can.",
        "%(office)s answers within %(number)s working days, on %(day)s at the latest. In danger, it answers as soon as it can.",
        days,
    )
    last = first_answer.after(office.country, timezone.localdate(), days)
    return told % {"office": office, "number": days, "day": dates.day(last, language())}


def _office_of(answers: dict[str, Any]) -> NamedOffice | None:
    try:
        return actions.choose_office(answers=answers, offices=names_of_offices_that_take_appeals())
    except actions.NoOffice:
        return None


def _own_address(request: HttpRequest, name: str) -> dict[str, str]:
    """For a page that answers a post: its links to other languages lead to its own address, which a script puts into the
    browser's history in the place of what was sent."""
    request.path = reverse(f"appeals:{name}")
    return {"own_address": request.path if request.method == "POST" else ""}


def _answers_of_page(step: str, said: list[tuple[wording.Question, str]], number: int) -> SafeString:
    """A card of the page that shows all answers. Not a template: those of a whole form took a third of the page's time."""
    rows = [(question.label, linebreaksbr(words)) for question, words in said if words]
    return format_html(
        '<section class="card"><dl class="summary">{}</dl><p class="actions"><a class="button quiet" href="{}">{}</a></p></section>',
        format_html_join("", "<div><dt>{}</dt><dd>{}</dd></div>", rows or [(_("Nothing is filled in on this page."), "")]),
        reverse(f"appeals:{step}"),
        _("Change page %(number)s") % {"number": number},
    )


def _in_words(draft: drafts.OpenDraft) -> list[tuple[str, list[tuple[wording.Question, str]]]]:
    """Question and answer, by page: those of her way, and other pages of which something was answered (all of it goes out)."""
    asked = wording.questions()
    path, told, pages = _path(draft), set[str](), []
    for step, kind in STEPS_OF_FORM.items():
        names = [name for name in kind.base_fields if name in asked and name not in told]
        if step in path or any(draft.answers.get(name) for name in names):
            told.update(names)
            pages.append((step, [(asked[name], asked[name].in_words(draft.answers.get(name))) for name in names]))
    return pages


@public(WHY)
@require_POST
def send(request: HttpRequest) -> HttpResponse:
    """Files the draft. Sent again, it shows the same receipt; sent again with other answers, it offers them as a message."""
    draft = _draft(request)
    if draft is None or "consents" not in draft.answers:
        return _lost(request)
    if draft.filed is not None:
        changed = draft.filed != draft.answers
        return HttpResponseRedirect(reverse("appeals:difference")) if changed else _receipt_page(request, draft)
    passage = pass_or_wait(request, floods.FILING, secret=draft.secret)
    if passage.held is not None:
        return HttpResponseRedirect(reverse("appeals:turn"))
    try:
        office = actions.choose_office(answers=draft.answers, offices=offices_that_take_appeals())
        if actions.file_appeal(draft=draft, office=office, language=language()):
            floods.count(floods.FILING, passage, network=network_of(request))
    except actions.NoOffice:
        return private(render(request, "appeals/no_office.html", status=503))
    except Busy:
        response = render(request, "appeals/wait.html", {"address": reverse("appeals:send"), "fields": []}, status=503)
        response.headers["Retry-After"] = "5"
        return private(response)
    return _receipt_page(request, draft)


@public(WHY)
def receipt(request: HttpRequest) -> HttpResponse:
    """The 20 digits, made again out of the draft's secret; shown until "I have written it down"."""
    draft = _draft(request)
    if draft is None or draft.filed is None:
        return _lost(request)
    return _receipt_page(request, draft)


def _receipt_page(request: HttpRequest, draft: drafts.OpenDraft) -> HttpResponse:
    digits = draft.receipt
    helped = (draft.filed or {}).get("for_whom") == actions.SOMEBODY_ELSE
    own = {
        "groups": format_html_join(" ", "<span>{}</span>", ((group,) for group in digits_in_groups(digits))),
        "picture": conditional_escape(picture_of(digits)),
    }
    frame = {"helped": helped, **_own_address(request, "receipt")}
    page = kept_page(request, "appeals/receipt.html", frame=lambda: frame, depends_on=tuple(frame.values()), own=own)
    return holds_secret(page)


@public(WHY)
@require_POST
def written(request: HttpRequest) -> HttpResponse:
    """The person has her receipt: the draft and its cookie go.

    With a new token the browser's history sends no form of hers again, which would show what she wrote to the next person at
    this phone. Somebody who is signed in keeps the old one, for the forms in her other windows.
    """
    draft, way_back = _draft(request), reverse("appeals:done")
    if draft is not None and draft.filed is not None:
        if office := _office_of(draft.filed):
            way_back += f"?days={first_answer.days_of(office)}"
        drafts.forget(draft)
        if settings.SESSION_COOKIE_NAME not in request.COOKIES:
            rotate_token(request)
    response = HttpResponseRedirect(way_back)
    response.delete_cookie(settings.DRAFT_COOKIE_NAME, samesite="Strict")
    return response


@public("says how to come back, and nothing else")
def done(request: HttpRequest) -> HttpResponse:
    """`days` in the address: the working days within which the office answers, nothing else of what was sent."""
    days = request.GET.get("days", "")
    return render(request, "appeals/done.html", {"days": int(days) if re.fullmatch(r"[1-9]\d?", days, re.ASCII) else None})


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
            return private(render(request, "appeals/wait.html", {"address": request.path, "fields": []}, status=503))
        except actions.NotOpen:  # she has made digits of her own since
            messages.warning(request, _("These digits open nothing any more. Please write it with the newest ones."))
            return HttpResponseRedirect(reverse("appeals:status"))
        holder = actions.holder_of(cookie.hex())
        try:
            if holder is not None:
                text = "\n".join(f"{label}: {value}" for label, value in rows)
                actions.write_message(holder=holder, text=text, request_key=draft.request_key(text))
        except actions.Erasing:
            messages.warning(request, _("Everything is being erased. Stop the erasing first if you want to write."))
            return HttpResponseRedirect(reverse("appeals:status"))
        finally:
            actions.close_receipt(cookie=cookie.hex())
        draft.filed = dict(draft.answers)
        drafts.save(draft)
        return HttpResponseRedirect(reverse("appeals:receipt"))
    return private(render(request, "appeals/difference.html", {"rows": rows}))


def _differences(draft: drafts.OpenDraft) -> list[tuple[str, str]]:
    rows = []
    before = draft.filed or {}
    for _step, said in _in_words(draft):
        for each, words in said:
            if (
                draft.answers.get(each.name) != before.get(each.name) and each.name != actions.NOTICE
            ):  # the office does not read it
                rows.append((each.label, words or "–"))
    return rows
