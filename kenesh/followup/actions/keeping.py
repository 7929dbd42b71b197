"""Keeps on a recommendation's row what follows from the rows below it, so that lists can use an index."""

from __future__ import annotations

from django.db.models import Exists, Min, OuterRef

from kenesh.followup.actions.filing import file
from kenesh.followup.actions.record import keep_version
from kenesh.followup.actions.scores import count_scores
from kenesh.followup.models import NO_DATE, Letter, Recommendation, Response, Stage
from kenesh.followup.models.answers import ANSWERS


def locked(recommendation: Recommendation) -> Recommendation:
    """The row again, locked until the transaction ends: two addressees that answer at once must see each other."""
    return Recommendation.objects.select_for_update(of=("self",)).select_related("body").get(pk=recommendation.pk)


def refresh(recommendation: Recommendation) -> None:
    """Works out anew what is kept of it: its columns, its places in the public list, the version of the public record, the scores.

    Call it on a locked row at the end of every act that adds, changes or publishes something below.
    """
    answered = _stage_of_answers(recommendation)
    recommendation.stage = Stage.VERIFIED if recommendation.verdicts.exists() else answered
    recommendation.public_stage = Stage.VERIFIED if recommendation.verdicts.filter(is_public=True).exists() else answered
    by_law = Letter.objects.filter(addressee__recommendation=recommendation).aggregate(first=Min("due_by_law"))["first"]
    recommendation.answer_by = recommendation.due or by_law or NO_DATE
    recommendation.save(update_fields=["stage", "public_stage", "answer_by"])
    file(recommendation)
    keep_version(recommendation)
    count_scores(recommendation)


def _stage_of_answers(recommendation: Recommendation) -> Stage:
    """Answered when every addressee has answered; "we need more time" is no answer."""
    answered = Exists(Response.objects.filter(addressee=OuterRef("pk"), kind__in=ANSWERS))
    states = list(recommendation.addressees.annotate(has_answered=answered).values_list("has_answered", flat=True))
    return Stage.ANSWERED if states and all(states) else Stage.WAITING
