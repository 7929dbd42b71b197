"""Files that somebody brings are kept and read by the worker one after another; a batch can be stopped and goes on where it was.

A file belongs to whoever marked it as being read. Who dies with it loses it after a while; three that died of it are enough.
"""

from __future__ import annotations

import time
import uuid
from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta

from django.db import transaction
from django.db.models import F, Max
from django.utils import timezone

from kenesh.kernel import trail
from kenesh.library import originals
from kenesh.library.actions.importing import keep_document
from kenesh.library.models import Batch, Document, Incoming
from kenesh.library.reader import TOO_HEAVY, Reader
from kenesh.library.reading import DEEPEST_MAIL, TOO_DEEP, CannotRead
from kenesh.library.signals import batch_waits, file_read
from kenesh.people.models import User

State = Incoming.State
MOST_FILES = 50
AT_ONCE = timedelta(seconds=20)  # how long one task reads before it lets others work
LOST = timedelta(seconds=95)  # longer than any file may take
MOST_TRIES = 3
MOST_ON_A_MAIL = 50
TOO_MANY = f"More than {MOST_ON_A_MAIL} files hang on this mail. Save the others, and bring them as files of their own."
EMPTY = "The file is empty."
TOO_LARGE = "The file is larger than 20 MB. Bring its text in smaller pieces."


@dataclass(frozen=True)
class Brought:
    """A file on its way in. `refused`: why it cannot be taken, "" when its content follows."""

    name: str
    chunks: Iterable[bytes]
    refused: str = ""


def bring(*, files: Iterable[Brought], key: uuid.UUID, by: User) -> Batch:
    """Keeps the files and has them read; the same key again is the same batch. Raises OSError when the disk takes nothing more."""
    known = Batch.objects.filter(request_key=key).first()
    if known is not None:
        return known
    kept = [_kept(file) for file in list(files)[:MOST_FILES]]
    with transaction.atomic():
        batch, made = Batch.objects.get_or_create(request_key=key, defaults={"brought_by": by})
        if made:
            for number, row in enumerate(kept, 1):
                row.batch, row.number = batch, number
            Incoming.objects.bulk_create(kept)
            batch_waits.send(sender=Batch, batch=batch)
            trail.record(verb="bring_documents", target=f"batch:{batch.code}", by=by)
    if not made:
        for row in kept:
            originals.delete(row.stored)
    return batch


def _kept(file: Brought) -> Incoming:
    row = Incoming(name=file.name[-300:], size=0)
    if file.refused:
        row.state, row.why = State.FAILED, file.refused
        return row
    row.stored, row.size = originals.keep(file.chunks)
    if not row.size:
        originals.delete(row.stored)
        row.stored, row.state, row.why = "", State.FAILED, EMPTY
    return row


@transaction.atomic
def stop(*, batch: Batch, by: User) -> None:
    """No further file is read; the one that is being read is finished."""
    if Batch.objects.filter(pk=batch.pk, stopped=False).update(stopped=True):
        trail.record(verb="stop_batch", target=f"batch:{batch.code}", by=by)


@transaction.atomic
def resume(*, batch: Batch, by: User) -> None:
    """Goes on where it was stopped."""
    if Batch.objects.filter(pk=batch.pk, stopped=True).update(stopped=False):
        batch_waits.send(sender=Batch, batch=batch)
        trail.record(verb="resume_batch", target=f"batch:{batch.code}", by=by)


# --- the worker's part --------------------------------------------------------------------------------------------------


def read_some(*, batch_id: int, reader: Reader) -> bool:
    """Reads files of a batch for a while; whether more wait to be read."""
    give_back_lost(batch_id=batch_id)
    begun = time.monotonic()
    while time.monotonic() - begun < AT_ONCE.total_seconds():
        row = _claimed(batch_id)
        if row is None:
            return False
        _read(row, reader)
    return True


