"""What the person does with her receipt reaches her case within the same transaction."""

from __future__ import annotations

from typing import Any

from django.dispatch import receiver

from kenesh.appeals import signals
from kenesh.appeals.models import Appeal
from kenesh.casework import actions


@receiver(signals.message_received)
def wake_case(sender: Any, appeal: Appeal, **_: Any) -> None:
    actions.person_wrote(appeal=appeal)


@receiver(signals.erasure_requested)
def latch_case(sender: Any, appeal: Appeal, receipt_public_key: bytes, **_: Any) -> None:
    actions.latch_cases(appeal=appeal, receipt_public_key=receipt_public_key)


@receiver(signals.erasure_cancelled)
def unlatch_case(sender: Any, appeal: Appeal, receipt_secret: bytes, **_: Any) -> None:
    actions.unlatch_cases(appeal=appeal, receipt_secret=receipt_secret)


@receiver(signals.appeal_destroyed)
def destroy_case(sender: Any, appeal: Appeal, **_: Any) -> None:
    actions.destroy_cases(appeal=appeal)
