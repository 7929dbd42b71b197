"""Results that were published, counted again by our rules: each came out as its source says."""

from __future__ import annotations

from fractions import Fraction
from itertools import product

from kenesh.council.counting import (
    Cast,
    Choice,
    Result,
    Rule,
    Why,
    by_country,
    choose,
    majority,
    most_named,
    over_half,
    votes,
    weighted,
)

FOR, AGAINST, ABSTAIN = Choice.FOR, Choice.AGAINST, Choice.ABSTAIN


def result(rule: Rule, *, of: int, **numbers: int) -> Result:
    """Of so many members, for_, against and abstained."""
    casts = [Cast(choice, True, weight=numbers.get(name, 0)) for name, choice in zip(NAMES, Choice, strict=True)]
    return votes(casts, rule=rule, quorum=Fraction(0), entitled=of, present=0)


NAMES = ("for_", "against", "abstained")


def test_more_for_than_against_was_no_majority_of_all_members_in_the_first_ballot_for_a_german_chancellor() -> None:
    # German Bundestag, 6 May 2025: 630 members, 316 needed (Basic Law, article 63). First ballot 310 for, 307 against, 3 abstained,
    # 1 invalid, 9 not given: not elected. Second ballot 325, 289, 1: elected. Deutschlandfunk and dts of that day.
    first, second = {"for_": 310, "against": 307, "abstained": 3}, {"for_": 325, "against": 289, "abstained": 1}
    found = [result(Rule.ABSOLUTE_MAJORITY, of=630, **said).why for said in (first, second)]
    assert (found, result(Rule.SIMPLE_MAJORITY, of=630, **first).why) == ([Why.TOO_FEW, Why.ADOPTED], Why.ADOPTED)


def test_489_of_733_members_are_two_thirds_of_the_german_bundestag() -> None:
    # 18 March 2025, a change of the Basic Law (article 79): 512 for, 206 against, nobody abstained, of 733 members; 489 were needed.
    # mitmischen.de, the Bundestag's own pages for young people.
    assert result(Rule.TWO_THIRDS_MEMBERS, of=733, for_=512, against=206).why is Why.ADOPTED
    edge = [result(Rule.TWO_THIRDS_MEMBERS, of=733, for_=n, against=206).why for n in (488, 489)]
    assert edge == [Why.TOO_FEW, Why.ADOPTED]


def test_each_state_had_one_vote_on_the_global_compact_for_migration() -> None:
    # United Nations General Assembly, 19 December 2018, resolution 73/195: 152 for, 5 against (the Czech Republic, Hungary, Israel,
    # Poland, the United States), 12 abstained, 24 of 193 members did not vote. Here two members sit for each State.
    against = ["CZ", "HU", "IL", "PL", "US"]
    said = [(f"f{number}", FOR) for number in range(152)] + [(code, AGAINST) for code in against]
    said += [(f"a{number}", ABSTAIN) for number in range(12)]
    states = by_country(Cast(choice, True, code) for code, choice in said for _seat in range(2))
    found = votes(states, rule=Rule.TWO_THIRDS, quorum=Fraction(1, 2), entitled=193, present=169)
    counts = found.members
    assert (counts.for_, counts.against, counts.abstained, found.why) == (152, 5, 12, Why.ADOPTED)


# Treaty of Rome, 1957, article 148: votes in the Council of the European Economic Community, 12 of 17 needed.
EEC = {"DE": 4, "FR": 4, "IT": 4, "BE": 2, "NL": 2, "LU": 1}


def test_weighted_votes_of_the_six_make_luxembourg_a_null_player_as_is_known() -> None:
    # Games 9 (2018) 29: with these votes there is no way in which Luxembourg's decision makes a difference. 12 is two thirds of 17.
    def adopted(says: dict[str, Choice]) -> bool:
        casts = weighted({state: Cast(choice, True) for state, choice in says.items()}, EEC)
        return votes(casts, rule=Rule.TWO_THIRDS_MEMBERS, quorum=Fraction(0), entitled=17, present=17).adopted

    for choices in product((FOR, AGAINST), repeat=6):
        says = dict(zip(EEC, choices, strict=True))
        weight = sum(EEC[state] for state, choice in says.items() if choice is FOR)
        assert adopted(says) == (weight >= 12)
        assert adopted({**says, "LU": FOR}) == adopted({**says, "LU": AGAINST})


def test_three_seats_of_the_security_council_were_filled_from_papers_with_three_names() -> None:
    # United Nations, press release GA/12152, 7 June 2019, African and Asia-Pacific States: 193 papers, each with at most three names;
    # Viet Nam 192, Niger 191, Tunisia 191. How names stood together is not known; these papers make the same numbers.
    papers = [["VN", "NE", "TN"]] * 190 + [["VN", "NE"], ["VN", "TN"], []]
    found = choose(papers, options=("NE", "TN", "VN"), seats=3)
    assert (found.votes, sorted(found.elected), found.open_seats) == ({"NE": 191, "TN": 191, "VN": 192}, ["NE", "TN", "VN"], 0)


def test_two_of_three_western_states_were_elected_to_the_security_council() -> None:
    # 17 June 2020, Western European and other States, two seats: Norway 130, Ireland 128, Canada 108 (Associated Press of that day).
    found = most_named({"CA": 108, "IE": 128, "NO": 130}, seats=2)
    assert (found.elected, found.tied, found.open_seats) == (["NO", "IE"], [], 0)


# Conseil constitutionnel: results proclaimed for the two rounds of 21 April and 5 May 2002.
FRANCE_2002 = {
    "Mégret": 667_026, "Lepage": 535_837, "Gluckstein": 132_686, "Bayrou": 1_949_170, "Chirac": 5_665_855, "Le Pen": 4_804_713,
    "Taubira": 660_447, "Saint-Josse": 1_204_689, "Mamère": 1_495_724, "Jospin": 4_610_113, "Boutin": 339_112, "Hue": 960_480,
    "Chevènement": 1_518_528, "Madelin": 1_113_484, "Laguiller": 1_630_045, "Besancenot": 1_210_562,
}  # fmt: skip


def test_the_first_two_of_sixteen_stood_in_the_second_round_for_the_french_president() -> None:
    assert sum(FRANCE_2002.values()) == 28_498_471  # votes cast, as proclaimed
    first = over_half(FRANCE_2002)
    second = over_half({"Chirac": 25_537_956, "Le Pen": 5_525_032})
    assert (first.elected, first.tied, second.elected, second.tied) == ([], ["Chirac", "Le Pen"], ["Chirac"], [])


def test_votes_that_were_added_up_before_come_out_as_papers_do() -> None:
    papers = [["a"]] * 4 + [["b"]] * 3 + [["c"]] * 3 + [[]]
    assert over_half({"a": 4, "b": 3, "c": 3}) == majority(papers, options="abc")
