"""Why an act is refused, each in words for the person who tried it."""

from __future__ import annotations

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Refused(Exception):
    """Base of all refusals. `str()` is a whole sentence in the reader's language."""

    message: str | Promise = ""

    def __str__(self) -> str:
        return str(self.message)


class MinutesApproved(Refused):
    message = _("The minutes of this meeting are approved. Reopen them to change anything.")


class MeetingNotOpen(Refused):
    message = _("The meeting is not under way. The secretary opens it first.")


class MeetingOver(Refused):
    message = _("The meeting is closed. Proposals are no longer taken.")


class BallotsOpen(Refused):
    message = _("A ballot is still open. Close it first.")


class BallotClosed(Refused):
    message = _("This ballot is closed. Votes are no longer taken.")


class SecretBallot(Refused):
    message = _("This vote is secret. Each member votes herself.")


class SecretByStates(Refused):
    message = _("A secret vote cannot be counted by States: the vote of a State would tell how its members voted.")


class ObserversWatch(Refused):
    message = _("Only members take part in a secret vote: one observer's vote beside theirs would not be secret.")


class VotedSince(Refused):
    message = _("You have voted since this page was shown. Look at your vote, and vote again if it is not what you want.")


class KeyLost(Refused):
    message = _("This vote cannot be taken: the key of the ballot is lost. The secretary closes the ballot, and you vote again.")


class BallotNotAdopted(Refused):
    message = _("This ballot did not adopt the proposal.")


class ProposalSettled(Refused):
    message = _("This proposal is no longer open.")


class ProposalMissingText(Refused):
    message = _("Write the text in at least one language.")


class ListClosed(Refused):
    message = _("The list of speakers is closed. You can still raise a point of order.")


class MotionDecided(Refused):
    message = _("This motion is decided already.")


class ItemHasProposals(Refused):
    message = _("There are proposals under this point. It stays on the agenda.")


class NotASeat(Refused):
    message = _("This membership does not sit in the body on the day of the meeting.")


class NotYourSeat(Refused):
    message = _("You may speak and vote for your own membership only.")


class MeetingNotClosed(Refused):
    message = _("Close the meeting before you approve its minutes.")


class MinutesNotApproved(Refused):
    message = _("Approve the minutes before you publish them.")


class HostOfItself(Refused):
    message = _("A meeting cannot be held inside itself.")


class Blocked(Refused):
    """A consensus that members stop. `names`: who they are."""

    def __init__(self, names: list[str]) -> None:
        super().__init__()
        self.names = names

    def __str__(self) -> str:
        return str(_("There is no consensus. These members block: %(names)s.") % {"names": ", ".join(self.names)})


class SavedByAnother(Refused):
    """Somebody saved the row after this form was shown. `current`: the row as it is now."""

    message = _("Somebody else saved this before you. Compare both texts, change yours if needed, and save again.")

    def __init__(self, current: models.Model) -> None:
        super().__init__()
        self.current = current
