"""The rows of invented appeals, sealed by the same functions as everybody's; made by several processes, stored by one.

The public halves of the offices' keys are all that this needs. Of the receipts there are no digits: a slow derivation for each
would take longer than all the rest, and nobody is there to come back.
"""

from __future__ import annotations

import json
import random
import secrets
import uuid
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache

from django.db.models import Model

from kenesh.appeals import first_answer, opening
from kenesh.appeals import models as appeals
from kenesh.appeals.actions import Told
from kenesh.appeals.actions.consents import consent_body
from kenesh.appeals.consent import BY_RECEIPT
from kenesh.appeals.models import Appeal, Entry, Receipt, ReceiptKey
from kenesh.appeals.opening import OpenAppeal
from kenesh.casework import models as casework
from kenesh.casework.models import Alarm, Case, Deadline, KeptAppeal, Matter, Note, Party, Person, SealedRow
from kenesh.casework.opening import Body, OpenCase
from kenesh.casework.search import terms
from kenesh.casework.search.contents import Contents
from kenesh.casework.search.subjects import Makers, terms_of, text_terms
from kenesh.kernel import vault
from kenesh.kernel.bulk import Row, bare, row_of
from kenesh.kernel.trail import PUBLIC, Act
from kenesh.people import content
from kenesh.people.models import Organisation, OrganisationEpoch, User
from kenesh.site.demonstration.crowd import inventing
from kenesh.site.demonstration.crowd.inventing import Invented, Line, Worked
from kenesh.site.demonstration.crowd.words import tellings

LINES = 10  # at most so many lines of one appeal: each has its own room in the numbers of the table
TABLES: tuple[type[Model], ...] = (  # what others point to comes first
    Appeal, appeals.Epoch, appeals.Grant, Receipt, ReceiptKey, Entry,
    Case, Case.appeals.through, casework.Epoch, casework.Grant, Person, Matter, Party, Note, Deadline, Alarm, KeptAppeal,
)  # fmt: skip


_first_answer = lru_cache(maxsize=4096)(first_answer.after)  # the same few days again and again


@dataclass(frozen=True)
class Desk:
    """An office, to which rows are sealed: its newest key, and who works there. `share`: its part of all appeals."""

    office: Organisation
    epoch: OrganisationEpoch
    caseworkers: list[User]
    share: int


@dataclass(frozen=True)
class Batch:
    """What one process is to make: appeals `first` to `first + count - 1` of `total`; `codes` that nobody has yet, two for each.

    `before`: for each table the number before the first one that is kept free.
    """

    first: int
    count: int
    total: int
    now: datetime
    desks: Sequence[Desk]
    codes: Sequence[str]
    before: dict[str, int]
    tellings: int


@dataclass
class Made:
    """Rows by table; what is to be found under which terms, by office; acts for the trail, by chain."""

    count: int = 0
    rows: dict[str, list[Row]] = field(default_factory=lambda: defaultdict(list))
    subjects: dict[int, list[tuple[int, int, list[str]]]] = field(default_factory=lambda: defaultdict(list))
    acts: dict[str, list[Act]] = field(default_factory=lambda: defaultdict(list))


_cached = lru_cache(maxsize=100_000)  # what is invented comes again and again
MAKERS = Makers(_cached(text_terms), _cached(terms.name_terms), _cached(terms.employer_terms))
_tellings = lru_cache(maxsize=2)(tellings)


def know(count: int) -> None:
    """Finds the terms of all that is told, once, before the processes part: it takes milliseconds each."""
    for telling in _tellings(count):
        MAKERS.text(telling.words)
        MAKERS.text(telling.reply)


def make(batch: Batch) -> Made:
    """Invents and seals one batch; always the same stories for the same numbers, never the same keys."""
    made, pool = Made(batch.count), _tellings(batch.tellings)
    keys = vault.ReceiptKeys(b"", vault.new_pair(), vault.new_key())  # one for the batch: nobody holds any of these receipts
    shares = [desk.share for desk in batch.desks]
    for number in range(batch.first, batch.first + batch.count):
        chance = random.Random(number)  # noqa: S311  # invents people, keeps no secret
        desk = chance.choices(batch.desks, shares)[0]
        invented = inventing.invent(
            chance,
            chance.choice(pool),
            number=number,
            age=1 - (number + 1) / batch.total,
            now=batch.now,
            by=[user.name for user in desk.caseworkers],
        )
        _Sealer(batch, made, desk, number - batch.first).seal(invented, keys)
    return made


