"""The list of words that wait for a second caseworker: a sealed row comes with the signature, and goes with the words.

Everything here runs inside the caller's transaction, under the lock of the appeal.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from django.utils import timezone

from kenesh.appeals.models import Appeal
from kenesh.appeals.opening import OpenAppeal
from kenesh.casework import kept, quoting
from kenesh.casework.models import WaitingWords
from kenesh.casework.quoting import OpenQuotation
from kenesh.people.models import Organisation
from kenesh.people.queries import current_epoch


def put_on_list(one: OpenQuotation, *, office: Organisation, since: date | None = None) -> None:
    """Needs no key of the office: the person signs with her receipt alone. What stands there already keeps its day."""
    handle = quoting.waiting_handle_of(one.appeal, one.number)
    if WaitingWords.objects.filter(handle=handle).exists():
        return
    row = WaitingWords(office=office, handle=handle, since=since or timezone.localdate())
    about = {"appeal": one.appeal.uid.hex, "quotation": one.code, "writers": one.writers, "problem": one.said["problem"]}
    kept.seal_to_office(row, about, current_epoch(office))
    row.save()


def take_off_list(appeal: Appeal, *, number: int | None = None) -> None:
    """One quotation of an appeal, or all; needs no key of anybody."""
    handles = quoting.waiting_handles_of(appeal) if number is None else [quoting.waiting_handle_of(appeal, number)]
    WaitingWords.objects.filter(handle__in=handles).delete()


def move_on_list(appeal: Appeal, *, office: Organisation, opened: Callable[[], OpenAppeal]) -> None:
    """An appeal goes to another office: what of it waits, waits there from now on. Each keeps its day.

    `opened`: the appeal with all its lines, asked for only when something waits.
    """
    rows = WaitingWords.objects.filter(handle__in=quoting.waiting_handles_of(appeal))
    since = {bytes(handle): day for handle, day in rows.values_list("handle", "since")}
    if not since:
        return
    rows.delete()
    for one in quoting.of_opened(opened()):
        day = since.get(quoting.waiting_handle_of(appeal, one.number))
        if one.state == quoting.AGREED and day is not None:
            put_on_list(one, office=office, since=day)
