"""PDF: nothing that acts, and a copy without metadata."""

from __future__ import annotations

import io
import re

from pypdf import PdfReader, PdfWriter, errors
from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject, NameObject, StreamObject

from kenesh.kernel.stripping.pictures import jpeg_without_metadata
from kenesh.kernel.stripping.reasons import Refused

_ACTIVE = {
    "/JavaScript": "script",
    "/JS": "script",
    "/Launch": "launch",
    "/EmbeddedFile": "attached",
    "/EmbeddedFiles": "attached",
    "/XFA": "script",
    "/RichMedia": "media",
    "/Movie": "media",
    "/Sound": "media",
    "/SubmitForm": "launch",
    "/ImportData": "launch",
    "/GoToE": "launch",
    "/GoToR": "launch",
    "/Rendition": "media",
}
MOST_OBJECTS = 200_000


def check_pdf(data: bytes) -> bytes:
    """Refuses what acts; gives the document without its metadata and those of its pictures."""
    ends = [found.end() for found in re.finditer(rb"%%EOF", data)]
    if not ends or len(data[ends[-1] :].strip()) > 0:
        raise Refused("mixed" if ends else "damaged")
    try:
        reader = PdfReader(io.BytesIO(data), strict=False)
        if reader.is_encrypted:
            raise Refused("locked")
        _look_at_all(reader)
        writer = PdfWriter(clone_from=reader)
        for each in writer._objects:
            _look_at(each, 0)
        writer.metadata = None
        writer._ID = None  # the document's own number says of which file it is a version
        out = io.BytesIO()
        writer.write(out)
    except (errors.PyPdfError, ValueError, KeyError, TypeError, AttributeError, IndexError, RecursionError, OSError):
        raise Refused("damaged") from None
    return out.getvalue()


def _look_at_all(reader: PdfReader) -> None:
    """Every object of the document, also those to which nothing refers."""
    places = {(number, generation) for generation, numbers in reader.xref.items() for number in numbers}
    places |= {(number, 0) for number in reader.xref_objStm}
    if len(places) > MOST_OBJECTS:
        raise Refused("too_big_inside")
    for number, generation in sorted(places):
        _look_at(reader.get_object(IndirectObject(number, generation, reader)), 0)


def _look_at(value: object, depth: int) -> None:
    if depth > 60:
        raise Refused("too_big_inside")
    if isinstance(value, StreamObject) and value.get("/Filter") in ("/DCTDecode", ["/DCTDecode"]):
        value._data = jpeg_without_metadata(value._data)
    if isinstance(value, DictionaryObject):
        for name, inside in list(dict.items(value)):
            found = _ACTIVE.get(str(name)) or (_ACTIVE.get(str(inside)) if isinstance(inside, NameObject) else None)
            if found:
                raise Refused(found)
            if name in {"/Metadata", "/PieceInfo", "/LastModified"}:
                del value[name]
            else:
                _look_at(inside, depth + 1)
        if value.get("/Type") == "/Annot" and "/T" in value and "/FT" not in value:
            del value["/T"]  # who wrote the remark
    elif isinstance(value, ArrayObject):
        for inside in list.__iter__(value):
            _look_at(inside, depth + 1)
