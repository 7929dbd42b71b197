"""Fills in a Word template. Runs as a process of its own, asked through a pipe, answering through a pipe; knows no Django.

A template is a stranger's program: an uploaded .docx once ran a shell command through docxtpl. Four walls, each enough for the
known ways out, none trusted alone:

1. the syntax tree: a template may name fields, repeat over a list, choose with `if` and use four filters; a call, an operator, an
   attribute with an underscore or a constant to print is refused before anything is compiled;
2. jinja2's ImmutableSandboxedEnvironment with autoescape, no globals, strict about what is undefined, and a context of plain
   dictionaries, lists and texts only: a field is an item of a dictionary, never an attribute of an object;
3. the process: bounded memory and time, no environment, and once the libraries are loaded it can open no file, no socket and
   no pipe, write no file and start no process;
4. the package: what is inside the .docx was looked through before (`sandbox.look_into`).

Question: one line of JSON {"do": "fields"|"render", "template": base64, "context": {…}}. Answer: one line of JSON.
"""

from __future__ import annotations

import base64
import io
import json
import re
import resource
import sys
from collections.abc import Iterator
from contextlib import suppress
from typing import Any

from docx import Document
from docx.table import Table
from docx.text.paragraph import Paragraph
from docxtpl import DocxTemplate
from jinja2 import StrictUndefined, TemplateError, nodes
from jinja2.sandbox import ImmutableSandboxedEnvironment

MEMORY = 512 * 1024 * 1024
SECONDS = 8
LONGEST_LIST = 200
DEEPEST_LOOP = 2
MOST_BLOCKS = 3000
FILTERS = frozenset({"upper", "lower", "capitalize", "default"})

# What a template may be made of. Whatever jinja2 learns later is not in it.
_ALLOWED = (
    nodes.Template, nodes.Output, nodes.TemplateData, nodes.Name, nodes.Getattr, nodes.For, nodes.If, nodes.Filter, nodes.Const,
    nodes.Compare, nodes.Operand, nodes.And, nodes.Or, nodes.Not,
)  # fmt: skip
_RAW = re.compile(r"\{\{-?\s*(?:r|p|tr|tc)\s|\{%-?\s*(?:r|colspan|cellbg|vm|hm)\b")


class Refused(Exception):
    """The template does something that letters need not do. `why`: a code; `what`: the words of the template meant by it."""

    def __init__(self, why: str, what: str = "") -> None:
        super().__init__(why)
        self.why = why
        self.what = what


class Environment(ImmutableSandboxedEnvironment):
    """jinja2 without anything that is not needed to fill in a letter."""

    def __init__(self) -> None:
        super().__init__(autoescape=True, undefined=StrictUndefined)
        self.globals.clear()
        self.tests.clear()
        for name in set(self.filters) - FILTERS:
            del self.filters[name]
        self.asked: dict[str, bool] = {}

    def _parse(self, source: str, name: str | None, filename: str | None) -> nodes.Template:
        """Every text that is to be compiled comes through here."""
        tree = super()._parse(source, name, filename)
        look_at(tree, {}, self.asked)
        return tree

    def getattr(self, obj: Any, attribute: str) -> Any:
        return self.getitem(obj, attribute)

    def getitem(self, obj: Any, argument: Any) -> Any:
        """An item of a dictionary; nothing else has parts."""
        if type(obj) is dict and isinstance(argument, str) and argument in obj:
            return obj[argument]
        return self.undefined(obj=obj, name=str(argument))

    def is_safe_attribute(self, obj: Any, attr: str, value: Any) -> bool:
        return False

    def is_safe_callable(self, obj: Any) -> bool:
        return False


def look_at(node: nodes.Node, scope: dict[str, str], found: dict[str, bool], *, depth: int = 0, maybe: bool = False) -> None:
    """Collects the fields that a template names, `persons[].name` for one of a list; True: printed whether it is known or not.

    `scope`: the names that loops have given to items of lists; `maybe`: inside an `if`. Raises Refused for anything else.
    """
    if not isinstance(node, _ALLOWED):
        raise Refused("construct", type(node).__name__)
    if isinstance(node, nodes.For):
        _look_at_loop(node, scope, found, depth, maybe)
        return
    if isinstance(node, nodes.Name | nodes.Getattr):
        path = _path(node, scope)
        found[path] = found.get(path, False) or not maybe
        return
    if isinstance(node, nodes.Filter) and (node.name not in FILTERS or node.kwargs or node.dyn_args or node.dyn_kwargs):
        raise Refused("filter", node.name)
    if isinstance(node, nodes.Output) and any(isinstance(child, nodes.Const) for child in node.nodes):
        raise Refused("constant")
    maybe = maybe or isinstance(node, nodes.If) or (isinstance(node, nodes.Filter) and node.name == "default")
    for child in node.iter_child_nodes():
        look_at(child, scope, found, depth=depth, maybe=maybe)


def _look_at_loop(node: nodes.For, scope: dict[str, str], found: dict[str, bool], depth: int, maybe: bool) -> None:
    """Over a list of the context, one name, at most two deep."""
    plain = isinstance(node.target, nodes.Name) and isinstance(node.iter, nodes.Name | nodes.Getattr)
    if depth >= DEEPEST_LOOP or node.recursive or node.test or node.else_ or not plain:
        raise Refused("loop")
    path = f"{_path(node.iter, scope)}[]"
    found[path] = found.get(path, False) or not maybe
    inside = {**scope, str(getattr(node.target, "name", "")): path}
    for child in node.body:
        look_at(child, inside, found, depth=depth + 1, maybe=maybe)


