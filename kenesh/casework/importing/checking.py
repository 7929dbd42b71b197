"""The dry run: every row is read, what would become of it is written into the sealed report. Nothing else is written."""

from __future__ import annotations

import json
import uuid
from collections.abc import Sequence
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kenesh.casework import jobs
from kenesh.casework.importing import meanings
from kenesh.casework.importing.opened import Body, OpenRegister, open_register
from kenesh.casework.importing.rows import Read, Reader, line, read_row
from kenesh.casework.importing.words import plain
from kenesh.casework.models import Job, Person, Register
from kenesh.casework.queries import caseworkers_of
from kenesh.casework.retention import rule_of
from kenesh.casework.search import indexing, lookup, terms
from kenesh.casework.search.contents import contents_of
from kenesh.people.keyring import KeyMissing, Keyring

CHECK = "check_register"
MOST_HITS = 400


def start_check(*, keyring: Keyring, register: OpenRegister, key: uuid.UUID) -> Job:
    """A dry run of the register as it is mapped now; the same form sent twice starts one."""
    indexing.work_off(keyring, [register.row.office])
    with transaction.atomic():
        memory = {"register": register.row.code, "piece": 0, "seen": {}, "groups": {}, "asked": {}}
        job = jobs.start(
            keyring=keyring, office=register.row.office, kind=CHECK, memory=memory, total=register.body["rows"], request_key=key
        )
        if register.row.checked_by_id != job.pk:
            if register.row.checked_by is not None:
                register.row.checked_by.delete()
            register.row.checked_by = job
            register.row.pieces.update(sealed_report=None)
            register.body["rows_decided"] = {}
            register.save()
    return job


def reader_of(register: OpenRegister) -> Reader:
    """How the rows are read, with the settings of the register and the rule of its office."""
    body, office = register.body, register.row.office
    rule = rule_of(office)
    caseworkers = {plain(user.name): user.uid.hex for user in caseworkers_of(office)}
    return Reader(
        mapping=body["mapping"],
        headings=body["headings"],
        options=body["options"],
        home=office.country,
        today=timezone.localdate(),
        from_1904=body["from_1904"],
        caseworkers=caseworkers,
        months=rule.months,
        months_of_money=rule.months_of_money,
        meanings=meanings.still_known(body.get("meanings", {}), colleagues=caseworkers.values()),
    )


def register_of(run: jobs.Run) -> OpenRegister:
    """The register that a job works on."""
    row = Register.objects.select_related("office", "owner").get(code=run.memory["register"])
    return open_register(row, run.keyring)


@jobs.kind(CHECK, _("Dry run of a register"), page="casework_work:register_of_job")
def check_rows(run: jobs.Run) -> bool:
    """One piece of the register."""
    register = register_of(run)
    piece = register.piece(run.memory["piece"])
    if piece is None:
        run.result = json.dumps(run.memory.get("asked", {})).encode()
        return True
    reader = reader_of(register)
    read = [read_row(reader, number, cells) for number, cells in register.rows_of(piece)]
    doubles = _same_cases(run.keyring, register, read)
    report = [_told(run, reader, row, doubles.get(row.number)) for row in read]
    tally = run.memory.setdefault("asked", {})
    for row in read:
        meanings.count(tally, row.asked)
    register.keep_report(piece, report)
    run.memory["piece"] += 1
    run.progress(run.job.done + len(read), register.body["rows"])
    return False


def _told(run: jobs.Run, reader: Reader, row: Read, same_case: Body | None) -> Body:
    """The line of the report, and what the next rows have to know of this one."""
    told = line(row)
    told["becomes"] = "empty" if row.empty else "past" if row.past(reader.today) else "case"
    if told["becomes"] != "empty" and row.group:
        if row.group in run.memory["groups"]:
            told["becomes"] = "person"
        elif told["becomes"] == "case":
            run.memory["groups"][row.group] = row.number
    if same_case is not None:
        told["same_case"] = same_case
        row.warn("same_case")
    seen: dict[str, int] = run.memory["seen"]
    if row.same and row.same in seen:
        told["same_row"] = seen[row.same]
        row.warn("same_row")
    elif row.same:
        seen[row.same] = row.number
    return told


def _same_cases(keyring: Keyring, register: OpenRegister, read: Sequence[Read]) -> dict[int, Body]:
    """Number of a row → a case of the office with a person of the same phone and name."""
    wanted: dict[str, list[Read]] = {}
    for row in read:
        for term in terms.phone_terms(row.person["phone"]):
            wanted.setdefault(term, []).append(row)
    if not wanted:
        return {}
    try:
        hits = lookup.find(keyring, register.row.office, [[list(wanted)]], limit=MOST_HITS).hits
    except KeyMissing:
        return {}
    cases = [hit.case for hit in hits if hit.case is not None]
    found: dict[int, Body] = {}
    for contents in contents_of(cases, [], keyring, kinds=(Person,)):
        for body in [*contents.of("person"), *contents.answers]:
            names = set(terms.name_terms(str(body.get("name") or "")))
            for term in terms.phone_terms(str(body.get("phone") or "")):
                for row in wanted.get(term, ()):
                    if contents.case is not None and _same_name(row, names):
                        found.setdefault(row.number, {"code": contents.case.code})
    return found


def _same_name(row: Read, names: set[str]) -> bool:
    """A phone is often shared; a name that is known on both sides must have a part in common."""
    own = set(terms.name_terms(row.person["name"]))
    return not own or not names or bool(own & names)


def asked_of(register: OpenRegister, keyring: Keyring) -> list[meanings.Asked]:
    """The values that the finished dry run did not know, or was not sure of, with what a person has said of them."""
    job = register.row.checked_by
    tally = jobs.result_of(job, keyring) if job is not None and job.state == Job.State.DONE else None
    return meanings.asked(json.loads(tally), register.body.get("meanings", {})) if tally else []


# --- what is decided of a row --------------------------------------------------------------------------------------------


def decided(told: dict[str, Any], options: dict[str, str], rows: dict[str, str]) -> str:
    """What becomes of a row: case, person, link (a note in the case that is there already), skip, past, empty."""
    becomes: str = told["becomes"]
    if becomes == "past":
        becomes = "case" if options["past"] == "import" else "past"
    if becomes in ("empty", "past"):
        return becomes
    choice = rows.get(str(told["row"]), "")
    if "same_case" in told:
        choice = choice or options["same_case"]
        return becomes if choice == "import" else choice
    if "same_row" in told:
        return "skip" if (choice or options["same_row"]) == "skip" else becomes
    return "skip" if choice == "skip" else becomes


def counts_of(register: OpenRegister) -> dict[str, int]:
    """How many rows become what, under "warned" those with a warning, under "double" those that seem to be double."""
    counts = {"case": 0, "person": 0, "link": 0, "skip": 0, "past": 0, "empty": 0, "warned": 0, "double": 0, "past_all": 0}
    options, rows = register.body["options"], register.body.get("rows_decided", {})
    for told in register.report():
        counts[decided(told, options, rows)] += 1
        counts["warned"] += bool(told["warnings"])
        counts["double"] += "same_case" in told or "same_row" in told
        counts["past_all"] += told["becomes"] == "past"
    return counts
