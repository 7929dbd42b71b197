"""What the tracker takes from documents that were read: recommendations, with the document as their source."""

from __future__ import annotations

import re
import uuid
from collections.abc import Collection, Sequence
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
from kenesh.people.matching import plain
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
        document = Document.objects.only("kind", "first").annotate(begins=begins).filter(code=found[0].document).first()
        symbol = _SYMBOL.search(getattr(document, "begins", ""))
        source = _SOURCES.get(Document.Kind(document.kind), SourceKind.OTHER) if document else SourceKind.OTHER
        asked = Organisation.objects.filter(kind__in=ADDRESSED).only("code", "name", "short_name")
        index = index_of(asked)
        known = _known(found, document, bodies)
        proposed = []
        for finding in found:
            words, text = str(finding.read.get("addressee") or ""), str(finding.read.get("text") or "")
            likely = index.candidates(words, finding.language) if words else []
            facts = {
                "text": text, "addressee": words, "source_kind": source.value, "body": findings.one_body(finding, [body.code for body in bodies]),
                "organisation": likely[0].target if likely and likely[0].score >= findings.SURE else "",
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
            details=actions.Details(themes=(theme,) if theme else ()),
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
