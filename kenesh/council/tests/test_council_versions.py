"""Approved minutes are kept as the body approved them: what is edited later does not change them, a correction is a new version."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import UTC, date, datetime

import docx
import pytest
from django.test import Client

from kenesh.council import actions
from kenesh.council.actions import Mark
from kenesh.council.models import Comment, Decision, Meeting, Minutes, Proposal
from kenesh.people import actions as people
from kenesh.people.models import Body, Membership, Organisation, Person, User

SignIn = Callable[..., Client]


@pytest.fixture
def approved(proposal: Proposal, member: User, chynara: User, seat: Callable[[User], Membership]) -> Decision:
    """One member was there by name; two decisions, of which one is public; the minutes are approved and everybody may read them."""
    meeting = proposal.item.meeting
    Meeting.objects.filter(pk=meeting.pk).update(number="3", chair=member.person)
    actions.record_attendance(meeting=meeting, marks=[Mark(seat(member), "present", "name")], by=chynara)
    decision = actions.adopt_by_consensus(proposal=proposal, by=chynara)
    other = actions.propose(item=proposal.item, text={"ru": "Нанять юриста", "en": "Hire a lawyer"}, by=chynara)
    actions.adopt_by_consensus(proposal=other, by=chynara)
    actions.publish_decision(decision=decision, public=True, by=chynara)
    actions.close_meeting(meeting=meeting, by=chynara)
    actions.approve_minutes(meeting=meeting, on=date(2024, 5, 20), by=chynara)
    actions.sign_minutes(meeting=meeting, role="chair", on=date(2024, 5, 21), by=chynara)
    actions.publish_minutes(meeting=meeting, public=True, by=chynara)
    actions.publish_meeting(meeting=meeting, by=chynara)
    return decision


def read(address: str, client: Client | None = None) -> str:
    answer = (client or Client()).get(address)
    assert answer.status_code == 200, address
    if not address.split("?")[0].endswith(".docx"):
        return answer.content.decode()
    made = docx.Document(io.BytesIO(b"".join(answer.streaming_content)))  # type: ignore[attr-defined]
    cells = [cell.text for table in made.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(paragraph.text for paragraph in made.paragraphs), *cells])


def rename_all(decision: Decision, member: User) -> None:
    Person.objects.filter(pk=member.person.pk).update(name={"ru": "Другое имя"})
    Body.objects.update(name={"ru": "Другой совет", "en": "Another council"})
    Organisation.objects.update(name={"ru": "Другой центр", "en": "Another centre"})
    Meeting.objects.update(title={"ru": "Другое заседание", "en": "Another session"}, number="9")
    Decision.objects.filter(pk=decision.pk).update(text={"ru": "Другой текст", "en": "Another text"})


def test_what_is_edited_later_changes_no_page_and_no_file_of_approved_minutes(
    approved: Decision, member: User, chynara: User, signed_in: SignIn
) -> None:
    at, excerpt = f"/ru/meetings/{approved.meeting.code}/minutes", f"/ru/council/decisions/{approved.code}/excerpt"
    work = f"/work/meetings/{approved.meeting.code}"
    public = [f"{at}/", f"{at}.docx", f"{at}.akn.xml", f"{excerpt}/", f"{excerpt}.docx"]
    inside = [f"{work}/minutes/minutes.docx", f"{work}/decisions/{approved.code}/excerpt.docx"]
    secretary = signed_in(chynara, language="ru")
    before = [read(one) for one in public] + [read(one, secretary) for one in inside]
    rename_all(approved, member)
    after = [read(one) for one in public] + [read(one, secretary) for one in inside]
    assert after == before
    assert [words in after[0] for words in ("Мээрим", "Дать мигрантам полис ОМС", "№ 3")] == [True, True, True]


def test_who_sits_there_since_is_not_named_for_what_the_one_before_her_said_and_voted(
    proposal: Proposal, member: User, chynara: User, seat: Callable[[User], Membership], ministry: Organisation
) -> None:
    hers, meeting = seat(member), proposal.item.meeting
    hers.organisation = ministry
    hers.save(update_fields=["organisation"])
    actions.comment(proposal=proposal, membership=hers, words="It is needed.", publication="name", by=member)
    Comment.objects.update(at=datetime(2024, 5, 15, 6, tzinfo=UTC))
    ballot = actions.open_ballot(proposal=proposal, quorum="0", by=chynara)
    actions.cast_vote(ballot=ballot, membership=hers, choice="for", publication="name", by=member)
    actions.close_ballot(ballot=ballot, by=chynara)
    decision = actions.adopt_by_vote(ballot=ballot, by=chynara)
    actions.publish_decision(decision=decision, public=True, by=chynara)
    actions.publish_meeting(meeting=meeting, by=chynara)
    actions.close_meeting(meeting=meeting, by=chynara)
    successor = Person.objects.create(name={"en": "Successor"})
    people.nominate(
        seat=hers, person=successor, since=date(2024, 5, 16), letter=people.Letter("1", None), publication="hidden", by=chynara
    )
    actions.approve_minutes(meeting=meeting, on=date(2024, 5, 20), by=chynara)
    actions.publish_minutes(meeting=meeting, public=True, by=chynara)
    pages = [
        read(f"/en/meetings/{meeting.code}/minutes/"), read(f"/en/council/decisions/{decision.code}/"),
        read(f"/api/v1/votes?vote_event={decision.code}"),
    ]  # fmt: skip
    assert [("Мээрим" in page, "Successor" in page) for page in pages] == [(True, False)] * 3


def test_everybody_reads_a_decision_in_the_minutes_only_while_it_is_public(approved: Decision, chynara: User) -> None:
    other = Decision.objects.exclude(pk=approved.pk).get()
    at, excerpt = f"/en/meetings/{approved.meeting.code}/minutes", f"/en/council/decisions/{other.code}/excerpt/"
    hidden = [("Hire a lawyer" in read(one)) for one in (f"{at}/", f"{at}.akn.xml")]
    assert (hidden, Client().get(excerpt).status_code) == ([False, False], 404)
    actions.publish_decision(decision=other, public=True, by=chynara)
    actions.publish_decision(decision=approved, public=False, by=chynara)
    page = read(f"{at}/")
    assert ["Hire a lawyer" in page, "Hire a lawyer" in read(excerpt), "Give migrants health insurance" in page] == [
        True,
        True,
        False,
    ]


def test_minutes_are_approved_and_signed_on_days_from_the_meeting_to_today(
    approved: Decision, chynara: User, signed_in: SignIn
) -> None:
    secretary, status = signed_in(chynara, language="en"), f"/work/meetings/{approved.meeting.code}/minutes/status/"

    def told(**said: str) -> str:
        return secretary.post(status, said, follow=True).content.decode()

    assert "This day is still to come." in told(to="sign", role="chair", on="2071-01-01")
    told(to="reopen")
    refused = told(to="approve", on="2024-05-14", reason="A name was wrong")
    assert ("on the day of the meeting or later" in refused, "A name was wrong</textarea>" in refused) == (True, True)
    assert "This day is still to come." in told(to="approve", on="2062-12-01", reason="A name")
    assert "The minutes are approved." in told(to="approve", on="2024-05-15", reason="A name")


def test_a_correction_is_a_version_with_a_reason_and_both_stay_readable(
    approved: Decision, member: User, chynara: User, signed_in: SignIn
) -> None:
    secretary, page = signed_in(chynara, language="en"), f"/work/meetings/{approved.meeting.code}/minutes/"
    secretary.post(f"{page}status/", {"to": "reopen"})
    assert "You are reading a draft" in secretary.get(page).content.decode()
    assert Client().get(f"/en/meetings/{approved.meeting.code}/minutes/").status_code == 404
    rename_all(approved, member)
    without = secretary.post(f"{page}status/", {"to": "approve", "on": "2024-06-03"}, follow=True).content.decode()
    assert "Write what was corrected, and why." in without
    secretary.post(f"{page}status/", {"to": "approve", "on": "2024-06-03", "reason": "The name of the chair was wrong."})
    secretary.post(f"{page}status/", {"to": "publish"})
    at = f"/en/meetings/{approved.meeting.code}/minutes"
    now, first = read(f"{at}/"), read(f"{at}/?version=1")
    assert [words in now for words in ("Another text", "Version 2. Corrected: The name of the chair was wrong.", "signed on")] == [
        True, True, False,
    ]  # fmt: skip
    assert [words in first for words in ("Give migrants health insurance", "version 2 counts", "signed on 21 May 2024")] == [
        True
    ] * 3
    assert "These minutes were corrected later." in read(f"{at}.docx?version=1")
    assert (Client().get(f"{at}/?version=3").status_code, Minutes.objects.get().versions.count()) == (404, 2)


def test_a_superseded_version_can_be_hidden_from_everybody_and_the_one_that_counts_cannot(
    approved: Decision, chynara: User, signed_in: SignIn
) -> None:
    secretary, page = signed_in(chynara, language="en"), f"/work/meetings/{approved.meeting.code}/minutes/"
    at = f"/en/meetings/{approved.meeting.code}/minutes/?version=1"
    said = secretary.post(f"{page}status/", {"to": "withhold", "number": "1"}, follow=True).content.decode()
    assert ("This is the version that counts." in said, Client().get(at).status_code) == (True, 200)
    actions.reopen_minutes(meeting=approved.meeting, by=chynara)
    actions.approve_minutes(meeting=approved.meeting, on=date(2024, 6, 3), reason="She wants no name there.", by=chynara)
    actions.publish_minutes(meeting=approved.meeting, public=True, by=chynara)
    secretary.post(f"{page}status/", {"to": "withhold", "number": "1"})
    assert (Client().get(at).status_code, secretary.get(f"{page}?version=1").status_code) == (404, 200)
    secretary.post(f"{page}status/", {"to": "show", "number": "1"})
    assert Client().get(at).status_code == 200
