"""What should not have been brought is taken out again: deleted while nothing else points to it, hidden from everybody else."""

from __future__ import annotations

from contextlib import suppress

from django.db import transaction
from django.utils import timezone

from kenesh.kernel import findings, trail
from kenesh.library import originals
from kenesh.library.actions.batches import stop
from kenesh.library.actions.checking import undo_each
from kenesh.library.actions.versions import leave_family
from kenesh.library.models import Batch, Document, Incoming
from kenesh.people.models import User


class _InUse(Exception):
    """Another room has a row that points to the document."""


@transaction.atomic
def take_out(*, document: Document, by: User) -> bool:
    """Whether it is gone, with its file and all that was decided on it. What another room points to is hidden, and can be put back."""
    row = _locked(document)
    original = row.original
    if _deleted(row, by):
        transaction.on_commit(lambda: originals.delete(original))  # a file that stays behind is swept
        trail.record(verb="delete_document", target=f"document:{document.code}", by=by)
        return True
    if row.taken_out_at is None:
        leave_family(row)
        Document.objects.filter(resembles=row).update(resembles=None, resemblance=None)
        row.taken_out_at, row.is_newest = timezone.now(), False
        row.save()
        trail.record(verb="hide_document", target=f"document:{row.code}", by=by)
    return False


@transaction.atomic
def put_back(*, document: Document, by: User) -> None:
    """What was hidden is public again."""
    row = _locked(document)
    if row.taken_out_at is not None:
        row.taken_out_at, row.is_newest = None, True
        row.save()
        trail.record(verb="put_back_document", target=f"document:{row.code}", by=by)


def take_out_batch(*, batch: Batch, by: User) -> tuple[int, int]:
    """Takes out every document that came with these files, each in a transaction of its own, so that it can be called again; how
    many are gone, and how many are hidden. No further file is read; what somebody else deletes meanwhile is passed over."""
    stop(batch=batch, by=by)
    files = batch.files.filter(state=Incoming.State.READ, document__taken_out_at=None).exclude(document=None)
    gone = []
    for file in files.select_related("document"):
        with suppress(Document.DoesNotExist):
            if file.document is not None:
                gone.append(take_out(document=file.document, by=by))
    return sum(gone), len(gone) - sum(gone)


def _deleted(row: Document, by: User) -> bool:
    try:
        with transaction.atomic():
            undo_each(_locked(row), by)  # another copy: what is undone here may come back
            if findings.is_used(row, but_by="library"):
                raise _InUse
            leave_family(row)
            row.delete()
    except _InUse:
        return False
    return True


def _locked(document: Document) -> Document:
    return Document.objects.select_for_update(of=("self",)).select_related("first").get(pk=document.pk)
