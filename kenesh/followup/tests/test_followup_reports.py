"""The state of implementation in a period, as a page, a Word file and PDF."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import docx
import pypdf
import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from kenesh.followup import actions
from kenesh.followup.models import (
    AddresseeScore,
    Extension,
    Judgement,
    Recommendation,
    RecordVersion,
    Response,
    Scoreboard,
    Verdict,
)
from kenesh.followup.reports.charts import PAPER, Bar, bars
from kenesh.people.models import Body, Organisation, User
from kenesh.themes import dates
from kenesh.themes.texts import Translated

Recommend = Callable[..., Recommendation]
Enter = Callable[[User], Client]


@pytest.fixture
def period(
    recommend: Recommend, respond: Callable[..., Response], judged: Callable[..., Verdict], chynara: User
) -> list[Recommendation]:
    """One that was carried out, one that is late, one that is internal."""
    done, late = recommend("Done.", public=True), recommend("Late.", public=True, due=timezone.localdate() - timedelta(days=2))
    actions.publish_response(response=respond(done.addressees.get()), by=chynara)
    actions.publish_verdict(verdict=judged(done, Judgement.CARRIED_OUT, chynara), by=chynara)
    return [done, late, recommend("Nobody may read this.")]


def drawn_in(word: Any) -> dict[str, float]:
    """What each picture of a Word file says in words → its width in millimetres."""
    return {shape._inline.docPr.get("descr"): shape.width.mm for shape in word.inline_shapes}


def test_a_report_of_a_period_that_is_over_is_the_same_whatever_happens_after(
    late_is_shown: None, recommend: Recommend, respond: Callable[..., Response], chynara: User, client: Client
) -> None:
    today = timezone.localdate()
    late, answered = recommend("Late.", public=True, due=today - timedelta(days=9)), recommend("Answered.", public=True)
    actions.publish_response(response=respond(answered.addressees.get()), by=chynara)
    RecordVersion.objects.update(made_at=timezone.now() - timedelta(days=4))
    day = (today - timedelta(days=2)).isoformat()

    def told() -> list[bool]:
        page = client.get(f"/en/recommendations/report/?start=2020-01-01&end={day}").content.decode()
        return [
            words in page for words in ("The answer is late: 1", "Answered: 1", "As everybody could read it on", "Checked: 1")
        ]

    before = told()
    actions.publish_response(response=respond(late.addressees.get()), by=chynara)
    recommend("Of today.", public=True)
    assert (before, told()) == ([True, True, True, False],) * 2


@pytest.mark.parametrize(("came", "told"), [(-3, "The answer is late: 0"), (-1, "The answer is late: 1")])
def test_who_had_answered_by_the_end_of_a_period_was_not_late_in_it_though_nobody_could_read_the_answer(
    came: int, told: str, late_is_shown: None, recommend: Recommend, respond: Callable[..., Response], client: Client
) -> None:
    today = timezone.localdate()
    respond(recommend("Asked.", public=True, due=today - timedelta(days=3)).addressees.get())
    Response.objects.update(received_on=today + timedelta(days=came))
    RecordVersion.objects.update(made_at=timezone.now() - timedelta(days=4))
    page = client.get(f"/en/recommendations/report/?start=2020-01-01&end={today - timedelta(days=2)}").content.decode()
    assert (told in page, "Asked." in page.split("Answers that are late")[1]) == (True, came == -1)


def test_a_day_that_was_moved_after_the_period_held_until_then(
    late_is_shown: None, recommend: Recommend, chynara: User, client: Client
) -> None:
    today = timezone.localdate()
    one = recommend("Asked.", public=True, due=today - timedelta(days=3)).addressees.get()
    RecordVersion.objects.update(made_at=timezone.now() - timedelta(days=4))
    asked = Extension.objects.create(addressee=one, asked_on=today, before=one.answer_by, until=today + timedelta(days=9))
    actions.decide_extension(extension=asked, granted=True, words="", today=today, by=chynara)
    page = client.get(f"/en/recommendations/report/?start=2020-01-01&end={today - timedelta(days=2)}").content.decode()
    assert "The answer is late: 1" in page


def test_a_day_that_the_body_moves_for_all_after_the_period_changes_nothing_in_it(
    late_is_shown: None,
    recommend: Recommend,
    ministry: Organisation,
    second_ministry: Organisation,
    chynara: User,
    client: Client,
) -> None:
    today = timezone.localdate()
    made = recommend("Asked.", public=True, due=today - timedelta(days=3))
    RecordVersion.objects.update(made_at=timezone.now() - timedelta(days=4))
    said = {"text": made.text, "source_text": made.source_text, "problem": None, "due": today + timedelta(days=99)}
    actions.edit_recommendation(recommendation=made, addressees=[ministry, second_ministry], by=chynara, **said)
    page = client.get(f"/en/recommendations/report/?start=2020-01-01&end={today - timedelta(days=2)}").content.decode()
    assert "The answer is late: 1" in page


@pytest.mark.parametrize("days_kept", [False, True])
def test_a_day_that_is_moved_for_several_after_the_period_changes_nothing_in_it(
    days_kept: bool, late_is_shown: None, recommend: Recommend, respond: Callable[..., Response], ministry: Organisation,
    second_ministry: Organisation, chynara: User, client: Client,
) -> None:  # fmt: skip
    """A version of before each addressee's day was kept tells it where none of them had answered."""
    today, asked = timezone.localdate(), [ministry, second_ministry]
    made = recommend("Asked.", public=True, due=today - timedelta(days=3), to=asked)
    if days_kept:
        respond(made.addressees.get(organisation=ministry))
        Response.objects.update(received_on=today - timedelta(days=3))
    else:
        RecordVersion.objects.update(days="")
    RecordVersion.objects.update(made_at=timezone.now() - timedelta(days=4))
    said = {"text": made.text, "source_text": made.source_text, "problem": None, "due": today + timedelta(days=99)}
    actions.edit_recommendation(recommendation=made, addressees=asked, by=chynara, **said)
    page = client.get(f"/en/recommendations/report/?start=2020-01-01&end={today - timedelta(days=2)}").content.decode()
    assert "The answer is late: 1" in page


