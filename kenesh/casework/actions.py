"""What caseworkers do with cases. Every action takes the keys of an open session and leaves its entry in the trail."""

from __future__ import annotations

import uuid
from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import Min
from django.utils import timezone

from kenesh.appeals import actions as appeals
from kenesh.appeals import opening as appeal_opening
from kenesh.appeals.models import UNOPENED, Appeal
from kenesh.appeals.models import Status as AppealStatus
from kenesh.casework.models import NO_DEADLINE, Case, Deadline, Epoch, Grant, Matter, Note, Person, SealedRow, Status
from kenesh.casework.opening import Body, ChangedMeanwhile, OpenCase, open_case
from kenesh.kernel import trail
from kenesh.people import content
from kenesh.people.keyring import Keyring
from kenesh.people.models import User
from kenesh.people.queries import current_epoch
from kenesh.problems.models import Problem


class TakenAlready(Exception):
    """A colleague has opened a case from this appeal, or declined it, a moment ago."""


# --- from appeal to case ------------------------------------------------------------------------------------------------


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
        open_new = _first_epoch(case)
        _store(open_new, Person(case=case), person_from_answers(answers))
        _store(open_new, Matter(case=case), matter_from_answers(answers))
        appeals.tell_step(keyring=keyring, appeal=appeal, code="taken_up")
        waits = AppealStatus.PERSON if locked.status == AppealStatus.PERSON else AppealStatus.OFFICE
        appeals.set_status(appeal=appeal, status=waits, due_on=appeal.due_on)
        trail.record(verb="open_case", target=_target(case), by=keyring.user, chain=case.office.chain)
    return case


def _first_epoch(case: Case) -> OpenCase:
    epoch = Epoch(case=case, number=1)
    key = content.new_content_key(epoch)
    epoch.save()
    grant = Grant(epoch=epoch)
    content.fill_grant(grant, epoch, key, current_epoch(case.office))
    grant.save()
    return OpenCase(case, epoch, {1: key})


def person_from_answers(answers: dict[str, Any]) -> Body:
    """What the form already says about the person; a name is asked later, when a step needs it."""
    return {
        "name": "",
        "phone": answers.get("phone") or answers.get("danger_phone") or "",
        "sex": answers.get("sex", ""),
        "age": answers.get("age", ""),
        "citizenship": answers.get("citizenship", ""),
    }


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
        trail.record(verb="decline", target=f"appeal:{appeal.uid.hex}", by=keyring.user, chain=appeal.office.chain)


# --- inside a case ------------------------------------------------------------------------------------------------------


def _store(opened: OpenCase, row: SealedRow, body: Body) -> None:
    opened.seal(row, body)
    row.save()


def _add(*, keyring: Keyring, case: Case, row: SealedRow, body: Body, key: uuid.UUID, verb: str) -> None:
    """A new sealed row; the same form sent twice makes one."""
    opened = open_case(case, keyring)
    with transaction.atomic():
        if type(row)._default_manager.filter(request_key=key).exists():
            return
        row.request_key = key
        _store(opened, row, body)
        if isinstance(row, Deadline):
            _keep_earliest_deadline(case)
        trail.record(verb=verb, target=_target(case), by=keyring.user, chain=case.office.chain)


def add_person(*, keyring: Keyring, case: Case, body: Body, key: uuid.UUID) -> None:
    _add(keyring=keyring, case=case, row=Person(case=case), body=body, key=key, verb="add_person")


def add_matter(*, keyring: Keyring, case: Case, body: Body, key: uuid.UUID) -> None:
    full = {**matter_from_answers({}), **body}
    _add(keyring=keyring, case=case, row=Matter(case=case), body=full, key=key, verb="add_matter")


def add_note(*, keyring: Keyring, case: Case, text: str, key: uuid.UUID) -> None:
    body = {"text": text, "by": keyring.user.name, "at": timezone.now().isoformat(timespec="seconds")}
    _add(keyring=keyring, case=case, row=Note(case=case), body=body, key=key, verb="add_note")


def set_deadline(*, keyring: Keyring, case: Case, due_on: date, what: str, key: uuid.UUID) -> None:
    _add(keyring=keyring, case=case, row=Deadline(case=case, due_on=due_on), body={"what": what}, key=key, verb="set_deadline")


def change_row(*, keyring: Keyring, row: Person | Matter, changes: Body, version: int) -> None:
    """Saves changes of a person or a matter. Raises ChangedMeanwhile when somebody saved since `version` was read."""
    case = row.case
    opened = open_case(case, keyring)
    with transaction.atomic():
        locked = type(row)._default_manager.select_for_update().get(pk=row.pk)
        body = opened.open(locked).body
        if locked.version != version:
            raise ChangedMeanwhile(body)
        locked.version += 1
        _store(opened, locked, {**body, **changes})
        verb = f"change_{locked._meta.model_name}"
        trail.record(verb=verb, target=_target(case), by=keyring.user, chain=case.office.chain)


def finish_deadline(*, keyring: Keyring, deadline: Deadline) -> None:
    with transaction.atomic():
        Deadline.objects.filter(pk=deadline.pk).update(done=True)
        _keep_earliest_deadline(deadline.case)
        trail.record(verb="finish_deadline", target=_target(deadline.case), by=keyring.user, chain=deadline.case.office.chain)


def _keep_earliest_deadline(case: Case) -> None:
    earliest = case.deadlines.filter(done=False).aggregate(earliest=Min("due_on"))["earliest"]
    Case.objects.filter(pk=case.pk).update(due_on=earliest or NO_DEADLINE)


