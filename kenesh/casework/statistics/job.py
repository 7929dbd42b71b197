"""Counting as long work: slices inside requests of an open session. Between them the job remembers sums, sealed.

What it reads: contacts of the period (they stand in the clear), its appeals, and all cases of the office that were opened until its
last day: an outcome or a sum of the period may belong to a case of years ago.
"""

from __future__ import annotations

import json
import uuid
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Q, QuerySet, Sum
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kenesh.appeals.models import Appeal, OpinionCount, Said
from kenesh.casework import jobs
from kenesh.casework.models import BY_HAND, OPEN, Case, Contact, Job, OfficeMonth, OfficeRule, Referral, Status
from kenesh.casework.queries.limits import rule_of
from kenesh.casework.queries.statistics import KIND
from kenesh.casework.statistics import reading
from kenesh.casework.statistics.counts import Counts
from kenesh.casework.statistics.people import People
from kenesh.casework.statistics.period import Period
from kenesh.casework.statistics.rows import read_appeals, read_cases
from kenesh.people.keyring import Keyring
from kenesh.people.models import Organisation

AT_ONCE = 50  # appeals or cases in one transaction: some tenths of a second
STAGES = ("appeals", "earlier", "within")


@dataclass(frozen=True)
class Counted:
    """What came out: the figures of one office for one period, as they stood on the day when they were counted."""

    period: Period
    counts: Counts
    left_out: dict[str, int]  # appeals and cases that this session could not open
    people_told_apart: bool
    counted_on: date

    def as_json(self) -> bytes:
        days = [self.period.start.isoformat(), self.period.end.isoformat()]
        return json.dumps({**asdict(self), "period": days, "counted_on": self.counted_on.isoformat()}).encode()

    @classmethod
    def from_json(cls, data: bytes) -> Counted:
        """What `as_json` gave."""
        body: dict[str, Any] = json.loads(data)
        return cls(
            period=_period(body),
            counts=Counts(**body["counts"]),
            left_out=body["left_out"],
            people_told_apart=body["people_told_apart"],
            counted_on=date.fromisoformat(body["counted_on"]),
        )


def start(*, keyring: Keyring, office: Organisation, period: Period, request_key: uuid.UUID) -> Job:
    """Begins to count; the same form sent twice begins once."""
    memory = {
        "period": [period.start.isoformat(), period.end.isoformat()],
        "stage": STAGES[0],
        "after": 0,
        "done": 0,
        "left_out": {"appeals": 0, "cases": 0},
        "counts": asdict(Counts()),
        "people": People().as_texts(),
    }
    total = sum(_rows(stage, office, period).count() for stage in STAGES)
    return jobs.start(keyring=keyring, office=office, kind=KIND, memory=memory, request_key=request_key, total=total)


def result_of(job: Job, keyring: Keyring) -> Counted | None:
    """None while it is under way."""
    result = jobs.result_of(job, keyring)
    return None if result is None else Counted.from_json(result)


def period_of(job: Job, keyring: Keyring) -> Period:
    return _period(jobs.memory_of(job, keyring))


def _period(body: dict[str, Any]) -> Period:
    return Period(*(date.fromisoformat(day) for day in body["period"]))


def _rows(stage: str, office: Organisation, period: Period) -> QuerySet[Any]:
    if stage == "appeals":
        return Appeal.objects.filter(office=office, arrived_on__range=(period.start, period.end)).order_by("pk")
    cases = Case.objects.filter(office=office).exclude(status=Status.ERASING).order_by("pk")
    return (
        cases.filter(opened_on__lt=period.start)
        if stage == "earlier"
        else cases.filter(opened_on__range=(period.start, period.end))
    )


