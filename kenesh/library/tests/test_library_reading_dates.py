"""Dates in every language, and which of them is the event's."""

from __future__ import annotations

import pytest

from kenesh.library.reading import read_document
from kenesh.library.reading.dates import find_dates
from kenesh.library.reading.kinds import Kind
from kenesh.library.reading.occasion import Occasion, find_occasion
from kenesh.library.reading.spans import Line


def occasion(text: str, *, kind: Kind = "meeting", language: str = "ru", set_aside: tuple[str, ...] = ()) -> Occasion:
    aside = [Line(len(text), len(text) + len(piece), piece) for piece in set_aside]
    return find_occasion(text, kind=kind, title=None, language=language, set_aside=aside)


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("с 13 по 14 апреля 2011 г. в", "2011-04-13", "2011-04-14"),
        ("С 30 мая по 2 июня 2024 года", "2024-05-30", "2024-06-02"),
        ("13, 14 и 15 мая 2024 года", "2024-05-13", "2024-05-15"),
        ("2011-жылдын 13-июнунда жана 14-июнунда", "2011-06-13", "2011-06-14"),
        ("2024-жылдын 15-майынан 17-майына чейин", "2024-05-15", "2024-05-17"),
        ("2024-жылдын май айында", "2024-05", None),
        ("2024 жылғы 15–16 мамырда", "2024-05-15", "2024-05-16"),
        ("2024 жылғы 15 мамырдан 17 мамырға дейін", "2024-05-15", "2024-05-17"),
        ("2024-yil 15-mayda", "2024-05-15", None),
        ("2024-yil 30-apreldan 2-maygacha", "2024-04-30", "2024-05-02"),
        ("2024-yil may oyining 15-kunida", "2024-05-15", None),
        ("15-16 май куни 2024 йил", "2024-05-15", "2024-05-16"),
        ("13-14 июни соли 2011", "2011-06-13", "2011-06-14"),
        ("аз 13 то 14 июни соли 2011", "2011-06-13", "2011-06-14"),
        ("June 13–14, 2011", "2011-06-13", "2011-06-14"),
        ("April 30 - May 2, 2024", "2024-04-30", "2024-05-02"),
        ("25 December 2023 – 3 January 2024", "2023-12-25", "2024-01-03"),
        ("2024-жылдын 28-декабрынан 2025-жылдын 3-январына чейин", "2024-12-28", "2025-01-03"),
        ("2024 жылғы 28 желтоқсаннан 2025 жылғы 3 қаңтарға дейін", "2024-12-28", "2025-01-03"),
        ("2024-yil 28-dekabrdan 2025-yil 3-yanvargacha", "2024-12-28", "2025-01-03"),
        ("2024 йил 28 декабрдан 2025 йил 3 январгача", "2024-12-28", "2025-01-03"),
        ("аз 28 декабри соли 2024 то 3 январи соли 2025", "2024-12-28", "2025-01-03"),
        ("28-декабрдан 2025-жылдын 3-январына чейин", "2024-12-28", "2025-01-03"),
        ("с 28 декабря по 3 января 2025 года", "2024-12-28", "2025-01-03"),
        ("2024-yil 28-dekabrdan 3-yanvargacha", "2024-12-28", "2025-01-03"),
        ("13.04.2011–14.04.2011", "2011-04-13", "2011-04-14"),
        ("04/13/2011", "2011-04-13", None),
        ("04/05/2011", "2011", None),
    ],
)
def test_a_date_is_one_date_with_the_precision_that_it_has(text: str, first: str, last: str | None) -> None:
    assert [(date.first, date.last) for date in find_dates(text, language="en")] == [(first, last)]


@pytest.mark.parametrize("text", ["They may 12 times march 15 miles", "мартышка 5, маркетинг 3, декан 2024", "в мае 15 человек"])
def test_words_that_look_like_months_are_no_dates(text: str) -> None:
    assert find_dates(text) == []


