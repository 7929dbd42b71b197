"""What the rooms tell of the public things they have: the protocol, and the list of the rooms that joined.

A room writes its `findable.py`, registers it in `ready()`, and calls `actions.keep` wherever something becomes public, changes
or is withdrawn, in the same transaction.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Protocol

from django.utils.functional import Promise


@dataclass(frozen=True)
class Text:
    """One language version. `language` may be "" when nobody knows it."""

    language: str
    title: str
    body: str = ""


@dataclass(frozen=True)
class Findable:
    """A public thing as the index takes it. `themes`: concept → how surely (0 to 1), beside those that its words speak of."""

    code: str
    texts: tuple[Text, ...]
    themes: Mapping[str, float]
    countries: tuple[str, ...] = ()
    year: int | None = None
    body: str = ""


@dataclass(frozen=True)
class Shown:
    """A public thing as a list of results shows it. `language` is the `lang` attribute of title and text."""

    code: str
    title: str
    text: str  # where the words are looked for, to be shown
    language: str
    address: str  # path on this node
    what: str  # kind in words of the reader: "Round table"
    when: str = ""  # in words of the reader
    source: str = ""  # the name given at import


def versions(title: Mapping[str, str], *bodies: Mapping[str, str]) -> tuple[Text, ...]:
    """The language versions of short texts in several languages: those that the first of them has."""
    return tuple(Text(code, words, "\n".join(body[code] for body in bodies if code in body)) for code, words in title.items())


def first_words(text: str, most: int = 110) -> str:
    """The beginning of a text without a title, to stand for one."""
    line = " ".join(text.split())
    return line if len(line) <= most else line[:most].rsplit(" ", 1)[0].rstrip(",;:–-") + "…"


class Room(Protocol):
    """What has things of one kind."""

    @property
    def kind(self) -> str:
        """One word, as it stands in the index: "document"."""

    @property
    def label(self) -> str | Promise:
        """What a reader calls several of them."""

    def codes(self) -> Iterable[str]:
        """Of all public things, in a fixed order."""

    def things(self, codes: Collection[str]) -> Iterable[Findable]:
        """Those of them that are public now."""

    def shown(self, codes: Collection[str], language: str) -> Iterable[Shown]:
        """The same for a reader of this language; constant number of queries."""


_rooms: dict[str, Room] = {}
_names: list[Callable[[Collection[str]], Mapping[str, str]]] = []


def register(room: Room) -> None:
    """Adds a kind of thing. Registering it again counts once."""
    _rooms[room.kind] = room


def forget(room: Room) -> None:
    """Takes a kind of thing out again."""
    _rooms.pop(room.kind, None)


def rooms() -> Mapping[str, Room]:
    """By kind, in the order of registration."""
    return _rooms


def register_names_of_bodies(names: Callable[[Collection[str]], Mapping[str, str]]) -> None:
    """Who tells how bodies are called: a function from codes to names."""
    _names[:] = [names]


def names_of_bodies(codes: Collection[str]) -> Mapping[str, str]:
    return _names[0](codes) if _names and codes else {}
