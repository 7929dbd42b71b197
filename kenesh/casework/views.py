"""The queue, an appeal that nobody has taken up yet, and the case page."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from typing import Any, TypeVar

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from kenesh.appeals import opening as appeal_opening
from kenesh.appeals import queries as appeals
from kenesh.appeals import wording
from kenesh.casework import actions, queries, release
from kenesh.casework.forms import AssignForm, DeadlineForm, LinkProblemForm, MatterForm, PersonForm, TextForm
from kenesh.casework.models import Case, Deadline, Matter, Person, Status
from kenesh.casework.opening import ChangedMeanwhile, OpenCase, open_case
from kenesh.casework.rules import Permission
from kenesh.kernel.access import requires
from kenesh.people.keyring import KeyMissing
from kenesh.people.middleware import keys_of, person_of, with_keys

PAGE = 30
TABS = ("new", "open", "mine", "closed")
AnyForm = TypeVar("AnyForm", bound=forms.Form)


@requires(Permission.WORK_ON_CASES)
def queue(request: HttpRequest) -> HttpResponse:
    """New appeals, open cases, mine, closed: what is urgent first. Nothing is decrypted for a list."""
    user = person_of(request)
    tab = request.GET.get("show", "new")
    tab = tab if tab in TABS else "new"
    after = request.GET.get("after", "")
    rows: list[Any]
    if tab == "new":
        rows = appeals.unopened_appeals(user, after=appeals.QueuePlace.parse(after), limit=PAGE)
        more = [str(appeals.place_of(row)) for row in rows[PAGE - 1 : PAGE]]
    else:
        place = queries.CasePlace.parse(after)
        rows = queries.cases_of_offices(user, closed=tab == "closed", mine=tab == "mine", after=place, limit=PAGE)
        more = [str(queries.CasePlace(row.due_on, row.id)) for row in rows[PAGE - 1 : PAGE]]
    counts = queries.queue_counts(user)
    names = {"new": _("New"), "open": _("Open cases"), "mine": _("Mine"), "closed": _("Closed")}
    context = {
        "tab": tab,
        "tabs": [{"key": key, "label": names[key], "count": counts[key], "current": key == tab} for key in TABS],
        "rows": rows[:PAGE],
        "next": more[0] if more and len(rows) > PAGE else "",
        "today": timezone.localdate(),
    }
    return render(request, "casework/queue.html", context)


# --- an appeal that nobody has taken up -----------------------------------------------------------------------------------


@requires(Permission.WORK_ON_CASES)
@with_keys
def appeal_page(request: HttpRequest, code: str) -> HttpResponse:
    """Reads a new appeal, answers it, declines it or opens a case."""
    appeal = appeals.appeal_for_caseworker(person_of(request), code)
    case = queries.case_opened_from(appeal)
    if case is not None:
        return HttpResponseRedirect(_address(case))
    try:
        opened = appeal_opening.open_for_office(appeal, keys_of(request))
        view = appeals.status_view(opened)
    except KeyMissing:
        return _closed_to_us(request)
    form = TextForm(request.POST or None, initial={"key": uuid.uuid4()})
    if request.method == "POST" and form.is_valid():
        try:
            actions.decline(keyring=keys_of(request), appeal=appeal, words=form.cleaned_data["text"])
        except actions.TakenAlready:
            messages.warning(request, _("A colleague was faster: this appeal is no longer new."))
        else:
            messages.success(request, _("The appeal is declined, and the person is told why."))
        return HttpResponseRedirect(reverse("casework_work:queue"))
    context = {"appeal": appeal, "rows": wording.answers_in_words(opened.answers()), "view": view, "form": form}
    return render(request, "casework/appeal.html", context, status=422 if form.errors else 200)


def _closed_to_us(request: HttpRequest) -> HttpResponse:
    """No key opens this: the person withdrew or erases, or this account has not been given the office's key."""
    return render(request, "casework/no_key.html", status=200)


