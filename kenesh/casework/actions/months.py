"""What an office counts by hand, a month at a time."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from django.db import IntegrityError, transaction

from kenesh.casework.models import BY_HAND, OfficeMonth
from kenesh.casework.opening import ChangedMeanwhile
from kenesh.kernel import trail
from kenesh.people.models import Organisation, User


def keep_month(*, office: Organisation, month: date, numbers: Mapping[str, int], version: int, by: User) -> None:
    """Keeps the numbers of a month. `version`: what was read before, 0 when the month was empty. Raises ChangedMeanwhile."""
    values = {name: numbers[name] for name in BY_HAND}
    try:
        with transaction.atomic():
            row = OfficeMonth.objects.select_for_update().filter(office=office, month=month).first()
            if row is not None and all(getattr(row, name) == value for name, value in values.items()):
                return  # the same form sent twice
            if (row.version if row else 0) != version:
                raise ChangedMeanwhile({})
            OfficeMonth.objects.update_or_create(office=office, month=month, defaults={**values, "version": version + 1})
            trail.record(verb="keep_month", target=f"{office.code}@{month:%Y-%m}", by=by, chain=office.chain)
    except IntegrityError:  # a colleague began the same month at the same moment
        raise ChangedMeanwhile({}) from None
