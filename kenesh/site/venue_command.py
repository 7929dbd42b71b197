"""`kenesh venue`: a meeting goes to a room without internet on one laptop, and comes home.

On the node: `take`, `bring`, `cancel`. On the laptop: `open`, which serves it to the room, and `close`.
"""

from __future__ import annotations

import argparse
import json
import os
import socket
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import django

from kenesh.config.environment import as_folder, as_number, read
from kenesh.site.command_line import Refused, ask

if TYPE_CHECKING:
    from kenesh.council.models import Meeting, VenueStay
    from kenesh.people.models import User

MARK = "venue.json"
FOLDER = "venue"
SETTINGS = ("KENESH_NODE_NAME", "KENESH_LANGUAGE", "KENESH_WRITING_LANGUAGES", "KENESH_TIME_ZONE")


# --- on the node --------------------------------------------------------------------------------------------------------


def take(arguments: argparse.Namespace) -> None:
    _set_up()
    from kenesh.council import actions
    from kenesh.council.venue import parcel

    meeting, path = _meeting(arguments.meeting), Path(arguments.file)
    by = _who(arguments.email, meeting)
    if path.exists():
        raise Refused(f"{path} is there already: choose another name")
    lock = parcel.Lock(_new_passphrase(parcel.SHORTEST))
    try:
        taken = actions.take_to_venue(meeting=meeting, by=by)
    except actions.Refused as why:
        raise Refused(str(why)) from why
    lock.write(path, taken.uid, actions.lines_to_take(taken))
    print(f"{path}  {path.stat().st_size // 1024 + 1} KB")
    print(f"The meeting {meeting.code} runs at its venue since {taken.taken_at:%Y-%m-%d %H:%M} UTC; nothing of it changes here.")
    print(f"Next, on the laptop: kenesh venue open {path.name}")


def cancel(arguments: argparse.Namespace) -> None:
    _set_up()
    from kenesh.council import actions

    meeting = _meeting(arguments.meeting)
    try:
        actions.call_back(meeting=meeting, why=arguments.why, by=_who(arguments.email, meeting))
    except actions.Refused as why:
        raise Refused(str(why)) from why
    print(f"The meeting {meeting.code} goes on here. A file of that venue is refused from now on.")


def bring(arguments: argparse.Namespace) -> None:
    _set_up()
    from kenesh.council import actions
    from kenesh.council.venue import parcel
    from kenesh.kernel import archive

    path = Path(arguments.file)
    try:
        brought = actions.bring_from_venue(uid=parcel.take_of(path), lines=parcel.read_home(path), by=_who(arguments.email, None))
    except (actions.Refused, archive.Unreadable, parcel.WrongFile) as why:
        raise Refused(str(why)) from why
    if brought.again:
        print(f"The meeting {brought.meeting.code} was brought back with this file before: nothing was changed.")
    else:
        print(
            f"The meeting {brought.meeting.code} is back: {brought.new} rows are new, {brought.changed} changed, {brought.removed} went."
        )


def _set_up() -> None:
    from kenesh.site.node_commands import keep_private, refuse_unready

    keep_private()
    django.setup()
    refuse_unready()


def _meeting(code: str) -> Meeting:
    from kenesh.council.models import Meeting

    found = Meeting.objects.select_related("body").filter(code=code).first()
    if found is None:
        raise Refused(f"there is no meeting {code!r}: its code stands at the end of the address of its page")
    return found


def _who(email: str, meeting: Meeting | None) -> User | str:
    """The account in whose name this is done; without --as the trail says that it was done on the command line."""
    if not email:
        return "command"
    from kenesh.council.rules import keeps
    from kenesh.people.models import User

    user = User.objects.filter(email=email.lower(), is_active=True).first()
    if user is None or (meeting is not None and not keeps(user, meeting.body)):
        raise Refused(f"{email} keeps no meetings here: name the address of a secretary of the body")
    return user


def _new_passphrase(shortest: int) -> str:
    said = ask("A passphrase for the file")
    if len(said) < shortest:
        raise Refused(f"a passphrase has at least {shortest} letters: whoever finds the file must not guess it")
    if sys.stdin.isatty() and ask("The same once more") != said:
        raise Refused("the two passphrases are not the same: start again")
    return said


# --- on the laptop ------------------------------------------------------------------------------------------------------


