"""Everything that happened in a case in one line: messages, notes, steps, letters, deadlines that are done, changes of status."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import datetime, time
from decimal import Decimal
from typing import Any

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from kenesh.casework.models import Step
from kenesh.casework.opening import OpenCase, Opened

KINDS: dict[str, str | Promise] = {
    "message": _("Messages"),
    "note": _("Notes"),
    "step": _("Steps"),
    "letter": _("Letters"),
    "deadline": _("Deadlines done"),
    "status": _("Status"),
}


@dataclass(frozen=True)
class Item:
    """Something that happened. `at`: its time, midnight where only the day is known."""

    kind: str
    at: datetime
    text: str
    who: str = ""
    code: str = ""  # of a step, a status, a kind of letter
    uid: str = ""
    body: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Sums:
    """Minutes of work, and what it cost by currency."""

    minutes: int
    costs: dict[str, Decimal]


def moment(text: str) -> datetime:
    """The time that a sealed text names; midnight where it names a day."""
    parsed = datetime.fromisoformat(text)
    return parsed if parsed.tzinfo else timezone.make_aware(parsed)


def timeline(opened: OpenCase, appeals: list[dict[str, Any]], steps: list[Opened[Step]]) -> list[Item]:
    """Newest first. `appeals`: as page.opened_appeals gives them."""
    items = [Item("note", moment(note.body["at"]), note.body["text"], note.body["by"]) for note in opened.notes()]
    for step in steps:
        body = step.body
        items.append(Item("step", moment(body["at"]), body["what"], body.get("by", ""), body["kind"], str(step.row.uid), body))
    for letter in (opened.open(row) for row in opened.case.letters.order_by("id")):
        on = letter.body.get("sent_on") or letter.body["written_on"]
        items.append(Item("letter", moment(on), letter.body["title"], letter.body["by"], "", str(letter.row.uid), letter.body))
    for deadline in opened.next_deadlines():
        if deadline.row.done:
            at = timezone.make_aware(datetime.combine(deadline.row.due_on, time()))
            items.append(Item("deadline", at, deadline.body["what"]))
    for appeal in appeals:
        if appeal["view"] is not None:
            items += _of_appeal(appeal["view"], appeal.get("who", ""))
    return sorted(items, key=lambda item: item.at, reverse=True)


def _of_appeal(view: Any, of: str) -> list[Item]:
    """`of`: whose appeal it is, where the case has several."""
    found = [Item("status", entry.at, "", of, entry.body["code"]) for entry in view.steps]
    for entry in view.talk:
        who = of if entry.by == "person" else " → ".join(filter(None, (entry.body.get("name", ""), of)))
        found.append(Item("message", entry.at, entry.text, who, entry.by))
    return found


def sums(steps: list[Opened[Step]]) -> Sums:
    costs: dict[str, Decimal] = defaultdict(Decimal)
    for step in steps:
        if step.body.get("cost"):
            costs[step.body["currency"]] += Decimal(step.body["cost"])
    return Sums(sum(int(step.body.get("minutes") or 0) for step in steps), dict(costs))
