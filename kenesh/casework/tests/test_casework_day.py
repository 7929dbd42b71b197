"""A caseworker's day, through the pages: queue, case, answer, outcome, the door."""

from __future__ import annotations

import re
import uuid
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from kenesh.appeals import actions as appeals
from kenesh.appeals import drafts, first_answer
from kenesh.appeals.models import Appeal
from kenesh.casework.models import Case, Deadline, Matter, Note
from kenesh.casework.opening import open_case
from kenesh.cast import PASSWORD
from kenesh.people import sign_in
from kenesh.people.keyring import Keyring
from kenesh.problems.models import Waiting

pytestmark = pytest.mark.django_db

STORY = "Прораб Кудайберди забрал паспорт"
ANSWERS: dict[str, Any] = {
    "theme": "pay",
    "danger": "no",
    "story": STORY,
    "citizenship": "KG",
    "where_country": "RU",
    "where_place": "Челябинск",
    "for_whom": "self",
    "phone": "+7 912 000-11-22",
    "consents": ["a", "d"],
}


@pytest.fixture
def filed(office: Any, aigul: Any) -> str:
    """Digits of an appeal that lies with the office in Bishkek."""
    return file_with(office)


def file_with(office: Any, **changes: Any) -> str:
    draft = drafts.new()
    draft.answers = {**ANSWERS, **changes}
    assert appeals.file_appeal(draft=draft, office=office, language="ru")
    return draft.receipt


def person(digits: str) -> Client:
    client = Client()
    client.post("/ru/appeal/status/", {"receipt": digits})
    return client


def take_up(client: Client) -> Case:
    appeal = Appeal.objects.order_by("-id")[:1].get()
    assert client.post(f"/work/appeals/{appeal.code}/take-up/").status_code == 302
    return Case.objects.order_by("-id")[:1].get()


def keyring(user: Any) -> Keyring:
    return Keyring(user, sign_in.check(user.email, PASSWORD).secret)


def post(client: Client, case: Case, part: str, data: dict[str, Any]) -> Any:
    return client.post(f"/work/cases/{case.code}/{part}", data)


def key() -> str:
    return str(uuid.uuid4())


def test_a_new_appeal_stands_in_the_queue_without_being_opened(filed: str, aigul: Any, signed_in: Any) -> None:
    page = signed_in(aigul).get("/work/queue/").content.decode()
    assert Appeal.objects.get().code in page
    assert STORY not in page


def test_the_office_reads_what_was_written(filed: str, aigul: Any, signed_in: Any) -> None:
    assert STORY in signed_in(aigul).get(f"/work/appeals/{Appeal.objects.get().code}/").content.decode()


def test_another_office_and_an_outsider_find_nothing(filed: str, boris: Any, eve: Any, signed_in: Any) -> None:
    code = Appeal.objects.get().code
    for stranger in (boris, eve):
        assert signed_in(stranger).get(f"/work/appeals/{code}/").status_code == 404
    assert Client().get(f"/work/appeals/{code}/").status_code == 302


def test_a_caseworker_of_the_office_without_its_key_reads_nothing(
    filed: str, office: Any, make_account: Any, signed_in: Any
) -> None:
    from kenesh.people.models import Role

    new = make_account("Jamila", Role.CASEWORKER, organisation=office).user
    page = signed_in(new).get(f"/work/appeals/{Appeal.objects.get().code}/").content.decode()
    assert STORY not in page


def test_a_case_is_opened_once(filed: str, aigul: Any, signed_in: Any) -> None:
    client = signed_in(aigul)
    take_up(client)
    client.post(f"/work/appeals/{Appeal.objects.get().code}/take-up/")
    assert Case.objects.count() == 1


def test_the_person_sees_that_her_case_is_worked_on(filed: str, aigul: Any, signed_in: Any) -> None:
    take_up(signed_in(aigul))
    page = person(filed).get("/ru/appeal/status/open/")
    assert [entry.body["code"] for entry in page.context["view"].steps] == ["received", "taken_up"]


def test_an_answer_reaches_the_person_once(filed: str, aigul: Any, signed_in: Any) -> None:
    client = signed_in(aigul)
    case, form = take_up(client), {"answer-text": "Мы пишем прокурору.", "answer-key": key()}
    for _ in range(2):
        assert post(client, case, "answer/", form).status_code == 302
    page = person(filed).get("/ru/appeal/status/open/").content.decode()
    assert page.count("Мы пишем прокурору.") == 1
    case.refresh_from_db()
    assert case.status == "person"


