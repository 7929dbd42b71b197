"""`kenesh search`: the same results as the public page."""

from __future__ import annotations

import argparse
import json
import sys
from typing import TYPE_CHECKING

from kenesh.site.command_line import Refused

if TYPE_CHECKING:
    from kenesh.search.queries import Within


def search(arguments: argparse.Namespace) -> None:
    from kenesh.themes.languages import HANDLED

    words = " ".join(arguments.words)
    if words == "-":
        words = sys.stdin.buffer.read().decode("utf-8", errors="replace")
    if not words.strip() and not arguments.rebuild:
        raise Refused("say what to look for: kenesh search WORDS")
    if arguments.language and arguments.language not in HANDLED:
        raise Refused(f"{arguments.language!r} is not a language of ours: write one of {', '.join(HANDLED)}")
    if arguments.found_in and arguments.found_in not in HANDLED:
        raise Refused(f"{arguments.found_in!r} is not a language of ours: write one of {', '.join(HANDLED)}")
    import django

    django.setup()
    from kenesh.site.node_commands import refuse_unready

    refuse_unready()
    from kenesh.themes import following

    following.refresh()
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

    results = queries.search(words, language=arguments.language, within=_within(arguments))
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


def _within(arguments: argparse.Namespace) -> Within:
    """To what the command narrows the search. Raises Refused for a kind, country or body that there is not."""
    from kenesh.search.findable import names_of_bodies, rooms
    from kenesh.search.queries import Within
    from kenesh.themes import countries

    if arguments.kind and arguments.kind not in rooms():
        raise Refused(f"there is no kind {arguments.kind!r}: write one of {', '.join(rooms())}")
    if arguments.body and arguments.body not in names_of_bodies([arguments.body]):
        raise Refused(f"there is no body {arguments.body!r}: write the code that stands in the address of its page")
    country = arguments.country or ""
    if country:
        try:
            country = countries.alpha2(country)
        except countries.UnknownCountry as why:
            raise Refused(f"{why}: write two letters such as KG") from None
    return Within(
        kind=arguments.kind or "",
        country=country,
        year=arguments.year or 0,
        language=arguments.found_in or "",
        body=arguments.body or "",
    )
