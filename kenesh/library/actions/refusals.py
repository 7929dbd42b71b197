"""What can stand against an act in the library. Views say it in words."""

from __future__ import annotations

from kenesh.library.models import Confirmation


class AlreadyDecided(Exception):
    """Somebody decided on this finding before; `confirmation` says who and how."""

    def __init__(self, confirmation: Confirmation) -> None:
        super().__init__(confirmation.key)
        self.confirmation = confirmation


class NoSuchFinding(Exception):
    """The reading has no finding with this key (any more)."""


class NotNow(Exception):
    """What was asked cannot be done in this state."""
