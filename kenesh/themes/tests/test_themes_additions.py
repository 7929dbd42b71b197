"""Words that people of the node add, and words that no theme knows."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from kenesh.kernel.models import TrailEntry
from kenesh.themes import actions, analysis, following, queries, thesaurus
from kenesh.themes.models import Proposal, UnknownWords

pytestmark = pytest.mark.django_db

TODAY = date(2026, 11, 22)
SYNONYM, LABEL = Proposal.Kind.SYNONYM, Proposal.Kind.LABEL


class Somebody(NamedTuple):
    trail_name: str


ELVIRA, EMIL = Somebody("user:elvira"), Somebody("user:emil")


def proposed(
    text: str = "кирдирбей койду", concept: str = "entry-ban", kind: Proposal.Kind = SYNONYM, language: str = "ky"
) -> Proposal:
    return actions.propose_label(concept=concept, language=language, text=text, kind=kind, today=TODAY, by=ELVIRA)


def confirmed(text: str = "кирдирбей койду", kind: Proposal.Kind = SYNONYM, language: str = "ky") -> Proposal:
    proposal = proposed(text, kind=kind, language=language)
    actions.confirm_label(proposal=proposal, today=TODAY, by=EMIL)
    return proposal


def themes_of(text: str) -> list[str]:
    return [match.concept for match in analysis.tag(text, "ky")]


def test_a_confirmed_word_is_used_by_the_analysis_without_a_new_start() -> None:
    assert themes_of("Мени кирдирбей койду") == []
    confirmed()
    following.refresh()
    assert themes_of("Мени кирдирбей койду") == ["entry-ban"]


def test_a_word_that_waits_or_was_rejected_is_not_used() -> None:
    proposed()
    actions.reject_label(proposal=proposed("темир дарбаза"), today=TODAY, by=EMIL)
    following.refresh()
    assert "entry-ban" not in themes_of("Мени кирдирбей койду, темир дарбаза")


def test_a_confirmed_name_takes_the_place_of_the_old_one() -> None:
    confirmed("Giriş yolu bağlıdır", kind=LABEL, language="az")
    following.refresh()
    assert thesaurus.label("entry-ban", "az") == "Giriş yolu bağlıdır"


def test_the_overlay_passes_over_a_concept_that_is_gone() -> None:
    thesaurus.overlay([thesaurus.Addition("moon", "ky", "ай")])
    assert "moon" not in thesaurus.concepts()


def test_nobody_decides_on_her_own_word() -> None:
    proposal = proposed()
    with pytest.raises(actions.OwnProposal):
        actions.confirm_label(proposal=proposal, today=TODAY, by=ELVIRA)
    with pytest.raises(IntegrityError), transaction.atomic():
        Proposal.objects.update(status="confirmed", decided_by="user:elvira", decided_on=TODAY)


def test_a_word_is_decided_on_once() -> None:
    proposal = confirmed()
    with pytest.raises(actions.AlreadyDecided):
        actions.reject_label(proposal=proposal, today=TODAY, by=EMIL)


def test_a_word_that_the_theme_has_is_not_proposed_again() -> None:
    with pytest.raises(actions.AlreadyThere):
        proposed("Запрет на  въезд", language="ru")
    proposed("въезд закрыли навсегда", language="ru")
    with pytest.raises(actions.AlreadyThere):
        actions.propose_label(
            concept="entry-ban", language="ru", text="ВЪЕЗД закрыли навсегда", kind=SYNONYM, today=TODAY, by=EMIL
        )


def test_the_same_form_sent_twice_is_one_proposal() -> None:
    assert proposed() == proposed()
    assert Proposal.objects.count() == 1


def test_a_rejected_word_may_be_proposed_again() -> None:
    actions.reject_label(proposal=proposed(), today=TODAY, by=EMIL)
    assert proposed().status == Proposal.Status.WAITING


def test_two_themes_do_not_share_a_name() -> None:
    with pytest.raises(actions.NameTaken) as taken:
        proposed("Долговая кабала", kind=LABEL, language="ru")
    assert taken.value.concept == "debt-bondage"


def test_what_was_done_stands_in_the_trail() -> None:
    proposal = confirmed()
    entries = TrailEntry.objects.filter(target=f"themes:{proposal.code}").order_by("number")
    assert list(entries.values_list("verb", "actor")) == [("propose_label", "user:elvira"), ("confirm_label", "user:emil")]


def test_confirmed_words_of_a_language_can_join_the_source() -> None:
    confirmed()
    confirmed("Кирүүгө бөгөт", kind=LABEL)
    confirmed("въезд закрыли навсегда", language="ru")
    assert queries.confirmed_for_source("ky") == {"entry-ban": {"alt": ["кирдирбей койду"], "label": "Кирүүгө бөгөт"}}


def asked(words: str, language: str = "ru") -> bool:
    return actions.count_unknown_words(words=words, language=language)


def counted() -> list[tuple[str, str, int]]:
    return list(UnknownWords.objects.order_by("words", "language").values_list("words", "language", "count"))


@pytest.fixture
def _new_hour(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(actions, "_counted", actions._Allowance(actions.COUNTED_IN_AN_HOUR))
    monkeypatch.setattr(actions, "_new", actions._Allowance(actions.NEW_IN_AN_HOUR))


@pytest.mark.usefixtures("_new_hour")
class TestCounting:
    def test_words_are_counted_by_month_and_language_and_nothing_else_is_kept(self) -> None:
        assert [asked("Погода"), asked("погода!"), asked("погода", "kk")] == [True, True, True]
        assert counted() == [("погода", "kk", 1), ("погода", "ru", 2)]
        month = timezone.localdate().replace(day=1)
        assert {field.name for field in UnknownWords._meta.get_fields()} == {"id", "words", "language", "month", "count"}
        assert set(UnknownWords.objects.values_list("month", flat=True)) == {month}

    @pytest.mark.parametrize(
        "words",
        [
            "",
            "!!!",
            "а",
            "погода 5",
            "+996555123456",
            "погода в Оше завтра",
            "а" * 31,
            "somebody@example.org",
            "example.org/погода",
        ],
    )
    def test_what_could_be_private_is_not_counted(self, words: str) -> None:
        assert asked(words) is False
        assert counted() == []

    def test_what_a_theme_knows_is_not_counted(self) -> None:
        assert asked("чёрный список") is False
        assert counted() == []

    def test_an_unknown_language_is_kept_as_undetermined(self) -> None:
        asked("quokka", "xx")
        assert counted() == [("quokka", "und", 1)]

    def test_a_flood_of_new_words_fills_no_table(self) -> None:
        letters = "бвгджзклмнпрстфх"
        words = [f"ы{first}{second}ы" for first in letters for second in letters][: actions.NEW_IN_AN_HOUR + 5]
        assert [asked(word) for word in words].count(True) == actions.NEW_IN_AN_HOUR
        assert asked(words[0]) is True
        assert UnknownWords.objects.count() == actions.NEW_IN_AN_HOUR

    def test_a_flood_of_the_same_word_is_counted_to_an_end(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(actions, "_counted", actions._Allowance(2))
        assert [asked("погода") for _ in range(4)] == [True, True, False, False]
        assert counted() == [("погода", "ru", 2)]

    def test_a_month_takes_in_only_so_many_words(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(actions, "NEW_IN_A_MONTH", 1)
        assert [asked("погода"), asked("квокка")] == [True, False]


def test_editors_see_what_several_people_asked_most_often_first() -> None:
    month = date(2026, 11, 1)
    for words, count in (("погода", 3), ("айгуль", 2), ("квокка", 7)):
        UnknownWords.objects.create(words=words, language="ru", month=month, count=count)
    assert [row.words for row in queries.unknown_words(month)] == ["квокка", "погода"]
    assert queries.months_of_unknown_words() == [month]


def test_counts_are_forgotten_after_a_year() -> None:
    for month in (date(2025, 9, 1), date(2025, 10, 1), date(2026, 11, 1)):
        UnknownWords.objects.create(words="погода", language="ru", month=month)
    assert actions.forget_unknown_words(today=TODAY) == 1
    assert min(UnknownWords.objects.values_list("month", flat=True)) == date(2025, 10, 1)
