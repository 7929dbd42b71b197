"""A meeting from plan to minutes through the pages, by consensus and by vote."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from kenesh.council import actions
from kenesh.council.models import AgendaItem, Attendance, Ballot, Decision, Meeting, Proposal, Vote
from kenesh.council.signals import decision_adopted
from kenesh.kernel.models import TrailEntry
from kenesh.library.models import Document
from kenesh.people.models import Body, Membership, Organisation, User
from kenesh.problems.models import Problem

SignIn = Callable[..., Client]
MEETING = {
    "title_ru": "Третье заседание", "title_ky": "Үчүнчү жыйын", "title_en": "Third session", "number": "3",
    "on": "2024-05-15", "begins": "10:00", "ends": "17:00", "time_zone": "Asia/Bishkek", "mode": "hybrid", "country": "KG",
    "place_ru": "Бишкек", "link": "https://join.example/room", "version": "1", "key": "k" * 32,
}  # fmt: skip


def test_a_meeting_goes_from_plan_to_published_minutes_by_consensus(
    signed_in: SignIn, council: Body, chynara: User, member: User, ministry: Organisation, problem: Problem, document: Document,
    seat: Callable[[User], Membership],
) -> None:  # fmt: skip
    secretary, anybody = signed_in(chynara, language="en"), Client()
    heard: list[Decision] = []

    def listener(sender: object, decision: Decision, by: User, **_: object) -> None:
        heard.append(decision)

    decision_adopted.connect(listener)
    # plan
    secretary.post("/work/meetings/new/", {**MEETING, "body": council.pk})
    secretary.post("/work/meetings/new/", {**MEETING, "body": council.pk})  # sent twice, planned once
    meeting = Meeting.objects.get()
    assert meeting.starts_at.isoformat() == "2024-05-15T04:00:00+00:00"
    base = f"/work/meetings/{meeting.code}/"
    # agenda
    point = {"title_en": "Access to a doctor", "kind": "point", "speaker": "A. Expert", "problems": [problem.pk], "notes_en": "Doctors were heard.",
             "documents": f"http://localhost/en/library/{document.code}/", "version": "1", "key": "i" * 32}  # fmt: skip
    assert secretary.post(f"{base}agenda/new/", point).status_code == 302
    item = AgendaItem.objects.get()
    assert (list(item.problems.all()), list(item.documents.all())) == ([problem], [document])
    # attendance: only the changed line is written
    chair = seat(member)
    shown = {f"s{chair.pk}_mode": "present", f"s{chair.pk}_publication": "name",
             f"initial-s{chair.pk}_mode": "", f"initial-s{chair.pk}_publication": "hidden"}  # fmt: skip
    assert secretary.post(f"{base}attendance/", shown).status_code == 302
    assert Attendance.objects.values_list("membership", "mode", "standing", "publication").get() == (
        chair.pk,
        "present",
        "member",
        "name",
    )
    # propose, by the member, for her own seat
    at_her_phone = signed_in(member, language="en")
    proposal = {
        "text_en": "Give migrants health insurance",
        "addressees": [ministry.pk],
        "due_on": "2024-12-31",
        "problem": problem.pk,
        "key": "p" * 32,
    }
    assert at_her_phone.post(f"{base}agenda/{item.pk}/propose/", proposal).status_code == 302
    laid = Proposal.objects.get()
    assert (laid.by_person, laid.by_organisation, laid.status) == (member.person, member.person.organisation, "open")
    # consensus: a block stops it and is named
    secretary.post(f"{base}status/", {"to": "open"})
    her = {"membership": chair.pk, "stance": "block", "words": "Not without money"}
    at_her_phone.post(f"{base}proposals/{laid.code}/position/", her)
    refused = secretary.post(f"{base}proposals/{laid.code}/consensus/", {"kind": "recommendation"}, follow=True)
    assert ("There is no consensus. These members block: Мээрим." in refused.content.decode(), Decision.objects.count()) == (
        True,
        0,
    )
    at_her_phone.post(f"{base}proposals/{laid.code}/position/", {**her, "stance": "reservation"})
    secretary.post(f"{base}proposals/{laid.code}/consensus/", {"kind": "recommendation"})
    decision = Decision.objects.get()
    assert (decision.how, decision.number, decision.is_public, decision.adopted_on.isoformat()) == (
        "consensus",
        1,
        False,
        "2024-05-15",
    )
    assert heard == [decision]
    # close, approve, publish
    secretary.post(f"{base}status/", {"to": "close"})
    secretary.post(f"{base}minutes/status/", {"to": "approve", "on": "2024-05-20"})
    minutes = f"/en/meetings/{meeting.code}/minutes/"
    secretary.post(f"{base}minutes/status/", {"to": "publish"})
    assert anybody.get(minutes).status_code == 404  # the meeting itself is not public yet
    secretary.post(f"{base}status/", {"to": "publish"})
    page = anybody.get(minutes).content.decode()
    assert [words in page for words in ("Doctors were heard.", "Мээрим", "Give migrants health insurance")] == [True, True, False]
    secretary.post(f"{base}decisions/{decision.code}/", {"to": "publish"})
    page = anybody.get(minutes).content.decode()
    assert [words in page for words in ("Give migrants health insurance", "Decided (decision 1)", "by consensus")] == [True] * 3
    assert [words in page for words in ("A. Expert", "join.example", "Not without money")] == [False] * 3
    verbs = list(
        TrailEntry.objects.filter(verb__in=["plan_meeting", "add_item", "propose", "adopt_by_consensus", "approve_minutes"])
        .order_by("id")
        .values_list("verb", flat=True)
    )
    assert verbs == ["plan_meeting", "add_item", "propose", "adopt_by_consensus", "approve_minutes"]
    decision_adopted.disconnect(listener)


def test_two_members_and_an_observer_vote_and_the_observer_decides_nothing(
    signed_in: SignIn,
    proposal: Proposal,
    chynara: User,
    member: User,
    second: User,
    observer: User,
    seat: Callable[[User], Membership],
) -> None:
    base = f"/work/meetings/{proposal.item.meeting.code}/"
    secretary = signed_in(chynara, language="en")
    ministry = proposal.addressees.get()
    kind = {"kind": "joint_decision", "co_signers": [ministry.pk], "addressees": [ministry.pk]}
    secretary.post(f"{base}proposals/{proposal.code}/edit/", kind)
    secretary.post(f"{base}proposals/{proposal.code}/ballot/", {"rule": "two_thirds", "quorum": "1/2", "key": "b" * 32})
    ballot = Ballot.objects.get()
    for user, choice in ((member, "abstain"), (second, "for"), (observer, "against"), (member, "for")):
        signed_in(user).post(f"{base}ballots/{ballot.pk}/vote/", {"membership": seat(user).pk, "choice": choice})
    votes = Vote.objects.order_by("id").values_list("membership", "choice", "is_member")
    assert list(votes) == [(seat(member).pk, "for", True), (seat(second).pk, "for", True), (seat(observer).pk, "against", False)]
    assert "Adopted." not in secretary.get(base).content.decode()
    secretary.post(f"{base}ballots/{ballot.pk}/close/")
    ballot.refresh_from_db()
    assert (ballot.outcome, ballot.entitled, ballot.present) == ("adopted", 2, 2)
    late = signed_in(member, language="en").post(
        f"{base}ballots/{ballot.pk}/vote/", {"membership": seat(member).pk, "choice": "against"}, follow=True
    )
    assert ("This ballot is closed." in late.content.decode(), ballot.votes.filter(choice="for").count()) == (True, 2)
    secretary.post(f"{base}ballots/{ballot.pk}/adopt/")
    decision = Decision.objects.get()
    assert (decision.how, decision.kind, decision.votes_for, decision.votes_against, decision.votes_abstained) == (
        "vote",
        "joint_decision",
        2,
        0,
        0,
    )
    assert "Observers, not counted: 0 for, 1 against, 0 abstained." in secretary.get(f"{base}minutes/").content.decode()


def test_the_secretary_writes_votes_heard_in_the_room_and_a_defeat_settles_the_proposal(
    signed_in: SignIn, proposal: Proposal, chynara: User, member: User, second: User, seat: Callable[[User], Membership]
) -> None:
    base = f"/work/meetings/{proposal.item.meeting.code}/"
    ballot = actions.open_ballot(proposal=proposal, by=chynara)
    mine, theirs = f"s{seat(member).pk}", f"s{seat(second).pk}"
    actions.cast_vote(ballot=ballot, membership=seat(second), choice="against", by=second)
    secretary = signed_in(chynara)
    # The table was shown before the second member voted: her own vote stays.
    shown = {mine: "against", f"initial-{mine}": "", theirs: "", f"initial-{theirs}": ""}
    assert secretary.post(f"{base}ballots/{ballot.pk}/votes/", shown).status_code == 302
    assert sorted(ballot.votes.values_list("choice", "entered_by")) == sorted([("against", chynara.pk), ("against", second.pk)])
    secretary.post(f"{base}ballots/{ballot.pk}/close/")
    proposal.refresh_from_db()
    assert (proposal.status, Ballot.objects.get().outcome) == ("rejected", "too_few")


def test_a_position_without_a_stance_comes_back_with_its_words(
    signed_in: SignIn, proposal: Proposal, member: User, seat: Callable[[User], Membership]
) -> None:
    address = f"/work/meetings/{proposal.item.meeting.code}/proposals/{proposal.code}/position/"
    page = (
        signed_in(member, language="en")
        .post(address, {"membership": seat(member).pk, "words": "My long thoughts"})
        .content.decode()
    )
    assert [words in page for words in ("Choose a position.", "My long thoughts")] == [True, True]


def test_words_said_after_the_meeting_closed_are_given_back(
    signed_in: SignIn, proposal: Proposal, chynara: User, member: User, seat: Callable[[User], Membership]
) -> None:
    meeting = proposal.item.meeting
    actions.close_meeting(meeting=meeting, by=chynara)
    said = {"membership": seat(member).pk, "stance": "agree", "words": "My long thoughts"}
    page = (
        signed_in(member, language="en")
        .post(f"/work/meetings/{meeting.code}/proposals/{proposal.code}/position/", said)
        .content.decode()
    )
    assert [words in page for words in ("The meeting is not under way.", "My long thoughts")] == [True, True]


def test_who_saved_second_sees_both_texts_and_loses_nothing(signed_in: SignIn, meeting: Meeting, chynara: User) -> None:
    secretary = signed_in(chynara, language="en")
    address = f"/work/meetings/{meeting.code}/edit/"
    assert secretary.post(address, {**MEETING, "title_en": "Theirs"}).status_code == 302
    page = secretary.post(address, {**MEETING, "title_en": "Mine"}).content.decode()
    meeting.refresh_from_db()
    assert [
        words in page
        for words in ("Somebody else saved this before you.", "<td>Theirs</td><td>Mine</td>", 'name="version" value="2"')
    ] == [True] * 3
    assert page.count("<td>") == 2  # nothing but the title differs
    assert meeting.title["en"] == "Theirs"
    assert secretary.post(address, {**MEETING, "title_en": "Mine", "version": "2"}).status_code == 302
    meeting.refresh_from_db()
    assert (meeting.title["en"], meeting.version) == ("Mine", 3)


def test_a_point_moves_and_the_agenda_stays_without_gaps(signed_in: SignIn, meeting: Meeting, chynara: User) -> None:
    items = [actions.add_item(meeting=meeting, by=chynara, title={"en": name}) for name in "ABCD"]
    secretary, base = signed_in(chynara), f"/work/meetings/{meeting.code}/agenda/"
    secretary.post(f"{base}{items[3].pk}/move/", {"to": "2"})
    secretary.post(f"{base}{items[3].pk}/move/", {"to": "2"})  # sent twice, moved once
    secretary.post(f"{base}{items[0].pk}/remove/")
    assert [(item.position, item.title["en"]) for item in meeting.items.order_by("position")] == [(1, "D"), (2, "B"), (3, "C")]


def test_a_guest_is_added_once_however_often_it_is_sent(
    signed_in: SignIn, meeting: Meeting, chynara: User, ministry: Organisation
) -> None:
    said = {
        "what": "guest",
        "guest-organisation": ministry.pk,
        "guest-mode": "remote",
        "guest-publication": "organisation",
        "guest-key": "g" * 32,
    }
    secretary, address = signed_in(chynara), f"/work/meetings/{meeting.code}/attendance/"
    assert [secretary.post(address, said).status_code for _ in range(2)] == [302, 302]
    assert list(Attendance.objects.values_list("organisation", "standing", "mode")) == [(ministry.pk, "guest", "remote")]


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ({"title_ru": "", "title_ky": "", "title_en": ""}, "Write this in at least one language."),
        ({"on": "soon"}, "Write a date such as 2026-05-15."),
        ({"begins": "noon"}, "Write a time such as 10:00."),
    ],
)
def test_a_plan_with_a_mistake_says_which_and_keeps_the_rest(
    signed_in: SignIn, council: Body, chynara: User, changed: dict[str, str], message: str
) -> None:
    page = (
        signed_in(chynara, language="en").post("/work/meetings/new/", {**MEETING, "body": council.pk, **changed}).content.decode()
    )
    assert (message in page, 'value="https://join.example/room"' in page, Meeting.objects.count()) == (True, True, 0)


def test_an_unknown_document_is_named(signed_in: SignIn, meeting: Meeting, chynara: User) -> None:
    said = {"title_en": "Point", "documents": "bcdfghjk", "version": "1", "key": "i" * 32}
    page = signed_in(chynara, language="en").post(f"/work/meetings/{meeting.code}/agenda/new/", said).content.decode()
    assert "There is no such document in the library: bcdfghjk" in page
