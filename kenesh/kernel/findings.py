"""What areas take from documents that were read: each area registers takers, and the library knows only this protocol.

A document was read and something was found in it: an organisation, a recommendation. Which row of which area that becomes, the
area says in its `findings.py`: what a person may correct, which existing rows it may be, how it is made, how that is undone. It lies
in the kernel, as panels do, because `people` takes findings too and stands below the library.

    findings.register(OrganisationTaker())      # in ready()
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol, TypeAlias, runtime_checkable

from django.db import models

from kenesh.kernel.rows import stamp_of

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

Words: TypeAlias = "str | _StrPromise"  # a text, or one that is translated when it is shown
Facts: TypeAlias = "Mapping[str, str]"  # what a form says of a finding; "" for what is not known

SURE = 0.9  # a candidate from here on is taken without a question, if it is the only one
WORTH_SHOWING = 0.4


class Refused(Exception):
    """A finding cannot be taken as it is; the sentence says to the person what to do. `name`: of the input that is meant."""

    def __init__(self, sentence: Words, name: str = "") -> None:
        super().__init__(str(sentence))
        self.sentence, self.name = sentence, name


@dataclass(frozen=True)
class Finding:
    """One thing that a reading found, or that a person adds by hand."""

    field: str  # "organisations", "title", …
    key: str  # unique in its document
    read: Mapping[str, Any]  # as `kenesh read` gives it, {} for what a person adds
    at: tuple[tuple[int, int], ...]  # places in the text of the document
    language: str  # of the document; "" when it is not known
    document: str  # its code
    title: str  # of the document
    sure: bool = True  # whether the reading itself has no doubt
    optional: bool = False  # only a hint: it is not shown without a candidate, and nobody has to decide on it
    taken: Mapping[str, tuple[str, ...]] = dataclasses.field(
        default_factory=dict
    )  # field → targets taken from the same document so far


@dataclass(frozen=True)
class Input:
    """One fact that a person may correct. `of_reading`: it has the same name in what `kenesh read` prints."""

    name: str
    label: Words
    kind: str = "line"  # line, text, number, whole (a number without a part), choice, day (as exact as it is known)
    required: bool = False
    choices: Sequence[tuple[str, Words]] = ()
    hint: Words = ""
    of_reading: bool = True


@dataclass(frozen=True)
class Candidate:
    """An existing row that a finding may be. `score` lies between 0 and 1, `reason` says in words why."""

    target: str
    label: str
    score: float
    reason: Words


@dataclass(frozen=True)
class Proposed:
    """What an area proposes for a finding: the facts, read and guessed, and the rows that it may be, the likeliest first."""

    facts: dict[str, str]
    candidates: Sequence[Candidate] = ()


@dataclass(frozen=True)
class Taken:
    """What became of a finding: the row it is now (`target`, "" for a fact of the document itself), and the rows that were made."""

    target: str = ""
    made: tuple[str, ...] = ()


class Taker(Protocol):
    """What an area does with the findings of one field."""

    field: str
    order: int  # of its group on the page

    @property
    def label(self) -> Words: ...

    def inputs(self, user: Any) -> Sequence[Input]:
        """What can be corrected, with the choices that this person has."""

    def propose(self, found: Sequence[Finding], user: Any) -> list[Proposed]:
        """For each finding, in order: its facts as a form shows them, and the rows that it may be. A constant number of queries."""

    def accept(self, finding: Finding, *, facts: Facts, target: str, by: Any) -> Taken:
        """Links the finding to `target`, or makes a row when it is "". Inside a transaction; raises Refused."""

    def undo(self, taken: Taken, *, by: Any) -> None:
        """Removes what `accept` made, where nothing else uses it."""

    def addresses(self, targets: Collection[str], user: Any) -> dict[str, str]:
        """The pages of those rows that this person may open."""


@runtime_checkable
class Choosing(Protocol):
    """A taker among whose rows a person can look for the one that is meant, where none was proposed."""

    def look_for(self, words: str, user: Any) -> list[Candidate]:
        """Rows with these words in their names; a constant number of queries."""


@runtime_checkable
class Telling(Protocol):
    """A taker that tells several facts in one expression, where each alone would say something else."""

    told: Collection[str]  # names of the inputs that it tells

    def in_words(self, facts: Facts) -> str:
        """For somebody who reads, such as "more than 1 000 000"."""


Names: TypeAlias = "Mapping[str, Sequence[tuple[str, str]]]"  # target → language and name, each once
_takers: dict[str, Taker] = {}
_confirmed: list[Callable[[str], Names]] = []


def register_confirmed_names(names: Callable[[str], Names]) -> None:
    """Who tells under which names people confirmed the rows of a field in documents."""
    _confirmed[:] = [names]


def confirmed_names(field: str) -> Names:
    """The names under which people confirmed rows in documents: what is known in one language is recognised in the others."""
    return _confirmed[0](field) if _confirmed else {}


def register(taker: Taker) -> None:
    """An area takes the findings of a field; registering again replaces."""
    _takers[taker.field] = taker


def taker_of(field: str) -> Taker:
    """Raises KeyError for a field that no area takes."""
    return _takers[field]


def takers() -> list[Taker]:
    """All of them in the order of the page."""
    return sorted(_takers.values(), key=lambda taker: (taker.order, taker.field))


# --- helpers for takers -----------------------------------------------------------------------------------------------


def as_facts(read: Mapping[str, Any], inputs: Iterable[Input]) -> dict[str, str]:
    """The values of a reading as a form shows them."""
    return {each.name: shown(read.get(each.name)) for each in inputs}


def shown(value: Any) -> str:
    """A value of a reading as a form shows it."""
    if value is None:
        return ""
    if isinstance(value, float):
        return f"{value:.6f}".rstrip("0").rstrip(".")
    return str(value)


def target_of(row: models.Model) -> str:
    """How a row with a code is named in what is kept of a finding: "organisation:bcdfghjk"."""
    return f"{row._meta.model_name}:{getattr(row, 'code', row.pk)}"


def code_in(target: str, kind: str) -> str:
    """The code of a target of this kind, "" for another."""
    name, _, code = target.partition(":")
    return code if name == kind else ""


def one_body(finding: Finding, codes: Sequence[str]) -> str:
    """The only one of these bodies, or the only one that the document itself names; "" otherwise: nobody is guessed."""
    taken = {code_in(target, "body") for target in finding.taken.get("organisations", ())}
    own = [code for code in codes if code in taken]
    if len(own) == 1:
        return own[0]
    return codes[0] if len(codes) == 1 else ""


def made_of(row: models.Model) -> str:
    """How a row that was made is named, with the state in which it was left: who changes it later makes it worth keeping."""
    return f"{target_of(row)}#{stamp_of(row)}"


def untouched(row: models.Model, made: str) -> bool:
    """Whether the row is still as it was made, and nothing points to it."""
    return made_of(row) == made and not is_used(row)


def target_made(made: str) -> str:
    """The target in what `made_of` gave."""
    return made.partition("#")[0]


def code_made(made: str, kind: str) -> str:
    """The code in what `made_of` gave, "" for another kind."""
    return code_in(target_made(made), kind)


def is_used(row: models.Model, *, but_by: str = "") -> bool:
    """Whether any row of any table points to this one, also from a room that this one cannot know. `but_by`: a room that does not
    count."""
    relations = (field for field in row._meta.get_fields(include_hidden=True) if isinstance(field, models.ForeignObjectRel))
    counted = (each for each in relations if each.field.model._meta.app_label != but_by)
    return any(each.field.model._base_manager.filter(**{each.field.name: row.pk}).exists() for each in counted)


def best(candidates: Iterable[Candidate], most: int = 4) -> list[Candidate]:
    """The likeliest of those worth showing, each row once."""
    ordered = sorted(candidates, key=lambda each: -each.score)
    seen: dict[str, Candidate] = {}
    for each in ordered:
        if each.score >= WORTH_SHOWING:
            seen.setdefault(each.target, each)
    return list(seen.values())[:most]
