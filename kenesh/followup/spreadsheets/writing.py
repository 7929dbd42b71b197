"""Recommendations as a table under the columns that the import reads."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TypeVar

from django.conf import settings
from django.db.models import QuerySet
from django.urls import reverse

from kenesh.followup import instruments
from kenesh.followup.models import AboutConcept, Recommendation, RecommendationSource
from kenesh.followup.queries import Line, lines_of
from kenesh.followup.spreadsheets.columns import COLUMNS, columns_in
from kenesh.followup.tables import Cell, Table
from kenesh.themes.languages import INTERFACE
from kenesh.themes.texts import writing_languages

MOST_ROWS = 5_000
About = TypeVar("About", RecommendationSource, AboutConcept)


Row = dict[str, Cell]


def table_of(rows: QuerySet[Recommendation], *, public: bool, most: int = MOST_ROWS) -> tuple[Table, str]:
    """The first `most` of these, with what came of each, and the code after which the rest begins ("" when that is all); seven
    queries. `public`: only what everybody may read."""
    written, rest = cells_of(rows, public=public, most=most)
    filled = {COLUMNS[name].language for _line, row in written for name in row}
    also = [code for code in INTERFACE if code in filled and code not in writing_languages()]
    names = [name for name in columns_in([*writing_languages(), *also]) if name != "text"]
    return Table(
        names, [COLUMNS[name].tag for name in names], [[row.get(name, "") for name in names] for _line, row in written]
    ), rest


def cells_of(rows: QuerySet[Recommendation], *, public: bool, most: int) -> tuple[list[tuple[Line, Row]], str]:
    """Each with its cells by the name of the column; and where the rest begins."""
    lines = lines_of(rows, public=public, limit=most + 1, whole=True)
    rest = lines[most - 1].recommendation.code if len(lines) > most else ""
    lines = lines[:most]
    ids = [line.recommendation.pk for line in lines]
    named = RecommendationSource.objects.in_public() if public else RecommendationSource.objects.all()
    sources, concepts = _by_recommendation(named, ids), _by_recommendation(AboutConcept.objects.all(), ids)
    return [
        (line, _row(line, sources.get(line.recommendation.pk, []), concepts.get(line.recommendation.pk, []))) for line in lines
    ], rest


def _by_recommendation(rows: QuerySet[About], ids: Sequence[int]) -> dict[int, list[About]]:
    found: dict[int, list[About]] = {}
    for row in rows.filter(recommendation__in=ids).order_by("id"):
        found.setdefault(row.recommendation_id, []).append(row)
    return found


def _row(line: Line, sources: Sequence[RecommendationSource], concepts: Sequence[AboutConcept]) -> Row:
    it = line.recommendation
    asked = [one.addressee for one in line.addressees]
    lead = next((one.organisation for one in asked if one.is_lead), None)
    row: Row = {
        "code": it.code,
        **_in_languages("text", it.text),
        **_in_languages("why", it.why),
        "addressees": "; ".join(str(one.organisation) for one in asked),
        "lead": str(lead) if lead else "",
        "themes": "; ".join(one.concept for one in concepts if not one.is_group),
        "groups": "; ".join(one.concept for one in concepts if one.is_group),
        "articles": instruments.write_articles(it.articles),
        "targets": ", ".join(it.targets),
        "answer_by": line.answer_by.isoformat() if line.answer_by else "",
        "carry_out_by": it.carry_out_by.isoformat() if it.carry_out_by else "",
        "status": line.status.value,
        "judgement": line.verdict.judgement if line.verdict else "",
        "address": f"{settings.ADDRESS}{reverse('followup:recommendation', args=[it.code])}" if it.is_public else "",
        **_source(it, sources),
    }
    return row | _figure(it)


def _in_languages(part: str, text: Mapping[str, str]) -> Row:
    return {f"{part}_{code}": words for code, words in text.items() if code in INTERFACE}


def _source(it: Recommendation, sources: Sequence[RecommendationSource]) -> Row:
    if not sources:
        return {"source_kind": it.source_kind, "source_title": str(it.source_text)}
    first, *others = sources
    return {
        "source_kind": first.kind,
        "source_title": str(first.title),
        "symbol": first.symbol,
        "paragraph": first.paragraph,
        "dated_on": first.dated_on.isoformat() if first.dated_on else "",
        "url": first.url,
        "other_sources": "; ".join(map(str, others)),
    }


def _figure(it: Recommendation) -> Row:
    figure = getattr(it, "measure", None)
    if figure is None:
        return {}
    return {
        **_in_languages("figure", figure.text),
        "unit": figure.unit,
        "baseline": figure.baseline_words,
        "baseline_year": str(figure.baseline_year or ""),
        "goal": figure.goal_words,
        "goal_year": str(figure.goal_year or ""),
        "figure_source": figure.source,
    }