def open_venue(arguments: argparse.Namespace) -> int:
    home, path = _home(arguments.home), Path(arguments.file)
    uid = _take_of(path)
    _mark(home, uid)
    _prepare(home, arguments)
    from kenesh.site import node_commands, supervisor

    if arguments.stop_with_parent:
        supervisor.die_with_parent()
    node_commands.keep_private()
    django.setup()
    from django.conf import settings

    from kenesh.council import actions

    node_commands.refuse_busy_port(arguments.host, settings.PORT)

    if node_commands.unapplied():
        print("The folder is new: making its database …", flush=True)
        node_commands.bring_up_to_date()
    stay = actions.stay_here() or _load(home, path, uid)
    if stay.uid.hex != uid:
        raise Refused(f"another meeting runs in {home}: choose an empty folder with --home")
    _use_settings(home)
    at_laptop = f"http://localhost:{settings.PORT}/work/meetings/{stay.meeting.code}/"
    print(f"The meeting {stay.meeting.code} runs here. On this laptop: {at_laptop}")
    if stay.closed_at is not None:
        print("It was ended here and only shows: bring its file back to the node, or press “Go on here” on its page.")
    print(f"Phones in the room reach it at {settings.ADDRESS}: print their links on the page “Phones”.")
    return node_commands.run(argparse.Namespace(host=arguments.host, no_worker=True))


def close(arguments: argparse.Namespace) -> None:
    home = _home(arguments.home)
    if not (home / MARK).exists():
        raise Refused(f"no meeting runs in {home}: name the folder of `kenesh venue open` with --home")
    os.environ |= {"KENESH_HOME": str(home), "KENESH_DATABASE_URL": "sqlite"}
    from kenesh.site.node_commands import keep_private

    keep_private()
    django.setup()
    from kenesh.council import actions
    from kenesh.council.venue import parcel

    path = Path(arguments.file)
    try:
        stay = actions.close_at_venue(by="command")
    except actions.Refused as why:
        raise Refused(str(why)) from why
    parcel.write_home(path, stay.uid, stay.node, bytes(stay.seals_to), actions.lines_to_bring(stay))
    print(f"{path}  {path.stat().st_size // 1024 + 1} KB")
    print(f"The meeting {stay.meeting.code} is closed here. Next, on the node: kenesh venue bring {path.name}")


def _home(chosen: str) -> Path:
    return as_folder(chosen) if chosen else read("KENESH_HOME", FOLDER, "the laptop's folder", as_folder)


def _take_of(path: Path) -> str:
    from kenesh.kernel import archive

    try:
        return str(archive.announced(path).get("uid", ""))
    except archive.Unreadable as why:
        raise Refused(str(why)) from why


def _mark(home: Path, uid: str) -> None:
    """Leaves the mark by which every command knows that this folder is a venue's; never in the folder of a node."""
    if (home / MARK).exists():
        return
    if (home / "secrets").exists():
        raise Refused(f"{home} is the folder of a node: choose an empty one with --home")
    home.mkdir(mode=0o700, parents=True, exist_ok=True)
    _write_mark(home, {"take": uid, "settings": {}})


def _write_mark(home: Path, said: dict[str, Any]) -> None:
    aside = home / f".{MARK}"
    aside.write_text(json.dumps(said, ensure_ascii=False), encoding="utf-8")
    aside.replace(home / MARK)


def _prepare(home: Path, arguments: argparse.Namespace) -> None:
    """The settings of a laptop: SQLite, no mail, and the address by which the room's phones reach it."""
    os.environ |= {"KENESH_HOME": str(home), "KENESH_DATABASE_URL": "sqlite", "KENESH_EMAIL": "files"}
    if arguments.port:
        os.environ |= {"KENESH_PORT": str(arguments.port)}
    port = read("KENESH_PORT", "8000", "the port on which the web server listens", as_number(1, 65535))
    os.environ |= {"KENESH_ADDRESS": arguments.address or f"http://{_own_address()}:{port}"}
    _use_settings(home)


def _use_settings(home: Path) -> None:
    """The node's name and languages, as the file brought them: for the web server, which starts after this."""
    given = json.loads((home / MARK).read_text(encoding="utf-8"))["settings"]
    for name in SETTINGS:  # no other: a strange file must not say which programs run here
        if name in given:
            os.environ.setdefault(name, str(given[name]))


def _own_address() -> str:
    """The laptop's address in the room's network. Nothing is sent: the system only says by which way it would go."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(("10.254.254.254", 9))
        except OSError:
            return "127.0.0.1"  # no network yet
        return str(probe.getsockname()[0])


def _load(home: Path, path: Path, uid: str) -> VenueStay:
    """A wrong passphrase or a wrong file leaves the database empty: the same command asks again."""
    from kenesh.council import actions
    from kenesh.council.venue import parcel
    from kenesh.kernel import archive

    try:
        lines = list(parcel.read_out(path, ask("The passphrase of the file")))
        _write_mark(home, {"take": uid, "settings": lines[0]["settings"]})
        return actions.load_at_venue(lines=lines, uid=parcel.take_of(path))
    except parcel.WrongFile as why:
        raise Refused(str(why)) from why
    except archive.Unreadable as why:
        raise Refused(f"{why}: type the passphrase again, or take the meeting on its node once more") from why
