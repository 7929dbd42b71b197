"""Validation of what people write here, without side effects."""

from kenesh.followup.forms.answering import (
    ActionForm,
    AnswerForm,
    CodeForm,
    GradeForm,
    IncomingForm,
    LetterForm,
    ResponseForm,
    VerdictForm,
)
from kenesh.followup.forms.details import DetailsForm, SourceForm
from kenesh.followup.forms.fields import Keyed, not_in_the_future
from kenesh.followup.forms.recommendations import RecommendationForm
from kenesh.followup.forms.spreadsheets import ColumnsForm, SpreadsheetForm
from kenesh.followup.forms.tracker import FilterForm, FollowForm, WordsForm

__all__ = [
    "ActionForm",
    "AnswerForm",
    "CodeForm",
    "ColumnsForm",
    "DetailsForm",
    "FilterForm",
    "FollowForm",
    "GradeForm",
    "IncomingForm",
    "Keyed",
    "LetterForm",
    "RecommendationForm",
    "ResponseForm",
    "SourceForm",
    "SpreadsheetForm",
    "VerdictForm",
    "WordsForm",
    "not_in_the_future",
]
