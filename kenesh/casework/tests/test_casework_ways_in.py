"""The ways in at an office: the operator's form, quick contacts, call-backs, a brigade, consents that staff write down."""

from __future__ import annotations

import re
import uuid
from datetime import timedelta
from typing import Any

import pytest
from django import forms
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from kenesh.appeals import actions as appeals
from kenesh.appeals import drafts, opening
from kenesh.appeals.forms import WhoForm
from kenesh.appeals.models import Appeal, Callback, Receipt
from kenesh.appeals.queries import status_view
from kenesh.casework.models import Case, Contact, Note, Person, ShownReceipt, Sum
from kenesh.casework.opening import open_case
from kenesh.casework.views import contacts
from kenesh.cast import PASSWORD
from kenesh.people import sign_in
from kenesh.people.keyring import Keyring

pytestmark = pytest.mark.django_db

STORY = "Бригадир не отдаёт паспорт"
INTAKE = {
    "channel": "phone", "theme": "pay", "story": STORY, "citizenship": "KG", "where_country": "RU", "age": "under-18",
    "answer_how": "call", "phone": "+7 912 000-11-22", "call_from": "00:00", "call_to": "23:59", "now_country": "KG",
    "may_say_who": "no", "consents": ["a", "d"], "consent_how": "oral", "explained": "Айгүл", "language": "ky", "receipt": "make",
    "open_case": "on", "for_whom": "self",
}  # fmt: skip


def key() -> str:
    return str(uuid.uuid4())


def keyring(user: Any) -> Keyring:
    return Keyring(user, sign_in.check(user.email, PASSWORD).secret)


def person(digits: str) -> Client:
    client = Client()
    assert client.post("/ru/appeal/status/", {"receipt": digits}).status_code == 302
    return client


def digits_at(client: Client, address: str) -> str:
    output = re.search(r"<output>(.*?)</output>", client.get(address).content.decode(), re.S)
    assert output is not None
    return "".join(re.findall(r"\d{4}", output.group(1)))


def take_in(client: Client, **changes: Any) -> Any:
    return client.post("/work/intake/", {**INTAKE, "key": key(), **changes})


# --- the operator's form --------------------------------------------------------------------------------------------------------


def test_what_is_told_by_phone_becomes_a_case_and_a_receipt_at_once(aigul: Any, signed_in: Any) -> None:
    client = signed_in(aigul)
    shown = take_in(client)
    digits = digits_at(client, shown.headers["Location"])
    assert STORY in person(digits).get("/ru/appeal/status/story/").content.decode()
    assert STORY in client.get(f"/work/cases/{Case.objects.get().code}/").content.decode()
    assert Receipt.objects.get().seen_by_other


def test_the_same_form_sent_twice_files_once_and_shows_the_same_digits(aigul: Any, signed_in: Any) -> None:
    client, again = signed_in(aigul), key()
    first, second = take_in(client, key=again), take_in(client, key=again)
    assert first.headers["Location"] == second.headers["Location"]
    assert (Appeal.objects.count(), Case.objects.count()) == (1, 1)


def test_once_the_person_has_the_digits_nobody_here_can_show_them(aigul: Any, boris: Any, signed_in: Any) -> None:
    client = signed_in(aigul)
    address = take_in(client).headers["Location"]
    assert signed_in(boris).get(address).status_code == 404
    client.post(f"{address}given/")
    assert client.get(address).status_code == 404
    assert ShownReceipt.objects.count() == 0


def test_without_a_receipt_nobody_holds_digits(aigul: Any, signed_in: Any) -> None:
    client = signed_in(aigul)
    take_in(client, receipt="none", open_case="")
    assert (Receipt.objects.count(), Case.objects.count(), Appeal.objects.count()) == (0, 0, 1)
    assert STORY in client.get(f"/work/appeals/{Appeal.objects.get().code}/").content.decode()


def test_an_error_keeps_everything_that_was_typed(aigul: Any, signed_in: Any) -> None:
    page = take_in(signed_in(aigul), consents=[])
    assert page.status_code == 422
    assert STORY in page.content.decode()
    assert "+7 912 000-11-22" in page.content.decode()


