"""A meeting that comes home: its rows at the node become those of the venue, in the caller's transaction.

Rows that the node knows keep their numbers, new ones get numbers of this database, and what was taken off at the venue goes. The
databases check relations at the end of the transaction only, so changed rows are taken out and put back without a moment in which
two of them want the same place.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, cast

from django.db import connection, models
from django.utils.translation import gettext as _

from kenesh.council.models import Ballot, BareVote, Candidate, Meeting, Vote
from kenesh.council.venue import cargo
from kenesh.council.venue.cargo import AROUND, PARTS, Model, Part
from kenesh.council.venue.parcel import WrongFile
from kenesh.kernel import bulk, rows

Numbers = dict[int, int]  # of the laptop's database → of ours
Values = dict[str, Any]  # attribute name → value as JSON knows it


@dataclass
class Contents:
    """A file that came home, read to its end. `acts`: what the trail of the laptop holds."""

    head: dict[str, Any] = field(default_factory=dict)
    tables: dict[str, list[Values]] = field(default_factory=dict)
    acts: list[list[Any]] = field(default_factory=list)

    @property
    def digest(self) -> str:
        """The same for the same rows, however often they were written into a file."""
        text = json.dumps(self.tables, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
        return hashlib.sha256(text.encode()).hexdigest()


def contents(lines: Iterable[Any]) -> Contents:
    """Raises archive.Unreadable where the file was changed or is cut off."""
    found = Contents()
    table: list[Values] = []
    names: list[str] = []
    for line in lines:
        if isinstance(line, list):
            table.append(dict(zip(names, line, strict=True)))
        elif "table" in line:
            names, table = line["fields"], found.tables.setdefault(line["table"], [])
        elif "act" in line:
            found.acts.append(line["act"])
        else:
            found.head = line
    return found


@dataclass(frozen=True)
class Unloaded:
    """How many rows came, changed and went; numbers of what is new, by model."""

    new: int
    changed: int
    removed: int
    made: dict[Model, list[int]]


@dataclass
class _Plan:
    """What is to be done with one table."""

    part: Part
    before: dict[tuple[Any, ...], models.Model]
    after: list[tuple[int, Values, models.Model | None]]  # number here, what came, and the row as it is
    gone: list[int]


def unload(meeting: Meeting, found: Contents) -> Unloaded:
    """Raises WrongFile when something that the venue speaks of is no longer at this node."""
    numbers: dict[Model, Numbers] = {model: {} for model in AROUND}
    for model, key in AROUND.items():
        numbers[model] = _known(model, key, found.tables.get(model._meta.label_lower, []), numbers)
    plans = []
    for part in PARTS:
        plan = _plan(part, meeting, found.tables.get(part.label, []), numbers)
        numbers.setdefault(part.model, {}).update(
            {values["id"]: number for number, values, _before in plan.after if "id" in values}
        )
        plans.append(plan)
    return _carry_out(plans, numbers)


def _known(model: Model, key: tuple[str, ...], came: list[Values], numbers: dict[Model, Numbers]) -> Numbers:
    """Rows that were only taken along: each must still be here."""
    if not came:
        return {}
    here = {tuple(rows.plain(values[name]) for name in key): values["id"] for values in model._base_manager.values("id", *key)}
    known: Numbers = {}
    for values in came:
        wanted = tuple(_translated(model, name, values[name], numbers) for name in key)
        if wanted not in here:
            label = str(model._meta.verbose_name)
            gone = _(
                "Something that the meeting speaks of is no longer at this node: %(what)s. It was removed while the meeting was away. Ask "
                "whoever runs the node for help."
            )
            raise WrongFile(
                f"the {label} {wanted[0]} that the meeting speaks of is no longer at this node: enter it again, or ask for help",
                gone % {"what": f"{label} {wanted[0]}"},
            )
        known[values["id"]] = here[wanted]
    return known


def _relation(model: Model, name: str) -> Model | None:
    """The model to which an attribute points."""
    for each in model._meta.concrete_fields:
        if each.attname == name and isinstance(each, models.ForeignKey):
            return cast(Model, each.related_model)
    return None


def _translated(model: Model, name: str, value: Any, numbers: dict[Model, Numbers]) -> Any:
    other = _relation(model, name)
    if other is None or value is None:
        return value
    if value not in numbers.get(other, {}):
        raise WrongFile(f"{model._meta.label} of this file points at something that is not in it: write it again at the venue")
    return numbers[other][value]


def _plan(part: Part, meeting: Meeting, came: list[Values], numbers: dict[Model, Numbers]) -> _Plan:
    attributes = {each.attname: each for each in part.fields}
    if unknown := sorted({name for values in came[:1] for name in values} - set(attributes)):
        raise WrongFile(
            f"the laptop runs a newer version ({part.label} has {unknown[0]}): bring this node up to date first",
            _("The laptop runs a newer version of this software. Bring this node up to date first."),
        )
    here = list(part.rows(meeting))
    before = (
        {tuple(rows.plain_of(attributes[name], getattr(row, name)) for name in part.key): row for row in here} if part.key else {}
    )
    matched: list[tuple[Values, models.Model | None]] = []
    for values in came:
        key = tuple(_translated(part.model, name, values[name], numbers) for name in part.key)
        matched.append((values, before.get(key) if part.key else None))
    new = sum(row is None for _values, row in matched)
    following = bulk.reserve(part.model, new) if new and "id" in attributes else 0
    after: list[tuple[int, Values, models.Model | None]] = []
    for values, row in matched:
        if row is None and "id" in attributes:
            following += 1
        after.append((row.pk if row is not None else following, values, row))
    kept = {number for number, _values, row in after if row is not None}
    return _Plan(part, before, after, [row.pk for row in here if row.pk not in kept])


def _carry_out(plans: list[_Plan], numbers: dict[Model, Numbers]) -> Unloaded:
    options = {str(old): str(new) for old, new in numbers.get(Candidate, {}).items()}
    writing: list[tuple[Part, list[models.Model], list[int]]] = []
    counts = {"new": 0, "changed": 0, "removed": 0}
    made: dict[Model, list[int]] = {}
    for plan in plans:
        puts, takes = [], list(plan.gone)
        counts["removed"] += len(plan.gone)
        for number, values, before in plan.after:
            full = _full(plan.part, number, values, before, numbers, options)
            if before is not None and full == _as_values(plan.part, before):
                continue
            puts.append(rows.row(plan.part.model, plan.part.fields, [full[each.attname] for each in plan.part.fields]))
            if before is not None:
                takes.append(before.pk)
                counts["changed"] += 1
            elif plan.part.key:
                counts["new"] += 1
                made.setdefault(plan.part.model, []).append(number)
        writing.append((plan.part, puts, takes))
    for part, _puts, takes in reversed(writing):
        if part.model is not Meeting and takes:
            _take_out(part.model, takes)
    for part, puts, _takes in writing:
        for row in puts:
            if part.model is Meeting:
                row.save_base(raw=True, force_update=True)
            else:
                row.save_base(raw=True, force_insert=True)
    return Unloaded(**counts, made=made)


def _take_out(model: Model, numbers: list[int]) -> None:
    size = max(1, connection.ops.bulk_batch_size(["pk"], numbers))
    for start in range(0, len(numbers), size):
        found: Any = model._base_manager.filter(pk__in=numbers[start : start + size])
        found._raw_delete("default")  # what points at these rows stays: they come back below


def _full(
    part: Part,
    number: int,
    values: Values,
    before: models.Model | None,
    numbers: dict[Model, Numbers],
    options: dict[str, str],
) -> Values:
    """All columns of a row as it will stand here. What the file does not know keeps its value, or its default."""
    kept = _as_values(part, before if before is not None else part.model())
    full: Values = {}
    for each in part.fields:
        name = each.attname
        if each.primary_key and not isinstance(each, models.ForeignKey):
            full[name] = number
        elif name not in values or (before is not None and name in part.stays):
            full[name] = kept[name]
        elif name in cargo.EMPTIED.get(part.model, ()):
            full[name] = None
        else:
            full[name] = _translated(part.model, name, values[name], numbers)
    return _with_options(part.model, full, options)


def _as_values(part: Part, row: models.Model) -> Values:
    return {each.attname: rows.plain_of(each, getattr(row, each.attname)) for each in part.fields}


def _with_options(model: Model, values: Values, options: dict[str, str]) -> Values:
    """In an election, votes and results name candidates by their numbers."""
    if model is Ballot and values["election_id"] is not None:
        return {**values, "options": _renamed(values["options"], options), "chosen": _renamed(values["chosen"], options)}
    if model in (Vote, BareVote) and values["choice"] not in ("for", "against", "abstain"):
        return {**values, "choice": ",".join(options.get(one, one) for one in values["choice"].split(","))}
    return values


def _renamed(value: Any, options: dict[str, str]) -> Any:
    if isinstance(value, dict):
        return {options.get(key, key): _renamed(each, options) for key, each in value.items()}
    if isinstance(value, list):
        return [_renamed(each, options) for each in value]
    return options.get(value, value) if isinstance(value, str) else value