def test_a_past_event_of_an_announcement_and_its_deadline_are_not_the_event() -> None:
    told = occasion(
        "Прошлая конференция состоялась 14 мая 2023 года в Оше.\n\n"
        "Приглашаем на конференцию, которая пройдёт 5–6 июня 2025 г. Заявки принимаются до 20 мая 2025 г.",
        kind="announcement",
    )
    assert told.date is not None
    assert (told.date.first, told.date.last, told.basis) == ("2025-06-05", "2025-06-06", "text")
    assert [(one.date.first, one.role) for one in told.others] == [("2023-05-14", "past"), ("2025-05-20", "deadline")]


def test_adoption_and_issue_of_a_un_paper_are_not_confused() -> None:
    told = occasion(
        "Distr.: General\n19 May 2015\n\nConcluding observations on the initial report of Kyrgyzstan\n\n"
        "Adopted by the Committee at its twenty-second session (13–24 April 2015).\n\n"
        "1. The Committee considered the report at its meetings held on 13 and 14 April 2015.",
        kind="concluding_observations",
        language="en",
    )
    assert told.date is not None
    assert (told.date.first, told.date.last) == ("2015-04-13", "2015-04-24")
    assert ("2015-05-19", "issue") in [(one.date.first, one.role) for one in told.others]


@pytest.mark.parametrize(
    ("text", "language", "set_aside", "start", "basis"),
    [
        ("Бишкек, 17 мая 2024 года. – Сегодня в Бишкеке состоялось заседание совета.", "ru", (), "2024-05-17", "document_date"),
        ("Ош, 20 ноября 2025 г. Вчера в библиотеке прошёл круглый стол.", "ru", (), "2025-11-19", "document_date"),
        ("Алматы, 20 қараша 2025 ж. Кеше кітапханада дөңгелек үстел өтті.", "kk", (), "2025-11-19", "document_date"),
        ("В Оше 20 ноября 2025 г. Совет по миграции провёл заседание.", "ru", (), "2025-11-20", "text"),
        ("Вчера в Бишкеке состоялось заседание совета.", "ru", ("Опубликовано: 17.05.2024",), "2024-05-16", "document_date"),
        ("Бүгүн Бишкекте кеңештин жыйыны өттү.", "ky", ("Жарыяланган: 17.05.2024",), "2024-05-17", "document_date"),
        ("Today in Astana took place a round table.", "en", ("Last updated: 26 February 2016",), None, None),
        ("13–14 апреля с.г. состоялась сессия.", "ru", ("Опубликовано 15.04.2015",), "2015-04-13", "document_date"),
        ("13–14 апреля с.г. состоялась сессия.", "ru", ("Изменён 15.04.2016",), "--04-13", "text"),
        ("14 апреля состоялась сессия.", "ru", ("Опубликовано 15.04.2015",), "--04-14", "text"),
    ],
)
def test_today_and_this_year_are_resolved_only_with_a_day_that_the_document_gives(
    text: str, language: str, set_aside: tuple[str, ...], start: str | None, basis: str | None
) -> None:
    told = occasion(text, language=language, set_aside=set_aside)
    assert (told.date.first if told.date else None, told.basis) == (start, basis)


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("2025-жылдын 3-октябрынан 5-октябрына чейин Бишкекте мигранттардын укуктары боюнча конференция өтөт.", "2025-10-03", "2025-10-05"),
        ("2025-жылдын 3-октябрынан 5ине чейин Бишкекте мигранттардын укуктары боюнча конференция өтөт.", "2025-10-03", "2025-10-05"),
        ("2025-жылдын 29-сентябрынан 2-октябрына чейин Бишкекте мигранттар боюнча конференция өтөт.", "2025-09-29", "2025-10-02"),
        ("3 қазаннан 5 қазанға дейін Алматыда еңбек мигранттары туралы халықаралық конференция өтеді.", "--10-03", "--10-05"),
        ("2025-yil 3-oktabrdan 5-oktabrgacha Toshkentda mehnat muhojirlari haqida konferensiya boʻlib oʻtadi.", "2025-10-03", "2025-10-05"),
        ("2025 йил 3 октябрдан 5 октябргача Тошкентда меҳнат муҳожирлари ҳақида конференция ўтказилади.", "2025-10-03", "2025-10-05"),
        ("Аз 3 то 5 октябри соли 2025 дар шаҳри Душанбе конфронси байналмилалии муҳоҷират баргузор мегардад.", "2025-10-03", "2025-10-05"),
        ("С 30 сентября до 2 октября 2025 года в Бишкеке пройдёт конференция о правах мигрантов.", "2025-09-30", "2025-10-02"),
        ("From October 3 until October 5, 2025 a conference on migrant workers will be held in Bishkek.", "2025-10-03", "2025-10-05"),
    ],
)  # fmt: skip
def test_from_one_day_until_another_is_when_it_happens_and_no_deadline(text: str, start: str, end: str) -> None:
    told = read_document(text.encode(), "a.txt").as_json()["dates"]
    assert (told["start"], told["end"], told["others"]) == (start, end, [])


