"""From an appeal to a case, and where a case stands. Every action takes the keys of an open session."""

from __future__ import annotations

import uuid
from collections.abc import Collection, Iterable
from typing import Any

from django.db import transaction
from django.utils import timezone

from kenesh.appeals import actions as appeals
from kenesh.appeals import opening as appeal_opening
from kenesh.appeals import queries as appeal_queries
from kenesh.appeals.models import UNOPENED, Appeal
from kenesh.appeals.models import Status as AppealStatus
from kenesh.appeals.opening import OpenAppeal
from kenesh.casework import readers
from kenesh.casework.actions.aftercare import date_complaint, plan_followups
from kenesh.casework.actions.keeping import plan_keeping, plan_keeping_of_appeal
from kenesh.casework.actions.queue import seed_alarm
from kenesh.casework.actions.restrict import seal_whom
from kenesh.casework.actions.writing import first_epoch, keep_earliest_deadline, locked_appeals, move, store, target
from kenesh.casework.case_types import OWN_SERVICE, PARTY_ROLES
from kenesh.casework.models import NO_DEADLINE, Case, Matter, Party, Person, Sheet, Status
from kenesh.casework.opening import Body, open_case
from kenesh.kernel import trail
from kenesh.people.keyring import Keyring
from kenesh.people.models import User
from kenesh.problems.models import Problem


class TakenAlready(Exception):
    """A colleague has opened a case from this appeal, or declined it, a moment ago."""


def open_from_appeal(*, keyring: Keyring, appeal: Appeal) -> Case:
    """Opens a case with a key of its own: a first person and a first matter out of the answers. Raises TakenAlready, KeyMissing."""
    opened = appeal_opening.open_for_office(appeal, keyring)
    answers = opened.answers()
    with transaction.atomic():
        locked = Appeal.objects.select_for_update(of=("self",)).get(pk=appeal.pk)
        # Answered before it was taken up is fine; one case for an appeal.
        if Case.objects.filter(appeals=locked).exists() or locked.status in (AppealStatus.CLOSED, AppealStatus.ERASING):
            raise TakenAlready
        case = Case.objects.create(
            office=appeal.office,
            theme=appeal.theme,
            origin=appeal.origin,
            destination=appeal.destination,
            opened_on=timezone.localdate(),
            due_on=appeal.due_on or NO_DEADLINE,
            assignee=keyring.user,
        )
        case.appeals.add(appeal)
        open_new = first_epoch(case)
        store(open_new, Person(case=case, appeal=appeal), person_from_answers(answers))
        store(open_new, Matter(case=case), matter_from_answers(answers))
        if answers.get("culprit_name"):
            store(open_new, Party(case=case), party_from_answers(answers))
        if answers.get("complaint_about"):
            store(open_new, Sheet(case=case), {"type": OWN_SERVICE})
        seed_alarm(opened=open_new, answers=answers)
        appeals.tell_step(keyring=keyring, appeal=appeal, code="taken_up")
        waits = AppealStatus.PERSON if locked.status == AppealStatus.PERSON else AppealStatus.OFFICE
        appeals.set_status(appeal=appeal, status=waits, due_on=appeal.due_on)
        trail.record(verb="open_case", target=target(case), by=keyring.user, chain=case.office.chain)
    return case


def person_from_answers(answers: dict[str, Any]) -> Body:
    """What the form already says about the person; a name is asked later, when a step needs it."""
    return {
        "name": answers.get("name", ""),
        "phone": answers.get("phone") or answers.get("danger_phone") or "",
        "sex": answers.get("sex", ""),
        "age": answers.get("age", ""),
        "citizenship": answers.get("citizenship", ""),
        "guardian": answers.get("guardian", ""),
    }


def party_from_answers(answers: dict[str, Any]) -> Body:
    """The other side as the person knows it."""
    culprit = str(answers.get("culprit") or "other")
    return {"role": culprit if culprit in PARTY_ROLES else "other", "name": answers.get("culprit_name") or ""}


def matter_from_answers(answers: dict[str, Any]) -> Body:
    size = answers.get("group_size")
    return {
        "theme": answers.get("theme", ""),
        "country": answers.get("where_country", ""),
        "region": "",  # written by the caseworker alone: free text of a person never passes the door
        "persons": int(size) if answers.get("for_whom") == "group" and size else 1,
        "currency": "",
        "claimed": "",
        "awarded": "",
        "received": "",
        "outcome": "",
        "released_on": "",
    }


def decline(*, keyring: Keyring, appeal: Appeal, words: str) -> None:
    """Tells the person why, and where else to turn, and closes the appeal. Raises TakenAlready, KeyMissing."""
    with transaction.atomic():
        locked = Appeal.objects.select_for_update(of=("self",)).get(pk=appeal.pk)
        if locked.status not in UNOPENED:
            raise TakenAlready
        appeals.answer_person(keyring=keyring, appeal=appeal, text=words, request_key=uuid.uuid4())
        appeals.tell_step(keyring=keyring, appeal=appeal, code="declined")
        appeals.set_status(appeal=appeal, status=AppealStatus.CLOSED)
        plan_keeping_of_appeal(appeal=locked)
        trail.record(verb="decline", target=f"appeal:{appeal.uid.hex}", by=keyring.user, chain=appeal.office.chain)


