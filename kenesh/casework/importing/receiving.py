"""What somebody does with a register before its rows become cases: bring it in, read it in another way, say what its columns are."""

from __future__ import annotations

import json
import uuid
from collections.abc import Iterator
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone

from kenesh.casework.importing import fields
from kenesh.casework.importing.meanings import Meanings
from kenesh.casework.importing.opened import OpenRegister, new
from kenesh.casework.importing.words import plain
from kenesh.casework.models import Job, KnownColumns, Register
from kenesh.kernel import sealed_files, trail, vault
from kenesh.kernel.uploads import SealedUpload
from kenesh.library.registers.reading import About, Question, Refused, Row, reading
from kenesh.people.keyring import Keyring
from kenesh.people.models import Organisation

FIRST_ROWS = 60  # kept beside the settings: to choose the headings, and for samples
LONGEST_SAMPLE = 80
# How the register is taken when nobody says otherwise; see forms/importing.py for the words.
OPTIONS: dict[str, str] = {
    "currency": "RUB", "unsaid": "outcome", "past": "skip", "same_case": "skip", "same_row": "import",
}  # fmt: skip


class UnderWay(Exception):
    """The import has begun: the columns stay as they are."""


def target(row: Register) -> str:
    """How the trail names a register."""
    return f"register:{row.uid.hex}"


def take_in(*, keyring: Keyring, office: Organisation, upload: SealedUpload, key: uuid.UUID) -> Register:
    """Reads a sealed upload and keeps it. The same form sent twice keeps one. Raises Refused, stretching.Busy."""
    known = Register.objects.filter(request_key=key, owner=keyring.user).first()
    if known is not None:
        return known
    with transaction.atomic():
        register = new(keyring=keyring, office=office, uid=uuid.UUID(upload.stored_name), request_key=key)
        register.body = {"file": upload.name or "", "options": {**OPTIONS, "currency": _currency_of(office)}}
        register.save()
        _read(register, keyring, Question(), upload.chunks)
        stored = upload.keep()
        register.body["stored"] = {"name": stored.name, "key": stored.key.hex(), "size": stored.size}
        register.save()
        trail.record(verb="bring_register", target=target(register.row), by=keyring.user, chain=office.chain)
    return register.row


def read_again(*, keyring: Keyring, register: OpenRegister, question: Question) -> None:
    """Another sheet, encoding or delimiter; what was said of the columns is forgotten. Raises Refused, UnderWay, Busy."""
    _still_open(register)
    with transaction.atomic():
        _read(register, keyring, question, lambda: sealed_files.read(register.file()))
        _not_checked(register)
        register.save()


def _read(register: OpenRegister, keyring: Keyring, question: Question, chunks: Any) -> None:
    first: list[Row] = []

    def noticed(rows: Iterator[Row]) -> Iterator[Row]:
        for row in rows:
            if len(first) < FIRST_ROWS:
                first.append(row)
            yield row

    with reading(chunks(), question) as (about, rows):
        total = register.replace_rows(noticed(rows))
    _settings(register, about, first, total)
    choose_headings(keyring=keyring, register=register, heading=fields.heading_row(first))


def _settings(register: OpenRegister, about: About, first: list[Row], total: int) -> None:
    register.body |= {**vars(about), "first": [(number, _short(cells)) for number, cells in first], "total": total}


def _short(cells: list[str | None]) -> list[str]:
    return [(cell or "")[:LONGEST_SAMPLE] for cell in cells]


def choose_headings(*, keyring: Keyring, register: OpenRegister, heading: int) -> None:
    """Which row names the columns; they are what they were the last time, else what their names and contents suggest.

    Does not save. Raises Refused when nothing stands below.
    """
    body = register.body
    named: list[str] = next((cells for number, cells in body["first"] if number == heading), [])
    below = [cells for number, cells in body["first"] if number > heading]
    if not below:
        raise Refused("empty")
    width = max(len(named), *(len(cells) for cells in below))
    headings = [cell.strip() for cell in named] + [""] * (width - len(named))
    samples = [[cells[column] for cells in below if column < len(cells) and cells[column]] for column in range(width)]
    body |= {
        "heading": heading,
        "headings": headings,
        "samples": [list(dict.fromkeys(values))[:3] for values in samples],
        "rows": body["total"] - sum(number <= heading for number, _ in body["first"]),
    }
    remembered = known_columns(keyring, headings)
    guessed = fields.suggested(headings, samples, home=register.row.office.country, today=timezone.localdate())
    body["mapping"] = remembered["mapping"] if remembered else guessed
    body["remembered"] = remembered is not None
    if remembered:
        body["options"] = {**body["options"], **remembered["options"]}
        body["meanings"] = remembered.get("meanings", {})


def change_headings(*, keyring: Keyring, register: OpenRegister, heading: int) -> None:
    """Raises Refused, UnderWay."""
    _still_open(register)
    with transaction.atomic():
        choose_headings(keyring=keyring, register=register, heading=heading)
        _not_checked(register)
        register.save()


