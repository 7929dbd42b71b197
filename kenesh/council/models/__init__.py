from kenesh.council.models.decisions import Decision, Minutes
from kenesh.council.models.meetings import AgendaItem, Attendance, ItemDocument, ItemProblem, Meeting
from kenesh.council.models.proposals import (
    Ballot,
    BallotRule,
    Position,
    Proposal,
    Quorum,
    Stance,
    Vote,
    VoteChoice,
)

__all__ = [
    "AgendaItem",
    "Attendance",
    "Ballot",
    "BallotRule",
    "Decision",
    "ItemDocument",
    "ItemProblem",
    "Meeting",
    "Minutes",
    "Position",
    "Proposal",
    "Quorum",
    "Stance",
    "Vote",
    "VoteChoice",
]
