"""Invitations: letters with a personal link, answers without an account, entries for calendars; the travel list."""

from __future__ import annotations

import io
import re
import smtplib
from collections.abc import Callable
from contextlib import nullcontext
from datetime import date, timedelta
from typing import Any

import docx
import openpyxl
import pytest
from django.core import mail
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django_tasks_db.models import DBTaskResult
from icalendar import Calendar

from kenesh.council import actions, tasks
from kenesh.council.actions import invitations as inviting
from kenesh.council.actions import programme
from kenesh.council.models import Invitation, InvitationAnswer, Meeting
from kenesh.kernel.models import TrailEntry
from kenesh.people import actions as people
from kenesh.people.bounces import HEADER, belongs
from kenesh.people.models import Body, Correspondent, MailStop, Membership, Organisation, Person, User

SignIn = Callable[..., Client]
COMES = {"coming": "in_person", "interpretation": "", "arrives_from": "", "needs": ""}


@pytest.fixture
def coming(council: Body, chynara: User, member: User, observer: User) -> Meeting:
    """In ten days, hybrid, two days long; one member and one observer sit in the body."""
    return actions.plan_meeting(
        body=council,
        by=chynara,
        title={"en": "Council session", "ru": "Заседание совета"},
        starts_at=timezone.now() + timedelta(days=10),
        ends_at=timezone.now() + timedelta(days=11, hours=6),
        mode=Meeting.Mode.HYBRID,
        link="https://join.example/secret-room",
    )


@pytest.fixture
def secretary(signed_in: SignIn, chynara: User) -> Client:
    return signed_in(chynara, language="en")


@pytest.fixture
def invited(coming: Meeting, chynara: User, observer: User) -> Invitation:
    """The observer's."""
    inviting.invite_seats(meeting=coming, by=chynara)
    return Invitation.objects.get(standing="observer")


def address_of(invitation: Invitation) -> str:
    return f"/en/invitation/{inviting.token_of(invitation)}/"


def answered(invitation: Invitation) -> tuple[Any, ...]:
    answer = InvitationAnswer.objects.get(invitation=invitation)
    return answer.coming, answer.substitute_name, answer.interpretation, answer.entered_by


@pytest.mark.parametrize(
    ("names", "address"),
    [
        (["Karimov Davron"], "k1@example.org"),  # in another order
        (["Davron Karimov", "Davron KARIMOV"], ""),  # two of that name: nobody can tell which
        (["Davron Karimova"], ""),
    ],
)
def test_a_member_without_an_account_is_invited_at_her_address_in_the_address_book(
    coming: Meeting, chynara: User, names: list[str], address: str
) -> None:
    person = Person.objects.create(name={"ru": "Даврон Каримов", "en": "Davron Karimov"})
    seat = Membership.objects.create(body=coming.body, person=person)
    for number, name in enumerate(names, 1):
        Correspondent.objects.create(body=coming.body, name=name, email=f"k{number}@example.org", languages="tg ru")
    inviting.invite_seats(meeting=coming, by=chynara)
    invitation = Invitation.objects.get(membership=seat)
    assert (invitation.email, invitation.language) == (address, "tg" if address else "ru")


@pytest.mark.parametrize(
    ("kept", "address"),
    [
        ({}, "k@example.org"),
        ({"country": "KZ"}, ""),
        ({"organisation": "Союз виноделов"}, ""),
        ({"organisation": "Министерство труда (по работе)", "country": "KG"}, "k@example.org"),
        ({"body": None}, ""),
    ],
)
def test_no_letter_goes_to_a_namesake_and_the_list_says_where_the_address_came_from(
    secretary: Client, coming: Meeting, kept: dict[str, Any], address: str
) -> None:
    house = Organisation.objects.create(name={"ru": "Министерство труда"}, kind="ministry", country="KG")
    seat = Membership.objects.create(
        body=coming.body, organisation=house, person=Person.objects.create(name={"ru": "Даврон Каримов"})
    )
    Correspondent.objects.create(**{"body": coming.body, "name": "Даврон Каримов", "email": "k@example.org", **kept})
    secretary.post(f"/work/meetings/{coming.code}/invitations/seats/")
    assert Invitation.objects.get(membership=seat).email == address
    page = secretary.get(f"/work/meetings/{coming.code}/invitations/").content.decode()
    assert page.count("(Address book)") == (1 if address else 0)


