"""Elections: who stands, what came of each round, and why."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, field, replace
from typing import Any

from django.db.models import Prefetch, QuerySet
from django.http import Http404

from kenesh.council import counting
from kenesh.council.models import Ballot, Candidate, Election, Meeting, SealedVote, Vote
from kenesh.council.queries import explained, proxies
from kenesh.people.models import Membership
from kenesh.problems.models import new_request_key

Method = Election.Method
COUNTED = (counting.Why.ADOPTED, counting.Why.TIE, counting.Why.TOO_FEW)  # what a round elects or leaves then holds


def options_of(choice: str) -> list[str]:
    """The options that a vote names, the best first."""
    return [option for option in choice.split(",") if option]


def chosen(ballot: Ballot, choices: Iterable[str]) -> dict[str, Any]:
    """What the votes chose, one vote each, in the shape in which `ballot.chosen` keeps it: the fields of `counting.Election` and, of
    a ranking, its rounds or its order."""
    return _chosen(ballot, [options_of(choice) for choice in choices])


def chosen_by_name(ballot: Ballot, votes: Iterable[Vote]) -> dict[str, Any]:
    """The same of members' votes by name: with their weights, or one for each State, without seats that speak for none. Reads the
    seats of the votes."""
    assert ballot.election is not None  # noqa: S101  # tells the type checker what stands in the constraint
    given = list(votes)
    if ballot.by_states:
        said = ((vote.membership.state, options_of(vote.choice)) for vote in given)
        return _chosen(ballot, counting.one_voice((each for each in said if each[0]), ranked=ballot.election.is_ranked))
    return _chosen(ballot, [options_of(vote.choice) for vote in given], [vote.weight for vote in given])


def _chosen(ballot: Ballot, named: list[list[str]], weights: Sequence[int] | None = None) -> dict[str, Any]:
    assert ballot.election is not None  # noqa: S101  # as above
    options = ballot.options
    match ballot.election.method:
        case Method.RUNOFF:
            runoff = counting.instant_runoff(named, options=options, weights=weights)
            return {
                **_single(runoff.winners),
                "votes": runoff.rounds[0].votes,
                "rounds": [asdict(each) for each in runoff.rounds],
            }
        case Method.SCHULZE:
            ranked = counting.schulze(named, options=options, weights=weights)
            winners = ranked.winners if any(named) else []
            firsts = counting.instant_runoff(named, options=options, weights=weights).rounds[0].votes
            return {**_single(winners), "votes": firsts, "order": ranked.order if winners else []}
        case Method.MAJORITY:
            return asdict(counting.majority(named, options=options, weights=weights))
        case _:
            return asdict(counting.choose(named, options=options, seats=ballot.seats, weights=weights))


def chosen_on_paper(ballot: Ballot, votes: dict[str, int], rankings: Iterable[str], *, blank: int) -> dict[str, Any]:
    """The same of what the tellers counted. Of a ranked election it keeps every paper, sorted, so that their order says nothing."""
    assert ballot.election is not None  # noqa: S101  # as above
    if ballot.election.is_ranked:
        papers = sorted(rankings)
        return {**chosen(ballot, [*papers, *[""] * blank]), "papers": [options_of(paper) for paper in papers]}
    named = {option: votes.get(option, 0) for option in ballot.options}
    if ballot.election.method == Method.MAJORITY:
        return asdict(counting.over_half(named))
    return asdict(counting.most_named(named, seats=ballot.seats))


def _single(winners: list[str]) -> dict[str, Any]:
    sure = winners if len(winners) == 1 else []
    return {"elected": sure, "tied": [] if sure else winners, "open_seats": 1 - len(sure)}


def why(ballot: Ballot, *, is_quorate: bool) -> counting.Why:
    found: dict[str, Any] = ballot.chosen or {}
    if not is_quorate:
        return counting.Why.NO_QUORUM
    if found.get("open_seats") == 0:
        return counting.Why.ADOPTED
    if found.get("tied"):
        return counting.Why.TIE
    return counting.Why.TOO_FEW if found.get("elected") else counting.Why.NO_VOTES


def reason(ballot: Ballot, names: dict[str, str]) -> str:
    """Why the round came out as it did, in one sentence. `names`: of the options."""
    found: dict[str, Any] = ballot.chosen or {}
    numbers = counting.Result(
        counting.Counts(), counting.Counts(), ballot.entitled or 0, ballot.present or 0, counting.Why(ballot.outcome),
        by_states=ballot.by_states, papers=ballot.papers,
    )  # fmt: skip
    if ballot.outcome in (counting.Why.NO_QUORUM, counting.Why.UNREADABLE) or not found:
        return explained.motion(numbers)
    return explained.voting_states(numbers) + _reason(ballot.election, found, names)


def _reason(election: Election | None, found: dict[str, Any], names: dict[str, str]) -> str:
    """How the votes came to this."""

    def called(options: Iterable[str]) -> list[str]:
        return [names.get(option, option) for option in options]

    assert election is not None  # noqa: S101  # as above
    match election.method:
        case Method.RUNOFF:
            rounds = [
                counting.Round({names.get(o, o): n for o, n in each["votes"].items()}, each["exhausted"], called(each["out"]))
                for each in found["rounds"]
            ]
            return explained.runoff(counting.Runoff(rounds, called([*found["elected"], *found["tied"]])))
        case Method.SCHULZE:
            order = [called(level) for level in found["order"]]
            return explained.ranking(order)
        case Method.MAJORITY:
            votes = {names.get(option, option): number for option, number in found["votes"].items()}
            return explained.majority(counting.Election(votes, called(found["elected"]), called(found["tied"]), 1))
        case _:
            result = counting.Election({}, called(found["elected"]), called(found["tied"]), found["open_seats"])
            return explained.election(result)


def reason_now(ballot: Ballot) -> str:
    """The same for a page; "" for a ballot that is no round of an election."""
    if ballot.election_id is None:
        return ""
    return reason(ballot, {str(one.pk): str(one) for one in options_of_ballot(ballot)})


# --- pages ----------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Standing:
    """A candidate in a round: `votes` that name her (of a ranking: in the first place)."""

    candidate: Candidate
    votes: int
    is_elected: bool
    goes_on: bool


@dataclass(frozen=True)
class Round:
    """A round that is over, the candidates with most votes first."""

    ballot: Ballot
    standings: list[Standing]
    why: str


@dataclass(frozen=True)
class Mine:
    """One of the account's seats, or one whose vote it holds, before an open round."""

    seat: Membership
    times: int
    picked: list[str]  # of a named vote
    has_voted: bool
    held: bool = False


