"""An appeal that an office writes down for somebody on the phone or in front of the desk."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from typing import Any

from django.db import IntegrityError, transaction

from kenesh.appeals import actions as appeals
from kenesh.appeals.models import Appeal, Entry
from kenesh.casework.actions.cases import open_from_appeal
from kenesh.casework.actions.digits import keep_shown, new_digits
from kenesh.casework.actions.writing import answered
from kenesh.casework.models import Case, ShownReceipt
from kenesh.people.keyring import Keyring
from kenesh.people.models import Organisation


@dataclass(frozen=True)
class WrittenDown:
    """What came of the form. `shown`: the digits to read out, when a receipt was wanted."""

    appeal: Appeal
    case: Case | None
    shown: ShownReceipt | None


def write_down(
    *,
    keyring: Keyring,
    office: Organisation,
    answers: dict[str, Any],
    told: appeals.Told,
    receipt: bool,
    open_case: bool,
    key: uuid.UUID,
) -> WrittenDown:
    """Files the answers with the office and opens the case when wanted. The same form sent twice files once.

    The receipt is marked as seen by somebody else: it proves no consent and is replaced at first own use. Without one,
    nobody holds digits. Raises stretching.Busy before anything is stored.
    """
    before = _written_before(keyring, key)
    if before is not None:
        return before
    digits = new_digits() if receipt else None
    try:
        with transaction.atomic():
            appeal = appeals.store_appeal(
                answers=answers,
                office=office,
                language=told.language,
                keys=digits.keys if digits else None,
                by=keyring.user,
                seen_by_other=True,
                told=told,
                request_key=key,
            )
            case = open_from_appeal(keyring=keyring, appeal=appeal) if open_case else None
            if case is not None:
                answered(appeal, [case])
            shown = keep_shown(keyring=keyring, appeal=appeal, digits=digits) if digits else None
    except IntegrityError:
        # The same form was sent twice at one moment, and the other one was first. Anything else is an error.
        before = _written_before(keyring, key)
        if before is None:
            raise
        return before
    return WrittenDown(appeal, case, shown)


def _written_before(keyring: Keyring, key: uuid.UUID) -> WrittenDown | None:
    entry = Entry.objects.filter(request_key=key).select_related("appeal").first()
    if entry is None:
        return None
    shown = ShownReceipt.objects.filter(appeal=entry.appeal, user=keyring.user).first()
    return WrittenDown(entry.appeal, Case.objects.filter(appeals=entry.appeal).first(), shown)
