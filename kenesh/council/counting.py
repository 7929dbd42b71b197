"""How a proposal is decided: consensus, and named votes under each rule. Pure functions over counts.

Only members count. What observers choose is counted apart and decides nothing. Abstentions are not votes cast: a
majority is reckoned of those who said for or against, as in rules 85 and 86 of the Rules of Procedure of the United
Nations General Assembly (A/520/Rev.20); an equal division rejects (rule 95, after the second vote). A quorum is met by
members who are there, whether or not they vote (rule 67).
"""

from __future__ import annotations

import enum
from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction


class Choice(enum.StrEnum):
    FOR = "for"
    AGAINST = "against"
    ABSTAIN = "abstain"


class Rule(enum.StrEnum):
    SIMPLE_MAJORITY = "simple_majority"  # more for than against
    TWO_THIRDS = "two_thirds"  # at least two for each one against
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


@dataclass(frozen=True)
class Cast:
    """One vote: what was chosen, and whether it is a member's (an observer's is indicative)."""

    choice: Choice
    is_member: bool


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
class Result:
    """What came of a ballot. `present` is never less than the members who voted."""

    members: Counts
    observers: Counts
    entitled: int
    present: int
    why: Why

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
    """Counts a named vote.

    `entitled`: members who sit in the body on that day; `present`: members recorded in the room or online; `quorum`:
    the part of the entitled that must be there (0 for none). Raises ValueError for a quorum outside 0 to 1, or for
    more voters than members entitled.
    """
    if not 0 <= quorum <= 1:
        raise ValueError("a quorum is a part of the members: 0 to 1")
    listed = list(casts)
    members = _counts(cast.choice for cast in listed if cast.is_member)
    observers = _counts(cast.choice for cast in listed if not cast.is_member)
    if members.voters > entitled:
        raise ValueError("more members voted than sit in the body")
    there = min(entitled, max(present, members.voters))
    return Result(members, observers, entitled, there, _why(members, rule, quorum, entitled, there))


def frozen(casts: Iterable[Cast], *, entitled: int, present: int, why: Why) -> Result:
    """A result that was reckoned before, with its votes counted again for showing."""
    listed = list(casts)
    members = _counts(cast.choice for cast in listed if cast.is_member)
    return Result(members, _counts(cast.choice for cast in listed if not cast.is_member), entitled, present, why)


def _counts(choices: Iterable[Choice]) -> Counts:
    listed = list(choices)
    return Counts(listed.count(Choice.FOR), listed.count(Choice.AGAINST), listed.count(Choice.ABSTAIN))


def _why(counts: Counts, rule: Rule, quorum: Fraction, entitled: int, present: int) -> Why:
    if present < quorum * entitled:
        return Why.NO_QUORUM
    if counts.cast == 0:
        return Why.NO_VOTES
    if rule is Rule.CONSENSUS:
        return Why.OBJECTION if counts.against else Why.ADOPTED
    if counts.for_ == counts.against:
        return Why.TIE
    enough = 2 * counts.against <= counts.for_ if rule is Rule.TWO_THIRDS else counts.for_ > counts.against
    return Why.ADOPTED if enough else Why.TOO_FEW


def consensus(stances: Iterable[tuple[Stance, bool]]) -> Agreement:
    """Counts stances given as (stance, whether it is a member's)."""
    own = [stance for stance, is_member in stances if is_member]
    return Agreement(
        own.count(Stance.AGREE), own.count(Stance.RESERVATION), own.count(Stance.STAND_ASIDE), own.count(Stance.BLOCK)
    )
