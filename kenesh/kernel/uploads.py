"""The one upload handler of the node: every file that comes with a form is sealed chunk by chunk as it is read.

Nothing is spooled to a temporary folder and nothing is kept whole in memory. The key is random and lives in memory alone; a
file that its view does not keep is taken away when the request ends.
"""

from __future__ import annotations

import uuid
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator, Mapping
from typing import Any, ClassVar, Protocol, TypeVar

from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler
from django.utils.functional import Promise

from kenesh.kernel import sealed_files

MOST_BYTES = 20 * 2**20  # of one file
MOST_BODY = 21 * 2**20  # of a form with one such file
AnyView = TypeVar("AnyView", bound=Callable[..., Any])


class NotTaken(Exception, ABC):
    """A file is not taken; `sentence` says to its sender why, and what to do."""

    @property
    @abstractmethod
    def sentence(self) -> str: ...


class RefusedFor(NotTaken):
    """A file is not taken for a reason that has a code; a subclass says in `words` what each code means to its sender."""

    words: ClassVar[Mapping[str, str | Promise]]

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code

    @property
    def sentence(self) -> str:
        return str(self.words[self.code])


class Source(Protocol):
    """Where the content of a file comes from: a form, the pieces that have arrived, another sealed file."""

    def chunks(self) -> Iterator[bytes]: ...


def takes_files(view: AnyView) -> AnyView:
    """Marks a view to whose address a body of 21 MiB may be sent; every other address takes 3 MiB."""
    return takes_files_of(MOST_BODY)(view)


def takes_files_of(most_bytes: int) -> Callable[[AnyView], AnyView]:
    """The same for a view that takes many files at once, for staff: its form may have so many bytes in all."""

    def mark(view: AnyView) -> AnyView:
        view.takes_files = most_bytes  # type: ignore[attr-defined]  # read by kernel.middleware.bounded_bodies
        return view

    return mark


class SealedUpload(UploadedFile):
    """A file that came with a form. `too_large`: it held more than 20 MB, and nothing of it was kept.

    One that the disk did not take raises that error when its content is asked for: by then the fields of the form are read.
    """

    def __init__(self, written: sealed_files.Writer | OSError, *, name: str, field_name: str, size: int, too_large: bool) -> None:
        super().__init__(file=None, name=name, content_type="application/octet-stream", size=size, charset=None)
        self.field_name, self.too_large = field_name, too_large
        self._written = written
        self._unread = b""
        self._source: Iterator[bytes] | None = None

    @property
    def stored_name(self) -> str:
        """Under which name it lies among the sealed files once it is kept."""
        return self._writer.name

    def chunks(self, chunk_size: int | None = None) -> Iterator[bytes]:
        """The content out of the sealed file, 64 KiB at a time."""
        return iter(()) if self.too_large else self._writer.read()

    def read(self, num_bytes: int = -1) -> bytes:
        """The rest, or so many bytes of it; for those who need a file object. `chunks()` is easier on the memory."""
        if self._source is None:
            self._source = self.chunks()
        while num_bytes < 0 or len(self._unread) < num_bytes:
            more = next(self._source, None)
            if more is None:
                break
            self._unread += more
        end = len(self._unread) if num_bytes < 0 else num_bytes
        given, self._unread = self._unread[:end], self._unread[end:]
        return given

    def seek(self, position: int, whence: int = 0, /) -> int:
        """To the beginning, and nowhere else."""
        if position or whence:
            raise ValueError("a sealed upload is read from its beginning")
        self._source, self._unread = None, b""
        return 0

    def keep(self) -> sealed_files.Stored:
        """The file stays, under its present name; its row is the caller's to write."""
        return self._writer.keep()

    @property
    def _writer(self) -> sealed_files.Writer:
        if isinstance(self._written, OSError):
            raise self._written
        return self._written

    def close(self) -> None:
        if isinstance(self._written, sealed_files.Writer):
            self._written.abandon()


class SealingUploadHandler(FileUploadHandler):
    """Seals what comes in; stops writing, not reading, at 20 MB, so that the sender gets an answer and not a broken line."""

    file: sealed_files.Writer  # under this name Django's parser finds and closes what an error leaves
    _refused: OSError | None  # why the disk did not take it

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        super().new_file(*args, **kwargs)
        self._too_large, self._refused = False, None
        try:
            self.file = sealed_files.Writer(sealed_files.name_of(uuid.uuid4()))
        except OSError as why:
            self._refused = why

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        if start + len(raw_data) > MOST_BYTES:
            self._too_large = True
        if self._too_large or self._refused is not None:
            return
        try:
            self.file.write(raw_data)
        except OSError as why:
            self._refused = why
            self.file.abandon()

    def file_complete(self, file_size: int) -> SealedUpload:
        written = self._refused or self.file
        size = file_size if self._refused else self.file.size
        name, field_name = self.file_name or "file", str(self.field_name or "")
        return SealedUpload(written, name=name, field_name=field_name, size=size, too_large=self._too_large)

    def upload_interrupted(self) -> None:
        if self._refused is None:
            self.file.abandon()
