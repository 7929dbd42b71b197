"""What the tracker takes from documents that were read: recommendations, with the document as their source."""

from __future__ import annotations

import re
import uuid
from collections.abc import Collection, Sequence
from datetime import date
from typing import Any

from django.db.models import Q, TextField
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Cast, Substr
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from kenesh.followup import actions
from kenesh.followup.models import ADDRESSED, Recommendation, SourceKind
from kenesh.followup.queries.organisations import index_of
from kenesh.followup.rules import bodies_read_by, bodies_to_enter_for
from kenesh.kernel import findings
from kenesh.kernel.findings import Candidate, Facts, Finding, Input, Proposed, Taken
from kenesh.library.models import Document
from kenesh.library.proposals import is_partial_date, is_whole_day
from kenesh.people.matching import country_in, plain
from kenesh.people.models import Body, Organisation
from kenesh.themes import analysis, thesaurus
from kenesh.themes.countries import in_alphabetical_order
from kenesh.themes.texts import Translated

_SOURCES = {
    Document.Kind.CONCLUDING_OBSERVATIONS: SourceKind.UN_COMMITTEE,
    Document.Kind.REVIEW_DIALOGUE: SourceKind.UN_COMMITTEE,
    Document.Kind.SUMMARY_RECORD: SourceKind.UN_COMMITTEE,
    Document.Kind.LIST_OF_ISSUES: SourceKind.UN_COMMITTEE,
    Document.Kind.ROUND_TABLE: SourceKind.ROUND_TABLE,
    Document.Kind.WORKSHOP: SourceKind.ROUND_TABLE,
    Document.Kind.CONFERENCE: SourceKind.CONFERENCE,
    Document.Kind.MEETING: SourceKind.MEETING,
    Document.Kind.FOUNDING: SourceKind.MEETING,
}
# Of a UN document, as in CMW/C/KGZ/CO/2: it stands on the first page.
_SYMBOL = re.compile(r"\b[A-Z]{1,6}/(?:[A-Z0-9.]{1,8}/){1,4}[A-Z0-9.]*\d\b")
_BEGINNING = 4_000  # characters
_SAME_WORDS = (1.0, _("the same words in the tracker"))
_OF_THIS_DOCUMENT = 0.6  # from this likeness on a name means an organisation that was confirmed in the same document
_NEARLY = (0.85, _("nearly the same words in the tracker"))


class RecommendationTaker:
    """They enter the tracker as internal ones; whom they ask may stay open at first."""

    field = "recommendations"
    kind = "recommendation"
    label = _("Recommendations")
    order = 60

    def inputs(self, user: Any) -> Sequence[Input]:
        language = get_language() or "en"
        bodies = [("", "—"), *((body.code, str(body.name)) for body in bodies_to_enter_for(user))]
        asked = Organisation.objects.filter(kind__in=ADDRESSED).only("code", "name", "labels")
        addressees = in_alphabetical_order(((row.code, str(row)) for row in asked), language)
        return (
            Input("text", _("What is recommended"), "text", required=True),
            Input("addressee", _("Who is asked, in the words of the document")),
            Input("organisation", _("Who is asked, of those entered here"), "choice", choices=[("", _("open")), *addressees], of_reading=False),
            Input("body", _("Who follows it up"), "choice", required=True, choices=bodies, of_reading=False),
            Input("carry_out_by", _("By which day shall it be carried out?"), "day", hint=_("A whole date, such as 2024-05-15."), of_reading=False),
            Input("source_kind", _("What kind of source it is"), "choice", choices=SourceKind.choices, of_reading=False),
            Input("symbol", _("Symbol of the document"), of_reading=False),
            Input("paragraph", _("Paragraph"), of_reading=False),
            Input("theme", _("Theme"), "choice", choices=_themes(language), of_reading=False),
        )  # fmt: skip

    def propose(self, found: Sequence[Finding], user: Any) -> list[Proposed]:
        if not found:
            return []
        bodies = bodies_to_enter_for(user)
        begins = Substr("text", 1, _BEGINNING)
        document = (
            Document.objects.only("kind", "first", "found", "date_start")
            .annotate(begins=begins)
            .filter(code=found[0].document)
            .first()
        )
        symbol = _SYMBOL.search(getattr(document, "begins", ""))
        source = _SOURCES.get(Document.Kind(document.kind), SourceKind.OTHER) if document else SourceKind.OTHER
        asked = _Asked(found[0])
        deadlines = _deadlines(document) if document else []
        known = _known(found, document, bodies)
        proposed = []
        for finding in found:
            words, text = str(finding.read.get("addressee") or ""), str(finding.read.get("text") or "")
            facts = {
                "text": text, "addressee": words, "source_kind": source.value, "body": findings.one_body(finding, [body.code for body in bodies]),
                "organisation": asked.code_of(words, finding.language), "carry_out_by": _deadline_in(finding, deadlines),
                "symbol": symbol[0] if symbol else "", "paragraph": str(finding.read.get("number") or "")[:20],
                "theme": _theme_of(text, finding.language),
            }  # fmt: skip
            proposed.append(Proposed(facts, findings.best(_same(text, known))))
        return proposed

    def accept(self, finding: Finding, *, facts: Facts, target: str, by: Any) -> Taken:
        if target:
            row = Recommendation.objects.filter(code=findings.code_in(target, "recommendation")).first()
            if row is None:
                raise findings.Refused(_("This record is not there any more. Choose another one, or enter it as new."))
            return Taken(findings.target_of(row))
        body = next((body for body in bodies_to_enter_for(by) if body.code == facts["body"]), None)
        if body is None:
            raise findings.Refused(_("Choose who follows this recommendation up."), "body")
        carry_out_by = _whole_day(facts.get("carry_out_by", ""))
        language = finding.language or "ru"
        document = Document.objects.get(code=finding.document)
        line = actions.SourceLine(
            kind=facts["source_kind"],
            title=Translated({language: finding.title}),
            symbol=facts.get("symbol", "")[:80],
            paragraph=facts.get("paragraph", "")[:20],
            document=document,
        )
        theme = facts.get("theme", "")
        recommendation = actions.add_recommendation(
            body=body,
            text=Translated({language: facts["text"]}),
            source_text=Translated({language: finding.title}),
            addressees=Organisation.objects.filter(code=facts["organisation"]) if facts["organisation"] else [],
            source_kind=facts["source_kind"],
            document=document,
            details=actions.Details(themes=(theme,) if theme else (), carry_out_by=carry_out_by),
            sources=[line],
            key=uuid.uuid4(),
            by=by,
        )
        return Taken(findings.target_of(recommendation), (findings.target_of(recommendation),))

    def undo(self, taken: Taken, *, by: Any) -> None:
        for made in taken.made:
            row = Recommendation.objects.filter(code=findings.code_in(made, "recommendation")).first()
            if row is not None:
                actions.take_back(recommendation=row, by=by)

    def addresses(self, targets: Collection[str], user: Any) -> dict[str, str]:
        codes = {findings.code_in(target, self.kind) for target in targets} - {""}
        rows = Recommendation.objects.filter(code__in=codes, body__in=bodies_read_by(user)) if codes else []
        return {findings.target_of(row): reverse("followup_work:recommendation", args=[row.code]) for row in rows}


