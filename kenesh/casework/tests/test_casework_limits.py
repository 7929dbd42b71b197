"""Legal time limits through the pages: suggested, counted, set, explained; edited in versions; told the lead; the calendar."""

from __future__ import annotations

import uuid
from datetime import date, timedelta
from typing import Any

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone
from icalendar import Calendar

from kenesh.appeals import actions as appeals
from kenesh.appeals import drafts, first_answer
from kenesh.appeals.models import Appeal
from kenesh.casework import actions, tasks
from kenesh.casework.limits import seeding
from kenesh.casework.models import CalendarLink, Case, Deadline, Escalation, LegalLimit, OfficeRule
from kenesh.casework.opening import open_case
from kenesh.cast import PASSWORD
from kenesh.kernel.workdays import calendar_of
from kenesh.people import sign_in
from kenesh.people.actions import take_role
from kenesh.people.keyring import Keyring
from kenesh.people.models import Role
from kenesh.themes import dates

pytestmark = pytest.mark.django_db


def keyring(user: Any) -> Keyring:
    return Keyring(user, sign_in.check(user.email, PASSWORD).secret)


def a_case(office: Any, user: Any, theme: str = "unpaid-wages", **more: Any) -> Case:
    draft = drafts.new()
    draft.answers = {"theme": theme, "citizenship": "KG", "where_country": "RU", "consents": ["a"], **more}
    appeals.file_appeal(draft=draft, office=office, language="ru")
    return actions.open_from_appeal(keyring=keyring(user), appeal=Appeal.objects.order_by("-id")[:1].get())


@pytest.fixture
def case(office: Any, aigul: Any) -> Case:
    return a_case(office, aigul)


def send(client: Client, case: Case, **fields: Any) -> Any:
    return client.post(f"/work/cases/{case.code}/deadline/from-limit/", {"key": str(uuid.uuid4()), **fields})


# --- deadlines of a case ------------------------------------------------------------------------------------------------


def test_limits_that_fit_the_matter_the_country_and_the_citizenship_are_offered(office: Any, aigul: Any, signed_in: Any) -> None:
    case = a_case(office, aigul, theme="work-patent")
    page = signed_in(aigul).get(f"/work/cases/{case.code}/deadlines/")
    assert [offer.limit.code for offer in page.context["offers"]] == ["ru-permit-refused"]  # the rest is not for the EAEU
    stranger = a_case(office, aigul, theme="work-patent", citizenship="UZ")
    page = signed_in(aigul).get(f"/work/cases/{stranger.code}/deadlines/")
    assert "ru-patent-apply" in [offer.limit.code for offer in page.context["offers"]]


def test_an_event_is_counted_by_the_law_of_its_day(office: Any, aigul: Any, signed_in: Any) -> None:
    case, client = a_case(office, aigul, theme="expulsion"), signed_in(aigul)
    old = LegalLimit.objects.get(code="ru-ruling", current=True)
    LegalLimit.objects.filter(pk=old.pk).update(current=False)
    new = LegalLimit.objects.get(pk=old.pk)
    new.pk, new.uid, new.version, new.amount = None, uuid.uuid4(), old.version + 1, old.amount + 20
    new.current, new.valid_from = True, date(2031, 1, 1)
    new.save()
    offered = client.get(f"/work/cases/{case.code}/deadlines/").context["offers"]
    assert [offer.limit.version for offer in offered if offer.limit.code == "ru-ruling"] == [old.version]
    due = [send(client, case, count="ru-ruling", start=day).context["offers"][0].due_on for day in ("29.04.2026", "29.04.2031")]
    assert due[0] == date(2026, 5, 12)
    assert (due[1] - date(2031, 4, 29)).days > 25


