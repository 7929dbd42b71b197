"""What the library does when it hears of itself: it puts the reading of a batch into the queue; and when two records become one."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.dispatch import receiver

from kenesh.library.actions.joining import move_to
from kenesh.library.models import Batch
from kenesh.library.signals import batch_waits
from kenesh.library.tasks import read_batch
from kenesh.people.joining import Record
from kenesh.people.signals import records_joined


@receiver(batch_waits, dispatch_uid="library-read-batch")
def put_into_the_queue(sender: Any, batch: Batch, **_: Any) -> None:
    """Once the rows are there for the worker to see."""
    transaction.on_commit(lambda: read_batch.enqueue(batch.pk))


@receiver(records_joined, dispatch_uid="library-join")
def move_mentions(sender: Any, stays: Record, goes: Record, **_: Any) -> None:
    move_to(stays=stays, goes=goes)
