"""Pages of accounts, colleagues, keys, organisations, bodies and persons."""

from kenesh.people.views.accounts import (
    accounts,
    close,
    colleague,
    give_role,
    new_account,
    set_person,
    start_password,
    take_role,
)
from kenesh.people.views.bodies import (
    bodies,
    body,
    edit_body,
    edit_person,
    end_seat,
    new_body,
    new_person,
    new_seat,
    persons,
    seat,
)
from kenesh.people.views.colleagues import add_account, admit, colleagues
from kenesh.people.views.keys import make_key, put_away, recover
from kenesh.people.views.organisations import (
    edit_organisation,
    new_organisation,
    organisation,
    organisations,
    take_over,
    undo_take_over,
)
from kenesh.people.views.signing import account, give_back, sign_in_page, sign_out, unlock
from kenesh.people.views.trail import trail

__all__ = [
    "account",
    "accounts",
    "add_account",
    "admit",
    "bodies",
    "body",
    "close",
    "colleague",
    "colleagues",
    "edit_body",
    "edit_organisation",
    "edit_person",
    "end_seat",
    "give_back",
    "give_role",
    "make_key",
    "new_account",
    "new_body",
    "new_organisation",
    "new_person",
    "new_seat",
    "organisation",
    "organisations",
    "persons",
    "put_away",
    "recover",
    "seat",
    "set_person",
    "sign_in_page",
    "sign_out",
    "start_password",
    "take_over",
    "take_role",
    "trail",
    "undo_take_over",
    "unlock",
]
