"""The way of an official: link, code, answer, check, sent."""

from __future__ import annotations

import html
import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.conf import settings as node
from django.core import mail
from django.test import Client
from django.utils import timezone

from kenesh.followup import actions
from kenesh.followup.actions.answering import CODES_AN_HOUR, TRIES
from kenesh.followup.models import Action, Addressee, AnswerCode, AnswerLink, AnswerSession, Evidence, Recommendation, Response
from kenesh.kernel.models import TrailEntry
from kenesh.people.models import User

ANSWER = {
    "answer": "partly",
    "text": "We accept the register, but not the deadline.",
    "plan": "A decree is drafted.",
    "promised_by": "2027-03-01",
    "done": "A working group was founded.",
    "done_on": "2026-01-15",
    "evidence_url": "https://example.org/order-12",
    "evidence_text": "Order No. 12",
}


@pytest.fixture
def token(addressee: Addressee, chynara: User) -> str:
    return actions.issue_answer_link(addressee=addressee, by=chynara)


@pytest.fixture
def official() -> Client:
    return Client(enforce_csrf_checks=False)


def sent_code() -> str:
    found = re.search(r"(\d{4}) (\d{4})", mail.outbox[-1].body)
    assert found
    return "".join(found.groups())


def wrong_code() -> str:
    return f"{(int(sent_code()) + 1) % 10**8:08d}"


def enter(official: Client, token: str) -> None:
    official.post(f"/en/answer/{token}/")
    official.post("/en/answer/code/", {"code": sent_code()})


def send(official: Client, **changes: str) -> str:
    """Writes, checks and sends an answer; gives the address at which the official ends."""
    official.post("/en/answer/form/", ANSWER | changes)
    page = official.get("/en/answer/check/").content.decode()
    return official.post("/en/answer/check/", fields_of(page)).headers["Location"]


