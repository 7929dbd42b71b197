"""Who and what the tests of this folder begin with."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from kenesh.appeals.models import Appeal
from kenesh.casework import actions
from kenesh.casework.models import Case
from kenesh.casework.tests.quotations.quoting import check, filed_at, hers, keyring, person, proposed
from kenesh.people import actions as people
from kenesh.people.models import Role
from kenesh.people.queries import fingerprint_of
from kenesh.problems import actions as problems
from kenesh.problems.models import Problem, Quotation
from kenesh.themes.texts import Translated


@pytest.fixture
def signed_in(signed_in: Any) -> Any:
    """One browser for each account, signed in once."""
    clients: dict[int, Client] = {}

    def enter(user: Any) -> Client:
        if user.pk not in clients:
            clients[user.pk] = signed_in(user)
        return clients[user.pk]

    return enter


@pytest.fixture
def filed(office: Any, aigul: Any) -> str:
    return filed_at(office)


@pytest.fixture
def jamila(office: Any, aigul: Any, make_account: Any) -> Any:
    """A colleague of Aigul who holds the key of the office too."""
    user = make_account("Jamila", Role.CASEWORKER, organisation=office).user
    people.admit(keyring=keyring(aigul), organisation=office, colleague=user, fingerprint=fingerprint_of(user))
    return user


@pytest.fixture
def problem(council: Any, office: Any, aigul: Any, chynara: Any) -> Problem:
    content = problems.Content(
        title=Translated(ru="Бригадам не платят"),
        statement=Translated(ru="Подрядчик исчезает."),
        affected=Translated(),
        tried=Translated(),
        law=Translated(),
        since="",
        themes=("unpaid-wages",),
        corridors=(("KG", "RU"),),
    )
    today = timezone.localdate()
    proposed = problems.propose_problem(body=council, organisation=office, content=content, today=today, by=aigul)
    return problems.accept_problem(problem=proposed, today=today, by=chynara)


@pytest.fixture
def case(filed: str, aigul: Any, problem: Problem) -> Case:
    case = actions.open_from_appeal(keyring=keyring(aigul), appeal=Appeal.objects.get())
    actions.link_problem(keyring=keyring(aigul), case=case, problem=problem)
    return case


@pytest.fixture
def published(filed: str, case: Case, problem: Problem, aigul: Any, jamila: Any, signed_in: Any) -> str:
    """The code of a quotation that has gone through every hand."""
    code = proposed(signed_in(aigul), case, problem)
    hers(person(filed), code, "agree")
    check(signed_in(jamila), case, code)
    assert Quotation.objects.count() == 1
    return code