def test_a_limit_is_counted_first_and_set_then(office: Any, aigul: Any, signed_in: Any) -> None:
    case, client = a_case(office, aigul, theme="expulsion"), signed_in(aigul)
    form = {"start": "29.04.2026", "proof": "Копия с подписью", "file": "3"}
    counted = send(client, case, count="ru-ruling", **form)
    assert counted.context["offers"][0].due_on == date(2026, 5, 12)
    assert Deadline.objects.count() == 0
    key = str(uuid.uuid4())
    for _ in range(2):
        assert send(client, case, set="ru-ruling", **{**form, "key": key}).status_code == 302
    row = Deadline.objects.get()
    assert row.due_on == date(2026, 5, 12)
    body = open_case(case, keyring(aigul)).deadlines()[0].body
    assert (body["limit"], body["limit_version"], body["proof"], body["start"]) == (
        "ru-ruling",
        1,
        "Копия с подписью",
        "2026-04-29",
    )
    case.refresh_from_db()
    assert case.due_on == date(2026, 5, 12)
    page = client.get(f"/work/cases/{case.code}/deadlines/")
    assert any("30.3" in sentence for sentence in page.context["deadlines"][0].explanation)
    assert b"ru-ruling" not in bytes(row.sealed)


def test_what_is_not_certain_is_due_today_without_a_computed_day(office: Any, aigul: Any, signed_in: Any) -> None:
    case, client = a_case(office, aigul, theme="deportation"), signed_in(aigul)
    assert send(client, case, set="ru-deportation", start="2026-01-10").status_code == 302
    case.refresh_from_db()
    assert case.due_on == timezone.localdate()
    assert client.get(f"/work/cases/{case.code}/deadlines/").context["deadlines"][0].counted_anew is None


def test_wages_have_a_clock_for_each_pay_day(case: Case, aigul: Any, signed_in: Any) -> None:
    client, today = signed_in(aigul), timezone.localdate()
    first = today - timedelta(days=700)
    lines = f"{first:%d.%m.%Y} 40 000\n{today - timedelta(days=30):%d.%m.%Y} 45000,50"
    assert send(client, case, set="ru-wages", listed=lines).status_code == 302
    page = client.get(f"/work/cases/{case.code}/deadlines/")
    wages = page.context["deadlines"][0].wages
    assert [clock.late for clock in wages.clocks] == [True, False]
    assert (str(wages.sum_late), str(wages.sum_at_risk)) == ("40000", "45000.50")
    assert Deadline.objects.get().due_on == wages.next_last_day


def test_a_pay_day_that_passed_makes_room_for_the_next_one(case: Case, aigul: Any, signed_in: Any) -> None:
    client, today = signed_in(aigul), timezone.localdate()
    send(client, case, set="ru-wages", listed="\n".join(f"{today - timedelta(days=ago):%d.%m.%Y} 40 000" for ago in (90, 60, 30)))
    first, second = Deadline.objects.order_by("due_on")[:2]
    page = f"/work/cases/{case.code}/deadlines/"
    assert [one.item.row for one in client.get(page).context["deadlines"]] == [
        first
    ]  # one clock is shown, with all days in its table
    Deadline.objects.filter(pk=first.pk).update(due_on=today - timedelta(days=1))  # time goes by
    client.post(
        f"/work/cases/{case.code}/deadline/{first.uid}/missed/", {"missed_why": "He was in hospital", "version": first.version}
    )
    case.refresh_from_db()
    assert case.due_on > today
    shown = client.get(page)
    assert [one.item.row for one in shown.context["deadlines"]] == [second, first]
    assert "He was in hospital" in shown.content.decode()
    for press in ("done", "undo"):  # what was missed stays missed
        client.post(f"/work/cases/{case.code}/deadline/{second.uid}/{press}/")
    assert Deadline.objects.get(pk=first.pk).done is True


def test_what_is_filed_for_one_pay_day_is_filed_for_all(case: Case, aigul: Any, signed_in: Any) -> None:
    client, today = signed_in(aigul), timezone.localdate()
    send(client, case, set="ru-wages", listed="\n".join(f"{today - timedelta(days=ago):%d.%m.%Y} 40 000" for ago in (90, 60, 30)))
    address = f"/work/cases/{case.code}/deadline/{Deadline.objects.order_by('due_on')[0].uid}/"
    counted = []
    for press in ("done", "undo", "strike"):
        client.post(f"{address}{press}/")
        counted.append((Deadline.objects.filter(done=False).count(), Deadline.objects.count()))
    assert counted == [(0, 3), (3, 3), (0, 0)]


