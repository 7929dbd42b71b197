"""Correspondents of the secretariat: files with a dry run, letters to many, and whoever wants none gets none."""

from __future__ import annotations

import io
import re
import smtplib
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
import xlsxwriter
from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.mail.backends.locmem import EmailBackend
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from kenesh.kernel.codes import new_code
from kenesh.kernel.models import TrailEntry
from kenesh.people.models import AddressFile, Body, Correspondent, Mailing, MailingLine, MailStop
from kenesh.people.queries.correspondents import hidden_address
from kenesh.people.tasks import go_on_with_mailings, send_mailing

pytestmark = pytest.mark.django_db

Make = Callable[..., Any]
CARDS = """BEGIN:VCARD
VERSION:3.0
FN:Nurgul Asanova
TITLE:Head of department
ORG:Fund for Fair Work;Bishkek
EMAIL;TYPE=INTERNET:Nurgul@Example.org
TEL;TYPE=CELL:+996 555 000 111
ADR;TYPE=WORK:;;;;;;Kyrgyzstan
END:VCARD
BEGIN:VCARD
VERSION:2.1
N;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:=D0=90=D0=BB=D0=B8=D0=B5=D0=B2;=D0=91=D0=BE=
=D0=BB=D0=BE=D1=82;;;
EMAIL:bolot@example.org
END:VCARD
""".replace("\n", "\r\n")


@pytest.fixture
def secretary(chynara: Any, signed_in: Make) -> Client:
    client: Client = signed_in(chynara, language="en")
    return client


def a_table(*rows: tuple[str, ...]) -> bytes:
    kept = io.BytesIO()
    with xlsxwriter.Workbook(kept, {"in_memory": True}) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ["Контакты секретариата"])
        for number, row in enumerate((("ФИО", "Должность", "Организация", "E-mail", "Телефон", "Языки", "Страна"), *rows), 1):
            sheet.write_row(number, 0, row)
    return kept.getvalue()


def brought(client: Client, data: bytes, name: str = "list.xlsx", **more: str) -> Any:
    file = SimpleUploadedFile(name, data)
    return client.post("/work/address-book/bring/", {"key": new_code(), "body": "", "file": file, **more})


def a_correspondent(number: int, **more: Any) -> Correspondent:
    return Correspondent.objects.create(
        **{"name": f"Correspondent {number}", "email": f"c{number}@example.org", "languages": "en", **more}
    )


def a_letter(**more: str) -> dict[str, str]:
    return {"key": new_code(), "subject_en": "Session in May", "text_en": "We meet on 15 May.", **more}


def test_a_correspondent_is_entered_once_and_one_address_once_in_a_list(secretary: Client, council: Any) -> None:
    form = {
        "key": new_code(), "body": council.code, "name": "Nurgul Asanova", "role": "press", "email": "Nurgul@Example.org",
        "languages": ["ky", "ru"], "first_language": "ru",
    }  # fmt: skip
    for _again in range(2):
        assert secretary.post("/work/address-book/add/", form).status_code == 302
    assert list(Correspondent.objects.values_list("email", "languages", "body")) == [("nurgul@example.org", "ru ky", council.pk)]
    refused = secretary.post("/work/address-book/add/", {**form, "key": new_code()})
    assert list(refused.context["form"].errors) == ["email"]
    assert secretary.post("/work/address-book/add/", {**form, "key": new_code(), "body": ""}).status_code == 302


def entered(client: Client, **more: str) -> Any:
    return client.post("/work/address-book/add/", {"key": new_code(), "body": "", "role": "other", **more})


