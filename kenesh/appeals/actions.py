"""What can be done with an appeal, by the person and by the office. Derivation comes before the transaction, never in it."""

from __future__ import annotations

import hashlib
import json
import uuid
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils import timezone

from kenesh.appeals import drafts, opening, signals, steps
from kenesh.appeals.models import Appeal, Entry, Epoch, Grant, OpenReceipt, Receipt, ReceiptKey, Status
from kenesh.appeals.opening import OpenAppeal
from kenesh.kernel import stretching, trail, vault
from kenesh.people import content
from kenesh.people.keyring import Keyring
from kenesh.people.models import Organisation
from kenesh.people.queries import current_epoch
from kenesh.themes import thesaurus

WORKING_DAYS_TO_FIRST_ANSWER = 2
ERASED_AFTER_DAYS = 4  # counted in whole days, so never less than the 72 hours that are promised
OPEN_FOR = timedelta(minutes=30)


class NoOffice(Exception):
    """No office of this node takes appeals."""


class NotOpen(Exception):
    """No appeal opens with these digits: never made, erased, expired or mistyped. Which, nobody is told."""


class Erasing(Exception):
    """The appeal is being erased; this can be done again when the person stops that."""


# --- filing -----------------------------------------------------------------------------------------------------------


def file_appeal(*, draft: drafts.OpenDraft, office: Organisation, language: str) -> bool:
    """Files the draft's answers with an office; False when this draft was filed before (nothing is stored twice).

    Raises stretching.Busy before anything is stored.
    """
    keys = stretching.public.run(lambda: vault.from_receipt(draft.receipt, settings.SECRETS.pepper))
    filed_before = Receipt.objects.filter(lookup=keys.lookup).exists()
    draft.filed = dict(draft.answers)
    if filed_before:
        drafts.save(draft)
        return False
    try:
        with transaction.atomic():
            store_appeal(answers=draft.answers, office=office, language=language, keys=keys, by=trail.PUBLIC)
            drafts.save(draft)
    except IntegrityError:
        # The same draft was sent twice at one moment, and the other one was first. Anything else is an error.
        if not Receipt.objects.filter(lookup=keys.lookup).exists():
            raise
        return False
    return True


def store_appeal(
    *,
    answers: dict[str, Any],
    office: Organisation,
    language: str,
    keys: vault.ReceiptKeys,
    by: trail.Actor | str,
    now: datetime | None = None,
) -> Appeal:
    """Rows of a new appeal, inside the caller's transaction: sealed to the office and to the receipt."""
    now = now or timezone.now()
    today = timezone.localdate(now)
    danger = answers.get("danger") == "yes"
    appeal = Appeal(
        office=office,
        status=Status.URGENT if danger else Status.NEW,
        arrived_on=today,
        due_on=today if danger else working_days_after(today, WORKING_DAYS_TO_FIRST_ANSWER),
        theme=_top_theme(str(answers.get("theme", ""))),
        origin=_country(answers.get("citizenship")),
        destination=_country(answers.get("where_country")),
    )
    epoch = Epoch(appeal=appeal, number=1)
    key = content.new_content_key(epoch)
    appeal.sealed_answers = vault.seal(key, json.dumps(answers, ensure_ascii=False).encode(), opening.place_of_answers(appeal))
    appeal.save()
    epoch.save()
    _grant_to(office, epoch, key)
    receipt = Receipt.objects.create(appeal=appeal, lookup=keys.lookup, public_key=keys.pair.public, verify_key=keys.verify_key)
    _give_key(receipt, epoch, key)
    opened = OpenAppeal(appeal, epoch, {1: key})
    opened.sealed_entry(kind="step", by="office", at=now, code="received").save()
    for code in answers.get("consents", []):
        _consent(opened, code=code, given=True, at=now, language=language, signing_seed=keys.signing_seed)
    trail.record(verb="file_appeal", target=f"appeal:{appeal.uid.hex}", by=by, chain=office.chain)
    return appeal


def _grant_to(office: Organisation, epoch: Epoch, key: bytes) -> None:
    grant = Grant(epoch=epoch)
    content.fill_grant(grant, epoch, key, current_epoch(office))
    grant.save()


def _give_key(receipt: Receipt, epoch: Epoch, key: bytes) -> None:
    row = ReceiptKey(epoch=epoch, receipt=receipt)
    row.sealed_key = vault.seal_to(bytes(receipt.public_key), key, opening.place_of_receipt_key(row, epoch))
    row.save()


