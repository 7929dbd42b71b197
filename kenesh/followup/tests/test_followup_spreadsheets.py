"""Recommendations out of spreadsheets and into them: recognised columns, a dry run, doubles, the way back, a round trip."""

from __future__ import annotations

import io
import uuid
from collections.abc import Callable
from datetime import date

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from kenesh.followup import actions
from kenesh.followup.models import ImportBatch, Recommendation
from kenesh.followup.spreadsheets.columns import recognised
from kenesh.library.models import Confirmation, Document
from kenesh.people.models import Body, Organisation, User
from kenesh.themes.texts import Translated

Recommend = Callable[..., Recommendation]
Enter = Callable[[User], Client]
FILE = """Symbol;Paragraph;Recommendation;Addressee;Тема;Deadline;SDG
CMW/C/KGZ/CO/9;42;Ratify the convention.;Ministry of Labour;Unpaid wages;31.12.2030;8.8
CMW/C/KGZ/CO/9;43;Count the complaints.;Ministry of Magic;;soon;
CMW/C/KGZ/CO/9;42;Ratify it again.;;;;
CMW/C/KGZ/CO/9;44;;;;;
"""


@pytest.fixture
def bring(council: Body, chynara: User, signed_in: Enter) -> Callable[..., HttpResponse]:
    """The secretary sends a file: `bring("name.csv", b"…", language="en")`."""

    def send(name: str, data: bytes, **more: str) -> HttpResponse:
        browser = signed_in(chynara)
        given = {"body": council.code, "language": "en", "source_kind": "un_committee", "symbol": "", "key": "0" * 32, **more}
        answer = browser.post(reverse("followup_work:imports"), {**given, "file": SimpleUploadedFile(name, data)})
        return browser.get(answer["Location"]) if answer.status_code == 302 else answer

    return send


def test_columns_are_known_by_their_names_in_english_and_russian() -> None:
    english = ["Symbol", "Para.", "Recommendation", "Addressee", "Theme", "Affected persons", "SDG", "Deadline", "Budget"]
    russian = [
        "Условное обозначение",
        "Пункт",
        "Рекомендация",
        "Кому адресовано",
        "Темы",
        "Группы",
        "ЦУР",
        "Срок исполнения",
        "Бюджет",
    ]
    expected = ["symbol", "paragraph", "text", "addressees", "themes", "groups", "targets", "carry_out_by", ""]
    assert (recognised(english), recognised(russian)) == (expected, expected)


def test_a_dry_run_says_what_becomes_of_each_row_and_makes_nothing(
    bring: Callable[..., HttpResponse], ministry: Organisation
) -> None:
    page = bring("un.csv", FILE.encode()).content.decode()
    wanted = [
        "<b>2</b> becomes a recommendation",
        "<b>1</b> is there already",
        "<b>1</b> cannot come in",
        "“Ministry of Magic” is no addressee that we know.",
        "“soon” is no day such as 2026-05-31.",
        "It has no text.",
    ]
    assert [words for words in wanted if words not in page] == []
    assert Recommendation.objects.count() == 0


def test_an_addressee_is_known_by_the_name_that_somebody_linked_in_a_document(
    bring: Callable[..., HttpResponse], ministry: Organisation, chynara: User
) -> None:
    day = date(2026, 5, 1)
    document = Document.objects.create(source="a.txt", language="en", sha256="1", text="Text", imported_on=day)
    Confirmation.objects.create(
        document=document, key="organisations-0", field="organisations", target=f"organisation:{ministry.code}",
        outcome="accepted", read={}, confirmed={"name": "Wizengamot of Magic"}, decided_by=chynara,
    )  # fmt: skip
    page = bring("un.csv", FILE.replace("Ministry of Magic", "Wizengamot of Magic").encode()).content.decode()
    assert ("<b>2</b> becomes a recommendation" in page, "is no addressee that we know" in page) == (True, False)


def test_an_import_makes_internal_recommendations_and_can_be_taken_back(
    bring: Callable[..., HttpResponse], ministry: Organisation, chynara: User, signed_in: Enter
) -> None:
    bring("un.csv", FILE.encode())
    batch = ImportBatch.objects.get()
    browser = signed_in(chynara)
    for _ in range(2):
        browser.post(reverse("followup_work:start_import", args=[batch.code]))
    first, second = Recommendation.objects.order_by("id")
    assert (str(first.text), first.is_public, str(first.carry_out_by), first.targets) == (
        "Ratify the convention.",
        False,
        "2030-12-31",
        ["8.8"],
    )
    assert [str(one.organisation) for one in first.addressees.all()] == ["Ministry of Labour"]
    assert list(first.concepts.values_list("concept", flat=True)) == ["unpaid-wages"]
    assert (first.sources.get().symbol, first.sources.get().paragraph) == ("CMW/C/KGZ/CO/9", "42")
    actions.publish(recommendation=second, by=chynara)
    browser.post(reverse("followup_work:undo_import", args=[batch.code]))
    assert [row.pk for row in Recommendation.objects.all()] == [second.pk]


