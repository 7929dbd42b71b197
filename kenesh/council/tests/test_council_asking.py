"""Decisions in writing by letter: each member without an account has a link of her own, and the secretary sees who answered."""

from __future__ import annotations

import re
import smtplib
from collections.abc import Callable
from contextlib import nullcontext
from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from kenesh.council import actions, tasks
from kenesh.council.actions import asking, checkin
from kenesh.council.models import Ballot, Decision, Meeting, SealedVote, Vote, WrittenLink, WrittenProcedure
from kenesh.council.queries import asking as queries
from kenesh.people import actions as people
from kenesh.people.bounces import HEADER, belongs
from kenesh.people.models import Body, MailStop, Membership, Organisation, Person, User


@pytest.fixture
def minister(council: Body, ministry: Organisation) -> Membership:
    """A member without an account: her ministry has a registered mailbox."""
    return Membership.objects.create(body=council, organisation=ministry)


@pytest.fixture
def expert(council: Body) -> Membership:
    """A member in her own name, of whom no address is known."""
    return Membership.objects.create(body=council, person=Person.objects.create(name={"ru": "Асель Токоева"}))


def begun(council: Body, by: User, kind: str = "vote", **more: Any) -> WrittenProcedure:
    procedure = actions.start_written(
        body=council, title={"en": "In writing", "ru": "Письменно"}, text={"en": "Open a hotline", "ru": "Открыть линию"},
        kind=kind, closes_at=timezone.now() + timedelta(days=6), by=by, **more,
    )  # fmt: skip
    work()
    return procedure


def work() -> None:
    """The worker does what waits."""
    rows = DBTaskResult.objects.filter(task_path="kenesh.council.tasks.ask_in_writing")
    for row in rows:
        tasks.ask_in_writing.func(*row.args_kwargs["args"])
    rows.delete()


def letters_to(address: str) -> list[Any]:
    return [letter for letter in mail.outbox if letter.to == [address]]


def link_in(letter: Any) -> str:
    """The path of the link, in the English pages."""
    found = re.search(r"/(\w\w)/written/([\w-]{22})/", letter.body)
    assert found is not None
    return f"/en/written/{found[2]}/"


def vote(client: Client, address: str, choice: str) -> str:
    page = client.get(address).content.decode()
    sent = dict(re.findall(r'<input type="hidden" name="(seen|key)" value="([^"]*)"', page))
    return client.post(address, {**sent, "choice": choice}, follow=True).content.decode()


def due(procedure: WrittenProcedure) -> None:
    letters_went(timedelta(days=1))
    WrittenProcedure.objects.update(closes_at=timezone.now() - timedelta(minutes=1))
    Ballot.objects.update(closes_at=timezone.now() - timedelta(minutes=1))
    actions.close_due_written()
    procedure.refresh_from_db()


def letters_went(ago: timedelta) -> None:
    """Those that have gone out went then."""
    WrittenLink.objects.filter(mailed_at__isnull=False).update(mailed_at=timezone.now() - ago)


def test_each_member_is_written_to_in_her_language_with_her_own_link(
    council: Body, chynara: User, member: User, minister: Membership, expert: Membership
) -> None:
    begun(council, chynara)
    (hers,), (with_account,) = letters_to("davron@ministry.example"), letters_to(member.email)
    assert (hers.subject, "/ru/written/" in hers.body) == ("Пожалуйста, ответьте письменно: Письменно", True)
    assert ("/written/" in with_account.body, "/work/meetings/" in with_account.body, len(mail.outbox)) == (False, True, 2)
    assert list(WrittenLink.objects.order_by("id").values_list("has_account", "email")) == [
        (True, member.email), (False, "davron@ministry.example"), (False, ""),
    ]  # fmt: skip


def test_a_member_reads_votes_changes_her_vote_and_sees_what_came_of_it(
    client: Client, council: Body, chynara: User, minister: Membership, document: Any
) -> None:
    procedure = begun(council, chynara, documents=[document])
    address = link_in(letters_to("davron@ministry.example")[0])
    answer = client.get(address)
    page = answer.content.decode()
    assert [words in page for words in ("Open a hotline", "Открыть линию", "Акт о полисах", "<script")] == [
        True,
        True,
        True,
        False,
    ]
    assert (answer["Referrer-Policy"], answer["Cache-Control"]) == ("no-referrer", "no-store")
    assert "Choose how you vote." in vote(client, address, "")
    assert "You voted: Against" in vote(client, address, "against")
    assert "You voted: For" in vote(client, address, "for")
    assert list(Vote.objects.values_list("membership", "choice", "times", "publication", "entered_by")) == [
        (minister.pk, "for", 2, "hidden", None)
    ]
    due(procedure)
    after = client.get(address).content.decode()
    assert [words in after for words in ("Adopted", "For: 1. Against: 0. Abstained: 0.", 'name="choice"')] == [True, True, False]
    assert Decision.objects.count() == 1


