"""Elections on pages: nominations, acceptance, secret rounds by phone and by account, consensus, the seats that follow."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from hypothesis import given, settings
from hypothesis import strategies as st

from kenesh.council import actions
from kenesh.council.counting import majority
from kenesh.council.models import Ballot, BareVote, Election, Meeting, Proposal, SealedVote
from kenesh.council.queries import elections
from kenesh.people.models import Membership, Person, User

Seat = Callable[[User], Membership]


@pytest.fixture
def meeting_now(proposal: Proposal) -> Meeting:
    """Under way."""
    return Meeting.objects.get(pk=proposal.item.meeting_id)


@pytest.fixture
def persons(council: Any) -> list[Membership]:
    """Three more members without accounts."""
    return [
        Membership.objects.create(body=council, person=Person.objects.create(name={"ru": name}))
        for name in ("Анара", "Бакыт", "Гүлнара")
    ]


def called(proposal: Proposal, chynara: User, **more: Any) -> Election:
    return actions.call_election(item=proposal.item, office={"en": "Chair of the council"}, role="chair", by=chynara, **more)


def stands(election: Election, chynara: User, *seats: Membership) -> list[str]:
    """Proposed and accepted; gives their options."""
    for seat in seats:
        candidate = actions.nominate(election=election, membership=seat, by=chynara)
        actions.answer_nomination(candidate=candidate, accepted=True, by=chynara)
    return [str(one.pk) for one in election.candidates.order_by("id")]


def voted(ballot: Ballot, votes: dict[Membership, str]) -> None:
    """Votes of seats, each by its phone."""
    for seat, choice in votes.items():
        link = actions.make_phone_links(
            meeting=ballot.meeting, by=User.objects.get(email="chynara@example.org"), key="k" * 32, only=seat
        )
        phone = Client()
        phone.post(f"/en/phone/{link[0][1]}/")
        phone.post(f"/en/phone/ballots/{ballot.pk}/", {"choice": choice, "seen": "0", "key": "v" * 32})


def press(client: Client, meeting: Meeting, election: Election, **fields: object) -> str:
    return client.post(f"/work/meetings/{meeting.code}/elections/{election.code}/", fields, follow=True).content.decode()


def test_an_election_from_the_call_to_the_role_goes_through_pages(
    signed_in: Callable[..., Client],
    meeting_now: Meeting,
    proposal: Proposal,
    chynara: User,
    member: User,
    second: User,
    seat: Seat,
) -> None:
    secretary, candidate = signed_in(chynara, language="en"), signed_in(member, language="en")
    secretary.post(
        f"/work/meetings/{meeting_now.code}/agenda/{proposal.item.pk}/elect/",
        {
            "office_en": "Chair",
            "role": "chair",
            "method": "majority",
            "seats": 1,
            "quorum": "1/2",
            "is_secret": "on",
            "key": "e" * 32,
        },
    )
    election = Election.objects.get()
    press(secretary, meeting_now, election, do="nominate", seat=seat(member).pk, by=seat(second).pk)
    nominee = election.candidates.get()
    assert "Nobody stands yet." in press(secretary, meeting_now, election, do="open", key="o" * 32)
    press(candidate, meeting_now, election, do="accept", pk=nominee.pk)
    press(secretary, meeting_now, election, do="open", key="p" * 32)
    page = press(candidate, meeting_now, election, do="vote", membership=seat(member).pk, pick=nominee.pk, seen=0, key="v" * 32)
    number = re.search(r"<output>(\S+)</output>", page)
    page = press(secretary, meeting_now, election, do="close")
    assert ("has 1 of 1 votes, more than half." in page, Membership.objects.get(pk=seat(member).pk).role) == (True, "member")
    press(secretary, meeting_now, election, do="seat")
    assert Membership.objects.get(pk=seat(member).pk).role == "chair"
    assert Meeting.objects.get(pk=meeting_now.pk).chair == member.person  # who leads it from here on
    ballot = election.rounds.get()
    assert number is not None
    counted = candidate.post(f"/work/meetings/{meeting_now.code}/ballots/{ballot.pk}/counted/", {"number": number[1]})
    assert "This vote is counted: Мээрим." in counted.content.decode()
    minutes = secretary.get(f"/work/meetings/{meeting_now.code}/minutes/").content.decode()
    assert ["Chair: Мээрим" in minutes, "more than half" in minutes] == [True, True]


def test_without_a_majority_the_first_two_stand_in_a_second_round(
    proposal: Proposal,
    chynara: User,
    member: User,
    persons: list[Membership],
    seat: Seat,
    django_capture_on_commit_callbacks: Any,
) -> None:
    election = called(proposal, chynara)
    a, b, c = stands(election, chynara, *persons)
    everybody = [seat(member), *persons]
    with django_capture_on_commit_callbacks(execute=True):
        first = actions.open_round(election=election, by=chynara)
        voted(first, dict(zip(everybody, (a, a, b, c), strict=True)))
        actions.close_ballot(ballot=first, by=chynara)
    assert (Ballot.objects.get(pk=first.pk).chosen["tied"], SealedVote.objects.count()) == ([a, b, c], 0)
    second = actions.open_round(election=election, by=chynara)
    voted(second, dict(zip(everybody, (a, a, a, b), strict=True)))
    actions.close_ballot(ballot=second, by=chynara)
    election.refresh_from_db()
    assert (election.status, [str(one) for one in elections.course(election, []).elected]) == ("decided", ["Анара"])
    assert sorted(BareVote.objects.filter(ballot=second).values_list("choice", flat=True)) == sorted([a, a, a, b])


def held(election: Election, chynara: User, *papers: dict[Membership, str]) -> list[Ballot]:
    """Each round with these votes."""
    rounds = []
    for votes in papers:
        rounds.append(actions.open_round(election=election, by=chynara))
        voted(rounds[-1], votes)
        actions.close_ballot(ballot=rounds[-1], by=chynara)
    return rounds


def test_a_second_round_without_a_quorum_leaves_the_third_to_the_same_two(
    signed_in: Callable[..., Client], proposal: Proposal, meeting_now: Meeting, chynara: User, member: User,
    persons: list[Membership], seat: Seat,
) -> None:  # fmt: skip
    election = called(proposal, chynara, quorum="2/3")
    a, b, _c = stands(election, chynara, *persons)
    everybody = [seat(member), *persons]
    held(election, chynara, dict(zip(everybody, (a, a, b, b), strict=True)), {seat(member): a})
    press(signed_in(chynara, language="en"), meeting_now, election, do="open", key="t" * 32)
    assert election.rounds.get(number=3).options == [a, b]


def test_a_first_round_that_is_annulled_takes_the_later_ones_with_it(
    signed_in: Callable[..., Client], proposal: Proposal, meeting_now: Meeting, chynara: User, member: User,
    persons: list[Membership], seat: Seat,
) -> None:  # fmt: skip
    election = called(proposal, chynara)
    a, b, c = stands(election, chynara, *persons)
    everybody = [seat(member), *persons]
    papers = [dict(zip(everybody, said, strict=True)) for said in ((a, a, b, b), (a, a, a, b))]
    first, second = held(election, chynara, *papers)
    secretary, at = signed_in(chynara, language="en"), f"/work/meetings/{meeting_now.code}/ballots"
    press(secretary, meeting_now, election, do="seat")
    signed_in(member).post(f"{at}/{first.pk}/", {"do": "contest", "words": "…", "key": "c" * 32})
    secretary.post(f"{at}/{first.pk}/", {"do": "annul", "words": "Once more"})
    assert list(election.rounds.order_by("number").values_list("standing", flat=True)) == ["annulled", "annulled"]
    assert (roles(persons), election.candidates.filter(elected_in__isnull=False).count()) == (["member"] * 3, 0)
    press(secretary, meeting_now, election, do="open", key="t" * 32)
    third = election.rounds.get(number=3)
    assert (third.options, third.seats, "Once more" in secretary.get(f"{at}/{second.pk}/").content.decode()) == (
        [a, b, c],
        1,
        True,
    )


def test_who_is_elected_and_declines_before_the_next_round_leaves_her_seat_open(
    signed_in: Callable[..., Client], proposal: Proposal, meeting_now: Meeting, chynara: User, member: User,
    persons: list[Membership], seat: Seat,
) -> None:  # fmt: skip
    election, secretary = called(proposal, chynara, method="most", seats=2), signed_in(chynara, language="en")
    a, b, c = stands(election, chynara, *persons)
    everybody = [seat(member), *persons]
    held(election, chynara, dict(zip(everybody, (a, a, b, c), strict=True)))
    press(secretary, meeting_now, election, do="decline", pk=a)
    press(secretary, meeting_now, election, do="open", key="t" * 32)
    second = election.rounds.get(number=2)
    voted(second, {seat(member): b, persons[0]: c})
    press(secretary, meeting_now, election, do="close")
    press(secretary, meeting_now, election, do="seat")
    assert (second.seats, second.options, roles(persons)) == (2, [b, c], ["member", "chair", "chair"])


def test_an_annulled_election_gives_the_chair_back_to_who_had_it(
    signed_in: Callable[..., Client],
    proposal: Proposal,
    meeting_now: Meeting,
    chynara: User,
    member: User,
    persons: list[Membership],
    seat: Seat,
) -> None:
    Membership.objects.filter(pk=persons[0].pk).update(role="chair")
    election = called(proposal, chynara)
    a, b = stands(election, chynara, *persons[1:])
    first = actions.open_round(election=election, by=chynara)
    voted(first, {seat(member): a, persons[1]: a, persons[2]: b})
    actions.close_ballot(ballot=first, by=chynara)
    secretary = signed_in(chynara, language="en")
    press(secretary, meeting_now, election, do="seat")
    assert (roles(persons), chair_of(meeting_now)) == (["member", "chair", "member"], persons[1].person)
    signed_in(member).post(
        f"/work/meetings/{meeting_now.code}/ballots/{first.pk}/", {"do": "contest", "words": "…", "key": "c" * 32}
    )
    secretary.post(f"/work/meetings/{meeting_now.code}/ballots/{first.pk}/", {"do": "annul", "words": "Once more"})
    election.refresh_from_db()
    assert (roles(persons), election.seated_at, chair_of(meeting_now)) == (["chair", "member", "member"], None, None)


def test_a_seat_that_ended_before_its_newest_role_is_not_seated(
    signed_in: Callable[..., Client], proposal: Proposal, meeting_now: Meeting, chynara: User, persons: list[Membership]
) -> None:
    day = meeting_now.day
    persons[0].role_changes.create(before="chair", role="member", on=day + timedelta(days=9))
    Membership.objects.filter(pk=persons[0].pk).update(until=day + timedelta(days=3))
    election = called(proposal, chynara)
    stands(election, chynara, persons[0])
    actions.elect_by_consensus(election=election, by=chynara)
    page = press(signed_in(chynara, language="en"), meeting_now, election, do="seat")
    assert ("Chair of the council" in page, roles(persons)) == (True, ["member", "member", "member"])


def test_a_chair_who_is_elected_again_alone_is_the_only_chair(
    signed_in: Callable[..., Client], proposal: Proposal, meeting_now: Meeting, chynara: User, persons: list[Membership]
) -> None:
    Membership.objects.filter(pk__in=[persons[0].pk, persons[1].pk]).update(role="chair")
    election = called(proposal, chynara)
    stands(election, chynara, persons[0])
    actions.elect_by_consensus(election=election, by=chynara)
    press(signed_in(chynara, language="en"), meeting_now, election, do="seat")
    assert (roles(persons), chair_of(meeting_now)) == (["chair", "member", "member"], persons[0].person)


def chair_of(meeting: Meeting) -> Person | None:
    """Who leads the meeting by name."""
    return Meeting.objects.get(pk=meeting.pk).chair


def roles(persons: list[Membership]) -> list[str]:
    return [Membership.objects.get(pk=one.pk).role for one in persons]


@pytest.mark.parametrize(("method", "winner"), [("runoff", "Гүлнара"), ("schulze", "Бакыт")])
def test_a_ranking_on_phones_elects_by_the_method_that_was_chosen(
    proposal: Proposal, chynara: User, member: User, second: User, persons: list[Membership], seat: Seat, method: str, winner: str
) -> None:
    election = called(proposal, chynara, method=method, is_secret=False)
    a, b, c = stands(election, chynara, *persons)
    ballot = actions.open_round(election=election, by=chynara)
    papers = (f"{a},{b},{c}", f"{a},{b},{c}", f"{b},{c},{a}", f"{c},{b},{a}", f"{c},{b},{a}")
    voted(ballot, dict(zip([seat(member), seat(second), *persons], papers, strict=True)))
    actions.close_ballot(ballot=ballot, by=chynara)
    assert [str(one) for one in elections.course(election, []).elected] == [winner]


def test_a_phone_fills_in_a_paper_and_confirms_it(
    proposal: Proposal, chynara: User, member: User, persons: list[Membership], seat: Seat
) -> None:
    election = called(proposal, chynara, method="most", seats=2)
    a, b, _c = stands(election, chynara, *persons)
    ballot = actions.open_round(election=election, by=chynara)
    token = actions.make_phone_links(meeting=ballot.meeting, by=chynara, key="k" * 32, only=seat(member))[0][1]
    phone = Client()
    phone.post(f"/en/phone/{token}/")
    address = f"/en/phone/ballots/{ballot.pk}/"
    paper = phone.get(address).content.decode()
    many = phone.post(address, {"sent": 1, "pick": [a, b, _c]}).content.decode()
    asked = phone.post(address, {"sent": 1, "pick": [b, a]}).content.decode()
    assert ["Гүлнара" in paper, "Choose at most 2." in many, "Yes, vote: Бакыт, Анара" in asked] == [True, True, True]


def test_a_phone_finds_its_vote_in_every_round_by_its_number_also_after_the_point_was_left(
    proposal: Proposal, chynara: User, member: User, persons: list[Membership], seat: Seat
) -> None:
    election = called(proposal, chynara)
    a, b, _c = stands(election, chynara, *persons)
    first, second = held(election, chynara, {seat(member): a, persons[0]: b}, {seat(member): a, persons[0]: a})
    actions.call_item(item=actions.add_item(meeting=proposal.item.meeting, by=chynara, title={"en": "Next"}), by=chynara)
    token = actions.make_phone_links(meeting=first.meeting, by=chynara, key="p" * 32, only=seat(member))[0][1]
    phone = Client()
    phone.post(f"/en/phone/{token}/")
    page = phone.get("/en/phone/").content.decode()
    assert re.findall(r'href="(/en/phone/ballots/\d+/counted/)"', page) == [
        f"/en/phone/ballots/{second.pk}/counted/",
        f"/en/phone/ballots/{first.pk}/counted/",
    ]


def test_a_ranking_is_filled_in_on_a_phone_place_by_place_and_confirmed(
    proposal: Proposal, chynara: User, member: User, persons: list[Membership], seat: Seat
) -> None:
    election = called(proposal, chynara, method="runoff")
    a, b, c = stands(election, chynara, *persons)
    ballot = actions.open_round(election=election, by=chynara)
    token = actions.make_phone_links(meeting=ballot.meeting, by=chynara, key="k" * 32, only=seat(member))[0][1]
    phone, address = Client(), f"/en/phone/ballots/{ballot.pk}/"
    phone.post(f"/en/phone/{token}/")
    assert [f'name="place{option}"' in phone.get(address).content.decode() for option in (a, b, c)] == [True] * 3
    twice = phone.post(address, {"sent": 1, f"place{a}": "1", f"place{b}": "1", f"place{c}": ""}).content.decode()
    kept = re.search(rf'name="place{a}".*?<option value="1" selected', twice, re.DOTALL)
    assert ["Two have the same place." in twice, kept is not None] == [True, True]
    asked = phone.post(address, {"sent": 1, f"place{a}": "", f"place{b}": "2", f"place{c}": "1"}).content.decode()
    assert "Yes, vote: Гүлнара, Бакыт" in asked
    hidden = dict(re.findall(r'<input type="hidden" name="(choice|seen|key)" value="([^"]*)"', asked))
    number = re.search(r"<output>(\S+)</output>", phone.post(address, hidden).content.decode())
    actions.close_ballot(ballot=ballot, by=chynara)
    assert number is not None
    counted = phone.post(f"{address}counted/", {"number": number[1]}).content.decode()
    assert ["Гүлнара &gt; Бакыт" in counted, Ballot.objects.get().chosen["elected"]] == [True, [c]]


@pytest.mark.parametrize("choice", ["999999", "{a},{a}", "{a},{b}"])
def test_a_paper_with_a_stranger_or_a_name_twice_or_too_many_is_refused(
    proposal: Proposal, chynara: User, member: User, persons: list[Membership], seat: Seat, choice: str
) -> None:
    election = called(proposal, chynara)
    a, b, _c = stands(election, chynara, *persons)
    ballot = actions.open_round(election=election, by=chynara)
    voted(ballot, {seat(member): choice.format(a=a, b=b)})
    assert SealedVote.objects.count() == 0


def test_who_alone_stands_is_elected_by_consensus_and_more_are_not(
    signed_in: Callable[..., Client], meeting_now: Meeting, proposal: Proposal, chynara: User, persons: list[Membership]
) -> None:
    election, secretary = called(proposal, chynara), signed_in(chynara, language="en")
    stands(election, chynara, *persons[:2])
    assert "More stand than there are seats." in press(secretary, meeting_now, election, do="consensus")
    actions.answer_nomination(candidate=election.candidates.order_by("id")[1], accepted=False, by=chynara)
    page = press(secretary, meeting_now, election, do="consensus")
    election.refresh_from_db()
    assert (election.how, election.rounds.count(), "by consensus, without a ballot" in page) == ("consensus", 0, True)


def test_without_a_quorum_nobody_is_elected(
    proposal: Proposal, chynara: User, member: User, persons: list[Membership], seat: Seat
) -> None:
    election = called(proposal, chynara, quorum="2/3")
    a, *_others = stands(election, chynara, *persons)
    ballot = actions.open_round(election=election, by=chynara)
    voted(ballot, {seat(member): a})
    actions.close_ballot(ballot=ballot, by=chynara)
    course = elections.course(election, [])
    assert (course.elected, course.rounds[0].why) == ([], "1 of 4 were there, which is too few to decide.")


def test_nobody_accepts_for_another_member(
    signed_in: Callable[..., Client],
    meeting_now: Meeting,
    proposal: Proposal,
    chynara: User,
    member: User,
    second: User,
    seat: Seat,
) -> None:
    election = called(proposal, chynara)
    actions.nominate(election=election, membership=seat(member), by=chynara)
    press(signed_in(second), meeting_now, election, do="accept", pk=election.candidates.get().pk)
    assert election.candidates.get().accepted is None


@settings(max_examples=30)
@given(st.lists(st.sampled_from(["", "a", "b", "c"]), max_size=30), st.permutations("abc"))
def test_a_majority_elects_whoever_more_than_half_named_in_whatever_order(papers: list[str], order: list[str]) -> None:
    found = majority(([paper] if paper else [] for paper in papers), options=order)
    named = [paper for paper in papers if paper]
    over_half = [option for option in "abc" if 2 * named.count(option) > len(named)]
    assert found.elected == over_half
    if named and not over_half:
        left_out = max((named.count(option) for option in "abc" if option not in found.tied), default=-1)
        assert (len(found.tied) >= 2, left_out < min(named.count(option) for option in found.tied)) == (True, True)
