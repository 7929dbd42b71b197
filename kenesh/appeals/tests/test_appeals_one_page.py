"""All questions on one page: the same appeal, the same receipt, in two round trips less for each page that is not asked for."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.conf import settings
from django.test import Client

from kenesh.appeals import drafts
from kenesh.appeals.models import Appeal, Draft
from kenesh.appeals.tests.test_appeals_filing import ANSWER, STORY, WHAT, WHERE, WHO, come_back, digits_in, digits_on

pytestmark = pytest.mark.django_db

EVERYTHING: dict[str, Any] = {**WHAT, **WHERE, **WHO, **ANSWER}
FORM = "/ky/appeal/all/"


def text_of(client: Client, address: str) -> str:
    return client.get(address).content.decode()


def fill(client: Client, **changes: Any) -> str:
    """Sends the form and gives the page with all answers."""
    page = client.post(FORM, {**EVERYTHING, **changes})
    text = page.content.decode()
    assert (page.status_code, page.headers["Cache-Control"]) == (200, "no-store")
    assert 'action="/ky/appeal/send/"' in text
    return text


def file(client: Client, **changes: Any) -> str:
    fill(client, **changes)
    digits = digits_in(client.post("/ky/appeal/send/"))
    assert digits_on(client) == digits
    return digits


def test_one_page_a_look_at_the_answers_and_the_receipt(aigul: Any) -> None:
    client = Client()
    assert client.get(FORM).status_code == 200
    for check in (fill(client), text_of(client, "/ky/appeal/check/")):
        assert [words in check for words in (STORY, "Челябинск", "ООО Сапсан")] == [True, True, True]
    assert len(digits_in(client.post("/ky/appeal/send/"))) == 20
    appeal = Appeal.objects.get()
    assert (appeal.theme, appeal.origin, appeal.destination, appeal.status) == ("pay", "KG", "RU", "new")


def test_what_was_answered_on_one_page_comes_back_with_the_receipt(aigul: Any) -> None:
    story = text_of(come_back(file(Client())), "/ky/appeal/status/story/")
    assert [words in story for words in (STORY, "Челябинск", "ООО Сапсан")] == [True, True, True]


def test_each_way_leads_to_the_other(aigul: Any) -> None:
    assert 'href="/ky/appeal/all/"' in text_of(Client(), "/ky/appeal/")
    assert 'href="/ky/appeal/"' in text_of(Client(), FORM)


def test_only_what_happened_and_the_consent_must_be_answered(aigul: Any) -> None:
    assert Client().post(FORM, {"theme": "pay", "consents": ["a"]}).status_code == 200
    refused = Client().post(FORM, {"consents": ["a"]})
    assert (refused.status_code, Draft.objects.count()) == (422, 1)
    assert Client().post(FORM, {"theme": "pay"}).status_code == 422


def test_a_mistake_keeps_every_answer_and_is_named_above(aigul: Any) -> None:
    page = Client().post(FORM, {**EVERYTHING, "for_whom": "group", "group_size": "двенадцать"})
    text = page.content.decode()
    assert page.status_code == 422
    assert [kept in text for kept in ("двенадцать", STORY, "Челябинск", "ООО Сапсан")] == [True] * 4
    assert re.findall(r'role="alert".*?href="#(\w+)"', text, re.DOTALL) == ["id_group_size"]
    chosen = re.findall(r'name="(theme|danger|papers|culprit|for_whom|sex|age)" value="([\w-]+)"[^>]* checked', text)
    assert dict(chosen) == {
        "theme": "pay", "danger": "no", "papers": "eaeu", "culprit": "employer", "for_whom": "group", "sex": "male", "age": "30-44"
    }  # fmt: skip


def test_who_has_to_wait_finds_every_answer_in_the_page_that_asks_for_it(aigul: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(drafts, "MOST_OPEN", 0)
    client = Client()
    page = client.post(FORM, EVERYTHING)
    assert (page.status_code, page.headers["Retry-After"]) == (503, "5")
    kept: dict[str, list[str]] = {}
    for name, value in re.findall(r'<textarea hidden name="(\w+)">(.*?)</textarea>', page.content.decode(), re.DOTALL):
        kept.setdefault(name, []).append(value)
    monkeypatch.undo()
    assert STORY in client.post(FORM, kept).content.decode()
    client.post("/ky/appeal/send/")
    assert STORY in text_of(come_back(digits_on(client)), "/ky/appeal/status/story/")


def test_danger_shows_whom_to_call_before_sending_and_is_urgent(aigul: Any) -> None:
    client = Client()
    client.post(FORM, {"danger": "yes", "danger_where": "Копейск", "citizenship": "KG", "culprit": "employer", "consents": ["a"]})
    check = text_of(client, "/ky/appeal/check/")
    assert check.index("112") < check.index("Копейск")
    assert check.count("Копейск") == 1
    client.post("/ky/appeal/send/")
    appeal = Appeal.objects.get()
    assert (appeal.status, appeal.due_on, appeal.origin) == ("urgent", appeal.arrived_on, "KG")


def test_what_danger_asks_stands_in_the_page_for_a_browser_without_scripts(aigul: Any) -> None:
    page = text_of(Client(), FORM)
    assert page.index('name="danger"') < page.index("112 ") < page.index('name="danger_where"') < page.index('name="theme"')


def test_a_group_in_danger_is_shown_as_a_group(aigul: Any) -> None:
    client = Client()
    client.post(FORM, {"danger": "yes", "for_whom": "group", "group_size": "12", "consents": ["a"]})
    check = text_of(client, "/ky/appeal/check/")
    assert ">group<" not in check
    assert ">12<" in check


def test_a_change_of_one_page_leads_back_to_all_answers(aigul: Any) -> None:
    client = Client()
    client.post(FORM, EVERYTHING)
    assert 'href="/ky/appeal/where/"' in text_of(client, "/ky/appeal/check/")
    changed = client.post("/ky/appeal/where/", {**WHERE, "where_place": "Магнитогорск"})
    assert changed.headers["Location"] == "/ky/appeal/check/"
    check = text_of(client, "/ky/appeal/check/")
    assert ("Магнитогорск" in check, "Челябинск" in check, STORY in check) == (True, False, True)


def test_the_page_itself_can_be_opened_again_with_its_answers(aigul: Any) -> None:
    client = Client()
    client.post(FORM, EVERYTHING)
    assert STORY in text_of(client, FORM)
    assert STORY not in text_of(Client(), FORM)


def test_sent_twice_it_shows_the_same_receipt(aigul: Any) -> None:
    client = Client()
    first = file(client)
    assert file(client) == first
    assert Appeal.objects.count() == 1


def test_the_form_sent_again_after_a_lost_answer_files_once(aigul: Any) -> None:
    """The answer to the form never reached her: her browser sends it again with the cookie that it had."""
    client = Client()
    client.post(FORM, EVERYTHING)
    client.cookies.clear()
    file(client)
    assert Appeal.objects.count() == 1


def test_the_next_person_at_the_phone_sees_an_empty_page_and_files_an_appeal_of_her_own(aigul: Any) -> None:
    client = Client()
    first = file(client)
    assert STORY not in text_of(client, FORM)
    assert file(client, story="Башка киши, башка окуя") != first
    assert Appeal.objects.count() == 2


def test_the_form_reloaded_before_sending_shows_the_same_answers_and_files_once(aigul: Any) -> None:
    client = Client()
    assert [STORY in fill(client) for _ in range(3)] == [True] * 3
    assert digits_in(client.post("/ky/appeal/send/")) == digits_in(client.post("/ky/appeal/send/"))
    assert Appeal.objects.count() == 1


def test_the_answer_to_the_form_names_the_check_pages_own_address(aigul: Any) -> None:
    client = Client()
    sent = fill(client)
    assert 'data-address="/ky/appeal/check/"' in sent
    assert 'href="/ru/appeal/check/"' in sent
    assert "data-address" not in text_of(client, "/ky/appeal/check/")


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_reloading_and_going_back_in_a_browser_send_nothing_again(open_page: Any, live_server: Any, aigul: Any) -> None:
    page = open_page(width=360)
    sent: list[str] = []
    page.on("request", lambda request: sent.append(request.url.partition("/ky/")[2]) if request.method == "POST" else None)
    page.goto(f"{live_server.url.replace('127.0.0.1', 'localhost')}{FORM}")
    page.locator('[name="theme"][value="pay"]').check(force=True)
    page.locator("main form button").last.click()
    page.wait_for_url("**/appeal/check/")
    page.reload()
    page.locator('form[action$="/appeal/send/"] button').click()
    page.wait_for_url("**/appeal/receipt/")
    digits = page.locator("output").inner_text()
    page.reload()
    assert page.locator("output").inner_text() == digits
    page.go_back()
    assert page.locator('form[action$="/appeal/send/"]').count() == 1
    assert sent == ["appeal/all/", "appeal/send/"]


def test_after_the_receipt_the_browsers_history_cannot_send_the_form_again(aigul: Any) -> None:
    client = Client(enforce_csrf_checks=True)

    def token_on(page: str) -> str:
        return re.findall(r'name="csrfmiddlewaretoken" value="(\w+)"', page)[0]

    in_history = {**EVERYTHING, "csrfmiddlewaretoken": token_on(text_of(client, FORM))}
    assert client.post(FORM, in_history).status_code == 200
    client.post("/ky/appeal/send/", in_history)
    assert client.post("/ky/appeal/written/", in_history).status_code == 302
    again = client.post(FORM, in_history)
    assert (again.status_code, STORY in again.content.decode(), Draft.objects.count()) == (403, False, 0)


def test_files_can_be_added_on_the_page_that_shows_the_answers(aigul: Any) -> None:
    client = Client()
    client.post(FORM, EVERYTHING)
    assert 'href="/ky/appeal/files/"' in text_of(client, "/ky/appeal/check/")
    assert client.get("/ky/appeal/files/").status_code == 200


def test_a_whole_form_lives_as_long_as_one_that_was_filled_in_page_by_page(aigul: Any) -> None:
    client = Client()
    client.post(FORM, EVERYTHING)
    assert Draft.objects.get().begun is True


def test_an_empty_page_carries_each_readers_own_token(aigul: Any) -> None:
    tokens = set()
    for _ in range(2):
        client = Client(enforce_csrf_checks=True)
        found = re.findall(r'name="csrfmiddlewaretoken" value="(\w+)"', text_of(client, FORM))
        check = client.post(FORM, {**EVERYTHING, "csrfmiddlewaretoken": found[0]})
        assert check.status_code == 200
        found += re.findall(r'name="csrfmiddlewaretoken" value="(\w+)"', check.content.decode())
        assert client.post("/ky/appeal/send/", {"csrfmiddlewaretoken": found[1]}).status_code == 200
        tokens.add((*found, client.cookies[settings.CSRF_COOKIE_NAME].value))
    assert len(tokens) == 2


def test_a_new_name_of_an_office_is_on_the_page_at_once(aigul: Any, office: Any) -> None:
    assert "Жаңы борбор" not in text_of(Client(), FORM)
    office.name = {"ky": "Жаңы борбор", "ru": "Новый центр", "en": "New centre"}
    office.save()
    assert "Жаңы борбор" in text_of(Client(), FORM)


def test_a_message_stands_on_the_page_of_whom_it_is_for_alone(aigul: Any) -> None:
    lost = Client()
    page = lost.get("/ky/appeal/check/", follow=True).content.decode()
    assert 'data-tone="warn"' in page
    assert 'data-tone="warn"' not in text_of(Client(), "/ky/appeal/")


def test_without_an_office_the_page_says_so(db: None) -> None:
    assert Client().get(FORM).status_code == 503