def test_when_every_pay_day_is_late_nothing_is_set_and_the_table_says_why(case: Case, aigul: Any, signed_in: Any) -> None:
    answer = send(signed_in(aigul), case, set="ru-wages", first="2020-01-01", last="2020-03-31", day_of_month="15")
    assert answer.status_code == 200
    assert [clock.late for clock in answer.context["offers"][0].wages.clocks] == [True, True, True]
    assert Deadline.objects.count() == 0


@pytest.mark.parametrize("listed", ["завтра 45000", "15.03.2026 много", "15.03.9999 45000"])
def test_a_pay_day_that_cannot_be_read_is_kept_in_the_form(listed: str, case: Case, aigul: Any, signed_in: Any) -> None:
    answer = send(signed_in(aigul), case, set="ru-wages", listed=listed)
    assert answer.status_code == 422
    assert listed in answer.content.decode()


def test_a_deadline_can_be_done_undone_and_explained_when_missed(case: Case, aigul: Any, signed_in: Any) -> None:
    client, day = signed_in(aigul), timezone.localdate() - timedelta(days=2)
    actions.set_deadline(keyring=keyring(aigul), case=case, due_on=day, what="Суд", key=uuid.uuid4())
    row, base = Deadline.objects.get(), f"/work/cases/{case.code}/deadline"
    client.post(f"{base}/{row.uid}/done/")
    client.post(f"{base}/{row.uid}/undo/")
    case.refresh_from_db()
    assert case.due_on == day
    form = {"missed_why": "Болела", "version": "1"}
    assert client.post(f"{base}/{row.uid}/missed/", form).status_code == 302
    second = client.post(f"{base}/{row.uid}/missed/", {**form, "missed_why": "Не знала"})
    assert second.status_code == 422
    assert "Болела" in second.content.decode()
    assert "Не знала" in second.content.decode()
    assert open_case(case, keyring(aigul)).deadlines()[0].body["missed_why"] == "Болела"


# --- the list of limits ---------------------------------------------------------------------------------------------------


def test_seeding_again_changes_nothing_and_never_overwrites_what_people_wrote(nurlan: Any, tmp_path: Any) -> None:
    assert seeding.seed() == 0
    limit = LegalLimit.objects.get(code="ru-wages", current=True)
    actions.change_limit(limit=limit, fields={"amount": 2}, by=nurlan)
    newer = tmp_path / "data.tsv"
    newer.write_text(seeding.DATA.read_text(encoding="utf-8").replace("art. 392", "article 392"), encoding="utf-8")
    assert seeding.seed(newer) == 3
    assert LegalLimit.objects.get(code="ru-wages", current=True).amount == 2
    assert LegalLimit.objects.get(code="ru-dismissal", current=True).version == 2
    assert [row.current for row in LegalLimit.objects.filter(code="ru-wages").order_by("version")] == [False, True, False]


def test_everybody_reads_that_no_lawyer_has_confirmed_a_limit(aigul: Any, signed_in: Any) -> None:
    client = signed_in(aigul, language="en")
    page = client.get("/work/limits/?country=TR").content.decode()
    assert page.count("Not confirmed by a lawyer.") == 3
    assert (
        client.post("/work/limits/tr-wages/confirm/", {"confirm-lawyer": "Бакыт Асанов", "confirm-version": "1"}).status_code
        == 302
    )
    assert "Бакыт Асанов" in client.get("/work/limits/tr-wages/").content.decode()


