"""Alternates: who sits in for a member votes, is checked in and counts for the quorum in her place, and never beside her."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from datetime import date

import docx
import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from kenesh.council import actions
from kenesh.council.models import Attendance, Proposal, Vote
from kenesh.council.queries import quorum
from kenesh.people import actions as people
from kenesh.people.models import Body, Membership, Organisation, Person, Publication, Role, User

SignIn = Callable[..., Client]


@pytest.fixture
def seat(proposal: Proposal, member: User) -> Membership:
    """The member's seat; its alternate is Nargiza."""
    alternate = Person.objects.create(name={"ru": "Наргиза"})
    mine = Membership.objects.get(person=member.person)
    mine.alternate, mine.alternate_publication = alternate, Publication.NAME
    mine.save()
    return mine


@pytest.fixture
def nargiza(seat: Membership, make_account: Callable[..., object], council: Body) -> User:
    user: User = make_account("Nargiza", Role.COUNCIL_MEMBER, body=council).user  # type: ignore[attr-defined]
    user.person = seat.alternate
    user.save(update_fields=["person"])
    return user


def check_in(secretary: Client, proposal: Proposal, seat: Membership, **more: str) -> str:
    """At the door, on the meeting's one day."""
    at = f"/work/meetings/{proposal.item.meeting.code}/check-in/"
    return secretary.post(
        at, {"who": f"s{seat.pk}", "day": "2024-05-15", "mode": "present", **more}, follow=True
    ).content.decode()


def vote(client: Client, proposal: Proposal, seat: Membership, choice: str) -> int:
    ballot = actions.open_ballot(proposal=proposal, by=User.objects.get(roles__role=Role.COUNCIL_SECRETARY))
    at = f"/work/meetings/{ballot.meeting.code}/ballots/{ballot.pk}/vote/"
    return client.post(at, {"membership": seat.pk, "choice": choice}).status_code


def test_the_alternate_votes_only_while_she_sits_there_and_the_member_only_while_she_does(
    signed_in: SignIn, proposal: Proposal, seat: Membership, chynara: User, member: User, nargiza: User
) -> None:
    secretary, hers, alternates = signed_in(chynara, language="en"), signed_in(member), signed_in(nargiza)
    answers = [vote(alternates, proposal, seat, "for"), vote(hers, proposal, seat, "abstain")]
    page = check_in(secretary, proposal, seat, alternate="yes")
    answers += [vote(hers, proposal, seat, "against"), vote(alternates, proposal, seat, "for")]
    given = list(Vote.objects.values_list("membership", "choice", "alternate", "times"))
    check_in(secretary, proposal, seat)
    answers += [vote(alternates, proposal, seat, "against"), vote(hers, proposal, seat, "against")]
    assert (answers, "Alternate: Наргиза" in page) == ([404, 302, 404, 302, 404, 302], True)
    assert given == [(seat.pk, "for", nargiza.person_id, 2)]
    assert list(Vote.objects.values_list("choice", "alternate", "times")) == [("against", None, 3)]


def test_the_alternate_counts_for_the_quorum_once(
    signed_in: SignIn, proposal: Proposal, seat: Membership, chynara: User, second: User
) -> None:
    secretary, meeting = signed_in(chynara), proposal.item.meeting
    secretary.post(
        f"/work/meetings/{meeting.code}/rules/", {"members": "1/2", "states": "0", "counts_online": "on", "version": 1}
    )
    before = quorum.quorum(meeting)
    for _twice in range(2):
        check_in(secretary, proposal, seat, alternate="yes")
    after = quorum.quorum(meeting)
    assert before is not None
    assert after is not None
    assert (before.members.there, after.members.there, after.members.all, after.reached) == (0, 1, 2, True)


def test_the_link_of_a_phone_that_was_given_to_the_member_opens_nothing_for_her_when_the_alternate_sits_there(
    signed_in: SignIn, proposal: Proposal, seat: Membership, chynara: User
) -> None:
    token = dict(actions.make_phone_links(meeting=proposal.item.meeting, by=chynara, key="k" * 32))[seat]
    phone = Client()
    phone.post(f"/en/phone/{token}/")
    check_in(signed_in(chynara), proposal, seat, alternate="yes")
    assert (Client().get(f"/en/phone/{token}/").status_code, phone.get("/en/phone/").status_code) == (404, 404)
    new = dict(actions.make_phone_links(meeting=proposal.item.meeting, by=chynara, key="n" * 32))[seat]
    phone.post(f"/en/phone/{new}/")
    ballot = actions.open_ballot(proposal=proposal, by=chynara)
    phone.post(f"/en/phone/ballots/{ballot.pk}/", {"choice": "for", "seen": "0", "key": "v" * 32})
    assert Vote.objects.get().alternate == seat.alternate
    check_in(signed_in(chynara), proposal, seat, mode="")  # it was a mistake
    check_in(signed_in(chynara), proposal, seat)
    assert (Client().get(f"/en/phone/{new}/").status_code, phone.get("/en/phone/").status_code) == (404, 404)


