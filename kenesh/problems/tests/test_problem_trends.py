"""What grows, on public pages: sums of frozen blocks over time."""

from __future__ import annotations

import csv
import re
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.test import Client

from kenesh.problems import actions, queries, tasks
from kenesh.problems.models import Block, Trend

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 22)
Make = Callable[..., Block]


def month(back: int) -> date:
    number = 2026 * 12 + 10 - back
    return date(number // 12, number % 12 + 1, 1)


@pytest.fixture
def growing(make_block: Make) -> None:
    """Wages from Kyrgyzstan in Russia: 20 persons a month for two years, 60 in the last two months. From Uzbekistan: always ten."""
    for back in range(24, 0, -1):
        make_block(60 if back <= 2 else 20 + back % 3, period_start=month(back))
        make_block(10, origin="UZ", period_start=month(back))
    actions.renew_trends(today=TODAY, by="test")


def test_what_grows_stands_first_and_says_since_when(growing: None, client: Client) -> None:
    page = client.get("/en/problems/trends/").content.decode()
    assert page.index("Growing since September 2026") < page.index("From where to where")
    assert page.index(">Unpaid wages</a>") < page.index(">Pay</a>") or page.index(">Pay</a>") < page.index(">Unpaid wages</a>")
    first = Trend.objects.order_by("place")[0]
    assert first.growing_since == date(2026, 9, 1)


def test_a_corridor_in_which_nothing_grows_is_not_flagged(growing: None, client: Client) -> None:
    assert Trend.objects.get(concept="unpaid-wages", origin="UZ").growing_since is None
    assert "Growing since" not in client.get("/en/problems/trends/unpaid-wages/uz-ru/").content.decode()


def test_a_wider_theme_counts_its_narrower_ones(growing: None) -> None:
    own = Trend.objects.get(concept="unpaid-wages", origin="KG")
    assert [list(each) for each in Trend.objects.get(concept="pay", origin="KG").months] == [list(each) for each in own.months]


def test_the_table_of_a_trend_holds_whole_blocks_only(growing: None, make_block: Make, client: Client) -> None:
    make_block(7, period_start=date(2026, 7, 1), period_months=3, concept="pay")
    actions.renew_trends(today=TODAY, by="test")
    row = Trend.objects.get(concept="pay", origin="KG")
    sums = {(each.start, each.months): each.persons for each in queries.periods_of(row)}
    assert (sums[date(2026, 7, 1), 3], sums[date(2026, 10, 1), 1]) == (7, 60)
    assert client.get("/en/problems/trends/pay/kg-ru/").status_code == 200


def test_all_trends_come_as_a_table_with_hxl_tags(growing: None, client: Client) -> None:
    lines = list(csv.reader(client.get("/en/problems/trends/trends.csv").content.decode().splitlines()))
    assert lines[0][:4] == ["theme", "origin", "destination", "month"]
    assert lines[1][3:5] == ["#date+month", "#affected"]
    wages = {line[3]: line[4] for line in lines if line[:3] == ["unpaid-wages", "KG", "RU"]}
    assert (wages["2026-10"], wages["2026-08"]) == ("60.0", "20.0")


def table(client: Client, path: str) -> list[list[str]]:
    answer = client.get(path)
    assert (answer.status_code, answer["Content-Type"]) == (200, "text/csv; charset=utf-8; header=present")
    return list(csv.reader(answer.content.decode().splitlines()))


def cells(page: str, heading: str) -> list[list[str]]:
    """The lines of the table under a heading, without tags."""
    body = page[page.index(heading) :].partition("<tbody>")[2].partition("</tbody>")[0]
    lines = re.findall(r"<tr>(.*?)</tr>", body, re.S)
    return [
        [" ".join(re.sub("<[^>]+>", " ", cell).split()) for cell in re.findall(r"<t[hd].*?</t[hd]>", line, re.S)]
        for line in lines
    ]


def test_the_page_of_a_trend_its_figure_and_its_download_say_the_same_numbers(growing: None, client: Client) -> None:
    bars = queries.picture_of(Trend.objects.get(concept="unpaid-wages", origin="KG")).bars
    page = client.get("/en/problems/trends/unpaid-wages/kg-ru/").content.decode()
    shown = cells(page, ">The counts<")
    assert shown == [
        [
            bar.month.strftime("%B %Y"),
            f"{bar.persons:g}",
            "–" if bar.high is None else f"{bar.low} – {bar.high}" + (" above" if bar.grows else ""),
        ]
        for bar in reversed(bars)
    ]
    assert (shown[0][:2], shown[2][:2], shown[-1]) == (
        ["October 2026", "60"],
        ["August 2026", "20"],
        ["November 2024", "20", "–"],
    )
    assert (len(bars), page.count('fill="var(--bad)"')) == (24, 1)
    heads, marks, *lines = table(client, "/en/problems/trends/unpaid-wages/kg-ru/months.csv")
    assert heads == ["month", "persons", "expected_low", "expected_high", "above_expected"]
    assert marks == ["#date+month", "#affected", "#range+low", "#range+high", "#indicator+flag"]
    assert lines == [
        [
            f"{bar.month:%Y-%m}", str(bar.persons), "" if bar.low is None else str(bar.low), "" if bar.high is None else str(bar.high),
            "" if bar.high is None else "yes" if bar.grows else "no",
        ]
        for bar in bars
    ]  # fmt: skip
    assert [line[0] for line in lines if line[4] == "yes"] == ["2026-09", "2026-10"]


def test_the_page_links_to_its_own_table(growing: None, client: Client) -> None:
    for path in ("unpaid-wages/", "unpaid-wages/kg-ru/"):
        address = f"/en/problems/trends/{path}months.csv"
        assert f'href="{address}"' in client.get(f"/en/problems/trends/{path}").content.decode()
        assert len(table(client, address)) == 26
    assert [client.get(f"/en/problems/trends/{path}/months.csv").status_code for path in ("none", "pay/kgru", "pay/ru-kg")] == [
        404
    ] * 3


def test_the_map_can_be_taken_as_a_table_of_the_same_numbers(growing: None, client: Client) -> None:
    page = client.get("/en/problems/trends/", {"theme": "unpaid-wages"}).content.decode()
    address = "/en/problems/trends/corridors.csv?theme=unpaid-wages"
    assert f'href="{address}"' in page
    lines = table(client, address)
    assert lines == [
        ["origin", "destination", "persons"], ["#country+code+origin", "#country+code+dest", "#affected"],
        ["KG", "RU", "329"], ["UZ", "RU", "120"],
    ]  # fmt: skip
    drawn = [[line[0][-3:-1], line[1][-3:-1], line[2]] for line in cells(page, ">From where to where<")]
    assert drawn == lines[2:]
    assert table(client, "/en/problems/trends/corridors.csv") == lines
    assert client.get("/en/problems/trends/corridors.csv?theme=none").status_code == 404


def test_a_flag_says_how_sure_it_is(growing: None, client: Client) -> None:
    row = Trend.objects.get(concept="unpaid-wages", origin="KG")
    for chance, number in ((0.0041, "240"), (0.0000001, "1000")):
        Trend.objects.filter(pk=row.pk).update(chance=chance)
        page = client.get("/en/problems/trends/unpaid-wages/kg-ru/").content.decode()
        assert "Growing since September 2026" in page
        assert f"So many people come by chance alone in only one of {number} months." in page


def test_a_list_filtered_by_corridor_and_theme(growing: None, client: Client) -> None:
    page = client.get("/en/problems/trends/", {"theme": "pay", "origin": "UZ", "destination": "RU"}).content.decode()
    assert "/en/problems/trends/pay/uz-ru/" in page
    assert "kg-ru" not in page


def test_half_a_corridor_is_asked_for_again(growing: None, client: Client) -> None:
    answer = client.get("/en/problems/trends/", {"origin": "UZ"})
    assert (answer.status_code, "Choose both countries, or neither" in answer.content.decode()) == (422, True)


def test_before_anything_is_published_the_page_says_what_will_come(client: Client, db: None) -> None:
    assert "There is nothing to show yet" in client.get("/en/problems/trends/").content.decode()
    assert client.get("/en/problems/trends/pay/").status_code == 404
    assert client.get("/en/problems/trends/pay/kgru/").status_code == 404


def test_trends_are_renewed_when_a_month_is_over(growing: None, monkeypatch: pytest.MonkeyPatch) -> None:
    assert queries.trends_are_old(TODAY) is False
    monkeypatch.setattr(tasks.timezone, "localdate", lambda: date(2026, 12, 2))
    tasks.freeze_finished_months.func()
    row = Trend.objects.get(concept="unpaid-wages", origin="KG")
    assert (len(row.months), row.months[-1][0]) == (25, 0.0)


def test_the_page_asks_the_database_as_often_for_many_trends_as_for_few(
    growing: None, make_block: Make, client: Client, django_assert_num_queries: Any
) -> None:
    with django_assert_num_queries(4):
        client.get("/en/problems/trends/")
    for concept in ("entry-ban", "school-access", "health-care"):
        for back in range(20, 0, -1):
            make_block(9, concept=concept, period_start=month(back))
    actions.renew_trends(today=TODAY, by="test")
    with django_assert_num_queries(4):
        client.get("/en/problems/trends/")