def test_a_message_of_the_person_wakes_the_case_also_a_closed_one(filed: str, aigul: Any, signed_in: Any) -> None:
    client = signed_in(aigul)
    case = take_up(client)
    post(client, case, "status/", {"status": "closed"})
    person(filed).post("/ru/appeal/status/open/", {"text": "Ещё не заплатили", "key": key()})
    case.refresh_from_db()
    assert case.status == "office"
    assert "Ещё не заплатили" in client.get(f"/work/cases/{case.code}/").content.decode()


def test_a_client_who_writes_again_stands_in_the_queue_by_the_day_of_the_answer(filed: str, aigul: Any, signed_in: Any) -> None:
    client = signed_in(aigul, language="en")
    case = take_up(client)
    post(client, case, "answer/", {"answer-text": "Мы пишем прокурору.", "answer-key": key()})
    case.refresh_from_db()
    assert case.deadline is None
    person(filed).post("/ru/appeal/status/open/", {"text": "Ещё не заплатили", "key": key()})
    case.refresh_from_db()
    assert case.due_on == Appeal.objects.get().due_on == first_answer.due(case.office, timezone.localdate())
    (row,) = client.get("/work/queue/?show=open").context["rows"]
    assert row["why"].startswith("The person waits for an answer. Deadline ")


def test_a_limit_far_away_hides_no_answer_that_the_person_waits_for(filed: str, aigul: Any, signed_in: Any) -> None:
    client = signed_in(aigul)
    case = take_up(client)
    post(client, case, "deadline/", {"deadline-due_on": "2030-03-05", "deadline-what": "Суд", "deadline-key": key()})
    case.refresh_from_db()
    assert case.due_on == Appeal.objects.get().due_on
    post(client, case, "status/", {"status": "others"})
    case.refresh_from_db()
    assert case.due_on.isoformat() == "2030-03-05"
    Appeal.objects.update(due_on="2026-01-10")  # what was answered by telephone long ago
    person(filed).post("/ru/appeal/status/open/", {"text": "Ещё не заплатили", "key": key()})
    case.refresh_from_db()
    assert case.due_on == first_answer.due(case.office, timezone.localdate())


def test_a_note_is_for_colleagues_alone(filed: str, aigul: Any, signed_in: Any) -> None:
    client = signed_in(aigul)
    case = take_up(client)
    post(client, case, "note/", {"note-text": "Проверить подрядчика", "note-key": key()})
    assert "Проверить подрядчика" in client.get(f"/work/cases/{case.code}/").content.decode()
    assert "Проверить подрядчика" not in person(filed).get("/ru/appeal/status/open/").content.decode()
    assert "Проверить".encode() not in bytes(Note.objects.get().sealed)


def test_the_earliest_open_deadline_stands_in_the_queue(filed: str, aigul: Any, signed_in: Any) -> None:
    client = signed_in(aigul)
    case = take_up(client)
    post(client, case, "answer/", {"answer-text": "Мы пишем прокурору.", "answer-key": key()})
    post(client, case, "deadline/", {"deadline-due_on": "2027-03-05", "deadline-what": "Суд", "deadline-key": key()})
    post(client, case, "deadline/", {"deadline-due_on": "05.02.2027", "deadline-what": "Жалоба", "deadline-key": key()})
    case.refresh_from_db()
    assert case.due_on.isoformat() == "2027-02-05"
    first = case.deadlines.order_by("due_on")[0]
    client.post(f"/work/cases/{case.code}/deadline/{first.uid}/done/")
    case.refresh_from_db()
    assert case.due_on.isoformat() == "2027-03-05"


def test_a_mistyped_deadline_is_changed_or_removed(filed: str, aigul: Any, signed_in: Any) -> None:
    client = signed_in(aigul)
    case = take_up(client)
    post(client, case, "answer/", {"answer-text": "Мы пишем прокурору.", "answer-key": key()})
    post(client, case, "deadline/", {"deadline-due_on": "2027-05-03", "deadline-what": "Суд", "deadline-key": key()})
    page = f"deadline/{Deadline.objects.get().uid}/"
    right = {"due_on": "2027-03-05", "what": "Суд в Твери", "version": "1"}
    assert post(client, case, page, right).status_code == 302
    case.refresh_from_db()
    assert case.due_on.isoformat() == "2027-03-05"
    assert "Суд в Твери" in client.get(f"/work/cases/{case.code}/deadlines/").content.decode()
    assert post(client, case, page, {**right, "what": "Другой суд"}).status_code == 422  # a colleague's page, one save late
    late = post(client, case, page, {**right, "due_on": "2027-05-04"})
    assert (late.status_code, [value for _label, value in late.context["theirs"]]) == (422, ["2027-03-05"])
    same = post(client, case, page, right)
    assert (same.status_code, "id_what" in same.content.decode(), same.content.decode().count('role="alert"')) == (422, True, 1)
    assert post(client, case, f"{page}strike/", {}).status_code == 302
    case.refresh_from_db()
    assert (case.deadline, Deadline.objects.count()) == (None, 0)


