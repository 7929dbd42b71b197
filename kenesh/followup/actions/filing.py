"""Files a published recommendation under the keys by which the public list can be narrowed."""

from __future__ import annotations

from django.db.models import Exists, OuterRef

from kenesh.followup.models import Filed, FiledKey, Recommendation
from kenesh.followup.queries.filters import ALL, key
from kenesh.themes import thesaurus


def keys_of(recommendation: Recommendation) -> set[str]:
    """Every key of a published recommendation. A theme files it under the broader ones too."""
    keys = {ALL, key("body", recommendation.body.code)}
    for code, country in recommendation.addressees.values_list("organisation__code", "organisation__country"):
        keys.add(key("to", code))
        if country:
            keys.add(key("in", country))
    for concept in recommendation.concepts.values_list("concept", flat=True):
        keys |= {key("theme", one) for one in with_broader(concept)}
    kinds = set(recommendation.sources.values_list("kind", flat=True)) | {recommendation.source_kind} - {""}
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
    stage, answer_by = recommendation.public_stage, recommendation.answer_by
    if there & wanted:
        rows.exclude(stage=stage, answer_by=answer_by).update(stage=stage, answer_by=answer_by)
    Filed.objects.bulk_create(
        Filed(recommendation=recommendation, key=one, stage=stage, answer_by=answer_by) for one in sorted(wanted - there)
    )
    FiledKey.objects.bulk_create([FiledKey(key=one) for one in sorted(wanted - there)], ignore_conflicts=True)
