"""Minutes and excerpts to read, print and take away; for the secretary the sheet to sign and the badges."""

from __future__ import annotations

import logging
from collections.abc import Callable

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language, override

from kenesh.council.forms.meetings import zone_name
from kenesh.council.models import Meeting
from kenesh.council.papers import akoma_ntoso, drafting, pdf, word
from kenesh.council.papers.drafting import Paper
from kenesh.council.queries import expected
from kenesh.council.queries import meetings as queries
from kenesh.council.queries.minutes import Draft, draft, meeting_of_decision, minutes_for_public
from kenesh.council.rules import Permission
from kenesh.kernel.access import public, requires
from kenesh.kernel.downloads import download
from kenesh.people.middleware import person_of

_log = logging.getLogger(__name__)
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def _language(request: HttpRequest) -> str:
    """The language of the paper, which need not be that of the page."""
    asked = request.GET.get("language", "")
    return asked if asked in dict(settings.LANGUAGES) else get_language() or settings.LANGUAGE_CODE


def _minutes(request: HttpRequest, make: Callable[[], Draft]) -> tuple[Paper, Draft]:
    """The paper and what it was drawn from. Rows are read in the language of the paper: names are chosen as they are read."""
    with override(_language(request)):
        found = make()
        return drafting.minutes(found, zone=zone_name(found.meeting.time_zone)), found


def _excerpt(request: HttpRequest, make: Callable[[], Draft], decision: str) -> Paper:
    """Raises Http404 when the minutes do not show that decision."""
    with override(_language(request)):
        found = make()
        paper = drafting.excerpt(found, decision, zone=zone_name(found.meeting.time_zone))
    if paper is None:
        raise Http404
    return paper


def _shown(paper: Paper, word_address: str, xml_address: str = "") -> dict[str, object]:
    """What the partials of a paper need. The PDF lies beside the Word file."""
    return {
        "paper": paper,
        "languages": list(dict(settings.LANGUAGES)),
        "word": word_address,
        "pdf": f"{word_address.removesuffix('.docx')}.pdf",
        "xml": xml_address,
    }


def _file(data: bytes, name: str) -> HttpResponseBase:
    return download(iter([data]), name=f"{name}.docx", kind=_WORD, size=len(data))


def _pdf(request: HttpRequest, paper: Paper, name: str) -> HttpResponseBase:
    """The PDF; on a node without Pango a page that says how to get one from the browser."""
    try:
        with override(paper.language):
            made = pdf.paper(paper)
    except pdf.NoPango:
        _log.exception("no PDF could be made")
        return render(request, "council/no_pdf.html", {"paper": paper}, status=503)
    return download(iter([made]), name=f"{name}.pdf", kind=pdf.MEDIA_TYPE, size=len(made))


# --- for everybody ------------------------------------------------------------------------------------------------------


@public("shows published minutes, and of each person only what she let be shown")
def minutes_page(request: HttpRequest, code: str) -> HttpResponse:
    paper, _draft = _minutes(request, lambda: minutes_for_public(code))
    addresses = reverse("council:minutes_word", args=[code]), reverse("council:minutes_xml", args=[code])
    return render(request, "council/minutes.html", {**_shown(paper, *addresses), "code": code})


@public("the same published minutes as a Word file")
def minutes_word(request: HttpRequest, code: str) -> HttpResponseBase:
    paper, _draft = _minutes(request, lambda: minutes_for_public(code))
    return _file(word.paper(paper), f"minutes-{code}-{paper.language}")


@public("the same published minutes as PDF")
def minutes_pdf(request: HttpRequest, code: str) -> HttpResponseBase:
    paper, _draft = _minutes(request, lambda: minutes_for_public(code))
    return _pdf(request, paper, f"minutes-{code}-{paper.language}")


@public("the same published minutes for programs")
def minutes_xml(request: HttpRequest, code: str) -> HttpResponse:
    paper, found = _minutes(request, lambda: minutes_for_public(code))
    with override(paper.language):
        address = request.build_absolute_uri(reverse("council:minutes", args=[code]))
    response = HttpResponse(akoma_ntoso.as_xml(paper, found, address=address), content_type=akoma_ntoso.MEDIA_TYPE)
    response["Content-Disposition"] = f'inline; filename="{code}-{paper.language}.akn.xml"'
    return response


