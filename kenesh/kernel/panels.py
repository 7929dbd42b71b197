"""Panels: places on a page that higher areas fill, so that no lower template names a higher address.

A page says `{% panels "problem" problem %}`; an area above registers a renderer for "problem" in its `ready()`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from typing import Any

from django.http import HttpRequest
from django.utils.safestring import SafeString, mark_safe

Renderer = Callable[[Any, HttpRequest], str]

_renderers: dict[str, list[tuple[int, Renderer]]] = defaultdict(list)


def register(name: str, renderer: Renderer, *, order: int = 50) -> None:
    """Adds a renderer to the panel `name`; lower `order` comes first. Registering the same renderer twice counts once."""
    if all(known is not renderer for _, known in _renderers[name]):
        _renderers[name].append((order, renderer))
        _renderers[name].sort(key=lambda entry: entry[0])


def render(name: str, subject: Any, request: HttpRequest) -> SafeString:
    """What the registered renderers make of the subject, in order. Each renderer renders a template of its own area."""
    return mark_safe("".join(renderer(subject, request) for _, renderer in _renderers[name]))  # noqa: S308  # templates escape
