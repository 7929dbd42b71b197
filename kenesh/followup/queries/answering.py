"""Which link a token is, which session a cookie is, what was written and not sent."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.utils import timezone

from kenesh.followup.models import AnswerLink, AnswerSession
from kenesh.kernel import vault

_OF_LINK = ("addressee__organisation", "addressee__recommendation__body")


def live_link(token: str) -> AnswerLink | None:
    """The link of this token; None alike for one that never was, has expired or was revoked."""
    return (
        AnswerLink.objects.select_related(*_OF_LINK)
        .filter(
            token_hash=vault.link_hash(settings.SECRETS.pepper, token), revoked_at__isnull=True, expires_at__gt=timezone.now()
        )
        .first()
    )


def link_ends_on(token: str) -> date:
    """The day on which the link of this token ends, as a letter names it. Raises AnswerLink.DoesNotExist."""
    found = AnswerLink.objects.only("expires_at").get(token_hash=vault.link_hash(settings.SECRETS.pepper, token))
    return timezone.localdate(found.expires_at)


@dataclass(frozen=True)
class SessionFound:
    """A session with the cookie that found it."""

    session: AnswerSession
    cookie: bytes

    @property
    def is_open(self) -> bool:
        """Whether a code has opened it, and its time has not passed."""
        until = self.session.open_until
        return until is not None and until > timezone.now()

    @property
    def draft(self) -> dict[str, str]:
        return draft_of(self.session, self.cookie)


def session_of(cookie_text: str) -> SessionFound | None:
    """The session of a cookie (64 hexadecimal digits), open or not; None when it or its link has ended."""
    if len(cookie_text) != 64 or not all(c in "0123456789abcdef" for c in cookie_text):
        return None
    cookie, now = bytes.fromhex(cookie_text), timezone.now()
    session = (
        AnswerSession.objects.select_related("sent", *(f"link__{path}" for path in _OF_LINK))
        .filter(cookie_id=vault.cookie_id(cookie), expires_at__gt=now, link__revoked_at__isnull=True, link__expires_at__gt=now)
        .first()
    )
    return SessionFound(session, cookie) if session else None


def place_of_draft(session: AnswerSession) -> vault.Place:
    return vault.Place("followup_answersession", "sealed_draft", session.uid.hex)


def draft_of(session: AnswerSession, cookie: bytes) -> dict[str, str]:
    """Field names and texts as they were typed; empty when nothing is kept. Raises vault.Tampered for another cookie."""
    if session.sealed_draft is None:
        return {}
    draft: dict[str, str] = json.loads(
        vault.open_sealed(vault.cookie_key(cookie), bytes(session.sealed_draft), place_of_draft(session))
    )
    return draft