def test_an_appeal_written_down_tells_how_it_came_in_and_who_explained_the_consents(aigul: Any, signed_in: Any) -> None:
    client = signed_in(aigul)
    take_in(client)
    opened = opening.open_for_office(Appeal.objects.get(), keyring(aigul))
    said = appeals.last_words(opened)["d"]
    assert opened.answers()["channel"] == "phone"
    assert (said.body["how"], said.body["explained"], said.body["language"], said.by) == ("oral", "Айгүл", "ky", "office")
    assert not appeals.may_count(opened)


def test_a_case_against_a_client_of_the_office_is_stored_and_not_opened(aigul: Any, signed_in: Any) -> None:
    client = signed_in(aigul)
    take_in(client, name="Кудайберди Асанов", receipt="none")
    against = take_in(client, culprit="agent", culprit_name="Асанов Кудайберди")
    appeal = Appeal.objects.order_by("-id")[:1].get()
    assert against.headers["Location"] == f"/work/appeals/{appeal.code}/conflicts/"
    assert Case.objects.filter(appeals=appeal).count() == 0
    page = client.get(against.headers["Location"])
    assert [found.name for found in page.context["conflicts"]] == ["Кудайберди Асанов"]
    receipt = reverse("casework_work:intake_receipt", args=[ShownReceipt.objects.get().uid])
    assert receipt in page.content.decode()
    digits = digits_at(client, receipt)
    assert STORY in person(digits).get("/ru/appeal/status/story/").content.decode()


def test_a_complaint_by_phone_about_ones_own_office_goes_to_another(
    office: Any, other_office: Any, aigul: Any, boris: Any, signed_in: Any
) -> None:
    client = signed_in(aigul)
    shown = take_in(client, complaint_about=office.code, office=office.code)
    appeal = Appeal.objects.get()
    assert (appeal.office, Case.objects.count()) == (other_office, 0)
    assert "Челябинск" in client.get(shown.headers["Location"]).content.decode()
    assert client.post(f"{shown.headers['Location']}given/").headers["Location"] == "/work/queue/"
    assert client.get(f"/work/appeals/{appeal.code}/").status_code == 404
    assert signed_in(boris).get(f"/work/appeals/{appeal.code}/").context["complaint_about"] == office


def test_a_complaint_by_phone_about_another_office_stays_with_ones_own(
    office: Any, other_office: Any, aigul: Any, boris: Any, signed_in: Any
) -> None:
    take_in(signed_in(aigul), complaint_about=other_office.code)
    assert Appeal.objects.get().office == office


def test_where_no_other_office_takes_appeals_no_complaint_is_asked_about(aigul: Any, signed_in: Any) -> None:
    assert "complaint_about" not in signed_in(aigul).get("/work/intake/").context["form"].fields


def test_a_child_is_asked_for_a_guardian_and_the_office_is_warned(aigul: Any, signed_in: Any) -> None:
    client = signed_in(aigul)
    take_in(client)
    case, row = Case.objects.get(), Person.objects.get()
    page = client.get(f"/work/cases/{case.code}/reach/").content.decode()
    assert f"/work/cases/{case.code}/guardian/{row.uid}/" in page
    prefix = f"g{row.uid.hex}"
    form = {f"{prefix}-guardian": "Бурул", f"{prefix}-relation": "апасы", f"{prefix}-version": "1", f"{prefix}-key": key()}
    assert client.post(f"/work/cases/{case.code}/guardian/{row.uid}/", form).status_code == 302
    assert open_case(case, keyring(aigul)).persons()[0].body["guardian"] == "Бурул"
    assert client.post(f"/work/cases/{case.code}/guardian/{row.uid}/", form).status_code == 422


def test_consents_told_to_staff_stand_in_the_case_with_how_and_by_whom(aigul: Any, signed_in: Any) -> None:
    client = signed_in(aigul)
    take_in(client)
    case, appeal = Case.objects.get(), Appeal.objects.get()
    p = f"c{appeal.uid.hex}"
    form = {f"{p}-codes": ["b-court"], f"{p}-given": "yes", f"{p}-how": "written", f"{p}-language": "ru", f"{p}-explained": "Жамила",
            f"{p}-key": key()}  # fmt: skip
    for _ in range(2):
        assert client.post(f"/work/cases/{case.code}/reach/{appeal.uid}/consent/", form).status_code == 302
    opened = opening.open_for_office(appeal, keyring(aigul))
    assert [e.body["explained"] for e in opened.entries() if e.kind == "consent" and e.body["code"] == "b-court"] == ["Жамила"]
    assert "Жамила" in client.get(f"/work/cases/{case.code}/reach/").content.decode()


