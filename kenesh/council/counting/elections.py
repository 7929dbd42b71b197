"""Elections among several options: so many of them (block approval), or one by ranking, by two named methods.

No method here draws lots: where the votes leave a tie, the tie is the result, and the body votes again or decides by its
rules of procedure. So no result hangs on the order of options or of voters.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

Ranking = Sequence[str]  # options from the best down; those left out come after all named ones
# How many votes each ballot is, whole numbers from 1, in the order of the ballots; none: one each.
Weights = Sequence[int] | None


def one_voice(votes: Iterable[tuple[str, Sequence[str]]], *, ranked: bool) -> list[list[str]]:
    """One State, one vote: of votes as (country, options named), what each State names, in the order of their codes.

    All voters of a State must name the same, of a ranking in the same order; a State whose voters differ names nobody. Raises
    ValueError for a vote without a country.
    """
    listed = [(country, tuple(named) if ranked else tuple(sorted(named))) for country, named in votes]
    if any(not country for country, _named in listed):
        raise ValueError("where States vote, each vote belongs to one")
    said: dict[str, set[tuple[str, ...]]] = {}
    for country, named in listed:
        said.setdefault(country, set()).add(named)
    return [list(*said[country]) if len(said[country]) == 1 else [] for country in sorted(said)]


def _weighed(ballots: Iterable[Iterable[str]], weights: Weights) -> Iterator[tuple[Iterable[str], int]]:
    """Raises ValueError for a weight under 1, and unless there is one for each ballot."""
    listed = list(ballots)
    if weights is not None and any(weight < 1 for weight in weights):
        raise ValueError("a weight is a whole number from 1")
    yield from zip(listed, weights if weights is not None else [1] * len(listed), strict=True)


@dataclass(frozen=True)
class Election:
    """So many seats. `elected` are sure; `tied` share the last places, of which `open_seats` are left."""

    votes: dict[str, int]
    elected: list[str]
    tied: list[str]
    open_seats: int


def choose(ballots: Iterable[Iterable[str]], *, options: Sequence[str], seats: int, weights: Weights = None) -> Election:
    """Block approval: each voter names at most `seats` options, and the options named most often are elected.

    An option that nobody named is not elected. Raises ValueError for a ballot that names too many, one twice, or one
    that does not stand.
    """
    votes = dict.fromkeys(options, 0)
    for ballot, weight in _weighed(ballots, weights):
        for option in _valid(ballot, options, most=seats):
            votes[option] += weight
    return most_named(votes, seats=seats)


def most_named(votes: dict[str, int], *, seats: int) -> Election:
    """The same, of votes that were added up before, for each option that stands."""
    elected: list[str] = []
    for number in sorted({number for number in votes.values() if number}, reverse=True):
        level = [option for option in votes if votes[option] == number]
        left = seats - len(elected)
        if len(level) > left:
            return Election(votes, elected, level if left else [], left)
        elected += level
    return Election(votes, elected, [], seats - len(elected))


def majority(ballots: Iterable[Iterable[str]], *, options: Sequence[str], weights: Weights = None) -> Election:
    """One seat: each voter names at most one option, and one that more than half of those who name anybody named is elected.

    Without such a majority nobody is, and `tied` are who stand in the next round: the first two, with all who share the second
    place, or all who share the first one. Raises ValueError as `choose` does.
    """
    votes = dict.fromkeys(options, 0)
    for ballot, weight in _weighed(ballots, weights):
        for option in _valid(ballot, options, most=1):
            votes[option] += weight
    return over_half(votes)


def over_half(votes: dict[str, int]) -> Election:
    """The same, of votes that were added up before, for each option that stands."""
    cast = sum(votes.values())
    leading = [option for option in votes if 2 * votes[option] > cast]
    if leading or not cast:
        return Election(votes, leading, [], 1 - len(leading))
    levels = sorted({number for number in votes.values() if number}, reverse=True)
    first = [option for option in votes if votes[option] == levels[0]]
    least = levels[0] if len(first) > 1 else levels[1]
    return Election(votes, [], [option for option in votes if votes[option] >= least], 1)


def _valid(ballot: Iterable[str], options: Sequence[str], *, most: int) -> list[str]:
    named = list(ballot)
    if len(named) > most or len(set(named)) < len(named) or not set(named) <= set(options):
        raise ValueError("a ballot names options that stand, each once, and not too many")
    return named


@dataclass(frozen=True)
class Round:
    """First preferences among those still in; `exhausted`: ballots that name none of them; `out`: who leaves after it."""

    votes: dict[str, int]
    exhausted: int
    out: list[str]


@dataclass(frozen=True)
class Runoff:
    """Instant runoff. One winner; or several, who are tied; or none, when nobody ranked anything."""

    rounds: list[Round]
    winners: list[str]


def instant_runoff(ballots: Iterable[Ranking], *, options: Sequence[str], weights: Weights = None) -> Runoff:
    """In each round the option with the fewest first preferences leaves, until one has more than half of those that count.

    Ties for the last place: whoever had fewer in the latest earlier round in which they differ leaves; those who never
    differed leave together; if nobody else would be left, they are tied. Raises ValueError for a ballot that is not a
    ranking of the options.
    """
    rankings = [(_valid(ballot, options, most=len(options)), weight) for ballot, weight in _weighed(ballots, weights)]
    still, rounds = list(options), list[Round]()
    while still:
        votes, exhausted = _firsts(rankings, still)
        counting = sum(votes.values())
        if counting == 0:
            rounds.append(Round(votes, exhausted, []))
            return Runoff(rounds, [] if len(rounds) == 1 else still)
        leading = [option for option in still if 2 * votes[option] > counting]
        if leading:
            rounds.append(Round(votes, exhausted, []))
            return Runoff(rounds, leading)
        last = _last(votes, rounds)
        if len(last) == len(still):
            rounds.append(Round(votes, exhausted, []))
            return Runoff(rounds, still)
        rounds.append(Round(votes, exhausted, last))
        still = [option for option in still if option not in last]
    return Runoff(rounds, [])


def _firsts(rankings: list[tuple[list[str], int]], still: list[str]) -> tuple[dict[str, int], int]:
    votes, exhausted = dict.fromkeys(still, 0), 0
    for ranking, weight in rankings:
        first = next((option for option in ranking if option in votes), None)
        if first is None:
            exhausted += weight
        else:
            votes[first] += weight
    return votes, exhausted


def _last(votes: dict[str, int], earlier: list[Round]) -> list[str]:
    last = [option for option, number in votes.items() if number == min(votes.values())]
    for before in reversed(earlier):
        fewest = min(before.votes[option] for option in last)
        last = [option for option in last if before.votes[option] == fewest]
    return last


@dataclass(frozen=True)
class Schulze:
    """`preferred[a, b]`: votes that put a before b; `strength[a, b]`: of the strongest path from a to b.

    `order`: levels from the best down; options of one level are tied. The first level holds the winners.
    """

    preferred: dict[tuple[str, str], int]
    strength: dict[tuple[str, str], int]
    order: list[list[str]]

    @property
    def winners(self) -> list[str]:
        return self.order[0] if self.order else []


def schulze(ballots: Iterable[Ranking], *, options: Sequence[str], weights: Weights = None) -> Schulze:
    """Schulze's method with winning votes (M. Schulze, Social Choice and Welfare 36, 2011, section 2): beatpaths.

    A path is as strong as its weakest win; a is better than b when its strongest path to b is stronger than the one back.
    Options left out of a ranking come after all that it names, none before another. `order` peels this relation level by
    level: first who is beaten by nobody, then who is beaten by nobody that is left. Raises ValueError for a ballot that is
    not a ranking of the options.
    """
    preferred = {(one, other): 0 for one in options for other in options if one != other}
    for ballot, weight in _weighed(ballots, weights):
        ranking = _valid(ballot, options, most=len(options))
        place = {option: ranking.index(option) if option in ranking else len(ranking) for option in options}
        for one, other in preferred:
            preferred[one, other] += weight * (place[one] < place[other])
    strength = {pair: number if number > preferred[pair[::-1]] else 0 for pair, number in preferred.items()}
    for through in options:  # Floyd and Warshall, widest path
        for one, other in preferred:
            if through not in (one, other):
                around = min(strength[one, through], strength[through, other])
                strength[one, other] = max(strength[one, other], around)
    return Schulze(preferred, strength, _levels(strength, options))


def _levels(strength: dict[tuple[str, str], int], options: Sequence[str]) -> list[list[str]]:
    left, levels = list(options), list[list[str]]()
    while left:
        level = [one for one in left if all(strength[one, other] >= strength[other, one] for other in left if other != one)]
        levels.append(level)  # never empty: the relation is transitive (theorem 4.1 of the paper)
        left = [option for option in left if option not in level]
    return levels
