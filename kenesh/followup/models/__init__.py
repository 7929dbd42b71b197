"""Recommendations, what was sent, what came back, what was done, and the independent judgement."""

from kenesh.followup.models.answers import Action, AnswerCode, AnswerLink, AnswerSession, Response, ResponseKind, Stance
from kenesh.followup.models.recommendations import (
    ADDRESSED,
    NO_DATE,
    Addressee,
    Letter,
    Recommendation,
    SourceKind,
    Stage,
    Status,
)
from kenesh.followup.models.verdicts import Evidence, Judgement, Verdict

__all__ = [
    "ADDRESSED",
    "NO_DATE",
    "Action",
    "Addressee",
    "AnswerCode",
    "AnswerLink",
    "AnswerSession",
    "Evidence",
    "Judgement",
    "Letter",
    "Recommendation",
    "Response",
    "ResponseKind",
    "SourceKind",
    "Stage",
    "Stance",
    "Status",
    "Verdict",
]