def _path(node: nodes.Node, scope: dict[str, str]) -> str:
    if isinstance(node, nodes.Name) and node.ctx == "load":
        return scope.get(node.name, node.name)
    if isinstance(node, nodes.Getattr) and not node.attr.startswith("_"):
        return f"{_path(node.node, scope)}.{node.attr}"
    raise Refused("construct", type(node).__name__)


class Letter(DocxTemplate):  # type: ignore[misc]  # the library has no types
    """A template without the library's ways of putting raw XML into a document."""

    def patch_xml(self, src_xml: str) -> str:
        words = re.sub(r"<[^>]*>", "", src_xml)
        raw = _RAW.search(words)
        if raw:
            raise Refused("raw", raw.group().strip())
        return str(super().patch_xml(src_xml))


def fields(template: bytes) -> dict[str, bool]:
    """The fields that a template names, everywhere in it; True: printed whether known or not. Raises Refused, TemplateError."""
    environment = Environment()
    letter = Letter(io.BytesIO(template))
    letter.render_init()
    parts = [letter.get_xml()]
    parts += [letter.get_part_xml(part) for uri in (letter.HEADER_URI, letter.FOOTER_URI) for _, part in _parts(letter, uri)]
    parts += [part.blob.decode() for part in letter.docx.part.package.parts if part.content_type.endswith(".footnotes+xml")]
    for xml in parts:
        environment.from_string(letter.patch_xml(xml))
    properties = letter.docx.core_properties
    for name in ("author", "comments", "identifier", "language", "subject", "title"):
        environment.from_string(getattr(properties, name))
    return environment.asked


def _parts(letter: Letter, uri: str) -> list[tuple[str, Any]]:
    return list(letter.get_headers_footers(uri))


def render(template: bytes, context: dict[str, Any]) -> tuple[bytes, list[dict[str, Any]]]:
    """The letter, and its text in blocks for a preview. Raises Refused, TemplateError."""
    check_context(context)
    letter = Letter(io.BytesIO(template))
    letter.render(context, Environment(), autoescape=True)
    out = io.BytesIO()
    letter.save(out)
    return out.getvalue(), list(blocks(out.getvalue()))


def check_context(value: Any, depth: int = 0) -> None:
    """Plain dictionaries, lists and texts, no deeper than needed. Raises Refused."""
    if type(value) is dict and depth < 4:
        for item in value.values():
            check_context(item, depth + 1)
    elif type(value) is list and depth < 4 and len(value) <= LONGEST_LIST:
        for item in value:
            check_context(item, depth + 1)
    elif type(value) is not str:
        raise Refused("context")


def blocks(docx: bytes) -> Iterator[dict[str, Any]]:
    """Paragraphs and rows of tables in their order: {"kind": heading|text|item|right|centre|row, "text" or "cells"}."""
    document = Document(io.BytesIO(docx))
    for number, part in enumerate(document.iter_inner_content()):
        if number >= MOST_BLOCKS:
            return
        if isinstance(part, Table):
            for row in part.rows:
                yield {"kind": "row", "cells": [cell.text for cell in row.cells]}
        elif isinstance(part, Paragraph) and part.text.strip():
            yield {"kind": _kind(part), "text": part.text}


def _kind(part: Paragraph) -> str:
    style = str(part.style.name if part.style else "")
    if style.startswith(("Heading", "Title")):
        return "heading"
    if style.startswith("List"):
        return "item"
    return {1: "centre", 2: "right"}.get(int(part.alignment or 0), "text")


def confine() -> None:
    """From here on this process can only compute: no file opens, nothing is written but the pipe, nothing starts."""
    for what, most in (
        (resource.RLIMIT_CPU, SECONDS),
        (resource.RLIMIT_AS, MEMORY),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_NPROC, 0),
        (resource.RLIMIT_NOFILE, 3),
    ):
        resource.setrlimit(what, (most, most))


def warm_up() -> None:
    """Loads whatever the libraries load late, while files can still be opened: a good letter, and some that fail."""
    good, unknown, *broken = (_sample(text) for text in ("{{ a.b }}", "{{ a.c }}", "{{ a.b", "{% if a.b == 'x' %}", "{{ 1.5 }}"))
    render(good, {"a": {"b": "\n"}})
    fields(good)
    with suppress(TemplateError):
        render(unknown, {"a": {"b": ""}})
    for template in broken:
        with suppress(TemplateError, Refused):
            fields(template)


def _sample(text: str) -> bytes:
    out = io.BytesIO()
    document = Document()
    document.add_paragraph(text)
    document.save(out)
    return out.getvalue()


def answer(question: dict[str, Any]) -> dict[str, Any]:
    template = base64.b64decode(question["template"])
    try:
        if question["do"] == "fields":
            return {"fields": fields(template)}
        docx, text = render(template, question["context"])
        return {"docx": base64.b64encode(docx).decode(), "blocks": text}
    except Refused as refused:
        return {"refused": refused.why, "what": refused.what}
    except TemplateError as error:
        return {"refused": type(error).__name__, "what": getattr(error, "message", None) or ""}


def main() -> None:
    warm_up()
    question = sys.stdin.buffer.read()
    confine()
    sys.stdout.write(json.dumps(answer(json.loads(question)), ensure_ascii=True))


if __name__ == "__main__":
    main()
