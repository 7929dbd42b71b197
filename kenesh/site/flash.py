"""Short messages after a form travel in a cookie: kept in a session they would leave a row, with its time, in the database."""

from __future__ import annotations

import base64
from typing import Any

from django.conf import settings
from django.contrib.messages.storage.cookie import CookieStorage

from kenesh.kernel import vault

_PLACE = vault.Place("flash", "cookie", "")


class Flash(CookieStorage):
    """Django's own, under a name with the node's id, and sealed: the phone or laptop may be searched before the next page.

    What seals is the node's, so that who takes the browser alone reads nothing, and nobody can write a message of his own.
    """

    cookie_name = f"{settings.COOKIE_PREFIX}-flash"

    def _encode_parts(self, messages: Any, encode_empty: bool = False) -> str | None:
        said: str | None = super()._encode_parts(messages, encode_empty)  # type: ignore[misc]  # the stubs lack it
        if said is None:
            return None
        return base64.urlsafe_b64encode(vault.seal(_key(), said.encode(), _PLACE)).decode()

    def _decode(self, data: str | None) -> Any:
        if not data:
            return None
        try:
            said = vault.open_sealed(_key(), base64.urlsafe_b64decode(data), _PLACE).decode()
        except (ValueError, vault.Tampered):
            self.used = True  # what is not ours goes away
            return None
        return super()._decode(said)  # type: ignore[misc]  # the stubs lack it


def _key() -> bytes:
    return vault.B(settings.SECRETS.django, "flash")