@pytest.mark.parametrize(
    ("said", "reason"),
    [
        ({"name": "Rahmonov Daler"}, "the same name in other letters"),
        ({"name": "Рахмонов Д.", "organisation": "Союз «Мигрант»"}, "the same surname and first letter"),
        ({"name": "Daler R.", "phones": "+996 555 11 22 33"}, "the same telephone"),
        ({"name": "Рахмонов Д.", "organisation": "Фонд"}, ""),
        ({"name": "Асанова Нургул", "organisation": "Мигрант"}, ""),
    ],
)
def test_whoever_is_entered_by_hand_and_may_be_here_already_is_shown_first(
    secretary: Client, said: dict[str, str], reason: str
) -> None:
    known = Correspondent.objects.create(name="Рахмонов Далер", organisation="«Мигрант»", phones="0555 112233")
    answer = entered(secretary, **said, post="Член правления")
    assert (answer.status_code, Correspondent.objects.count()) == ((200, 1) if reason else (302, 2))
    if reason:
        page = answer.content.decode()
        assert [(each.target, str(each.reason)) for each in answer.context["alike"]] == [(known.code, reason)]
        assert (reason in page, f"/work/address-book/{known.code}/" in page) == (True, True)
        kept = answer.context["form"]
        assert {name: kept[name].value() for name in said} | {"post": kept["post"].value()} == {**said, "post": "Член правления"}


def test_another_person_of_the_same_name_is_saved_all_the_same_and_once(secretary: Client, council: Any) -> None:
    Correspondent.objects.create(name="Рахмонов Далер")
    form = {"key": new_code(), "name": "Рахмонов Далер", "email": "other@example.org"}
    assert entered(secretary, **form).status_code == 200
    for _again in range(2):
        assert entered(secretary, **form, do="another").status_code == 302
    assert entered(secretary, **form).status_code == 302  # the first sending, come late
    assert Correspondent.objects.count() == 2
    assert entered(secretary, **{**form, "key": new_code()}, body=council.code).status_code == 302  # another list


def test_a_table_is_shown_row_by_row_and_nothing_is_entered_before_it_is_confirmed(secretary: Client, council: Any) -> None:
    Correspondent.objects.create(name="Рахмонов Далер", organisation="Союз")
    Correspondent.objects.create(name="Somebody", email="here@example.org")
    data = a_table(
        ("Нургул Асанова", "Пресс-секретарь", "Фонд", "nurgul@example.org", "+996 555 1", "кыргызский, русский", "Кыргызстан"),
        ("Rahmonov Daler", "", "", "daler@example.org", "", "tg", "TJ"),
        ("Иной", "", "", "HERE@example.org", "", "", ""),
        ("Без почты", "", "", "no address", "", "", ""),
        ("", "", "", "nobody@example.org", "", "", ""),
    )
    answer = brought(secretary, data)
    assert answer.status_code == 302, answer.context["form"].errors
    assert Correspondent.objects.count() == 2
    page = answer.headers["Location"]
    groups = {kind: [row["facts"]["email"] for row in rows] for kind, rows in secretary.get(page).context["groups"].items()}
    assert groups == {
        "new": ["nurgul@example.org"], "alike": ["daler@example.org"], "known": ["here@example.org"],
        "wrong": ["no address", "nobody@example.org"],
    }  # fmt: skip
    numbers = [row["number"] for row in AddressFile.objects.get().rows]
    assert secretary.post(page, {"do": "enter", "role": "press", "take": numbers[:1]}).status_code == 302
    made = Correspondent.objects.get(email="nurgul@example.org")
    assert (made.role, made.country, made.languages, made.post) == ("press", "KG", "ky ru", "Пресс-секретарь")
    assert (Correspondent.objects.count(), AddressFile.objects.count()) == (3, 0)


def a_sheet(head: tuple[str, ...], *rows: tuple[str, ...]) -> bytes:
    kept = io.BytesIO()
    with xlsxwriter.Workbook(kept, {"in_memory": True}) as book:
        sheet = book.add_worksheet()
        for number, row in enumerate((head, *rows)):
            sheet.write_row(number, 0, row)
    return kept.getvalue()


