"""Noting how a call went: for the person in her steps, for colleagues as a note of the case."""

from __future__ import annotations

import contextlib
import uuid

from django.db import transaction
from django.utils.translation import gettext as _

from kenesh.appeals import actions as appeals
from kenesh.appeals.models import Callback
from kenesh.casework.actions.rows import add_note
from kenesh.casework.actions.writing import answered
from kenesh.casework.models import Case
from kenesh.people.keyring import KeyMissing, Keyring


def log_call(*, keyring: Keyring, callback: Callback, result: str, version: int, reason: str = "") -> bool:
    """`reason`: why nobody calls any more. False when a colleague has noted this call a moment ago. Raises KeyMissing."""
    words = {
        appeals.REACHED: _("Call: reached."),
        appeals.MISSED: _("Call: nobody answered."),
        appeals.WRONG: _("Call: somebody else answered."),
        appeals.ENDED: _("Nobody calls any more: %(reason)s") % {"reason": reason},
    }
    with transaction.atomic():
        if not appeals.log_call(keyring=keyring, callback=callback, result=result, version=version, reason=reason):
            return False
        cases = list(Case.objects.filter(appeals=callback.appeal).select_related("office"))
        if cases and result == appeals.REACHED:
            answered(callback.appeal, cases)
        for case in cases:
            # A restricted case may be open to others alone: the line in the appeal is enough then.
            with contextlib.suppress(KeyMissing):
                add_note(keyring=keyring, case=case, text=words[result], key=uuid.uuid4())
    return True
