from kenesh.council.models.amendments import Amendment, Comment, ProposalVersion
from kenesh.council.models.decisions import Decision, Minutes, MinutesText, MinutesVersion
from kenesh.council.models.elections import Candidate, Election
from kenesh.council.models.endorsements import Endorsement
from kenesh.council.models.invitations import AttendanceDay, BodyRules, Invitation, InvitationAnswer
from kenesh.council.models.live import LiveState, ProcedureMotion, Speech
from kenesh.council.models.meetings import (
    NO_HOUR,
    AgendaItem,
    Attendance,
    ItemDocument,
    ItemProblem,
    ItemReference,
    Meeting,
    Paper,
    PaperOnTheWay,
)
from kenesh.council.models.phones import PhoneLink, PhoneSession
from kenesh.council.models.programme import Room, Session, SessionPerson
from kenesh.council.models.projects import ProjectDocument, ProjectMeeting
from kenesh.council.models.proposals import (
    CHOICE_LENGTH,
    Ballot,
    BallotRule,
    BareVote,
    CoSigner,
    DecisionKind,
    LawRow,
    Position,
    Proposal,
    SealedVote,
    Stance,
    Vote,
    VoteChoice,
)
from kenesh.council.models.quorum import Quorum
from kenesh.council.models.venue import VenueStay, VenueTake
from kenesh.council.models.votes import MOST_PROXIES, BallotRemark, Proxy, VoteWeight
from kenesh.council.models.written import WrittenLink, WrittenProcedure

__all__ = [
    "CHOICE_LENGTH",
    "MOST_PROXIES",
    "NO_HOUR",
    "AgendaItem",
    "Amendment",
    "Attendance",
    "AttendanceDay",
    "Ballot",
    "BallotRemark",
    "BallotRule",
    "BareVote",
    "BodyRules",
    "Candidate",
    "CoSigner",
    "Comment",
    "Decision",
    "DecisionKind",
    "Election",
    "Endorsement",
    "Invitation",
    "InvitationAnswer",
    "ItemDocument",
    "ItemProblem",
    "ItemReference",
    "LawRow",
    "LiveState",
    "Meeting",
    "Minutes",
    "MinutesText",
    "MinutesVersion",
    "Paper",
    "PaperOnTheWay",
    "PhoneLink",
    "PhoneSession",
    "Position",
    "ProcedureMotion",
    "ProjectDocument",
    "ProjectMeeting",
    "Proposal",
    "ProposalVersion",
    "Proxy",
    "Quorum",
    "Room",
    "SealedVote",
    "Session",
    "SessionPerson",
    "Speech",
    "Stance",
    "VenueStay",
    "VenueTake",
    "Vote",
    "VoteChoice",
    "VoteWeight",
    "WrittenLink",
    "WrittenProcedure",
]
