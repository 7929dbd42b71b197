from kenesh.problems.actions.counts import Unsound, count_released, freeze_blocks
from kenesh.problems.actions.escalations import decline_escalated, escalate_problem, take_back_escalated, take_up_escalated
from kenesh.problems.actions.figures import Figure, add_figure, remove_figure
from kenesh.problems.actions.joining import merge_problems, separate_problem
from kenesh.problems.actions.problems import (
    ALIVE,
    TO_TAKE_UP,
    UNDECIDED,
    ChangedMeanwhile,
    Content,
    NotNow,
    accept_problem,
    close_problem,
    defer_problem,
    edit_problem,
    propose_problem,
)
from kenesh.problems.actions.quotations import Words, publish_quotation, revoke_by_handles, revoke_quotation
from kenesh.problems.actions.support import CountWasShown, support_problem, take_back_support
from kenesh.problems.actions.tallies import Counted, Overlaps, TooFew, hide_tally, remove_tally, show_tally
from kenesh.problems.actions.trends import renew_trends

__all__ = [
    "ALIVE",
    "TO_TAKE_UP",
    "UNDECIDED",
    "ChangedMeanwhile",
    "Content",
    "CountWasShown",
    "Counted",
    "Figure",
    "NotNow",
    "Overlaps",
    "TooFew",
    "Unsound",
    "Words",
    "accept_problem",
    "add_figure",
    "close_problem",
    "count_released",
    "decline_escalated",
    "defer_problem",
    "edit_problem",
    "escalate_problem",
    "freeze_blocks",
    "hide_tally",
    "merge_problems",
    "propose_problem",
    "publish_quotation",
    "remove_figure",
    "remove_tally",
    "renew_trends",
    "revoke_by_handles",
    "revoke_quotation",
    "separate_problem",
    "show_tally",
    "support_problem",
    "take_back_escalated",
    "take_back_support",
    "take_up_escalated",
]