@requires(Permission.WORK_ON_CASES)
@require_POST
@with_keys
def take_up(request: HttpRequest, code: str) -> HttpResponse:
    """Opens a case from an appeal."""
    appeal = appeals.appeal_for_caseworker(person_of(request), code)
    try:
        case = actions.open_from_appeal(keyring=keys_of(request), appeal=appeal)
    except actions.TakenAlready:
        found = queries.case_opened_from(appeal)
        messages.warning(request, _("A colleague was faster: this appeal is no longer new."))
        return HttpResponseRedirect(_address(found) if found else reverse("casework_work:queue"))
    except KeyMissing:
        return _closed_to_us(request)
    messages.success(request, _("The case is open. The person sees that you work on it."))
    return HttpResponseRedirect(_address(case))


# --- the case page --------------------------------------------------------------------------------------------------------


def _address(case: Case, part: str = "") -> str:
    return reverse("casework_work:case", args=[case.code]) + (f"#{part}" if part else "")


def _new_key() -> dict[str, Any]:
    return {"key": uuid.uuid4()}


def _page(request: HttpRequest, opened: OpenCase, **replaced: forms.Form) -> HttpResponse:
    """The whole case; `replaced`: a form that came back with errors stands in for its empty one."""
    case = opened.case
    views = []
    for appeal in case.appeals.select_related("office").order_by("id"):
        try:
            own = appeal_opening.open_for_office(appeal, keys_of(request))
            shown = {"rows": wording.answers_in_words(own.answers()), "view": appeals.status_view(own)}
        except KeyMissing:
            shown = {"rows": [], "view": None}
        views.append({"appeal": appeal, **shown})
    context: dict[str, Any] = {
        "case": case,
        "persons": opened.persons(),
        "matters": opened.matters(),
        "notes": opened.notes(),
        "deadlines": opened.deadlines(),
        "appeals": views,
        "today": timezone.localdate(),
        "statuses": [(value, label) for value, label in Status.choices if value in ("office", "person", "others")],
        "answer_form": TextForm(initial=_new_key(), prefix="answer"),
        "note_form": TextForm(initial=_new_key(), prefix="note"),
        "deadline_form": DeadlineForm(initial=_new_key(), prefix="deadline"),
        "link_form": LinkProblemForm(problems=queries.problems_to_link(), prefix="link"),
        "assign_form": AssignForm(
            caseworkers=queries.caseworkers_of(case.office),
            initial={"assignee": case.assignee.uid if case.assignee else None},
            prefix="assign",
        ),
        "form": next(iter(replaced.values()), None),
        **replaced,
    }
    return render(request, "casework/case.html", context, status=422 if replaced else 200)


def _opened(request: HttpRequest, code: str) -> OpenCase:
    """The case behind this address, opened. Raises Http404, KeyMissing."""
    return open_case(queries.case_for_caseworker(person_of(request), code), keys_of(request))


@requires(Permission.WORK_ON_CASES)
@with_keys
def case_page(request: HttpRequest, code: str) -> HttpResponse:
    try:
        return _page(request, _opened(request, code))
    except KeyMissing:
        return _closed_to_us(request)


def _posted(
    request: HttpRequest,
    code: str,
    name: str,
    part: str,
    make: Callable[[], AnyForm],
    act: Callable[[Case, AnyForm], None],
    said: str,
) -> HttpResponse:
    """One form of the case page: acts when it is right, else shows the page with everything that was typed."""
    try:
        opened = _opened(request, code)
        form = make()
        if not form.is_valid():
            return _page(request, opened, **{name: form})
        act(opened.case, form)
    except KeyMissing:
        return _closed_to_us(request)
    messages.success(request, said)
    return HttpResponseRedirect(_address(opened.case, part))


