"""Minutes and excerpts to read, print and take away; for the secretary the sheet to sign and the badges."""

from __future__ import annotations

import logging
from dataclasses import dataclass

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language, override

from kenesh.council.models import Meeting, Minutes, MinutesVersion
from kenesh.council.papers import akoma_ntoso, frozen, pdf, word
from kenesh.council.papers.paper import Paper
from kenesh.council.queries import expected
from kenesh.council.queries import meetings as queries
from kenesh.council.queries.minutes import meeting_of_decision, meeting_with_public_minutes, minutes_of, versions_of
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


@dataclass(frozen=True)
class _Chosen:
    """Which version of the minutes a page shows; `version` is None for the draft. `versions`: all that its reader may read, the
    latest first."""

    meeting: Meeting
    version: MinutesVersion | None
    versions: list[MinutesVersion]
    for_everybody: bool

    @property
    def asked(self) -> str:
        """What an address says to get this very version; "" for the one that is shown anyway."""
        is_last = self.version is not None and self.version == self.versions[0]
        is_shown_anyway = is_last and self.meeting.minutes.status == Minutes.Status.APPROVED
        return "" if self.version is None or is_shown_anyway else f"&version={self.version.number}"


def _chosen(request: HttpRequest, meeting: Meeting, *, for_everybody: bool) -> _Chosen:
    """The version that was asked for, else the one that counts, else the draft. Raises Http404."""
    versions, number = versions_of(meeting, for_everybody=for_everybody), request.GET.get("version", "")
    if number:
        found = next((one for one in versions if str(one.number) == number), None)
        if found is None:
            raise Http404
        return _Chosen(meeting, found, versions, for_everybody)
    row = minutes_of(meeting)
    is_approved = row is not None and row.status == Minutes.Status.APPROVED
    return _Chosen(meeting, versions[0] if is_approved and versions else None, versions, for_everybody)


def _public(request: HttpRequest, code: str) -> _Chosen:
    return _chosen(request, meeting_with_public_minutes(code), for_everybody=True)


def _internal(request: HttpRequest, code: str) -> _Chosen:
    return _chosen(request, queries.meeting_to_see(person_of(request), code), for_everybody=False)


def _paper(request: HttpRequest, chosen: _Chosen, decision: str = "") -> Paper:
    """Raises Http404 when the minutes do not show that decision."""
    paper = frozen.paper_of(
        chosen.meeting, _language(request), for_everybody=chosen.for_everybody, decision=decision, version=chosen.version
    )
    if paper is None:
        raise Http404
    return paper


def _shown(paper: Paper, chosen: _Chosen, word_address: str, xml_address: str = "") -> dict[str, object]:
    """What the partials of a paper need. The PDF lies beside the Word file."""
    return {
        "paper": paper,
        "languages": list(dict(settings.LANGUAGES)),
        "word": word_address,
        "pdf": f"{word_address.removesuffix('.docx')}.pdf",
        "xml": xml_address,
        "version": chosen.version,
        "versions": chosen.versions,
        "at_version": chosen.asked,
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
    chosen = _public(request, code)
    addresses = reverse("council:minutes_word", args=[code]), reverse("council:minutes_xml", args=[code])
    context = {**_shown(_paper(request, chosen), chosen, *addresses), "code": code}
    return render(request, "council/minutes.html", context)


@public("the same published minutes as a Word file")
def minutes_word(request: HttpRequest, code: str) -> HttpResponseBase:
    paper = _paper(request, _public(request, code))
    return _file(word.paper(paper), f"minutes-{code}-{paper.language}")


@public("the same published minutes as PDF")
def minutes_pdf(request: HttpRequest, code: str) -> HttpResponseBase:
    paper = _paper(request, _public(request, code))
    return _pdf(request, paper, f"minutes-{code}-{paper.language}")


@public("the same published minutes for programs")
def minutes_xml(request: HttpRequest, code: str) -> HttpResponse:
    paper = _paper(request, _public(request, code))
    with override(paper.language):
        address = request.build_absolute_uri(reverse("council:minutes", args=[code]))
    response = HttpResponse(akoma_ntoso.as_xml(paper, address=address), content_type=akoma_ntoso.MEDIA_TYPE)
    response["Content-Disposition"] = f'inline; filename="{code}-{paper.language}.akn.xml"'
    return response


@public("shows what published minutes say of a published decision")
def excerpt_page(request: HttpRequest, code: str) -> HttpResponse:
    meeting = meeting_of_decision(code)
    chosen = _public(request, meeting)
    shown = _shown(_paper(request, chosen, code), chosen, reverse("council:excerpt_word", args=[code]))
    return render(request, "council/excerpt.html", {**shown, "code": code, "meeting_code": meeting})


@public("the same excerpt as a Word file")
def excerpt_word(request: HttpRequest, code: str) -> HttpResponseBase:
    paper = _paper(request, _public(request, meeting_of_decision(code)), code)
    return _file(word.paper(paper), f"excerpt-{code}-{paper.language}")


@public("the same excerpt as PDF")
def excerpt_pdf(request: HttpRequest, code: str) -> HttpResponseBase:
    paper = _paper(request, _public(request, meeting_of_decision(code)), code)
    return _pdf(request, paper, f"excerpt-{code}-{paper.language}")


# --- for the body -------------------------------------------------------------------------------------------------------


def internal_minutes(request: HttpRequest, meeting: Meeting) -> dict[str, object]:
    """The minutes as the body sees them, for the page on which the secretary adds remarks."""
    chosen = _chosen(request, meeting, for_everybody=False)
    return _shown(_paper(request, chosen), chosen, reverse("council_work:minutes_word", args=[meeting.code]))


@requires(Permission.SEE_MEETINGS)
def internal_minutes_word(request: HttpRequest, code: str) -> HttpResponseBase:
    paper = _paper(request, _internal(request, code))
    return _file(word.paper(paper), f"minutes-{code}-{paper.language}")


@requires(Permission.SEE_MEETINGS)
def internal_excerpt(request: HttpRequest, code: str, decision: str) -> HttpResponse:
    chosen = _internal(request, code)
    shown = _shown(_paper(request, chosen, decision), chosen, reverse("council_work:excerpt_word", args=[code, decision]))
    return render(request, "council/work_excerpt.html", {**shown, "meeting": chosen.meeting})


@requires(Permission.SEE_MEETINGS)
def internal_excerpt_word(request: HttpRequest, code: str, decision: str) -> HttpResponseBase:
    paper = _paper(request, _internal(request, code), decision)
    return _file(word.paper(paper), f"excerpt-{decision}-{paper.language}")


@requires(Permission.SEE_MEETINGS)
def internal_minutes_pdf(request: HttpRequest, code: str) -> HttpResponseBase:
    paper = _paper(request, _internal(request, code))
    return _pdf(request, paper, f"minutes-{code}-{paper.language}")


@requires(Permission.SEE_MEETINGS)
def internal_excerpt_pdf(request: HttpRequest, code: str, decision: str) -> HttpResponseBase:
    paper = _paper(request, _internal(request, code), decision)
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
