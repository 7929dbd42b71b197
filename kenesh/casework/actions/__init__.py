"""What caseworkers do with cases. Every action takes the keys of an open session and leaves its entry in the trail."""

from kenesh.casework.actions.cases import (
    TakenAlready,
    answer,
    assign,
    close_case,
    decline,
    link_problem,
    matter_from_answers,
    open_from_appeal,
    person_from_answers,
    reopen_case,
    set_waiting,
)
from kenesh.casework.actions.erasure import destroy_cases, latch_cases, person_wrote, unlatch_cases
from kenesh.casework.actions.rows import add_matter, add_note, add_person, finish_deadline, set_deadline
from kenesh.casework.actions.writing import add_row, change_row, keep_earliest_deadline, locked_appeals, move, store, target

__all__ = [
    "TakenAlready",
    "add_matter",
    "add_note",
    "add_person",
    "add_row",
    "answer",
    "assign",
    "change_row",
    "close_case",
    "decline",
    "destroy_cases",
    "finish_deadline",
    "keep_earliest_deadline",
    "latch_cases",
    "link_problem",
    "locked_appeals",
    "matter_from_answers",
    "move",
    "open_from_appeal",
    "person_from_answers",
    "person_wrote",
    "reopen_case",
    "set_deadline",
    "set_waiting",
    "store",
    "target",
    "unlatch_cases",
]