@pytest.mark.parametrize(("since", "status"), [(date(2024, 5, 15), 404), (date(2024, 5, 16), 200)])
def test_whom_an_institution_no_longer_sends_has_no_link_to_meetings_after_that(
    proposal: Proposal, seat: Membership, chynara: User, ministry: Organisation, since: date, status: int
) -> None:
    seat.organisation = ministry
    seat.save(update_fields=["organisation"])
    token = dict(actions.make_phone_links(meeting=proposal.item.meeting, by=chynara, key="k" * 32))[seat]
    people.nominate(
        seat=seat, person=Person.objects.create(name={"en": "Next"}), since=since, letter=people.Letter("1", None),
        publication=Publication.HIDDEN, by=chynara,
    )  # fmt: skip
    assert Client().get(f"/en/phone/{token}/").status_code == status


def test_the_link_of_an_alternate_opens_nothing_when_the_sheet_says_no_more_that_she_is_there(
    signed_in: SignIn, proposal: Proposal, seat: Membership, chynara: User
) -> None:
    meeting = proposal.item.meeting
    check_in(signed_in(chynara), proposal, seat, alternate="yes")
    token = dict(actions.make_phone_links(meeting=meeting, by=chynara, key="k" * 32))[seat]
    actions.record_attendance(meeting=meeting, marks=[actions.Mark(seat, "")], by=chynara)
    assert Client().get(f"/en/phone/{token}/").status_code == 404


def test_a_table_that_was_opened_before_leaves_what_was_written_at_the_door(
    signed_in: SignIn, proposal: Proposal, seat: Membership, chynara: User
) -> None:
    secretary, meeting = signed_in(chynara, language="en"), proposal.item.meeting
    at = f"/work/meetings/{meeting.code}/attendance/"
    form = secretary.get(at).context["table"]
    shown = {form[name].html_name: form[name].value() for name in form.fields}
    shown |= {f"initial-{name}": value for name, value in shown.items()}
    check_in(secretary, proposal, seat, alternate="yes")
    token = dict(actions.make_phone_links(meeting=meeting, by=chynara, key="k" * 32))[seat]
    assert secretary.post(at, {**shown, f"s{seat.pk}_publication": "organisation"}).status_code == 302
    line = Attendance.objects.get(membership=seat)
    # Of the member was said what is shown; it says nothing of the alternate.
    assert (line.mode, line.person, line.publication, line.days.count()) == ("present", seat.alternate, "name", 1)
    assert Client().get(f"/en/phone/{token}/").status_code == 200


def test_minutes_and_the_sheet_say_whose_alternate_she_is_and_everybody_reads_what_both_allow(
    signed_in: SignIn, proposal: Proposal, seat: Membership, chynara: User
) -> None:
    secretary, meeting = signed_in(chynara, language="en"), proposal.item.meeting
    at = f"/work/meetings/{meeting.code}"
    table = secretary.get(f"{at}/attendance/").content.decode()
    assert "Наргиза, the alternate" in table
    sent = {f"s{seat.pk}_mode": "present", f"s{seat.pk}_person": seat.alternate_id, f"s{seat.pk}_publication": "name"}
    secretary.post(f"{at}/attendance/", sent)
    line = Attendance.objects.get(membership=seat)
    minutes = re.sub(r"\s+", " ", secretary.get(f"{at}/minutes/").content.decode())
    sheet = secretary.get(f"{at}/minutes/attendance.docx?language=en")
    assert (line.by_alternate, line.person) == (True, seat.alternate)
    assert ("Наргиза" in minutes, "alternate of Мээрим" in minutes) == (True, True)
    assert "alternate of Мээрим" in _words(b"".join(sheet.streaming_content))  # type: ignore[attr-defined]
    actions.close_meeting(meeting=meeting, by=chynara)
    actions.approve_minutes(meeting=meeting, on=date(2024, 5, 20), by=chynara)
    actions.publish_minutes(meeting=meeting, public=True, by=chynara)
    actions.publish_meeting(meeting=meeting, by=chynara)
    public = Client().get(f"/en/meetings/{meeting.code}/minutes/").content.decode()
    assert ("Наргиза" in public, "Мээрим" in public) == (True, False)


def _words(data: bytes) -> str:
    made = docx.Document(io.BytesIO(data))
    return "\n".join(cell.text for table in made.tables for row in table.rows for cell in row.cells)


def test_a_seat_without_an_alternate_takes_none(signed_in: SignIn, proposal: Proposal, member: User, chynara: User) -> None:
    plain = Membership.objects.get(person=member.person)
    page = check_in(signed_in(chynara, language="en"), proposal, plain, alternate="yes")
    assert ("This seat has no alternate." in page, Attendance.objects.count()) == (True, 0)


def test_the_database_takes_no_alternate_who_is_not_there(proposal: Proposal, seat: Membership) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Attendance.objects.create(
            meeting=proposal.item.meeting,
            membership=seat,
            mode="absent",
            standing="member",
            by_alternate=True,
            person=seat.alternate,
        )
