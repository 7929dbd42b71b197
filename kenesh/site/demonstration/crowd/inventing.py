"""One invented appeal and what an office made of it, in plain words: nothing here is sealed or stored."""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from kenesh.casework.actions import NO_ALARM
from kenesh.casework.actions.cases import matter_from_answers, party_from_answers, person_from_answers
from kenesh.casework.models import MONTHS, MONTHS_OF_MONEY, NO_DEADLINE, WaitsFor
from kenesh.casework.models import Status as CaseStatus
from kenesh.casework.opening import Body
from kenesh.casework.retention import MONEY, months_later
from kenesh.site.demonstration.crowd import words
from kenesh.site.demonstration.crowd.words import Telling
from kenesh.site.demonstration.replies import DEADLINES, NOTES, REPLIES
from kenesh.site.demonstration.work import CURRENCIES

YEARS_BACK = 3
_OUTCOMES = ("R1", "R2", "R3", "N1", "N4", "E1", "C3", "I1", "I2")
_WHOM = ("", *WaitsFor.values)
Line = tuple[str, str, datetime, Body]  # kind, by whom, when, the rest of the body
NEW, DECLINED, OPEN, CLOSED = "new", "declined", "open", "closed"


@dataclass
class Worked:
    """A case that was opened: what stands in the clear, and the bodies of its rows."""

    status: CaseStatus
    waits_for: str
    opened: datetime
    due_on: date
    keep_until: date | None
    assignee: int | None  # which of the office's caseworkers
    person: Body
    matter: Body
    party: Body | None
    alarm: Body | None
    note: Body
    deadline: Body | None


@dataclass
class Invented:
    """An appeal. `lines`: what was written after it arrived. `keep_until`: of one that was declined."""

    answers: dict[str, Any]
    language: str
    theme: str
    arrived: datetime
    urgent: bool
    fate: str
    case: Worked | None = None
    keep_until: date | None = None
    lines: list[Line] = field(default_factory=list)


def invent(chance: random.Random, telling: Telling, *, number: int, age: float, now: datetime, by: list[str]) -> Invented:
    """`number` makes its phone unlike all others; `age`: 1 for the oldest, 0 for one of today. `by`: names of the caseworkers."""
    story = telling.story
    days = int(age * 365 * YEARS_BACK)
    arrived = min(now - timedelta(days=days, minutes=chance.randrange(1440)), now)
    urgent = chance.random() < 0.03
    phone = f"+996 000 {number // 10_000 % 100:02d}-{number // 100 % 100:02d}-{number % 100:02d}"
    answers = story.answers(chance) | {"story": telling.words, "theme": story.top, "consents": chance.choice((["a", "d"], ["a"]))}
    answers |= {"answer_how": "code", "phone": phone if chance.random() < 0.5 else "", "danger": "yes" if urgent else "no"}
    if urgent:
        answers |= {"danger_where": story.place, "danger_since": "", "danger_phone": phone}
    if answers.get("culprit") == "employer":
        answers["culprit_name"] = words.firm(chance, story.language)
    made = Invented(answers, story.language, story.top, arrived, urgent, _fate(chance, days))
    if made.fate == DECLINED:
        at = arrived + timedelta(hours=20)
        said = {"text": REPLIES[story.language].elsewhere, "name": chance.choice(by)}
        made.lines = [("message", "office", at, said), ("step", "office", at, {"code": "declined"})]
        made.keep_until = _keep_until(made, at.date(), now.date(), chance)
    elif made.fate != NEW:
        _take_up(made, chance, telling, now, by)
    return made


def _fate(chance: random.Random, days: int) -> str:
    """What is new waits, what is old is mostly closed."""
    if chance.random() < (0.9 if days < 5 else 0.2 if days < 20 else 0.005):
        return NEW
    if chance.random() < 0.06:
        return DECLINED
    return OPEN if chance.random() < (0.7 if days < 90 else 0.05) else CLOSED


def _take_up(made: Invented, chance: random.Random, telling: Telling, now: datetime, by: list[str]) -> None:
    story, replies = telling.story, REPLIES[made.language]
    opened, who = min(made.arrived + timedelta(hours=20), now), chance.randrange(len(by))
    answered, back, ended = (min(opened + timedelta(hours=hours), now) for hours in (1, 50, 600))
    status = CaseStatus.CLOSED if made.fate == CLOSED else CaseStatus(chance.choice(("office", "person", "person", "others")))
    made.lines = [
        ("step", "office", opened, {"code": "taken_up"}),
        ("message", "office", answered, {"text": replies.ask, "name": by[who]}),
    ]
    outcome = chance.choice(_OUTCOMES) if status == CaseStatus.CLOSED else ""
    if status != CaseStatus.PERSON:
        made.lines.append(("message", "person", back, {"text": telling.reply}))
    if status == CaseStatus.OTHERS:
        made.lines.append(("message", "office", ended, {"text": replies.sent, "name": by[who]}))
    if outcome:
        text = replies.done if outcome.startswith("R") else replies.not_done
        made.lines.append(("message", "office", ended, {"text": text, "name": by[who]}))
        made.lines.append(("step", "office", ended, {"code": "closed"}))
    due_on = now.date() + timedelta(days=chance.randrange(-4, 60))
    has_deadline = not outcome and chance.random() < 0.6
    made.case = Worked(
        status=status,
        waits_for=_WHOM[opened.day % len(_WHOM)] if status == CaseStatus.OTHERS else "",
        opened=opened,
        due_on=due_on if has_deadline else NO_DEADLINE,
        keep_until=_keep_until(made, ended.date(), now.date(), chance) if outcome else None,
        assignee=who if chance.random() < 0.7 else None,
        person=person_from_answers(made.answers) | {"name": words.full_name(chance, made.language)},
        matter=matter_from_answers(made.answers) | _found_out(telling, chance, outcome),
        party=party_from_answers(made.answers) if made.answers.get("culprit_name") else None,
        alarm={**NO_ALARM, "detained_where": story.place} if made.urgent else None,
        note={"text": chance.choice(NOTES), "by": by[who], "at": answered.isoformat(timespec="seconds")},
        deadline={"what": chance.choice(DEADLINES)} if has_deadline else None,
    )


def _found_out(telling: Telling, chance: random.Random, outcome: str) -> Body:
    story = telling.story
    body: Body = {"theme": story.theme, "region": story.region, "persons": story.persons, "outcome": outcome}
    if story.top == MONEY:
        body |= {"currency": CURRENCIES.get(story.country, "USD"), "claimed": str(chance.randrange(30, 120) * 1000)}
    return body


def _keep_until(made: Invented, closed: date, today: date, chance: random.Random) -> date:
    """By the usual rule; never a day that has passed, or the worker would destroy half of the demonstration in its first night."""
    until = months_later(closed, MONTHS_OF_MONEY if made.theme == MONEY else MONTHS)
    return max(until, today + timedelta(days=chance.randrange(60, 400)))
