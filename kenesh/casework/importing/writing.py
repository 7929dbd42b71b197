"""The import: each row becomes a case in the same transaction as the memory of how far it is. And its undo."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.db.models import Count, Max
from django.db.models import Sum as Total
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kenesh.casework import jobs
from kenesh.casework.actions.cases import matter_from_answers, person_from_answers
from kenesh.casework.actions.facts import with_registers
from kenesh.casework.actions.writing import first_epoch, keep_earliest_deadline, store, target
from kenesh.casework.importing.checking import decided, reader_of, register_of
from kenesh.casework.importing.opened import KEPT, Body, OpenRegister
from kenesh.casework.importing.rows import Read, Reader, read_row
from kenesh.casework.models import (
    TOLD,
    Case,
    Deadline,
    Epoch,
    Escalation,
    Grant,
    Handle,
    Imported,
    Job,
    Matter,
    Note,
    Party,
    Person,
    Presence,
    Sheet,
    Status,
    Sum,
    Tags,
    ToIndex,
    WaitsFor,
)
from kenesh.casework.opening import OpenCase, open_case
from kenesh.casework.retention import months_later
from kenesh.casework.search import indexing
from kenesh.casework.search.contents import UNSEARCHED
from kenesh.kernel import trail
from kenesh.people.keyring import KeyMissing, Keyring
from kenesh.people.models import Role, User
from kenesh.people.rules import organisations_as
from kenesh.themes import thesaurus

IMPORT = "import_register"
ROWS, CASES = 10, 20  # in one transaction: some tenths of a second
INDEX_MS = 400  # of indexing, after some rows: what was imported is found by search at once


EARLY = ("promised", "claimed")  # stages that lie at the beginning of a case


class NotChecked(Exception):
    """There was no dry run of the register as it is mapped now."""


def start_import(*, keyring: Keyring, register: OpenRegister, key: uuid.UUID) -> Job:
    """Begins the import of a register whose dry run is done. Once for a register. Raises NotChecked."""
    row = register.row
    if row.imported_by is not None:
        return row.imported_by
    if row.checked_by is None or row.checked_by.state != Job.State.DONE:
        raise NotChecked
    with transaction.atomic():
        memory = {"register": row.code, "piece": 0, "at": 0, "groups": {}, "marks": {}}
        total = register.body["rows"]
        job = jobs.start(keyring=keyring, office=row.office, kind=IMPORT, memory=memory, total=total, request_key=key)
        row.imported_by = job
        row.forget_on = timezone.localdate() + KEPT
        register.save()
    return job


# --- forward ------------------------------------------------------------------------------------------------------------


def undo_rows(run: jobs.Run) -> bool:
    """Destroys some cases that nobody has worked on since; the others stay, and the report says so."""
    register = register_of(run)
    run.memory["undone"] = True
    back = run.memory.setdefault("back", {"piece": 0, "at": 0})
    piece = register.piece(back["piece"])
    if piece is None:
        return True
    report = register.report_of(piece)
    some = report[back["at"] : back["at"] + CASES]
    _take_back(run, some)
    register.keep_report(piece, report)
    back["at"] += len(some)
    run.progress(max(0, run.job.done - len(some)), run.job.total)
    if back["at"] >= len(report):
        back["piece"], back["at"] = back["piece"] + 1, 0
    return False


@jobs.kind(IMPORT, gettext_lazy("Import of a register"), undo=undo_rows, page="casework_work:register_of_job")
def import_rows(run: jobs.Run) -> bool:
    """Some rows, then what of them is not searchable yet."""
    register = register_of(run)
    piece = register.piece(run.memory["piece"])
    if piece is None or run.memory.get("undone"):
        return True
    if run.office.pk not in organisations_as(run.keyring.user, Role.CASEWORKER):
        run.job.state = Job.State.STOPPED  # who works there no more opens nothing there
        return False
    report, rows = register.report_of(piece), register.rows_of(piece)
    at = run.memory["at"]
    writer = Writer(run, register, reader_of(register))
    for told, (number, cells) in list(zip(report, rows, strict=True))[at : at + ROWS]:
        writer.write(told, read_row(writer.reader, number, cells))
    writer.leave_marks()
    register.keep_report(piece, report)
    run.memory["at"] = min(at + ROWS, len(rows))
    run.progress(run.job.done + run.memory["at"] - at, register.body["rows"])
    if run.memory["at"] >= len(rows):
        run.memory["piece"], run.memory["at"] = run.memory["piece"] + 1, 0
    indexing.work_off(run.keyring, [run.office], budget_ms=INDEX_MS)
    return False


def _standing(row: Read) -> dict[str, str]:
    """Who waits for whom, as far as the register says it; else the person waits for us."""
    if row.closed:
        return {"status": Status.CLOSED}
    if row.waits in WaitsFor:
        return {"status": Status.OTHERS, "waits_for": row.waits}
    return {"status": row.waits or Status.OFFICE}


def _party(row: Read) -> Body:
    """The employer; its number is kept under the names by which employers are compared."""
    number = {"tax_number": row.tax_number} if row.tax_number else {}
    return with_registers({"role": "employer", "name": row.employer, **number})


class Writer:
    """Writes rows of one slice."""

    def __init__(self, run: jobs.Run, register: OpenRegister, reader: Reader) -> None:
        self.run, self.register, self.reader = run, register, reader
        self.body = register.body
        self.users = {user.uid.hex: user for user in User.objects.filter(uid__in=set(reader.caseworkers.values()))}
        self.written: dict[int, Body] = {}  # case id → its line in the report

    def write(self, told: Body, row: Read) -> None:
        done = decided(told, self.body["options"], self.body.get("rows_decided", {}))
        group = self._group_of(row) if done in ("case", "person") else None
        if done in ("case", "person"):
            done = "person" if group else "case"  # the first row of its group may have been left out
        told["done"] = done
        if group is not None:
            self._join(told, row, group)
        elif done == "case":
            self._open(told, row)
        elif done == "link":
            self._link(told, row)

    def _open(self, told: Body, row: Read) -> None:
        case = Case.objects.create(
            office=self.run.office,
            theme=thesaurus.top_of(row.theme) if row.theme else "",
            origin=row.person["citizenship"],
            destination=row.country,
            opened_on=row.opened_on,
            **_standing(row),
            keep_until=self._keep_until(row),
            assignee=self.users.get(row.caseworker),
        )
        opened = first_epoch(case)
        matter = Matter(case=case)
        store(opened, matter, self._matter(row))
        self._person(opened, matter, row)
        if row.employer or row.tax_number:
            store(opened, Party(case=case), _party(row))
        if row.type:
            store(opened, Sheet(case=case), {"type": row.type})
        if row.deadline_on:
            what = row.deadline_what or _("As the register says")
            store(opened, Deadline(case=case, due_on=row.deadline_on), {"what": what})
            keep_earliest_deadline(case)
        if row.own_number:
            store(opened, Tags(case=case), {"tags": [f"№ {row.own_number}"]})
        came = {"file": self.body["file"], "row": row.number, "on": self.reader.today.isoformat(), "way": row.way}
        store(opened, Imported(case=case), came)
        trail.record(verb="import_case", target=target(case), by=self.run.keyring.user, chain=self.run.office.chain)
        if row.group:
            self.run.memory["groups"][row.group] = case.code
        told["case"] = case.code
        self.written[case.pk] = told

    def _keep_until(self, row: Read) -> Any:
        """From the day of closing; what is taken in although its time was over is kept as if it were closed today."""
        if not row.past(self.reader.today):
            return row.keep_until
        return months_later(self.reader.today, row.keep_months)

    def _matter(self, row: Read) -> Body:
        known: Body = {"theme": row.theme, "country": row.country, "region": row.region, "outcome": row.outcome}
        known |= {"outcome_on": row.outcome_on.isoformat() if row.outcome_on else "", "persons": row.persons}
        known |= {name: value for name, value in (("sector", row.sector), ("job", row.job)) if value}
        if row.children is not None:
            known["children_back"] = row.children
        return {**matter_from_answers({}), **known}

    def _person(self, opened: OpenCase, matter: Matter, row: Read) -> None:
        """The person with own sums, and the row as it stood in the register."""
        case, by = opened.case, self.run.keyring.user.name
        person = Person(case=case)
        store(opened, person, {**person_from_answers({}), **row.person})
        for stage, digits, currency, own_day in row.sums:
            # Where the register gives no day of the money: the nearest that it knows, so that statistics count it in its own year.
            day = own_day or (row.opened_on if stage in EARLY else row.closed_on or row.opened_on)
            body: Body = {
                "person": person.uid.hex, "matter": matter.uid.hex, "stage": stage, "amount": digits, "currency": currency,
                "day": day.isoformat(), "note": "", "by": by, "on": self.reader.today.isoformat(), "history": [], "struck": None,
            }  # fmt: skip
            store(opened, Sum(case=case, whose=person), body)
        self._note(opened, self._source(row), {UNSEARCHED: True})  # its values are found in the person, the matter, the story
        if row.story:
            self._note(opened, row.story, {TOLD: True})

    def _source(self, row: Read) -> str:
        head = _("From the register %(file)s, row %(row)s:") % {"file": self.body["file"], "row": row.number}
        return f"{head}\n{row.whole}"

    def _note(self, opened: OpenCase, text: str, more: Body | None = None) -> Note:
        note = Note(case=opened.case)
        at = timezone.now().isoformat(timespec="seconds")
        store(opened, note, {"text": text, "by": self.run.keyring.user.name, "at": at, **(more or {})})
        return note

    def _group_of(self, row: Read) -> OpenCase | None:
        """The case of the row's group, opened; None when there is none yet, or nobody here opens it any more."""
        code = self.run.memory["groups"].get(row.group) if row.group else None
        case = Case.objects.select_related("office").filter(code=code, office=self.run.office).first() if code else None
        try:
            return open_case(case, self.run.keyring) if case else None
        except KeyMissing:
            return None

    def _join(self, told: Body, row: Read, opened: OpenCase) -> None:
        """One more person of a group's case."""
        case = opened.case
        matter = case.matters.order_by("id")[:1].get()
        body = opened.open(matter).body
        matter.version += 1
        # The register may have told of all of them in the first row.
        persons = max(int(body.get("persons") or 1), row.persons, case.persons.count() + 1)
        store(opened, matter, {**body, "persons": persons})
        self._person(opened, matter, row)
        told["case"], told["group_of"] = case.code, True
        self.written[case.pk] = told

    def _link(self, told: Body, row: Read) -> None:
        """The row as a note in the case that this person has already; left out when that case cannot be opened any more."""
        case = Case.objects.filter(code=told["same_case"]["code"], office=self.run.office).select_related("office").first()
        try:
            opened = open_case(case, self.run.keyring) if case else None
        except KeyMissing:
            opened = None
        if case is None or opened is None:
            told["done"] = "skip"
            return
        told["note"] = self._note(opened, self._source(row)).uid.hex
        told["case"] = case.code
        trail.record(verb="add_note", target=target(case), by=self.run.keyring.user, chain=self.run.office.chain)

    def leave_marks(self) -> None:
        """How each case stands now: whoever works on it changes that."""
        for pk, mark in marks_of(self.written).items():
            told = self.written[pk]
            if told.get("group_of"):
                self.run.memory["marks"][told["case"]] = mark
            told["mark"] = mark


