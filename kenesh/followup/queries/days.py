"""From which day a recommendation is, and which day it is where somebody is asked."""

from __future__ import annotations

from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import DateField, F, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce, TruncDate
from django.utils import timezone

from kenesh.followup.models import Recommendation, RecommendationSource
from kenesh.people.models import Organisation
from kenesh.themes.countries import CAPITAL_ZONES

FIRST_DAY, LAST_DAY = date(1945, 1, 1), date(2099, 12, 31)


def is_likely(day: date) -> bool:
    """Whether something of this room may have its day then; else its year is mistyped."""
    return FIRST_DAY <= day <= LAST_DAY


def today_at(organisation: Organisation) -> date:
    """The day in the capital of its country, where a day by which it shall answer ends; without a country the node's own."""
    zone = CAPITAL_ZONES.get(organisation.country)
    return timezone.localdate(timezone=ZoneInfo(zone) if zone else None)


def with_day(rows: QuerySet[Recommendation], *, public: bool = True) -> Any:
    """Annotates `asked_on`: when its decision was adopted; else the day of its oldest source; else when it was entered here. A paper of
    2015 that is entered today is of 2015.

    `public`: sources that everybody may read alone.
    """
    sources = RecommendationSource.objects.in_public() if public else RecommendationSource.objects.all()
    dated = sources.filter(recommendation=OuterRef("pk"), dated_on__isnull=False).order_by("dated_on")
    day = Coalesce(
        F("decision__adopted_on"), Subquery(dated.values("dated_on")[:1]), TruncDate("created_at"), output_field=DateField()
    )
    return rows.annotate(asked_on=day)
