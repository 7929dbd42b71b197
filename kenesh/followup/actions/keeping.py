"""Keeps on a recommendation's row what follows from the rows below it, so that lists can use an index."""

from __future__ import annotations

from django.db.models import Exists, Min, OuterRef

from kenesh.followup.models import NO_DATE, Letter, Recommendation, Response, Stage
from kenesh.followup.models.answers import ANSWERS


def locked(recommendation: Recommendation) -> Recommendation:
    """The row again, locked until the transaction ends: two addressees that answer at once must see each other."""
    return Recommendation.objects.select_for_update(of=("self",)).select_related("body").get(pk=recommendation.pk)


def refresh(recommendation: Recommendation) -> None:
    """Works the kept columns out anew. Call it on a locked row at the end of every act that adds or publishes one below."""
    answered = _stage_of_answers(recommendation)
    recommendation.stage = Stage.VERIFIED if recommendation.verdicts.exists() else answered
    recommendation.public_stage = Stage.VERIFIED if recommendation.verdicts.filter(is_public=True).exists() else answered
    by_law = Letter.objects.filter(addressee__recommendation=recommendation).aggregate(first=Min("due_by_law"))["first"]
    recommendation.answer_by = recommendation.due or by_law or NO_DATE
    recommendation.save(update_fields=["stage", "public_stage", "answer_by"])


def _stage_of_answers(recommendation: Recommendation) -> Stage:
    """Answered when every addressee has answered; "we need more time" is no answer."""
    answered = Exists(Response.objects.filter(addressee=OuterRef("pk"), kind__in=ANSWERS))
    states = list(recommendation.addressees.annotate(has_answered=answered).values_list("has_answered", flat=True))
    return Stage.ANSWERED if states and all(states) else Stage.WAITING
