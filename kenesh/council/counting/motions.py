"""How a proposal is decided: consensus, and votes for, against or abstaining, under each rule. Pure functions over counts.

Only members count. What observers choose is counted apart and decides nothing. Abstentions are not votes cast: a
majority is reckoned of those who said for or against, as in rules 85 and 86 of the Rules of Procedure of the United
Nations General Assembly (A/520/Rev.20); an equal division rejects (rule 95, after the second vote). A quorum is met by
members who are there, whether or not they vote (rule 67). The two rules that ask for a part *of the members* reckon with
all who sit in the body, so that there an abstention weighs as much as a vote against.
"""

from __future__ import annotations

import enum
from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import TypeVar

Key = TypeVar("Key", bound=Hashable)


class Choice(enum.StrEnum):
    FOR = "for"
    AGAINST = "against"
    ABSTAIN = "abstain"


class Rule(enum.StrEnum):
    SIMPLE_MAJORITY = "simple_majority"  # more for than against
    ABSOLUTE_MAJORITY = "absolute_majority"  # more than half of all members, there or not
    TWO_THIRDS = "two_thirds"  # of the votes cast: at least two for each one against
    TWO_THIRDS_MEMBERS = "two_thirds_members"  # of all members, there or not
    CONSENSUS = "consensus"  # some for, nobody against


class Stance(enum.StrEnum):
    AGREE = "agree"
    RESERVATION = "reservation"
    STAND_ASIDE = "stand_aside"
    BLOCK = "block"


class Why(enum.StrEnum):
    """The reason of a result: adopted, or what was lacking."""

    ADOPTED = "adopted"
    NO_QUORUM = "no_quorum"
    NO_VOTES = "no_votes"
    TIE = "tie"
    TOO_FEW = "too_few"
    OBJECTION = "objection"
    UNREADABLE = "unreadable"  # sealed votes whose key is lost: nothing can be counted


@dataclass(frozen=True)
class Cast:
    """One vote: what was chosen, and whether it is a member's (an observer's is indicative).

    `country`: whose vote it is where States vote (ISO 3166-1 alpha-2); `weight`: how many votes it is, a whole number.
    """

    choice: Choice
    is_member: bool
    country: str = ""
    weight: int = 1


@dataclass(frozen=True)
class Counts:
    for_: int = 0
    against: int = 0
    abstained: int = 0

    @property
    def cast(self) -> int:
        """Votes that decide: for and against."""
        return self.for_ + self.against

    @property
    def voters(self) -> int:
        return self.for_ + self.against + self.abstained


@dataclass(frozen=True)
class Papers:
    """A vote on paper: how many papers members were given, how many lay in the urn, how many of these were invalid; `blank`: of an
    election, valid ones that name nobody; `tellers`: who counted."""

    given: int
    found: int
    invalid: int
    blank: int = 0
    tellers: str = ""


@dataclass(frozen=True)
class Result:
    """What came of a ballot. `present` is never less than the members who voted. `by_states`: the numbers are of States;
    `is_weighted`: they are sums of weights. `few_states`: of how many States members voted, of how many, and how many are needed;
    empty unless that alone was too few."""

    members: Counts
    observers: Counts
    entitled: int
    present: int
    why: Why
    rule: Rule = Rule.SIMPLE_MAJORITY
    by_states: bool = False
    papers: Papers | None = None
    few_states: tuple[int, ...] = ()
    is_weighted: bool = False

    @property
    def adopted(self) -> bool:
        return self.why is Why.ADOPTED


@dataclass(frozen=True)
class Agreement:
    """The state of a consensus: how many members hold each stance. Silence agrees; a member's block stops."""

    agree: int
    reservation: int
    stand_aside: int
    block: int

    @property
    def reached(self) -> bool:
        return self.block == 0


def votes(casts: Iterable[Cast], *, rule: Rule, quorum: Fraction, entitled: int, present: int) -> Result:
    """Counts a vote.

    `entitled`: members who sit in the body on that day; `present`: members recorded in the room or online; `quorum`:
    the part of the entitled that must be there (0 for none). With weights all three are sums of weights; with one vote
    for each State (`by_country` before this) they are numbers of States. Raises ValueError for a quorum outside 0 to 1, or for
    more voters than members entitled.
    """
    if not 0 <= quorum <= 1:
        raise ValueError("a quorum is a part of the members: 0 to 1")
    listed = list(casts)
    members = _counts(cast for cast in listed if cast.is_member)
    observers = _counts(cast for cast in listed if not cast.is_member)
    if members.voters > entitled:
        raise ValueError("more members voted than sit in the body")
    there = min(entitled, max(present, members.voters))
    return Result(members, observers, entitled, there, _why(members, rule, quorum, entitled, there), rule)


