"""Language and script of short texts, such as somebody types on a phone."""

from collections import Counter
from pathlib import Path

import pytest

from kenesh.themes.languages import HANDLED, INTERFACE, MODEL, OWN_NAME, SCRIPTS, Detected, detect, detect_lines

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


def short_texts() -> list[tuple[str, str]]:
    """Language and text: two to eight words, written before anything was measured on them."""
    lines = Path(__file__).with_name("short_texts.tsv").read_text(encoding="utf-8").splitlines()
    return [(language, text) for language, text in (line.split("\t") for line in lines)]


def test_short_texts_as_people_type_them_are_recognised(capsys: pytest.CaptureFixture[str]) -> None:
    texts = short_texts()
    found = [(language, detect(text)) for language, text in texts]
    asked = Counter(language for language, _ in found)
    right = Counter(language for language, answer in found if answer.language == language)
    sure = [answer.language == language for language, answer in found if answer.confidence >= 0.8]
    with capsys.disabled():
        scores = "  ".join(f"{language} {right[language]}/{asked[language]}" for language in asked)
        print(f"\nshort texts: {right.total()}/{asked.total()}  {scores}  of confidence .8 or more {sum(sure)}/{len(sure)}")
    assert len(texts) >= 250
    assert {language: right[language] / asked[language] for language in asked if right[language] < 0.9 * asked[language]} == {}
    assert right.total() >= 0.97 * asked.total()
    assert sum(sure) >= 0.98 * len(sure) >= 0.9 * len(texts)


@pytest.mark.parametrize(
    "text", ["Айбек Рахмонов", "Қодиров Шерзод, Гулнара Асанова", "Ivanov Petr", "Nurlan Asanov\nAzizbek Karimov"]
)
def test_names_alone_do_not_tell_a_language_for_sure(text: str) -> None:
    assert detect(text).confidence < 0.8


@pytest.mark.parametrize("text", ["https://example.org/a/b", "www.example.com", "info@example.org", "a1b2c3", "@kenesh #help"])
def test_an_address_is_in_no_language(text: str) -> None:
    assert detect(text) == Detected("und", "Latn", 0.0)


def test_russian_in_latin_letters_is_russian() -> None:
    assert detect("pomogite, ne platyat zarplatu").language == "ru"


def test_capitals_and_letters_of_another_keyboard_change_nothing() -> None:
    assert detect("АЙЛЫГЫМДЫ БЕРБЕЙ ЖАТАТ").language == "ky"
    assert detect("паcпортумду aлып койду").language == "ky"


def test_the_model_is_told_by_all_its_languages() -> None:
    headings = [line.split("\t") for line in MODEL.read_text(encoding="utf-8").splitlines() if line[:5] in ("Cyrl\t", "Latn\t")]
    assert {script: set(names.split()) for script, names in headings} == {
        "Cyrl": {language for language in HANDLED if "Cyrl" in SCRIPTS[language]},
        "Latn": {language for language in HANDLED if "Latn" in SCRIPTS[language]} | {"ru"},
    }
