"""`kenesh doctor`: looks at the node as it stands. Each finding says what is wrong and what to do; status 1 when there is one."""

from __future__ import annotations

import argparse
import errno
import os
import stat
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import django
from django.conf import settings

from kenesh.site.command_line import Refused

DAYS_WITHOUT_BACKUP = 7
NOTHING_FREE = 16 * 1024**2  # bytes: a file of the largest size may not fit any more
LEAST_FREE = 1024**3  # bytes: a working day of filings with attachments, several times over

Finding = str
Check = Callable[[], Iterator[Finding]]


def _mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def _refuses(folder: Path) -> str:
    """Why no file can be made there, "" when one can. A full disk is another matter."""
    probe = folder / f".probe-{os.getpid()}"
    try:
        probe.touch(mode=0o600, exist_ok=True)
        probe.unlink()
    except OSError as why:
        return "" if why.errno in (errno.ENOSPC, errno.EDQUOT) else str(why.strerror)
    return ""


def home() -> Iterator[Finding]:
    for folder in (settings.HOME, settings.FILES, settings.LEDGER.parent):
        if folder.exists() and (why := _refuses(folder)):
            yield f"{folder} cannot be written to ({why}): give it to the user who runs Kenesh, and look whether its disk is read-only"
    for folder in (settings.HOME, settings.HOME / "secrets", settings.HOME / "ballots"):
        if folder.exists() and _mode(folder) & 0o077:
            yield f"{folder} is open to other users ({_mode(folder):04o}): run `chmod 700 {folder}`"
    for path in sorted((settings.HOME / "secrets").iterdir()):
        if _mode(path) & 0o177:
            yield f"{path} is open to other users ({_mode(path):04o}): run `chmod 600 {path}`, and think about who could read it"


def disk() -> Iterator[Finding]:
    for folder in {settings.HOME, *(path for path in (settings.FILES, settings.LEDGER.parent) if path.exists())}:
        state = os.statvfs(folder)
        free = state.f_bavail * state.f_frsize  # what is left for others than root
        if folder != settings.HOME and folder.stat().st_dev == settings.HOME.stat().st_dev:
            continue
        if free < NOTHING_FREE:
            yield f"only {free // 1024**2} MB are free where {folder} lies: nothing new can be stored; make room at once"
        elif free < LEAST_FREE:
            yield f"only {free // 1024**2} MB are free where {folder} lies: make room before filings are refused"
        if state.f_files and not state.f_favail:
            yield f"the disk of {folder} can hold no more files, whatever is free: delete some, or make it anew with more inodes"


def migrations() -> Iterator[Finding]:
    from kenesh.site.node_commands import unapplied

    if waiting := unapplied():
        yield f"{len(waiting)} migrations wait ({waiting[0]} first): run `kenesh migrate`"


def database() -> Iterator[Finding]:
    from django.db import connection

    if connection.vendor == "sqlite":
        wanted = {"journal_mode": "wal", "synchronous": "2", "foreign_keys": "1", "recursive_triggers": "1"}
        questions = {name: f"PRAGMA {name}" for name in wanted}
        advice = (
            "an acknowledged filing could be lost or the trail changed: do not run this node, restore the OPTIONS in settings.py"
        )
    else:
        wanted = {"fsync": "on", "full_page_writes": "on"}
        questions = {name: f"SHOW {name}" for name in wanted}
        advice = "an acknowledged filing could be lost in a power cut: switch it on in postgresql.conf"
    with connection.cursor() as cursor:
        for name, question in questions.items():
            cursor.execute(question)
            value = str(cursor.fetchone()[0])
            if value != wanted[name]:
                yield f"the database runs with {name}={value} and not {wanted[name]}; {advice}"
        if connection.vendor == "sqlite":
            cursor.execute("PRAGMA quick_check(1)")
            if (answer := cursor.fetchone()[0]) != "ok":
                yield f"the database file is damaged ({answer}): stop the node and restore the last backup"


def trail() -> Iterator[Finding]:
    from kenesh.kernel import trail as kernel_trail

    if not kernel_trail.triggers_present():
        yield "the database would let somebody change the trail: run `kenesh migrate`, which makes the triggers again"
    for broken in kernel_trail.verify():
        yield f"entry {broken.number} of the trail {broken.chain} {broken.why}: keep the machine as it is, and compare with heads kept elsewhere"


