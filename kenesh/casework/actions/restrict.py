"""Restricted cases: open to named people by their own keys, to nobody else of the office, whatever pages they may see."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from kenesh.appeals import opening as appeal_opening
from kenesh.appeals import resealing
from kenesh.appeals.models import Appeal
from kenesh.appeals.models import Grant as AppealGrant
from kenesh.casework import referring
from kenesh.casework.actions.quotations import withdraw_quotations
from kenesh.casework.actions.writing import locked_appeals, store, target
from kenesh.casework.models import Case, Epoch, Grant, Handle, Note, Origin, Referral, Restriction, Status
from kenesh.casework.opening import Body, OpenCase, open_case
from kenesh.casework.referring import OpenReferral
from kenesh.casework.search import indexing
from kenesh.kernel import trail
from kenesh.people import content
from kenesh.people.keyring import KeyMissing, Keyring
from kenesh.people.models import OrganisationEpoch, User
from kenesh.people.queries import current_epoch

Holders = Sequence[OrganisationEpoch | User]


class NobodyNamed(Exception):
    """A restricted case needs at least one person who can open it."""


def restrict(*, keyring: Keyring, case: Case, named: Sequence[User], reason: str) -> None:
    """Seals a case, its appeals and its referrals to these people; on a restricted case, changes who they are.

    Whoever is no longer named loses the keys; what she has read, she may have kept. Raises NobodyNamed, KeyMissing.
    """
    if not named:
        raise NobodyNamed
    with transaction.atomic():
        locked, appeals = _locked_whole(case)
        opened = open_case(locked, keyring)
        referrals = _locked_referrals(opened)
        before = named_people(locked) if locked.restricted else []
        added = [user for user in named if user not in before]
        if locked.restricted and not added and len(before) == len(named):
            return
        if not locked.restricted:
            withdraw_quotations(keyring=keyring, told=appeals)
        if locked.restricted and all(user in named for user in before):
            _let_in(opened, keyring, appeals, referrals, added)
        else:
            opened = _reseal_all(opened, keyring, appeals, referrals, named)
        # Who works on it must be able to open it.
        Case.objects.filter(pk=case.pk).exclude(assignee__in=list(named)).update(assignee=None)
        _keep_sheet(opened, keyring, appeals, [user.name for user in named], reason)
        trail.record(verb="restrict", target=target(case), by=keyring.user, chain=locked.office.chain)
    case.refresh_from_db()


def lift(*, keyring: Keyring, case: Case, reason: str) -> None:
    """Gives a restricted case back to the whole office, with what its row said in the clear. Raises KeyMissing."""
    with transaction.atomic():
        locked, appeals = _locked_whole(case)
        if not locked.restricted:
            return
        opened = open_case(locked, keyring)
        sheet = opened.open(locked.restriction).body
        _reseal_all(opened, keyring, appeals, _locked_referrals(opened), [current_epoch(locked.office)])
        put_back(locked, appeals, sheet)
        locked.restriction.delete()
        note = {"text": reason, "by": keyring.user.name, "at": timezone.now().isoformat(timespec="seconds")}
        reopened = open_case(locked, keyring)
        store(reopened, Note(case=locked), note)
        trail.record(verb="lift_restriction", target=target(case), by=keyring.user, chain=locked.office.chain)
    case.refresh_from_db()


def _locked_whole(case: Case) -> tuple[Case, list[Appeal]]:
    """The case and its appeals; one that came into it while its lock was waited for is locked and read as well."""
    locked_appeals(case)
    locked = Case.objects.select_for_update(of=("self",)).select_related("office").get(pk=case.pk)
    return locked, locked_appeals(locked)


def named_people(case: Case) -> list[User]:
    """Who can open a restricted case: the people to whom its newest epoch is sealed."""
    newest = case.epochs.order_by("-number").first()
    grants = Grant.objects.filter(epoch=newest).exclude(sealed_key=b"")  # empty: she has left
    return list(User.objects.filter(pk__in=grants.values("user")).order_by("name", "pk"))


def holders_of(case: Case) -> Holders:
    """To whom something new of this case is sealed: its named people, or its office."""
    return named_people(case) if case.restricted else [current_epoch(case.office)]


def reseal_case(opened: OpenCase, to: Iterable[OrganisationEpoch | User]) -> OpenCase:
    """Takes away every grant of the case and begins an epoch for these holders; inside the caller's transaction."""
    case = opened.case
    Grant.objects.filter(epoch__case=case).delete()
    epoch = Epoch(case=case, number=opened.epoch.number + 1)
    key = content.new_content_key(epoch, previous=opened.key)
    epoch.save()
    renewed = OpenCase(case, epoch, {**opened.keys, epoch.number: key})
    _grant(renewed, to)
    return renewed


def _grant(opened: OpenCase, to: Iterable[OrganisationEpoch | User]) -> None:
    for holder in to:
        grant = Grant(epoch=opened.epoch)
        content.fill_grant(grant, opened.epoch, opened.key, holder)
        grant.save()


def _reseal_all(opened: OpenCase, keyring: Keyring, appeals: list[Appeal], referrals: list[Referral], to: Holders) -> OpenCase:
    case = opened.case
    for appeal in appeals:
        try:
            resealing.reseal(appeal_opening.open_for_office(appeal, keyring), to=to)
        except KeyMissing:
            # Withdrawn: no grant is left. Being erased: its latched grants would come back to the whole office.
            AppealGrant.objects.filter(epoch__appeal=appeal).delete()
    for mine in _open_to_us(referrals, keyring):
        sides = referring.sides_of(mine)
        sends = mine.referral.from_office_id == case.office_id
        referring.renew(mine, to=[*to, *sides.receiver] if sends else [*sides.sender, *to])
        if not sends:  # what lies with another office's case is not carried with this one
            _note_renewed(mine, keyring)
    return reseal_case(opened, to)


