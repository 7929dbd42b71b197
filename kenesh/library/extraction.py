"""What the library keeps of a reading, as plain data: it comes from this process or from one with bounds. No Django here."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any, TypedDict

from kenesh.library.reading import Reading, read_document


class Extract(TypedDict):
    """`found`: what `kenesh read` prints but for what was set aside, with places in `text`."""

    text: str  # furniture included
    body: str  # furniture blanked out
    found: dict[str, Any]
    furniture: list[dict[str, Any]]


def extract(data: bytes, source: str) -> Extract:
    """Reads a document. Raises CannotRead."""
    reading = read_document(data, source)
    furniture = _clean_all(replace(reading, origin=None).as_json()["dropped"])
    return Extract(text=_clean(reading.text), body=_clean(reading.body), found=found_in(reading), furniture=furniture)


def found_in(reading: Reading) -> dict[str, Any]:
    """What was found, with places in the text, which is the library's own, and not in the file; with the scores of themes."""
    found: dict[str, Any] = dict(replace(reading, origin=None).as_json())
    del found["dropped"]
    scores = {theme.concept: theme.score for theme in reading.themes}
    found["themes"] = [{**theme, "score": scores[theme["concept"]]} for theme in found["themes"]]
    cleaned: dict[str, Any] = _clean_all(found)  # no NUL, which PostgreSQL refuses
    return cleaned


def _clean(text: str) -> str:
    """The text with NUL and lone surrogates, which databases refuse, replaced letter by letter."""
    return re.sub("[\x00\ud800-\udfff]", "\ufffd", text)


def _clean_all(value: Any) -> Any:
    if isinstance(value, str):
        return _clean(value)
    if isinstance(value, list):
        return [_clean_all(item) for item in value]
    if isinstance(value, dict):
        return {key: _clean_all(item) for key, item in value.items()}
    return value
