"""Reads about recommendations."""

from kenesh.followup.queries.answering import SessionFound, draft_of, live_link, session_of
from kenesh.followup.queries.details import (
    Cockpit,
    addressee_to_keep,
    cockpit,
    public_page,
    recommendation_for_public,
    recommendation_to_keep,
    recommendation_to_read,
    response_to_keep,
    verdict_to_keep,
)
from kenesh.followup.queries.lists import (
    Filters,
    Line,
    ListPage,
    bodies_read,
    bodies_with_public,
    newest_results,
    of_decision,
    of_problem,
    organisations_addressed,
    public_list,
    tab_counts,
    work_list,
)
from kenesh.followup.queries.results import ProblemResult, results_for_problems

__all__ = [
    "Cockpit",
    "Filters",
    "Line",
    "ListPage",
    "ProblemResult",
    "SessionFound",
    "addressee_to_keep",
    "bodies_read",
    "bodies_with_public",
    "cockpit",
    "draft_of",
    "live_link",
    "newest_results",
    "of_decision",
    "of_problem",
    "organisations_addressed",
    "public_list",
    "public_page",
    "recommendation_for_public",
    "recommendation_to_keep",
    "recommendation_to_read",
    "response_to_keep",
    "results_for_problems",
    "session_of",
    "tab_counts",
    "verdict_to_keep",
    "work_list",
]
