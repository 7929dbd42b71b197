"""What donors ask an office for: branch of work, what the way had cost, a mother who is back with her children, a complaint about
another office, and what people said of the help once their cases were closed.
"""

from __future__ import annotations

import random
import uuid
from datetime import timedelta

from kenesh.appeals import actions as appeals
from kenesh.appeals.actions.opinions import say_opinion
from kenesh.appeals.models import Appeal
from kenesh.casework import actions
from kenesh.casework.models import Case, Matter, Person, Sheet
from kenesh.people.keyring import Keyring
from kenesh.site.demonstration import work
from kenesh.site.demonstration.calendar import Calendar
from kenesh.site.demonstration.stories import Story
from kenesh.site.demonstration.work import SEED, Filed, Offices

SECTORS = {
    ("unpaid-wages", "RU"): "sector-construction",
    ("passport-withheld", "TR"): "sector-catering",
    ("accident-compensation", "KZ"): "sector-manufacturing",
    ("unlawful-deductions", "RU"): "sector-catering",
    ("unpaid-wages", "AE"): "domestic-work",
    ("late-or-partial-wages", "KG"): "sector-catering",
}
# Paid to get the work, pay of the first month, currency.
COSTS = {
    ("recruitment-fraud", "KR"): ("600000", "", "KGS"),
    ("passport-withheld", "TR"): ("1200", "600", "USD"),
    ("accident-compensation", "KZ"): ("30000", "180000", "KZT"),
    ("unlawful-deductions", "RU"): ("0", "55000", "RUB"),
}
COMPLAINT = Story(
    "ru", "bishkek", 33, "", "consular-service", "KG", "RU", "Челябинск", "m2", "eaeu", "other", "1", "closed:R3",
    "Мне три недели не отвечали, а потом сказали, что моё обращение потеряли. Прошу разобраться.",
)  # fmt: skip
SAID = (
    {"respect": "yes", "clear": "yes", "help": "yes"},
    {"respect": "yes", "clear": "partly", "help": "yes"},
    {"respect": "yes", "clear": "yes", "help": "partly"},
    {"respect": "partly", "help": "no"},
    {"respect": "yes", "clear": "partly"},
)


def fill(calendar: Calendar, offices: Offices, filed: list[Filed]) -> None:
    """Of the office in Bishkek."""
    own = [each for each in filed if each.story.office == "bishkek" and each.case is not None]
    for each in own:
        _write_down(each)
    closed = [each for each in own if each.story.outcome]
    _children(calendar, next(each for each in closed if each.story.theme == "passport-withheld"))
    closed.append(_complaint(calendar, offices))
    for each, said in zip(closed, SAID, strict=True):
        say_opinion(holder=work.holder_of(each), said=said)
    appeals.count_opinions(today=calendar.today)


def _write_down(filed: Filed) -> None:
    about = (filed.story.theme, filed.story.country)
    if sector := SECTORS.get(about):
        _change(filed.keyring, Matter.objects.select_related("case__office").filter(case=filed.case)[0], {"sector": sector})
    if cost := COSTS.get(about):
        names = ("recruitment_cost", "recruitment_wage", "recruitment_currency")
        person = Person.objects.select_related("case__office").filter(case=filed.case)[0]
        _change(filed.keyring, person, dict(zip(names, cost, strict=True)))


def _change(keyring: Keyring, row: Matter | Person, changes: dict[str, str]) -> None:
    actions.change_row(keyring=keyring, row=row, changes=changes, version=row.version)


def _children(calendar: Calendar, filed: Filed) -> None:
    matter = Matter.objects.select_related("case__office").get(case=filed.case)
    day = calendar.ago(filed.story.days - 20)
    actions.set_outcome(keyring=filed.keyring, matter=matter, outcome=filed.story.outcome, day=day, children=2)


def _complaint(calendar: Calendar, offices: Offices) -> Filed:
    """About the office in Chelyabinsk: it came to Bishkek, and was closed after some days."""
    about, chance = offices["chelyabinsk"].organisation, random.Random(SEED)  # noqa: S311  # invents people, keeps no secret
    filed = work.file(COMPLAINT, offices["bishkek"], calendar, chance, complaint_about=about.code)
    filed.lasts = 12
    filed.case = case = actions.open_from_appeal(keyring=filed.keyring, appeal=filed.appeal)
    actions.answer(
        keyring=filed.keyring,
        case=case,
        text="Мы попросили центр объяснить. Ваше обращение нашли, за него взялся другой юрист. Простите, что так вышло.",
        key=uuid.uuid4(),
    )
    work.describe(filed.keyring, case, theme=COMPLAINT.theme, outcome=COMPLAINT.outcome)
    actions.close_case(keyring=filed.keyring, case=case)
    work.date_all(filed, case)
    _date_closing(filed, case)
    return filed


def _date_closing(filed: Filed, case: Case) -> None:
    arrived = Appeal.objects.get(pk=filed.appeal.pk).arrived_on
    closed = arrived + timedelta(days=filed.lasts)
    changes = {"complained_on": arrived.isoformat(), "closed_on": closed.isoformat()}
    sheet = Sheet.objects.get(case=case)
    actions.keep_sheet(keyring=filed.keyring, case=case, changes=changes, version=sheet.version)
