"""Why an act is refused, each in words for the person who tried it."""

from __future__ import annotations

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _


class Refused(Exception):
    """Base of all refusals. `str()` is a whole sentence in the reader's language."""

    message: str | Promise = ""

    def __str__(self) -> str:
        return str(self.message)


class MinutesApproved(Refused):
    message = _("The minutes of this meeting are approved. Reopen them to change anything.")


class AtVenue(Refused):
    message = _("This meeting runs at its venue. Nothing of it can be changed here until it is brought back or called back.")


class VenueOver(Refused):
    message = _("The meeting is closed. There is nothing left to be run at a venue.")


class NotAtVenue(Refused):
    message = _("This meeting is not at a venue.")


class TakeCancelled(Refused):
    """The meeting was called back since, and `why`."""

    def __init__(self, day: str, why: str) -> None:
        super().__init__()
        self.day, self.why = day, why

    def __str__(self) -> str:
        said = _("The meeting was called back from this venue on %(day)s: %(why)s. What was done there does not count here.")
        return str(said % {"day": self.day, "why": self.why})


class BroughtAlready(Refused):
    message = _("Another file of this venue was brought back before. Nothing was changed. Compare both by hand.")


class MeetingNotOpen(Refused):
    message = _("The meeting is not under way. The secretary opens it first.")


class MeetingOver(Refused):
    message = _("The meeting is closed. Proposals are no longer taken.")


class BallotsOpen(Refused):
    message = _("A ballot is still open. Close it first.")


class BallotClosed(Refused):
    message = _("This ballot is closed. Votes are no longer taken.")


class NoAlternate(Refused):
    message = _("This seat has no alternate. Name one on the page of the seat first.")


class SecretBallot(Refused):
    message = _("This vote is secret. Each member votes herself.")


class HeldOnPaper(Refused):
    message = _("This vote is held on paper. Take a paper, and put it into the urn.")


class PapersNotCounted(Refused):
    message = _("This vote is held on paper. Enter what the tellers counted: that closes it.")


class NamedOnScreen(Refused):
    message = _("This election is by name. Open the vote, and write down the votes that you hear.")


class NotOnPaper(Refused):
    message = _("This vote is not held on paper.")


class PapersDisagree(Refused):
    """The numbers of an urn do not fit together; `why` says where."""

    def __init__(self, why: str) -> None:
        super().__init__()
        self.why = why

    def __str__(self) -> str:
        return self.why


class CountedByHand(Refused):
    message = _("The papers are not kept here. The tellers count them again; who finds other numbers contests the vote.")


class SecretByStates(Refused):
    message = _(
        "A secret vote by phone cannot be counted by States: the vote of a State would tell how its members voted. Hold it on paper: "
        "each State puts one paper into the urn."
    )


class SecretByWeights(Refused):
    message = _("A secret vote cannot be weighed: a weight that only one member has would tell how she voted.")


class NoSuchOption(Refused):
    message = _("Choose among those who stand, each once, and not more than are to be chosen.")


class VotedHerself(Refused):
    message = _("This member has voted herself. Her own vote goes before the one that she gave you.")


class ObserversWatch(Refused):
    message = _("Only members take part in a secret vote: one observer's vote beside theirs would not be secret.")


class VotedSince(Refused):
    message = _("You have voted since this page was shown. Look at your vote, and vote again if it is not what you want.")


class KeyLost(Refused):
    message = _("This vote cannot be taken: the key of the ballot is lost. The secretary closes the ballot, and you vote again.")


class VotedFor(Refused):
    message = _("A vote has adopted this proposal already. The secretary writes the decision down.")


class BallotNotAdopted(Refused):
    message = _("This ballot did not adopt the proposal.")


class ProposalSettled(Refused):
    message = _("This proposal is no longer open.")


class ProposalMissingText(Refused):
    message = _("Write the text in at least one language.")


class ProxyRefused(Refused):
    """Why a vote cannot be given so."""


class ProxyGivenOn(ProxyRefused):
    message = _("A vote that was given cannot be given on. Whoever gives hers holds no other, and who holds one gives none.")


class TooManyProxies(ProxyRefused):
    message = _("This member holds the vote of another already. Nobody holds more than one.")


class NotAMember(Refused):
    message = _("Only members vote. An observer has no vote to give or to hold.")


class AlreadyVoted(Refused):
    message = _("A vote was given with this paper in a ballot that is open. End it when the ballot is closed.")


class BallotStillOpen(Refused):
    message = _("This ballot is still open. Close it first.")


