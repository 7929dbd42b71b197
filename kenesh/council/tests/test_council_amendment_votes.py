"""Amendments put to the vote: each its own ballot; what is adopted changes the text as marked, in order, and the minutes tell it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client

from kenesh.council import actions
from kenesh.council.models import Amendment, Ballot, Meeting, Proposal, Vote
from kenesh.people.models import Membership, User

SignIn = Callable[..., Client]
Seat = Callable[[User], Membership]
BALLOT = {"to": "ballot", "rule": "simple_majority", "quorum": "1/2", "how": "named"}


@pytest.fixture
def free(proposal: Proposal, member: User, seat: Seat) -> Amendment:
    text = {"ru": "Дать мигрантам бесплатный полис ОМС", "en": "Give migrants free health insurance"}
    return actions.amend(proposal=proposal, text=text, base=1, membership=seat(member), by=member)


@pytest.fixture
def workers(proposal: Proposal, second: User, seat: Seat) -> Amendment:
    text = {"ru": "Дать трудовым мигрантам полис ОМС", "en": "Give migrant workers health insurance"}
    return actions.amend(proposal=proposal, text=text, base=1, membership=seat(second), by=second)


def page_of(amendment: Amendment) -> str:
    proposal = amendment.proposal
    return f"/work/meetings/{proposal.item.meeting.code}/proposals/{proposal.code}/amendments/{amendment.code}/"


def put_to_vote(secretary: Client, amendment: Amendment) -> Ballot:
    secretary.post(page_of(amendment), {**BALLOT, "key": amendment.code.rjust(32, "k")})
    return Ballot.objects.get(amendment=amendment, closed_at=None)


def voted(secretary: Client, amendment: Amendment, *choices: tuple[Membership, str]) -> None:
    """The secretary writes the hands down on one screen and closes the vote."""
    ballot = put_to_vote(secretary, amendment)
    at = f"/work/meetings/{ballot.meeting.code}/ballots/{ballot.pk}/"
    assert secretary.post(f"{at}votes/", {f"s{seat.pk}": choice for seat, choice in choices}).status_code == 302
    secretary.post(f"{at}close/")


def test_what_the_votes_adopt_changes_the_text_as_marked_one_after_the_other(
    signed_in: SignIn, free: Amendment, workers: Amendment, chynara: User, member: User, second: User, seat: Seat
) -> None:
    secretary, proposal = signed_in(chynara, language="en"), free.proposal
    for amendment in (free, workers):
        voted(secretary, amendment, (seat(member), "for"), (seat(second), "for"))
    proposal.refresh_from_db()
    assert (proposal.text["ru"], proposal.version) == ("Дать трудовым мигрантам бесплатный полис ОМС", 3)
    assert list(Amendment.objects.order_by("id").values_list("status", "how", "votes_for", "votes_against")) == [
        ("accepted", "vote", 2, 0), ("accepted", "vote", 2, 0),
    ]  # fmt: skip
    actions.adopt_by_consensus(proposal=proposal, by=chynara)
    minutes = secretary.get(f"/work/meetings/{proposal.item.meeting.code}/minutes/").content.decode()
    told = ("Amendments:", "add “free”. Taken into the text (By vote), for: 2, against: 0, abstained: 0.")
    assert [words in minutes for words in told] == [True, True]


def test_an_amendment_that_loses_is_not_taken_and_a_tie_leaves_it_open(
    signed_in: SignIn, free: Amendment, workers: Amendment, chynara: User, member: User, second: User, seat: Seat
) -> None:
    secretary = signed_in(chynara)
    voted(secretary, free, (seat(member), "against"), (seat(second), "against"))
    voted(secretary, workers, (seat(member), "for"), (seat(second), "against"))
    free.proposal.refresh_from_db()
    assert (list(Amendment.objects.order_by("id").values_list("status", flat=True)), free.proposal.version) == (
        ["rejected", "open"],
        1,
    )


def test_members_vote_on_the_page_of_the_proposal_and_by_phone_on_the_marked_words(
    signed_in: SignIn, free: Amendment, chynara: User, member: User, second: User, seat: Seat
) -> None:
    ballot = put_to_vote(signed_in(chynara), free)
    hers = signed_in(member, language="en")
    page = hers.get(f"/work/meetings/{ballot.meeting.code}/proposals/{free.proposal.code}/").content.decode()
    assert f'action="/work/meetings/{ballot.meeting.code}/ballots/{ballot.pk}/vote/"' in page
    hers.post(f"/work/meetings/{ballot.meeting.code}/ballots/{ballot.pk}/vote/", {"membership": seat(member).pk, "choice": "for"})
    phone, token = Client(), dict(actions.make_phone_links(meeting=ballot.meeting, by=chynara, key="k" * 32))[seat(second)]
    phone.post(f"/en/phone/{token}/")
    shown = phone.get("/en/phone/").content.decode()
    assert ['<span class="visually-hidden">[added: </span>free<' in shown, "Amendment" in shown] == [True, True]
    phone.post(f"/en/phone/ballots/{ballot.pk}/", {"choice": "against", "seen": "0", "key": "v" * 32})
    assert set(Vote.objects.values_list("membership", "choice")) == {(seat(member).pk, "for"), (seat(second).pk, "against")}


def test_who_holds_a_vote_reads_on_the_page_of_the_proposal_which_one_is_not_her_own(
    signed_in: SignIn, free: Amendment, chynara: User, member: User, second: User, seat: Seat
) -> None:
    meeting, giver = free.proposal.item.meeting, seat(second)
    actions.register_proxy(
        meeting=meeting, giver=giver, holder=seat(member), number="12-а", dated_on=date(2024, 5, 10), by=chynara
    )
    put_to_vote(signed_in(chynara), free)
    page = signed_in(member, language="en").get(f"/work/meetings/{meeting.code}/proposals/{free.proposal.code}/").content.decode()
    assert (page.count("You hold this vote"), f'{giver}</strong> <span class="tag" data-tone="warn">You hold' in page) == (
        1,
        True,
    )


def test_the_chair_puts_an_amendment_to_the_vote_on_her_page_and_on_its_own_and_closes_it(
    signed_in: SignIn, free: Amendment, workers: Amendment, chynara: User, member: User, second: User
) -> None:
    meeting = free.proposal.item.meeting
    actions.call_item(item=free.proposal.item, by=chynara)
    Meeting.objects.filter(pk=meeting.pk).update(chair=member.person)
    chair, other, desk = signed_in(member, language="en"), signed_in(second), f"/work/meetings/{meeting.code}/chair/"
    assert '<span class="visually-hidden">[added: </span>free<' in chair.get(desk).content.decode()
    asked = {**BALLOT, "do": "open_amendment", "pk": free.pk, "key": "a" * 32}
    assert "The vote is open." in chair.post(desk, asked, follow=True).content.decode()
    ballot = Ballot.objects.get(amendment=free)
    assert workers.code not in chair.get(desk).content.decode()  # one at a time
    chair.post(desk, {"do": "close_ballot", "pk": ballot.pk})
    assert other.post(page_of(workers), {**BALLOT, "key": "b" * 32}).status_code == 404
    chair.post(page_of(workers), {**BALLOT, "key": "c" * 32})
    second_ballot = Ballot.objects.get(amendment=workers)
    chair.post(f"/work/meetings/{meeting.code}/ballots/{second_ballot.pk}/close/")
    assert Ballot.objects.filter(closed_at__isnull=False).count() == 2
    assert chair.post(page_of(workers), {"how": "consensus", "to": "accept"}).status_code == 404  # the secretary settles it


def test_one_vote_at_a_time_and_the_text_stands_still_meanwhile(
    signed_in: SignIn, free: Amendment, workers: Amendment, chynara: User
) -> None:
    secretary, proposal = signed_in(chynara, language="en"), free.proposal
    put_to_vote(secretary, free)
    refused = [
        secretary.post(page_of(workers), {**BALLOT, "key": "w" * 32}, follow=True),
        secretary.post(page_of(workers), {"how": "consensus", "to": "accept"}),
        secretary.post(page_of(free), {"how": "consensus", "to": "accept"}),
    ]
    with pytest.raises(actions.Refused, match="A ballot is still open"):
        actions.open_ballot(proposal=proposal, by=chynara)
    words = [
        "A ballot is still open. Close it first.",
        "A ballot is still open. Close it first.",
        "This amendment is being voted on.",
    ]
    assert [said in page.content.decode() for said, page in zip(words, refused, strict=True)] == [True] * 3
    assert Ballot.objects.count() == 1


def test_while_an_amendment_is_voted_on_its_proposal_is_not_adopted_withdrawn_or_joined(
    signed_in: SignIn, free: Amendment, chynara: User
) -> None:
    secretary, proposal, meeting = signed_in(chynara, language="en"), free.proposal, free.proposal.item.meeting
    other = actions.propose(item=proposal.item, text={"en": "Pay for it"}, by=chynara)
    ballot, at = put_to_vote(secretary, free), f"/work/meetings/{meeting.code}/proposals/{proposal.code}"
    joined = {"text_en": "Both", "version": other.version}
    answers = [
        secretary.post(f"{at}/consensus/", follow=True),
        secretary.post(f"{at}/withdraw/", follow=True),
        secretary.post(f"{at}/join/{other.code}/", joined),
    ]
    assert ["A ballot is still open. Close it first." in each.content.decode() for each in answers] == [True] * 3
    page = secretary.get(f"/work/meetings/{meeting.code}/").content.decode()
    assert [f'action="{at}/{what}/"' in page for what in ("consensus", "withdraw")] == [False, False]
    secretary.post(f"/work/meetings/{meeting.code}/ballots/{ballot.pk}/close/")
    secretary.post(f"/work/meetings/{meeting.code}/status/", {"to": "close"})
    assert Meeting.objects.get(pk=meeting.pk).status == "closed"


def test_what_was_carried_but_touches_changed_words_is_put_together_by_hand(
    signed_in: SignIn, free: Amendment, chynara: User, member: User, second: User, seat: Seat
) -> None:
    proposal, secretary = free.proposal, signed_in(chynara, language="en")
    actions.edit_text(
        proposal=proposal,
        text={"ru": "Дать мигрантам дешёвый полис ОМС", "en": "Give migrants cheap health insurance"},
        version=1,
        by=chynara,
    )
    voted(secretary, free, (seat(member), "for"), (seat(second), "for"))
    page = secretary.get(f"/work/meetings/{proposal.item.meeting.code}/proposals/{proposal.code}/").content.decode()
    refused = secretary.post(page_of(free), {"how": "consensus", "to": "reject"}).content.decode()
    by_hand = {"how": "consensus", "to": "merge", "version": 2, "text_ru": "Дать мигрантам бесплатный полис ОМС"}
    secretary.post(page_of(free), by_hand)
    free.refresh_from_db()
    assert ["puts both together by hand" in page, "The vote was for this amendment." in refused] == [True, True]
    assert (free.status, free.how, free.votes_for) == ("merged", "vote", 2)


def test_what_a_vote_carried_is_taken_into_the_text_before_anything_is_adopted_and_the_minutes_tell_the_vote(
    signed_in: SignIn, free: Amendment, chynara: User, member: User, second: User, seat: Seat
) -> None:
    proposal, secretary = free.proposal, signed_in(chynara, language="en")
    base = f"/work/meetings/{proposal.item.meeting.code}/"
    at, cheap = (
        f"{base}proposals/{proposal.code}/",
        {"ru": "Дать мигрантам дешёвый полис ОМС", "en": "Give migrants cheap insurance"},
    )
    actions.edit_text(proposal=proposal, text=cheap, version=1, by=chynara)
    voted(secretary, free, (seat(member), "for"), (seat(second), "for"))
    refused = [
        secretary.post(f"{at}consensus/", follow=True),
        secretary.post(f"{at}ballot/", {**BALLOT, "key": "p" * 32}, follow=True),
        secretary.post(f"{at}amendments/{free.code}/withdraw/", follow=True),
    ]
    words = [
        "A vote was for an amendment to this proposal.",
        "A vote was for an amendment to this proposal.",
        "The vote was for this",
    ]
    assert [said in page.content.decode() for said, page in zip(words, refused, strict=True)] == [True] * 3
    minutes = secretary.get(f"{base}minutes/").content.decode()
    assert "Proposed. For: 2. Against: 0. Abstained: 0. Members there: 2 of 2. Adopted." in minutes
    secretary.post(
        page_of(free), {"how": "consensus", "to": "merge", "version": 2, "text_ru": "Дать мигрантам бесплатный полис ОМС"}
    )
    assert "The decision is adopted by consensus." in secretary.post(f"{at}consensus/", follow=True).content.decode()


def test_a_lost_vote_that_is_annulled_opens_the_amendment_again_and_a_text_that_changed_stays(
    signed_in: SignIn, free: Amendment, workers: Amendment, chynara: User, member: User, second: User, seat: Seat
) -> None:
    secretary = signed_in(chynara, language="en")
    voted(secretary, free, (seat(member), "against"))
    voted(secretary, workers, (seat(member), "for"), (seat(second), "for"))
    for ballot in Ballot.objects.all():
        actions.contest(ballot=ballot, membership=seat(member), words="Не так", by=member)
    at = f"/work/meetings/{free.proposal.item.meeting.code}/ballots"
    first, other = Ballot.objects.order_by("id")
    secretary.post(f"{at}/{first.pk}/", {"do": "annul", "words": "Считали неверно"})
    stays = secretary.post(f"{at}/{other.pk}/", {"do": "annul", "words": "Считали неверно"}, follow=True).content.decode()
    free.refresh_from_db()
    assert (free.status, free.how, "This vote has changed the text." in stays) == ("open", "", True)


def test_everybody_reads_the_amendments_in_the_minutes_without_hidden_names(
    signed_in: SignIn, free: Amendment, chynara: User, member: User, second: User, seat: Seat
) -> None:
    proposal, meeting = free.proposal, free.proposal.item.meeting
    voted(signed_in(chynara), free, (seat(member), "for"), (seat(second), "for"))
    proposal.refresh_from_db()
    decision = actions.adopt_by_consensus(proposal=proposal, by=chynara)
    actions.publish_decision(decision=decision, public=True, by=chynara)
    actions.close_meeting(meeting=meeting, by=chynara)
    actions.approve_minutes(meeting=meeting, on=date(2024, 5, 20), by=chynara)
    actions.publish_minutes(meeting=meeting, public=True, by=chynara)
    actions.publish_meeting(meeting=meeting, by=chynara)
    page = Client().get(f"/en/meetings/{meeting.code}/minutes/").content.decode()
    assert ["add “free”" in page, "Мээрим" in page] == [True, False]
