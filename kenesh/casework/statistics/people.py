"""Who was met before, within one count: by passport, else by personal number, else by phone and name.

What is remembered is a short keyed value of each, under a key that this count alone has; it goes when the count is done.
"""

from __future__ import annotations

import base64
from dataclasses import dataclass, field
from typing import Any

from kenesh.casework.search import terms
from kenesh.kernel import vault

MOST = 50_000  # people told apart in one count: more would make its memory heavy
_BYTES = 6
_NUMBERS = ("inn", "snils", "iin")
_NAMES = ("name", "name_cyrillic", "name_latin")


@dataclass
class People:
    """`earlier`: met in cases from before the period; `met`: within it. `too_many`: nobody is told apart any more."""

    key: bytes = field(default_factory=vault.new_key, repr=False)
    earlier: set[bytes] = field(default_factory=set, repr=False)
    met: set[bytes] = field(default_factory=set, repr=False)
    too_many: bool = False

    def meet_before(self, person: dict[str, Any]) -> None:
        self._remember(self.earlier, self._mark(person))

    def meet(self, person: dict[str, Any]) -> tuple[bool, bool]:
        """Whether somebody is counted for the first time in the period, and was never met before it.

        Who left neither document nor phone is taken for somebody new.
        """
        mark = self._mark(person)
        if mark is None:
            return True, True
        known, before = mark in self.met, mark in self.earlier
        self._remember(self.met, mark)
        return not known, not before

    def _mark(self, person: dict[str, Any]) -> bytes | None:
        identity = identity_of(person)
        return vault.prf(self.key, "same person", identity.encode(), _BYTES) if identity else None

    def _remember(self, marks: set[bytes], mark: bytes | None) -> None:
        if mark is not None and not self.too_many:
            marks.add(mark)
            self.too_many = len(self.earlier) + len(self.met) > MOST
            if self.too_many:
                self.earlier, self.met = set(), set()

    def as_texts(self) -> dict[str, Any]:
        """What a job remembers, sealed."""
        packed = {
            name: base64.b64encode(b"".join(sorted(marks))).decode()
            for name, marks in (("earlier", self.earlier), ("met", self.met))
        }
        return {**packed, "key": self.key.hex(), "too_many": self.too_many}

    @classmethod
    def from_texts(cls, texts: dict[str, Any]) -> People:
        """What `as_texts` gave."""
        return cls(bytes.fromhex(texts["key"]), _unpacked(texts["earlier"]), _unpacked(texts["met"]), texts["too_many"])


def _unpacked(text: str) -> set[bytes]:
    joined = base64.b64decode(text)
    return {joined[at : at + _BYTES] for at in range(0, len(joined), _BYTES)}


def identity_of(person: dict[str, Any]) -> str:
    """The same text for the same person; "" for who left nothing to be known by."""
    for found in (terms.document_terms(str(person.get("passport") or "")), *(_number(person, name) for name in _NUMBERS)):
        if found:
            return found[0]
    phones = terms.phone_terms(str(person.get("phone") or ""))
    if not phones:
        return ""
    name = next((str(person[name]) for name in _NAMES if person.get(name)), "")
    return "|".join([phones[0], *sorted(terms.name_terms(name))])


def _number(person: dict[str, Any], name: str) -> list[str]:
    digits = "".join(c for c in str(person.get(name) or "") if c.isdecimal())
    return [f"{name}:{digits}"] if digits else []