def test_a_paper_signed_before_carries_its_day_and_stands_below_what_was_said_later(aigul: Any, signed_in: Any) -> None:
    client = signed_in(aigul, language="en")
    take_in(client)
    case, appeal = Case.objects.get(), Appeal.objects.get()
    p, address, today = f"c{appeal.uid.hex}", f"/work/cases/{case.code}/reach/{appeal.uid}/consent/", timezone.localdate()
    said = {f"{p}-codes": ["b-court"], f"{p}-given": "no", f"{p}-how": "written", f"{p}-language": "ru"}
    days = {"later": today + timedelta(days=1), "month": today - timedelta(days=30), "week": today - timedelta(days=7)}
    codes = [
        client.post(address, {**said, **more, f"{p}-said_on": days[day].isoformat(), f"{p}-key": key()}).status_code
        for day, more in (("later", {}), ("week", {f"{p}-given": "yes"}), ("month", {}))
    ]
    assert codes == [422, 302, 302]
    view = status_view(opening.open_for_office(appeal, keyring(aigul)))
    line = next(one for one in view.consent_lines if one.code == "b-court")
    assert (view.consents["b-court"], line.said_on) == (True, days["week"])


def test_what_nobody_touches_is_no_answer(office: Any, aigul: Any, signed_in: Any) -> None:
    """A list to open shows its first line as chosen: that line must be the one that says nothing."""
    form = signed_in(aigul).get("/work/intake/").context["form"]
    lists = [
        bound for bound in form if isinstance(bound.field.widget, forms.Select) and not bound.field.widget.allow_multiple_selected
    ]
    lists += [bound for bound in WhoForm() if type(bound.field.widget) is forms.Select]
    first = {bound.name: bound.initial or next(iter(bound.field.choices))[0] for bound in lists if bound.name != "office"}
    assert {name: value for name, value in first.items() if value} == {
        "channel": "phone", "consent_how": "oral", "receipt": "make", "for_whom": "self"
    }  # fmt: skip


# --- contacts --------------------------------------------------------------------------------------------------------------------

CONTACT = {
    "channel": "phone",
    "theme": "pay",
    "origin": "KG",
    "destination": "RU",
    "sex": "male",
    "minutes": "15",
    "result": "informed",
}


def test_a_contact_is_logged_once_and_the_next_begins_like_it(aigul: Any, signed_in: Any) -> None:
    client, form = signed_in(aigul), {**CONTACT, "channel": "walk-in", "key": key()}
    for _ in range(2):
        assert client.post("/work/contacts/", form).status_code == 302
    page = client.get("/work/contacts/")
    assert Contact.objects.count() == 1
    assert page.context["form"].initial["channel"] == "walk-in"
    assert [count for _, count in page.context["counts"]] == [1]


def test_the_last_contact_can_be_taken_back_by_who_logged_it(aigul: Any, signed_in: Any) -> None:
    client = signed_in(aigul)
    client.post("/work/contacts/", {**CONTACT, "key": key()})
    signed_in(aigul).post("/work/contacts/undo/")
    assert Contact.objects.count() == 1
    client.post("/work/contacts/undo/")
    assert Contact.objects.count() == 0


def test_contacts_of_a_day_cost_the_same_with_1_and_30(
    aigul: Any, office: Any, signed_in: Any, django_assert_num_queries: Any
) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    client = signed_in(aigul)

    def more(number: int) -> None:
        for _ in range(number):
            Contact.objects.create(office=office, day=timezone.localdate(), channel="phone", result="informed", by=aigul)

    more(1)
    with CaptureQueriesContext(connection) as first:
        client.get("/work/contacts/")
    more(29)
    with django_assert_num_queries(len(first)):
        client.get("/work/contacts/")


