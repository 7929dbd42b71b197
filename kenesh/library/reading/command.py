"""What `kenesh read` does with each file: one object a document, and an error that does not stop the batch."""

from __future__ import annotations

import signal
import stat
import sys
import threading
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from types import FrameType

from kenesh.library.formats import isolated
from kenesh.library.reading import CannotRead, Unread, read_documents
from kenesh.library.reading.decoding import LARGEST, TOO_LARGE

STDIN = "-"
SECONDS = 120  # of processor time for one document; 3 million characters take less

_TOO_SLOW = f"Reading the file takes more than {SECONDS} seconds. Split it, or save only its text."
_NO_FILE = "This is not a file but a device or a pipe. Send what comes out of it to standard input, and write - for its name."


def read_files(paths: Iterable[str], *, with_text: bool = False) -> Iterator[Mapping[str, object]]:
    """For each document `Reading.as_json()`, or {"source", "error"} when it cannot be read. "-" is standard input.

    The files that hang on a mail are documents of their own. `with_text` adds "text", in which the places count.
    """
    with isolated.kept():
        for path in paths:
            name = "stdin" if path == STDIN else path.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
            try:
                yield from _read_file(path, name, with_text=with_text)
            except CannotRead as error:
                yield {"source": name, "error": str(error)}


def _read_file(path: str, name: str, *, with_text: bool) -> Iterator[Mapping[str, object]]:
    readings = read_documents(bytes_of(path), name)
    while True:
        with _bounded():
            reading = next(readings, None)
            if reading is None:
                return
            answer: dict[str, object]
            if isinstance(reading, Unread):
                answer = {"source": reading.source, "error": reading.why}
            else:
                answer = {**reading.as_json(), **({"text": reading.original} if with_text else {})}
        yield answer


@contextmanager
def _bounded() -> Iterator[None]:
    """Ends the reading of one document that takes too much processor time; only the main thread can be told so."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGPROF, _give_up)
    signal.setitimer(signal.ITIMER_PROF, SECONDS)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)


def _give_up(_signal: int, _frame: FrameType | None) -> None:
    raise CannotRead(_TOO_SLOW)


def bytes_of(path: str) -> bytes:
    """The bytes of a file or of standard input. Raises CannotRead when the file cannot be opened or is too large."""
    try:
        if path == STDIN:
            data = sys.stdin.buffer.read(LARGEST + 1)
        else:
            data = _bytes_of_file(Path(path))
    except FileNotFoundError as error:
        raise CannotRead("There is no such file. Check the name.") from error
    except IsADirectoryError as error:
        raise CannotRead("This is a folder. Name the files in it.") from error
    except ValueError as error:  # a name with NUL in it
        if isinstance(error, CannotRead):
            raise
        raise CannotRead("There is no such file. Check the name.") from error
    except OSError as error:
        raise CannotRead(f"The file cannot be opened ({error.strerror}). Check that you may read it.") from error
    if len(data) > LARGEST:
        raise CannotRead(TOO_LARGE)
    return data


def _bytes_of_file(path: Path) -> bytes:
    """Never waits: a pipe without a writer, or a device without an end, is not opened."""
    about = path.stat()
    if stat.S_ISDIR(about.st_mode):
        raise IsADirectoryError
    if not stat.S_ISREG(about.st_mode):
        raise CannotRead(_NO_FILE)
    if about.st_size > LARGEST:
        raise CannotRead(TOO_LARGE)
    with path.open("rb") as file:
        return file.read(LARGEST + 1)
