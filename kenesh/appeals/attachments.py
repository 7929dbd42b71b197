"""Photos, papers and voice messages: what may be sent, how a file is taken in, and what an attachment's row seals.

The original stays sealed for the office and the person. Beside it lies, sealed under a key of its own, a copy without
metadata, where one could be made: that copy is what leaves the office.
"""

from __future__ import annotations

import json
import uuid
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import DatabaseError
from django.db.models import Sum
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from kenesh.appeals.models import Attachment
from kenesh.appeals.opening import OpenAppeal
from kenesh.kernel import downloads, inspection, sealed_files, vault
from kenesh.kernel.faults import Fault, fault_of
from kenesh.kernel.uploads import MOST_BYTES, RefusedFor, SealedUpload, Source
from kenesh.people.keyring import KeyMissing

MOST_FILES = 10
MOST_SHARED = 50  # that an office shares with one person

WHAT_MAY_BE_SENT = _("You can send photos (JPEG, PNG, WebP, HEIC, GIF), PDF, Word (DOCX), ODT, plain text and voice messages.")

REFUSALS: dict[str, str | Promise] = {
    "empty": _("This file is empty. Please choose another one."),
    "too_large": _("This file is larger than 20 MB. Please choose a smaller one, or send it in parts."),
    "too_many": _("There are already as many files as there can be. Remove one, or write to the office what else you have."),
    "full": _("There is no room for files at this moment. Send your form without them, and add them later with your receipt."),
    "unknown": _("This kind of file cannot be taken."),
    "video": _("A film cannot be taken. Please send photos or a voice message."),
    "archive": _("An archive can hide something harmful. Please send the files in it one by one."),
    "program": _("This is a program. Programs can do harm and are not taken."),
    "web": _("A web page or a drawing with code can do harm. Please send a photo of the screen."),
    "office": _("Of office documents only DOCX and ODT are taken. Please save it as one of these or as PDF, or send photos of the pages."),
    "macros": _("This document holds macros, which can do harm. Please save it without macros, or send photos of the pages."),
    "objects": _("This document holds other files inside it, which can do harm. Please send photos of the pages."),
    "outside": _("This document loads something from elsewhere, which can betray who opens it. Please send photos of the pages."),
    "script": _("This PDF holds a program or a form with code, which can do harm. Please print it to a new PDF, or send photos of the pages."),
    "launch": _("This PDF starts something or sends something when it is opened. Please send photos of the pages."),
    "attached": _("This PDF holds other files inside it, which can do harm. Please send them one by one."),
    "media": _("This PDF holds films or sounds, which can do harm. Please send photos of the pages."),
    "locked": _("This file is locked with a password, so it cannot be checked. Please send it without one, or send photos of the pages."),
    "mixed": _("This file is two kinds of file in one, as harmful files are. Please send a photo of what it shows."),
    "too_many_pixels": _("This picture has more than 40 million points. Please make it smaller, or take a photo of it."),
    "too_big_inside": _("This file is far larger inside than it looks, as harmful files are. Please send photos of the pages."),
    "damaged": _("This file is damaged, or is not what its name says. Please send it again, or send a photo of it."),
    "unchecked": _("This file could not be checked for harmful content. Please send photos of the pages."),
}  # fmt: skip

# What the words of a file's list call it.
KINDS: dict[str, str | Promise] = {
    "image": _("Picture"),
    "audio": _("Voice message"),
    "text": _("Text"),
    "application": _("Document"),
}


class Refused(RefusedFor):
    """The file is not taken. `code` is one of REFUSALS."""

    words = REFUSALS

    @property
    def sentence(self) -> str:
        """Why, what to do, and, where the kind is the matter, what may be sent."""
        return super().sentence if self.code in {"too_many", "full", "too_large"} else f"{super().sentence} {WHAT_MAY_BE_SENT}"


@dataclass(frozen=True)
class OpenFile:
    """What a row seals. `copy`: without metadata; None where none could be made."""

    uid: uuid.UUID
    name: str
    kind: str
    by: str  # "person" or "office"
    at: datetime
    original: sealed_files.Stored = field(repr=False)
    copy: sealed_files.Stored | None = field(default=None, repr=False)
    description: str = ""

    @property
    def size(self) -> int:
        return self.original.size

    @property
    def is_picture(self) -> bool:
        """Whether a small picture of it can be shown."""
        return self.kind in {"image/jpeg", "image/png", "image/gif", "image/webp"}

    @property
    def kind_in_words(self) -> str:
        return str(KINDS[self.kind.partition("/")[0]])

    def body(self) -> dict[str, Any]:
        """As it is sealed."""
        return {
            "name": self.name,
            "type": self.kind,
            "by": self.by,
            "at": self.at.isoformat(timespec="seconds"),
            "description": self.description,
            "key": self.original.key.hex(),
            "size": self.original.size,
            "copy_key": self.copy.key.hex() if self.copy else "",
            "copy_size": self.copy.size if self.copy else 0,
        }


def opened_file(uid: uuid.UUID, body: dict[str, Any]) -> OpenFile:
    """What `OpenFile.body` gave."""
    copy = None
    if body["copy_key"]:
        copy = sealed_files.Stored(sealed_files.name_of(uid, shared=True), bytes.fromhex(body["copy_key"]), body["copy_size"])
    original = sealed_files.Stored(sealed_files.name_of(uid), bytes.fromhex(body["key"]), body["size"])
    at = datetime.fromisoformat(body["at"])
    return OpenFile(uid, body["name"], body["type"], body["by"], at, original, copy, body["description"])


