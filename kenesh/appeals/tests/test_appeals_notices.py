"""There is news: one message by e-mail that says nothing of anybody, to an address that the office never sees."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.conf import settings as node
from django.core import mail
from django.db import connection
from django.test import Client
from django.utils import timezone

from kenesh.appeals import actions, opening, wording
from kenesh.appeals.forms import steps
from kenesh.appeals.models import Appeal, Notice
from kenesh.appeals.tasks import send_notice, send_waiting_notices
from kenesh.cast import PASSWORD
from kenesh.kernel import trail
from kenesh.people import sign_in
from kenesh.people.keyring import Keyring

pytestmark = pytest.mark.django_db

ADDRESS = "gulnara.a@example.org"
FORM = {
    "": {"theme": "pay", "danger": "no", "story": "Айлык"},
    "where/": {"citizenship": "KG", "where_country": "RU"},
    "who/": {"for_whom": "self"},
    "answer/": {"answer_how": "code", "consents": ["a", "d"]},
}


@pytest.fixture(autouse=True)
def _mail_server(settings: Any) -> None:
    settings.MAIL_IS_SENT = True
    settings.NOTICE_FROM = "news@example.org"


def filed(address: str = ADDRESS) -> Client:
    client = Client()
    for page, answers in FORM.items():
        sent = {**answers, **({"notice_email": address} if page == "answer/" else {})}
        assert client.post(f"/ky/appeal/{page}", sent).status_code == 302
    assert client.post("/ky/appeal/send/").status_code == 200
    return client


@pytest.fixture
def person(aigul: Any) -> Client:
    """Somebody who has come back with her receipt, and left no address."""
    page = filed("").get("/ky/appeal/receipt/").content.decode()
    digits = "".join(letter for letter in page.partition("<output>")[2].partition("</output>")[0] if letter.isdecimal())
    client = Client()
    client.post("/ky/appeal/status/", {"receipt": digits})
    return client


def keyring(user: Any) -> Keyring:
    return Keyring(user, sign_in.check(user.email, PASSWORD).secret)


def answers(aigul: Any, text: str = "Жооп") -> None:
    import uuid

    appeal = Appeal.objects.get()
    actions.answer_person(keyring=keyring(aigul), appeal=appeal, text=text, request_key=uuid.uuid4())


def send_all() -> None:
    for uid in Notice.objects.filter(due=True).values_list("uid", flat=True):
        send_notice.call(str(uid))


def test_news_sends_one_message_that_names_nobody_and_then_the_address_is_gone(aigul: Any) -> None:
    filed()
    send_all()
    assert (len(mail.outbox), Notice.objects.get().due) == (0, False)  # that it has arrived is no news
    answers(aigul)
    send_all()
    (message,) = mail.outbox
    assert (message.to, message.from_email, message.subject.strip(), message.cc, message.bcc) == (
        [ADDRESS], "news@example.org", message.subject, [], [],
    )  # fmt: skip
    text = message.message().as_string()
    for hidden in (Appeal.objects.get().code, Appeal.objects.get().office.code, node.NODE_NAME, node.ADDRESS, "http"):
        assert hidden not in text
    assert message.extra_headers["Message-ID"].endswith("@example.org>")
    assert not Notice.objects.exists()
    answers(aigul, "Дагы")
    send_all()
    assert len(mail.outbox) == 1


def test_a_task_that_runs_twice_sends_once(aigul: Any) -> None:
    filed()
    answers(aigul)
    uid = str(Notice.objects.get().uid)
    send_notice.call(uid)
    send_notice.call(uid)
    assert len(mail.outbox) == 1


def test_the_office_sees_that_a_notice_will_go_and_never_where_to(aigul: Any, signed_in: Any) -> None:
    filed()
    appeal = Appeal.objects.get()
    assert "notice_email" not in opening.open_for_office(appeal, keyring(aigul)).answers()
    page = signed_in(aigul).get(f"/work/appeals/{appeal.code}/").content.decode()
    assert ADDRESS not in page
    answers(aigul)
    send_all()
    assert page != signed_in(aigul).get(f"/work/appeals/{appeal.code}/").content.decode()


def test_no_table_holds_the_address_in_the_clear(aigul: Any) -> None:
    client = filed()
    answers(aigul)
    with connection.cursor() as cursor:
        for table in set(connection.introspection.table_names(cursor)) - {
            "search_words"
        }:  # which SQLite cannot list; its pieces are tables, too
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            held = [bytes(value) if isinstance(value, memoryview) else value for row in cursor.fetchall() for value in row]
            assert ADDRESS not in repr(held)
    assert client.get("/ky/appeal/receipt/").status_code == 200


def test_she_leaves_an_address_later_and_takes_it_back(person: Client, aigul: Any) -> None:
    assert person.post("/ky/appeal/status/notice/", {"address": ADDRESS}).status_code == 302
    page = person.get("/ky/appeal/status/notice/").content.decode()
    assert (ADDRESS in page, 'name="forget"' in page) == (False, True)
    assert person.post("/ky/appeal/status/notice/", {"forget": "1"}).status_code == 302
    answers(aigul)
    assert not Notice.objects.exists()
    assert trail.verify() == []


def test_a_second_address_stands_in_the_place_of_the_first(person: Client, aigul: Any) -> None:
    person.post("/ky/appeal/status/notice/", {"address": "first@example.org"})
    person.post("/ky/appeal/status/notice/", {"address": ADDRESS})
    answers(aigul)
    send_all()
    assert [message.to for message in mail.outbox] == [[ADDRESS]]


@pytest.mark.parametrize("address", ["a@example.org\nBcc: b@example.org", "a@example.org, b@example.org", "a b@example.org", "a"])
def test_no_header_comes_in_with_an_address(person: Client, aigul: Any, address: str) -> None:
    answer = person.post("/ky/appeal/status/notice/", {"address": address})
    assert (answer.status_code, Notice.objects.count()) == (422, 0)
    client = Client()
    for page in ("", "where/", "who/"):
        client.post(f"/ky/appeal/{page}", FORM[page])
    kept = client.post("/ky/appeal/answer/", {**FORM["answer/"], "may_pick_up": "эжем", "notice_email": address})
    assert (kept.status_code, 'value="эжем"' in kept.content.decode()) == (422, True)


def test_without_a_mail_server_nothing_is_offered(person: Client, settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.MAIL_IS_SENT = False
    monkeypatch.setattr("kenesh.kernel.kept._kept", {})  # pages and questions that were kept while there was one
    steps._empty.cache_clear()
    wording._questions.cache_clear()
    assert person.get("/ky/appeal/status/notice/").status_code == 404
    assert "status/notice" not in person.get("/ky/appeal/status/open/").content.decode()
    client = filed("")
    assert "notice_email" not in client.get("/ky/appeal/answer/").content.decode()
    steps._empty.cache_clear()
    wording._questions.cache_clear()


def test_whoever_erases_gets_no_message(aigul: Any, person: Client) -> None:
    person.post("/ky/appeal/status/notice/", {"address": ADDRESS})
    person.post("/ky/appeal/status/erase/", {})
    assert not Notice.objects.exists()
    person.post("/ky/appeal/status/notice/", {"address": ADDRESS})
    assert not Notice.objects.exists()


def test_what_could_not_be_sent_is_tried_again_and_given_up_in_the_end(aigul: Any, settings: Any) -> None:
    filed()
    answers(aigul)
    uid = Notice.objects.get().uid
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1  # nobody listens there
    with pytest.raises(ConnectionRefusedError):
        send_notice.call(str(uid))
    send_notice.call(str(uid))  # another worker has it in hand, as far as anybody knows
    assert Notice.objects.get().tries == 1
    assert list(actions.waiting_notices(now=timezone.now())) == []
    assert [row.uid for row in actions.waiting_notices(now=timezone.now() + timedelta(hours=1))] == [uid]
    Notice.objects.update(tries=6)
    send_waiting_notices.call()
    assert not Notice.objects.exists()
