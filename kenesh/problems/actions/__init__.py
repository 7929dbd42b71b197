from kenesh.problems.actions.counts import Unsound, count_released, freeze_blocks
from kenesh.problems.actions.problems import (
    ALIVE,
    UNDECIDED,
    ChangedMeanwhile,
    Content,
    NotNow,
    accept_problem,
    close_problem,
    defer_problem,
    edit_problem,
    merge_problems,
    propose_problem,
    support_problem,
)
from kenesh.problems.actions.quotations import Words, publish_quotation, revoke_by_handles, revoke_quotation
from kenesh.problems.actions.trends import renew_trends

__all__ = [
    "ALIVE",
    "UNDECIDED",
    "ChangedMeanwhile",
    "Content",
    "NotNow",
    "Unsound",
    "Words",
    "accept_problem",
    "close_problem",
    "count_released",
    "defer_problem",
    "edit_problem",
    "freeze_blocks",
    "merge_problems",
    "propose_problem",
    "publish_quotation",
    "renew_trends",
    "revoke_by_handles",
    "revoke_quotation",
    "support_problem",
]
