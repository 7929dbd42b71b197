"""The `kenesh` command. Ends with status 0, or with another one and one line that says what is wrong and what to do.

Nothing here imports Django at the top: `read`, `language` and `themes` never set it up, and `--help` is instant.
"""

from __future__ import annotations

import argparse
import getpass
import importlib
import os
import sys
from collections.abc import Callable, Sequence
from types import TracebackType
from typing import NoReturn

Handler = Callable[[argparse.Namespace], int | None]


class Refused(Exception):
    """The command cannot be carried out; the message says why and what to do."""


def ask(question: str) -> str:
    """From the terminal without showing it, or the next line of standard input: never an argument, which others may see."""
    return getpass.getpass(f"{question}: ") if sys.stdin.isatty() else sys.stdin.readline().rstrip("\n")


class Parser(argparse.ArgumentParser):
    """Says in one line what is wrong with the command line, and where to look."""

    def error(self, message: str) -> NoReturn:
        self.exit(2, f"{self.prog}: {message}: see `{self.prog} --help`\n")


class Commands:
    """The table of commands: each has a name, one line of help, a handler `module:function` and its arguments."""

    def __init__(self, parser: argparse.ArgumentParser, title: str = "commands") -> None:
        self.table = parser.add_subparsers(title=title, metavar="COMMAND", required=True)

    def add(self, name: str, handler: str, summary: str, details: str = "") -> argparse.ArgumentParser:
        command = self.table.add_parser(name, help=summary, description=details or f"{summary[0].upper()}{summary[1:]}.")
        command.set_defaults(handler=handler)
        return command

    def group(self, name: str, summary: str) -> Commands:
        return Commands(self.table.add_parser(name, help=summary, description=f"{summary[0].upper()}{summary[1:]}."))


def _number(text: str) -> int:
    """A count of one or more."""
    if not text.isdecimal() or not int(text):
        raise argparse.ArgumentTypeError(f"{text!r} is not a number of one or more")
    return int(text)


def build_parser() -> argparse.ArgumentParser:
    parser = Parser(
        prog="kenesh",
        description="Kenesh: from a migrant's appeal to a council's decision, a ministry's answer and back.",
        epilog="KENESH_HOME names the folder that holds everything of this node (default: var). All settings: docs/operations.md.",
    )
    commands = Commands(parser)
    _node_commands(commands)
    _text_commands(commands)
    _keeper_commands(commands)
    _developer_commands(commands)
    return parser


def _node_commands(commands: Commands) -> None:
    serve = commands.add("serve", "kenesh.site.node_commands:serve", "serve the node: web server and worker together")
    serve.add_argument(
        "--host", default="127.0.0.1", help="address to listen on (default: %(default)s; a proxy with https stands in front)"
    )
    serve.add_argument("--migrate", action="store_true", help="bring the database up to date first")
    serve.add_argument("--demo", action="store_true", help="load the demonstration first, when the database is empty")
    serve.add_argument("--no-worker", action="store_true", help="start the web server alone")
    serve.add_argument("--stop-with-parent", action="store_true", help="stop when the program that started this one ends")
    commands.add("migrate", "kenesh.site.node_commands:migrate", "bring the database up to date, or make it")
    demo = commands.add(
        "demo", "kenesh.site.node_commands:demo", "load the demonstration into an empty database and print its sign-ins"
    )
    demo.add_argument("--if-new", action="store_true", help="do nothing when the database holds accounts already")
    demo.add_argument(
        "--appeals",
        type=_number,
        default=0,
        metavar="N",
        help="fill it up to N invented appeals, to try its weight; stopped in between, it goes on when called again",
    )
    demo.add_argument(
        "--processes", type=_number, metavar="N", help="with --appeals: make them with N processes (default: one for each core)"
    )
    worker = commands.add("worker", "kenesh.site.node_commands:worker", "run waiting tasks and periodic work until stopped")
    worker.add_argument("--once", action="store_true", help="stop when no task waits")
    commands.add("check", "kenesh.site.node_commands:check", "check settings and code for mistakes")
    key = commands.add(
        "backup-key", "kenesh.site.backup_commands:backup_key", "make the offline key of the backups and print it once"
    )
    key.add_argument("--new", action="store_true", help="make another key, although there is one")
    backup = commands.add("backup", "kenesh.site.backup_commands:back_up", "write a sealed backup of this node into a folder")
    backup.add_argument("folder", metavar="DIR", help="where backups lie; archives of keys older than 30 days are deleted there")
    restore = commands.add(
        "restore", "kenesh.site.backup_commands:restore", "fill an empty node from a backup; asks for the backup key"
    )
    restore.add_argument("folder", metavar="DIR", help="the folder that `kenesh backup` wrote")
    restore.add_argument("--ledger", metavar="FILE", help="the newest ledger of destroyed keys: what it names is destroyed again")
    restore.add_argument(
        "--no-ledger", action="store_true", help="there is no ledger: what was erased since the backup comes back"
    )
    restore.add_argument(
        "--close-lost",
        action="store_true",
        help="the folder `keys` beside the ledger is lost: close what it would have opened to those who may",
    )
    restore.add_argument(
        "--leave-files-out",
        action="store_true",
        help="attachments that are missing or changed in the backup are named and left out, where otherwise nothing is restored",
    )
    move = commands.add(
        "move",
        "kenesh.site.move_command:move",
        "move the node's database to the other engine",
        "Move every row of this node's database to the other engine: from SQLite to PostgreSQL, or back. Stop the node first. The new "
        "database must be empty; a move that breaks leaves it empty and the old one as it was, and can be repeated. Files and secrets "
        "stay in KENESH_HOME. A password of the new database is best left to PGPASSFILE or PGPASSWORD.",
    )
    move.add_argument("to", metavar="TO_DATABASE_URL", help="sqlite, or postgresql://user@host:port/name")
    commands.add("doctor", "kenesh.site.doctor:doctor", "look for what is wrong with this node, and say what to do")