def answer(*, keyring: Keyring, case: Case, text: str, key: uuid.UUID, to: Collection[Appeal] | None = None) -> None:
    """Writes to these people of the case, and to nobody else of it. `to` is left out only where one alone can read it.

    The case waits for the person, unless another one of it still waits for us. Raises NobodyThere.
    """
    with transaction.atomic():
        locked = locked_appeals(case)
        reading = [one.appeal for one in readers.with_receipt(readers.open_to_us(locked, keyring))]
        if to is None and len(reading) > 1:
            raise ValueError("several people read in this case: say who is written to")
        told = reading if to is None else [appeal for appeal in reading if appeal in to]
        if not told:
            raise readers.NobodyThere
        waiting = (*UNOPENED, AppealStatus.OFFICE)
        waits = any(appeal.due_on is not None and appeal.status in waiting for appeal in locked if appeal not in told)
        move(case, Status.OFFICE if waits else Status.PERSON)
        for appeal in told:
            appeals.answer_person(keyring=keyring, appeal=appeal, text=text, request_key=uuid.uuid5(key, appeal.uid.hex))
        keep_earliest_deadline(case)
        trail.record(verb="answer", target=target(case), by=keyring.user, chain=case.office.chain)


def set_waiting(*, keyring: Keyring, case: Case, status: Status, waits_for: str = "") -> None:
    """Says who waits for whom; `waits_for`: a code of WaitsFor, where the case waits for others and it is known.

    Raises KeyMissing: who cannot read a case does not move it.
    """
    opened = open_case(case, keyring)
    with transaction.atomic():
        locked = Case.objects.select_for_update(of=("self",)).get(pk=case.pk)
        if locked.restricted and status == Status.OTHERS:
            seal_whom(opened, waits_for)
        move(case, status, "" if locked.restricted else waits_for)
        keep_earliest_deadline(case)
        trail.record(verb=f"waits:{status}", target=target(case), by=keyring.user, chain=case.office.chain)


def assign(*, keyring: Keyring, case: Case, to: User | None) -> None:
    """Raises KeyMissing: who cannot read a case gives it to nobody."""
    open_case(case, keyring)
    with transaction.atomic():
        Case.objects.filter(pk=case.pk).update(assignee=to)
        trail.record(verb="assign", target=target(case), by=keyring.user, chain=case.office.chain)


def close_case(*, keyring: Keyring, case: Case) -> None:
    """Closes the case and tells the person. Matters keep their outcomes."""
    _end(keyring, case, Status.CLOSED, AppealStatus.CLOSED, "closed", "close_case")


def reopen_case(*, keyring: Keyring, case: Case) -> None:
    _end(keyring, case, Status.OFFICE, AppealStatus.OFFICE, "reopened", "reopen_case")


def _end(keyring: Keyring, case: Case, status: Status, told: AppealStatus, step: str, verb: str) -> None:
    with transaction.atomic():
        locked = locked_appeals(case)
        if not move(case, status):
            return
        for appeal in locked:
            if appeal.status in (AppealStatus.WITHDRAWN, AppealStatus.ERASING):
                continue
            appeals.tell_step(keyring=keyring, appeal=appeal, code=step)
            appeals.set_status(appeal=appeal, status=told)
        if status == Status.CLOSED:
            plan_followups(keyring=keyring, case=case)
            date_complaint(keyring=keyring, case=case)
            plan_keeping(keyring=keyring, case=case)
        keep_earliest_deadline(case)
        trail.record(verb=verb, target=target(case), by=keyring.user, chain=case.office.chain)


def link_problem(*, keyring: Keyring, case: Case, problem: Problem) -> None:
    """Seals into the appeals that they stand behind a public problem: each receipt finds there what came of it.

    Nothing outside of the seal joins the two. Raises NobodyThere when no appeal can be written into.
    """
    with transaction.atomic():
        told = readers.open_to_us(locked_appeals(case), keyring)
        if not told:
            raise readers.NobodyThere
        for opened in told:
            if problem.code not in appeal_queries.stands_behind(opened.entries()):
                appeals.tell_step(keyring=keyring, appeal=opened.appeal, code="problem", problem=problem.code)
        trail.record(verb="link_problem", target=target(case), by=keyring.user, chain=case.office.chain)


def carry_links(*, keyring: Keyring, to: Appeal, of: Iterable[OpenAppeal]) -> None:
    """What comes to the case later stands behind the same problems as these; inside the caller's transaction."""
    for problem in dict.fromkeys(code for one in of for code in appeal_queries.stands_behind(one.entries())):
        appeals.tell_step(keyring=keyring, appeal=to, code="problem", problem=problem)


class NotBehind(Exception):
    """The case never stood behind this problem."""


def unlink_problem(*, keyring: Keyring, case: Case, code: str) -> None:
    """It stood behind this problem by mistake: the receipts say so, and show no more what comes of it. Done twice, done once.
    Raises NotBehind when no appeal that is open to us ever did."""
    with transaction.atomic():
        ended = known = False
        for opened in readers.open_to_us(locked_appeals(case), keyring):
            entries = opened.entries()
            known = known or any(entry.body.get("problem") == code for entry in entries)
            if code in appeal_queries.stands_behind(entries):
                appeals.tell_step(keyring=keyring, appeal=opened.appeal, code="problem_ended", problem=code)
                ended = True
        if not known:
            raise NotBehind
        if ended:
            trail.record(verb="unlink_problem", target=target(case), by=keyring.user, chain=case.office.chain)
