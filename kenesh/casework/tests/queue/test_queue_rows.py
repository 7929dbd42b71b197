"""The queue: what it shows, and acts on several rows."""

from __future__ import annotations

import re
import uuid
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from kenesh.appeals.models import Appeal
from kenesh.casework import actions, queries, suggested
from kenesh.casework.models import Case, Deadline, Status, Swept, Tags, Undo, View
from kenesh.casework.tests.queue.rows import QUEUE, codes, file, keyring, opened_case, several, undo
from kenesh.people import actions as people
from kenesh.people.models import Role

pytestmark = pytest.mark.django_db


# --- what it shows ----------------------------------------------------------------------------------------------------


def test_a_filter_shows_its_rows_and_leaves_no_word_in_the_address_or_the_database(
    office: Any, aigul: Any, signed_in: Any
) -> None:
    case = opened_case(office, aigul, citizenship="UZ", theme="pay")
    opened_case(office, aigul, citizenship="KG")
    answer = signed_in(aigul).post(f"{QUEUE}filter/", {"tab": "open", "origin": "UZ"})
    assert re.fullmatch(r"/work/queue/\?view=[0-9a-f]{32}", answer.headers["Location"])
    page = (client := signed_in(aigul)).get(answer.headers["Location"])
    assert codes(page) == [case.code]
    assert (page.context["found"], page.context["tab"]) == ("1", "open")
    assert b"UZ" not in bytes(View.objects.get().sealed)
    assert client.get(f"{QUEUE}?view={uuid.uuid4().hex}").context["view"] is None


def test_every_filter_narrows_and_its_count_agrees(office: Any, aigul: Any, signed_in: Any) -> None:
    today = timezone.localdate()
    for day, origin, status in ((-2, "KG", "office"), (0, "UZ", "person"), (5, "TJ", "others"), (None, "AM", "office")):
        due = {"due_on": today + timedelta(days=day)} if day is not None else {}
        Case.objects.create(
            office=office, opened_on=today - timedelta(days=3), origin=origin, destination="RU", status=status, **due
        )
    Case.objects.update(theme="pay")
    Case.objects.filter(origin="KG").update(assignee=aigul)
    desk = queries.desk_of(aigul)
    expected = {
        "theme": {"pay": 4, "health": 0},
        "origin": {"KG": 1},
        "destination": {"RU": 4, "KZ": 0},
        "waits": {"office": 2, "person": 1, "others": 1},
        "assignee": {"me": 1, "nobody": 3},
        "deadline": {"late": 1, "today": 1, "week": 2, "none": 1},
        "since": {today.isoformat(): 0, (today - timedelta(days=3)).isoformat(): 4},
        "office": {office.code: 4},
    }
    for name, answers in expected.items():
        for value, number in answers.items():
            chosen = queries.Filter.of({"tab": "open", name: value})
            assert (len(queries.page_of(desk, chosen)), queries.view_counts(desk, [chosen])) == (number, [number]), (name, value)


def test_what_is_urgent_comes_first_and_says_why(office: Any, aigul: Any, signed_in: Any) -> None:
    calm = opened_case(office, aigul)
    late = opened_case(office, aigul)
    danger = opened_case(office, aigul, danger="yes", danger_where="Сахарово", danger_since="вчера")
    Case.objects.filter(pk=late.pk).update(due_on=timezone.localdate() - timedelta(days=3))
    page = signed_in(aigul, language="en").get(f"{QUEUE}?show=open")
    assert codes(page) == [danger.code, late.code, calm.code]
    assert [row["why"] for row in page.context["rows"]][:2] == ["Urgent: it runs in hours", "The deadline passed 3 days ago"]
    file(office, danger="yes")
    assert "Somebody is in danger: answer today" in signed_in(aigul, language="en").get(QUEUE).content.decode()


