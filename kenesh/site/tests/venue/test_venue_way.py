"""A meeting goes to a room without internet on a laptop, and comes home whole, once."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from bench.harness.person import Browser
from kenesh.config import testing
from kenesh.council import actions
from kenesh.council.models import Ballot, Candidate, Decision, Election, Meeting, Proposal, SealedVote, Vote
from kenesh.followup.models import Recommendation
from kenesh.kernel import trail
from kenesh.kernel.models import TrailEntry
from kenesh.people.models import Membership, User
from kenesh.site.tests.venue.laptop import PASSPHRASE, Laptop, text_of, vote

pytestmark = [
    pytest.mark.django_db,
    # Of the node's side on PostgreSQL test_venue_refused.py sees all; there the laptop would first go through every migration.
    pytest.mark.skipif(testing.ENGINE != "sqlite", reason="the database of a laptop is SQLite's in any case"),
]
Command = Callable[..., int]


class Room:
    """The secretary at the laptop, and a phone for each member."""

    def __init__(self, laptop: Laptop, secretary: Browser, meeting: Meeting) -> None:
        self.secretary, self.base = secretary, f"/work/meetings/{meeting.code}/"
        self.secretary.get(self.base)
        self.press("status/", to="open")
        self.phones = laptop.phones(secretary, meeting.code)

    def press(self, path: str, **fields: str) -> str:
        """Sends a form of the secretary; the page that follows."""
        answer = self.secretary.post(f"{self.base}{path}", fields)
        assert answer.status == 302, path
        return text_of(self.secretary.get(answer.location.partition("#")[0]))

    def open_ballot(self, proposal: Proposal, how: str) -> str:
        page = self.press(
            f"proposals/{proposal.code}/ballot/", rule="simple_majority", quorum="1/2", how=how, key=how.ljust(16, "-")
        )
        found = re.findall(rf"{self.base}(ballots/\d+/)", page)
        return str(found[-1])

    def elect(self, election: Election, seat: Membership) -> list[str]:
        """One more stands and accepts, and the vote is open; gives the numbers of the candidates on this laptop."""
        place = f"elections/{election.code}/"
        page = self.press(place, do="nominate", seat=str(seat.pk), key="n" * 16)
        numbers = list(dict.fromkeys(re.findall(r'name="pk" value="(\d+)"', page)))
        self.press(place, do="accept", pk=numbers[-1])
        self.press(place, do="open", key="o" * 16)
        return numbers


def at_another_meeting(meeting: Meeting, chynara: User, seat: Membership) -> Candidate:
    """What goes on at the node meanwhile takes the numbers that the laptop gives to rows of its own."""
    other = actions.plan_meeting(body=meeting.body, by=chynara, title={"en": "Another"}, starts_at=meeting.starts_at)
    item = actions.add_item(meeting=other, by=chynara, title={"en": "A point"})
    election = actions.call_election(item=item, by=chynara, office={"en": "Treasurer"})
    return actions.nominate(election=election, membership=seat, by=chynara)


def test_what_was_done_in_the_room_comes_home_once_also_when_the_laptop_fell(
    meeting: Meeting, chynara: User, seats: list[Membership], make_laptop: Callable[..., Laptop], command: Command,
    tmp_path: Path, capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    out, home = tmp_path / "out.kenesh", tmp_path / "home.kenesh"
    hotline, insurance = Proposal.objects.order_by("pk")
    assert command("venue", "take", meeting.code, str(out), "--as", chynara.email, typed=f"{PASSPHRASE}\n") == 0

    laptop = make_laptop()
    laptop.open(out)
    room = Room(laptop, laptop.sign_in(chynara.email), meeting)
    assert (
        room.secretary.post(f"{room.base}rules/", {"members": "1/3", "version": "0"}).status == 409
    )  # of the body, not of the meeting
    named = room.open_ballot(hotline, "named")
    for phone, choice in zip(room.phones, ("for", "for", "against"), strict=True):
        vote(phone, choice)
    assert "A ballot is still open" in room.press("venue/", do="close")
    room.press(f"{named}close/")
    room.press(f"{named}adopt/")

    laptop.pause()
    laptop.kill()  # at one blow, between two votes
    laptop.open(out, passphrase="")

    secret = room.open_ballot(insurance, "secret")
    numbers = [vote(phone, choice) for phone, choice in zip(room.phones, ("for", "against", "for"), strict=True)]
    room.press(f"{secret}close/")
    room.press(f"{secret}adopt/")
    candidates = room.elect(Election.objects.get(), seats[2])
    for phone in room.phones:
        vote(phone, candidates[-1])
    room.press(f"elections/{Election.objects.get().code}/", do="close")
    room.press(f"elections/{Election.objects.get().code}/", do="seat")
    room.press(f"minutes/points/{meeting.items.first().pk}/", notes_en="A long talk.", version="1")
    room.press("status/", to="close")
    assert [laptop.browser().get(path).status for path in ("/en/appeal/", "/en/guide/", "/api/v1/events")] == [404, 404, 404]
    laptop.kenesh("venue", "close", str(home), "--home", str(laptop.home))
    assert room.secretary.post(f"{room.base}status/", {"to": "open"}).status == 409

    assert (Ballot.objects.count(), Decision.objects.count(), Recommendation.objects.count()) == (0, 0, 0)
    elsewhere = at_another_meeting(meeting, chynara, seats[1])
    heads = trail.heads()
    assert command("venue", "bring", str(home), "--as", chynara.email) == 0
    for _ in range(2):
        meeting.refresh_from_db()
        assert (meeting.status, meeting.away_since) == ("closed", None)
        assert str(meeting.items.get(position=1).notes["en"]) == "A long talk."
        assert [(vote.membership, vote.choice) for vote in Vote.objects.order_by("membership")] == [
            (seats[0], "for"), (seats[1], "for"), (seats[2], "against"),
        ]  # fmt: skip
        in_secret = Ballot.objects.get(proposal=insurance)
        assert sorted(in_secret.bare_votes.values_list("tracking", "choice")) == sorted(
            zip(numbers, ("for", "against", "for"), strict=True)
        )
        assert not SealedVote.objects.exists()
        round_ = Ballot.objects.get(election__isnull=False)
        chosen = Candidate.objects.get(membership=seats[2])
        stood = Candidate.objects.filter(election=round_.election).order_by("pk")
        assert (round_.chosen["elected"], round_.options) == ([str(chosen.pk)], [str(each.pk) for each in stood])
        assert {vote.choice for vote in round_.bare_votes.all()} == {str(chosen.pk)}
        assert list(Candidate.objects.filter(pk=elsewhere.pk)) == [elsewhere]
        assert list(Membership.objects.filter(role="chair")) == [seats[2]]
        assert [str(decision.text["en"]) for decision in Decision.objects.order_by("number")] == [
            "Open a hotline.",
            "Insure everybody.",
        ]
        assert [str(one.text["en"]) for one in Recommendation.objects.order_by("pk")] == ["Open a hotline.", "Insure everybody."]
        capsys.readouterr()
        assert command("venue", "bring", str(home)) == 0
        assert "nothing was changed" in capsys.readouterr().out

    told = TrailEntry.objects.filter(chain="node", verb__endswith="venue").order_by("number").values_list("verb", "actor")
    assert list(told) == [("take_to_venue", chynara.trail_name), ("bring_from_venue", chynara.trail_name)]
    acts = TrailEntry.objects.filter(chain__startswith="venue:").values_list("verb", flat=True)
    assert [verb for verb in acts if verb.startswith(("open_at", "close_at"))] == ["open_at_venue", "close_at_venue"]
    assert trail.verify(heads) == []
