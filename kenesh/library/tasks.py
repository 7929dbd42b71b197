"""Reading of what was brought. A task carries ids only, may run twice, and holds no key; what it reads is public material."""

from __future__ import annotations

from django_tasks import task

from kenesh.kernel.schedule import every
from kenesh.library import actions
from kenesh.library.reader import Reader


@task()
def read_batch(batch_id: int) -> None:
    """Reads some files of a batch, and puts itself into the queue again while more wait: other work gets its turn between."""
    with Reader() as reader:
        more = actions.read_some(batch_id=batch_id, reader=reader)
    if more:
        read_batch.enqueue(batch_id)


@every(hours=1)
@task()
def read_what_was_left() -> None:
    """Batches whose files wait though no task reads them any more."""
    for batch_id in actions.batches_left_behind():
        read_batch.enqueue(batch_id)


@every(hours=24, destroys=True)
@task()
def forget_stray_files() -> None:
    """Deletes files that belong to no document and to no batch."""
    actions.forget_stray_files()