def key_holders() -> Iterator[Finding]:
    from kenesh.casework import queries as casework
    from kenesh.people import queries

    for organisation, holders in queries.organisations_with_few_key_holders():
        if holders:
            yield f"{organisation} has {holders} holders of its key: give the key to a colleague, or one forgotten password loses its cases"
        else:
            yield f"nobody holds the key of {organisation}: it takes no appeals until a caseworker uses the printed recovery key"
    for organisation in queries.offices_without_keys():
        yield f"{organisation} is to take appeals and has no key, so nobody can turn to it: a caseworker makes it under Colleagues"
    for office, one, none in casework.restricted_with_few_holders():
        if one:
            yield f"{one} restricted cases of {office} can be opened by one person alone: that person names a second one under Sharing"
        if none:
            yield f"{none} restricted cases of {office} can be opened by nobody any more, since all who were named have left"


def leads() -> Iterator[Finding]:
    from kenesh.casework import queries

    for organisation in queries.offices_without_lead():
        yield f"nobody of {organisation} is told when a deadline has passed: a caseworker chooses somebody under Rules of the office"


def renewal() -> Iterator[Finding]:
    from kenesh.people import queries

    for organisation in queries.organisations_with_renewal_due():
        yield f"somebody who held the key of {organisation} has left: a holder begins a new key under Colleagues"
    for organisation in queries.organisations_with_unprinted_recovery_key():
        yield f"the recovery key of {organisation} was not put into a safe yet: who made it prints it under Colleagues"


def roles_apart() -> Iterator[Finding]:
    from kenesh.people import queries

    for user in queries.caseworkers_who_edit_or_administer():
        yield f"{user.email} works with cases and edits public pages or administers the node: make a second account for one of the two"


def second_factors() -> Iterator[Finding]:
    from kenesh.people import queries

    for user in queries.caseworkers_without_factor():
        yield f"{user.email} works with cases and has no second factor: it is set up at the next sign-in; close the account if nobody uses it"


def keys() -> Iterator[Finding]:
    from kenesh.people import keys_in_trail

    for stranger in keys_in_trail.strangers():
        yield f"{stranger} is not one that the trail knows: stop the node, somebody may have put a key of their own there"


def counts() -> Iterator[Finding]:
    from kenesh.casework import tallies

    if not tallies.triggers_present():
        yield "the database no longer keeps the counts of the queue: run `kenesh migrate`, which makes its triggers again"
    elif wrong := tallies.disagreements():
        yield f"{len(wrong)} kept counts of the queue are wrong: run `kenesh migrate`, which counts again"


def tracker() -> Iterator[Finding]:
    """The counts of the public list of recommendations."""
    from kenesh.followup import counts

    if counts.missing():
        yield "the database no longer keeps the counts of recommendations: run `kenesh migrate`, which makes its triggers again"
    elif wrong := counts.wrong():
        yield f"{wrong} kept counts of recommendations are wrong: run `kenesh migrate`, which counts again"


def search() -> Iterator[Finding]:
    """The index of what is public."""
    from kenesh.search import engine

    if engine.missing():
        yield "the database no longer keeps the index of the search: run `kenesh migrate`, then `kenesh search --rebuild`"


def backups() -> Iterator[Finding]:
    from kenesh.kernel import carried

    last = settings.HOME / "backup.last"
    if not (settings.HOME / carried.PUBLIC_KEY).exists():
        yield "there is no backup key, so there can be no backup: run `kenesh backup-key`, then `kenesh backup DIR` every day"
    elif carried.mac_key() is None:
        yield "this node cannot prove that a backup is its own: run `kenesh backup-key --new`, and keep what it prints in a safe"
    elif not last.exists():
        yield "no backup was ever made: run `kenesh backup DIR` every day"
    elif (
        age := datetime.now(UTC).date() - date.fromisoformat(last.read_text(encoding="ascii").strip())
    ).days > DAYS_WITHOUT_BACKUP:
        yield f"the last backup is {age.days} days old: run `kenesh backup DIR` every day"