def test_the_days_in_which_people_apply_are_not_the_event() -> None:
    text = (
        "2025-жылдын 3-октябрында Бишкекте эмгек мигранттары боюнча конференция өтөт. "
        "Арыздар 1-сентябрдан 15-сентябрга чейин кабыл алынат."
    )
    told = read_document(text.encode(), "a.txt").as_json()["dates"]
    assert (told["start"], [(one["start"], one["role"]) for one in told["others"]]) == ("2025-10-03", [("--09-01", "deadline")])


def test_the_year_is_that_of_the_publication_named_in_the_same_line() -> None:
    text = "13 апреля с.г. в Женеве прошло заседание комитета. Делегация ответила на вопросы. Опубликовано 20.04.2021"
    told = read_document(text.encode(), "a.txt").as_json()["dates"]
    assert (told["start"], told["basis"]) == ("2021-04-13", "document_date")


@pytest.mark.parametrize(
    ("text", "start", "others"),
    [
        (
            "Бүгін Шымкентте Еңбек министрлігі мигранттарға арналған ақпараттық орталық ашты.\n\nЖарияланған күні: 17 қазан 2023 жыл",
            "2023-10-17",
            [],
        ),
        (
            "Тегерек стол 2025-жылдын 20-мартында Ошто өтөт. Катышуу үчүн 15-мартка чейин катталыңыз.",
            "2025-03-20",
            [("--03-15", "deadline")],
        ),
        (
            "Протокол № 7 заседания\n\nг. Душанбе, 3 декабря 2024 г.\n\nОбсудили миграцию в регионе.\n\nПротокол подписан 9 декабря 2024 г.",
            "2024-12-03",
            [("2024-12-09", "issue")],
        ),
        (
            "Рӯзи 18 ноябри соли 2023 дар Хуҷанд мизи мудаввар баргузор гардид. Ёдовар мешавем, ки соли 2019 дар Душанбе чунин ҳамоиш буд.",
            "2023-11-18",
            [("2019", "past")],
        ),
        (
            "15 мая 2024 года прошло заседание совета. В нём участвовала коалиция «Мир», созданная в 2021 году фондом.",
            "2024-05-15",
            [("2021", "past")],
        ),
        (
            "Бишкек, 15 мая 2024 года. Сегодня прошёл круглый стол. Такой же стол прошёл 3 марта 2022 года. Проект продлится до декабря 2025 года.",
            "2024-05-15",
            [("2022-03-03", "past"), ("2025-12", "other")],
        ),
        (
            "12 мая 2025 года прошла конференция. Соглашение, подписанное 14 июля 2016 года, выполняется. На 1 мая 2025 года открыты 12 центров.",
            "2025-05-12",
            [("2016-07-14", "reference"), ("2025-05-01", "reference")],
        ),
        (
            "2025-жылдын 12-майында Ошто семинар өттү. Анда 2013-жылдын 13-январындагы мыйзам талкууланды. Кийинки семинар сентябрь айында болот.",
            "2025-05-12",
            [("2013-01-13", "reference"), ("--09", "other")],
        ),
        (
            "2025 жылғы 12 мамырда Алматыда семинар өтті. Алғашқы семинар 2021 жылғы 3 наурызда өткен болатын. Келесі семинар қыркүйек айында өтеді.",
            "2025-05-12",
            [("2021-03-03", "past"), ("--09", "other")],
        ),
        (
            "2025-yil 12-may kuni Toshkentda seminar boʻlib oʻtdi. 2007-yil 4-iyulda imzolangan bitim bor. U 2026-yil martga qadar davom etadi.",
            "2025-05-12",
            [("2007-07-04", "reference"), ("2026-03", "other")],
        ),
        (
            "Душанбе, 12 майи соли 2025. Имрӯз дар Душанбе семинар баргузор шуд. Созишнома, ки 16 апрели соли 2019 имзо шуда буд, баррасӣ гардид.",
            "2025-05-12",
            [("2019-04-16", "reference")],
        ),
        (
            "Termez, 11 September 2024 – A centre opened today. Posted: 12 September 2024. The law of 8 July 2020 changed. It runs until March 2026.",
            "2024-09-11",
            [("2024-09-12", "document"), ("2020-07-08", "reference"), ("2026-03", "other")],
        ),
    ],
)
def test_what_other_dates_are_the_dates_of(text: str, start: str, others: list[tuple[str, str]]) -> None:
    found = read_document(text.encode(), "a.txt").as_json()["dates"]
    assert (found["start"], [(one["start"], one["role"]) for one in found["others"]]) == (start, others)


