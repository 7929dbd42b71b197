"""Steps of the work: what was done, how long it took, what it cost."""

from __future__ import annotations

import uuid

from kenesh.casework.actions.writing import add_row
from kenesh.casework.models import Case, Step
from kenesh.casework.opening import Body
from kenesh.people.keyring import Keyring

_EMPTY: Body = {"minutes": "", "cost": "", "currency": "", "who": "", "next": ""}


def add_step(*, keyring: Keyring, case: Case, body: Body, key: uuid.UUID) -> None:
    """`body`: kind, at and what; where known minutes, cost, currency, who, next. By whom it was written is added."""
    full = {**_EMPTY, **body, "by": keyring.user.name}
    add_row(keyring=keyring, case=case, row=Step(case=case), body=full, key=key, verb="add_step")
