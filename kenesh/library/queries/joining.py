"""What this room tells when two records of the same organisation or person are to become one."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from kenesh.kernel.findings import target_of
from kenesh.library.models import Confirmation
from kenesh.people.joining import Record, Told


def told_of_join(stays: Record, goes: Record) -> Told:
    """Places in documents where people recognised it."""
    return Told([(_("Mentions in documents"), Confirmation.objects.filter(target=target_of(goes)).count())])
