"""A sealed file goes with its row, whatever deleted the row."""

from __future__ import annotations

from typing import Any

from django.db.models.signals import post_delete
from django.dispatch import receiver

from kenesh.appeals import actions
from kenesh.appeals.models import Attachment


@receiver(post_delete, sender=Attachment)
def forget_file(sender: Any, instance: Attachment, **_: Any) -> None:
    actions.forget_file(uid=instance.uid)
