"""What minutes and excerpts consist of, before a format sets them out. Versions are kept in this shape."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Text:
    """Words in the language in which they exist, which need not be the language of the paper."""

    words: str
    language: str

    @property
    def lines(self) -> list[str]:
        return [line.strip() for line in self.words.splitlines() if line.strip()]


@dataclass(frozen=True)
class Block:
    """What was heard, said, proposed, decided or voted: a label, texts, a list below, a table, a remark in small letters."""

    kind: str
    label: str
    texts: list[Text] = field(default_factory=list)
    listed: list[str] = field(default_factory=list)
    note: str = ""
    headings: list[str] = field(default_factory=list)  # of the table
    rows: list[list[Text]] = field(default_factory=list)
    decision: str = ""  # the code of the decision to which it belongs: shown with it, hidden with it
    of: list[str] = field(
        default_factory=list
    )  # for each line of what was spoken the code of the decision that it is about, or ""


@dataclass(frozen=True)
class Present:
    """A heading with a number, and those who may be named under it."""

    heading: str
    listed: list[str]


@dataclass(frozen=True)
class Drawn:
    """A point of the agenda with its place on it; 0 for what happened under none."""

    number: int
    title: Text
    blocks: list[Block]


@dataclass(frozen=True)
class Signature:
    """`role`: chair or secretary; `name`: empty where it may not be shown; `signed`: on what day, in words."""

    role: str
    title: str
    name: str
    signed: str = ""


@dataclass(frozen=True)
class Count:
    """A closed ballot in numbers, for programs. `decision`: the code of what it adopted, or ""."""

    present: int
    votes_for: int
    votes_against: int
    abstained: int
    is_adopted: bool
    decision: str


@dataclass(frozen=True)
class House:
    """An organisation that is asked to act. `decision`: the code of what asks it, or ""."""

    uid: str
    name: str
    decision: str


@dataclass(frozen=True)
class Record:
    """What a paper says in words, for programs: `day` and `approved_on` are dates (ISO 8601; "" for not approved)."""

    code: str
    body: str
    country: str
    number: str
    day: str
    approved_on: str
    counts: list[Count]
    houses: list[House]


@dataclass(frozen=True)
class Paper:
    """Minutes or an excerpt, in one language. An excerpt says how many were there, not who."""

    language: str
    heading: str
    body: Text
    title: Text
    facts: list[tuple[str, Text]]
    attendance: str
    present: list[Present]
    agenda: list[Text]
    points: list[Drawn]
    remarks: Text | None
    status: str
    is_approved: bool
    signatures: list[Signature]
    authentic: str
    is_excerpt: bool
    record: Record
