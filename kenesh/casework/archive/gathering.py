"""What belongs to one person of a case.

Who is alone in a case takes all of it but the notes that colleagues wrote. In a group's case a person takes what is about that person: the
own facts, the own appeal with its talk and files, the own sums, letters that name nobody else, and of the matters what was counted. What is
written about the group as a whole may name the others, and stays; the archive says how much that is.
"""

from __future__ import annotations

import base64
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from kenesh.appeals import attachments
from kenesh.appeals.attachments import OpenFile
from kenesh.appeals.models import Appeal
from kenesh.appeals.opening import OpenAppeal, open_several
from kenesh.casework import actions, money, referring
from kenesh.casework.models import (
    TOLD,
    Alarm,
    Case,
    ExternalReferral,
    FollowUp,
    Letter,
    LetterFile,
    Note,
    Origin,
    Party,
    Person,
    Referral,
    Sheet,
    Step,
)
from kenesh.casework.opening import Body, OpenCase, Opened
from kenesh.casework.referring import OpenReferral
from kenesh.kernel import downloads
from kenesh.people.keyring import KeyMissing, Keyring

_NAMES = ("name", "name_latin", "name_cyrillic")
COUNTED_OF_MATTER = ("theme", "country", "region", "persons", "outcome", "outcome_on")
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@dataclass
class Gathered:
    """Everything of one person, opened, for one request. Nothing of it may be stored or logged."""

    case: Case
    person: Opened[Person]
    is_alone: bool
    appeals: list[OpenAppeal] = field(default_factory=list)
    closed: int = 0  # appeals that the person has taken back
    matters: list[Body] = field(default_factory=list)
    sums: list[money.Amount] = field(default_factory=list)
    letters: list[Opened[Letter]] = field(default_factory=list)
    referrals: list[OpenReferral] = field(default_factory=list)
    rows: dict[str, list[Opened[Any]]] = field(
        default_factory=dict
    )  # party, sheet, step, deadline, externalreferral, followup, alarm
    told: list[Opened[Note]] = field(default_factory=list)  # what she told elsewhere: a register's or a referral's words
    files: list[OpenFile] = field(default_factory=list)
    left_to_group: dict[str, int] = field(default_factory=dict)  # kinds of rows, with how many stay with the group


def gather(opened: OpenCase, person: Opened[Person], keyring: Keyring) -> Gathered:
    """Raises KeyMissing."""
    others = list(Person.everybody.filter(case=opened.case).exclude(pk=person.row.pk))
    found = Gathered(opened.case, person, is_alone=not others)
    _gather_appeals(found, others, keyring)
    _gather_money(found, opened)
    _gather_letters(found, opened, [opened.open(row).body for row in others if not row.latched])
    shared = _shared_rows(opened)
    if found.is_alone:
        found.rows = shared
        found.files += actions.files_of(opened)
        found.told = _told(opened)
    else:
        found.left_to_group |= {kind: len(rows) for kind, rows in shared.items() if rows}
        if files := opened.case.files.count():
            found.left_to_group["casefile"] = files
    matters = [item.body for item in opened.matters()]
    found.matters = matters if found.is_alone else [{name: one.get(name, "") for name in COUNTED_OF_MATTER} for one in matters]
    return found


def _told(opened: OpenCase) -> list[Opened[Note]]:
    """Notes with her words. A case of a referral began with one, also before such notes were marked."""
    notes = opened.notes()[::-1]
    began = Origin.objects.filter(case=opened.case).exists()
    return [note for number, note in enumerate(notes) if note.body.get(TOLD) or (began and number == 0)]


def _gather_appeals(found: Gathered, others: list[Person], keyring: Keyring) -> None:
    """The own appeal and, for somebody alone, those that were joined to the case; with the files and referrals of each."""
    theirs = [row.appeal_id for row in others if row.appeal_id]
    own = (
        found.case.appeals.exclude(pk__in=theirs)
        if found.is_alone
        else Appeal.objects.filter(pk__in=[found.person.row.appeal_id or 0])
    )
    rows = list(own.select_related("office").order_by("id"))
    opened = open_several(rows, keyring)
    found.appeals = [opened[row.pk] for row in rows if row.pk in opened]
    found.closed = len(rows) - len(opened)
    for appeal in found.appeals:
        found.files += attachments.files_of(appeal)
    referrals = Referral.objects.filter(case=found.case).select_related("from_office", "to_office").order_by("id")
    for referral in referrals if found.is_alone else referrals.filter(appeal__in=rows):
        try:
            found.referrals.append(referring.open_for_staff(referral, keyring))
        except KeyMissing:
            continue  # taken back: the office opens it no more


def _gather_money(found: Gathered, opened: OpenCase) -> None:
    amounts = money.amounts_of(opened)
    uid = found.person.row.uid.hex
    found.sums = amounts if found.is_alone else [one for one in amounts if one.person == uid]
    if not found.is_alone and (rest := sum(1 for one in amounts if not one.person)):
        found.left_to_group["sum"] = rest


def _gather_letters(found: Gathered, opened: OpenCase, others: list[Body]) -> None:
    letters = [opened.open(row) for row in Letter.objects.filter(case=opened.case).order_by("id")]
    if found.is_alone:
        found.letters = letters
        return
    names = {str(body[name]) for body in others for name in _NAMES if body.get(name)}
    found.letters = [one for one in letters if _is_for(one.body, found.person.row.uid) and not _names(one.body, names)]
    if len(letters) > len(found.letters):
        found.left_to_group["letter"] = len(letters) - len(found.letters)


def _is_for(letter: Body, uid: UUID) -> bool:
    return bool(letter.get("person")) and UUID(letter["person"]) == uid


def _names(value: Any, names: set[str]) -> bool:
    """Whether somebody of these is named anywhere in it."""
    if isinstance(value, dict):
        return any(_names(inner, names) for inner in value.values())
    if isinstance(value, list):
        return any(_names(inner, names) for inner in value)
    return isinstance(value, str) and any(name.casefold() in value.casefold() for name in names)


def _shared_rows(opened: OpenCase) -> dict[str, list[Opened[Any]]]:
    kinds = (Party, Sheet, Step, ExternalReferral, FollowUp, Alarm)
    rows: dict[str, list[Opened[Any]]] = {
        str(kind._meta.model_name): [opened.open(row) for row in kind._default_manager.filter(case=opened.case).order_by("id")]
        for kind in kinds
    }
    return {**rows, "deadline": list(opened.deadlines())}


# --- files ----------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Taken:
    """A file of the archive: its place in it, and its content, opened piece by piece when it is asked for."""

    place: str
    content: Iterator[bytes]


def files_of(found: Gathered, opened: OpenCase) -> list[Taken]:
    """The originals, then the letters; numbered, so that no name stands twice."""
    files = [
        Taken(f"files/{number:03}-{downloads.safe_name(file.name, file.kind)}", attachments.read(file))
        for number, file in enumerate(found.files, 1)
    ]
    letters = [
        Taken(f"letters/{number:03}-{downloads.safe_name(letter.body['title'] + '.docx', DOCX)}", _letter(opened, letter.row))
        for number, letter in enumerate(found.letters, 1)
    ]
    return files + letters


def _letter(opened: OpenCase, letter: Letter) -> Iterator[bytes]:
    body = opened.open(LetterFile.objects.get(letter=letter)).body
    yield base64.b64decode(body["docx"])
