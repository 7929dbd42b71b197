"""What the library does when it hears of itself: it puts the reading of a batch into the queue."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.dispatch import receiver

from kenesh.library.models import Batch
from kenesh.library.signals import batch_waits
from kenesh.library.tasks import read_batch


@receiver(batch_waits, dispatch_uid="library-read-batch")
def put_into_the_queue(sender: Any, batch: Batch, **_: Any) -> None:
    """Once the rows are there for the worker to see."""
    transaction.on_commit(lambda: read_batch.enqueue(batch.pk))
