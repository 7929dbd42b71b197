"""Files that an office keeps in a case, and shares with the person."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from django.db import DatabaseError, transaction

from kenesh.appeals import actions as appeals
from kenesh.appeals import attachments
from kenesh.appeals.attachments import OpenFile, Refused
from kenesh.appeals.models import Appeal
from kenesh.casework.actions.writing import store, target
from kenesh.casework.models import Case, CaseFile
from kenesh.casework.opening import OpenCase, open_case
from kenesh.kernel import sealed_files, trail
from kenesh.people.keyring import Keyring

MOST_FILES = 200


class NoCleanCopy(Exception):
    """No copy without metadata could be made of this file: only such copies leave the office."""


@dataclass(frozen=True)
class CleanCopy:
    """What is handed on of a file."""

    file: OpenFile

    def chunks(self) -> Iterator[bytes]:
        return attachments.read(self.file, shared=True)


def files_of(opened: OpenCase) -> list[OpenFile]:
    """The office's own files, newest first. Raises KeyMissing."""
    return [opened_file(opened, row) for row in CaseFile.objects.filter(case=opened.case).order_by("-id")]


def opened_file(opened: OpenCase, row: CaseFile) -> OpenFile:
    return attachments.opened_file(row.uid, opened.open(row).body)


def add_file(*, keyring: Keyring, case: Case, take_in: Callable[[], OpenFile], key: uuid.UUID) -> None:
    """One more file of the office. The same form sent twice adds one. Raises Refused, Busy, KeyMissing."""
    opened = open_case(case, keyring)
    if CaseFile.objects.filter(request_key=key).exists():
        return
    if CaseFile.objects.filter(case=case).count() >= MOST_FILES:
        raise Refused("too_many")
    file = take_in()
    kept = unsure = False
    try:
        with transaction.atomic():
            Case.objects.select_for_update().get(pk=case.pk)
            if CaseFile.objects.filter(case=case).count() >= MOST_FILES:
                raise Refused("too_many")
            new = not CaseFile.objects.filter(request_key=key).exists()
            if new:
                store(opened, CaseFile(uid=file.uid, case=case, request_key=key), file.body())
                trail.record(verb="add_file", target=target(case), by=keyring.user, chain=case.office.chain)
        kept = new
    except DatabaseError as error:
        unsure = attachments.may_have_row(error)
        raise
    finally:
        if not kept and not unsure:
            attachments.let_go(file)


def remove_file(*, keyring: Keyring, row: CaseFile) -> None:
    """Destroys a file of the office for good."""
    case = row.case
    with transaction.atomic():
        row.delete()
        trail.record(verb="remove_file", target=target(case), by=keyring.user, chain=case.office.chain)


def share_file(*, keyring: Keyring, row: CaseFile, appeal: Appeal) -> None:
    """Gives the person a copy of her own, without metadata; shared twice, she gets one.

    Raises NoCleanCopy, KeyMissing, Refused, appeals.Erasing.
    """
    file = opened_file(open_case(row.case, keyring), row)
    if file.copy is None:
        raise NoCleanCopy
    once = uuid.uuid5(file.uid, appeal.uid.hex)
    appeals.share_with_person(
        keyring=keyring,
        appeal=appeal,
        take_in=lambda: attachments.take_in(CleanCopy(file), name=file.name, by="office", description=file.description),
        request_key=once,
    )


def forget_file(*, uid: uuid.UUID) -> None:
    """After a row is gone for good, its file goes."""
    transaction.on_commit(lambda: sealed_files.delete(uid))


@sealed_files.named_by
def uids_of_rows(uids: list[uuid.UUID]) -> set[uuid.UUID]:
    """Which of these have a row: the sweep leaves their files alone."""
    return set(CaseFile.objects.filter(uid__in=uids).values_list("uid", flat=True))
