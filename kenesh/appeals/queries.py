"""Reads: what an opened appeal shows the person, and the office's queue of unopened appeals."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Q
from django.http import Http404

from kenesh.appeals import keyset, steps
from kenesh.appeals.consent import ConsentLine, consent_lines
from kenesh.appeals.keyset import QueuePlace
from kenesh.appeals.models import UNOPENED, Appeal, Callback, Grant, Notice, Status
from kenesh.appeals.opening import OpenAppeal, OpenEntry
from kenesh.people.models import Organisation, OrganisationKey, Role, User
from kenesh.people.rules import organisations_as
from kenesh.problems.models import Problem

CALLED = (*UNOPENED, Status.OFFICE, Status.PERSON)


@dataclass
class StatusView:
    """What a person sees with her receipt."""

    steps: list[OpenEntry] = field(default_factory=list)
    talk: list[OpenEntry] = field(default_factory=list)
    consents: dict[str, bool] = field(default_factory=dict)
    consent_lines: list[ConsentLine] = field(default_factory=list)  # the same with who, how, when
    contact: dict[str, Any] = field(default_factory=dict)  # what was said since about how to reach the person
    problems: list[str] = field(default_factory=list)  # codes of the public problems that her case stands behind
    quotations: list[OpenEntry] = field(default_factory=list)  # what was said about words of hers that may be published
    news: list[OpenEntry] = field(default_factory=list)
    last: int = 0  # number of the last line
    notice: bool = False  # an e-mail goes out at the next news; to whom, nobody sees


def status_view(opened: OpenAppeal, *, seen: int = 0) -> StatusView:
    """Sorts the lines of an appeal's history; `news`: the office's lines after number `seen`."""
    view = StatusView(consents=dict.fromkeys(steps.CONSENTS, False), notice=will_get_notice(opened.appeal))
    entries = opened.entries()
    for entry in entries:
        view.last = entry.number
        if entry.by == "office" and entry.number > seen and entry.kind in ("message", "step"):
            view.news.append(entry)
        if entry.kind == "message":
            view.talk.append(entry)
        elif entry.kind == "quotation":
            view.quotations.append(entry)
        elif entry.kind == "contact":
            view.contact.update(entry.body["contact"])
        elif entry.kind == "step":
            view.steps.append(entry)
    view.problems.extend(stands_behind(entries))
    view.consent_lines = consent_lines(opened, entries)
    view.consents |= {line.code: line.given for line in view.consent_lines}
    return view


def stands_behind(entries: Iterable[OpenEntry]) -> list[str]:
    """Codes of the public problems behind which the appeal with these lines stands, without those that were a mistake."""
    found: dict[str, None] = {}
    for entry in entries:
        if entry.kind == "step" and entry.body["code"] == "problem":
            found[entry.body["problem"]] = None
        elif entry.kind == "step" and entry.body["code"] == "problem_ended":
            found.pop(entry.body["problem"], None)
    return list(found)


def will_get_notice(appeal: Appeal) -> bool:
    """Whether the person has left an address for the next news. The address itself nobody can read here."""
    return Notice.objects.filter(appeal=appeal).exists()


def oldest_waiting_notice() -> Notice | None:
    """Of those that are to be sent, the one that was tried most often."""
    return Notice.objects.filter(due=True).order_by("-tries", "id").first()


def place_of(appeal: Appeal) -> QueuePlace:
    """Where an unopened appeal stands in the queue; a new appeal always has a deadline."""
    return QueuePlace(0 if appeal.status == Status.URGENT else 1, appeal.due_on or appeal.arrived_on, appeal.pk)


def unopened_ranges(offices: Iterable[int], narrowed: Mapping[str, Any] = MappingProxyType({})) -> list[keyset.Range]:
    """New appeals of these offices, as ranges of an index: urgent first, then by deadline. `narrowed`: further conditions."""
    return [
        (0 if status == Status.URGENT else 1, Appeal.objects.filter(office_id=office, status=status, **narrowed))
        for office in sorted(offices)
        for status in UNOPENED
    ]


def appeal_for_caseworker(user: User, code: str) -> Appeal:
    """The appeal, when it lies with an office in which this account does casework. Raises Http404.

    This finds a row; only a key opens it.
    """
    offices = organisations_as(user, Role.CASEWORKER)
    appeal = Appeal.objects.filter(code=code, office_id__in=offices).select_related("office").first()
    if appeal is None:
        raise Http404
    return appeal


def nobody_reads(office: Organisation) -> bool:
    """Whether the office has ended and its keys are destroyed: nobody there opens what is sent to it."""
    return office.ended_on is not None and not OrganisationKey.objects.filter(epoch__organisation=office).exists()


def problems_behind(codes: list[str]) -> list[Problem]:
    """The public problems that a person's case stands behind. The codes come out of her sealed lines, never out of a table."""
    return list(Problem.objects.filter(code__in=codes).order_by("id")) if codes else []


def callbacks_to_make(user: User, *, after: QueuePlace | None = None, limit: int = 30) -> list[Callback]:
    """Calls of the offices in which this account does casework, the longest due first.

    Nobody is called about what is closed, swept, taken back or being erased; of what is restricted, its named people are asked.
    """
    offices = organisations_as(user, Role.CASEWORKER)
    named = Grant.objects.filter(epoch__appeal=OuterRef("appeal"), user=user).exclude(sealed_key=b"")
    rows = Callback.objects.filter(Q(appeal__restricted=False) | Exists(named), office_id__in=offices, done=False)
    rows = rows.filter(appeal__status__in=CALLED)
    if after is not None:
        rows = rows.filter(Q(due_on__gt=after.due_on) | Q(due_on=after.due_on, id__gt=after.id))
    return list(rows.select_related("appeal", "office").order_by("due_on", "id")[:limit])


def callback_for_caseworker(user: User, uid: UUID) -> Callback:
    """Raises Http404."""
    offices = organisations_as(user, Role.CASEWORKER)
    row = Callback.objects.filter(uid=uid, office_id__in=offices).select_related("appeal", "appeal__office").first()
    if row is None:
        raise Http404
    return row