@dataclass(frozen=True)
class Course:
    """All of an election's page."""

    election: Election
    candidates: list[Candidate]
    standing: list[Candidate]  # who may be voted for
    rounds: list[Round]
    running: Ballot | None
    running_options: list[Candidate]
    given: int = 0
    mine: list[Mine] = field(default_factory=list)
    key: str = field(default_factory=new_request_key)

    @property
    def elected(self) -> list[Candidate]:
        return [candidate for candidate in self.candidates if candidate.elected_in is not None]

    @property
    def open_seats(self) -> int:
        return self.election.seats - len(self.elected)

    @property
    def next_options(self) -> list[Candidate]:
        """Who stands in the next round: whoever the last one that counts left, else all who stand."""
        stand = (each.ballot for each in reversed(self.rounds) if each.ballot.standing != Ballot.Standing.ANNULLED)
        last = next((ballot for ballot in stand if ballot.outcome in COUNTED), None)
        tied = set((last.chosen or {}).get("tied", [])) if last is not None and last.outcome == counting.Why.TIE else set()
        return [one for one in self.standing if one.elected_in is None and (not tied or str(one.pk) in tied)]


def elections_at(meeting: Meeting) -> QuerySet[Election]:
    return Election.objects.filter(item__meeting=meeting).select_related("item").order_by("id")


