"""Referrals to another office of this node: proposed, consented, sent, accepted or declined, done, given back, taken back.

Nothing is sent but what was agreed to: `send` compares what lies in the referral now with what the consent was given to.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from kenesh.appeals import actions as appeals
from kenesh.appeals.actions import Holder
from kenesh.appeals.models import Appeal, Receipt
from kenesh.casework import referring
from kenesh.casework.actions.facts import Conflict, conflicts, decided, with_registers
from kenesh.casework.actions.referred_files import keep_own, not_taken_over, own_case, unchanged
from kenesh.casework.actions.restrict import holders_of, restrict
from kenesh.casework.actions.writing import first_epoch, store, target, wait_for_us
from kenesh.casework.models import (
    TOLD,
    Case,
    Matter,
    Note,
    Origin,
    Party,
    Person,
    Referral,
    ReferralFile,
    ReferralGrant,
)
from kenesh.casework.opening import Body, open_case
from kenesh.kernel import trail
from kenesh.people import content
from kenesh.people.keyring import Keyring
from kenesh.people.models import Organisation
from kenesh.people.queries import current_epoch, key_holders
from kenesh.themes import thesaurus

State = Referral.State
DAYS_TO_ANSWER = 7
# Where each step leads from; anything else came too late or twice.
FROM: dict[str, tuple[str, ...]] = {
    State.PROPOSED: (State.CONSENTED,),
    State.CONSENTED: (State.PROPOSED,),
    State.SENT: (State.CONSENTED,),
    State.ACCEPTED: (State.SENT,),
    State.DECLINED: (State.SENT,),
    State.DONE: (State.ACCEPTED,),
    State.RETURNED: (State.ACCEPTED,),
    State.WITHDRAWN: (State.PROPOSED, State.CONSENTED, State.SENT, State.ACCEPTED, State.DONE),
}


class NoKeyHolder(Exception):
    """Nobody of this office can open anything: it cannot be chosen as receiver."""


class NotConsented(Exception):
    """What would be sent is not what was agreed to."""


class NotNow(Exception):
    """The referral has gone on meanwhile: this step is no longer possible."""


class MayBeClient(Exception):
    """The other side may be a client of the receiver: somebody must look first. `found`: which, and by what."""

    def __init__(self, found: list[Conflict]) -> None:
        super().__init__()
        self.found = found


class HasReceipt(Exception):
    """This person has a receipt of her own: ask her with it, paper proves less."""


class HasNoReceipt(Exception):
    """This person has no receipt of her own that could sign."""


# --- proposing --------------------------------------------------------------------------------------------------------


def propose(
    *,
    keyring: Keyring,
    case: Case,
    receiver: Organisation,
    subset: Body,
    basis: Body,
    key: uuid.UUID,
    appeal: Appeal | None = None,
    kind: Referral.Kind = Referral.Kind.PART,
) -> Referral:
    """Puts together what would be handed over, and asks the person, or records on what else it rests.

    `subset`: parts in plain words and values, with "purpose". `basis`: {"basis": "receipt"}, or "paper" with signed_on,
    language, explained_by; "emergency" with reason; "closing". Raises NoKeyHolder, HasReceipt, KeyMissing.
    """
    known = Referral.objects.filter(request_key=key).first()
    if known is not None:
        return known
    if not can_receive(receiver) or receiver.pk == case.office_id:
        raise NoKeyHolder
    open_case(case, keyring)  # only who can open the case can hand a part of it on
    appeal = asked_again(case, keyring) or appeal  # a receiver hands nothing on without asking the same person again
    referral = Referral(
        case=case, appeal=appeal, kind=kind, from_office=case.office, to_office=receiver, request_key=key, begun_on=timezone.localdate()
    )  # fmt: skip
    if basis["basis"] == "paper" and referring.own_receipts(referral):
        raise HasReceipt
    if basis["basis"] == "receipt" and not referral.appeal_id:
        raise HasNoReceipt
    opened = referring.begin(referral)
    opened.seal_subset({**subset, "receiver": receiver.uid.hex})
    if basis["basis"] != "receipt":
        at = timezone.now().isoformat(timespec="seconds")
        opened.seal_consent({**basis, "hash": referring.hash_of(opened), "at": at, "by": keyring.user.name})
        referral.state = State.CONSENTED
    with transaction.atomic():
        if appeal is not None:
            Appeal.objects.select_for_update(of=("self",)).get(pk=appeal.pk)
        referral.save()
        for body in subset.get("files", []):
            ReferralFile.objects.create(uid=uuid.UUID(body["uid"]), referral=referral)
        receipts = Receipt.objects.filter(appeal=appeal) if appeal else []
        referring.keep(opened, to=holders_of(case), receipts=receipts)
        opened.write(by="sender", code="proposed", name=keyring.user.name)
        if basis["basis"] != "receipt":
            opened.write(by="sender", code=basis["basis"], text=basis.get("reason", ""), name=keyring.user.name)
        else:
            _tell(keyring, referral, "referral_asked")
        trail.record(verb=f"propose_referral:{basis['basis']}", target=_name(referral), by=keyring.user, chain=case.office.chain)
    return referral


def can_receive(office: Organisation) -> bool:
    """Whether somebody of this office can open what is sealed to it."""
    newest = office.epochs.order_by("-number").first()
    return newest is not None and office.ended_on is None and key_holders(newest).exists()


def _name(referral: Referral) -> str:
    return f"referral:{referral.uid.hex}"


def _tell(keyring: Keyring, referral: Referral, code: str) -> None:
    """Among her news. An office that holds no key to her appeal (a receiver that hands on) cannot: she sees it on the card."""
    if referral.appeal is not None and referral.appeal.office_id == referral.from_office_id:
        appeals.tell_step(keyring=keyring, appeal=referral.appeal, code=code)


# --- the person, with her receipt -------------------------------------------------------------------------------------------


def agree(*, holder: Holder, referral: Referral, language: str) -> None:
    """She signs, with her receipt, exactly what she was shown. Raises NotNow, NotConsented for a receipt that staff have seen."""
    if holder.receipt.seen_by_other:
        raise NotConsented
    with one_step(referral, State.CONSENTED, by=trail.PUBLIC, chain=referral.from_office.chain) as locked:
        opened = referring.open_for_receipt(locked, holder.receipt, holder.secret)
        opened.seal_consent(referring.signed_consent(opened, signing_seed=holder.signing_seed, language=language))
        locked.save(update_fields=["sealed_consent"])
        opened.write(by="person", code="agreed")
        _wake(locked)


def take_back(*, holder: Holder, referral: Referral) -> None:
    """She says no, or takes back her yes: the receiver's keys go, and a new epoch begins without it. Raises NotNow.

    What the receiver has read before, it may have kept.
    """
    with one_step(referral, State.WITHDRAWN, by=trail.PUBLIC, chain=referral.from_office.chain) as locked:
        opened = referring.open_for_receipt(locked, holder.receipt, holder.secret)
        code = "refused" if referral.state == State.PROPOSED else "taken_back"
        referring.renew(opened, to=referring.sides_of(opened).sender).write(by="person", code=code)
        _wake(locked)


def _wake(referral: Referral) -> None:
    """The sender's case waits for its office now, which may be another one since it was handed over."""
    wait_for_us(Case.objects.filter(pk=referral.case_id))


