"""Earlier dates for what is done today.

Actions write the moment at which they run, as they must. A demonstration whose cases were all opened and answered in
one second would show nothing, so these functions move the written moments back, sealed rows included. The trail is left
as it is: it says truly when the demonstration was built.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import date, datetime, timedelta

from kenesh.appeals import actions as appeals
from kenesh.appeals import opening as appeal_opening
from kenesh.appeals.models import Appeal, Entry
from kenesh.appeals.opening import OpenAppeal
from kenesh.casework.models import MONTHS, Case, KeptAppeal, Matter
from kenesh.casework.opening import open_case
from kenesh.casework.retention import months_later
from kenesh.kernel import trail, vault
from kenesh.people.keyring import Keyring
from kenesh.problems import actions as problems


def spread(begin: datetime, end: datetime, count: int) -> list[datetime]:
    """So many moments from the first to the last, evenly, in order."""
    step = (end - begin) / max(count - 1, 1)
    return [begin + number * step for number in range(count)]


def date_lines(opened: OpenAppeal, begin: datetime, end: datetime) -> None:
    """Moves the steps and messages of an appeal, after "received", between two moments, and keeps their order.

    Consents stay: they were stored with their own moment, which the receipt has signed.
    """
    lines = [entry for entry in opened.entries() if entry.kind != "consent" and entry.body.get("code") != "received"]
    rows = {row.pk: row for row in Entry.objects.filter(appeal=opened.appeal)}
    for line, at in zip(lines, spread(begin, end, len(lines)), strict=True):
        row, body = rows[line.number], {**line.body, "at": at.isoformat(timespec="seconds")}
        place = appeal_opening.place_of_entry(row)
        row.sealed = vault.seal(opened.keys[row.epoch], json.dumps(body, ensure_ascii=False).encode(), place)
        row.save(update_fields=["sealed"])


def date_case(keyring: Keyring, case: Case, begin: datetime, end: datetime) -> None:
    """Moves the opening of a case and its notes between two moments."""
    Case.objects.filter(pk=case.pk).update(opened_on=begin.date())
    opened = open_case(case, keyring)
    notes = list(reversed(opened.notes()))
    for note, at in zip(notes, spread(begin + timedelta(hours=2), end, len(notes)), strict=True):
        opened.seal(note.row, {**note.body, "at": at.isoformat(timespec="seconds")})
        note.row.save(update_fields=["sealed"])


def date_declined(appeal: Appeal, closed: date) -> None:
    """Keeps a declined appeal from the day on which it was closed, by the usual rule."""
    KeptAppeal.objects.filter(appeal=appeal).update(keep_until=months_later(closed, MONTHS))


def released_then(*, keyring: Keyring, matter: Matter, day: date) -> bool:
    """What casework.release does, on an earlier day; False, and nothing done, when the person does not allow it."""
    case = matter.case
    opened = open_case(case, keyring)
    told = [appeal_opening.open_for_office(appeal, keyring) for appeal in _appeals_of(case)]
    if not all(appeals.may_count(appeal) for appeal in told):
        return False
    body = opened.open(matter).body
    matter.version += 1
    opened.seal(matter, {**body, "released_on": day.isoformat()})
    matter.save()
    problems.count_released(
        theme=body["theme"],
        origin=case.origin,
        destination=case.destination,
        region=body["region"],
        day=day,
        persons=int(body["persons"]),
        by=keyring.user,
    )
    for appeal in told:
        appeals.tell_step(keyring=keyring, appeal=appeal.appeal, code="counted")
    trail.record(verb="release_matter", target=f"case:{case.uid.hex}", by=keyring.user, chain=case.office.chain)
    return True


def _appeals_of(case: Case) -> Iterable[Appeal]:
    return case.appeals.select_related("office").order_by("id")
