from kenesh.council.models.decisions import Decision, Minutes
from kenesh.council.models.live import LiveState, ProcedureMotion, Speech
from kenesh.council.models.meetings import AgendaItem, Attendance, ItemDocument, ItemProblem, Meeting
from kenesh.council.models.phones import PhoneLink, PhoneSession
from kenesh.council.models.proposals import (
    Ballot,
    BallotRule,
    BareVote,
    Position,
    Proposal,
    Quorum,
    SealedVote,
    Stance,
    Vote,
    VoteChoice,
)

__all__ = [
    "AgendaItem",
    "Attendance",
    "Ballot",
    "BallotRule",
    "BareVote",
    "Decision",
    "ItemDocument",
    "ItemProblem",
    "LiveState",
    "Meeting",
    "Minutes",
    "PhoneLink",
    "PhoneSession",
    "Position",
    "ProcedureMotion",
    "Proposal",
    "Quorum",
    "SealedVote",
    "Speech",
    "Stance",
    "Vote",
    "VoteChoice",
]
