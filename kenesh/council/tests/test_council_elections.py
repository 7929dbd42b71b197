"""Elections and the majorities of all members: published examples, and what holds for every ballot."""

from __future__ import annotations

from fractions import Fraction
from random import Random

import pytest
from django.utils.translation import override
from hypothesis import given, settings
from hypothesis import strategies as st

from kenesh.council.counting import (
    Cast,
    Choice,
    Rule,
    Seat,
    Why,
    by_country,
    choose,
    instant_runoff,
    is_quorate,
    majority,
    one_voice,
    schulze,
    votes,
    weighted,
)
from kenesh.council.queries import explained

# Capitals of Tennessee: the example of most introductions to ranked voting.
TENNESSEE = [
    *[("Memphis", "Nashville", "Chattanooga", "Knoxville")] * 42,
    *[("Nashville", "Chattanooga", "Knoxville", "Memphis")] * 26,
    *[("Chattanooga", "Knoxville", "Nashville", "Memphis")] * 15,
    *[("Knoxville", "Chattanooga", "Nashville", "Memphis")] * 17,
]
CITIES = ("Memphis", "Nashville", "Chattanooga", "Knoxville")


def of(counts: dict[str, int]) -> list[str]:
    """`{"acb": 2}`: two ballots that rank a, then c, then b."""
    return [ranking for ranking, number in counts.items() for _ in range(number)]


few = settings(max_examples=30)
OPTIONS = "abcd"
RANKINGS = st.lists(
    st.permutations(OPTIONS).flatmap(lambda whole: st.integers(0, 4).map(lambda n: tuple(whole[:n]))), max_size=25
)
APPROVALS = st.lists(st.sets(st.sampled_from(OPTIONS), max_size=2), max_size=25)
SEEDS = st.integers(0, 2**16)
CASTS = st.lists(st.builds(Cast, st.sampled_from(Choice), st.booleans(), st.sampled_from(["KG", "RU", "KZ"])), max_size=30)


# --- published examples ---------------------------------------------------------------------------------------------------


def test_the_capital_of_tennessee_is_knoxville_by_instant_runoff() -> None:
    found = instant_runoff(TENNESSEE, options=CITIES)
    assert [(each.votes, each.out) for each in found.rounds] == [
        ({"Memphis": 42, "Nashville": 26, "Chattanooga": 15, "Knoxville": 17}, ["Chattanooga"]),
        ({"Memphis": 42, "Nashville": 26, "Knoxville": 32}, ["Nashville"]),
        ({"Memphis": 42, "Knoxville": 58}, []),
    ]
    assert found.winners == ["Knoxville"]


def test_the_capital_of_tennessee_is_nashville_by_schulze() -> None:
    assert schulze(TENNESSEE, options=CITIES).order == [["Nashville"], ["Chattanooga"], ["Knoxville"], ["Memphis"]]


def test_schulzes_example_of_45_voters_comes_out_as_in_his_paper() -> None:
    ballots = of({"acbed": 5, "adecb": 5, "bedac": 8, "cabed": 3, "caebd": 7, "cbade": 2, "dceba": 7, "ebadc": 8})
    found = schulze(ballots, options="abcde")
    assert found.order == [["e"], ["a"], ["c"], ["b"], ["d"]]
    assert [found.strength["a", other] for other in "bcde"] == [28, 28, 30, 24]
    assert [found.strength[other, "a"] for other in "bcde"] == [25, 25, 25, 25]


def test_schulzes_example_of_30_voters_comes_out_as_in_his_paper() -> None:
    ballots = of({"acbd": 5, "acdb": 2, "adcb": 3, "bacd": 4, "cbda": 3, "cdba": 3, "dacb": 1, "dbac": 5, "dcba": 4})
    assert schulze(ballots, options=OPTIONS).winners == ["d"]


def test_condorcets_cycle_is_a_tie_by_both_methods() -> None:
    ballots = of({"abc": 1, "bca": 1, "cab": 1})
    assert (instant_runoff(ballots, options="abc").winners, schulze(ballots, options="abc").winners) == (
        ["a", "b", "c"],
        ["a", "b", "c"],
    )


# --- ties and bounds ------------------------------------------------------------------------------------------------------


def test_whoever_was_behind_in_an_earlier_round_leaves_first() -> None:
    # Round 1: a 4, b 3, c 2, d 1. Round 2: a 4, b 3, c 3, and c was behind b before.
    found = instant_runoff(of({"a": 4, "b": 3, "cb": 2, "dc": 1}), options=OPTIONS)
    assert ([each.out for each in found.rounds], found.winners) == ([["d"], ["c"], []], ["b"])


def test_a_tie_for_the_last_place_elects_only_who_is_sure() -> None:
    found = choose(["ab", "ac", "ad", "a"], options=OPTIONS, seats=2)
    assert (found.elected, found.tied, found.open_seats) == (["a"], ["b", "c", "d"], 1)


