"""What a person decides on the findings of a document. One decision each: who comes second is told by whom it was made.

Every act holds the document's row until the transaction ends, so that two people, or one who presses twice, come one after the other.
"""

from __future__ import annotations

import secrets
from collections.abc import Collection, Sequence
from contextlib import suppress
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kenesh.kernel import findings, trail
from kenesh.kernel.findings import Facts, Finding, Input, Taken
from kenesh.library.actions.counting import count
from kenesh.library.actions.refusals import AlreadyDecided, NoSuchFinding
from kenesh.library.actions.settling import read_again, settle
from kenesh.library.models import Confirmation, Document
from kenesh.library.proposals import SINGLE, Proposals, Span, by_hand
from kenesh.library.queries.checking import chosen, is_sure, proposals_of, taken_from
from kenesh.people.models import User

Outcome = Confirmation.Outcome


@transaction.atomic
def accept_finding(*, document: Document, key: str, facts: Facts, target: str = "", by: User) -> Confirmation:
    """Takes a finding as it is or as it was corrected; `target`: the existing row that it is, "" for a new one.

    Raises AlreadyDecided, NoSuchFinding, findings.Refused.
    """
    row = _locked(document)
    finding = _undecided(row, key)
    confirmation = _accept(row, finding, facts, target, by)
    _finish(row, {finding.field}, by)
    return confirmation


@transaction.atomic
def add_finding(
    *, document: Document, field: str, facts: Facts, target: str = "", at: Sequence[Span] = (), by: User
) -> Confirmation:
    """What the reading missed. Raises findings.Refused, AlreadyDecided for a second title, and KeyError for an unknown field."""
    row = _locked(document)
    key = f"{field}-0" if field in SINGLE else f"{field}-{secrets.token_hex(4)}"
    existing = Confirmation.objects.filter(document=row, key=key).select_related("decided_by").first()
    if existing is not None:
        raise AlreadyDecided(existing)
    confirmation = _accept(row, by_hand(row, field, key, taken=taken_from(row), at=at), facts, target, by)
    _finish(row, {field}, by)
    return confirmation


@transaction.atomic
def accept_sure(*, document: Document, by: User) -> int:
    """Takes every finding of which reading had no doubt and where it is clear what it becomes; how many those were.

    Group by group, so that a person finds the organisation that was just taken. What an area refuses stays for a person.
    """
    row = _locked(document)
    decided, accepted = _decided_keys(row), []
    for taker in findings.takers():
        waiting = [each for each in proposals_of(row).of(taker.field) if each.key not in decided]
        inputs = taker.inputs(by) if waiting else ()
        for finding, proposed in zip(waiting, taker.propose(waiting, by) if waiting else (), strict=True):
            if is_sure(finding, proposed, inputs):
                with suppress(findings.Refused), transaction.atomic():
                    _accept(row, finding, proposed.facts, chosen(proposed) or "", by)
                    accepted.append(finding.field)
    _finish(row, accepted, by)
    return len(accepted)


@transaction.atomic
def reject_finding(*, document: Document, key: str, by: User) -> Confirmation:
    """What was read is not so, or is not wanted. Raises AlreadyDecided, NoSuchFinding."""
    row = _locked(document)
    finding = _undecided(row, key)
    confirmation = _reject(row, finding, by)
    _finish(row, {finding.field}, by)
    return confirmation


@transaction.atomic
def reject_rest(*, document: Document, by: User) -> int:
    """Everything on which nobody has decided yet; how many that were."""
    row = _locked(document)
    decided = _decided_keys(row)
    rest = [finding for finding in Proposals(row).all if finding.key not in decided and not finding.optional]
    for finding in rest:
        _reject(row, finding, by)
    _finish(row, [finding.field for finding in rest], by)
    return len(rest)


@transaction.atomic
def undo_decision(*, document: Document, key: str, by: User) -> bool:
    """Takes a decision back; rows that were made for it go, unless somebody uses them. False when there was none."""
    row = _locked(document)
    confirmation = Confirmation.objects.filter(document=row, key=key).first()
    if confirmation is None:
        return False
    _reopen(row)
    _undo(row, confirmation, by)
    settle(row, {confirmation.field})
    return True


@transaction.atomic
def undo_all(*, document: Document, by: User) -> int:
    """Takes all decisions on a document back, the last one first; how many there were."""
    row = _locked(document)
    confirmations = undo_each(row, by)
    settle(row, {confirmation.field for confirmation in confirmations})
    return len(confirmations)


def undo_each(row: Document, by: User) -> list[Confirmation]:
    """Takes all decisions on a document that is held back, the last one first. Its columns stay as they were: `settle` writes them."""
    _reopen(row)
    confirmations = list(Confirmation.objects.filter(document=row).order_by("-pk"))
    for confirmation in confirmations:
        _undo(row, confirmation, by)
    return confirmations


# --- the steps ----------------------------------------------------------------------------------------------------------


def _locked(document: Document) -> Document:
    return Document.objects.select_for_update(of=("self",)).get(pk=document.pk)


