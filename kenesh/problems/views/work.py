"""Pages of those who put problems forward and of the secretary who decides."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kenesh.kernel.access import holds, requires
from kenesh.people.middleware import person_of
from kenesh.people.models import User
from kenesh.problems import actions, queries, rules
from kenesh.problems.forms import (
    EditForm,
    MergeForm,
    ProposeForm,
    ReasonForm,
    SupportForm,
    initial_of,
    initial_of_support,
    rows_of,
)
from kenesh.problems.models import Problem
from kenesh.problems.rules import Permission
from kenesh.themes import thesaurus
from kenesh.themes.countries import UnknownCountry, alpha2


@requires(Permission.SEE_PROBLEMS)
@require_safe
def work_list(request: HttpRequest) -> HttpResponse:
    """Problems of one's bodies by status."""
    user, today = person_of(request), timezone.localdate()
    status = request.GET.get("status", Problem.Status.PROPOSED)
    if status not in Problem.Status.values:
        raise Http404
    numbers = queries.numbers_by_status(user, today)
    context = {
        "page": queries.problems_for_work(user, status=status, today=today, after=request.GET.get("after", "")),
        "status": status,
        "tabs": [(value, label, numbers.get(value, 0)) for value, label in Problem.Status.choices],
        "may_propose": holds(user, Permission.PROPOSE_PROBLEM),
        "asked": queries.asked_of(user),
    }
    return render(request, "problems/work_list.html", context)


@requires(Permission.PROPOSE_PROBLEM)
@require_http_methods(["GET", "HEAD", "POST"])
def propose(request: HttpRequest) -> HttpResponse:
    """A new problem. The address may carry a theme and a corridor to begin with."""
    user, today = person_of(request), timezone.localdate()
    ways = queries.bodies_to_propose_to(user, today)
    if not ways:
        return render(request, "problems/no_body.html")
    form = ProposeForm(request.POST or None, initial=_prefilled(request), ways=ways)
    if request.method == "POST" and form.is_valid():
        way = form.way()
        problem = actions.propose_problem(
            body=way.body,
            organisation=way.organisation,
            content=form.content(),
            today=today,
            by=user,
            request_key=form.cleaned_data["key"],
        )
        messages.success(request, _("The problem was put forward. The secretary of the council decides on it."))
        return to_problem(problem)
    return render(request, "problems/propose.html", {"form": form})


def _prefilled(request: HttpRequest) -> dict[str, str]:
    """Theme and corridor from the address; what is not known is left out, and nothing else is taken from there."""
    initial: dict[str, str] = {}
    if (theme := request.GET.get("theme", "")) in thesaurus.concepts():
        initial["theme_1"] = theme
    for end in ("origin", "destination"):
        try:
            initial[f"{end}_1"] = alpha2(request.GET.get(end, ""))
        except UnknownCountry:
            continue
    return initial


@requires(Permission.SEE_PROBLEMS)
@require_safe
def work_problem(request: HttpRequest, code: str) -> HttpResponse:
    """One problem with what can be done with it."""
    return _detail(request, queries.problem_for_work(person_of(request), code, timezone.localdate()))


def _detail(request: HttpRequest, problem: Problem, **bound: Any) -> HttpResponse:
    """The page with its small forms; `bound` holds the one that has to be corrected."""
    user = person_of(request)
    decides = rules.keeps(user, problem.body_id)
    status = Problem.Status(problem.status)
    context: dict[str, Any] = {
        "problem": problem,
        "counts": queries.counts_over_time(problem),
        "quotations": queries.quotations_of(problem),
        "supports": queries.supports_for_work(user, problem),
        "versions": problem.versions.select_related("by").order_by("-number"),
        "steps": problem.steps.order_by("id"),
        "went_to": queries.went_to(problem),
        "documents": queries.documents_shown(problem),
        "came_from": queries.came_from(problem),
        "may_escalate": rules.may_escalate(user, problem),
        "may_edit": rules.may_edit(user, problem),
        "is_public": status in queries.OPEN_TO_ALL,
        "may_accept": decides and status in actions.TO_TAKE_UP,
        "defer_form": ReasonForm(auto_id="defer_%s") if decides and status in actions.UNDECIDED else None,
        "close_form": ReasonForm(auto_id="close_%s") if decides and status == Problem.Status.ACCEPTED else None,
        "merge_form": _merge_form(problem) if decides and status in actions.ALIVE else None,
        "may_separate": decides and bool(problem.joined),
        "may_take_question_back": decides,
        "support_form": _support_form(request, problem),
        "may_take_back": status in actions.ALIVE,
        "form": next(iter(bound.values()), None),
    }
    return render(request, "problems/work_problem.html", {**context, **bound})


def _merge_form(problem: Problem, data: Any = None) -> MergeForm | None:
    into = list(queries.problems_to_merge_into(problem))
    return MergeForm(data, into=into, auto_id="merge_%s") if into else None


def _support_form(request: HttpRequest, problem: Problem, data: Any = None) -> SupportForm | None:
    may = queries.organisations_to_support(person_of(request), problem, timezone.localdate())
    said = problem.supports.filter(organisation=may[0]).first() if len(may) == 1 else None
    initial = initial_of_support(said) if said else None
    return SupportForm(data, initial=initial, organisations=may, auto_id="support_%s") if may else None


