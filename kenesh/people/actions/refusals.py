"""Why an act on people, organisations or keys is refused."""

from __future__ import annotations

from kenesh.kernel.findings import Words


class AlreadyThere(Exception):
    """An account with this address exists."""


class WrongFingerprint(Exception):
    """The numbers that the colleague read out are not those of her account's key: somebody may have swapped it."""


class SamePassword(Exception):
    """The new password is the one until now."""


class StartPassword(Exception):
    """Somebody else chose this account's password and may know it still: no key before it is changed."""


class ChangedMeanwhile(Exception):
    """Somebody else changed this since the form was opened."""


class NotYourself(Exception):
    """Nobody gives himself a role, closes his own account or sets it a new start password."""


class RolesApart(Exception):
    """Who administers the node or edits public pages reads no appeal: a caseworker's account has neither of these roles."""


class LastAdministrator(Exception):
    """The node would be left without an administrator."""


class LastFactor(Exception):
    """A caseworker is never without a second factor: another one is added before this one goes."""


class PersonTaken(Exception):
    """This person has another account."""


class InACircle(Exception):
    """Something would come before itself: a successor of its own, or a body inside itself."""


class CannotJoin(Exception):
    """Two records cannot become one; `sentences` say why, and what to do."""

    def __init__(self, sentences: list[Words]) -> None:
        super().__init__()
        self.sentences = sentences


class SitsAlready(Exception):
    """The body has this seat already, with another role, standing, term or level of publication."""


class SeatInUse(Exception):
    """Something was said, signed or voted from the seat, somebody was sent to it, or a meeting of its body is under way at a venue: it
    can be ended, not removed."""


class TooEarly(Exception):
    """The day lies outside of the seat's term, or not after the change that was entered last."""


class ChangesNothing(Exception):
    """It is so already."""


class NobodysSeat(Exception):
    """The seat belongs to a person in her own name: no institution can send somebody else."""


class NotTheirTurn(Exception):
    """The country is not in the order of the chair, or the seat speaks for another State."""


class AddressTaken(Exception):
    """Another correspondent of the same list has this e-mail address."""
