"""What `kenesh read` does with each file: one object a document, and an error that does not stop the batch."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from kenesh.library.reading import CannotRead, read_document

STDIN = "-"


def read_files(paths: Iterable[str]) -> Iterator[Mapping[str, object]]:
    """For each path `Reading.as_json()`, or {"source", "error"} when it cannot be read. "-" is standard input."""
    for path in paths:
        name = "stdin" if path == STDIN else path
        try:
            yield read_document(bytes_of(path), name).as_json()
        except CannotRead as error:
            yield {"source": name, "error": str(error)}


def bytes_of(path: str) -> bytes:
    """The bytes of a file or of standard input. Raises CannotRead when the file cannot be opened."""
    if path == STDIN:
        return sys.stdin.buffer.read()
    try:
        return Path(path).read_bytes()
    except FileNotFoundError as error:
        raise CannotRead("There is no such file. Check the name.") from error
    except IsADirectoryError as error:
        raise CannotRead("This is a folder. Name the files in it.") from error
    except OSError as error:
        raise CannotRead(f"The file cannot be opened ({error.strerror}). Check that you may read it.") from error
