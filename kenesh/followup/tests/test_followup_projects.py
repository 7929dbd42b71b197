"""The report to a donor: one page and one Word file that say what was done, and name nothing that is not public."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

import docx
import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils.translation import override

from kenesh.council import actions as council_actions
from kenesh.council.models import ProjectDocument, ProjectMeeting
from kenesh.followup.models import Recommendation, RecommendationSource
from kenesh.kernel.codes import new_code
from kenesh.kernel.models import TrailEntry
from kenesh.library.actions import import_document
from kenesh.people.models import Body, Organisation, OrganisationKind, Project
from kenesh.people.reports import sections_of

pytestmark = pytest.mark.django_db

Make = Callable[..., Any]


@pytest.fixture
def donor() -> Organisation:
    return Organisation.objects.create(name={"en": "Fund for Fair Work"}, kind=OrganisationKind.INTERNATIONAL)


@pytest.fixture
def secretary(chynara: Any, signed_in: Make) -> Client:
    client: Client = signed_in(chynara)
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    return client


@pytest.fixture
def project(council: Any, donor: Organisation, office: Any) -> Project:
    made = Project.objects.create(
        name={"en": "Heard and answered"}, donor=donor, grant_number="FW-12", since=date(2026, 1, 1), until=date(2026, 12, 31)
    )
    made.bodies.add(council)
    made.centres.add(office)
    return made


def held(council: Any, chynara: Any, ministry: Any, title: str, *, is_public: bool, year: int = 2026) -> Any:
    """A closed meeting with a decision that asks the ministry for something."""
    meeting = council_actions.plan_meeting(
        body=council, by=chynara, title={"en": title}, starts_at=datetime(year, 5, 15, 4, 0, tzinfo=UTC)
    )
    item = council_actions.add_item(meeting=meeting, by=chynara, title={"en": "Wages"})
    council_actions.open_meeting(meeting=meeting, by=chynara)
    proposal = council_actions.propose(item=item, text={"en": f"Pay within a month ({title})"}, by=chynara, addressees=[ministry])
    decision = council_actions.adopt_by_consensus(proposal=proposal, by=chynara)
    if is_public:
        council_actions.publish_meeting(meeting=meeting, by=chynara)
        Recommendation.objects.filter(decision=decision).update(is_public=True)
    council_actions.close_meeting(meeting=meeting, by=chynara)
    return meeting


def test_a_project_is_entered_once_and_only_with_bodies_that_one_keeps(
    secretary: Client, council: Any, donor: Organisation
) -> None:
    other = Body.objects.create(name={"en": "Other"}, kind="council")
    form = {
        "key": new_code(), "name_en": "Heard and answered", "donor": donor.code, "grant_number": "FW-12", "since": "2026-01-01",
        "until": "2026-12-31", "bodies": [council.code],
    }  # fmt: skip
    first = secretary.post("/work/projects/add/", form)
    assert first.status_code == 302, first.context["form"].errors
    assert secretary.post("/work/projects/add/", form).headers["Location"] == first.headers["Location"]
    assert Project.objects.count() == 1
    refused = secretary.post("/work/projects/add/", {**form, "key": new_code(), "bodies": [other.code], "until": "2025-01-01"})
    assert sorted(refused.context["form"].errors) == ["bodies", "until"]
    assert "Heard and answered" in secretary.get("/work/projects/").content.decode()
    assert TrailEntry.objects.filter(verb="add_project").count() == 1


def test_an_edit_keeps_bodies_of_others(secretary: Client, project: Project, council: Any) -> None:
    other = Body.objects.create(name={"en": "Other"}, kind="council")
    project.bodies.add(other)
    address = f"/work/projects/{project.code}/edit/"
    form = secretary.get(address).context["form"]
    said = {name: form[name].value() or "" for name in form.fields} | {"name_en": "Heard", "bodies": [council.code]}
    assert secretary.post(address, said).status_code == 302
    assert secretary.post(address, said).status_code == 200  # somebody was faster
    assert (str(Project.objects.get().name), set(project.bodies.all())) == ("Heard", {council, other})


def test_the_report_tells_what_was_done_and_names_only_what_is_public(
    secretary: Client, project: Project, council: Any, chynara: Any, ministry: Any
) -> None:
    paid = [held(council, chynara, ministry, "Spring session", is_public=True)]
    paid.append(held(council, chynara, ministry, "Closed talk", is_public=False))
    held(council, chynara, ministry, "Before the grant", is_public=True, year=2025)
    ticked = secretary.post(f"/work/projects/{project.code}/meetings/", {"suggested": [meeting.code for meeting in paid]})
    assert ticked.status_code == 302
    page = secretary.get(f"/work/projects/{project.code}/").content.decode()
    word = docx.Document(io.BytesIO(secretary.get(f"/work/projects/{project.code}/report.docx").content))
    cells = [cell.text for table in word.tables for row in table.rows for cell in row.cells]
    text = "\n".join([*(paragraph.text for paragraph in word.paragraphs), *cells])
    for shown in (page, text):
        assert "Fund for Fair Work" in shown
        assert ("Spring session" in shown, "Closed talk" in shown, "Before the grant" in shown) == (True, False, False)
        assert "1 more meeting is not public." in shown
        assert "Ministry of Labour" in shown


def reported(project: Project) -> list[str]:
    """Texts of the recommendations that the report claims."""
    with override("en"):
        return [row[0] for section in sections_of(project) if section.title == "Recommendations" for row in section.rows]


def test_a_project_that_links_meetings_claims_what_they_decided_and_one_that_links_none_what_its_bodies_did(
    project: Project, council: Any, chynara: Any, ministry: Any
) -> None:
    spring = held(council, chynara, ministry, "Spring", is_public=True)
    held(council, chynara, ministry, "Autumn, for another donor", is_public=True)
    held(council, chynara, ministry, "Too early", is_public=True, year=2025)
    assert reported(project) == ["Pay within a month (Spring)", "Pay within a month (Autumn, for another donor)"]
    ProjectMeeting.objects.create(project=project, meeting=spring)
    assert reported(project) == ["Pay within a month (Spring)"]


def test_a_recommendation_that_names_a_decision_or_document_of_the_project_is_claimed_and_no_other(
    project: Project, council: Any, chynara: Any, ministry: Any, recommend: Make
) -> None:
    meeting = held(council, chynara, ministry, "Spring", is_public=True)
    ProjectMeeting.objects.create(project=project, meeting=meeting)
    document = import_document(data=b"Observations on wages.\n\nThe State should act.", source="wages.txt", by="test").document
    ProjectDocument.objects.create(project=project, document=document)
    named, read, foreign = (recommend(text, public=True) for text in ("Names the decision.", "Was read.", "Of another body."))
    recommend("Of the body, of nothing here.", public=True)
    RecommendationSource.objects.create(recommendation=named, kind="decision", decision=meeting.decisions.get())
    RecommendationSource.objects.create(recommendation=read, kind="un_committee", document=document)
    other = Body.objects.create(name={"en": "Other"}, kind="council")
    Recommendation.objects.filter(pk=foreign.pk).update(document=document, body=other)
    assert reported(project) == ["Pay within a month (Spring)", "Names the decision.", "Was read."]


def test_documents_of_the_library_belong_to_a_project(secretary: Client, project: Project) -> None:
    document = import_document(data=b"Press release on wages.\n\nThe council met.", source="press.txt", by="test").document
    address = f"/work/projects/{project.code}/documents/"
    assert secretary.post(address, {"documents": "bcdfghjk", "save": "yes"}).status_code == 200
    assert secretary.post(address, {"documents": document.code, "save": "yes"}).status_code == 302
    assert document.code in secretary.get(f"/work/projects/{project.code}/").content.decode()
    secretary.post(address, {"documents": "", "save": "yes"})
    assert document.code not in secretary.get(f"/work/projects/{project.code}/").content.decode()


def test_a_project_of_other_bodies_is_not_there(secretary: Client, project: Project) -> None:
    project.bodies.set([Body.objects.create(name={"en": "Other"}, kind="council")])
    pages = ("", "edit/", "report.docx", "documents/")
    assert [secretary.get(f"/work/projects/{project.code}/{page}").status_code for page in pages] == [404] * 4


def test_a_longer_report_asks_no_more_often(project: Project, council: Any, chynara: Any, ministry: Any) -> None:
    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            sections_of(project)
        return len(queries)

    held(council, chynara, ministry, "First", is_public=True)
    once = asked()
    for number in range(4):
        held(council, chynara, ministry, f"Session {number}", is_public=True)
    assert asked() == once
