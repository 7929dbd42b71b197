"""The seven consents: each by itself, dated, with its language, how it was given and who explained it; each can be taken back.

What the person says with her own receipt is signed and proves itself. What staff write down proves only that they wrote
it: the door to the public side and the use of a story ask for the signature (`agreed`).
"""

from __future__ import annotations

import uuid
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from kenesh.appeals import opening, queries, signals, steps
from kenesh.appeals.actions.holding import Holder, read_again
from kenesh.appeals.actions.sealing import Erasing, OfficeEnded, give_key, grant_to, locked, target
from kenesh.appeals.consent import BY_HELPER, BY_RECEIPT, digest, last_words, place_of_consent, proven
from kenesh.appeals.models import Appeal, Entry, Epoch, Grant, Status
from kenesh.appeals.opening import OpenAppeal
from kenesh.kernel import trail, vault
from kenesh.people import content
from kenesh.people.keyring import Keyring


@dataclass(frozen=True)
class Told:
    """How a consent was given: in which way, in which language, and who explained it ("": she read it herself).

    `on`: the day on which it was said to staff or signed on paper, when that was before it is written down.
    """

    how: str
    language: str
    explained: str = ""
    on: date | None = None


def set_consent(*, holder: Holder, code: str, given: bool, language: str) -> None:
    """Gives or takes back one consent, signed with the receipt. Raises Erasing, OfficeEnded.

    Taking back the consent to work on the case removes every office's grant and begins a new epoch that only the
    receipt opens; giving it again grants the new epoch to the office. What an office has read before, it may have kept.
    """
    with transaction.atomic():
        appeal = locked(holder.opened.appeal)
        if appeal.status == Status.ERASING:
            raise Erasing
        read_again(holder)
        _set(holder, appeal, code, given, language)


def _set(holder: Holder, appeal: Appeal, code: str, given: bool, language: str) -> None:
    now = timezone.now()
    if code == steps.WORK_ON_CASE and not given and appeal.status != Status.WITHDRAWN:
        holder.opened = _withdraw(holder, appeal)
        holder.opened.sealed_entry(kind="step", by="person", at=now, code="withdrawn").save()
    elif code == steps.WORK_ON_CASE and given and appeal.status == Status.WITHDRAWN:
        if queries.nobody_reads(appeal.office):
            raise OfficeEnded
        if appeal.restricted:
            signals.restricted_given_back.send(sender=Appeal, appeal=appeal, opened=holder.opened)
        else:
            grant_to(appeal.office, holder.opened.epoch, holder.opened.key)
        appeal.status = Status.OFFICE
        appeal.save(update_fields=["status"])
        holder.opened.sealed_entry(kind="step", by="person", at=now, code="reopened").save()
        signals.consent_given_back.send(sender=Appeal, appeal=appeal, opened=holder.opened)
    how = BY_HELPER if holder.receipt.seen_by_other else BY_RECEIPT
    told = Told(how=how, language=language)
    add_consent(holder.opened, code=code, given=given, at=now, told=told, signing_seed=holder.signing_seed)
    if not given:
        signals.consent_taken_back.send(sender=Appeal, appeal=appeal, code=code, opened=holder.opened, by=trail.PUBLIC)
    verb = "give_consent" if given else "withdraw" if code == steps.WORK_ON_CASE else "take_back_consent"
    trail.record(verb=verb, target=target(appeal), by=trail.PUBLIC, chain=appeal.office.chain)


def _withdraw(holder: Holder, appeal: Appeal) -> OpenAppeal:
    Grant.objects.filter(epoch__appeal=appeal).delete()
    epoch = Epoch(appeal=appeal, number=holder.opened.epoch.number + 1)
    key = content.new_content_key(epoch, previous=holder.opened.key)
    epoch.save()
    for receipt in appeal.receipts.all():
        give_key(receipt, epoch, key)
    appeal.status, appeal.due_on = Status.WITHDRAWN, None
    appeal.save(update_fields=["status", "due_on"])
    return OpenAppeal(appeal, epoch, {**holder.opened.keys, epoch.number: key})


def record_consents(
    *, keyring: Keyring, appeal: Appeal, codes: Collection[str], given: bool, told: Told, request_key: uuid.UUID
) -> None:
    """Writes down what the person said to staff, or signed on paper. The same form sent twice writes once. Raises KeyMissing.

    It is signed by nobody, and no key moves: only her receipt takes the appeal away from the office.
    """
    opened = opening.open_for_office(appeal, keyring)
    with transaction.atomic():
        row = locked(appeal)
        if Entry.objects.filter(request_key=request_key).exists():
            return
        now = timezone.now()
        for number, code in enumerate(codes):
            add_consent(opened, code=code, given=given, at=now, told=told, request_key=request_key if number == 0 else None)
            if not last_words(opened)[code].body["given"]:
                signals.consent_taken_back.send(sender=Appeal, appeal=row, code=code, opened=opened, by=keyring.user)
        verb = "record_consent" if given else "record_taking_back"
        trail.record(verb=verb, target=target(row), by=keyring.user, chain=row.office.chain)


def add_consent(opened: OpenAppeal, **said: Any) -> None:
    """A line with one consent (see `consent_line`), inside the caller's transaction."""
    consent_line(opened, **said).save()


def consent_line(
    opened: OpenAppeal,
    *,
    code: str,
    given: bool,
    at: datetime,
    told: Told,
    signing_seed: bytes | None = None,
    request_key: uuid.UUID | None = None,
) -> Entry:
    """An unsaved line with one consent; the person's own when a receipt signs it, else the office's."""
    uid = uuid.uuid4()
    by, body = consent_body(uid, code=code, given=given, at=at, told=told, signing_seed=signing_seed)
    return opened.sealed_entry(kind="consent", by=by, at=at, uid=uid.hex, request_key=request_key, **body)


def consent_body(
    uid: uuid.UUID, *, code: str, given: bool, at: datetime, told: Told, signing_seed: bytes | None = None
) -> tuple[str, dict[str, Any]]:
    """Who says it and what is sealed in the line: the person's own when a receipt signs it, else the office's."""
    body: dict[str, Any] = {
        "code": code, "given": given, "language": told.language, "how": told.how, "explained": told.explained
    }  # fmt: skip
    if signing_seed is None:
        return "office", {**body, "said_on": told.on.isoformat()} if told.on else body
    return "person", {**body, "signature": vault.sign(signing_seed, digest(body, at), place_of_consent(uid.hex)).hex()}


def agreed(opened: OpenAppeal, code: str) -> bool:
    """Whether the person's last word on this consent is yes, and her own receipt signed it."""
    said = last_words(opened).get(code)
    return said is not None and bool(said.body["given"]) and proven(opened, said)


def may_count(opened: OpenAppeal) -> bool:
    """Whether the person's last word on being counted is yes, and her own receipt signed it."""
    return agreed(opened, steps.COUNT_ME)


def sign_again(opened: OpenAppeal, *, signing_seed: bytes, at: datetime) -> None:
    """The person's standing consents once more, under her new receipt; before the old one goes."""
    for code, said in last_words(opened).items():
        if said.body["given"] and proven(opened, said):
            told = Told(
                how=said.body.get("how", BY_RECEIPT), language=said.body["language"], explained=said.body.get("explained", "")
            )
            add_consent(opened, code=code, given=True, at=at, told=told, signing_seed=signing_seed)
