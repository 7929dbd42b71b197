"""A mail server's report that a letter came to nobody stops mail to that address; a forged one stops nobody's."""

from __future__ import annotations

import io
import mailbox
import sys
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone

from kenesh.kernel.codes import new_code
from kenesh.kernel.models import TrailEntry
from kenesh.people.bounces import HEADER, mark
from kenesh.people.models import Correspondent, Mailing, MailingLine, MailStop
from kenesh.people.queries.correspondents import hidden_address
from kenesh.people.tasks import send_mailing
from kenesh.site.command_line import main

pytestmark = pytest.mark.django_db
SignIn = Callable[..., Client]
GONE = "5.1.1"

# As a mail server writes it (RFC 3464, appendix A); the host and the persons are invented.
REPORT = """From MAILER-DAEMON Mon Nov 30 09:12:44 2026
Return-Path: <>
Date: Mon, 30 Nov 2026 09:12:44 +0600 (+06)
From: MAILER-DAEMON@relay.example.org (Mail Delivery System)
Subject: Undelivered Mail Returned to Sender
To: kenesh@example.org
Auto-Submitted: auto-replied
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="5F2C81A0.1764/relay.example.org"
Message-Id: <20261130031244.7A1B2@relay.example.org>

This is a MIME-encapsulated message.

--5F2C81A0.1764/relay.example.org
Content-Description: Notification
Content-Type: text/plain; charset=us-ascii

I'm sorry to have to inform you that your message could not be delivered.

--5F2C81A0.1764/relay.example.org
Content-Description: Delivery report
Content-Type: message/delivery-status

Reporting-MTA: dns; relay.example.org
X-Postfix-Queue-ID: 5F2C81A0
X-Postfix-Sender: rfc822; kenesh@example.org
Arrival-Date: Mon, 30 Nov 2026 09:12:41 +0600 (+06)

Final-Recipient: rfc822; {address}
Original-Recipient: rfc822;{address}
Action: {action}
Status: {status}
Remote-MTA: dns; mx.example.net
Diagnostic-Code: smtp; 550 {status} <{address}>: Recipient address
    rejected: User unknown

--5F2C81A0.1764/relay.example.org
Content-Description: Undelivered Message
Content-Type: {kind}

Return-Path: <kenesh@example.org>
From: kenesh@example.org
To: {address}
Subject: Session in May
{header}: {mark}
MIME-Version: 1.0
Content-Type: text/plain; charset="utf-8"

We meet on 15 May.

--5F2C81A0.1764/relay.example.org--
"""


def report(
    said: str, *, address: str = "c1@example.org", action: str = "failed", status: str = GONE, kind: str = "message/rfc822"
) -> str:
    return REPORT.format(address=address, action=action, status=status, kind=kind, header=HEADER, mark=said)


@pytest.fixture
def letter(chynara: Any, signed_in: SignIn) -> Any:
    """A letter to two correspondents that has gone to the relay; what it carries for the first one."""
    for name in ("c1", "c2"):
        Correspondent.objects.create(name=name, email=f"{name}@example.org", languages="en")
    form = {"key": new_code(), "subject_en": "Session in May", "text_en": "We meet on 15 May.", "do": "send", "count": "2"}
    assert signed_in(chynara).post("/work/mailings/new/", form).status_code == 302
    send_mailing.call(Mailing.objects.get().pk)
    return mail.outbox[0].message()[HEADER]


def piped(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], text: str) -> tuple[int, str, str]:
    """As a mail server gives it to the command: exit status, what it says, what it says is wrong."""
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(text.encode())))
    status = main(["bounces"])
    told = capsys.readouterr()
    return status, told.out.strip(), told.err.strip()


@pytest.mark.parametrize("kind", ["message/rfc822", "text/rfc822-headers"])
def test_a_letter_that_came_to_nobody_stops_mail_to_its_address(
    letter: str, kind: str, chynara: Any, signed_in: SignIn, monkeypatch: Any, capsys: Any
) -> None:
    told = piped(monkeypatch, capsys, report(letter, kind=kind))
    assert told == (0, "standard input: no more mail to 1 address", "")
    stop = MailStop.objects.get()
    why = "550 5.1.1 <c1@example.org>: Recipient address rejected: User unknown"
    assert (stop.address, stop.why, stop.detail) == (hidden_address("c1@example.org"), "bounced", why)
    assert dict(MailingLine.objects.values_list("email", "status")) == {"c1@example.org": "refused", "c2@example.org": "sent"}
    page = signed_in(chynara, language="en").get(f"/work/mailings/{Mailing.objects.get().code}/").content.decode()
    assert "User unknown" in page
    assert list(TrailEntry.objects.filter(verb="mail_bounced").values_list("actor", flat=True)) == ["delivery-report"]
    assert piped(monkeypatch, capsys, report(letter, kind=kind))[0] == 0
    assert MailStop.objects.count() == 1


