"""Recommendations as a table under the columns that the import reads."""

from __future__ import annotations

from collections.abc import Sequence

from django.conf import settings
from django.db.models import QuerySet
from django.urls import reverse

from kenesh.followup import instruments
from kenesh.followup.models import AboutConcept, Recommendation, RecommendationSource
from kenesh.followup.queries import Line, lines_of
from kenesh.followup.spreadsheets.columns import COLUMNS, OUT
from kenesh.followup.spreadsheets.rows import LANGUAGES
from kenesh.followup.tables import Cell, Table

MOST_ROWS = 5_000


def table_of(rows: QuerySet[Recommendation], *, public: bool) -> Table:
    """The first MOST_ROWS of these, with what came of each; seven queries. `public`: only what everybody may read."""
    lines = lines_of(rows, public=public, limit=MOST_ROWS, whole=True)
    codes = [line.recommendation.pk for line in lines]
    sources, concepts = _by_recommendation(RecommendationSource, codes), _by_recommendation(AboutConcept, codes)
    written = [
        _row(line, sources.get(line.recommendation.pk, []), concepts.get(line.recommendation.pk, []), public) for line in lines
    ]
    return Table(OUT, [COLUMNS[name].tag for name in OUT], [[row.get(name, "") for name in OUT] for row in written])


def _by_recommendation(model: type[RecommendationSource] | type[AboutConcept], ids: Sequence[int]) -> dict[int, list[object]]:
    found: dict[int, list[object]] = {}
    for row in model.objects.filter(recommendation__in=ids).order_by("id"):
        found.setdefault(row.recommendation_id, []).append(row)
    return found


def _row(line: Line, sources: Sequence[object], concepts: Sequence[object], public: bool) -> dict[str, Cell]:
    it = line.recommendation
    asked = [one.addressee for one in line.addressees]
    lead = next((one.organisation for one in asked if one.is_lead), None)
    row: dict[str, Cell] = {
        "code": it.code,
        **{f"text_{one}": it.text.get(one, "") for one in LANGUAGES},
        **{f"why_{one}": it.why.get(one, "") for one in LANGUAGES},
        "addressees": "; ".join(str(one.organisation) for one in asked),
        "lead": str(lead) if lead else "",
        "themes": "; ".join(one.concept for one in concepts if not one.is_group),  # type: ignore[attr-defined]
        "groups": "; ".join(one.concept for one in concepts if one.is_group),  # type: ignore[attr-defined]
        "articles": instruments.write_articles(it.articles),
        "targets": ", ".join(it.targets),
        "answer_by": line.answer_by.isoformat() if line.answer_by else "",
        "carry_out_by": it.carry_out_by.isoformat() if it.carry_out_by else "",
        "status": line.status.value,
        "judgement": line.verdict.judgement if line.verdict else "",
        "address": f"{settings.ADDRESS}{reverse('followup:recommendation', args=[it.code])}" if it.is_public else "",
        **_source(it, sources, public),
    }
    return row | _figure(it)


def _source(it: Recommendation, sources: Sequence[object], public: bool) -> dict[str, Cell]:
    if not sources:
        return {"source_kind": it.source_kind, "source_title": str(it.source_text)}
    shown: list[RecommendationSource] = [one for one in sources if isinstance(one, RecommendationSource)]
    shown = [one for one in shown if not public or one.decision_id is None or one.symbol or one.title]
    if not shown:
        return {}
    first, *others = shown
    return {
        "source_kind": first.kind,
        "source_title": str(first.title),
        "symbol": first.symbol,
        "paragraph": first.paragraph,
        "dated_on": first.dated_on.isoformat() if first.dated_on else "",
        "url": first.url,
        "other_sources": "; ".join(map(str, others)),
    }


def _figure(it: Recommendation) -> dict[str, Cell]:
    figure = getattr(it, "measure", None)
    if figure is None:
        return {}
    return {
        **{f"figure_{one}": figure.text.get(one, "") for one in LANGUAGES},
        "unit": figure.unit,
        "baseline": figure.baseline_words,
        "baseline_year": str(figure.baseline_year or ""),
        "goal": figure.goal_words,
        "goal_year": str(figure.goal_year or ""),
        "figure_source": figure.source,
    }
