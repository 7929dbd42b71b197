"""An appeal that belongs to a case which is already there: joined, parted again, or kept apart for good."""

from __future__ import annotations

from django.db import transaction

from kenesh.appeals import actions as appeals
from kenesh.appeals import opening as appeal_opening
from kenesh.appeals.models import UNOPENED, Appeal
from kenesh.appeals.models import Status as AppealStatus
from kenesh.appeals.queries import stands_behind
from kenesh.casework import queries, readers
from kenesh.casework.actions.cases import TakenAlready, carry_links
from kenesh.casework.actions.queue import seed_alarm
from kenesh.casework.actions.writing import keep_earliest_deadline, locked_appeals, move, store, target
from kenesh.casework.models import Case, KeptApart, Party, Status
from kenesh.casework.opening import Body, open_case
from kenesh.casework.search import indexing, suggestions
from kenesh.kernel import trail
from kenesh.people.keyring import Keyring
from kenesh.people.queries import current_epoch


class NotTheirs(Exception):
    """The appeal and the case do not lie with one office, or the appeal is not part of the case."""


def join_appeal_to_case(*, keyring: Keyring, appeal: Appeal, case: Case) -> None:
    """The new appeal becomes part of the case; the person sees that it was taken up. Raises TakenAlready, NotTheirs, KeyMissing."""
    opened = open_case(case, keyring)
    answers = appeal_opening.open_for_office(appeal, keyring).answers()
    if appeal.office_id != case.office_id or case.restricted:
        raise NotTheirs
    with transaction.atomic():
        locked = Appeal.objects.select_for_update(of=("self",)).get(pk=appeal.pk)
        if Case.objects.filter(appeals=locked).exists() or locked.status in (AppealStatus.CLOSED, AppealStatus.ERASING):
            raise TakenAlready
        if Case.objects.select_for_update(of=("self",)).get(pk=case.pk).restricted:  # a moment ago
            raise NotTheirs
        carry_links(keyring=keyring, to=locked, of=readers.open_to_us(readers.appeals_of(case), keyring))
        case.appeals.add(locked)
        move(case, Status.OFFICE)
        seed_alarm(opened=opened, answers=answers)
        appeals.tell_step(keyring=keyring, appeal=appeal, code="taken_up")
        appeals.set_status(appeal=appeal, status=AppealStatus.OFFICE, due_on=appeal.due_on)
        keep_earliest_deadline(case)
        indexing.put_case(case)
        trail.record(verb="join_appeal", target=target(case), by=keyring.user, chain=case.office.chain)


def join_checked(*, keyring: Keyring, appeal: Appeal, case: Case, party: Body) -> None:
    """Joins although the other side has the name of a client; the reason is sealed with the other side.

    Raises TakenAlready, NotTheirs, KeyMissing.
    """
    with transaction.atomic():
        join_appeal_to_case(keyring=keyring, appeal=appeal, case=case)
        store(open_case(case, keyring), Party(case=case), party)
        trail.record(verb="no_conflict", target=target(case), by=keyring.user, chain=case.office.chain)


def part_again(*, keyring: Keyring, case: Case, appeal: Appeal) -> None:
    """Undoes a joining: the appeal stands in the queue as new again. A case keeps its last appeal, and those of its
    own persons. Raises NotTheirs, KeyMissing."""
    opened = appeal_opening.open_for_office(appeal, keyring)
    danger = opened.answers().get("danger") == "yes"
    with transaction.atomic():
        locked_appeals(case)
        if appeal not in queries.joined_appeals(case):
            raise NotTheirs
        for problem in stands_behind(opened.entries()):
            appeals.tell_step(keyring=keyring, appeal=appeal, code="problem_ended", problem=problem)
        case.appeals.remove(appeal)
        appeals.set_status(
            appeal=appeal, status=UNOPENED[0] if danger else UNOPENED[1], due_on=appeal.due_on or appeal.arrived_on
        )
        keep_earliest_deadline(case)
        indexing.put_case(case)
        indexing.put_appeal(appeal)
        trail.record(verb="part_appeal", target=target(case), by=keyring.user, chain=case.office.chain)


def keep_apart(*, keyring: Keyring, one: Case | Appeal, other: Case | Appeal) -> None:
    """These two are not suggested to each other any more. What is stored says so only to who holds the index key."""
    epoch = current_epoch(one.office)
    mark = suggestions.mark_of(keyring.index_key(epoch), one, other)
    with transaction.atomic():
        KeptApart.objects.get_or_create(mark=mark, defaults={"organisation_epoch": epoch})
        trail.record(verb="keep_apart", target=f"office:{one.office.uid.hex}", by=keyring.user, chain=one.office.chain)
