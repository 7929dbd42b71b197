"""What a file is, by its content."""

from __future__ import annotations

import re
from collections.abc import Iterator

import puremagic

from kenesh.kernel.stripping.reasons import Refused

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
ODT = "application/vnd.oasis.opendocument.text"
PICTURES = {b"\xff\xd8\xff": "image/jpeg", b"\x89PNG\r\n\x1a\n": "image/png", b"GIF87a": "image/gif", b"GIF89a": "image/gif"}
_HEIC = {b"heic", b"heix", b"heim", b"heis", b"hevc", b"mif1", b"msf1"}
_ARCHIVES = (
    b"Rar!\x1a\x07",
    b"7z\xbc\xaf\x27\x1c",
    b"\x1f\x8b",
    b"BZh",
    b"\xfd7zXZ\x00",
    b"\x28\xb5\x2f\xfd",
    b"MSCF",
    b"PK\x05\x06",
)
_PROGRAMS = (
    b"MZ",
    b"\x7fELF",
    b"\xcf\xfa\xed\xfe",
    b"\xce\xfa\xed\xfe",
    b"\xca\xfe\xba\xbe",
    b"#!",
    b"dex\n",
    b"L\0\0\0\x01\x14\x02\0",
)
_OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_WEB_PAGE = re.compile(rb"<(?:!doctype\s+html|html|head|body|script|svg|iframe|\?xml|object|embed|math)\b", re.IGNORECASE)


def kind_of(data: bytes) -> str:
    """The media type by content. Raises Refused for whatever is not taken."""
    if not data:
        raise Refused("empty")
    for start, kind in PICTURES.items():
        if data.startswith(start):
            return kind
    if data[:4] == b"RIFF" and data[8:12] in {b"WEBP", b"WAVE"}:
        return "image/webp" if data[8:12] == b"WEBP" else "audio/wav"
    if data[4:8] == b"ftyp":
        return _kind_of_boxes(data)
    if data.startswith(b"%PDF-"):
        return "application/pdf"
    if data.startswith(b"PK\x03\x04"):
        return _kind_of_package(data)
    sound = _kind_of_sound(data)
    if sound:
        return sound
    return _text_or_refused(data)


def _kind_of_sound(data: bytes) -> str:
    if data.startswith(b"OggS"):
        if b"\x80theora" in data[:4096] or b"\x01video" in data[:4096]:
            raise Refused("video")
        return "audio/ogg"
    if data.startswith((b"#!AMR\n", b"#!AMR-WB\n")):
        return "audio/amr"
    if data.startswith(b"ID3") or (len(data) > 3 and data[0] == 0xFF and data[1] & 0xE6 in {0xE2, 0xE4, 0xE6}):
        return "audio/mpeg"
    if len(data) > 6 and data[0] == 0xFF and data[1] & 0xF6 == 0xF0:
        return "audio/aac"
    return ""


def _kind_of_boxes(data: bytes) -> str:
    """HEIC, or sound in an MP4; a film is refused."""
    brand = data[8:12]
    if brand in _HEIC:
        return "image/heic"
    handlers = {data[at + 8 : at + 12] for at in _positions(data, b"hdlr", 200)}
    handlers |= {data[at + 12 : at + 16] for at in _positions(data, b"hdlr", 200)}
    if b"vide" in handlers:
        raise Refused("video")
    if b"soun" not in handlers:
        raise Refused("unknown")
    return "audio/3gpp" if brand[:2] == b"3g" else "audio/mp4"


def _positions(data: bytes, mark: bytes, most: int) -> Iterator[int]:
    at = data.find(mark)
    while at >= 0 and most:
        yield at
        at, most = data.find(mark, at + 1), most - 1


def _kind_of_package(data: bytes) -> str:
    """A word processor's file, or an archive, which is refused."""
    head = data[:200]
    if b"mimetype" + ODT.encode() in head:
        return ODT
    if b"word/" in data[-65_000:] and b"[Content_Types].xml" in data:
        return DOCX
    raise Refused("office" if b"[Content_Types].xml" in data or b"mimetypeapplication/vnd.oasis" in head else "archive")


def _text_or_refused(data: bytes) -> str:
    if data.startswith(_PROGRAMS):
        raise Refused("program")
    if data.startswith(_ARCHIVES) or data[257:262] == b"ustar":
        raise Refused("archive")
    if data.startswith((_OLD_OFFICE, b"{\\rtf")):
        raise Refused("office")
    if _WEB_PAGE.search(data[:4096]):
        raise Refused("web")
    if b"%PDF-" in data[:2048]:
        raise Refused("mixed")
    if b"\0" not in data and _decodes(data):
        return "text/plain"
    try:
        guesses = {str(match.mime_type) for match in puremagic.magic_string(data[:65_536])[:3]}
    except (puremagic.PureError, ValueError):
        guesses = set()
    raise Refused("video" if any(guess.startswith("video/") for guess in guesses) else "unknown")


def _decodes(data: bytes) -> bool:
    """UTF-8, or Windows-1251 without control characters."""
    controls = sum(byte < 32 and byte not in (9, 10, 12, 13, 27) for byte in data[:65_536])
    if controls:
        return False
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        letters = sum(byte >= 0xC0 or byte in (0xA8, 0xB8) for byte in data)
        high = sum(byte >= 0x80 for byte in data)
        return letters >= high * 0.8
    return True
