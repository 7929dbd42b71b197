"""How somebody found the help, asked once her case is closed: counted for the office in batches, without her (decision 0027).

That she has answered is written, sealed, beside how far she has read, as in `changed.py`. The sheet goes into a box, sealed under a
key of the node's secrets: no row, no entry of the trail and no time joins it to her. The office sees sums of whole batches alone.
"""

from __future__ import annotations

import json
import random
import uuid
from collections import Counter, defaultdict
from collections.abc import Mapping
from datetime import date

from django.conf import settings
from django.db import transaction

from kenesh.appeals.actions.changed import answered_of
from kenesh.appeals.actions.holding import Holder, read_again, read_mark, write_mark
from kenesh.appeals.actions.sealing import Erasing, locked
from kenesh.appeals.models import Asked, OpinionCount, Status, WaitingOpinion
from kenesh.appeals.opening import OpenEntry
from kenesh.kernel import trail, vault
from kenesh.people.models import Organisation
from kenesh.problems.partition import SMALLEST

MARK = "opinion"  # beside the codes of recommendations, which have eight signs
UNSAID = "unsaid"
Sheet = dict[str, str]  # question → answer


def may_say_opinion(holder: Holder, steps: list[OpenEntry]) -> bool:
    """Once her case is closed, by digits that nobody else has seen, and once. `steps`: of her status page."""
    closed = holder.opened.appeal.status == Status.CLOSED and any(step.body["code"] == "closed" for step in steps)
    return closed and not holder.receipt.seen_by_other and MARK not in answered_of(holder)


def say_opinion(*, holder: Holder, said: Mapping[str, str]) -> bool:
    """Puts her answers into the box, once for an appeal; False when that was done. Raises Erasing.

    `said`: question → yes, partly, no; what is missing was not said.
    """
    sheet = {question: said.get(question) or UNSAID for question in Asked.values}
    with transaction.atomic():
        appeal = locked(holder.opened.appeal)
        if appeal.status == Status.ERASING:
            raise Erasing
        read_again(holder)
        if MARK in answered_of(holder):
            return False
        for receipt in appeal.receipts.select_for_update():
            write_mark(holder, receipt, answered=[*read_mark(holder, receipt).answered, MARK])
        uid = uuid.uuid4()
        words = json.dumps({"office": appeal.office.uid.hex, "sheet": sheet}).encode()
        WaitingOpinion.objects.create(uid=uid, sealed=vault.seal(_key(), words, _place(uid)))
    return True


def count_opinions(*, today: date) -> int:
    """Counts for every office of which at least SMALLEST sheets wait, and destroys these; gives how many were counted."""
    waiting: dict[str, list[tuple[uuid.UUID, Sheet]]] = defaultdict(list)
    rows = list(WaitingOpinion.objects.all())
    random.SystemRandom().shuffle(rows)
    for row in rows:
        said = json.loads(vault.open_sealed(_key(), bytes(row.sealed), _place(row.uid)))
        waiting[said["office"]].append((row.uid, said["sheet"]))
    return sum(_count(office, sheets, today) for office, sheets in sorted(waiting.items()) if len(sheets) >= SMALLEST)


@transaction.atomic
def _count(office_uid: str, sheets: list[tuple[uuid.UUID, Sheet]], today: date) -> int:
    office = Organisation.objects.select_for_update().filter(uid=uuid.UUID(office_uid)).first()
    # Another worker may have counted some of them before the office was ours.
    still = set(WaitingOpinion.objects.filter(pk__in=[uid for uid, _sheet in sheets]).values_list("pk", flat=True))
    gone = WaitingOpinion.objects.filter(pk__in=still)
    if office is None:
        gone.delete()
        return 0
    sheets = [(uid, sheet) for uid, sheet in sheets if uid in still]
    if len(sheets) < SMALLEST:
        return 0
    for question in Asked.values:
        which = {"office": office, "month": today.replace(day=1), "question": question}
        row = OpinionCount.objects.filter(**which).first() or OpinionCount(**which)
        for answer, many in Counter(sheet[question] for _uid, sheet in sheets).items():
            setattr(row, answer, getattr(row, answer) + many)
        row.save()
    gone.delete()
    trail.record(verb="count_opinions", target=f"office:{office.uid.hex}", by="worker", chain=office.chain)
    return len(sheets)


def _key() -> bytes:
    return vault.B(settings.SECRETS.pepper, "opinion")


def _place(uid: uuid.UUID) -> vault.Place:
    return vault.Place("appeals_waitingopinion", "sealed", uid.hex)
