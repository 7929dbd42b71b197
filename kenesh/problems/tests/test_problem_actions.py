"""What organisations and the secretary do with problems."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from kenesh.kernel.models import TrailEntry
from kenesh.library.models import Document
from kenesh.people.models import Body, Organisation, Publication, User
from kenesh.problems import actions, queries, signals
from kenesh.problems.models import Problem, ProblemVersion, Support
from kenesh.themes.texts import Translated
from kenesh.themes.thesaurus import UnknownConcept

pytestmark = pytest.mark.django_db

TODAY = date(2026, 11, 22)


def _content(problem: Problem, **more: Any) -> actions.Content:
    """The problem's content as it is, with something changed."""
    present = actions.Content(
        title=problem.title,
        statement=problem.statement,
        affected=problem.affected,
        tried=problem.tried,
        law=problem.law,
        since=problem.since,
        themes=tuple(problem.themes.values_list("concept", flat=True)),
        corridors=tuple(problem.corridors.values_list("origin", "destination")),
    )
    return replace(present, **more)


def _another(problem: Problem, by: User, title: str = "Другая") -> Problem:
    return actions.propose_problem(
        body=problem.body,
        organisation=problem.proposed_by,
        content=_content(problem, title=Translated(ru=title)),
        today=TODAY,
        by=by,
    )


def test_a_form_sent_twice_makes_one_problem(proposed: Problem, aigul: User) -> None:
    again = actions.propose_problem(
        body=proposed.body, organisation=None, content=_content(proposed), today=TODAY, by=aigul, request_key=proposed.request_key
    )
    assert again == proposed
    assert Problem.objects.count() == 1


def test_an_unknown_theme_is_refused(proposed: Problem, aigul: User) -> None:
    with pytest.raises(UnknownConcept):
        actions.edit_problem(problem=proposed, content=_content(proposed, themes=("x",)), seen_version=1, by=aigul)


def test_each_edit_keeps_a_version(proposed: Problem, aigul: User, document: Document) -> None:
    changed = _content(proposed, title=Translated(ru="Новое название"), documents=(document, document))
    actions.edit_problem(problem=proposed, content=changed, seen_version=1, by=aigul)
    assert [version.content["title"]["ru"] for version in proposed.versions.order_by("number")] == [
        "Невыплата зарплаты на стройках",
        "Новое название",
    ]
    assert proposed.documents.count() == 1


def test_an_edit_sent_twice_is_written_once(proposed: Problem, aigul: User) -> None:
    for _ in range(2):
        actions.edit_problem(problem=proposed, content=_content(proposed), seen_version=1, by=aigul, request_key="a" * 32)
    assert ProblemVersion.objects.filter(problem=proposed).count() == 2


def test_an_edit_of_an_older_version_is_refused(proposed: Problem, aigul: User, chynara: User) -> None:
    actions.edit_problem(problem=proposed, content=_content(proposed), seen_version=1, by=aigul)
    with pytest.raises(actions.ChangedMeanwhile):
        actions.edit_problem(problem=proposed, content=_content(proposed), seen_version=1, by=chynara)


def test_taking_up_tells_the_areas_above_once(proposed: Problem, chynara: User) -> None:
    told: list[Problem] = []

    def listen(problem: Problem, **_: Any) -> None:
        told.append(problem)

    signals.problem_accepted.connect(listen)
    try:
        for _ in range(2):
            actions.accept_problem(problem=proposed, today=TODAY, by=chynara)
    finally:
        signals.problem_accepted.disconnect(listen)
    assert told == [proposed]


def test_a_problem_that_was_put_off_can_be_taken_up(proposed: Problem, chynara: User) -> None:
    actions.defer_problem(problem=proposed, reason="Ждём данных", by=chynara)
    taken_up = actions.accept_problem(problem=proposed, today=TODAY, by=chynara)
    assert (taken_up.status, taken_up.reason) == (Problem.Status.ACCEPTED, "")


def test_only_a_problem_that_was_taken_up_can_be_closed(proposed: Problem, chynara: User) -> None:
    with pytest.raises(actions.NotNow):
        actions.close_problem(problem=proposed, reason="Решено", today=TODAY, by=chynara)


def test_a_problem_that_was_taken_up_cannot_be_put_off(accepted: Problem, chynara: User) -> None:
    with pytest.raises(actions.NotNow):
        actions.defer_problem(problem=accepted, reason="Позже", by=chynara)


def test_joining_takes_the_supporters_along_and_earlier_ones_too(
    accepted: Problem, aigul: User, chynara: User, office: Organisation, other_office: Organisation
) -> None:
    first, second = _another(accepted, aigul, "Первая"), _another(accepted, aigul, "Вторая")
    for problem, organisation in ((first, other_office), (first, office), (accepted, office)):
        actions.support_problem(
            problem=problem, organisation=organisation, words="", publication=Publication.HIDDEN, today=TODAY, by=aigul
        )
    actions.accept_problem(problem=second, today=TODAY, by=chynara)
    actions.merge_problems(problem=first, into=second, by=chynara)
    actions.merge_problems(problem=second, into=accepted, by=chynara)
    assert {support.organisation for support in accepted.supports.all()} == {office, other_office}
    assert set(accepted.merged.values_list("code", flat=True)) == {first.code, second.code}
    assert queries.problem_for_public(first.code).merged_into == accepted


def test_a_problem_is_not_joined_to_itself_or_to_one_of_another_council(accepted: Problem, aigul: User, chynara: User) -> None:
    with pytest.raises(actions.NotNow):
        actions.merge_problems(problem=accepted, into=accepted, by=chynara)
    elsewhere = _another(accepted, aigul)
    Problem.objects.filter(pk=elsewhere.pk).update(body=Body.objects.create(name={"ru": "Другой совет"}, kind=Body.Kind.COUNCIL))
    with pytest.raises(actions.NotNow):
        actions.merge_problems(problem=elsewhere, into=accepted, by=chynara)


def test_support_said_again_replaces_the_words(accepted: Problem, aigul: User, office: Organisation) -> None:
    for words in ("Десять случаев", "Двадцать случаев"):
        actions.support_problem(
            problem=accepted, organisation=office, words=words, publication=Publication.ORGANISATION, today=TODAY, by=aigul
        )
    assert list(Support.objects.values_list("words", flat=True)) == ["Двадцать случаев"]


def test_each_act_leaves_its_entry_in_the_trail(accepted: Problem, chynara: User) -> None:
    actions.close_problem(problem=accepted, reason="Решено", today=TODAY, by=chynara)
    assert list(
        TrailEntry.objects.filter(target=f"problem:{accepted.code}").order_by("number").values_list("verb", flat=True)
    ) == [
        "propose_problem",
        "accept_problem",
        "close_problem",
    ]