def test_each_row_says_its_own_role_and_body_and_what_is_not_understood_is_shown(secretary: Client, council: Any) -> None:
    Correspondent.objects.create(name="Somebody", email="twice@example.org", body=council)
    data = a_sheet(
        ("ФИО", "E-mail", "Роль", "Орган", "Страна", "Языки"),
        ("Азиз Наблюдов", "aziz@example.org", "Наблюдатель", "", "Узбекистан", "узбекский"),
        ("Мария Члена", "maria@example.org", "Член совета", "Миграция", "", "русский"),
        ("Туура Эмес", "tuura@example.org", "зам. председателя", "Чужая коалиция", "Атлантида", "клингонский, ru"),
        ("Иной", "twice@example.org", "expert", "Council on Migration", "", ""),
    )
    page = brought(secretary, data).headers["Location"]
    shown = secretary.get(page)
    told = shown.content.decode()
    for words in (
        "Role not understood: “зам. председателя”", "Not one of your bodies: “Чужая коалиция”", "Country not understood: “Атлантида”",
        "Language not understood: “клингонский”",
    ):  # fmt: skip
        assert words in told
    assert [row["facts"]["name"] for row in shown.context["groups"]["known"]] == ["Иной"]
    numbers = [row["number"] for row in AddressFile.objects.get().rows]
    assert secretary.post(page, {"do": "enter", "role": "press", "take": numbers[:3]}).status_code == 302
    made = (
        Correspondent.objects.exclude(name="Somebody")
        .order_by("email")
        .values_list("email", "role", "body", "country", "languages")
    )
    assert list(made) == [
        ("aziz@example.org", "observer", None, "UZ", "uz"),
        ("maria@example.org", "member", council.pk, "", "ru"),
        ("tuura@example.org", "press", None, "", "ru"),
    ]


def test_countries_are_understood_as_people_write_them(secretary: Client) -> None:
    said = {
        "РФ": "RU", "КР": "KG", "рк": "KZ", "KR": "KR", "Киргизия": "KG", "Белоруссия": "BY", "Кыргызская Республика": "KG",
        "россия": "RU", "Германия": "DE", "qq": "", "ЖЖ": "", "Атлантида": "",
    }  # fmt: skip
    rows = (("Нургул", "", "", f"n{number}@example.org", "", "", words) for number, words in enumerate(said))
    assert brought(secretary, a_table(*rows)).status_code == 302
    assert [row["facts"]["country"] for row in AddressFile.objects.get().rows] == list(said.values())


def test_a_card_says_role_and_body_with_its_role_and_its_categories(secretary: Client, council: Any) -> None:
    cards = (
        "BEGIN:VCARD\nFN:Nurgul\nEMAIL:n@example.org\nROLE:Эксперт\nTITLE:Lawyer\nORG:Fund\nCATEGORIES:myContacts,Council on Migration\n"
        "LANG:ky\nEND:VCARD\nBEGIN:VCARD\nFN:Bolot\nEMAIL:b@example.org\nCATEGORIES:Донор\nEND:VCARD\n"
    )
    page = brought(secretary, cards.encode(), "phone.vcf").headers["Location"]
    assert "Left aside: “myContacts”" in secretary.get(page).content.decode()
    secretary.post(page, {"do": "enter", "role": "other", "take": [1, 2]})
    made = Correspondent.objects.order_by("name").values_list("name", "role", "post", "organisation", "body", "languages")
    assert list(made) == [("Bolot", "donor", "", "", None, ""), ("Nurgul", "expert", "Lawyer", "Fund", council.pk, "ky")]


def test_cards_of_a_telephone_are_read(secretary: Client) -> None:
    page = brought(secretary, CARDS.encode(), "phone.vcf").headers["Location"]
    told = [row["facts"] for row in AddressFile.objects.get().rows]
    assert [(facts["name"], facts["email"], facts["country"]) for facts in told] == [
        ("Nurgul Asanova", "nurgul@example.org", "KG"),
        ("Алиев Болот", "bolot@example.org", ""),
    ]
    secretary.post(page, {"do": "discard"})
    assert (Correspondent.objects.count(), AddressFile.objects.count()) == (0, 0)


