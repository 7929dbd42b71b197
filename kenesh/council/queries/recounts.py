"""A closed ballot counted again from its stored votes, beside what was frozen when it closed."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Prefetch

from kenesh.council import counting
from kenesh.council.models import Ballot, BallotRemark, Vote
from kenesh.council.queries import elections, seats


@dataclass(frozen=True)
class Again:
    """`numbers`: of a motion for, against, abstaining; of an election by candidate, as (name, then, now)."""

    numbers: list[tuple[str, int, int]]
    same: bool


def again(ballot: Ballot) -> Again:
    """The votes of members, counted now. Of a secret ballot the bare ones, which nothing joins to a name; of one on paper there is
    nothing to count, so that both numbers are those of the tellers."""
    if ballot.election_id is not None:
        return _of_election(ballot)
    if ballot.is_sealed:
        casts = [counting.Cast(counting.Choice(choice), is_member=True) for choice in _bare(ballot)]
    else:
        votes = Vote.objects.select_related("membership__organisation", "membership__person__organisation")
        casts = seats.casts(Ballot.objects.prefetch_related(Prefetch("votes", votes)).get(pk=ballot.pk))
    now = counting.frozen(casts, entitled=0, present=0, why=counting.Why.ADOPTED).members
    then = seats.summary_of(ballot).members
    now = then if ballot.on_paper else now
    numbers = [
        (counting.Choice.FOR.value, then.for_, now.for_),
        (counting.Choice.AGAINST.value, then.against, now.against),
        (counting.Choice.ABSTAIN.value, then.abstained, now.abstained),
    ]
    return Again(numbers, then == now)


def _bare(ballot: Ballot) -> list[str]:
    return list(ballot.bare_votes.values_list("choice", flat=True))


def _of_election(ballot: Ballot) -> Again:
    then = ballot.chosen or {"votes": {}}
    if ballot.on_paper:
        now = then
    elif ballot.is_sealed:
        now = elections.chosen(ballot, _bare(ballot))
    else:
        seats_of_votes = ("membership__organisation", "membership__person__organisation")
        named = ballot.votes.filter(is_member=True).select_related(*seats_of_votes).order_by("id")
        now = elections.chosen_by_name(ballot, named)
    names = {str(candidate.pk): str(candidate) for candidate in elections.options_of_ballot(ballot)}
    numbers = [(name, then["votes"].get(option, 0), now["votes"].get(option, 0)) for option, name in names.items()]
    return Again(numbers, then == now)


def remarks_on(ballot: Ballot) -> list[BallotRemark]:
    """What was said of it, oldest first."""
    return list(ballot.remarks.select_related("membership__person", "membership__organisation", "by").order_by("id"))


def given_by_proxy(ballot: Ballot) -> list[Vote]:
    """Named votes that another seat gave with a paper."""
    votes = ballot.votes.filter(cast_by__isnull=False)
    people = ("membership__person", "membership__organisation", "cast_by__person", "cast_by__organisation")
    return list(votes.select_related(*people).order_by("id"))
