"""Sealed files on their way out: opened chunk by chunk, always as a download, never run by a browser."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from itertools import chain
from typing import TypeVar

from csp.constants import NONE
from django.http import HttpResponse, StreamingHttpResponse
from django.utils.http import content_disposition_header

from kenesh.kernel.middleware import holds_secret

# What may go out under its own type, and the ending that its name gets; anything else is a row of bytes.
ENDINGS = {
    "image/jpeg": "jpg",
    "image/png": "png",
    "image/webp": "webp",
    "image/gif": "gif",
    "image/heic": "heic",
    "application/pdf": "pdf",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "docx",
    "application/vnd.oasis.opendocument.text": "odt",
    "text/plain": "txt",
    "audio/ogg": "ogg",
    "audio/mpeg": "mp3",
    "audio/mp4": "m4a",
    "audio/aac": "aac",
    "audio/amr": "amr",
    "audio/3gpp": "3gp",
    "audio/wav": "wav",
}
MOST_LETTERS = 80
Answer = TypeVar("Answer", HttpResponse, StreamingHttpResponse)


def safe_name(name: str, kind: str) -> str:
    """A name without folders, controls or letters that turn the line around, with the ending of what the file really is."""
    last = re.split(r"[/\\]", unicodedata.normalize("NFC", name))[-1]
    shown = "".join(c for c in last if unicodedata.category(c)[0] != "C" and c not in '<>:"|?*%').strip(" .")
    stem = shown.rsplit(".", 1)[0][:MOST_LETTERS].strip(" .") or "file"
    return f"{stem}.{ENDINGS.get(kind, 'bin')}"


def download(chunks: Iterator[bytes], *, name: str, kind: str, size: int) -> StreamingHttpResponse:
    """The file as an attachment, in a sandbox of its own. Raises vault.Tampered before the answer when its beginning does not open."""
    first = next(chunks, b"")
    response = StreamingHttpResponse(chain([first], chunks), content_type=kind if kind in ENDINGS else "application/octet-stream")
    response.headers["Content-Length"] = str(size)
    response.headers["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=safe_name(name, kind)) or ""
    return _sandboxed(response)


def picture(data: bytes) -> HttpResponse:
    """A small JPEG that was made for this answer alone."""
    return _sandboxed(HttpResponse(data, content_type="image/jpeg"))


def _sandboxed(response: Answer) -> Answer:
    response.headers["X-Content-Type-Options"] = "nosniff"
    response._csp_config = {"default-src": [NONE], "sandbox": True}  # type: ignore[attr-defined]  # django-csp's hook
    return holds_secret(response)
