"""From a saved web page to lines of text, each character with its place in the page's source."""

from __future__ import annotations

import html
import re
from array import array
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from html.parser import HTMLParser

_SILENT = frozenset({"script", "style", "noscript", "template", "svg", "head", "iframe", "object", "select"})
_INLINE = frozenset(
    {
        "a",
        "abbr",
        "b",
        "bdi",
        "cite",
        "code",
        "em",
        "font",
        "i",
        "mark",
        "q",
        "s",
        "small",
        "span",
        "strong",
        "sub",
        "sup",
        "time",
        "u",
        "wbr",
    }
)
_ASIDE = frozenset({"nav", "footer", "aside", "form", "button", "menu"})
_VOID = frozenset({"br", "hr", "img", "input", "link", "meta", "source", "track", "wbr", "area", "base", "col", "embed", "param"})
_LOOKS_LIKE_HTML = re.compile(r"<!doctype html|<html[\s>]|<body[\s>]|<head[\s>]", re.IGNORECASE)
_FRAGMENT = re.compile(r"<(p|div|h1|article|table)\b[^>]{0,300}>", re.IGNORECASE)
_SPACES = re.compile(r"\s+")


_DEEPEST = 400  # elements in each other; beyond, no page for people is so, and the extractor of articles is not asked


@dataclass
class Page:
    """A page as text. `origin[i]` is the place of `text[i]` in the source; it has one entry more, for the end.

    A Word file, a PDF and a mail are pages too, whose places are those of the text itself: they have no `origin`.
    """

    text: str
    origin: Sequence[int] | None
    headings: list[tuple[int, int]] = field(default_factory=list)  # spans of h1 in `text`
    asides: list[tuple[int, int]] = field(default_factory=list)  # spans that the markup itself calls navigation
    items: set[int] = field(default_factory=set)  # places where the text of list items begins
    title: str | None = None  # what <title> says
    deep: bool = False  # nested as no page for people is


def is_html(text: str) -> bool:
    start = text[:3000]
    return bool(_LOOKS_LIKE_HTML.search(start)) or len(_FRAGMENT.findall(start)) >= 2


class _Flattener(HTMLParser):
    def __init__(self, source: str) -> None:
        super().__init__(convert_charrefs=False)
        self._line_starts = [0] + [found.end() for found in re.finditer("\n", source)]
        self._letters: list[str] = []
        self._origin = array("L")
        self._open: list[str] = []
        self._opened: Counter[str] = Counter()  # the same, counted: asked at each end tag
        self._since: list[int] = []  # place in the text where each open element began
        self._silent = 0  # how many open elements show nothing
        self._title: list[str] = []
        self.page = Page("", [])

    def flatten(self, source: str) -> Page:
        self.feed(_without_open_ends(source))
        self.close()
        self._break()
        self._origin.append(len(source))
        self.page.text, self.page.origin = "".join(self._letters), self._origin
        self.page.title = _SPACES.sub(" ", "".join(self._title)).strip() or None
        return self.page

    def _place(self) -> int:
        line, column = self.getpos()
        return self._line_starts[line - 1] + column

    def _add(self, letters: str, place: int, *, exact: bool) -> None:
        """Adds text with white space collapsed; `exact` when each character stands for one of the source."""
        for index, letter in enumerate(letters):
            if letter.isspace() and letter != "\xa0":
                letter = " "
                if not self._letters or self._letters[-1] in " \n":
                    continue
            self._letters.append(letter)
            self._origin.append(place + index if exact else place)

    def _break(self) -> None:
        while self._letters and self._letters[-1] == " ":
            self._letters.pop()
            self._origin.pop()
        if self._letters and self._letters[-1] != "\n":
            self._letters.append("\n")
            self._origin.append(self._place())

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in _INLINE:
            self._break()
        if tag not in _VOID:
            if tag == "body":  # a page that forgets to close its head would otherwise be silent
                self._open = [name for name in self._open if name not in _SILENT]
                self._since = self._since[: len(self._open)]
                self._opened = Counter(self._open)
                self._silent = 0
            if tag in {"p", "li"} and self._open and self._open[-1] == tag:  # their end tags may be left out
                self._open.pop()
                self._since.pop()
                self._opened[tag] -= 1
            self._open.append(tag)
            self._opened[tag] += 1
            self._silent += tag in _SILENT
            self._since.append(len(self._letters))
            self.page.deep |= len(self._open) > _DEEPEST
            if tag == "li":
                self.page.items.add(len(self._letters))

    def handle_endtag(self, tag: str) -> None:
        if tag not in _INLINE:
            self._break()
        if not self._opened[tag]:
            return
        while self._open:
            name, since = self._open.pop(), self._since.pop()
            self._opened[name] -= 1
            self._silent -= name in _SILENT
            end = len(self._letters)
            if name == "h1" and "".join(self._letters[since:end]).strip():
                self.page.headings.append((since, end))
            elif name in _ASIDE and end > since:
                self.page.asides.append((since, end))
            if name == tag:
                break

    def handle_data(self, data: str) -> None:
        if self._open and self._open[-1] == "title":
            self._title.append(data)
        elif not self._silent:
            self._add(data, self._place(), exact=True)

    def _reference(self, written: str) -> None:
        letters = html.unescape(written)
        if self._open and self._open[-1] == "title":
            self._title.append(letters)
        elif not self._silent:
            self._add(letters, self._place(), exact=False)

    def handle_entityref(self, name: str) -> None:
        self._reference(f"&{name};")

    def handle_charref(self, name: str) -> None:
        self._reference(f"&#{name};")


def _without_open_ends(source: str) -> str:
    """The same letters at the same places, with comments and tags that nobody closes blanked.

    The parser would look for each one's end again and again, which took 5 s for 100 KB of `<!--` and hours for 1 MB of `<a `.
    """
    for opening, closing in (("<!--", "-->"), ("<", ">")):
        end = source.rfind(closing) + 1
        source = source[:end] + source[end:].replace(opening, " " * len(opening))
    return source


def flatten(source: str) -> Page:
    """All the visible text of the page, menus too, one block a line."""
    return _Flattener(source).flatten(source)


def main_content(source: str) -> str:
    """What trafilatura takes for the article, white space collapsed; "" when it finds none."""
    import trafilatura  # a third of a second to load, which plain text need not wait for

    found = trafilatura.extract(source, include_comments=False, include_tables=True, include_links=False, deduplicate=False)
    return squeeze(found or "")


def squeeze(text: str) -> str:
    return _SPACES.sub(" ", text).strip()
