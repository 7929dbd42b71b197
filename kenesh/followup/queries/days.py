"""From which day a recommendation is: a paper of 2015 that is entered today is of 2015."""

from __future__ import annotations

from typing import Any

from django.db.models import DateField, F, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce, TruncDate

from kenesh.followup.models import Recommendation, RecommendationSource


def with_day(rows: QuerySet[Recommendation], *, public: bool = True) -> Any:
    """Annotates `asked_on`: when its decision was adopted; else the day of its oldest source; else when it was entered here.

    `public`: sources that everybody may read alone.
    """
    sources = RecommendationSource.objects.in_public() if public else RecommendationSource.objects.all()
    dated = sources.filter(recommendation=OuterRef("pk"), dated_on__isnull=False).order_by("dated_on")
    day = Coalesce(
        F("decision__adopted_on"), Subquery(dated.values("dated_on")[:1]), TruncDate("created_at"), output_field=DateField()
    )
    return rows.annotate(asked_on=day)
