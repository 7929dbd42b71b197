"""Mailings go to the worker."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.dispatch import receiver

from kenesh.people.models import Mailing
from kenesh.people.signals import mailing_begun
from kenesh.people.tasks import send_mailing


@receiver(mailing_begun)
def send_in_the_worker(mailing: Mailing, **_: Any) -> None:
    transaction.on_commit(lambda: send_mailing.enqueue(mailing.pk))
