"""What each appeal and each case adds to the figures. Four units of count, never mixed: contacts, persons, cases, matters
(field practice: one person may have several cases, one case several persons and several matters).
"""

from __future__ import annotations

from collections import defaultdict
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from django.utils import timezone

from kenesh.appeals import first_answer
from kenesh.appeals.models import Appeal
from kenesh.appeals.models import Status as AppealStatus
from kenesh.casework import money
from kenesh.casework.case_types import OWN_SERVICE
from kenesh.casework.models import (
    Case,
    ExternalReferral,
    FollowUp,
    Matter,
    OfficeRule,
    Person,
    Restriction,
    Sheet,
    Status,
    Step,
    Sum,
)
from kenesh.casework.opening import Body
from kenesh.casework.sectors import sector_of
from kenesh.casework.statistics.counts import Counts, hundredths
from kenesh.casework.statistics.people import People
from kenesh.casework.statistics.period import Period
from kenesh.casework.statistics.rows import AppealLines, CaseRows
from kenesh.casework.timeline import moment
from kenesh.themes import thesaurus

RESOLVED = frozenset({"R1", "R2", "R3"})
TOO_LATE = frozenset({"L1", "L2"})
# What "fully resolved" means for some themes: a document is back, a ban is lifted, somebody is free.
WON = {
    "documents_back": frozenset({"passport-withheld", "lost-documents"}),
    "freed": frozenset({"detention-centre", "locked-in"}),
}
WON["bans_lifted"] = frozenset({"entry-ban", "controlled-persons", "expulsion", "deportation", "exit-restriction"})
DETENTION = "detention-police"
BROUGHT_HOME = {"repatriation": "repatriated", "body": "bodies_repatriated"}  # way of working → figure
GROUP = "group"  # in place of a sex or an age, where a case has several persons


# --- appeals ------------------------------------------------------------------------------------------------------------


def count_appeal(
    counts: Counts, appeal: Appeal, told: AppealLines | None, *, in_case: bool, rule: OfficeRule, today: date
) -> None:
    """An appeal that arrived in the period. `rule`: of its office. `told`: None for one that is closed to this session."""
    answers = told.opened.answers() if told else {}
    if answers.get("channel") == "":
        return  # the part of one person of a group: the appeal of the group was counted
    by = {
        "citizenship": appeal.origin,
        "country": appeal.destination,
        "theme": appeal.theme,
        "month": f"{appeal.arrived_on:%Y-%m}",
    }
    if told is None:
        counts.add("appeals", way="", **by)
        return
    counts.add("appeals", way=answers.get("channel") or "form", **by)
    done = told.steps()
    if in_case:
        counts.add("appeals_accepted", **by)
    elif "swept" in done:
        counts.add("appeals_not_genuine")
        return
    elif "declined" in done:
        counts.add("appeals_declined", **by)
    if not answers.get("channel"):  # who came or called was answered there and then
        who = {column: value for column, value in by.items() if column != "month"}
        who |= {"sex": str(answers.get("sex") or ""), "age": str(answers.get("age") or "")}
        _count_first_answer(counts, appeal, told.lines, who, urgent=answers.get("danger") == "yes", rule=rule, today=today)


def _count_first_answer(
    counts: Counts, appeal: Appeal, lines: list[Any], who: dict[str, str], *, urgent: bool, rule: OfficeRule, today: date
) -> None:
    answered = [
        line.at for line in lines if line.by == "office" and (line.kind == "message" or line.body.get("code") == "call_reached")
    ]
    first: datetime | None = min(answered, default=None)
    day = timezone.localtime(first).date() if first else None
    last = first_answer.after(appeal.office.country, appeal.arrived_on, rule.first_answer_days)
    if day is not None:
        counts.add("first_answers")
        counts.measure("answer_days", max(0, (day - appeal.arrived_on).days), **who)
    if day is not None or today > last:
        counts.add("first_answers_due", **who)
        counts.add("first_answers_in_time", int(day is not None and day <= last), **who)
    if urgent or appeal.status == AppealStatus.URGENT:
        arrived = min((line.at for line in lines if line.body.get("code") == "received"), default=None)
        if arrived is not None:
            counts.add("urgent", **who)
            counts.add("urgent_in_time", int(first is not None and first - arrived <= timedelta(hours=rule.urgent_hours)), **who)


# --- cases --------------------------------------------------------------------------------------------------------------