def test_all_seats_are_invited_once_and_guests_are_added(secretary: Client, coming: Meeting) -> None:
    at = f"/work/meetings/{coming.code}/invitations/"
    for _twice in range(2):
        secretary.post(f"{at}seats/")
        secretary.post(
            at, {"guest": "Lola Yusupova", "country": "TJ", "language": "ru", "email": "", "version": 1, "key": "g" * 32}
        )
    assert list(Invitation.objects.order_by("id").values_list("standing", "guest")) == [
        ("member", ""),
        ("observer", ""),
        ("guest", "Lola Yusupova"),
    ]
    nobody = secretary.post(at, {"language": "ru", "version": 1, "key": "n"}).content.decode()
    assert "Choose the organisation or write the name." in nobody
    assert secretary.get(at).content.decode().count("No answer yet") == 3


def test_who_is_invited_answers_without_an_account_and_changes_her_answer(client: Client, invited: Invitation) -> None:
    address = address_of(invited)
    page = client.get(address)
    shown = ("Council session", "secret-room", "<script", "Your answer")
    assert [words in page.content.decode() for words in shown] == [True, False, False, True]
    assert (page["Referrer-Policy"], page["Cache-Control"]) == ("no-referrer", "no-store")
    missing = client.post(address, {**COMES, "coming": "substitute", "needs": "no nuts"}).content.decode()
    assert ("Write the name of the person who comes." in missing, "no nuts" in missing) == (True, True)
    client.post(address, {**COMES, "coming": "substitute", "substitute_name": "Askar Tokoev", "interpretation": "en"})
    assert answered(invited) == ("substitute", "Askar Tokoev", "en", None)
    client.post(address, {**COMES, "coming": "online"})
    assert answered(invited) == ("online", "", "", None)
    assert "https://join.example/secret-room" in client.get(address).content.decode()
    assert TrailEntry.objects.filter(verb="answer_invitation", actor=f"invitation:{invited.code}").count() == 2


def test_a_link_opens_one_invitation_and_nothing_once_it_was_renewed(
    client: Client, secretary: Client, invited: Invitation
) -> None:
    old = address_of(invited)
    assert client.get("/en/invitation/AAAAAAAAAAAAAAAAAAAAAA/").status_code == 404
    assert inviting.token_of(invited).encode() not in bytes(invited.token_hash)
    secretary.post(f"/work/meetings/{invited.meeting.code}/invitations/{invited.pk}/change/", {"to": "renew"})
    invited.refresh_from_db()
    assert [client.get(address).status_code for address in (old, address_of(invited))] == [404, 200]


def test_no_answer_is_taken_once_the_meeting_has_begun_but_the_secretary_writes_one_down(
    client: Client, secretary: Client, invited: Invitation, chynara: User
) -> None:
    actions.open_meeting(meeting=invited.meeting, by=chynara)
    late = client.post(address_of(invited), COMES).content.decode()
    assert ("The meeting has begun." in late, InvitationAnswer.objects.count()) == (True, 0)
    said = {f"answer-{name}": value for name, value in COMES.items()}
    secretary.post(f"/work/meetings/{invited.meeting.code}/invitations/{invited.pk}/", {"what": "answer", **said})
    assert answered(invited) == ("in_person", "", "", chynara)


def test_the_secretary_sees_who_answered_what(secretary: Client, coming: Meeting, chynara: User) -> None:
    inviting.invite_seats(meeting=coming, by=chynara)
    first, second = Invitation.objects.order_by("id")
    say = {"arrives_on": None, "leaves_on": None, "substitute_post": "", "substitute_online": False, "needs_visa_letter": False}
    rest: dict[str, Any] = {**say, "substitute_name": "", "arrives_from": "", "needs": "", "needs_ticket": False}
    inviting.answer_invitation(invitation=first, by=None, **{**rest, "coming": "online", "interpretation": "en"})
    inviting.answer_invitation(invitation=second, by=None, **{**rest, "coming": "no", "interpretation": ""})
    page = secretary.get(f"/work/meetings/{coming.code}/invitations/").content.decode()
    assert re.findall(r"<b>(\d+)</b>", page) == ["2", "0", "1", "1", "0"]
    assert re.search(r"Interpretation: English</dt><dd>1<", page)


