"""Files a published recommendation under the keys by which the public list can be narrowed."""

from __future__ import annotations

from collections.abc import Collection
from datetime import timedelta

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce, Greatest

from kenesh.followup.models import NO_DATE, Filed, FiledKey, Recommendation, ShownSilence, owing
from kenesh.followup.queries.filters import ALL, key
from kenesh.people.models import Body
from kenesh.search.actions import keep
from kenesh.themes import thesaurus


def keys_of(recommendation: Recommendation) -> set[str]:
    """Every key of a published recommendation. A theme files it under the broader ones too."""
    keys = {ALL, key("body", recommendation.body.code)}
    for code, country in recommendation.addressees.current().values_list("organisation__code", "organisation__country"):
        keys.add(key("to", code))
        if country:
            keys.add(key("in", country))
    for concept in recommendation.concepts.values_list("concept", flat=True):
        keys |= {key("theme", one) for one in with_broader(concept)}
    kinds = set(recommendation.sources.in_public().values_list("kind", flat=True)) | {recommendation.source_kind} - {""}
    return keys | {key("from", kind) for kind in kinds or _kind_unsaid(recommendation)}


def _kind_unsaid(recommendation: Recommendation) -> set[str]:
    return {"decision"} if recommendation.decision_id else {"other"}


def with_broader(concept: str) -> list[str]:
    """The concept and all above it; only itself when the thesaurus has it no longer."""
    found = [concept]
    while found[-1] in thesaurus.concepts() and (parent := thesaurus.parent_of(found[-1])) is not None:
        found.append(parent)
    return found


def file(recommendation: Recommendation) -> None:
    """Brings the places of a locked recommendation up to what is public of it now."""
    wanted = keys_of(recommendation) if recommendation.is_public else set()
    rows = Filed.objects.filter(recommendation=recommendation)
    there = set(rows.values_list("key", flat=True))
    if there - wanted:
        rows.filter(key__in=there - wanted).delete()
        empty = ~Exists(Filed.objects.filter(key=OuterRef("key")))
        FiledKey.objects.filter(empty, key__in=there - wanted).delete()
    stage = recommendation.public_stage
    if there & wanted:
        rows.exclude(stage=stage).update(stage=stage)
    Filed.objects.bulk_create(Filed(recommendation=recommendation, key=one, stage=stage) for one in sorted(wanted - there))
    if wanted:
        set_late_after(rows, recommendation.body)
    FiledKey.objects.bulk_create([FiledKey(key=one) for one in sorted(wanted - there)], ignore_conflicts=True)


@transaction.atomic
def file_anew(*, codes: Collection[str]) -> None:
    """Brings the places of these recommendations, and what the search knows of them, up to whom they ask now."""
    for recommendation in Recommendation.objects.select_for_update(of=("self",)).filter(code__in=codes).order_by("pk"):
        file(recommendation)
    keep("recommendation", codes)


def set_late_after(rows: QuerySet[Filed], body: Body) -> None:
    """From which day on these places of a body's recommendations are late for everybody: the first day of those who owe an answer,
    but not before the day on which the body shows that. Who has answered owes nothing, though the answer be internal."""
    opens_on = ShownSilence.objects.filter(body=body).values_list("opens_on", flat=True).first()
    if opens_on is None:
        rows.exclude(late_after=NO_DATE).update(late_after=NO_DATE)
        return
    owed = owing().filter(recommendation=OuterRef("recommendation_id"))
    first = Subquery(owed.order_by("answer_by").values("answer_by")[:1])
    last_quiet = opens_on - timedelta(days=1)
    rows.update(late_after=Greatest(Coalesce(first, Value(NO_DATE)), Value(last_quiet)))