def test_whom_an_institution_no_longer_sends_votes_no_more_and_the_secretary_writes_to_the_next_one(
    client: Client, council: Body, chynara: User, minister: Membership
) -> None:
    minister.person = Person.objects.create(name={"en": "First"})
    minister.save(update_fields=["person"])
    procedure = begun(council, chynara)
    link = procedure.links.get(membership=minister)
    asking.write_to(link=link, email="first@post.example", language="en", by=chynara)
    work()
    address = link_in(letters_to("first@post.example")[0])
    people.nominate(
        seat=minister, person=Person.objects.create(name={"en": "Next"}), since=timezone.localdate(),
        letter=people.Letter("1", None), publication="hidden", by=chynara,
    )  # fmt: skip
    link.refresh_from_db()
    assert (client.get(address).status_code, link.email) == (404, "")
    asking.write_to(link=link, email="next@post.example", language="en", by=chynara)
    work()
    assert client.get(link_in(letters_to("next@post.example")[0])).status_code == 200


def test_no_vote_is_taken_after_the_deadline(client: Client, council: Body, chynara: User, minister: Membership) -> None:
    begun(council, chynara)
    address = link_in(letters_to("davron@ministry.example")[0])
    Ballot.objects.update(closes_at=timezone.now() - timedelta(seconds=1))
    assert (
        "This ballot is closed. Votes are no longer taken."
        in client.post(address, {"choice": "for", "key": "k" * 32}).content.decode()
    )
    assert Vote.objects.count() == 0


def test_a_secret_vote_by_letter_lies_sealed_and_is_found_by_its_number(
    client: Client, council: Body, chynara: User, minister: Membership
) -> None:
    procedure = begun(council, chynara, is_secret=True)
    address = link_in(letters_to("davron@ministry.example")[0])
    number = re.search(r"<output>(\S+)</output>", vote(client, address, "for"))
    assert (number is not None, SealedVote.objects.count(), Vote.objects.count()) == (True, 1, 0)
    due(procedure)
    page = client.post(address, {"number": number[1] if number else ""}).content.decode()
    assert "This vote is counted: For." in page


def test_an_objection_by_letter_says_why_and_ends_the_silence(
    client: Client, council: Body, chynara: User, minister: Membership
) -> None:
    procedure = begun(council, chynara, "silence")
    address = link_in(letters_to("davron@ministry.example")[0])
    assert "Write why you object." in client.post(address, {"words": " "}).content.decode()
    page = client.post(address, {"words": "Нет денег"}, follow=True).content.decode()
    procedure.refresh_from_db()
    assert ("Stopped by an objection" in page, procedure.objected_by, procedure.outcome) == (True, minister, "objected")


def test_who_has_not_answered_is_reminded_once_with_the_same_link(
    client: Client, council: Body, chynara: User, member: User, minister: Membership, seat: Callable[[User], Membership]
) -> None:
    procedure = begun(council, chynara)
    tasks.ask_again_in_writing.func()
    work()
    assert len(mail.outbox) == 2
    marks = [belongs(letter.message()[HEADER], letter.to[0], today=timezone.localdate()) for letter in mail.outbox]
    assert marks == ["", ""]  # so that a mail server's report of one that comes back is believed
    actions.cast_vote(ballot=Ballot.objects.get(), membership=seat(member), choice="for", by=member)
    now = timezone.now()
    type(procedure.meeting).objects.update(starts_at=now - timedelta(days=5))
    WrittenProcedure.objects.update(closes_at=now + timedelta(days=1))
    for _twice in range(2):
        tasks.ask_again_in_writing.func()
        work()
    first, again = letters_to("davron@ministry.example")
    assert (len(mail.outbox), again.subject.startswith("Напоминание:"), link_in(first)) == (3, True, link_in(again))