class _Asked:
    """Whom a recommendation asks, by the words of its document: what a person confirmed in the same document counts first."""

    def __init__(self, finding: Finding) -> None:
        columns = ("code", "name", "short_name", "country")
        rows = list(Organisation.objects.filter(kind__in=ADDRESSED).only(*columns))
        here = {findings.code_in(target, "organisation") for target in finding.taken.get("organisations", ())}
        self._all, self._here = index_of(rows), index_of((row for row in rows if row.code in here), with_countries=True)

    def code_of(self, words: str, language: str) -> str:
        """ "" where nobody is named, or several may be meant."""
        if not words:
            return ""
        own = self._here.candidates(words, language, country_in(words, language))
        likely = [each for each in own if each.score >= _OF_THIS_DOCUMENT]
        if len(likely) == 1 or (len(likely) > 1 and likely[0].score > likely[1].score):
            return likely[0].target
        known = self._all.candidates(words, language)
        return known[0].target if known and known[0].score >= findings.SURE else ""


Deadline = tuple[int, int, str]  # where it stands in the text, and the day


def _deadlines(document: Document) -> list[Deadline]:
    """The days by which something is to be done, as far as the document lets one say the year: one that it leaves out is the next such
    day after the document's own."""
    told = (
        (each.get("at"), each.get("start"))
        for each in (document.found.get("dates") or {}).get("others", [])
        if each.get("role") == "deadline"
    )
    return [(at[0], at[1], day) for at, start in told if at and (day := _day_after(str(start or ""), document.date_start))]


def _day_after(partial: str, own: str) -> str:
    """The day itself when it is a whole one, else the first such day after `own`; "" where that cannot be told."""
    if is_whole_day(partial):
        return partial
    if not (partial.startswith("--") and len(partial) == 7 and is_whole_day(own)):
        return ""
    year = int(own[:4]) + (partial[2:] < own[5:])
    day = f"{year}-{partial[2:]}"
    return day if is_partial_date(day) else ""


def _deadline_in(finding: Finding, deadlines: Sequence[Deadline]) -> str:
    """The only one that stands within the words of the finding."""
    inside = {day for start, end, day in deadlines if any(first <= start and end <= last for first, last in finding.at)}
    return inside.pop() if len(inside) == 1 else ""


def _whole_day(text: str) -> date | None:
    """Raises Refused for anything but a whole date."""
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise findings.Refused(_("Write a whole date, such as 2024-05-15."), "carry_out_by") from None


def _themes(language: str) -> list[tuple[str, str]]:
    named = [(one.id, thesaurus.label(one.id, language)) for one in thesaurus.concepts().values() if one.is_theme]
    return [("", str(_("open"))), *in_alphabetical_order(named, language)]


def _theme_of(text: str, language: str) -> str:
    """What it speaks of most; "" when that cannot be told."""
    themes = (match.concept for match in analysis.tag(text, language or None))
    return next((one for one in themes if thesaurus.concept(one).is_theme), "")


def _known(found: Sequence[Finding], document: Document | None, bodies: Sequence[Body]) -> list[Recommendation]:
    """Recommendations of these bodies that may be the same: out of a version of the same document, or of the same words."""
    texts = [str(finding.read.get("text") or "") for finding in found]
    alike = Q(said__in=texts)
    if document is not None:
        family = document.first_id or document.pk
        alike |= Q(document=family) | Q(document__first=family)
    said = Cast(KeyTextTransform(found[0].language or "ru", "text"), TextField())
    rows = Recommendation.objects.annotate(said=said)
    return list(rows.filter(alike, body__in=bodies).only("code", "text").order_by("-id")[:200])


def _same(text: str, known: Sequence[Recommendation]) -> list[Candidate]:
    written = plain(text)
    found = []
    for row in known:
        own = {plain(words) for words in row.text.values()}
        if written in own:
            found.append(Candidate(findings.target_of(row), str(row.text)[:120], *_SAME_WORDS))
        elif any(len(written) > 60 and (words.startswith(written[:60])) for words in own):
            found.append(Candidate(findings.target_of(row), str(row.text)[:120], *_NEARLY))
    return found
