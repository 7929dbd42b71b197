"""Rows of the casework area, by subject; what may stand in the clear is listed in docs/privacy.md."""

from kenesh.casework.models.cases import (
    NO_DEADLINE,
    OPEN,
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

__all__ = [
    "NO_DEADLINE",
    "OPEN",
    "Case",
    "Deadline",
    "Epoch",
    "Grant",
    "Matter",
    "Note",
    "Person",
    "SealedRow",
    "Status",
]
