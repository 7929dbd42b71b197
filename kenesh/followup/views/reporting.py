"""Reports on the state of implementation: a page for everybody; a page with scores and files for the people of a body."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from kenesh.followup import queries, tables
from kenesh.followup.forms.reports import ReportForm, language_or
from kenesh.followup.queries.reports import Report, report_of
from kenesh.followup.reports import papers
from kenesh.followup.rules import Permission
from kenesh.kernel.access import public, requires
from kenesh.people.middleware import person_of

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def _for_everybody(request: HttpRequest) -> tuple[ReportForm, Report | None]:
    form = ReportForm(request.GET, bodies=queries.offered().bodies, all_of_them=True)
    if not form.is_valid():
        return form, None
    body, start, end = form.chosen()
    shown = {board.body_id for board in queries.open_scoreboards(timezone.localdate())}
    return form, report_of(body, start, end, with_scores=body is not None and body.pk in shown)


@public("sums and lists of published recommendations; addressees are compared only where the body shows its scoreboard")
@require_safe
def report(request: HttpRequest) -> HttpResponse:
    """The state of implementation for a period, of one body or of all."""
    form, made = _for_everybody(request)
    return render(request, "followup/report.html", _context(form, made), status=200 if made else 422)


@public("the same sums and lists as the public report, as a file")
@require_safe
def public_report_file(request: HttpRequest, kind: str) -> HttpResponse:
    """The public report as a Word file or as PDF, in any language of the interface."""
    _form, made = _for_everybody(request)
    return _file(request, made, kind, frame="base.html", back="followup:report")


def _context(form: ReportForm, made: Report | None) -> dict[str, Any]:
    return {
        "filters": form,
        "has_errors": bool(form.errors),
        "report": made,
        "charts": papers.charts_of(made) if made else {},
        "languages": settings.LANGUAGES,
    }


def _of_mine(request: HttpRequest) -> tuple[ReportForm, Report | None]:
    bodies = queries.bodies_read(person_of(request))
    if not bodies:
        raise Http404
    form = ReportForm(request.GET, bodies=bodies, all_of_them=False)
    return form, report_of(*form.chosen(), with_scores=True, inside=True) if form.is_valid() else None


@requires(Permission.SEE_RECOMMENDATIONS)
@require_safe
def work_report(request: HttpRequest) -> HttpResponse:
    """The same of a body of mine, by addressee too, and as a file."""
    form, made = _of_mine(request)
    return render(request, "followup/work_report.html", _context(form, made), status=200 if made else 422)


@requires(Permission.SEE_RECOMMENDATIONS)
@require_safe
def report_file(request: HttpRequest, kind: str) -> HttpResponse:
    """As a Word file or as PDF, in any language of the interface."""
    _form, made = _of_mine(request)
    return _file(request, made, kind, frame="base_work.html", back="followup_work:report")


def _file(request: HttpRequest, made: Report | None, kind: str, *, frame: str, back: str) -> HttpResponse:
    if made is None or kind not in ("docx", "pdf"):
        raise Http404
    language = language_or(get_language() or "en", request.GET.get("language", ""))
    if kind == "docx":
        return tables.answer(papers.as_word(made, language), WORD, f"report-{made.end.isoformat()}.docx")
    try:
        return tables.answer(papers.as_pdf(made, language), "application/pdf", f"report-{made.end.isoformat()}.pdf")
    except (papers.NoPango, papers.Busy) as why:
        context = {"frame": frame, "back": back, "busy": isinstance(why, papers.Busy)}
        return render(request, "followup/no_pango.html", context, status=503)
