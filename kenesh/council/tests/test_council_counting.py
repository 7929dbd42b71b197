"""How proposals are decided: published votes, and what holds for every vote."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kenesh.council.counting import Cast, Choice, Rule, Stance, Why, consensus, votes

CASTS = st.lists(st.builds(Cast, st.sampled_from(Choice), st.booleans()), max_size=60)
RULES = st.sampled_from(Rule)
QUORUMS = st.sampled_from([Fraction(0), Fraction(1, 3), Fraction(1, 2), Fraction(2, 3), Fraction(1)])


def cast(for_: int, against: int, abstained: int) -> list[Cast]:
    pairs = [(Choice.FOR, for_), (Choice.AGAINST, against), (Choice.ABSTAIN, abstained)]
    return [Cast(choice, is_member=True) for choice, number in pairs for _ in range(number)]


@pytest.mark.parametrize(
    ("for_", "against", "abstained", "entitled", "rule", "why"),
    [
        # General Assembly resolution 181 (II), 29 November 1947, 57 members.
        pytest.param(33, 13, 10, 57, Rule.TWO_THIRDS, Why.ADOPTED, id="1947 resolution 181"),
        # Draft A/L.605 on the representation of China, 20 November 1970: a majority, not two thirds; 127 members.
        pytest.param(51, 49, 25, 127, Rule.TWO_THIRDS, Why.TOO_FEW, id="1970 two thirds asked"),
        pytest.param(51, 49, 25, 127, Rule.SIMPLE_MAJORITY, Why.ADOPTED, id="1970 had a majority sufficed"),
        # The same question, 25 October 1971, 131 members: the motion to ask two thirds fell, resolution 2758 passed.
        pytest.param(55, 59, 15, 131, Rule.SIMPLE_MAJORITY, Why.TOO_FEW, id="1971 motion"),
        pytest.param(76, 35, 17, 131, Rule.TWO_THIRDS, Why.ADOPTED, id="1971 resolution 2758"),
        # Resolution ES-11/1, 2 March 2022, 193 members.
        pytest.param(141, 5, 35, 193, Rule.TWO_THIRDS, Why.ADOPTED, id="2022 resolution ES-11/1"),
    ],
)
def test_published_votes_of_the_general_assembly_come_out_as_they_did(
    for_: int, against: int, abstained: int, entitled: int, rule: Rule, why: Why
) -> None:
    result = votes(cast(for_, against, abstained), rule=rule, quorum=Fraction(1, 2), entitled=entitled, present=0)
    assert (result.members.for_, result.members.against, result.members.abstained, result.why) == (for_, against, abstained, why)


def test_two_thirds_exactly_are_enough() -> None:
    assert votes(cast(2, 1, 0), rule=Rule.TWO_THIRDS, quorum=Fraction(0), entitled=3, present=3).why == Why.ADOPTED


def test_an_equal_division_adopts_nothing() -> None:
    assert votes(cast(4, 4, 1), rule=Rule.SIMPLE_MAJORITY, quorum=Fraction(0), entitled=9, present=9).why == Why.TIE


def test_those_who_are_there_and_silent_make_the_quorum() -> None:
    silent = votes(cast(2, 0, 0), rule=Rule.SIMPLE_MAJORITY, quorum=Fraction(1, 2), entitled=10, present=5)
    absent = votes(cast(2, 0, 0), rule=Rule.SIMPLE_MAJORITY, quorum=Fraction(1, 2), entitled=10, present=4)
    assert (silent.why, absent.why) == (Why.ADOPTED, Why.NO_QUORUM)


def test_only_abstentions_decide_nothing() -> None:
    assert votes(cast(0, 0, 5), rule=Rule.CONSENSUS, quorum=Fraction(0), entitled=5, present=5).why == Why.NO_VOTES


def test_more_voters_than_members_are_refused() -> None:
    with pytest.raises(ValueError, match="more members voted"):
        votes(cast(3, 0, 0), rule=Rule.SIMPLE_MAJORITY, quorum=Fraction(0), entitled=2, present=2)


@given(CASTS, RULES, QUORUMS, st.integers(0, 20))
def test_observers_change_nothing(casts: list[Cast], rule: Rule, quorum: Fraction, more: int) -> None:
    entitled = sum(one.is_member for one in casts) + more
    members_only = [one for one in casts if one.is_member]
    whole = votes(casts, rule=rule, quorum=quorum, entitled=entitled, present=0)
    alone = votes(members_only, rule=rule, quorum=quorum, entitled=entitled, present=0)
    assert (whole.members, whole.why, whole.present) == (alone.members, alone.why, alone.present)


@given(CASTS, RULES, QUORUMS)
def test_nobody_is_lost_and_nobody_counted_twice(casts: list[Cast], rule: Rule, quorum: Fraction) -> None:
    result = votes(casts, rule=rule, quorum=quorum, entitled=len(casts), present=0)
    assert result.members.voters + result.observers.voters == len(casts)


@given(CASTS, RULES)
def test_one_more_vote_for_never_undoes_an_adoption(casts: list[Cast], rule: Rule) -> None:
    before = votes(casts, rule=rule, quorum=Fraction(0), entitled=99, present=0)
    after = votes([*casts, Cast(Choice.FOR, is_member=True)], rule=rule, quorum=Fraction(0), entitled=99, present=0)
    assert after.adopted or not before.adopted


@given(CASTS)
def test_a_stricter_rule_adopts_no_more(casts: list[Cast]) -> None:
    adopted = {rule: votes(casts, rule=rule, quorum=Fraction(0), entitled=99, present=0).adopted for rule in Rule}
    assert adopted[Rule.CONSENSUS] <= adopted[Rule.TWO_THIRDS] <= adopted[Rule.SIMPLE_MAJORITY]


@given(st.lists(st.tuples(st.sampled_from(Stance), st.booleans())))
def test_consensus_is_stopped_by_members_blocks_and_by_nothing_else(stances: list[tuple[Stance, bool]]) -> None:
    assert consensus(stances).reached == ((Stance.BLOCK, True) not in stances)
