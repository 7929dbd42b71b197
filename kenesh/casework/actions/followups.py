"""What a check after closing has found."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from kenesh.casework.actions.aftercare import cancel_followups, plan_followups
from kenesh.casework.actions.cases import reopen_case
from kenesh.casework.actions.writing import locked_appeals, store, target
from kenesh.casework.models import Case, FollowUp
from kenesh.casework.opening import Body, open_case
from kenesh.kernel import trail
from kenesh.people.keyring import Keyring


class AlreadyChecked(Exception):
    """A colleague has recorded this check, or it was dropped."""


def decide_followups(*, keyring: Keyring, case: Case) -> int:
    """The caseworker decides that this case is checked, though the person was not asked; how many checks. Raises KeyMissing."""
    with transaction.atomic():
        planned = plan_followups(keyring=keyring, case=case, decided=True)
        if planned:
            trail.record(verb="plan_followups", target=target(case), by=keyring.user, chain=case.office.chain)
    return planned


def record_followup(*, keyring: Keyring, followup: FollowUp, found: Body) -> None:
    """`found`: reached, situation, paid, new_problem, never, words. A new problem opens the case again, "never" drops the rest.

    Raises AlreadyChecked, KeyMissing.
    """
    case = followup.case
    opened = open_case(case, keyring)
    with transaction.atomic():
        if found.get("new_problem"):
            locked_appeals(case)  # opening again locks them: always before the case and its rows
        locked_case = Case.objects.select_for_update().get(pk=case.pk)
        row = FollowUp.objects.select_for_update().get(pk=followup.pk)
        if row.done or row.cancelled:
            raise AlreadyChecked
        body = {**opened.open(row).body, **found, "by": keyring.user.name, "on": timezone.localdate().isoformat()}
        row.version += 1
        row.done = True
        store(opened, row, body)
        if found.get("never"):
            cancel_followups(case=locked_case)
        if found.get("new_problem"):
            reopen_case(keyring=keyring, case=case)
        trail.record(verb="record_followup", target=target(case), by=keyring.user, chain=case.office.chain)