class BallotAnnulled(Refused):
    message = _("This ballot is annulled. What came of it no longer counts.")


class DecisionStands(Refused):
    message = _("A decision was written from this vote. It stays; a new proposal can change it.")


class NotContested(Refused):
    message = _("Nobody contests this vote.")


class NominationsClosed(Refused):
    message = _("Names are no longer proposed: the election goes on with those who stand.")


class NobodyStands(Refused):
    message = _("Nobody stands yet. Propose names, and wait until they accept.")


class TooManyStand(Refused):
    message = _("More stand than there are seats. Without a ballot the meeting can only choose as many as there are seats.")


class ElectionNotDecided(Refused):
    message = _("This election is not decided.")


class ElectionOver(Refused):
    message = _("This election is over.")


class NoWords(Refused):
    message = _("Write why you object.")


class DecidedInWriting(Refused):
    message = _("This is decided in writing until its deadline. It ends by itself; members may still answer.")


class DeadlinePassed(Refused):
    message = _("The deadline has passed.")


class DeadlineNotLater(Refused):
    message = _("Choose a deadline that is later than the one before.")


class ReachedOutOfTime(Refused):
    message = _("Write a day from the beginning to the deadline: whoever got the text later could not object in time.")


class TextNotReached(Refused):
    """Silence of members who have not got the text means nothing. `names`: who they are."""

    def __init__(self, names: list[str]) -> None:
        super().__init__()
        self.names = names

    def __str__(self) -> str:
        said = _("Silence adopts nothing yet. The text has not reached these members: %(names)s.")
        return str(said % {"names": ", ".join(self.names)})


class DeadlineTooSoon(Refused):
    message = _("Choose a deadline that is at least one hour ahead.")


class ListClosed(Refused):
    message = _("The list of speakers is closed. You can still raise a point of order.")


class MotionDecided(Refused):
    message = _("This motion is decided already.")


class ItemHasProposals(Refused):
    message = _("There are proposals under this point. It stays on the agenda.")


class ItemHasElections(Refused):
    message = _("There is an election under this point. It stays on the agenda.")


class ItemInMinutes(Refused):
    message = _("Somebody spoke or moved something under this point, and the minutes tell of it. It stays on the agenda.")


class NotASeat(Refused):
    message = _("This membership does not sit in the body on the day of the meeting.")


class NotYourSeat(Refused):
    message = _("You may speak and vote for your own membership only.")


class MeetingNotClosed(Refused):
    message = _("Close the meeting before you approve its minutes.")


class MinutesNotApproved(Refused):
    message = _("Approve the minutes before you publish them.")


class DayAhead(Refused):
    message = _("That day has not begun. Write down that somebody else sits there when she is there.")


class HostOfItself(Refused):
    message = _("A meeting cannot be held inside itself.")


class OutsideMeeting(Refused):
    message = _("The meeting is not held on that day. Change the days of the meeting first.")


class CalledOff(Refused):
    message = _("This meeting was called off. Take that back first.")


class HeldAlready(Refused):
    message = _("This meeting has begun. It can no longer be called off.")


class NoQuorum(Refused):
    """Too few are there by the body's own rules. `why`: which, in whole sentences."""

    def __init__(self, why: str) -> None:
        super().__init__()
        self.why = why

    def __str__(self) -> str:
        return " ".join((self.why, gettext("Write down who is there first.")))


class AnswersOver(Refused):
    message = _("The meeting has begun. Answers to the invitation are no longer taken. Call the secretary.")


class InvitationSent(Refused):
    message = _("This invitation went out or was answered. It stays on the list: write down that this person does not come.")


class NoPdf(Refused):
    message = _("This node cannot make PDF files: the library Pango is not installed. Take the Word file instead.")


class RoomTaken(Refused):
    """Another session is in the room at that time. `title`, `clock`: which one, and when."""

    def __init__(self, title: str, clock: str) -> None:
        super().__init__()
        self.title, self.clock = title, clock

    def __str__(self) -> str:
        said = _("Another session is in this room at that time: %(title)s, %(clock)s. Choose another room or another time.")
        return str(said % {"title": self.title, "clock": self.clock})


class FoundedAlready(Refused):
    """Another meeting is said to be the founding one. `meeting`: which."""

    def __init__(self, meeting: models.Model) -> None:
        super().__init__()
        self.meeting = meeting

    def __str__(self) -> str:
        said = _("Another meeting is marked as the founding one: %(title)s. A body has one. Change that meeting first.")
        return str(said) % {"title": self.meeting}


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
