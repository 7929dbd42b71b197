"""What a stranger's file is, what is refused and why, and what a copy no longer tells. Through the program, as it runs."""

from __future__ import annotations

import io
import re
import struct
import uuid
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest
from docx import Document
from PIL import Image
from pypdf import PdfReader, PdfWriter
from pypdf.generic import ArrayObject, DictionaryObject, NameObject, TextStringObject

from kenesh.kernel import inspection, sealed_files
from kenesh.kernel.stripping import program

WRITER = "Murzakmat"


def seen(data: bytes) -> tuple[str, str, bytes]:
    """Kind, reason of a refusal, and the copy."""
    uid = uuid.uuid4()
    try:
        verdict = inspection.inspect(lambda: [data], copy_name=sealed_files.name_of(uid, shared=True))
        return verdict.kind, verdict.refused, b"".join(sealed_files.read(verdict.copy)) if verdict.copy else b""
    finally:
        sealed_files.delete(uid)


def picture(form: str, size: tuple[int, int] = (40, 20)) -> bytes:
    out = io.BytesIO()
    image = Image.new("RGB", size, (200, 10, 10))
    exif = image.getexif()
    exif[0x010F], exif[0x0112] = WRITER, 6
    exif.get_ifd(0x8825).update({1: "N", 2: (42.0, 52.0, 12.0)})
    image.save(out, form, **({} if form == "GIF" else {"exif": exif}))
    return out.getvalue()


def pdf(change: Callable[[PdfWriter], object] = lambda writer: None) -> bytes:
    writer, out = PdfWriter(), io.BytesIO()
    writer.add_blank_page(100, 100)
    writer.add_metadata({"/Author": WRITER})
    change(writer)
    writer.write(out)
    return out.getvalue()


def docx() -> bytes:
    document, out = Document(), io.BytesIO()
    document.core_properties.author = WRITER
    document.add_paragraph("Договор")
    document.add_picture(io.BytesIO(picture("JPEG")))
    document.save(out)
    return out.getvalue()


def changed(package: bytes, **parts: str | bytes) -> bytes:
    """A package with parts added or replaced; `__` in a name stands for `/`, `_dot_` for a point."""
    out = io.BytesIO()
    added = {name.replace("__", "/").replace("_dot_", "."): content for name, content in parts.items()}
    with zipfile.ZipFile(io.BytesIO(package)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for info in old.infolist():
            if info.filename not in added:
                new.writestr(info, old.read(info), compress_type=info.compress_type)
        for name, content in added.items():
            new.writestr(name, content)
    return out.getvalue()


def boxes(*handlers: str, brand: bytes = b"M4A ") -> bytes:
    def box(name: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body) + 8) + name + body

    tracks = b"".join(box(b"trak", box(b"mdia", box(b"hdlr", bytes(8) + kind.encode() + bytes(12)))) for kind in handlers)
    place = box(b"udta", box(b"\xa9xyz", b"+42.8700+074.5900/" + WRITER.encode()))
    return box(b"ftyp", brand + bytes(4)) + box(b"moov", box(b"mvhd", bytes(4) + b"TIMETIME" + bytes(80)) + tracks + place)


def wav() -> bytes:
    body = b"WAVEfmt " + struct.pack("<I", 16) + bytes(16) + b"LIST" + struct.pack("<I", 10) + b"Murzakmat\0"
    body += b"data" + struct.pack("<I", 4) + b"\1\2\3\4"
    return b"RIFF" + struct.pack("<I", len(body)) + body


def mp3() -> bytes:
    frame = b"\xff\xfb\x90\x00" + bytes(413)
    return b"ID3\x03\0\0\0\0\0\x14TPE1" + struct.pack(">I", 10) + b"\0\0\0" + WRITER.encode() + frame * 8


def ogg_opus() -> bytes:
    def page(number: int, kind: int, body: bytes) -> bytes:
        head = b"OggS\0" + bytes([kind]) + struct.pack("<qII", 0, 1, number)
        table = bytes([len(body)])
        return head + struct.pack("<I", _crc(head + bytes(4) + b"\1" + table + body)) + b"\1" + table + body

    tags = b"OpusTags" + struct.pack("<I", 1) + b"x" + struct.pack("<II", 1, 16) + b"ARTIST=Murzakmat"
    return page(0, 2, b"OpusHead\1\1" + bytes(9)) + page(1, 0, tags) + page(2, 4, bytes(20))


