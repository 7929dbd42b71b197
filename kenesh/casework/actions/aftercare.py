"""Checks after closing: planned when a case is closed, dropped when it is opened again."""

from __future__ import annotations

from django.db.models import Min
from django.utils import timezone

from kenesh.appeals import opening as appeal_opening
from kenesh.appeals import queries as appeals
from kenesh.appeals import steps
from kenesh.casework.actions.writing import store
from kenesh.casework.case_types import OWN_SERVICE
from kenesh.casework.limits.clocks import add_months
from kenesh.casework.models import Case, FollowUp, Sheet
from kenesh.casework.opening import open_case
from kenesh.people.keyring import KeyMissing, Keyring

MONTHS = (1, 3, 6)


def plan_followups(*, keyring: Keyring, case: Case, decided: bool = False) -> int:
    """Plans the checks when the person agreed to be contacted afterwards, or the caseworker has decided it; how many.

    Inside the caller's transaction. A case that has open checks gets no second set, and who said that she wants to be asked no more
    is asked only when the caseworker has decided it. Raises KeyMissing.
    """
    if case.followups.filter(done=False, cancelled=False).exists() or not (decided or wants_contact(keyring, case)):
        return 0
    opened, today = open_case(case, keyring), timezone.localdate()
    if not decided and any(opened.open(row).body.get("never") for row in case.followups.filter(done=True)):
        return 0
    for months in MONTHS:
        store(opened, FollowUp(case=case, due_on=add_months(today, months)), {"months": months})
    return len(MONTHS)


def wants_contact(keyring: Keyring, case: Case) -> bool:
    """Whether anybody of this case agreed to be asked afterwards, and that agreement stands."""
    for appeal in case.appeals.select_related("office").order_by("id"):
        try:
            view = appeals.status_view(appeal_opening.open_for_office(appeal, keyring))
        except KeyMissing:
            continue  # she has withdrawn: nobody is contacted for her
        if view.consents.get(steps.CONTACT_AFTER):
            return True
    return False


def date_complaint(*, keyring: Keyring, case: Case) -> None:
    """Seals into the sheet of a complaint about an office when it came and that it is closed today: nothing in the clear says so.

    Inside the caller's transaction. Raises KeyMissing.
    """
    row = Sheet.objects.select_for_update().filter(case=case).first()
    if row is None:
        return
    opened = open_case(case, keyring)
    body = opened.open(row).body
    if body.get("type") != OWN_SERVICE:
        return
    arrived = case.appeals.aggregate(first=Min("arrived_on"))["first"]
    came = min(arrived or case.opened_on, case.opened_on)
    row.version += 1
    store(opened, row, {**body, "complained_on": came.isoformat(), "closed_on": timezone.localdate().isoformat()})


def cancel_followups(*, case: Case) -> None:
    """Needs no key: what was planned is dropped."""
    case.followups.filter(done=False).update(cancelled=True)
