"""What was joined to a problem is not lost: its evidence and its way stand on the page that stays; a closed one is taken up again."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal

from django.test import Client

from kenesh.library.models import Document
from kenesh.people.models import Body, Organisation, User
from kenesh.problems import actions
from kenesh.problems.models import Block, Problem, ProblemEscalation, Quotation
from kenesh.problems.tests.conftest import TODAY, content
from kenesh.themes.texts import Translated

SignIn = Callable[..., Client]


def _joined(into: Problem, document: Document, by: User) -> Problem:
    """Another problem of the same body with a document, a quotation and a way to another body, joined to this one."""
    said = replace(content("Забирают паспорта"), documents=(document,))
    other = actions.propose_problem(body=into.body, organisation=None, content=said, today=TODAY, by=by)
    actions.accept_problem(problem=other, today=TODAY, by=by)
    regional = Body.objects.create(name={"ru": "Межстрановой совет"}, kind=Body.Kind.COUNCIL)
    theirs = actions.propose_problem(
        body=regional, organisation=None, content=content("Паспорта в трёх странах"), today=TODAY, by=by
    )
    actions.accept_problem(problem=theirs, today=TODAY, by=by)
    Quotation.objects.create(
        code="bcdfghjk", problem=other, texts=Translated(ru="Паспорт лежал у него в сейфе."), language="ru", who="building",
        origin="KG", destination="RU", year=2026, month=TODAY.replace(day=1), handle=b"h" * 32,
    )  # fmt: skip
    ProblemEscalation.objects.create(
        problem=other, body=regional, why="Касается трёх стран", status=ProblemEscalation.Status.TAKEN, became=theirs,
        asked_by=by, asked_on=TODAY, answered_on=TODAY,
    )  # fmt: skip
    return actions.merge_problems(problem=other, into=into, by=by)


def test_what_was_joined_stands_on_the_page_that_stays(
    accepted: Problem, document: Document, chynara: User, client: Client, signed_in: SignIn
) -> None:
    _joined(accepted, document, chynara)
    for page in (client.get(f"/ru/problems/{accepted.code}/"), signed_in(chynara).get(f"/work/problems/{accepted.code}/")):
        text = page.content.decode()
        assert "Паспорт лежал у него в сейфе." in text
        assert "Доклад о зарплатах" in text
    assert "Паспорта в трёх странах" in client.get(f"/ru/problems/{accepted.code}/").content.decode()
    assert "в сейфе" in client.get(f"/ru/problems/{accepted.code}/words/").content.decode()
    assert client.get(f"/api/v1/problems/{accepted.code}").json()["documents"] == [document.code]


def test_the_ways_between_two_bodies_stay_when_either_problem_is_joined_to_another(
    accepted: Problem, document: Document, chynara: User, client: Client
) -> None:
    _joined(accepted, document, chynara)
    theirs = ProblemEscalation.objects.get().became
    assert theirs is not None
    wider = actions.propose_problem(
        body=theirs.body, organisation=None, content=content("Документы в регионе"), today=TODAY, by=chynara
    )
    actions.accept_problem(problem=wider, today=TODAY, by=chynara)
    actions.merge_problems(problem=theirs, into=wider, by=chynara)
    national = client.get(f"/ru/problems/{accepted.code}/").content.decode()
    regional = client.get(f"/ru/problems/{wider.code}/").content.decode()
    assert (f'href="/ru/problems/{wider.code}/"' in national, f'href="/ru/problems/{accepted.code}/"' in regional) == (True, True)


def test_two_problems_that_both_went_to_another_body_and_were_joined_are_one_line_on_either_page(
    accepted: Problem, document: Document, chynara: User, client: Client
) -> None:
    _joined(accepted, document, chynara)
    first = ProblemEscalation.objects.get()
    assert first.became is not None
    ProblemEscalation.objects.create(
        problem=accepted, body=first.body, why="Касается трёх стран", status=ProblemEscalation.Status.TAKEN, became=first.became,
        asked_by=chynara, asked_on=TODAY, answered_on=TODAY,
    )  # fmt: skip
    there = client.get(f"/ru/problems/{first.became.code}/").content.decode().count(f'href="/ru/problems/{accepted.code}/"')
    here = client.get(f"/ru/problems/{accepted.code}/").content.decode().count(f'href="/ru/problems/{first.became.code}/"')
    assert (there, here) == (1, 1)


def test_persons_counted_for_what_was_joined_are_counted_on_the_page_that_stays_each_once(
    accepted: Problem, chynara: User, client: Client, make_block: Callable[..., Block]
) -> None:
    other = actions.propose_problem(body=accepted.body, organisation=None, content=content("Узбекистан"), today=TODAY, by=chynara)
    other.corridors.create(origin="UZ", destination="RU")
    make_block(6)  # of both
    make_block(7, origin="UZ")
    before = client.get(f"/api/v1/problems/{accepted.code}").json()["persons"]
    actions.merge_problems(problem=other, into=accepted, by=chynara)
    sheet = client.get(f"/ru/problems/{accepted.code}/counts.csv").content.decode()
    assert (before, client.get(f"/api/v1/problems/{accepted.code}").json()["persons"]) == (6, 13)
    assert len(sheet.strip().splitlines()) == 3


def test_a_closed_problem_is_taken_up_again_and_its_history_stays(
    accepted: Problem, chynara: User, client: Client, signed_in: SignIn
) -> None:
    secretary, address = signed_in(chynara, language="en"), f"/work/problems/{accepted.code}/"
    secretary.post(f"{address}close/", {"reason": "The law was changed."})
    assert "Take it up again" in secretary.get(address).content.decode()
    secretary.post(f"{address}accept/")
    accepted.refresh_from_db()
    assert (accepted.status, accepted.accepted_on, accepted.closed_on) == ("accepted", TODAY, None)
    page = secretary.get(address).content.decode()
    assert "The law was changed." in page
    assert "The law was changed." not in client.get(f"/en/problems/{accepted.code}/").content.decode()


def test_what_was_joined_by_mistake_is_separated_with_all_that_it_brought(
    accepted: Problem, document: Document, chynara: User, client: Client, signed_in: SignIn, ministry: Organisation
) -> None:
    figure = actions.Figure(Decimal("7"), "", Translated(ru="Паспортов у начальника"), "Опрос", 2026, None)
    other = actions.propose_problem(
        body=accepted.body, organisation=None, content=content("Забирают паспорта"), today=TODAY, by=chynara
    )
    actions.accept_problem(problem=other, today=TODAY, by=chynara)
    actions.add_figure(problem=other, figure=figure, request_key="f" * 32, by=chynara)
    actions.support_problem(problem=other, organisation=ministry, words="Видим", publication="hidden", today=TODAY, by=chynara)
    secretary, page = signed_in(chynara, language="en"), f"/work/problems/{other.code}/"
    secretary.post(f"{page}merge/", {"into": accepted.code})
    assert "Паспортов у начальника" in client.get(f"/ru/problems/{accepted.code}/").content.decode()
    assert "Separate again" in secretary.get(page).content.decode()
    secretary.post(f"{page}separate/")
    there, here = (client.get(f"/ru/problems/{one.code}/").content.decode() for one in (accepted, other))
    assert ("Паспортов у начальника" in there, "Паспортов у начальника" in here) == (False, True)
    other.refresh_from_db()
    assert (other.status, list(other.supports.values_list("organisation", flat=True))) == ("accepted", [ministry.pk])
    assert "Separate again" not in secretary.get(page).content.decode()
