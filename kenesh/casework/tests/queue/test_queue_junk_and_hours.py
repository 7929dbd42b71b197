"""The queue: junk is swept, colleagues are seen, what runs in hours stands on the board."""

from __future__ import annotations

import re
import time
import uuid
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from kenesh.appeals.models import Appeal
from kenesh.casework import actions, tallies
from kenesh.casework.models import Alarm, Case, Deadline, LegalLimit, Presence, Status, Swept
from kenesh.casework.tests.queue.rows import QUEUE, codes, file, keyring, opened_case, several, undo
from kenesh.kernel import pace

pytestmark = pytest.mark.django_db


# --- junk -----------------------------------------------------------------------------------------------------------------


def test_junk_is_swept_told_and_brought_back(office: Any, aigul: Any, signed_in: Any) -> None:
    digits = file(office, danger="yes")
    client, appeal = signed_in(aigul), Appeal.objects.get()
    page = several(client, "sweep", [f"a:{appeal.code}"], show="new")
    assert Appeal.objects.get().status == "closed"
    person = Client()
    person.post("/ru/appeal/status/", {"receipt": digits})
    assert person.get("/ru/appeal/status/open/").context["view"].steps[-1].body["code"] == "swept"
    assert codes(client.get(f"{QUEUE}?show=swept")) == [appeal.code]
    undo(client, page)
    assert (Appeal.objects.get().status, Swept.objects.count()) == ("urgent", 0)
    several(client, "sweep", [f"a:{appeal.code}"], show="new")
    several(client, "bring_back", [f"a:{appeal.code}"], show="swept")
    assert Appeal.objects.get().status == "urgent"


def test_everything_that_a_filter_shows_can_be_swept_at_once(office: Any, aigul: Any, signed_in: Any) -> None:
    for land in ("UZ", "UZ", "KG"):
        file(office, citizenship=land)
    client = signed_in(aigul)
    where = client.post(f"{QUEUE}filter/", {"tab": "new", "origin": "UZ"}).headers["Location"]
    several(client, "sweep_all", [], view=where.partition("view=")[2])
    assert sorted(Appeal.objects.values_list("origin", "status")) == [("KG", "new"), ("UZ", "closed"), ("UZ", "closed")]


@pytest.mark.parametrize(("danger", "status"), [("no", "new"), ("yes", "urgent")])
def test_a_message_of_its_sender_brings_a_swept_appeal_back(
    danger: str, status: str, office: Any, aigul: Any, signed_in: Any
) -> None:
    digits = file(office, danger=danger)
    client = signed_in(aigul)
    several(client, "sweep", [f"a:{Appeal.objects.get().code}"], show="new")
    person = Client()
    person.post("/ru/appeal/status/", {"receipt": digits})
    person.post("/ru/appeal/status/open/", {"text": "Я настоящая", "key": str(uuid.uuid4())})
    assert (Appeal.objects.get().status, Swept.objects.count()) == (status, 0)
    assert (Appeal.objects.get().due_on == timezone.localdate()) == (danger == "yes")
    assert codes(client.get(QUEUE)) == [Appeal.objects.get().code]


def test_a_swept_appeal_whose_erasure_is_stopped_can_still_be_brought_back(office: Any, aigul: Any, signed_in: Any) -> None:
    digits = file(office)
    client, code = signed_in(aigul), Appeal.objects.get().code
    several(client, "sweep", [f"a:{code}"], show="new")
    person = Client()
    person.post("/ru/appeal/status/", {"receipt": digits})
    person.post("/ru/appeal/status/erase/", {"what": "erase"})
    assert Appeal.objects.get().status == "erasing"
    person.post("/ru/appeal/status/erase/", {"what": "stop"})
    assert codes(client.get(f"{QUEUE}?show=swept")) == [code]


