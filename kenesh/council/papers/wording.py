"""Words for papers: a text in a language that it has, the words of a partial, how somebody is called."""

from __future__ import annotations

from html import unescape

from django.template.loader import render_to_string
from django.utils.html import strip_tags
from django.utils.translation import get_language

from kenesh.council.papers.paper import Text
from kenesh.council.queries.publication import Shown
from kenesh.themes.texts import Translated


def text(said: Translated) -> Text:
    """The text in the active language, or in another that it has."""
    return Text(clean(said.in_language()), said.language_used() or get_language() or "en")


def sentence(template: str, **context: object) -> str:
    """The words of a partial without its markup, so that a page and a file say the same of a result, a day, a person."""
    return clean(" ".join(unescape(strip_tags(render_to_string(template, context))).split()))


def called(who: Shown) -> str:
    """Name, post, organisation and country, as far as they may be shown."""
    plain = sentence("council/_shown.html", who=who)
    return plain.replace(who.name, f"{who.name}, {who.post}", 1) if who.name and who.post else plain


def clean(words: str) -> str:
    """Without the characters that no XML may hold: some paste them with a text, and a file would not be made."""
    return "".join(letter for letter in words if (letter >= " " and letter not in "\ufffe\uffff") or letter in "\n\t")


def own(words: str) -> Text:
    return Text(clean(words), get_language() or "en")
