"""The founding meeting of a body, and the meetings of a project."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from importlib import import_module
from typing import Any

import pytest
from django.apps import apps
from django.test import Client
from django.utils.translation import override

from kenesh.council import actions
from kenesh.council.models import Meeting, ProjectMeeting, Proposal
from kenesh.council.queries.projects import told_of_project
from kenesh.people.models import Body, Founding, Project, User

SignIn = Callable[..., Client]


@pytest.fixture
def make_project(council: Body) -> Callable[[str], Project]:
    """`make_project("Health")`: a project of the council for the year 2024."""

    def make(name: str) -> Project:
        project = Project.objects.create(name={"en": name}, since=date(2024, 1, 1), until=date(2024, 12, 31))
        project.bodies.add(council)
        return project

    return make


@pytest.fixture
def held(meeting: Meeting, chynara: User) -> Meeting:
    actions.close_meeting(meeting=meeting, by=chynara)
    actions.publish_meeting(meeting=meeting, by=chynara)
    return meeting


def reported(project: Project) -> list[Any]:
    with override("en"):
        return [row for section in told_of_project(project) if section.title == "Meetings" for row in section.rows]


def tick(client: Client, project: Project, **ticked: list[str]) -> str:
    address = f"/work/projects/{project.code}/meetings/"
    return client.post(address, {**ticked, "save": "yes"}, follow=True).content.decode()


def test_two_projects_of_one_body_do_not_both_claim_a_meeting(
    signed_in: SignIn, chynara: User, held: Meeting, make_project: Callable[[str], Project]
) -> None:
    client, first, second = signed_in(chynara, language="en"), make_project("Health"), make_project("Wages")
    assert [reported(first), reported(second)] == [[], []]
    tick(client, first, suggested=[held.code])
    assert [len(reported(first)), len(reported(second))] == [1, 0]
    page = client.get(f"/work/projects/{second.code}/meetings/").content.decode()
    assert ("Council session" in page, "also in: Health" in page) == (True, True)
    tick(client, first)
    assert reported(first) == []


def test_a_project_keeps_what_its_period_and_its_bodies_gave_before_meetings_were_linked(
    chynara: User, held: Meeting, council: Body, make_project: Callable[[str], Project]
) -> None:
    later = actions.plan_meeting(
        body=council, by=chynara, title={"en": "A year later"}, starts_at=datetime(2024, 12, 31, 20, 0, tzinfo=UTC)
    )
    actions.close_meeting(meeting=later, by=chynara)  # 2 o'clock on 1 January 2025 in Bishkek
    project = make_project("Health")
    import_module("kenesh.council.migrations.0011_agenda").link_meetings(apps, None)
    assert list(ProjectMeeting.objects.values_list("project", "meeting")) == [(project.pk, held.pk)]


def test_the_page_of_a_body_leads_to_its_founding_meeting_its_minutes_and_decisions(
    signed_in: SignIn, chynara: User, council: Body, proposal: Proposal
) -> None:
    meeting = proposal.item.meeting
    Founding.objects.create(body=council, meeting={"en": "Founded by seven offices."})
    form = f"/work/meetings/{meeting.code}/edit/"
    sent = {
        "title_en": "Founding", "on": "2024-05-15", "begins": "10:00", "time_zone": "Asia/Bishkek", "mode": "in_person",
        "version": meeting.version, "key": "k", "is_founding": "on",
    }  # fmt: skip
    signed_in(chynara, language="en").post(form, sent)
    decision = actions.adopt_by_consensus(proposal=proposal, by=chynara)
    actions.publish_decision(decision=decision, public=True, by=chynara)
    hidden = Client().get(f"/en/council/{council.code}/").content.decode()
    actions.publish_meeting(meeting=meeting, by=chynara)
    actions.close_meeting(meeting=meeting, by=chynara)
    actions.approve_minutes(meeting=meeting, on=date(2024, 5, 20), by=chynara)
    actions.publish_minutes(meeting=meeting, public=True, by=chynara)
    page = Client().get(f"/en/council/{council.code}/").content.decode()
    founding = page[page.index('id="founding"') :]
    links = [f"/en/meetings/{meeting.code}/", f"/en/meetings/{meeting.code}/minutes/", f"/en/council/decisions/{decision.code}/"]
    assert [f'href="{link}"' in founding for link in links] == [True, True, True]
    assert ("Founded by seven offices." in founding, f"/en/meetings/{meeting.code}/" in hidden) == (True, False)


def test_a_body_has_one_founding_meeting(signed_in: SignIn, chynara: User, council: Body, meeting: Meeting) -> None:
    actions.edit_meeting(meeting=meeting, version=1, by=chynara, is_founding=True)
    sent = {
        "body": council.pk, "title_en": "Another", "on": "2024-06-15", "begins": "10:00", "time_zone": "Asia/Bishkek",
        "mode": "in_person", "version": 1, "key": "k2", "is_founding": "on",
    }  # fmt: skip
    page = signed_in(chynara, language="en").post("/work/meetings/new/", sent).content.decode()
    assert ("Another meeting is marked as the founding one: Council session." in page, Meeting.objects.count()) == (True, 1)
