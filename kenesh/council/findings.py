"""What a council takes from documents that were read: a meeting that has been held."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from kenesh.council import actions
from kenesh.council.models import NO_HOUR, Meeting
from kenesh.council.rules import bodies_seen, bodies_to_enter_for
from kenesh.kernel import findings
from kenesh.kernel.findings import Candidate, Facts, Finding, Input, Proposed, Taken
from kenesh.people.models import Role
from kenesh.people.rules import bodies_as
from kenesh.themes.countries import CAPITAL_ZONES, country_choices
from kenesh.themes.texts import Translated

_SAME_TITLE = (0.97, _("a meeting on the same day with the same title"))
_SAME_BODY = (0.92, _("the same body met on that day"))
_SAME_DAY = (0.6, _("a meeting on the same day"))


class MeetingTaker:
    """A meeting that was held; internal until its body publishes it."""

    field = "meeting"
    label = _("Meeting")
    order = 20

    def inputs(self, user: Any) -> Sequence[Input]:
        bodies = [("", "—"), *((body.code, str(body.name)) for body in bodies_to_enter_for(user))]
        lands = [("", "—"), *country_choices(get_language() or "en")]
        return (
            Input("body", _("Who met"), "choice", required=True, choices=bodies, of_reading=False),
            Input("title", _("Title"), required=True),
            Input("start", _("First day"), "day", required=True, hint=_("A whole date, such as 2024-05-15.")),
            Input("end", _("Last day, if there were several"), "day"),
            Input("place", _("Place")),
            Input("country", _("Country"), "choice", choices=lands),
        )

    def propose(self, found: Sequence[Finding], user: Any) -> list[Proposed]:
        proposed = []
        for finding in found:  # a document tells of one
            bodies = bodies_to_enter_for(user)
            facts = {
                **findings.as_facts(finding.read, self.inputs(user)),
                "body": findings.one_body(finding, [body.code for body in bodies]),
            }
            proposed.append(Proposed(facts, findings.best(_that_day(facts, user))))
        return proposed

    def accept(self, finding: Finding, *, facts: Facts, target: str, by: Any) -> Taken:
        if target:
            row = Meeting.objects.filter(code=findings.code_in(target, "meeting"), body__in=bodies_seen(by)).first()
            if row is None:
                raise findings.Refused(_("This record is not there any more. Choose another one, or enter it as new."))
            return Taken(findings.target_of(row))
        body = next((body for body in bodies_to_enter_for(by) if body.code == facts["body"]), None)
        if body is None:
            raise findings.Refused(_("Choose the body that met."), "body")
        first = _day(facts["start"], "start")
        last = _day(facts["end"], "end") if facts["end"] else None
        if first > timezone.localdate():
            raise findings.Refused(_("This day has not come yet. Plan the meeting on the page of meetings."), "start")
        if last and last < first:
            raise findings.Refused(_("The last day lies before the first."), "end")
        zone = ZoneInfo(CAPITAL_ZONES.get(facts["country"], "Asia/Bishkek"))
        language = finding.language or "ru"
        meeting = actions.enter_held_meeting(
            body=body,
            by=by,
            title=Translated({language: facts["title"]}),
            starts_at=datetime.combine(first, NO_HOUR[0], zone).astimezone(UTC),
            ends_at=datetime.combine(last, NO_HOUR[1], zone).astimezone(UTC) if last else None,
            hour_known=False,
            time_zone=zone.key,
            place=Translated({language: facts["place"]} if facts["place"] else {}),
            country=facts["country"],
        )
        return Taken(findings.target_of(meeting), (findings.made_of(meeting),))

    def undo(self, taken: Taken, *, by: Any) -> None:
        for made in taken.made:
            row = Meeting.objects.filter(code=findings.code_made(made, "meeting")).first()
            if row is not None and findings.untouched(row, made):
                actions.remove_meeting(meeting=row, by=by)

    def addresses(self, targets: Collection[str], user: Any) -> dict[str, str]:
        codes = {findings.code_in(target, "meeting") for target in targets} - {""}
        rows = Meeting.objects.filter(code__in=codes).only("code", "is_public", "body_id") if codes else []
        own = bodies_as(user, Role.COUNCIL_SECRETARY, Role.COUNCIL_MEMBER)
        staff = {findings.target_of(row): reverse("council_work:meeting", args=[row.code]) for row in rows if row.body_id in own}
        public = {findings.target_of(row): reverse("council:meeting", args=[row.code]) for row in rows if row.is_public}
        return {**public, **staff}


def _day(text: str, name: str) -> date:
    """Raises Refused for anything but a whole date."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise findings.Refused(_("Write a whole date, such as 2024-05-15."), name) from None


def _that_day(facts: Facts, user: Any) -> list[Candidate]:
    """Meetings that were held within a day of this one, of bodies whose meetings the account may read, or public ones."""
    try:
        day = date.fromisoformat(facts["start"])
    except ValueError:
        return []
    around = (datetime.combine(day, time(), UTC) - timedelta(days=1), datetime.combine(day, time(), UTC) + timedelta(days=2))
    shown = Q(is_public=True) | Q(body__in=bodies_seen(user))
    rows = Meeting.objects.filter(shown, starts_at__range=around).select_related("body").order_by("starts_at", "pk")
    found = []
    for row in rows:
        if row.day != day:
            continue
        if facts["title"] in row.title.values():
            likeness = _SAME_TITLE
        else:
            likeness = _SAME_BODY if row.body.code == facts["body"] else _SAME_DAY
        found.append(Candidate(findings.target_of(row), f"{row.title} · {row.body.name}", *likeness))
    return found
