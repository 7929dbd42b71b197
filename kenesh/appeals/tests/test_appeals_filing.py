"""Filing an appeal and coming back with the receipt, through the pages."""

from __future__ import annotations

import re
import secrets
from typing import Any

import pytest
from django.conf import settings
from django.test import Client

from kenesh.appeals import drafts
from kenesh.appeals.models import Appeal, Draft, Entry, OpenReceipt, Receipt

pytestmark = pytest.mark.django_db

STORY = "Бригадир Мурзакмат айлыгымды бербей жатат"
WHAT = {"theme": "pay", "danger": "no", "story": STORY}
WHERE = {
    "citizenship": "KG",
    "where_country": "RU",
    "where_place": "Челябинск",
    "now_country": "RU",
    "papers": "eaeu",
    "since": "март",
}
WHO = {"culprit": "employer", "culprit_name": "ООО Сапсан", "for_whom": "self", "sex": "male", "age": "30-44"}
ANSWER = {"answer_how": "code", "office": "", "consents": ["a", "d"]}


def fill(client: Client, **changes: dict[str, Any]) -> None:
    pages = {"": WHAT, "where/": WHERE, "who/": WHO, "answer/": ANSWER}
    for page, answers in pages.items():
        response = client.post(f"/ky/appeal/{page}", {**answers, **changes.get(page.strip("/") or "what", {})})
        assert response.status_code == 302, response.content.decode()


def digits_on(client: Client) -> str:
    return digits_in(client.get("/ky/appeal/receipt/"))


def digits_in(page: Any) -> str:
    """Those that an answer shows, which is the page with the receipt."""
    output = re.search(r"<output>(.*?)</output>", page.content.decode(), re.DOTALL)
    assert (page.status_code, output is not None) == (200, True)
    return re.sub(r"\D", "", re.sub(r"<[^>]+>", "", output.group(1))) if output else ""


def file(client: Client, **changes: dict[str, Any]) -> str:
    """Files an appeal and gives its 20 digits."""
    fill(client, **changes)
    digits = digits_in(client.post("/ky/appeal/send/"))
    assert digits_on(client) == digits
    return digits


def come_back(digits: str) -> Client:
    client = Client()
    assert client.post("/ky/appeal/status/", {"receipt": digits}).status_code == 302
    return client


def test_an_appeal_is_filed_without_an_account(aigul: Any) -> None:
    digits = file(Client())
    assert len(digits) == 20
    appeal = Appeal.objects.get()
    assert (appeal.theme, appeal.origin, appeal.destination, appeal.status) == ("pay", "KG", "RU", "new")


def test_the_receipt_opens_the_appeal_again(aigul: Any) -> None:
    page = come_back(file(Client())).get("/ky/appeal/status/open/")
    assert page.status_code == 200
    assert "Центр поддержки, Бишкек" in page.content.decode()


def test_the_story_is_shown_on_a_second_step_only(aigul: Any) -> None:
    client = come_back(file(Client()))
    assert STORY not in client.get("/ky/appeal/status/open/").content.decode()
    assert STORY in client.get("/ky/appeal/status/story/").content.decode()


def test_sending_twice_files_once_and_shows_the_same_receipt(aigul: Any) -> None:
    client = Client()
    first = file(client)
    assert digits_in(client.post("/ky/appeal/send/")) == first
    assert digits_on(client) == first
    assert Appeal.objects.count() == 1


def test_a_lost_answer_is_made_good_by_the_same_draft(aigul: Any) -> None:
    """The server stored the appeal, but neither the draft's mark nor the answer reached anybody."""
    client = Client()
    fill(client)
    draft = drafts.load(client.cookies[settings.DRAFT_COOKIE_NAME].value)
    assert draft is not None
    client.post("/ky/appeal/send/")
    draft.filed = None
    drafts.save(draft)
    assert digits_in(client.post("/ky/appeal/send/")) == draft.receipt
    assert Appeal.objects.count() == 1


def test_a_retry_with_other_answers_offers_them_as_a_message(aigul: Any) -> None:
    client = Client()
    digits = file(client)
    client.post("/ky/appeal/where/", {**WHERE, "where_place": "Магнитогорск"})
    assert client.post("/ky/appeal/send/").headers["Location"] == "/ky/appeal/difference/"
    assert "Магнитогорск" in client.get("/ky/appeal/difference/").content.decode()
    assert client.post("/ky/appeal/difference/").headers["Location"] == "/ky/appeal/receipt/"
    assert Appeal.objects.count() == 1
    assert "Магнитогорск" in come_back(digits).get("/ky/appeal/status/open/").content.decode()


def test_a_call_without_a_word_of_text_is_enough(aigul: Any) -> None:
    file(Client(), what={"theme": "call-me", "story": ""}, answer={"answer_how": "call", "phone": "+7 900 000-00-00"})
    assert Appeal.objects.get().theme == ""


