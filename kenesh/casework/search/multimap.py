"""The encrypted multimap: term → numbers of cases and appeals, newest first, in rows that say nothing without the index key.

Construction
- After Π_pack (Cash, Jaeger, Jarecki, Jutla, Krawczyk, Roşu, Steiner: "Dynamic Searchable Encryption in Very-Large
  Databases", NDSS 2014, figure 3): lists are cut into blocks; each block lies under a pseudorandom label. Ours is dynamic in
  place: the newest postings lie in a *head* under label(0), which is rewritten; when it overflows, its oldest 510 become a
  *full block* under label(1), label(2), …, which only a purge writes again. One insertion touches one row a term.
- Every case and appeal that is indexed gets the next *number* of the office's index (1, 2, …; the counter is sealed).
  Lists hold numbers, ascending, so lists of different terms can be intersected block by block, newest first, without
  reading them whole. What the tables call it, the *handle*, is the keyed function of the number: 63 random-looking bits.
- Kw = PRF(index key, term); label(i) = 4 bytes that name the index + 12 bytes of PRF(Kw, i); block key = B(Kw, "block").
  XChaCha20-Poly1305 binds each block to its label. 4 bytes a posting; sizes are of a few classes.

What it leaks: how many entries there are, their classes of size, and, to who has several snapshots, which labels changed
between them. Who can write to the database can put an older head back or delete one; anything else raises vault.Tampered.
"""

from __future__ import annotations

import struct
from array import array
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice

from django.db import connection
from django.db.models import QuerySet

from kenesh.casework.models import IndexEntry
from kenesh.kernel import vault

BLOCK = 510  # numbers in a full block: 2,040 bytes, padded to 2,048; a head that is not yet cut stays below that too
LARGEST = 2**32 - 1
_CLASSES = (16, 32, 64, 128, 256, 512, 1024, 2048)  # bytes of a padded block
_HEADER = struct.Struct("<II")  # postings, full blocks
_AT_ONCE = 450  # rows in one statement
_UPSERT = (
    f"INSERT INTO {IndexEntry._meta.db_table} (label, sealed) VALUES (%s, %s) "  # noqa: S608  # names of our own table
    "ON CONFLICT (label) DO UPDATE SET sealed = excluded.sealed"
)
Entry = tuple[bytes, bytes]  # label, sealed block


def _pad(plain: bytes) -> bytes:
    size = next(each for each in _CLASSES if each >= len(plain))
    return plain + bytes(size - len(plain))


def _numbers(plain: bytes) -> array[int]:
    """Without the zeros of the padding: numbers begin at 1."""
    numbers = array("I")
    numbers.frombytes(plain)
    while numbers and numbers[-1] == 0:
        numbers.pop()
    return numbers


@dataclass(frozen=True)
class Term:
    """A term under one index key: where its blocks lie, and the key that opens them."""

    prefix: bytes
    key: bytes = field(repr=False)

    def label(self, block: int) -> bytes:
        """Of the head (0) or of a full block (from 1)."""
        return self.prefix + vault.prf(self.key, "label", block.to_bytes(8, "big"), 12)

    @property
    def block_key(self) -> bytes:
        return vault.B(self.key, "block")


@dataclass
class Head:
    """The newest numbers of a term, and how many full blocks lie before them."""

    count: int = 0
    blocks: int = 0
    newest: array[int] = field(default_factory=lambda: array("I"))

    @classmethod
    def parse(cls, plain: bytes) -> Head:
        count, blocks = _HEADER.unpack_from(plain)
        return cls(count, blocks, _numbers(plain[_HEADER.size :]))

    def plain(self) -> bytes:
        return _pad(_HEADER.pack(self.count, self.blocks) + self.newest.tobytes())


