"""Phones in the room: a link for each seat, no account, no JavaScript, and a vote that arrives once."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from kenesh.council import actions
from kenesh.council.actions import invitations as inviting
from kenesh.council.models import Ballot, PhoneLink, PhoneSession, Position, Proposal, Vote
from kenesh.people.models import Membership, User

Seat = Callable[[User], Membership]


def linked(proposal: Proposal, chynara: User, seat: Membership) -> str:
    """The address of the seat's link."""
    made = actions.make_phone_links(meeting=proposal.item.meeting, by=chynara, key="k" * 32)
    return f"/en/phone/{dict(made)[seat]}/"


def came_in(address: str) -> Client:
    """A phone that has followed the link."""
    phone = Client()
    assert phone.post(address).headers["Location"] == "/en/phone/"
    return phone


def fields(page: str) -> dict[str, str]:
    return dict(re.findall(r'<input type="hidden" name="(seen|key)" value="([^"]*)"', page))


def vote(phone: Client, ballot: Ballot, choice: str) -> tuple[dict[str, str], Any]:
    """Chooses on the paper; gives what was sent and the answer."""
    address = f"/en/phone/ballots/{ballot.pk}/"
    sent = fields(phone.get(address).content.decode()) | {"choice": choice}
    return sent, phone.post(address, sent)


def test_a_link_opens_in_the_language_of_the_invitation_and_says_what_it_is_for(
    signed_in: Callable[..., Client], proposal: Proposal, chynara: User, member: User, observer: User
) -> None:
    meeting = proposal.item.meeting
    inviting.invite_seats(meeting=meeting, by=chynara)
    meeting.invitations.filter(membership__standing="member").update(language="ky")
    page = signed_in(chynara, language="en").post(f"/work/meetings/{meeting.code}/phones/", {"key": "k" * 32}).content.decode()
    assert re.findall(r">http://[^<]*/(\w\w)/phone/", page) == ["ky", "ru"]
    assert [page.count(words) for words in ("This link votes for you.", "Observers do not vote.")] == [1, 1]


def test_an_observers_phone_says_that_what_she_chooses_is_not_counted_and_offers_no_secret_vote(
    proposal: Proposal, chynara: User, member: User, observer: User, seat: Seat
) -> None:
    phone = came_in(linked(proposal, chynara, seat(observer)))
    words = (
        "What you choose is shown apart and is not counted.",
        "Only members take part in a secret vote.",
        "/en/phone/ballots/",
    )
    seen = []
    for is_secret in (False, True):
        ballot = actions.open_ballot(proposal=proposal, is_secret=is_secret, quorum="0", by=chynara)
        page = phone.get("/en/phone/").content.decode()
        seen.append([word in page for word in words])
        actions.close_ballot(ballot=ballot, by=chynara)
        Proposal.objects.update(status="open")
    assert seen == [[True, False, True], [False, True, False]]


def test_the_secretary_makes_links_for_all_and_a_member_votes_on_her_phone(
    signed_in: Callable[..., Client], proposal: Proposal, chynara: User, member: User, second: User, seat: Seat
) -> None:
    meeting = proposal.item.meeting
    ballot = actions.open_ballot(proposal=proposal, by=chynara)
    secretary = signed_in(chynara, language="en")
    pages = [secretary.post(f"/work/meetings/{meeting.code}/phones/", {"key": "k" * 32}).content.decode() for _ in range(2)]
    tokens = [re.findall(r">http://[^<]*/phone/([\w-]{22})/<", page) for page in pages]
    assert (tokens[0] == tokens[1], len(tokens[0]), PhoneLink.objects.count()) == (True, 2, 2)  # sent twice, made once
    secretary.post(f"/work/meetings/{meeting.code}/agenda/{proposal.item.pk}/call/")
    phone = came_in(linked(proposal, chynara, seat(member)))
    page = phone.get("/en/phone/").content.decode()
    assert [words in page for words in ("Access to a doctor", "Give migrants health insurance")] == [True, True]
    _sent, answer = vote(phone, ballot, "for")
    assert answer.headers["Location"] == "/en/phone/"
    assert [words in phone.get("/en/phone/").content.decode() for words in ("Your vote is counted.", "You voted: For")] == [
        True,
        True,
    ]
    assert list(Vote.objects.values_list("membership", "choice", "is_member", "publication", "entered_by")) == [
        (seat(member).pk, "for", True, "hidden", None)
    ]


