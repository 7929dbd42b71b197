"""What is there beside the council and is not the point of the walk: a problem, and a person whose case stands behind it."""

from __future__ import annotations

from django.utils import timezone

from kenesh.casework import actions as casework
from kenesh.people import actions as people
from kenesh.people.models import Body, Organisation, Person, Role, User
from kenesh.problems import actions
from kenesh.problems.models import Problem
from kenesh.site.tests.attackers import filed, keyring, newest_appeal
from kenesh.themes.texts import Translated


def a_problem(council: str, office: Organisation, secretary: User) -> Problem:
    """Which the council has accepted."""
    content = actions.Content(
        title=Translated(ru="Бригадам не платят", ky="Бригадаларга айлык төлөнбөйт"),
        statement=Translated(ru="Подрядчик исчезает, а заказчик молчит.", ky="Подрядчик жоголот, заказчы унчукпайт."),
        affected=Translated(ru="Строители"), tried=Translated(), law=Translated(), since="2023",
        themes=("unpaid-wages",), corridors=(("KG", "RU"),), documents=(),
    )  # fmt: skip
    today = timezone.localdate()
    body = Body.objects.get(code=council)
    problem = actions.propose_problem(body=body, organisation=office, content=content, today=today, by=secretary)
    return actions.accept_problem(problem=problem, today=today, by=secretary)


def a_case_behind(problem: Problem, office: Organisation, caseworker: User) -> str:
    """Gives the digits of the receipt."""
    receipt = filed(office)
    keys = keyring(caseworker)
    case = casework.open_from_appeal(keyring=keys, appeal=newest_appeal())
    casework.link_problem(keyring=keys, case=case, problem=problem)
    return receipt


def sits_in(council: str, user: User, person: Person) -> None:
    """A member's account."""
    body = Body.objects.get(code=council)
    people.give_role(user=user, role=Role.COUNCIL_MEMBER, body=body, by="test")
    User.objects.filter(pk=user.pk).update(person=person)
