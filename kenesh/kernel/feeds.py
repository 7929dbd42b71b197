"""Atom feeds (RFC 4287): what is new, for feed readers."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.cache import get_conditional_response
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import get_language

ENTRIES = 30
SECONDS_KEPT = 300


@dataclass(frozen=True)
class Entry:
    """`kind` and `code` name it for good, wherever the node's address moves. `on`: the day or moment that it is of."""

    kind: str
    code: str
    title: str
    text: str
    address: str
    on: date
    author: str = ""  # the node, where nobody else is named


def as_atom(request: HttpRequest, *, title: str, page: str, entries: Iterable[Entry]) -> HttpResponseBase:
    """The feed of a page, newest first; who has the present version gets nothing again. `page`: its path.

    What a reader chose in the address makes a feed of its own.
    """
    shown = sorted(entries, key=lambda entry: entry.on, reverse=True)[:ENTRIES]
    feed = Atom1Feed(
        title=f"{title} – {settings.NODE_NAME}",
        link=request.build_absolute_uri(page),
        description="",
        language=get_language(),
        feed_url=request.build_absolute_uri(),
        feed_guid=f"urn:kenesh:{settings.NODE_ID}:feed:{request.get_full_path()}",
        author_name=settings.NODE_NAME,
    )
    for entry in shown:
        at = entry.on if isinstance(entry.on, datetime) else datetime.combine(entry.on, time(), UTC)
        feed.add_item(
            title=entry.title,
            link=request.build_absolute_uri(entry.address),
            description=entry.text,
            unique_id=f"urn:kenesh:{settings.NODE_ID}:{entry.kind}:{entry.code}",
            author_name=entry.author or None,
            pubdate=at,
            updateddate=at,
        )
    if not shown:
        feed.latest_post_date = lambda: datetime(2000, 1, 1, tzinfo=UTC)  # type: ignore[method-assign]  # else the hour of asking
    response = HttpResponse(feed.writeString("utf-8"), content_type="application/atom+xml; charset=utf-8")
    return kept(request, response, SECONDS_KEPT)


def kept(request: HttpRequest, response: HttpResponse, seconds: int) -> HttpResponseBase:
    """With a check sum, and how long a copy is good."""
    etag = f'"{hashlib.sha256(response.content).hexdigest()[:32]}"'
    response.headers["ETag"] = etag
    response.headers["Cache-Control"] = f"public, max-age={seconds}"
    return get_conditional_response(request, etag=etag, response=response) or response