@pytest.mark.parametrize("data", [b"just words", b"PK\x03\x04 no table", a_table()[:400]])
def test_what_is_no_list_of_correspondents_is_said(secretary: Client, data: bytes) -> None:
    answer = brought(secretary, data)
    assert list(answer.context["form"].errors) == ["file"]


def test_a_table_without_headings_is_said(secretary: Client) -> None:
    kept = io.BytesIO()
    with xlsxwriter.Workbook(kept, {"in_memory": True}) as book:
        book.add_worksheet().write_row(0, 0, ["Нургул", "nurgul@example.org"])
    assert "No line of headings" in brought(secretary, kept.getvalue()).content.decode()


@pytest.mark.parametrize("language", ["ru", "ky", "uz", "tg", "kk", "hy", "en"])
def test_the_headings_that_the_page_asks_for_are_understood(language: str, chynara: Any, signed_in: Make) -> None:
    kept, client = io.BytesIO(), signed_in(chynara, language=language)
    with xlsxwriter.Workbook(kept, {"in_memory": True}) as book:
        book.add_worksheet().write_row(0, 0, ["?"])
    (said,) = brought(client, kept.getvalue()).context["form"].errors["file"]
    asked = [words.strip() for words in said.partition(":")[2].rstrip(".։").split(",")]
    named = io.BytesIO()
    with xlsxwriter.Workbook(named, {"in_memory": True}) as book:
        book.add_worksheet().write_row(0, 0, asked)
        book.worksheets()[0].write_row(
            1, 0, ["Айбек", "юрист", "Фонд", "", "", "a@example.org", "+996 555 000 111", "кыргызча", "KG"]
        )
    assert brought(client, named.getvalue()).status_code == 302
    row = AddressFile.objects.get().rows[0]["facts"]
    known = ("name", "post", "organisation", "email", "phones", "country")
    assert [row[name] for name in known] == ["Айбек", "юрист", "Фонд", "a@example.org", "+996 555 000 111", "KG"]


def test_a_file_that_nobody_confirms_is_forgotten_after_a_week(secretary: Client) -> None:
    brought(secretary, CARDS.encode())
    AddressFile.objects.update(created_at=timezone.now() - timedelta(days=8))
    go_on_with_mailings.call()
    assert AddressFile.objects.count() == 0


def test_a_secretary_sees_lists_of_her_bodies_and_of_all_secretaries(secretary: Client, council: Any) -> None:
    other = Body.objects.create(name={"en": "Other"}, kind="council")
    a_correspondent(1, body=council, role="press", country="KG", languages="ky ru")
    a_correspondent(2, country="RU", languages="ru")
    hidden = a_correspondent(3, body=other)

    def shown(**chosen: str) -> list[str]:
        return [line["correspondent"].name for line in secretary.get("/work/address-book/", chosen).context["lines"]]

    assert shown() == ["Correspondent 2", "Correspondent 1"]
    assert shown(language="ru", role="press") == ["Correspondent 1"]
    assert shown(list="node") == ["Correspondent 2"]
    assert shown(country="KG", list=council.code) == ["Correspondent 1"]
    assert secretary.get(f"/work/address-book/{hidden.code}/").status_code == 404


def test_the_list_asks_as_often_for_thirty_as_for_one(secretary: Client) -> None:
    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            secretary.get("/work/address-book/")
        return len(queries)

    a_correspondent(0)
    asked()
    once = asked()
    for number in range(1, 30):
        a_correspondent(number)
    assert asked() == once


