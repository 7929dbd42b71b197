"""The report to a donor: of people only sums of published blocks of at least five, of all offices together."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from datetime import date

import docx
import pytest
from django.test import Client

from kenesh.people.models import Body, Organisation, Project, User
from kenesh.problems.models import Block, Problem

SignIn = Callable[..., Client]


@pytest.fixture
def project(council: Body, office: Organisation, other_office: Organisation) -> Project:
    """Of the year 2025, with both centres."""
    made = Project.objects.create(name={"ru": "Помощь", "en": "Help"}, since=date(2025, 1, 1), until=date(2025, 12, 31))
    made.bodies.add(council)
    made.centres.add(office, other_office)
    return made


def block(concept: str, start: date, months: int, persons: int, destination: str = "RU") -> None:
    Block.objects.create(
        concept=concept, origin="KG", destination=destination, period_start=start, period_months=months, persons=persons,
        frozen_on=date(2026, 1, 2),
    )  # fmt: skip


def page_of(project: Project, client: Client) -> str:
    return re.sub(r"\s+", " ", client.get(f"/work/projects/{project.code}/").content.decode())


def test_people_are_counted_in_whole_blocks_of_the_period_and_nothing_of_one_centre_is_told(
    signed_in: SignIn, project: Project, chynara: User
) -> None:
    block("unpaid-wages", date(2025, 3, 1), 1, 7)
    block("unpaid-wages", date(2025, 4, 1), 3, 6, "KZ")
    block("unpaid-wages", date(2024, 12, 1), 1, 50)  # before
    block("unpaid-wages", date(2025, 1, 1), 60, 90)  # reaches beyond
    secretary = signed_in(chynara, language="en")
    page = page_of(project, secretary)
    told = (
        "People who were helped",
        "All together: 13 persons.",
        "<td>7</td>",
        "<td>6</td>",
        "<td>13</td>",
        "<td>50</td>",
        "<td>90</td>",
    )
    assert [words in page for words in told] == [True] * 5 + [False] * 2
    made = docx.Document(io.BytesIO(secretary.get(f"/work/projects/{project.code}/report.docx").content))
    assert "All together: 13 persons." in "\n".join(paragraph.text for paragraph in made.paragraphs)


def test_without_a_published_block_no_number_of_people_is_told(signed_in: SignIn, project: Project, chynara: User) -> None:
    page = page_of(project, signed_in(chynara, language="en"))
    assert ("No count of this period is published yet." in page, "All together" in page) == (True, False)


def test_each_centre_is_told_with_what_came_of_its_problems(
    signed_in: SignIn, project: Project, office: Organisation, council: Body, chynara: User
) -> None:
    Problem.objects.create(
        body=council, title={"en": "Wages"}, statement={"en": "…"}, status="accepted", proposed_by=office,
        created_on=date(2025, 2, 1), accepted_on=date(2025, 2, 3),
    )  # fmt: skip
    page = page_of(project, signed_in(chynara, language="en"))
    assert "<td>Problems that the office raised and a council took up</td><td>1</td><td>0</td>" in page


def test_a_project_without_an_office_that_takes_appeals_tells_nothing_of_people(
    signed_in: SignIn, project: Project, chynara: User
) -> None:
    project.centres.clear()
    block("unpaid-wages", date(2025, 3, 1), 1, 7)
    assert "People who were helped" not in page_of(project, signed_in(chynara, language="en"))
