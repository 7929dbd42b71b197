"""`kenesh move`: the node's database goes to the other engine."""

from __future__ import annotations

import argparse
import time

import django

from kenesh.site.command_line import Refused


def move(arguments: argparse.Namespace) -> None:
    from kenesh.site.node_commands import keep_private, refuse_unready

    keep_private()
    django.setup()
    from kenesh.config.environment import as_database
    from kenesh.site import node_lock
    from kenesh.site.backup_commands import Bar
    from kenesh.site.moving.carrying import move as carry
    from kenesh.site.moving.tables import Wrong

    try:
        to = as_database(arguments.to)
    except ValueError as why:
        raise Refused(f"{arguments.to!r} is no database: {why}") from why
    refuse_unready()
    try:
        held = node_lock.hold(alone=True)
    except node_lock.InUse:
        raise Refused(
            "the node is running: stop `kenesh serve` and every `kenesh worker` first, so that nothing is lost"
        ) from None
    began = time.monotonic()
    try:
        with held, Bar() as bar:
            moved = carry(to, arguments.to, said=bar)
    except Wrong as why:
        raise Refused(f"{why}. Nothing was moved: the node is where it was") from why
    seconds = max(0.1, time.monotonic() - began)
    print(f"{moved.rows:,} rows of {moved.tables} tables moved in {seconds:.0f} s, {moved.rows / seconds * 60:,.0f} a minute")
    print(
        f"Next: set KENESH_DATABASE_URL to {node_lock.name_of(to)} (with its user), then `kenesh doctor` and `kenesh trail verify`"
    )
    print(
        "The old database is as it was. Keep it until you have seen the node work, then destroy it as you would destroy a backup"
    )
