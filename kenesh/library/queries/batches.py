"""What was brought, and how far its reading has come."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from django.db.models import Exists, OuterRef
from django.http import Http404

from kenesh.library.models import Batch, Document, Incoming

_OPEN = (Incoming.State.WAITING, Incoming.State.READING)


@dataclass(frozen=True)
class Progress:
    """A batch with its files."""

    batch: Batch
    files: list[Incoming]

    @property
    def counts(self) -> Counter[str]:
        return Counter(file.state for file in self.files)

    @property
    def done(self) -> int:
        return sum(file.state not in _OPEN for file in self.files)

    @property
    def own(self) -> int:
        """How many documents of the library came with these files, and are still there."""
        own = [file.document for file in self.files if file.state == Incoming.State.READ]
        return sum(document is not None and document.taken_out_at is None for document in own)

    @property
    def is_running(self) -> bool:
        return self.done < len(self.files) and not self.batch.stopped


def batch_of(code: str) -> Progress:
    """Of whoever brought it: the library is one. Raises Http404."""
    batch = Batch.objects.select_related("brought_by").filter(code=code).first()
    if batch is None:
        raise Http404
    rows = batch.files.select_related("document").order_by("number")
    return Progress(batch, list(rows.defer("document__text", "document__furniture", "document__found")))


def open_batches() -> list[Batch]:
    """Batches of which files still wait, the newest first."""
    waiting = Incoming.objects.filter(batch=OuterRef("pk"), state__in=_OPEN)
    return list(Batch.objects.filter(Exists(waiting)).select_related("brought_by").order_by("-pk")[:5])


def original_of(code: str) -> Document:
    """A document whose file is kept as it came. Raises Http404."""
    document = Document.objects.light().filter(code=code).exclude(original="").first()
    if document is None:
        raise Http404
    return document