def count_case(counts: Counts, read: CaseRows, people: People, period: Period) -> None:
    """What happened in the period in one case, whenever it was opened; and the case itself when that was in the period."""
    about = _about(read)
    whose = _whose(read)
    if read.case.opened_on in period:
        _count_opened(counts, read, about, whose, people)
    elif read.case.opened_on < period.start:
        for person in read.bodies(Person):
            people.meet_before(person)
    _count_outcomes(counts, read, about, whose, period)
    _count_brought_home(counts, read, {**about, **whose}, period)
    _count_complaint(counts, read, {**about, **whose}, period)
    _count_money(counts, read, about, whose, period)
    _count_steps(counts, read, period)
    for body in read.bodies(ExternalReferral):
        if period.names(body.get("on", "")):
            counts.add("turned_to", kind=body["kind"])
            counts.add("turned_to_replied", int(bool(body.get("reply") or body.get("result"))))
    for item in read.of(FollowUp):
        if not item.row.cancelled and item.row.due_on in period:
            counts.add("checks_due", months=str(item.body["months"]))
            if item.row.done:
                counts.add("checks_reached", int(item.body.get("reached") in ("yes", True)), months=str(item.body["months"]))


def _about(read: CaseRows) -> dict[str, str]:
    """The columns of a case; those of a restricted one lie under the seal."""
    case, sealed = read.case, [body["case"] for body in read.bodies(Restriction)]
    theme, origin, destination = (
        (sealed[0]["theme"], sealed[0]["origin"], sealed[0]["destination"])
        if sealed
        else (case.theme, case.origin, case.destination)
    )
    sector = next((sector for matter in read.bodies(Matter) if (sector := sector_of(matter))), "")
    return {"citizenship": origin, "country": destination, "theme": theme, "sector": sector}


def _whose(read: CaseRows) -> dict[str, str]:
    """Sex and age of the one person of a case; of several they are not told."""
    persons = read.bodies(Person)
    alone = persons[0] if len(persons) == 1 else {"sex": GROUP, "age": GROUP} if persons else {}
    return {"sex": str(alone.get("sex") or ""), "age": str(alone.get("age") or "")}


def _type_of(read: CaseRows) -> str:
    return next((str(sheet.get("type") or "") for sheet in read.bodies(Sheet)), "")


def _count_opened(counts: Counts, read: CaseRows, about: dict[str, str], whose: dict[str, str], people: People) -> None:
    kind = _type_of(read)
    counts.add("cases", type=kind, month=f"{read.case.opened_on:%Y-%m}", **about, **whose)
    for person in read.bodies(Person):
        counts.add("persons_in_cases")
        new_in_period, new_at_all = people.meet(person)
        if not new_in_period:
            continue
        citizenship = person.get("citizenship") or about["citizenship"]
        by = {"sex": person.get("sex", ""), "age": person.get("age", ""), "citizenship": citizenship}
        by |= {"country": about["country"], "sector": about["sector"]}
        counts.add("persons", **by)
        _count_recruitment(counts, person, by)
        if kind == "representation":
            counts.add("represented", **by)
        if new_at_all:
            counts.add("persons_first_time", **by)
    for matter in read.bodies(Matter):
        theme = str(matter.get("theme") or "")
        country = matter.get("country") or about["country"]
        by = {"theme": top_of(theme), "fine": theme, "country": country, "citizenship": about["citizenship"], **whose}
        by["sector"] = sector_of(matter) or about["sector"]
        counts.add("matters", type=kind, **by)
        counts.add("persons_in_matters", int(matter.get("persons") or 1))


def _count_recruitment(counts: Counts, person: Body, by: dict[str, str]) -> None:
    """What the person paid to get the work: in its currency, and in months of the first pay (indicator 10.7.1 of the Sustainable
    Development Goals divides the one by the other). 0 is an answer; an empty field is none."""
    cost, wage = (money.decimal_of(person.get(name)) for name in ("recruitment_cost", "recruitment_wage"))
    if cost is None:
        return
    counts.add("recruitment_known", **by)
    counts.add("recruitment_paid", int(cost > 0), **by)
    if cost:
        counts.measure(f"recruitment {person.get('recruitment_currency') or ''}", hundredths(cost))
    if wage:
        counts.measure("recruitment_months", hundredths(cost / wage), **by)


def top_of(theme: str) -> str:
    return thesaurus.top_of(theme) if theme in thesaurus.concepts() else ""


