"""What an organisation seems to be by its name, in several languages; nothing where the name does not say it."""

from __future__ import annotations

import pytest

from kenesh.people.seeming import kind_by_name


@pytest.mark.parametrize(
    ("name", "language", "kind"),
    [
        ("МВД России", "ru", "ministry"),
        ("ИИМ", "ky", "ministry"),
        ("Посольство Узбекистана", "ru", "ministry"),
        ("Хадамоти муҳоҷират", "tg", "ministry"),
        ("Human Rights Commission of President of RK", "en", "ministry"),
        ("Комитет по миграции Республики Казахстан", "ru", "ministry"),
        ("Комитет по миграции", "ru", ""),
        ("Постоянное представительство Кыргызской Республики при ООН в Женеве", "ru", "ministry"),
        ("Постоянное представительство ООН", "ru", ""),
        ("Европейский союз", "ru", "regional"),
        ("Еуропалық одақ", "kk", "regional"),
        ("МОМ", "ru", "international"),
        ("Комитет ООН по защите прав трудящихся-мигрантов", "ru", "international"),
        ("ОФ «Ак Жол»", "ru", "ngo"),
        ("«ПСП-Фонд»", "ru", "ngo"),
        ("Ачык Коом Фонду", "ky", "ngo"),
        ("Социальный фонд Кыргызской Республики", "ru", ""),
        ("Служба помощи «Министерство добра»", "ru", ""),
        ("Информационное агентство «Арена»", "ru", ""),
        ("Analysis center of the First President Library", "en", ""),
        ("Межстрановой экспертно-консультативный совет по миграции", "ru", "body.council"),
        ("Almaty process", "en", "body.dialogue"),
    ],
)
def test_a_name_says_what_it_is_or_nothing(name: str, language: str, kind: str) -> None:
    assert kind_by_name(name, language) == kind
