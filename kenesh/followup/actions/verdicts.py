"""The independent judgement, and the addressees' right to reply before it is published."""

from __future__ import annotations

import uuid
from datetime import date, timedelta

from django.db import transaction
from django.utils import timezone

from kenesh.followup.actions.announcing import DAYS_TO_REPLY, tell_of_finding
from kenesh.followup.actions.keeping import locked, refresh
from kenesh.followup.actions.refusals import NotPublic, RightOfReply
from kenesh.followup.actions.responses import Proof, prove, publish_newest_answers
from kenesh.followup.models import Judgement, Recommendation, Response, Verdict
from kenesh.followup.models.verdicts import CRITICAL
from kenesh.followup.signals import recommendation_verified
from kenesh.kernel import trail
from kenesh.people.models import User
from kenesh.themes.texts import Translated


@transaction.atomic
def judge(
    *,
    recommendation: Recommendation,
    judgement: Judgement,
    text: Translated,
    judged_on: date,
    proof: Proof,
    key: uuid.UUID,
    by: User,
) -> Verdict:
    """What the body found. A critical judgement gives the addressees DAYS_TO_REPLY days, and those who know of the
    recommendation are told by mail.

    A repeated key gives the first one.
    """
    row = locked(recommendation)
    verdict, made = Verdict.with_withdrawn.get_or_create(
        request_key=key,
        defaults={
            "recommendation": row,
            "judgement": judgement,
            "text": text,
            "judged_on": judged_on,
            "judged_by": by,
            "reply_until": timezone.localdate() + timedelta(days=DAYS_TO_REPLY) if judgement in CRITICAL else None,
        },
    )
    if made:
        prove(proof, verdict_id=verdict.pk)
        refresh(row)
        if verdict.reply_until:
            tell_of_finding(row, verdict.reply_until)
        recommendation_verified.send(sender=Verdict, recommendation=row, verdict=verdict, by=by)
        trail.record(verb="judge", target=row.target, by=by)
    return verdict


@transaction.atomic
def publish_verdict(*, verdict: Verdict, by: User) -> None:
    """Shows the verdict, and beside a critical one the addressees' newest answers. Raises NotPublic, RightOfReply."""
    row = locked(verdict.recommendation)
    if not row.is_public:
        raise NotPublic
    if verdict.is_critical:
        if not (verdict.reply_time_is_over(timezone.localdate()) or _all_replied_to(verdict)):
            raise RightOfReply(verdict.reply_until)
        publish_newest_answers(row)
    Verdict.objects.filter(pk=verdict.pk).update(is_public=True)
    refresh(row)
    trail.record(verb="publish_verdict", target=row.target, by=by)


def _all_replied_to(verdict: Verdict) -> bool:
    """Whether every addressee has answered since the judgement."""
    replied = Response.objects.answers().filter(
        addressee__recommendation=verdict.recommendation, received_at__gte=verdict.created_at
    )
    wanted = set(verdict.recommendation.addressees.current().values_list("pk", flat=True))
    return bool(wanted) and wanted == set(replied.values_list("addressee_id", flat=True))


@transaction.atomic
def unpublish_verdict(*, verdict: Verdict, by: User) -> None:
    """Takes the verdict off the public page."""
    row = locked(verdict.recommendation)
    Verdict.objects.filter(pk=verdict.pk).update(is_public=False)
    refresh(row)
    trail.record(verb="unpublish_verdict", target=row.target, by=by)
