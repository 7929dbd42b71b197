"""PDF, Word and mail files as text."""

from __future__ import annotations

import json
from email.message import EmailMessage

import pytest

from kenesh.library.formats import pdf, word
from kenesh.library.formats.extracted import CannotRead, Extracted
from kenesh.library.formats.joining import join_rows
from kenesh.library.reading import Reading, Unread, read_document, read_documents
from kenesh.library.tests.papers import W, a_pdf, a_word, li, numbering, p, rows
from kenesh.library.tests.test_library_reading import SCHEMA, _matches

LEAD = "15 мая 2024 года в Бишкеке состоялось заседание совета по миграции, в котором участвовали эксперты из стран региона."
CONTENT = "Создать общую базу решений судов о взыскании заработной платы."


def lines(found: Extracted) -> list[str]:
    return found.text.splitlines()


def dropped(found: Extracted) -> list[tuple[str, str]]:
    return [(found.text[start:end], reason) for start, end, reason in found.dropped]


# --- PDF ------------------------------------------------------------------------------------------------------------
def test_rows_of_a_pdf_are_joined_to_paragraphs_and_divided_words_mended() -> None:
    page = rows(
        "Заседание было направлено на построение сотруд-",
        "ничества, объединение усилий всех партнеров го-",
        "сударственных органов Кыргызской Республики и",
        "Санкт-",
        "",
        "Второй абзац говорит о другом и продолжается",
        "на следующей строке.",
    )
    assert lines(pdf.extract(a_pdf(page))) == [
        (
            "Заседание было направлено на построение сотрудничества, объединение усилий всех партнеров государственных органов "
            "Кыргызской Республики и Санкт-"
        ),
        "Второй абзац говорит о другом и продолжается на следующей строке.",
    ]


def test_a_hyphen_that_belongs_to_the_word_stays() -> None:
    words = {"кыргызско-российский": 2}
    assert join_rows(["это экспертно-", "консультативный совет"], {}) == "это экспертно-консультативный совет"
    assert join_rows(["новый кыргызско-", "российский договор"], words) == "новый кыргызско-российский договор"
    assert join_rows(["город Санкт-", "Петербург"], {}) == "город Санкт-Петербург"
    assert join_rows(["зако\u00ad", "ны"], {}) == "законы"


def test_heads_feet_and_numbers_of_pages_are_set_aside_and_a_paragraph_goes_on_over_the_page() -> None:
    head, foot = (70, 800, 9, "CMW/C/XYZ/CO/1"), "GE.15-07244"
    first = [
        head,
        *rows("The Committee notes that many workers were", "not paid and that the courts did not"),
        (70, 40, 9, f"{foot} 1"),
    ]
    second = [head, *rows("help them in time.", "", "A second paragraph stands here."), (70, 40, 9, f"{foot} 2")]
    found = pdf.extract(a_pdf(first, second))
    own = [line for line in lines(found) if line not in {text for text, _ in dropped(found)}]
    assert own == [
        "The Committee notes that many workers were not paid and that the courts did not help them in time.",
        "A second paragraph stands here.",
    ]
    assert {reason for _, reason in dropped(found)} == {"page"}
    assert len(found.dropped) == 4


def test_two_columns_that_were_drawn_row_by_row_are_read_one_after_the_other() -> None:
    left = ["the left column begins here and", "goes on for several rows more", "until the reader comes to the", "end of it where a sentence is",
            "not yet over but the other", "column takes it up and goes"]  # fmt: skip
    right = ["on to say what it was that the", "left one could not say in its", "own few rows because the page", "was too short for all of the",
             "words that somebody wanted to", "put there on one page."]  # fmt: skip
    across = [
        row for index in range(6) for row in ((70, 700 - 14 * index, 11, left[index]), (320, 700 - 14 * index, 11, right[index]))
    ]
    assert lines(pdf.extract(a_pdf(across))) == [" ".join([*left, *right])]


def test_a_table_of_a_pdf_stays_in_rows() -> None:
    cells = [("Россия", "1200"), ("Казахстан", "300"), ("Турция", "40"), ("Армения", "5")]
    table = [row for n, (a, b) in enumerate(cells) for row in ((70, 700 - 14 * n, 11, a), (320, 700 - 14 * n, 11, f" {b}"))]
    assert lines(pdf.extract(a_pdf(table))) == ["Россия\t1200", "Казахстан\t300", "Турция\t40", "Армения\t5"]


def test_ligatures_of_a_pdf_become_letters() -> None:
    assert lines(pdf.extract(a_pdf(rows("The oﬃce ﬁled a ﬂood of appeals.")))) == ["The office filed a flood of appeals."]


def test_the_large_row_of_a_pdf_is_its_title() -> None:
    page = [(70, 780, 18, "О задержках зарплаты мигрантов"), *rows(LEAD[:60], LEAD[60:].strip(), top=740)]
    assert read_document(a_pdf(page), "x").title == "О задержках зарплаты мигрантов"


