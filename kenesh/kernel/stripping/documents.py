"""Documents of word processors: no macros, nothing inside them, nothing from elsewhere; a copy without names."""

from __future__ import annotations

import io
import re
import zipfile
from xml.etree.ElementTree import Element, ParseError  # parsed by defusedxml

from defusedxml import DefusedXmlException  # type: ignore[import-untyped]
from defusedxml.ElementTree import fromstring  # type: ignore[import-untyped]

from kenesh.kernel import zips
from kenesh.kernel.stripping.kinds import DOCX, PICTURES
from kenesh.kernel.stripping.pictures import strip_picture
from kenesh.kernel.stripping.reasons import Refused

MOST_UNPACKED = 100 * 2**20
MOST_PARTS = 3000
MOST_RATIO = 200
_NAMES_OF_WRITERS = re.compile(rb"""(\s(?:\w+:)?(?:author|initials|userId|providerId))=(?:"[^"]*"|'[^']*')""")
_TRACES = re.compile(rb"""\s(?:\w+:)?(?:rsid\w*|dateUtc)=(?:"[^"]*"|'[^']*')""")
_DATES = re.compile(rb"""(\s(?:\w+:)?date)=(?:"\d{4}-[^"]*"|'\d{4}-[^']*')""")
_EMPTY_CORE = (
    b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?><cp:coreProperties '
    b'xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties"/>'
)
_EMPTY_APP = (
    b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?><Properties '
    b'xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"/>'
)
_EMPTY_CUSTOM = (
    b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?><Properties '
    b'xmlns="http://schemas.openxmlformats.org/officeDocument/2006/custom-properties"/>'
)
_EMPTY_META = (
    b'<?xml version="1.0" encoding="UTF-8"?><office:document-meta '
    b'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" office:version="1.3"><office:meta/></office:document-meta>'
)
_INSTEAD = {
    "docProps/core.xml": _EMPTY_CORE,
    "docProps/app.xml": _EMPTY_APP,
    "docProps/custom.xml": _EMPTY_CUSTOM,
    "meta.xml": _EMPTY_META,
}


def unpacked(data: bytes) -> dict[str, bytes]:
    """The parts of the package. Raises Refused for one that is damaged, a bomb, or has something in front or behind."""
    end = data.rfind(b"PK\x05\x06")
    if end < 0 or end + 22 + int.from_bytes(data[end + 20 : end + 22], "little") != len(data):
        raise Refused("mixed")
    try:
        package = zipfile.ZipFile(io.BytesIO(data))
        parts = package.infolist()
        if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > MOST_UNPACKED:
            raise Refused("too_big_inside")
        held: dict[str, bytes] = {}
        room = MOST_UNPACKED
        for part in parts:
            if part.file_size > 2**20 and part.file_size > MOST_RATIO * max(part.compress_size, 1):
                raise Refused("too_big_inside")
            if part.flag_bits & 1:
                raise Refused("locked")
            if part.filename in held or part.filename.startswith(("/", "\\")) or ".." in part.filename:
                raise Refused("damaged")
            with package.open(part) as opened:
                content = opened.read(room + 1)
            room -= len(content)
            if room < 0:
                raise Refused("too_big_inside")
            held[part.filename] = content
    except (*zips.BROKEN, zips.LOCKED, KeyError, ValueError):
        raise Refused("damaged") from None
    return held


def check_document(data: bytes, kind: str) -> bytes:
    """Refuses macros, embedded objects and what is loaded from elsewhere; gives the document without names of writers."""
    parts = unpacked(data)
    for name in parts:
        low = name.lower()
        if "vbaproject" in low or "vbadata" in low or low.startswith(("basic/", "scripts/")) or "macrosheets" in low:
            raise Refused("macros")
        if "activex" in low or "/embeddings/" in low or "oleobject" in low or low.startswith("object "):
            raise Refused("objects")
    if kind == DOCX:
        _check_word(parts)
    else:
        _check_open_document(parts)
    return packed({name: _clean_part(name, content) for name, content in parts.items()})


