"""Opening a case with the keys of a session, and what lies sealed in it."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Generic, TypeVar

from django.db import transaction

from kenesh.casework.models import Case, Deadline, Epoch, Grant, Matter, Note, Party, Person, SealedRow, Status, WaitsFor
from kenesh.kernel import vault
from kenesh.people import content
from kenesh.people.keyring import KeyMissing, Keyring

Row = TypeVar("Row", bound=SealedRow)
Body = dict[str, Any]


class ChangedMeanwhile(Exception):
    """Somebody else saved first. `saved`: what is stored now."""

    def __init__(self, saved: Body) -> None:
        super().__init__("changed meanwhile")
        self.saved = saved


@dataclass(frozen=True)
class Opened(Generic[Row]):
    """A sealed row with its content."""

    row: Row
    body: Body


@dataclass
class OpenCase:
    """A case with its content keys, for one request. Nothing of it may be stored or logged."""

    case: Case
    epoch: Epoch
    keys: dict[int, bytes] = field(repr=False)

    @property
    def key(self) -> bytes:
        return self.keys[self.epoch.number]

    def door_word(self) -> str:
        """The same word for all that is ever released of this case; nobody without its key can make it. It outlives the key
        from which it was made (`reencrypt.destroy_old_keys` keeps it in the oldest epoch that is left)."""
        oldest = min(self.keys)
        if oldest == 1:
            return vault.B(self.keys[1], "door", 16).hex()
        epoch = Epoch.objects.get(case=self.case, number=oldest)
        return vault.open_sealed(self.keys[oldest], bytes(epoch.sealed_previous or b""), place_of_door_word(epoch)).decode()

    def seal(self, row: SealedRow, body: Body) -> None:
        """Puts the content into an unsaved row, under the newest key."""
        row.epoch = self.epoch.number
        row.sealed = vault.seal(self.key, json.dumps(body, ensure_ascii=False).encode(), place_of(row))

    def open(self, row: Row) -> Opened[Row]:
        if row.epoch not in self.keys:
            raise KeyMissing
        body: Body = json.loads(vault.open_sealed(self.keys[row.epoch], bytes(row.sealed), place_of(row)))
        return Opened(row, body)

    def about(self) -> dict[str, str]:
        """Theme, origin and destination: of a restricted case they lie under the seal."""
        if self.case.restricted:
            facts: dict[str, str] = self.open(self.case.restriction).body["case"]
            return facts
        return {"theme": self.case.theme, "origin": self.case.origin, "destination": self.case.destination}

    def waits_for(self) -> str:
        """Whom the case waits for, as a code of WaitsFor, "" when that is not said; of a restricted case it lies under the seal."""
        if self.case.restricted and self.case.status == Status.OTHERS:
            return str(self.open(self.case.restriction).body.get("waits_for", ""))
        return self.case.waits_for

    def stands(self) -> str:
        """Who waits for whom, in words."""
        whom = self.waits_for()
        return str(WaitsFor(whom).label) if whom else self.case.stands

    def persons(self) -> list[Opened[Person]]:
        return [self.open(row) for row in self.case.persons.order_by("id")]

    def parties(self) -> list[Opened[Party]]:
        return [self.open(row) for row in self.case.parties.order_by("id")]

    def matters(self) -> list[Opened[Matter]]:
        return [self.open(row) for row in self.case.matters.order_by("id")]

    def notes(self) -> list[Opened[Note]]:
        return [self.open(row) for row in self.case.notes.order_by("-id")]

    def deadlines(self) -> list[Opened[Deadline]]:
        return [self.open(row) for row in self.case.deadlines.order_by("done", "due_on", "id")]

    def next_deadlines(self) -> list[Opened[Deadline]]:
        """The same; of a series, as of wages with a clock for each pay day, only the one that comes next."""
        shown: dict[str, Opened[Deadline]] = {}
        for item in self.deadlines():
            shown.setdefault(_series(item) or item.row.uid.hex, item)
        return list(shown.values())

    def series_of(self, row: Deadline) -> list[Deadline]:
        """Those that are over when this one is: what is filed for one pay day is filed for all. Else itself alone."""
        series = _series(self.open(row))
        return [each.row for each in self.deadlines() if _series(each) == series] if series else [row]


def _series(item: Opened[Deadline]) -> str:
    """A day that was missed, and why, stands for itself from then on."""
    return "" if item.body.get("missed_why") else str(item.body.get("series", ""))


def place_of(row: SealedRow) -> vault.Place:
    return vault.Place(row._meta.db_table, "sealed", row.uid.hex, row.epoch, row.version)


def place_of_door_word(epoch: Epoch) -> vault.Place:
    return vault.Place("casework_epoch", "door_word", epoch.uid.hex, epoch.number)


def open_case(case: Case, keyring: Keyring) -> OpenCase:
    """Raises KeyMissing, also while the person has it erased."""

    def with_grants(epoch: Epoch) -> bytes:
        return content.open_grants(epoch, epoch.grants.select_related("organisation_epoch"), keyring)

    epochs = list(case.epochs.order_by("-number"))
    epoch, keys = content.open_chain(epochs, with_grants)
    opened = OpenCase(case, epoch, keys)
    if epoch == epochs[0] and content.outdated(epoch.grants.all()):
        return begin_epoch(opened) or open_case(case, keyring)
    return opened


def begin_epoch(opened: OpenCase) -> OpenCase | None:
    """A new content key after somebody left who could open this one: she reads nothing that is written from now on.

    None when another request has begun it, or the person has closed it, a moment ago.
    """
    with transaction.atomic():
        Case.objects.select_for_update(of=("self",)).get(pk=opened.case.pk)
        if Epoch.objects.filter(case=opened.case, number__gt=opened.epoch.number).exists():
            return None
        if opened.epoch.grants.filter(latched=True).exists():
            return None  # the person has closed it for erasure a moment ago: a new grant would open it again
        epoch = Epoch(case=opened.case, number=opened.epoch.number + 1)
        key = content.new_content_key(epoch, previous=opened.key)
        epoch.save()
        for holder in content.holders_who_stay(opened.epoch.grants.all()):
            grant = Grant(epoch=epoch)
            content.fill_grant(grant, epoch, key, holder)
            grant.save()
    return OpenCase(opened.case, epoch, {**opened.keys, epoch.number: key})


def written_at(body: Body) -> datetime:
    """When a note was written."""
    return datetime.fromisoformat(body["at"])