def test_letters_come_as_word_and_pdf_in_the_language_of_who_is_invited(secretary: Client, invited: Invitation) -> None:
    at = f"/work/meetings/{invited.meeting.code}/invitations/{invited.pk}/"
    Invitation.objects.filter(pk=invited.pk).update(language="ru")
    word = docx.Document(io.BytesIO(b"".join(secretary.get(f"{at}letter.docx").streaming_content)))  # type: ignore[attr-defined]
    text = "\n".join(paragraph.text for paragraph in word.paragraphs)
    token = inviting.token_of(invited)
    assert [words in text for words in ("Министерство труда", "Заседание совета", f"/ru/invitation/{token}/")] == [True] * 3
    assert len(word.inline_shapes) == 1  # the link as a QR code
    pdf = b"".join(secretary.get(f"{at}letter.pdf").streaming_content)  # type: ignore[attr-defined]
    assert pdf[:5] == b"%PDF-"


def test_a_letter_is_mailed_once_and_a_change_is_told_with_a_higher_sequence(
    secretary: Client, invited: Invitation, chynara: User, django_capture_on_commit_callbacks: Any
) -> None:
    meeting = invited.meeting
    secretary.post(f"/work/meetings/{meeting.code}/invitations/send/")
    for _twice in range(2):
        tasks.send_invitation.func(invited.pk)
    moved = {"starts_at": meeting.starts_at + timedelta(hours=1)}
    actions.edit_meeting(meeting=meeting, version=1, by=chynara, **moved)
    tasks.send_invitation.func(invited.pk)
    actions.call_off(meeting=meeting, by=chynara)
    tasks.send_invitation.func(invited.pk)
    sent = [entry_of(one) for one in mail.outbox if one.to == ["davron@ministry.example"]]
    assert sent == [("REQUEST", 0, "CONFIRMED"), ("REQUEST", 1, "CONFIRMED"), ("CANCEL", 2, "CANCELLED")]
    assert f"/invitation/{inviting.token_of(invited)}/" in mail.outbox[0].body
    assert belongs(mail.outbox[0].message()[HEADER], "davron@ministry.example", today=timezone.localdate()) == ""