def test_yesterdays_contact_is_logged_for_yesterday_and_none_for_tomorrow(aigul: Any, office: Any, signed_in: Any) -> None:
    client, today = signed_in(aigul), timezone.localdate()
    days = [today - timedelta(days=1), today + timedelta(days=1), today - timedelta(days=32)]
    sent = [client.post("/work/contacts/", {**CONTACT, "key": key(), "day": day.isoformat()}).status_code for day in days]
    assert sent == [302, 422, 422]
    assert list(Contact.objects.values_list("day", flat=True)) == days[:1]


# --- call-backs ------------------------------------------------------------------------------------------------------------------


def test_a_call_is_noted_with_one_click_until_the_person_is_reached(aigul: Any, signed_in: Any) -> None:
    client = signed_in(aigul)
    digits = digits_at(client, take_in(client).headers["Location"])
    row = Callback.objects.get()
    assert "+7 912 000-11-22" in client.get("/work/calls/").content.decode()
    assert client.post(f"/work/calls/{row.uid}/", {"result": "missed", "version": "1"}).status_code == 302
    client.post(f"/work/calls/{row.uid}/", {"result": "missed", "version": "1"})  # a colleague's page, one click late
    row.refresh_from_db()
    assert (row.version, row.done, row.due_on) == (2, False, timezone.localdate() + timedelta(days=1))
    Appeal.objects.update(due_on=timezone.localdate())
    client.post(f"/work/calls/{row.uid}/", {"result": "reached", "version": "2"})
    assert (Appeal.objects.get().due_on, Case.objects.get().deadline) == (None, None)  # she waits for no answer
    assert "+7 912 000-11-22" not in client.get("/work/calls/").content.decode()
    assert Note.objects.count() == 2
    told = [entry.body["code"] for entry in person(digits).get("/ru/appeal/status/open/").context["view"].steps]
    assert told == ["received", "taken_up", "call_missed", "call_reached"]


def test_an_intake_of_somebody_who_is_known_says_so_with_the_way_there(aigul: Any, signed_in: Any) -> None:
    client = signed_in(aigul)
    take_in(client)
    again = client.get(take_in(client).headers["Location"])
    case = Case.objects.order_by("-id")[:1].get()
    assert f'href="/work/cases/{case.code}/facts/#duplicates"' in again.content.decode()


def test_who_was_talked_to_and_taken_up_at_once_waits_for_no_answer(aigul: Any, signed_in: Any) -> None:
    take_in(signed_in(aigul))
    assert (Appeal.objects.get().due_on, Case.objects.get().deadline) == (None, None)


def test_a_call_is_given_up_with_a_reason(aigul: Any, signed_in: Any) -> None:
    client = signed_in(aigul, language="en")
    digits = digits_at(client, take_in(client).headers["Location"])
    row = Callback.objects.get()
    client.post(f"/work/calls/{row.uid}/", {"result": "wrong", "version": "1"})
    assert "Last time somebody else answered." in client.get("/work/calls/").content.decode()
    client.post(f"/work/calls/{row.uid}/", {"result": "ended", "version": "2"})
    assert not Callback.objects.get().done
    client.post(f"/work/calls/{row.uid}/", {"result": "ended", "version": "2", "reason": "Номер чужой"})
    assert client.get("/work/calls/").context["calls"] == []
    assert "Nobody calls any more: Номер чужой" in client.get(f"/work/cases/{Case.objects.get().code}/").content.decode()
    told = [entry.body["code"] for entry in person(digits).get("/ru/appeal/status/open/").context["view"].steps]
    assert told[-2:] == ["call_wrong", "call_ended"]


def test_nobody_is_called_about_what_is_closed(aigul: Any, signed_in: Any) -> None:
    client = signed_in(aigul)
    take_in(client)
    case, appeal = Case.objects.get(), Appeal.objects.get()
    client.post(f"/work/cases/{case.code}/status/", {"status": "closed"})
    assert client.get("/work/calls/").context["calls"] == []
    p = f"p{appeal.uid.hex}"
    plan = {f"{p}-due_on": timezone.localdate().isoformat(), f"{p}-why": "Спросить", f"{p}-key": key()}
    client.post(f"/work/cases/{case.code}/reach/{appeal.uid}/call/", plan)
    assert Callback.objects.count() == 1
    client.post(f"/work/cases/{case.code}/status/", {"status": "reopen"})
    assert len(client.get("/work/calls/").context["calls"]) == 1