def give_back_lost(*, batch_id: int) -> None:
    """Files whose reader has died wait again, or are given up after the third."""
    lost = Incoming.objects.filter(batch=batch_id, state=State.READING, claimed_at__lt=timezone.now() - LOST)
    lost.filter(tries__gte=MOST_TRIES).update(state=State.FAILED, why=TOO_HEAVY)
    lost.update(state=State.WAITING)


def _claimed(batch_id: int) -> Incoming | None:
    """The next file that waits, marked as being read by us; None when there is none, or the batch is stopped."""
    waiting = Incoming.objects.filter(batch=batch_id, state=State.WAITING, batch__stopped=False).order_by("number")
    for row in waiting.select_related("batch__brought_by")[:MOST_FILES]:
        mine = Incoming.objects.filter(pk=row.pk, state=State.WAITING)
        if mine.update(state=State.READING, claimed_at=timezone.now(), tries=F("tries") + 1):
            return row
    return None


def _read(row: Incoming, reader: Reader) -> None:
    try:
        data = originals.content(row.stored)
        try:
            extract = reader.read(data, row.name)
        finally:  # a mail without words of its own may carry papers
            _take_attached(row, reader.attached)
        imported = keep_document(extract=extract, original=row.stored, by=row.batch.brought_by)
    except (CannotRead, FileNotFoundError) as why:
        _finish(row, State.FAILED, why=str(why) if isinstance(why, CannotRead) else "The file is gone. Bring it again.")
        originals.delete(row.stored)
        return
    # Read before, by a worker that died between the two: the file is the document's, and nothing is known twice.
    own = imported.new or imported.document.original == row.stored
    _finish(row, State.READ if own else State.KNOWN, document=imported.document)
    if not own:
        originals.delete(row.stored)


def _take_attached(row: Incoming, files: Sequence[tuple[str, bytes]]) -> None:
    """What hangs on a mail waits behind the other files of the batch; a mail that is read again brings nothing twice."""
    if not files or row.hanging.exists():
        return
    refused = TOO_DEEP if _mails_around(row) >= DEEPEST_MAIL else ""
    kept = [_kept(Brought(f"{row.name}#{name}", [data], refused)) for name, data in files[:MOST_ON_A_MAIL]]
    if len(files) > MOST_ON_A_MAIL:
        kept.append(_kept(Brought(f"{row.name}#…", (), TOO_MANY)))
    with transaction.atomic():
        batch = Batch.objects.select_for_update().get(pk=row.batch_id)  # another task may number files of it, too
        last = batch.files.aggregate(last=Max("number"))["last"]
        for number, one in enumerate(kept, last + 1):
            one.batch, one.number, one.mail = batch, number, row
        Incoming.objects.bulk_create(kept)


def _mails_around(row: Incoming) -> int:
    """How many mails it hangs within."""
    around, mail = 0, row.mail
    while mail is not None:
        around, mail = around + 1, mail.mail
    return around


def _finish(row: Incoming, state: str, *, document: Document | None = None, why: str = "") -> None:
    with transaction.atomic():
        Incoming.objects.filter(pk=row.pk).update(state=state, document=document, why=why[:300])
        if document is not None:
            file_read.send(sender=Incoming, file=row, document=document)


def batches_left_behind() -> list[int]:
    """Ids of batches with files that wait for long, or whose reader has died."""
    old = timezone.now() - timedelta(minutes=10)
    waiting = Incoming.objects.filter(state__in=[State.WAITING, State.READING], batch__stopped=False, batch__brought_at__lt=old)
    return list(waiting.order_by("batch").values_list("batch", flat=True).distinct())


def forget_stray_files() -> int:
    """Deletes files that no row names; how many."""
    old = originals.old_ones()
    named = set(Document.objects.filter(original__in=old).values_list("original", flat=True))
    named |= set(
        Incoming.objects.filter(stored__in=old, state__in=[State.WAITING, State.READING]).values_list("stored", flat=True)
    )
    for name in old - named:
        with suppress(FileNotFoundError):
            originals.delete(name)
    return len(old - named)
