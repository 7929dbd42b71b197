"""The library's pages, through HTTP."""

from __future__ import annotations

import gzip
import re
from datetime import date
from pathlib import Path

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from kenesh.library.actions import accept_sure, import_document, reject_finding, reject_rest
from kenesh.library.models import Document, DocumentCountry, DocumentTheme, Figure
from kenesh.people.models import User

pytestmark = pytest.mark.django_db

SAMPLES = Path(__file__).resolve().parent.parent / "samples"


def imported(name: str) -> Document:
    return import_document(data=(SAMPLES / name).read_bytes(), source=f"/home/somebody/{name}", by="command").document


def made(number: int) -> Document:
    document = Document.objects.create(
        source=f"{number}.txt",
        title=f"Документ {number}",
        language="ru",
        script="Cyrl",
        countries=["KG"],
        date_start="2024-05-15",
        sha256=f"{number:064d}",
        text="Текст.",
        imported_on=date(2024, 6, 1),
    )
    DocumentTheme.objects.create(document=document, concept="unpaid-wages", score=0.9)
    DocumentCountry.objects.create(document=document, country="KG")
    return document


def page(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200
    return str(response.content.decode())


def titles(content: str) -> list[str]:
    return re.findall(r'<li><a href="/\w\w/library/\w{8}/" lang="[\w-]+">([^<]*)</a>', content)


def queries(client: Client, address: str) -> int:
    with CaptureQueriesContext(connection) as captured:
        page(client, address)
    return len(captured)


def test_an_empty_library_says_so(client: Client) -> None:
    assert '<p class="empty">There are no documents yet.</p>' in page(client, "/en/library/")


def test_the_list_asks_the_database_as_often_for_thirty_documents_as_for_one(client: Client) -> None:
    made(1)
    page(client, "/en/library/")
    one = queries(client, "/en/library/")
    for number in range(2, 31):
        made(number)
    assert queries(client, "/en/library/") == one == 4


def test_the_list_goes_on_where_it_stopped(client: Client) -> None:
    documents = [made(number) for number in range(1, 31)]
    first = page(client, "/en/library/")
    assert titles(first) == [f"Документ {number}" for number in range(30, 10, -1)]
    assert f'href="?before={documents[10].code}"' in first
    second = page(client, f"/en/library/?before={documents[10].code}")
    assert titles(second) == [f"Документ {number}" for number in range(10, 0, -1)]
    assert "Older documents" not in second


def test_a_place_in_the_list_that_does_not_exist_is_not_found(client: Client) -> None:
    assert client.get("/en/library/?before=nonesuch").status_code == 404


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("language=ky", ["minutes-ky.txt"]),
        ("country=UZ", ["council-kk.txt", "press-release-ru.html"]),
        ("country=TJ&language=ru", ["press-release-ru.html"]),
        ("country=TJ&language=ky", []),
    ],
)
def test_the_list_is_filtered_by_language_and_country(client: Client, query: str, found: list[str]) -> None:
    for name in ("press-release-ru.html", "minutes-ky.txt", "council-kk.txt"):
        imported(name)
    expected = [Document.objects.get(source__endswith=name).title for name in found]
    assert titles(page(client, f"/en/library/?{query}")) == expected


def test_a_theme_finds_what_speaks_of_a_narrower_one(client: Client) -> None:
    made(1)
    assert titles(page(client, "/en/library/?theme=pay")) == ["Документ 1"]


def test_a_filter_that_is_not_offered_is_told_and_ignored(client: Client) -> None:
    made(1)
    content = page(client, "/en/library/?language=xx")
    assert "Choose from the list." in content
    assert titles(content) == ["Документ 1"]


def test_a_filter_without_a_match_says_so(client: Client) -> None:
    imported("minutes-ky.txt")
    imported("seminar-uz.txt")
    assert "No document matches." in page(client, "/en/library/?language=ky&country=UZ")


def test_the_page_of_a_document_shows_its_text_in_its_own_language(client: Client) -> None:
    document = imported("press-release-ru.html")
    content = page(client, f"/en/library/{document.code}/")
    assert f'<span lang="ru">{document.title}</span>' in content
    article = content[content.index("<article") : content.index("</article>")]
    assert '<article lang="ru"' in article
    assert "По данным ОФ «Ак Жол», в 2024 году за помощью обратились 1\xa0240 человек" in article
    assert "/home/somebody" not in content


def test_attack_strings_stand_only_in_the_folded_furniture(client: Client) -> None:
    content = page(client, f"/en/library/{imported('press-release-ru.html').code}/")
    start = content.index("<details><summary>Parts of the page")
    assert content.count("etc/passwd") == 1
    assert start < content.index("etc/passwd") < content.index("</details>", start)


