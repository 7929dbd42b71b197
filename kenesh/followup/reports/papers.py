"""A report as a Word file and as PDF, made in memory."""

from __future__ import annotations

import io
import threading
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

import docx
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override
from docx.shared import Mm, Pt
from lxml import html

from kenesh.followup.models import Status
from kenesh.followup.queries import Line
from kenesh.followup.queries.reports import Report
from kenesh.followup.reports import charts
from kenesh.themes import dates

# Setting out takes a second or more, and everybody may ask: one at a time in a process, and the same words only once.
_turn = threading.Lock()
_WAIT_SECONDS, _KEPT = 2, 16
_LONGEST = 50  # millimetres, of a bar in a Word file


class NoPango(Exception):
    """The computer lacks the program library that sets out PDF pages."""


class Busy(Exception):
    """Another paper is being set out, and nobody's page shall wait for that."""


def charts_of(report: Report, colours: Mapping[str, str] = charts.SCREEN) -> dict[str, str]:
    """The drawings of a report, by name."""
    statuses, judged = _bars_of(report)
    return {
        "statuses": charts.bars(_("Recommendations by what came of them"), statuses, colours, name="by-status"),
        "judgements": charts.bars(_("Independent judgements of the period"), judged, colours, name="by-judgement"),
    }


def _bars_of(report: Report) -> tuple[list[charts.Bar], list[charts.Bar]]:
    """By status and by judgement."""
    tones = {"waiting": "quiet", "overdue": "bad", "answered": "warn", "verified": "good"}
    found = {"carried_out": "good", "partly": "warn", "not_carried_out": "bad", "unknown": "quiet"}
    return (
        [charts.Bar(str(one.label), number, tones[one.value]) for one, number in report.statuses],
        [charts.Bar(str(one.label), number, found[one.value]) for one, number in report.judgements],
    )


def as_pdf(report: Report, language: str) -> bytes:
    """PDF/UA-1 on A4. Raises NoPango, Busy."""
    with override(language):
        context = {"report": report, "charts": charts_of(report, charts.PAPER), "language": language, "on_paper": True}
        html = render_to_string("followup/report_paper.html", context)
    if not _turn.acquire(timeout=_WAIT_SECONDS):
        raise Busy
    try:
        return _set_out(html)
    finally:
        _turn.release()


@lru_cache(maxsize=_KEPT)
def _set_out(html: str) -> bytes:
    try:
        import weasyprint  # takes a second, and wants Pango on the computer
        from weasyprint.urls import URLFetcher
    except OSError:
        raise NoPango from None
    page = weasyprint.HTML(string=html, url_fetcher=URLFetcher(allowed_protocols=("data",)))
    made: bytes = page.write_pdf(pdf_variant="pdf/ua-1")
    return made


def as_word(report: Report, language: str) -> bytes:
    """The same lists, figures, bars and captions."""
    with override(language):
        statuses, judged = _bars_of(report)
        made = docx.Document()
        made.core_properties.author, made.core_properties.comments, made.core_properties.language = "", "", language
        made.core_properties.title = _("State of implementation of recommendations")
        section = made.sections[0]
        section.page_width, section.page_height = Mm(210), Mm(297)
        made.styles["Normal"].font.name, made.styles["Normal"].font.size = "Times New Roman", Pt(12)
        made.add_heading(_("State of implementation of recommendations"), 0)
        if report.body:
            made.add_paragraph(report.body.name.in_language(language))
        said = {"start": dates.day(report.start, language), "end": dates.day(report.end, language)}
        made.add_paragraph(_("Period: %(start)s – %(end)s") % said)
        _figures(made, _("What came of them so far"), _("What came of it"), statuses, total=report.total)
        if report.is_past:
            said = {"day": dates.day(report.counted_on, language)}
            made.add_paragraph(_("As everybody could read it on %(day)s. What was published later is not counted.") % said)
        _lines(made, _("New in the period"), [_line(one, language) for one in report.new])
        answers = [
            f"{dates.day(one.received_on, language)}: {one.given_by}: {one.summary}. "
            f"{one.addressee.recommendation.text.in_language(language)}"
            for one in report.answers
        ]
        _lines(made, _("Answers of the period"), answers)
        _figures(made, _("Independent judgements of the period"), _("Judgement"), judged)
        _lines(made, "", [_judged(one, language) for one in report.verdicts])
        if report.late is not None:
            said = {"day": dates.day(report.counted_on, language)}
            under = _("Late on %(day)s. What is said beside each is of today.") % said if report.is_past else ""
            _lines(made, _("Answers that are late"), [_line(one, language) for one in report.late], under=under)
        if report.scores:
            _scores(made, report, language)
        said = {"day": dates.day(report.made_on, language)}
        made.add_paragraph(_("Counted on %(day)s out of what is published. Each list ends after 200 lines.") % said)
    kept = io.BytesIO()
    made.save(kept)
    return kept.getvalue()


