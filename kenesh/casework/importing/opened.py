"""A register with its key, for one request: its settings, its rows piece by piece, what became of each row."""

from __future__ import annotations

import json
import uuid
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from itertools import islice
from typing import Any

from django.utils import timezone

from kenesh.casework.models import Register, RegisterPiece
from kenesh.kernel import sealed_files, vault
from kenesh.library.registers.reading import Row
from kenesh.people.keyring import Keyring
from kenesh.people.models import Organisation

PIECE = 200  # rows
KEPT = timedelta(days=30)
Body = dict[str, Any]


@dataclass
class OpenRegister:
    """`body`: file, stored, kind, encoding, delimiter, sheets, sheet, from_1904, heading, headings, first, mapping, options, meanings."""

    row: Register
    key: bytes = field(repr=False)
    body: Body = field(repr=False)

    def save(self) -> None:
        """Seals the settings anew."""
        self.row.version += 1
        self.row.sealed = vault.seal(self.key, _packed(self.body), _place(self.row, "sealed", self.row.version))
        self.row.save()

    def file(self) -> sealed_files.Stored:
        """The file as it came in."""
        kept = self.body["stored"]
        return sealed_files.Stored(kept["name"], bytes.fromhex(kept["key"]), kept["size"])

    def replace_rows(self, rows: Iterable[Row]) -> int:
        """Takes the rows of the file in; gives how many. Inside the caller's transaction."""
        self.row.pieces.all().delete()
        source, count = iter(rows), 0
        while some := list(islice(source, PIECE)):
            piece = RegisterPiece(register=self.row, number=count // PIECE)
            piece.sealed_rows = vault.seal(self.key, _packed(some), _place(piece, "rows"))
            piece.save()
            count += len(some)
        return count

    def pieces(self) -> Iterator[RegisterPiece]:
        return self.row.pieces.order_by("number").iterator(chunk_size=20)

    def piece(self, number: int) -> RegisterPiece | None:
        return self.row.pieces.filter(number=number).first()

    def rows_of(self, piece: RegisterPiece) -> list[Row]:
        """The rows below the headings."""
        rows = json.loads(vault.open_sealed(self.key, bytes(piece.sealed_rows), _place(piece, "rows")))
        return [(number, cells) for number, cells in rows if number > self.body["heading"]]

    def report_of(self, piece: RegisterPiece) -> list[Body]:
        if piece.sealed_report is None:
            return []
        place = _place(piece, "report", piece.version)
        report: list[Body] = json.loads(vault.open_sealed(self.key, bytes(piece.sealed_report), place))
        return report

    def keep_report(self, piece: RegisterPiece, report: list[Body]) -> None:
        piece.version += 1
        piece.sealed_report = vault.seal(self.key, _packed(report), _place(piece, "report", piece.version))
        piece.save(update_fields=["version", "sealed_report"])

    def report(self) -> Iterator[Body]:
        """What becomes, or became, of every row."""
        for piece in self.pieces():
            yield from self.report_of(piece)


def new(*, keyring: Keyring, office: Organisation, uid: uuid.UUID, request_key: uuid.UUID) -> OpenRegister:
    """An unsaved register with a key of its own."""
    row = Register(uid=uid, office=office, owner=keyring.user, request_key=request_key, version=0)
    row.forget_on = timezone.localdate() + KEPT
    key = vault.new_key()
    row.sealed_key = vault.seal_to(bytes(keyring.user.public_key), key, _place(row, "sealed_key"))
    return OpenRegister(row, key, {})


def open_register(row: Register, keyring: Keyring) -> OpenRegister:
    """Raises vault.Tampered for another account's."""
    key = vault.open_from(keyring.secret, bytes(row.sealed_key), _place(row, "sealed_key"))
    return OpenRegister(row, key, json.loads(vault.open_sealed(key, bytes(row.sealed), _place(row, "sealed", row.version))))


def _packed(what: Any) -> bytes:
    return json.dumps(what, ensure_ascii=False, separators=(",", ":")).encode()


def _place(row: Register | RegisterPiece, column: str, version: int = 0) -> vault.Place:
    return vault.Place(row._meta.db_table, column, row.uid.hex, 1, version)