@requires(Permission.WORK_ON_CASES)
@require_POST
@with_keys
@sensitive_post_parameters()
def answer(request: HttpRequest, code: str) -> HttpResponse:
    def act(case: Case, form: TextForm) -> None:
        actions.answer(keyring=keys_of(request), case=case, text=form.cleaned_data["text"], key=form.cleaned_data["key"])

    said = _("Your answer is there for the person.")
    return _posted(request, code, "answer_form", "talk", lambda: TextForm(request.POST, prefix="answer"), act, said)


@requires(Permission.WORK_ON_CASES)
@require_POST
@with_keys
@sensitive_post_parameters()
def note(request: HttpRequest, code: str) -> HttpResponse:
    def act(case: Case, form: TextForm) -> None:
        actions.add_note(keyring=keys_of(request), case=case, text=form.cleaned_data["text"], key=form.cleaned_data["key"])

    return _posted(
        request, code, "note_form", "notes", lambda: TextForm(request.POST, prefix="note"), act, _("The note is kept.")
    )


@requires(Permission.WORK_ON_CASES)
@require_POST
@with_keys
@sensitive_post_parameters()
def deadline(request: HttpRequest, code: str) -> HttpResponse:
    def act(case: Case, form: DeadlineForm) -> None:
        data = form.cleaned_data
        actions.set_deadline(keyring=keys_of(request), case=case, due_on=data["due_on"], what=data["what"], key=data["key"])

    made = lambda: DeadlineForm(request.POST, prefix="deadline")  # noqa: E731  # one expression, named for the line below
    return _posted(request, code, "deadline_form", "deadlines", made, act, _("The deadline is set."))


@requires(Permission.WORK_ON_CASES)
@require_POST
@with_keys
def deadline_done(request: HttpRequest, code: str, uid: uuid.UUID) -> HttpResponse:
    case = queries.case_for_caseworker(person_of(request), code)
    actions.finish_deadline(keyring=keys_of(request), deadline=queries.row_of_case(case, Deadline, uid))
    return HttpResponseRedirect(_address(case, "deadlines"))


@requires(Permission.WORK_ON_CASES)
@require_POST
@with_keys
def link_problem(request: HttpRequest, code: str) -> HttpResponse:
    def act(case: Case, form: LinkProblemForm) -> None:
        actions.link_problem(keyring=keys_of(request), case=case, problem=form.cleaned_data["problem"])

    said = _("The person finds with her receipt what comes of this problem.")
    made = lambda: LinkProblemForm(request.POST, problems=queries.problems_to_link(), prefix="link")  # noqa: E731  # as above
    return _posted(request, code, "link_form", "problems", made, act, said)


@requires(Permission.WORK_ON_CASES)
@require_POST
@with_keys
def assign(request: HttpRequest, code: str) -> HttpResponse:
    def act(case: Case, form: AssignForm) -> None:
        actions.assign(keyring=keys_of(request), case=case, to=form.cleaned_data["assignee"])

    case = queries.case_for_caseworker(person_of(request), code)
    made = lambda: AssignForm(request.POST, caseworkers=queries.caseworkers_of(case.office), prefix="assign")  # noqa: E731  # as above
    return _posted(request, code, "assign_form", "", made, act, _("This is noted."))


@requires(Permission.WORK_ON_CASES)
@require_POST
@with_keys
def waiting(request: HttpRequest, code: str) -> HttpResponse:
    """Who waits for whom; closing; opening again."""
    case = queries.case_for_caseworker(person_of(request), code)
    status = request.POST.get("status", "")
    try:
        if status == Status.CLOSED:
            actions.close_case(keyring=keys_of(request), case=case)
            messages.success(request, _("The case is closed, and the person is told. If she writes, it opens again."))
        elif status == "reopen":
            actions.reopen_case(keyring=keys_of(request), case=case)
            messages.success(request, _("The case is open again."))
        elif status in (Status.OFFICE, Status.PERSON, Status.OTHERS):
            actions.set_waiting(keyring=keys_of(request), case=case, status=Status(status))
            messages.success(request, _("This is noted."))
    except KeyMissing:
        return _closed_to_us(request)
    return HttpResponseRedirect(_address(case))


