"""What a file is, by its content: its name and the kind that it declares are not believed."""

from __future__ import annotations

import io
import re
import zipfile
from typing import Literal

from kenesh.kernel import zips
from kenesh.library.formats.extracted import CannotRead

Format = Literal["text", "pdf", "word", "mail"]

_ELSEWHERE = "Open it in the program it was made with and save it as Word (.docx), PDF or plain text."
_PICTURE = "This is a picture. If it shows a page, recognise its text first (OCR) and save that."
_SOUND = "This is a sound or a video, not text. Write down what is said, or send its minutes."
_PACKED = "This is a packed file. Unpack it and read the files in it."
_PROGRAM = "This is a program, not a document."
_DAMAGED = "The Word or ZIP file is damaged or was cut off. Get it again from where it came."
_OLD = f"This is an old Word, Excel or Outlook file, which cannot be read here. {_ELSEWHERE}"
_SIGNATURES: tuple[tuple[bytes, str], ...] = (
    (b"{\\rtf", _OLD),
    (b"\x89PNG", _PICTURE),
    (b"\xff\xd8\xff", _PICTURE),
    (b"GIF8", _PICTURE),
    (b"II*\x00", _PICTURE),
    (b"MM\x00*", _PICTURE),
    (b"BM", _PICTURE),
    (b"AT&TFORM", _PICTURE),
    (b"ID3", _SOUND),
    (b"OggS", _SOUND),
    (b"fLaC", _SOUND),
    (b"\x1aE\xdf\xa3", _SOUND),
    (b"\x1f\x8b", _PACKED),
    (b"Rar!", _PACKED),
    (b"7z\xbc\xaf\x27\x1c", _PACKED),
    (b"BZh", _PACKED),
    (b"\xfd7zXZ", _PACKED),
    (b"\x7fELF", _PROGRAM),
    (b"MZ", _PROGRAM),
)
_TEXT_LIKE = (b"BM", b"MZ", b"ID3", b"GIF8", b"BZh")  # letters with which a text may begin too
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_PACKAGES: tuple[tuple[str, str], ...] = (
    ("xl/", "This is an Excel file, not a text."),
    ("ppt/", "These are slides (PowerPoint), not a text."),
    ("mimetype", "This is an OpenDocument or e-book file, which cannot be read here."),
)
_MAIL_HEAD = re.compile(
    rb"(?:From|To|Cc|Subject|Date|Received|Return-Path|Delivered-To|Message-ID|MIME-Version|Reply-To|Sender|Content-Type"
    rb"|Content-Transfer-Encoding|DKIM-Signature|Authentication-Results|ARC-[A-Za-z-]+|X-[A-Za-z0-9-]+|Snapshot-Content-Location)"
    rb":[ \t]",
    re.IGNORECASE,
)
_MAIL_SURE = re.compile(rb"^(?:Message-ID|MIME-Version|Received|Return-Path|Content-Type):", re.IGNORECASE | re.MULTILINE)


def format_of(data: bytes) -> Format:
    """How the file is to be read. Raises CannotRead for what is no document, with what to do instead."""
    if b"%PDF-" in data[:1024]:
        return "pdf"
    if data.startswith(b"PK\x03\x04"):
        return _package(data)
    if data.startswith(_OLE):
        _refuse_ole(data)
    if data[4:8] == b"ftyp":
        raise CannotRead(_PICTURE if data[8:12] in {b"heic", b"heix", b"mif1", b"avif"} else _SOUND)
    if data.startswith(b"RIFF"):
        raise CannotRead(_PICTURE if data[8:12] == b"WEBP" else _SOUND)
    for signature, why in _SIGNATURES:
        if data.startswith(signature) and (signature not in _TEXT_LIKE or _is_binary(data)):
            raise CannotRead(why)
    return "mail" if _is_mail(data) else "text"


def _is_binary(data: bytes) -> bool:
    head = data[:512]
    return sum(byte < 9 or 13 < byte < 32 for byte in head) * 20 > len(head)


def _is_mail(data: bytes) -> bool:
    """Lines of a mail's head, and one that no letter on paper has. A saved web archive (.mhtml) is one too."""
    head = data[:20_000].removeprefix(b"\xef\xbb\xbf").replace(b"\r\n", b"\n").partition(b"\n\n")[0]
    return _MAIL_HEAD.match(head) is not None and _MAIL_SURE.search(head) is not None


def _package(data: bytes) -> Format:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            names = package.namelist()
    except (*zips.BROKEN, OSError, ValueError) as error:
        raise CannotRead(_DAMAGED) from error
    if "[Content_Types].xml" in names and any(name.startswith("word/") for name in names):
        return "word"
    for beginning, what in _PACKAGES:
        if any(name.startswith(beginning) for name in names):
            raise CannotRead(f"{what} {_ELSEWHERE}")
    raise CannotRead(_PACKED)


def _refuse_ole(data: bytes) -> None:
    if "EncryptedPackage".encode("utf-16-le") in data:
        raise CannotRead("The file is protected with a password. Open it, save it without the password, and read that.")
    raise CannotRead(_OLD)