def test_the_list_of_calls_goes_on_after_a_page(aigul: Any, signed_in: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(contacts, "SHOWN_CALLS", 1)
    client = signed_in(aigul)
    take_in(client)
    take_in(client)
    first = client.get("/work/calls/")
    second = client.get(f"/work/calls/?after={first.context['next']}")
    seen = [call.row.pk for page in (first, second) for call in page.context["calls"]]
    assert seen == list(Callback.objects.order_by("pk").values_list("pk", flat=True))
    assert second.context["next"] is None


def test_calls_of_another_office_are_nobodys_business(aigul: Any, boris: Any, signed_in: Any) -> None:
    take_in(signed_in(aigul))
    client = signed_in(boris)
    assert client.get("/work/calls/").context["calls"] == []
    assert client.post(f"/work/calls/{Callback.objects.get().uid}/", {"result": "reached", "version": "1"}).status_code == 404


def test_never_contact_stands_at_the_top_and_ends_the_calls(aigul: Any, signed_in: Any) -> None:
    client = signed_in(aigul)
    take_in(client)
    case, appeal = Case.objects.get(), Appeal.objects.get()
    p = f"r{appeal.uid.hex}"
    client.post(f"/work/cases/{case.code}/reach/{appeal.uid}/", {f"{p}-answer_how": "never", f"{p}-key": key()})
    page = client.get(f"/work/cases/{case.code}/").content.decode()
    assert 'data-tone="bad"' in page
    assert Callback.objects.get().done


def test_many_calls_cost_no_more_queries_than_one(aigul: Any, signed_in: Any, django_assert_num_queries: Any) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    client = signed_in(aigul)
    take_in(client)
    with CaptureQueriesContext(connection) as first:
        client.get("/work/calls/")
    queries = len(first)
    for _ in range(4):
        take_in(client)
    with django_assert_num_queries(queries):
        client.get("/work/calls/")


# --- a brigade -------------------------------------------------------------------------------------------------------------------


@pytest.fixture
def brigade(office: Any, aigul: Any, signed_in: Any) -> tuple[Client, Case, str]:
    """A group's case with two more persons; the client of the caseworker, and the leader's digits."""
    draft = drafts.new()
    draft.answers = {
        "theme": "pay",
        "story": STORY,
        "for_whom": "group",
        "group_size": 3,
        "citizenship": "KG",
        "consents": ["a", "d"],
    }
    assert appeals.file_appeal(draft=draft, office=office, language="ru")
    client = signed_in(aigul)
    client.post(f"/work/appeals/{Appeal.objects.get().code}/take-up/")
    case = Case.objects.get()
    form = {"persons": "Асан уулу Бек; +7 900 111-22-33; 45 000\nТемир", "currency": "RUB", "key": key()}
    for _ in range(2):
        assert client.post(f"/work/cases/{case.code}/brigade/", form).status_code == 302
    return client, case, draft.receipt


def issue(client: Client, case: Case, row: Person, **more: str) -> str:
    answer = client.post(f"/work/cases/{case.code}/brigade/{row.uid}/receipt/", {"key": key(), **more})
    assert answer.status_code == 302
    return digits_at(client, answer.headers["Location"])


def test_a_list_becomes_persons_with_sums_of_their_own(brigade: tuple[Client, Case, str], aigul: Any) -> None:
    _, case, _ = brigade
    opened = open_case(case, keyring(aigul))
    assert [item.body["name"] for item in opened.persons()] == ["", "Асан уулу Бек", "Темир"]
    assert [opened.open(row).body["amount"] for row in Sum.objects.filter(case=case)] == ["45000"]


def test_a_line_that_cannot_be_read_is_said_with_its_number(brigade: tuple[Client, Case, str]) -> None:
    client, case, _ = brigade
    page = client.post(f"/work/cases/{case.code}/brigade/", {"persons": "Азамат\nБек; ; много", "currency": "RUB", "key": key()})
    assert page.status_code == 422
    assert "Бек; ; много" in page.content.decode()
    assert Person.objects.count() == 3


def test_a_co_holders_receipt_opens_his_part_and_nothing_of_the_leaders(brigade: tuple[Client, Case, str]) -> None:
    client, case, leader = brigade
    bek = Person.objects.order_by("id")[1]
    member = person(issue(client, case, bek))
    story = member.get("/ru/appeal/status/story/").content.decode()
    assert "45000 RUB" in story
    assert STORY not in story
    member.post("/ru/appeal/status/open/", {"text": "Мне заплатили половину", "key": key()})
    assert "Мне заплатили половину" not in person(leader).get("/ru/appeal/status/open/").content.decode()
    assert "Мне заплатили половину" in client.get(f"/work/cases/{case.code}/").content.decode()
    assert sorted(Receipt.objects.values_list("right", "seen_by_other")) == [("co_holder", True), ("owner", False)]


def test_a_co_holder_erases_his_part_and_his_row_and_not_the_case(brigade: tuple[Client, Case, str], aigul: Any) -> None:
    client, case, leader = brigade
    bek = Person.objects.order_by("id")[1]
    member = person(issue(client, case, bek))
    member.post("/ru/appeal/status/erase/", {"what": "erase"})
    assert "Асан уулу Бек" not in client.get(f"/work/cases/{case.code}/brigade/").content.decode()
    member.post("/ru/appeal/status/erase/", {"what": "stop"})
    assert "Асан уулу Бек" in client.get(f"/work/cases/{case.code}/brigade/").content.decode()
    member.post("/ru/appeal/status/erase/", {"what": "erase"})
    appeals.destroy_erased(today=timezone.localdate() + timedelta(days=5))
    assert (Case.objects.count(), Appeal.objects.count(), Person.everybody.count(), Sum.objects.count()) == (1, 1, 2, 0)
    assert STORY in person(leader).get("/ru/appeal/status/story/").content.decode()
    assert STORY in client.get(f"/work/cases/{case.code}/").content.decode()


def test_a_lost_receipt_of_a_part_is_replaced_with_a_reason_that_he_reads(brigade: tuple[Client, Case, str]) -> None:
    client, case, _ = brigade
    bek = Person.objects.order_by("id")[1]
    first = issue(client, case, bek)
    assert client.post(f"/work/cases/{case.code}/brigade/{bek.uid}/receipt/", {"key": key()}).status_code == 422
    second = issue(client, case, bek, reason="Телефон утонул")
    assert Client().post("/ru/appeal/status/", {"receipt": first}).status_code == 422
    assert "Телефон утонул" in person(second).get("/ru/appeal/status/open/").content.decode()


def test_the_leaders_own_receipt_is_replaced_by_nobody_but_him(brigade: tuple[Client, Case, str]) -> None:
    client, case, leader = brigade
    first = Person.objects.order_by("id")[0]
    client.post(f"/work/cases/{case.code}/brigade/{first.uid}/receipt/", {"key": key(), "reason": "Потерял"})
    person(leader)
    assert Receipt.objects.count() == 1


def test_a_part_does_not_stand_among_the_new_appeals(brigade: tuple[Client, Case, str]) -> None:
    client, case, _ = brigade
    issue(client, case, Person.objects.order_by("id")[1])
    assert list(Appeal.objects.order_by("id").values_list("status", flat=True)) == ["office", "office"]


def test_who_wanted_no_receipt_wants_a_receipt_later(aigul: Any, signed_in: Any) -> None:
    client = signed_in(aigul)
    take_in(client, receipt="none")
    digits = issue(client, Case.objects.get(), Person.objects.get())
    told = [entry.body["code"] for entry in person(digits).get("/ru/appeal/status/open/").context["view"].steps]
    assert told == ["received", "taken_up", "first_receipt"]


def test_one_member_who_takes_his_consent_back_does_not_silence_the_office(brigade: tuple[Client, Case, str]) -> None:
    client, case, leader = brigade
    member = person(issue(client, case, Person.objects.order_by("id")[1]))
    member.post("/ru/appeal/status/consent/a/", {"given": "yes"})
    member.post("/ru/appeal/status/consent/a/", {"given": "no"})
    assert (
        client.post(f"/work/cases/{case.code}/answer/", {"answer-text": "Прокурор ответил", "answer-key": key()}).status_code
        == 302
    )
    assert "Прокурор ответил" in person(leader).get("/ru/appeal/status/open/").content.decode()
    assert "Прокурор ответил" not in member.get("/ru/appeal/status/open/").content.decode()