def test_a_report_for_one_address_stops_no_other(letter: str, monkeypatch: Any, capsys: Any) -> None:
    """Who got a letter knows its mark, and could write anybody's address beside it."""
    status, said, wrong = piped(monkeypatch, capsys, report(letter, address="c2@example.org"))
    assert (status, said, MailStop.objects.count()) == (1, "", 0)
    assert wrong == ("kenesh: standard input: it does not bring back a letter that this node sent to 1 address: not believed")


@pytest.mark.parametrize("forge", [
    lambda said: "", lambda said: said[:-1] + ("0" if said[-1] != "0" else "1"), lambda said: said.replace("2026", "2027"),
    lambda said: f"{date(2026, 2, 3)}..{'0' * 32}", lambda said: f"2026-13-99..{'0' * 32}", lambda said: "ключ",
])  # fmt: skip
def test_a_forged_report_stops_nobody(letter: str, forge: Any, monkeypatch: Any, capsys: Any) -> None:
    assert piped(monkeypatch, capsys, report(forge(letter)))[0] == 1
    assert MailStop.objects.count() == 0


def test_the_mark_of_an_old_letter_is_worth_nothing(letter: str, monkeypatch: Any, capsys: Any) -> None:
    old = mark("c1@example.org", on=timezone.localdate() - timedelta(days=31))[HEADER]
    assert piped(monkeypatch, capsys, report(old))[0] == 1
    assert MailStop.objects.count() == 0


@pytest.mark.parametrize(
    ("action", "status"), [("delayed", "4.4.1"), ("failed", "4.4.7"), ("delivered", "2.0.0"), ("relayed", "5.0.0")]
)
def test_what_is_late_or_delivered_changes_nothing(letter: str, action: str, status: str, monkeypatch: Any, capsys: Any) -> None:
    told = piped(monkeypatch, capsys, report(letter, action=action, status=status))
    assert told == (0, "standard input: nothing to change for 1 address, delivered or only late", "")
    assert (MailStop.objects.count(), MailingLine.objects.filter(status="sent").count()) == (0, 2)


@pytest.mark.parametrize("text", [
    "", "From: dilnoza@example.org\nSubject: Re: Session\n\nI shall come.\n",
    'Content-Type: multipart/report; boundary="a"\n\n--a\nContent-Type: message/delivery-status\n\nReporting-MTA: dns; a\n\n--a--\n',
    "".join(f'Content-Type: multipart/mixed; boundary="{n}"\n\n--{n}\n' for n in range(2000)),
])  # fmt: skip
def test_any_other_mail_gets_one_clear_line(text: str, monkeypatch: Any, capsys: Any) -> None:
    status, said, wrong = piped(monkeypatch, capsys, text)
    assert (status, said, wrong.count("\n")) == (1, "", 0)
    assert wrong in {
        "kenesh: standard input: this mail is no delivery report (RFC 3464)", "kenesh: standard input: this mail is nested too deeply",
    }  # fmt: skip


def test_a_folder_of_mail_is_read_mail_by_mail(letter: str, tmp_path: Path, capsys: Any) -> None:
    box = mailbox.mbox(tmp_path / "reports.mbox")
    for each in (report(letter, status="4.2.2", action="delayed"), "Subject: Re: Session\n\nI shall come.\n", report(letter)):
        box.add(each.partition("\n")[2] if each.startswith("From ") else each)
    box.close()
    (tmp_path / "one.eml").write_text(report(mail.outbox[1].message()[HEADER], address="c2@example.org").partition("\n")[2])
    assert main(["bounces", str(tmp_path / "reports.mbox"), str(tmp_path / "one.eml")]) == 1
    told = capsys.readouterr()
    assert [line.rpartition("/")[2] for line in told.out.splitlines()] == [
        "reports.mbox, mail 1: nothing to change for 1 address, delivered or only late",
        "reports.mbox, mail 3: no more mail to 1 address",
        "one.eml: no more mail to 1 address",
    ]
    assert "mail 2: this mail is no delivery report" in told.err
    assert MailStop.objects.count() == 2


def test_a_file_that_is_not_there_is_named(tmp_path: Path, capsys: Any) -> None:
    assert main(["bounces", str(tmp_path / "none.eml")]) == 1
    assert "none.eml" in capsys.readouterr().err
