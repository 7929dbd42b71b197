"""“We see this too”, with a count of one's own: the organisation's statement, internal until both sides agree, and never below five."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from kenesh.kernel.models import TrailEntry
from kenesh.people.models import Organisation, User
from kenesh.problems import actions
from kenesh.problems.models import OwnTally, Problem
from kenesh.problems.tests.conftest import TODAY, content

pytestmark = pytest.mark.django_db
SignIn = Callable[..., Client]
Say = Callable[..., Any]


def _work(problem: Problem, rest: str = "") -> str:
    return f"/work/problems/{problem.code}/{rest}"


@pytest.fixture
def say(accepted: Problem, office: Organisation, member: User, signed_in: SignIn) -> Say:
    """The member of the council says for the office how many it has counted."""
    client = signed_in(member, language="en")

    def say(number: object = 12, since: str = "2026-01-01", until: str = "2026-06-30", **more: Any) -> Any:
        form = {
            "organisation": office.code, "publication": "organisation", "words": "Так и у нас", "number": number, "unit": "cases",
            "since": since, "until": until, "source": "Собственный реестр", "offered": "on", **more,
        }  # fmt: skip
        problem = more.pop("problem", accepted)
        return client.post(_work(problem, "support/"), form)

    return say


def do(client: Client, tally: OwnTally, step: str) -> str:
    """What the page says after a button was pressed."""
    answer = client.post(_work(tally.support.problem, f"tallies/{tally.pk}/"), {"do": step}, follow=True)
    assert answer.status_code == 200
    return str(answer.content.decode())


def public_page(client: Client, problem: Problem) -> str:
    return str(client.get(f"/en/problems/{problem.code}/").content.decode())


def test_a_count_is_internal_until_the_secretary_shows_it(
    say: Say, accepted: Problem, chynara: User, client: Client, signed_in: SignIn
) -> None:
    assert say().status_code == 302
    tally = OwnTally.objects.get()
    secretary = signed_in(chynara, language="en")
    assert "Only the council knows; may be shown" in secretary.get(_work(accepted)).content.decode()
    assert "12 cases" not in public_page(client, accepted)
    assert "The count is shown beside the name" in do(secretary, tally, "show")
    page = public_page(client, accepted)
    assert "<b>12 cases</b>" in page
    assert "1 January 2026 – 30 June 2026 · Own count: Собственный реестр" in page
    assert "not computed from appeals to our offices" in page
    told = client.get(f"/api/v1/problems/{accepted.code}").json()["supporters"][0]["tallies"]
    assert told == [{"number": 12, "unit": "cases", "since": "2026-01-01", "until": "2026-06-30", "source": "Собственный реестр"}]
    assert list(TrailEntry.objects.filter(verb="show_tally").values_list("target", flat=True)) == [f"problem:{accepted.code}"]


def test_without_the_organisations_leave_the_secretary_cannot_show_it(
    say: Say, accepted: Problem, chynara: User, client: Client, signed_in: SignIn
) -> None:
    for more in ({"offered": ""}, {"publication": "country"}):
        say(**more)
        answer = signed_in(chynara).post(_work(accepted, f"tallies/{OwnTally.objects.get().pk}/"), {"do": "show"})
        assert (answer.status_code, OwnTally.objects.filter(is_shown=True).count()) == (404, 0)


def test_the_organisation_takes_its_leave_back(
    say: Say, accepted: Problem, chynara: User, member: User, client: Client, signed_in: SignIn
) -> None:
    say()
    do(signed_in(chynara), OwnTally.objects.get(), "show")
    say(publication="hidden")
    assert "12 cases" not in public_page(client, accepted)
    say()
    assert "12 cases" in public_page(client, accepted)
    assert "no longer shown" in do(signed_in(member, language="en"), OwnTally.objects.get(), "hide")
    assert "12 cases" not in public_page(client, accepted)


def test_who_says_it_sees_it_too_shows_nothing_to_everybody_by_herself(
    say: Say, accepted: Problem, member: User, boris: User, eve: User, signed_in: SignIn
) -> None:
    say()
    address = _work(accepted, f"tallies/{OwnTally.objects.get().pk}/")
    assert [signed_in(who).post(address, {"do": "show"}).status_code for who in (member, boris, eve)] == [404, 404, 404]
    assert OwnTally.objects.filter(is_shown=True).count() == 0


def test_fewer_than_five_stay_internal(say: Say, accepted: Problem, chynara: User, signed_in: SignIn) -> None:
    say(number=4)
    tally = OwnTally.objects.get()
    answer = signed_in(chynara).post(_work(accepted, f"tallies/{tally.pk}/"), {"do": "show"})
    assert answer.status_code == 404
    with pytest.raises(actions.TooFew):
        actions.show_tally(tally=tally, today=TODAY, by=chynara)


@pytest.mark.parametrize(
    ("number", "since", "until", "is_shown"),
    [
        (40, "2026-01-01", "2026-07-31", False),  # July would be 28, and with a third one any month could be told
        (14, "2026-01-01", "2026-06-30", False),  # a correction by two tells of two
        (17, "2026-01-01", "2026-06-30", True),
        (5, "2026-07-01", "2026-07-31", True),
    ],
)
def test_no_two_counts_that_were_shown_leave_fewer_than_five(
    say: Say, chynara: User, signed_in: SignIn, number: int, since: str, until: str, is_shown: bool
) -> None:
    say()
    secretary = signed_in(chynara, language="en")
    first = OwnTally.objects.get()
    do(secretary, first, "show")
    do(secretary, first, "hide")  # who has read it knows it still
    say(number, since, until)
    second = OwnTally.objects.get(number=number)
    page = do(secretary, second, "show")
    second.refresh_from_db()
    assert (second.is_shown, "This count is not shown" in page) == (is_shown, not is_shown)


@pytest.mark.parametrize(("themes", "number", "is_shown"), [
    (("pay",), 14, False), (("pay",), 17, True), (("school-access",), 14, True),
])  # fmt: skip
def test_a_count_of_a_wider_problem_leaves_five_beside_that_of_a_narrower_one(
    say: Say, accepted: Problem, chynara: User, themes: tuple[str, ...], number: int, is_shown: bool
) -> None:
    wider = actions.propose_problem(
        body=accepted.body, organisation=None, content=content(themes=themes), today=TODAY, by=chynara
    )
    say()
    actions.show_tally(tally=OwnTally.objects.get(), today=TODAY, by=chynara)
    say(number, until="2026-07-31", problem=wider)
    tally = OwnTally.objects.get(number=number)
    if is_shown:
        assert actions.show_tally(tally=tally, today=TODAY, by=chynara).is_shown
    else:
        with pytest.raises(actions.TooFew):
            actions.show_tally(tally=tally, today=TODAY, by=chynara)


def test_half_a_count_is_asked_for_and_nothing_typed_is_lost(say: Say) -> None:
    answer = say(since="", source="")
    page = answer.content.decode()
    assert (answer.status_code, OwnTally.objects.count()) == (200, 0)
    assert list(answer.context["support_form"].errors) == ["since", "source"]
    assert ('value="12"' in page, 'value="2026-06-30"' in page, "Так и у нас" in page) == (True, True, True)


@pytest.mark.parametrize(
    ("more", "wrong"),
    [
        ({"since": "2026-07-01"}, "until"),
        ({"number": "0"}, "number"),
        ({"number": "many"}, "number"),
        ({"until": "soon"}, "until"),
    ],
)
def test_a_count_that_cannot_be_is_refused(say: Say, more: dict[str, str], wrong: str) -> None:
    assert list(say(**more).context["support_form"].errors) == [wrong]


def test_a_time_that_is_not_over_is_refused(say: Say) -> None:
    tomorrow = timezone.localdate() + timedelta(days=1)
    assert list(say(until=tomorrow.isoformat()).context["support_form"].errors) == ["until"]


def test_said_again_a_count_is_corrected_and_what_was_shown_stays(
    say: Say, accepted: Problem, chynara: User, member: User, signed_in: SignIn
) -> None:
    say(number=7)
    say(number=12)
    say(number=12)
    assert list(OwnTally.objects.values_list("number", flat=True)) == [12]
    shown = OwnTally.objects.get()
    do(signed_in(chynara), shown, "show")
    assert signed_in(member).post(_work(accepted, f"tallies/{shown.pk}/"), {"do": "remove"}).status_code == 404
    say(number=30)
    assert sorted(OwnTally.objects.values_list("number", "is_shown")) == [(12, True), (30, False)]
    assert "The count is removed" in do(signed_in(member, language="en"), OwnTally.objects.get(number=30), "remove")
    assert "Так и у нас" in signed_in(member).get(_work(accepted)).context["support_form"]["words"].value()


def test_a_count_of_a_problem_that_is_joined_goes_with_it(say: Say, accepted: Problem, chynara: User) -> None:
    other = actions.propose_problem(body=accepted.body, organisation=None, content=content(), today=TODAY, by=chynara)
    say()
    say(9, since="2025-01-01", until="2025-12-31", problem=other)
    actions.merge_problems(problem=other, into=accepted, by=chynara)
    assert sorted(OwnTally.objects.values_list("number", "support__problem")) == [(9, accepted.pk), (12, accepted.pk)]


def test_an_organisation_takes_back_that_it_sees_the_problem_too(
    say: Say, accepted: Problem, office: Organisation, member: User, chynara: User, signed_in: SignIn
) -> None:
    say()
    hers, stranger, at = signed_in(member, language="en"), signed_in(chynara, language="en"), _work(accepted, "support/")
    sent = {"do": "take_back", "organisation": office.code}
    assert "We no longer say this" in hers.get(_work(accepted)).content.decode()
    assert stranger.post(at, sent).status_code == 404
    assert "no longer stands beside this problem." in hers.post(at, sent, follow=True).content.decode()
    assert (accepted.supports.count(), OwnTally.objects.count()) == (0, 0)
    assert TrailEntry.objects.filter(verb="take_back_support", target=f"problem:{accepted.code}").count() == 1


def test_what_stands_beside_a_count_that_was_shown_stays(
    say: Say, accepted: Problem, office: Organisation, member: User, chynara: User, signed_in: SignIn
) -> None:
    say()
    do(signed_in(chynara), OwnTally.objects.get(), "show")
    sent = {"do": "take_back", "organisation": office.code}
    page = signed_in(member, language="en").post(_work(accepted, "support/"), sent, follow=True).content.decode()
    assert ("Everybody has seen a count of your organisation here" in page, accepted.supports.count()) == (True, 1)
