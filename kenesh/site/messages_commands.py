"""`kenesh messages …` on the command line."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

from kenesh.site import messages
from kenesh.site.command_line import Refused


def extract(arguments: argparse.Namespace) -> None:
    try:
        number = messages.update_all()
    except messages.CatalogueProblem as why:
        raise Refused(str(why)) from why
    print(f"{number} messages in {len(messages.TRANSLATED)} catalogues")


def compile_all(arguments: argparse.Namespace) -> None:
    done = messages.compile_if_stale()
    print(f"compiled: {', '.join(done) or 'nothing had changed'}")


def check(arguments: argparse.Namespace) -> int:
    if arguments.language:
        print(json.dumps([gap.as_json() for gap in messages.missing(_known(arguments.language))], ensure_ascii=False, indent=1))
        return 0
    lines = messages.check()
    if lines:
        raise Refused(
            f"{'. '.join(lines)}. List them with `kenesh messages check --json LANG`, write them with `kenesh messages fill`"
        )
    print(f"complete: {', '.join(messages.TRANSLATED)}")
    return 0


def fill(arguments: argparse.Namespace) -> int:
    text = sys.stdin.read() if arguments.file == "-" else Path(arguments.file).read_text(encoding="utf-8")
    try:
        translations = json.loads(text)
    except ValueError as why:
        raise Refused(f"{arguments.file} is not JSON: {why}") from why
    if not isinstance(translations, dict):
        raise Refused(f"{arguments.file} must hold one JSON object: message → translation, or list of plural forms")
    try:
        written, refused = messages.fill(_known(arguments.language), translations)
    except messages.CatalogueProblem as why:
        raise Refused(str(why)) from why
    print(f"{written} translations written")
    for line in refused:
        print(f"refused: {line}")
    if refused:
        raise Refused(f"{len(refused)} translations were refused, see above; the others were written")
    return 0


def _known(language: str) -> str:
    if language not in messages.TRANSLATED:
        raise Refused(
            f"{language!r} is not a language of the interface that is translated: choose {', '.join(messages.TRANSLATED)}"
        )
    return language