def test_a_pdf_without_text_is_a_scan_and_one_with_some_says_so() -> None:
    with pytest.raises(CannotRead, match="only pictures of pages"):
        pdf.extract(a_pdf([], []))
    assert pdf.extract(a_pdf(rows(LEAD), [])).notices == [
        ("scanned_pages", "1 of 2 pages hold no text: they are pictures, or empty.")
    ]


# --- Word -----------------------------------------------------------------------------------------------------------
def test_the_numbers_that_word_gives_are_not_lost() -> None:
    body = (
        li("Суды")
        + li("взыскание", 1)
        + li("исполнение", 1)
        + p("между ними")
        + li("Центры")
        + li("юристы", 1)
        + li("новый", 0, 2)
    )
    found = word.extract(a_word(body, numbering=numbering(("decimal", "%1."), ("lowerLetter", "%1(%2)"))))
    assert lines(found) == ["1. Суды", "1(a) взыскание", "1(b) исполнение", "между ними", "2. Центры", "2(a) юристы", "1. новый"]


@pytest.mark.parametrize(
    ("form", "text", "labels"),
    [
        ("lowerRoman", "%1)", ["i)", "ii)", "iii)", "iv)"]),
        ("upperLetter", "%1.", ["A.", "B.", "C.", "D."]),
        ("russianLower", "%1)", ["а)", "б)", "в)", "г)"]),
        ("bullet", "\u00b7", ["•", "•", "•", "•"]),
        ("none", "", ["", "", "", ""]),
    ],
)
def test_lists_are_numbered_in_their_form(form: str, text: str, labels: list[str]) -> None:
    found = word.extract(a_word(li("пункт") * 4, numbering=numbering((form, text))))
    assert lines(found) == [f"{label} пункт".strip() for label in labels]


def test_a_style_gives_its_list_to_its_paragraphs() -> None:
    styles = (
        f'<w:styles xmlns:w="{W}"><w:style w:styleId="L"><w:name w:val="List Number"/><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr>'
        '</w:style><w:style w:styleId="M"><w:basedOn w:val="L"/></w:style></w:styles>'
    )
    body = p("первый", '<w:pStyle w:val="L"/>') + p("второй", '<w:pStyle w:val="M"/>')
    found = word.extract(a_word(body, numbering=numbering(("decimal", "%1)")), styles=styles))
    assert lines(found) == ["1) первый", "2) второй"]


def test_deleted_and_hidden_text_is_not_read_and_inserted_text_is() -> None:
    body = (
        "<w:p><w:r><w:t>Зарплату </w:t></w:r><w:del><w:r><w:delText>не </w:delText><w:t>вовсе не </w:t></w:r></w:del>"
        "<w:ins><w:r><w:t>сразу </w:t></w:r></w:ins><w:r><w:rPr><w:vanish/></w:rPr><w:t>тайно </w:t></w:r><w:r><w:t>выплатили.</w:t></w:r></w:p>"
    )
    assert lines(word.extract(a_word(body))) == ["Зарплату сразу выплатили."]


def test_a_row_of_a_table_is_a_line_and_a_table_for_layout_is_paragraphs() -> None:
    row = "<w:tr><w:tc>{}</w:tc><w:tc>{}</w:tc></w:tr>"
    body = f"<w:tbl>{row.format(p('Россия'), p('1200 человек'))}{row.format(p('Протокол') + p('заседания'), p('№ 3'))}</w:tbl>"
    assert lines(word.extract(a_word(body))) == ["Россия\t1200 человек", "Протокол", "заседания", "№ 3"]


def test_text_boxes_are_read_once() -> None:
    box = f"<w:txbxContent>{p('в рамке')}</w:txbxContent>"
    body = (
        '<w:p xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"><w:r><w:t>до</w:t></w:r><w:r><mc:AlternateContent>'
        f"<mc:Choice><w:drawing>{box}</w:drawing></mc:Choice><mc:Fallback><w:pict>{box}</w:pict></mc:Fallback>"
        "</mc:AlternateContent></w:r></w:p>"
    )
    assert lines(word.extract(a_word(body))) == ["до", "в рамке"]


def test_footnotes_heads_and_feet_of_word_are_set_aside() -> None:
    wrapped = {name: f'<w:x xmlns:w="{W}">{p(text)}</w:x>' for name, text in (("footnotes", "Закон № 5"), ("header1", "Проект"))}
    found = word.extract(a_word(p(LEAD), **wrapped))
    assert dropped(found) == [("Закон № 5", "footnote"), ("Проект", "page")]


def test_a_heading_of_word_is_the_title() -> None:
    styles = f'<w:styles xmlns:w="{W}"><w:style w:styleId="1"><w:name w:val="heading 1"/></w:style></w:styles>'
    body = p("Кому: всем членам совета") + p("О задержках зарплаты", '<w:pStyle w:val="1"/>') + p(LEAD)
    assert read_document(a_word(body, styles=styles), "x").title == "О задержках зарплаты"


