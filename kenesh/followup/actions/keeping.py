"""Keeps on a recommendation's row what follows from the rows below it, so that lists can use an index."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import Min, Q, QuerySet
from django.utils import timezone

from kenesh.followup.actions.filing import file
from kenesh.followup.actions.record import keep_version
from kenesh.followup.actions.scores import count_scores
from kenesh.followup.models import NO_DATE, Action, Direction, Recommendation, Stage, has_answered, has_handed_on

LINK_LIFE, LONGEST_LIFE = timedelta(days=90), timedelta(days=3650)


def link_ends(answer_by: date, now: datetime) -> datetime:
    """Until when a link works: LINK_LIFE from now on, or from the day of the answer where that is later; LONGEST_LIFE at most."""
    day = now if answer_by == NO_DATE else timezone.make_aware(datetime.combine(answer_by, time.min))
    return min(max(now, day), now + LONGEST_LIFE - LINK_LIFE) + LINK_LIFE


def locked(recommendation: Recommendation) -> Recommendation:
    """The row again, locked until the transaction ends: two addressees that answer at once must see each other. With it, in the order
    in which everybody locks them, those of which something reported here tells too: `refresh` writes their versions."""
    rows = Recommendation.objects.select_for_update(of=("self",)).select_related("body").order_by("pk")
    held = {row.pk: row for row in rows.filter(pk__in=[recommendation.pk, *_served(recommendation).values_list("pk", flat=True)])}
    if recommendation.pk not in held:
        raise Recommendation.DoesNotExist
    return held[recommendation.pk]


def _served(recommendation: Recommendation) -> QuerySet[Recommendation]:
    """Other published recommendations that actions reported of this one serve too."""
    served = Action.also_serves.through.objects.filter(action__addressee__recommendation=recommendation)
    rows = Recommendation.objects.filter(addressees__in=served.values("addressee"), is_public=True)
    return rows.exclude(pk=recommendation.pk).distinct().order_by("pk")


def refresh(recommendation: Recommendation) -> None:
    """Works out anew what is kept of it: its columns and those of its addressees, its places in the public list, the versions of
    its public record and of those that its actions serve, the scores.

    Call it on a locked row at the end of every act that adds, changes or publishes something below.
    """
    by_law = Min("letters__due_by_law", filter=Q(letters__direction=Direction.OUT, letters__withdrawn_at__isnull=True))
    rows = recommendation.addressees.current().annotate(
        answered=has_answered(), answered_in_public=has_answered(is_public=True), handed_on=has_handed_on(), by_law=by_law
    )
    addressees: list[Any] = list(rows)  # the four annotations are attributes of the rows
    for one in addressees:
        # Who was given more time does not lose by it when the body gives all of them more.
        day = max(filter(None, (one.due, recommendation.due)), default=one.by_law or NO_DATE)
        if day != one.answer_by:
            one.answer_by = day
            one.save(update_fields=["answer_by"])
            now = timezone.now()
            ends = link_ends(day, now)  # one that has ended stays so: whoever found an old letter must not get in again
            one.links.filter(revoked_at__isnull=True, expires_at__gt=now, expires_at__lt=ends).update(expires_at=ends)
    verdicts = recommendation.verdicts.all()
    recommendation.stage = _stage([one.answered for one in addressees if one.answered or not one.handed_on], verdicts.exists())
    in_public = [one.answered_in_public for one in addressees if one.answered_in_public or not one.handed_on]
    recommendation.public_stage = _stage(in_public, verdicts.filter(is_public=True).exists())
    # The first day of those who still owe an answer; once all have answered, the first of all.
    owed = [one.answer_by for one in addressees if not (one.answered or one.handed_on)]
    days = owed or [one.answer_by for one in addressees]
    recommendation.answer_by = min(days, default=recommendation.due or NO_DATE)
    recommendation.save(update_fields=["stage", "public_stage", "answer_by"])
    file(recommendation)
    keep_version(recommendation)
    for served in _served(recommendation):
        keep_version(served)
    count_scores(recommendation)


def _stage(answered: list[bool], checked: bool) -> Stage:
    if checked:
        return Stage.VERIFIED
    return Stage.ANSWERED if answered and all(answered) else Stage.WAITING
