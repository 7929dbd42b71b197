"""Backup and restore of a node, so that nothing destroyed comes back (docs/operations.md has the drill).

Content and keys are two archives of one moment, both sealed to an offline public key. Content alone opens nothing; archives
of keys live thirty days and are then deleted, so that a key that was destroyed is gone from the backups a month later. What
was destroyed after the backup is destroyed again by the ledger, which lies outside of the database.
"""

from __future__ import annotations

import os
import shutil
import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from django.apps import apps
from django.conf import settings
from django.core.management.color import no_style
from django.db import connection, connections, models, transaction
from django.db.migrations.recorder import MigrationRecorder

from kenesh.config.node import NodeSecrets
from kenesh.kernel import archive, carried, clock, ledger, trail, vault
from kenesh.kernel import rows as rows_as_json
from kenesh.kernel.models import TrailEntry
from kenesh.site import backup_files

Model = type[models.Model]
Said = Callable[[str, int, int], None]  # what is worked on, done, total

KEYS_LIVE = timedelta(days=30)
SNAPSHOT = "snapshot"
ROWS_AT_ONCE = 500

# Rows that hold keys: grants, receipts, wraps. Without them the rest is ciphertext.
KEYS = {
    "appeals.epoch",
    "appeals.grant",
    "appeals.receipt",
    "appeals.receiptkey",
    "casework.epoch",
    "casework.grant",
    "casework.leadnote",
    "casework.referralepoch",
    "casework.referralgrant",
    "casework.referralreceiptkey",
    "casework.view",
    "casework.waitingwords",
    "people.factor",
    "people.lockedpost",
    "people.organisationepoch",
    "people.organisationkey",
    "people.organisationrecovery",
    "people.sparecode",
    "people.user",
}
# What lives for hours or for the days of an undo, or is made again by itself.
LEFT_OUT = {
    "admin.logentry",
    "appeals.draft",
    "appeals.notice",
    "appeals.openreceipt",
    "appeals.turn",
    "auth.group",
    "auth.group_permissions",
    "auth.permission",
    "casework.job",
    "casework.presence",
    "casework.register",
    "casework.registerpiece",
    "casework.sealedquery",
    "casework.shownreceipt",
    "casework.tally",
    "casework.undo",
    "contenttypes.contenttype",
    "django_tasks_database.dbtaskresult",
    "kernel.clock",
    "kernel.workerbeat",
    "library.batch",
    "library.incoming",
    "people.addressfile",
    "people.failures",
    "people.unlock",
    "people.user_groups",
    "people.user_user_permissions",
    "sessions.session",
}


class Wrong(Exception):
    """Backup or restore cannot go on; the message says why and what to do."""


# --- the offline key ----------------------------------------------------------------------------------------------------


def keys_of_node() -> tuple[bytes, bytes]:
    """The key to which backups are sealed, and the one with which the node proves that they are its own. Raises Wrong."""
    public, proving = carried.public_key(), carried.mac_key()
    if public is None:
        raise Wrong("this node has no backup key yet: run `kenesh backup-key` once, and keep what it prints in a safe")
    if proving is None:
        raise Wrong(
            "this node cannot prove that a backup is its own: run `kenesh backup-key --new`, and keep what it prints in a safe"
        )
    return public, proving


# --- backup -------------------------------------------------------------------------------------------------------------


def tables(part: str) -> list[Model]:
    """The models of a part, in an order in which their relations can be filled."""
    wanted = []
    for model in apps.get_models(include_auto_created=True):
        label = model._meta.label_lower
        if not model._meta.managed or model._meta.proxy or label in LEFT_OUT:
            continue
        if (label in KEYS) == (part == "keys"):
            wanted.append(model)
    return wanted


