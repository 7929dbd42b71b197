"""`kenesh search`: the same results as the public page."""

from __future__ import annotations

import argparse
import json
import sys

from kenesh.site.command_line import Refused


def search(arguments: argparse.Namespace) -> None:
    from kenesh.themes.languages import HANDLED

    words = " ".join(arguments.words)
    if words == "-":
        words = sys.stdin.buffer.read().decode("utf-8", errors="replace")
    if not words.strip() and not arguments.rebuild:
        raise Refused("say what to look for: kenesh search WORDS")
    if arguments.language and arguments.language not in HANDLED:
        raise Refused(f"{arguments.language!r} is not a language of ours: write one of {', '.join(HANDLED)}")
    import django

    django.setup()
    from kenesh.site.node_commands import refuse_unready

    refuse_unready()
    if arguments.rebuild:
        _rebuild()
    if words.strip():
        _find(words, arguments)


def _rebuild() -> None:
    from rich.console import Console
    from rich.progress import Progress

    from kenesh.search.actions import rebuild

    with Progress(console=Console(stderr=True), transient=True) as bar:
        line = bar.add_task("Indexing", total=None)
        done = rebuild(progress=lambda done, total: bar.update(line, completed=done, total=total))
    print(f"{done} entries brought up to date", file=sys.stderr)


def _find(words: str, arguments: argparse.Namespace) -> None:
    from django.conf import settings

    from kenesh.search import queries
    from kenesh.themes import thesaurus

    results = queries.search(words, language=arguments.language)
    language = results.question.language
    reader = language if language in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE
    found = [
        {
            "kind": result.kind,
            "source": look.source,
            "title": look.title,
            "language": look.language,
            "score": result.score,
            "code": result.code,
            "address": look.address,
            "found_through": [thesaurus.label(theme, reader) for theme in result.themes],
        }
        for result, look in queries.shown(results.found[: arguments.limit], reader)
    ]
    if arguments.json:
        print(json.dumps({"results": found}, ensure_ascii=False), flush=True)
        return
    for each in found:
        print(f"{each['score']:.2f}  {each['kind']:14} {each['language']:8} {each['title']}  {each['address']}")
    if not found:
        print("nothing was found: try other words, or fewer")