def test_a_decision_in_writing_keeps_its_days_whatever_else_is_edited(
    signed_in: Callable[..., Client], council: Body, chynara: User
) -> None:
    meeting = begun(council, chynara).meeting
    secretary, edit = signed_in(chynara, language="en"), f"/work/meetings/{meeting.code}/edit/"
    assert "Begins at" not in secretary.get(edit).content.decode()
    sent = {
        "title_en": "By letter",
        "on": "2024-05-15",
        "begins": "10:00",
        "mode": "online",
        "version": meeting.version,
        "key": "k",
    }
    assert secretary.post(edit, sent).status_code == 302
    now = Meeting.objects.get(pk=meeting.pk)
    assert (now.title["en"], now.starts_at, now.ends_at) == ("By letter", meeting.starts_at, meeting.ends_at)


def test_the_secretary_sees_who_answered_and_writes_to_who_got_no_mail(
    signed_in: Callable[..., Client], client: Client, council: Body, chynara: User, minister: Membership, expert: Membership
) -> None:
    procedure = begun(council, chynara)
    vote(client, old := link_in(letters_to("davron@ministry.example")[0]), "for")
    secretary, at = signed_in(chynara, language="en"), f"/work/meetings/{procedure.meeting.code}/written/"
    page = re.sub(r"\s+", " ", secretary.get(at).content.decode())
    assert [words in page for words in ("<b>2</b> asked", "<b>1</b> have voted", "<b>1</b> got no mail", "Has voted")] == [
        True
    ] * 4
    assert page.index("Асель Токоева") < page.index("davron@ministry.example")
    hers = WrittenLink.objects.get(membership=expert)
    wrong = secretary.post(at, {"only": hers.pk, "email": "asel", "language": "ky", "version": 1}).content.decode()
    assert 'value="asel"' in wrong
    secretary.post(at, {"only": hers.pk, "email": "Asel@example.org", "language": "ky", "version": 1})
    work()
    assert "/ky/written/" in letters_to("asel@example.org")[0].body
    secretary.post(at, {"only": WrittenLink.objects.get(membership=minister).pk, "email": "", "language": "ru", "version": 1})
    assert (client.get(old).status_code, client.get("/en/written/AAAAAAAAAAAAAAAAAAAAAA/").status_code) == (404, 404)


def test_whoever_wants_no_mail_says_so_on_her_page_and_gets_none(
    signed_in: Callable[..., Client], client: Client, council: Body, chynara: User, minister: Membership
) -> None:
    procedure = begun(council, chynara)
    client.post(link_in(letters_to("davron@ministry.example")[0]), {"do": "stop"})
    begun(council, chynara)
    assert len(letters_to("davron@ministry.example")) == 1
    page = signed_in(chynara, language="en").get(f"/work/meetings/{procedure.meeting.code}/written/").content.decode()
    assert [words in page for words in ("Got no mail", "Wants no more mail")] == [True, True]


@pytest.mark.parametrize("kind", ["vote", "silence"])
def test_what_the_secretary_wrote_after_the_deadline_is_adopted_when_the_worker_comes(
    signed_in: Callable[..., Client], client: Client, council: Body, chynara: User, minister: Membership, kind: str
) -> None:
    checkin.set_rules(body=council, version=1, members="1/2", states="0", counts_online=True, by=chynara)  # nobody is in a room
    procedure, secretary = begun(council, chynara, kind), signed_in(chynara, language="en")
    at = f"/work/meetings/{procedure.meeting.code}"
    if kind == "vote":
        vote(client, link_in(letters_to("davron@ministry.example")[0]), "for")
    passed = timezone.now() - timedelta(minutes=1)
    WrittenProcedure.objects.update(closes_at=passed)
    Ballot.objects.update(closes_at=passed)
    for ballot in Ballot.objects.all():
        secretary.post(f"{at}/ballots/{ballot.pk}/close/")
        secretary.post(f"{at}/proposals/{procedure.proposal.code}/consensus/")
        assert Decision.objects.count() == 0  # the votes alone adopt
        secretary.post(f"{at}/ballots/{ballot.pk}/adopt/")
    if kind == "silence":
        secretary.post(f"{at}/proposals/{procedure.proposal.code}/consensus/")
    said = secretary.post(f"{at}/status/", {"to": "close"}, follow=True).content.decode()
    due(procedure)
    assert ("It ends by itself" in said, Decision.objects.count(), procedure.outcome) == (True, 1, "adopted")


