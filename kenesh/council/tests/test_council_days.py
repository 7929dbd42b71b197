"""Who sat for a seat when: the member on the first day and her alternate on the second, or after the break of one day."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import pytest
from django.db.models import F
from django.test import Client
from django.utils import timezone

from kenesh.council import actions
from kenesh.council.actions import checkin
from kenesh.council.models import Attendance, AttendanceDay, Meeting, Speech
from kenesh.council.queries import quorum, seats
from kenesh.people.models import Body, Membership, Person, Publication, User

FIRST, SECOND = date(2024, 5, 14), date(2024, 5, 15)


@pytest.fixture
def two_days(council: Body, chynara: User) -> Meeting:
    """14 and 15 May 2024, under way."""
    made = actions.plan_meeting(
        body=council,
        by=chynara,
        title={"en": "Council session"},
        starts_at=datetime(2024, 5, 14, 3, 0, tzinfo=UTC),
        ends_at=datetime(2024, 5, 15, 12, 0, tzinfo=UTC),
    )
    actions.open_meeting(meeting=made, by=chynara)
    return made


@pytest.fixture
def seat(council: Body) -> Membership:
    """Almaz sits there; Nargiza, her alternate, lets herself be named."""
    almaz, nargiza = (Person.objects.create(name={"ru": name}) for name in ("Алмаз", "Наргиза"))
    return Membership.objects.create(
        body=council, person=almaz, alternate=nargiza, publication=Publication.NAME, alternate_publication=Publication.NAME
    )


@pytest.fixture
def secretary(signed_in: Callable[..., Client], chynara: User) -> Client:
    return signed_in(chynara, language="en")


def press(secretary: Client, meeting: Meeting, seat: Membership, day: date, *, mode: str = "present", alternate: str = "") -> str:
    sent = {"who": f"s{seat.pk}", "day": day.isoformat(), "mode": mode, "alternate": alternate}
    page = secretary.post(f"/work/meetings/{meeting.code}/check-in/", sent, follow=True).content.decode()
    return re.sub(r"\s+", " ", page)


def there_on(secretary: Client, meeting: Meeting, seat: Membership, day: date) -> bool:
    """Whether the list at the door says that the alternate is there on that day."""
    page = secretary.get(f"/work/meetings/{meeting.code}/check-in/?day={day.isoformat()}").content.decode()
    row = page.split(f'id="row-s{seat.pk}"')[1].split("</li>")[0]
    return "Alternate: Наргиза" in row


def minutes_of(secretary: Client, meeting: Meeting) -> str:
    return re.sub(r"\s+", " ", secretary.get(f"/work/meetings/{meeting.code}/minutes/").content.decode())


def sits_now() -> tuple[bool, str]:
    line = Attendance.objects.get()
    return line.by_alternate, line.publication


def test_an_alternate_on_the_second_day_leaves_the_first_to_the_member(
    secretary: Client, two_days: Meeting, seat: Membership
) -> None:
    press(secretary, two_days, seat, FIRST)
    press(secretary, two_days, seat, SECOND, alternate="yes")
    assert [there_on(secretary, two_days, seat, day) for day in (FIRST, SECOND)] == [False, True]
    minutes = minutes_of(secretary, two_days)
    assert ("Members: 1" in minutes, "Алмаз: 14 May 2024" in minutes) == (True, True)
    assert "Наргиза, alternate of Алмаз: 15 May 2024" in minutes


def test_a_correction_of_the_first_day_changes_nothing_of_who_sits_there_now(
    secretary: Client, two_days: Meeting, seat: Membership
) -> None:
    press(secretary, two_days, seat, FIRST, alternate="yes")
    press(secretary, two_days, seat, SECOND)
    now = [sits_now()]
    press(secretary, two_days, seat, FIRST)
    now.append(sits_now())
    press(secretary, two_days, seat, FIRST, alternate="yes")
    now.append(sits_now())
    press(secretary, two_days, seat, SECOND, mode="")  # it was a mistake: who sat there last is the alternate again
    now.append(sits_now())
    assert now == [(False, "hidden"), (False, "hidden"), (False, "hidden"), (True, "name")]


def test_what_is_shown_of_each_who_sat_there_is_decided_for_each(
    secretary: Client, two_days: Meeting, seat: Membership, chynara: User
) -> None:
    press(secretary, two_days, seat, FIRST)
    press(secretary, two_days, seat, SECOND, alternate="yes")
    at = f"/work/meetings/{two_days.code}/attendance/"
    table = re.sub(r"\s+", " ", secretary.get(at).content.decode())
    assert ["The member: 14 May 2024" in table, "Наргиза: 15 May 2024" in table] == [True, True]
    public = []
    actions.close_meeting(meeting=two_days, by=chynara)
    for level in ("hidden", "name"):
        line = {"mode": "present", "publication": "name", "person": seat.alternate_id, "also0": level}
        secretary.post(at, {f"s{seat.pk}_{name}": value for name, value in line.items()})
        actions.approve_minutes(meeting=two_days, on=date(2024, 5, 20), reason="What is shown", by=chynara)
        actions.publish_minutes(meeting=two_days, public=True, by=chynara)
        actions.publish_meeting(meeting=two_days, by=chynara)
        page = Client().get(f"/en/meetings/{two_days.code}/minutes/").content.decode()
        public.append(["Алмаз: 14 May 2024" in page, "Наргиза" in page, "Members: 1" in page])
        actions.reopen_minutes(meeting=two_days, by=chynara)
    assert public == [[False, True, True], [True, True, True]]


def test_who_takes_over_after_a_break_is_written_beside_who_sat_there_before_and_each_is_named_for_her_words(
    secretary: Client, seat: Membership, council: Body, chynara: User
) -> None:
    begins = timezone.now() - timedelta(minutes=10)
    today = actions.plan_meeting(body=council, by=chynara, title={"en": "Today"}, starts_at=begins)
    item = actions.add_item(meeting=today, by=chynara, title={"en": "A point"})
    press(secretary, today, seat, today.day, alternate="yes")
    press(secretary, today, seat, today.day)  # before the opening it was a mistake
    actions.open_meeting(meeting=today, by=chynara)
    actions.call_item(item=item, by=chynara)
    for alternate in ("", "yes"):
        press(secretary, today, seat, today.day, alternate=alternate)
        speech = actions.enter_speaker(meeting=today, by=chynara, membership=seat)
        actions.give_word(meeting=today, speech=speech, by=chynara)
        actions.end_speech(meeting=today, by=chynara)
    rows = [(row.alternate_id, row.until is None) for row in AttendanceDay.objects.order_by("pk")]
    assert rows == [(None, False), (seat.alternate_id, True)]
    minutes = minutes_of(secretary, today)
    assert [
        len(re.findall(words, minutes))
        for words in (r"Алмаз: [\w ]+ until \d\d:\d\d", r"Наргиза, alternate of Алмаз: [\w ]+ from")
    ] == [1, 1]
    assert Speech.objects.count() == 2
    spoke = minutes.split("Spoke:")[1]
    assert spoke.index("Алмаз") < spoke.index("Наргиза, alternate of Алмаз")
    press(secretary, today, seat, today.day, mode="")
    assert (AttendanceDay.objects.count(), Attendance.objects.count()) == (0, 0)


@pytest.mark.parametrize(
    ("spoke", "minutes", "sat"),
    [(False, 0, ["member"]), (True, 0, ["member", "alternate", "member"]), (False, 6, ["member", "alternate", "member"])],
)
def test_a_press_by_mistake_that_is_corrected_at_once_leaves_no_trace_unless_somebody_spoke(
    secretary: Client, seat: Membership, council: Body, chynara: User, spoke: bool, minutes: int, sat: list[str]
) -> None:
    begins = timezone.now() - timedelta(minutes=10)
    today = actions.plan_meeting(body=council, by=chynara, title={"en": "Today"}, starts_at=begins)
    actions.open_meeting(meeting=today, by=chynara)
    for alternate in ("", "yes"):
        press(secretary, today, seat, today.day, alternate=alternate)
    if spoke:
        actions.give_word(meeting=today, speech=actions.enter_speaker(meeting=today, by=chynara, membership=seat), by=chynara)
    AttendanceDay.objects.exclude(until=None).update(until=timezone.now() - timedelta(minutes=minutes))
    press(secretary, today, seat, today.day)
    rows = AttendanceDay.objects.order_by(F("until").asc(nulls_last=True))
    assert ["alternate" if row.alternate_id else "member" for row in rows] == sat
    assert sits_now() == (False, "hidden")


def test_an_alternate_is_not_written_down_for_a_day_that_has_not_begun(
    secretary: Client, seat: Membership, council: Body, chynara: User
) -> None:
    now = timezone.now()
    meeting = actions.plan_meeting(
        body=council, by=chynara, title={"en": "Today"}, starts_at=now - timedelta(hours=1), ends_at=now + timedelta(days=2)
    )
    page = press(secretary, meeting, seat, meeting.last_day, alternate="yes")
    assert ("That day has not begun." in page, AttendanceDay.objects.count()) == (True, 0)


def test_who_was_there_on_the_first_day_only_makes_no_quorum_on_the_second(
    secretary: Client, two_days: Meeting, seat: Membership, council: Body, chynara: User
) -> None:
    others = [
        Membership.objects.create(body=council, person=Person.objects.create(name={"ru": name})) for name in ("Бакыт", "Гүлнара")
    ]
    item = actions.add_item(meeting=two_days, by=chynara, title={"en": "A point"})
    checkin.set_rules(body=council, version=1, members="0", states="0", counts_online=True, by=chynara)
    for one in (seat, *others):
        press(secretary, two_days, one, FIRST)
    press(secretary, two_days, seat, SECOND, alternate="yes")
    proposal = actions.propose(item=item, text={"en": "Open a hotline."}, by=chynara)
    ballot = actions.open_ballot(proposal=proposal, quorum="1/2", by=chynara)
    actions.enter_votes(ballot=ballot, choices=[(seat, "for")], by=chynara)
    result = actions.close_ballot(ballot=ballot, by=chynara)
    state = quorum.quorum(two_days)
    assert state is not None
    assert (result.present, result.entitled, result.why, state.members.there) == (1, 3, "no_quorum", 1)
    assert seats.member_ids(two_days) == {one.pk for one in (seat, *others)}


def when(**said: str) -> dict[str, str]:
    """The form of the two days in its own words, but for what is said."""
    first = {
        "title_en": "Council session", "on": "2024-05-14", "begins": "09:00", "ends": "18:00", "last_on": "2024-05-15",
        "time_zone": "Asia/Bishkek", "mode": "in_person", "version": "1", "key": "k",
    }  # fmt: skip
    return {**first, **said}


def test_who_was_there_goes_with_the_meeting_to_other_days(secretary: Client, two_days: Meeting, seat: Membership) -> None:
    press(secretary, two_days, seat, FIRST)
    edit = f"/work/meetings/{two_days.code}/edit/"
    assert secretary.post(edit, when(on="2024-05-15", last_on="2024-05-16")).status_code == 302
    assert list(AttendanceDay.objects.values_list("day", "mode")) == [(SECOND, "present")]
    assert "Алмаз: 15 May 2024" in minutes_of(secretary, two_days)


def test_a_meeting_is_not_shortened_while_something_belongs_to_the_day_that_goes(
    secretary: Client, two_days: Meeting, seat: Membership
) -> None:
    press(secretary, two_days, seat, SECOND)
    sent = {
        "kind": "session", "title_en": "Wages", "day": "2024-05-15", "begins": "10:00", "ends": "12:00", "version": "1", "key": "s",
        "people-TOTAL_FORMS": "0", "people-INITIAL_FORMS": "0",
    }  # fmt: skip
    assert secretary.post(f"/work/meetings/{two_days.code}/programme/new/", sent).status_code == 302
    refused = secretary.post(f"/work/meetings/{two_days.code}/edit/", when(last_on=""))
    left = "Wages (15 May 2024); who was there on 15 May 2024"
    told = f"These would lie outside the days of the meeting: {left}. Move them or take them away first."
    assert refused.context["form"].non_field_errors() == [told]
    two_days.refresh_from_db()
    assert two_days.last_day == SECOND


def test_the_list_at_the_door_has_the_quorum_of_the_day_that_it_shows(
    secretary: Client, two_days: Meeting, seat: Membership, council: Body, chynara: User
) -> None:
    checkin.set_rules(body=council, version=1, members="1/2", states="0", counts_online=True, by=chynara)
    press(secretary, two_days, seat, FIRST)
    pages = [secretary.get(f"/work/meetings/{two_days.code}/check-in/?day={day.isoformat()}") for day in (FIRST, SECOND)]
    assert [words in page.content.decode() for page in pages for words in ("There is a quorum.", "There is no quorum.")] == [
        True, False, False, True,
    ]  # fmt: skip


def test_the_screens_tell_the_time_of_the_room(secretary: Client, two_days: Meeting, seat: Membership) -> None:
    Meeting.objects.update(time_zone="Europe/Moscow")
    began = datetime(2024, 5, 14, 6, 4, tzinfo=UTC)
    Speech.objects.create(meeting=two_days, membership=seat, started_at=began, ended_at=began + timedelta(minutes=3))
    Speech.objects.create(meeting=two_days, membership=seat, started_at=began + timedelta(minutes=9))
    page = secretary.get(f"/work/meetings/{two_days.code}/chair/").content.decode()
    assert ("09:04–09:07" in page, "since 09:13" in page) == (True, True)