# --- persons and matters --------------------------------------------------------------------------------------------------


def _row_form(
    request: HttpRequest,
    code: str,
    uid: uuid.UUID | None,
    *,
    model: type[Any],
    form_type: type[Any],
    add: Callable[..., None],
    title: str,
) -> HttpResponse:
    """Adds or changes a person or a matter. Two people at one row: the second sees what the first has saved, and decides."""
    try:
        opened = _opened(request, code)
        row = queries.row_of_case(opened.case, model, uid) if uid else None
        before = opened.open(row) if row is not None else None
        initial = {**(before.body if before else {}), "key": uuid.uuid4(), "version": before.row.version if before else 1}
        form = form_type(request.POST or None, initial=initial)
        theirs: list[tuple[str, str]] = []
        if request.method == "POST" and form.is_valid():
            data = {name: value for name, value in form.cleaned_data.items() if name not in ("key", "version")}
            try:
                if row is None:
                    add(keyring=keys_of(request), case=opened.case, body=data, key=form.cleaned_data["key"])
                else:
                    actions.change_row(keyring=keys_of(request), row=row, changes=data, version=form.cleaned_data["version"] or 0)
            except ChangedMeanwhile as changed:
                form, theirs = _with_theirs(form, form_type, request, changed.saved, row)
            else:
                messages.success(request, _("Saved."))
                return HttpResponseRedirect(_address(opened.case))
    except KeyMissing:
        return _closed_to_us(request)
    context = {"case": opened.case, "form": form, "heading": title, "theirs": theirs}
    return render(request, "casework/row.html", context, status=422 if form.errors or theirs else 200)


def _with_theirs(
    form: Any, form_type: type[Any], request: HttpRequest, saved: dict[str, Any], row: Any
) -> tuple[Any, list[tuple[str, str]]]:
    """My form again, knowing the newest version, and beside it where a colleague's differs."""
    row.refresh_from_db(fields=["version"])
    mine = request.POST.copy()
    mine["version"] = str(row.version)
    again = form_type(mine)
    again.is_valid()
    differs = [
        (str(field.label), wording.answer_in_words(field, saved.get(field.name)) or "–")
        for field in again
        if field.name in saved and str(saved[field.name]) != str(form.cleaned_data.get(field.name, ""))
    ]
    return again, differs


@requires(Permission.WORK_ON_CASES)
@with_keys
@sensitive_post_parameters()
def person(request: HttpRequest, code: str, uid: uuid.UUID | None = None) -> HttpResponse:
    return _row_form(request, code, uid, model=Person, form_type=PersonForm, add=actions.add_person, title=_("Person"))


@requires(Permission.WORK_ON_CASES)
@with_keys
@sensitive_post_parameters()
def matter(request: HttpRequest, code: str, uid: uuid.UUID | None = None) -> HttpResponse:
    return _row_form(request, code, uid, model=Matter, form_type=MatterForm, add=actions.add_matter, title=_("Matter"))


@requires(Permission.WORK_ON_CASES)
@require_POST
@with_keys
def release_matter(request: HttpRequest, code: str, uid: uuid.UUID) -> HttpResponse:
    """Counts a matter through the door to the public side."""
    case = queries.case_for_caseworker(person_of(request), code)
    try:
        release.release_matter(keyring=keys_of(request), matter=queries.row_of_case(case, Matter, uid))
    except release.NoConsent:
        messages.warning(
            request, _("The person has not agreed to be counted. Ask for it in your answer; she can allow it with her receipt.")
        )
    except release.NoTheme:
        messages.warning(request, _("Choose the theme of this matter first: without it, it would be counted nowhere."))
    except release.ReleasedBefore:
        messages.info(request, _("This matter was counted already."))
    except KeyMissing:
        return _closed_to_us(request)
    else:
        messages.success(request, _("Counted. It is published, together with at least four others, when the month is over."))
    return HttpResponseRedirect(_address(case, "matters"))
