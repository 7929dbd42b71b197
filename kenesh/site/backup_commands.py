"""Commands that keep a node from being lost: backup-key, backup, restore."""

from __future__ import annotations

import argparse
import getpass
import sys
import time
from pathlib import Path

import django
from rich.progress import BarColumn, Progress, TextColumn

from kenesh.site.command_line import Refused


class Bar:
    """Progress on standard error, where it disturbs no pipe."""

    def __init__(self) -> None:
        from rich.console import Console

        columns = (TextColumn("{task.description:32}"), BarColumn(), TextColumn("{task.completed} / {task.total}"))
        self._progress = Progress(*columns, console=Console(stderr=True), transient=True)
        self._task = self._progress.add_task("", total=None)

    def __enter__(self) -> Bar:
        self._progress.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._progress.stop()

    def __call__(self, what: str, done: int, total: int) -> None:
        self._progress.update(self._task, description=what, completed=done, total=total)


def backup_key(arguments: argparse.Namespace) -> None:
    django.setup()
    from kenesh.kernel import carried, vault

    if carried.public_key() is not None and not arguments.new:
        raise Refused("this node has a backup key already: add --new to make another one; old archives keep needing the old key")
    made = vault.new_recovery_key()
    carried.set_keys(made.pair.secret)
    print("Write this down and keep it away from this machine. It is shown once. Without it no backup can be restored:\n")
    print(f"    {made.text}\n")


def back_up(arguments: argparse.Namespace) -> None:
    from kenesh.site.node_commands import keep_private, refuse_unready

    keep_private()
    django.setup()
    from django.utils import timezone

    from kenesh.kernel import ledger
    from kenesh.site import backup

    refuse_unready()
    ledger.catch_up()
    began = time.monotonic()
    try:
        with Bar() as bar:
            paths = backup.back_up(Path(arguments.folder), today=timezone.localdate(), said=bar)
    except backup.Wrong as why:
        raise Refused(str(why)) from why
    for path in paths:
        print(f"{path}  {path.stat().st_size // 1024} KB")
    print(f"in {time.monotonic() - began:.1f} s")


def restore(arguments: argparse.Namespace) -> None:
    from kenesh.site.node_commands import holds_accounts, keep_private, unapplied

    keep_private()
    django.setup()
    from kenesh.kernel import archive, carried, ledger
    from kenesh.site import backup

    if unapplied():
        raise Refused("the database is not there yet: run `kenesh migrate` first, in the same KENESH_HOME")
    if holds_accounts():
        raise Refused(
            "this node holds accounts already, and a restore never mixes with them: choose an empty KENESH_HOME and database"
        )
    if not arguments.ledger and not arguments.no_ledger:
        raise Refused(
            "name the newest ledger of destroyed keys with --ledger FILE, so that what was erased stays erased; "
            "--no-ledger only when there is none any more"
        )
    secret, left_out = _ask_key(), list[str]()
    began = time.monotonic()
    try:
        with Bar() as bar:
            again = backup.restore(
                Path(arguments.folder),
                secret=secret,
                ledger_file=Path(arguments.ledger) if arguments.ledger else None,
                said=bar,
                close_lost=arguments.close_lost,
                leave_out=left_out.append if arguments.leave_files_out else None,
            )
    except (backup.Wrong, archive.Unreadable) as why:
        raise Refused(str(why)) from why
    except carried.Lost as why:
        raise Refused(
            f"{why.path} is missing, or was sealed to another key: put the folder `keys` beside the ledger. If it is lost, "
            "--close-lost takes the keys of these cases away from everybody but the persons' receipts"
        ) from why
    except ledger.NotOurs as why:
        raise Refused(
            f"line {why.number} of the ledger was not written by the node of this backup, or was changed: look for the right file"
        ) from why
    for fault in left_out:
        print(f"left out: {fault}", file=sys.stderr)
    print(f"restored in {time.monotonic() - began:.1f} s; done again, as the ledger says: {again}")
    print("Next: `kenesh doctor`, then `kenesh trail verify --head` with the last head that was kept elsewhere")


def _ask_key() -> bytes:
    from kenesh.kernel import vault

    text = getpass.getpass("The backup key from the safe: ") if sys.stdin.isatty() else sys.stdin.readline()
    try:
        return vault.read_recovery_key(text).pair.secret
    except vault.NotARecoveryKey:
        raise Refused(
            "this is not a backup key: nine groups of four letters and digits, as `kenesh backup-key` printed them"
        ) from None
