"""What could come before a meeting: each with one button that makes it a point of the agenda."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from kenesh.council import actions
from kenesh.council.models import AgendaItem, Meeting, Proposal
from kenesh.library.models import Document
from kenesh.people.models import Body, Membership, Organisation, User
from kenesh.problems.models import Problem

SignIn = Callable[..., Client]


@pytest.fixture
def later(council: Body, chynara: User) -> Meeting:
    """The meeting after the first one, planned."""
    return actions.plan_meeting(
        body=council, by=chynara, title={"en": "Autumn session"}, starts_at=datetime(2024, 10, 1, 4, 0, tzinfo=UTC)
    )


@pytest.fixture
def left(proposal: Proposal, chynara: User, second: User, seat: Callable[[User], Membership]) -> Proposal:
    """It was not decided, and its meeting is over."""
    proposal.sponsors.add(seat(second))
    actions.close_meeting(meeting=proposal.item.meeting, by=chynara)
    return proposal


@pytest.fixture
def hidden(document: Document) -> Document:
    """A document that was taken out of the library."""
    return Document.objects.create(
        source="old.txt", sha256="c" * 64, text="…", imported_on=date(2024, 1, 1), taken_out_at=datetime(2024, 6, 1, tzinfo=UTC)
    )


def page(client: Client, meeting: Meeting) -> str:
    return client.get(f"/work/meetings/{meeting.code}/").content.decode()


def take(client: Client, meeting: Meeting, kind: str, code: str) -> int:
    return client.post(f"/work/meetings/{meeting.code}/coming/", {"kind": kind, "code": code}).status_code


def test_a_problem_that_the_body_took_up_becomes_a_point_by_one_button(
    signed_in: SignIn, chynara: User, meeting: Meeting, problem: Problem
) -> None:
    client = signed_in(chynara, language="en")
    offered = "Problems that the body took up" in page(client, meeting)
    statuses = [take(client, meeting, "problem", problem.code) for _again in range(2)]
    item = meeting.items.get()
    after = page(client, meeting)
    assert (offered, statuses, str(item), list(item.problems.all())) == (True, [302, 302], "No doctor without a paper", [problem])
    assert ("Problems that the body took up" in after, "Nothing waits" in after) == (False, True)


def test_the_page_of_a_problem_puts_it_on_the_next_agenda(
    signed_in: SignIn, chynara: User, meeting: Meeting, problem: Problem
) -> None:
    client = signed_in(chynara, language="en")
    before = client.get(f"/work/problems/{problem.code}/").content.decode()
    take(client, meeting, "problem", problem.code)
    after = client.get(f"/work/problems/{problem.code}/").content.decode()
    assert ("Put it on the agenda of this meeting" in before, "The problem is point 1 of its agenda." in before) == (True, False)
    assert ("Put it on the agenda of this meeting" in after, "The problem is point 1 of its agenda." in after) == (False, True)


def test_a_proposal_that_was_not_decided_is_taken_over_with_its_texts_sponsors_and_addressees(
    signed_in: SignIn, chynara: User, left: Proposal, later: Meeting, ministry: Organisation, document: Document,
    hidden: Document,
) -> None:  # fmt: skip
    client = signed_in(chynara, language="en")
    left.item.document_rows.create(document=document, paper=1)
    left.item.document_rows.create(document=hidden, paper=1)
    offered = "Proposals that were not decided" in page(client, later)
    take(client, later, "proposal", left.code)
    take(client, later, "proposal", left.code)
    copy = Proposal.objects.get(item__meeting=later)
    assert offered
    assert (dict(copy.text), list(copy.addressees.all()), str(copy.item)) == (dict(left.text), [ministry], str(left.item))
    assert list(copy.sponsors.all()) == list(left.sponsors.all()) != []
    assert list(copy.item.documents.all()) == [document]  # what is hidden by now is laid before no meeting
    old = client.get(f"/work/meetings/{left.item.meeting.code}/proposals/{left.code}/").content.decode()
    new = client.get(f"/work/meetings/{later.code}/proposals/{copy.code}/").content.decode()
    said = ("Taken over by a later meeting" in old, "A later meeting took this proposal over" in old, "Taken over from" in new)
    assert said == (True, True, True)


def test_a_proposal_that_was_taken_over_after_its_day_needs_another_day_before_it_is_decided(
    signed_in: SignIn, chynara: User, left: Proposal, later: Meeting
) -> None:
    Proposal.objects.update(due_on=later.day - timedelta(days=1))
    client = signed_in(chynara, language="en")
    take(client, later, "proposal", left.code)
    actions.open_meeting(meeting=later, by=chynara)
    copy = Proposal.objects.get(item__meeting=later)
    at = f"/work/meetings/{later.code}/proposals/{copy.code}/consensus/"
    told = client.post(at, follow=True).content.decode()
    assert "The day until which this asks lies before the meeting. Choose a later one first." in told
    Proposal.objects.filter(pk=copy.pk).update(due_on=later.day)
    client.post(at)
    copy.refresh_from_db()
    assert copy.status == "adopted"


def test_only_what_waits_is_taken_up_and_only_by_the_secretary(
    signed_in: SignIn, chynara: User, member: User, meeting: Meeting, problem: Problem, left: Proposal, eve: User
) -> None:
    tries = [
        take(signed_in(member, language="en"), meeting, "problem", problem.code),
        take(signed_in(eve, language="en"), meeting, "problem", problem.code),
        take(signed_in(chynara, language="en"), meeting, "proposal", left.code),  # of this very meeting
        take(signed_in(chynara, language="en"), meeting, "horoscope", "ABCDEFGH"),
    ]
    items = meeting.items.count()
    closed = signed_in(chynara, language="en").post(
        f"/work/meetings/{meeting.code}/coming/", {"kind": "problem", "code": problem.code}, follow=True
    )
    assert (tries, items, meeting.items.count()) == ([404, 404, 404, 404], 1, 1)
    assert "Put this on the agenda of another one." in closed.content.decode()


def test_a_report_says_who_reports_and_for_which_organisation(
    signed_in: SignIn, chynara: User, member: User, meeting: Meeting, ministry: Organisation
) -> None:
    client, address = signed_in(chynara, language="en"), f"/work/meetings/{meeting.code}/agenda/new/"
    sent = {"title_en": "How the plan is carried out", "kind": "report", "version": 1, "key": "k1"}
    refused = client.post(address, sent).content.decode()
    assert "Choose who reports" in refused
    client.post(address, {**sent, "reporter": member.person.pk, "reporting": ministry.pk, "speaker_is_public": "on"})
    item = AgendaItem.objects.get()
    actions.publish_meeting(meeting=meeting, by=chynara)
    shown = [
        ministry.name["en"] in text
        for text in (page(client, meeting), Client().get(f"/en/meetings/{meeting.code}/").content.decode())
    ]
    assert (item.kind, item.reporter, item.reporting, shown) == ("report", member.person, ministry, [True, True])


def test_what_could_come_costs_the_same_for_one_row_and_for_thirty(
    signed_in: SignIn, chynara: User, council: Body, left: Proposal, later: Meeting, problem: Problem
) -> None:
    client = signed_in(chynara, language="en")
    page(client, later)

    def asked() -> int:
        with CaptureQueriesContext(
            connection,
        ) as queries:
            page(client, later)
        return len(queries)

    one = asked()
    day = date(2024, 1, 1)
    for number in range(30):
        Problem.objects.create(
            body=council, title={"en": f"Problem {number}"}, statement={"en": "…"}, status="accepted",
            created_on=day, accepted_on=day + timedelta(days=number),
        )  # fmt: skip
        Proposal.objects.create(item=left.item, text={"en": f"Text {number}"})
    assert asked() == one
