"""Who of a case can be written to, and what pages call each of several: what is meant for one must not reach the others."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from kenesh.appeals.models import Appeal, Receipt, Status
from kenesh.appeals.opening import OpenAppeal, open_several
from kenesh.casework.models import Case
from kenesh.casework.opening import OpenCase
from kenesh.people.keyring import Keyring

EVERYBODY = "all"


class NobodyThere(Exception):
    """No appeal of the case can be written into: it has none, all are taken back, or nobody holds a receipt."""


def appeals_of(case: Case) -> list[Appeal]:
    return list(case.appeals.select_related("office").order_by("id"))


def open_to_us(appeals: Iterable[Appeal], keyring: Keyring) -> list[OpenAppeal]:
    """Those of these appeals into which this session can write: not those that are taken back or being erased."""
    rows = [appeal for appeal in appeals if appeal.status not in (Status.WITHDRAWN, Status.ERASING)]
    opened = open_several(rows, keyring)
    return [opened[row.pk] for row in rows if row.pk in opened]


def with_receipt(appeals: Iterable[OpenAppeal]) -> list[OpenAppeal]:
    """Those of them that somebody opens with a receipt: what is written into the others, nobody would read."""
    several = list(appeals)
    held = set(Receipt.objects.filter(appeal__in=[one.appeal for one in several]).values_list("appeal_id", flat=True))
    return [one for one in several if one.appeal.pk in held]


def names(opened: OpenCase, appeals: Iterable[Appeal]) -> dict[int, str]:
    """What pages call each of several appeals, by its id: the person and the code. {} for one: there is nobody to mistake her for."""
    several = list(appeals)
    if len(several) < 2:
        return {}
    owners: dict[int, str] = {}
    for number, item in enumerate(opened.persons(), 1):
        name = item.body.get("name") or _("Person %(number)s") % {"number": number}
        if item.row.appeal_id is not None:
            owners.setdefault(item.row.appeal_id, str(name))
    nameless = _("Appeal")
    return {appeal.pk: f"{owners.get(appeal.pk) or nameless} · {appeal.code}" for appeal in several}


def by_code(opened: OpenCase) -> dict[str, str]:
    """The same by the appeals' codes, and all of them together; {} for a case of one."""
    appeals = appeals_of(opened.case)
    called = names(opened, appeals)
    found = {appeal.code: called[appeal.pk] for appeal in appeals if called}
    return {**found, EVERYBODY: _("All of them")} if found else {}


@dataclass(frozen=True)
class Whom:
    """To whom of a case something can go. `choices`: a line for each, and everybody's where there are several.

    `last`: whoever wrote last, "" where nobody has. `sealed`: appeals are there, and none of them is open to this session.
    """

    appeals: list[Appeal]
    choices: list[tuple[str, str]]
    last: str
    sealed: bool

    def named(self, code: str) -> str:
        return dict(self.choices).get(code, "")


def whom(opened: OpenCase, keyring: Keyring) -> Whom:
    appeals = appeals_of(opened.case)
    ours = open_to_us(appeals, keyring)
    reading = with_receipt(ours)
    called = names(opened, appeals)
    choices = [(one.appeal.code, called.get(one.appeal.pk, one.appeal.code)) for one in reading]
    last = ""
    if len(choices) > 1:
        choices.append((EVERYBODY, _("Everybody named here")))
        last = _who_wrote_last(reading)
    return Whom([one.appeal for one in reading], choices, last, bool(appeals) and not ours)


def _who_wrote_last(appeals: Iterable[OpenAppeal]) -> str:
    wrote = {
        entry.number: one.appeal.code
        for one in appeals
        for entry in one.entries()
        if entry.kind == "message" and entry.by == "person"
    }
    return wrote[max(wrote)] if wrote else ""