def _top_theme(concept: str) -> str:
    return thesaurus.top_of(concept) if concept in thesaurus.concepts() else ""


def _country(value: object) -> str:
    """Two letters, or "" for other, unknown and untold."""
    text = str(value or "")
    return text if len(text) == 2 and text.isupper() else ""


def working_days_after(day: date, count: int) -> date:
    """The day that lies `count` Mondays to Fridays later (public holidays come with the deadlines of the offices)."""
    while count:
        day += timedelta(days=1)
        count -= day.weekday() < 5
    return day


def choose_office(*, answers: dict[str, Any], offices: list[Organisation]) -> Organisation:
    """The office that was chosen; for "I do not know" one in the country where it happened, where she is, or any.

    Raises NoOffice.
    """
    if not offices:
        raise NoOffice
    chosen = next((office for office in offices if office.code == answers.get("office")), None)
    wanted = [answers.get("where_country"), answers.get("now_country")]
    near = next((office for country in wanted for office in offices if office.country and office.country == country), None)
    return chosen or near or offices[0]


# --- the person, with her receipt ---------------------------------------------------------------------------------------


@dataclass
class Holder:
    """Somebody who has typed in a receipt: its row, its keys, and the appeal that it opens."""

    receipt: Receipt
    secret: bytes
    signing_seed: bytes
    opened: OpenAppeal


def open_with_receipt(*, digits: str) -> tuple[bytes, Receipt]:
    """Opens a receipt for half an hour; gives the value of its cookie. Raises NotOpen at the same cost, and Busy."""
    keys = stretching.public.run(lambda: vault.from_receipt(digits, settings.SECRETS.pepper))
    receipt = Receipt.objects.filter(lookup=keys.lookup).first()
    if receipt is None:
        raise NotOpen
    cookie = vault.new_key()
    row = OpenReceipt(cookie_id=vault.cookie_id(cookie), receipt=receipt, expires_at=timezone.now() + OPEN_FOR)
    row.sealed_keys = vault.seal(vault.cookie_key(cookie), keys.pair.secret + keys.signing_seed, _place_of_open(row))
    row.save()
    return cookie, receipt


def holder_of(cookie: str) -> Holder | None:
    """Whoever holds this cookie, with the appeal opened; None when the half hour is over."""
    secret = drafts.secret_of(cookie)
    if secret is None:
        return None
    row = (
        OpenReceipt.objects.filter(cookie_id=vault.cookie_id(secret), expires_at__gt=timezone.now())
        .select_related("receipt", "receipt__appeal", "receipt__appeal__office")
        .first()
    )
    if row is None:
        return None
    keys = vault.open_sealed(vault.cookie_key(secret), bytes(row.sealed_keys), _place_of_open(row))
    return Holder(row.receipt, keys[:32], keys[32:], opening.open_for_receipt(row.receipt, keys[:32]))


def close_receipt(*, cookie: str) -> None:
    """Forgets an opened receipt before its time."""
    secret = drafts.secret_of(cookie)
    if secret is not None:
        OpenReceipt.objects.filter(cookie_id=vault.cookie_id(secret)).delete()


def _place_of_open(row: OpenReceipt) -> vault.Place:
    return vault.Place("appeals_openreceipt", "sealed_keys", row.uid.hex)


def write_message(*, holder: Holder, text: str, request_key: uuid.UUID) -> None:
    """A message of the person to the office. The same form sent twice writes once. Raises Erasing."""
    with transaction.atomic():
        appeal = _locked(holder.opened.appeal)
        if appeal.status == Status.ERASING:
            raise Erasing
        if Entry.objects.filter(request_key=request_key).exists():
            return
        _read_again(holder)
        holder.opened.sealed_entry(kind="message", by="person", at=timezone.now(), text=text, request_key=request_key).save()
        if appeal.status in (Status.PERSON, Status.CLOSED):
            appeal.status = Status.OFFICE
            appeal.due_on = working_days_after(timezone.localdate(), WORKING_DAYS_TO_FIRST_ANSWER)
            appeal.save(update_fields=["status", "due_on"])
        signals.message_received.send(sender=Appeal, appeal=appeal)
        trail.record(verb="write_message", target=_target(appeal), by=trail.PUBLIC, chain=appeal.office.chain)


def mark_seen(*, holder: Holder, number: int) -> None:
    """Remembers, sealed, how far the person has read."""
    receipt = holder.receipt
    receipt.sealed_seen = vault.seal(holder.opened.keys[1], str(number).encode(), opening.place_of_seen(receipt))
    receipt.save(update_fields=["sealed_seen"])


