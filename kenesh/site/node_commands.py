"""Commands that run and keep a node: serve, migrate, demo, worker, check, clock, trail, freeze, bench, makemigrations."""

from __future__ import annotations

import argparse
import importlib
import importlib.util
import json
import os
import resource
import socket
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any, TextIO

import django
from django.conf import settings
from django.core.management import CommandError, call_command

from kenesh.site.command_line import Refused

if TYPE_CHECKING:
    from collections.abc import Iterable

SIGN_INS = "demonstration.txt"


def keep_private() -> None:
    """Files of this process are for its user alone, and a crash leaves no image of its memory."""
    os.umask(0o077)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


# --- the database ---------------------------------------------------------------------------------------------------
def migrate(arguments: argparse.Namespace) -> None:
    keep_private()
    django.setup()
    bring_up_to_date()


def bring_up_to_date() -> None:
    from django.db import OperationalError

    from kenesh.site import new_database

    refuse_moved()
    try:
        if new_database.is_new():
            new_database.make()
        else:
            _refuse_half_squashed()
            call_command("migrate", interactive=False, verbosity=0)
        call_command("createcachetable", verbosity=0)
    except OperationalError as why:
        raise Refused(_about_database(why)) from why
    except CommandError as why:
        raise Refused(str(why)) from why


def refuse_moved() -> None:
    """Nobody goes on by mistake in the database that the node has left."""
    from kenesh.site import node_lock

    if there := node_lock.moved_to():
        raise Refused(
            f"this node's database was moved to {there}: set KENESH_DATABASE_URL to it. To go back to the old one, delete "
            f"{settings.HOME / 'moved'}; what was written in the new one since is not in it"
        )


def _refuse_half_squashed() -> None:
    """A database of before some migrations became one, that lacks the last of them, cannot be brought up to date from here."""
    from django.db import connection
    from django.db.migrations.loader import MigrationLoader
    from django.db.migrations.recorder import MigrationRecorder

    applied = set(MigrationRecorder(connection).applied_migrations())
    on_disk = MigrationLoader(None).disk_migrations
    for key, one in on_disk.items():
        lacking = [] if set(one.replaces) <= set(on_disk) else sorted(set(one.replaces) - applied)
        if lacking and key not in applied and len(lacking) < len(one.replaces):
            raise Refused(
                f"this database is of an older version, and this one no longer knows the way from there ({'.'.join(lacking[0])} is "
                f"missing): run `kenesh migrate` with a version of before {'.'.join(key)} first, then with this one"
            )


def _hold_node() -> TextIO:
    """A move of the database waits for nobody: it refuses while we run, and we while it runs. Gives what is to stay open."""
    from kenesh.site import node_lock

    try:
        return node_lock.hold(alone=False)
    except node_lock.InUse:
        raise Refused("the node is being moved to another database at this moment: start it when that is done") from None


def _about_database(why: Exception) -> str:
    """The first line of what the database driver says: where it tried to connect, never a value of a row."""
    first = (str(why).splitlines() or ["no answer"])[0]
    return f"the database does not answer ({first}): look at KENESH_DATABASE_URL and KENESH_HOME, then run `kenesh doctor`"


def unapplied() -> list[str]:
    """Names of the migrations that this database still waits for."""
    from django.db import OperationalError, connection
    from django.db.migrations.executor import MigrationExecutor

    try:
        executor = MigrationExecutor(connection)
    except OperationalError as why:
        raise Refused(_about_database(why)) from why
    return [f"{step.app_label}.{step.name}" for step, _ in executor.migration_plan(executor.loader.graph.leaf_nodes())]


def refuse_unready() -> None:
    """No command works with a database that the node has left, or with one that lacks a migration."""
    refuse_moved()
    if unapplied():
        raise Refused("the database is not up to date: run `kenesh migrate` first")


def demo(arguments: argparse.Namespace) -> None:
    keep_private()
    django.setup()
    refuse_unready()
    if not holds_accounts():
        _load_demonstration()
        print((settings.HOME / SIGN_INS).read_text(encoding="utf-8"), end="", flush=True)
    elif arguments.if_new:
        return
    elif not arguments.appeals:
        raise Refused(
            "this node holds accounts already, and the demonstration never mixes with real cases: choose an empty KENESH_HOME"
        )
    if arguments.appeals:
        _grow_demonstration(arguments.appeals, arguments.processes)