@pytest.mark.parametrize("ballot", ["abc", "aa", "x"])
def test_a_ballot_with_too_many_or_doubled_or_unknown_names_is_refused(ballot: str) -> None:
    with pytest.raises(ValueError, match="a ballot names options that stand"):
        choose([ballot], options=OPTIONS, seats=2)


def decided(for_: int, against: int, abstained: int, rule: Rule, entitled: int) -> Why:
    casts = [Cast(choice, True) for choice, n in zip(Choice, (for_, against, abstained), strict=True) for _ in range(n)]
    return votes(casts, rule=rule, quorum=Fraction(0), entitled=entitled, present=entitled).why


def test_an_absolute_majority_is_more_than_half_of_all_members() -> None:
    assert [decided(n, 0, 2, Rule.ABSOLUTE_MAJORITY, 10) for n in (5, 6)] == [Why.TOO_FEW, Why.ADOPTED]


def test_two_thirds_of_the_members_count_those_who_did_not_come() -> None:
    # Article 18 of the Charter asks two thirds of those voting; article 108 two thirds of all members.
    assert [decided(n, 1, 0, Rule.TWO_THIRDS_MEMBERS, 9) for n in (5, 6)] == [Why.TOO_FEW, Why.ADOPTED]


def test_a_state_whose_members_differ_abstains() -> None:
    casts = [
        Cast(Choice.FOR, True, "KG"), Cast(Choice.FOR, True, "KG"), Cast(Choice.FOR, True, "RU"), Cast(Choice.ABSTAIN, True, "RU"),
        Cast(Choice.AGAINST, False, "KG"), Cast(Choice.AGAINST, False, "AM"),
    ]  # fmt: skip
    assert by_country(casts) == [
        Cast(Choice.AGAINST, False, "AM"),
        Cast(Choice.FOR, True, "KG"),
        Cast(Choice.ABSTAIN, True, "RU"),
    ]


def test_a_quorum_asks_for_members_and_for_countries_and_never_for_observers() -> None:
    body = [Seat(True, "KG"), Seat(True, "KG"), Seat(True, "RU"), Seat(True, "KZ"), Seat(False, "AM")]
    half = Fraction(1, 2)
    assert [is_quorate(there, body, members=half, countries=half) for there in (body[:2], body[1:3], body[3:])] == [
        False,  # both of one country
        True,
        False,  # one member and an observer
    ]


def test_a_state_names_what_all_its_voters_name_and_nobody_when_they_differ() -> None:
    said = [("RU", "ba"), ("KG", "ab"), ("KG", "ba"), ("KZ", "a"), ("KZ", "b"), ("TJ", "")]
    assert one_voice(said, ranked=False) == [["a", "b"], [], ["a", "b"], []]
    assert one_voice(said, ranked=True) == [[], [], ["b", "a"], []]
    with pytest.raises(ValueError, match="each vote belongs to one"):
        one_voice([("", "a")], ranked=False)


# --- what holds for every ballot ------------------------------------------------------------------------------------------


@few
@given(RANKINGS, SEEDS)
def test_who_votes_first_changes_nothing(ballots: list[tuple[str, ...]], seed: int) -> None:
    mixed = Random(seed).sample(ballots, len(ballots))
    assert instant_runoff(mixed, options=OPTIONS) == instant_runoff(ballots, options=OPTIONS)
    assert schulze(mixed, options=OPTIONS) == schulze(ballots, options=OPTIONS)


@few
@given(RANKINGS, st.permutations(OPTIONS))
def test_other_names_for_the_options_give_the_same_winners_under_those_names(
    ballots: list[tuple[str, ...]], names: list[str]
) -> None:
    to = dict(zip(OPTIONS, names, strict=True))
    renamed = [tuple(to[option] for option in ballot) for ballot in ballots]
    for method in (instant_runoff, schulze):
        before, after = method(ballots, options=OPTIONS).winners, method(renamed, options=OPTIONS).winners
        assert sorted(to[name] for name in before) == sorted(after)


@few
@given(RANKINGS)
def test_every_ballot_counts_once_or_is_exhausted_in_every_round(ballots: list[tuple[str, ...]]) -> None:
    for each in instant_runoff(ballots, options=OPTIONS).rounds:
        assert sum(each.votes.values()) + each.exhausted == len(ballots)


@few
@given(RANKINGS)
def test_who_beats_everybody_one_against_one_wins_by_schulze_and_who_loses_to_all_does_not(
    ballots: list[tuple[str, ...]],
) -> None:
    found = schulze(ballots, options=OPTIONS)
    for one in OPTIONS:
        duels = [(found.preferred[one, other], found.preferred[other, one]) for other in OPTIONS if other != one]
        if all(mine > theirs for mine, theirs in duels):
            assert found.winners == [one]
        if all(mine < theirs for mine, theirs in duels):
            assert one not in found.winners


