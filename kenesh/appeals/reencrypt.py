"""After a compromise: an appeal's content under a new key, and the old keys destroyed. Needs an open session of the office.

Two passes over an office's appeals. The first seals every row under a new key and keeps the old ones, so that whatever is
being written at that moment still opens. The second, later, seals what was left, and destroys the old keys.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.db import models
from django.db.models import Exists, OuterRef, QuerySet

from kenesh.appeals import opening
from kenesh.appeals.models import Appeal, Attachment, Callback, Entry, Epoch, Grant, Receipt, Status
from kenesh.appeals.opening import OpenAppeal
from kenesh.kernel import vault
from kenesh.people.keyring import KeyMissing, Keyring
from kenesh.people.models import Organisation

# Every sealed column that lies under an appeal's key. A test compares this with the models: what is missing here would be lost.
ROWS: tuple[type[models.Model], ...] = (Entry, Callback, Attachment)
MOST_COUNTED = 1001
UNDER_ANOTHER_KEY = {"appeals_notice.sealed"}  # the mailer's, which no office holds
OWN_COLUMNS = {"appeals_appeal.sealed_answers", "appeals_epoch.sealed_previous", "appeals_receipt.sealed_seen"}


def of_office(office: Organisation) -> QuerySet[Appeal]:
    """Appeals whose content the office can hold a key of."""
    return Appeal.objects.filter(office=office).exclude(status__in=[Status.WITHDRAWN, Status.ERASING]).order_by("pk")


def epochs_of(office: Organisation) -> tuple[list[int], int | None]:
    """Ids of the office's older keys, and of its newest."""
    ids = list(office.epochs.order_by("-number").values_list("pk", flat=True))
    return ids[1:], ids[0] if ids else None


def to_renew(office: Organisation) -> int:
    """How many appeals of the office are still sealed to a key of before; counted up to `MOST_COUNTED`."""
    older, newest = epochs_of(office)
    if not older:
        return 0
    old = Grant.objects.filter(latched=False, organisation_epoch__in=older, epoch__appeal=OuterRef("pk"))
    fresh = Grant.objects.filter(organisation_epoch=newest, epoch__appeal=OuterRef("pk"))
    return of_office(office).filter(Exists(old), ~Exists(fresh))[:MOST_COUNTED].count()


def seal_anew(appeal: Appeal, keyring: Keyring) -> bool:
    """Every row under a new key; inside the caller's transaction. False for one that this session does not open."""
    opened = _newest(appeal, keyring)
    if opened is None:
        return False
    fresh = opening.begin_epoch(opened)
    if fresh is None:
        raise RuntimeError("an epoch was begun under the lock of the appeal")
    _move_rows(fresh)
    return True


def destroy_old_keys(appeal: Appeal, keyring: Keyring) -> bool:
    """Leaves the newest key alone; inside the caller's transaction. False for one that this session does not open."""
    opened = _newest(appeal, keyring)
    if opened is None:
        return False
    if len(opened.keys) == 1:
        return True
    _move_rows(opened)
    appeal.sealed_answers = _again(opened.first_key, opened.key, bytes(appeal.sealed_answers), opening.place_of_answers(appeal))
    appeal.save(update_fields=["sealed_answers"])
    for receipt in Receipt.objects.select_for_update().filter(appeal=appeal, sealed_seen__isnull=False):
        seen = bytes(receipt.sealed_seen or b"")
        receipt.sealed_seen = _again(opened.first_key, opened.key, seen, opening.place_of_seen(receipt))
        receipt.save(update_fields=["sealed_seen"])
    Epoch.objects.filter(appeal=appeal, number__lt=opened.epoch.number).delete()  # with their grants and receipts' keys
    Epoch.objects.filter(pk=opened.epoch.pk).update(sealed_previous=None)
    return True


def _newest(appeal: Appeal, keyring: Keyring) -> OpenAppeal | None:
    """The appeal, locked and opened with its newest key; None when a person or a restriction keeps us out."""
    locked = Appeal.objects.select_for_update(of=("self",)).select_related("office").get(pk=appeal.pk)
    appeal.sealed_answers = locked.sealed_answers
    if Grant.objects.filter(epoch__appeal=locked, latched=True).exists():
        return None
    try:
        opened = opening.open_for_office(locked, keyring)
    except KeyMissing:
        return None
    newer = Epoch.objects.filter(appeal=locked, number__gt=opened.epoch.number)
    return None if newer.exists() else opened


def _move_rows(opened: OpenAppeal) -> None:
    for kind in ROWS:
        rows: QuerySet[Any] = kind._base_manager.filter(appeal=opened.appeal).exclude(epoch=opened.epoch.number)
        for row in rows.select_for_update():
            plain = vault.open_sealed(opened.keys[row.epoch], bytes(row.sealed), place_of(row))
            row.epoch = opened.epoch.number
            row.sealed = vault.seal(opened.key, plain, place_of(row))
            row.save(update_fields=["epoch", "sealed"])


def place_of(row: Any) -> vault.Place:
    """The one rule by which rows of an appeal are bound to their place."""
    return vault.Place(row._meta.db_table, "sealed", row.uid.hex, row.epoch, getattr(row, "version", 1))


def _again(old: bytes, new: bytes, sealed: bytes, place: vault.Place) -> bytes:
    return vault.seal(new, vault.open_sealed(old, sealed, place), place)


def sealed_columns() -> Iterator[str]:
    """Sealed columns of rows of an appeal, as the models have them: `table.column`; but those that lie under another key."""
    for model in apps.get_app_config("appeals").get_models():
        if model is Appeal or any(field.name == "appeal" for field in model._meta.fields):
            for field in model._meta.fields:
                name = f"{model._meta.db_table}.{field.name}"
                if isinstance(field, models.BinaryField) and field.name.startswith("sealed") and name not in UNDER_ANOTHER_KEY:
                    yield name
