"""Whether enough of a body are there, by its rules of procedure: members, and States."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from math import ceil

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from kenesh.council.models import Ballot, BodyRules, Meeting, SealedVote, Vote, WrittenProcedure
from kenesh.council.queries import seats
from kenesh.council.queries.days import day_of_today
from kenesh.council.queries.presence import rules_of, there_on
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
    """The state of one day. `missing`: codes of States of which nobody is there; `in_writing`: who has voted is there."""

    day: date
    members: Count
    states: Count | None
    missing: list[str]
    in_writing: bool = False

    @property
    def reached(self) -> bool:
        return self.members.all > 0 and self.members.reached and (self.states is None or self.states.reached)

    @property
    def why(self) -> str:
        """Whole sentences in the active language: whether, and why."""
        said = [_("There is a quorum.") if self.reached else _("There is no quorum.")]
        members, states, missing = self._sentences
        said.append(members % {"there": self.members.there, "all": self.members.all, "needed": self.members.needed})
        if self.states is not None:
            said.append(states % {"there": self.states.there, "all": self.states.all, "needed": self.states.needed})
            if not self.states.reached:
                names = ", ".join(country_name(code, get_language() or "en") for code in self.missing)
                said.append(missing % {"countries": names})
        return " ".join(said)

    @property
    def _sentences(self) -> tuple[str, str, str]:
        if self.in_writing:
            return (
                _("%(there)s of %(all)s members have voted; at least %(needed)s are needed."),
                _("Members from %(there)s of %(all)s States have voted; at least %(needed)s are needed."),
                _("Nobody has voted from: %(countries)s."),
            )
        return (
            _("%(there)s of %(all)s members are there; at least %(needed)s are needed."),
            _("Members from %(there)s of %(all)s States are there; at least %(needed)s are needed."),
            _("Nobody is there from: %(countries)s."),
        )


def quorum(meeting: Meeting, day: date | None = None) -> Quorum | None:
    """The quorum of that day of the meeting, of today, or of the day nearest to it; None where the body has no rule."""
    rules = rules_of(meeting.body)
    if rules is None:
        return None
    day = day or day_of_today(meeting)
    return _state(meeting, rules, day, there_on(meeting, day, counts_online=rules.counts_online))


def quorum_in_writing(ballot: Ballot) -> Quorum | None:
    """The same of an open vote without a room: who has voted is there."""
    rules = rules_of(ballot.meeting.body)
    if rules is None:
        return None
    votes = (SealedVote if ballot.is_secret else Vote)._default_manager.filter(ballot=ballot)
    voted = set(votes.values_list("membership_id", flat=True))
    return _state(ballot.meeting, rules, day_of_today(ballot.meeting), voted, in_writing=True)


def quorum_of_written(procedure: WrittenProcedure) -> Quorum | None:
    """The same while members vote; None for a silence, and when the vote is over."""
    ballot = Ballot.objects.filter(proposal=procedure.proposal_id, closed_at=None).select_related("meeting__body").first()
    return quorum_in_writing(ballot) if ballot is not None else None


def _state(meeting: Meeting, rules: BodyRules, day: date, seen: set[int], *, in_writing: bool = False) -> Quorum:
    members = seats.member_ids(meeting)
    sitting = [seat for seat in seats.sitting(meeting) if seat.pk in members]
    there = {seat.pk for seat in sitting} & seen
    states = {seats.country_of(seat) for seat in sitting} - {""}
    present = {seats.country_of(seat) for seat in sitting if seat.pk in there} - {""}
    return Quorum(
        day=day,
        members=Count(len(sitting), len(there), ceil(Fraction(rules.members) * len(sitting))),
        states=None
        if rules.states == BodyRules.States.NONE
        else Count(len(states), len(present), ceil(Fraction(rules.states) * len(states))),
        missing=sorted(states - present),
        in_writing=in_writing,
    )
