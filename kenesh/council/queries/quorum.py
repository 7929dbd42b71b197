"""Whether enough of a body are there, by its rules of procedure: members, and States."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from math import ceil

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from kenesh.council.models import Attendance, BodyRules, Meeting
from kenesh.council.queries import seats
from kenesh.council.queries.days import day_of_today, modes_on
from kenesh.people.models import Body
from kenesh.themes.countries import country_name


@dataclass(frozen=True)
class Count:
    """How many there are, how many are there, how many must be."""

    all: int
    there: int
    needed: int

    @property
    def reached(self) -> bool:
        return self.there >= self.needed


@dataclass(frozen=True)
class Quorum:
    """The state of one day. `missing`: codes of States of which nobody is there."""

    day: date
    members: Count
    states: Count | None
    missing: list[str]

    @property
    def reached(self) -> bool:
        return self.members.all > 0 and self.members.reached and (self.states is None or self.states.reached)

    @property
    def why(self) -> str:
        """Whole sentences in the active language: whether, and why."""
        said = [_("There is a quorum.") if self.reached else _("There is no quorum.")]
        members = _("%(there)s of %(all)s members are there; at least %(needed)s are needed.")
        said.append(members % {"there": self.members.there, "all": self.members.all, "needed": self.members.needed})
        if self.states is not None:
            states = _("Members from %(there)s of %(all)s States are there; at least %(needed)s are needed.")
            said.append(states % {"there": self.states.there, "all": self.states.all, "needed": self.states.needed})
            if not self.states.reached:
                names = ", ".join(country_name(code, get_language() or "en") for code in self.missing)
                said.append(_("Nobody is there from: %(countries)s.") % {"countries": names})
        return " ".join(said)


def rules_of(body: Body) -> BodyRules | None:
    """What the body's rules ask for; None while nobody entered them."""
    return BodyRules.objects.filter(body=body).first()


def quorum(meeting: Meeting) -> Quorum | None:
    """The quorum of today, or of the meeting's day; None where the body has no rule."""
    rules = rules_of(meeting.body)
    if rules is None:
        return None
    day = day_of_today(meeting)
    members = seats.member_ids(meeting)
    sitting = [seat for seat in seats.sitting(meeting) if seat.pk in members]
    counted = {Attendance.Mode.PRESENT.value, *([Attendance.Mode.REMOTE.value] if rules.counts_online else [])}
    modes = modes_on(meeting, day)
    lines = meeting.attendances.filter(membership__in=members).values_list("pk", "membership_id")
    there = {seat for line, seat in lines if modes.get(line) in counted}
    states = {seats.country_of(seat) for seat in sitting} - {""}
    present = {seats.country_of(seat) for seat in sitting if seat.pk in there} - {""}
    return Quorum(
        day=day,
        members=Count(len(sitting), len(there), ceil(Fraction(rules.members) * len(sitting))),
        states=None
        if rules.states == BodyRules.States.NONE
        else Count(len(states), len(present), ceil(Fraction(rules.states) * len(states))),
        missing=sorted(states - present),
    )
