"""Why a count came out as it did, in one sentence for the body and its minutes."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kenesh.council.counting import Election, Result, Rule, Runoff, Schulze, Why


def motion(result: Result) -> str:
    """The reason of a vote for or against."""
    numbers = {
        "for": result.members.for_,
        "against": result.members.against,
        "cast": result.members.cast,
        "all": result.entitled,
        "there": result.present,
    }
    return voting_states(result) + _reason(result) % numbers


def voting_states(result: Result) -> str:
    """That States vote, and how, with a space after it; "" where they do not."""
    if not result.by_states:
        return ""
    if result.papers:
        return _("Each State had one paper and one vote.") + " "
    return _("Each State has one vote; a State whose members do not all choose the same abstains.") + " "


def _reason(result: Result) -> str:
    if result.why is Why.UNREADABLE:
        return _("The sealed votes cannot be opened any more because their key is lost; please vote again.")
    if result.why is Why.NO_QUORUM and result.few_states:
        there, everybody, needed = result.few_states
        said = _("Members from %(there)s of %(all)s States have voted; at least %(needed)s are needed.")
        return said % {"there": there, "all": everybody, "needed": needed}
    if result.why is Why.NO_QUORUM:
        return _("%(there)d of %(all)d were there, which is too few to decide.")
    if result.why is Why.NO_VOTES:
        return _("Nobody voted for or against.")
    if result.rule is Rule.CONSENSUS:
        return _("%(for)d voted for and %(against)d against; one vote against is enough to stop it.")
    if result.rule is Rule.ABSOLUTE_MAJORITY:
        return _("%(for)d of all %(all)d voted for; more than half of all is needed, whether they vote or not.")
    if result.rule is Rule.TWO_THIRDS_MEMBERS:
        return _("%(for)d of all %(all)d voted for; two thirds of all are needed, whether they vote or not.")
    if result.why is Why.TIE:
        return _("%(for)d voted for and as many against; a tie adopts nothing.")
    if result.rule is Rule.TWO_THIRDS:
        return _("%(for)d of %(cast)d votes for or against were for; two thirds are needed, and abstentions are not counted.")
    return _("%(for)d voted for and %(against)d against; more for than against is needed, and abstentions are not counted.")


def election(result: Election) -> str:
    """The reason of an election of several."""
    if result.tied:
        return ngettext(
            "%(tied)s have the same number of votes for the last %(left)d place; please vote again between them.",
            "%(tied)s have the same number of votes for the last %(left)d places; please vote again between them.",
            result.open_seats,
        ) % {"tied": ", ".join(result.tied), "left": result.open_seats}
    if not result.elected:
        return _("Nobody was named on any ballot.")
    return _("Those who were named most often are elected: %(names)s.") % {"names": ", ".join(result.elected)}


def majority(result: Election) -> str:
    """The reason of a round in which more than half is needed."""
    cast = sum(result.votes.values())
    if not cast:
        return _("Nobody was named on any ballot.")
    if result.elected:
        return _("%(name)s has %(votes)d of %(all)d votes, more than half.") % {
            "name": result.elected[0],
            "votes": result.votes[result.elected[0]],
            "all": cast,
        }
    return _("Nobody has more than half of %(all)d votes; the next round is between %(names)s.") % {
        "all": cast,
        "names": ", ".join(result.tied),
    }


def runoff(result: Runoff) -> str:
    """The reason of an instant runoff."""
    if not result.winners:
        return _("Nobody ranked anything.")
    if len(result.winners) > 1:
        return _("%(names)s are tied: none of them can be left out before another.") % {"names": ", ".join(result.winners)}
    last = result.rounds[-1]
    return ngettext(
        "%(name)s has %(votes)d of %(all)d votes in round %(count)d, more than half.",
        "%(name)s has %(votes)d of %(all)d votes in round %(count)d, more than half, after those with the fewest first places left.",
        len(result.rounds),
    ) % {
        "name": result.winners[0],
        "votes": last.votes[result.winners[0]],
        "all": sum(last.votes.values()),
        "count": len(result.rounds),
    }


def schulze(result: Schulze) -> str:
    """The reason of a ranking by Schulze's method."""
    return ranking(result.order if any(result.preferred.values()) else [])


def ranking(order: list[list[str]]) -> str:
    """The same, of its levels from the best down; [] when nobody ranked anything."""
    if not order:
        return _("Nobody ranked anything.")
    if len(order[0]) > 1:
        return _("%(names)s are tied: nobody beats any of them, one against one or in a chain.") % {"names": ", ".join(order[0])}
    return _("%(name)s beats each other one, one against one or by the stronger chain of wins.") % {"name": order[0][0]}