@few
@given(RANKINGS, st.data())
def test_a_voter_who_moves_the_winner_up_does_not_make_it_lose_by_schulze(
    ballots: list[tuple[str, ...]], data: st.DataObject
) -> None:
    winners = schulze(ballots, options=OPTIONS).winners
    if len(winners) == 1 and ballots:
        at = data.draw(st.integers(0, len(ballots) - 1))
        raised = (winners[0], *(option for option in ballots[at] if option != winners[0]))
        assert schulze([*ballots[:at], raised, *ballots[at + 1 :]], options=OPTIONS).winners == winners


@few
@given(APPROVALS, st.integers(2, 4))
def test_never_more_are_elected_than_there_are_places_and_every_mark_is_counted(ballots: list[set[str]], seats: int) -> None:
    found = choose(ballots, options=OPTIONS, seats=seats)
    assert (len(found.elected) + found.open_seats, sum(found.votes.values())) == (seats, sum(map(len, ballots)))
    assert not found.tied or len(found.tied) > found.open_seats


@few
@given(CASTS, st.integers(1, 9), st.sampled_from(Rule))
def test_the_same_weight_for_everybody_changes_no_result(casts: list[Cast], weight: int, rule: Rule) -> None:
    members = sum(cast.is_member for cast in casts)
    scaled = weighted(dict(enumerate(casts)), dict.fromkeys(range(len(casts)), weight))
    plain = votes(casts, rule=rule, quorum=Fraction(1, 2), entitled=members + 3, present=0)
    heavy = votes(scaled, rule=rule, quorum=Fraction(1, 2), entitled=(members + 3) * weight, present=0)
    assert (heavy.why, heavy.members.voters) == (plain.why, plain.members.voters * weight)


@few
@given(RANKINGS, st.data())
def test_a_weight_elects_as_so_many_same_ballots_would_by_every_method(
    ballots: list[tuple[str, ...]], data: st.DataObject
) -> None:
    weights = data.draw(st.lists(st.integers(1, 5), min_size=len(ballots), max_size=len(ballots)))
    many = [ballot for ballot, weight in zip(ballots, weights, strict=True) for _ in range(weight)]
    for method in (instant_runoff, schulze):
        assert method(ballots, options=OPTIONS, weights=weights) == method(many, options=OPTIONS)
    assert choose(ballots, options=OPTIONS, seats=4, weights=weights) == choose(many, options=OPTIONS, seats=4)
    firsts, each = [ballot[:1] for ballot in ballots], [ballot[:1] for ballot in many]
    assert majority(firsts, options=OPTIONS, weights=weights) == majority(each, options=OPTIONS)


@few
@given(CASTS)
def test_states_of_one_member_each_vote_as_their_members_do(casts: list[Cast]) -> None:
    each_its_own = [Cast(cast.choice, cast.is_member, f"{number:02}") for number, cast in enumerate(casts)]
    assert by_country(each_its_own) == each_its_own


@few
@given(CASTS, st.integers(0, 9), st.sampled_from([Rule.SIMPLE_MAJORITY, Rule.TWO_THIRDS, Rule.CONSENSUS]))
def test_abstentions_change_no_result_among_those_who_say_for_or_against(casts: list[Cast], more: int, rule: Rule) -> None:
    members = sum(cast.is_member for cast in casts)
    silent = [Cast(Choice.ABSTAIN, True)] * more
    without = votes(casts, rule=rule, quorum=Fraction(0), entitled=members + more, present=0)
    assert votes([*casts, *silent], rule=rule, quorum=Fraction(0), entitled=members + more, present=0).why == without.why


# --- the reasons ----------------------------------------------------------------------------------------------------------


def test_every_method_says_in_one_sentence_why_it_came_out_so() -> None:
    two = [Cast(Choice.FOR, True), Cast(Choice.FOR, True), Cast(Choice.AGAINST, True), Cast(Choice.ABSTAIN, True)]
    result = votes(two, rule=Rule.TWO_THIRDS, quorum=Fraction(0), entitled=9, present=4)
    with override("en"):
        assert explained.motion(result) == (
            "2 of 3 votes for or against were for; two thirds are needed, and abstentions are not counted."
        )
        assert explained.runoff(instant_runoff(TENNESSEE, options=CITIES)) == (
            "Knoxville has 58 of 100 votes in round 3, more than half, after those with the fewest first places left."
        )
        assert explained.schulze(schulze(TENNESSEE, options=CITIES)) == (
            "Nashville beats each other one, one against one or by the stronger chain of wins."
        )
        assert explained.election(choose(["ab", "ac", "ad", "a"], options=OPTIONS, seats=2)) == (
            "b, c, d have the same number of votes for the last 1 place; please vote again between them."
        )
