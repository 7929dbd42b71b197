"""Reads for the ways in: an operator's offices, contacts of a day, calls to make, the members of a brigade."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID, uuid4

from django.db.models import Count
from django.utils import timezone

from kenesh.appeals import contact
from kenesh.appeals import queries as appeals
from kenesh.appeals.contact import SafeContact
from kenesh.appeals.models import Appeal, Callback
from kenesh.appeals.opening import open_several
from kenesh.casework.models import Case, Channel, Contact, Person, ShownReceipt, Sum
from kenesh.casework.opening import Body, OpenCase, Opened
from kenesh.people.keyring import Keyring
from kenesh.people.models import Organisation, Role, User
from kenesh.people.rules import organisations_as


def offices_of_caseworker(user: User) -> list[Organisation]:
    """Offices with a key in which this account does casework."""
    offices = organisations_as(user, Role.CASEWORKER)
    return list(
        Organisation.objects.filter(pk__in=offices, ended_on__isnull=True, epochs__isnull=False).distinct().order_by("id")
    )


def shown_receipt(user: User, uid: UUID) -> ShownReceipt | None:
    """Digits that this account has made within the last half hour."""
    rows = ShownReceipt.objects.filter(uid=uid, user=user, expires_at__gt=timezone.now())
    return rows.select_related("appeal", "appeal__office").first()


def digits_shown_of(user: User, appeal: Appeal) -> ShownReceipt | None:
    """Digits of this appeal that this account has still to give to the person."""
    return ShownReceipt.objects.filter(appeal=appeal, user=user, expires_at__gt=timezone.now()).first()


def last_contact(user: User) -> dict[str, Any]:
    """What this account logged last: the next one is likely the same."""
    last = Contact.objects.filter(by=user).select_related("office").order_by("-id").first()
    if last is None:
        return {"channel": Channel.PHONE, "minutes": 15}
    same = {name: getattr(last, name) for name in ("channel", "origin", "destination", "minutes")}
    return {**same, "office": last.office.code}


def contacts_by_channel(user: User, day: date) -> list[tuple[str, int]]:
    """Channels with how many contacts of this day, out of an index."""
    rows = Contact.objects.filter(office_id__in=organisations_as(user, Role.CASEWORKER), day=day)
    counted = dict(rows.values_list("channel").annotate(Count("id")).order_by())
    return [(str(label), counted[value]) for value, label in Channel.choices if value in counted]


def contacts_of_day(user: User, day: date, *, limit: int = 30) -> list[Contact]:
    """The newest first."""
    rows = Contact.objects.filter(office_id__in=organisations_as(user, Role.CASEWORKER), day=day)
    return list(rows.select_related("by").order_by("-id")[:limit])


@dataclass(frozen=True)
class Call:
    """A call to make, opened: whom, when, and what came of the attempts before."""

    row: Callback
    contact: SafeContact
    why: str
    attempts: list[Body]
    case: Case | None

    @property
    def stranger(self) -> bool:
        """Whether somebody else answered last time."""
        return bool(self.attempts) and self.attempts[-1]["result"] == "wrong"

    @property
    def order(self) -> tuple[int, date, str]:
        """Those whose hours are now first, then those whose hours are not known, then by day and hour."""
        place = {True: 0, None: 1, False: 2}[self.contact.now]
        return (place, self.row.due_on, self.contact.start or "99")


def calls_to_make(rows: Iterable[Callback], keyring: Keyring) -> list[Call]:
    """The rows that this session opens, by the hours at which a call is wanted. Five queries, whatever their number."""
    wanted = list(rows)
    opened = open_several([row.appeal for row in wanted], keyring)
    links = Case.appeals.through.objects.filter(appeal_id__in=opened).values_list("appeal_id", "case_id")
    case_of = dict(links)
    cases = {case.pk: case for case in Case.objects.filter(pk__in=case_of.values())}
    now = timezone.now()
    calls = []
    for row in wanted:
        own = opened.get(row.appeal_id)
        if own is None:
            continue
        body = own.callback(row)
        seen = contact.safe_contact(body["contact"], at=now)
        calls.append(Call(row, seen, body["why"], body["attempts"], cases.get(case_of.get(row.appeal_id, 0))))
    return sorted(calls, key=lambda call: call.order)


def never_to_be_contacted(cases: Iterable[Case], keyring: Keyring) -> list[Case]:
    """Those of these cases in which somebody has asked never to be contacted, as far as this session opens them."""
    by_id = {case.pk: case for case in cases}
    links = Case.appeals.through.objects.filter(case_id__in=by_id).values_list("case_id", "appeal_id").order_by("case_id")
    of_appeal = {appeal: case for case, appeal in links}
    opened = open_several(Appeal.objects.filter(pk__in=of_appeal).select_related("office"), keyring)
    never = set()
    for pk, own in opened.items():
        said = {**own.answers(), **appeals.status_view(own).contact}
        if contact.safe_contact(said, at=timezone.now()).never:
            never.add(of_appeal[pk])
    return [by_id[pk] for pk in sorted(never)]


@dataclass(frozen=True)
class PartOfGroup:
    """A person of the case with what is owed, and whether there is a part, and a receipt to it, of the person's own."""

    person: Opened[Person]
    sums: list[Body]
    appeal: Appeal | None
    receipt: str  # "": none, "seen": staff or a helper know the digits, "own": only the person does
    replaceable: bool
    key: UUID = field(default_factory=uuid4)  # of the form that makes digits


def members_of(opened: OpenCase) -> list[PartOfGroup]:
    """Three queries, whatever the number of persons."""
    rows = opened.case.persons.select_related("appeal").prefetch_related("appeal__receipts").order_by("id")
    sums: dict[str, list[Body]] = {}
    for row in Sum.objects.filter(case=opened.case, whose__isnull=False).order_by("id"):
        body = opened.open(row).body
        if not body["struck"]:
            sums.setdefault(body["person"], []).append(body)
    members = []
    for person in rows:
        receipts = list(person.appeal.receipts.all()) if person.appeal else []
        state = "" if not receipts else "seen" if any(one.seen_by_other for one in receipts) else "own"
        replaceable = person.appeal is not None and all(one.right == "co_holder" for one in receipts)
        members.append(PartOfGroup(opened.open(person), sums.get(person.uid.hex, []), person.appeal, state, replaceable))
    return members