@dataclass
class _Sealer:
    """Makes the rows of one appeal. `place`: which of the batch."""

    batch: Batch
    made: Made
    desk: Desk
    place: int

    def _add(self, row: Model, more: int = 0, room: int = 1) -> None:
        """Gives the row its number and puts it to the others of its table."""
        table = row._meta.db_table
        row.pk = self.batch.before[table] + (self.batch.first + self.place) * room + more + 1
        self.made.rows[table].append(row_of(row))

    def _act(self, verb: str, target: str, by: User | str) -> None:
        self.made.acts[self.desk.office.chain].append(Act(verb, target, by if isinstance(by, str) else by.trail_name))

    def seal(self, one: Invented, keys: vault.ReceiptKeys) -> None:
        opened = self._appeal(one, keys)
        appeal, case = opened.appeal, one.case
        contents = Contents(None, appeal, answers=[one.answers])
        contents.lines = [{"text": body["text"]} for kind, _, _, body in one.lines if kind == "message"]
        if case is not None:
            contents.case, contents.appeal = self._case(one, case, appeal), None
            contents.rows = {
                name: [body]
                for name in ("person", "matter", "note", "deadline", "party")
                if (body := getattr(case, name)) is not None
            }
        found = terms_of(contents, MAKERS)
        subject = (contents.case.pk if contents.case else 0, 0 if contents.case else appeal.pk, found)
        self.made.subjects[self.desk.office.pk].append(subject)

    def _appeal(self, one: Invented, keys: vault.ReceiptKeys) -> OpenAppeal:
        day = one.arrived.date()
        appeal = bare(
            Appeal,
            code=self.batch.codes[2 * self.place],
            office_id=self.desk.office.pk,
            status=_status(one),
            arrived_on=day,
            due_on=(day if one.urgent else _first_answer(self.desk.office.country, day)) if _waits(one) else None,
            theme=one.theme,
            origin=one.answers["citizenship"],
            destination=one.answers["where_country"],
        )
        epoch = bare(appeals.Epoch, number=1)
        key = content.new_content_key(epoch)
        said = json.dumps({**one.answers, "office": self.desk.office.code}, ensure_ascii=False)
        appeal.sealed_answers = vault.seal(key, said.encode(), opening.place_of_answers(appeal))
        self._add(appeal)
        epoch.appeal_id = appeal.pk
        self._add(epoch)
        grant = bare(appeals.Grant, epoch_id=epoch.pk)
        content.fill_grant(grant, epoch, key, self.desk.epoch)
        self._add(grant)
        self._receipt(epoch, key, keys)
        opened = OpenAppeal(appeal, epoch, {1: key})
        self._lines(opened, one, keys)
        self._act("file_appeal", f"appeal:{appeal.uid.hex}", PUBLIC)
        if one.keep_until is not None:
            self._add(bare(KeptAppeal, appeal_id=appeal.pk, office_id=appeal.office_id, keep_until=one.keep_until))
            self._act("decline", f"appeal:{appeal.uid.hex}", self.desk.caseworkers[0])
        return opened

    def _receipt(self, epoch: appeals.Epoch, key: bytes, keys: vault.ReceiptKeys) -> None:
        receipt = bare(
            Receipt,
            appeal_id=epoch.appeal_id,
            lookup=secrets.token_bytes(16),
            public_key=keys.pair.public,
            verify_key=_verify_key(keys),
        )
        self._add(receipt)
        row = bare(ReceiptKey, epoch_id=epoch.pk, receipt_id=receipt.pk)
        row.sealed_key = vault.seal_to(keys.pair.public, key, opening.place_of_receipt_key(row, epoch))
        self._add(row)

    def _lines(self, opened: OpenAppeal, one: Invented, keys: vault.ReceiptKeys) -> None:
        told = Told(how=BY_RECEIPT, language=one.language)
        self._line(opened, 0, bare(Entry), ("step", "office", one.arrived, {"code": "received"}))
        for more, code in enumerate(one.answers["consents"], start=1):
            row = bare(Entry)
            by, body = consent_body(row.uid, code=code, given=True, at=one.arrived, told=told, signing_seed=keys.signing_seed)
            self._line(opened, more, row, ("consent", by, one.arrived, body))
        for more, line in enumerate(one.lines, start=1 + len(one.answers["consents"])):
            kind, by, _at, _body = line
            self._line(opened, more, bare(Entry, request_key=uuid.uuid4() if kind == "message" else None), line)
            if kind == "message":
                target = f"appeal:{opened.appeal.uid.hex}"
                self._act(
                    *("answer_person", target, self.desk.caseworkers[0]) if by == "office" else ("write_message", target, PUBLIC)
                )

    def _line(self, opened: OpenAppeal, more: int, row: Entry, line: Line) -> None:
        kind, by, at, body = line
        row.appeal_id, row.epoch = opened.appeal.pk, opened.epoch.number
        opened.seal_entry(row, kind=kind, by=by, at=at, body=body)
        self._add(row, more, room=LINES)

    def _case(self, one: Invented, worked: Worked, appeal: Appeal) -> Case:
        who = None if worked.assignee is None else self.desk.caseworkers[worked.assignee]
        case = bare(
            Case,
            code=self.batch.codes[2 * self.place + 1],
            office_id=self.desk.office.pk,
            status=worked.status,
            waits_for=worked.waits_for,
            theme=appeal.theme,
            origin=appeal.origin,
            destination=appeal.destination,
            opened_on=worked.opened.date(),
            due_on=worked.due_on,
            keep_until=worked.keep_until,
            urgent=worked.alarm is not None,
            assignee_id=who.pk if who else None,
        )
        self._add(case)
        self._add(bare(Case.appeals.through, case_id=case.pk, appeal_id=appeal.pk))
        epoch = bare(casework.Epoch, case_id=case.pk, number=1)
        key = content.new_content_key(epoch)
        self._add(epoch)
        grant = bare(casework.Grant, epoch_id=epoch.pk)
        content.fill_grant(grant, epoch, key, self.desk.epoch)
        self._add(grant)
        opened = OpenCase(case, epoch, {1: key})
        self._row(opened, bare(Person, case_id=case.pk, appeal_id=appeal.pk), worked.person)
        self._row(opened, bare(Matter, case_id=case.pk), worked.matter)
        self._row(opened, bare(Note, case_id=case.pk, request_key=uuid.uuid4()), worked.note)
        if worked.party is not None:
            self._row(opened, bare(Party, case_id=case.pk), worked.party)
        if worked.deadline is not None:
            self._row(opened, bare(Deadline, case_id=case.pk, due_on=worked.due_on, request_key=uuid.uuid4()), worked.deadline)
        if worked.alarm is not None:
            self._row(opened, bare(Alarm, case_id=case.pk), worked.alarm)
        by = who or self.desk.caseworkers[0]
        self._act("open_case", f"case:{case.uid.hex}", by)
        if worked.keep_until is not None:
            self._act("close_case", f"case:{case.uid.hex}", by)
        return case

    def _row(self, opened: OpenCase, row: SealedRow, body: Body) -> None:
        opened.seal(row, body)
        self._add(row)


@lru_cache(maxsize=4)
def _verify_key(keys: vault.ReceiptKeys) -> bytes:
    return keys.verify_key


def _waits(one: Invented) -> bool:
    """Whether the office owes the first answer."""
    return one.case is None and one.fate == inventing.NEW


def _status(one: Invented) -> str:
    if _waits(one):
        return appeals.Status.URGENT if one.urgent else appeals.Status.NEW
    if one.case is None or one.case.status == casework.Status.CLOSED:
        return appeals.Status.CLOSED
    return appeals.Status.OFFICE if one.case.status == casework.Status.OFFICE else appeals.Status.PERSON
