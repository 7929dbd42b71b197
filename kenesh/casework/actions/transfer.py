"""Handing a whole case to another office, taking that back while nobody has opened it, and the closing of an office."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import fields
from datetime import date, datetime, timedelta
from typing import TypeVar

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from kenesh.appeals import opening as appeal_opening
from kenesh.appeals import resealing
from kenesh.appeals.models import UNOPENED, Appeal
from kenesh.appeals.models import Status as AppealStatus
from kenesh.casework import readers, referring
from kenesh.casework.actions.keeping import plan_keeping_of_appeal
from kenesh.casework.actions.referrals import NoKeyHolder, NotConsented, NotNow, can_receive, one_step, withdraw
from kenesh.casework.actions.restrict import forget_in_index, named_people, reseal_case
from kenesh.casework.actions.waiting_words import move_on_list
from kenesh.casework.actions.writing import locked_appeals, target, wait_for_us
from kenesh.casework.models import OPEN, Case, Epoch, Grant, Handle, KeptAppeal, Referral, Status, Swept
from kenesh.casework.opening import OpenCase, open_case
from kenesh.casework.queries.sharing import can_be_opened, held_in, running_referrals
from kenesh.casework.search import indexing
from kenesh.kernel import trail
from kenesh.kernel.rows import stamp_of
from kenesh.people import actions as people
from kenesh.people.actions.keys import forget_keys
from kenesh.people.keyring import KeyMissing, Keyring
from kenesh.people.models import ContentEpoch, Organisation, OrganisationEpoch, OrganisationRecovery, Role, User
from kenesh.people.queries import current_epoch, key_holders

State = Referral.State
UNDO_WITHIN = timedelta(minutes=10)
AT_A_TIME = 50
Row = TypeVar("Row", Case, Appeal)
Holders = Sequence[OrganisationEpoch | User]
KeptKey = tuple[int, str]  # of which content epoch, and the key in hexadecimal


def receivers_of(case: Case, office: Organisation) -> Holders:
    """To whom a case is sealed there: the office, or for a restricted case each of its caseworkers who holds the key."""
    epoch = current_epoch(office)
    if not case.restricted:
        return [epoch]
    named = list(key_holders(epoch).filter(roles__organisation=office, roles__role=Role.CASEWORKER).distinct())
    if not named:
        raise NoKeyHolder
    return named


def hand_over(*, keyring: Keyring, referral: Referral) -> None:
    """Carries out an agreed handing over: new keys of the case and of its appeals for the receiver, none for the sender.

    The sender keeps the sealed record, and for ten minutes what it takes to undo this while nobody has opened the case.
    Raises NotConsented, NoKeyHolder, NotNow, KeyMissing.
    """
    if not can_receive(referral.to_office):
        raise NoKeyHolder
    with one_step(referral, State.SENT, by=keyring.user, chain=referral.from_office.chain) as locked:
        record = referring.open_for_staff(locked, keyring)
        if locked.kind != Referral.Kind.WHOLE or not referring.consent_stands(record):
            raise NotConsented
        case = locked.case
        if case.appeals.exclude(pk=locked.appeal_id or 0).exists():
            raise NotConsented  # somebody else's appeal came into the case since she was asked: that one goes nowhere unasked
        to = receivers_of(case, locked.to_office)
        _end_unsent(keyring, case, but=locked)
        named = [user.uid.hex for user in named_people(case)] if case.restricted else []
        keys: dict[str, KeptKey] = {}
        for appeal in locked_appeals(case):
            key = _move_appeal(keyring, appeal, locked.to_office, to, step="transferred")
            keys |= {appeal.uid.hex: key} if key else {}
        moved = reseal_case(open_case(case, keyring), to)
        keys[case.uid.hex] = (moved.epoch.number, moved.key.hex())
        _move(case, locked.to_office, handed_over=True)
        record.write(by="sender", code="handed_over", name=keyring.user.name)
        until = timezone.now() + UNDO_WITHIN
        assignee = case.assignee.uid.hex if case.assignee else ""
        record.seal_undo({"until": until.isoformat(timespec="seconds"), "keys": keys, "assignee": assignee, "named": named})
        locked.undo_until = until
        locked.save(update_fields=["sealed_undo", "undo_until"])


def _end_unsent(keyring: Keyring, case: Case, *, but: Referral) -> None:
    """What the sender has proposed to others of a case and not sent yet: it has nothing to hand over any more."""
    unsent = case.referrals.filter(from_office=but.from_office, state__in=(State.PROPOSED, State.CONSENTED)).exclude(pk=but.pk)
    for referral in unsent.select_related("from_office", "to_office", "appeal", "case").order_by("id"):
        try:
            withdraw(keyring=keyring, referral=referral, reason=_("The whole case goes to another office."))
        except KeyMissing:
            continue  # open to other people alone: they end it


def _move(case: Case, office: Organisation, *, handed_over: bool) -> None:
    """The row's own office, and out of the search of the one before."""
    wait_for_us(Case.objects.filter(pk=case.pk))
    Case.objects.filter(pk=case.pk).update(office=office, assignee=None, handed_over=handed_over)
    forget_in_index(case, list(case.appeals.all()))
    case.office = office
    indexing.put_case(case)


