"""A meeting that a document tells of becomes a meeting of a body, once."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from icalendar import Calendar

from kenesh.council.models import Meeting
from kenesh.library.actions import import_document
from kenesh.library.models import Confirmation, Document

pytestmark = pytest.mark.django_db

TEXT = """Заседание совета по миграции

15 мая 2024 года в Бишкеке прошло заседание Совета по миграции, в котором участвовали представители Кыргызстана и России.
"""


@pytest.fixture
def document() -> Document:
    return import_document(data=TEXT.encode(), source="meeting.txt", by="command").document


@pytest.fixture
def secretary(client: Client, chynara: Any) -> Client:
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    client.force_login(chynara)
    return client


def press(client: Client, document: Document, **buttons: str) -> None:
    assert client.post(f"/work/library/{document.code}/review/", buttons).status_code == 302


def test_accepting_it_enters_a_meeting_that_is_over_and_internal(secretary: Client, document: Document, council: Any) -> None:
    press(secretary, document, accept="meeting-0")
    meeting = Meeting.objects.get()
    assert (meeting.body, meeting.status, meeting.is_public, meeting.day) == (council, "closed", False, date(2024, 5, 15))
    assert meeting.place == {"ru": "Бишкек"}
    assert f'href="/en/library/{document.code}/"' in secretary.get(f"/work/meetings/{meeting.code}/").content.decode()


def test_a_meeting_of_that_day_is_offered_instead_of_a_second_one(
    secretary: Client, document: Document, meeting: Meeting
) -> None:
    content = secretary.get(f"/work/library/{document.code}/review/").content.decode()
    assert "the same body met on that day, 92 %" in content
    press(secretary, document, **{"accept": "meeting-0", "target-meeting-0": f"meeting:{meeting.code}"})
    assert (Meeting.objects.count(), Confirmation.objects.get().target) == (1, f"meeting:{meeting.code}")


def test_undoing_removes_the_meeting_as_long_as_nothing_belongs_to_it(secretary: Client, document: Document) -> None:
    press(secretary, document, accept="meeting-0")
    press(secretary, document, undo="meeting-0")
    assert Meeting.objects.count() == 0


def test_a_meeting_needs_a_whole_date(secretary: Client, document: Document, council: Any) -> None:
    said = {"body": council.code, "title": "Заседание", "start": "2024-05", "end": "", "place": "", "country": "KG"}
    answer = secretary.post(f"/work/library/{document.code}/review/meeting-0/", said)
    assert "Write a whole date, such as 2024-05-15." in answer.content.decode()
    assert Meeting.objects.count() == 0


def test_a_meeting_whose_day_the_document_does_not_tell_is_entered_with_the_day_that_a_person_gives(
    secretary: Client, council: Any
) -> None:
    text = "Заседание совета по миграции\n\nСегодня в Бишкеке прошло заседание Совета по миграции с участием экспертов."
    paper = import_document(data=text.encode(), source="undated.txt", by="command").document
    press(secretary, paper, all="sure")
    assert Meeting.objects.count() == 0
    said = {"body": council.code, "title": "Заседание", "start": "2024-05-15", "end": "", "place": "Бишкек", "country": "KG"}
    secretary.post(f"/work/library/{paper.code}/review/meeting-0/", said)
    assert Meeting.objects.get().day == date(2024, 5, 15)


def test_who_did_what_is_shown_to_the_secretary_and_not_to_the_public(secretary: Client, council: Any) -> None:
    text = (
        "Заседание совета по миграции\n\n15 мая 2024 года в Бишкеке прошло заседание Совета по миграции.\n\nОно организовано"
        " ОФ «Ак Жол» при финансовой поддержке Посольства Швейцарии. Выступила Айнура Осмонова, директор ОФ «Ак Жол»."
    )
    paper = import_document(data=text.encode(), source="who.txt", by="command").document
    press(secretary, paper, all="sure")
    meeting = Meeting.objects.get()
    page = secretary.get(f"/work/meetings/{meeting.code}/").content.decode().partition("Documents in which this was read")[2]
    assert re.findall(r'<dt>([^<]+)</dt><dd><span lang="ru">([^<]+)</span>', page) == [
        ("Organised it", "ОФ «Ак Жол»"),
        ("Paid for it", "Посольство Швейцарии"),
        ("Persons", "Айнура Осмонова (директор ОФ «Ак Жол»)"),
    ]
    Meeting.objects.update(is_public=True)
    secretary.logout()
    assert "Осмонова" not in secretary.get(f"/en/meetings/{meeting.code}/").content.decode()


def test_the_hour_that_a_document_does_not_tell_is_nowhere_until_the_secretary_enters_it(
    secretary: Client, document: Document, council: Any
) -> None:
    press(secretary, document, accept="meeting-0")
    meeting = Meeting.objects.get()
    Meeting.objects.update(is_public=True)
    page, file, told = (
        f"/en/meetings/{meeting.code}/",
        f"/en/meetings/{meeting.code}/calendar.ics",
        f"/api/v1/events/{meeting.code}",
    )

    def shown() -> tuple[bool, str, str, str]:
        listed = [secretary.get(address).content.decode() for address in (page, "/en/meetings/", "/en/meetings/meetings.atom")]
        [event] = Calendar.from_ical(secretary.get(file).content).walk("VEVENT")
        linked = re.search(r'"startDate": ?"(.*?)"', listed[0])
        days = f"{event['dtstart'].to_ical().decode()}/{event['dtend'].to_ical().decode()}" if "dtend" in event else ""
        return (
            any("10:00" in each for each in listed),
            days,
            secretary.get(told).json()["start_date"],
            linked[1] if linked else "",
        )

    assert shown() == (False, "20240515/20240516", "2024-05-15", "2024-05-15")
    form = secretary.get(f"/work/meetings/{meeting.code}/edit/").context["form"]
    said = {name: form[name].value() or "" for name in form.fields}
    assert said["begins"] == ""
    secretary.post(f"/work/meetings/{meeting.code}/edit/", said | {"number": "4", "title_ru": "Заседание", "place_ru": "Бишкек"})
    assert (Meeting.objects.get().number, shown()[2]) == ("4", "2024-05-15")
    sent = said | {"version": "2", "begins": "10:00", "title_ru": "Заседание", "place_ru": "Бишкек"}
    secretary.post(f"/work/meetings/{meeting.code}/edit/", sent)
    assert shown()[0::2] == (True, "2024-05-15T10:00:00+06:00")