class Multimap:
    """One office's index under one index key. `index`: the number of its IndexState."""

    def __init__(self, key: bytes, index: int) -> None:
        self._key = key
        self._prefix = index.to_bytes(4, "big")

    def term(self, text: str) -> Term:
        return Term(self._prefix, vault.prf(self._key, "search-term", text.encode()))

    def handle(self, number: int) -> int:
        """What the tables call the case or appeal with this number: 63 bits, as good as random without the key."""
        return int.from_bytes(vault.prf(self._key, "handle", number.to_bytes(8, "big"), 8), "big") >> 1

    # --- reading ----------------------------------------------------------------------------------------------------

    def heads(self, texts: Iterable[str]) -> dict[str, Head]:
        """The heads of those terms under which anything stands. Raises vault.Tampered."""
        terms = {text: self.term(text) for text in texts}
        labels = {term.label(0): text for text, term in terms.items()}
        found: dict[str, Head] = {}
        for label, sealed in _stored(labels):
            text = labels[label]
            found[text] = Head.parse(vault.open_block(terms[text].block_key, sealed, label))
        return found

    def blocks(self, term: Term, wanted: Sequence[int]) -> dict[int, array[int]]:
        """Full blocks by their places, counted from 1. Raises vault.Tampered, also for a block that is gone."""
        labels = {term.label(place): place for place in wanted}
        key = term.block_key
        found = {labels[label]: _numbers(vault.open_block(key, sealed, label)) for label, sealed in _stored(labels)}
        if len(found) != len(labels):
            raise vault.Tampered
        return found

    # --- writing ----------------------------------------------------------------------------------------------------

    def insert(self, postings: Mapping[str, Sequence[int]], *, fresh: bool = False) -> None:
        """Adds ascending numbers, each greater than all before, to each term. The caller holds the lock of the index.

        `fresh`: nothing is in the index yet, so that no head need be looked for. Raises vault.Tampered.
        """
        items = iter(postings.items())
        while some := dict(islice(items, _AT_ONCE)):
            heads = {} if fresh else self.heads(some)
            rows: list[Entry] = []
            for text, numbers in some.items():
                term, head = self.term(text), heads.get(text) or Head()
                head.newest.extend(numbers)
                head.count += len(numbers)
                while len(head.newest) >= BLOCK:
                    head.blocks += 1
                    rows.append(_row(term, head.blocks, _pad(head.newest[:BLOCK].tobytes())))
                    head.newest = head.newest[BLOCK:]
                rows.append(_row(term, 0, head.plain()))
            _save(rows)

    def purge(self, text: str, gone: Mapping[int, set[int]]) -> None:
        """Takes numbers out of a term's blocks (by place, the head is 0). The caller holds the lock. Raises vault.Tampered.

        A number that has moved to another block since it was met stays there until it is met again. The last number of
        a full block stays too: a block is found by what it begins with.
        """
        head = self.heads([text]).get(text)
        if head is None:
            return
        term, rows, removed = self.term(text), [], 0
        places = [place for place in gone if 1 <= place <= head.blocks]
        for place, numbers in self.blocks(term, places).items():
            kept = array("I", [number for number in numbers if number not in gone[place]]) or numbers[-1:]
            removed += len(numbers) - len(kept)
            rows.append(_row(term, place, _pad(kept.tobytes() + bytes(4 * (BLOCK - len(kept))))))
        newest = array("I", [number for number in head.newest if number not in gone.get(0, set())])
        removed += len(head.newest) - len(newest)
        head.newest, head.count = newest, head.count - removed
        if removed:
            _save([*rows, _row(term, 0, head.plain())])

    def delete_some(self, limit: int) -> bool:
        """Deletes entries of this index, at most so many; True when none is left."""
        some = entries_of(int.from_bytes(self._prefix, "big")).order_by("label").values_list("label", flat=True)[:limit]
        labels = [bytes(label) for label in some]
        for start in range(0, len(labels), _AT_ONCE):
            IndexEntry.objects.filter(label__in=labels[start : start + _AT_ONCE]).delete()
        return len(labels) < limit


def entries_of(index: int) -> QuerySet[IndexEntry]:
    """All entries of the index with this number."""
    return IndexEntry.objects.filter(label__gte=index.to_bytes(4, "big"), label__lt=(index + 1).to_bytes(4, "big"))


def _save(rows: list[Entry]) -> None:
    with connection.cursor() as cursor:
        cursor.executemany(_UPSERT, rows)


def _row(term: Term, place: int, plain: bytes) -> Entry:
    label = term.label(place)
    return label, vault.seal_block(term.block_key, plain, label)


def _stored(labels: Iterable[bytes]) -> Iterator[tuple[bytes, bytes]]:
    wanted = list(labels)
    for start in range(0, len(wanted), _AT_ONCE):
        rows = IndexEntry.objects.filter(label__in=wanted[start : start + _AT_ONCE])
        for label, sealed in rows.values_list("label", "sealed"):
            yield bytes(label), bytes(sealed)
