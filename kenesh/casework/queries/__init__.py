"""Reads of the casework area."""

from kenesh.casework.queries.cases import (
    CasePlace,
    case_for_caseworker,
    case_opened_from,
    cases_of_offices,
    caseworkers_of,
    problems_to_link,
    queue_counts,
    row_of_case,
)

__all__ = [
    "CasePlace",
    "case_for_caseworker",
    "case_opened_from",
    "cases_of_offices",
    "caseworkers_of",
    "problems_to_link",
    "queue_counts",
    "row_of_case",
]
