"""What was entered by mistake: shown to the people of the body alone."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from django.http import Http404
from django.utils import timezone
from django.utils.translation import gettext as _

from kenesh.followup.models import Action, Letter, Recommendation, Response, Shadow, Verdict
from kenesh.followup.models.withdrawing import Withdrawable
from kenesh.followup.queries.shadows import may_speak_for
from kenesh.followup.rules import bodies_kept_by, bodies_read_by
from kenesh.people.models import User
from kenesh.themes.templatetags.words import day


@dataclass(frozen=True)
class Mistake:
    """What was taken back, in words; when, by whom and why."""

    what: str
    at: datetime
    by: str
    why: str


def mistakes_of(recommendation: Recommendation) -> list[Mistake]:
    """The newest first; five queries, however many."""
    return sorted(_mistakes(recommendation), key=lambda one: one.at, reverse=True)


def _mistakes(recommendation: Recommendation) -> Iterator[Mistake]:
    of_addressee = {"addressee__recommendation": recommendation, "withdrawn_at__isnull": False}
    own = {"recommendation": recommendation, "withdrawn_at__isnull": False}
    whose = ("addressee__organisation", "withdrawn_by")
    for answer in Response.with_withdrawn.filter(**of_addressee).select_related(*whose):
        yield _mistake(answer, answer.addressee.organisation, answer.summary, answer.received_on)
    for action in Action.with_withdrawn.filter(**of_addressee, response=None).select_related(*whose):
        yield _mistake(action, action.addressee.organisation, action.text[:80], action.done_on)
    for letter in Letter.with_withdrawn.filter(**of_addressee, response=None).select_related(*whose):
        yield _mistake(letter, letter.addressee.organisation, _("Letter"), letter.sent_on)
    for verdict in Verdict.with_withdrawn.filter(**own).select_related("withdrawn_by"):
        yield _mistake(verdict, _("Independent judgement"), verdict.get_judgement_display(), verdict.judged_on)
    for shadow in Shadow.with_withdrawn.filter(**own).select_related("organisation", "withdrawn_by"):
        yield _mistake(shadow, shadow.organisation, shadow.get_judgement_display(), shadow.judged_on)


def _mistake(row: Withdrawable, *words: object) -> Mistake:
    what = " · ".join(str(day(one) if isinstance(one, date) else one) for one in words)
    by = row.withdrawn_by.name if row.withdrawn_by else ""
    return Mistake(what, row.withdrawn_at or timezone.now(), by, row.withdrawn_why)


def shadow_to_withdraw(user: User, key: uuid.UUID) -> Shadow:
    """Of an organisation for which the account speaks; the secretary for any. Raises Http404."""
    rows = Shadow.objects.select_related("recommendation__body", "organisation")
    shadow = rows.filter(request_key=key, recommendation__body__in=bodies_read_by(user)).first()
    if shadow is None:
        raise Http404
    if shadow.recommendation.body_id in bodies_kept_by(user):
        return shadow
    if not may_speak_for(user, shadow.recommendation, timezone.localdate()).filter(pk=shadow.organisation_id).exists():
        raise Http404
    return shadow
