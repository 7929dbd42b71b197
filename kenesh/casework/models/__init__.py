"""Rows of the casework area, by subject; what may stand in the clear is listed in docs/privacy.md."""

from kenesh.casework.models.cases import (
    NO_DEADLINE,
    OPEN,
    TOLD,
    Case,
    Deadline,
    Epoch,
    Grant,
    Matter,
    Note,
    Person,
    SealedRow,
    Status,
)
from kenesh.casework.models.contacts import Channel, Contact, ContactResult, Minutes, ShownReceipt
from kenesh.casework.models.external import ExternalReferral
from kenesh.casework.models.facts import Party, Sheet, Step
from kenesh.casework.models.files import CaseFile
from kenesh.casework.models.followups import FollowUp
from kenesh.casework.models.importing import Imported, KnownColumns, Register, RegisterPiece
from kenesh.casework.models.index import Handle, IndexEntry, IndexState, KeptApart, SealedQuery, ToIndex
from kenesh.casework.models.jobs import Job
from kenesh.casework.models.keeping import MONTHS, MONTHS_OF_MONEY, Hold, KeptAppeal, RetentionOfType, RetentionRule
from kenesh.casework.models.letters import Letter, LetterFile, LetterKind, LetterTemplate
from kenesh.casework.models.limits import (
    CalendarLink,
    Certainty,
    ClockKind,
    Escalation,
    ForWhom,
    LeadNote,
    LegalLimit,
    LimitUnit,
    OfficeRule,
    WhenOff,
)
from kenesh.casework.models.money import Sum
from kenesh.casework.models.months import BY_HAND, OfficeMonth
from kenesh.casework.models.queue import Alarm, Presence, Swept, Tags, Tally, Undo, View
from kenesh.casework.models.quotations import WaitingWords
from kenesh.casework.models.sharing import (
    Origin,
    Referral,
    ReferralEpoch,
    ReferralFile,
    ReferralGrant,
    ReferralLine,
    ReferralReceiptKey,
    Restriction,
)

__all__ = [
    "BY_HAND",
    "MONTHS",
    "MONTHS_OF_MONEY",
    "NO_DEADLINE",
    "OPEN",
    "TOLD",
    "Alarm",
    "CalendarLink",
    "Case",
    "CaseFile",
    "Certainty",
    "Channel",
    "ClockKind",
    "Contact",
    "ContactResult",
    "Deadline",
    "Epoch",
    "Escalation",
    "ExternalReferral",
    "FollowUp",
    "ForWhom",
    "Grant",
    "Handle",
    "Hold",
    "Imported",
    "IndexEntry",
    "IndexState",
    "Job",
    "KeptApart",
    "KeptAppeal",
    "KnownColumns",
    "LeadNote",
    "LegalLimit",
    "Letter",
    "LetterFile",
    "LetterKind",
    "LetterTemplate",
    "LimitUnit",
    "Matter",
    "Minutes",
    "Note",
    "OfficeMonth",
    "OfficeRule",
    "Origin",
    "Party",
    "Person",
    "Presence",
    "Referral",
    "ReferralEpoch",
    "ReferralFile",
    "ReferralGrant",
    "ReferralLine",
    "ReferralReceiptKey",
    "Register",
    "RegisterPiece",
    "Restriction",
    "RetentionOfType",
    "RetentionRule",
    "SealedQuery",
    "SealedRow",
    "Sheet",
    "ShownReceipt",
    "Status",
    "Step",
    "Sum",
    "Swept",
    "Tags",
    "Tally",
    "ToIndex",
    "Undo",
    "View",
    "WaitingWords",
    "WhenOff",
]