def _decided_keys(document: Document) -> set[str]:
    return set(Confirmation.objects.filter(document=document).values_list("key", flat=True))


def _undecided(document: Document, key: str) -> Finding:
    confirmation = Confirmation.objects.filter(document=document, key=key).select_related("decided_by").first()
    if confirmation is not None:
        raise AlreadyDecided(confirmation)
    finding = proposals_of(document).by_key.get(key)
    if finding is None:
        raise NoSuchFinding
    return finding


def _accept(document: Document, finding: Finding, facts: Facts, target: str, by: User) -> Confirmation:
    if document.taken_out_at is not None:  # what is made of it may be public, and would tell of it
        raise findings.Refused(_("This document is taken out of the library. Put it back first."))
    _reopen(document)
    taker = findings.taker_of(finding.field)
    inputs = taker.inputs(by)
    taken = taker.accept(finding, facts=facts, target=target, by=by)
    confirmed = {**finding.read, **as_read(facts, inputs)}
    confirmation = Confirmation.objects.create(
        document=document,
        key=finding.key,
        field=finding.field,
        outcome=_outcome(finding, facts, inputs),
        read=dict(finding.read),
        confirmed=confirmed if finding.read else {**confirmed, "at": [list(span) for span in finding.at]},
        target=taken.target,
        made=list(taken.made),
        decided_by=by,
    )
    trail.record(verb=f"{confirmation.outcome}_finding", target=_named(document, finding.key), by=by)
    if finding.field == "language":
        read_again(document, facts["language"])
    return confirmation


def _outcome(finding: Finding, facts: Facts, inputs: Sequence[Input]) -> Outcome:
    if not finding.read:
        return Outcome.ADDED
    read = findings.as_facts(finding.read, inputs)
    same = all(read[each.name] == facts[each.name].strip() for each in inputs if each.of_reading)
    return Outcome.ACCEPTED if same else Outcome.CORRECTED


def as_read(facts: Facts, inputs: Sequence[Input]) -> dict[str, Any]:
    """Facts of a form under the names and in the types of `kenesh read`; nothing is null there, not ""."""
    return {each.name: _typed(facts[each.name].strip(), each.kind) for each in inputs if each.of_reading}


def _typed(text: str, kind: str) -> Any:
    if not text:
        return None
    if kind not in ("number", "whole"):
        return text
    number = float(text.replace(" ", "").replace("\u00a0", "").replace(",", "."))
    return int(number) if number == int(number) else number


def _reject(document: Document, finding: Finding, by: User) -> Confirmation:
    _reopen(document)
    confirmation = Confirmation.objects.create(
        document=document, key=finding.key, field=finding.field, outcome=Outcome.REJECTED, read=dict(finding.read), decided_by=by
    )
    trail.record(verb="rejected_finding", target=_named(document, finding.key), by=by)
    return confirmation


def _finish(document: Document, fields: Collection[str], by: User) -> None:
    """Once for all decisions of one act: the document's columns, and whether it is checked now."""
    settle(document, fields)
    _close_if_done(document, by)


def _undo(document: Document, confirmation: Confirmation, by: User) -> None:
    """The row of the decision goes, and with it what it made. Where another document was read to speak of the same record, the
    record itself is handed over to that decision, and goes with the last one."""
    others = Confirmation.objects.select_for_update().filter(target=confirmation.target).exclude(target="").order_by("pk")
    heir = next((other for other in others if other.pk != confirmation.pk), None)
    confirmation.delete()
    made = list(confirmation.made)
    if heir is not None:
        record = [each for each in made if findings.target_made(each) == confirmation.target]
        heir.made = [*record, *heir.made]
        heir.save(update_fields=["made"])
        made = [each for each in made if each not in record]
    if made:
        findings.taker_of(confirmation.field).undo(Taken(confirmation.target, tuple(made)), by=by)
    if confirmation.field == "language" and confirmation.outcome == Outcome.CORRECTED:
        read_again(document, str(confirmation.read["language"]))
    trail.record(verb="undo_finding", target=_named(document, confirmation.key), by=by)


def _named(document: Document, key: str) -> str:
    return f"document:{document.code}:{key}"


# --- begun and finished -------------------------------------------------------------------------------------------------


def _reopen(document: Document) -> None:
    """A document on which something is decided anew no longer counts in the quality of reading."""
    if document.checked_at is not None:
        count(document, -1)
        _mark(document, None, None)


def _close_if_done(document: Document, by: User) -> None:
    """Once a person has decided on every finding, the document is checked, and counts."""
    decided = _decided_keys(document)
    if document.checked_at is None and all(each.key in decided or each.optional for each in Proposals(document).all):
        _mark(document, timezone.now(), by)
        count(document, 1)
        trail.record(verb="check_document", target=f"document:{document.code}", by=by)


def _mark(document: Document, at: datetime | None, by: User | None) -> None:
    """By `update`, which indexes nothing: search does not know who checked."""
    document.checked_at, document.checked_by = at, by
    Document.objects.filter(pk=document.pk).update(checked_at=at, checked_by=by)