def take_in(source: Source, *, name: str, by: str, description: str = "") -> OpenFile:
    """Seals a file and has it looked into; outside of any transaction. Its row must follow, or `let_go`.

    Raises Refused, stretching.Busy, vault.Tampered; nothing of it stays then.
    """
    if isinstance(source, SealedUpload):
        original = source.keep()
        uid = uuid.UUID(original.name)
    else:
        uid = uuid.uuid4()
        original = sealed_files.write(sealed_files.name_of(uid), source.chunks())
    taken = False
    try:
        verdict = inspection.inspect(lambda: sealed_files.read(original), copy_name=sealed_files.name_of(uid, shared=True))
        if verdict.refused:
            raise Refused(verdict.refused)
        taken = True
    finally:
        if not taken:
            sealed_files.delete(uid)
    shown = downloads.safe_name(name, verdict.kind)
    return OpenFile(uid, shown, verdict.kind, by, timezone.now(), original, verdict.copy, description)


def let_go(file: OpenFile) -> None:
    """Takes a file away whose row was not written."""
    sealed_files.delete(file.uid)


def may_have_row(error: DatabaseError) -> bool:
    """Whether the database hung up, so that nobody knows if the row was committed: the file stays, and the sweep looks for it."""
    return fault_of(error) is Fault.AWAY


# --- rows -------------------------------------------------------------------------------------------------------------------


def _place(row: Attachment) -> vault.Place:
    return vault.Place("appeals_attachment", "sealed", row.uid.hex, row.epoch)


def sealed_row(file: OpenFile, *, key: bytes, epoch: int, **columns: Any) -> Attachment:
    """An unsaved row, sealed under a key of the appeal or of the draft."""
    row = Attachment(uid=file.uid, epoch=epoch, kib=sealed_files.kib_on_disk(file.size), **columns)
    row.sealed = vault.seal(key, json.dumps(file.body(), ensure_ascii=False).encode(), _place(row))
    return row


def open_row(row: Attachment, key: bytes) -> OpenFile:
    """Raises vault.Tampered."""
    return opened_file(row.uid, json.loads(vault.open_sealed(key, bytes(row.sealed), _place(row))))


def files_of(opened: OpenAppeal) -> list[OpenFile]:
    """What the person and the office have shared with each other, oldest first. Raises KeyMissing."""
    return [_open_in(opened, row) for row in Attachment.objects.filter(appeal=opened.appeal).order_by("id")]


def file_of(opened: OpenAppeal, uid: uuid.UUID) -> OpenFile | None:
    """One file of this very appeal. Raises KeyMissing."""
    row = Attachment.objects.filter(appeal=opened.appeal, uid=uid).first()
    return None if row is None else _open_in(opened, row)


def _open_in(opened: OpenAppeal, row: Attachment) -> OpenFile:
    if row.epoch not in opened.keys:
        raise KeyMissing
    return open_row(row, opened.keys[row.epoch])


# --- files of a draft ---------------------------------------------------------------------------------------------------------

IN_DRAFT = "files"  # under this name the answers of a draft hold the secret of its files; it is not an answer of the form


def draft_secret(answers: dict[str, Any]) -> bytes | None:
    """None for a draft to which nobody has thought of adding files."""
    text = answers.get(IN_DRAFT)
    return bytes.fromhex(text) if isinstance(text, str) else None


def draft_id(secret: bytes) -> bytes:
    return vault.B(secret, "draft files")


def draft_key(secret: bytes) -> bytes:
    return vault.B(secret, "seal files")


def files_in_draft(answers: dict[str, Any]) -> list[OpenFile]:
    """Oldest first."""
    secret = draft_secret(answers)
    if secret is None:
        return []
    rows = Attachment.objects.filter(draft_id=draft_id(secret)).order_by("id")
    return [open_row(row, draft_key(secret)) for row in rows]


def live_on(answers: dict[str, Any], until: datetime) -> None:
    """Files live as long as their draft."""
    secret = draft_secret(answers)
    if secret is not None:
        Attachment.objects.filter(draft_id=draft_id(secret)).update(expires_at=until)


def forget_draft(answers: dict[str, Any]) -> None:
    secret = draft_secret(answers)
    if secret is not None:
        Attachment.objects.filter(draft_id=draft_id(secret)).delete()


def room_in_drafts() -> bool:
    """Whether files of unsent forms may still grow; a flood of them fills no disk."""
    kib = Attachment.objects.filter(expires_at__isnull=False).aggregate(total=Sum("kib"))["total"] or 0
    return int(kib) * 2 * 1024 + sealed_files.arriving_bytes() + MOST_BYTES < settings.DRAFT_FILES_MB * 2**20


@sealed_files.named_by
def uids_of_rows(uids: list[uuid.UUID]) -> set[uuid.UUID]:
    """Which of these have a row: the sweep leaves their files alone."""
    return set(Attachment.objects.filter(uid__in=uids).values_list("uid", flat=True))


def read(file: OpenFile, *, shared: bool = False) -> Iterator[bytes]:
    """The original's content, or the clean copy's. Raises vault.Tampered, KeyMissing where there is no copy."""
    stored = file.copy if shared else file.original
    if stored is None:
        raise KeyMissing
    return sealed_files.read(stored)
