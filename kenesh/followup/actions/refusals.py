"""What the actions refuse (the tree is in the package's docstring)."""

from __future__ import annotations

from datetime import date, datetime


class Refused(Exception):
    """The act cannot be done now."""


class HasHistory(Refused):
    """An addressee with letters, links or answers cannot be taken away."""


class NotPublic(Refused):
    """The recommendation is internal, so nothing below it can be public."""


class NotAMember(Refused):
    """Only organisations that sit in the body assess beside it."""


class NotAnAnswer(Refused):
    """Only what answers the recommendation is graded, as formal or on the substance."""


class NotOfficial(Refused):
    """The addressee's validator has not confirmed the answer."""


class RightOfReply(Refused):
    """The addressees of a critical verdict have their say first, and keep it beside the verdict."""

    def __init__(self, until: date | None = None) -> None:
        super().__init__()
        self.until = until


class NoMailbox(Refused):
    """The organisation has no registered mailbox."""


class TooManyCodes(Refused):
    """The link's codes of this hour are used up."""

    def __init__(self, again_at: datetime) -> None:
        super().__init__()
        self.again_at = again_at


class MailNotSent(Refused):
    """The mail server did not take the letter."""


class WrongCode(Refused):
    """Not the code that was sent."""

    def __init__(self, left: int) -> None:
        super().__init__()
        self.left = left


class CodeEnded(Refused):
    """There is no code that could still be used."""


class SessionOver(Refused):
    """The open time of the answer pages has passed."""


class CannotPassOn(Refused):
    """The link cannot be passed on to this mailbox."""


class Decided(Refused):
    """Somebody has decided it already."""


class CameFromThere(Refused):
    """The matter came to the addressee from this organisation, so it cannot be handed back to it."""


class NoMoreTime(Refused):
    """The day that would be given has passed."""


class TooManyLetters(Refused):
    """Too many people asked to follow within this hour."""


class ImportDone(Refused):
    """The spreadsheet has been imported already."""


class WroteItself(Refused):
    """The addressee sent it itself, or it is a part of what it sent: nobody else takes that back."""
