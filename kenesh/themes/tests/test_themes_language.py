"""Language and script of short texts, such as somebody types on a phone."""

import pytest

from kenesh.themes.languages import HANDLED, INTERFACE, OWN_NAME, Detected, detect, detect_lines

SHORT = [
    ("ky", "Cyrl", "айлыгымды бербей жатат"),
    ("ky", "Cyrl", "паспортумду алып койду"),
    ("ky", "Cyrl", "эмгек мигранттарынын укугу"),
    ("ky", "Cyrl", "иш берүүчү алдап кетти"),
    ("ru", "Cyrl", "не платят зарплату"),
    ("ru", "Cyrl", "забрали паспорт начальник"),
    ("ru", "Cyrl", "запрет на въезд"),
    ("uz", "Latn", "oyligimni bermayapti"),
    ("uz", "Latn", "pasportimni olib qo'ydi"),
    ("uz", "Latn", "mehnat migrantlari huquqlari"),
    ("uz", "Cyrl", "маошимни бермаяпти"),
    ("uz", "Cyrl", "паспортимни олиб қўйди"),
    ("tg", "Cyrl", "маоши маро надоданд"),
    ("tg", "Cyrl", "ҳуқуқи муҳоҷирони меҳнатӣ"),
    ("tg", "Cyrl", "чи кор кунам"),
    ("kk", "Cyrl", "жалақымды бермей жатыр"),
    ("kk", "Cyrl", "жұмыс беруші алдады"),
    ("kk", "Latn", "jalaqymdy bermei jatyr"),
    ("kk", "Latn", "pasportymdy alyp qoidy"),
    ("hy", "Armn", "աշխատավարձս չեն տալիս"),
    ("en", "Latn", "my boss took passport"),
    ("en", "Latn", "unpaid wages"),
    ("az", "Latn", "maaşımı vermirlər"),
    ("az", "Latn", "giriş qadağası"),
    ("tr", "Latn", "maaşımı vermiyorlar"),
    ("tr", "Latn", "pasaportumu aldı patron"),
    ("ka", "Geor", "ხელფასს არ მაძლევენ"),
]

LONGER = [
    ("ky", "Мен Москвада курулушта иштейм, үч айдан бери айлык алган жокмун, кайда кайрылсам болот?"),
    ("ky", "Кутмандуу кун, мага жардам керек эле, паспортум жоголду"),
    ("ru", "Здравствуйте, я из Оша, работаю в Казани, начальник не отдаёт документы"),
    ("uz", "Assalomu alaykum, men Qozonda ishlayman, uch oydan beri maosh olganim yoʻq"),
    ("uz", "Ассалому алайкум, мен Россияда ишлайман, уч ойдан бери маош олмадим"),
    ("tg", "Салом, ман дар Маскав кор мекунам, се моҳ боз маош нагирифтаам"),
    ("kk", "Сәлеметсіз бе, мен құрылыста жұмыс істеймін, үш айдан бері жалақы алған жоқпын"),
    ("hy", "Բարև ձեզ, ես աշխատում եմ Մոսկվայում և երեք ամիս աշխատավարձ չեմ ստացել"),
    ("en", "I work on a building site and have not been paid for three months"),
    ("tr", "Üç aydır inşaatta çalışıyorum ama maaşımı alamadım"),
    ("az", "Üç aydır tikintidə işləyirəm, amma maaşımı almamışam"),
]


@pytest.mark.parametrize(("language", "script", "text"), SHORT)
def test_three_words_are_enough(language: str, script: str, text: str) -> None:
    found = detect(text)
    assert (found.language, found.script) == (language, script)


@pytest.mark.parametrize(("language", "text"), LONGER)
def test_a_sentence_is_recognised_with_confidence(language: str, text: str) -> None:
    found = detect(text)
    assert found.language == language
    assert 0.9 <= found.confidence <= 1.0


@pytest.mark.parametrize("text", ["", "   ", "12345 !!", "+996 312 62-53-85"])
def test_without_letters_nothing_is_claimed(text: str) -> None:
    assert detect(text) == Detected("und", "Zyyy", 0.0)


def test_a_script_that_none_of_our_languages_uses_is_named_but_not_the_language() -> None:
    assert detect("مرحبا") == Detected("und", "Arab", 0.0)


def test_each_line_has_its_own_language() -> None:
    text = "Айлыгымды бербей жатат, эмне кылам?\n\nМне не платят зарплату"
    assert [line.language for line in detect_lines(text)] == ["ky", "und", "ru"]


def test_every_handled_language_has_its_own_name() -> None:
    assert set(OWN_NAME) == set(HANDLED)
    assert OWN_NAME["ky"] == "Кыргызча"
    assert set(INTERFACE) < set(HANDLED)
