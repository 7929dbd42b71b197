"""Published meetings and decisions, for search."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from kenesh.council.models import Decision, Meeting
from kenesh.search.findable import Findable, Shown, first_words, versions
from kenesh.themes import dates


class Meetings:
    """Published meetings: title, place and agenda; never what was said, or by whom."""

    kind = "meeting"
    label = _("Meetings")

    def codes(self) -> Iterable[str]:
        return Meeting.objects.filter(is_public=True).order_by("id").values_list("code", flat=True)

    def things(self, codes: Collection[str]) -> Iterable[Findable]:
        rows = Meeting.objects.filter(is_public=True, code__in=codes).select_related("body").prefetch_related("items")
        for meeting in rows:
            agenda = sorted(meeting.items.all(), key=lambda item: item.position)
            yield Findable(
                code=meeting.code,
                texts=versions(meeting.title, meeting.place, *(item.title for item in agenda)),
                themes={},
                countries=(meeting.country,) if meeting.country else (),
                year=meeting.day.year,
                body=meeting.body.code,
            )

    def shown(self, codes: Collection[str], language: str) -> Iterable[Shown]:
        for meeting in Meeting.objects.filter(is_public=True, code__in=codes).prefetch_related("items"):
            own = meeting.title.language_used(language)
            agenda = sorted(meeting.items.all(), key=lambda item: item.position)
            yield Shown(
                code=meeting.code,
                title=meeting.title.in_language(language),
                text="\n".join(text[own] for text in (meeting.place, *(item.title for item in agenda)) if own in text),
                language=own,
                address=reverse("council:meeting", args=[meeting.code]),
                what=str(_("Meeting")),
                when=_when(meeting, language),
            )


def _when(meeting: Meeting, language: str) -> str:
    day, called_off = dates.day(meeting.day, language), str(_("Called off"))
    return f"{day} · {called_off}" if meeting.called_off_at else day


class Decisions:
    """Published decisions."""

    kind = "decision"
    label = _("Decisions")

    def codes(self) -> Iterable[str]:
        return Decision.objects.filter(is_public=True).order_by("id").values_list("code", flat=True)

    def things(self, codes: Collection[str]) -> Iterable[Findable]:
        rows = Decision.objects.filter(is_public=True, code__in=codes).select_related("meeting__body")
        for decision in rows:
            yield Findable(
                code=decision.code,
                texts=versions(decision.text),
                themes={},
                countries=(decision.meeting.country,) if decision.meeting.country and decision.meeting.is_public else (),
                year=decision.adopted_on.year,
                body=decision.meeting.body.code,
            )

    def shown(self, codes: Collection[str], language: str) -> Iterable[Shown]:
        for decision in Decision.objects.filter(is_public=True, code__in=codes):
            text = decision.text.in_language(language)
            yield Shown(
                code=decision.code,
                title=first_words(text),
                text=text,
                language=decision.text.language_used(language),
                address=reverse("council:decision", args=[decision.code]),
                what=str(_("Decision")),
                when=dates.day(decision.adopted_on, language),
            )