def test_a_swept_appeal_whose_erasure_is_stopped_after_its_30_days_is_still_in_its_list(
    office: Any, aigul: Any, signed_in: Any
) -> None:
    digits = file(office)
    client, code = signed_in(aigul), Appeal.objects.get().code
    several(client, "sweep", [f"a:{code}"], show="new")
    Swept.objects.update(swept_on=timezone.localdate() - timedelta(days=30))
    person = Client()
    person.post("/ru/appeal/status/", {"receipt": digits})
    person.post("/ru/appeal/status/erase/", {"what": "erase"})
    assert actions.destroy_swept(today=timezone.localdate()) == 0
    person.post("/ru/appeal/status/erase/", {"what": "stop"})
    assert codes(client.get(f"{QUEUE}?show=swept")) == [code]


@pytest.mark.parametrize(("danger", "status"), [("no", "new"), ("yes", "urgent")])
def test_what_was_taken_back_and_given_again_before_anybody_took_it_up_is_new_again(
    danger: str, status: str, office: Any, aigul: Any, signed_in: Any
) -> None:
    digits = file(office, danger=danger)
    person, client = Client(), signed_in(aigul)
    person.post("/ru/appeal/status/", {"receipt": digits})
    person.post("/ru/appeal/status/consent/a/", {"given": "no"})
    assert codes(client.get(QUEUE)) == []
    person.post("/ru/appeal/status/consent/a/", {"given": "yes"})
    appeal = Appeal.objects.get()
    assert (appeal.status, codes(client.get(QUEUE))) == (status, [appeal.code])
    assert appeal.due_on is not None
    assert tallies.disagreements() == []


def test_what_was_taken_back_and_given_again_with_a_case_stays_with_its_case(office: Any, aigul: Any) -> None:
    digits = file(office)
    case = actions.open_from_appeal(keyring=keyring(aigul), appeal=Appeal.objects.get())
    actions.set_waiting(keyring=keyring(aigul), case=case, status=Status.OFFICE)
    day = Appeal.objects.get().due_on
    person = Client()
    person.post("/ru/appeal/status/", {"receipt": digits})
    stands = []
    for given in ("no", "yes"):
        person.post("/ru/appeal/status/consent/a/", {"given": given})
        case.refresh_from_db()
        stands.append(case.deadline)
    assert (Appeal.objects.get().status, case.status) == ("office", "office")
    assert stands == [None, day]  # nobody is late for her while it is sealed


def test_what_was_swept_is_destroyed_after_30_days_and_not_before(office: Any, aigul: Any) -> None:
    file(office)
    actions.sweep_appeals(keyring=keyring(aigul), rows=list(Appeal.objects.select_related("office")))
    today = timezone.localdate()
    assert actions.destroy_swept(today=today + timedelta(days=29)) == 0
    assert actions.destroy_swept(today=today + timedelta(days=30)) == 1
    assert (Appeal.objects.count(), Swept.objects.count()) == (0, 0)
    assert tallies.disagreements() == []


