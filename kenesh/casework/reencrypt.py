"""After a compromise: all content of an office under new keys, and the old keys destroyed, as long work of an open session.

First the office's own key is renewed (people.actions.make_keys). Then `reseal` seals every appeal and case under a new
content key; a minute later at the earliest `destroy` seals what was being written meanwhile and destroys the old keys.
What a thief has copied before stays with him: see docs/privacy.md.
"""

from __future__ import annotations

import time
import uuid
from typing import Any

from django.apps import apps
from django.db import models
from django.db.models import Exists, OuterRef, QuerySet
from django.utils.translation import gettext_lazy as _

from kenesh.appeals import reencrypt as appeals
from kenesh.casework import jobs, kept, referring
from kenesh.casework.models import Case, Epoch, Grant, Job, LeadNote, Referral, SealedRow, Status, View, WaitingWords
from kenesh.casework.opening import OpenCase, begin_epoch, open_case, place_of, place_of_door_word
from kenesh.kernel import vault
from kenesh.people import actions as people
from kenesh.people import content
from kenesh.people.keyring import KeyMissing, Keyring
from kenesh.people.models import Organisation
from kenesh.people.queries import current_epoch

RESEAL, DESTROY = "reseal", "destroy_keys"
AT_ONCE = 20  # appeals or cases in one transaction: some tenths of a second
SECONDS_BETWEEN = 60.0  # no request lives as long: what it began to write under an old key is stored by then
OWN_COLUMNS = {"casework_epoch.sealed_previous"}


class TooEarly(Exception):
    """Something may still be being written under an old key. Wait a minute."""


def to_renew(office: Organisation) -> int:
    """How many appeals and cases of the office are still sealed to a key of before; counted up to some more than a thousand."""
    older, newest = appeals.epochs_of(office)
    if not older:
        return 0
    old = Grant.objects.filter(latched=False, organisation_epoch__in=older, epoch__case=OuterRef("pk"))
    fresh = Grant.objects.filter(organisation_epoch=newest, epoch__case=OuterRef("pk"))
    cases = of_office(office).filter(Exists(old), ~Exists(fresh))[: appeals.MOST_COUNTED].count()
    return cases + appeals.to_renew(office)


def of_office(office: Organisation) -> QuerySet[Case]:
    return Case.objects.filter(office=office).exclude(status=Status.ERASING).order_by("pk")


# --- one case -----------------------------------------------------------------------------------------------------------


def sealed_rows() -> list[type[SealedRow]]:
    """Every kind of row that is sealed under a case's key, those of later releases too."""
    found: list[Any] = [model for model in apps.get_app_config("casework").get_models() if issubclass(model, SealedRow)]
    return found


def sealed_columns() -> set[str]:
    """Sealed columns that `seal_anew` does not know: `table.column`. A test wants none."""
    return {
        f"{model._meta.db_table}.{field.name}"
        for model in sealed_rows()
        for field in model._meta.fields
        if isinstance(field, models.BinaryField) and field.name != "sealed"
    }


def _rows(kind: type[SealedRow]) -> QuerySet[Any]:
    """All of them, those that the pages hide too."""
    return kind._base_manager.all()


def seal_anew(case: Case, keyring: Keyring) -> bool:
    """Every row under a new key; inside the caller's transaction. False for one that this session does not open."""
    opened = _newest(case, keyring)
    if opened is None:
        return False
    fresh = begin_epoch(opened)
    if fresh is None:
        raise RuntimeError("an epoch was begun under the lock of the case")
    _move_rows(fresh)
    for referral in Referral.objects.select_for_update(of=("self",)).filter(case=case).order_by("id"):
        _renew_referral(referral, keyring)
    return True


def _renew_referral(referral: Referral, keyring: Keyring) -> None:
    """A new key for what is written to it later; what it holds was shared with another office and stays as it is."""
    try:
        mine = referring.open_for_staff(referral, keyring)
    except KeyMissing:
        return
    if mine.epoch.number == max(referral.epochs.values_list("number", flat=True)):
        grants = mine.epoch.grants.all()
        if not grants.filter(latched=True).exists():
            referring.renew(mine, to=content.holders_who_stay(grants))


def destroy_old_keys(case: Case, keyring: Keyring) -> bool:
    """Leaves the newest key alone; inside the caller's transaction. False for one that this session does not open."""
    opened = _newest(case, keyring)
    if opened is None:
        return False
    if len(opened.keys) == 1:
        return True
    _move_rows(opened)
    word = opened.door_word().encode()
    Epoch.objects.filter(case=case, number__lt=opened.epoch.number).delete()  # with their grants
    Epoch.objects.filter(pk=opened.epoch.pk).update(
        sealed_previous=vault.seal(opened.key, word, place_of_door_word(opened.epoch))
    )
    return True