def frozen(casts: Iterable[Cast], *, entitled: int, present: int, why: Why, rule: Rule = Rule.SIMPLE_MAJORITY) -> Result:
    """A result that was reckoned before, with its votes counted again for showing."""
    listed = list(casts)
    members = _counts(cast for cast in listed if cast.is_member)
    return Result(members, _counts(cast for cast in listed if not cast.is_member), entitled, present, why, rule)


def _counts(casts: Iterable[Cast]) -> Counts:
    sums = dict.fromkeys(Choice, 0)
    for cast in casts:
        sums[cast.choice] += cast.weight
    return Counts(sums[Choice.FOR], sums[Choice.AGAINST], sums[Choice.ABSTAIN])


def _why(counts: Counts, rule: Rule, quorum: Fraction, entitled: int, present: int) -> Why:
    if present < quorum * entitled:
        return Why.NO_QUORUM
    if counts.cast == 0:
        return Why.NO_VOTES
    if rule is Rule.CONSENSUS:
        return Why.OBJECTION if counts.against else Why.ADOPTED
    if rule is Rule.ABSOLUTE_MAJORITY:
        return Why.ADOPTED if 2 * counts.for_ > entitled else Why.TOO_FEW
    if rule is Rule.TWO_THIRDS_MEMBERS:
        return Why.ADOPTED if 3 * counts.for_ >= 2 * entitled else Why.TOO_FEW
    if counts.for_ == counts.against:
        return Why.TIE
    enough = 2 * counts.against <= counts.for_ if rule is Rule.TWO_THIRDS else counts.for_ > counts.against
    return Why.ADOPTED if enough else Why.TOO_FEW


def by_country(casts: Iterable[Cast]) -> list[Cast]:
    """One State, one vote: each country's members who voted must all choose the same; if they do not, it abstains.

    A country in which only observers voted gives an indicative vote; beside a member its observers are left out. Countries
    come in the order of their codes. Raises ValueError for a vote without a country.
    """
    listed = list(casts)
    if any(not cast.country for cast in listed):
        raise ValueError("where States vote, each vote belongs to one")
    merged: list[Cast] = []
    for country in sorted({cast.country for cast in listed}):
        own = [cast for cast in listed if cast.country == country]
        deciding = [cast for cast in own if cast.is_member] or own
        choices = {cast.choice for cast in deciding}
        merged.append(Cast(choices.pop() if len(choices) == 1 else Choice.ABSTAIN, deciding[0].is_member, country))
    return merged


@dataclass(frozen=True)
class Seat:
    """A seat of the body, for the quorum."""

    is_member: bool
    country: str = ""


def is_quorate(there: Iterable[Seat], entitled: Iterable[Seat], *, members: Fraction, countries: Fraction = Fraction(0)) -> bool:
    """Whether enough are there: a part of the members and, with it, a part of the countries that have a member.

    Observers never count. Each part is 0 to 1, 0 for none.
    """
    present, sitting = [seat for seat in there if seat.is_member], [seat for seat in entitled if seat.is_member]
    states_there, states = ({seat.country for seat in seats if seat.country} for seats in (present, sitting))
    return len(present) >= members * len(sitting) and len(states_there) >= countries * len(states)


def weighted(casts: Mapping[Key, Cast], weights: Mapping[Key, int]) -> list[Cast]:
    """The votes with their weights, whole numbers from 1; a seat without one weighs 1. Raises ValueError."""
    if any(weight < 1 for weight in weights.values()):
        raise ValueError("a weight is a whole number from 1")
    return [replace(cast, weight=weights.get(key, 1)) for key, cast in casts.items()]


def consensus(stances: Iterable[tuple[Stance, bool]]) -> Agreement:
    """Counts stances given as (stance, whether it is a member's)."""
    own = [stance for stance, is_member in stances if is_member]
    return Agreement(
        own.count(Stance.AGREE), own.count(Stance.RESERVATION), own.count(Stance.STAND_ASIDE), own.count(Stance.BLOCK)
    )
