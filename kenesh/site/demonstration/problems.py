"""Problems of the demonstration: four that the expert council took up, one that waits, one that was put off."""

from __future__ import annotations

from dataclasses import replace

from kenesh.library.models import Document
from kenesh.people.models import Body, Organisation, Publication
from kenesh.problems import actions
from kenesh.problems.models import Problem
from kenesh.site.demonstration import problem_texts as texts
from kenesh.site.demonstration.accounts import Cast
from kenesh.site.demonstration.calendar import Calendar

Stated = dict[str, Problem]

# Key, what it says, for which office and by whom, days ago, and which documents show it. The caseworkers' centres sit
# in the council through the members Meerim and Daniyar.
STATED = (
    ("wages", texts.WAGES, "bishkek", "aigul", 240, ("sary-oi-2011",)),
    ("registry", texts.REGISTRY, "kazan", "rustam", 200, ()),
    ("school", texts.SCHOOL, "bishkek", "jamila", 170, ("geneva-2015",)),
    ("doctor", texts.DOCTOR, "bishkek", "aigul", 150, ("meks-2024", "geneva-2015")),
    ("fraud", texts.FRAUD, "bishkek", "jamila", 20, ()),
    ("death", texts.DEATH, "kazan", "rustam", 60, ()),
)
TAKEN_UP = ("wages", "registry", "school", "doctor")
SUPPORTED = (
    ("wages", "daniyar", "kazan", "Такое слышим каждую неделю, чаще всего от бригад на субподряде.", Publication.ORGANISATION),
    ("school", "daniyar", "kazan", "", Publication.COUNTRY),
    ("fraud", "daniyar", "kazan", "", Publication.HIDDEN),
)
# What they have counted themselves: how many, of what, where, and whether everybody may see it.
COUNTED = {
    "wages": (38, "cases", "Собственный реестр обращений", True),
    "school": (9, "persons", "Горячая линия", False),
}


def state(
    calendar: Calendar, cast: Cast, houses: dict[str, Organisation], bodies: dict[str, Body], library: dict[str, Document]
) -> Stated:
    """Problems by their keys in this file."""
    stated: Stated = {}
    secretary = cast["chynara"].user
    for key, content, house, account, days, shown in STATED:
        stated[key] = actions.propose_problem(
            body=bodies["meks"],
            organisation=houses[house],
            content=replace(content, documents=tuple(library[name] for name in shown)),
            today=calendar.workday_ago(days),
            by=cast[account].user,
        )
        if key in TAKEN_UP:
            stated[key] = actions.accept_problem(problem=stated[key], today=calendar.workday_ago(days - 14), by=secretary)
    stated["death"] = actions.defer_problem(
        problem=stated["death"], reason="Ждём данных от представительств министерства.", by=secretary
    )
    for key, account, house, words, level in SUPPORTED:
        actions.support_problem(
            problem=stated[key],
            organisation=houses[house],
            words=words,
            publication=level,
            today=calendar.workday_ago(15),
            by=cast[account].user,
            counted=_counted(calendar, *COUNTED[key]) if key in COUNTED else None,
        )
    wages = stated["wages"].supports.get(organisation=houses["kazan"]).tallies.get()
    actions.show_tally(tally=wages, today=calendar.workday_ago(14), by=secretary)
    return stated


def _counted(calendar: Calendar, number: int, unit: str, source: str, offered: bool) -> actions.Counted:
    """Of the half-year before the organisation said so."""
    since, until = calendar.workday_ago(200), calendar.workday_ago(20)
    return actions.Counted(number, unit, since, until, source, offered)
