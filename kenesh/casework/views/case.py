"""The first tab of a case: the talk, notes, where it stands, the public problem behind which it stands."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from kenesh.casework import actions, queries, quoting, readers, timeline
from kenesh.casework.forms import AnswerForm, AssignForm, LinkProblemForm, StepForm, TextForm, in_sections
from kenesh.casework.models import OPEN, Deadline, Status, WaitsFor
from kenesh.casework.opening import OpenCase, Opened, open_case
from kenesh.casework.rules import Permission
from kenesh.casework.views.money import warn_of_open_matters
from kenesh.casework.views.page import address, closed_to_us, new_key, opened_appeals, opened_case, posted, read, show
from kenesh.kernel.access import requires
from kenesh.people.keyring import KeyMissing
from kenesh.people.middleware import keys_of, person_of, with_keys

WHOM = "whom"  # the button beside the list of those for whom a case can wait


def work_tab(request: HttpRequest, opened: OpenCase, **replaced: forms.Form) -> HttpResponse:
    return _work(request, opened, [], replaced)


def _work(
    request: HttpRequest, opened: OpenCase, running: list[Opened[Deadline]], replaced: dict[str, forms.Form]
) -> HttpResponse:
    """`running`: deadlines that the closing of the case would leave open, which is asked about first."""
    case, whom = opened.case, readers.whom(opened, keys_of(request))
    context: dict[str, Any] = {
        **_timeline(request, opened),
        "notes": opened.notes(),
        "statuses": [(status.value, status.label) for status in (Status.OFFICE, Status.PERSON)],
        "others": [(Status.OTHERS.value, Status.OTHERS.label), *WaitsFor.choices],
        "waits_for": opened.waits_for() or case.status,
        "whom": whom,
        "answer_form": AnswerForm(initial=new_key(), prefix="answer", whom=whom),
        "note_form": TextForm(initial=new_key(), prefix="note"),
        "link_form": LinkProblemForm(problems=queries.problems_to_link(), prefix="link"),
        "assign_form": AssignForm(
            caseworkers=queries.may_be_given(case),
            initial={"assignee": case.assignee.uid if case.assignee else None},
            prefix="assign",
        ),
        "step_form": StepForm(initial=new_key(), prefix="step"),
        "form": next(iter(replaced.values()), None),
        "running": running,
        **replaced,
    }
    context["linked"] = dict.fromkeys(code for one in context["appeals"] if one["view"] for code in one["view"].problems)
    context["quoted"] = [] if case.restricted else _quoted(context["appeals"])
    context["step_first"], context["step_sections"] = in_sections(context["step_form"])
    return show(request, opened, "case", "casework/case.html", context, status=422 if replaced or running else 200)


def _quoted(appeals: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Of each appeal that stands behind a public problem: what is quoted of it, or would be."""
    return [
        {"appeal": one["appeal"], "who": one["who"], "quotations": quoting.quotations(one["appeal"], one["view"].quotations)}
        for one in appeals
        if one["view"] is not None and one["view"].problems
    ]


def _timeline(request: HttpRequest, opened: OpenCase) -> dict[str, Any]:
    """What happened, of one kind when the address asks for it, with the sums of the steps."""
    appeals = opened_appeals(request, opened)
    steps = [opened.open(row) for row in opened.case.steps.order_by("id")]
    items = timeline.timeline(opened, appeals, steps)
    kind = request.GET.get("kind", "")
    kinds = [(code, label) for code, label in timeline.KINDS.items() if any(item.kind == code for item in items)]
    shown = [item for item in items if not kind or item.kind == kind] if kind in timeline.KINDS else items
    return {"appeals": appeals, "timeline": shown, "timeline_kinds": kinds, "timeline_kind": kind, "sums": timeline.sums(steps)}


@requires(Permission.WORK_ON_CASES)
@with_keys
def case_page(request: HttpRequest, code: str) -> HttpResponse:
    return read(request, code, work_tab)


@requires(Permission.WORK_ON_CASES)
@require_POST
@with_keys
@sensitive_post_parameters()
def answer(request: HttpRequest, code: str) -> HttpResponse:
    def make(opened: OpenCase) -> AnswerForm:
        return AnswerForm(request.POST, prefix="answer", whom=readers.whom(opened, keys_of(request)))

    def act(opened: OpenCase, form: AnswerForm) -> None:
        data = form.cleaned_data
        try:
            actions.answer(keyring=keys_of(request), case=opened.case, text=data["text"], key=data["key"], to=form.chosen())
        except readers.NobodyThere:
            form.add_error(None, _("Nobody could read this answer, so it was not sent. Your text is kept below."))

    def said(form: AnswerForm) -> str:
        names = form.names()
        return (
            _("Your answer is there for: %(names)s.") % {"names": names} if names else _("Your answer is there for the person.")
        )

    return posted(
        request,
        code,
        tab=work_tab,
        form_name="answer_form",
        make=make,
        act=act,
        said=said,
        back=("case", "talk"),
    )


