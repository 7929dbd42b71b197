"""Pages of what stands beside a problem: its versions, its figures, its way to another body."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kenesh.kernel.access import requires
from kenesh.people.middleware import person_of
from kenesh.problems import actions, queries, rules
from kenesh.problems.forms import DeclineForm, EscalateForm, FigureForm, ProblemForm, TakeUpForm
from kenesh.problems.models import ProblemEscalation
from kenesh.problems.rules import Permission
from kenesh.problems.views.work import not_now, to_problem


@requires(Permission.SEE_PROBLEMS)
@require_safe
def version(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """What a version changed, word by word."""
    problem = queries.problem_for_work(person_of(request), code, timezone.localdate())
    page = queries.version_page(problem, number)
    questions = {name: field.label for name, field in ProblemForm.base_fields.items()}
    context = {"problem": problem, "page": page, "texts": [(questions[one.name], one) for one in page.texts]}
    return render(request, "problems/version.html", context)


@requires(Permission.SEE_PROBLEMS)
@require_http_methods(["GET", "HEAD", "POST"])
def add_figure(request: HttpRequest, code: str) -> HttpResponse:
    """One more figure, with its source."""
    user = person_of(request)
    problem = queries.problem_to_edit(user, code, timezone.localdate())
    form = FigureForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.add_figure(problem=problem, figure=form.figure(), request_key=form.cleaned_data["key"], by=user)
        except actions.NotNow:
            messages.error(request, not_now())
        else:
            messages.success(request, _("The figure stands beside the problem now."))
        return to_problem(problem)
    return render(request, "problems/figure.html", {"form": form, "problem": problem})


@requires(Permission.SEE_PROBLEMS)
@require_POST
def remove_figure(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    user = person_of(request)
    problem = queries.problem_to_edit(user, code, timezone.localdate())
    actions.remove_figure(figure=queries.figure_of(problem, pk), by=user)
    messages.success(request, _("The figure is taken away."))
    return to_problem(problem)


@requires(Permission.SEE_PROBLEMS)
@require_POST
def tally(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """What an organisation has counted itself: shown to everybody, hidden again, or removed, as the button says."""
    user, today = person_of(request), timezone.localdate()
    problem = queries.problem_for_work(user, code, today)
    may = queries.tally_for_work(user, problem, pk)
    do = request.POST.get("do", "")
    if do not in may.steps:
        raise Http404
    try:
        if do == "show":
            actions.show_tally(tally=may.tally, today=today, by=user)
            messages.success(request, _("The count is shown beside the name of the organisation."))
        elif do == "hide":
            actions.hide_tally(tally=may.tally, by=user)
            messages.success(request, _("The count is no longer shown."))
        else:
            actions.remove_tally(tally=may.tally, by=user)
            messages.success(request, _("The count is removed."))
    except actions.NotNow:
        messages.error(request, not_now())
    except actions.TooFew:
        messages.error(
            request,
            _(
                "This count is not shown: a number below five could be read from it, alone or beside a count that was shown before."
            ),
        )
    except actions.Overlaps:
        messages.error(
            request,
            _("This count is not shown: a part of its time is in a count that was shown before. Count the rest of the time."),
        )
    return to_problem(problem)


@requires(Permission.DECIDE_PROBLEM)
@require_http_methods(["GET", "HEAD", "POST"])
def escalate(request: HttpRequest, code: str) -> HttpResponse:
    """The secretary asks another body to take the problem up."""
    user, today = person_of(request), timezone.localdate()
    problem = queries.problem_to_decide(user, code, today)
    if not rules.may_escalate(user, problem):
        raise Http404
    form = EscalateForm(request.POST or None, bodies=queries.bodies_to_ask(problem))
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            actions.escalate_problem(
                problem=problem, body=form.chosen(), why=said["why"], today=today, request_key=said["key"], by=user
            )
        except actions.NotNow:
            messages.error(request, not_now())
        else:
            messages.success(request, _("The other body is asked. Its secretary takes the problem up, or says why not."))
        return to_problem(problem)
    return render(request, "problems/escalate.html", {"form": form, "problem": problem})


@requires(Permission.DECIDE_PROBLEM)
@require_http_methods(["GET", "HEAD", "POST"])
def escalation(request: HttpRequest, code: str) -> HttpResponse:
    """The secretary of the body that was asked reads the problem, takes it up or declines."""
    user, today = person_of(request), timezone.localdate()
    found = queries.escalation_to_answer(user, code)
    if found.status != ProblemEscalation.Status.ASKED:
        return _answered(request, found)
    to = request.POST.get("to", "")
    take = TakeUpForm(request.POST if to == "take" else None, into=queries.problems_to_answer_with(found), auto_id="take_%s")
    decline = DeclineForm(request.POST if to == "decline" else None, auto_id="decline_%s")
    form = decline if to == "decline" else take
    if request.method == "POST" and form.is_valid():
        try:
            if to == "decline":
                actions.decline_escalated(escalation=found, reason=decline.cleaned_data["reason"], today=today, by=user)
                messages.success(request, _("The other body reads that this one does not take the problem up, and why."))
            else:
                actions.take_up_escalated(escalation=found, into=take.chosen(), today=today, by=user)
                messages.success(request, _("The problem is taken up. What your body decides is shown on the page of both."))
        except actions.NotNow:
            messages.error(request, not_now())
        return _answered(request, queries.escalation_to_answer(user, code))
    context = {"escalation": found, "problem": found.problem, "take": take, "decline": decline, "form": form}
    return render(request, "problems/escalation.html", context)


@requires(Permission.DECIDE_PROBLEM)
@require_POST
def take_back_escalation(request: HttpRequest, code: str) -> HttpResponse:
    """The secretary who asked another body takes the question back."""
    user = person_of(request)
    found = queries.escalation_asked(user, code)
    try:
        actions.take_back_escalated(escalation=found, by=user)
    except actions.NotNow:
        messages.error(request, not_now())
    else:
        messages.success(request, _("The question is taken back. The other body no longer sees it."))
    return to_problem(found.problem)


def _answered(request: HttpRequest, found: ProblemEscalation) -> HttpResponse:
    """To the problem that it became; when it was declined, to the list."""
    if found.became is not None:
        return to_problem(found.became)
    return HttpResponseRedirect(reverse("problems_work:list"))
