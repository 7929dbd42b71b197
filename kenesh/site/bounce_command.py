"""`kenesh bounces`: reports of mail servers, from a pipe or out of files."""

from __future__ import annotations

import argparse
import mailbox
import sys
from collections.abc import Iterator
from pathlib import Path

import django

from kenesh.site.command_line import Refused
from kenesh.site.node_commands import refuse_moved


def bounces(arguments: argparse.Namespace) -> None:
    django.setup()
    refuse_moved()
    from django.utils import timezone

    from kenesh.people import actions
    from kenesh.people.bounces import NoReport, read

    wrong = []
    for name, data in _mails(arguments.files or ["-"]):
        try:
            taken = actions.take_report(report=read(data), today=timezone.localdate())
        except NoReport as why:
            wrong.append(f"{name}: {why}")
            continue
        if taken.foreign:
            wrong.append(
                f"{name}: it does not bring back a letter that this node sent to {_addresses(taken.foreign)}: not believed"
            )
        if taken.stopped:
            print(f"{name}: no more mail to {_addresses(taken.stopped)}")
        if taken.unchanged:
            print(f"{name}: nothing to change for {_addresses(taken.unchanged)}, delivered or only late")
    if wrong:
        raise Refused("; ".join(wrong))


def _addresses(number: int) -> str:
    return "1 address" if number == 1 else f"{number} addresses"


def _mails(files: list[str]) -> Iterator[tuple[str, bytes]]:
    """Each mail with a name for what is told of it. A folder of mail (mbox) begins with "From "."""
    from kenesh.people.bounces import MOST_BYTES

    for file in files:
        if file == "-":
            yield "standard input", sys.stdin.buffer.read(MOST_BYTES + 1)
            continue
        path = Path(file)
        with path.open("rb") as opened:
            data = opened.read(MOST_BYTES + 1)
        if not data.startswith(b"From "):
            yield file, data
            continue
        box = mailbox.mbox(path, create=False)
        try:
            for number, key in enumerate(box.iterkeys(), 1):
                yield f"{file}, mail {number}", box.get_bytes(key)
        finally:
            box.close()
