"""The document's own columns: what was read, as far as a person has not said otherwise."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from django.utils.translation import gettext_lazy as _

from kenesh.kernel import findings
from kenesh.library.extraction import found_in
from kenesh.library.models import Confirmation, Document, DocumentCountry, DocumentTheme
from kenesh.library.proposals import SINGLE
from kenesh.library.reading import read_anew
from kenesh.library.reading.spans import Dropped

_BY_HAND = 1.0  # the score of a theme that a person added
_COLUMNS = ("title", "kind", "date_start", "date_end", "countries")
_FIELDS = {*SINGLE, "countries", "themes"}  # whose decisions stand in columns of the document
_SEARCHED = {"language", "questions"}  # what search reads beside those columns


def settle(document: Document, fields: Collection[str]) -> None:
    """Writes title, kind, date, countries and themes anew from the reading and the decisions, after decisions in these fields.

    The document is saved last and only when something is otherwise now: with that its whole text is indexed anew.
    """
    if not set(fields) & (_FIELDS | _SEARCHED):
        return
    before = [getattr(document, name) for name in _COLUMNS]
    decided: dict[str, list[Confirmation]] = {}
    for confirmation in Confirmation.objects.filter(document=document).order_by("pk"):
        decided.setdefault(confirmation.field, []).append(confirmation)
    found = document.found
    singles = {field: _single(decided.get(field, ())) for field in SINGLE}
    title = _said(singles["title"], {"title": found.get("title")})
    kind = _said(singles["kind"], {"kind": found.get("kind")})
    dates = _said(singles["dates"], found.get("dates") or {})
    document.title = str(title.get("title") or "")[:300]
    document.kind = str(kind.get("kind") or Document.Kind.NEWS)
    document.date_start, document.date_end = str(dates.get("start") or "")[:10], str(dates.get("end") or "")[:10]
    document.countries = _many(found.get("countries", []), decided.get("countries", ()), "country")
    _write_countries(document)
    other_themes = _write_themes(document, decided.get("themes", ()))
    if other_themes or set(fields) & _SEARCHED or before != [getattr(document, name) for name in _COLUMNS]:
        document.save(update_fields=[*_COLUMNS, "language", "script", "found"])


def _single(confirmations: Sequence[Confirmation]) -> Confirmation | None:
    return confirmations[0] if confirmations else None


def _said(confirmation: Confirmation | None, read: Mapping[str, Any]) -> Mapping[str, Any]:
    """What a person said; else what was read."""
    return read if confirmation is None else confirmation.confirmed


def _many(read: Sequence[str], confirmations: Sequence[Confirmation], name: str) -> list[str]:
    """The values read without those that were rejected or corrected, then those that a person gave; each once."""
    gone = {
        c.read.get(name) for c in confirmations if c.outcome in (Confirmation.Outcome.REJECTED, Confirmation.Outcome.CORRECTED)
    }
    given = [str(c.confirmed[name]) for c in confirmations if c.confirmed.get(name)]
    return list(dict.fromkeys([*(value for value in read if value not in gone), *given]))


def _write_countries(document: Document) -> None:
    document.named_countries.exclude(country__in=document.countries).delete()
    there = set(document.named_countries.values_list("country", flat=True))
    DocumentCountry.objects.bulk_create(
        DocumentCountry(document=document, country=code) for code in document.countries if code not in there
    )


def _write_themes(document: Document, confirmations: Sequence[Confirmation]) -> bool:
    """Whether they are others than before."""
    concepts = _many([theme["concept"] for theme in document.found.get("themes", [])], confirmations, "concept")
    there = set(document.themes.values_list("concept", flat=True))
    if there == set(concepts):
        return False
    document.themes.exclude(concept__in=concepts).delete()
    scores = {theme["concept"]: theme.get("score", _BY_HAND) for theme in document.found.get("themes", [])}
    DocumentTheme.objects.bulk_create(
        DocumentTheme(document=document, concept=concept, score=scores.get(concept, _BY_HAND))
        for concept in concepts
        if concept not in there
    )
    return True


def read_again(document: Document, language: str) -> None:
    """Reads the document anew in the language that a person chose; `settle` saves it. Raises Refused once other findings are decided."""
    if document.language == language:
        return
    if Confirmation.objects.filter(document=document).exclude(field="language").exists():
        raise findings.Refused(
            _("The document would be read again. Take back first what you decided about its other findings."), "language"
        )
    pieces = [Dropped(piece["at"][0], piece["at"][1], piece["reason"]) for piece in document.furniture]
    found = found_in(read_anew(document.text, document.source, pieces, language))
    # The title stands in the markup of a page, which is not kept with its text.
    document.found = {**found, "title": document.found["title"] or found["title"]}
    document.language, document.script = language, found["script"] or ""