@pytest.mark.parametrize(("code", "waits"), [(554, False), (451, True)])
def test_a_letter_that_the_mail_server_does_not_take_reached_nobody_and_the_secretary_reads_why(
    signed_in: Callable[..., Client], council: Body, chynara: User, minister: Membership, monkeypatch: pytest.MonkeyPatch,
    code: int, waits: bool,
) -> None:  # fmt: skip
    def refuse(_letter: Any) -> int:
        raise smtplib.SMTPDataError(code, b"Looks like spam")

    monkeypatch.setattr(mail.EmailMessage, "send", refuse)
    with nullcontext() if code >= 500 else pytest.raises(smtplib.SMTPDataError):
        begun(council, chynara, "silence")
    procedure = WrittenProcedure.objects.get()
    secretary, at = signed_in(chynara, language="en"), f"/work/meetings/{procedure.meeting.code}/written/"
    page = secretary.get(at).content.decode()
    assert ["554 Looks like spam" in page, "the letter is on its way" in page] == [not waits, waits]
    WrittenLink.objects.update(asked_at=timezone.now() - timedelta(hours=2))
    page = re.sub(r"\s+", " ", secretary.get(at).content.decode())
    assert ["<b>1</b> got no mail" in page, "the letter has not gone out yet" in page] == [True, waits]
    assert bool(queries.letters_due(timezone.now())) == waits


def test_a_letter_to_a_new_address_is_late_two_hours_after_the_secretary_wrote_it(
    signed_in: Callable[..., Client], council: Body, chynara: User, expert: Membership
) -> None:
    procedure = begun(council, chynara)
    WrittenLink.objects.update(asked_at=timezone.now() - timedelta(hours=3))
    secretary, at = signed_in(chynara, language="en"), f"/work/meetings/{procedure.meeting.code}/written/"
    hers = WrittenLink.objects.get(membership=expert)
    secretary.post(at, {"only": hers.pk, "email": "asel@example.org", "language": "ky", "version": 1})
    pages = [secretary.get(at).content.decode()]
    WrittenLink.objects.update(asked_at=timezone.now() - timedelta(hours=2))
    pages.append(secretary.get(at).content.decode())
    told = ("Got no mail", "the letter is on its way", "the letter has not gone out yet")
    assert [[words in page for words in told] for page in pages] == [[False, True, False], [True, False, True]]


def passed(procedure: WrittenProcedure, sent: timedelta = timedelta(days=5)) -> None:
    """It began five days ago, and the deadline was a minute ago."""
    now = timezone.now()
    letters_went(sent)
    Meeting.objects.update(starts_at=now - timedelta(days=5))
    WrittenProcedure.objects.update(closes_at=now - timedelta(minutes=1))
    actions.close_due_written()
    procedure.refresh_from_db()


def told(page: Any) -> list[bool]:
    """Whether the page says that silence adopts nothing, before and after the deadline, and that it is adopted."""
    words = ("As it stands, silence will adopt nothing.", "but the text is not adopted yet.", "Adopted")
    return [one in page.content.decode() for one in words]


@pytest.mark.parametrize("why", ["no address", "comes back", "not sent", "sent in the last hour"])
def test_silence_adopts_nothing_while_a_member_has_not_got_the_text_and_the_secretary_is_told(
    signed_in: Callable[..., Client], council: Body, chynara: User, minister: Membership, request: pytest.FixtureRequest, why: str
) -> None:
    User.objects.filter(pk=chynara.pk).update(language="en")
    if why == "no address":
        request.getfixturevalue("expert")
    procedure, secretary = begun(council, chynara, "silence"), signed_in(chynara, language="en")
    at = f"/work/meetings/{procedure.meeting.code}/"
    if why == "sent in the last hour":
        WrittenProcedure.objects.update(closes_at=timezone.now() + timedelta(minutes=59))
    if why == "comes back":
        people.stop_mail(email="davron@ministry.example", why=MailStop.Why.BOUNCED, by="worker")
    if why == "not sent":
        WrittenLink.objects.update(mailed_at=None)
    pages = [told(secretary.get(f"{at}written/"))]
    for _hour in range(2):
        passed(procedure, sent=timedelta(minutes=30 if why == "sent in the last hour" else 180))
    tell = DBTaskResult.objects.filter(task_path="kenesh.council.tasks.tell_of_held_silence")
    tasks.tell_of_held_silence.func(*tell.get().args_kwargs["args"])
    pages += [told(secretary.get(f"{at}{page}")) for page in ("written/", "")]
    secretary.post(f"{at}proposals/{procedure.proposal.code}/consensus/")
    assert pages == [[True, False, False], [False, True, False], [False, True, False]]
    assert (Decision.objects.count(), procedure.outcome) == (0, "")
    assert [letter.subject for letter in letters_to(chynara.email)] == ["Not adopted yet: In writing"]