def _move_appeal(keyring: Keyring, appeal: Appeal, office: Organisation, to: Holders, *, step: str) -> KeptKey | None:
    """The appeal's new key; None when the person has withdrawn, so that only its address changes."""
    try:
        opened = appeal_opening.open_for_office(appeal, keyring)
    except KeyMissing:
        # Withdrawn: she gives it back to the new office, or to nobody. Being erased: it stays where it is until that is over.
        if appeal.status == AppealStatus.WITHDRAWN:
            resealing.readdress(appeal, office)
        return None
    renewed = resealing.reseal(opened, to=to)
    renewed.sealed_entry(kind="step", by="office", at=timezone.now(), code=step).save()
    resealing.readdress(appeal, office)
    move_on_list(appeal, office=office, opened=lambda: renewed)
    return renewed.epoch.number, renewed.key.hex()


def undo_hand_over(*, keyring: Keyring, referral: Referral) -> None:
    """Takes the case back while nobody there has opened it, within ten minutes. Raises NotNow, KeyMissing."""
    with one_step(referral, State.WITHDRAWN, by=keyring.user, chain=referral.from_office.chain) as locked:
        record = referring.open_for_staff(locked, keyring)
        kept, case = record.undo(), locked.case
        if kept is None or not case.handed_over or timezone.now() > datetime.fromisoformat(kept["until"]):
            raise NotNow
        to: Holders = list(User.objects.filter(uid__in=kept["named"])) or [current_epoch(locked.from_office)]
        for appeal in locked_appeals(case):
            _bring_back(keyring, appeal, kept["keys"].get(appeal.uid.hex), locked.from_office, to)
        epoch: Epoch = case.epochs.order_by("-number")[:1].get()
        reseal_case(OpenCase(case, epoch, _kept_key(epoch, kept["keys"][case.uid.hex])), to)
        _move(case, locked.from_office, handed_over=False)
        if kept["assignee"]:
            Case.objects.filter(pk=case.pk).update(assignee=User.objects.filter(uid=kept["assignee"]).first())
        record.write(by="sender", code="undone", name=keyring.user.name)
        locked.sealed_undo = locked.undo_until = None
        locked.save(update_fields=["sealed_undo", "undo_until"])


def forget_undo() -> None:
    """Deletes the keys that were kept to take a handed-over case back, once the minutes for that are over."""
    Referral.objects.filter(undo_until__lte=timezone.now()).update(sealed_undo=None, undo_until=None)


def _bring_back(keyring: Keyring, appeal: Appeal, key: KeptKey | None, office: Organisation, to: Holders) -> None:
    """What the person has taken back meanwhile comes back in name only; what she is having erased, or has given to the new
    office alone, not at all. Raises NotNow."""
    if appeal.status == AppealStatus.ERASING or (key is None and appeal.status != AppealStatus.WITHDRAWN):
        raise NotNow
    if key is not None and appeal.status != AppealStatus.WITHDRAWN:
        epoch = appeal.epochs.order_by("-number")[:1].get()
        renewed = resealing.reseal(appeal_opening.OpenAppeal(appeal, epoch, _kept_key(epoch, key)), to=to)
        renewed.sealed_entry(kind="step", by="office", at=timezone.now(), code="transfer_undone").save()
        move_on_list(appeal, office=office, opened=lambda: appeal_opening.open_for_office(appeal, keyring))
    resealing.readdress(appeal, office)