def fields_of(page: str) -> dict[str, str]:
    """What the hidden fields of a page send."""
    return {name: html.unescape(value) for name, value in re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', page)}


def test_an_official_answers_without_an_account_or_training(official: Client, token: str, addressee: Addressee) -> None:
    door = official.get(f"/en/answer/{token}/")
    assert "Send me a code" in door.content.decode()
    after = official.post(f"/en/answer/{token}/")
    assert after.headers["Location"] == "/en/answer/code/"
    assert mail.outbox[-1].to == ["davron@ministry.example"]
    opened = official.post("/en/answer/code/", {"code": f" {sent_code()[:4]} {sent_code()[4:]} "})
    assert opened.headers["Location"] == "/en/answer/form/"
    assert "Keep a public register" in official.get("/en/answer/form/").content.decode()
    assert send(official) == "/en/answer/sent/"
    response = Response.objects.get()
    sent = official.get("/en/answer/sent/").content.decode()
    assert response.code in sent
    assert (response.kind, response.stance, response.text, response.plan) == (
        "substantive",
        "partly",
        ANSWER["text"],
        ANSWER["plan"],
    )
    assert (str(response.promised_by), response.by_link, response.is_public) == ("2027-03-01", True, False)
    assert Action.objects.get().text == "A working group was founded."
    assert (Evidence.objects.get().url, Evidence.objects.get().text) == ("https://example.org/order-12", "Order No. 12")
    addressee.recommendation.refresh_from_db()
    assert addressee.recommendation.stage == "answered"


def test_every_page_of_the_way_leaves_no_trace(official: Client, token: str) -> None:
    enter(official, token)
    pages = [f"/en/answer/{token}/", "/en/answer/code/", "/en/answer/form/", "/en/answer/check/", "/en/answer/wrong-token/"]
    for page in pages:
        answer = official.get(page)
        assert (answer.headers["Referrer-Policy"], answer.headers["Cache-Control"]) == ("no-referrer", "no-store")


def test_opening_the_link_changes_nothing(official: Client, token: str) -> None:
    entries = TrailEntry.objects.count()
    for _ in range(3):
        assert official.get(f"/en/answer/{token}/").status_code == 200
    assert (AnswerSession.objects.count(), AnswerCode.objects.count(), TrailEntry.objects.count()) == (0, 0, entries)
    assert node.ANSWER_COOKIE_NAME not in official.cookies
    assert mail.outbox == []


def test_the_link_alone_does_not_show_what_is_asked(official: Client, token: str) -> None:
    assert "public register" not in official.get(f"/en/answer/{token}/").content.decode()
    official.post(f"/en/answer/{token}/")
    assert "public register" not in official.get("/en/answer/code/").content.decode()
    assert official.get("/en/answer/form/").headers["Location"] == "/en/answer/code/"


def test_the_letter_with_the_code_says_nothing_of_the_recommendation_but_its_code(
    official: Client, token: str, recommendation: Recommendation
) -> None:
    official.post(f"/en/answer/{token}/")
    letter = mail.outbox[-1].subject + mail.outbox[-1].body
    assert recommendation.code in letter
    assert "register" not in letter
    assert token not in letter


def test_neither_token_nor_code_nor_cookie_is_stored_as_it_is(official: Client, token: str) -> None:
    enter(official, token)
    link, code, session = AnswerLink.objects.get(), AnswerCode.objects.get(), AnswerSession.objects.get()
    cookie = official.cookies[node.ANSWER_COOKIE_NAME].value
    stored = bytes(link.token_hash) + bytes(code.code_hash) + bytes(session.cookie_id)
    assert [secret in stored for secret in (token.encode(), sent_code().encode(), bytes.fromhex(cookie))] == [False] * 3


def test_the_token_has_128_bits_and_stands_in_no_later_address(official: Client, token: str) -> None:
    assert len(token) == 22  # 16 bytes in base 64
    places = [official.post(f"/en/answer/{token}/").headers["Location"]]
    places.append(official.post("/en/answer/code/", {"code": sent_code()}).headers["Location"])
    places.append(send(official))
    assert [urlsplit(place).path for place in places] == ["/en/answer/code/", "/en/answer/form/", "/en/answer/sent/"]


def test_the_cookie_is_for_the_browser_alone(official: Client, token: str) -> None:
    official.post(f"/en/answer/{token}/")
    cookie = official.cookies[node.ANSWER_COOKIE_NAME]
    assert (cookie["httponly"], cookie["samesite"]) == (True, "Strict")


def test_the_cookie_changes_when_the_code_opens_the_session(official: Client, token: str) -> None:
    official.post(f"/en/answer/{token}/")
    before = official.cookies[node.ANSWER_COOKIE_NAME].value
    official.post("/en/answer/code/", {"code": sent_code()})
    assert official.cookies[node.ANSWER_COOKIE_NAME].value != before
    stranger = Client()
    stranger.cookies[node.ANSWER_COOKIE_NAME] = before
    assert stranger.get("/en/answer/form/").status_code == 404


def test_wrong_expired_and_revoked_links_answer_alike(official: Client, addressee: Addressee, chynara: User) -> None:
    revoked = actions.issue_answer_link(addressee=addressee, by=chynara)
    actions.revoke_link(link=AnswerLink.objects.get(), by=chynara)
    expired = actions.issue_answer_link(addressee=addressee, by=chynara, revoke_earlier=False)
    AnswerLink.objects.filter(revoked_at__isnull=True).update(expires_at=timezone.now() - timedelta(seconds=1))

    def body(token: str) -> tuple[int, str]:
        answer = official.get(f"/en/answer/{token}/")
        return answer.status_code, answer.content.decode().replace(token, "TOKEN")

    answers = [body(token) for token in (revoked, expired, "AAAAAAAAAAAAAAAAAAAAAA", "cut-off")]
    assert answers == [answers[0]] * 4
    assert answers[0][0] == 404
    assert "ask for a new link" in answers[0][1]
    assert official.post(f"/en/answer/{revoked}/").status_code == 404
    assert mail.outbox == []


def test_a_revoked_link_ends_an_open_session(official: Client, token: str, chynara: User) -> None:
    enter(official, token)
    actions.revoke_link(link=AnswerLink.objects.get(), by=chynara)
    assert official.get("/en/answer/form/").status_code == 404


def test_a_new_link_ends_the_earlier_ones_unless_wished_otherwise(addressee: Addressee, chynara: User, official: Client) -> None:
    first = actions.issue_answer_link(addressee=addressee, by=chynara)
    second = actions.issue_answer_link(addressee=addressee, by=chynara, revoke_earlier=False)
    assert [official.get(f"/en/answer/{token}/").status_code for token in (first, second)] == [200, 200]
    third = actions.issue_answer_link(addressee=addressee, by=chynara)
    assert [official.get(f"/en/answer/{token}/").status_code for token in (first, second, third)] == [404, 404, 200]


def test_a_code_cannot_be_guessed_more_than_five_times(official: Client, token: str) -> None:
    official.post(f"/en/answer/{token}/")
    for _ in range(TRIES):
        assert official.post("/en/answer/code/", {"code": wrong_code()}).status_code == 200
    answer = official.post("/en/answer/code/", {"code": sent_code()})
    assert (answer.status_code, AnswerCode.objects.get().tries) == (200, TRIES)
    assert "does not work any more" in answer.content.decode()
    assert official.get("/en/answer/form/").headers["Location"] == "/en/answer/code/"


def test_at_most_five_codes_an_hour_are_sent_for_a_link(official: Client, token: str) -> None:
    for _ in range(CODES_AN_HOUR + 3):
        official.post(f"/en/answer/{token}/")
    assert len(mail.outbox) == CODES_AN_HOUR
    assert "Too many codes" in official.get("/en/answer/code/").content.decode()
    assert official.post("/en/answer/code/", {"code": sent_code()}).headers["Location"] == "/en/answer/form/"


def test_a_code_opens_once_and_only_for_ten_minutes(official: Client, token: str) -> None:
    enter(official, token)
    assert "does not work any more" in official.post("/en/answer/code/", {"code": sent_code()}).content.decode()
    official.post("/en/answer/code/", {"again": "yes"})
    AnswerCode.objects.update(expires_at=timezone.now())
    assert "does not work any more" in official.post("/en/answer/code/", {"code": sent_code()}).content.decode()


def test_a_second_answer_does_not_overwrite_the_first(official: Client, token: str) -> None:
    enter(official, token)
    send(official)
    send(official, answer="accepted", text="Now we accept all of it.")
    assert list(Response.objects.order_by("id").values_list("stance", flat=True)) == ["partly", "accepted"]
    assert Response.objects.order_by("id")[0].text == ANSWER["text"]


def test_pressing_send_twice_stores_one_answer(official: Client, token: str) -> None:
    enter(official, token)
    official.post("/en/answer/form/", ANSWER)
    fields = fields_of(official.get("/en/answer/check/").content.decode())
    places = [official.post("/en/answer/check/", fields).headers["Location"] for _ in range(2)]
    assert (places, Response.objects.count()) == (["/en/answer/sent/"] * 2, 1)


def test_a_window_sends_only_the_answer_that_it_shows(
    official: Client, token: str, recommend: Callable[..., Recommendation], chynara: User
) -> None:
    enter(official, token)
    first_form = fields_of(official.get("/en/answer/form/").content.decode())
    official.post("/en/answer/form/", ANSWER | first_form)
    first_check = fields_of(official.get("/en/answer/check/").content.decode())
    colleague = fields_of(official.get("/en/answer/colleague/").content.decode())
    enter(official, actions.issue_answer_link(addressee=recommend("Another one").addressees.get(), by=chynara))
    official.post("/en/answer/form/", ANSWER | {"answer": "rejected", "text": "No."})
    doors = {"form": ANSWER | first_form, "check": first_check, "colleague": colleague | {"mailbox": "aibek@ministry.example"}}
    answers = [official.post(f"/en/answer/{door}/", sent) for door, sent in doors.items()]
    said = [(one.status_code, "Another letter is open" in one.content.decode()) for one in answers]
    kept = [ANSWER["text"] in one.content.decode() for one in answers]
    assert (said, kept, Response.objects.count()) == ([(409, True)] * 3, [True, True, False], 0)
    second = fields_of(official.get("/en/answer/check/").content.decode())
    official.post("/en/answer/form/", ANSWER | {"answer": "rejected", "text": "Never."})
    changed = official.post("/en/answer/check/", second).content.decode()
    assert ("changed in another window" in changed, "<dd>No.</dd>" in changed, Response.objects.count()) == (True, True, 0)
    official.post("/en/answer/check/", fields_of(official.get("/en/answer/check/").content.decode()))
    assert Response.objects.get().text == "Never."


def test_nothing_written_is_lost_on_an_error(official: Client, token: str) -> None:
    enter(official, token)
    page = official.post("/en/answer/form/", ANSWER | {"answer": "", "promised_by": "soon"}).content.decode()
    assert ANSWER["text"] in page
    assert 'value="soon"' in page
    assert "Choose one answer." in page


def test_a_long_answer_that_is_pasted_is_not_cut(official: Client, token: str) -> None:
    enter(official, token)
    shown = official.get("/en/answer/form/").content.decode()
    assert (re.findall(r"<textarea[^>]* maxlength", shown), shown.count("At most 10000 characters.")) == ([], 1)
    pasted = official.post("/en/answer/form/", ANSWER | {"text": "a" * 12_000}).content.decode()
    assert ("This text is too long." in pasted, "a" * 12_000 in pasted) == (True, True)


def test_the_language_of_the_form_changes_without_loss(official: Client, token: str) -> None:
    enter(official, token)
    door = re.search(
        r'form="answer" formaction="([^"]*)" name="language" value="ru"', official.get("/en/answer/form/").content.decode()
    )
    assert door
    turned = official.post(door[1], {"text": ANSWER["text"], "promised_by": "soon", "language": "ru"}, follow=True)
    page = turned.content.decode()
    assert [
        turned.redirect_chain,
        ANSWER["text"] in page,
        'value="soon"' in page,
        'lang="ru"' in page,
        'data-tone="bad"' in page,
    ] == [
        [("/ru/answer/form/", 302)],
        True,
        True,
        True,
        False,
    ]


def test_what_was_written_survives_the_end_of_the_open_time(official: Client, token: str) -> None:
    enter(official, token)
    AnswerSession.objects.update(open_until=timezone.now())
    assert official.post("/en/answer/form/", ANSWER).headers["Location"] == "/en/answer/code/"
    assert "What you wrote is kept" in official.get("/en/answer/code/").content.decode()
    official.post("/en/answer/code/", {"again": "yes"})
    official.post("/en/answer/code/", {"code": sent_code()})
    assert ANSWER["text"] in official.get("/en/answer/form/").content.decode()


def test_an_unsent_answer_is_sealed(official: Client, token: str) -> None:
    enter(official, token)
    official.post("/en/answer/form/", ANSWER)
    assert b"register" not in bytes(AnswerSession.objects.get().sealed_draft or b"")


def test_what_was_written_with_a_dead_session_is_shown_to_be_copied(official: Client, addressee: Addressee) -> None:
    answer = official.post("/en/answer/form/", ANSWER)
    assert (answer.status_code, ANSWER["text"] in answer.content.decode()) == (404, True)
    assert Response.objects.count() == 0


def test_needing_more_time_is_no_answer_but_says_until_when(official: Client, token: str, addressee: Addressee) -> None:
    enter(official, token)
    page = official.post("/en/answer/form/", {"answer": "holding", "text": "We ask the government."}).content.decode()
    assert "Write by which day you will answer." in page
    send(official, answer="holding", promised_by=(timezone.localdate() + timedelta(days=30)).isoformat())
    addressee.recommendation.refresh_from_db()
    assert (Response.objects.get().kind, Response.objects.get().stance, addressee.recommendation.stage) == (
        "holding",
        "",
        "waiting",
    )


def test_an_evidence_link_is_a_web_address(official: Client, token: str) -> None:
    enter(official, token)
    page = official.post("/en/answer/form/", ANSWER | {"evidence_url": "javascript:alert(1)"}).content.decode()
    assert "Write a link that begins with https://" in page


def test_an_organisation_without_a_mailbox_gets_no_code(official: Client, token: str, addressee: Addressee) -> None:
    addressee.organisation.mailbox = ""
    addressee.organisation.save()
    assert "We do not know your e-mail address" in official.get(f"/en/answer/{token}/").content.decode()
    with pytest.raises(actions.NoMailbox):
        actions.issue_answer_link(addressee=addressee, by=User.objects.get(name="Chynara"))


def test_a_form_from_a_page_without_referrer_passes_only_with_its_token(token: str) -> None:
    browser = Client(enforce_csrf_checks=True, headers={"origin": "null", "sec-fetch-site": "same-origin"})
    page = browser.get(f"/en/answer/{token}/").content.decode()
    field = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', page)
    assert field
    assert browser.post(f"/en/answer/{token}/").status_code == 403
    assert browser.post(f"/en/answer/{token}/", {"csrfmiddlewaretoken": field[1]}).status_code == 302
    foreign = {"origin": "null", "sec-fetch-site": "cross-site"}
    assert browser.post(f"/en/answer/{token}/", {"csrfmiddlewaretoken": field[1]}, headers=foreign).status_code == 403


def test_the_door_works_in_every_language(official: Client, token: str) -> None:
    assert [official.get(f"/{language}/answer/{token}/").status_code for language, _ in node.LANGUAGES] == [200] * 7


def test_the_trail_names_the_addressee_as_the_one_who_answered(official: Client, token: str, addressee: Addressee) -> None:
    enter(official, token)
    send(official)
    entries = list(TrailEntry.objects.filter(actor=addressee.target).order_by("number").values_list("verb", flat=True))
    assert entries == ["send_answer_code", "open_answer_session", "answer"]


def test_the_areas_above_are_told_of_an_answer(official: Client, token: str, addressee: Addressee) -> None:
    from kenesh.followup.signals import recommendation_answered

    told: list[tuple[str, str]] = []

    def listen(sender: object, recommendation: Recommendation, response: Response, by: str, **_: object) -> None:
        told.append((recommendation.code, by))

    recommendation_answered.connect(listen)
    try:
        enter(official, token)
        send(official)
    finally:
        recommendation_answered.disconnect(listen)
    assert told == [(addressee.recommendation.code, addressee.target)]


def test_the_pages_are_asked_for_a_code_again_after_half_an_hour(
    official: Client, token: str, recommend: Callable[..., Recommendation]
) -> None:
    enter(official, token)
    until = AnswerSession.objects.get().open_until
    assert until is not None
    assert timedelta(minutes=29) < until - timezone.now() <= timedelta(minutes=30)


def test_no_log_holds_the_token(token: str, settings: Any, caplog: pytest.LogCaptureFixture) -> None:
    browser = Client(enforce_csrf_checks=True)
    assert browser.post(f"/en/answer/{token}/").status_code == 403
    official = Client(raise_request_exception=False)
    settings.EMAIL_BACKEND = "kenesh.no_such_backend"
    assert official.post(f"/en/answer/{token}/").status_code == 500
    assert official.get(f"/en/answer/{token}x/").status_code == 404
    texts = [record.getMessage() for record in caplog.records]
    assert len(texts) >= 2
    assert [text for text in texts if token in text] == []
