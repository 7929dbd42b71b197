"""The text of a proposal: versions, amendments, comments, sponsors, two proposals made one; what each kind of decision needs."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from kenesh.council import actions
from kenesh.council.actions.amendments import TextVoted
from kenesh.council.actions.refusals import MinutesApproved
from kenesh.council.models import AgendaItem, Amendment, Comment, Decision, Proposal
from kenesh.people.models import Membership, Organisation, User

SignIn = Callable[..., Client]
Seat = Callable[[User], Membership]


def _page(proposal: Proposal) -> str:
    return f"/work/meetings/{proposal.item.meeting.code}/proposals/{proposal.code}/"


def _amend(client: Client, proposal: Proposal, text: str, version: int = 1, **more: object) -> Amendment:
    sent = {
        "text_ru": text,
        "text_en": "Give migrants health insurance",
        "version": version,
        "key": text[-30:].rjust(32, "x"),
        **more,
    }
    assert client.post(f"{_page(proposal)}amend/", sent).status_code == 302
    return Amendment.objects.order_by("-pk")[0]


def test_a_members_amendment_shows_its_words_as_marked_changes_and_becomes_the_next_version(
    signed_in: SignIn, proposal: Proposal, chynara: User, member: User
) -> None:
    one = _amend(signed_in(member), proposal, "Дать всем мигрантам полис ОМС", reason="Не только работающим")
    secretary = signed_in(chynara, language="en")
    marked = secretary.get(_page(proposal)).content.decode()
    assert '<ins><span class="visually-hidden">[added: </span>всем<span class="visually-hidden">]</span></ins>' in marked
    secretary.post(f"{_page(proposal)}amendments/{one.code}/", {"how": "consensus", "to": "accept"})
    proposal.refresh_from_db()
    one.refresh_from_db()
    assert (proposal.text["ru"], proposal.version, one.status) == ("Дать всем мигрантам полис ОМС", 2, "accepted")
    assert [row.text["ru"] for row in proposal.versions.order_by("number")] == [
        "Дать мигрантам полис ОМС",
        "Дать всем мигрантам полис ОМС",
    ]


def test_two_amendments_of_different_words_are_taken_one_after_the_other(
    signed_in: SignIn, proposal: Proposal, chynara: User, member: User, second: User
) -> None:
    first = _amend(signed_in(member), proposal, "Дать всем мигрантам полис ОМС")
    other = _amend(signed_in(second), proposal, "Дать мигрантам полис ДМС")
    secretary = signed_in(chynara)
    for one in (first, other):
        secretary.post(f"{_page(proposal)}amendments/{one.code}/", {"how": "proposer", "to": "accept"})
    proposal.refresh_from_db()
    assert proposal.text["ru"] == "Дать всем мигрантам полис ДМС"


def test_amendments_of_the_same_words_are_put_together_by_hand(
    signed_in: SignIn, proposal: Proposal, chynara: User, member: User, second: User
) -> None:
    first = _amend(signed_in(member), proposal, "Дать мигрантам полис ДМС")
    other = _amend(signed_in(second), proposal, "Дать мигрантам карту врача")
    secretary = signed_in(chynara, language="en")
    secretary.post(f"{_page(proposal)}amendments/{first.code}/", {"how": "consensus", "to": "accept"})
    refused = secretary.post(f"{_page(proposal)}amendments/{other.code}/", {"how": "consensus", "to": "accept"})
    by_hand = {"how": "consensus", "to": "merge", "version": 2, "text_ru": "Дать мигрантам полис ДМС и карту врача"}
    taken = secretary.post(f"{_page(proposal)}amendments/{other.code}/", by_hand)
    proposal.refresh_from_db()
    other.refresh_from_db()
    assert ("Put both together by hand" in refused.content.decode(), taken.status_code) == (True, 302)
    assert (proposal.text["ru"], other.status) == ("Дать мигрантам полис ДМС и карту врача", "merged")


def test_an_amendment_that_lost_a_vote_is_not_taken(signed_in: SignIn, proposal: Proposal, chynara: User, member: User) -> None:
    one = _amend(signed_in(member), proposal, "Дать мигрантам полис ДМС")
    secretary, page = signed_in(chynara, language="en"), f"{_page(proposal)}amendments/{one.code}/"
    hands = {"how": "vote", "votes_for": 2, "votes_against": 2, "votes_abstained": 1}
    refused = secretary.post(page, {**hands, "to": "accept"}).content.decode()
    secretary.post(page, {**hands, "to": "reject", "answer": "Полис ОМС шире"})
    one.refresh_from_db()
    proposal.refresh_from_db()
    assert "So the amendment is not taken." in refused
    assert (one.status, one.votes_against, one.answer, proposal.version) == ("rejected", 2, "Полис ОМС шире", 1)
    with pytest.raises(IntegrityError), transaction.atomic():
        Amendment.objects.filter(pk=one.pk).update(status="accepted")


def test_a_position_belongs_to_the_text_that_it_was_said_to(
    signed_in: SignIn, proposal: Proposal, chynara: User, member: User, seat: Seat
) -> None:
    actions.take_position(proposal=proposal, membership=seat(member), stance="block", words="Не только ОМС", by=member)
    text = {"text_ru": "Дать мигрантам любой полис", "version": 1}
    secretary = signed_in(chynara, language="en")
    secretary.post(f"{_page(proposal)}text/", text)
    course = secretary.get(f"/work/meetings/{proposal.item.meeting.code}/").content.decode()
    assert "Said to an earlier text: ask again" in course
    secretary.post(f"{_page(proposal)}consensus/")
    assert Decision.objects.get().text["ru"] == "Дать мигрантам любой полис"


def test_what_somebody_else_saved_is_shown_beside_what_was_typed(signed_in: SignIn, proposal: Proposal, chynara: User) -> None:
    secretary = signed_in(chynara, language="en")
    secretary.post(f"{_page(proposal)}text/", {"text_ru": "Первый текст", "version": 1})
    late = secretary.post(f"{_page(proposal)}text/", {"text_ru": "Второй текст", "version": 1}).content.decode()
    assert ("Saved by somebody else" in late, "Первый текст" in late, "Второй текст" in late) == (True, True, True)


def test_a_text_that_a_vote_has_carried_stays(proposal: Proposal, chynara: User, member: User, seat: Seat) -> None:
    ballot = actions.open_ballot(proposal=proposal, by=chynara)
    actions.cast_vote(ballot=ballot, membership=seat(member), choice="for", by=member)
    actions.close_ballot(ballot=ballot, by=chynara)
    with pytest.raises(TextVoted):
        actions.edit_text(proposal=proposal, text={"ru": "Другой"}, version=1, by=chynara)


def test_a_member_stands_behind_a_proposal_and_comments_for_her_own_seat(
    signed_in: SignIn, proposal: Proposal, member: User, second: User, seat: Seat
) -> None:
    client, page = signed_in(member), _page(proposal)
    client.post(f"{page}sponsor/", {"membership": seat(member).pk, "to": "stand"})
    said = {"words": "Поддерживаем", "publication": "organisation", "key": "c" * 32}
    client.post(f"{page}comment/", {**said, "membership": seat(member).pk})
    client.post(f"{page}comment/", {**said, "membership": seat(member).pk})  # sent twice
    others = client.post(f"{page}comment/", {**said, "membership": seat(second).pk, "key": "d" * 32})
    assert (list(proposal.sponsors.all()), Comment.objects.count(), others.status_code) == ([seat(member)], 1, 404)


@pytest.mark.parametrize("did", ["proposed", "stands behind it", "nothing"])
def test_a_seat_that_proposed_something_or_stands_behind_it_is_not_removed(
    signed_in: SignIn, item: AgendaItem, chynara: User, member: User, seat: Seat, did: str
) -> None:
    hers, place = signed_in(member), seat(member)
    by = {"membership": place, "by": member} if did == "proposed" else {"by": chynara}
    proposal = actions.propose(item=item, text={"ru": "Дать карту врача"}, **by)
    if did == "stands behind it":
        hers.post(f"{_page(proposal)}sponsor/", {"membership": place.pk, "to": "stand"})
    address = f"/work/bodies/{place.body.code}/seats/{place.pk}/remove/"
    said = signed_in(chynara, language="en").post(address, follow=True).content.decode()
    kept = did != "nothing"
    assert ("Something was done from this seat" in said, Membership.objects.filter(pk=place.pk).exists()) == (kept, kept)


def test_two_proposals_become_one_with_sponsors_and_addressees_of_both(
    signed_in: SignIn, proposal: Proposal, chynara: User, member: User, seat: Seat
) -> None:
    second = actions.propose(item=proposal.item, text={"ru": "Дать карту врача"}, membership=seat(member), by=member)
    secretary = signed_in(chynara, language="en")
    both = secretary.get(f"{_page(second)}join/{proposal.code}/").content.decode()
    secretary.post(f"{_page(second)}join/{proposal.code}/", {"text_ru": "Дать полис и карту врача", "version": 1})
    second.refresh_from_db()
    proposal.refresh_from_db()
    assert ("Дать карту врача" in both, second.status, second.merged_into_id) == (True, "merged", proposal.pk)
    assert (proposal.text["ru"], list(proposal.sponsors.all())) == ("Дать полис и карту врача", [seat(member)])


def test_a_decision_is_not_written_before_its_kind_has_what_it_needs(
    signed_in: SignIn, proposal: Proposal, chynara: User, member: User, seat: Seat, ministry: Organisation
) -> None:
    secretary, page = signed_in(chynara, language="en"), _page(proposal)
    needs = {
        "commitment": "A commitment needs a member who promises",
        "joint_decision": "A joint decision is signed together with State bodies",
        "legislative_proposal": "A proposal to change a law needs its table",
    }
    told = {}
    for kind, words in needs.items():
        secretary.post(f"{page}edit/", {"kind": kind})
        told[kind] = words in secretary.post(f"{page}consensus/", follow=True).content.decode()
    assert (told, Decision.objects.count()) == (dict.fromkeys(needs, True), 0)
    secretary.post(f"{page}edit/", {"kind": "commitment", "promised_by": seat(member).pk, "due_on": "2024-12-31"})
    secretary.post(f"{page}consensus/")
    made = Decision.objects.get()
    assert (made.kind, made.proposal.promised_by, made.proposal.due_on) == ("commitment", seat(member), date(2024, 12, 31))


def test_the_table_of_a_law_stands_on_the_page_of_the_decision(signed_in: SignIn, proposal: Proposal, chynara: User) -> None:
    secretary, page = signed_in(chynara, language="en"), _page(proposal)
    secretary.post(f"{page}edit/", {"kind": "legislative_proposal", "authentic": "ru"})
    line = {"law_ru": "Закон о миграции, статья 7", "justification_ru": "Пробел", "version": 1, "key": "l" * 32}
    empty = secretary.post(f"{page}law/", line)
    secretary.post(f"{page}law/", {**line, "proposed_ru": "Полис выдаётся всем."})
    secretary.post(f"{page}consensus/")
    decision = Decision.objects.get()
    actions.publish_decision(decision=decision, public=True, by=chynara)
    shown = Client().get(f"/en/council/decisions/{decision.code}/").content.decode()
    assert "Write the text in force, the proposed text, or both." in empty.content.decode()
    assert ("Полис выдаётся всем." in shown, "The text that counts: Русский." in shown) == (True, True)


def test_everybody_reads_a_comment_as_its_member_allowed(
    proposal: Proposal, member: User, second: User, chynara: User, seat: Seat
) -> None:
    for who, words, level in ((member, "Поддерживаем", "organisation"), (second, "Только для совета", "hidden")):
        actions.comment(proposal=proposal, membership=seat(who), words=words, publication=level, by=who)
    decision = actions.adopt_by_consensus(proposal=proposal, by=chynara)
    actions.publish_decision(decision=decision, public=True, by=chynara)
    page = Client().get(f"/ru/council/decisions/{decision.code}/").content.decode()
    assert ("Центр поддержки, Бишкек" in page, "Поддерживаем" in page, "Только для совета" in page) == (True, True, False)
    assert "Мээрим" not in page


def test_approved_minutes_hold_the_texts_of_proposals_still(proposal: Proposal, chynara: User) -> None:
    meeting = proposal.item.meeting
    actions.close_meeting(meeting=meeting, by=chynara)
    actions.approve_minutes(meeting=meeting, on=date(2024, 5, 20), by=chynara)
    for act in (
        lambda: actions.edit_text(proposal=proposal, text={"ru": "Другой"}, version=1, by=chynara),
        lambda: actions.edit_proposal(proposal=proposal, authentic="ru", by=chynara),
    ):
        with pytest.raises(MinutesApproved):
            act()
