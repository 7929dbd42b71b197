"""Counting what the people behind a problem say: put into a box one by one, taken out in batches of at least five.

An answer lies in the box sealed under a key of the node's secrets, so that the database alone does not tell it. No row, no entry
of the trail and no time joins it to whoever gave it: the mark that she has answered lies sealed in her appeal (the areas above),
and is written over in place. So the database shows that somebody answered only to whoever copies it again and again, and then
not what.
"""

from __future__ import annotations

import json
import random
import uuid
from collections import Counter, defaultdict

from django.conf import settings
from django.db import transaction

from kenesh.followup.actions.keeping import locked
from kenesh.followup.models import Recommendation
from kenesh.followup.models.changed import SMALLEST, Counted, Felt, WaitingAnswer
from kenesh.kernel import trail, vault


def _key() -> bytes:
    return vault.B(settings.SECRETS.pepper, "anything changed")


def _place(uid: uuid.UUID) -> vault.Place:
    return vault.Place("followup_waitinganswer", "sealed", uid.hex)


def put_in_box(*, recommendation_code: str, felt: Felt) -> None:
    """One answer, within the transaction of whoever keeps it from coming twice. It leaves no entry in the trail, on purpose:
    an entry has a time, and a time beside the opening of a receipt is a name. A refusal to say is put in like any other."""
    uid = uuid.uuid4()
    said = json.dumps({"recommendation": recommendation_code, "felt": felt.value}).encode()
    WaitingAnswer.objects.create(uid=uid, sealed=vault.seal(_key(), said, _place(uid)))


def count_box() -> int:
    """Counts every recommendation on which at least SMALLEST answers wait, and destroys these; gives how many were counted."""
    waiting: dict[str, list[tuple[uuid.UUID, Felt]]] = defaultdict(list)
    rows = list(WaitingAnswer.objects.all())
    random.SystemRandom().shuffle(rows)
    for row in rows:
        said = json.loads(vault.open_sealed(_key(), bytes(row.sealed), _place(row.uid)))
        waiting[said["recommendation"]].append((row.uid, Felt(said["felt"])))
    return sum(_count(code, answers) for code, answers in sorted(waiting.items()) if len(answers) >= SMALLEST)


@transaction.atomic
def _count(code: str, answers: list[tuple[uuid.UUID, Felt]]) -> int:
    found = Recommendation.objects.filter(code=code).first()
    gone = WaitingAnswer.objects.filter(pk__in=[uid for uid, _felt in answers])
    if found is None:
        gone.delete()
        return 0
    row = locked(found)
    counted = Counted.objects.filter(recommendation=row).first() or Counted(recommendation=row)
    for felt, number in Counter(felt for _uid, felt in answers).items():
        setattr(counted, felt.value, getattr(counted, felt.value) + number)
    counted.save()
    gone.delete()
    trail.record(verb="count_what_changed", target=row.target, by="worker")
    return len(answers)