def _text_commands(commands: Commands) -> None:
    read = commands.add(
        "read",
        "kenesh.site.text_commands:read",
        "say what the importer finds in documents; needs no database",
        "Say what the importer finds in documents: text, saved web pages (.html, .mhtml), PDF with text, Word (.docx), mail (.eml) with "
        "the files that hang on it. What a file is, is told by its content. A file that cannot be read gives one line that says why, "
        "and the status 1; the others are read. docs/reading.schema.json describes the answer. Its places (`at`) count characters: of "
        "a text or a web page those of the decoded file, without its byte order mark; of PDF, Word and mail those of the text that was "
        "taken out of it, which --with-text adds to the answer.",
    )
    read.add_argument("files", nargs="+", metavar="FILE", help="a document, or - for standard input")
    read.add_argument("--json", action="store_true", help="one JSON object per document, each on one line")
    read.add_argument("--with-text", action="store_true", help='add the text in which the places count, as "text"')
    for name, summary in (
        ("language", "say in which language and script a text is"),
        ("themes", "say which themes a text speaks of"),
    ):
        command = commands.add(name, f"kenesh.site.text_commands:{name}", summary)
        command.add_argument("text", metavar="TEXT", help="the text, or - for standard input")
        command.add_argument("--json", action="store_true", help="answer with one JSON object")
    bring = commands.add("import", "kenesh.site.text_commands:import_documents", "import documents or folders into the library")
    bring.add_argument("paths", nargs="+", metavar="PATH", help="a document, or a folder of documents")
    search = commands.add(
        "search",
        "kenesh.site.search_command:search",
        "find what is public, in whatever language it is written",
        "Find documents, problems, meetings, decisions, recommendations and centres, as far as they are public, by words of any of our "
        "languages.",
    )
    search.add_argument("words", nargs="*", metavar="WORDS", help="what to look for, or - for standard input")
    search.add_argument("--language", metavar="L", help="the language of the words, such as ky; it hides no result")
    search.add_argument(
        "--kind", metavar="KIND", help="only one kind: document, problem, meeting, decision, recommendation, centre"
    )
    search.add_argument("--country", metavar="CC", help="only what concerns this country, such as KG")
    search.add_argument("--year", type=_number, metavar="YYYY", help="only what is of this year")
    search.add_argument("--in", dest="found_in", metavar="L", help="only what can be read in this language")
    search.add_argument("--body", metavar="CODE", help="only what is of this body: the code in the address of its page")
    search.add_argument("--limit", type=_number, default=10, metavar="N", help="at most N results (default: %(default)s)")
    search.add_argument("--json", action="store_true", help="answer with one JSON object")
    search.add_argument(
        "--rebuild",
        action="store_true",
        help="first bring the index up to date; stopped in between, it goes on when called again",
    )
    library = commands.group("library", "take out what people made of what was read")
    export = library.add(
        "export-corrections",
        "kenesh.site.text_commands:export_corrections",
        "write every checked document with its reading and what people confirmed, as JSON Lines",
    )
    export.add_argument("file", nargs="?", default="-", metavar="FILE", help="where to write it; standard output by default")


