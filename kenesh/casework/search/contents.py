"""Everything of a case or of an unopened appeal that can be searched, opened with the keys of a session, many at a time.

The number of queries does not depend on how many are opened. Nothing of what comes out may be stored or logged.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from kenesh.appeals import opening as appeal_opening
from kenesh.appeals.models import LIVE, Appeal, Entry
from kenesh.casework.models import (
    Case,
    Deadline,
    Epoch,
    ExternalReferral,
    FollowUp,
    Letter,
    Matter,
    Note,
    Party,
    Person,
    SealedRow,
    Sheet,
    Status,
    Step,
    Tags,
)
from kenesh.casework.opening import Body, OpenCase
from kenesh.people import content
from kenesh.people.keyring import KeyMissing, Keyring

# Fields that hold codes, days and other things that nobody looks for by words.
_CODES = (
    "key uid by at kind code signature language consents sex age citizenship currency theme country outcome "
    "released_on danger answer_how call_zone call_from call_to may_say_who needs role type where_country "
    "now_country for_whom group_size office since request_key version status day on matter person"
)
_NO_WORDS = frozenset(_CODES.split())
SEARCHED: tuple[type[SealedRow], ...] = (
    Person, Matter, Note, Deadline, Party, Sheet, Step, Tags, Letter, ExternalReferral, FollowUp,
)  # fmt: skip
UNSEARCHED = "unsearched"  # in a body that repeats what stands elsewhere: the row of a register as it was
_CODE = re.compile(r"[\d.,:;\-–+ ]*|[0-9a-fA-F-]{32,36}|\d{4}-\d\d-\d\d.*")
_BY_LINE = ("story", "text", "what")  # where an excerpt is looked for first


@dataclass
class Contents:
    """One case or appeal, opened: what the person filled in, what was written to and fro, and the rows of the case by kind."""

    case: Case | None
    appeal: Appeal | None
    answers: list[Body] = field(default_factory=list, repr=False)
    lines: list[Body] = field(default_factory=list, repr=False)
    rows: dict[str, list[Body]] = field(default_factory=dict, repr=False)

    def of(self, kind: str) -> list[Body]:
        """The rows of one model, by its name in lower case."""
        return self.rows.get(kind, [])

    def texts(self) -> Iterator[str]:
        """Everything that somebody wrote in words, the story first."""
        bodies = [*self.answers, *self.lines, *(body for kind in self.rows.values() for body in kind)]
        bodies = [body for body in bodies if not body.get(UNSEARCHED)]
        for name in _BY_LINE:
            yield from (body[name] for body in bodies if isinstance(body.get(name), str) and body[name])
        for body in bodies:
            yield from _words({name: value for name, value in body.items() if name not in _BY_LINE})


def _words(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        for name, inner in value.items():
            if name not in _NO_WORDS:
                yield from _words(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _words(inner)
    elif isinstance(value, str) and not _CODE.fullmatch(value):
        yield value


def open_cases(cases: Iterable[Case], keyring: Keyring) -> dict[int, OpenCase]:
    """By the cases' ids, those that this session opens: three queries, whatever their number."""
    several = {case.pk: case for case in cases}
    if not several:
        return {}
    epochs: dict[int, list[Epoch]] = {}
    for epoch in Epoch.objects.filter(case__in=several).prefetch_related("grants__organisation_epoch").order_by("-number"):
        epochs.setdefault(epoch.case_id, []).append(epoch)
    opened = {}
    for pk, own in epochs.items():
        try:
            newest, keys = content.open_chain(own, lambda one: content.open_grants(one, one.grants.all(), keyring))
        except KeyMissing:
            continue
        opened[pk] = OpenCase(several[pk], newest, keys)
    return opened


def contents_of(
    cases: Iterable[Case], appeals: Iterable[Appeal], keyring: Keyring, *, kinds: Sequence[type[SealedRow]] = SEARCHED
) -> list[Contents]:
    """What this session can open and may search: no restricted case, nothing that is withdrawn or being erased.

    `kinds`: which rows of the cases are read, one query each.
    """
    several = [case for case in cases if not case.restricted and case.status != Status.ERASING]
    opened = open_cases(several, keyring)
    found = {pk: Contents(one.case, None) for pk, one in opened.items()}
    alone = {appeal.pk: appeal for appeal in appeals if appeal.status in LIVE and not appeal.restricted}
    for taken_up in Case.appeals.through._default_manager.filter(appeal_id__in=list(alone)).values_list("appeal_id", flat=True):
        alone.pop(taken_up, None)  # found as its case
    targets: dict[int, list[Contents]] = {}
    through = Case.appeals.through._default_manager.filter(case_id__in=opened).order_by("appeal_id")
    for case_id, appeal_id in through.values_list("case_id", "appeal_id"):
        targets.setdefault(appeal_id, []).append(found[case_id])
    in_cases = Appeal.objects.filter(pk__in=list(targets), status__in=LIVE, restricted=False).exclude(pk__in=list(alone))
    opened_appeals = appeal_opening.open_several([*alone.values(), *in_cases], keyring)
    own = {pk: Contents(None, alone[pk]) for pk in opened_appeals if pk in alone}
    for pk, contents in own.items():
        targets.setdefault(pk, []).append(contents)
    _add_appeals(opened_appeals, targets)
    _add_rows(opened, found, kinds)
    return [*found.values(), *own.values()]


def _add_appeals(opened: dict[int, appeal_opening.OpenAppeal], targets: dict[int, list[Contents]]) -> None:
    for pk, one in opened.items():
        for contents in targets[pk]:
            contents.answers.append(one.answers())
    for entry in Entry.objects.filter(appeal__in=list(opened)).order_by("id"):
        line = opened[entry.appeal_id].open_entry(entry)
        if line.kind == "message":
            for contents in targets[entry.appeal_id]:
                contents.lines.append({"text": line.text})


def _add_rows(opened: dict[int, OpenCase], found: dict[int, Contents], kinds: Sequence[type[SealedRow]]) -> None:
    for model in kinds if opened else ():
        for row in model._default_manager.filter(case__in=list(opened)).order_by("id"):  # type: ignore[misc]  # each of them has a case
            case_id: int = row.case_id  # type: ignore[attr-defined]  # as above
            found[case_id].rows.setdefault(model._meta.model_name or "", []).append(opened[case_id].open(row).body)
