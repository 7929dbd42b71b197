"""A node that writes in Tajik and Russian: what is typed in these languages comes out on the public pages in them."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

import openpyxl
import pytest
from django.test import Client

from kenesh.council.models import AgendaItem, Proposal
from kenesh.followup.models import Recommendation
from kenesh.followup.spreadsheets.columns import recognised
from kenesh.kernel.codes import new_code
from kenesh.people.models import Body, Membership, Organisation
from kenesh.problems.models import Problem

pytestmark = pytest.mark.django_db

SignIn = Callable[..., Client]


@pytest.fixture(autouse=True)
def _tajik_and_russian(settings: Any) -> None:
    settings.WRITING_LANGUAGES = ("tg", "ru")


def page(client: Client, address: str) -> str:
    return client.get(address).content.decode()


def sent(client: Client, address: str, form: dict[str, Any]) -> None:
    answer = client.post(address, form)
    assert answer.status_code == 302, answer.context["form"].errors


def test_each_question_has_a_box_for_each_of_the_nodes_languages(nurlan: Any, signed_in: SignIn) -> None:
    form = page(signed_in(nurlan, language="en"), "/work/bodies/add/")
    boxes = [f'<label for="id_about_{code}" lang="{code}">{name}</label>' for code, name in (("tg", "Тоҷикӣ"), ("ru", "Русский"))]
    assert "<legend>What is it for? <small>(optional)</small></legend>" in form
    assert sorted(map(form.index, boxes)) == [form.index(box) for box in boxes]
    assert 'name="about_ky"' not in form


def test_a_body_is_named_in_tajik(nurlan: Any, signed_in: SignIn, client: Client) -> None:
    form = {"key": new_code(), "kind": "council", "name_tg": "Шӯрои муҳоҷират", "about_tg": "Барои муҳоҷирон."}
    sent(signed_in(nurlan), "/work/bodies/add/", form)
    body = Body.objects.get()
    Membership.objects.create(body=body, country="TJ", publication="name")
    public = page(client, f"/tg/council/{body.code}/")
    assert ("Шӯрои муҳоҷират" in public, dict(body.about)) == (True, {"tg": "Барои муҳоҷирон."})


def test_a_problem_is_put_forward_in_tajik(
    aigul: Any, member: Any, chynara: Any, council: Body, office: Organisation, signed_in: SignIn, client: Client
) -> None:
    form = {
        "key": "0123456789abcdef" * 2, "title_tg": "Шиносномаҳоро мегиранд", "statement_tg": "Корфармо шиносномаро медорад.",
        "theme_1": "passport-withheld", "origin_1": "TJ", "destination_1": "RU", "way": f"{council.code}-{office.code}",
    }  # fmt: skip
    sent(signed_in(aigul), "/work/problems/new/", form)
    problem = Problem.objects.get()
    signed_in(chynara).post(f"/work/problems/{problem.code}/accept/")
    public = page(client, f"/tg/problems/{problem.code}/")
    assert ("Шиносномаҳоро мегиранд" in public, "Корфармо шиносномаро медорад." in public) == (True, True)


def test_a_proposal_is_written_in_tajik_and_its_text_counts(
    chynara: Any, council: Body, ministry: Organisation, signed_in: SignIn, client: Client, settings: Any
) -> None:
    council.publishes_decisions = True
    council.save()
    secretary = signed_in(chynara)
    meeting = {
        "title_tg": "Ҷаласаи шӯро", "on": "2024-05-15", "begins": "10:00", "time_zone": "Asia/Dushanbe", "mode": "hybrid",
        "version": "1", "key": "k" * 32, "body": council.pk,
    }  # fmt: skip
    base = secretary.post("/work/meetings/new/", meeting).headers["Location"]
    sent(secretary, f"{base}agenda/new/", {"title_tg": "Дастрасӣ ба духтур", "kind": "point", "version": "1", "key": "i" * 32})
    item = AgendaItem.objects.get()
    secretary.post(f"{base}status/", {"to": "open"})
    proposal = {"text_tg": "Ба муҳоҷирон суғурта диҳанд.", "authentic": "tg", "addressees": [ministry.pk], "key": "p" * 32}
    sent(secretary, f"{base}agenda/{item.pk}/propose/", proposal)
    written = Proposal.objects.get()
    assert (dict(written.text), written.authentic) == ({"tg": "Ба муҳоҷирон суғурта диҳанд."}, "tg")
    settings.WRITING_LANGUAGES = ("ky",)
    assert '<option value="tg" selected>Тоҷикӣ</option>' in page(secretary, f"{base}proposals/{written.code}/edit/")
    settings.WRITING_LANGUAGES = ("tg", "ru")
    secretary.post(f"{base}proposals/{written.code}/consensus/", {"kind": "recommendation"})
    for to in ("close", "publish"):
        secretary.post(f"{base}status/", {"to": to})
    public = page(client, f"/tg/meetings/{item.meeting.code}/")
    assert [words in public for words in ("Ҷаласаи шӯро", "Дастрасӣ ба духтур", "Ба муҳоҷирон суғурта диҳанд.")] == [
        True,
        True,
        True,
    ]


def test_a_recommendation_is_written_in_tajik_and_goes_out_under_its_own_column(
    chynara: Any, council: Body, ministry: Organisation, signed_in: SignIn, client: Client
) -> None:
    secretary = signed_in(chynara)
    form = {
        "key": "0" * 32, "body": council.pk, "text_tg": "Феҳрист кушоянд.", "source_tg": "Мизи мудаввар",
        "addressees": [ministry.code],
    }  # fmt: skip
    sent(secretary, "/work/recommendations/add/", form)
    made = Recommendation.objects.get()
    secretary.post(f"/work/recommendations/{made.code}/publish/", {"public": "yes"})
    assert "Феҳрист кушоянд." in page(client, f"/tg/recommendations/{made.code}/")
    sheet = openpyxl.load_workbook(io.BytesIO(client.get("/tg/recommendations/table/xlsx/").content)).active
    assert sheet is not None
    heads = [str(cell.value) for cell in sheet[1]]
    assert [head for head in heads if head.startswith("text_")] == ["text_tg", "text_ru"]
    assert sheet.cell(3, heads.index("text_tg") + 1).value == "Феҳрист кушоянд."
    assert recognised(["text_tg", "Тавсия", "Recommendation (Tajik)"])[0] == "text_tg"


def test_what_is_written_in_another_language_has_its_box_in_an_edit(
    chynara: Any, council: Body, ministry: Organisation, signed_in: SignIn
) -> None:
    row = Recommendation.objects.create(
        body=council, text={"ky": "Реестр ачылсын.", "ru": "Открыть реестр."}, source_text={"ru": "Стол"}
    )
    row.addressees.create(organisation=ministry)
    secretary, address = signed_in(chynara), f"/work/recommendations/{row.code}/edit/"
    assert "Реестр ачылсын.</textarea>" in page(secretary, address)
    known = {"key": "0" * 32, "addressees": [ministry.code], "source_ru": "Стол", "source_tg": ""}
    sent(secretary, address, {**known, "text_tg": "Феҳрист кушоянд.", "text_ru": "Открыть реестр."})
    row.refresh_from_db()
    assert dict(row.text) == {"tg": "Феҳрист кушоянд.", "ru": "Открыть реестр.", "ky": "Реестр ачылсын."}
    sent(secretary, address, {**known, "text_tg": "Феҳрист кушоянд.", "text_ru": "", "text_ky": ""})
    row.refresh_from_db()
    assert dict(row.text) == {"tg": "Феҳрист кушоянд."}


def test_a_letter_that_was_opened_before_the_setting_changed_loses_nothing(nurlan: Any, signed_in: SignIn) -> None:
    form = {"key": new_code(), "kind": "", "name_hy": "Խորհուրդ"}
    again = signed_in(nurlan).post("/work/bodies/add/", form)
    assert '<input type="text" name="name_hy"' not in again.content.decode()
    assert "Խորհուրդ</textarea>" in again.content.decode()


def test_what_is_missing_is_said_at_the_question_and_leads_to_its_first_box(nurlan: Any, signed_in: SignIn) -> None:
    answer = signed_in(nurlan, language="en").post("/work/bodies/add/", {"key": new_code(), "kind": "council", "name_tg": " "})
    shown = answer.content.decode()
    assert '<a href="#id_name_tg">Full name</a> Write the name in at least one language.' in shown
    assert dict(answer.context["form"].errors) == {"name": ["Write the name in at least one language."]}


def test_what_is_too_long_is_said_with_its_language(nurlan: Any, signed_in: SignIn) -> None:
    form = {"key": new_code(), "kind": "council", "name_tg": "Ш" * 301, "name_ru": "Совет"}
    answer = signed_in(nurlan, language="en").post("/work/bodies/add/", form)
    assert dict(answer.context["form"].errors) == {"name": ["Тоҷикӣ: This text is too long. Make it shorter."]}
    assert "Совет</textarea>" in answer.content.decode()