def seen_until(holder: Holder) -> int:
    """The number of the last line that the person has read; 0 before the first time."""
    if holder.receipt.sealed_seen is None:
        return 0
    return int(vault.open_sealed(holder.opened.keys[1], bytes(holder.receipt.sealed_seen), opening.place_of_seen(holder.receipt)))


def set_consent(*, holder: Holder, code: str, given: bool, language: str) -> None:
    """Gives or takes back one consent, signed with the receipt.

    Taking back the consent to work on the case removes every office's grant and begins a new epoch that only the
    receipt opens; giving it again grants the new epoch to the office. What an office has read before, it may have kept.
    """
    with transaction.atomic():
        appeal = _locked(holder.opened.appeal)
        if appeal.status == Status.ERASING:
            raise Erasing
        _read_again(holder)
        now = timezone.now()
        if code == steps.WORK_ON_CASE and not given and appeal.status != Status.WITHDRAWN:
            holder.opened = _withdraw(holder, appeal)
            holder.opened.sealed_entry(kind="step", by="person", at=now, code="withdrawn").save()
        elif code == steps.WORK_ON_CASE and given and appeal.status == Status.WITHDRAWN:
            _grant_to(appeal.office, holder.opened.epoch, holder.opened.key)
            appeal.status = Status.OFFICE
            appeal.save(update_fields=["status"])
            holder.opened.sealed_entry(kind="step", by="person", at=now, code="reopened").save()
        _consent(holder.opened, code=code, given=given, at=now, language=language, signing_seed=holder.signing_seed)
        verb = "give_consent" if given else "take_back_consent"
        trail.record(verb=verb, target=_target(appeal), by=trail.PUBLIC, chain=appeal.office.chain)


def _read_again(holder: Holder) -> None:
    """Under the lock: another tab may have begun a new epoch since the appeal was opened."""
    holder.opened = opening.open_for_receipt(holder.receipt, holder.secret)


def _withdraw(holder: Holder, appeal: Appeal) -> OpenAppeal:
    Grant.objects.filter(epoch__appeal=appeal).delete()
    epoch = Epoch(appeal=appeal, number=holder.opened.epoch.number + 1)
    key = content.new_content_key(epoch, previous=holder.opened.key)
    epoch.save()
    for receipt in appeal.receipts.all():
        _give_key(receipt, epoch, key)
    appeal.status, appeal.due_on = Status.WITHDRAWN, None
    appeal.save(update_fields=["status", "due_on"])
    return OpenAppeal(appeal, epoch, {**holder.opened.keys, epoch.number: key})


def _consent(opened: OpenAppeal, *, code: str, given: bool, at: datetime, language: str, signing_seed: bytes) -> None:
    uid = uuid.uuid4().hex
    body: dict[str, Any] = {"code": code, "given": given, "language": language}
    signature = vault.sign(signing_seed, _consent_hash(body, at), _place_of_consent(uid))
    opened.sealed_entry(kind="consent", by="person", at=at, uid=uid, signature=signature.hex(), **body).save()


def _consent_hash(body: dict[str, Any], at: datetime) -> bytes:
    text = json.dumps({**body, "at": at.isoformat(timespec="seconds")}, sort_keys=True, ensure_ascii=False)
    return hashlib.blake2b(text.encode(), digest_size=32).digest()


def _place_of_consent(uid: str) -> vault.Place:
    return vault.Place("appeals_entry", "consent", uid)


def request_erasure(*, holder: Holder) -> None:
    """Closes everything at once for everybody but the holder of the receipt, and destroys it after 72 hours."""
    with transaction.atomic():
        appeal = _locked(holder.opened.appeal)
        if appeal.status == Status.ERASING:
            return
        holder.opened.sealed_entry(
            kind="step", by="person", at=timezone.now(), code="erasure", status_before=appeal.status
        ).save()
        for grant in Grant.objects.filter(epoch__appeal=appeal).select_for_update():
            content.latch(grant, bytes(holder.receipt.public_key))
            grant.save(update_fields=["sealed_key", "latched"])
        appeal.status = Status.ERASING
        appeal.erase_on = timezone.localdate() + timedelta(days=ERASED_AFTER_DAYS)
        appeal.save(update_fields=["status", "erase_on"])
        signals.erasure_requested.send(sender=Appeal, appeal=appeal, receipt_public_key=bytes(holder.receipt.public_key))
        trail.record(verb="request_erasure", target=_target(appeal), by=trail.PUBLIC, chain=appeal.office.chain)