def test_a_change_that_the_mail_server_did_not_take_is_mailed_an_hour_later_as_changed(
    secretary: Client, invited: Invitation, chynara: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    meeting = invited.meeting
    Invitation.objects.filter(pk=invited.pk).update(language="en")
    secretary.post(f"/work/meetings/{meeting.code}/invitations/send/", {"only": invited.pk})
    tasks.send_invitation.func(invited.pk)
    actions.edit_meeting(meeting=meeting, version=1, by=chynara, starts_at=meeting.starts_at + timedelta(hours=1))
    with monkeypatch.context() as later:
        later.setattr(mail.EmailMessage, "send", lambda _letter: (_ for _ in ()).throw(smtplib.SMTPServerDisconnected("later")))
        with pytest.raises(smtplib.SMTPServerDisconnected):
            tasks.send_invitation.func(invited.pk)
    DBTaskResult.objects.all().delete()
    tasks.send_waiting_invitations.func()
    (asked,) = DBTaskResult.objects.filter(task_path="kenesh.council.tasks.send_invitation")
    tasks.send_invitation.func(*asked.args_kwargs["args"])
    tasks.send_waiting_invitations.func()
    assert [letter.subject.split(":")[0] for letter in mail.outbox] == ["Invitation", "Changed"]
    assert "This letter takes the place of the one before." in mail.outbox[1].body
    assert DBTaskResult.objects.filter(task_path="kenesh.council.tasks.send_invitation").count() == 1


def test_the_secretary_is_told_who_got_paper_before_the_change(secretary: Client, invited: Invitation, chynara: User) -> None:
    at = f"/work/meetings/{invited.meeting.code}/invitations/"
    Invitation.objects.filter(pk=invited.pk).update(email="")
    secretary.post(f"{at}{invited.pk}/change/", {"to": "handed"})
    assert "Tell them:" not in secretary.get(at).content.decode()
    actions.call_off(meeting=invited.meeting, by=chynara)
    assert re.search(rf"Tell them: <strong>{invited}</strong>", secretary.get(at).content.decode())
    secretary.post(f"{at}{invited.pk}/change/", {"to": "handed"})
    assert "Tell them:" not in secretary.get(at).content.decode()


def test_another_link_of_a_room_makes_old_letters_old_and_one_press_sends_them_again(
    secretary: Client, invited: Invitation, chynara: User
) -> None:
    meeting, at = invited.meeting, f"/work/meetings/{invited.meeting.code}/invitations/"
    room = programme.add_room(meeting=meeting, name={"en": "Hall"}, link="https://a.example/", dial_in="", by=chynara)
    Invitation.objects.filter(pk=invited.pk).update(language="en")
    secretary.post(f"{at}send/", {"only": invited.pk})
    tasks.send_invitation.func(invited.pk)
    assert "Send it again." not in secretary.get(at).content.decode()
    programme.edit_room(room=room, version=1, name={"en": "Hall"}, link="https://b.example/", dial_in="", by=chynara)
    assert "has changed since 1 letter went out by e-mail. Send it again." in secretary.get(at).content.decode()
    Invitation.objects.exclude(pk=invited.pk).delete()
    assert "1 letter goes out by e-mail." in secretary.post(f"{at}send/", follow=True).content.decode()
    tasks.send_invitation.func(invited.pk)
    assert (mail.outbox[-1].subject.split(":")[0], "Send it again." in secretary.get(at).content.decode()) == ("Changed", False)


def test_who_wants_no_mail_gets_no_invitation_by_mail_and_the_secretary_is_told(
    secretary: Client, invited: Invitation, chynara: User
) -> None:
    at = f"/work/meetings/{invited.meeting.code}/invitations/"
    people.stop_mail(email=invited.email, why=MailStop.Why.OPTED_OUT, by=chynara)
    page = secretary.get(at).content.decode()
    assert re.search(rf"{invited.email} · Wants no more mail: print the letter", page)
    assert "0 letters go out by e-mail." in secretary.post(f"{at}send/", {"only": invited.pk}, follow=True).content.decode()
    tasks.send_invitation.func(invited.pk)
    assert mail.outbox == []
    assert "Send it by e-mail" not in secretary.get(f"{at}{invited.pk}/").content.decode()


def test_an_address_that_the_mail_server_refuses_for_good_is_shown_to_the_secretary(
    secretary: Client, invited: Invitation, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_letter: Any) -> int:
        raise smtplib.SMTPRecipientsRefused({invited.email: (550, b"No such user")})

    monkeypatch.setattr(mail.EmailMessage, "send", refuse)
    tasks.send_invitation.func(invited.pk)
    page = secretary.get(f"/work/meetings/{invited.meeting.code}/invitations/").content.decode()
    assert f"{invited.email} · Mail comes back: print the letter" in page
    assert Invitation.objects.get(pk=invited.pk).sent_at is None


@pytest.mark.parametrize(("code", "waits"), [(554, False), (451, True)])
def test_a_letter_that_the_mail_server_refuses_for_good_is_tried_no_more_and_the_secretary_sees_it(
    secretary: Client, invited: Invitation, monkeypatch: pytest.MonkeyPatch, code: int, waits: bool
) -> None:
    def refuse(_letter: Any) -> int:
        raise smtplib.SMTPDataError(code, b"Looks like spam")

    at = f"/work/meetings/{invited.meeting.code}/invitations/"
    secretary.post(f"{at}send/", {"only": invited.pk})
    DBTaskResult.objects.all().delete()
    monkeypatch.setattr(mail.EmailMessage, "send", refuse)
    with nullcontext() if code >= 500 else pytest.raises(smtplib.SMTPDataError):
        tasks.send_invitation.func(invited.pk)
    tasks.send_waiting_invitations.func()
    row = secretary.get(at).content.decode().split(invited.email)[1].split("</span>")[0]
    assert ("The letter has not gone out yet." in row, "on its way" in row) == (not waits, waits)
    assert DBTaskResult.objects.filter(task_path="kenesh.council.tasks.send_invitation").exists() == waits
    assert not MailStop.objects.exists()


def test_the_link_and_the_answer_of_who_sat_there_before_end_when_somebody_else_is_sent(
    client: Client, invited: Invitation, chynara: User
) -> None:
    Invitation.objects.filter(pk=invited.pk).update(email="davron@post.example")
    old, seat = address_of(invited), invited.membership
    assert seat is not None
    client.post(old, {**COMES, "needs": "no nuts"})
    people.nominate(
        seat=seat, person=Person.objects.create(name={"en": "Next"}), since=timezone.localdate(),
        letter=people.Letter("1", None), publication="hidden", by=chynara,
    )  # fmt: skip
    invited.refresh_from_db()
    assert (client.get(old).status_code, client.get(address_of(invited)).status_code, invited.email) == (404, 200, "")
    assert not InvitationAnswer.objects.filter(invitation=invited).exists()


def entry_of(letter: Any) -> tuple[str, int, str]:
    name, text, kind = letter.attachments[0]
    found = Calendar.from_ical(text)
    (event,) = found.walk("VEVENT")
    assert (name, f"method={found['method']}" in kind, event["attendee"]) == ("invitation.ics", True, f"mailto:{letter.to[0]}")
    return str(found["method"]), event["sequence"], str(event["status"])


def test_an_invitation_that_went_out_stays_on_the_list(secretary: Client, invited: Invitation) -> None:
    change = f"/work/meetings/{invited.meeting.code}/invitations/{invited.pk}/change/"
    secretary.post(change, {"to": "handed"})
    kept = secretary.post(change, {"to": "remove"}, follow=True).content.decode()
    assert ("It stays on the list" in kept, Invitation.objects.filter(pk=invited.pk).exists()) == (True, True)


def test_what_people_wrote_of_their_needs_is_forgotten_a_month_after_the_meeting(client: Client, invited: Invitation) -> None:
    client.post(address_of(invited), {**COMES, "needs": "wheelchair"})
    day = invited.meeting.day
    forgotten = [inviting.forget_needs(today=day + timedelta(days=days)) for days in (29, 32)]
    assert (forgotten, InvitationAnswer.objects.get().needs) == ([0, 1], "")


def test_the_travel_list_says_who_comes_from_where_and_who_has_signed(
    client: Client, secretary: Client, invited: Invitation
) -> None:
    said = {**COMES, "arrives_from": "=Dushanbe", "arrives_on": "2026-05-14", "leaves_on": "2026-05-16", "needs_ticket": "on"}
    client.post(address_of(invited), said)
    at = f"/work/meetings/{invited.meeting.code}/travel"
    secretary.post(f"{at}/{invited.pk}/", {"to": "signed"})
    assert "=Dushanbe" in secretary.get(f"{at}/").content.decode()
    sheet = openpyxl.load_workbook(io.BytesIO(secretary.get(f"{at}.xlsx").content)).active
    rows = [[cell.value for cell in row][1:8] for row in sheet.iter_rows(min_row=5)]
    assert [[row[0], row[2], row[3].date(), row[4].date(), row[5]] for row in rows] == [
        ["Ministry of Labour", "=Dushanbe", date(2026, 5, 14), date(2026, 5, 16), "Yes"]
    ]
    assert sheet.cell(5, 4).data_type == "s"  # written as text: it is no formula
    assert sheet.cell(5, 10).value.date() == timezone.localdate()


def test_who_was_there_all_the_time_stands_on_the_travel_list_with_every_day(
    client: Client, secretary: Client, invited: Invitation, chynara: User
) -> None:
    client.post(address_of(invited), {**COMES, "arrives_from": "Dushanbe"})
    assert invited.membership is not None
    actions.record_attendance(meeting=invited.meeting, marks=[actions.Mark(invited.membership, "present")], by=chynara)
    sheet = openpyxl.load_workbook(io.BytesIO(secretary.get(f"/work/meetings/{invited.meeting.code}/travel.xlsx").content)).active
    assert sheet.cell(5, 9).value == ", ".join(f"{day:%d.%m.%Y}" for day in invited.meeting.days)


def test_guests_who_come_stand_on_the_sheet_to_sign_and_who_declined_does_not(
    client: Client, secretary: Client, invited: Invitation, chynara: User
) -> None:
    guest = inviting.invite_guest(
        meeting=invited.meeting, by=chynara, guest="Lola Yusupova", post="Doctor", country="TJ", language="en", email=""
    )
    client.post(address_of(guest), {**COMES, "coming": "substitute", "substitute_name": "Farrukh Nazarov"})
    client.post(address_of(invited), {**COMES, "coming": "no"})
    sheet = secretary.get(f"/work/meetings/{invited.meeting.code}/minutes/attendance.docx?language=en")
    table = docx.Document(io.BytesIO(b"".join(sheet.streaming_content))).tables[0]  # type: ignore[attr-defined]
    named = [[cell.text for cell in row.cells][1:4] for row in table.rows[1:] if any(cell.text for cell in row.cells[1:])]
    assert [row for row in named if "Ministry" in row[1] or row[2] == "Tajikistan"] == [["Farrukh Nazarov", "", "Tajikistan"]]


def test_the_table_costs_the_same_queries_for_one_and_for_thirty(secretary: Client, coming: Meeting, chynara: User) -> None:
    counts = []
    for number in (1, 29):
        for _guest in range(number):
            inviting.invite_guest(meeting=coming, by=chynara, guest="Lola Yusupova", country="TJ", language="en", email="")
        with CaptureQueriesContext(connection) as made:
            secretary.get(f"/work/meetings/{coming.code}/invitations/")
        with CaptureQueriesContext(connection) as at_the_door:
            secretary.get(f"/work/meetings/{coming.code}/check-in/")
        counts.append((len(made), len(at_the_door)))
    assert counts[0] == counts[1]