def back_up(folder: Path, *, today: date, said: Said) -> list[Path]:
    """Writes both archives of one moment, copies sealed files, deletes old archives of keys; gives what it wrote."""
    public, proving = keys_of_node()
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    stamp = datetime.now(UTC).strftime("%Y%m%dT%H%M%SZ")
    header = {"uid": uuid.uuid4().hex, "made": stamp, "node": settings.NODE_ID, "migrations": _migrations()}
    paths = [folder / f"{part}-{stamp}.kenesh" for part in ("content", "keys")]
    with (
        archive.Writer(paths[0], part="content", header=header, public_key=public, mac_key=proving) as content,
        archive.Writer(paths[1], part="keys", header=header, public_key=public, mac_key=proving) as keys,
    ):
        for name in sorted(settings.SECRETS.__dataclass_fields__):
            keys.line({"secret": name, "value": getattr(settings.SECRETS, name).hex()})
        keys.line({"ledger": [line.mac for line in ledger.lines()][-1:] if settings.LEDGER.exists() else []})
        with _snapshot():
            for writer, part in ((content, "content"), (keys, "keys")):
                for model in tables(part):
                    _dump(model, writer, said)
        for line in backup_files.copy(folder, said):
            content.line(line)
    if settings.LEDGER.exists():
        shutil.copy2(settings.LEDGER, folder / "erasures.tsv")
        _copy_carried(settings.LEDGER, folder / "erasures.tsv")
    if clock.look() is None:  # or a wrong clock would destroy every key that is kept
        carried.forget(carried.folder(folder / "erasures.tsv"))
        for old in _old_keys(folder, today):
            old.unlink()
    (settings.HOME / "backup.last").write_text(f"{today.isoformat()}\n", encoding="ascii")
    return paths


def _migrations() -> list[str]:
    return sorted(".".join(name) for name in MigrationRecorder(connection).applied_migrations())


class _snapshot:  # noqa: N801  # used as a statement
    """A connection of its own that sees one moment and holds up no writer."""

    def __enter__(self) -> None:
        wrapper = connections.create_connection("default")
        wrapper.alias = SNAPSHOT
        if connection.vendor == "sqlite":
            # A deferred transaction only reads: filings go on beside it (write-ahead log).
            wrapper.settings_dict = {
                **wrapper.settings_dict,
                "OPTIONS": {**wrapper.settings_dict["OPTIONS"], "transaction_mode": "DEFERRED"},
            }
        connections[SNAPSHOT] = wrapper
        self._atomic = transaction.atomic(using=SNAPSHOT)
        self._atomic.__enter__()
        if connection.vendor == "postgresql":
            with wrapper.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        with wrapper.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM kernel_trailhead")  # the moment is that of the first reading

    def __exit__(self, *error: Any) -> None:
        self._atomic.__exit__(*error)
        connections[SNAPSHOT].close()
        del connections[SNAPSHOT]


def _dump(model: Model, writer: archive.Writer, said: Said) -> None:
    fields = list(model._meta.concrete_fields)
    rows = model._base_manager.using(SNAPSHOT).order_by("pk")
    total = rows.count()
    writer.line({"table": model._meta.label_lower, "fields": [column.attname for column in fields], "rows": total})
    for number, row in enumerate(rows.values_list(*(column.attname for column in fields)).iterator(chunk_size=2000), 1):
        writer.line([rows_as_json.plain_of(column, value) for column, value in zip(fields, row, strict=True)])
        if number % 20_000 == 0 or number == total:
            said(model._meta.label_lower, number, total)


def _copy_carried(ledger_from: Path, ledger_to: Path) -> None:
    """The keys beside a ledger go with it; each keeps its age."""
    source, target = carried.folder(ledger_from), carried.folder(ledger_to)
    target.mkdir(mode=0o700, parents=True, exist_ok=True)
    for path in source.glob("*.kenesh") if source.exists() else ():
        if not (target / path.name).exists():
            shutil.copy2(path, target / path.name)


