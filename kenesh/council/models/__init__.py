from kenesh.council.models.amendments import Amendment, Comment, ProposalVersion
from kenesh.council.models.decisions import Decision, Minutes
from kenesh.council.models.endorsements import Endorsement
from kenesh.council.models.meetings import AgendaItem, Attendance, ItemDocument, ItemProblem, Meeting
from kenesh.council.models.phones import PhoneLink, PhoneSession
from kenesh.council.models.proposals import (
    Ballot,
    BallotRule,
    BareVote,
    CoSigner,
    DecisionKind,
    LawRow,
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
    "Amendment",
    "Attendance",
    "Ballot",
    "BallotRule",
    "BareVote",
    "CoSigner",
    "Comment",
    "Decision",
    "DecisionKind",
    "Endorsement",
    "ItemDocument",
    "ItemProblem",
    "LawRow",
    "Meeting",
    "Minutes",
    "PhoneLink",
    "PhoneSession",
    "Position",
    "Proposal",
    "ProposalVersion",
    "Quorum",
    "SealedVote",
    "Stance",
    "Vote",
    "VoteChoice",
]
