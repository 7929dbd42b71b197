"""Counts of the months before: what offices released from journals older than this demonstration, and the frozen blocks.

Without them public problems would show nothing until the first month of a new node is over. The numbers are invented;
they pass the same door and the same partition as real ones, so none is smaller than five.
"""

from __future__ import annotations

import random
from datetime import date

from kenesh.problems import actions
from kenesh.site.demonstration.calendar import Calendar

MONTHS = 30
SEED = 1990
SUDDEN = ("school-access", 3, 2.6)  # a theme that grows in its newest months, and how many times

# Theme, origin, destination, region, and persons in the first and in the last of the months.
FLOWS = (
    ("unpaid-wages", "KG", "RU", "Челябинск", 6, 9),
    ("unpaid-wages", "KG", "RU", "Москва", 9, 14),
    ("unpaid-wages", "UZ", "RU", "Москва", 5, 7),
    ("unpaid-wages", "TJ", "RU", "Москва", 4, 8),
    ("subcontract-chain", "KG", "RU", "Казань", 3, 7),
    ("controlled-persons", "KG", "RU", "Москва", 3, 15),
    ("controlled-persons", "TJ", "RU", "Москва", 2, 9),
    ("entry-ban", "KG", "RU", "Казань", 6, 8),
    ("school-access", "KG", "RU", "Москва", 2, 11),
    ("school-access", "UZ", "RU", "Казань", 1, 5),
    ("health-care", "KG", "RU", "Челябинск", 4, 5),
    ("health-insurance", "KG", "KZ", "Алматы", 2, 4),
    ("recruitment-fraud", "KG", "KR", "", 5, 9),
)


def publish(calendar: Calendar) -> None:
    """Lets the invented counts through the door, freezes month after month and sees what grows, as the node's worker does."""
    chance = random.Random(SEED)  # noqa: S311  # invents numbers, keeps no secret
    for back in range(MONTHS, 0, -1):
        day = month_ago(calendar.today, back)
        for theme, origin, destination, region, first, last in FLOWS:
            sudden = SUDDEN[2] if theme == SUDDEN[0] and back <= SUDDEN[1] else 1
            persons = round(sudden * (first + (last - first) * (MONTHS - back) / (MONTHS - 1))) + chance.choice((-1, 0, 0, 1))
            if persons > 0:
                actions.count_released(
                    theme=theme, origin=origin, destination=destination, region=region, day=day, persons=persons, by="command"
                )
    for back in range(MONTHS - 1, -1, -1):
        actions.freeze_blocks(today=month_ago(calendar.today, back), by="command")
    actions.renew_trends(today=calendar.today, by="command")


def month_ago(day: date, months: int) -> date:
    """The first day of the month that lies so many months before."""
    number = day.year * 12 + day.month - 1 - months
    return date(number // 12, number % 12 + 1, 1)
