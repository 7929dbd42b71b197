"""What member organisations found beside the body; and courts and commissions that decide the same matter."""

from __future__ import annotations

import uuid
from datetime import date, timedelta

from django.db import transaction
from django.utils import timezone

from kenesh.followup.actions.announcing import DAYS_TO_REPLY, tell_of_finding
from kenesh.followup.actions.keeping import locked, refresh
from kenesh.followup.actions.refusals import NotAMember, NotPublic, RightOfReply
from kenesh.followup.actions.responses import publish_newest_answers
from kenesh.followup.models import Judgement, Proceeding, Recommendation, Response, Shadow
from kenesh.followup.models.verdicts import CRITICAL
from kenesh.followup.queries.shadows import members_on
from kenesh.kernel import trail
from kenesh.library.models import Document
from kenesh.people.models import Organisation, Publication, User
from kenesh.themes.texts import Translated


@transaction.atomic
def assess(
    *,
    recommendation: Recommendation,
    organisation: Organisation,
    judgement: Judgement,
    text: Translated,
    url: str,
    document: Document | None,
    judged_on: date,
    publication: Publication,
    key: uuid.UUID,
    by: User,
) -> Shadow:
    """A member organisation's own assessment. It moves no status. A critical one gives the addressees DAYS_TO_REPLY days, and those
    who know of the recommendation are told by mail.

    A repeated key gives the first one. Raises NotAMember.
    """
    row, today = locked(recommendation), timezone.localdate()
    if not members_on(row.body, today).filter(pk=organisation.pk).exists():
        raise NotAMember
    shadow, made = Shadow.with_withdrawn.get_or_create(
        request_key=key,
        defaults={
            "recommendation": row,
            "organisation": organisation,
            "judgement": judgement,
            "text": text,
            "url": url,
            "document": document,
            "judged_on": judged_on,
            "judged_by": by,
            "publication": publication,
            "reply_until": today + timedelta(days=DAYS_TO_REPLY) if judgement in CRITICAL else None,
        },
    )
    if made:
        if shadow.reply_until:
            tell_of_finding(row, shadow.reply_until)
        trail.record(verb="assess", target=row.target, by=by)
    return shadow


@transaction.atomic
def publish_shadow(*, shadow: Shadow, by: User) -> None:
    """Shows the assessment, and beside a critical one the addressees' newest answers. Raises NotPublic, RightOfReply."""
    row = locked(shadow.recommendation)
    if not row.is_public:
        raise NotPublic
    if shadow.is_critical:
        if not (shadow.reply_time_is_over(timezone.localdate()) or _all_replied_to(shadow)):
            raise RightOfReply(shadow.reply_until)
        publish_newest_answers(row)
    Shadow.objects.filter(pk=shadow.pk).update(is_public=True)
    refresh(row)
    trail.record(verb="publish_assessment", target=row.target, by=by)


def _all_replied_to(shadow: Shadow) -> bool:
    """Whether every addressee has answered since the assessment."""
    replied = Response.objects.answers().filter(
        addressee__recommendation=shadow.recommendation, received_at__gte=shadow.created_at
    )
    wanted = set(shadow.recommendation.addressees.current().values_list("pk", flat=True))
    return bool(wanted) and wanted == set(replied.values_list("addressee_id", flat=True))


@transaction.atomic
def unpublish_shadow(*, shadow: Shadow, by: User) -> None:
    """Takes the assessment off the public page."""
    row = locked(shadow.recommendation)
    Shadow.objects.filter(pk=shadow.pk).update(is_public=False)
    refresh(row)
    trail.record(verb="unpublish_assessment", target=row.target, by=by)


@transaction.atomic
def keep_proceeding(
    *,
    recommendation: Recommendation,
    proceeding: Proceeding | None,
    kind: str,
    name: str,
    number: str,
    on: date | None,
    state: str,
    url: str,
    key: uuid.UUID,
    by: User,
) -> Proceeding:
    """Adds a case before a court or commission, or changes what is known of one. A repeated key gives the same one."""
    kept = proceeding or Proceeding.objects.filter(request_key=key).first()
    kept = kept or Proceeding(recommendation=recommendation, request_key=key, entered_by=by)
    kept.kind, kept.name, kept.number, kept.on, kept.state, kept.url = kind, name, number, on, state, url
    kept.save()
    trail.record(verb="keep_proceeding", target=recommendation.target, by=by)
    return kept


@transaction.atomic
def publish_proceeding(*, proceeding: Proceeding, public: bool, by: User) -> None:
    """Shows the case to everybody, or takes it back. Raises NotPublic."""
    row = locked(proceeding.recommendation)
    if public and not row.is_public:
        raise NotPublic
    Proceeding.objects.filter(pk=proceeding.pk).update(is_public=public)
    trail.record(verb="publish_proceeding" if public else "unpublish_proceeding", target=row.target, by=by)
