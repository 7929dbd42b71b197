"""Recommendations as a council may put them on the agenda of a meeting: those that are due, late, or wait for a verdict."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, timedelta

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.text import Truncator
from django.utils.translation import get_language, gettext_lazy, ngettext, override
from django.utils.translation import gettext as _

from kenesh.council.models import Meeting
from kenesh.council.references import Candidate
from kenesh.followup.models import NO_DATE, Recommendation, Stage
from kenesh.themes import dates
from kenesh.themes.texts import FALLBACK, Translated

SHORTLY = timedelta(days=30)  # after the meeting: what falls due then would be late at the next one
_MOST, _NAMED = 60, 200  # rows that are offered; letters of a text in the title of a point


class Recommendations:
    """What `council.references` asks."""

    kind = "recommendation"
    name = gettext_lazy("Recommendation")
    plural = gettext_lazy("Recommendations")

    def coming(self, meeting: Meeting) -> list[Candidate]:
        """What waits for an answer, the earliest day first, then what waits for a verdict."""
        rows = _of(meeting).filter(_waits(meeting)).order_by("-stage", "answer_by", "id")
        return [_candidate(row) for row in rows[:_MOST]]

    def candidate(self, meeting: Meeting, code: str) -> Candidate | None:
        row = _of(meeting).filter(code=code).first()
        return _candidate(row) if row else None

    def known(self, codes: Collection[str], *, meeting: Meeting | None) -> dict[str, tuple[Translated, str]]:
        rows = _of(meeting) if meeting else Recommendation.objects.filter(is_public=True)
        page = "followup_work:recommendation" if meeting else "followup:recommendation"
        return {row.code: (row.text, reverse(page, args=[row.code])) for row in rows.filter(code__in=codes).only("code", "text")}


def _of(meeting: Meeting) -> QuerySet[Recommendation]:
    return Recommendation.objects.filter(body=meeting.body_id)


def _waits(meeting: Meeting) -> Q:
    return Q(stage=Stage.ANSWERED) | Q(stage=Stage.WAITING, answer_by__lte=meeting.last_day + SHORTLY)


def _candidate(row: Recommendation) -> Candidate:
    return Candidate(
        code=row.code,
        title=row.text,
        point=_named(row),
        why=_why(row, timezone.localdate()),
        address=reverse("followup_work:recommendation", args=[row.code]),
    )


def _named(row: Recommendation) -> dict[str, str]:
    """The title of a point. An agenda may be public: the words of an internal recommendation are not put there."""
    named = {}
    for language in FALLBACK:
        with override(language):
            if not row.is_public:
                named[language] = _("What came of the recommendation %(what)s") % {"what": row.code}
            elif row.text.get(language):
                what = f"“{Truncator(row.text[language]).chars(_NAMED)}”"
                named[language] = _("What came of the recommendation %(what)s") % {"what": what}
    return named or dict(row.text)


def _why(row: Recommendation, today: date) -> str:
    if row.stage == Stage.ANSWERED:
        return _("It was answered. Nobody has judged yet what was done.")
    if row.answer_by < today:
        late = (today - row.answer_by).days
        return ngettext("The answer is %(days)s day late", "The answer is %(days)s days late", late) % {"days": late}
    if row.answer_by == NO_DATE:
        return str(Stage.WAITING.label)
    return _("An answer is due by %(day)s.") % {"day": dates.day(row.answer_by, get_language() or "en")}