@requires(Permission.WORK_ON_CASES)
@require_POST
@with_keys
@sensitive_post_parameters()
def note(request: HttpRequest, code: str) -> HttpResponse:
    def act(opened: OpenCase, form: TextForm) -> None:
        data = form.cleaned_data
        actions.add_note(keyring=keys_of(request), case=opened.case, text=data["text"], key=data["key"])

    return posted(
        request,
        code,
        tab=work_tab,
        form_name="note_form",
        make=lambda opened: TextForm(request.POST, prefix="note"),
        act=act,
        said=_("The note is kept."),
        back=("case", "notes"),
    )


@requires(Permission.WORK_ON_CASES)
@require_POST
@with_keys
def link_problem(request: HttpRequest, code: str) -> HttpResponse:
    def act(opened: OpenCase, form: LinkProblemForm) -> None:
        try:
            actions.link_problem(keyring=keys_of(request), case=opened.case, problem=form.cleaned_data["problem"])
        except readers.NobodyThere:
            form.add_error("problem", _("No appeal of this case can hold the link. Issue a receipt to somebody of it first."))

    return posted(
        request,
        code,
        tab=work_tab,
        form_name="link_form",
        make=lambda opened: LinkProblemForm(request.POST, problems=queries.problems_to_link(), prefix="link"),
        act=act,
        said=_("The person finds with her receipt what comes of this problem."),
        back=("case", "problems"),
    )


@requires(Permission.WORK_ON_CASES)
@require_POST
@with_keys
def unlink_problem(request: HttpRequest, code: str, problem: str) -> HttpResponse:
    """The case stood behind this problem by mistake."""
    try:
        case = opened_case(request, code).case
        actions.unlink_problem(keyring=keys_of(request), case=case, code=problem)
    except KeyMissing:
        return closed_to_us(request)
    except actions.NotBehind:
        raise Http404 from None
    messages.success(request, _("The case stands behind this problem no more. The person reads that with her receipt."))
    return HttpResponseRedirect(address(case, "case") + "#problems")


@requires(Permission.WORK_ON_CASES)
@with_keys
def here(request: HttpRequest, code: str) -> HttpResponse:
    """The page is still being read: colleagues see that. A GET, since a POST that meets a locked session would be kept."""
    actions.notice_presence(keyring=keys_of(request), case=queries.case_for_caseworker(person_of(request), code))
    return HttpResponse(status=204)


def _tell_what_changed(request: HttpRequest, opened: OpenCase) -> None:
    """Where a case stands, the last word counts; who says it is told what a colleague had set since the page was shown."""
    case = opened.case
    seen, now = request.POST.get("seen_assignee"), case.assignee.uid.hex if case.assignee else ""
    if seen is not None and seen != now:
        name = case.assignee.name if case.assignee else _("nobody")
        messages.warning(
            request, _("Meanwhile a colleague had given this case to: %(name)s. Now your choice counts.") % {"name": name}
        )
    seen = request.POST.get("seen_status")
    if seen is not None and seen != (opened.waits_for() or case.status):
        stood = {"status": opened.stands()}
        messages.warning(request, _("Meanwhile it stood otherwise: %(status)s. Now your choice counts.") % stood)


@requires(Permission.WORK_ON_CASES)
@require_POST
@with_keys
def assign(request: HttpRequest, code: str) -> HttpResponse:
    def act(opened: OpenCase, form: AssignForm) -> None:
        _tell_what_changed(request, opened)
        actions.assign(keyring=keys_of(request), case=opened.case, to=form.cleaned_data["assignee"])

    return posted(
        request,
        code,
        tab=work_tab,
        form_name="assign_form",
        make=lambda opened: AssignForm(request.POST, caseworkers=queries.may_be_given(opened.case), prefix="assign"),
        act=act,
        said=_("This is noted."),
        back=("case", ""),
    )


@requires(Permission.WORK_ON_CASES)
@require_POST
@with_keys
def waiting(request: HttpRequest, code: str) -> HttpResponse:
    """Who waits for whom; closing; opening again."""
    case = queries.case_for_caseworker(person_of(request), code)
    status = request.POST.get("status", "")
    status = request.POST.get("whom", "") if status == WHOM else status
    try:
        opened = open_case(case, keys_of(request))
        if status == Status.CLOSED and case.status != Status.CLOSED:
            running = [one for one in opened.next_deadlines() if not one.row.done]
            if running and request.POST.get("running") != str(len(running)):
                return _work(request, opened, running, {})
        _tell_what_changed(request, opened)
        if status == Status.CLOSED:
            actions.close_case(keyring=keys_of(request), case=case)
            messages.success(request, _("The case is closed, and the person is told. If she writes, it opens again."))
            warn_of_open_matters(request, case)
        elif status == "reopen":
            actions.reopen_case(keyring=keys_of(request), case=case)
            messages.success(request, _("The case is open again."))
        elif status in (*OPEN, *WaitsFor):
            whom = status if status in WaitsFor else ""
            actions.set_waiting(
                keyring=keys_of(request), case=case, status=Status.OTHERS if whom else Status(status), waits_for=whom
            )
            messages.success(request, _("This is noted."))
    except KeyMissing:
        return closed_to_us(request)
    return HttpResponseRedirect(address(case))
