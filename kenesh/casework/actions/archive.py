"""Taking one person's case out."""

from __future__ import annotations

from django.db import transaction

from kenesh.casework.actions.writing import target
from kenesh.casework.archive.gathering import Gathered, gather
from kenesh.casework.models import Person
from kenesh.casework.opening import OpenCase
from kenesh.kernel import trail
from kenesh.people.keyring import Keyring


def take_out(*, keyring: Keyring, opened: OpenCase, person: Person) -> Gathered:
    """Everything of one person of the case; the trail says who took it, not what. Raises KeyMissing."""
    found = gather(opened, opened.open(person), keyring)
    with transaction.atomic():
        trail.record(verb="take_out_person", target=target(opened.case), by=keyring.user, chain=opened.case.office.chain)
    return found