@public("shows what published minutes say of a published decision")
def excerpt_page(request: HttpRequest, code: str) -> HttpResponse:
    meeting = meeting_of_decision(code)
    paper = _excerpt(request, lambda: minutes_for_public(meeting), code)
    shown = _shown(paper, reverse("council:excerpt_word", args=[code]))
    return render(request, "council/excerpt.html", {**shown, "code": code, "meeting_code": meeting})


@public("the same excerpt as a Word file")
def excerpt_word(request: HttpRequest, code: str) -> HttpResponseBase:
    meeting = meeting_of_decision(code)
    paper = _excerpt(request, lambda: minutes_for_public(meeting), code)
    return _file(word.paper(paper), f"excerpt-{code}-{paper.language}")


@public("the same excerpt as PDF")
def excerpt_pdf(request: HttpRequest, code: str) -> HttpResponseBase:
    meeting = meeting_of_decision(code)
    paper = _excerpt(request, lambda: minutes_for_public(meeting), code)
    return _pdf(request, paper, f"excerpt-{code}-{paper.language}")


# --- for the body -------------------------------------------------------------------------------------------------------


def internal_minutes(request: HttpRequest, meeting: Meeting) -> dict[str, object]:
    """The draft as the body sees it, for the page on which the secretary adds remarks."""
    paper, _draft = _minutes(request, lambda: draft(meeting, for_everybody=False))
    return _shown(paper, reverse("council_work:minutes_word", args=[meeting.code]))


@requires(Permission.SEE_MEETINGS)
def internal_minutes_word(request: HttpRequest, code: str) -> HttpResponseBase:
    meeting = queries.meeting_to_see(person_of(request), code)
    paper, _draft = _minutes(request, lambda: draft(meeting, for_everybody=False))
    return _file(word.paper(paper), f"minutes-{code}-{paper.language}")


@requires(Permission.SEE_MEETINGS)
def internal_excerpt(request: HttpRequest, code: str, decision: str) -> HttpResponse:
    meeting = queries.meeting_to_see(person_of(request), code)
    paper = _excerpt(request, lambda: draft(meeting, for_everybody=False), decision)
    shown = _shown(paper, reverse("council_work:excerpt_word", args=[code, decision]))
    return render(request, "council/work_excerpt.html", {**shown, "meeting": meeting})


@requires(Permission.SEE_MEETINGS)
def internal_excerpt_word(request: HttpRequest, code: str, decision: str) -> HttpResponseBase:
    meeting = queries.meeting_to_see(person_of(request), code)
    paper = _excerpt(request, lambda: draft(meeting, for_everybody=False), decision)
    return _file(word.paper(paper), f"excerpt-{decision}-{paper.language}")


@requires(Permission.SEE_MEETINGS)
def internal_minutes_pdf(request: HttpRequest, code: str) -> HttpResponseBase:
    meeting = queries.meeting_to_see(person_of(request), code)
    paper, _draft = _minutes(request, lambda: draft(meeting, for_everybody=False))
    return _pdf(request, paper, f"minutes-{code}-{paper.language}")


@requires(Permission.SEE_MEETINGS)
def internal_excerpt_pdf(request: HttpRequest, code: str, decision: str) -> HttpResponseBase:
    meeting = queries.meeting_to_see(person_of(request), code)
    paper = _excerpt(request, lambda: draft(meeting, for_everybody=False), decision)
    return _pdf(request, paper, f"excerpt-{decision}-{paper.language}")


@requires(Permission.KEEP_MEETINGS)
def attendance_word(request: HttpRequest, code: str) -> HttpResponseBase:
    """The sheet that goes round the table."""
    sheet, language = _sheet(request, code)
    return _file(word.attendance_sheet(sheet, language=language), f"attendance-{code}-{language}")


@requires(Permission.KEEP_MEETINGS)
def badges_word(request: HttpRequest, code: str) -> HttpResponseBase:
    sheet, language = _sheet(request, code)
    return _file(word.badges(sheet, language=language), f"badges-{code}-{language}")


def _sheet(request: HttpRequest, code: str) -> tuple[expected.Sheet, str]:
    meeting, language = queries.meeting_to_keep(person_of(request), code), _language(request)
    with override(language):
        return expected.sheet(meeting, language=language), language
