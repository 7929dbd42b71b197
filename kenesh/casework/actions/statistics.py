"""Taking figures out of an office."""

from __future__ import annotations

from django.db import transaction

from kenesh.casework.models import Job
from kenesh.kernel import trail
from kenesh.people.models import User


def note_taken(*, job: Job, what: str, by: User) -> None:
    """The trail says who took out a report, and whether it was one for outside. `what`: such as "docx" or "outside-csv"."""
    with transaction.atomic():
        trail.record(verb=f"take_statistics:{what}", target=f"job:{job.uid.hex}", by=by, chain=job.office.chain)