def test_only_editors_change_a_limit_and_each_change_is_a_version(
    aigul: Any, nurlan: Any, make_account: Any, signed_in: Any
) -> None:
    editor = make_account("Elvira", Role.EDITOR).user
    client = signed_in(editor)
    initial = client.get("/work/limits/kg-wages/").context["edit_form"].initial
    form = {name: "" if value is None else value for name, value in initial.items()} | {"amount": "2", "certainty": "A"}
    assert signed_in(aigul).post("/work/limits/kg-wages/", form).status_code == 404
    for slip in ({"countries": "KGZ"}, {"unit": "years", "amount": "2026"}):
        assert client.post("/work/limits/kg-wages/", {**form, **slip}).status_code == 422
    assert client.post("/work/limits/kg-wages/", form).status_code == 302
    second = client.post("/work/limits/kg-wages/", {**form, "amount": "5"})  # read before the first was saved
    assert (second.status_code, second.context["edit_form"]["version"].value()) == (422, "2")
    row = LegalLimit.objects.get(code="kg-wages", current=True)
    assert (row.version, row.amount, row.themes) == (2, 2, LegalLimit.objects.get(code="kg-wages", version=1).themes)
    assert signed_in(nurlan).post("/work/limits/kg-wages/use/1/").status_code == 302
    assert LegalLimit.objects.get(code="kg-wages", current=True).version == 1