def test_every_question_but_the_first_may_stay_empty(aigul: Any) -> None:
    client = Client()
    client.post("/ru/appeal/", {"theme": "pay"})
    for page in ("where", "who"):
        assert client.post(f"/ru/appeal/{page}/", {}).status_code == 302
    assert client.post("/ru/appeal/answer/", {"consents": ["a"]}).status_code == 302
    assert len(digits_in(client.post("/ru/appeal/send/"))) == 20
    assert Appeal.objects.count() == 1


def test_an_empty_first_page_is_answered_with_what_to_do(aigul: Any) -> None:
    response = Client().post("/ru/appeal/", {})
    assert response.status_code == 422
    assert Draft.objects.count() == 0


def test_an_error_keeps_every_answer(aigul: Any) -> None:
    client = Client()
    client.post("/ru/appeal/", WHAT)
    client.post("/ru/appeal/where/", WHERE)
    page = client.post("/ru/appeal/who/", {**WHO, "for_whom": "group", "group_size": "двенадцать"})
    assert page.status_code == 422
    text = page.content.decode()
    assert "двенадцать" in text
    assert "ООО Сапсан" in text


def test_danger_takes_the_short_way_and_is_urgent(aigul: Any) -> None:
    client = Client()
    assert client.post("/ky/appeal/", {"danger": "yes"}).headers["Location"] == "/ky/appeal/danger/"
    assert "112" in client.get("/ky/appeal/danger/").content.decode()
    answer = client.post("/ky/appeal/danger/", {"danger_where": "Копейск", "danger_phone": "+996 555 00 00 00"})
    assert answer.headers["Location"] == "/ky/appeal/answer/"
    client.post("/ky/appeal/answer/", {"consents": ["a"]})
    client.post("/ky/appeal/send/")
    appeal = Appeal.objects.get()
    assert (appeal.status, appeal.due_on) == ("urgent", appeal.arrived_on)


def test_a_later_page_without_a_draft_leads_to_the_start() -> None:
    assert Client().get("/ky/appeal/who/").headers["Location"] == "/ky/appeal/"


def test_without_an_office_the_form_says_so(db: None) -> None:
    assert Client().get("/ky/appeal/").status_code == 503


def test_an_office_without_a_key_holder_receives_nothing(office: Any) -> None:
    assert Client().get("/ky/appeal/").status_code == 503


def test_having_written_it_down_removes_the_draft_from_phone_and_server(aigul: Any) -> None:
    client = Client()
    file(client)
    client.post("/ky/appeal/written/")
    assert Draft.objects.count() == 0
    assert client.cookies[settings.DRAFT_COOKIE_NAME].value == ""
    assert client.get("/ky/appeal/receipt/").headers["Location"] == "/ky/appeal/"


# --- the status page ------------------------------------------------------------------------------------------------------


def test_a_wrong_receipt_says_nothing_of_what_exists(aigul: Any) -> None:
    from kenesh.kernel import vault

    file(Client())
    never = vault.receipt_digits(b"\x55" * 32)
    page = Client().post("/ru/appeal/status/", {"receipt": never})
    assert page.status_code == 422
    assert OpenReceipt.objects.count() == 0


def test_a_mistyped_receipt_is_said_before_any_work(aigul: Any) -> None:
    page = Client().post("/ru/appeal/status/", {"receipt": "1234 5678"})
    assert page.status_code == 422
    assert "1234 5678" in page.content.decode()


def test_the_receipts_page_is_neither_compressed_nor_kept(aigul: Any) -> None:
    client = Client()
    fill(client)
    zipped = {"accept-encoding": "gzip"}
    pages = [client.post("/ky/appeal/send/", headers=zipped), client.get("/ky/appeal/receipt/", headers=zipped)]
    assert [len(digits_in(page)) for page in pages] == [20, 20]
    assert ["Content-Encoding" in page.headers for page in pages] == [False, False]
    assert [page.headers["Cache-Control"] for page in pages] == ["no-store", "no-store"]


def test_the_answer_to_the_sending_names_the_receipts_own_address(aigul: Any) -> None:
    client = Client()
    fill(client)
    sent = client.post("/ky/appeal/send/").content.decode()
    assert 'data-address="/ky/appeal/receipt/"' in sent
    assert 'href="/ru/appeal/receipt/"' in sent
    assert "data-address" not in client.get("/ky/appeal/receipt/").content.decode()


def test_a_message_is_written_once_even_when_sent_twice(aigul: Any) -> None:
    client = come_back(file(Client()))
    page = client.get("/ky/appeal/status/open/").content.decode()
    key = re.search(r'name="key" value="([^"]+)"', page)
    assert key is not None
    for _ in range(2):
        client.post("/ky/appeal/status/open/", {"text": "Дагы жаза кетейин", "key": key.group(1)})
    assert client.get("/ky/appeal/status/open/").content.decode().count("Дагы жаза кетейин") == 1