def _locked_referrals(opened: OpenCase) -> list[Referral]:
    """Those that this office has made out of the case, and the one out of which the case came: what is in them is as much of the
    person as what is in the case. Locked as each step of theirs is, after the case and before the head of the trail: she may take
    one back at this moment."""
    case = opened.case
    made = Q(case=case, from_office=case.office)
    origin = Origin.objects.filter(case=case).first()
    came = Q(uid=uuid.UUID(opened.open(origin).body["referral"]), to_office=case.office) if origin else Q(pk__in=[])
    rows = Referral.objects.select_for_update(of=("self",)).select_related("from_office", "to_office")
    return list(rows.filter(made | came).order_by("id"))


def _open_to_us(referrals: list[Referral], keyring: Keyring) -> Iterator[OpenReferral]:
    """Without those that are closed to this session."""
    for referral in referrals:
        try:
            yield referring.open_for_staff(referral, keyring)
        except KeyMissing:
            continue


def _let_in(opened: OpenCase, keyring: Keyring, appeals: list[Appeal], referrals: list[Referral], added: Sequence[User]) -> None:
    _grant(opened, added)
    for appeal in appeals:
        try:
            resealing.grant(appeal_opening.open_for_office(appeal, keyring), to=added)
        except KeyMissing:
            continue  # withdrawn: she is let in with the others when the person gives her consent again
    for mine in _open_to_us(referrals, keyring):
        for user in added:
            referring.grant_to(mine, user)
        if mine.referral.from_office_id != opened.case.office_id:
            _note_renewed(mine, keyring)


def _note_renewed(opened: OpenReferral, keyring: Keyring) -> None:
    """So that a restored backup seals it to the same people."""
    referral = opened.referral
    trail.record(verb="renew_referral", target=f"referral:{referral.uid.hex}", by=keyring.user, chain=referral.to_office.chain)


def _keep_sheet(opened: OpenCase, keyring: Keyring, appeals: list[Appeal], names: list[str], reason: str) -> None:
    """What the rows said in the clear goes under the seal, with each reason."""
    case = opened.case
    said = {"at": timezone.now().isoformat(timespec="seconds"), "by": keyring.user.name, "reason": reason, "named": names}
    if case.restricted:
        row = case.restriction
        body = opened.open(row).body
        row.version += 1
    else:
        row, body = Restriction(case=case), {"history": [], "case": clear_facts(case), "appeals": {}}
        body["waits_for"] = case.waits_for
    for appeal in appeals:
        if not appeal.restricted:
            body["appeals"][appeal.code] = clear_facts(appeal)
    store(opened, row, {**body, "history": [*body["history"], said]})
    blank: dict[str, Any] = {"theme": "", "origin": "", "destination": "", "restricted": True}
    Case.objects.filter(pk=case.pk).update(**blank, waits_for="")
    Appeal.objects.filter(pk__in=[appeal.pk for appeal in appeals]).update(**blank)
    forget_in_index(case, appeals)


def take_in(*, keyring: Keyring, opened: OpenCase, appeal: Appeal) -> None:
    """An appeal that was just made in a restricted case goes to its named people alone, and what its row says in the clear under
    the seal; inside the caller's transaction."""
    resealing.reseal(appeal_opening.open_for_office(appeal, keyring), to=named_people(opened.case))
    row = Restriction.objects.select_for_update().get(case=opened.case)
    body = opened.open(row).body
    row.version += 1
    store(opened, row, {**body, "appeals": {**body["appeals"], appeal.code: clear_facts(appeal)}})
    Appeal.objects.filter(pk=appeal.pk).update(theme="", origin="", destination="", restricted=True)
    forget_in_index(opened.case, [appeal])


def seal_whom(opened: OpenCase, waits_for: str) -> None:
    """Whom a restricted case waits for is sealed with its theme and its countries; inside the caller's transaction."""
    row = Restriction.objects.select_for_update().get(case=opened.case)
    body = opened.open(row).body
    row.version += 1
    store(opened, row, {**body, "waits_for": waits_for})


def forget_in_index(case: Case, appeals: list[Appeal]) -> None:
    """Takes them out of the office's search at once; inside the caller's transaction."""
    Handle.objects.filter(Q(case=case) | Q(appeal__in=appeals)).delete()


def clear_facts(row: Case | Appeal) -> Body:
    return {"theme": row.theme, "origin": row.origin, "destination": row.destination}


def put_back(case: Case, appeals: list[Appeal], sheet: Body) -> None:
    waits_for = sheet.get("waits_for", "") if case.status == Status.OTHERS else ""
    Case.objects.filter(pk=case.pk).update(**sheet["case"], waits_for=waits_for, restricted=False)
    for appeal in appeals:
        Appeal.objects.filter(pk=appeal.pk).update(**sheet["appeals"].get(appeal.code, {}), restricted=False)
    indexing.put_case(case)


def let_named_people_in(*, opened: appeal_opening.OpenAppeal) -> None:
    """The person gave a restricted appeal back: to the named people of its case, to nobody else. Needs no key of ours."""
    case = Case.objects.filter(appeals=opened.appeal, restricted=True).select_related("office").first()
    if case is not None:
        resealing.grant(opened, to=named_people(case))
