"""A file that comes in pieces: what a page's small script and the server say to each other.

The script sends one line of JSON and, after it, the bytes of one piece; nothing of it stands in an address or a field:

    {"key": "<uuid>", "name": "photo.jpg", "size": 700000, "number": 0}\\n<bytes>        number -1: how far are we?

and gets {"have": 1, "of": 3, "done": false, "wait": false, "error": ""}. `key` is made by the browser out of the file's name,
length and time, so that a page that was closed goes on where it was; the server makes its own number of it, with a secret of
whoever sends.
"""

from __future__ import annotations

import json
import uuid
from dataclasses import dataclass
from typing import Protocol

from django.conf import settings
from django.http import HttpRequest, JsonResponse
from django.utils.translation import gettext as _

from kenesh.kernel import sealed_files, vault
from kenesh.kernel.faults import Fault, fault_of
from kenesh.kernel.sealed_files import Arriving
from kenesh.kernel.stretching import Busy
from kenesh.kernel.uploads import MOST_BYTES, NotTaken, Source

MOST_LETTERS = 300


class Door(Protocol):
    """Where a file may be added: a form, an opened receipt, a case."""

    @property
    def secret(self) -> bytes: ...

    def begin(self, key: uuid.UUID) -> bool:
        """Whether it is to come in at all: False when it is there already. Raises NotTaken when there is no room."""

    def add(self, source: Source, name: str, key: uuid.UUID) -> None:
        """Takes it in. Raises NotTaken, stretching.Busy."""


@dataclass(frozen=True)
class Piece:
    """One message of the script."""

    key: uuid.UUID
    name: str
    size: int
    number: int
    data: bytes

    @classmethod
    def parse(cls, body: bytes) -> Piece | None:
        """None for anything that our script would not send."""
        line, _newline, data = body.partition(b"\n")
        try:
            said = json.loads(line)
            piece = cls(uuid.UUID(said["key"]), str(said["name"])[:MOST_LETTERS], int(said["size"]), int(said["number"]), data)
        except (ValueError, KeyError, TypeError, AttributeError, OverflowError, RecursionError):
            return None
        return piece if piece.size >= 0 else None


def row_key(secret: bytes, key: uuid.UUID) -> uuid.UUID:
    """What a row keeps of the number that a browser chose: the same for the same file, and nothing that could be guessed."""
    return uuid.UUID(bytes=vault.link_hash(secret, key.hex)[:16])


def answer(request: HttpRequest, door: Door) -> JsonResponse:
    """Takes a piece, or says how far it is; the last one brings the file in."""
    piece = Piece.parse(request.body)
    if piece is None:
        return _said(status=400, error=_("This could not be read. Please send the file with the button."))
    key = row_key(door.secret, piece.key)
    arriving = Arriving(door.secret, piece.key.hex, piece.size)
    try:
        if not door.begin(key):
            return _said(have=arriving.pieces, of=arriving.pieces, done=True)
        if piece.size > MOST_BYTES:
            return _said(error=_("This file is larger than 20 MB. Please choose a smaller one, or send it in parts."))
        if not arriving.have() and sealed_files.arriving_bytes() + piece.size > settings.DRAFT_FILES_MB * 2**20:
            return _said(of=arriving.pieces, wait=True)  # whoever begins file after file and ends none fills no disk
        have = arriving.put(piece.number, piece.data)
        if have < arriving.pieces:
            return _said(have=have, of=arriving.pieces)
        door.add(arriving, piece.name, key)
    except NotTaken as reason:
        arriving.forget()
        return _said(error=reason.sentence)
    except Busy:
        return _said(have=arriving.have(), of=arriving.pieces, wait=True)
    except OSError as why:
        if fault_of(why) is not Fault.FULL:
            raise
        return _said(error=_("The computer of this office has no room left. Your file stays chosen: try again in some minutes."))
    arriving.forget()
    return _said(have=arriving.pieces, of=arriving.pieces, done=True)


def _said(
    *, have: int = 0, of: int = 1, done: bool = False, wait: bool = False, error: str = "", status: int = 200
) -> JsonResponse:
    response = JsonResponse({"have": have, "of": of, "done": done, "wait": wait, "error": error}, status=status)
    response.headers["Cache-Control"] = "no-store"
    return response
