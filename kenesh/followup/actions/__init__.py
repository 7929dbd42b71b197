"""What can be done to recommendations. Each act is atomic and leaves its entry in the trail.

Refused
├── HasHistory        an addressee with letters, links or answers stays
├── NotPublic         a verdict or an answer cannot be public while its recommendation is internal
├── RightOfReply      a critical verdict waits for the addressees' reply (`until`), and keeps their answers public
├── NoMailbox         the organisation has no registered mailbox to which a code could go
├── TooManyCodes      the link's codes of this hour are used up (`again_at`)
├── MailNotSent       the mail server did not take the letter with the code
├── WrongCode         not the code that was sent (`left` tries)
├── CodeEnded         no code that could still be used: its time, its tries or its one use are over
├── SessionOver       the open time of the answer pages has passed
├── NotAnAnswer       only what answers the recommendation is graded
├── NotOfficial       the addressee's validator has not confirmed the answer
├── CannotPassOn      another domain, too many, or a colleague who would pass it on again
├── Decided           somebody has decided it already
├── CameFromThere     a matter is not handed back to whom it came from
├── NoMoreTime        the day that would be given has passed
├── TooManyLetters    too many people asked to follow within this hour
├── NotAMember        only organisations that sit in the body assess beside it
├── WroteItself       what an addressee sent itself is not taken back by others
└── ImportDone        the spreadsheet has been imported already
"""

from kenesh.followup.actions.announcing import DAYS_TO_REPLY
from kenesh.followup.actions.answering import (
    answer,
    begin_answer_session,
    issue_answer_link,
    keep_draft,
    open_answer_session,
    revoke_link,
    send_answer_code,
)
from kenesh.followup.actions.details import Details, Figure, SourceLine, add_source, edit_details, refresh_named, remove_source
from kenesh.followup.actions.filing import file_anew
from kenesh.followup.actions.following import follow
from kenesh.followup.actions.importing import MOST_ROWS, NewRow, bring_batch, import_rows, map_columns, undo_import
from kenesh.followup.actions.letters import keep_due_by_law, set_letterhead, write_letter
from kenesh.followup.actions.ministry import (
    add_to_answer,
    ask_named,
    ask_successor,
    ask_validator,
    confirm,
    decide_extension,
    keep_file,
    pass_on,
    publish_file,
    remove_from_answer,
    same_domain,
    serve_others,
    set_addressee,
    take_back_link,
)
from kenesh.followup.actions.recommendations import (
    add_recommendation,
    edit_recommendation,
    file_unfiled,
    note_incoming,
    open_recommendation,
    publish,
    register_letter,
    take_back,
    unpublish,
)
from kenesh.followup.actions.refusals import (
    CameFromThere,
    CannotPassOn,
    CodeEnded,
    Decided,
    HasHistory,
    ImportDone,
    MailNotSent,
    NoMailbox,
    NoMoreTime,
    NotAMember,
    NotAnAnswer,
    NotOfficial,
    NotPublic,
    Refused,
    RightOfReply,
    SessionOver,
    TooManyCodes,
    TooManyLetters,
    WrongCode,
    WroteItself,
)
from kenesh.followup.actions.reminding import mail_works, set_reminders
from kenesh.followup.actions.responses import (
    Given,
    Proof,
    enter_response,
    grade_response,
    publish_action,
    publish_response,
    report_action,
    unpublish_action,
    unpublish_response,
)
from kenesh.followup.actions.scores import DAYS_TO_REPLY as DAYS_BEFORE_SCOREBOARD
from kenesh.followup.actions.scores import announce_scoreboard, close_scoreboard, note_words, turn_scores
from kenesh.followup.actions.shadows import (
    assess,
    keep_proceeding,
    publish_proceeding,
    publish_shadow,
    unpublish_shadow,
)
from kenesh.followup.actions.silence import announce_silence, file_late, hide_silence
from kenesh.followup.actions.verdicts import judge, publish_verdict, unpublish_verdict
from kenesh.followup.actions.withdrawing import (
    withdraw_action,
    withdraw_letter,
    withdraw_response,
    withdraw_shadow,
    withdraw_verdict,
)

__all__ = [
    "DAYS_BEFORE_SCOREBOARD",
    "DAYS_TO_REPLY",
    "MOST_ROWS",
    "CameFromThere",
    "CannotPassOn",
    "CodeEnded",
    "Decided",
    "Details",
    "Figure",
    "Given",
    "HasHistory",
    "ImportDone",
    "MailNotSent",
    "NewRow",
    "NoMailbox",
    "NoMoreTime",
    "NotAMember",
    "NotAnAnswer",
    "NotOfficial",
    "NotPublic",
    "Proof",
    "Refused",
    "RightOfReply",
    "SessionOver",
    "SourceLine",
    "TooManyCodes",
    "TooManyLetters",
    "WrongCode",
    "WroteItself",
    "add_recommendation",
    "add_source",
    "add_to_answer",
    "announce_scoreboard",
    "announce_silence",
    "answer",
    "ask_named",
    "ask_successor",
    "ask_validator",
    "assess",
    "begin_answer_session",
    "bring_batch",
    "close_scoreboard",
    "confirm",
    "decide_extension",
    "edit_details",
    "edit_recommendation",
    "enter_response",
    "file_anew",
    "file_late",
    "file_unfiled",
    "follow",
    "grade_response",
    "hide_silence",
    "import_rows",
    "issue_answer_link",
    "judge",
    "keep_draft",
    "keep_due_by_law",
    "keep_file",
    "keep_proceeding",
    "mail_works",
    "map_columns",
    "note_incoming",
    "note_words",
    "open_answer_session",
    "open_recommendation",
    "pass_on",
    "publish",
    "publish_action",
    "publish_file",
    "publish_proceeding",
    "publish_response",
    "publish_shadow",
    "publish_verdict",
    "refresh_named",
    "register_letter",
    "remove_from_answer",
    "remove_source",
    "report_action",
    "revoke_link",
    "same_domain",
    "send_answer_code",
    "serve_others",
    "set_addressee",
    "set_letterhead",
    "set_reminders",
    "take_back",
    "take_back_link",
    "turn_scores",
    "undo_import",
    "unpublish",
    "unpublish_action",
    "unpublish_response",
    "unpublish_shadow",
    "unpublish_verdict",
    "withdraw_action",
    "withdraw_letter",
    "withdraw_response",
    "withdraw_shadow",
    "withdraw_verdict",
    "write_letter",
]