def test_a_vote_that_is_sent_twice_counts_once_and_an_old_one_undoes_nothing(
    proposal: Proposal, chynara: User, member: User, seat: Seat
) -> None:
    ballot = actions.open_ballot(proposal=proposal, by=chynara)
    phone = came_in(linked(proposal, chynara, seat(member)))
    first, _answer = vote(phone, ballot, "for")
    phone.post(f"/en/phone/ballots/{ballot.pk}/", first)
    vote(phone, ballot, "against")
    late = phone.post(f"/en/phone/ballots/{ballot.pk}/", first, follow=True).content.decode()
    assert "You have voted since this page was shown." in late
    assert list(Vote.objects.values_list("choice", "times")) == [("against", 2)]


def test_a_secret_vote_by_phone_gives_a_number_and_takes_ten_short_queries(
    proposal: Proposal, chynara: User, member: User, seat: Seat, django_capture_on_commit_callbacks: Any
) -> None:
    phone = came_in(linked(proposal, chynara, seat(member)))
    costs = []
    for secret in (False, True):
        ballot = actions.open_ballot(proposal=proposal, by=chynara, is_secret=secret)
        for choice in ("for", "abstain"):
            sent = fields(phone.get(f"/en/phone/ballots/{ballot.pk}/").content.decode()) | {"choice": choice}
            with CaptureQueriesContext(
                connection,
            ) as queries:
                answer = phone.post(f"/en/phone/ballots/{ballot.pk}/", sent)
            costs.append(len([each for each in queries if "SAVEPOINT" not in each["sql"]]))
        if not secret:
            actions.close_ballot(ballot=ballot, by=chynara)
    number = re.search(r"<output>(\S+)</output>", answer.content.decode())
    with django_capture_on_commit_callbacks(execute=True):
        actions.close_ballot(ballot=ballot, by=chynara)
    assert number is not None
    page = phone.post(f"/en/phone/ballots/{ballot.pk}/counted/", {"number": number[1]}).content.decode()
    assert ("This vote is counted: I abstain." in page, costs) == (True, [10, 10, 10, 10])


def test_the_page_with_the_number_of_a_secret_vote_is_each_voters_own_in_her_language(
    proposal: Proposal, chynara: User, member: User, second: User, seat: Seat
) -> None:
    ballot = actions.open_ballot(proposal=proposal, by=chynara, is_secret=True)
    phones = [came_in(linked(proposal, chynara, seat(user))) for user in (member, second)]
    pages = [vote(phone, ballot, "for")[1].content.decode() for phone in phones]
    again = (
        phones[0].post(f"/ru/phone/ballots/{ballot.pk}/", {"choice": "against", "seen": "1", "key": "z" * 32}).content.decode()
    )
    numbers = [re.findall(r"<output>(\S{11})</output>", page) for page in (*pages, again)]
    assert (numbers[0] == numbers[2], numbers[0] != numbers[1], [len(each) for each in numbers]) == (True, True, [1, 1, 1])
    assert pages[0].replace(numbers[0][0], "") == pages[1].replace(numbers[1][0], "")
    assert [re.findall(r'<html lang="(\w\w)"', page) for page in (pages[0], again)] == [["en"], ["ru"]]


def test_looking_at_a_link_changes_nothing_and_no_page_after_it_names_the_token(
    proposal: Proposal, chynara: User, member: User, seat: Seat
) -> None:
    address = linked(proposal, chynara, seat(member))
    looked = Client()
    page = looked.get(address)
    assert (PhoneSession.objects.count(), settings.PHONE_COOKIE_NAME in looked.cookies) == (0, False)
    assert ("Мээрим" in page.content.decode(), page.headers["Referrer-Policy"]) == (True, "no-referrer")
    token = address.split("/")[-2]
    assert token not in came_in(address).get("/en/phone/").content.decode()
    assert token.encode() not in bytes(PhoneLink.objects.filter(membership=seat(member)).get().token_hash)


def test_a_link_that_is_ended_or_replaced_opens_nothing_nor_do_its_sessions(
    signed_in: Callable[..., Client], proposal: Proposal, chynara: User, member: User, second: User, seat: Seat
) -> None:
    hers, other = (linked(proposal, chynara, seat(user)) for user in (member, second))
    phones = [came_in(hers), came_in(other)]
    secretary = signed_in(chynara)
    secretary.post(f"/work/meetings/{proposal.item.meeting.code}/phones/revoke/", {"only": seat(member).pk})
    assert [phone.get("/en/phone/").status_code for phone in phones] == [404, 200]
    actions.make_phone_links(meeting=proposal.item.meeting, by=chynara, key="n" * 32)
    assert [Client().get(address).status_code for address in (hers, other)] == [404, 404]
    assert phones[1].get("/en/phone/").status_code == 404