# --- the office that hands over -----------------------------------------------------------------------------------------


def send(*, keyring: Keyring, referral: Referral) -> None:
    """Gives the receiver its key, when what lies here is what was agreed to. Raises NotConsented, NoKeyHolder, NotNow, KeyMissing."""
    if not can_receive(referral.to_office):
        raise NoKeyHolder
    with one_step(referral, State.SENT, by=keyring.user, chain=referral.from_office.chain) as locked:
        opened = referring.open_for_staff(locked, keyring)
        if locked.kind != Referral.Kind.PART or not (referring.consent_stands(opened) and unchanged(opened)):
            raise NotConsented
        referring.grant_to(opened, current_epoch(locked.to_office))
        opened.write(by="sender", code="sent", name=keyring.user.name)
        locked.due_on = timezone.localdate() + timedelta(days=DAYS_TO_ANSWER)
        locked.save(update_fields=["due_on"])
        basis = (opened.consent() or {})["basis"]
        told = {"emergency": "referral_emergency", "paper": "referral_paper"}.get(basis, "referral_sent")
        _tell(keyring, locked, told)
        if basis == "emergency":
            chain = locked.from_office.chain
            trail.record(verb="send_without_consent", target=_name(locked), by=keyring.user, chain=chain)


def ask_again(*, keyring: Keyring, referral: Referral) -> None:
    """The receipt that had signed is gone: her new one is given the key, and she is asked anew. Raises NotNow, KeyMissing."""
    with one_step(referral, State.PROPOSED, by=keyring.user, chain=referral.from_office.chain) as locked:
        opened = referring.open_for_staff(locked, keyring)
        if locked.appeal_id is None or referring.consent_stands(opened):
            raise NotNow
        locked.sealed_consent = None
        locked.save(update_fields=["sealed_consent"])
        referring.renew(opened, to=referring.sides_of(opened).sender).write(
            by="sender", code="asked_again", name=keyring.user.name
        )
        _tell(keyring, locked, "referral_asked")