def _grow_demonstration(total: int, processes: int | None) -> None:
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn, TimeRemainingColumn

    from kenesh.appeals.models import Appeal
    from kenesh.site.demonstration import crowd

    columns = (TextColumn("appeals"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn(), TimeRemainingColumn())
    with Progress(*columns) as progress:
        bar = progress.add_task("appeals", total=total, completed=min(Appeal.objects.count(), total))
        try:
            grown = crowd.grow(total, tell=lambda added: progress.advance(bar, added), processes=processes)
        except crowd.NotADemonstration:
            raise Refused(
                "this node holds accounts that are not the demonstration's, and invented appeals never mix with real ones: "
                "choose an empty KENESH_HOME"
            ) from None
    if not grown.added:
        print(f"The demonstration holds {grown.total:,} appeals already: nothing was added.")
        return
    minutes, seconds = divmod(round(grown.seconds), 60)
    print(
        f"{grown.added:,} appeals added in {minutes} min {seconds} s, {grown.bytes / 1e9:.2f} GB, "
        f"{grown.bytes // grown.added:,} bytes each; the demonstration holds {grown.total:,} now."
    )


def holds_accounts() -> bool:
    from kenesh.people.models import User

    return User.objects.exists()


def _load_demonstration() -> None:
    if settings.HTTPS:
        raise Refused(
            "the demonstration's password is known to everybody: it is loaded on localhost only, never at an https address"
        )
    from kenesh.site import demonstration

    lines: Iterable[str] = demonstration.build()
    path = settings.HOME / SIGN_INS
    path.touch(mode=0o600)
    path.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")


def makemigrations(arguments: argparse.Namespace) -> None:
    django.setup()
    try:
        if arguments.check:
            call_command("makemigrations", check_changes=True, dry_run=True, verbosity=1)
        else:
            call_command("makemigrations", *arguments.areas, interactive=False)
    except SystemExit as ended:  # Django's way to say that a migration is missing
        if ended.code:
            raise Refused("models changed without a migration: run `kenesh makemigrations`") from ended
    except CommandError as why:
        raise Refused(str(why)) from why


# --- running --------------------------------------------------------------------------------------------------------
def serve(arguments: argparse.Namespace) -> int:
    from kenesh.site.supervisor import die_with_parent

    if arguments.stop_with_parent:
        die_with_parent()
    keep_private()  # the children inherit it
    django.setup()
    refuse_busy_port(arguments.host, settings.PORT)
    with _hold_node():  # a move that ends before we hold it leaves its mark, and is seen
        refuse_moved()
        if arguments.migrate:
            bring_up_to_date()
        elif waiting := unapplied():
            raise Refused(f"the database is not up to date ({len(waiting)} migrations wait): run `kenesh migrate` first")
        if arguments.demo and not holds_accounts():
            print("The database is new: loading the demonstration …", flush=True)
            _load_demonstration()
        return run(arguments)


def run(arguments: argparse.Namespace) -> int:
    """Serves a node whose database is up to date, until it is stopped. `arguments`: host, no_worker."""
    from kenesh.site.supervisor import Supervisor

    (settings.HOME / "static").mkdir(exist_ok=True)
    call_command("collectstatic", interactive=False, verbosity=0)
    sign_ins = settings.HOME / SIGN_INS
    if sign_ins.exists():
        print(sign_ins.read_text(encoding="utf-8"), end="")
    print(f"Kenesh is at {settings.ADDRESS}  (Ctrl-C stops it)", flush=True)
    fallen = Supervisor(_processes(arguments)).run()
    if fallen:
        raise Refused(f"{fallen} does not stay up: read the lines above, and run `kenesh doctor`")
    return 0


def _processes(arguments: argparse.Namespace) -> dict[str, list[str]]:
    web = [
        *(
            sys.executable,
            "-m",
            "granian",
            "--interface",
            "wsgi",
            "--no-ws",
            "--host",
            arguments.host,
            "--port",
            str(settings.PORT),
        ),
        *("--workers", str(settings.WEB_PROCESSES), "--blocking-threads", str(settings.WEB_THREADS)),
        *("--respawn-failed-workers", "--workers-kill-timeout", "10", "--log-level", "error", "kenesh.config.wsgi:application"),
    ]
    work = [sys.executable, "-m", "kenesh", "worker"]
    return {"the web server": web} if arguments.no_worker else {"the web server": web, "the worker": work}


def refuse_busy_port(host: str, port: int) -> None:
    """Asked before the start: the web server shares its port among processes and would share it with a stranger too."""
    for address in {host, "127.0.0.1"} if host != "::1" else {host}:
        with socket.socket(socket.AF_INET6 if ":" in address else socket.AF_INET) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((address, port))
            except OSError as why:
                raise Refused(
                    f"port {port} of {address} cannot be used ({why.strerror}): stop what listens there, or set KENESH_PORT to another"
                ) from why


def worker(arguments: argparse.Namespace) -> None:
    keep_private()
    django.setup()
    from kenesh.site import worker as work

    with _hold_node():
        if os.environ.get("KENESH_UNDER_SUPERVISOR"):
            _wait_for_database()  # or three quick falls would take the web server along
        refuse_unready()
        work.run(once=arguments.once)


def _wait_for_database() -> None:
    from django.db import OperationalError, connection

    told = False
    while True:
        try:
            connection.ensure_connection()
        except OperationalError as why:
            if not told:
                print(f"kenesh: the worker waits: {_about_database(why)}", file=sys.stderr)
            told = True
            time.sleep(2)
        else:
            return


def check(arguments: argparse.Namespace) -> None:
    django.setup()
    from django.core.management.base import SystemCheckError

    try:
        call_command("check", fail_level="WARNING", deploy=settings.HTTPS)
    except SystemCheckError as why:
        raise Refused(str(why)) from why


def confirm_clock(arguments: argparse.Namespace) -> None:
    django.setup()
    from kenesh.kernel import clock

    clock.look()
    clock.confirm(by="command")
    print(f"the clock says {clock.moment().at:%Y-%m-%d %H:%M} UTC and is believed: what destroys goes on")


# --- evidence and numbers -------------------------------------------------------------------------------------------
def verify_trail(arguments: argparse.Namespace) -> None:
    django.setup()
    from kenesh.kernel import trail

    heads = [_parse_head(text) for text in arguments.head]
    broken = trail.verify(heads)
    if broken:
        first = broken[0]
        raise Refused(
            f"the trail is broken in {len(broken)} places; the first: entry {first.number} of chain {first.chain} {first.why}. "
            "Keep a copy of the database as it is, and compare with a backup"
        )
    entries = sum(number for _, number, _ in trail.heads())
    print(f"the trail holds: {entries} entries in {len(trail.heads())} chains" + (f", {len(heads)} heads agree" if heads else ""))


def _parse_head(text: str) -> tuple[str, int, str]:
    chain, _, rest = text.rpartition(":")[0].rpartition(":")
    number, mac = rest, text.rpartition(":")[2]
    if not number.isdecimal() or len(mac) != 64:
        raise Refused(f"{text!r} is not a head: write COUNT:HASH or CHAIN:COUNT:HASH as `kenesh trail heads` prints it")
    return chain or "node", int(number), mac.lower()


def trail_heads(arguments: argparse.Namespace) -> None:
    django.setup()
    from kenesh.kernel import trail

    for chain, number, mac in trail.heads():
        print(f"{chain}:{number}:{mac}")


def freeze(arguments: argparse.Namespace) -> None:
    django.setup()
    refuse_moved()
    from django.utils import timezone

    from kenesh.problems import actions

    print(f"{actions.freeze_blocks(today=timezone.localdate(), by='command')} blocks frozen")


def bench(arguments: argparse.Namespace) -> None:
    folder = Path(__file__).resolve().parents[2] / "bench"
    known = sorted(path.stem for path in folder.glob("[a-z]*.py"))
    if arguments.name not in known:
        raise Refused(f"there is no benchmark {arguments.name!r}: choose one of {', '.join(known) or 'none is installed here'}")
    sys.path.insert(0, str(folder.parent))
    result: dict[str, Any] = importlib.import_module(f"bench.{arguments.name}").run()
    if arguments.json:
        print(json.dumps(result, ensure_ascii=False))
        return
    for key, value in result["summary"].items():
        print(f"{key:24} {value}")
