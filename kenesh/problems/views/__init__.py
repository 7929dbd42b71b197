from kenesh.problems.views.course import add_figure, escalate, escalation, remove_figure, take_back_escalation, tally, version
from kenesh.problems.views.public import counts_table, problem_feed, problem_list, problem_page, quotations
from kenesh.problems.views.trends import flows_table, months_table, trend_list, trend_page, trends_table
from kenesh.problems.views.work import accept, close, defer, edit, merge, propose, separate, support, work_list, work_problem

__all__ = [
    "accept",
    "add_figure",
    "close",
    "counts_table",
    "defer",
    "edit",
    "escalate",
    "escalation",
    "flows_table",
    "merge",
    "months_table",
    "problem_feed",
    "problem_list",
    "problem_page",
    "propose",
    "quotations",
    "remove_figure",
    "separate",
    "support",
    "take_back_escalation",
    "tally",
    "trend_list",
    "trend_page",
    "trends_table",
    "version",
    "work_list",
    "work_problem",
]
