"""Importing: one document, or files and folders, each of them once."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal

from django.db import IntegrityError, transaction

from kenesh.kernel import trail
from kenesh.library.models import Document, DocumentCountry, DocumentTheme
from kenesh.library.reading import CannotRead, Reading, read_document
from kenesh.library.reading.command import bytes_of
from kenesh.library.signals import document_imported

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
    reading = read_document(data, source)
    digest = _digest(reading)
    known = Document.objects.filter(sha256=digest).first()
    if known is not None:
        return Imported(known, new=False)
    try:
        return Imported(_store(reading, digest, by), new=True)
    except IntegrityError:
        # Somebody imported the same text between the question and the answer; any other violation is an error.
        known = Document.objects.filter(sha256=digest).first()
        if known is None:
            raise
        return Imported(known, new=False)


@transaction.atomic
def _store(reading: Reading, digest: str, by: trail.Actor | str) -> Document:
    # The text is the library's own: places in it, not in the file, and no NUL, which PostgreSQL refuses.
    found = dict(replace(reading, origin=None).as_json())
    furniture = found.pop("dropped")
    document = Document.objects.create(
        source=_clean(reading.source)[-_SOURCE:],
        title=_clean(reading.title or "")[:_TITLE],
        language=reading.language or "",
        script=reading.script or "",
        kind=reading.kind,
        countries=reading.countries,
        date_start=reading.date.first if reading.date else "",
        date_end=(reading.date.last or "") if reading.date else "",
        sha256=digest,
        text=_clean(reading.text),
        furniture=_clean_all(furniture),
        found=_clean_all(found),
        imported_on=datetime.now(UTC).date(),
    )
    DocumentTheme.objects.bulk_create(
        DocumentTheme(document=document, concept=theme.concept, score=theme.score) for theme in reading.themes
    )
    DocumentCountry.objects.bulk_create(DocumentCountry(document=document, country=code) for code in reading.countries)
    document_imported.send(sender=Document, document=document)
    trail.record(verb="import_document", target=f"document:{document.code}", by=by)
    return document


def _clean(text: str) -> str:
    """The text with NUL and lone surrogates, which databases refuse, replaced letter by letter."""
    return re.sub("[\x00\ud800-\udfff]", "\ufffd", text)


def _clean_all(value: object) -> object:
    if isinstance(value, str):
        return _clean(value)
    if isinstance(value, list):
        return [_clean_all(item) for item in value]
    if isinstance(value, dict):
        return {key: _clean_all(item) for key, item in value.items()}
    return value


def _digest(reading: Reading) -> str:
    """SHA-256 of the text without furniture: the same article with another menu around it is the same document."""
    plain = re.sub(r"\s+", " ", unicodedata.normalize("NFC", reading.body)).strip()
    return hashlib.sha256(plain.encode("utf-8", errors="replace")).hexdigest()


def import_paths(paths: Iterable[str | Path], *, by: trail.Actor | str, progress: Progress | None = None) -> Report:
    """Imports files, and all files in folders. Each is its own transaction, so a batch that was stopped goes on where it was."""
    files = [file for path in paths for file in _files_of(Path(path))]
    results = []
    for number, file in enumerate(files, 1):
        results.append(_import_file(file, by))
        if progress is not None:
            progress(number, len(files))
    return Report(results)


def _files_of(path: Path) -> list[Path]:
    if not path.is_dir():
        return [path]
    return sorted(file for file in path.rglob("*") if file.is_file() and not _hidden(file.relative_to(path)))


def _hidden(relative: Path) -> bool:
    return any(part.startswith(".") for part in relative.parts)


def _import_file(file: Path, by: trail.Actor | str) -> FileResult:
    name = str(file)
    try:
        imported = import_document(data=bytes_of(name), source=name, by=by)
    except CannotRead as error:
        return FileResult(name, "could not read", why=str(error))
    return FileResult(name, "imported" if imported.new else "already known", code=imported.document.code)
