"""A sealed file goes with its row, whatever deleted the row; news for the person sends the notice that she asked for."""

from __future__ import annotations

from typing import Any

from django.db.models.signals import post_delete, post_save
from django.dispatch import receiver

from kenesh.appeals import actions
from kenesh.appeals.models import Attachment, Entry
from kenesh.appeals.tasks import send_notice


@receiver(post_delete, sender=Attachment)
def forget_file(sender: Any, instance: Attachment, **_: Any) -> None:
    actions.forget_file(uid=instance.uid)


@receiver(post_save, sender=Entry)
def tell_of_news(sender: Any, instance: Entry, created: bool, **_: Any) -> None:
    if created and instance.is_news:
        uid = actions.note_news(appeal=instance.appeal)
        if uid is not None:
            send_notice.enqueue(str(uid))