def sent_letter(client: Client, **more: str) -> Mailing:
    """Previews, sends, and lets the worker work."""
    letter = a_letter(**more)
    preview = client.post("/work/mailings/new/", {**letter, "do": "preview"})
    assert (preview.status_code, mail.outbox, Mailing.objects.count()) == (200, [], 0), preview.context["form"].errors
    count = len(preview.context["preview"]["getting"].correspondents)
    answer = client.post("/work/mailings/new/", {**letter, "do": "send", "count": str(count)})
    assert answer.status_code == 302
    mailing = Mailing.objects.get()
    send_mailing.call(mailing.pk)
    return mailing


def test_each_gets_a_letter_of_her_own_in_her_language(secretary: Client) -> None:
    a_correspondent(1, languages="ky ru")
    a_correspondent(2, languages="hy")
    a_correspondent(3, email="")
    mailing = sent_letter(secretary, subject_ru="Заседание в мае", text_ru="Заседание 15 мая.")
    assert [(letter.to, letter.subject) for letter in mail.outbox] == [
        (["c1@example.org"], "Заседание в мае"),
        (["c2@example.org"], "Заседание в мае"),
    ]
    assert mail.outbox[0].extra_headers["List-Unsubscribe"].startswith("<http")
    assert mail.outbox[0].reply_to == ["chynara@example.org"]
    send_mailing.call(mailing.pk)
    assert len(mail.outbox) == 2
    page = secretary.get(f"/work/mailings/{mailing.code}/")
    assert page.context["counts"] == [("sent", "Sent", 2)]
    assert TrailEntry.objects.filter(verb="begin_mailing").count() == 1


def test_a_letter_goes_only_to_those_who_were_seen_in_the_preview(secretary: Client) -> None:
    a_correspondent(1)
    answer = secretary.post("/work/mailings/new/", a_letter(do="send", count="7"))
    assert (answer.status_code, Mailing.objects.count()) == (200, 0)


def test_a_program_that_reads_mail_ends_it_with_one_press(secretary: Client) -> None:
    a_correspondent(1)
    sent_letter(secretary)
    headers = mail.outbox[0].extra_headers
    assert headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    address = re.sub(r"^<https?://[^/]+|>$", "", headers["List-Unsubscribe"])
    program = Client(enforce_csrf_checks=True)
    looked, pressed = program.get(address), program.post(address, {"List-Unsubscribe": "One-Click"})
    assert (looked.status_code, pressed.status_code) == (200, 200)
    assert [(stop.address, stop.why) for stop in MailStop.objects.all()] == [(hidden_address("c1@example.org"), "opted_out")]


def test_whoever_opts_out_needs_no_account_and_gets_nothing_more(secretary: Client, client: Client) -> None:
    a_correspondent(1)
    a_correspondent(2)
    sent_letter(secretary)
    found = re.search(r"(/\w\w/mail/[\w-]+/)", str(mail.outbox[0].body))
    assert found
    assert client.get(found[1]).status_code == 200
    assert MailStop.objects.count() == 0
    assert client.post(found[1], {"do": "stop"}).status_code == 302
    assert MailStop.objects.get().address == hidden_address("c1@example.org")
    mail.outbox.clear()
    Mailing.objects.all().delete()
    sent_letter(secretary)
    assert [letter.to for letter in mail.outbox] == [["c2@example.org"]]
    client.post(found[1].replace("/mail/", "/mail/x"), {"do": "resume"})
    assert MailStop.objects.count() == 1


def test_an_address_stays_silent_when_its_correspondent_is_removed_and_entered_anew(secretary: Client) -> None:
    correspondent = a_correspondent(1)
    secretary.post(f"/work/address-book/{correspondent.code}/mail/", {"do": "opted_out"})
    secretary.post(f"/work/address-book/{correspondent.code}/mail/", {"do": "resume"})  # only the owner may
    secretary.post(f"/work/address-book/{correspondent.code}/remove/")
    a_correspondent(1)
    answer = secretary.post("/work/mailings/new/", a_letter(do="preview"))
    assert "Nobody would get this letter" in answer.content.decode()