def test_a_report_tells_what_is_new_late_answered_and_judged(
    late_is_shown: None, period: list[Recommendation], client: Client
) -> None:
    page = client.get("/en/recommendations/report/").content.decode()
    wanted = [
        "<desc id=",
        "Checked: 1",
        "The answer is late: 1",
        "Ministry of Labour: Accepted",
        "Carried out: Done.",
        "2 days late",
    ]
    assert [words for words in wanted if words not in page] == []
    assert "Nobody may read this." not in page


def test_what_lies_outside_of_the_period_is_not_told(period: list[Recommendation], client: Client) -> None:
    page = client.get("/en/recommendations/report/?start=2020-01-01&end=2020-12-31").content.decode()
    assert ("Done." in page, "Ministry of Labour" in page) == (False, False)


def test_a_period_that_ends_before_it_begins_is_asked_again(period: list[Recommendation], client: Client) -> None:
    answer = client.get("/en/recommendations/report/?start=2026-05-31&end=2026-05-01")
    assert (answer.status_code, "This day is before the first one." in answer.content.decode()) == (422, True)


def test_addressees_are_compared_for_everybody_only_where_the_body_shows_its_scoreboard(
    period: list[Recommendation], council: Body, chynara: User, signed_in: Enter, client: Client
) -> None:
    address = f"/en/recommendations/report/?body={council.code}"
    seen = ["By addressee" in client.get(address).content.decode()]
    seen.append("By addressee" in signed_in(chynara).get(reverse("followup_work:report")).content.decode())
    board = actions.announce_scoreboard(body=council, by=chynara)
    today = timezone.localdate()
    Scoreboard.objects.filter(pk=board.pk).update(announced_on=today - timedelta(days=20), opens_on=today)
    assert [*seen, "By addressee" in client.get(address).content.decode()] == [False, True, True]


def test_a_report_is_a_word_file_and_pdf_in_the_language_that_was_chosen(
    period: list[Recommendation], chynara: User, signed_in: Enter
) -> None:
    browser = signed_in(chynara)
    word = docx.Document(io.BytesIO(browser.get(reverse("followup_work:report_file", args=["docx"]) + "?language=en").content))
    lines = [paragraph.text for paragraph in word.paragraphs]
    assert ("Answers that are late" in lines, any("Late." in line for line in lines)) == (True, True)
    assert drawn_in(word) == {"The answer is late: 1": 50, "Checked: 1": 50, "Carried out: 1": 50}
    assert [words in lines for words in ("How it is counted", "Of all years until today, not only of the period.")] == [
        True,
        True,
    ]
    assert any(line.startswith("Counted on ") for line in lines)
    sent = browser.get(reverse("followup_work:report_file", args=["pdf"])).content
    pdf = pypdf.PdfReader(io.BytesIO(sent))
    text = " ".join(" ".join(page.extract_text() for page in pdf.pages).split())
    assert [words in text for words in ("State of implementation of recommendations", "Late.", "Carried out: Done.")] == [
        True
    ] * 3
    assert browser.get(reverse("followup_work:report_file", args=["odt"])).status_code == 404


def test_everybody_can_take_the_public_report_as_a_word_file_and_pdf(
    period: list[Recommendation], council: Body, client: Client
) -> None:
    address = f"/en/recommendations/report/?body={council.code}"
    offered = client.get(address).content.decode()
    assert f'href="/en/recommendations/report/pdf/?body={council.code}&amp;language=ru"' in offered
    word = docx.Document(io.BytesIO(client.get("/en/recommendations/report/docx/").content))
    lines = "\n".join(paragraph.text for paragraph in word.paragraphs)
    assert ("Carried out: " in lines or "Carried out. " in lines, "Nobody may read this." in lines) == (True, False)
    rows = [[cell.text for cell in row.cells] for row in word.tables[0].rows]
    assert (rows[0], rows[-2:]) == (["What came of it", "How many", ""], [["Checked", "1", ""], ["Together", "2", ""]])
    assert drawn_in(word)["Checked: 1"] == 50
    assert [client.get(f"/en/recommendations/report/{kind}/").status_code for kind in ("odt", "pdf")] == [404, 200]


