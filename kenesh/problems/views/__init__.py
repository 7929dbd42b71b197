from kenesh.problems.views.public import counts_table, problem_feed, problem_list, problem_page, quotations
from kenesh.problems.views.trends import trend_list, trend_page, trends_table
from kenesh.problems.views.work import accept, close, defer, edit, merge, propose, support, work_list, work_problem

__all__ = [
    "accept",
    "close",
    "counts_table",
    "defer",
    "edit",
    "merge",
    "problem_feed",
    "problem_list",
    "problem_page",
    "propose",
    "quotations",
    "support",
    "trend_list",
    "trend_page",
    "trends_table",
    "work_list",
    "work_problem",
]