def _newest(case: Case, keyring: Keyring) -> OpenCase | None:
    """The case, locked and opened with its newest key; None when a person or a restriction keeps us out."""
    locked = Case.objects.select_for_update(of=("self",)).select_related("office").get(pk=case.pk)
    if Grant.objects.filter(epoch__case=locked, latched=True).exists() or _holds_latched_rows(locked):
        return None
    try:
        opened = open_case(locked, keyring)
    except KeyMissing:
        return None
    return None if Epoch.objects.filter(case=locked, number__gt=opened.epoch.number).exists() else opened


def _holds_latched_rows(case: Case) -> bool:
    """Rows that one of several persons is erasing: sealed once more, to her own receipt."""
    return any(
        _rows(kind).filter(case=case, latched=True).exists()
        for kind in sealed_rows()
        if any(field.name == "latched" for field in kind._meta.fields)
    )


def _move_rows(opened: OpenCase) -> None:
    for kind in sealed_rows():
        rows: QuerySet[Any] = _rows(kind).filter(case=opened.case).exclude(epoch=opened.epoch.number)
        for row in rows.select_for_update():
            plain = vault.open_sealed(opened.keys[row.epoch], bytes(row.sealed), place_of(row))
            row.epoch = opened.epoch.number
            row.sealed = vault.seal(opened.key, plain, place_of(row))
            row.save(update_fields=["epoch", "sealed"])


# --- the whole office, as long work -------------------------------------------------------------------------------------


def start_reseal(*, keyring: Keyring, office: Organisation, request_key: uuid.UUID) -> Job:
    """Raises KeyMissing for who does not hold the office's newest key."""
    keyring.organisation_secret(current_epoch(office))
    return jobs.start(keyring=keyring, office=office, kind=RESEAL, memory=_begin(), request_key=request_key, total=_count(office))


def start_destroy(*, keyring: Keyring, office: Organisation, request_key: uuid.UUID) -> Job:
    """Raises KeyMissing, and TooEarly in the minute after everything was sealed anew."""
    keyring.organisation_secret(current_epoch(office))
    ended = last_resealed(keyring=keyring, office=office)
    if ended is None or time.time() < ended + SECONDS_BETWEEN:
        raise TooEarly
    return jobs.start(
        keyring=keyring, office=office, kind=DESTROY, memory=_begin(), request_key=request_key, total=_count(office)
    )


def last_resealed(*, keyring: Keyring, office: Organisation) -> float | None:
    """When this account's last `reseal` under the newest key of the office ended (seconds since 1970); None for never."""
    done = Job.objects.filter(kind=RESEAL, office=office, owner=keyring.user, state=Job.State.DONE).order_by("-pk").first()
    if done is None:
        return None
    memory = jobs.memory_of(done, keyring)
    return memory.get("ended") if memory.get("epoch") == current_epoch(office).number else None


def _begin() -> dict[str, Any]:
    return {"stage": "appeals", "after": 0, "left_out": 0, "done": 0}


def _count(office: Organisation) -> int:
    return appeals.of_office(office).count() + of_office(office).count()


@jobs.kind(RESEAL, _("Seal everything under new keys"))
def reseal(run: jobs.Run) -> bool:
    if not _pass(run, appeals.seal_anew, seal_anew):
        return False
    _renew_lists(run)
    run.memory |= {"ended": time.time(), "epoch": current_epoch(run.office).number}
    return True


@jobs.kind(DESTROY, _("Destroy the old keys"))
def destroy(run: jobs.Run) -> bool:
    if not _pass(run, appeals.destroy_old_keys, destroy_old_keys):
        return False
    _renew_lists(run)  # what was put there by a request that had begun before the new key
    run.memory["links_cut"] = people.destroy_old_epochs(keyring=run.keyring, organisation=run.office)
    return True


def _pass(run: jobs.Run, for_appeal: Any, for_case: Any) -> bool:
    """Some more appeals, then some more cases; True at the end."""
    memory = run.memory
    in_appeals = memory["stage"] == "appeals"
    rows: QuerySet[Any] = appeals.of_office(run.office) if in_appeals else of_office(run.office)
    some = list(rows.filter(pk__gt=memory["after"])[:AT_ONCE])
    act = for_appeal if in_appeals else for_case
    for row in some:
        memory["left_out"] += not act(row, run.keyring)
        memory["after"] = row.pk
    memory["done"] += len(some)
    run.progress(memory["done"], max(run.job.total, memory["done"]))
    if len(some) == AT_ONCE:
        return False
    if in_appeals:
        memory |= {"stage": "cases", "after": 0}
        return False
    return True


def _renew_lists(run: jobs.Run) -> None:
    """Saved views that the office shares, what waits for a second caseworker, and what its lead is told, under its newest key."""
    newest = current_epoch(run.office)
    for view in View.objects.filter(office_epoch__organisation=run.office).exclude(office_epoch=newest):
        kept.seal(view, kept.read(view, run.keyring), office_epoch=newest)
        view.save()
    for model in (WaitingWords, LeadNote):
        rows = model._default_manager.filter(office=run.office).exclude(office_epoch=newest)
        for row in rows.select_related("office_epoch").select_for_update(of=("self",)):
            kept.seal_to_office(row, kept.read(row, run.keyring), newest)
            row.save(force_update=True)
