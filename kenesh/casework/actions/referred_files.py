"""Files that go along with a referral: copies without metadata, each under a key of its own, covered by the consent."""

from __future__ import annotations

import hashlib
import uuid
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass

from kenesh.appeals import attachments
from kenesh.appeals.attachments import OpenFile
from kenesh.appeals.opening import OpenAppeal
from kenesh.casework.actions.files import CleanCopy, add_file, files_of
from kenesh.casework.models import Case, CaseFile, Referral, ReferralFile
from kenesh.casework.opening import Body, OpenCase
from kenesh.casework.referring import OpenReferral
from kenesh.kernel import sealed_files
from kenesh.people.keyring import Keyring


@dataclass(frozen=True)
class Whole:
    """A file as it lies in a referral: it was made without metadata already."""

    file: OpenFile

    def chunks(self) -> Iterator[bytes]:
        return attachments.read(self.file)


def clean_files(opened: OpenCase, appeals: list[OpenAppeal]) -> list[OpenFile]:
    """Files of the case and of these appeals of which a copy without metadata exists: only these can go along.

    Of a case with several people, the office's own stay: whose they are, nothing says. What was shared with somebody is hers.
    """
    of_office = files_of(opened) if opened.case.appeals.count() < 2 else []
    files = [*of_office, *(file for appeal in appeals for file in attachments.files_of(appeal))]
    return [file for file in files if file.copy is not None]


def copies_of(files: list[OpenFile]) -> list[Body]:
    """Copies for a referral, with what is in them as a hash; outside of any transaction. Raises Refused, Busy."""
    taken: list[Body] = []
    with ExitStack() as given_up:
        given_up.callback(let_copies_go, taken)
        for file in files:
            copy = attachments.take_in(CleanCopy(file), name=file.name, by=file.by, description=file.description)
            taken.append({**copy.body(), "uid": copy.uid.hex, "digest": _digest(copy)})
        given_up.pop_all()
    return taken


def let_copies_go(copies: list[Body]) -> None:
    """They did not become part of a referral."""
    for body in copies:
        attachments.let_go(opened_copy(body))


def opened_copy(body: Body) -> OpenFile:
    return attachments.opened_file(uuid.UUID(body["uid"]), body)


def _digest(file: OpenFile) -> str:
    digest = hashlib.blake2b(digest_size=32)
    for chunk in attachments.read(file):
        digest.update(chunk)
    return digest.hexdigest()


def unchanged(opened: OpenReferral) -> bool:
    """Whether the files are, byte by byte, those that the consent was given to."""
    return all(_digest(opened_copy(body)) == body["digest"] for body in opened.subset().get("files", []))


def own_case(opened: OpenReferral) -> Case | None:
    """The case that the receiver has opened from it, as long as it is the receiver's."""
    code = next((str(line.body["case"]) for line in opened.lines() if line.code == "accepted"), "")
    return Case.objects.filter(code=code, office=opened.referral.to_office).select_related("office").first()


def not_taken_over(opened: OpenReferral) -> list[Body]:
    """Files of an accepted referral of which the receiver's own case has no copy."""
    bodies: list[Body] = opened.subset().get("files", [])
    case = own_case(opened) if bodies and opened.referral.state == Referral.State.ACCEPTED else None
    if case is None:
        return []
    keys = {_key_of_own(case, uuid.UUID(body["uid"])): body for body in bodies}
    have = set(CaseFile.objects.filter(request_key__in=list(keys)).values_list("request_key", flat=True))
    return [body for key, body in keys.items() if key not in have]


def _key_of_own(case: Case, uid: uuid.UUID) -> uuid.UUID:
    return uuid.uuid5(case.uid, uid.hex)


def keep_own(*, keyring: Keyring, case: Case, bodies: list[Body]) -> None:
    """The receiver's own copies in the case that it has opened; done twice, it keeps one of each. Raises Refused, Busy."""
    for body in bodies:
        file = opened_copy(body)
        add_file(
            keyring=keyring,
            case=case,
            take_in=lambda file=file: attachments.take_in(  # type: ignore[misc]  # binds the file of this round
                Whole(file), name=file.name, by="office", description=file.description
            ),
            key=_key_of_own(case, file.uid),
        )


@sealed_files.named_by
def uids_of_referred(uids: list[uuid.UUID]) -> set[uuid.UUID]:
    """Which of these have a row: the sweep leaves their files alone."""
    return set(ReferralFile.objects.filter(uid__in=uids).values_list("uid", flat=True))