def test_it_is_adopted_once_the_secretary_says_how_the_text_reached_the_member_in_time(
    signed_in: Callable[..., Client], council: Body, chynara: User, minister: Membership, expert: Membership
) -> None:
    procedure, secretary = begun(council, chynara, "silence"), signed_in(chynara, language="en")
    at, hers = f"/work/meetings/{procedure.meeting.code}/written/", WrittenLink.objects.get(membership=expert)
    passed(procedure)
    sent = {"do": "reached", "only": hers.pk, "way": "paper"}
    days = [timezone.localdate() + timedelta(days=days) for days in (-6, 1, -1)]
    pages = [secretary.post(at, {**sent, "on_day": day}, follow=True).content.decode() for day in ("", *days)]
    said = ("Write the date.", "could not object in time", "Got it otherwise")
    assert [[words in page for words in said] for page in pages] == [
        [True, False, False], [False, True, False], [False, True, False], [False, False, True],
    ]  # fmt: skip
    procedure.refresh_from_db()
    assert (procedure.outcome, Decision.objects.count()) == ("adopted", 1)


def test_more_time_is_told_to_all_members_and_who_has_got_the_text_by_then_may_object(
    signed_in: Callable[..., Client], client: Client, council: Body, chynara: User, minister: Membership, expert: Membership
) -> None:
    procedure, secretary = begun(council, chynara, "silence"), signed_in(chynara, language="en")
    at = f"/work/meetings/{procedure.meeting.code}/written/"
    passed(procedure)
    day = timezone.localdate() + timedelta(days=3)
    early = secretary.post(at, {"do": "lengthen", "on": timezone.localdate() - timedelta(days=2), "at": "18:00"})
    secretary.post(at, {"do": "lengthen", "on": day, "at": "18:00"})
    hers = WrittenLink.objects.get(membership=expert)
    secretary.post(at, {"only": hers.pk, "email": "asel@example.org", "language": "en", "version": 1})
    work()
    first, again = letters_to("davron@ministry.example")
    assert "at least one hour ahead" in early.content.decode()
    assert (again.subject, f"{day:%d.%m.%Y}, 18:00" in again.body, link_in(first)) == (
        "Изменено: Письменно", True, link_in(again),
    )  # fmt: skip
    page = client.post(link_in(letters_to("asel@example.org")[0]), {"words": "Нет денег"}, follow=True).content.decode()
    procedure.refresh_from_db()
    assert ("Stopped by an objection" in page, procedure.objected_by) == (True, expert)


def test_what_a_member_says_after_the_deadline_does_not_block_a_held_silence(
    signed_in: Callable[..., Client], council: Body, chynara: User, member: User, expert: Membership,
    seat: Callable[[User], Membership],
) -> None:  # fmt: skip
    procedure = begun(council, chynara, "silence")
    passed(procedure)
    at = f"/work/meetings/{procedure.meeting.code}/"
    late = {"membership": seat(member).pk, "stance": "block", "words": "Нет денег"}
    page = signed_in(member, language="en").post(f"{at}proposals/{procedure.proposal.code}/position/", late)
    hers = {
        "do": "reached",
        "only": WrittenLink.objects.get(membership=expert).pk,
        "way": "phone",
        "on_day": timezone.localdate(),
    }
    signed_in(chynara, language="en").post(f"{at}written/", hers)
    procedure.refresh_from_db()
    assert ("The deadline has passed." in page.content.decode(), procedure.outcome) == (True, "adopted")


def test_a_held_silence_can_be_taken_back(
    signed_in: Callable[..., Client], council: Body, chynara: User, expert: Membership
) -> None:
    procedure = begun(council, chynara, "silence")
    passed(procedure)
    page = f"/work/meetings/{procedure.meeting.code}/proposals/{procedure.proposal.code}/withdraw/"
    signed_in(chynara, language="en").post(page)
    procedure.refresh_from_db()
    assert (procedure.outcome, procedure.meeting.status) == ("not_adopted", "closed")


def test_the_database_does_not_hold_the_link(council: Body, chynara: User, minister: Membership) -> None:
    begun(council, chynara)
    link = WrittenLink.objects.get()
    assert asking.token_of(link).encode() not in bytes(link.token_hash)
