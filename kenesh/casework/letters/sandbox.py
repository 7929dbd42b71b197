"""A Word template of a stranger: what may be inside the file, and the process that fills it in, asked through pipes alone."""

from __future__ import annotations

import base64
import io
import json
import subprocess
import sys
import zipfile
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any
from xml.etree.ElementTree import Element, ParseError

from defusedxml import DefusedXmlException  # type: ignore[import-untyped]
from defusedxml.ElementTree import fromstring  # type: ignore[import-untyped]
from django.utils.translation import gettext as _

from kenesh.kernel import zips

LARGEST_TEMPLATE = 1_000_000  # bytes
LARGEST_LETTER = 1_500_000
MOST_PARTS = 200
LARGEST_INSIDE = 12_000_000  # bytes of all parts, unpacked
SECONDS = 20
TEXTS = (".xml", ".rels")
PARTS = (*TEXTS, ".png", ".jpg", ".jpeg", ".gif")
# A link that somebody clicks loads nothing by itself; whatever else points outside does, and tells where the letter is read.
CLICKED = "/hyperlink"
LINKS = ("https://", "http://", "mailto:", "tel:")
DOCUMENT = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
_WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_FETCHING = ("DDE", "INCLUDE", "LINK", "IMPORT", "DATABASE", "RD ", "MACROBUTTON")


class TemplateRefused(Exception):
    """The template cannot be used; the message says to the user why and what to do. It quotes the template, never a person."""


@dataclass(frozen=True)
class Rendered:
    """A letter: the file, and its text in blocks for the preview."""

    docx: bytes
    blocks: list[dict[str, Any]]


def fields_of(template: bytes) -> dict[str, bool]:
    """The fields that a looked-through template names; True: printed whether it is known or not. Raises TemplateRefused."""
    return dict(_ask({"do": "fields", "template": base64.b64encode(template).decode()})["fields"])


def render(template: bytes, context: dict[str, Any]) -> Rendered:
    """The letter. `context`: dictionaries and lists of texts. Raises TemplateRefused."""
    answer = _ask({"do": "render", "template": base64.b64encode(template).decode(), "context": context})
    docx = base64.b64decode(answer["docx"])
    if len(docx) > LARGEST_LETTER:
        raise TemplateRefused(_("The letter became too large. Please make the pictures in the template smaller."))
    return Rendered(docx, answer["blocks"])


def _ask(question: dict[str, Any]) -> dict[str, Any]:
    """The answer of a process that can only compute. It gets no environment, so no secret of the node stands in it."""
    command = [sys.executable, "-I", "-m", "kenesh.casework.letters.rendering"]
    try:
        done = subprocess.run(
            command, input=json.dumps(question).encode(), capture_output=True, env={}, timeout=SECONDS, check=False
        )
    except subprocess.TimeoutExpired:
        raise TemplateRefused(_too_much()) from None
    if done.returncode != 0:
        raise TemplateRefused(_too_much())
    answer: dict[str, Any] = json.loads(done.stdout)
    if "refused" in answer:
        raise TemplateRefused(_in_words(answer["refused"], answer["what"]))
    return answer


def _too_much() -> str:
    return _("Filling in this template took too long or failed. Please simplify it: fields, lists and conditions are enough.")


def _in_words(why: str, what: str) -> str:
    words = {
        "construct": _("The template contains “%(what)s”, which letters may not use. Use only fields, lists and conditions."),
        "constant": _("The template prints a fixed text between {{ and }}. Please write that text outside of the brackets."),
        "filter": _("The template uses “| %(what)s”. Only upper, lower, capitalize and default can be used."),
        "loop": _("The template repeats something that is not a list of ours, or more than two levels deep."),
        "raw": _("The template uses “%(what)s”, which puts raw Word code into the letter. Please use plain {{ and }}."),
        "TemplateSyntaxError": _("A bracket or a word in the template is not right: %(what)s"),
        "UndefinedError": _("The template asks for a field that we do not know: %(what)s"),
    }
    return words.get(why, _("This template cannot be filled in.")) % {"what": what[:120]}


