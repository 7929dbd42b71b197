"""What was promised, claimed, awarded and received, as a table of persons and matters. Computation on opened rows only."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from kenesh.casework.models import Matter, Sum
from kenesh.casework.opening import OpenCase, Opened

# In the order in which money goes: what somebody said, what we asked, what they admit, what is decided, what is in her hand.
STAGES: dict[str, str | Promise] = {
    "promised": _("Promised"),
    "claimed": _("Claimed"),
    "acknowledged": _("Acknowledged"),
    "awarded": _("Awarded"),
    "received": _("Received"),
    "fee_returned": _("Fee paid back by an intermediary"),
}
OLD_FIELDS = ("claimed", "awarded", "received")


@dataclass(frozen=True)
class Amount:
    """One sum. `item` is None for a sum out of the three undated fields that a matter had before."""

    person: str
    matter: str
    stage: str
    amount: Decimal
    currency: str
    item: Opened[Sum] | None = None

    @property
    def struck(self) -> bool:
        return self.item is not None and bool(self.item.body.get("struck"))


@dataclass
class Line:
    """One currency of one cell, or of the whole case: the total of each stage, and what is still owed."""

    currency: str
    stages: dict[str, Decimal] = field(default_factory=dict)

    @property
    def owed(self) -> Decimal:
        """What was decided, else what they admit, else what we asked."""
        return next(
            (self.stages[stage] for stage in ("awarded", "acknowledged", "claimed") if self.stages.get(stage)), Decimal(0)
        )

    @property
    def outstanding(self) -> Decimal:
        return max(Decimal(0), self.owed - self.stages.get("received", Decimal(0)))

    @property
    def cells(self) -> list[Decimal | None]:
        return [self.stages.get(stage) for stage in STAGES]


@dataclass(frozen=True)
class Row:
    """A person's money in one matter."""

    person: str
    matter: str
    lines: list[Line]
    amounts: list[Amount]


def amounts_of(opened: OpenCase) -> list[Amount]:
    """Every sum of the case, struck ones too. A matter's undated fields count until a dated sum of that stage stands."""
    return amounts_from([opened.open(row) for row in opened.case.sums.order_by("id")], opened.matters())


def amounts_from(sums: Iterable[Opened[Sum]], matters: Iterable[Opened[Matter]]) -> list[Amount]:
    """The same of rows that were opened already."""
    found = [_amount(item) for item in sums]
    dated = {(each.matter, each.stage) for each in found if not each.struck}
    for matter in matters:
        for stage in OLD_FIELDS:
            value = decimal_of(matter.body.get(stage, ""))
            if value is not None and (matter.row.uid.hex, stage) not in dated:
                found.append(Amount("", matter.row.uid.hex, stage, value, matter.body.get("currency", "")))
    return found


def _amount(item: Opened[Sum]) -> Amount:
    body = item.body
    return Amount(body["person"], body["matter"], body["stage"], Decimal(body["amount"]), body["currency"], item)


def decimal_of(text: Any) -> Decimal | None:
    """None for an empty text, and for one that is no number (a matter's fields are free text)."""
    try:
        value = Decimal(str(text))
    except InvalidOperation:
        return None
    return value if value.is_finite() else None


def totals(amounts: Iterable[Amount]) -> list[Line]:
    """A line for each currency; what was struck out does not count."""
    lines: dict[str, Line] = {}
    for each in amounts:
        if not each.struck:
            line = lines.setdefault(each.currency, Line(each.currency))
            line.stages[each.stage] = line.stages.get(each.stage, Decimal(0)) + each.amount
    return [lines[currency] for currency in sorted(lines)]


def table(amounts: Iterable[Amount]) -> list[Row]:
    """Person by matter, in the order in which they first appear."""
    groups: dict[tuple[str, str], list[Amount]] = {}
    for each in amounts:
        groups.setdefault((each.person, each.matter), []).append(each)
    return [Row(person, matter, totals(rows), rows) for (person, matter), rows in groups.items()]