# --- back ---------------------------------------------------------------------------------------------------------------

# Who looked at a case, its keys, its place in the index and warnings that make themselves are no work on it.
_NO_WORK = (Epoch, Presence, Handle, ToIndex, Escalation)


def marks_of(cases: Iterable[int]) -> dict[int, str]:
    """Case id → how many rows of each kind it has and how often they were changed, who works on it and where it stands."""
    wanted = list(cases)
    marks = {
        pk: f"{status}{whom and ':'}{whom}.{assignee}.{restricted:d}"
        for pk, status, whom, assignee, restricted in Case.objects.filter(pk__in=wanted).values_list(
            "pk", "status", "waits_for", "assignee_id", "restricted"
        )
    }
    for model in _kinds_of_work() if wanted else ():
        counted = model._base_manager.filter(case__in=wanted).order_by().values("case_id")
        versioned = any(field.name == "version" for field in model._meta.fields)
        named = {"n": Count("pk"), "last": Max("pk"), **({"changes": Total("version")} if versioned else {})}
        for each in counted.annotate(**named):
            marks[each["case_id"]] += f"|{model._meta.model_name}.{each['n']}.{each['last']}.{each.get('changes', 0)}"
    return marks


def _kinds_of_work() -> list[Any]:
    related = [field for field in Case._meta.get_fields(include_hidden=True) if field.auto_created and not field.concrete]
    models: set[Any] = {field.related_model for field in related if field.one_to_many or field.one_to_one}
    return sorted(
        (model for model in models if model not in _NO_WORK and any(f.name == "case" for f in model._meta.fields)),
        key=lambda model: str(model._meta.label),
    )