def test_erasing_closes_at_once_and_can_be_stopped(aigul: Any) -> None:
    client = come_back(file(Client()))
    client.post("/ky/appeal/status/erase/", {"what": "erase"})
    assert Appeal.objects.get().status == "erasing"
    client.post("/ky/appeal/status/erase/", {"what": "stop"})
    assert Appeal.objects.get().status == "new"


def test_after_72_hours_nothing_is_left(aigul: Any) -> None:
    from datetime import timedelta

    from django.utils import timezone

    from kenesh.appeals import actions

    digits = file(Client())
    come_back(digits).post("/ky/appeal/status/erase/", {"what": "erase"})
    assert actions.destroy_erased(today=timezone.localdate() + timedelta(days=3)) == 0
    assert actions.destroy_erased(today=timezone.localdate() + timedelta(days=4)) == 1
    assert [model.objects.count() for model in (Appeal, Entry, Receipt)] == [0, 0, 0]
    assert Client().post("/ky/appeal/status/", {"receipt": digits}).status_code == 422


def test_a_page_of_the_form_asks_the_database_the_same_whatever_the_number_of_appeals(
    aigul: Any, django_assert_max_num_queries: Any
) -> None:
    for _ in range(3):
        file(Client())
    with django_assert_max_num_queries(3):
        Client().get("/ky/appeal/")


def test_whoever_planted_or_copied_a_draft_cookie_does_not_know_the_receipt(aigul: Any) -> None:
    spy, victim = Client(), Client()
    spy.post("/ky/appeal/", {"theme": "own-words", "story": "даяр"})
    victim.cookies[settings.DRAFT_COOKIE_NAME] = spy.cookies[settings.DRAFT_COOKIE_NAME].value
    digits = file(victim)
    assert STORY not in spy.get("/ky/appeal/check/").content.decode()
    assert digits_or_none(spy) != digits


def digits_or_none(client: Client) -> str | None:
    return digits_on(client) if client.get("/ky/appeal/receipt/").status_code == 200 else None


def test_the_next_person_at_the_phone_sees_an_empty_form_and_files_an_appeal_of_her_own(aigul: Any) -> None:
    client = Client()
    first = file(client)
    assert STORY not in client.get("/ky/appeal/").content.decode()
    assert file(client, what={"story": "Башка киши, башка окуя"}) != first
    assert Appeal.objects.count() == 2


def test_a_flood_of_half_filled_forms_is_asked_to_wait_and_loses_nothing(aigul: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(drafts, "MOST_OPEN", 1)
    Client().post("/ky/appeal/", WHAT)
    page = Client().post("/ky/appeal/", WHAT)
    assert page.status_code == 503
    assert STORY in page.content.decode()


def test_an_appeal_whose_random_code_is_taken_gets_another_one(aigul: Any, office: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    file(Client())
    taken = iter(Appeal.objects.get().code)
    chosen = secrets.choice

    def unlucky(letters: str) -> str:
        return next(taken, None) or chosen(letters)

    monkeypatch.setattr(secrets, "choice", unlucky)
    digits = file(Client())
    assert Appeal.objects.count() == 2
    assert come_back(digits).get("/ky/appeal/status/open/").status_code == 200


def test_asking_for_help_on_the_page_of_a_centre_chooses_it_in_the_form(aigul: Any, boris: Any, other_office: Any) -> None:
    client, form = Client(), f"/en/appeal/?office={other_office.code}"
    assert f'href="{form}"' in client.get(f"/en/help/{other_office.code}/").content.decode()
    first = client.get(form).content.decode()
    assert "This goes to: Центр поддержки, Челябинск." in first
    assert f'href="/en/appeal/all/?office={other_office.code}"' in first
    for address, answers in ((form, WHAT), ("/en/appeal/where/", WHERE), ("/en/appeal/who/", WHO)):
        assert client.post(address, answers).status_code == 302
    chosen = re.compile(rf'value="{other_office.code}"[^>]* (?:checked|selected)')
    assert chosen.search(client.get("/en/appeal/answer/").content.decode())
    assert chosen.search(Client().get(f"/en/appeal/all/?office={other_office.code}").content.decode())
    client.post("/en/appeal/answer/", {**ANSWER, "office": other_office.code})
    client.post("/en/appeal/send/")
    assert Appeal.objects.get().office == other_office


def test_an_office_that_is_none_is_chosen_by_no_address(aigul: Any, ministry: Any) -> None:
    assert "This goes to" not in Client().get(f"/en/appeal/?office={ministry.code}").content.decode()