def _keeper_commands(commands: Commands) -> None:
    clock = commands.group("clock", "say that the machine's clock is right")
    clock.add(
        "confirm", "kenesh.site.node_commands:confirm_clock", "you have compared it with another clock: what destroys goes on"
    )
    _venue_commands(commands.group("venue", "run a meeting in a room without internet, on one laptop, and bring it back"))
    trail = commands.group("trail", "check the record of who did what")
    verify = trail.add("verify", "kenesh.site.node_commands:verify_trail", "check that no entry was changed or removed")
    verify.add_argument(
        "--head",
        action="append",
        default=[],
        metavar="COUNT:HASH",
        help="a head kept elsewhere ([CHAIN:]COUNT:HASH); may be repeated",
    )
    trail.add("heads", "kenesh.site.node_commands:trail_heads", "print the head of each chain, to be kept somewhere else")
    bounces = commands.add(
        "bounces",
        "kenesh.site.bounce_command:bounces",
        "read what mail servers report of letters that came to nobody, and stop mail to those addresses",
        "Read delivery reports (RFC 3464), one mail on standard input or files (.eml, mbox). An address at which a letter of this node "
        "failed for good gets no more mail; what is only late changes nothing. A report is believed when it brings back the headers of a "
        "letter that this node sent to that address in the last 30 days. The status is 1 when a mail is no such report.",
    )
    bounces.add_argument(
        "files", nargs="*", metavar="FILE", help="a mail or a folder of mail; none or -: one mail on standard input"
    )
    people = commands.group("people", "make accounts and keys of offices")
    user = people.add(
        "add-user",
        "kenesh.site.people_commands:add_user",
        "make an account; asks for the password, or reads it from standard input",
    )
    user.add_argument("--email", required=True, help="the address with which the person signs in")
    user.add_argument("--name", required=True, help="the name that colleagues see")
    user.add_argument("--language", default="ru", help="language of the pages for staff (default: %(default)s)")
    user.add_argument("--role", help="a role to give at once, such as caseworker, council_secretary, node_admin")
    user.add_argument("--in", dest="where", default="", metavar="CODE", help="code of the organisation or body of the role")
    keys = people.add(
        "begin-keys", "kenesh.site.people_commands:begin_keys", "make the first key of an office and print its recovery key once"
    )
    keys.add_argument("--organisation", required=True, metavar="CODE", help="code of the office")
    keys.add_argument("--holder", required=True, action="append", metavar="EMAIL", help="who holds the key; name at least two")
    rotate = commands.add(
        "rotate",
        "kenesh.site.rotate_command:rotate",
        "list the keys of offices that are to be renewed, or renew everything in a session opened here",
        "List the keys of offices that are to be renewed. The command line and the worker hold no key: with --reencrypt it asks "
        "for the password and the code of a key holder, who thereby opens a session for as long as it runs.",
    )
    rotate.add_argument("--reencrypt", action="store_true", help="after a compromise: seal everything anew, destroy the old keys")
    rotate.add_argument("--as", dest="email", default="", metavar="ADDRESS", help="e-mail address of the key holder who does it")
    rotate.add_argument("--office", default="", metavar="CODE", help="only this office (default: all whose key the person holds)")
    commands.add(
        "freeze",
        "kenesh.site.node_commands:freeze",
        "publish what may be counted: freeze blocks of at least five released matters",
    )


