"""Search over the office's cases and new appeals; joining what belongs together."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from kenesh.appeals import opening as appeal_opening
from kenesh.appeals import queries as appeals
from kenesh.appeals.models import Appeal
from kenesh.casework import actions, queries
from kenesh.casework.forms import SearchForm
from kenesh.casework.models import Case
from kenesh.casework.rules import Permission
from kenesh.casework.search import indexing
from kenesh.casework.search_rows import row_of
from kenesh.casework.views.page import address, closed_to_us
from kenesh.casework.views.parties import conflicts_of_appeal
from kenesh.kernel.access import requires
from kenesh.people.keyring import KeyMissing
from kenesh.people.middleware import keys_of, person_of, with_keys

BUDGET_MS = 300


@requires(Permission.WORK_ON_CASES)
@with_keys
@sensitive_post_parameters()
def search(request: HttpRequest) -> HttpResponse:
    """What is typed is sealed and kept for a day; the address names it by a random number."""
    keyring = keys_of(request)
    if request.method == "POST":
        form = SearchForm(request.POST)
        if not form.is_valid():
            return render(request, "casework/search.html", {"form": form, "found": None, "rows": [], "not_yet": 0}, status=422)
        uid = queries.keep_query(keyring, **form.cleaned_data)
        return HttpResponseRedirect(f"{reverse('casework_work:search')}?view={uid.hex}")
    offices = queries.offices_to_search(keyring)
    not_yet = indexing.work_off(keyring, offices, budget_ms=BUDGET_MS)
    view, found, query = request.GET.get("view", ""), None, {}
    if view:
        try:
            query = queries.kept_query(keyring, view)
        except Http404:
            messages.info(request, _("This search is forgotten: searches are kept for one day. Please search again."))
            return HttpResponseRedirect(reverse("casework_work:search"))
        found = queries.results(keyring, offices, after=request.GET.get("after", ""), **query)
    rows = [row_of(line) for line in found.rows] if found else []
    context = {"form": SearchForm(initial=query), "found": found, "rows": rows, "not_yet": not_yet, "view": view}
    return render(request, "casework/search.html", context)


@requires(Permission.WORK_ON_CASES)
@require_POST
@with_keys
def join(request: HttpRequest, code: str, case: str) -> HttpResponse:
    """A new appeal becomes part of a case that is there already."""
    appeal = appeals.appeal_for_caseworker(person_of(request), code)
    into = queries.case_for_caseworker(person_of(request), case)
    try:
        if conflicts_of_appeal(request, appeal.office, appeal_opening.open_for_office(appeal, keys_of(request)).answers()):
            return HttpResponseRedirect(reverse("casework_work:join_conflicts", args=[appeal.code, into.code]))
        actions.join_appeal_to_case(keyring=keys_of(request), appeal=appeal, case=into)
    except actions.TakenAlready:
        messages.warning(request, _("A colleague was faster: this appeal is no longer new."))
        return HttpResponseRedirect(reverse("casework_work:queue"))
    except actions.NotTheirs:
        raise Http404 from None
    except KeyMissing:
        return closed_to_us(request)
    messages.success(request, _("The appeal is part of this case now. You can part them again below."))
    return HttpResponseRedirect(address(into, "facts", "duplicates"))


@requires(Permission.WORK_ON_CASES)
@require_POST
@with_keys
def part(request: HttpRequest, code: str, appeal: str) -> HttpResponse:
    """Undoes a joining."""
    case = queries.case_for_caseworker(person_of(request), code)
    joined = appeals.appeal_for_caseworker(person_of(request), appeal)
    try:
        actions.part_again(keyring=keys_of(request), case=case, appeal=joined)
    except actions.NotTheirs:
        messages.warning(request, _("This appeal is no longer part of the case, or it is the only one."))
    except KeyMissing:
        return closed_to_us(request)
    else:
        messages.success(request, _("The appeal stands in the queue again."))
    return HttpResponseRedirect(address(case, "facts"))


@requires(Permission.WORK_ON_CASES)
@require_POST
@with_keys
def apart(request: HttpRequest, code: str, other: str) -> HttpResponse:
    """These two are not the same person, whatever the index says: remembered, and not suggested again."""
    one, back = _row(request, code)
    two, _back = _row(request, other)
    try:
        actions.keep_apart(keyring=keys_of(request), one=one, other=two)
    except KeyMissing:
        return closed_to_us(request)
    messages.success(request, _("They stay apart. This is not suggested again."))
    return HttpResponseRedirect(back)


def _row(request: HttpRequest, code: str) -> tuple[Case | Appeal, str]:
    """A case or a new appeal by its code, and its page. Raises Http404."""
    try:
        case = queries.case_for_caseworker(person_of(request), code)
    except Http404:
        appeal = appeals.appeal_for_caseworker(person_of(request), code)
        return appeal, reverse("casework_work:appeal", args=[appeal.code])
    return case, address(case, "facts")
