"""What in a text could lead to a person: found in every form, and not found where nothing is."""

from __future__ import annotations

import pytest

from kenesh.casework.recognising import findings, known_of, pieces

KNOWN = known_of(
    [{"name": "Айбек Асанов уулу", "where_place": "Снежинск"}, {"name": "Бакыт"}],
    [{"name": "ООО «Сапсан Строй»", "contact": "Пётр"}],
)


@pytest.mark.parametrize(
    ("words", "kind", "plain"),
    [
        ("Я, Айбек, ждал зарплату.", "name", True),
        ("Айбектин айлыгы төлөнгөн жок.", "name", True),
        ("Звоните мне: 8 912 000 11 22.", "phone", True),
        ("Мой паспорт AN1234567 забрали.", "document", True),
        ("Нас обманул Сапсан Строй.", "employer", True),
        ("Нам обещал Пётр.", "employer", True),
        ("Работали у Сапсана.", "employer", False),
        ("Мне сказали, что Aybek сам виноват.", "sound", False),
        ("Бул чоң бакыт болчу.", "name", False),
        ("Меня обманули в Снежинске.", "place", False),
        ("Мы приехали в Москву зимой.", "place", False),
        ("Это было 15 мая 2025 года.", "date", False),
        ("Мне 47 лет, и меня выгнали.", "age", False),
        ("Мен 47 жаштамын.", "age", False),
        ("Нам должны 187 350 рублей.", "figure", False),
        ("Нас привёз туда Кудайберди.", "mention", False),
    ],
)
def test_what_may_lead_to_somebody_is_found(words: str, kind: str, plain: bool) -> None:
    assert (kind, plain) in {(each.kind, each.plain) for each in findings(words, KNOWN, "ru")}


@pytest.mark.parametrize(
    "words",
    [
        "Мы строили дом всю зиму, а нам сказали: приходите потом.",
        "Кышы бою үй курдук, бирок бизге кийин келгиле дешти.",
        "В 2025 году мы работали в России, и нам не платили.",
        "We worked all winter and were told to come later.",
    ],
)
def test_ordinary_words_are_not_marked(words: str) -> None:
    assert findings(words, KNOWN, "ru" if "м" in words else "en") == []


def test_a_text_is_cut_at_its_findings_and_loses_nothing() -> None:
    text = "Айбек работал в Снежинске до 15 мая 2025 года."
    cut = pieces(text, findings(text, KNOWN, "ru"))
    assert "".join(piece for piece, _ in cut) == text
    assert [piece for piece, found in cut if found is not None] == ["Айбек", "Снежинске", "15 мая 2025 года"]
