"""The program: loads what it needs, binds itself, then reads the stranger's file."""

from __future__ import annotations

import encodings.cp437
import encodings.cp1251
import encodings.latin_1
import encodings.utf_16
import encodings.utf_16_be
import io
import json
import resource
import sys
from collections.abc import Callable

import puremagic
from PIL import Image, MpoImagePlugin, WebPImagePlugin
from pypdf import PdfWriter

from kenesh.kernel.stripping.documents import check_document, packed
from kenesh.kernel.stripping.kinds import DOCX, ODT, kind_of
from kenesh.kernel.stripping.pdf import check_pdf
from kenesh.kernel.stripping.pictures import check_picture, open_picture, preview, refuse_mixed, saved, strip_picture
from kenesh.kernel.stripping.reasons import NoCopy, Refused
from kenesh.kernel.stripping.sound import check_sound

# Loaded here because nothing can be loaded any more once the program has bound itself.
LOADED_FIRST = (
    encodings.cp437,
    encodings.cp1251,
    encodings.latin_1,
    encodings.utf_16,
    encodings.utf_16_be,
    MpoImagePlugin,
    WebPImagePlugin,
)

MEMORY = 512 * 2**20
SECONDS = 10


def inspect(data: bytes) -> tuple[dict[str, object], bytes]:
    """The verdict, and the copy without metadata; b"" when there is none."""
    kind = ""
    try:
        kind = kind_of(data)
        copy = _check(kind)(data)
    except Refused as refused:
        return {"kind": kind, "refused": str(refused), "copy": False}, b""
    except (NoCopy, MemoryError):
        if kind.startswith(("image/", "audio/")):
            return {"kind": kind, "refused": "", "copy": False}, b""
        return {"kind": kind, "refused": "unchecked", "copy": False}, b""
    return {"kind": kind, "refused": "", "copy": True}, copy


def glance(data: bytes) -> dict[str, object]:
    """What can be said without looking through the file: pictures and sounds may be taken, without a copy."""
    kind = ""
    try:
        kind = kind_of(data)
        if kind.startswith("image/"):
            refuse_mixed(data)
            if kind != "image/heic":
                open_picture(data)
        refused = "" if kind.startswith(("image/", "audio/")) else "unchecked"
    except (Refused, MemoryError) as reason:
        refused = str(reason) or "unchecked"
    return {"kind": kind, "refused": refused, "copy": False}


def _check(kind: str) -> Callable[[bytes], bytes]:
    if kind == "application/pdf":
        return check_pdf
    if kind in {DOCX, ODT}:
        return lambda data: check_document(data, kind)
    if kind.startswith("image/"):
        return lambda data: check_picture(data, kind)
    if kind.startswith("audio/"):
        return lambda data: check_sound(data, kind)
    return lambda data: data


def rehearse(mode: str) -> None:
    """Goes once through everything with samples of our own, so that all code is loaded before the right to open files goes."""
    Image.preinit()
    dot = Image.new("RGB", (2, 2))
    turned = dot.getexif()
    turned[0x0112] = 6  # lies on its side
    for form, kind in (("JPEG", "image/jpeg"), ("PNG", "image/png"), ("GIF", "image/gif"), ("WEBP", "image/webp")):
        drawn = saved(dot, form) if form == "GIF" else saved(dot, form, exif=turned)
        if mode == "preview":
            preview(drawn)
        else:
            strip_picture(drawn, kind)
    if mode == "preview":
        return
    page = io.BytesIO()
    writer = PdfWriter()
    writer.add_blank_page(9, 9)
    writer.add_metadata({"/Author": "\u0436"})
    writer.write(page)
    check_pdf(page.getvalue())
    main = b'<Types><Override ContentType="x/wordprocessingml.document.main+xml"/></Types>'
    check_document(packed({"[Content_Types].xml": main, "word/a.xml": b"<a/>"}), DOCX)
    for sample, kind in ((b"ID3", "audio/mpeg"), (b"OggS" + bytes(60), "audio/ogg"), (b"\xff\xf1" + bytes(60), "audio/aac")):
        try:
            check_sound(sample, kind)
        except NoCopy:
            continue
    puremagic.magic_string(bytes(64) + b"x")


def bind() -> None:
    """Memory, processor time, no new file, no connection, no child: whatever a stranger's bytes may do to a library, it stays here."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_NPROC, (0, 0))
    resource.setrlimit(resource.RLIMIT_NOFILE, (0, 0))


def main() -> None:
    mode = sys.argv[1]
    rehearse(mode)
    bind()
    data = sys.stdin.buffer.read()
    out = sys.stdout.buffer
    if mode == "preview":
        try:
            verdict, copy = {"kind": "image/jpeg", "refused": "", "copy": True}, preview(data)
        except (Refused, MemoryError):
            verdict, copy = {"kind": "", "refused": "damaged", "copy": False}, b""
    elif mode == "kind":
        verdict, copy = glance(data), b""
    else:
        verdict, copy = inspect(data)
    out.write(json.dumps(verdict).encode() + b"\n" + copy)
    out.flush()