def test_recommendations_of_a_word_list_are_found_with_their_numbers() -> None:
    body = p(LEAD) + p("Рекомендации:") + li(CONTENT) + li("Открыть пункт правовой помощи.")
    found = read_document(a_word(body, numbering=numbering(("decimal", "%1."))), "x").as_json()
    assert [(item["number"], item["text"]) for item in found["recommendations"]] == [
        ("1", CONTENT),
        ("2", "Открыть пункт правовой помощи."),
    ]


# --- mail -----------------------------------------------------------------------------------------------------------
def a_mail(body: str = LEAD, *, html: str = "", subject: str = "Fwd: Заседание совета по миграции") -> EmailMessage:
    mail = EmailMessage()
    mail["Subject"] = subject
    mail["From"] = "press@example.org"
    mail["Date"] = "Thu, 16 May 2024 10:00:00 +0600"
    mail["Message-ID"] = "<1@example.org>"
    mail.set_content(body, charset="koi8-r", cte="base64")
    if html:
        mail.clear_content()
        mail.set_content(html, subtype="html")
    return mail


def test_a_mail_is_read_with_its_subject_for_title_and_its_own_date_set_aside() -> None:
    found = read_document(a_mail(f"{LEAD}\n\n> старое письмо\n-- \nИмя\n+996 312 00-00-00\n").as_bytes(), "a.eml").as_json()
    assert (found["title"], found["dates"]["start"], found["language"]) == ("Заседание совета по миграции", "2024-05-15", "ru")
    assert [(piece["text"], piece["reason"]) for piece in found["dropped"]] == [
        ("Thu, 16 May 2024 10:00:00 +0600", "mail"),
        ("> старое письмо", "mail"),
        ("--", "contact"),
        ("Имя", "contact"),
        ("+996 312 00-00-00", "contact"),
    ]


def test_a_mail_that_is_a_web_page_is_read() -> None:
    page = f"<html><body><h1>Заголовок страницы</h1><p>{LEAD}</p></body></html>"
    found = read_document(a_mail(html=page).as_bytes(), "a.eml")
    assert (found.title, found.body.splitlines()[-1]) == ("Заседание совета по миграции", LEAD)


def test_files_that_hang_on_a_mail_are_documents_of_their_own() -> None:
    mail = a_mail()
    for name, data in (
        ("решение.docx", a_word(p(LEAD))),
        ("фото.png", b"\x89PNG\r\n"),
        ("page.html", f"<html><p>{LEAD}</html>".encode()),
    ):
        mail.add_attachment(data, maintype="application", subtype="octet-stream", filename=name)
    inner = a_mail("Вложенное письмо о встрече экспертов по миграции в Оше.")
    mail.add_attachment(inner)
    answers = list(read_documents(mail.as_bytes(), "a.eml"))
    assert [each.source for each in answers] == [
        "a.eml",
        "a.eml#решение.docx",
        "a.eml#фото.png",
        "a.eml#page.html",
        "a.eml#mail.eml",
    ]
    assert [each.source for each in answers if isinstance(each, Unread)] == ["a.eml#фото.png"]
    assert isinstance(answers[1], Reading)
    assert answers[1].text == f"{LEAD}\n"


def test_a_page_saved_as_one_file_is_read() -> None:
    mail = EmailMessage()
    mail["Snapshot-Content-Location"] = "https://example.org/"
    mail["Subject"] = "Совет по миграции заседал в Бишкеке"
    mail["MIME-Version"] = "1.0"
    mail.set_content(f"<html><body><p>{LEAD}</p></body></html>", subtype="html")
    mail.add_related(b"\x89PNG", maintype="image", subtype="png", cid="a", filename="a.png")
    assert [type(each) for each in read_documents(mail.as_bytes(), "a.mhtml")] == [Reading]


# --- by content, not by name ----------------------------------------------------------------------------------------
def test_what_a_file_is_is_told_by_its_content() -> None:
    assert read_document(a_pdf(rows(LEAD)), "a.txt").text == f"{LEAD}\n"
    assert read_document(a_word(p(LEAD)), "a.html").text == f"{LEAD}\n"
    assert read_document(LEAD.encode(), "a.html").origin is None


def test_the_places_of_a_word_file_count_in_the_text_that_was_taken_out_of_it() -> None:
    reading = read_document(a_word(p(LEAD)), "a.docx")
    place = reading.as_json()["places"][0]["at"]
    assert isinstance(place, list)
    assert reading.original[slice(*place)] == "Бишкеке"


def test_what_is_read_in_any_format_is_as_the_schema_says() -> None:
    schema = json.loads(SCHEMA.read_text(encoding="utf-8"))
    paper = a_pdf(rows(LEAD, "", "Page 1"), [])
    word = a_word(
        p(LEAD) + li(CONTENT), numbering=numbering(("decimal", "%1.")), header1=f'<w:x xmlns:w="{W}">{p("Проект")}</w:x>'
    )
    answers = [read_document(data, "x") for data in (paper, word, a_mail().as_bytes())]
    found = [json.loads(json.dumps({**answer.as_json(), "text": answer.original})) for answer in answers]
    assert [_matches(each, schema, schema["$defs"]) for each in found] == [True, True, True]
