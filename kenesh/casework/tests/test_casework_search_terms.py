"""What of a text becomes a term: names across scripts, phones and numbers across formats, words and themes across languages."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kenesh.casework.search import asking, terms

# Each line: spellings of one name.
ONE = """
Айбек Aibek Aybek
Жыргал Jyrgal Zhyrgal Jirgal
Хасанов Khasanov Hasanov Xasanov
Мухаммад Muhammad Mohammed Muhammed Mukhammad Магомед Мухаммед
Нурлан Nurlan Нұрлан
Гульнара Gulnara Гүлнара Gulnora
Бакыт Bakyt Bakit Бакит
Мээрим Meerim Merim
Алим Олим Alim Olim
Рахманов Rahmonov Rakhmanov Раҳмонов
Бахтиёр Baxtiyor Bakhtiyar Бахтияр
Ибрагим Ibrohim Иброҳим Ibrahim
Эркин Erkin
Юсуф Yusuf Юсуп
Джамшид Jamshid Ҷамшед Jamshed Жамшид
Ерлан Yerlan Erlan
Алёна Алена Alena Alyona
Артём Artem Artyom
Хачатрян Khachatryan Խաչատրյան
Армен Armen Արմեն
Георгий Giorgi გიორგი
Нино Nino ნინო
Шохрух Shohruh Shakhrukh
Тойчубек Toichubek Toychubek
Дмитрий Dmitry Dmitri Dmitrii
Ўктам Oʻktam Уктам Oʼktam
Ғафур Gafur Gʻafur
Цой Tsoi Tsoy
Абдулла Abdulla Abdulloh Abdullah Абдулло
Александр Aleksandr Alexander
Чынар Çınar Chynar
Сүйүн Suyun Suiun
Асель Asel Әсел Assel
Али Əli Ali
Иванов Ivanov Ivanoff
Жеңишбек Jenishbek Zhenishbek
Шерзод Sherzod Шерзад
Касымов Kasymov Qosimov
""".strip().splitlines()

# Each line: names of different people.
APART = """
Айбек Азамат Асель Алия
Анна Инна Яна
Хасанов Хасанова Асанов
Нурлан Нурбек Нурия
Бакыт Бекзат Бахтиёр
Мухаммад Махмуд Мурат
Иванов Иваненко
Марина Мадина Малика
Эркин Эркебулан
Жыргал Жылдыз
Гульнара Гульмира Гульзат
Армен Арам Артур
Цой Ким Пак
Алим Салим
Юсуф Исаков
Тимур Темирлан
Шохрух Шахзод
""".strip().splitlines()


def test_a_name_is_one_in_every_spelling() -> None:
    pairs = [(line.split()[0], other) for line in ONE for other in line.split()[1:]]
    assert len(pairs) >= 60
    assert [pair for pair in pairs if terms.name_terms(pair[0]) != terms.name_terms(pair[1])] == []


def test_different_names_stay_apart() -> None:
    pairs = [(one, other) for line in APART for at, one in enumerate(line.split()) for other in line.split()[at + 1 :]]
    assert len(pairs) >= 40
    assert [pair for pair in pairs if terms.name_terms(pair[0]) == terms.name_terms(pair[1])] == []


def test_son_of_and_daughter_of_say_nothing() -> None:
    assert (
        terms.name_terms("Айбек Жыргалбек уулу")
        == terms.name_terms("AIBEK JYRGALBEK UULU")
        == terms.name_terms("Айбек Жыргалбек")
    )
    assert terms.name_terms("Малика Каримқизи") != []
    assert terms.name_terms("Malika Karim qizi") == terms.name_terms("Малика Карим кизи")
    assert terms.name_terms("Otabek Alisher oʻgʻli") == terms.name_terms("Отабек Алишер угли")


@pytest.mark.parametrize(
    "written",
    ["8 916 123-45-67", "+7 916 1234567", "8(916)1234567", "позвоните +7 (916) 123 45 67, вечером", "007 916 123 45 67"],
)
def test_a_russian_phone_is_one_in_every_format(written: str) -> None:
    assert terms.phone_terms(written) == ["p:161234567"]


def test_phones_of_other_countries_are_one_at_home_and_abroad() -> None:
    for home, abroad in [
        ("0555 12 34 56", "00996 555 123456"),
        ("090 123 45 67", "+998 90 123 45 67"),
        ("091 12 34 56", "+374 91 12-34-56"),
        ("010-1234-5678", "+82 10 1234 5678"),
        ("0532 123 45 67", "+90 532 123 45 67"),
    ]:
        assert terms.phone_terms(home)[-1:] == terms.phone_terms(abroad)[-1:], home
    assert terms.phone_terms("45 000 рублей за 3 месяца, 12.05.2026") == []


def test_document_numbers_are_one_in_both_alphabets() -> None:
    assert terms.document_terms("паспорт АС 1234567") == terms.document_terms("AC1234567") == ["d:AC1234567"]
    assert terms.document_terms("ПИН 21203199012345") == ["d:21203199012345"]
    assert terms.document_terms("45 12 № 345678") == ["d:4512345678"]


def test_an_employer_is_one_without_its_legal_form() -> None:
    one = terms.employer_terms("ООО «Ромашка»", inn="7701 234567", site="https://www.romashka.ru/about")
    assert {"e:inn:7701234567", "e:site:romashka.ru"} <= set(one)
    same = set(one) & set(terms.employer_terms("Romashka LLC"))
    assert any(term.startswith("e:name:") for term in same)


def test_words_meet_in_their_forms_and_themes_across_languages() -> None:
    assert set(terms.word_terms("Мне не выплатили зарплату")) & set(terms.words_to_find("зарплаты")[0])
    assert set(terms.word_terms("Мага айлыгымды бербей жатышат")) & set(terms.words_to_find("айлык")[0])
    told = {
        "ru": "Прораб не платит зарплату",
        "ky": "Айлык бербей жатат",
        "en": "Wages are not paid",
    }
    assert all("c:unpaid-wages" in terms.concept_terms(text) for text in told.values())
    assert terms.theme_terms("unpaid-wages") == ["c:unpaid-wages", "c:pay"]
    assert terms.theme_terms("что-то другое") == []


def test_a_query_takes_numbers_apart_from_words() -> None:
    asked = asking.parse("Айбек 8 916 123-45-67")
    assert "p:161234567" in asked.query[0][0]
    assert set(terms.name_terms("Aibek")) <= set(asked.query[0][1])
    assert asking.parse("   ").query == []
    assert asking.parse("и на").query == []
    assert len(asking.parse("слово " * 500).query[0]) <= asking.MOST_WORDS


def test_tags_and_mentions() -> None:
    assert terms.tag_term("  Ждём  СУДА ") == "t:ждём суда"
    assert terms.mention_terms("Нас обманул Кудайберди. Потом он уехал") == [
        f"k:{term[2:]}" for term in terms.name_terms("Kudaiberdi")
    ]


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=60))
def test_whatever_is_typed_has_terms_or_none(text: str) -> None:
    found = [
        *terms.word_terms(text), *terms.concept_terms(text), *terms.name_terms(text), *terms.phone_terms(text),
        *terms.document_terms(text), *terms.mention_terms(text), *terms.employer_terms(text, inn=text, phone=text, site=text),
    ]  # fmt: skip
    assert all(len(term) > 2 for term in found)
    assert all(words and all(word for word in words) for words in asking.parse(text).query)
