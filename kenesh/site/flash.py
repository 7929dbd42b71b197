"""Short messages after a form travel in a cookie: kept in a session they would leave a row, with its time, in the database."""

from __future__ import annotations

from django.conf import settings
from django.contrib.messages.storage.cookie import CookieStorage


class Flash(CookieStorage):
    """Django's own, under a name with the node's id. No message of ours holds a name or anything that somebody wrote."""

    cookie_name = f"{settings.COOKIE_PREFIX}-flash"
