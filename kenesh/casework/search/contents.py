"""Everything of a case or of an unopened appeal that can be searched, opened with the keys of a session, many at a time.

The number of queries does not depend on how many are opened. Nothing of what comes out may be stored or logged.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from kenesh.appeals import opening as appeal_opening
from kenesh.appeals.models import LIVE, Appeal, Entry
from kenesh.casework.models import (
    Alarm,
    Case,
    CaseFile,
    Deadline,
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
    Sum,
    Tags,
)
from kenesh.casework.opening import Body, OpenCase
from kenesh.casework.opening_many import open_cases
from kenesh.kernel import reading
from kenesh.people.keyring import Keyring

# Fields that hold codes, days and other things that nobody looks for by words.
_CODES = (
    "key uid by at kind code signature language consents sex age citizenship currency theme country outcome "
    "released_on danger answer_how call_zone call_from call_to may_say_who needs role type where_country "
    "now_country for_whom group_size office since request_key version status day on matter person copy_key stage history consul_told"
)
_NO_WORDS = frozenset(_CODES.split())
SEARCHED: tuple[type[SealedRow], ...] = (
    Person, Matter, Note, Deadline, Party, Sheet, Step, Tags, Letter, ExternalReferral, FollowUp, Alarm, Sum, CaseFile,
)  # fmt: skip
UNSEARCHED = "unsearched"  # in a body that repeats what stands elsewhere: the row of a register as it was
_CODE = re.compile(r"[\d.,:;\-–+ ]*|[0-9a-fA-F-]{32,36}|\d{4}-\d\d-\d\d.*")
_IN_CASE: Any = Case.appeals.through
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


def contents_of(
    cases: Iterable[Case],
    appeals: Iterable[Appeal],
    keyring: Keyring,
    *,
    kinds: Sequence[type[SealedRow]] = SEARCHED,
    talk: bool = True,
) -> list[Contents]:
    """What this session can open and may search: no restricted case, nothing that is withdrawn or being erased.

    `kinds`: which rows of the cases are read, one query each. `talk`: whether what was written to and fro is read.
    """
    return opened_of(cases, appeals, keyring, kinds=kinds, talk=talk).contents


@dataclass
class Opened:
    """Several cases and appeals with their keys, so that more of some of them can be read later."""

    cases: dict[int, OpenCase] = field(repr=False)
    appeals: dict[int, appeal_opening.OpenAppeal] = field(repr=False)
    of_case: dict[int, Contents] = field(repr=False)
    of_appeal: dict[int, list[Contents]] = field(repr=False)  # an appeal may stand in a case, or alone
    contents: list[Contents] = field(repr=False)

    def read_talk(self, only: Container[int] | None = None) -> None:
        """What was written to and fro in the appeals of these contents, by their `id()`; of all of them for None."""
        wanted = [pk for pk in self.appeals if only is None or any(id(one) in only for one in self.of_appeal[pk])]
        for entry in reading.rows_of(Entry, "appeal_id", wanted, order="id"):
            line = self.appeals[entry.appeal_id].open_entry(entry)
            if line.kind == "message":
                for contents in self.of_appeal[entry.appeal_id]:
                    contents.lines.append({"text": line.text})

    def read_rows(self, kinds: Iterable[type[SealedRow]], only: Container[int] | None = None) -> None:
        """The rows of these kinds, as `read_talk`."""
        wanted = [pk for pk in self.cases if only is None or id(self.of_case[pk]) in only]
        for model in kinds:
            for row in reading.rows_of(model, "case_id", wanted, order="id"):
                if getattr(row, "latched", False):
                    continue  # of somebody who is erasing her part: sealed to her receipt
                case_id: int = row.case_id  # type: ignore[attr-defined]  # each of them has a case
                self.of_case[case_id].rows.setdefault(model._meta.model_name or "", []).append(self.cases[case_id].open(row).body)


def opened_of(
    cases: Iterable[Case],
    appeals: Iterable[Appeal],
    keyring: Keyring,
    *,
    kinds: Sequence[type[SealedRow]] = SEARCHED,
    talk: bool = True,
) -> Opened:
    """As `contents_of`, with the keys."""
    several = [case for case in cases if not case.restricted and case.status != Status.ERASING]
    opened = open_cases(several, keyring)
    found = {pk: Contents(one.case, None) for pk, one in opened.items()}
    alone = {appeal.pk: appeal for appeal in appeals if _searched(appeal)}
    for taken_up in reading.rows_of(_IN_CASE, "appeal_id", alone):
        alone.pop(taken_up.appeal_id, None)  # found as its case
    targets: dict[int, list[Contents]] = {}
    for through in reading.rows_of(_IN_CASE, "case_id", opened, order="appeal_id"):
        targets.setdefault(through.appeal_id, []).append(found[through.case_id])
    in_cases = reading.rows_of(Appeal, "id", [pk for pk in targets if pk not in alone], order="id")
    opened_appeals = appeal_opening.open_several([*alone.values(), *filter(_searched, in_cases)], keyring)
    own = {pk: Contents(None, alone[pk]) for pk in opened_appeals if pk in alone}
    for pk, contents in own.items():
        targets.setdefault(pk, []).append(contents)
    for pk, one in opened_appeals.items():
        for contents in targets[pk]:
            contents.answers.append(one.answers())
    several_opened = Opened(opened, opened_appeals, found, targets, [*found.values(), *own.values()])
    if talk:
        several_opened.read_talk()
    several_opened.read_rows(kinds)
    return several_opened


def _searched(appeal: Appeal) -> bool:
    return appeal.status in LIVE and not appeal.restricted
