"""How votes are counted. Pure functions: nothing here knows the database or the language of the reader.

motions     for, against, abstain: every majority, one State one vote, weights, quorum; consensus
elections   so many of several options; ranking by instant runoff and by Schulze's method
"""

from kenesh.council.counting.elections import (
    Election,
    Round,
    Runoff,
    Schulze,
    choose,
    instant_runoff,
    majority,
    most_named,
    one_voice,
    over_half,
    schulze,
)
from kenesh.council.counting.motions import (
    Agreement,
    Cast,
    Choice,
    Counts,
    Papers,
    Result,
    Rule,
    Seat,
    Stance,
    Why,
    by_country,
    consensus,
    frozen,
    is_quorate,
    votes,
    weighted,
)

__all__ = [
    "Agreement",
    "Cast",
    "Choice",
    "Counts",
    "Election",
    "Papers",
    "Result",
    "Round",
    "Rule",
    "Runoff",
    "Schulze",
    "Seat",
    "Stance",
    "Why",
    "by_country",
    "choose",
    "consensus",
    "frozen",
    "instant_runoff",
    "is_quorate",
    "majority",
    "most_named",
    "one_voice",
    "over_half",
    "schulze",
    "votes",
    "weighted",
]
