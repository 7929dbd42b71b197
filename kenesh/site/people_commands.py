"""`kenesh people …` on the command line: the first accounts and keys, before anybody can sign in to make more."""

from __future__ import annotations

import argparse
import getpass
import sys

import django

from kenesh.site.command_line import Refused
from kenesh.site.node_commands import refuse_moved


def _password() -> str:
    """Asked for twice at a terminal; the first line of standard input otherwise. Never an argument: those are seen by all."""
    if not sys.stdin.isatty():
        return sys.stdin.readline().rstrip("\n")
    first = getpass.getpass("Password: ")
    if first != getpass.getpass("Once more: "):
        raise Refused("the two passwords differ: run the command again")
    return first


def add_user(arguments: argparse.Namespace) -> None:
    django.setup()
    refuse_moved()
    from django.contrib.auth.password_validation import validate_password
    from django.core.exceptions import ValidationError
    from django.core.validators import validate_email
    from django.db import IntegrityError

    from kenesh.people import actions
    from kenesh.people.models import Body, Organisation, Role
    from kenesh.people.models.accounts import OF_A_BODY, OF_AN_ORGANISATION

    if arguments.role and arguments.role not in Role.values:
        raise Refused(f"{arguments.role!r} is not a role: choose one of {', '.join(Role.values)}")
    organisation = body = None
    if arguments.role in OF_AN_ORGANISATION:
        organisation = Organisation.objects.filter(code=arguments.where).first()
    elif arguments.role in OF_A_BODY:
        body = Body.objects.filter(code=arguments.where).first()
    if arguments.role in (*OF_AN_ORGANISATION, *OF_A_BODY) and not (organisation or body):
        raise Refused(f"the role {arguments.role} needs --in CODE, the code of an organisation or body of this node")
    password = _password()
    try:
        validate_email(arguments.email)
        validate_password(password)
        # Two transactions: the password is stretched in the first act, which the vault refuses to do inside one.
        made = actions.add_user(
            email=arguments.email, name=arguments.name, password=password, language=arguments.language, by="command"
        )
        if arguments.role:
            actions.give_role(user=made.user, role=Role(arguments.role), organisation=organisation, body=body, by="command")
    except ValidationError as why:
        raise Refused(" ".join(why.messages)) from why
    except (actions.AlreadyThere, IntegrityError) as why:
        raise Refused(f"there is an account with the address {arguments.email}: sign in with it, or choose another") from why
    print(f"{made.user.email} can sign in")


def begin_keys(arguments: argparse.Namespace) -> None:
    django.setup()
    refuse_moved()
    from kenesh.people import actions
    from kenesh.people.models import Organisation, User

    organisation = Organisation.objects.filter(code=arguments.organisation).first()
    if organisation is None:
        raise Refused(f"no organisation of this node has the code {arguments.organisation!r}")
    if organisation.epochs.exists():
        raise Refused("this organisation has keys already: a key holder begins a new one on the page “Colleagues”")
    emails = sorted({email.lower() for email in arguments.holder})
    holders = list(User.objects.filter(email__in=emails, is_active=True))
    if len(holders) < len(emails):
        unknown = set(emails) - {user.email for user in holders}
        raise Refused(f"no account with the address {', '.join(sorted(unknown))}: make it with `kenesh people add-user`")
    if len(holders) < 2:
        raise Refused("name at least two key holders: one forgotten password would lose all cases of the office")
    recovery = actions.begin_epoch(organisation=organisation, holders=holders, by="command")
    print("Recovery key. Print it, keep it in a safe, it is shown this once:")
    print(recovery.text)
