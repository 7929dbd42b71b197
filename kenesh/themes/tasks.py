"""What comes round."""

from __future__ import annotations

from django.utils import timezone
from django_tasks import task

from kenesh.kernel.schedule import every
from kenesh.themes import actions


@every(hours=24, destroys=True)
@task()
def forget_unknown_words() -> None:
    actions.forget_unknown_words(today=timezone.localdate())
