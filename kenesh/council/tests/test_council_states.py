"""After a decision: States endorse, reserve or wait; State bodies sign a joint one; what everybody sees of it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client

from kenesh.council import actions
from kenesh.council.models import Decision, Endorsement, Proposal
from kenesh.people.models import Body, Membership, Organisation, Standing, User
from kenesh.problems import actions as problems
from kenesh.problems.models import Problem

SignIn = Callable[..., Client]
Seat = Callable[[User], Membership]


@pytest.fixture
def decision(proposal: Proposal, chynara: User) -> Decision:
    made = actions.adopt_by_consensus(proposal=proposal, by=chynara)
    actions.publish_decision(decision=made, public=True, by=chynara)
    return made


@pytest.fixture
def kazakhstan(council: Body) -> Membership:
    """A State that sits in the council itself."""
    return Membership.objects.create(body=council, country="KZ")


def _page(decision: Decision) -> str:
    return f"/work/meetings/{decision.meeting.code}/decisions/{decision.code}/states/"


def _said(seat: Membership, stance: str, key: str, **more: str) -> dict[str, object]:
    sent = {"membership": seat.pk, "stance": stance, "said_on": "2024-06-01", "publication": "hidden", "key": key * 32}
    return {**sent, **more}


def _public(decision: Decision) -> str:
    return Client().get(f"/en/council/decisions/{decision.code}/").content.decode()


def test_a_state_waits_and_then_endorses_and_both_are_kept(
    signed_in: SignIn, decision: Decision, chynara: User, kazakhstan: Membership
) -> None:
    secretary = signed_in(chynara, language="en")
    secretary.post(_page(decision), _said(kazakhstan, "waits", "a"))
    secretary.post(_page(decision), _said(kazakhstan, "endorses", "b"))
    secretary.post(_page(decision), _said(kazakhstan, "endorses", "b"))  # sent twice
    rows = list(Endorsement.objects.order_by("id").values_list("country", "stance", "is_latest"))
    page = secretary.get(_page(decision)).content.decode()
    assert rows == [("KZ", "waits", False), ("KZ", "endorses", True)]
    assert page.index("Endorses") < page.index("What it said before") < page.index("1 June 2024: Waits")


def test_a_reservation_needs_words_and_nothing_typed_is_lost(
    signed_in: SignIn, decision: Decision, chynara: User, kazakhstan: Membership
) -> None:
    answer = signed_in(chynara, language="en").post(_page(decision), _said(kazakhstan, "reserves", "a")).content.decode()
    assert ("Say what the reservation is." in answer, 'value="2024-06-01"' in answer) == (True, True)
    assert Endorsement.objects.count() == 0


def test_a_member_speaks_for_her_own_state_only_and_an_observer_for_none(
    signed_in: SignIn, decision: Decision, member: User, seat: Seat, kazakhstan: Membership
) -> None:
    Membership.objects.filter(pk=seat(member).pk).update(country="KG")
    client = signed_in(member)
    client.post(_page(decision), _said(seat(member), "endorses", "a"))
    client.post(_page(decision), _said(kazakhstan, "endorses", "b"))
    Membership.objects.filter(pk=seat(member).pk).update(country="")  # an organisation of civil society binds no State
    assert client.post(_page(decision), _said(seat(member), "waits", "d")).status_code == 404
    Membership.objects.filter(pk=seat(member).pk).update(country="KG")
    assert list(Endorsement.objects.values_list("country", flat=True)) == ["KG"]
    Membership.objects.filter(pk=seat(member).pk).update(standing=Standing.OBSERVER)
    assert client.post(_page(decision), _said(seat(member), "waits", "c")).status_code == 404


def test_everybody_sees_of_the_states_what_the_body_and_each_state_decided(
    signed_in: SignIn, decision: Decision, chynara: User, council: Body, kazakhstan: Membership
) -> None:
    secretary, tajikistan = signed_in(chynara, language="en"), Membership.objects.create(body=council, country="TJ")
    secretary.post(_page(decision), _said(kazakhstan, "reserves", "a", words="Без срока", publication="country"))
    secretary.post(_page(decision), _said(tajikistan, "endorses", "b"))
    before = _public(decision)
    secretary.post(f"{_page(decision)}show/", {"to": "show"})
    after = _public(decision)
    assert ("What the States say" in before, "Без срока" in before) == (False, False)
    shown = ("Kazakhstan", "Endorses with a reservation", "Без срока", "1 more, which is not named here")
    assert ([words in after for words in shown], "Tajikistan" in after) == ([True] * 4, False)


def test_a_joint_decision_shows_who_has_signed_and_who_has_not(
    signed_in: SignIn, proposal: Proposal, chynara: User, ministry: Organisation
) -> None:
    actions.edit_proposal(proposal=proposal, kind="joint_decision", co_signers=[ministry], by=chynara)
    decision = actions.adopt_by_consensus(proposal=proposal, by=chynara)
    actions.publish_decision(decision=decision, public=True, by=chynara)
    secretary, signer = signed_in(chynara, language="en"), proposal.co_signers.get()
    before = _public(decision)
    early = secretary.post(f"{_page(decision)}signed/{signer.pk}/", {"signed_on": "2024-05-01"}, follow=True).content.decode()
    secretary.post(f"{_page(decision)}signed/{signer.pk}/", {"signed_on": "2024-06-03", "signatory": "Министр"})
    assert "Ministry of Labour: not signed yet" in before
    assert "This day lies before the day on which the decision was adopted." in early
    assert "Ministry of Labour: signed on 3 June 2024, Министр" in _public(decision)


def test_a_promise_names_its_member_only_as_far_as_she_lets_it(
    proposal: Proposal, chynara: User, member: User, seat: Seat
) -> None:
    actions.edit_proposal(proposal=proposal, kind="commitment", promised_by=seat(member), due_on=date(2024, 12, 31), by=chynara)
    decision = actions.adopt_by_consensus(proposal=proposal, by=chynara)
    actions.publish_decision(decision=decision, public=True, by=chynara)
    hidden = _public(decision)
    Membership.objects.filter(pk=seat(member).pk).update(publication="name")
    assert ("Who promises" in hidden, "Мээрим" in _public(decision)) == (False, True)


def test_what_another_body_decided_comes_back_to_the_page_of_the_problem(
    problem: Problem, proposal: Proposal, chynara: User, council: Body
) -> None:
    national = Body.objects.create(name={"en": "National council"}, kind=Body.Kind.COUNCIL)
    Problem.objects.filter(pk=problem.pk).update(body=national)
    problem.refresh_from_db()
    day = date(2024, 5, 1)
    asked = problems.escalate_problem(problem=problem, body=council, why="…", today=day, by=chynara)
    taken = problems.take_up_escalated(escalation=asked, into=None, today=day, by=chynara)
    actions.edit_proposal(proposal=proposal, problem=taken.became, by=chynara)
    decision = actions.adopt_by_consensus(proposal=proposal, by=chynara)
    actions.publish_decision(decision=decision, public=True, by=chynara)
    page = Client().get(f"/en/problems/{problem.code}/").content.decode()
    assert (f"/en/council/decisions/{decision.code}/" in page, "Taken up there" in page) == (True, True)
