from kenesh.council.models.decisions import Decision, Minutes
from kenesh.council.models.invitations import AttendanceDay, BodyRules, Invitation, InvitationAnswer
from kenesh.council.models.meetings import AgendaItem, Attendance, ItemDocument, ItemProblem, Meeting
from kenesh.council.models.phones import PhoneLink, PhoneSession
from kenesh.council.models.projects import ProjectDocument
from kenesh.council.models.programme import Room, Session, SessionPerson
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
    "AttendanceDay",
    "Ballot",
    "BallotRule",
    "BareVote",
    "BodyRules",
    "Decision",
    "Invitation",
    "InvitationAnswer",
    "ItemDocument",
    "ItemProblem",
    "Meeting",
    "Minutes",
    "PhoneLink",
    "PhoneSession",
    "Position",
    "ProjectDocument",
    "Proposal",
    "Quorum",
    "Room",
    "SealedVote",
    "Session",
    "SessionPerson",
    "Stance",
    "Vote",
    "VoteChoice",
]
