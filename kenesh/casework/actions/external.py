"""Referrals outside the network, in sealed words: to whom, how, what was told, what came back; she reads it with her receipt."""

from __future__ import annotations

import uuid

from django.db import transaction

from kenesh.appeals import actions as appeals
from kenesh.casework import readers
from kenesh.casework.actions.writing import locked_appeals, store, target
from kenesh.casework.models import Case, ExternalReferral
from kenesh.casework.opening import Body, ChangedMeanwhile, open_case
from kenesh.kernel import trail
from kenesh.people.keyring import Keyring

TOLD = (
    "kind", "to", "how", "consent", "consented", "reason", "told", "on", "number", "taken_by", "due", "reply", "result", "result_from",
)  # fmt: skip


def turn_to(*, keyring: Keyring, case: Case, body: Body, key: uuid.UUID) -> ExternalReferral:
    """Notes that the office has turned to somebody outside; the same form sent twice notes it once. Raises KeyMissing."""
    with transaction.atomic():
        known = ExternalReferral.objects.filter(request_key=key).first()
        if known is not None:
            return known
        locked_appeals(case)
        opened = open_case(case, keyring)
        row = ExternalReferral(case=case, request_key=key)
        store(opened, row, body)
        _tell(keyring, case, row, body)
        if body.get("consent") == "emergency":
            trail.record(verb="name_without_consent", target=target(case), by=keyring.user, chain=case.office.chain)
        trail.record(verb="external_referral", target=target(case), by=keyring.user, chain=case.office.chain)
    return row


def change_external(*, keyring: Keyring, row: ExternalReferral, changes: Body, version: int) -> None:
    """The number, the reply, the result. Raises ChangedMeanwhile, KeyMissing."""
    case = row.case
    with transaction.atomic():
        locked_appeals(case)
        opened = open_case(case, keyring)
        locked = ExternalReferral.objects.select_for_update(of=("self",)).get(pk=row.pk)
        before = opened.open(locked).body
        if locked.version != version:
            raise ChangedMeanwhile(before)
        locked.version += 1
        body = {**before, **changes}
        store(opened, locked, body)
        if any(before.get(name) != body.get(name) for name in TOLD):
            _tell(keyring, case, locked, body)
        if body.get("consent") == "emergency" != before.get("consent"):
            trail.record(verb="name_without_consent", target=target(case), by=keyring.user, chain=case.office.chain)
        trail.record(verb="change_external_referral", target=target(case), by=keyring.user, chain=case.office.chain)


def _tell(keyring: Keyring, case: Case, row: ExternalReferral, body: Body) -> None:
    """A line in the appeal of whom it is about, since her receipt opens that and not the office's case; in nobody else's. Into one
    that is taken back, nothing can be written."""
    words, whose = {name: body.get(name, "") for name in TOLD}, body.get("whose")
    for opened in readers.open_to_us(locked_appeals(case), keyring):
        if whose in ("", None, readers.EVERYBODY, opened.appeal.code):
            appeals.tell_step(keyring=keyring, appeal=opened.appeal, code="external", outside={**words, "referral": row.uid.hex})