def _count_outcomes(counts: Counts, read: CaseRows, about: dict[str, str], whose: dict[str, str], period: Period) -> None:
    for matter in read.bodies(Matter):
        outcome = matter.get("outcome") or ""
        if not outcome or not period.names(_day_of_outcome(matter, read.case)):
            continue
        theme, country = str(matter.get("theme") or ""), matter.get("country") or about["country"]
        by = {"theme": top_of(theme), "country": country, "citizenship": about["citizenship"], **whose}
        by["sector"] = sector_of(matter) or about["sector"]
        if children := int(matter.get("children_back") or 0):
            counts.add("children_reunited", children, **by)
            counts.add("families_reunited", **by)
        counts.add("outcomes", outcome=outcome, **by)
        if outcome in RESOLVED:
            counts.add("resolved", **by)
        if outcome in TOO_LATE:
            counts.add("too_late", outcome=outcome)
        if outcome == "T1":
            counts.add("taken_over", **by)
        for what, themes in WON.items():
            if outcome == "R1" and theme in themes:
                counts.add(what, int(matter.get("persons") or 1), fine=theme, **by)


def _count_brought_home(counts: Counts, read: CaseRows, by: dict[str, str], period: Period) -> None:
    """Persons of a case of repatriation, on the day of its first matter that was fully resolved: each case once."""
    what = BROUGHT_HOME.get(_type_of(read))
    days = [_day_of_outcome(matter, read.case) for matter in read.bodies(Matter) if matter.get("outcome") == "R1"]
    if what and days and period.names(min(days)):
        counts.add(what, max(1, len(read.of(Person))), **by)


def _count_complaint(counts: Counts, read: CaseRows, by: dict[str, str], period: Period) -> None:
    """A complaint about an office that was closed in the period and has stayed so: the days since it came."""
    for sheet in read.bodies(Sheet):
        closed = str(sheet.get("closed_on") or "")
        if sheet.get("type") == OWN_SERVICE and read.case.status == Status.CLOSED and period.names(closed):
            counts.add("complaints_closed", **by)
            days = date.fromisoformat(closed) - date.fromisoformat(sheet["complained_on"])
            counts.measure("complaint_days", max(0, days.days))


def _day_of_outcome(matter: Body, case: Case) -> str:
    """An outcome that was written down without its day counts on the day when the case was opened."""
    return str(matter.get("outcome_on") or case.opened_on.isoformat())


def _count_money(counts: Counts, read: CaseRows, about: dict[str, str], whose: dict[str, str], period: Period) -> None:
    persons = {person.row.uid.hex: person.body for person in read.of(Person)}
    themes = {matter.row.uid.hex: top_of(str(matter.body.get("theme") or "")) for matter in read.of(Matter)}
    sectors = {matter.row.uid.hex: sector_of(matter.body) for matter in read.of(Matter)}
    received: dict[tuple[str, str], Decimal] = defaultdict(Decimal)
    dated = {matter.row.uid.hex: _day_of_outcome(matter.body, read.case) for matter in read.of(Matter)}
    for each in money.amounts_from(read.of(Sum), read.of(Matter)):
        body = each.item.body if each.item else {}
        day = body.get("day") or body.get("on") or dated.get(each.matter, "")
        if each.struck or not period.names(day):
            continue
        counts.add_money(f"money_{each.stage}", each.currency, each.amount)
        person = persons.get(each.person, {})
        by = {column: str(person.get(column) or "") for column in whose} if person else dict(whose)
        by |= {"citizenship": str(person.get("citizenship") or about["citizenship"])}
        by |= {"country": about["country"], "sector": sectors.get(each.matter) or about["sector"]}
        counts.add(f"money_{each.stage} {each.currency}", hundredths(each.amount), theme=themes.get(each.matter, ""), **by)
        if each.stage == "received":
            received[each.person, each.currency] += each.amount
    for (_, currency), amount in received.items():
        counts.measure(f"received {currency}", hundredths(amount))


def _count_steps(counts: Counts, read: CaseRows, period: Period) -> None:
    held = any(person.get("held_centre") for person in read.bodies(Person))
    held |= any(sheet.get("type") == "detention" for sheet in read.bodies(Sheet))
    held |= any(top_of(str(matter.get("theme") or "")) == DETENTION for matter in read.bodies(Matter))
    for step in read.bodies(Step):
        if timezone.localtime(moment(step["at"])).date() in period:
            counts.add("steps", kind=step["kind"])
            counts.add("minutes", int(step.get("minutes") or 0))
            if held and step["kind"] == "visit":
                counts.add("visits_to_held")
