"""The way of a problem: marked versions, figures with their source, what was decided, from one body to another and back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest
from django.test import Client
from django.utils import timezone

from kenesh.library.models import Document
from kenesh.people.models import Body, Role, User
from kenesh.problems import actions
from kenesh.problems.models import Problem, ProblemEscalation, ProblemFigure
from kenesh.problems.tests.conftest import TODAY, content
from kenesh.themes.texts import Translated

SignIn = Callable[..., Client]
KEY = "0123456789abcdef" * 2


def _work(problem: Problem, rest: str = "") -> str:
    return f"/work/problems/{problem.code}/{rest}"


@pytest.fixture
def regional(db: None) -> Body:
    """A council of several countries."""
    return Body.objects.create(name={"ru": "Межстрановой совет", "en": "Inter-country council"}, kind=Body.Kind.COUNCIL)


@pytest.fixture
def gulnara(regional: Body, make_account: Callable[..., object]) -> User:
    """Its secretary."""
    return make_account("Gulnara", Role.COUNCIL_SECRETARY, body=regional).user


@pytest.fixture
def asked(accepted: Problem, regional: Body, chynara: User, signed_in: SignIn) -> ProblemEscalation:
    sent = {"body": regional.code, "why": "Нужна вторая страна", "key": KEY}
    assert signed_in(chynara).post(_work(accepted, "escalate/"), sent).status_code == 302
    return ProblemEscalation.objects.get()


def test_a_version_shows_what_changed_as_marked_words(
    signed_in: SignIn, proposed: Problem, aigul: User, document: Document
) -> None:
    new = replace(
        content(), statement=Translated(ru="Бригады работают годами и не получают денег."), themes=("unpaid-wages", "no-contract"),
        documents=(document,),
    )  # fmt: skip
    actions.edit_problem(problem=proposed, content=new, seen_version=1, by=aigul)
    client = signed_in(aigul, language="en")
    page = client.get(_work(proposed, "versions/2/")).content.decode()
    marked = '<del><span class="visually-hidden">[removed: </span>месяцами<span class="visually-hidden">]</span></del>'
    assert [words in page for words in (marked, "годами", "<ins>Доклад о зарплатах</ins>", "Version before")] == [True] * 4
    assert client.get(_work(proposed, "versions/3/")).status_code == 404


def test_a_figure_stands_with_its_source_on_the_public_page_until_it_is_taken_away(
    signed_in: SignIn, accepted: Problem, chynara: User, document: Document, client: Client
) -> None:
    secretary = signed_in(chynara, language="en")
    sent = {"what_en": "Complaints about wages", "value": "1250.50", "unit": "persons", "year": "2025", "source": "Inspectorate",
            "document": f"/en/library/{document.code}/", "key": KEY}  # fmt: skip
    wrong = secretary.post(_work(accepted, "figures/"), {**sent, "source": ""}).content.decode()
    secretary.post(_work(accepted, "figures/"), sent)
    secretary.post(_work(accepted, "figures/"), sent)  # sent twice
    shown = client.get(f"/en/problems/{accepted.code}/").content.decode()
    assert ("Say where the figure comes from." in wrong, "Complaints about wages" in wrong) == (True, True)
    assert [words in shown for words in ("1,250.50 persons", "<td>2025</td>", "Inspectorate", "Доклад о зарплатах")] == [True] * 4
    secretary.post(_work(accepted, f"figures/{ProblemFigure.objects.get().pk}/remove/"))
    assert "Inspectorate" not in client.get(f"/en/problems/{accepted.code}/").content.decode()


def test_who_put_it_forward_sees_each_state_and_why(signed_in: SignIn, proposed: Problem, aigul: User, chynara: User) -> None:
    actions.defer_problem(problem=proposed, reason="Ждём данных", by=chynara)
    actions.accept_problem(problem=proposed, today=date(2026, 11, 23), by=chynara)
    actions.close_problem(problem=proposed, reason="Решено", today=date(2026, 11, 24), by=chynara)
    page = signed_in(aigul, language="en").get(_work(proposed)).content.decode()
    way = page[page.index("What was decided about it") :]
    places = [way.index(words) for words in ("Proposed", "Put off", "Ждём данных", "Taken up", "Closed", "Решено")]
    assert places == sorted(places)


def test_a_member_who_is_no_caseworker_puts_a_problem_forward(signed_in: SignIn, member: User) -> None:
    assert signed_in(member, language="en").get("/work/problems/new/").status_code == 200


def test_another_body_takes_a_problem_up_and_both_pages_lead_to_each_other(
    signed_in: SignIn, asked: ProblemEscalation, accepted: Problem, gulnara: User, client: Client
) -> None:
    secretary = signed_in(gulnara, language="en")
    listed = secretary.get("/work/problems/").content.decode()
    told = secretary.get(f"/work/problems/asked/{asked.code}/").content.decode()
    secretary.post(f"/work/problems/asked/{asked.code}/", {"to": "take", "into": ""})
    asked.refresh_from_db()
    there, here = (client.get(f"/en/problems/{one.code}/").content.decode() for one in (asked.became, accepted))
    assert ("Other bodies ask yours" in listed, "Нужна вторая страна" in told) == (True, True)
    assert ("It came from Council on Migration" in there, f"/en/problems/{accepted.code}/" in there) == (True, True)
    assert ("Taken up there" in here, f"/en/problems/{asked.became.code}/" in here) == (True, True)
    assert (asked.became.statement, asked.became.status) == (accepted.statement, "accepted")


def test_a_document_that_was_taken_out_of_the_library_does_not_go_along_to_another_body(
    signed_in: SignIn, asked: ProblemEscalation, accepted: Problem, gulnara: User, document: Document
) -> None:
    accepted.documents.create(document=document)
    Document.objects.update(taken_out_at=timezone.now())
    signed_in(gulnara).post(f"/work/problems/asked/{asked.code}/", {"to": "take", "into": ""})
    asked.refresh_from_db()
    assert (asked.became.documents.count(), accepted.documents.count()) == (0, 1)


def test_another_body_declines_with_a_reason_that_the_first_reads(
    signed_in: SignIn, asked: ProblemEscalation, accepted: Problem, gulnara: User, chynara: User, client: Client
) -> None:
    secretary, page = signed_in(gulnara, language="en"), f"/work/problems/asked/{asked.code}/"
    without = secretary.post(page, {"to": "decline", "reason": ""}).content.decode()
    secretary.post(page, {"to": "decline", "reason": "Одна страна может сама"})
    work = signed_in(chynara, language="en").get(_work(accepted)).content.decode()
    assert ("Write why." in without, "Одна страна может сама" in work) == (True, True)
    assert "Одна страна может сама" not in client.get(f"/en/problems/{accepted.code}/").content.decode()


def test_a_question_to_the_wrong_body_is_taken_back_until_it_is_answered(
    signed_in: SignIn, asked: ProblemEscalation, accepted: Problem, gulnara: User, chynara: User
) -> None:
    secretary, page = signed_in(chynara, language="en"), f"/work/problems/asked/{asked.code}/take-back/"
    assert "Take the question back" in secretary.get(_work(accepted)).content.decode()
    there = signed_in(gulnara, language="en")
    assert there.post(page).status_code == 404
    assert secretary.post(page).status_code == 302
    assert "Нужна вторая страна" not in secretary.get(_work(accepted)).content.decode()
    assert there.get(f"/work/problems/asked/{asked.code}/").status_code == 404


def test_a_body_is_asked_once_and_only_about_what_was_taken_up(
    signed_in: SignIn, asked: ProblemEscalation, accepted: Problem, regional: Body, chynara: User, council: Body, member: User
) -> None:
    with pytest.raises(actions.NotNow):
        actions.escalate_problem(problem=accepted, body=regional, why="Ещё раз", today=TODAY, by=chynara)
    waiting = actions.propose_problem(body=council, organisation=None, content=content(), today=TODAY, by=chynara)
    assert signed_in(chynara).get(_work(waiting, "escalate/")).status_code == 404
    assert signed_in(member).get(f"/work/problems/asked/{asked.code}/").status_code == 404
