"""A ballot on paper: nobody votes in it here. When it ends, the numbers of the urn are entered, never a vote beside a name."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django.db import transaction
from django.utils.translation import gettext as _

from kenesh.council import counting
from kenesh.council.actions.ballots import checked, freeze, of_round
from kenesh.council.actions.live import check_leads
from kenesh.council.actions.refusals import NoSuchOption, NotOnPaper, PapersDisagree
from kenesh.council.models import Ballot
from kenesh.council.queries import elections, seats
from kenesh.people.models import User


def count_papers(
    *, ballot: Ballot, papers: counting.Papers, by: User, votes: Mapping[str, int] | None = None, rankings: Sequence[str] = ()
) -> counting.Result:
    """Ends a vote on paper with what the tellers counted; entering it twice gives what was entered first.

    `votes`: for each choice, or in an election for each candidate's option, how many papers name it; `rankings`: of a ranked
    election what each paper says, as options with commas, the best first. Raises NotOnPaper,
    NoSuchOption, PapersDisagree, NotYourSeat.
    """
    with transaction.atomic():
        found = Ballot.objects.select_for_update(of=("self",)).select_related("meeting__body", "election")
        now = found.get(pk=ballot.pk)
        check_leads(by, now.meeting)
        if not now.on_paper:
            raise NotOnPaper
        if not now.is_open:
            return seats.result_of(now)
        votes, rankings = dict(votes or {}), [checked(now, paper) for paper in rankings]
        if not set(votes) <= set(counting.Choice if now.election_id is None else now.options):
            raise NoSuchOption
        _check(now, papers, votes, rankings)
        now.papers_given, now.papers_found, now.papers_invalid = papers.given, papers.found, papers.invalid
        now.papers_blank, now.tellers = papers.blank, papers.tellers
        now.save(update_fields=["papers_given", "papers_found", "papers_invalid", "papers_blank", "tellers"])
        came = min(papers.found, papers.given)
        if now.election_id is None:
            casts = [counting.Cast(counting.Choice(choice), is_member=True, weight=number) for choice, number in votes.items()]
            result = seats.counted(now, casts, set(), came=came)
        else:
            now.chosen = elections.chosen_on_paper(now, votes, rankings, blank=papers.blank)
            result = of_round(now, set(), came=came)
        return freeze(now, result, by=by, verb="count_papers")


def _check(ballot: Ballot, papers: counting.Papers, votes: dict[str, int], rankings: Sequence[str]) -> None:
    """Raises PapersDisagree."""
    members = seats.member_ids(ballot.meeting)
    entitled = len(seats.states_of(ballot.meeting, members)) if ballot.by_states else len(members)
    if papers.given > entitled:
        said = (
            _("%(given)d papers were given out, but only %(all)d States may vote. Count the papers again.")
            if ballot.by_states
            else _("%(given)d papers were given out, but only %(all)d members may vote. Count the papers again.")
        )
        raise PapersDisagree(said % {"given": papers.given, "all": entitled})
    if papers.found > papers.given and papers.invalid < papers.found:
        raise PapersDisagree(
            _("More papers were found than were given out. Count again. If that is so, write all as invalid, and vote again.")
        )
    named = papers.found - papers.invalid - papers.blank
    valid = len(rankings) if rankings else sum(votes.values())
    if ballot.most > 1 and ballot.election is not None and not ballot.election.is_ranked:
        _check_several(ballot, named, votes)
    elif valid != named:
        said = _("%(found)d papers were found, but the numbers make %(sum)d: valid and invalid ones together. Count again.")
        raise PapersDisagree(said % {"found": papers.found, "sum": valid + papers.invalid + papers.blank})


def _check_several(ballot: Ballot, named: int, votes: dict[str, int]) -> None:
    """Where a paper names up to so many."""
    given, most = sum(votes.values()), max(votes.values(), default=0)
    if named < 0 or most > named:
        raise PapersDisagree(_("Somebody has more votes than there are valid papers. Count again."))
    if not named <= given <= named * ballot.most:
        said = _("%(papers)d valid papers can hold from %(least)d to %(most)d votes, but these are %(given)d. Count again.")
        raise PapersDisagree(said % {"papers": named, "least": named, "most": named * ballot.most, "given": given})
