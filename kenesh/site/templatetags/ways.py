"""The public navigation: the addresses that the public contract promises, those that this node has."""

import functools
from dataclasses import dataclass

from django import template
from django.template.context import Context
from django.urls import Resolver404, resolve
from django.utils.functional import Promise
from django.utils.translation import get_language, gettext_lazy, override

register = template.Library()

# Tail of the address after the language, and what to call it. Order is that of need.
WAYS: tuple[tuple[str, Promise], ...] = (
    ("appeal/", gettext_lazy("Get help")),
    ("appeal/status/", gettext_lazy("My appeal")),
    ("problems/", gettext_lazy("Problems")),
    ("meetings/", gettext_lazy("Meetings")),
    ("recommendations/", gettext_lazy("Recommendations")),
    ("library/", gettext_lazy("Library")),
)


@dataclass(frozen=True)
class Way:
    """One entry: where it leads, its name in the present language, whether the reader is there."""

    address: str
    label: str
    current: bool


@functools.cache
def exists(tail: str) -> bool:
    """Whether the address is wired on this node; asked in English, since the prefix is the active language."""
    with override("en"):
        try:
            resolve(f"/en/{tail}")
        except Resolver404:
            return False
    return True


@register.simple_tag(takes_context=True)
def public_ways(context: Context) -> list[Way]:
    """The main pages, the longest address that begins the present one marked as current."""
    request = context.get("request")
    here = request.path if request is not None else ""
    addresses = [(f"/{get_language()}/{tail}", label) for tail, label in WAYS if exists(tail)]
    current = max((address for address, _ in addresses if here.startswith(address)), key=len, default="")
    return [Way(address, str(label), address == current) for address, label in addresses]
