"""Files that come with letters and answers: checked by content, sealed on the disk, given out as downloads alone.

What everybody may have is the copy without metadata; a file of which none could be made stays internal.
"""

from __future__ import annotations

import json
import uuid
from collections.abc import Iterator, Mapping
from typing import Any, ClassVar

from django.conf import settings
from django.db.models import Sum
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from kenesh.followup.models import File
from kenesh.kernel import downloads, inspection, sealed_files, vault
from kenesh.kernel.uploads import RefusedFor, SealedUpload

MOST_FILES = 5  # with one answer, or one letter
MOST_UNSENT = 500 * 2**20  # bytes of files of answers that are not sent yet, on the whole node

WHAT_MAY_BE_SENT = _("You can send PDF, Word (DOCX), ODT, plain text and pictures (JPEG, PNG).")
_HARMFUL = _("This file holds something that can do harm. Please print it to a new PDF and send that.")


class Refused(RefusedFor):
    """The file is not taken."""

    words: ClassVar[Mapping[str, str | Promise]] = {
        "empty": _("This file is empty. Please choose another one."),
        "too_large": _("This file is larger than 20 MB. Please choose a smaller one."),
        "too_many": _("There are already five files. Remove one first, or write where the others can be read."),
        "full": _("There is no room for files at this moment. Send your answer without them, and write where they can be read."),
        "unknown": _("This kind of file cannot be taken."),
        "video": _("This kind of file cannot be taken."),
        "archive": _("An archive can hide something harmful. Please send the files in it one by one."),
        "locked": _("This file is locked with a password, so it cannot be checked. Please send it without one."),
        "damaged": _("This file is damaged, or is not what its name says. Please send it again."),
        "too_big_inside": _HARMFUL,
        "too_many_pixels": _("This picture has more than 40 million points. Please make it smaller."),
    }

    @property
    def sentence(self) -> str:
        said = str(self.words.get(self.code, _HARMFUL))
        return said if self.code in {"too_many", "full", "too_large"} else f"{said} {WHAT_MAY_BE_SENT}"


def _key() -> bytes:
    return vault.B(settings.SECRETS.pepper, "files of letters")


def _place(uid: uuid.UUID) -> vault.Place:
    return vault.Place("followup_file", "sealed", uid.hex)


def take_in(upload: SealedUpload) -> File:
    """An unsaved row; the file lies sealed on the disk. Outside of any transaction. Its row must follow, or `let_go`.

    Raises Refused, stretching.Busy, OSError; nothing of the file stays then.
    """
    if upload.too_large:
        raise Refused("too_large")
    original = upload.keep()
    uid, taken = uuid.UUID(original.name), False
    try:
        verdict = inspection.inspect(lambda: sealed_files.read(original), copy_name=sealed_files.name_of(uid, shared=True))
        if verdict.refused or verdict.kind.startswith("audio/"):
            raise Refused(verdict.refused or "unknown")
        taken = True
    finally:
        if not taken:
            sealed_files.delete(uid)
    copy = verdict.copy
    keys = {"key": original.key.hex(), "copy_key": copy.key.hex() if copy else ""}
    return File(
        uid=uid,
        name=downloads.safe_name(str(upload.name), verdict.kind),
        kind=verdict.kind,
        size=original.size,
        copy_size=copy.size if copy else None,
        sealed=vault.seal(_key(), json.dumps(keys).encode(), _place(uid)),
    )


def let_go(file: File) -> None:
    """Takes a file away whose row was not written."""
    sealed_files.delete(file.uid)


def content(file: File, *, copy: bool) -> tuple[Iterator[bytes], int]:
    """The file's content, or that of the copy without metadata, and how many bytes it has."""
    keys: dict[str, Any] = json.loads(vault.open_sealed(_key(), bytes(file.sealed), _place(file.uid)))
    size = int((file.copy_size or 0) if copy else file.size)
    name = sealed_files.name_of(file.uid, shared=copy)
    return sealed_files.read(sealed_files.Stored(name, bytes.fromhex(keys["copy_key" if copy else "key"]), size)), size


def room_for_unsent() -> bool:
    """Whether files of answers that are not sent yet may still grow."""
    return int(File.objects.filter(session__isnull=False).aggregate(total=Sum("size"))["total"] or 0) < MOST_UNSENT


@sealed_files.named_by
def uids_of_rows(uids: list[uuid.UUID]) -> set[uuid.UUID]:
    """Which of these have a row: the sweep leaves their files alone."""
    return set(File.objects.filter(uid__in=uids).values_list("uid", flat=True))