def answer(*, keyring: Keyring, case: Case, text: str, key: uuid.UUID) -> None:
    """Writes to everybody whose appeal the case was opened from. Raises KeyMissing when a person has withdrawn."""
    with transaction.atomic():
        told = _locked_appeals(case)
        _set_status(case, Status.PERSON)
        _keep_earliest_deadline(case)
        for number, appeal in enumerate(told):
            own = key if number == 0 else uuid.uuid5(key, str(number))
            appeals.answer_person(keyring=keyring, appeal=appeal, text=text, request_key=own)
        trail.record(verb="answer", target=_target(case), by=keyring.user, chain=case.office.chain)


def set_waiting(*, keyring: Keyring, case: Case, status: Status) -> None:
    """Says who waits for whom."""
    with transaction.atomic():
        _set_status(case, status)
        trail.record(verb=f"waits:{status}", target=_target(case), by=keyring.user, chain=case.office.chain)


def assign(*, keyring: Keyring, case: Case, to: User | None) -> None:
    with transaction.atomic():
        Case.objects.filter(pk=case.pk).update(assignee=to)
        trail.record(verb="assign", target=_target(case), by=keyring.user, chain=case.office.chain)


def close_case(*, keyring: Keyring, case: Case) -> None:
    """Closes the case and tells the person. Matters keep their outcomes."""
    _end(keyring, case, Status.CLOSED, AppealStatus.CLOSED, "closed", "close_case")


def reopen_case(*, keyring: Keyring, case: Case) -> None:
    _end(keyring, case, Status.OFFICE, AppealStatus.OFFICE, "reopened", "reopen_case")


def _end(keyring: Keyring, case: Case, status: Status, told: AppealStatus, step: str, verb: str) -> None:
    with transaction.atomic():
        locked = _locked_appeals(case)
        if not _set_status(case, status):
            return
        for appeal in locked:
            if appeal.status in (AppealStatus.WITHDRAWN, AppealStatus.ERASING):
                continue
            appeals.tell_step(keyring=keyring, appeal=appeal, code=step)
            appeals.set_status(appeal=appeal, status=told)
        trail.record(verb=verb, target=_target(case), by=keyring.user, chain=case.office.chain)


def _locked_appeals(case: Case) -> list[Appeal]:
    """The case's appeals, locked: appeals first, then the case, then the head of the trail; in one order nothing deadlocks."""
    return list(case.appeals.select_related("office").select_for_update(of=("self",)).order_by("id"))


def _set_status(case: Case, status: Status) -> bool:
    """Whether this changed anything; a case that is being erased stays so."""
    changed = Case.objects.filter(pk=case.pk).exclude(status__in=[status, Status.ERASING]).update(status=status)
    case.refresh_from_db(fields=["status"])
    return bool(changed)


def link_problem(*, keyring: Keyring, case: Case, problem: Problem) -> None:
    """Seals into the appeal that it stands behind a public problem: her receipt finds there what came of it.

    Nothing outside of the seal joins the two.
    """
    with transaction.atomic():
        for appeal in case.appeals.select_related("office").order_by("id"):
            opened = appeal_opening.open_for_office(appeal, keyring)
            if all(entry.body.get("problem") != problem.code for entry in opened.entries()):
                appeals.tell_step(keyring=keyring, appeal=appeal, code="problem", problem=problem.code)
        trail.record(verb="link_problem", target=_target(case), by=keyring.user, chain=case.office.chain)


# --- erasure, which the person began; needs no key of ours ----------------------------------------------------------------


def latch_cases(*, appeal: Appeal, receipt_public_key: bytes) -> None:
    """Closes the cases that were opened from this appeal alone, until she stops the erasure or it is carried out."""
    for case in _cases_of_only(appeal):
        for grant in Grant.objects.filter(epoch__case=case).select_for_update():
            content.latch(grant, receipt_public_key)
            grant.save(update_fields=["sealed_key", "latched"])
        Case.objects.filter(pk=case.pk).update(status=Status.ERASING, status_before=case.status)


def unlatch_cases(*, appeal: Appeal, receipt_secret: bytes) -> None:
    for case in Case.objects.filter(appeals=appeal, status=Status.ERASING):
        if case.appeals.exclude(pk=appeal.pk).filter(status=AppealStatus.ERASING).exists():
            continue  # it was closed by the last of several who erase, and only her receipt opens it
        for grant in Grant.objects.filter(epoch__case=case, latched=True).select_for_update():
            content.unlatch(grant, receipt_secret)
            grant.save(update_fields=["sealed_key", "latched"])
        Case.objects.filter(pk=case.pk).update(status=case.status_before or Status.OFFICE, status_before="")


def destroy_cases(*, appeal: Appeal) -> None:
    """Destroys what was opened from this appeal alone: keys first."""
    for case in Case.objects.filter(appeals=appeal, status=Status.ERASING).select_related("office"):
        if case.appeals.exclude(pk=appeal.pk).exists():
            continue  # the last of its appeals takes it along
        Grant.objects.filter(epoch__case=case).delete()
        target, chain = _target(case), case.office.chain
        case.delete()
        trail.record(verb="destroy_case", target=target, by="worker", chain=chain)


def person_wrote(*, appeal: Appeal) -> None:
    """Cases of this appeal wait for the office now, closed ones too."""
    Case.objects.filter(appeals=appeal).exclude(status=Status.ERASING).update(status=Status.OFFICE)


def _cases_of_only(appeal: Appeal) -> list[Case]:
    cases = Case.objects.filter(appeals=appeal).select_for_update()
    return [
        case
        for case in cases
        if case.status != Status.ERASING and not case.appeals.exclude(pk=appeal.pk).exclude(status=AppealStatus.ERASING).exists()
    ]


def _target(case: Case) -> str:
    return f"case:{case.uid.hex}"
