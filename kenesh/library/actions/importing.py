"""Importing: one document, or files and folders, each of them once."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal

from django.db import IntegrityError, transaction

from kenesh.kernel import trail
from kenesh.library.extraction import Extract, extract
from kenesh.library.formats import isolated
from kenesh.library.likeness import bands_of, runs_of
from kenesh.library.models import Document, DocumentBand, DocumentCountry, DocumentTheme
from kenesh.library.queries.versions import document_alike
from kenesh.library.reading import DEEPEST_MAIL, TOO_DEEP, CannotRead, attachments
from kenesh.library.reading.command import bytes_of
from kenesh.library.signals import document_imported
from kenesh.search.actions import keep

Outcome = Literal["imported", "already known", "could not read"]
Progress = Callable[[int, int], None]  # files done, files in all

_TITLE, _SOURCE = 300, 300  # as long as their columns


@dataclass(frozen=True)
class Imported:
    """The document, and whether it is new; when not, it was known before and nothing was written."""

    document: Document
    new: bool


@dataclass(frozen=True)
class FileResult:
    """What became of one file."""

    path: str
    outcome: Outcome
    code: str | None = None  # of the document
    why: str | None = None  # of "could not read"

    def __str__(self) -> str:
        detail = self.why if self.why else self.code
        return f"{self.path}: {self.outcome} ({detail})"


@dataclass(frozen=True)
class Report:
    """Every file of a batch, in order."""

    files: list[FileResult]

    def __iter__(self) -> Iterator[FileResult]:
        return iter(self.files)

    def count(self, outcome: Outcome) -> int:
        return sum(1 for file in self.files if file.outcome == outcome)


def import_document(*, data: bytes, source: str, by: trail.Actor | str) -> Imported:
    """Reads the bytes and keeps the document, or finds the one that has the same text. Raises CannotRead."""
    return keep_document(extract=extract(data, source), by=by)


def keep_document(*, extract: Extract, original: str = "", by: trail.Actor | str) -> Imported:
    """Keeps what was read, or finds the document that has the same text. `original`: the name of the file as it came."""
    digest = _digest(extract["body"])
    known = Document.objects.filter(sha256=digest).first()
    if known is not None:
        return Imported(known, new=False)
    try:
        return Imported(_store(extract, digest, original, by), new=True)
    except IntegrityError:
        # Somebody imported the same text between the question and the answer; any other violation is an error.
        known = Document.objects.filter(sha256=digest).first()
        if known is None:
            raise
        return Imported(known, new=False)


@transaction.atomic
def _store(extract: Extract, digest: str, original: str, by: trail.Actor | str) -> Document:
    found = extract["found"]
    runs = runs_of(extract["body"])
    alike = document_alike(runs)
    dates = found.get("dates") or {}
    document = Document.objects.create(
        source=found["source"][-_SOURCE:],
        title=(found["title"] or "")[:_TITLE],
        language=found["language"] or "",
        script=found["script"] or "",
        kind=found["kind"],
        countries=found["countries"],
        date_start=dates.get("start") or "",
        date_end=dates.get("end") or "",
        sha256=digest,
        text=extract["text"],
        furniture=extract["furniture"],
        found=found,
        imported_on=datetime.now(UTC).date(),
        original=original,
        resembles=alike.document if alike else None,
        resemblance=alike.share if alike else None,
    )
    DocumentBand.objects.bulk_create(DocumentBand(document=document, band=band) for band in bands_of(runs))
    DocumentTheme.objects.bulk_create(
        DocumentTheme(document=document, concept=theme["concept"], score=theme["score"]) for theme in found["themes"]
    )
    DocumentCountry.objects.bulk_create(DocumentCountry(document=document, country=code) for code in found["countries"])
    keep("document", [document.code])
    document_imported.send(sender=Document, document=document)
    trail.record(verb="import_document", target=f"document:{document.code}", by=by)
    return document


def _digest(body: str) -> str:
    """SHA-256 of the text without furniture: the same article with another menu around it is the same document."""
    plain = re.sub(r"\s+", " ", unicodedata.normalize("NFC", body)).strip()
    return hashlib.sha256(plain.encode("utf-8", errors="replace")).hexdigest()


def import_paths(paths: Iterable[str | Path], *, by: trail.Actor | str, progress: Progress | None = None) -> Report:
    """Imports files, and all files in folders. Each is its own transaction, so a batch that was stopped goes on where it was."""
    files = [file for path in paths for file in _files_of(Path(path))]
    results: list[FileResult] = []
    with isolated.kept():
        for number, file in enumerate(files, 1):
            results += _import_file(file, by)
            if progress is not None:
                progress(number, len(files))
    return Report(results)


def _files_of(path: Path) -> list[Path]:
    if not path.is_dir():
        return [path]
    return sorted(file for file in path.rglob("*") if file.is_file() and not _hidden(file.relative_to(path)))


def _hidden(relative: Path) -> bool:
    return any(part.startswith(".") for part in relative.parts)


def _import_file(file: Path, by: trail.Actor | str) -> Iterator[FileResult]:
    """The file, and what hangs on it when it is a mail."""
    name = str(file)
    try:
        waiting = [(name, bytes_of(name), 0)]
    except CannotRead as error:
        yield FileResult(name, "could not read", why=str(error))
        return
    while waiting:
        name, data, around = waiting.pop()
        if around > DEEPEST_MAIL:
            yield FileResult(name, "could not read", why=TOO_DEEP)
            continue
        try:
            imported = import_document(data=data, source=name, by=by)
            yield FileResult(name, "imported" if imported.new else "already known", code=imported.document.code)
        except CannotRead as error:
            yield FileResult(name, "could not read", why=str(error))
        with suppress(CannotRead):  # the mail was refused above, and why was said
            waiting += [(f"{name}#{hanging.name}", hanging.data, around + 1) for hanging in reversed(attachments(data))]
