"""How an appeal comes in: sent by the person, by a helper for her, or written down by an office."""

from __future__ import annotations

import json
import uuid
from collections.abc import Sequence
from datetime import datetime
from typing import Any, TypeVar

from django.conf import settings
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from kenesh.appeals import drafts, first_answer, opening, signals
from kenesh.appeals.actions.callbacks import want_call
from kenesh.appeals.actions.consents import Told, consent_line
from kenesh.appeals.actions.files import adopt
from kenesh.appeals.actions.notices import keep_address
from kenesh.appeals.actions.sealing import grant_to, new_receipt, target
from kenesh.appeals.attachments import IN_DRAFT
from kenesh.appeals.consent import BY_HELPER, BY_RECEIPT
from kenesh.appeals.models import Appeal, Epoch, Receipt, Status
from kenesh.appeals.opening import OpenAppeal
from kenesh.kernel import inserting, stretching, trail, vault
from kenesh.people import content
from kenesh.people.models import Organisation
from kenesh.people.queries import NamedOffice
from kenesh.themes import thesaurus

Office = TypeVar("Office", Organisation, NamedOffice)
NOTICE = "notice_email"  # the one answer that the office never reads: it is sealed to the mailer
SOMEBODY_ELSE = "relative"  # answer to "For whom do you write?": who fills in is a helper


class NoOffice(Exception):
    """No office of this node takes appeals."""


def file_appeal(*, draft: drafts.OpenDraft, office: Organisation, language: str) -> bool:
    """Files the draft's answers with an office; False when this draft was filed before (nothing is stored twice).

    What a helper filled in is marked: the helper has seen the digits, so they prove no consent. Raises stretching.Busy
    before anything is stored.
    """
    keys = stretching.public.run(lambda: vault.from_receipt(draft.receipt, settings.SECRETS.pepper))
    filed_before = _stands(keys.lookup)
    draft.filed = dict(draft.answers)
    if filed_before:
        drafts.save(draft)
        return False
    helped = draft.answers.get("for_whom") == SOMEBODY_ELSE
    for last_try in (False, True):
        try:
            with transaction.atomic():
                store_appeal(
                    answers=draft.answers, office=office, language=language, keys=keys, by=trail.PUBLIC, seen_by_other=helped
                )
                drafts.save(draft)
            break
        except IntegrityError:
            # The same draft was sent twice at one moment, and the other one was first.
            if _stands(keys.lookup):
                return False
            # Or the random code of eight letters is taken: at a million appeals once in 400,000 filings. Twice is an error.
            if last_try:
                raise
    return True


def _stands(lookup: bytes) -> bool:
    """Whether there is a receipt of these digits."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM appeals_receipt WHERE lookup = %s", [lookup])
        return cursor.fetchone() is not None


def store_appeal(
    *,
    answers: dict[str, Any],
    office: Organisation,
    language: str,
    keys: vault.ReceiptKeys | None,
    by: trail.Actor | str,
    now: datetime | None = None,
    seen_by_other: bool = False,
    right: str = Receipt.Right.OWNER,
    told: Told | None = None,
    status: Status | None = None,
    request_key: uuid.UUID | None = None,
) -> Appeal:
    """Rows of a new appeal, inside the caller's transaction: sealed to the office and to the receipt, if there is one.

    `told`: how the consents were given when an office wrote them down; without it the receipt signs them.
    `status`: None for what a first answer is due to.
    """
    now = now or timezone.now()
    today = timezone.localdate(now)
    danger = answers.get("danger") == "yes"
    due_on = today if danger else first_answer.due(office, today)
    appeal = Appeal(
        office=office,
        status=status or (Status.URGENT if danger else Status.NEW),
        arrived_on=today,
        due_on=due_on if status is None else None,
        theme=_top_theme(str(answers.get("theme", ""))),
        origin=_country(answers.get("citizenship")),
        destination=_country(answers.get("where_country")),
    )
    epoch = Epoch(appeal=appeal, number=1)
    key = content.new_content_key(epoch)
    said = {name: value for name, value in answers.items() if name not in (IN_DRAFT, NOTICE)}
    appeal.sealed_answers = vault.seal(key, json.dumps(said, ensure_ascii=False).encode(), opening.place_of_answers(appeal))
    appeal.save()
    inserting.insert(epoch)
    grant_to(office, epoch, key)
    opened = OpenAppeal(appeal, epoch, {1: key})
    if keys is not None:
        new_receipt(opened, keys, seen_by_other=seen_by_other, right=right)
    own = told or Told(how=BY_HELPER if seen_by_other else BY_RECEIPT, language=language)
    signing_seed = keys.signing_seed if keys and not told else None
    received = opened.sealed_entry(kind="step", by="office", at=now, code="received", request_key=request_key)
    inserting.insert(received)
    for code in answers.get("consents", []):
        inserting.insert(consent_line(opened, code=code, given=True, at=now, told=own, signing_seed=signing_seed))
    want_call(opened, answers, today=today)
    adopt(opened=opened, answers=answers)
    if answers.get(NOTICE):
        keep_address(appeal=appeal, address=answers[NOTICE], language=language)
    signals.appeal_filed.send(sender=Appeal, appeal=appeal, by=by)
    trail.record(verb="file_appeal", target=target(appeal), by=by, chain=office.chain)
    return appeal


def _top_theme(concept: str) -> str:
    return thesaurus.top_of(concept) if concept in thesaurus.concepts() else ""


def _country(value: object) -> str:
    """Two letters, or "" for other, unknown and untold."""
    text = str(value or "")
    return text if len(text) == 2 and text.isupper() else ""


def choose_office(*, answers: dict[str, Any], offices: Sequence[Office]) -> Office:
    """The office that was chosen; for "I do not know" one in the country where it happened, where she is, or any.

    Never the office that a complaint is about. Raises NoOffice.
    """
    offices = [office for office in offices if office.code != (answers.get("complaint_about") or None)]
    if not offices:
        raise NoOffice
    chosen = next((office for office in offices if office.code == answers.get("office")), None)
    wanted = [answers.get("where_country"), answers.get("now_country")]
    near = next((office for country in wanted for office in offices if office.country and office.country == country), None)
    return chosen or near or offices[0]
