"""The label that a law makes an organisation carry stands beside its name on pages, in files and in tables."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from datetime import timedelta

import docx
import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from kenesh.followup import actions
from kenesh.followup.models import Recommendation, Response
from kenesh.followup.spreadsheets.rows import Reader
from kenesh.people.models import Body, Label, Organisation, User
from kenesh.themes.texts import Translated

Recommend = Callable[..., Recommendation]
Enter = Callable[[User], Client]
NAMED = "Ministry of Labour (listed by a court)"


@pytest.fixture
def labelled(ministry: Organisation) -> Organisation:
    """Since a week ago a law makes it carry a label."""
    label = Label(key="a", text=Translated(en="listed by a court"), since=timezone.localdate() - timedelta(days=7))
    Organisation.objects.filter(pk=ministry.pk).update(labels=[label])
    ministry.refresh_from_db()
    return ministry


@pytest.fixture
def answered(
    late_is_shown: None, labelled: Organisation, recommend: Recommend, respond: Callable[..., Response], chynara: User
) -> Recommendation:
    row = recommend(public=True)
    actions.publish_response(response=respond(row.addressees.get()), by=chynara)
    return row


def test_pages_name_it_with_its_label(answered: Recommendation, council: Body, chynara: User, client: Client) -> None:
    addresses = [
        "/en/recommendations/",
        f"/en/recommendations/{answered.code}/",
        f"/en/recommendations/{answered.code}/embed/",
        f"/en/recommendations/{answered.code}/versions/1/",
        "/en/recommendations/report/",
    ]
    assert [one for one in addresses if NAMED not in client.get(one).content.decode()] == []


def test_a_word_file_names_it_with_its_label(answered: Recommendation, chynara: User, signed_in: Enter) -> None:
    address = reverse("followup_work:report_file", args=["docx"]) + "?language=en"
    made = docx.Document(io.BytesIO(signed_in(chynara).get(address).content))
    cells = [cell.text for table in made.tables for row in table.rows for cell in row.cells]
    answers = [one.text for one in made.paragraphs if one.text.endswith("employers that do not pay.")]
    assert (NAMED in cells, [NAMED in one for one in answers]) == (True, [True])


def test_a_table_names_it_with_its_label_and_is_read_back(
    answered: Recommendation, labelled: Organisation, client: Client
) -> None:
    text = client.get("/en/recommendations/table/csv/").content.decode("utf-8-sig")
    named = list(csv.DictReader(io.StringIO(text)))[-1]["addressees"]
    read = Reader(["text_en", "addressees"], language="en", source_kind="other").read(["Do it.", named])
    assert (named, read.organisations) == (NAMED, [labelled])


def test_the_timeline_names_it_as_it_was_called_on_that_day(
    answered: Recommendation, labelled: Organisation, client: Client
) -> None:
    ended = [Label(key="a", text=labelled.labels[0].text, since=labelled.labels[0].since, until=timezone.localdate())]
    Organisation.objects.filter(pk=labelled.pk).update(labels=ended)
    Response.objects.update(received_on=timezone.localdate() - timedelta(days=30))
    page = client.get(f"/en/recommendations/{answered.code}/").content.decode()
    assert "Answer of Ministry of Labour: Accepted" in page