# --- what is inside the file ------------------------------------------------------------------------------------------


def look_into(data: bytes) -> None:
    """Whether this is a Word document that does nothing by itself. Raises TemplateRefused."""
    if len(data) > LARGEST_TEMPLATE:
        raise TemplateRefused(_("The file is too large. A template may have 1 MB: please make its pictures smaller."))
    for name, content in _unpacked(data).items():
        if name.lower().endswith(TEXTS):
            _check_xml(name, content)


def _unpacked(data: bytes) -> dict[str, bytes]:
    """The parts by name, with bounds on their number and size. Raises TemplateRefused."""
    no_docx = _("This is not a Word document (.docx). Please save it in Word as “Word document (.docx)” and try again.")
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            entries = [entry for entry in package.infolist() if not entry.is_dir()]
            names = [entry.filename for entry in entries]
            if len(names) > MOST_PARTS or len(set(names)) != len(names):
                raise TemplateRefused(_("This document has too many parts. Please save it again in Word and try once more."))
            for name in names:
                _check_name(name)
            left, parts = LARGEST_INSIDE, {}
            for entry in entries:
                with package.open(entry) as part:
                    content = part.read(left + 1)
                left -= len(content)
                if left < 0:
                    raise TemplateRefused(_("Unpacked, this document is too large. Please make its pictures smaller."))
                parts[entry.filename] = content
    except (*zips.BROKEN, zips.LOCKED, OSError, ValueError):
        raise TemplateRefused(no_docx) from None
    if "[Content_Types].xml" not in parts or "word/document.xml" not in parts:
        raise TemplateRefused(no_docx)
    if DOCUMENT.encode() not in parts["[Content_Types].xml"] or b"macroEnabled" in parts["[Content_Types].xml"]:
        raise TemplateRefused(_("This document contains macros or is a Word template file. Please save it as a plain .docx."))
    return parts


def _check_name(name: str) -> None:
    path = PurePosixPath(name)
    if path.is_absolute() or ".." in path.parts or "\\" in name:
        raise TemplateRefused(_("This document is damaged. Please save it again in Word and try once more."))
    if not name.lower().endswith(PARTS) or {"embeddings", "activeX", "customUI"} & set(path.parts):
        raise TemplateRefused(
            _("The document contains “%(part)s”. Only text and pictures (PNG, JPEG, GIF) can be in a template. Please remove it.")
            % {"part": path.name[:60]}
        )


def _check_xml(name: str, content: bytes) -> None:
    try:
        root = fromstring(content, forbid_dtd=True, forbid_entities=True, forbid_external=True)
    except (DefusedXmlException, ParseError, ValueError, LookupError):
        raise TemplateRefused(_("This document is damaged. Please save it again in Word and try once more.")) from None
    if name.endswith(".rels"):
        _check_relations(root)
    else:
        _check_instructions(root)


def _check_relations(root: Element) -> None:
    for relation in root:
        kind, target = str(relation.get("Type", "")), str(relation.get("Target", ""))
        if relation.get("TargetMode", "Internal") != "Internal":
            if not (kind.endswith(CLICKED) and target.lower().startswith(LINKS)):
                raise TemplateRefused(
                    _("The document loads something from outside: %(what)s. Please put the picture into the document itself.")
                    % {"what": target[:80]}
                )
        elif kind.endswith(("/oleObject", "/vbaProject", "/attachedTemplate", "/aFChunk", "/control", "/package")):
            raise TemplateRefused(_("The document contains an object of another program. Please remove it and save again."))


def _check_instructions(root: Element) -> None:
    """Fields of Word that fetch something when the letter is opened."""
    words = "".join(element.text or "" for element in root.iter(f"{_WORD}instrText"))
    words += " ".join(element.get(f"{_WORD}instr", "") for element in root.iter(f"{_WORD}fldSimple"))
    if any(command in words.upper().replace("HYPERLINK", "") for command in _FETCHING):
        raise TemplateRefused(_("The document contains a Word field that loads something. Please remove it and save again."))