def _line(line: Line, language: str) -> str:
    asked = "; ".join(str(one.addressee) for one in line.addressees)
    said = [f"{line.recommendation.text.in_language(language)} ({asked}; {line.recommendation.code})", line.words]
    if line.late_days:
        said.append(ngettext("%(days)s day late", "%(days)s days late", line.late_days) % {"days": line.late_days})
    elif line.answer_by and line.status == Status.WAITING:
        said.append(_("Answer wanted by %(day)s") % {"day": dates.day(line.answer_by, language)})
    return " · ".join(said)


def _judged(verdict: Any, language: str) -> str:
    text = verdict.recommendation.text.in_language(language)
    return f"{dates.day(verdict.judged_on, language)}: {verdict.get_judgement_display()}. {text} {verdict.text.in_language(language)}"


def _lines(made: Any, heading: str, lines: list[str], *, under: str = "") -> None:
    if heading:
        made.add_heading(heading, 1)
    if under:
        made.add_paragraph(under)
    for line in lines:
        made.add_paragraph(line, style="List Bullet")
    if heading and not lines:
        made.add_paragraph(_("None."))


def _figures(made: Any, heading: str, of_what: str, bars: list[charts.Bar], *, total: int | None = None) -> None:
    made.add_heading(heading, 1)
    most = max(bar.number for bar in bars)
    table = made.add_table(rows=0, cols=3)
    _bold(table.add_row(), of_what, _("How many"))
    for bar in bars:
        name, number, drawn = table.add_row().cells
        name.text, number.text = bar.label, str(bar.number)
        if bar.number:
            run = drawn.paragraphs[0].add_run()
            picture = run.add_picture(charts.square(bar.tone), width=Mm(_LONGEST * bar.number / most), height=Mm(4))
            picture._inline.docPr.set("descr", f"{bar.label}: {bar.number}")  # python-docx has no other way to say it in words
    if total is not None:
        _bold(table.add_row(), _("Together"), str(total))


def _bold(row: Any, *texts: str) -> None:
    for cell, text in zip(row.cells, texts, strict=False):  # the bars' own column has no words
        cell.paragraphs[0].add_run(text).font.bold = True


def _scores(made: Any, report: Report, language: str) -> None:
    made.add_heading(_("By addressee"), 1)
    made.add_paragraph(_("Of all years until today, not only of the period."))
    headings = (
        _("Addressee"),
        _("Asked"),
        _("Answered in time"),
        _("Answered late"),
        _("Day passed, no answer"),
        _("Still open"),
        _("Actions reported"),
        _("Checked: carried out, in part, not, unclear"),
    )
    table = made.add_table(rows=1, cols=len(headings), style="Table Grid")
    _bold(table.rows[0], *headings)
    for score in report.scores:
        name = str(score.organisation)
        figures = (score.asked, score.in_time, score.late, score.silent, score.still_open, score.actions)
        found = (score.carried_out, score.partly, score.not_carried_out, score.unknown)
        written = (name, *map(str, figures), " / ".join(map(str, found)))
        for cell, words in zip(table.add_row().cells, written, strict=True):
            cell.text = words
        if score.words:
            first, *_others, last = table.add_row().cells
            said = _("%(name)s says to this:") % {"name": name}
            first.merge(last).text = f"{said} {score.words.in_language(language)}"
    method = html.fromstring(render_to_string("followup/_method.html", {"lines": report.scores}))
    made.add_heading(method.findtext("h2"), 1)
    _lines(made, "", [line.text_content() for line in method.iter("li")])
