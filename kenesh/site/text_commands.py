"""Commands that work on texts and documents. `read`, `language` and `themes` set no Django up."""

from __future__ import annotations

import argparse
import contextlib
import json
import sys
from pathlib import Path
from typing import Any

from kenesh.site.command_line import Refused


def _text_of(arguments: argparse.Namespace) -> str:
    text: str = arguments.text
    if text == "-":
        text = sys.stdin.buffer.read().decode("utf-8", errors="replace")
    if not text.strip():
        raise Refused("the text is empty: write it as the argument, or - and send it to standard input")
    return text


def _print(answer: Any) -> None:
    print(json.dumps(answer, ensure_ascii=False), flush=True)


def language(arguments: argparse.Namespace) -> None:
    from kenesh.themes.languages import detect

    found = detect(_text_of(arguments))
    if arguments.json:
        _print({"language": found.language, "script": found.script, "confidence": found.confidence})
    else:
        print(f"{found.language} ({found.script}), confidence {found.confidence:.2f}")


def themes(arguments: argparse.Namespace) -> None:
    from kenesh.themes import analysis
    from kenesh.themes.languages import detect

    text = _text_of(arguments)
    code = detect(text).language
    # Without a language the analysis detects it line by line, as letters often mix two.
    found = [{"concept": match.concept, "label": match.label, "score": match.score} for match in analysis.tag(text)]
    if arguments.json:
        _print({"language": code, "themes": found})
        return
    for theme in found:
        print(f"{theme['score']:.2f}  {theme['concept']:32}  {theme['label']}")
    if not found:
        print(f"no theme found; the language is {code}")


def read(arguments: argparse.Namespace) -> int:
    from kenesh.library.reading.command import read_files

    failed = False
    for document in read_files(arguments.files, with_text=arguments.with_text):
        if "error" in document:
            failed = True
            print(f"kenesh: {document['source']}: {document['error']}", file=sys.stderr, flush=True)
        if arguments.json:
            _print(document)
        elif "error" not in document:
            print(json.dumps(document, ensure_ascii=False, indent=2), flush=True)
    return 1 if failed else 0


def import_documents(arguments: argparse.Namespace) -> int:
    missing = [path for path in arguments.paths if not Path(path).exists()]
    if missing:
        raise Refused(f"there is no file or folder {missing[0]}")
    import django

    django.setup()
    from kenesh.site.node_commands import refuse_unready

    refuse_unready()
    from rich.console import Console
    from rich.progress import Progress

    from kenesh.library.actions import import_paths
    from kenesh.themes import following

    following.refresh()
    with Progress(console=Console(stderr=True), transient=True) as bar:
        line = bar.add_task("Importing", total=None)

        def progress(done: int, total: int) -> None:
            bar.update(line, completed=done, total=total)

        report = import_paths(arguments.paths, by="command", progress=progress)
    for file in report:
        print(file)
    unread = report.count("could not read")
    print(f"{report.count('imported')} imported, {report.count('already known')} already known, {unread} could not be read")
    if unread:
        raise Refused(f"{unread} files could not be read: each line above says why; the others are in the library")
    return 0


def export_corrections(arguments: argparse.Namespace) -> None:
    import django

    django.setup()
    from kenesh.library.queries.corrections import labelled_documents

    number = 0
    with contextlib.ExitStack() as stack:
        try:
            out = sys.stdout if arguments.file == "-" else stack.enter_context(Path(arguments.file).open("w", encoding="utf-8"))
        except OSError as why:
            raise Refused(f"{arguments.file} cannot be written ({why.strerror}): name another file") from why
        for number, document in enumerate(labelled_documents(), 1):  # noqa: B007  # counted for the sentence below
            print(json.dumps(document, ensure_ascii=False), file=out)
    print(f"{number} checked documents", file=sys.stderr)