def test_a_phone_votes_in_its_own_meeting_only(proposal: Proposal, chynara: User, member: User, seat: Seat) -> None:
    ballot = actions.open_ballot(proposal=proposal, by=chynara)
    elsewhere = actions.plan_meeting(
        body=proposal.item.meeting.body, by=chynara, title={"en": "Another"}, starts_at=proposal.item.meeting.starts_at
    )
    token = dict(actions.make_phone_links(meeting=elsewhere, by=chynara, key="e" * 32))[seat(member)]
    phone = came_in(f"/en/phone/{token}/")
    answer = phone.post(f"/en/phone/ballots/{ballot.pk}/", {"choice": "for", "seen": "0", "key": "v" * 32}, follow=True)
    assert ("does not sit in the body" in answer.content.decode(), Vote.objects.count()) == (True, 0)


def sent(phone: Client, proposal: Proposal, **said: str) -> str:
    """A position, as the form of the phone sends it, and the page after it."""
    return phone.post("/en/phone/word/", {"do": "position", "pk": proposal.pk, **said}, follow=True).content.decode()


def test_a_phone_says_whether_there_is_consensus_and_a_block_needs_words(
    proposal: Proposal, chynara: User, member: User, seat: Seat
) -> None:
    phone = came_in(linked(proposal, chynara, seat(member)))
    assert "Is there consensus?" not in phone.get("/en/phone/").content.decode()  # its point is not called yet
    actions.call_item(item=proposal.item, by=chynara)
    assert "Give migrants health insurance" in phone.get("/en/phone/").content.decode()
    silent = [sent(phone, proposal, stance=stance, words=" ") for stance in ("block", "reservation")]
    assert ["Write why, so that the others can answer." in page for page in silent] == [True, True]
    assert [" checked" in silent[0], "data-tag" in silent[0]] == [True, False]
    kept = sent(phone, proposal, stance="", words="Нет денег на это")
    assert ["Choose a position." in kept, "Нет денег на это</textarea>" in kept] == [True, True]
    page = sent(phone, proposal, stance="block", words="Нет денег на это")
    assert "Your position: I block" in page
    with pytest.raises(actions.Blocked, match="Мээрим"):
        actions.adopt_by_consensus(proposal=proposal, by=chynara)
    sent(phone, proposal, stance="agree", words="")
    assert list(Position.objects.values_list("membership", "stance", "is_member", "entered_by")) == [
        (seat(member).pk, "agree", True, None)
    ]
    assert actions.adopt_by_consensus(proposal=proposal, by=chynara).how == "consensus"
    late = sent(phone, proposal, stance="block", words="Поздно")
    assert ["Nobody asks for positions on this any more." in late, "Поздно" in late] == [True, True]


def test_what_an_observer_says_on_her_phone_stops_nothing_and_a_new_text_asks_again(
    proposal: Proposal, chynara: User, member: User, observer: User, seat: Seat
) -> None:
    actions.call_item(item=proposal.item, by=chynara)
    hers, phone = came_in(linked(proposal, chynara, seat(observer))), came_in(linked(proposal, chynara, seat(member)))
    assert "is shown apart and is not counted." in sent(hers, proposal, stance="block", words="Нет закона")
    sent(phone, proposal, stance="stand_aside")
    actions.edit_text(proposal=proposal, text={"en": "Give every migrant health insurance"}, version=1, by=chynara)
    page = phone.get("/en/phone/").content.decode()
    assert "The text has changed since your position. Read it, and say your position again." in page
    assert phone.get("/en/phone/word/?do=position&stance=block&words=x").headers["Location"] == "/en/phone/"
    assert sorted(Position.objects.values_list("stance", "is_member")) == [("block", False), ("stand_aside", True)]
    actions.adopt_by_consensus(proposal=proposal, by=chynara)


def test_while_a_vote_decides_no_phone_asks_for_positions(proposal: Proposal, chynara: User, member: User, seat: Seat) -> None:
    actions.call_item(item=proposal.item, by=chynara)
    phone = came_in(linked(proposal, chynara, seat(member)))
    actions.open_ballot(proposal=proposal, by=chynara)
    assert "Is there consensus?" not in phone.get("/en/phone/").content.decode()
