"""Published recommendations, for search."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from kenesh.followup.models import Recommendation
from kenesh.followup.queries.days import with_day
from kenesh.search.findable import Findable, Shown, first_words, versions


class Recommendations:
    """Published recommendations, with whom they ask."""

    kind = "recommendation"
    label = _("Recommendations")

    def codes(self) -> Iterable[str]:
        return _public().order_by("id").values_list("code", flat=True)

    def things(self, codes: Collection[str]) -> Iterable[Findable]:
        rows = (
            with_day(_public())
            .filter(code__in=codes)
            .select_related("body")
            .prefetch_related("addressees__organisation", "concepts")
        )
        for row in rows:
            asked = [one.organisation for one in row.addressees.all()]
            names = (name for organisation in asked for name in (organisation.name, organisation.short_name))
            yield Findable(
                code=row.code,
                texts=versions(row.text, row.why, row.source_text, *names),
                themes={one.concept: 1.0 for one in row.concepts.all() if not one.is_group},
                countries=tuple(dict.fromkeys(organisation.country for organisation in asked if organisation.country)),
                year=row.asked_on.year,
                body=row.body.code,
            )

    def shown(self, codes: Collection[str], language: str) -> Iterable[Shown]:
        for row in _public().filter(code__in=codes):
            text = row.text.in_language(language)
            yield Shown(
                code=row.code,
                title=first_words(text),
                text=text,
                language=row.text.language_used(language),
                address=reverse("followup:recommendation", args=[row.code]),
                what=str(_("Recommendation")),
            )


def _public() -> QuerySet[Recommendation]:
    return Recommendation.objects.filter(is_public=True)