def test_the_queue_says_that_a_flood_is_on(office: Any, aigul: Any, signed_in: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    file(office)
    client = signed_in(aigul)
    assert client.get(QUEUE).context["flood"] == 0
    _come_in(199)
    assert client.get(QUEUE).context["flood"] == 200
    now = time.time()
    with monkeypatch.context() as earlier:
        for back in range(2, 47):
            earlier.setattr("kenesh.kernel.pace.time.time", lambda back=back: now - back * 3600)
            _come_in(100)
    assert client.get(QUEUE).context["flood"] == 0  # so much is usual here


def _come_in(number: int) -> None:
    for _ in range(number):
        pace.count_this_hour()


# --- who is there -----------------------------------------------------------------------------------------------------------


def test_a_colleague_sees_who_has_a_case_open(office: Any, aigul: Any, zarina: Any, signed_in: Any) -> None:
    case = opened_case(office, aigul)
    mine, hers = signed_in(aigul), signed_in(zarina)
    mine.get(f"/work/cases/{case.code}/")
    page = hers.get(f"{QUEUE}?show=open")
    assert [one.user.name for one in page.context["rows"][0]["present"]] == ["Aigul"]
    assert "Aigul" in hers.get(f"/work/cases/{case.code}/deadlines/").content.decode().partition("<main")[2]
    Presence.objects.update(seen_at=timezone.now() - timedelta(minutes=3))
    assert hers.get(f"{QUEUE}?show=open").context["rows"][0]["present"] == []
    actions.forget_what_is_over()
    assert Presence.objects.count() == 0


# --- what runs in hours -----------------------------------------------------------------------------------------------------


def test_somebody_in_danger_stands_on_the_board_with_what_the_form_said(office: Any, aigul: Any, signed_in: Any) -> None:
    opened_case(office, aigul, danger="yes", danger_where="Сахарово", danger_since="вчера")
    page = signed_in(aigul).get("/work/urgent/").content.decode()
    assert "Сахарово" in page
    assert "вчера" in page
    file(office, danger="yes")
    new = Appeal.objects.order_by("-id")[:1].get()
    assert new.code in signed_in(aigul).get("/work/urgent/").content.decode()
    assert "Сахарово".encode() not in bytes(Alarm.objects.get().sealed)


def test_the_nearest_hour_comes_first(office: Any, aigul: Any, signed_in: Any) -> None:
    later, sooner, never = (opened_case(office, aigul) for _ in range(3))
    client, now = signed_in(aigul, language="en"), timezone.localtime()
    for case, hours in ((later, 40), (sooner, 20), (never, 0)):
        at = (now + timedelta(hours=hours, minutes=30)).strftime("%Y-%m-%dT%H:%M") if hours else ""
        form = {"urgent": "on", "removal_at": at, "lawyer": "Иванов", "consul_told": "no", "version": "0"}
        assert client.post(f"/work/cases/{case.code}/alarm/", form).status_code == 302
    page = client.get("/work/urgent/")
    assert [card.case.code for card in page.context["cards"]] == [sooner.code, later.code, never.code]
    assert "Removal in 20 hours" in page.content.decode()
    assert "Removal in 20 hours" in client.get(f"{QUEUE}?show=open").content.decode()


def test_among_more_urgent_cases_than_the_board_holds_the_nearest_hour_is_first(office: Any, aigul: Any, signed_in: Any) -> None:
    """Neither cases without a day nor cases whose day passed long ago crowd it out; the queue shows it before later hours too."""
    client, now = signed_in(aigul, language="en"), timezone.localtime()
    later, nearest = opened_case(office, aigul), opened_case(office, aigul)
    rows = [Case(office=office, opened_on="2026-11-01", urgent=True) for _ in range(101)]
    rows += [Case(office=office, opened_on="2026-11-01", urgent=True, due_on="2026-11-02") for _ in range(101)]
    Case.objects.bulk_create(rows)
    for case, hours in ((later, 60), (nearest, 2)):
        at = (now + timedelta(hours=hours, minutes=30)).strftime("%Y-%m-%dT%H:%M")
        client.post(f"/work/cases/{case.code}/alarm/", {"urgent": "on", "removal_at": at, "version": "0"})
    page = client.get("/work/urgent/")
    assert [card.case.code for card in page.context["cards"][:2]] == [nearest.code, later.code]
    assert page.context["more"]
    nearest.refresh_from_db()
    assert nearest.due_on == (now + timedelta(hours=2, minutes=30)).date()
    Case.objects.filter(due_on="2026-11-02").delete()
    assert codes(client.get(f"{QUEUE}?show=open"))[:2] == [nearest.code, later.code]


def test_an_hour_that_is_moved_or_taken_away_moves_the_day_of_the_case(office: Any, aigul: Any, signed_in: Any) -> None:
    case, client, now = opened_case(office, aigul), signed_in(aigul), timezone.localtime()
    actions.set_waiting(keyring=keyring(aigul), case=case, status=Status.OTHERS)
    days = []
    for version, hours in enumerate((72, 48, 0)):
        at = (now + timedelta(hours=hours)).strftime("%Y-%m-%dT%H:%M") if hours else ""
        client.post(f"/work/cases/{case.code}/alarm/", {"urgent": "on", "hearing_at": at, "version": str(version)})
        case.refresh_from_db()
        days.append(case.deadline)
    assert days == [now.date() + timedelta(days=3), now.date() + timedelta(days=2), None]
    assert Deadline.objects.count() == 1


def test_when_the_hearing_is_over_the_day_of_removal_still_counts(office: Any, aigul: Any, signed_in: Any) -> None:
    case, client, now = opened_case(office, aigul), signed_in(aigul), timezone.localtime()
    actions.set_waiting(keyring=keyring(aigul), case=case, status=Status.OTHERS)
    hearing, removal = (now + timedelta(days=days) for days in (2, 5))
    moments = {"hearing_at": f"{hearing:%Y-%m-%dT%H:%M}", "removal_at": f"{removal:%Y-%m-%dT%H:%M}"}
    client.post(f"/work/cases/{case.code}/alarm/", {"urgent": "on", "version": "0", **moments})
    first = Deadline.objects.get(due_on=hearing.date())
    client.post(f"/work/cases/{case.code}/deadline/{first.uid}/done/")
    case.refresh_from_db()
    assert case.deadline == removal.date()


def test_danger_of_which_a_client_writes_in_a_new_appeal_goes_on_the_board_with_her_case(
    office: Any, aigul: Any, signed_in: Any
) -> None:
    case, client = opened_case(office, aigul), signed_in(aigul)
    client.post(f"/work/cases/{case.code}/alarm/", {"lawyer": "Иванов", "detained_where": "Отдел 5", "version": "0"})
    file(office, danger="yes", danger_where="Сахарово", danger_since="вчера")
    appeal = Appeal.objects.order_by("-id")[:1].get()
    assert client.post(f"/work/appeals/{appeal.code}/join/{case.code}/").status_code == 302
    page = client.get("/work/urgent/")
    assert [card.case.code for card in page.context["cards"]] == [case.code]
    assert {"Иванов", "Отдел 5", "вчера"} <= set(re.findall("Иванов|Отдел 5|вчера|Сахарово", page.content.decode()))
    assert "Сахарово" not in page.content.decode()  # what a caseworker wrote stays


def test_the_board_says_for_how_many_hours_somebody_is_held(office: Any, aigul: Any, signed_in: Any) -> None:
    case = opened_case(office, aigul, danger="yes", danger_where="Сахарово", danger_since="вчера")
    client, page = signed_in(aigul, language="en"), f"/work/cases/{case.code}/alarm/"
    assert "вчера" in client.get(page).content.decode()
    since = (timezone.localtime() - timedelta(hours=30, minutes=5)).strftime("%Y-%m-%dT%H:%M")
    sent = {"urgent": "on", "detained_where": "Сахарово", "version": "1"}
    assert client.post(page, {**sent, "detained_at": "вчера"}).status_code == 422
    assert client.post(page, {**sent, "detained_at": since}).status_code == 302
    assert "for 30 hours" in client.get("/work/urgent/").content.decode()


def test_a_limit_that_is_counted_in_hours_stands_on_the_board(office: Any, aigul: Any, signed_in: Any) -> None:
    case, client = opened_case(office, aigul), signed_in(aigul, language="en")
    limit = LegalLimit.objects.create(
        code="held", countries=["RU"], themes=["pay"], matter={"en": "Holding without a court"}, unit="hours", amount=48,
        certainty="A", changed_on="2026-11-01",
    )  # fmt: skip
    began = timezone.localtime() - timedelta(hours=40, minutes=-30)
    sent = {"set": limit.code, "start": began.strftime("%Y-%m-%d"), "at": began.strftime("%H:%M"), "key": str(uuid.uuid4())}
    assert client.post(f"/work/cases/{case.code}/deadline/from-limit/", sent).status_code == 302
    for page in ("/work/urgent/", f"{QUEUE}?show=open"):
        assert "Holding without a court: 8 hours left" in client.get(page).content.decode()


def test_where_the_law_of_that_day_counted_in_hours_the_time_is_asked(office: Any, aigul: Any, signed_in: Any) -> None:
    case, client = opened_case(office, aigul), signed_in(aigul, language="en")
    common = {"code": "held", "countries": ["RU"], "themes": ["pay"], "matter": {"en": "Holding"}, "certainty": "A"}
    common["changed_on"] = "2026-11-01"
    LegalLimit.objects.create(**common, version=1, unit="hours", amount=48, valid_until="2024-12-31", current=False)
    limit = LegalLimit.objects.create(**common, version=2, unit="days", amount=2, valid_from="2025-01-01")
    sent = {"set": limit.code, "start": "2024-11-05", "key": str(uuid.uuid4())}
    page = client.post(f"/work/cases/{case.code}/deadline/from-limit/", sent)
    assert ("Please write the time." in page.content.decode(), Deadline.objects.count()) == (True, 0)
    assert client.post(f"/work/cases/{case.code}/deadline/from-limit/", {**sent, "at": "10:00"}).status_code == 302


def test_the_board_goes_on_where_its_page_ended(office: Any, aigul: Any, signed_in: Any) -> None:
    for _ in range(21):
        Case.objects.create(office=office, opened_on="2026-11-01", urgent=True)
    client = signed_in(aigul)
    first = client.get("/work/urgent/")
    second = client.get(f"/work/urgent/?from={first.context['next']}")
    pages = [[card.case.pk for card in page.context["cards"]] for page in (first, second)]
    assert [len(page) for page in pages] == [20, 1]
    assert len({*pages[0], *pages[1]}) == 21
    assert "?from=" not in second.content.decode()


def test_two_people_at_one_alarm_lose_nothing(office: Any, aigul: Any, signed_in: Any) -> None:
    case = opened_case(office, aigul)
    client, page = signed_in(aigul), f"/work/cases/{case.code}/alarm/"
    assert client.post(page, {"urgent": "on", "lawyer": "Иванов", "version": "0"}).status_code == 302
    second = client.post(page, {"urgent": "on", "lawyer": "Петров", "version": "0"})
    assert second.status_code == 422
    assert {"Иванов", "Петров"} <= set(re.findall(r"Иванов|Петров", second.content.decode()))
    assert client.post(page, {"urgent": "on", "lawyer": "Петров", "version": "1"}).status_code == 302


def test_the_board_is_closed_to_other_offices(office: Any, aigul: Any, boris: Any, eve: Any, signed_in: Any) -> None:
    case = opened_case(office, aigul, danger="yes", danger_where="Сахарово")
    assert signed_in(eve).get("/work/urgent/").status_code == 404
    assert case.code not in signed_in(boris).get("/work/urgent/").content.decode()
    assert signed_in(boris).get(f"/work/cases/{case.code}/alarm/").status_code == 404


def test_the_last_word_on_who_works_counts_and_the_one_before_is_told(
    office: Any, aigul: Any, zarina: Any, signed_in: Any
) -> None:
    case = opened_case(office, aigul)
    page = f"/work/cases/{case.code}/"
    form = {"seen_assignee": aigul.uid.hex}
    signed_in(zarina).post(f"{page}assign/", {**form, "assign-assignee": zarina.uid.hex})
    told = signed_in(aigul, language="en").post(f"{page}assign/", {**form, "assign-assignee": ""}, follow=True).content.decode()
    assert "a colleague had given this case to: Zarina" in told
    assert Case.objects.get().assignee is None


def test_a_page_that_is_being_read_keeps_its_reader_in_sight(office: Any, aigul: Any, zarina: Any, signed_in: Any) -> None:
    case, client = opened_case(office, aigul), signed_in(aigul)
    assert f'data-here="/work/cases/{case.code}/here/"' in client.get(f"/work/cases/{case.code}/").content.decode()
    Presence.objects.all().delete()  # two minutes later
    assert client.get(f"/work/cases/{case.code}/here/").status_code == 204
    assert [one.user for one in signed_in(zarina).get(f"/work/cases/{case.code}/").context["present"]] == [aigul]