@pytest.mark.parametrize("work", ["action", "details", "words", "settings", "spelling", "nothing"])
def test_what_somebody_has_worked_on_stays_when_an_import_is_taken_back(
    work: str, bring: Callable[..., HttpResponse], ministry: Organisation, chynara: User, signed_in: Enter
) -> None:
    bring("un.csv", "\n".join(FILE.splitlines()[:2]).encode())
    batch, browser = ImportBatch.objects.get(), signed_in(chynara)
    browser.post(reverse("followup_work:start_import", args=[batch.code]))
    made = Recommendation.objects.get()
    one = made.addressees.get()
    if work == "action":
        given = {"key": uuid.uuid4(), "by": chynara}
        actions.report_action(addressee=one, text="Done.", done_on=date(2026, 1, 5), proof=actions.Proof(), **given)
    elif work == "details":
        actions.edit_details(recommendation=made, details=actions.Details(themes=("pay",)), by=chynara)
    elif work == "words":
        said = {"source_text": made.source_text, "addressees": [ministry], "problem": None, "due": None}
        actions.edit_recommendation(recommendation=made, text=Translated(en="Ratify it."), by=chynara, **said)
    elif work == "settings":
        actions.set_addressee(addressee=one, validator_mailbox="head@ministry.example", above=None, by=chynara)
    elif work == "spelling":  # of a name, which is no work on what is asked
        Organisation.objects.filter(pk=ministry.pk).update(name=Translated(en="Ministry of Labor and Pay"))
    page = browser.post(reverse("followup_work:undo_import", args=[batch.code]), follow=True).content.decode()
    kept = int(work not in ("nothing", "spelling"))
    assert (Recommendation.objects.count(), f"have a history: {kept}." in page) == (kept, True)


def test_what_is_followed_up_already_is_known_by_symbol_and_paragraph(
    bring: Callable[..., HttpResponse], recommendation: Recommendation, chynara: User
) -> None:
    line = actions.SourceLine(kind="un_committee", symbol="CMW/C/KGZ/CO/9", paragraph="43")
    actions.add_source(recommendation=recommendation, line=line, by=chynara)
    page = bring("un.csv", FILE.encode()).content.decode()
    assert recommendation.code in page
    assert "<b>2</b> is there already" in page


def test_a_column_is_named_by_hand(bring: Callable[..., HttpResponse], chynara: User, signed_in: Enter) -> None:
    page = bring("odd.csv", b"A,B\nRatify the convention.,7\n", symbol="CMW/C/KGZ/CO/9").content.decode()
    assert "<b>0</b> becomes a recommendation" in page
    address = reverse("followup_work:import", args=[ImportBatch.objects.get().code])
    twice = signed_in(chynara).post(address, {"column_0": "text", "column_1": "text"})
    assert (twice.status_code, "Another column is this already" in twice.content.decode()) == (422, True)
    signed_in(chynara).post(address, {"column_0": "text", "column_1": "paragraph"})
    assert "<b>1</b> becomes a recommendation" in signed_in(chynara).get(address).content.decode()


def test_a_file_that_is_no_spreadsheet_is_refused_with_words(bring: Callable[..., HttpResponse]) -> None:
    answer = bring("evil.xlsx", b"PK\x03\x04 not a package")
    assert (answer.status_code, "This file is damaged" in answer.content.decode()) == (422, True)


def test_what_goes_out_comes_in_again_as_it_was(
    recommend: Recommend,
    bring: Callable[..., HttpResponse],
    ministry: Organisation,
    chynara: User,
    signed_in: Enter,
    client: Client,
) -> None:
    row = recommend("=Cell that is no formula.", public=True, about=None)
    details = actions.Details(
        themes=("unpaid-wages",), groups=("group-women",), articles=[["ICRMW", "25"]], targets=["8.8"], lead=ministry.code
    )
    actions.edit_details(recommendation=row, details=details, by=chynara)
    line = actions.SourceLine(kind="upr", symbol="A/HRC/44/4", paragraph="140.9")
    actions.add_source(recommendation=row, line=line, by=chynara)
    for kind in ("csv", "xlsx"):
        sent = client.get(f"/en/recommendations/table/{kind}/").content
        Recommendation.objects.filter(sources__isnull=False).update(is_public=False)
        actions.take_back(recommendation=Recommendation.objects.get(), by=chynara)
        bring(f"ours.{kind}", sent, key=f"{len(kind)}" * 32)
        batch = ImportBatch.objects.order_by("-id")[:1].get()
        signed_in(chynara).post(reverse("followup_work:start_import", args=[batch.code]))
        came = Recommendation.objects.get()
        assert (dict(came.text), came.articles, came.targets) == ({"en": "=Cell that is no formula."}, [["ICRMW", "25"]], ["8.8"])
        assert sorted(came.concepts.values_list("concept", "is_group")) == [("group-women", True), ("unpaid-wages", False)]
        assert [(one.organisation.code, one.is_lead) for one in came.addressees.all()] == [(ministry.code, True)]
        assert [(one.kind, one.symbol, one.paragraph) for one in came.sources.all()] == [("upr", "A/HRC/44/4", "140.9")]
        actions.publish(recommendation=came, by=chynara)


def test_tables_hold_public_ones_for_everybody_and_all_for_the_body(
    recommend: Recommend, client: Client, chynara: User, other_secretary: User, signed_in: Enter
) -> None:
    recommend(public=True)
    recommend("Internal.")

    def rows(browser: Client, address: str) -> int:
        sheet = openpyxl.load_workbook(io.BytesIO(browser.get(address).content)).active
        return 0 if sheet is None else sheet.max_row - 2

    work = reverse("followup_work:table", args=["xlsx"])
    assert rows(client, "/en/recommendations/table/xlsx/") == 1
    assert [rows(signed_in(one), work) for one in (chynara, other_secretary)] == [2, 0]
    assert client.get("/en/recommendations/table/pdf/").status_code == 404
