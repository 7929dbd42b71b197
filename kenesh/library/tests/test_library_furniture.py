"""Pages of many shapes: what is around the text is set aside, and nothing of the text."""

from __future__ import annotations

import pytest

from kenesh.library.reading import read_document

HEAD = "Заседание совета по миграции прошло в Бишкеке"
BODY = [
    "15 мая 2024 года в Бишкеке состоялось заседание совета по миграции, в котором участвовали эксперты из Казахстана и Узбекистана.",
    "По данным министерства, за год в центры обратились 1200 человек, большинству из которых не выплатили заработную плату вовремя.",
    "Участники договорились создать общую базу решений судов и открыть новый пункт правовой помощи в городе Ош до конца года.",
]
TEXT = "".join(f"<p>{line}</p>" for line in BODY)
ARTICLE = f"<h1>{HEAD}</h1>{TEXT}"
SHAPES = {
    "cookies": f"<div class=cookie><p>Мы используем файлы cookie, чтобы сайт работал лучше.</p><button>Принять</button></div>"
    f"<main><article>{ARTICLE}</article></main><footer>© 2024 Министерство. Все права защищены</footer>",
    "related": f"<main><article>{ARTICLE}</article><section><h2>Читайте также</h2><ul><li><a href=/1>Открыт новый центр помощи мигрантам в Оше"
    "</a></li><li><a href=/2>Депутаты обсудили закон о внешней миграции</a></li></ul></section></main>",
    "comments": f"<article>{ARTICLE}</article><div id=comments><h3>Комментарии (2)</h3><div class=comment><b>Азамат</b> <span>16.05.2024 10:22"
    "</span><p>Давно пора! Мне за три месяца не заплатили.</p></div></div>",
    "share": f"<div class=content><h1>{HEAD}</h1><div class=share>Поделиться: <a>Facebook</a> <a>Telegram</a></div><div class=date>16.05.2024 | "
    f"Просмотров: 1234</div>{TEXT}<div class=tags>Теги: <a>миграция</a>, <a>совет</a></div></div>",
    "breadcrumb": f"<ol class=breadcrumb><li><a>Главная</a></li><li><a>Пресс-центр</a></li><li>{HEAD}</li></ol><div>{ARTICLE}</div>"
    "<div class=sidebar><h4>Календарь</h4><table><tr><td>Пн</td><td>Вт</td></tr><tr><td>1</td><td>2</td></tr></table></div>",
    "address": f"<div id=c>{ARTICLE}</div><div id=foot><p>720000, г. Бишкек, ул. Тыныстанова, 215</p><p>Тел.: +996 (312) 00-00-00</p>"
    "<p>E-mail: info@example.org</p><p>Режим работы: 9:00 – 18:00</p></div>",
    "languages": f"<div><a>Кыргызча</a> <a>Русский</a> <a>English</a></div><div id=c>{ARTICLE}</div><div><h3>In English</h3>"
    "<p>The council met in Bishkek on 15 May.</p></div>",
    "attacks": f"<article><h1>{HEAD}</h1><p>{BODY[0]}</p><p>' OR '1'='1' UNION SELECT password FROM users -- </p><p>{BODY[1]} "
    f"&lt;script&gt;alert(1)&lt;/script&gt;</p><p>&lt;img src=x onerror=alert(1)&gt;</p><p>1; DROP TABLE users</p><p>{BODY[2]}</p></article>",
    "table": f"<table><tr><td><a>Башкы бет</a><br><a>Жаңылыктар</a><br><a>Байланыш</a></td><td><b>{HEAD}</b><br><br>{'<br>'.join(BODY)}</td></tr>"
    "</table>",
}


@pytest.mark.parametrize("shape", SHAPES)
def test_what_is_around_the_text_is_set_aside(shape: str) -> None:
    page = f"<!doctype html><html><head><title>{HEAD} — Сайт</title></head><body>{SHAPES[shape]}</body></html>"
    reading = read_document(page.encode(), shape)
    assert [" ".join(line.split()) for line in reading.body.splitlines() if line.strip()] == [HEAD, *BODY]
    assert (reading.title, reading.date and reading.date.first) == (HEAD, "2024-05-15")


def test_a_page_copied_as_text_loses_its_menus_too() -> None:
    before = ["Перейти к основному содержанию", "Версия для слабовидящих", "KG | RU | EN", "Главная > Новости > Заседание"]
    stamp = "16.05.2024, 10:15  Просмотров: 345"
    after = ["Поделиться в Facebook", "Предыдущая новость", "Следующая новость", "Читайте также:", "Открыт новый центр помощи мигрантам",
             "Адрес: г. Бишкек, ул. Тыныстанова, 215", "Тел.: +996 (312) 00-00-00", "© 2024 Министерство. Все права защищены"]  # fmt: skip
    reading = read_document("\n".join([*before, HEAD, stamp, *BODY, *after]).encode(), "x")
    assert [reading.text[piece.start : piece.end] for piece in reading.dropped] == [*before, stamp, *after]


@pytest.mark.parametrize("line", ["15 мая 2024 года, 10:00", "16.05.2024", "Рекомендации:", "Повестка: миграция"])
def test_a_line_that_may_be_of_the_document_stays(line: str) -> None:
    assert read_document("\n".join([HEAD, line, *BODY]).encode(), "x").dropped == []


def test_contacts_within_a_paragraph_are_set_aside_and_its_sentences_stay() -> None:
    text = (
        "2025-жылдын 12-мартында Бишкекте тегерек стол өтөт. Байланыш: +996 555 123 456, info@jany-kylym.example. "
        "Катышуучулар мигранттардын маселелерин талкуулашат."
    )
    found = read_document(text.encode(), "a.txt").as_json()["dropped"]
    assert [(one["text"], one["reason"]) for one in found] == [("Байланыш: +996 555 123 456, info@jany-kylym.example", "contact")]


@pytest.mark.parametrize(
    ("text", "dropped"),
    [
        (
            "Дар Хуҷанд мизи мудаввар баргузор шуд ва дар он масъалаҳои муҳоҷират муҳокима шуданд.\n\nҲамаи ҳуқуқҳо ҳифз шудаанд © 2025",
            ("Ҳамаи ҳуқуқҳо ҳифз шудаанд © 2025", "menu"),
        ),
        (
            "Тегерек стол Ошто өтөт. Катышуу үчүн 15-мартка чейин катталыңыз: info@example.kg, +996 555 123 456.",
            ("info@example.kg, +996 555 123 456", "contact"),
        ),
    ],
)
def test_whose_page_it_is_and_where_to_write_are_set_aside(text: str, dropped: tuple[str, str]) -> None:
    found = read_document(text.encode(), "a.txt").as_json()["dropped"]
    assert [(one["text"], one["reason"]) for one in found] == [dropped]
