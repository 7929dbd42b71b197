"""A line of what somebody wrote, around the first word that was looked for."""

from __future__ import annotations

from kenesh.casework.search.contents import Contents
from kenesh.casework.search.terms import words_to_find
from kenesh.themes import analysis

_AROUND = 90  # characters on each side
_MOST_WORDS = 300  # of a text, for a list must stay quick


def excerpt(contents: Contents, words: frozenset[str]) -> tuple[str, str, str]:
    """Before, the word, after; where no text has the word itself (a theme, a name), the beginning of the first text."""
    texts = list(contents.texts())[:6]
    for text in texts if words else ():
        for token in analysis.tokens(text)[:_MOST_WORDS]:
            found = words_to_find(token.word)
            if found and not words.isdisjoint(found[0]):
                start, end = max(0, token.start - _AROUND), token.end + _AROUND
                return ("…" if start else "") + text[start : token.start], token.word, _cut(text[token.end :], end - token.end)
    return (_cut(texts[0], 2 * _AROUND), "", "") if texts else ("", "", "")


def _cut(text: str, length: int) -> str:
    return text if len(text) <= length else text[:length].rstrip() + "…"
