"""A brigade: one case, several persons, each with sums, consents, a receipt and a talk of their own.

A person's part is an appeal of its own, with its own key, linked to the same case. So his receipt opens his part and
nothing of the others, and erasing it destroys his part and his row of the case, and nothing else.
"""

from __future__ import annotations

import uuid
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from kenesh.appeals import actions as appeals
from kenesh.appeals.models import Appeal, Entry, Receipt
from kenesh.appeals.models import Status as AppealStatus
from kenesh.casework import readers
from kenesh.casework.actions.cases import carry_links, person_from_answers
from kenesh.casework.actions.digits import NewDigits, keep_shown, new_digits
from kenesh.casework.actions.restrict import take_in
from kenesh.casework.actions.writing import locked_appeals, store, target
from kenesh.casework.models import Case, Person, ShownReceipt, Sum
from kenesh.casework.opening import Body, open_case
from kenesh.casework.retention import kept_longer
from kenesh.kernel import trail, vault
from kenesh.people.keyring import Keyring


class HasPart(Exception):
    """This person has an appeal already; a lost receipt is replaced, not issued again."""


@dataclass(frozen=True)
class Member:
    """One line of a list of persons. `claimed`: digits with a point, or ""."""

    name: str
    phone: str = ""
    claimed: str = ""


def add_members(*, keyring: Keyring, case: Case, members: list[Member], currency: str, key: uuid.UUID) -> None:
    """A row for each person and, where a sum is owed, one for the sum. The same form sent twice adds once. Raises KeyMissing."""
    opened = open_case(case, keyring)
    matter, origin = case.matters.order_by("id").first(), opened.about()["origin"]
    day = timezone.localdate().isoformat()
    with transaction.atomic():
        if Person.everybody.filter(request_key=key).exists():
            return
        for number, member in enumerate(members):
            own = key if number == 0 else uuid.uuid5(key, str(number))
            person = Person(case=case, request_key=own)
            facts = {"name": member.name, "phone": member.phone, "citizenship": origin}
            store(opened, person, {**person_from_answers({}), **facts})
            if member.claimed:
                body: Body = {
                    "person": person.uid.hex, "matter": matter.uid.hex if matter else "", "stage": "claimed",
                    "amount": member.claimed, "currency": currency, "day": "", "note": "",
                    "by": keyring.user.name, "on": day, "history": [], "struck": None,
                }  # fmt: skip
                row = Sum(case=case, whose=person)
                with kept_longer(opened, row):
                    store(opened, row, body)
        trail.record(verb=f"add_persons:{len(members)}", target=target(case), by=keyring.user, chain=case.office.chain)


def issue_receipt(*, keyring: Keyring, person: Person, key: uuid.UUID, digits: NewDigits | None = None) -> ShownReceipt | None:
    """A part of one person, with a receipt that staff have seen; None when this form was sent before and its digits are gone.

    One slow derivation each, unless `digits` were made before. Raises HasPart, KeyMissing, stretching.Busy.
    """
    case = person.case
    opened = open_case(case, keyring)
    about, of_case = opened.open(person).body, opened.about()
    sums = [item.body for item in map(opened.open, Sum.objects.filter(case=case, whose=person)) if not item.body["struck"]]
    owed = ", ".join(f"{one['amount']} {one['currency']}" for one in sums if one["stage"] == "claimed")
    answers = {
        "channel": "",
        "name": about["name"],
        "phone": about["phone"],
        "claimed": owed,
        "theme": of_case["theme"],
        "citizenship": about["citizenship"] or of_case["origin"],
        "where_country": of_case["destination"],
        "for_whom": "self",
        "sex": about["sex"],
        "age": about["age"],
        "consents": [],
    }
    again = _issued_before(keyring, key)
    if again is not None or Entry.objects.filter(request_key=key).exists():
        return again
    digits = digits or new_digits()
    with transaction.atomic():
        others = readers.open_to_us(locked_appeals(case), keyring)
        row = Person.objects.select_for_update(of=("self",)).get(pk=person.pk)
        if row.appeal_id is not None:
            raise HasPart
        part = appeals.store_appeal(
            answers=answers, office=case.office, language="", keys=digits.keys, by=keyring.user, seen_by_other=True,
            right=Receipt.Right.CO_HOLDER, status=AppealStatus.OFFICE, request_key=key,
        )  # fmt: skip
        case.appeals.add(part)
        locked = Case.objects.select_for_update(of=("self",)).select_related("office").get(pk=case.pk)
        if locked.restricted:
            take_in(keyring=keyring, opened=open_case(locked, keyring), appeal=part)
        row.appeal = part
        row.save(update_fields=["appeal"])
        carry_links(keyring=keyring, to=part, of=others)
        shown = keep_shown(keyring=keyring, appeal=part, digits=digits)
        trail.record(verb="issue_receipt", target=target(case), by=keyring.user, chain=case.office.chain)
    return shown


def replace_lost_receipt(*, keyring: Keyring, person: Person, reason: str, key: uuid.UUID) -> ShownReceipt | None:
    """New digits for somebody who has lost those of his part; he sees the step and the reason. None when it was sent before.

    Raises appeals.NotAPart, KeyMissing (he has withdrawn or erases), stretching.Busy.
    """
    if person.appeal is None:
        raise appeals.NotAPart
    again = _issued_before(keyring, key)
    if again is not None:
        return again
    digits = new_digits()
    with transaction.atomic():
        if not appeals.give_receipt(keyring=keyring, appeal=person.appeal, keys=digits.keys, reason=reason, request_key=key):
            return None
        return keep_shown(keyring=keyring, appeal=person.appeal, digits=digits)


def _issued_before(keyring: Keyring, key: uuid.UUID) -> ShownReceipt | None:
    entry = Entry.objects.filter(request_key=key).first()
    return ShownReceipt.objects.filter(appeal=entry.appeal_id, user=keyring.user).last() if entry else None


# --- a person who erases his part; needs no key of ours -------------------------------------------------------------------------


def latch_person(*, appeal: Appeal, receipt_public_key: bytes) -> None:
    """Seals the person's row of the case to his receipt, until he stops the erasure or it is carried out."""
    for row in Person.objects.filter(appeal=appeal).select_for_update():
        row.sealed = vault.seal_to(receipt_public_key, bytes(row.sealed), _place_of_latch(row))
        row.latched = True
        row.save(update_fields=["sealed", "latched"])


def unlatch_person(*, appeal: Appeal, receipt_secret: bytes) -> None:
    for row in Person.everybody.filter(appeal=appeal, latched=True).select_for_update():
        row.sealed = vault.open_from(receipt_secret, bytes(row.sealed), _place_of_latch(row))
        row.latched = False
        row.save(update_fields=["sealed", "latched"])


def _place_of_latch(row: Person) -> vault.Place:
    return vault.Place("casework_person", "latch", row.uid.hex)
