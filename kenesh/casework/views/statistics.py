"""Statistics of an office: for which time, the counting as long work, the page, and the files that are taken out."""

from __future__ import annotations

import uuid
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from kenesh.casework.actions.statistics import note_taken
from kenesh.casework.forms.statistics import FREE, StatisticsForm, TakeForm
from kenesh.casework.models import Job
from kenesh.casework.queries.keeping import offices_of
from kenesh.casework.queries.statistics import my_count, my_counts, offices_to_count
from kenesh.casework.rules import Permission
from kenesh.casework.statistics import document, files, job, report, tables
from kenesh.casework.statistics.advocacy import advocacy_of
from kenesh.casework.statistics.published import published
from kenesh.casework.views.jobs import TYPES
from kenesh.kernel.access import requires
from kenesh.people.middleware import keys_of, person_of, with_keys
from kenesh.people.models import Organisation

OUTSIDE = "outside-"
LAST_YEAR_UNTIL_MONTH = 2  # in January and February most ask for the year before


def _default() -> dict[str, Any]:
    today = timezone.localdate()
    return {"key": uuid.uuid4(), "period": str(today.year - (today.month <= LAST_YEAR_UNTIL_MONTH))}


@requires(Permission.SEE_STATISTICS)
@with_keys
def statistics(request: HttpRequest) -> HttpResponse:
    """For which office and time; on POST the counting begins. Below stands what this account counted before."""
    user = person_of(request)
    form = StatisticsForm(request.POST or None, offices=offices_to_count(user), initial=_default())
    if request.method == "POST" and form.is_valid():
        work = job.start(
            keyring=keys_of(request),
            office=form.cleaned_data["office"],
            period=form.chosen(),
            request_key=form.cleaned_data["key"],
        )
        return HttpResponseRedirect(reverse("casework_work:job", args=[work.code]))
    rows = [{"job": each, "period": job.period_of(each, keys_of(request))} for each in my_counts(user)]
    context = {
        "form": form,
        "rows": rows,
        "can_count": form.fields["office"].queryset.exists(),  # type: ignore[attr-defined]  # it chooses among rows
        "by_hand": offices_of(user),
        "other_days": form["period"].value() == FREE,
    }
    return render(request, "casework/statistics.html", context, status=422 if form.errors else 200)


def _counted(request: HttpRequest, code: str) -> tuple[Job, job.Counted]:
    """Raises Http404 for another's, and while it is under way."""
    work = my_count(person_of(request), code)
    counted = job.result_of(work, keys_of(request))
    if counted is None:
        raise Http404
    return work, counted


@requires(Permission.SEE_STATISTICS)
@with_keys
def statistics_report(request: HttpRequest, code: str) -> HttpResponse:
    """The exact figures, for the office itself."""
    work = my_count(person_of(request), code)
    counted = job.result_of(work, keys_of(request))
    if counted is None:
        return HttpResponseRedirect(reverse("casework_work:job", args=[work.code]))
    context = {
        "job": work,
        "counted": counted,
        "sections": report.sections(counted, work.office, advocacy_of(work.office, counted.period)),
        "how": document.how_counted(counted),
        "mark": tables.mark(),
        "why": document.why_internal(),
        "how_published": document.how_published(),
    }
    return render(request, "casework/statistics_report.html", context)


@requires(Permission.SEE_STATISTICS)
@require_POST
@with_keys
def take_statistics(request: HttpRequest, code: str) -> HttpResponse:
    """The figures as a file: of published blocks for outside, exact ones with their mark for the office."""
    work, counted = _counted(request, code)
    form = TakeForm(request.POST)
    if not form.is_valid():
        return HttpResponseRedirect(reverse("casework_work:statistics_report", args=[work.code]))
    what: str = form.cleaned_data["what"]
    ending = what.removeprefix(OUTSIDE)
    outside = what.startswith(OUTSIDE)
    data = _outside(ending, work.office, counted) if outside else _exact(ending, work.office, counted)
    note_taken(job=work, what=what, by=person_of(request))
    name = f"{'report' if outside else 'internal-not-for-publication'}-{counted.period.code}.{ending}"
    answer = HttpResponse(data, content_type=TYPES[f".{ending}"])
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    answer.headers["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return answer


def _exact(ending: str, office: Organisation, counted: job.Counted) -> bytes:
    sections = report.sections(counted, office, advocacy_of(office, counted.period))
    if ending == "docx":
        return document.internal(sections, counted, office)
    table = tables.exact(sections, office, counted.period, codes=ending == "csv")
    return files.as_csv(table) if ending == "csv" else files.as_xlsx(table)


def _outside(ending: str, office: Organisation, counted: job.Counted) -> bytes:
    found, advocacy = published(counted.period), report.advocacy_lines(advocacy_of(office, counted.period))
    if ending == "docx":
        return document.from_blocks(found, advocacy, office, counted.period)
    table = tables.outside(found, advocacy, office, counted.period, codes=ending == "csv")
    return files.as_csv(table) if ending == "csv" else files.as_xlsx(table)