def test_markup_in_a_document_is_shown_as_text(client: Client) -> None:
    data = "Заседание совета прошло в Бишкеке. Участник написал на доске <b>жирно</b> & ушёл.".encode()
    document = import_document(data=data, source="x.txt", by="command").document
    assert "на доске &lt;b&gt;жирно&lt;/b&gt; &amp; ушёл." in page(client, f"/en/library/{document.code}/")


def test_a_date_without_a_year_says_that_the_year_is_not_known(client: Client) -> None:
    data = "13–14 апреля с.г. в Женеве прошла встреча экспертов по миграции из стран региона.".encode()
    document = import_document(data=data, source="x.txt", by="command").document
    assert "13 April – 14 April (the year is not known)" in page(client, f"/en/library/{document.code}/")


@pytest.mark.parametrize("language", ["ky", "ru", "uz", "tg", "kk", "hy", "en"])
def test_both_pages_answer_in_every_language(client: Client, language: str) -> None:
    document = imported("seminar-uz.txt")
    page(client, f"/{language}/library/")
    page(client, f"/{language}/library/{document.code}/")


def test_a_code_that_does_not_exist_is_not_found(client: Client) -> None:
    assert client.get("/en/library/bcdfghjk/").status_code == 404


def test_facts_are_marked_as_read_by_a_program_until_a_person_has_checked_them(client: Client, emil: User) -> None:
    document = imported("press-release-ru.html")
    content = page(client, f"/en/library/{document.code}/")
    assert "These facts were read by a program." in content
    assert "<b>96\xa0500\xa0000 RUB</b>" in content
    reject_finding(document=document, key="figures-3", by=emil)
    accept_sure(document=document, by=emil)
    reject_rest(document=document, by=emil)
    content = page(client, f"/en/library/{document.code}/")
    assert "Checked by a person" in content
    assert "read by a program" not in content
    assert "96\xa0500\xa0000" not in content


def test_a_figure_keeps_what_limits_it_when_it_is_checked_and_when_it_is_shown(client: Client, emil: User) -> None:
    text = (
        "Migration in figures\n\nEvery seventh person in the world is a migrant, according to IOM. By 2040 up to 400 million people "
        "will live abroad. Trafficking in people brings more than 150 bln. US dollars a year. Members asked about 70 questions."
    )
    document = import_document(data=text.encode(), source="figures.txt", by="command").document
    said = ["1 in 7", "up to 400\xa0000\xa0000", "more than 150\xa0000\xa0000\xa0000 USD a year", "about 70"]
    assert re.findall(r"<li><b>(.*?)</b>", page(client, f"/en/library/{document.code}/")) == said
    accept_sure(document=document, by=emil)
    assert re.findall(r"<li><b>(.*?)</b>", page(client, f"/en/library/{document.code}/")) == said
    kept = Figure.objects.order_by("pk").values_list("value", "of", "qualifier", "per")
    assert list(kept) == [
        (1, 7, "", ""),
        (400_000_000, None, "up to", ""),
        (150_000_000_000, None, "more than", "year"),
        (70, None, "about", ""),
    ]


@pytest.mark.parametrize("question", ["who founded the inter-country council on migration", "intercountry council"])
def test_a_russian_council_of_several_countries_is_found_in_english(client: Client, question: str) -> None:
    text = (
        "Создан Межстрановой Большой Общественный Совет\n\nВ заседании Совета приняли участие эксперты и представители властей."
    )
    document = import_document(data=text.encode(), source="a.txt", by="command").document
    content = page(client, f"/en/search/?q={question.replace(' ', '+')}")
    assert f'href="/en/library/{document.code}/"' in content


def test_a_long_document_comes_in_parts_each_of_them_in_one_round_trip(client: Client) -> None:
    lines = [
        f"{n}. Государству-участнику следует сообщить о мерах, принятых в {1990 + n % 30} году, и о их итогах."
        for n in range(900)
    ]
    document = import_document(data="\n".join(lines).encode(), source="long.txt", by="command").document
    first = client.get(f"/ru/library/{document.code}/", headers={"accept-encoding": "gzip"})
    assert len(first.content) < 14 * 1024
    content = gzip.decompress(first.content).decode()
    parts = int(re.search(r"из (\d+)|of (\d+)", content)[0].split()[1])  # type: ignore[index]
    texts = [page(client, f"/en/library/{document.code}/?part={part}") for part in range(1, parts + 1)]
    assert [sum(f"<p>{line}</p>" in text for text in texts) for line in lines[1:]] == [1] * 899
    assert client.get(f"/en/library/{document.code}/?part={parts + 1}").status_code == 404