def withdraw(*, keyring: Keyring, referral: Referral, reason: str) -> None:
    """The office takes its referral back. Raises NotNow, KeyMissing."""
    with one_step(referral, State.WITHDRAWN, by=keyring.user, chain=referral.from_office.chain) as locked:
        opened = referring.open_for_staff(locked, keyring)
        referring.renew(opened, to=referring.sides_of(opened).sender).write(
            by="sender", code="withdrawn", text=reason, name=keyring.user.name
        )
        if referral.state != State.PROPOSED:
            _tell(keyring, locked, "referral_ended")


# --- the office that receives -----------------------------------------------------------------------------------------------


def clients_against(*, keyring: Keyring, referral: Referral) -> list[Conflict]:
    """Clients of the receiver who may be the other side of what is handed over, as far as the sender names it. Raises KeyMissing."""
    parties = referring.open_for_staff(referral, keyring).subset().get("parties", [])
    found = []
    for one in parties:
        name, phone = str(one.get("name", "")), str(one.get("phone", ""))
        found += conflicts(keyring=keyring, office=referral.to_office, name=name, phone=phone)
    return found


def accept(*, keyring: Keyring, referral: Referral, why: str = "") -> Case:
    """Opens a case of the receiver's own from what was handed over; the person sees who works on it.

    `why` it is no conflict that the other side has the name of a client. Raises MayBeClient without it; NotNow, KeyMissing.
    Raises Refused, Busy when it is open, and files could not be copied into it: `take_files_over` goes on with that.
    """
    found = clients_against(keyring=keyring, referral=referral)
    if found and not why:
        raise MayBeClient(found)
    with one_step(referral, State.ACCEPTED, by=keyring.user, chain=referral.to_office.chain) as locked:
        opened = referring.open_for_staff(locked, keyring)
        case = _own_case(keyring, locked, opened.subset(), {"conflict": decided(keyring=keyring, why=why)} if found else {})
        opened.write(by="receiver", code="accepted", name=keyring.user.name, case=case.code)
        _wake(locked)
        trail.record(verb="open_case", target=target(case), by=keyring.user, chain=case.office.chain)
        if found:
            trail.record(verb="no_conflict", target=target(case), by=keyring.user, chain=case.office.chain)
        if opened.subset().get("restricted"):
            restrict(keyring=keyring, case=case, named=[keyring.user], reason="")
    keep_own(keyring=keyring, case=case, bodies=opened.subset().get("files", []))
    return case


def take_files_over(*, keyring: Keyring, referral: Referral) -> None:
    """Copies what `accept` could not. Raises NotNow, KeyMissing, Refused, Busy."""
    opened = referring.open_for_staff(referral, keyring)
    case, left = own_case(opened), not_taken_over(opened)
    if case is None or not left:
        raise NotNow
    keep_own(keyring=keyring, case=case, bodies=left)


def _own_case(keyring: Keyring, referral: Referral, subset: Body, decision: Body) -> Case:
    themes = [str(matter.get("theme", "")) for matter in subset["matters"]]
    theme = next((thesaurus.top_of(one) for one in themes if one in thesaurus.concepts()), "")
    country = next((str(matter.get("country", "")) for matter in subset["matters"] if matter.get("country")), "")
    citizenship = next((str(one.get("citizenship", "")) for one in subset["persons"] if one.get("citizenship")), "")
    case = Case.objects.create(
        office=referral.to_office,
        theme=theme,
        origin=citizenship if len(citizenship) == 2 else "",
        destination=country if len(country) == 2 else "",
        opened_on=timezone.localdate(),
        assignee=keyring.user,
    )
    new = first_epoch(case)
    empty = {"theme": "", "country": "", "region": "", "persons": 1, "currency": "", "claimed": "", "awarded": "", "received": ""}
    for one in subset["persons"] or [{}]:
        store(new, Person(case=case), {"name": "", "phone": "", "sex": "", "age": "", "citizenship": "", **one})
    for one in subset["matters"] or [{}]:
        store(new, Matter(case=case), {**empty, "outcome": "", **one, "released_on": ""})
    for one in subset.get("parties", []):
        store(new, Party(case=case), with_registers({"role": "other", "name": "", **one, **decision}))
    now = timezone.now().isoformat(timespec="seconds")
    told = [subset["purpose"], subset.get("text", ""), *(message["text"] for message in subset.get("messages", []))]
    store(new, Note(case=case), {"text": "\n\n".join(filter(None, told)), "by": str(referral.from_office), "at": now, TOLD: True})
    store(new, Origin(case=case), {"referral": referral.uid.hex, "contact": subset.get("contact") or {}})
    return case


