"""What can be done with an appeal, by the person and by the office. Derivation comes before the transaction, never in it."""

from kenesh.appeals.actions.callbacks import (
    MISSED,
    REACHED,
    RESULTS,
    WRONG,
    change_contact,
    current_contact,
    log_call,
    plan_call,
)
from kenesh.appeals.actions.consents import (
    Told,
    agreed,
    may_count,
    record_consents,
    set_consent,
)
from kenesh.appeals.actions.erasing import ERASED_AFTER_DAYS, cancel_erasure, destroy_erased, request_erasure
from kenesh.appeals.actions.files import (
    add_to_draft,
    add_with_receipt,
    begin_files,
    forget_drafts_files,
    forget_file,
    remove_from_draft,
    share_with_person,
)
from kenesh.appeals.actions.filing import SOMEBODY_ELSE, NoOffice, choose_office, file_appeal, store_appeal
from kenesh.appeals.actions.holding import (
    OPEN_FOR,
    Holder,
    NotOpen,
    close_receipt,
    holder_of,
    mark_seen,
    open_with_receipt,
    seen_until,
    write_message,
)
from kenesh.appeals.actions.office import answer_person, set_status, tell_step
from kenesh.appeals.actions.receipts import NotAPart, give_receipt, own_digits, take_own_digits
from kenesh.appeals.actions.sealing import Erasing
from kenesh.appeals.consent import BY_HELPER, BY_RECEIPT, IN_WRITING, ORALLY, last_words, proven
from kenesh.appeals.steps import WORKING_DAYS_TO_FIRST_ANSWER, working_days_after

__all__ = [
    "BY_HELPER",
    "BY_RECEIPT",
    "ERASED_AFTER_DAYS",
    "IN_WRITING",
    "MISSED",
    "OPEN_FOR",
    "ORALLY",
    "REACHED",
    "RESULTS",
    "SOMEBODY_ELSE",
    "WORKING_DAYS_TO_FIRST_ANSWER",
    "WRONG",
    "Erasing",
    "Holder",
    "NoOffice",
    "NotAPart",
    "NotOpen",
    "Told",
    "add_to_draft",
    "add_with_receipt",
    "agreed",
    "answer_person",
    "begin_files",
    "cancel_erasure",
    "change_contact",
    "choose_office",
    "close_receipt",
    "current_contact",
    "destroy_erased",
    "file_appeal",
    "forget_drafts_files",
    "forget_file",
    "give_receipt",
    "holder_of",
    "last_words",
    "log_call",
    "mark_seen",
    "may_count",
    "open_with_receipt",
    "own_digits",
    "plan_call",
    "proven",
    "record_consents",
    "remove_from_draft",
    "request_erasure",
    "seen_until",
    "set_consent",
    "set_status",
    "share_with_person",
    "store_appeal",
    "take_own_digits",
    "tell_step",
    "working_days_after",
    "write_message",
]
