"""The thesaurus is complete, unambiguous, and the compiled file says what the source says."""

from collections import Counter

import pytest

from kenesh.themes import checking, editing, thesaurus
from kenesh.themes.languages import INTERFACE


def test_the_compiled_thesaurus_is_the_source() -> None:
    assert thesaurus.COMPILED.read_text(encoding="utf-8") == editing.compiled(editing.source())


def test_every_concept_has_a_label_in_every_required_language() -> None:
    missing = [
        (each.id, language)
        for each in thesaurus.concepts().values()
        for language in checking.REQUIRED
        if not each.labels.get(language, "").strip()
    ]
    assert missing == []


@pytest.mark.parametrize("language", INTERFACE)
def test_no_two_concepts_share_a_label(language: str) -> None:
    counted = Counter(each.labels[language].lower() for each in thesaurus.concepts().values() if language in each.labels)
    assert [label for label, count in counted.items() if count > 1] == []


# Of the other three languages names alone are asked for.
@pytest.mark.parametrize("language", [each for each in checking.REQUIRED if each not in {"az", "ka", "tr"}])
def test_every_concept_but_groups_has_synonyms(language: str) -> None:
    without = [each.id for each in thesaurus.concepts().values() if each.parent and not each.alt.get(language)]
    assert without == []


def test_parents_exist_and_come_first() -> None:
    seen: set[str] = set()
    for each in thesaurus.concepts().values():
        assert each.parent is None or each.parent in seen
        seen.add(each.id)


def test_uzbek_labels_use_the_letter_apostrophe() -> None:
    wrong = [text for each in thesaurus.concepts().values() for text in [each.labels.get("uz", "")] if set(text) & set("'’‘`")]
    assert wrong == []


def test_the_public_form_asks_for_pay_first_and_for_no_policy() -> None:
    asked = [each.id for each in thesaurus.intake_concepts()]
    assert asked[0] == "pay"
    assert len(asked) == len(set(asked)) == 16
    assert [each for each in thesaurus.intake_concepts() if "P" in each.flags] == []


def test_what_happened_where_through_whom_when_and_to_whom_stands_apart_from_the_themes() -> None:
    facets = Counter(each.facet for each in thesaurus.concepts().values())
    assert facets == {None: 285, "sector": 19, "perpetrator": 13, "stage": 9, "group": 15}
    assert [each.id for each in thesaurus.concepts().values() if each.facet and each.is_theme] == [
        "platform-work",
        "domestic-work",
        "seasonal-work",
    ]


def test_the_tree_can_be_walked() -> None:
    assert thesaurus.parent_of("unpaid-wages") == "pay"
    assert thesaurus.top_of("unpaid-wages") == "pay"
    assert thesaurus.top_of("pay") == "pay"
    assert thesaurus.narrower("digital-control-apps") == ("location-tracking", "digital-profile")
    assert thesaurus.with_narrower("hiv-tb") == ("hiv-tb", "tuberculosis", "hiv")
    assert thesaurus.narrower("asylum") == ()


def test_flags_are_kept() -> None:
    assert thesaurus.concept("trafficking").flags == frozenset({"U", "R"})


def test_a_label_in_a_language_without_labels_is_russian() -> None:
    assert thesaurus.label("entry-ban", "de") == "Запрет на въезд"
    assert thesaurus.label("entry-ban", "uz") == "Kirishga taqiq"


def test_an_unknown_concept_says_which() -> None:
    with pytest.raises(thesaurus.UnknownConcept, match="no concept 'moon'"):
        thesaurus.label("moon", "ru")
