"""What can be done in a council: verbs that name who acts. Each is one transaction and leaves its entry in the trail."""

from kenesh.council.actions.agenda import add_item, edit_item, move_item, remove_item
from kenesh.council.actions.attendance import Mark, add_guest, record_attendance
from kenesh.council.actions.ballots import (
    Form,
    cast_vote,
    cast_vote_by_phone,
    close_ballot,
    enter_votes,
    open_ballot,
    sweep_keys,
)
from kenesh.council.actions.meetings import (
    call_again,
    call_off,
    close_meeting,
    edit_meeting,
    enter_held_meeting,
    open_meeting,
    plan_meeting,
    publish_meeting,
    remove_meeting,
)
from kenesh.council.actions.minutes import approve_minutes, edit_minutes, publish_minutes, reopen_minutes
from kenesh.council.actions.phones import SESSION_LIFE, call_item, make_phone_links, open_phone_session, revoke_phone_links
from kenesh.council.actions.projects import set_project_documents
from kenesh.council.actions.proposals import (
    adopt_by_consensus,
    adopt_by_vote,
    is_proposer,
    propose,
    publish_decision,
    take_position,
    withdraw_proposal,
)
from kenesh.council.actions.refusals import Blocked, NotYourSeat, Refused, SavedByAnother

__all__ = [
    "SESSION_LIFE",
    "Blocked",
    "Form",
    "Mark",
    "NotYourSeat",
    "Refused",
    "SavedByAnother",
    "add_guest",
    "add_item",
    "adopt_by_consensus",
    "adopt_by_vote",
    "approve_minutes",
    "call_again",
    "call_item",
    "call_off",
    "cast_vote",
    "cast_vote_by_phone",
    "close_ballot",
    "close_meeting",
    "edit_item",
    "edit_meeting",
    "edit_minutes",
    "enter_held_meeting",
    "enter_votes",
    "is_proposer",
    "make_phone_links",
    "move_item",
    "open_ballot",
    "open_meeting",
    "open_phone_session",
    "plan_meeting",
    "propose",
    "publish_decision",
    "publish_meeting",
    "publish_minutes",
    "record_attendance",
    "remove_item",
    "remove_meeting",
    "reopen_minutes",
    "revoke_phone_links",
    "set_project_documents",
    "sweep_keys",
    "take_position",
    "withdraw_proposal",
]
