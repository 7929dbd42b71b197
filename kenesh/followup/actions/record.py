"""Keeps each version of what the public could read of a recommendation."""

from __future__ import annotations

from typing import Any

from django.db.models import Max
from django.utils import timezone

from kenesh.followup.models import Addressee, Measure, Recommendation, RecordVersion, Response, Verdict, has_handed_on
from kenesh.followup.queries.versions import actions_shown
from kenesh.people.models import Organisation

Record = dict[str, Any]


def record_of(recommendation: Recommendation) -> Record:
    """What is public of a locked, published recommendation now, as JSON holds it. Answers, verdicts and assessments are only
    named; a source names its decision, so that one that is internal again can be left out."""
    asked = list(recommendation.addressees.current().select_related("organisation").order_by("id"))
    answers = Response.objects.answers().filter(addressee__recommendation=recommendation, is_public=True).order_by("id")
    done = actions_shown(recommendation).order_by("id")
    verdicts = Verdict.objects.filter(recommendation=recommendation, is_public=True).order_by("judged_on", "id")
    shadows = recommendation.shadows.filter(is_public=True).order_by("judged_on", "id")
    assessments = [each.hex for each in shadows.values_list("request_key", flat=True)]
    concepts = list(recommendation.concepts.order_by("concept").values_list("concept", "is_group"))
    return {
        "text": dict(recommendation.text),
        "why": dict(recommendation.why),
        "sources": [_source(one) for one in recommendation.sources.in_public().select_related("decision").order_by("id")]
        or _unsaid(recommendation),
        "asked": [[one.organisation.code, _names(one.organisation), one.is_lead] for one in asked],
        "themes": [concept for concept, is_group in concepts if not is_group],
        "groups": [concept for concept, is_group in concepts if is_group],
        "articles": recommendation.articles,
        "targets": recommendation.targets,
        "measure": _measure(recommendation),
        "answer_by": _answer_by(recommendation, asked, set(answers.values_list("addressee_id", flat=True))),
        "carry_out_by": recommendation.carry_out_by.isoformat() if recommendation.carry_out_by else "",
        "stage": str(recommendation.public_stage),
        "answers": list(answers.values_list("code", flat=True)),
        "actions": list(done.values_list("pk", flat=True)),
        "verdicts": [each.hex for each in verdicts.values_list("request_key", flat=True)],
        # Absent where there is none, as in versions that were kept before: else each would have a change that nobody made.
        **({"shadows": assessments} if assessments else {}),
    }


def _names(organisation: Organisation) -> dict[str, str]:
    """With the labels that bind it today: a version says what could be read on its day."""
    return {language: organisation.called_on(timezone.localdate(), language) for language in organisation.name}


def _answer_by(recommendation: Recommendation, asked: list[Addressee], answered: set[int]) -> str:
    """The day that everybody reads: of an answer that is internal it says nothing; who has handed the matter on has none."""
    handed_on = set(recommendation.addressees.filter(has_handed_on()).values_list("pk", flat=True))
    awaited = [one.answer_by for one in asked if one.pk not in answered | handed_on]
    days = awaited or [one.answer_by for one in asked]
    return min(days, default=recommendation.answer_by).isoformat()


def _source(source: Any) -> Record:
    dated = source.dated_on.isoformat() if source.dated_on else ""
    said = {"kind": source.kind, "symbol": source.symbol, "paragraph": source.paragraph, "on": dated, "url": source.url}
    named = {"decision": source.decision.code} if source.decision else {}
    return {"title": dict(source.title), **said, **named}


def _unsaid(recommendation: Recommendation) -> list[Record]:
    title = dict(recommendation.source_text)
    return [{"title": title, "kind": recommendation.source_kind}] if title else []


def _measure(recommendation: Recommendation) -> Record:
    row = Measure.objects.filter(recommendation=recommendation).first()
    if row is None:
        return {}
    figures = {"baseline": row.baseline_words, "goal": row.goal_words}
    rest = {"unit": row.unit, "baseline_year": row.baseline_year, "goal_year": row.goal_year, "source": row.source}
    return {"text": dict(row.text), **figures, **rest}


def keep_version(recommendation: Recommendation) -> None:
    """Adds a version to a locked recommendation when what is public of it is not what the newest version says."""
    if not recommendation.is_public:
        return
    record, days = record_of(recommendation), _days(recommendation)
    newest = RecordVersion.objects.filter(recommendation=recommendation).order_by("-number").first()
    if newest is None or newest.record != record:
        number = RecordVersion.objects.filter(recommendation=recommendation).aggregate(last=Max("number"))["last"] or 0
        RecordVersion.objects.create(recommendation=recommendation, number=number + 1, record=record, days=days)
    elif newest.days != days:
        newest.days = days
        newest.save(update_fields=["days"])


def _days(recommendation: Recommendation) -> str:
    """By which day each whom it asks now is to answer."""
    rows = recommendation.addressees.current().order_by("id")
    return " ".join(f"{code} {day.isoformat()}" for code, day in rows.values_list("code", "answer_by"))