def _old_keys(folder: Path, today: date) -> Iterator[Path]:
    """Archives of keys that have lived their thirty days; the date is the one in their names."""
    for path in sorted(folder.glob("keys-*.kenesh")):
        made = datetime.strptime(path.stem.split("-")[1], "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC).date()
        if made < today - KEYS_LIVE:
            yield path


# --- restore ------------------------------------------------------------------------------------------------------------


def newest(folder: Path) -> tuple[Path, Path]:
    """The newest moment of which both archives are there. Raises Wrong."""
    for keys in sorted(folder.glob("keys-*.kenesh"), reverse=True):
        content = folder / keys.name.replace("keys-", "content-", 1)
        if content.exists():
            return content, keys
    raise Wrong(f"{folder} holds no pair of archives (content-….kenesh and keys-….kenesh of one moment)")


def restore(
    folder: Path,
    *,
    secret: bytes,
    ledger_file: Path | None,
    said: Said,
    close_lost: bool = False,
    leave_out: Callable[[str], None] | None = None,
) -> int:
    """Fills an empty, migrated database; gives how many acts of the ledger were done again.

    All rows come in one transaction: a restore that breaks leaves the database empty. `close_lost`: what the ledger says was
    sealed anew, with keys that are lost, is closed. `leave_out`: is told what is wrong with a file that is then left out,
    where otherwise nothing is restored. Raises Wrong, archive.Unreadable, ledger.NotOurs, carried.Lost.
    """
    content, keys = newest(folder)
    heads = [
        archive.header_of(path, part=part, mac_key=vault.backup_mac_key(secret))
        for path, part in ((content, "content"), (keys, "keys"))
    ]
    if heads[0]["uid"] != heads[1]["uid"]:
        raise Wrong(f"{content.name} and {keys.name} are not of one moment")
    if heads[0]["made"] not in content.name:
        raise Wrong(f"{content.name} was made at {heads[0]['made']}: somebody has given an older backup the name of a newer one")
    _refuse_another_version(heads[0]["migrations"])
    found = _Found(folder, leave_out)
    with transaction.atomic():
        for model in (*tables("keys"), *tables("content")):
            # What a new database is seeded with, such as legal time limits: the backup has its own.
            if model._base_manager.exists():
                model._base_manager.all()._raw_delete("default")
        for path, part in ((content, "content"), (keys, "keys")):
            _load(path, part, secret, found, said)
        _reset_sequences()
        settings.SECRETS = NodeSecrets(**found.secrets)  # from here on this process is the node that was backed up
        if ledger_file and not set(found.ledger) <= {line.mac for line in ledger.lines(ledger_file)}:
            raise Wrong(f"{ledger_file} is older than the backup, or lines were taken out of it: look for the newest ledger")
        again = _replay(ledger_file, secret, close_lost) if ledger_file else 0
        _reset_sequences()
        trail.record(verb="restore", target=f"backup:{heads[0]['uid']}", by="command")
    _write_secrets(found.secrets)
    if ledger_file and ledger_file.resolve() != settings.LEDGER.resolve():
        settings.LEDGER.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        shutil.copy2(ledger_file, settings.LEDGER)
        _copy_carried(ledger_file, settings.LEDGER)
    backup_files.bring(folder, found.files)
    carried.set_keys(secret)  # so that the node that came back goes on with its backups
    return again


@dataclass
class _Found:
    """What archives hold beside rows: the node's secrets, the last line of the ledger, files that were compared."""

    folder: Path
    leave_out: Callable[[str], None] | None
    secrets: dict[str, bytes] = field(default_factory=dict)
    ledger: list[str] = field(default_factory=list)
    files: list[str] = field(default_factory=list)

    def take(self, line: dict[str, Any]) -> bool:
        """False for the head of a table. Raises Wrong for a file that is not the one that was there."""
        if "secret" in line:
            self.secrets[line["secret"]] = bytes.fromhex(line["value"])
        elif "ledger" in line:
            self.ledger = line["ledger"]
        elif "file" in line:
            fault = backup_files.fault_of(self.folder, backup_files.Line(file=line["file"], size=line["size"], hash=line["hash"]))
            if fault and self.leave_out is None:
                raise Wrong(
                    f"{fault}. Nothing was restored: look for another copy, or leave such files out with --leave-files-out"
                )
            if fault and self.leave_out is not None:
                self.leave_out(fault)
            else:
                self.files.append(line["file"])
        return "table" not in line


def _refuse_another_version(wanted: list[str]) -> None:
    here = set(_migrations())
    if missing := sorted(set(wanted) - here):
        raise Wrong(f"the backup is of a newer version ({missing[0]} is not known here): install that version, then restore")
    if newer := sorted(here - set(wanted)):
        raise Wrong(
            f"the backup is of an older version (it knows no {newer[0]}): install that version, restore, then bring it up to date"
        )


def _load(path: Path, part: str, secret: bytes, found: _Found, said: Said) -> None:
    known = {model._meta.label_lower: model for model in tables(part)}
    model: Model | None = None
    fields: list[models.Field[Any, Any]] = []
    waiting: list[models.Model] = []
    left = total = 0
    for line in archive.read(path, part=part, secret=secret, mac_key=vault.backup_mac_key(secret)):
        if isinstance(line, dict):
            _insert(model, fields, waiting)
            waiting = []
            if left:
                raise Wrong(f"{path.name} lacks {left} rows of a table")
            if found.take(line):
                continue
            model = known[line["table"]]
            by_name = {field.attname: field for field in model._meta.concrete_fields}
            fields = [by_name[name] for name in line["fields"]]
            left = total = line["rows"]
            continue
        assert model is not None  # noqa: S101  # a row follows the head of its table
        waiting.append(rows_as_json.row(model, fields, line))
        left -= 1
        if len(waiting) == ROWS_AT_ONCE or not left:
            _insert(model, fields, waiting)
            waiting = []
            said(model._meta.label_lower, total - left, total)
    if left:
        raise Wrong(f"{path.name} lacks {left} rows of its last table")


def _insert(model: Model | None, fields: list[models.Field[Any, Any]], rows: list[models.Model]) -> None:
    if model is None or not rows:
        return
    # `raw`: as it was, without the dates that Django sets when a row is made. The public bulk_create has no such way.
    query: Any = model._base_manager.get_queryset()
    size = max(1, connection.ops.bulk_batch_size(fields, rows))
    for start in range(0, len(rows), size):
        query._insert(rows[start : start + size], fields=fields, raw=True, using="default")


def _reset_sequences() -> None:
    statements = connection.ops.sequence_reset_sql(no_style(), [*tables("content"), *tables("keys")])
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


REPLAYED = "replay"


def _replay(file: Path, secret: bytes, close_lost: bool) -> int:
    """Does again what was done after the backup: the lines that the restored trail does not know, each once for good.

    A restored trail counts on from its own end, so lines of the time that was lost stay unknown to it: an entry for each says
    that it was replayed, for the next restore.
    """
    done = set(TrailEntry.objects.filter(verb=REPLAYED).values_list("target", flat=True))
    lines = [
        line
        for line in ledger.standing(list(ledger.lines(file)))
        if line.mac not in done
        and not TrailEntry.objects.filter(chain=line.chain, number=line.number, verb=line.verb, target=line.target).exists()
    ]
    for line in lines:
        ledger.replay(line, file=file, secret=secret, close_lost=close_lost)
    for line in lines:  # after all of them: what the replaying itself records must not be taken for a line
        trail.record(verb=REPLAYED, target=line.mac, by="command")
    return len(lines)


def _write_secrets(secrets: dict[str, bytes]) -> None:
    folder = settings.HOME / "secrets"
    for name, value in secrets.items():
        aside = folder / f".{name}.restored"
        descriptor = os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "wb") as file:
            file.write(value)
            file.flush()
            os.fsync(file.fileno())
        aside.replace(folder / name)
