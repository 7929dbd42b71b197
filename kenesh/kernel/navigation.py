"""The menu of the staff pages: each area adds its entries, each entry names the permission that shows it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import Promise

from kenesh.kernel.access import Permission, holds


@dataclass(frozen=True)
class Entry:
    """A line of the menu. Lower `order` comes first; the tens are groups, with a gap between them."""

    order: int
    label: str | Promise
    url_name: str
    permission: Permission


_entries: list[Entry] = []


def add(entry: Entry) -> None:
    if entry not in _entries:
        _entries.append(entry)
        _entries.sort(key=lambda known: known.order)


def for_request(request: HttpRequest) -> list[dict[str, Any]]:
    """url, label, whether the page is open now and whether a group begins, for each entry that this person may use."""
    shown: list[dict[str, Any]] = []
    group = -1
    for entry in _entries:
        if holds(request.user, entry.permission):
            url = reverse(entry.url_name)
            begins = bool(shown) and entry.order // 10 != group
            shown.append({"url": url, "label": entry.label, "current": request.path.startswith(url), "begins": begins})
            group = entry.order // 10
    return shown