def cancel_erasure(*, holder: Holder) -> None:
    """Gives everything back as it was before the erasure was asked for. Raises vault.Tampered for another's receipt."""
    with transaction.atomic():
        appeal = _locked(holder.opened.appeal)
        if appeal.status != Status.ERASING:
            return
        for grant in Grant.objects.filter(epoch__appeal=appeal, latched=True).select_for_update():
            content.unlatch(grant, holder.secret)
            grant.save(update_fields=["sealed_key", "latched"])
        asked = [entry for entry in holder.opened.entries() if entry.body.get("code") == "erasure"]
        appeal.status, appeal.erase_on = Status(asked[-1].body["status_before"]), None
        appeal.save(update_fields=["status", "erase_on"])
        holder.opened.sealed_entry(kind="step", by="person", at=timezone.now(), code="erasure_cancelled").save()
        signals.erasure_cancelled.send(sender=Appeal, appeal=appeal, receipt_secret=holder.secret)
        trail.record(verb="cancel_erasure", target=_target(appeal), by=trail.PUBLIC, chain=appeal.office.chain)


def destroy_erased(*, today: date) -> int:
    """Destroys the appeals whose time has come, keys first; gives how many. Needs no key itself."""
    count = 0
    for appeal in Appeal.objects.filter(status=Status.ERASING, erase_on__lte=today).select_related("office"):
        with transaction.atomic():
            locked = _locked(appeal)
            if locked.status != Status.ERASING:
                continue  # she has stopped it a moment ago
            signals.appeal_destroyed.send(sender=Appeal, appeal=locked)
            target, chain = _target(locked), locked.office.chain
            Grant.objects.filter(epoch__appeal=locked).delete()
            ReceiptKey.objects.filter(epoch__appeal=locked).delete()
            locked.delete()
            trail.record(verb="destroy_appeal", target=target, by="worker", chain=chain)
            count += 1
    return count


# --- the office, with its keys ------------------------------------------------------------------------------------------


def answer_person(*, keyring: Keyring, appeal: Appeal, text: str, request_key: uuid.UUID) -> None:
    """A message of the office to the person. The same form sent twice writes once. Raises KeyMissing."""
    opened = opening.open_for_office(appeal, keyring)
    with transaction.atomic():
        locked = _locked(appeal)
        if Entry.objects.filter(request_key=request_key).exists():
            return
        opened.sealed_entry(
            kind="message", by="office", at=timezone.now(), text=text, name=keyring.user.name, request_key=request_key
        ).save()
        if locked.status in (Status.URGENT, Status.NEW, Status.OFFICE):
            locked.status, locked.due_on = Status.PERSON, None
            locked.save(update_fields=["status", "due_on"])
        trail.record(verb="answer_person", target=_target(appeal), by=keyring.user, chain=appeal.office.chain)


def tell_step(*, keyring: Keyring, appeal: Appeal, code: str, **more: Any) -> None:
    """Adds a step that the person sees; inside the caller's transaction, which records why. Raises KeyMissing."""
    opened = opening.open_for_office(appeal, keyring)
    opened.sealed_entry(kind="step", by="office", at=timezone.now(), code=code, **more).save()


def set_status(*, appeal: Appeal, status: Status, due_on: date | None = None) -> None:
    """Where the appeal stands, inside the caller's transaction, which records why."""
    locked = _locked(appeal)
    locked.status, locked.due_on = status, due_on
    locked.save(update_fields=["status", "due_on"])


def may_count(opened: OpenAppeal) -> bool:
    """Whether the person's last word on being counted is yes, and her receipt signed it."""
    said = [entry for entry in opened.entries() if entry.kind == "consent" and entry.body["code"] == steps.COUNT_ME]
    if not said or not said[-1].body["given"]:
        return False
    last = said[-1]
    body = {name: last.body[name] for name in ("code", "given", "language")}
    signature, place = bytes.fromhex(last.body["signature"]), _place_of_consent(last.uid)
    receipts = opened.appeal.receipts.filter(seen_by_staff=False)
    return any(vault.signed(bytes(r.verify_key), _consent_hash(body, last.at), signature, place) for r in receipts)


def _locked(appeal: Appeal) -> Appeal:
    return Appeal.objects.select_for_update(of=("self",)).select_related("office").get(pk=appeal.pk)


def _target(appeal: Appeal) -> str:
    return f"appeal:{appeal.uid.hex}"