def test_closing_with_running_deadlines_asks_first(filed: str, aigul: Any, signed_in: Any) -> None:
    client = signed_in(aigul)
    case = take_up(client)
    post(client, case, "deadline/", {"deadline-due_on": "2027-05-03", "deadline-what": "Апелляция", "deadline-key": key()})
    asked = post(client, case, "status/", {"status": "closed", "seen_status": "office"})
    assert asked.status_code == 422
    assert [one.body["what"] for one in asked.context["running"]] == ["Апелляция"]
    several = {"what": "close", "rows": [f"c:{case.code}"], "key": key(), "show": "open"}
    queue = client.post("/work/queue/several/", several)
    assert (queue.status_code, queue.context["running"], queue.context["ticked"]) == (422, [case.code], (f"c:{case.code}",))
    case.refresh_from_db()
    assert case.status == "office"
    assert post(client, case, "status/", {"status": "closed", "running": "1"}).status_code == 302
    assert client.post("/work/queue/several/", {**several, "running": "1"}).status_code == 302
    case.refresh_from_db()
    assert case.status == "closed"


def test_two_people_at_one_matter_lose_nothing(filed: str, aigul: Any, signed_in: Any) -> None:
    client = signed_in(aigul)
    case = take_up(client)
    page = f"/work/cases/{case.code}/matter/{Matter.objects.get().uid}/"
    form = {"theme": "unpaid-wages", "region": "Миасс", "persons": "3", "version": "1", "key": key()}
    assert client.post(page, form).status_code == 302
    second = client.post(page, {**form, "region": "Копейск"})
    assert second.status_code == 422
    text = second.content.decode()
    assert "Миасс" in text
    assert "Копейск" in text
    version = re.search(r'name="version" value="(\d+)"', text)
    assert version is not None
    assert version.group(1) == "2"
    assert client.post(page, {**form, "region": "Копейск", "version": "2"}).status_code == 302
    assert open_case(case, keyring(aigul)).matters()[0].body["region"] == "Копейск"


def test_declining_says_why_and_closes(filed: str, aigul: Any, signed_in: Any) -> None:
    client = signed_in(aigul)
    client.post(f"/work/appeals/{Appeal.objects.get().code}/", {"text": "Обратитесь к консулу", "key": key()})
    assert Appeal.objects.get().status == "closed"
    assert "Обратитесь к консулу" in person(filed).get("/ru/appeal/status/open/").content.decode()


# --- taking back, erasing ---------------------------------------------------------------------------------------------------


def test_taking_back_the_consent_seals_the_appeal_to_the_office(filed: str, aigul: Any, signed_in: Any) -> None:
    client, holder = signed_in(aigul), person(filed)
    code = Appeal.objects.get().code
    holder.post("/ru/appeal/status/consent/a/", {"given": "no"})
    assert STORY not in client.get(f"/work/appeals/{code}/").content.decode()
    assert STORY in holder.get("/ru/appeal/status/story/").content.decode()
    holder.post("/ru/appeal/status/consent/a/", {"given": "yes"})
    assert STORY in client.get(f"/work/appeals/{code}/").content.decode()


def test_erasing_latches_the_case_and_stopping_gives_it_back(filed: str, aigul: Any, signed_in: Any) -> None:
    client, holder = signed_in(aigul), person(filed)
    case = take_up(client)
    holder.post("/ru/appeal/status/erase/", {"what": "erase"})
    assert STORY not in client.get(f"/work/cases/{case.code}/").content.decode()
    holder.post("/ru/appeal/status/erase/", {"what": "stop"})
    assert STORY in client.get(f"/work/cases/{case.code}/").content.decode()