def _venue_commands(venue: Commands) -> None:
    module = "kenesh.site.venue_command"
    take = venue.add(
        "take",
        f"{module}:take",
        "on the node: write a meeting into a sealed file; nothing of it changes here until it is back",
        "Write a meeting into a sealed file for a laptop. The passphrase is asked for, or read from standard input. Until the meeting "
        "is brought or called back, nothing of it changes on this node.",
    )
    take.add_argument("meeting", metavar="MEETING_CODE", help="the code at the end of the address of the meeting's page")
    take.add_argument("file", metavar="FILE", help="the file to be written")
    opening = venue.add(
        "open",
        f"{module}:open_venue",
        "on the laptop: serve the meeting of a file to the room; started again, it goes on",
        "Serve the meeting of a file to the room's own network: no internet, no mail. The passphrase is asked for the first time. "
        "Stopped or switched off, the laptop goes on when this is called again.",
    )
    opening.add_argument("file", metavar="FILE", help="the file that `kenesh venue take` wrote")
    opening.add_argument("--home", default="", metavar="DIR", help="the laptop's folder (default: KENESH_HOME, else ./venue)")
    opening.add_argument(
        "--address",
        default="",
        metavar="URL",
        help="how phones reach the laptop, such as http://192.168.1.10:8000 (default: found)",
    )
    opening.add_argument("--port", type=_number, metavar="N", help="the port to serve on (default: KENESH_PORT, else 8000)")
    opening.add_argument("--host", default="0.0.0.0", help="address to listen on (default: all of the laptop's)")  # noqa: S104  # the room is to reach it
    opening.add_argument("--stop-with-parent", action="store_true", help="stop when the program that started this one ends")
    closing = venue.add("close", f"{module}:close", "on the laptop: end the stay and write the file to bring back")
    closing.add_argument("file", metavar="FILE", help="the file to be written; only the meeting's own node opens it")
    closing.add_argument("--home", default="", metavar="DIR", help="the laptop's folder (default: KENESH_HOME, else ./venue)")
    bring = venue.add("bring", f"{module}:bring", "on the node: take over what was done at the venue; twice changes nothing")
    bring.add_argument("file", metavar="FILE", help="the file that `kenesh venue close` wrote")
    cancel = venue.add("cancel", f"{module}:cancel", "on the node: call a meeting back, because the laptop is lost or not needed")
    cancel.add_argument("meeting", metavar="MEETING_CODE", help="the code of the meeting")
    cancel.add_argument("--why", required=True, help="the reason, which is told to whoever brings its file later")
    for command in (take, bring, cancel):
        command.add_argument("--as", dest="email", default="", metavar="ADDRESS", help="the secretary in whose name this is done")


def _developer_commands(commands: Commands) -> None:
    bench = commands.add("bench", "kenesh.site.node_commands:bench", "run a benchmark")
    bench.add_argument("name", metavar="NAME", help="its name: a module in bench/")
    bench.add_argument("--json", action="store_true", help="answer with one JSON object")
    migrations = commands.add("makemigrations", "kenesh.site.node_commands:makemigrations", "write migrations for changed models")
    migrations.add_argument("--check", action="store_true", help="write nothing; fail when a migration is missing")
    migrations.add_argument("areas", nargs="*", metavar="AREA", help="only these areas")
    messages = commands.group("messages", "keep the translations of the interface")
    messages.add("extract", "kenesh.site.messages_commands:extract", "bring the catalogues up to the messages of the code")
    messages.add("compile", "kenesh.site.messages_commands:compile_all", "compile catalogues that changed")
    check = messages.add("check", "kenesh.site.messages_commands:check", "fail when a language is not complete")
    check.add_argument("--json", metavar="LANG", dest="language", help="list what this language lacks, as JSON")
    fill = messages.add("fill", "kenesh.site.messages_commands:fill", "write translations from a JSON file into a catalogue")
    fill.add_argument("language", metavar="LANG", help="code of the language, such as ky")
    fill.add_argument(
        "file", metavar="FILE.json", help="an object: message → translation, or list of plural forms; - for standard input"
    )


def main(argv: Sequence[str] | None = None) -> int:
    """Runs one command; gives the exit status. A wrong command line ends with status 2."""
    arguments = build_parser().parse_args(argv)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kenesh.config.settings")
    sys.excepthook = _one_line_for_the_unforeseen
    module, function = arguments.handler.split(":")
    handler: Handler = getattr(importlib.import_module(module), function)
    try:
        return handler(arguments) or 0
    except Refused as why:
        return _fail(str(why))
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:
        # Whoever read our output has gone; without this Python complains again when it closes the stream.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 141
    except OSError as why:
        return _fail(f"{why.strerror or why}{f': {why.filename}' if why.filename else ''}")


def _fail(sentence: str) -> int:
    print(f"kenesh: {' '.join(sentence.split())}", file=sys.stderr)
    return 1


def _one_line_for_the_unforeseen(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    """One line with kind and place instead of a traceback, whose message may quote somebody; all of it with KENESH_DEBUG=yes."""
    if os.environ.get("KENESH_DEBUG", "").lower() in {"1", "yes", "true", "on"}:
        sys.__excepthook__(kind, error, trace)
        return
    place = trace
    while place is not None and place.tb_next is not None:
        place = place.tb_next
    where = f" at {place.tb_frame.f_code.co_filename}:{place.tb_lineno}" if place else ""
    of_database = kind.__module__.startswith("django.db")
    advice = "run `kenesh migrate`, then `kenesh doctor`" if of_database else "run it again with KENESH_DEBUG=yes to see more"
    _fail(f"stopped by {kind.__name__}{where}: {advice}")