def test_a_view_is_kept_under_a_name_counted_shared_and_deleted(
    office: Any, aigul: Any, zarina: Any, boris: Any, signed_in: Any
) -> None:
    opened_case(office, aigul, citizenship="UZ")
    client = signed_in(aigul)
    client.post(f"{QUEUE}filter/", {"tab": "open", "origin": "UZ", "name": "Узбекистан", "shared": "on"})
    client.post(f"{QUEUE}filter/", {"tab": "open", "assignee": "nobody", "name": "Ничьи"})
    assert [(one["view"].name, one["count"]) for one in client.get(QUEUE).context["views"]] == [
        ("Узбекистан", "1"),
        ("Ничьи", "0"),
    ]
    assert [one["view"].name for one in signed_in(zarina).get(QUEUE).context["views"]] == ["Узбекистан"]
    assert signed_in(boris).get(QUEUE).context["views"] == []
    shared = View.objects.get(office_epoch__isnull=False)
    assert "Узбекистан".encode() not in bytes(shared.sealed)
    assert signed_in(zarina).post(f"{QUEUE}view/{shared.code}/forget/").status_code == 404
    client.post(f"{QUEUE}view/{shared.code}/forget/")
    assert [one["view"].name for one in client.get(QUEUE).context["views"]] == ["Ничьи"]


def test_a_wrong_filter_says_so_and_keeps_what_was_typed(office: Any, aigul: Any, signed_in: Any) -> None:
    answer = signed_in(aigul).post(f"{QUEUE}filter/", {"tab": "open", "since": "вчера", "name": "Новые"})
    assert answer.status_code == 422
    assert "вчера" in answer.content.decode()
    assert "Новые" in answer.content.decode()


@pytest.mark.parametrize("tab", ["new", "open", "mine", "closed", "swept"])
def test_a_page_costs_the_same_with_1_and_30_rows(tab: str, office: Any, aigul: Any, signed_in: Any) -> None:
    client, ring = signed_in(aigul), keyring(aigul)

    def one_more() -> None:
        appeal = Appeal.objects.create(office=office, arrived_on="2026-11-01", due_on="2026-11-03", sealed_answers=b"x")
        gone = Appeal.objects.create(office=office, arrived_on="2026-11-01", status="closed", sealed_answers=b"x")
        Swept.objects.create(appeal=gone, office=office, swept_on="2026-11-02")
        for status in ("office", "closed"):
            case = opened_case(office, aigul)
            Case.objects.filter(pk=case.pk).update(status=status, urgent=True)
            actions.tag_cases(keyring=ring, cases=[case], word="суд")
            actions.set_alarm(keyring=ring, case=case, body={"lawyer": "Иванов"}, version=0, urgent=True)
        appeal.save()

    def cost() -> int:
        with CaptureQueriesContext(connection) as caught:
            assert client.get(f"{QUEUE}?show={tab}").status_code == 200
        return len(caught)

    one_more()
    cost()
    first = cost()
    for _ in range(11):
        one_more()
    assert cost() == first


def test_pages_follow_each_other_without_gap_also_within_one_day(office: Any, other_office: Any, aigul: Any) -> None:
    for place in range(70):
        day = {"due_on": "2026-12-01"} if place % 3 else {}
        Case.objects.create(
            office=office, opened_on="2026-11-01", status="office" if place % 2 else "others", urgent=place % 5 == 0, **day
        )
    desk, seen, after = queries.desk_of(aigul), [], None
    while rows := queries.page_of(desk, queries.Filter(tab="open"), after=after, limit=9)[:9]:
        seen += rows
        after = queries.place_of(rows[-1])
    assert [row.pk for row in seen] == list(Case.objects.order_by("-urgent", "due_on", "id").values_list("pk", flat=True))


# --- acts on several rows ---------------------------------------------------------------------------------------------------


