"""What an office counts by hand."""

from __future__ import annotations

from datetime import date

from kenesh.casework.models import OfficeMonth
from kenesh.people.models import Organisation


def months_kept(office: Organisation, *, since: date) -> list[OfficeMonth]:
    """The newest first."""
    return list(OfficeMonth.objects.filter(office=office, month__gte=since).order_by("-month"))


def month_kept(office: Organisation, month: date) -> OfficeMonth | None:
    return OfficeMonth.objects.filter(office=office, month=month).first()