def decline_referral(*, keyring: Keyring, referral: Referral, reason: str) -> None:
    """Back to the sender, who reads why; the receiver's key goes. Raises NotNow, KeyMissing."""
    _end(keyring, referral, State.DECLINED, "declined", reason)


def give_back(*, keyring: Keyring, referral: Referral, reason: str) -> None:
    """Accepted, and given back unfinished. Raises NotNow, KeyMissing."""
    _end(keyring, referral, State.RETURNED, "returned", reason)


def _end(keyring: Keyring, referral: Referral, state: State, code: str, reason: str) -> None:
    with one_step(referral, state, by=keyring.user, chain=referral.to_office.chain) as locked:
        opened = referring.open_for_staff(locked, keyring)
        referring.renew(opened, to=referring.sides_of(opened).sender).write(
            by="receiver", code=code, text=reason, name=keyring.user.name
        )
        _wake(locked)


def finish_referral(*, keyring: Keyring, referral: Referral, result: str) -> None:
    """Done: the sender and the person read with what result. Raises NotNow, KeyMissing."""
    with one_step(referral, State.DONE, by=keyring.user, chain=referral.to_office.chain) as locked:
        opened = referring.open_for_staff(locked, keyring)
        opened.write(by="receiver", code="done", text=result, name=keyring.user.name)
        _wake(locked)


@contextmanager
def one_step(referral: Referral, state: State, *, by: trail.Actor | str, chain: str) -> Iterator[Referral]:
    """One step of a referral under its locks (appeal, case, referral), once, with its entry in the trail. Raises NotNow."""
    with transaction.atomic():
        if referral.appeal_id is not None:
            Appeal.objects.select_for_update(of=("self",)).get(pk=referral.appeal_id)
        Case.objects.select_for_update(of=("self",)).get(pk=referral.case_id)
        rows = Referral.objects.select_for_update(of=("self",)).select_related("from_office", "to_office", "appeal", "case")
        locked = rows.get(pk=referral.pk)
        if locked.state not in FROM[state]:
            raise NotNow
        referral.state = State(locked.state)
        yield locked
        Referral.objects.filter(pk=locked.pk).update(state=state)
        trail.record(verb=f"referral:{state}", target=_name(locked), by=by, chain=chain)
    referral.refresh_from_db()


# --- erasure, without a key of ours ---------------------------------------------------------------------------------------


def latch_referrals(*, appeal: Appeal, receipt_public_key: bytes) -> None:
    """Closes what was handed over from her case, for both offices, until she stops the erasure or it is carried out.

    Under the locks of the referrals: whoever seals one anew meanwhile would give out keys that are not closed.
    """
    list(Referral.objects.select_for_update(of=("self",)).filter(appeal=appeal).order_by("id").values_list("pk"))
    for grant in ReferralGrant.objects.filter(epoch__referral__appeal=appeal).select_for_update():
        content.latch(grant, receipt_public_key)
        grant.save(update_fields=["sealed_key", "latched"])


def unlatch_referrals(*, appeal: Appeal, receipt_secret: bytes) -> None:
    for grant in ReferralGrant.objects.filter(epoch__referral__appeal=appeal, latched=True).select_for_update():
        content.unlatch(grant, receipt_secret)
        grant.save(update_fields=["sealed_key", "latched"])


def asked_again(case: Case, keyring: Keyring) -> Appeal | None:
    """Whose receipts a receiver's case must ask before anything of it is handed on: the person of the referral it came from."""
    row = Origin.objects.filter(case=case).first()
    if row is None:
        return None
    uid = open_case(case, keyring).open(row).body["referral"]
    referral = Referral.objects.filter(uid=uuid.UUID(uid)).select_related("appeal", "appeal__office").first()
    return referral.appeal if referral else None


def follow_receipt(*, old: Receipt, new: Receipt, old_secret: bytes | None, signing_seed: bytes | None) -> None:
    """What her old receipt opened, her new one opens; what it had signed and is not sent yet, the new one signs.

    Without the old one's secret, the next step of an office seals it anew, and asks her again (`ask_again`).
    """
    if old_secret is None:
        return
    referring.give_again(old=old, new=new, old_secret=old_secret)
    if signing_seed is None or old.seen_by_other:
        return
    rows = Referral.objects.select_for_update(of=("self",)).filter(appeal_id=old.appeal_id, state=State.CONSENTED)
    for referral in rows.select_related("to_office", "from_office"):
        opened = referring.open_for_receipt(referral, old, old_secret)
        consent = opened.consent() or {}
        if consent.get("basis") == "receipt" and referring.consent_stands(opened):
            opened.seal_consent(referring.signed_consent(opened, signing_seed=signing_seed, language=consent["language"]))
            referral.save(update_fields=["sealed_consent"])
            opened.write(by="person", code="signed_again")