def election_of(meeting: Meeting, code: str) -> Election:
    """Raises Http404."""
    found = elections_at(meeting).select_related("item__meeting__body").filter(code=code).first()
    if found is None:
        raise Http404
    return found


_PEOPLE = ("membership__person", "membership__organisation", "nominated_by__person", "nominated_by__organisation")


def candidates_of(election: Election) -> list[Candidate]:
    return list(_candidates().filter(election=election))


def _candidates() -> QuerySet[Candidate]:
    return Candidate.objects.select_related(*_PEOPLE).order_by("id")


def course(election: Election, own: list[Membership]) -> Course:
    """The election with its rounds, alone on its page; `own`: the seats of who looks."""
    found = _course(election, candidates_of(election), list(_rounds().filter(election=election)))
    running = found.running
    if running is None:
        return found
    return replace(found, given=running.votes.count() + running.sealed_votes.count(), mine=mine(running, own))


def courses(found: QuerySet[Election]) -> list[Course]:
    """The same of many, in as many queries as of one; without who looks and how many have voted so far."""
    together = found.prefetch_related(Prefetch("candidates", _candidates()), Prefetch("rounds", _rounds()))
    return [_course(one, list(one.candidates.all()), list(one.rounds.all())) for one in together]


def _course(election: Election, candidates: list[Candidate], rounds: list[Ballot]) -> Course:
    by_option = {str(candidate.pk): candidate for candidate in candidates}
    running = next((ballot for ballot in rounds if ballot.is_open), None)
    return Course(
        election=election,
        candidates=candidates,
        standing=[candidate for candidate in candidates if candidate.accepted],
        rounds=[_round(ballot, by_option) for ballot in rounds if not ballot.is_open],
        running=running,
        running_options=options_in(running, by_option) if running else [],
    )


def _rounds() -> QuerySet[Ballot]:
    return Ballot.objects.select_related("meeting__body", "election").order_by("number")


def options_in(ballot: Ballot, by_option: dict[str, Candidate]) -> list[Candidate]:
    return [by_option[option] for option in ballot.options if option in by_option]


def options_of_ballot(ballot: Ballot) -> list[Candidate]:
    """Who stands in this round."""
    assert ballot.election is not None  # noqa: S101  # as above
    return options_in(ballot, {str(candidate.pk): candidate for candidate in candidates_of(ballot.election)})


def _round(ballot: Ballot, by_option: dict[str, Candidate]) -> Round:
    found: dict[str, Any] = ballot.chosen or {}
    votes, elected, tied = found.get("votes", {}), found.get("elected", []), found.get("tied", [])
    counts = ballot.outcome not in (counting.Why.NO_QUORUM, counting.Why.UNREADABLE)
    standings = [
        Standing(one, votes.get(option, 0), counts and option in elected, counts and option in tied)
        for option, one in by_option.items()
        if option in ballot.options
    ]
    standings.sort(key=lambda one: -one.votes)
    return Round(ballot, standings, reason(ballot, {option: str(one) for option, one in by_option.items()}))


def mine(ballot: Ballot, own: list[Membership]) -> list[Mine]:
    """What the account's seats have given so far, and those whose votes they hold."""
    held = [giver for seat in own for giver in proxies.held_by(ballot.meeting_id, seat.pk)]
    rows: dict[int, Vote | SealedVote] = {}
    seats = [seat.pk for seat in [*own, *held]]
    rows.update({row.membership_id: row for row in Vote.objects.filter(ballot=ballot, membership__in=seats)})
    rows.update({row.membership_id: row for row in SealedVote.objects.filter(ballot=ballot, membership__in=seats)})
    return [_mine(seat, rows.get(seat.pk), held=place >= len(own)) for place, seat in enumerate([*own, *held])]


def _mine(seat: Membership, row: Vote | SealedVote | None, *, held: bool) -> Mine:
    picked = options_of(row.choice) if isinstance(row, Vote) else []
    return Mine(seat, row.times if row else 0, picked, row is not None, held)


def courses_at(meeting: Meeting) -> list[Course]:
    """All elections of a meeting, for its minutes."""
    return courses(elections_at(meeting))