def _take_back(run: jobs.Run, some: list[Body]) -> None:
    codes = [told["case"] for told in some if told.get("done") == "case"]
    cases = {case.code: case for case in Case.objects.filter(code__in=codes).select_related("office")}
    now = marks_of(case.pk for case in cases.values())
    for told in some:
        done = told.get("done")
        if done == "link":
            told["back"] = "gone" if Note.objects.filter(uid=uuid.UUID(told["note"]), version=1).delete()[0] else "kept"
        if done != "case":
            continue
        case = cases.get(told["case"])
        mark = run.memory["marks"].get(told["case"], told.get("mark", ""))
        if case is not None and (case.office_id != run.office.pk or now[case.pk] != mark):
            told["back"] = "kept"
            run.memory.setdefault("kept", []).append(case.code)
            continue
        told["back"] = "gone"
        if case is not None:
            destroy(case, by=run.keyring)


def destroy(case: Case, *, by: Keyring) -> None:
    """A case without appeals: its keys first, then its rows. Inside the caller's transaction."""
    name, chain = target(case), case.office.chain
    Grant.objects.filter(epoch__case=case).delete()
    case.delete()
    trail.record(verb="destroy_case", target=name, by=by.user, chain=chain)


def undo_until(register: OpenRegister) -> Any:
    """The last day on which the import can be taken back."""
    return register.row.forget_on - timedelta(days=1)
