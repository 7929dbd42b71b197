"""A line of what somebody wrote, around the first word that was looked for."""

from __future__ import annotations

from kenesh.casework.search.contents import Contents
from kenesh.casework.search.terms import words_to_find
from kenesh.themes import analysis

_AROUND = 90  # characters on each side
_MOST_WORDS = 300  # of a text, for a list must stay quick
_MOST_UNLIKE = 60  # words that are looked at although they begin otherwise than what was searched for (шла, идти)


Known = dict[str, frozenset[str]]  # of one page: words that were met already, and their terms


def excerpt(contents: Contents, words: frozenset[str], known: Known) -> tuple[str, str, str]:
    """Before, the word, after; where no text has the word itself (a theme, a name), the beginning of the first text.

    `known` is filled in passing: the words of one page repeat, and finding the stems of a word in all languages takes long.
    """
    texts = list(contents.texts())[:6]
    stems = any(term.startswith("w:") for term in words)  # a name by its sound stands in no text as it is
    spelt = [(text, token) for text in texts if stems for token in analysis.tokens(text)[:_MOST_WORDS]]
    begins = {term[2:4] for term in words}
    alike = [place for place in spelt if analysis.normalise(place[1].word)[:2] in begins]  # most forms begin as their stem does
    for text, token in (*alike, *spelt[:_MOST_UNLIKE]):
        if not words.isdisjoint(_terms_of(token.word, known)):
            start, end = max(0, token.start - _AROUND), token.end + _AROUND
            return ("…" if start else "") + text[start : token.start], token.word, _cut(text[token.end :], end - token.end)
    return (_cut(texts[0], 2 * _AROUND), "", "") if texts else ("", "", "")


def _terms_of(word: str, known: Known) -> frozenset[str]:
    if word not in known:
        known[word] = frozenset(term for group in words_to_find(word)[:1] for term in group)
    return known[word]


def _cut(text: str, length: int) -> str:
    return text if len(text) <= length else text[:length].rstrip() + "…"