def test_several_cases_are_assigned_and_given_back_except_what_changed_since(
    office: Any, aigul: Any, zarina: Any, signed_in: Any
) -> None:
    one, two = opened_case(office, aigul), opened_case(office, aigul)
    client = signed_in(aigul)
    page = several(client, "assign", [f"c:{one.code}", f"c:{two.code}"], assignee=zarina.uid.hex)
    assert set(Case.objects.values_list("assignee__name", flat=True)) == {"Zarina"}
    Case.objects.filter(pk=two.pk).update(assignee=None)
    after = undo(client, page)
    assert dict(Case.objects.values_list("pk", "assignee__name")) == {one.pk: "Aigul", two.pk: None}
    assert two.code in after.content.decode()
    assert client.post(f"{QUEUE}undo/{page.context['undo']}/").status_code == 302
    assert Undo.objects.count() == 0


def test_who_may_be_given_the_cases_is_asked_once_however_many_they_are(
    office: Any, aigul: Any, zarina: Any, signed_in: Any
) -> None:
    client, asked = signed_in(aigul), []
    for many in (1, 3):
        ticked = [f"c:{opened_case(office, aigul).code}" for _one in range(many)]
        with CaptureQueriesContext(connection) as seen:
            several(client, "assign", ticked, assignee=zarina.uid.hex)
        asked.append(sum("SELECT 1" in one["sql"] and "people_organisationkey" in one["sql"] for one in seen))
    assert (asked[0], Case.objects.filter(assignee=zarina).count()) == (asked[1], 4)


def test_several_cases_are_closed_their_people_told_and_opened_again(office: Any, aigul: Any, signed_in: Any) -> None:
    case = opened_case(office, aigul)
    actions.set_waiting(keyring=keyring(aigul), case=case, status="others")
    client = signed_in(aigul)
    page = several(client, "close", [f"c:{case.code}"])
    assert Case.objects.get().status == "closed"
    undo(client, page)
    assert Case.objects.get().status == "others"


def test_a_tag_is_sealed_shown_and_taken_off(office: Any, aigul: Any, signed_in: Any) -> None:
    case = opened_case(office, aigul)
    client = signed_in(aigul)
    page = several(client, "tag", [f"c:{case.code}"], tag="  бригада   Миасс ")
    assert page.context["rows"][0]["tags"] == ["бригада Миасс"]
    assert "бригада".encode() not in bytes(Tags.objects.get().sealed)
    undo(client, page)
    assert client.get(f"{QUEUE}?show=open").context["rows"][0]["tags"] == []


def test_a_tag_is_found_through_the_encrypted_index(office: Any, aigul: Any, signed_in: Any) -> None:
    case, other, closed = (opened_case(office, aigul) for _ in range(3))
    ring, client = keyring(aigul), signed_in(aigul)
    actions.tag_cases(keyring=ring, cases=[case, closed], word="бригада")
    actions.tag_cases(keyring=ring, cases=[other], word="суд")
    actions.close_cases(keyring=ring, cases=[closed])
    where = client.post(f"{QUEUE}filter/", {"tab": "open", "tag": "Бригада", "name": "Бригады"}).headers["Location"]
    page = client.get(where)
    assert codes(page) == [case.code]
    assert [one["count"] for one in page.context["views"]] == ["1"]


def test_snoozing_moves_a_case_but_never_past_an_earlier_deadline(office: Any, aigul: Any, signed_in: Any) -> None:
    free, bound = opened_case(office, aigul), opened_case(office, aigul)
    today = timezone.localdate()
    actions.set_waiting(keyring=keyring(aigul), case=free, status=Status.OTHERS)
    before = Case.objects.get(pk=free.pk).due_on
    actions.set_deadline(keyring=keyring(aigul), case=bound, due_on=today, what="Жалоба", key=uuid.uuid4())
    client, until = signed_in(aigul), today + timedelta(days=20)
    page = several(client, "snooze", [f"c:{free.code}", f"c:{bound.code}"], until=until.isoformat(), reason="Ждём ответа")
    assert dict(Case.objects.values_list("pk", "due_on")) == {free.pk: until, bound.pk: today}
    assert all("Ждём".encode() not in bytes(row.sealed) for row in Deadline.objects.all())
    undo(client, page)
    assert dict(Case.objects.values_list("pk", "due_on")) == {free.pk: before, bound.pk: today}