def _crc(data: bytes) -> int:
    crc = 0
    for byte in data:
        crc ^= byte << 24
        for _ in range(8):
            crc = (crc << 1 ^ 0x04C11DB7 if crc & 0x80000000 else crc << 1) & 0xFFFFFFFF
    return crc


def odt() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        package.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        package.writestr("content.xml", "<a/>")
        package.writestr("meta.xml", f"<m>{WRITER}</m>")
    return out.getvalue()


HEIC = struct.pack(">I", 24) + b"ftypheic" + bytes(4) + b"mif1heic" + struct.pack(">I", 12) + b"meta" + bytes(4)


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (picture("JPEG"), "image/jpeg"),
        (picture("PNG"), "image/png"),
        (picture("WEBP"), "image/webp"),
        (picture("GIF"), "image/gif"),
        (pdf(), "application/pdf"),
        (docx(), "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
        (odt(), "application/vnd.oasis.opendocument.text"),
        (boxes("soun"), "audio/mp4"),
        (boxes("soun", brand=b"3gp4"), "audio/3gpp"),
        (wav(), "audio/wav"),
        (mp3(), "audio/mpeg"),
        (ogg_opus(), "audio/ogg"),
        (b"#!AMR\n" + bytes(100), "audio/amr"),
        (b"\xff\xf1" + bytes(100), "audio/aac"),
        ("Бригадир не платит".encode(), "text/plain"),
        ("Бригадир не платит".encode("cp1251"), "text/plain"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_may_be_sent_is_told_by_content_and_its_copy_names_nobody(data: bytes, kind: str) -> None:
    found, refused, copy = seen(data)
    assert (found, refused) == (kind, "")
    assert copy
    assert WRITER.encode() not in copy
    assert b"+42.87" not in copy


def test_a_photo_stands_upright_without_the_place_where_it_was_taken() -> None:
    assert Image.open(io.BytesIO(picture("JPEG"))).getexif().get_ifd(0x8825)
    copy = Image.open(io.BytesIO(seen(picture("JPEG"))[2]))
    assert (copy.size, dict(copy.getexif())) == ((20, 40), {})


def test_a_photo_of_an_apple_telephone_is_taken_and_has_no_copy() -> None:
    assert seen(HEIC) == ("image/heic", "", b"")


def test_a_copy_of_a_document_opens_and_the_pictures_in_it_tell_no_place() -> None:
    copy = Document(io.BytesIO(seen(docx())[2]))
    assert copy.paragraphs[0].text == "Договор"
    assert copy.core_properties.author == ""
    inside = next(part.blob for part in copy.part.package.iter_parts() if part.partname.endswith(".jpg"))
    assert dict(Image.open(io.BytesIO(inside)).getexif()) == {}


def test_a_copy_of_a_pdf_opens() -> None:
    copy = PdfReader(io.BytesIO(seen(pdf())[2]))
    assert (len(copy.pages), copy.metadata) == (1, None)


def _open_action(kind: str, **more: str) -> Callable[[PdfWriter], object]:
    action = DictionaryObject({NameObject("/S"): NameObject(kind)})
    action.update({NameObject(f"/{name}"): TextStringObject(text) for name, text in more.items()})
    return lambda writer: writer.root_object.update({NameObject("/OpenAction"): action})


def _rich(writer: PdfWriter) -> None:
    note = DictionaryObject({NameObject("/Type"): NameObject("/Annot"), NameObject("/Subtype"): NameObject("/RichMedia")})
    writer.pages[0][NameObject("/Annots")] = ArrayObject([note])


def _form(writer: PdfWriter) -> None:
    writer.root_object[NameObject("/AcroForm")] = DictionaryObject({NameObject("/XFA"): TextStringObject("<x/>")})


def _locked() -> bytes:
    return pdf(lambda writer: writer.encrypt("geheim", algorithm="RC4-128"))


def _relation(kind: str, mode: str = "External", name: str = "word/_rels/settings.xml.rels") -> bytes:
    text = f'<Relationships><Relationship Id="x" Type="http://x/{kind}" Target="http://e" TargetMode="{mode}"/></Relationships>'
    return changed(docx(), **{name.replace("/", "__").replace(".", "_dot_"): text})


def _linked(where: str) -> bytes:
    """An ODT with a picture that lies somewhere else."""
    text = f'<o:content xmlns:o="o" xmlns:d="d" xmlns:x="x"><d:image x:href="{where}"/></o:content>'
    return changed(odt(), content_dot_xml=text)


def _field(text: str, name: str = "word/footer9.xml") -> bytes:
    main = f'<w:document xmlns:w="w"><w:instrText>{text[:2]}</w:instrText><w:instrText>{text[2:]}</w:instrText></w:document>'
    return changed(docx(), **{name.replace("/", "__").replace(".", "_dot_"): main})


def _fields(*instructions: str) -> bytes:
    mark = '<w:fldChar w:fldCharType="{}"/>'
    told = "".join(f"{mark.format('begin')}<w:instrText>{told}</w:instrText>{mark.format('end')}" for told in instructions)
    return changed(docx(), word__footer9_dot_xml=f'<w:document xmlns:w="w">{told}</w:document>')


def _macro_types() -> bytes:
    types = '<Types><Override ContentType="application/vnd.ms-word.document.macroEnabled.main+xml"/></Types>'
    return changed(docx(), **{"[Content_Types]_dot_xml": types})


def _png_that_claims(width: int, height: int) -> bytes:
    head = b"IHDR" + struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    dots = b"IDAT" + zlib.compress(bytes(100))
    chunks = [struct.pack(">I", len(chunk) - 4) + chunk + struct.pack(">I", zlib.crc32(chunk)) for chunk in (head, dots)]
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunks)


def _plain_zip() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        package.writestr("a.txt", "a")
    return out.getvalue()


DANGEROUS: dict[str, list[tuple[str, Callable[[], bytes]]]] = {
    "empty": [("nothing", bytes)],
    "unknown": [("noise", lambda: bytes(range(256)) * 4)],
    "video": [("a film", lambda: boxes("soun", "vide", brand=b"isom"))],
    "archive": [("rar", lambda: b"Rar!\x1a\x07\0" + bytes(20)), ("zip", _plain_zip), ("gzip", lambda: b"\x1f\x8b" + bytes(20))],
    "program": [
        ("windows", lambda: b"MZ\x90" + bytes(99)),
        ("linux", lambda: b"\x7fELF" + bytes(99)),
        ("shell", lambda: b"#!/bin/sh\n"),
    ],
    "web": [("page", lambda: b"  <!DOCTYPE html><p>"), ("svg", lambda: b"<svg onload='x'/>"), ("script", lambda: b"a <script>x")],
    "office": [("old word", lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(99)), ("rtf", lambda: b"{\\rtf1 x}")],
    "macros": [
        ("project", lambda: changed(docx(), word__vbaProject_dot_bin=b"x")),
        ("type", _macro_types),
        ("basic", lambda: changed(odt(), Basic__a_dot_xml="<a/>")),
    ],
    "objects": [
        ("ole", lambda: changed(docx(), word__embeddings__oleObject1_dot_bin=b"x")),
        ("activex", lambda: changed(docx(), word__activeX__activeX1_dot_xml="<a/>")),
        ("chunk", lambda: _relation("aFChunk", "Internal")),
    ],
    "outside": [
        ("template", lambda: _relation("attachedTemplate")),
        ("picture", lambda: _relation("image")),
        ("dde", lambda: _field("DDEAUTO c:\\cmd.exe")),
        ("template, in capitals", lambda: _relation("attachedTemplate", name="WORD/_RELS/settings.xml.RELS")),
        ("dde, behind another field", lambda: _fields("PAGE", "DDEAUTO c:\\cmd.exe")),
        ("a link to a sheet", lambda: _fields("PAGE", "LINK Excel.Sheet.8 \\\\host\\share\\a.xlsx")),
        ("dde, in capitals", lambda: _field("DDEAUTO c:\\cmd.exe", name="word/footer9.XML")),
        ("picture in the network", lambda: _linked("//attacker/share/a.png")),
        ("picture of Windows' network", lambda: _linked("\\\\attacker\\share\\a.png")),
        ("picture beside the document", lambda: _linked("../secret.png")),
    ],
    "script": [
        ("opens", lambda: pdf(_open_action("/JavaScript", JS="app.alert(1)"))),
        ("xfa", lambda: pdf(_form)),
        ("orphan", lambda: pdf(lambda writer: writer._add_object(DictionaryObject({NameObject("/JS"): TextStringObject("x")})))),
    ],
    "launch": [
        ("launch", lambda: pdf(_open_action("/Launch", F="cmd.exe"))),
        ("submit", lambda: pdf(_open_action("/SubmitForm"))),
        ("file elsewhere", lambda: pdf(_open_action("/GoToR", F="\\\\attacker\\share"))),
    ],
    "attached": [("file", lambda: pdf(lambda writer: writer.add_attachment("a.exe", b"MZ")))],
    "media": [("rich", lambda: pdf(_rich))],
    "locked": [("password", _locked)],
    "mixed": [
        ("pdf behind a text", lambda: b"hello\n" + pdf()),
        ("pdf with a tail", lambda: pdf() + b"PK\x03\x04 and more"),
        ("picture and archive", lambda: picture("GIF") + _plain_zip()),
        ("document with a tail", lambda: docx() + b"<script>"),
    ],
    "too_many_pixels": [("bomb", lambda: _png_that_claims(50_000, 50_000))],
    "too_big_inside": [("zip bomb", lambda: changed(docx(), word__bomb_dot_xml=bytes(30 * 2**20)))],
    "damaged": [
        ("picture", lambda: picture("JPEG")[:200]),
        ("pdf", lambda: b"%PDF-1.7\n%%EOF"),
        ("xml bomb", lambda: changed(docx(), word__b_dot_xml='<!DOCTYPE a [<!ENTITY b "bb">]><a>&b;</a>')),
    ],
}


@pytest.mark.parametrize(
    ("reason", "make"),
    [(reason, make) for reason, cases in DANGEROUS.items() for _name, make in cases],
    ids=[f"{reason}-{name}" for reason, cases in DANGEROUS.items() for name, _make in cases],
)
def test_what_can_do_harm_is_refused_with_its_reason(reason: str, make: Callable[[], bytes]) -> None:
    """In this process, for speed; what is taken goes through the bound program above."""
    verdict, copy = program.inspect(make())
    assert (verdict["refused"], copy) == (reason, b"")


def test_what_cannot_be_looked_through_in_time_is_taken_only_if_it_cannot_act() -> None:
    assert [program.glance(data)["refused"] for data in (picture("PNG"), wav(), HEIC)] == ["", "", ""]
    assert [program.glance(data)["refused"] for data in (pdf(), docx(), odt())] == ["unchecked"] * 3
    assert program.glance(_png_that_claims(50_000, 50_000))["refused"] == "too_many_pixels"
    assert program.glance(picture("GIF") + _plain_zip())["refused"] == "mixed"


def test_the_bound_program_says_the_same() -> None:
    assert seen(pdf(_open_action("/JavaScript", JS="app.alert(1)")))[1:] == ("script", b"")
    assert seen(docx() + b"<script>")[1:] == ("mixed", b"")


def test_the_program_can_open_no_file_and_write_none() -> None:
    text = Path(program.__file__).read_text(encoding="utf-8")
    assert re.findall(r"RLIMIT_(\w+), \(0, 0\)", text) == ["FSIZE", "CORE", "NPROC", "NOFILE"]


def test_a_small_picture_is_made_of_a_large_one_and_tells_nothing() -> None:
    small = Image.open(io.BytesIO(inspection.preview([picture("JPEG", (3000, 2000))])))
    assert max(small.size) == 1280
    assert dict(small.getexif()) == {}
    assert inspection.preview([b"no picture"]) == b""
