"""Whether anything has changed for her: asked once of an appeal for each recommendation on its problem, counted without her.

That she has answered is written, sealed, beside how far she has read: in place, of the same length, under the appeal's own key.
The answer itself goes into the box of `followup`, which names nobody. Nothing here writes the trail or the time, on purpose.
"""

from __future__ import annotations

from django.db import transaction

from kenesh.appeals.actions.holding import Holder, read_again, read_mark, write_mark
from kenesh.appeals.actions.sealing import Erasing, locked
from kenesh.appeals.models import Status
from kenesh.followup.actions.changed import put_in_box
from kenesh.followup.models.changed import Felt


def answered_of(holder: Holder) -> list[str]:
    """Codes of the recommendations of which this appeal has said whether anything changed."""
    return sorted({code for receipt in holder.opened.appeal.receipts.all() for code in read_mark(holder, receipt).answered})


def say_what_changed(*, holder: Holder, recommendation_code: str, felt: Felt) -> bool:
    """Puts the answer into the box, once for an appeal; False when it was answered. Raises Erasing.

    `recommendation_code`: of one that the caller found behind the problems that are sealed in this appeal.
    """
    with transaction.atomic():
        appeal = locked(holder.opened.appeal)
        if appeal.status == Status.ERASING:
            raise Erasing
        read_again(holder)
        if recommendation_code in answered_of(holder):
            return False
        for receipt in appeal.receipts.select_for_update():
            write_mark(holder, receipt, answered=[*read_mark(holder, receipt).answered, recommendation_code])
        put_in_box(recommendation_code=recommendation_code, felt=felt)
    return True
