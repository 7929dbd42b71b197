from kenesh.problems.forms.problems import (
    ROWS,
    EditForm,
    FilterForm,
    Keyed,
    MergeForm,
    ProblemForm,
    ProposeForm,
    ReasonForm,
    TrendFilterForm,
    initial_of,
    rows_of,
    way_label,
)
from kenesh.problems.forms.steps import DeclineForm, EscalateForm, FigureForm, TakeUpForm
from kenesh.problems.forms.support import SupportForm, initial_of_support

__all__ = [
    "ROWS",
    "DeclineForm",
    "EditForm",
    "EscalateForm",
    "FigureForm",
    "FilterForm",
    "Keyed",
    "MergeForm",
    "ProblemForm",
    "ProposeForm",
    "ReasonForm",
    "SupportForm",
    "TakeUpForm",
    "TrendFilterForm",
    "initial_of",
    "initial_of_support",
    "rows_of",
    "way_label",
]