def test_a_wrong_day_says_so_and_keeps_the_ticks(office: Any, aigul: Any, signed_in: Any) -> None:
    case = opened_case(office, aigul)
    data = {"what": "snooze", "rows": [f"c:{case.code}"], "key": str(uuid.uuid4()), "show": "open", "reason": "Потом"}
    answer = signed_in(aigul).post(f"{QUEUE}several/", data)
    assert answer.status_code == 422
    assert answer.context["ticked"] == (f"c:{case.code}",)
    assert "Потом" in answer.content.decode()


def test_a_case_is_never_given_to_somebody_of_another_office(
    office: Any, other_office: Any, aigul: Any, boris: Any, signed_in: Any
) -> None:
    people.give_role(user=aigul, role=Role.CASEWORKER, organisation=other_office, by="test")
    case = opened_case(office, aigul)
    page = several(signed_in(aigul, language="en"), "assign", [f"c:{case.code}"], assignee=boris.uid.hex)
    assert [str(message) for message in page.context["messages"]] == [f"Left as they were: {case.code}."]
    assert Case.objects.get().assignee == aigul


def test_nothing_of_another_office_can_be_ticked(office: Any, aigul: Any, boris: Any, signed_in: Any) -> None:
    case = opened_case(office, aigul)
    file(office)
    new = Appeal.objects.order_by("-id")[:1].get()
    page = several(signed_in(boris), "close", [f"c:{case.code}"])
    assert page.context["undo"] is None
    several(signed_in(boris), "sweep", [f"a:{new.code}"], show="new")
    assert (Case.objects.get().status, Swept.objects.count()) == ("office", 0)


def test_one_key_opens_cases_from_the_ticked_appeals(office: Any, aigul: Any, signed_in: Any) -> None:
    for _ in range(2):
        file(office)
    several(signed_in(aigul), "take_up", [f"a:{row.code}" for row in Appeal.objects.all()], show="new")
    assert Case.objects.count() == 2


def test_after_several_were_opened_the_page_leads_to_those_who_are_known_with_the_same_number_of_questions(
    office: Any, aigul: Any, signed_in: Any
) -> None:
    client, asked = signed_in(aigul), []
    opened_case(office, aigul, phone="+996 555 123 456")
    for many in (1, 3):
        for number in range(many):
            file(office, phone=("+996 555 123 456", "+996 700 000 001", "+996 700 000 002")[number])
        new = list(Appeal.objects.filter(status="new"))
        page = several(client, "take_up", [f"a:{row.code}" for row in new], show="new").content.decode()
        opened = list(Case.objects.filter(appeals__in=new).order_by("id"))
        assert [f"/work/cases/{case.code}/facts/#duplicates" in page for case in opened] == [True, False, False][:many]
        with CaptureQueriesContext(connection) as seen:
            assert suggested.known_already(keyring(aigul), opened) == opened[:1]
        asked.append(len(seen))
    assert asked[0] == asked[1]


def test_closing_several_says_first_who_is_never_to_be_contacted(office: Any, aigul: Any, signed_in: Any) -> None:
    never, other = opened_case(office, aigul, answer_how="never"), opened_case(office, aigul, answer_how="code")
    client = signed_in(aigul)
    sent = {"what": "close", "rows": [f"c:{never.code}", f"c:{other.code}"], "key": str(uuid.uuid4()), "show": "open"}
    asked = client.post(f"{QUEUE}several/", sent)
    assert (asked.status_code, asked.context["never"]) == (422, [never.code])
    assert Case.objects.filter(status="closed").count() == 0
    assert client.post(f"{QUEUE}several/", {**sent, "never": "1"}).status_code == 302
    assert Case.objects.filter(status="closed").count() == 2