@jobs.kind(KIND, _("Statistics of the office"), page="casework_work:statistics_report")
def count(run: jobs.Run) -> bool:
    """Some more appeals, then some more cases from before the period, then of the period; the rest is counted at the end."""
    memory = run.memory
    period, counts, people = _period(memory), Counts(**memory["counts"]), People.from_texts(memory["people"])
    stage: str = memory["stage"]
    some = list(_rows(stage, run.office, period).filter(pk__gt=memory["after"]).select_related("office")[:AT_ONCE])
    if stage == "appeals":
        memory["left_out"]["appeals"] += _count_appeals(counts, some, run.keyring)
    else:
        read = read_cases(some, run.keyring)
        memory["left_out"]["cases"] += len(some) - len(read)
        for one in read:
            reading.count_case(counts, one, people, period)
    memory["done"] += len(some)
    run.progress(memory["done"], max(run.job.total, memory["done"]))
    memory |= {"after": some[-1].pk if some else 0, "counts": asdict(counts), "people": people.as_texts()}
    if len(some) == AT_ONCE:
        return False
    if stage != STAGES[-1]:
        memory |= {"stage": STAGES[STAGES.index(stage) + 1], "after": 0}
        return False
    _count_what_is_in_the_clear(counts, run.office, period)
    counted = Counted(period, counts, memory["left_out"], not people.too_many, timezone.localdate())
    run.result = counted.as_json()
    del memory["people"], memory["counts"]
    return True


def _count_appeals(counts: Counts, appeals: list[Appeal], keyring: Keyring) -> int:
    """How many of them this session could not open."""
    told = read_appeals(appeals, keyring)
    taken_up = set(
        Case.appeals.through._default_manager.filter(appeal_id__in=[row.pk for row in appeals]).values_list(
            "appeal_id", flat=True
        )
    )
    rule = rule_of(appeals[0].office) if appeals else OfficeRule()
    for appeal in appeals:
        reading.count_appeal(
            counts, appeal, told.get(appeal.pk), in_case=appeal.pk in taken_up, rule=rule, today=timezone.localdate()
        )
    return len(appeals) - len(told)


def _count_what_is_in_the_clear(counts: Counts, office: Organisation, period: Period) -> None:
    """Contacts, referrals to offices of this node, what the office counts by hand, what people said once their cases were closed,
    and what is open today."""
    contacts = Contact.objects.filter(office=office, day__range=(period.start, period.end))
    columns = ("channel", "sex", "theme", "origin", "destination", "result", "day")
    for *values, many in contacts.order_by().values_list(*columns).annotate(many=Count("id")).iterator():
        channel, sex, theme, origin, destination, result, day = values
        by = {"channel": channel, "sex": sex, "theme": theme, "citizenship": origin, "country": destination, "result": result}
        counts.add("contacts", many, **by, month=f"{day:%Y-%m}")
    taken = (Referral.State.ACCEPTED, Referral.State.DONE)
    sent = Referral.objects.filter(from_office=office, begun_on__range=(period.start, period.end))
    sent = sent.exclude(state__in=(Referral.State.PROPOSED, Referral.State.CONSENTED))
    numbers = sent.aggregate(all=Count("id"), taken=Count("id", filter=Q(state__in=taken)))
    counts.add("referrals", numbers["all"])
    counts.add("referrals_accepted", numbers["taken"])
    by_hand = OfficeMonth.objects.filter(office=office, month__range=(period.start, period.end))
    sums = by_hand.aggregate(months_by_hand=Count("id"), **{name: Sum(name) for name in BY_HAND})
    for name, many in sums.items():
        counts.add(name, many or 0)
    for row in OpinionCount.objects.filter(office=office, month__range=(period.start, period.end)):
        for said in Said.values:
            counts.add(f"said_{row.question}", getattr(row, said), said=said)
    opened = Case.objects.filter(office=office, status__in=OPEN)
    stand = ("assignee__name", "status", "waits_for")
    for name, status, whom, many in opened.values_list(*stand).annotate(many=Count("id")).order_by(*stand):
        counts.add("open_cases", many, caseworker=name or "", waits=whom or status)
