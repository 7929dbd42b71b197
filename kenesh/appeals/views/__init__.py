"""The public form, the receipt, and coming back with it. Nothing here needs an account, JavaScript or a name."""

from kenesh.appeals.views.changed import changed
from kenesh.appeals.views.files import files, files_piece, my_file, my_files, my_files_piece, remove_file
from kenesh.appeals.views.form import (
    check,
    difference,
    done,
    form_answer,
    form_danger,
    form_what,
    form_where,
    form_who,
    receipt,
    send,
    written,
)
from kenesh.appeals.views.notice import notice
from kenesh.appeals.views.one_page import form_all
from kenesh.appeals.views.opinions import opinion
from kenesh.appeals.views.own import own, take_own
from kenesh.appeals.views.proof import turn
from kenesh.appeals.views.status import close, consent, consents, erase, opened, status, story

__all__ = [
    "changed",
    "check",
    "close",
    "consent",
    "consents",
    "difference",
    "done",
    "erase",
    "files",
    "files_piece",
    "form_all",
    "form_answer",
    "form_danger",
    "form_what",
    "form_where",
    "form_who",
    "my_file",
    "my_files",
    "my_files_piece",
    "notice",
    "opened",
    "opinion",
    "own",
    "receipt",
    "remove_file",
    "send",
    "status",
    "story",
    "take_own",
    "turn",
    "written",
]
