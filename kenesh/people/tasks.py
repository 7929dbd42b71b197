"""Housekeeping of sign-in. It holds no key."""

from __future__ import annotations

from django_tasks import task

from kenesh.kernel.schedule import every
from kenesh.people import sign_in


@every(hours=1, destroys=True)
@task()
def forget_expired_sign_ins() -> None:
    """Deletes unlocks whose time is over, forms that nobody came back for, and old counts of wrong passwords."""
    sign_in.forget_expired()
