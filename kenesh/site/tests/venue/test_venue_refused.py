"""What is refused while a meeting is away, which files are not taken over, and what never leaves the node."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import models, transaction
from django.test import Client
from django.utils import timezone

from kenesh.council import actions
from kenesh.council.actions import refusals
from kenesh.council.models import AgendaItem, Attendance, Invitation, InvitationAnswer, Meeting, Proposal, VenueStay, VenueTake
from kenesh.council.venue import cargo, parcel
from kenesh.kernel import archive
from kenesh.kernel.models import TrailEntry
from kenesh.people.models import Body, Membership, Person, Role, User
from kenesh.site import venue_command
from kenesh.site.tests.venue.laptop import PASSPHRASE

pytestmark = pytest.mark.django_db


class RolledBack(Exception):
    """What was done at the venue was not done here."""


Done = Callable[[], object]


@pytest.fixture
def come_home(meeting: Meeting, chynara: User, tmp_path: Path) -> Callable[..., Path]:
    """`come_home(take, done)`: the file of a laptop on which `done` was done. It is done here and undone again."""

    def write(take: VenueTake, done: Done = lambda: None, name: str = "home.kenesh") -> Path:
        try:
            with transaction.atomic():
                Meeting.objects.filter(pk=meeting.pk).update(away_since=None)
                done()
                lines = [{"venue": take.uid.hex, "meeting": meeting.code}, *cargo.home(Meeting.objects.get(pk=meeting.pk))]
                raise RolledBack
        except RolledBack:
            parcel.write_home(tmp_path / name, take.uid, settings.NODE_ID, parcel.home_pair(take.uid).public, lines)
        return tmp_path / name

    return write


@pytest.fixture
def take(meeting: Meeting, chynara: User) -> VenueTake:
    return actions.take_to_venue(meeting=meeting, by=chynara)


def said(capsys: pytest.CaptureFixture[str]) -> str:
    return capsys.readouterr().err.strip()


# --- while it is away ---------------------------------------------------------------------------------------------------


def test_nothing_changes_at_the_node_and_what_was_typed_is_given_back(
    take: VenueTake, signed_in: Callable[..., Client], chynara: User, eve: User, meeting: Meeting
) -> None:
    secretary, address = signed_in(chynara, language="en"), f"/work/meetings/{meeting.code}/agenda/new/"
    answer = secretary.post(address, {"title_en": "A point that nobody may lose", "key": "k" * 32})
    assert answer.status_code == 409
    page = answer.content.decode()
    assert "This meeting runs at its venue" in page
    assert page.count("A point that nobody may lose") == 2  # to read, and in the form that sends it again
    assert AgendaItem.objects.filter(meeting=meeting).count() == 2
    assert signed_in(eve).post(address, {"title_en": "x"}).status_code == 404
    assert "This meeting runs at its venue since" in secretary.get(f"/work/meetings/{meeting.code}/").content.decode()


def test_a_member_still_finds_her_secret_vote_by_its_number(
    meeting: Meeting, chynara: User, signed_in: Callable[..., Client]
) -> None:
    actions.open_meeting(meeting=meeting, by=chynara)
    ballot = actions.open_ballot(proposal=Proposal.objects.first(), is_secret=True, by=chynara)
    actions.close_ballot(ballot=ballot, by=chynara)
    actions.take_to_venue(meeting=meeting, by=chynara)
    address = f"/work/meetings/{meeting.code}/ballots/{ballot.pk}/counted/"
    answer = signed_in(chynara, language="en").post(address, {"number": "AAAAA-AAAAA"})
    assert (answer.status_code, "No counted vote has this number." in answer.content.decode()) == (200, True)


def test_also_what_comes_by_other_ways_is_refused(
    take: VenueTake, meeting: Meeting, chynara: User, seats: list[Membership]
) -> None:
    for act in (
        lambda: actions.open_meeting(meeting=meeting, by=chynara),
        lambda: actions.ask_for_word(meeting=meeting, membership=seats[0]),
        lambda: actions.close_meeting(meeting=meeting, by=chynara),
        lambda: actions.add_item(meeting=meeting, by=chynara, title={"en": "x"}),
    ):
        with pytest.raises(refusals.AtVenue):
            act()


def test_a_meeting_with_an_open_vote_and_one_that_is_over_stay(
    meeting: Meeting, chynara: User, command: Callable[..., int], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    def take_it() -> str:
        capsys.readouterr()
        assert command("venue", "take", meeting.code, str(tmp_path / "out.kenesh"), typed=f"{PASSPHRASE}\n") == 1
        return said(capsys)

    actions.open_meeting(meeting=meeting, by=chynara)
    ballot = actions.open_ballot(proposal=Proposal.objects.first(), by=chynara)
    assert take_it() == "kenesh: A ballot is still open. Close it first."
    actions.close_ballot(ballot=ballot, by=chynara)
    actions.close_meeting(meeting=meeting, by=chynara)
    assert take_it() == "kenesh: The meeting is closed. There is nothing left to be run at a venue."
    assert not VenueTake.objects.exists()


# --- coming home --------------------------------------------------------------------------------------------------------


def test_what_was_moved_and_taken_off_at_the_venue_is_so_at_the_node(
    meeting: Meeting, chynara: User, come_home: Callable[..., Path], command: Callable[..., int]
) -> None:
    actions.add_guest(meeting=meeting, by=chynara, guest="A guest who does not come")
    take = actions.take_to_venue(meeting=meeting, by=chynara)
    health, chair = meeting.items.order_by("position")

    def at_the_venue() -> None:
        actions.move_item(item=AgendaItem.objects.get(pk=chair.pk), to=1, by=chynara)
        Attendance.objects.all().delete()

    assert command("venue", "bring", str(come_home(take, at_the_venue))) == 0
    assert list(meeting.items.order_by("position")) == [chair, health]
    assert not Attendance.objects.exists()


def test_a_role_given_at_the_node_ends_when_the_body_annuls_the_election_at_the_venue(
    meeting: Meeting, chynara: User, seats: list[Membership], come_home: Callable[..., Path], command: Callable[..., int]
) -> None:
    actions.open_meeting(meeting=meeting, by=chynara)
    item = meeting.items.get(position=2)
    election = actions.call_election(item=item, by=chynara, office={"en": "Chair"}, role="chair", is_secret=False, quorum="0")
    candidate = actions.nominate(election=election, membership=seats[1], by=chynara)
    actions.answer_nomination(candidate=candidate, accepted=True, by=chynara)
    ballot = actions.open_round(election=election, by=chynara)
    actions.cast_vote(ballot=ballot, membership=seats[0], choice=str(candidate.pk), by=chynara)
    actions.close_ballot(ballot=ballot, by=chynara)
    actions.seat_elected(election=election, by=chynara)
    take = actions.take_to_venue(meeting=meeting, by=chynara)

    def at_the_venue() -> None:
        actions.contest(ballot=ballot, membership=seats[2], words="Once more", by=chynara)
        actions.settle_contest(ballot=ballot, annul=True, words="Once more", by=chynara)

    home = come_home(take, at_the_venue)
    assert Membership.objects.get(pk=seats[1].pk).role == "chair"
    assert command("venue", "bring", str(home)) == 0
    assert Membership.objects.get(pk=seats[1].pk).role == "member"


def test_the_page_says_what_is_wrong_with_a_file(
    take: VenueTake, meeting: Meeting, chynara: User, signed_in: Callable[..., Client], come_home: Callable[..., Path]
) -> None:
    """A person whom the meeting speaks of was removed while it was away; another file is that of another node."""
    secretary, address = signed_in(chynara, language="en"), f"/work/meetings/{meeting.code}/venue/"
    guest = Person.objects.create(name={"en": "Guest"})
    gone = come_home(take, lambda: Attendance.objects.create(meeting=meeting, person=guest, standing="guest"), "gone.kenesh")
    guest.delete()
    wrong = {
        "is no longer at this node: person": gone,
        "of a meeting of another node": head_changed(come_home(take), node="0" * 16),
    }
    for words, file in wrong.items():
        sent = {"do": "bring", "file": SimpleUploadedFile("a", file.read_bytes())}
        page = secretary.post(address, sent).content.decode()
        assert (words in page, "Nothing was taken over." in page) == (True, True), words


def test_the_secretary_takes_brings_and_calls_back_on_one_page(
    meeting: Meeting, chynara: User, signed_in: Callable[..., Client], come_home: Callable[..., Path]
) -> None:
    secretary, address = signed_in(chynara, language="en"), f"/work/meetings/{meeting.code}/venue/"
    short = secretary.post(address, {"do": "take", "passphrase": "short", "again": "short"}).content.decode()
    assert "This passphrase is too short." in short
    taken = secretary.post(address, {"do": "take", "passphrase": PASSPHRASE, "again": PASSPHRASE})
    assert taken.headers["Content-Disposition"] == f'attachment; filename="meeting-{meeting.code}.kenesh"'
    take = VenueTake.objects.get()
    file = come_home(take).read_bytes()
    broken = secretary.post(address, {"do": "bring", "file": SimpleUploadedFile("a", file[:-9] + b"x" * 9)}).content.decode()
    assert "Nothing was taken over." in broken
    for words in ("The meeting is back.", "This file was brought back before."):
        back = secretary.post(address, {"do": "bring", "file": SimpleUploadedFile("a", file)}, follow=True)
        assert words in back.content.decode()
    secretary.post(address, {"do": "take", "passphrase": PASSPHRASE, "again": PASSPHRASE})
    called = secretary.post(address, {"do": "call_back", "why": "The laptop fell into the lake"}, follow=True).content.decode()
    assert "The meeting goes on here." in called
    assert VenueTake.objects.filter(status="cancelled").get().ended_by == chynara


def test_each_file_that_is_taken_stands_in_the_trail(take: VenueTake, meeting: Meeting, chynara: User) -> None:
    assert actions.take_to_venue(meeting=meeting, by=chynara) == take
    assert TrailEntry.objects.filter(verb="take_to_venue", target=take.target).count() == 2


def test_a_head_that_no_machine_can_read_is_refused_in_words(tmp_path: Path) -> None:
    (tmp_path / "strange").write_bytes(archive.MAGIC + b"[" * 200_000 + b"\n\n")
    with pytest.raises(archive.Unreadable):
        parcel.take_of(tmp_path / "strange")


def test_the_secretary_of_another_body_brings_nothing_of_this_one(
    take: VenueTake, signed_in: Callable[..., Client], make_account: Callable[..., Any], come_home: Callable[..., Path]
) -> None:
    other = Body.objects.create(name={"en": "Another council"}, kind="council")
    stranger = make_account("Stranger", Role.COUNCIL_SECRETARY, body=other).user
    hers = actions.plan_meeting(body=other, by=stranger, title={"en": "Hers"}, starts_at=timezone.now() + timedelta(days=1))
    found = SimpleUploadedFile("a", come_home(take).read_bytes())
    page = signed_in(stranger, language="en").post(f"/work/meetings/{hers.code}/venue/", {"do": "bring", "file": found})
    take.refresh_from_db()
    assert ("Nothing was taken over." in page.content.decode(), take.status) == (True, VenueTake.Status.AWAY)


def test_a_file_says_nothing_of_the_laptop_but_name_languages_and_zone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    given = {"KENESH_NODE_NAME": "Council", "KENESH_WRITING_LANGUAGES": "tg,ru", "LD_PRELOAD": "/tmp/evil.so"}
    for name in given:
        monkeypatch.setenv(name, "")
        monkeypatch.delenv(name)
    (tmp_path / venue_command.MARK).write_text(json.dumps({"take": "", "settings": given}), encoding="utf-8")
    venue_command._use_settings(tmp_path)
    assert [os.environ.get(name) for name in given] == ["Council", "tg,ru", None]


def test_a_file_of_a_meeting_that_was_called_back_is_refused_with_the_reason(
    take: VenueTake,
    meeting: Meeting,
    come_home: Callable[..., Path],
    command: Callable[..., int],
    capsys: pytest.CaptureFixture[str],
) -> None:
    file = come_home(take)
    assert command("venue", "cancel", meeting.code, "--why", "the laptop is lost") == 0
    capsys.readouterr()
    assert command("venue", "bring", str(file)) == 1
    assert "the laptop is lost. What was done there does not count here." in said(capsys)
    meeting.refresh_from_db()
    assert meeting.away_since is None


def test_a_second_laptop_of_the_same_take_is_refused(
    take: VenueTake, meeting: Meeting, come_home: Callable[..., Path], command: Callable[..., int], chynara: User,
    capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    first = come_home(take)
    second = come_home(take, lambda: actions.open_meeting(meeting=meeting, by=chynara), "second.kenesh")
    assert command("venue", "bring", str(first)) == 0
    capsys.readouterr()
    assert command("venue", "bring", str(second)) == 1
    assert said(capsys).startswith("kenesh: Another file of this venue was brought back before.")
    meeting.refresh_from_db()
    assert meeting.status == "planned"


def head_changed(file: Path, **fields: str) -> Path:
    magic, head, rest = file.read_bytes().split(b"\n", 2)
    changed = file.with_suffix(".changed")
    changed.write_bytes(b"\n".join([magic, json.dumps({**json.loads(head), **fields}).encode(), rest]))
    return changed


def wrongs(file: Path, out: Path, other: VenueTake) -> Iterator[Path]:
    whole = file.read_bytes()
    for name, data in (
        ("altered", whole[:-5] + b"x" + whole[-4:]),
        ("cut", whole[:-40]),
        ("longer", whole + b"x"),
        ("no", b"none"),
    ):
        (file.parent / name).write_bytes(data)
        yield file.parent / name
    yield out
    yield head_changed(file, node="0" * 16)
    yield head_changed(file, uid=other.uid.hex)
    yield head_changed(file, uid="1" * 32)


def test_a_file_that_is_not_the_laptops_changes_nothing(
    take: VenueTake, meeting: Meeting, chynara: User, council: Any, come_home: Callable[..., Path], command: Callable[..., int],
    tmp_path: Path, capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    another = actions.plan_meeting(body=council, by=chynara, title={"en": "Another"}, starts_at=meeting.starts_at)
    other = actions.take_to_venue(meeting=another, by=chynara)
    out = tmp_path / "out.kenesh"
    parcel.Lock(PASSPHRASE).write(out, take.uid, actions.lines_to_take(take))
    for file in wrongs(come_home(take, lambda: actions.open_meeting(meeting=meeting, by=chynara)), out, other):
        assert command("venue", "bring", str(file)) == 1, file
    meeting.refresh_from_db()
    assert (meeting.status, meeting.away_since) == ("planned", take.taken_at)


# --- what never leaves --------------------------------------------------------------------------------------------------


def test_the_file_holds_the_public_wing_alone_and_no_key(
    take: VenueTake, meeting: Meeting, seats: list[Membership], chynara: User, member: User, aigul: User, tmp_path: Path
) -> None:
    invitation = Invitation.objects.create(meeting=meeting, membership=seats[0], standing="member", token_hash=b"i" * 32)
    InvitationAnswer.objects.create(invitation=invitation, coming="in_person", needs="insulin at noon")
    path = tmp_path / "out.kenesh"
    parcel.Lock(PASSPHRASE).write(path, take.uid, actions.lines_to_take(take))
    lines = list(parcel.read_out(path, PASSPHRASE))
    tables = [line["table"] for line in lines if isinstance(line, dict) and "table" in line]
    assert {table.partition(".")[0] for table in tables} == {"council", "people", "problems", "library"}
    assert "people.organisationkey" not in tables
    fields: list[str] = []
    users = []
    for line in lines:
        if isinstance(line, dict):
            fields = line.get("fields", []) if line.get("table") == "people.user" else []
        elif fields:
            users.append(dict(zip(fields, line, strict=True)))
    assert [(user["email"], user["sealed_secret"], user["public_key"]) for user in users] == [(chynara.email, "", "")]
    assert ("in_person" in str(lines), "insulin" in str(lines)) == (True, False)
    with pytest.raises(archive.Unreadable):
        list(parcel.read_out(path, "another passphrase"))


def test_who_had_which_role_before_is_known_at_the_venue_without_the_elections_of_other_meetings(
    take: VenueTake, seats: list[Membership], tmp_path: Path
) -> None:
    for seat, because in zip(seats, ("7/2024", "election:999"), strict=False):
        seat.role_changes.create(before="chair", role="member", on=date(2024, 5, 6), because=because)
    path = tmp_path / "out.kenesh"
    parcel.Lock(PASSPHRASE).write(path, take.uid, actions.lines_to_take(take))
    lines = list(parcel.read_out(path, PASSPHRASE))
    head = next(n for n, line in enumerate(lines) if isinstance(line, dict) and line.get("table") == "people.rolechange")
    rows = [dict(zip(lines[head]["fields"], row, strict=True)) for row in lines[head + 1 : head + 1 + lines[head]["rows"]]]
    assert [(row["seat_id"], row["before"], row["because"]) for row in rows] == [
        (seats[0].pk, "chair", "7/2024"), (seats[1].pk, "chair", ""),
    ]  # fmt: skip


def test_the_folder_of_a_node_does_not_become_a_laptops(
    take: VenueTake, command: Callable[..., int], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "out.kenesh"
    parcel.Lock(PASSPHRASE).write(out, take.uid, actions.lines_to_take(take))
    assert command("venue", "open", str(out), "--home", str(settings.HOME)) == 1
    assert said(capsys) == f"kenesh: {settings.HOME} is the folder of a node: choose an empty one with --home"
    assert not (settings.HOME / "venue.json").exists()


def test_in_the_room_a_password_is_typed_at_the_laptop_alone(
    take: VenueTake, meeting: Meeting, chynara: User, signed_in: Callable[..., Client], settings: Any
) -> None:
    secretary = signed_in(chynara)
    Meeting.objects.update(away_since=None)
    VenueStay.objects.create(uid=take.uid, node=settings.NODE_ID, meeting=meeting, seals_to=b"k" * 32)
    settings.AT_VENUE = True
    base = f"/work/meetings/{meeting.code}/"
    pages = [base, "/work/sign-in/", "/ru/phone/abc/", "/ru/appeal/", "/work/address-book/"]
    at_laptop, from_the_room = (
        [secretary.get(page, REMOTE_ADDR=address) for page in pages] for address in ("127.0.0.1", "192.168.1.20")
    )
    assert [answer.status_code for answer in at_laptop] == [200, 302, 404, 404, 404]
    assert [answer.status_code for answer in from_the_room] == [404] * 5
    names = [next(template.name for template in answer.templates) for answer in from_the_room]
    assert names == ["council/venue_elsewhere.html"] * 2 + ["council/phone_gone.html"] + ["council/venue_elsewhere.html"] * 2
    assert secretary.get("/", REMOTE_ADDR="127.0.0.1").headers["Location"] == base


NOT_TAKEN = {  # and why
    "council.sealedvote": "lies in a ballot that is open, and a meeting with one is not taken",
    "council.phonelink": "opens by a secret of the node where it was made",
    "council.phonesession": "ends with the browser",
    "council.writtenprocedure": "needs no room, and is not taken",
    "council.writtenlink": "asks for an answer to one",
    "council.projectdocument": "belongs to a project",
    "council.projectmeeting": "belongs to a project",
    "council.paperontheway": "is a file that the library has yet to read: it ends in the library alone",
    "council.venuetake": "stays at the node",
    "council.venuestay": "stays on the laptop",
    "council.bodyrules": "is taken along and stays as it is",
    "council.voteweight": "is taken along and stays as it is",
}


def test_every_table_of_the_council_travels_or_has_a_reason_not_to() -> None:
    tables = {model._meta.label_lower for model in apps.get_app_config("council").get_models(include_auto_created=True)}
    assert tables - {part.label for part in cargo.PARTS} == set(NOT_TAKEN)


def test_whatever_a_row_of_a_meeting_points_at_travels_with_it() -> None:
    known = {part.model for part in cargo.PARTS} | set(cargo.AROUND)
    pointed = {
        (part.label, field.name)
        for part in cargo.PARTS
        for field in part.model._meta.concrete_fields
        if isinstance(field, models.ForeignKey) and field.related_model not in known
    }
    assert pointed == set()