class FailingServer(EmailBackend):
    """A mail server that does not know some addresses, and one that does not answer at all."""

    def send_messages(self, messages: Any) -> int:
        to = messages[0].to[0]
        if to.startswith("c1@"):
            raise smtplib.SMTPRecipientsRefused({to: (550, b"No such user")})
        if to.startswith("c2@"):
            raise smtplib.SMTPServerDisconnected("gone")
        if to.startswith("c4@"):
            raise smtplib.SMTPDataError(554, b"Looks like spam")
        if to.startswith("c5@"):
            raise smtplib.SMTPRecipientsRefused({to: (450, b"Try later")})
        return super().send_messages(messages)


def test_an_address_that_the_mail_server_refuses_is_marked(secretary: Client, settings: Any) -> None:
    settings.EMAIL_BACKEND = f"{__name__}.FailingServer"
    first = a_correspondent(1)
    a_correspondent(3)
    mailing = sent_letter(secretary)
    stop = MailStop.objects.get()
    assert (stop.address, stop.why, stop.detail) == (hidden_address("c1@example.org"), "bounced", "550 No such user")
    assert sorted(mailing.lines.values_list("status", flat=True)) == ["refused", "sent"]
    assert "Mail comes back" in secretary.get("/work/address-book/").content.decode()
    page = f"/work/address-book/{first.code}/"
    assert f'<a href="{page}">{first.name}</a>' in secretary.get(f"/work/mailings/{mailing.code}/").content.decode()
    assert "550 No such user" in secretary.get(page).content.decode()
    secretary.post(f"/work/address-book/{first.code}/mail/", {"do": "resume"})
    assert MailStop.objects.count() == 0


def test_letters_wait_while_the_mail_server_does_not_answer(secretary: Client, settings: Any) -> None:
    settings.EMAIL_BACKEND = f"{__name__}.FailingServer"
    a_correspondent(2)
    mailing = sent_letter(secretary)
    assert list(mailing.lines.values_list("status", flat=True)) == ["waiting"]
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    send_mailing.call(mailing.pk)
    assert list(mailing.lines.values_list("status", flat=True)) == ["sent"]


def test_a_letter_that_is_refused_keeps_nobody_behind_it_waiting(secretary: Client, settings: Any) -> None:
    settings.EMAIL_BACKEND = f"{__name__}.FailingServer"
    for number in (4, 5, 6):
        a_correspondent(number)
    mailing = sent_letter(secretary)
    said = [(line.email[:2], line.status, line.detail) for line in mailing.lines.order_by("email")]
    assert said == [("c4", "refused", "554 Looks like spam"), ("c5", "waiting", "450 Try later"), ("c6", "sent", "")]
    assert MailStop.objects.count() == 0  # nothing is wrong with the addresses
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    send_mailing.call(mailing.pk)
    assert mailing.lines.get(email__startswith="c5").status == "sent"


def test_letters_that_could_not_be_sent_for_three_days_are_given_up_and_the_report_says_so(
    secretary: Client, settings: Any
) -> None:
    settings.EMAIL_BACKEND = f"{__name__}.FailingServer"
    a_correspondent(2)
    mailing = sent_letter(secretary)
    Mailing.objects.update(begun_at=timezone.now() - timedelta(days=3, minutes=1))
    go_on_with_mailings.call()
    page = secretary.get(f"/work/mailings/{mailing.code}/").content.decode()
    assert "Not sent: tried for three days" in page
    assert "Look again" not in page


def test_a_letter_that_was_begun_when_the_power_failed_is_not_sent_twice(secretary: Client) -> None:
    a_correspondent(1)
    mailing = sent_letter(secretary)
    mailing.lines.update(status=MailingLine.Status.BEGUN)
    mail.outbox.clear()
    send_mailing.call(mailing.pk)
    assert mail.outbox == []
    assert "Perhaps sent" in secretary.get(f"/work/mailings/{mailing.code}/").content.decode()