def map_columns(*, keyring: Keyring, register: OpenRegister, mapping: list[str], options: dict[str, str]) -> None:
    """Says what the columns are, and remembers it for the next register with the same headings. Raises UnderWay."""
    _still_open(register)
    with transaction.atomic():
        register.body |= {"mapping": mapping, "options": {**register.body["options"], **options}}
        _not_checked(register)
        register.save()
        _remember(keyring, register.body)
        trail.record(verb="map_register", target=target(register.row), by=keyring.user, chain=register.row.office.chain)


def explain_values(*, keyring: Keyring, register: OpenRegister, chosen: Meanings) -> None:
    """Says what values mean that are not understood ("": open again), and remembers it with the columns. Raises UnderWay."""
    _still_open(register)
    known: Meanings = register.body.get("meanings", {})
    merged = {field: {**known.get(field, {}), **chosen.get(field, {})} for field in (*known, *chosen)}
    with transaction.atomic():
        register.body["meanings"] = {field: {name: code for name, code in said.items() if code} for field, said in merged.items()}
        _not_checked(register)
        register.save()
        _remember(keyring, register.body)
        trail.record(verb="map_register", target=target(register.row), by=keyring.user, chain=register.row.office.chain)


def decide(*, keyring: Keyring, register: OpenRegister, options: dict[str, str], rows: dict[str, str]) -> None:
    """What to do with rows that seem double or are past keeping; the dry run stays. Raises UnderWay."""
    _still_open(register)
    kept = {**register.body.get("rows_decided", {}), **rows}
    with transaction.atomic():
        register.body |= {"options": {**register.body["options"], **options}, "rows_decided": kept}
        register.save()
        trail.record(verb="decide_register", target=target(register.row), by=keyring.user, chain=register.row.office.chain)


def _still_open(register: OpenRegister) -> None:
    if register.row.imported_by_id is not None:
        raise UnderWay


def _not_checked(register: OpenRegister) -> None:
    """The dry run no longer says what an import would do."""
    if register.row.checked_by is not None:
        register.row.checked_by.delete()
    register.row.checked_by = None
    register.body["rows_decided"] = {}
    register.row.pieces.update(sealed_report=None)


def forget(*, register: Register, by: Any) -> None:
    """Destroys the register with its key, rows, reports and jobs; the cases stay. Needs no key."""
    with transaction.atomic():
        name, chain = target(register), register.office.chain
        jobs = [pk for pk in (register.checked_by_id, register.imported_by_id) if pk is not None]
        register.delete()
        Job.objects.filter(pk__in=jobs).delete()
        trail.record(verb="forget_register", target=name, by=by, chain=chain)


def forget_old(*, today: date) -> int:
    """What the worker does every day; gives how many registers are gone."""
    old = list(Register.objects.filter(forget_on__lte=today).select_related("office").order_by("id")[:200])
    for row in old:
        forget(register=row, by="worker")
    return len(old)


@sealed_files.named_by
def uids_of_registers(uids: list[uuid.UUID]) -> set[uuid.UUID]:
    """Which of these have a row: the sweep leaves their files alone."""
    return set(Register.objects.filter(uid__in=uids).values_list("uid", flat=True))


# --- columns as they were the last time ----------------------------------------------------------------------------------


def known_columns(keyring: Keyring, headings: list[str]) -> dict[str, Any] | None:
    """What this account said of columns with these headings."""
    row = KnownColumns.objects.filter(mark=_mark(keyring, headings), user=keyring.user).first()
    if row is None:
        return None
    known: dict[str, Any] = json.loads(vault.open_sealed(_key(keyring), bytes(row.sealed), _place(row)))
    return known


def _remember(keyring: Keyring, body: dict[str, Any]) -> None:
    row, _new = KnownColumns.objects.get_or_create(
        mark=_mark(keyring, body["headings"]), defaults={"user": keyring.user, "sealed": b""}
    )
    said = json.dumps({"mapping": body["mapping"], "options": body["options"], "meanings": body.get("meanings", {})}).encode()
    row.sealed = vault.seal(_key(keyring), said, _place(row))
    row.save(update_fields=["sealed"])


def _mark(keyring: Keyring, headings: list[str]) -> bytes:
    return vault.link_hash(_key(keyring), json.dumps([plain(heading) for heading in headings]))


def _key(keyring: Keyring) -> bytes:
    return vault.B(keyring.secret, "register-columns")


def _place(row: KnownColumns) -> vault.Place:
    return vault.Place("casework_knowncolumns", "sealed", row.uid.hex)


def _currency_of(office: Organisation) -> str:
    """Most sums of an office abroad are of the country of work."""
    return {"KZ": "KZT", "TR": "TRY", "KR": "KRW"}.get(office.country, "RUB")