@pytest.mark.parametrize(
    ("text", "start"),
    [
        ("A meeting was held on Monday. It came one week after the Dushanbe Conference of 27-28 October 2025.", None),
        ("The council met on Monday ahead of the forum on 3 December 2025.", None),
        ("After the conference ministers met on 5 November 2025.", "2025-11-05"),
        ("Стороны встретились и продолжили разговор, начатый на конференции в Душанбе 27–28 октября 2025 года.", None),
        ("После семинара в Оше министры 5 ноября 2025 года подписали соглашение.", "2025-11-05"),
        ("Жолугушууда 2025-жылдын 27-октябрында Душанбеде өткөн конференцияда башталган сүйлөшүү уланды.", None),
        ("2025-жылдын 5-ноябрында Ошто конференциядан кийин министрлер жолугушту.", "2025-11-05"),
        ("Кездесуде 2025 жылғы 27 қазанда Душанбеде өткен конференцияда басталған әңгіме жалғасты.", None),
        ("Uchrashuvda 2025-yil 27-oktabrda Dushanbeda o‘tgan konferensiyada boshlangan suhbat davom etdi.", None),
        ("Йиғилиш 2025 йил 3 октябрда ўтган семинардан кейин ташкил этилди.", None),
        ("Дар вохӯрӣ гуфтугӯе, ки дар конфронси Душанбе 27 октябри соли 2025 оғоз шуда буд, идома ёфт.", None),
        ("Пас аз конфронс вазирон 5 ноябри соли 2025 мулоқот карданд.", "2025-11-05"),
    ],
)
def test_the_date_of_another_event_is_not_taken_for_this_one(text: str, start: str | None) -> None:
    assert read_document(text.encode(), "a.txt").as_json()["dates"]["start"] == start


def test_what_a_page_tells_above_its_title_is_not_the_event() -> None:
    page = (
        "<div><p>В Ташкенте 3 сентября 2025 года подписали соглашение о миграции</p></div>"
        "<h1>В Оше прошёл круглый стол о правах мигрантов</h1><p>В Оше прошёл круглый стол с участием министерства труда.</p>"
    )
    found = read_document(f"<html><body>{page}</body></html>".encode(), "a.html")
    assert (found.date, [place.name for place in found.places]) == (None, ["Ош"])


@pytest.mark.parametrize(
    ("text", "start"),
    [
        ("Бишкек шаары, 2024-жылдын 19-сентябры. Бүгүн тегерек стол болуп өттү.", "2024-09-19"),
        ("Душанбе, 8 декабри соли 2025. Рӯзҳои 3–4 декабри соли ҷорӣ гузориш баррасӣ гардид.", "2025-12-03"),
    ],
)
def test_a_place_and_a_day_before_the_first_sentence_are_the_documents_own(text: str, start: str) -> None:
    told = occasion(text)
    assert (told.date and told.date.first, told.basis) == (start, "document_date")
