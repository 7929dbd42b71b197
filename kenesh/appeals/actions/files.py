"""Adding files: to a form that is being filled in, with the receipt, and by the office for the person."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from typing import Any

from django.db import DatabaseError, transaction
from django.utils import timezone

from kenesh.appeals import attachments, drafts, first_answer, opening, queries, signals
from kenesh.appeals.actions.holding import Holder, read_again
from kenesh.appeals.actions.office import tell_step
from kenesh.appeals.actions.sealing import Erasing, OfficeEnded, locked, target
from kenesh.appeals.attachments import OpenFile, Refused
from kenesh.appeals.models import Appeal, Attachment, Draft, Status
from kenesh.appeals.opening import OpenAppeal
from kenesh.kernel import sealed_files, trail, vault
from kenesh.people.keyring import Keyring

TakeIn = Callable[[], OpenFile]


def begin_files(*, draft: drafts.OpenDraft) -> bytes:
    """The secret of this draft's files; made, and kept in the draft, at the first time."""
    if attachments.draft_secret(draft.answers) is None:
        draft.answers[attachments.IN_DRAFT] = vault.new_key().hex()
        drafts.save(draft)
    return bytes.fromhex(draft.answers[attachments.IN_DRAFT])


def add_to_draft(*, draft: drafts.OpenDraft, take_in: TakeIn, request_key: uuid.UUID) -> None:
    """One more file of a form that is not sent yet. The same form sent twice adds one. Raises Refused, Busy."""
    secret = begin_files(draft=draft)
    if Attachment.objects.filter(request_key=request_key).exists():
        return
    rows = Attachment.objects.filter(draft_id=attachments.draft_id(secret))
    if rows.count() >= attachments.MOST_FILES:
        raise Refused("too_many")
    if not attachments.room_in_drafts():
        raise Refused("full")

    def store(file: OpenFile) -> None:
        own = Draft.objects.select_for_update().filter(cookie_id=vault.cookie_id(draft.secret)).first()
        if own is None or rows.count() >= attachments.MOST_FILES:
            raise Refused("too_many")
        columns: dict[str, Any] = {"draft_id": attachments.draft_id(secret), "expires_at": own.expires_at}
        attachments.sealed_row(file, key=attachments.draft_key(secret), epoch=0, request_key=request_key, **columns).save()

    keep(take_in, store, request_key)


def keep(take_in: TakeIn, store: Callable[[OpenFile], None], request_key: uuid.UUID) -> None:
    """Takes a file in, then stores its row; where that fails, nothing of the file stays."""
    file = take_in()
    kept = unsure = False
    try:
        with transaction.atomic():
            new = not Attachment.objects.filter(request_key=request_key).exists()
            if new:
                store(file)
        kept = new
    except DatabaseError as error:
        unsure = attachments.may_have_row(error)
        raise
    finally:
        if not kept and not unsure:
            attachments.let_go(file)


def remove_from_draft(*, draft: drafts.OpenDraft, uid: uuid.UUID) -> None:
    secret = attachments.draft_secret(draft.answers)
    if secret is not None:
        Attachment.objects.filter(draft_id=attachments.draft_id(secret), uid=uid).delete()


def adopt(*, opened: OpenAppeal, answers: dict[str, Any]) -> None:
    """The files of a draft become those of its appeal: sealed under its key; inside the filing's transaction."""
    secret = attachments.draft_secret(answers)
    if secret is None:
        return
    for row in Attachment.objects.select_for_update().filter(draft_id=attachments.draft_id(secret)).order_by("id"):
        file = attachments.open_row(row, attachments.draft_key(secret))
        own = attachments.sealed_row(file, key=opened.key, epoch=opened.epoch.number)
        row.epoch, row.sealed, row.appeal, row.draft_id, row.expires_at = own.epoch, own.sealed, opened.appeal, None, None
        row.save()


def add_with_receipt(*, holder: Holder, take_in: TakeIn, request_key: uuid.UUID) -> None:
    """One more file of the person for the office. Raises Refused, Erasing, OfficeEnded, Busy."""
    if Attachment.objects.filter(request_key=request_key).exists():
        return
    _room(holder.opened, by="person", most=attachments.MOST_FILES)

    def store(file: OpenFile) -> None:
        appeal = locked(holder.opened.appeal)
        if appeal.status in (Status.ERASING, Status.WITHDRAWN):
            raise Erasing
        if queries.nobody_reads(appeal.office):
            raise OfficeEnded
        read_again(holder)
        _room(holder.opened, by="person", most=attachments.MOST_FILES)
        _save(holder.opened, file, request_key)
        holder.opened.sealed_entry(kind="step", by="person", at=timezone.now(), code="file_added").save()
        if appeal.status in (Status.PERSON, Status.CLOSED):
            appeal.status = Status.OFFICE
            appeal.due_on = first_answer.due(appeal.office, timezone.localdate())
            appeal.save(update_fields=["status", "due_on"])
        signals.message_received.send(sender=Appeal, appeal=appeal, opened=holder.opened)
        trail.record(verb="add_file", target=target(appeal), by=trail.PUBLIC, chain=appeal.office.chain)

    keep(take_in, store, request_key)


def share_with_person(*, keyring: Keyring, appeal: Appeal, take_in: TakeIn, request_key: uuid.UUID) -> None:
    """A file of the office for the person: she finds it with her receipt. Raises KeyMissing, Refused, Erasing."""
    _room(opening.open_for_office(appeal, keyring), by="office", most=attachments.MOST_SHARED)

    def store(file: OpenFile) -> None:
        row = locked(appeal)
        if row.status in (Status.ERASING, Status.WITHDRAWN):
            raise Erasing
        _save(opening.open_for_office(appeal, keyring), file, request_key)
        tell_step(keyring=keyring, appeal=appeal, code="file_shared")
        trail.record(verb="share_file", target=target(appeal), by=keyring.user, chain=appeal.office.chain)

    keep(take_in, store, request_key)


def _room(opened: OpenAppeal, *, by: str, most: int) -> None:
    if sum(file.by == by for file in attachments.files_of(opened)) >= most:
        raise Refused("too_many")


def _save(opened: OpenAppeal, file: OpenFile, request_key: uuid.UUID) -> None:
    attachments.sealed_row(file, key=opened.key, epoch=opened.epoch.number, appeal=opened.appeal, request_key=request_key).save()


def forget_file(*, uid: uuid.UUID) -> None:
    """After a row is gone for good, its file goes."""
    transaction.on_commit(lambda: sealed_files.delete(uid))


def forget_drafts_files() -> None:
    """Files of forms whose time is over, and whatever no row names."""
    Attachment.objects.filter(expires_at__lte=timezone.now()).delete()
    sealed_files.sweep()
