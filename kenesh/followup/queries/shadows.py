"""Side by side: what the addressees say, what the body found, what member organisations found; courts; reminders."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeVar

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery
from django.http import Http404
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from kenesh.followup.models import (
    Addressee,
    AnswerLink,
    Direction,
    Letter,
    Proceeding,
    Recommendation,
    Reminder,
    ReminderRule,
    Response,
    Shadow,
    Verdict,
)
from kenesh.followup.models.answers import Progress
from kenesh.followup.models.verdicts import CRITICAL
from kenesh.followup.rules import bodies_kept_by
from kenesh.people.models import Body, Membership, Organisation, Publication, User
from kenesh.themes.countries import country_name

AnyRow = TypeVar("AnyRow")


def members_on(body: Body, day: date) -> QuerySet[Organisation]:
    """Organisations that sit in the body on this day, by a seat of their own or of somebody who works there."""
    sits = (Q(since__isnull=True) | Q(since__lte=day)) & (Q(until__isnull=True) | Q(until__gte=day))
    seats = Membership.objects.filter(sits, body=body)
    own = Q(pk__in=seats.values("organisation")) | Q(pk__in=seats.values("person__organisation"))
    return Organisation.objects.filter(own).order_by("id")


def may_speak_for(user: User, recommendation: Recommendation, today: date) -> QuerySet[Organisation]:
    """For which organisations the account may assess: the secretary for any member, a member for the one where she works."""
    members = members_on(recommendation.body, today)
    if recommendation.body_id in bodies_kept_by(user):
        return members
    return members.filter(pk=(user.person.organisation_id if user.person else None) or 0)


def told_of_findings(recommendation: Recommendation) -> QuerySet[Addressee]:
    """Who may reply to what was found: of a public recommendation all whom it asks; of an internal one those alone who know of it, by a
    letter or a link that works."""
    rows = recommendation.addressees.current().select_related("organisation").order_by("id")
    if recommendation.is_public:
        return rows
    written = Letter.objects.filter(addressee=OuterRef("pk"), direction=Direction.OUT)
    links = AnswerLink.objects.filter(addressee=OuterRef("pk"), revoked_at__isnull=True, expires_at__gt=timezone.now())
    return rows.filter(Exists(written) | Exists(links.filter(confirms=False)))


@dataclass(frozen=True)
class Own:
    """How far it is in an addressee's own word; `words` is empty while it has said nothing."""

    addressee: Addressee
    words: str
    progress: str  # the same for programs


@dataclass(frozen=True)
class SideBySide:
    """Who says what of one recommendation. Nothing is computed from one to the other."""

    own: list[Own]
    verdict: Verdict | None
    shadows: list[Shadow]

    def __bool__(self) -> bool:
        return bool(self.shadows or self.verdict or any(one.words for one in self.own))


def side_by_side(recommendation: Recommendation, *, public: bool) -> SideBySide:
    """Three queries; one where the page has read the addressees with their answers, and the judgements, already (`queries.details`).
    `public`: only what is published."""
    shadows = recommendation.shadows.select_related("organisation", "document")
    shadows = shadows.filter(is_public=True) if public else shadows
    own, verdict = _as_read(recommendation) if hasattr(recommendation, "lines") else _read(recommendation, public=public)
    return SideBySide(own, verdict, list(shadows.order_by("-judged_on", "-id")))


def _as_read(recommendation: Any) -> tuple[list[Own], Verdict | None]:
    own = []
    for one in recommendation.lines:
        said = [answer.progress for answer in one.all_responses if answer.is_official and answer.progress]
        if one.succeeded_by_id is None:
            own.append(Own(one, _in_words(said[-1] if said else ""), said[-1] if said else ""))
    return own, next(iter(recommendation.shown_verdicts), None)


def _read(recommendation: Recommendation, *, public: bool) -> tuple[list[Own], Verdict | None]:
    said = Response.objects.official().filter(addressee=OuterRef("pk")).exclude(progress="")
    said = said.filter(is_public=True) if public else said
    verdicts = recommendation.verdicts.filter(is_public=True) if public else recommendation.verdicts.all()
    newest = Subquery(said.order_by("-received_on", "-id").values("progress")[:1])
    rows = recommendation.addressees.current().select_related("organisation").annotate(progress=newest).order_by("id")
    own = [Own(one, _in_words(one.progress), one.progress or "") for one in rows]  # type: ignore[attr-defined]  # annotated above
    return own, verdicts.order_by("-judged_on", "-id").first()


def _in_words(progress: str | None) -> str:
    return str(Progress(progress).label) if progress else ""


def name_shown(shadow: Shadow) -> str:
    """Who assessed, as far as it may be shown to everybody."""
    language = get_language() or "en"
    if shadow.publication in (Publication.NAME, Publication.ORGANISATION):
        return str(shadow.organisation)
    if shadow.publication == Publication.COUNTRY and shadow.organisation.country:
        return _("A member organisation, %(country)s") % {"country": country_name(shadow.organisation.country, language)}
    return _("A member organisation")


def to_reply_to(recommendation: Recommendation) -> list[tuple[str, Shadow]]:
    """Assessments that an addressee reads before it answers, each after the name that may be shown: the published ones, and those
    that find fault and wait for its reply."""
    rows = recommendation.shadows.filter(Q(is_public=True) | Q(judgement__in=CRITICAL)).select_related("organisation", "document")
    return [(name_shown(one), one) for one in rows.order_by("-judged_on", "-id")]


def proceedings(recommendation: Recommendation, *, public: bool) -> list[Proceeding]:
    rows = recommendation.proceedings.filter(is_public=True) if public else recommendation.proceedings.all()
    return list(rows.order_by("-on", "-id"))


def reminders_of(recommendation: Recommendation) -> list[Reminder]:
    """What was sent, the newest first."""
    rows = Reminder.objects.filter(addressee__recommendation=recommendation).select_related("addressee__organisation")
    return list(rows.order_by("-id")[:30])


def rule_of(body: Body) -> ReminderRule:
    return ReminderRule.objects.filter(body=body).first() or ReminderRule(body=body)


def shadow_to_keep(user: User, key: uuid.UUID) -> Shadow:
    """Raises Http404 unless the account is secretary of the body."""
    rows = Shadow.objects.select_related("recommendation__body", "organisation")
    return _or_404(rows.filter(request_key=key, recommendation__body__in=bodies_kept_by(user)).first())


def proceeding_to_keep(user: User, key: uuid.UUID) -> Proceeding:
    """Raises Http404 unless the account is secretary of the body."""
    rows = Proceeding.objects.select_related("recommendation__body")
    return _or_404(rows.filter(request_key=key, recommendation__body__in=bodies_kept_by(user)).first())


def _or_404(row: AnyRow | None) -> AnyRow:
    if row is None:
        raise Http404
    return row