def test_the_word_file_says_beside_each_recommendation_how_far_it_is(
    late_is_shown: None, period: list[Recommendation], recommend: Recommend, client: Client
) -> None:
    day = timezone.localdate() + timedelta(days=9)
    made = recommend("Open.", public=True, due=day)
    asked = [f"(Ministry of Labour; {row.code})" for row in (made, *period)]
    word = docx.Document(io.BytesIO(client.get("/en/recommendations/report/docx/").content))
    lines = [paragraph.text for paragraph in word.paragraphs if "(Ministry of Labour; " in paragraph.text]
    late = f"Late. {asked[2]} · The answer is late · 2 days late"
    assert lines == [
        f"Open. {asked[0]} · Waiting for an answer · Answer wanted by {dates.day(day, 'en')}",
        late,
        f"Done. {asked[1]} · Carried out",
        late,
    ]


def test_the_word_file_tells_of_each_addressee_all_that_the_page_tells(
    period: list[Recommendation], council: Body, chynara: User, signed_in: Enter
) -> None:
    score = AddresseeScore.objects.get()
    actions.note_words(score=score, words=Translated(en="We were asked in August."), by=chynara)
    sent = signed_in(chynara).get(reverse("followup_work:report_file", args=["docx"]) + "?language=en").content
    rows = [[cell.text for cell in row.cells] for row in docx.Document(io.BytesIO(sent)).tables[-1].rows]
    assert rows[0][-2:] == ["Actions reported", "Checked: carried out, in part, not, unclear"]
    assert rows[1][-2:] == ["0", "1 / 0 / 0 / 0"]
    assert set(rows[2]) == {"Ministry of Labour says to this: We were asked in August."}


def test_lateness_and_scores_stay_out_of_the_public_files_while_the_body_keeps_them(
    period: list[Recommendation], council: Body, client: Client
) -> None:
    sent = client.get(f"/en/recommendations/report/pdf/?body={council.code}&language=en").content
    text = " ".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(sent)).pages)
    assert [words in text for words in ("Late.", "days late", "Answers that are late", "By addressee")] == [
        True, False, False, False,
    ]  # fmt: skip


def test_the_pdf_holds_the_charts(period: list[Recommendation], client: Client) -> None:
    sent = client.get("/en/recommendations/report/pdf/?language=en").content
    drawn = b"".join(page.get_contents().get_data() for page in pypdf.PdfReader(io.BytesIO(sent)).pages)  # type: ignore[union-attr]
    good = " ".join(f"{int(PAPER['good'][at : at + 2], 16) / 255:.3f}" for at in (1, 3, 5))
    colours = {" ".join(f"{float(number):.3f}" for number in found.split()) for found in re.findall(rb"([\d. ]+) rg", drawn)}
    assert good in colours  # the bar of what was checked


@pytest.mark.parametrize("language", ["ru", "ky"])
def test_a_report_in_another_language_has_no_english_label(
    language: str, late_is_shown: None, period: list[Recommendation], council: Body, ministry: Organisation, client: Client
) -> None:
    Organisation.objects.update(name=Translated(ru="Министерство труда", ky="Эмгек министрлиги"))
    Body.objects.update(name=Translated(ru="Совет", ky="Кеңеш"))
    Recommendation.objects.update(text=Translated(ru="Открыть реестр.", ky="Реестр ачуу."))
    Verdict.objects.update(text=Translated(ru="Проверено.", ky="Текшерилди."))
    query = f"?body={council.code}&language={language}"
    word = docx.Document(io.BytesIO(client.get(f"/en/recommendations/report/docx/{query}").content))
    cells = [cell.text for table in word.tables for row in table.rows for cell in row.cells]
    sent = client.get(f"/en/recommendations/report/pdf/{query}").content
    pages = [page.extract_text() for page in pypdf.PdfReader(io.BytesIO(sent)).pages]
    texts = "\n".join([*(paragraph.text for paragraph in word.paragraphs), *cells, *pages])
    for row in period:
        texts = texts.replace(row.code, "")
    assert re.findall(r"[A-Za-z]{2,}", texts) == []


def test_a_chart_says_its_figures_to_who_does_not_see_it() -> None:
    drawn = bars("By status", [Bar("Late <b>", 2, "bad"), Bar("Checked", 0, "good")], name="a")
    assert '<title id="a-t">By status</title><desc id="a-d">Late &lt;b&gt;: 2; Checked: 0</desc>' in drawn
    assert 'width="360.0" height="12" fill="var(--bad)"' in drawn