def test_before_erasing_the_person_sees_the_days_that_still_run(filed: str, aigul: Any, signed_in: Any) -> None:
    client, holder = signed_in(aigul), person(filed)
    case = take_up(client)
    assert "days-title" not in holder.get("/ru/appeal/status/erase/").content.decode()
    for day, what in (("2031-05-20", "Жалоба в суд"), ("2031-03-04", "Ответ инспекции")):
        sent = {"deadline-due_on": day, "deadline-what": what, "deadline-key": str(uuid.uuid4())}
        assert client.post(f"/work/cases/{case.code}/deadline/", sent).status_code == 302
    client.post(f"/work/cases/{case.code}/deadline/{Deadline.objects.get(due_on='2031-03-04').uid}/done/")
    page = holder.get("/ru/appeal/status/erase/").content.decode()
    assert "20 мая 2031" in page
    assert "4 марта 2031" not in page
    assert "Жалоба в суд" not in page


def test_a_destroyed_appeal_takes_its_case_with_it(filed: str, aigul: Any, signed_in: Any) -> None:
    from datetime import timedelta

    from django.utils import timezone

    take_up(signed_in(aigul))
    person(filed).post("/ru/appeal/status/erase/", {"what": "erase"})
    appeals.destroy_erased(today=timezone.localdate() + timedelta(days=5))
    assert (Appeal.objects.count(), Case.objects.count(), Matter.objects.count()) == (0, 0, 0)


# --- the door -----------------------------------------------------------------------------------------------------------


def with_theme(client: Client, case: Case) -> Matter:
    matter = Matter.objects.get(case=case)
    form = {"theme": "unpaid-wages", "region": "Миасс", "persons": "1", "version": str(matter.version), "key": key()}
    assert client.post(f"/work/cases/{case.code}/matter/{matter.uid}/", form).status_code == 302
    return matter


def test_a_matter_passes_the_door_once(filed: str, aigul: Any, signed_in: Any) -> None:
    client = signed_in(aigul)
    case = take_up(client)
    matter = with_theme(client, case)
    for _ in range(2):
        client.post(f"/work/cases/{case.code}/matter/{matter.uid}/release/")
    assert Waiting.objects.count() == 1


def test_nobody_is_counted_without_consent(office: Any, aigul: Any, signed_in: Any) -> None:
    file_with(office, consents=["a"])
    client = signed_in(aigul)
    case = take_up(client)
    client.post(f"/work/cases/{case.code}/matter/{with_theme(client, case).uid}/release/")
    assert Waiting.objects.count() == 0


def test_a_consent_that_was_taken_back_counts_no_more(filed: str, aigul: Any, signed_in: Any) -> None:
    client = signed_in(aigul)
    case = take_up(client)
    matter = with_theme(client, case)
    person(filed).post("/ru/appeal/status/consent/d/", {"given": "no"})
    client.post(f"/work/cases/{case.code}/matter/{matter.uid}/release/")
    assert Waiting.objects.count() == 0


def test_a_matter_without_a_theme_is_not_counted(office: Any, aigul: Any, signed_in: Any) -> None:
    file_with(office, theme="own-words")
    client = signed_in(aigul)
    case = take_up(client)
    client.post(f"/work/cases/{case.code}/matter/{Matter.objects.get(case=case).uid}/release/")
    assert Waiting.objects.count() == 0


# --- the cost of a page -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("tab", ["new", "open", "mine", "closed"])
def test_the_queue_costs_the_same_with_1_and_30_rows(
    tab: str, office: Any, aigul: Any, signed_in: Any, django_assert_num_queries: Any
) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    client = signed_in(aigul)

    def one_more() -> None:
        appeal = Appeal.objects.create(office=office, arrived_on="2026-11-01", due_on="2026-11-03", sealed_answers=b"x")
        case = Case.objects.create(office=office, opened_on="2026-11-01", assignee=aigul)
        Case.objects.create(office=office, opened_on="2026-11-01", status="closed")
        case.appeals.add(appeal)

    one_more()
    with CaptureQueriesContext(connection) as first:
        client.get(f"/work/queue/?show={tab}")
    for _ in range(29):
        one_more()
    with django_assert_num_queries(len(first)):
        client.get(f"/work/queue/?show={tab}")


def test_the_queue_goes_on_where_the_page_ended(office: Any, aigul: Any, signed_in: Any) -> None:
    for day in range(1, 33):
        Appeal.objects.create(office=office, arrived_on="2026-10-01", due_on=f"2026-10-{min(day, 28):02d}", sealed_answers=b"x")
    client = signed_in(aigul)
    first = client.get("/work/queue/")
    second = client.get(f"/work/queue/?{first.context['next']}")
    seen = [row["code"] for page in (first, second) for row in page.context["rows"]]
    assert (len(seen), len(set(seen))) == (32, 32)