@requires(Permission.SEE_PROBLEMS)
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, code: str) -> HttpResponse:
    """Its texts, themes, corridors and documents; every version is kept."""
    user = person_of(request)
    problem = queries.problem_to_edit(user, code, timezone.localdate())
    data = request.POST.copy()
    form = EditForm(data or None, initial=initial_of(problem), rows=rows_of(problem))
    if request.method == "POST" and form.is_valid():
        try:
            actions.edit_problem(
                problem=problem,
                content=form.content(),
                seen_version=form.cleaned_data["version"],
                by=user,
                request_key=form.cleaned_data["key"],
            )
        except actions.ChangedMeanwhile:
            form.add_error(
                None,
                _("Somebody else changed this problem meanwhile. Open its page in another window, and put both together here."),
            )
            # The next sending is meant for the version that is there now.
            data["version"] = str(problem.version)
        except actions.NotNow:
            messages.error(request, not_now())
            return to_problem(problem)
        else:
            messages.success(request, _("The new version was saved."))
            return to_problem(problem)
    return render(request, "problems/edit.html", {"form": form, "problem": problem})


@requires(Permission.DECIDE_PROBLEM)
@require_POST
def accept(request: HttpRequest, code: str) -> HttpResponse:
    """Taken up: everybody can read it."""
    user, today = person_of(request), timezone.localdate()
    problem = queries.problem_to_decide(user, code, today)
    try:
        actions.accept_problem(problem=problem, today=today, by=user)
    except actions.NotNow:
        messages.error(request, not_now())
    else:
        messages.success(request, _("The problem is taken up. Everybody can read it now."))
    return to_problem(problem)


@requires(Permission.DECIDE_PROBLEM)
@require_POST
def defer(request: HttpRequest, code: str) -> HttpResponse:
    """Put off, with the reason."""
    user, today = person_of(request), timezone.localdate()
    problem = queries.problem_to_decide(user, code, today)
    form = ReasonForm(request.POST, auto_id="defer_%s")
    if not form.is_valid():
        return _detail(request, problem, defer_form=form)
    try:
        actions.defer_problem(problem=problem, reason=form.cleaned_data["reason"], by=user)
    except actions.NotNow:
        messages.error(request, not_now())
    else:
        messages.success(request, _("The problem is put off."))
    return to_problem(problem)


@requires(Permission.DECIDE_PROBLEM)
@require_POST
def close(request: HttpRequest, code: str) -> HttpResponse:
    """Closed, with the reason."""
    user, today = person_of(request), timezone.localdate()
    problem = queries.problem_to_decide(user, code, today)
    form = ReasonForm(request.POST, auto_id="close_%s")
    if not form.is_valid():
        return _detail(request, problem, close_form=form)
    try:
        actions.close_problem(problem=problem, reason=form.cleaned_data["reason"], today=today, by=user)
    except actions.NotNow:
        messages.error(request, not_now())
    else:
        messages.success(request, _("The problem is closed. Its page stays."))
    return to_problem(problem)


@requires(Permission.DECIDE_PROBLEM)
@require_POST
def merge(request: HttpRequest, code: str) -> HttpResponse:
    """Joined to another problem of the same body."""
    user = person_of(request)
    problem = queries.problem_to_decide(user, code, timezone.localdate())
    form = _merge_form(problem, request.POST)
    if form is None:
        raise Http404
    if not form.is_valid():
        return _detail(request, problem, merge_form=form)
    try:
        actions.merge_problems(problem=problem, into=form.chosen(), by=user)
    except actions.NotNow:
        messages.error(request, not_now())
    else:
        messages.success(request, _("The problem is joined to the other one."))
    return to_problem(problem)


@requires(Permission.DECIDE_PROBLEM)
@require_POST
def separate(request: HttpRequest, code: str) -> HttpResponse:
    """It was joined by mistake."""
    user = person_of(request)
    problem = queries.problem_to_decide(user, code, timezone.localdate())
    try:
        actions.separate_problem(problem=problem, by=user)
    except actions.NotNow:
        messages.error(request, not_now())
    else:
        messages.success(request, _("The problem stands by itself again, with what it brought along."))
    return to_problem(problem)


@requires(Permission.SUPPORT_PROBLEM)
@require_POST
def support(request: HttpRequest, code: str) -> HttpResponse:
    """An organisation says that it sees the problem too, or no longer says so."""
    user, today = person_of(request), timezone.localdate()
    problem = queries.problem_for_work(user, code, today)
    if request.POST.get("do") == "take_back":
        return _support_taken_back(request, problem, user)
    form = _support_form(request, problem, request.POST)
    if form is None:
        raise Http404
    if not form.is_valid():
        return _detail(request, problem, support_form=form)
    chosen = form.cleaned_data
    try:
        actions.support_problem(
            problem=problem,
            organisation=form.chosen(),
            words=chosen["words"],
            publication=chosen["publication"],
            today=today,
            by=user,
            counted=form.counted(),
        )
    except actions.NotNow:
        messages.error(request, not_now())
    else:
        messages.success(request, _("Your organisation stands beside this problem now."))
    return to_problem(problem)


def _support_taken_back(request: HttpRequest, problem: Problem, user: User) -> HttpResponse:
    rows = queries.supports_for_work(user, problem)
    own = {row.support.organisation.code: row.support for row in rows if row.is_own}
    said = own.get(request.POST.get("organisation", ""))
    if said is None:
        raise Http404
    try:
        actions.take_back_support(support=said, by=user)
    except actions.NotNow:
        messages.error(request, not_now())
    except actions.CountWasShown:
        messages.error(
            request,
            _(
                "Everybody has seen a count of your organisation here, so this stays: later counts are compared with it. Choose below "
                "that nothing of it is shown, and press the button “We see this too”."
            ),
        )
    else:
        messages.success(request, _("Your organisation no longer stands beside this problem."))
    return to_problem(problem)


def to_problem(problem: Problem) -> HttpResponseRedirect:
    """Back to its page."""
    return HttpResponseRedirect(reverse("problems_work:problem", args=[problem.code]))


def not_now() -> str:
    """For whoever came too late."""
    return _("This problem has changed meanwhile, so this can no longer be done. Here is how it stands now.")