def ledger() -> Iterator[Finding]:
    from kenesh.kernel import ledger as kernel_ledger

    try:
        missing = kernel_ledger.catch_up()
    except kernel_ledger.NotOurs as why:
        yield f"line {why.number} of {settings.LEDGER} was not written by this node: keep a copy, and put the file back from elsewhere"
    except OSError as why:
        yield f"{settings.LEDGER} cannot be written ({why.strerror}): what is erased now would come back with a restored backup"
    else:
        if missing:
            yield f"{missing} lines were missing in the ledger of destroyed keys and are written now: is the worker running?"


def worker() -> Iterator[Finding]:
    from kenesh.site import worker as work

    now = datetime.now(UTC)
    if not work.living_workers(now):
        last = work.last_sign_of_life()
        since = f"since {last:%Y-%m-%d %H:%M} UTC" if last else "ever"
        yield (
            f"no worker was heard of {since}: notices, deadlines and erasures wait; "
            "run `kenesh serve`, or `kenesh worker` beside it"
        )
    elif stuck := work.longest_running(now):
        path, minutes = stuck
        yield f"the worker has been at {path} for {minutes} minutes: end its process, and the task is taken up anew"
    if waiting := work.minutes_waited(now):
        yield f"the oldest task waits for {waiting} minutes: the worker is stuck or far behind; look at its lines in the log"


def notices() -> Iterator[Finding]:
    from kenesh.appeals import queries

    if (stuck := queries.oldest_waiting_notice()) and stuck.tries > 1:
        yield f"a notice by e-mail could not be sent {stuck.tries} times: look at KENESH_EMAIL and at the mail server"


def clock() -> Iterator[Finding]:
    from kenesh.kernel import clock as kernel_clock

    if doubt := kernel_clock.look():
        by, way = abs(doubt.by), "forwards" if doubt.by > timedelta() else "back"
        size = f"{by.days} days" if by >= timedelta(days=2) else f"{round(by.total_seconds() / 3600)} hours"
        yield (
            f"the clock went {way} by {size} (it said {doubt.on:%Y-%m-%d %H:%M} UTC then), or the node stood still so long: what was "
            "written meanwhile may carry the wrong day. Compare it with a phone. Whatever destroys waits until "
            f"{doubt.until:%Y-%m-%d %H:%M} UTC, or until you have put it right and run `kenesh clock confirm`"
        )


def address() -> Iterator[Finding]:
    if settings.DEBUG:
        yield "KENESH_DEBUG shows what is private to whoever sees an error page: unset it"


def translations() -> Iterator[Finding]:
    from kenesh.site import messages

    for language in messages.TRANSLATED:
        if not messages.catalogue_path(language).with_suffix(".mo").exists():
            yield f"the language {language} has no compiled catalogue: run `kenesh messages compile`"


NEEDS_NO_DATABASE: tuple[Check, ...] = (home, disk, address, translations)
NEEDS_DATABASE: tuple[Check, ...] = (migrations,)
NEEDS_TABLES: tuple[Check, ...] = (
    database,
    trail,
    key_holders,
    leads,
    renewal,
    second_factors,
    roles_apart,
    keys,
    counts,
    tracker,
    search,
    ledger,
    backups,
    worker,
    notices,
    clock,
)


def findings() -> Iterator[tuple[str, list[Finding]]]:
    """Name and findings of each check; those that need tables are left out while migrations wait."""
    waiting = False
    for check in (*NEEDS_NO_DATABASE, *NEEDS_DATABASE):
        found = list(check())
        waiting = waiting or (check is migrations and bool(found))
        yield check.__name__, found
    for check in () if waiting else NEEDS_TABLES:
        yield check.__name__, list(check())


def doctor(arguments: argparse.Namespace) -> int:
    django.setup()
    wrong = 0
    for name, found in findings():
        print(f"{'wrong' if found else 'well '}  {name.replace('_', ' ')}")
        for finding in found:
            print(f"       {finding}")
        wrong += len(found)
    if not settings.HTTPS:
        print(f"note   the node is at {settings.ADDRESS}, on this machine alone; for others set KENESH_ADDRESS to https://…")
    if wrong:
        raise Refused(f"{wrong} things are wrong with the node in {settings.HOME}: each line above says what to do")
    return 0