def _xml(content: bytes) -> Element:
    try:
        tree: Element = fromstring(content, forbid_dtd=True)
    except (ParseError, DefusedXmlException, ValueError):
        raise Refused("damaged") from None
    return tree


# Fields of Word that load something, by name where the name may be hidden in another field, else where they begin.
_FETCHING = re.compile(
    r"\bDDE(?:AUTO)?\b|\bINCLUDE(?:TEXT|PICTURE)?\b|\|\s*\"?(?:LINK|IMPORT|DATABASE|RD|MACROBUTTON)\b", re.IGNORECASE
)


def _check_word(parts: dict[str, bytes]) -> None:
    types = _xml(parts.get("[Content_Types].xml", b""))
    said = {each.get("ContentType", "").lower() for each in types}
    if any("macroenabled" in each or "vba" in each for each in said):
        raise Refused("macros")
    if not any(each.endswith("wordprocessingml.document.main+xml") for each in said):
        raise Refused("office")
    for name, content in parts.items():
        low = name.lower()  # Word takes names of parts in whatever case (ECMA-376-2, 6.2.2.3)
        if low.endswith(".rels"):
            for each in _xml(content):
                _check_relation(each.get("Type", "").rsplit("/", 1)[-1].lower(), each.get("TargetMode", "").lower())
        elif low.endswith(".xml") and _FETCHING.search(_told_by_fields(_xml(content))):
            raise Refused("outside")


def _told_by_fields(tree: Element) -> str:
    """What the fields of a part are told to do, each behind a bar; one instruction may lie in many pieces of text."""
    told = []
    for each in tree.iter():
        if each.tag.endswith("}fldChar"):
            told.append("|")
        elif each.tag.endswith(("}instrText", "}delInstrText")):
            told.append(each.text or "")
        elif each.tag.endswith("}fldSimple"):
            told.append("|" + next((value for name, value in each.items() if name.endswith("}instr")), "") + "|")
    return "".join(told)


def _check_relation(kind: str, mode: str) -> None:
    if kind in {"vbaproject", "wordvbadata"}:
        raise Refused("macros")
    if kind in {"oleobject", "package", "control", "activexcontrolbinary", "afchunk"}:
        raise Refused("objects")
    if mode == "external" and kind != "hyperlink":
        raise Refused("outside")


def _check_open_document(parts: dict[str, bytes]) -> None:
    for name in ("content.xml", "styles.xml", "settings.xml"):
        for each in _xml(parts[name]).iter() if name in parts else ():
            if each.tag.endswith(("}event-listener", "}script", "}macro")):
                raise Refused("macros")
            if each.tag.endswith(("}object", "}object-ole", "}plugin", "}applet")):
                raise Refused("objects")
            link = next((v for k, v in each.items() if k.endswith("}href")), "")
            away = ":" in link or link.startswith(("/", "\\", ".."))  # also a share in the network, a file beside the document
            if away and not each.tag.endswith("}a"):
                raise Refused("outside")


def _clean_part(name: str, content: bytes) -> bytes:
    if name in _INSTEAD:
        return _INSTEAD[name]
    low = name.lower()
    if "thumbnail" in low or low.endswith((".jpg", ".jpeg", ".png", ".gif", ".webp")):
        kind = next((kind for start, kind in PICTURES.items() if content.startswith(start)), "")
        return strip_picture(content, kind) if kind else content
    if low.endswith((".xml", ".rels")):
        cleaned = _NAMES_OF_WRITERS.sub(rb'\1=""', content)
        cleaned = re.sub(rb"<dc:creator>[^<]*</dc:creator>|<dc:date>[^<]*</dc:date>", b"", cleaned)
        return _DATES.sub(rb'\1="2000-01-01T00:00:00Z"', _TRACES.sub(b"", cleaned))
    return content


def packed(parts: dict[str, bytes]) -> bytes:
    """The parts as a package without times."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in parts.items():
            info = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            info.compress_type = zipfile.ZIP_STORED if name == "mimetype" else zipfile.ZIP_DEFLATED
            package.writestr(info, content)
    return out.getvalue()