def test_an_editor_adds_a_limit_that_is_offered_in_cases_and_waits_for_a_lawyer(
    office: Any, aigul: Any, emil: Any, signed_in: Any
) -> None:
    client = signed_in(emil, language="en")
    page = client.get("/work/limits/new/").context["form"]
    form = {field.html_name: field.value() or "" for field in page} | {
        "countries": "RU", "amount": "20", "themes": "unpaid-wages", "matter_ru": "Жалоба на отказ", "less_days": "0",
    }  # fmt: skip
    wrong = client.post("/work/limits/new/", {**form, "countries": "RUS", "certainty": "A"})
    assert (wrong.status_code, list(wrong.context["form"].errors)) == (422, ["countries", "source"])
    assert wrong.context["form"]["matter"].value()["ru"] == "Жалоба на отказ"
    answers = [client.post("/work/limits/new/", form) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [302, 302]
    row = LegalLimit.objects.get(changed_by=emil)
    assert (row.countries, row.unit, row.amount, row.version, row.is_confirmed) == (["RU"], "days", 20, 1, False)
    assert (
        client.post(f"/work/limits/{row.code}/confirm/", {"confirm-lawyer": "А. Ким", "confirm-version": "1"}).status_code == 302
    )
    case = a_case(office, aigul)
    offers = signed_in(aigul).get(f"/work/cases/{case.code}/deadlines/").context["offers"]
    assert row.code in [offer.limit.code for offer in offers]
    assert signed_in(aigul).get("/work/limits/new/").status_code == 404


# --- the lead ---------------------------------------------------------------------------------------------------------------


def test_a_passed_deadline_is_told_the_lead_once(office: Any, aigul: Any, case: Case, signed_in: Any) -> None:
    client, today = signed_in(aigul), timezone.localdate()
    days = {"warn_days": 3, "escalate_days": 2, "first_answer_days": 2, "urgent_hours": 4}
    form = {"office": office.code, f"{office.code}-lead": aigul.uid} | {f"{office.code}-{k}": v for k, v in days.items()}
    assert client.post("/work/office-rules/", form).status_code == 302
    actions.set_deadline(keyring=keyring(aigul), case=case, due_on=today - timedelta(days=2), what="Суд", key=uuid.uuid4())
    for _ in range(2):
        tasks.tell_leads_of_late_cases.call()
    row = Escalation.objects.get()
    assert (row.due_on, row.level) == (today - timedelta(days=2), 1)
    assert case.code in client.get("/work/").content.decode()
    assert "the lead was told" in signed_in(aigul, language="en").get("/work/queue/?show=open").content.decode()
    actions.finish_deadline(keyring=keyring(aigul), deadline=Deadline.objects.get())
    tasks.tell_leads_of_late_cases.call()
    assert case.code not in client.get("/work/").content.decode()
    actions.undo_deadline(keyring=keyring(aigul), deadline=Deadline.objects.get())
    tasks.tell_leads_of_late_cases.call()
    assert case.code in client.get("/work/").content.decode()
    actions.end_escalation(escalation=Escalation.objects.get(), by=aigul)
    tasks.tell_leads_of_late_cases.call()
    assert (case.code in client.get("/work/").content.decode(), Escalation.objects.get().ended_on) == (False, today)


def test_a_lead_is_told_again_when_as_many_days_have_passed_once_more(office: Any, aigul: Any) -> None:
    today = timezone.localdate()
    OfficeRule.objects.create(office=office, lead=aigul, escalate_days=1)
    Case.objects.create(office=office, opened_on=today, due_on=today - timedelta(days=3))
    assert actions.escalate_late_cases(today=today) == 1
    assert Escalation.objects.get().level == 2


def test_of_what_runs_in_hours_the_lead_is_told_on_the_next_day(office: Any, aigul: Any) -> None:
    today = timezone.localdate()
    OfficeRule.objects.create(office=office, lead=aigul, escalate_days=5)
    for urgent in (True, False):
        Case.objects.create(office=office, opened_on=today, due_on=today - timedelta(days=1), urgent=urgent)
    assert actions.escalate_late_cases(today=today) == 1
    assert Escalation.objects.get().case.urgent


def test_the_first_answer_is_due_by_the_rule_of_the_office_in_working_days_of_its_country(office: Any, aigul: Any) -> None:
    OfficeRule.objects.create(office=office, first_answer_days=20)
    person, today = Client(), timezone.localdate()
    person.post("/ru/appeal/", {"danger": "no", "theme": "pay", "story": "Долг"})
    person.post("/ru/appeal/where/", {"citizenship": "KG"})
    person.post("/ru/appeal/who/", {"for_whom": "self"})
    person.post("/ru/appeal/answer/", {"answer_how": "code", "consents": ["a"]})
    person.post("/ru/appeal/send/")
    assert Appeal.objects.get().due_on == calendar_of("KG").working_days_after(today, 20)[0]


@pytest.mark.parametrize(("days", "due"), [(2, "2025-03-25"), (4, "2025-03-27")])
def test_public_holidays_are_no_days_of_the_first_answer(days: int, due: str, office: Any) -> None:
    OfficeRule.objects.create(office=office, first_answer_days=days)
    assert first_answer.due(office, date(2025, 3, 20)).isoformat() == due  # Nooruz is a Friday


def test_the_form_promises_what_the_chosen_office_has_decided(office: Any, aigul: Any, boris: Any, other_office: Any) -> None:
    OfficeRule.objects.create(office=other_office, first_answer_days=7)
    person, today = Client(), timezone.localdate()
    promised = {}
    for house in (office, other_office):
        house.refresh_from_db()
        person.post("/en/appeal/", {"theme": "pay", "danger": "no"})
        person.post("/en/appeal/where/", {"citizenship": "KG"})
        person.post("/en/appeal/who/", {"for_whom": "self"})
        person.post("/en/appeal/answer/", {"answer_how": "code", "consents": ["a"], "office": house.code})
        last = {days: dates.day(calendar_of(house.country).working_days_after(today, days)[0], "en") for days in (2, 7)}
        check = person.get("/en/appeal/check/").content.decode()
        promised[house] = [days for days, day in last.items() if f"{house} answers within {days} working days, on {day}" in check]
    assert promised == {office: [2], other_office: [7]}
    person.post("/en/appeal/send/")
    done = person.post("/en/appeal/written/", follow=True).content.decode()
    assert "The office answers within 7 working days." in done
    assert "working days" not in person.get("/en/appeal/done/?days=<b>").content.decode()


def test_the_letter_to_the_lead_holds_counts_and_a_link_alone(office: Any, aigul: Any, case: Case) -> None:
    OfficeRule.objects.create(office=office, lead=aigul)
    Case.objects.filter(pk=case.pk).update(due_on=timezone.localdate() - timedelta(days=9))
    tasks.send_digest.call(OfficeRule.objects.get().pk)
    text = mail.outbox[0].body
    assert case.code not in text
    assert text.count("http") == 1
    assert "1" in text.splitlines()[0]


def test_who_has_left_the_office_gets_no_counts_of_it_and_the_others_are_told_that_nobody_does(
    office: Any, aigul: Any, saltanat: Any, make_account: Any, case: Case, signed_in: Any
) -> None:
    jamila = make_account("Jamila", Role.CASEWORKER, organisation=office).user
    OfficeRule.objects.create(office=office, lead=jamila)
    Case.objects.filter(pk=case.pk).update(due_on=timezone.localdate() - timedelta(days=9))
    client, warning = signed_in(aigul, language="en"), "Nobody is told when a deadline has passed."
    assert warning not in client.get("/work/").content.decode()
    take_role(held=jamila.roles.get(), by=saltanat)
    assert OfficeRule.objects.get().lead is None
    OfficeRule.objects.update(lead=jamila)  # as an earlier version left it
    tasks.send_digest.call(OfficeRule.objects.get().pk)
    assert mail.outbox == []
    assert warning in client.get("/work/").content.decode()


def test_another_lead_cannot_end_what_was_told_here(
    office: Any, aigul: Any, boris: Any, other_office: Any, signed_in: Any
) -> None:
    today = timezone.localdate()
    OfficeRule.objects.create(office=office, lead=aigul)
    OfficeRule.objects.create(office=other_office, lead=boris)
    Case.objects.create(office=office, opened_on=today, due_on=today - timedelta(days=3))
    actions.escalate_late_cases(today=today)
    path = f"/work/escalation/{Escalation.objects.get().pk}/seen/"
    assert signed_in(boris).post(path).status_code == 404
    assert signed_in(aigul).post(path).status_code == 302
    assert Escalation.objects.get().ended_on == today


# --- the calendar -----------------------------------------------------------------------------------------------------------


def test_the_calendar_tells_days_and_counts_and_ends_when_revoked(case: Case, aigul: Any, signed_in: Any) -> None:
    client, day = signed_in(aigul), timezone.localdate() + timedelta(days=5)
    for what in ("Жалоба Кудайберди", "Суд"):
        actions.set_deadline(keyring=keyring(aigul), case=case, due_on=day, what=what, key=uuid.uuid4())
    page = client.post("/work/calendar/", {"whose": "mine"})
    address = page.context["address"]
    token = address.rpartition("/")[2].removesuffix(".ics")
    answer = Client().get(f"/work/calendar/feed/{token}.ics")
    events = list(Calendar.from_ical(answer.content).walk("VEVENT"))
    assert [event.decoded("dtstart") for event in events] == [day]
    text = answer.content.decode()
    assert f"DTSTART;VALUE=DATE:{day:%Y%m%d}" in text
    assert case.code not in text
    assert "Кудайберди" not in text
    link = CalendarLink.objects.get()
    assert token.encode() not in bytes(link.token_hash)
    client.post(f"/work/calendar/{link.uid}/revoke/")
    assert Client().get(f"/work/calendar/feed/{token}.ics").status_code == 404


def test_a_wrong_and_a_revoked_address_cost_the_same(aigul: Any, django_assert_num_queries: Any) -> None:
    token = actions.make_calendar_link(user=aigul, whose=CalendarLink.Whose.MINE)
    actions.revoke_calendar_link(link=CalendarLink.objects.get(), by=aigul)
    for wrong in (token, "x" * 32):
        with django_assert_num_queries(1):
            assert Client().get(f"/work/calendar/feed/{wrong}.ics").status_code == 404


def test_no_one_reads_another_offices_dates_in_a_calendar(case: Case, boris: Any, aigul: Any) -> None:
    day = timezone.localdate() + timedelta(days=5)
    actions.set_deadline(keyring=keyring(aigul), case=case, due_on=day, what="Суд", key=uuid.uuid4())
    token = actions.make_calendar_link(user=boris, whose=CalendarLink.Whose.OFFICE)
    assert b"VEVENT" not in Client().get(f"/work/calendar/feed/{token}.ics").content