def _kept_key(epoch: ContentEpoch, kept: KeptKey) -> dict[int, bytes]:
    """The key of the newest epoch. Raises NotNow when that was begun after the handing over: the key is another one's then."""
    number, key = kept
    if number != epoch.number:
        raise NotNow
    return {number: bytes.fromhex(key)}


def first_opened(*, case: Case, by: User) -> None:
    """Somebody of the receiving office has opened the case: the sender can no longer take it back."""
    with transaction.atomic():
        if Case.objects.filter(pk=case.pk, handed_over=True).update(handed_over=False):
            sent = Referral.objects.filter(case=case, kind=Referral.Kind.WHOLE, state=State.SENT)
            sent.update(state=State.ACCEPTED, sealed_undo=None, undo_until=None, due_on=None)
            trail.record(verb="first_opened", target=target(case), by=by, chain=case.office.chain)
    case.handed_over = False


# --- the closing of an office --------------------------------------------------------------------------------------------


def hand_over_all(*, keyring: Keyring, office: Organisation, to: Organisation) -> Iterator[bool]:
    """The cases and appeals of a closing office one after the other, sealed to its successor: of each, whether it was moved.

    Moved without being asked, since the office ends; each person is told at once. What this session cannot open stays, and so
    does a complaint about the successor; neither keeps anything behind it back. Whoever asks stops when time is up, and begins
    anew later.
    """
    theirs = Grant.objects.filter(epoch__case=OuterRef("pk"), user=keyring.user).exclude(sealed_key=b"")
    cases = Case.objects.filter(office=office).exclude(status=Status.ERASING)
    for case in _one_by_one(cases.filter(Q(restricted=False) | Exists(theirs))):
        yield _hand_over_closing(keyring, case, to)
    in_case = Case.objects.filter(office=office, appeals=OuterRef("pk"))
    appeals = Appeal.objects.filter(office=office).exclude(status=AppealStatus.ERASING)
    for appeal in _one_by_one(appeals.filter(~Exists(in_case))):
        yield _move_closing(keyring, appeal, to)


def _one_by_one(rows: QuerySet[Row]) -> Iterator[Row]:
    """By id, some at a time: those that stay are passed over, those that go are not skipped."""
    last = 0
    while some := list(rows.filter(pk__gt=last).order_by("pk")[:AT_A_TIME]):
        yield from some
        last = some[-1].pk


def _move_closing(keyring: Keyring, appeal: Appeal, to: Organisation) -> bool:
    with transaction.atomic():
        locked = Appeal.objects.select_for_update(of=("self",)).select_related("office").get(pk=appeal.pk)
        if _complains_about(to, [locked], keyring):
            return False
        key = _move_appeal(keyring, locked, to, [current_epoch(to)], step="transferred")
        if key is None and locked.status != AppealStatus.WITHDRAWN:
            return False
        Handle.objects.filter(appeal=locked).delete()
        for kept in (KeptAppeal, Swept):
            kept._default_manager.filter(appeal=locked).update(office=to)
        chain = locked.office.chain
        locked.office = to
        indexing.put_appeal(locked)
        trail.record(verb="move_appeal", target=f"appeal:{appeal.uid.hex}", by=keyring.user, chain=chain)
    return True


def _complains_about(office: Organisation, appeals: Sequence[Appeal], keyring: Keyring) -> bool:
    """Whether one of these appeals is a complaint about this office, which must not see it."""
    return any(one.answers().get("complaint_about") == office.code for one in readers.open_to_us(appeals, keyring))


def _hand_over_closing(keyring: Keyring, case: Case, to: Organisation) -> bool:
    with transaction.atomic():
        locked_appeals(case)
        row = Case.objects.select_for_update(of=("self",)).select_related("office").get(pk=case.pk)
        appeals = locked_appeals(row)  # with one that came in while the lock was waited for
        try:
            opened = open_case(row, keyring)
        except KeyMissing:
            return False
        if _complains_about(to, appeals, keyring):
            return False
        holders, before = receivers_of(row, to), row.office
        for appeal in appeals:
            _move_appeal(keyring, appeal, to, holders, step="transferred")
        reseal_case(opened, holders)
        _move(row, to, handed_over=False)
        trail.record(verb="hand_over_closing", target=target(row), by=keyring.user, chain=before.chain)
    return True


