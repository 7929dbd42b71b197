"""Forms of the casework area."""

from kenesh.casework.forms.case import (
    AssignForm,
    DeadlineForm,
    LinkProblemForm,
    MatterForm,
    PersonForm,
    TextForm,
    WithKey,
)

__all__ = ["AssignForm", "DeadlineForm", "LinkProblemForm", "MatterForm", "PersonForm", "TextForm", "WithKey"]
