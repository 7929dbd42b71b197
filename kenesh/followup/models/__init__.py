"""Recommendations, what was sent, what came back, what was done, and the independent judgement."""

from kenesh.followup.models.answers import (
    Action,
    AnswerCode,
    AnswerLink,
    AnswerSession,
    Confirmation,
    Extension,
    Progress,
    Response,
    ResponseKind,
    Stance,
)
from kenesh.followup.models.changed import Counted, Felt, WaitingAnswer
from kenesh.followup.models.correspondence import Certainty, Days, DueByLaw, File, Letterhead
from kenesh.followup.models.following import Follower, Following
from kenesh.followup.models.importing import ImportBatch, ImportedRow
from kenesh.followup.models.proceedings import Proceeding, Reminder, ReminderRule, Shadow
from kenesh.followup.models.recommendations import (
    ADDRESSED,
    NO_DATE,
    Addressee,
    Direction,
    Letter,
    Recommendation,
    SourceKind,
    Stage,
    Status,
)
from kenesh.followup.models.sources import AboutConcept, Measure, RecommendationSource
from kenesh.followup.models.tracking import AddresseeScore, Filed, FiledCount, FiledKey, RecordVersion, Scoreboard, ShownSilence
from kenesh.followup.models.verdicts import Evidence, Judgement, Verdict

__all__ = [
    "ADDRESSED",
    "NO_DATE",
    "AboutConcept",
    "Action",
    "Addressee",
    "AddresseeScore",
    "AnswerCode",
    "AnswerLink",
    "AnswerSession",
    "Certainty",
    "Confirmation",
    "Counted",
    "Days",
    "Direction",
    "DueByLaw",
    "Evidence",
    "Extension",
    "Felt",
    "File",
    "Filed",
    "FiledCount",
    "FiledKey",
    "Follower",
    "Following",
    "ImportBatch",
    "ImportedRow",
    "Judgement",
    "Letter",
    "Letterhead",
    "Measure",
    "Proceeding",
    "Progress",
    "Recommendation",
    "RecommendationSource",
    "RecordVersion",
    "Reminder",
    "ReminderRule",
    "Response",
    "ResponseKind",
    "Scoreboard",
    "Shadow",
    "ShownSilence",
    "SourceKind",
    "Stage",
    "Stance",
    "Status",
    "Verdict",
    "WaitingAnswer",
]
