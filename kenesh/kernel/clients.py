"""From which network a request comes: never kept, never logged, only counted in memory (kernel/pace.py)."""

from __future__ import annotations

import ipaddress

from django.conf import settings
from django.http import HttpRequest

UNKNOWN = "unknown"


def network_of(request: HttpRequest) -> str:
    """The network of whoever asks: 24 bits of an IPv4 address, 48 of an IPv6 one.

    Behind N proxies (KENESH_PROXIES) the address is the Nth from the end of X-Forwarded-For: what stands before it was written by
    whoever asks, and counts for nothing. Without a proxy the header counts for nothing at all.
    """
    if not settings.PROXIES:
        return _network(request.META.get("REMOTE_ADDR", ""))
    hops = request.META.get("HTTP_X_FORWARDED_FOR", "").split(",")
    return _network(hops[-settings.PROXIES]) if len(hops) >= settings.PROXIES else UNKNOWN


def _network(text: str) -> str:
    try:
        address = ipaddress.ip_address(text.strip())
    except ValueError:
        return UNKNOWN
    if isinstance(address, ipaddress.IPv6Address):
        if address.ipv4_mapped is None:
            return str(ipaddress.IPv6Network((int(address), 48), strict=False))
        address = address.ipv4_mapped
    return str(ipaddress.IPv4Network((int(address), 24), strict=False))