def live_of(office: Organisation) -> dict[str, int]:
    """What still needs this office's key: open cases, closed ones kept for their time, held ones, new appeals, what is being
    erased, referrals that only this office can end."""
    cases = Case.objects.filter(can_be_opened(), office=office)
    return {
        "open": cases.filter(status__in=OPEN).count(),
        "closed": cases.filter(status=Status.CLOSED).count(),
        "held": held_in(office).count(),
        "erasing": cases.filter(status=Status.ERASING).count(),
        "referrals": running_referrals(office).count(),
        "new": Appeal.objects.filter(office=office, status__in=UNOPENED).count(),
        "appeals": Appeal.objects.filter(office=office).count(),
    }


def tell_closing(*, keyring: Keyring, office: Organisation, words: str, after: int, most: int) -> int | None:
    """Tells up to `most` persons whose appeals stay where else to turn; gives the id of the last, None when all are told."""
    rows = list(Appeal.objects.filter(office=office, pk__gt=after).order_by("pk")[:most])
    for appeal in rows:
        with transaction.atomic():
            try:
                opened = appeal_opening.open_for_office(appeal, keyring)
            except KeyMissing:
                continue
            if _told(opened):
                continue  # the button was pressed again
            now = timezone.now()
            opened.sealed_entry(kind="message", by="office", at=now, text=words, name=keyring.user.name).save()
            opened.sealed_entry(kind="step", by="office", at=now, code="office_closes").save()
            Appeal.objects.filter(pk=appeal.pk).update(status=AppealStatus.CLOSED, due_on=None)
            if not Case.objects.filter(appeals=appeal).exists():
                plan_keeping_of_appeal(appeal=appeal)
            trail.record(verb="tell_closing", target=f"appeal:{appeal.uid.hex}", by=keyring.user, chain=office.chain)
    return rows[-1].pk if len(rows) == most else None


def _told(opened: appeal_opening.OpenAppeal) -> bool:
    """Whether she was told that this office closes, and has written nothing since. What came from another office was told by that."""
    since = ("office_closes", "transferred")
    last = [entry for entry in opened.entries() if entry.by == "person" or entry.body.get("code") in since][-1:]
    return bool(last) and last[0].body.get("code") == "office_closes"


ENDS_FIRST = ("open", "held", "erasing", "new", "referrals")  # of `live_of`


class StillLive(Exception):
    """Something still needs the key of this office."""


def stop_taking_appeals(*, office: Organisation, by: User) -> None:
    """The first step of closing: nobody can turn to this office any more."""
    if office.takes_appeals:
        _edit(office, by, takes_appeals=False)


def _edit(office: Organisation, by: User, **changes: object) -> None:
    facts = {field.name: getattr(office, field.name) for field in fields(people.OrganisationFacts)}
    changed = people.OrganisationFacts(**{**facts, **changes})
    people.edit_organisation(organisation=office, facts=changed, seen=stamp_of(office), by=by)
    office.refresh_from_db()


def end_office(*, office: Organisation, successor: Organisation | None, today: date, by: User) -> None:
    """The last step: the office ended, and its keys are destroyed, with the one on paper: what was left is unreadable for good.

    Raises StillLive while a case is open, held or being erased, a new appeal waits, or a referral runs that nobody else can end.
    """
    with transaction.atomic():
        live = live_of(Organisation.objects.select_for_update().get(pk=office.pk))
        if office.takes_appeals or any(live[name] for name in ENDS_FIRST):
            raise StillLive
        if successor is not None:
            people.take_over(predecessor=office, successor=successor, on=today, by=by)
            office.refresh_from_db()
        if office.ended_on is None:
            _edit(office, by, ended_on=today)
        for holder in User.objects.filter(organisation_keys__epoch__organisation=office).distinct():
            forget_keys(holder, organisation=office, left=False)
        OrganisationRecovery.objects.filter(epoch__organisation=office).delete()
        trail.record(verb="destroy_office_keys", target=f"organisation:{office.code}", by=by, chain=office.chain)
