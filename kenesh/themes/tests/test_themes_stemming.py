"""Forms of a word have one stem, words that only look alike have two: hand-made pairs for each language, with the score."""

from pathlib import Path

import pytest

from kenesh.themes.analysis import normalise
from kenesh.themes.languages import HANDLED
from kenesh.themes.stemming import stem

Pairs = list[tuple[str, str]]


def pairs() -> dict[str, tuple[Pairs, Pairs]]:
    """Language → pairs of forms of one word, pairs of different words. A line of forms: each is paired with the first."""
    found: dict[str, tuple[Pairs, Pairs]] = {language: ([], []) for language in HANDLED}
    for line in Path(__file__).with_name("stems.tsv").read_text(encoding="utf-8").splitlines():
        language, kind, words = line.split("\t")
        if kind == "same":
            first, *forms = words.split(" ")
            found[language][0].extend((first, form) for form in forms)
        else:
            found[language][1].extend((pair.split("/")[0], pair.split("/")[1]) for pair in words.split(" "))
    return found


PAIRS = pairs()


def alike(pair: tuple[str, str], language: str) -> bool:
    return stem(normalise(pair[0]), language) == stem(normalise(pair[1]), language)


@pytest.mark.parametrize("language", HANDLED)
def test_forms_meet_and_different_words_do_not(language: str, capsys: pytest.CaptureFixture[str]) -> None:
    forms, others = PAIRS[language]
    joined = sum(alike(pair, language) for pair in forms)
    apart = sum(not alike(pair, language) for pair in others)
    with capsys.disabled():
        print(f"\nstems {language}: {joined}/{len(forms)} forms meet, {apart}/{len(others)} others stay apart", end="")
    assert len(forms) >= 60
    assert len(others) >= 40
    assert joined >= 0.95 * len(forms)
    assert apart >= 0.95 * len(others)


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("ky", "берди бербеди"),
        ("kk", "төледі төлемеді"),
        ("uz", "berdi bermadi"),
        ("tg", "дод надод"),
        ("az", "verdi vermədi"),
        ("tr", "ödedi ödemedi"),
    ],
)
def test_what_was_not_done_differs_from_what_was(language: str, words: str) -> None:
    assert not alike((words.split()[0], words.split()[1]), language)


@pytest.mark.parametrize(
    ("language", "ways"),
    [
        ("ky", "көйгөйүмдү койгойумду көйгөй койгой"),
        ("kk", "құжатымды кужатымды qūjatymdy qujatymdy"),
        ("uz", "ҳужжатимни хужжатимни hujjatimni xujjatimni"),
        ("tg", "ҳуқуқҳои хукукхои"),
        ("az", "sənədlərimi senedlerimi"),
        ("tr", "çocuğumu cocugumu"),
        ("ru", "зарплату zarplatu"),
    ],
)
def test_a_word_typed_on_a_foreign_keyboard_meets_itself(language: str, ways: str) -> None:
    stems = [stem(normalise(way), language) for way in ways.split()]
    assert stems == [stems[0]] * len(stems)


@pytest.mark.parametrize("language", HANDLED)
def test_what_has_no_letter_that_sounds_is_no_word_and_no_error(language: str) -> None:
    assert max(len(stem(word, language)) for word in ("ъъъ", "ь", "ʻ", "")) <= 3
