"""Letters that the node writes: the letter in the register and the link in it are made together; a body's letterhead; the days by law."""

from __future__ import annotations

import uuid
from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from kenesh.followup.actions.answering import issue_answer_link
from kenesh.followup.actions.recommendations import register_letter
from kenesh.followup.models import Addressee, DueByLaw, Letter, Letterhead
from kenesh.followup.queries.correspondence import number_offered
from kenesh.kernel import trail
from kenesh.people.models import Body, User
from kenesh.themes.texts import Translated


def letter_key(key: uuid.UUID) -> uuid.UUID:
    """The key under which the register keeps the letter of a form: not the form's own, out of which the link's token is made."""
    return uuid.uuid5(key, "letter")


@transaction.atomic
def write_letter(
    *,
    addressee: Addressee,
    sent_on: date,
    outgoing_number: str,
    language: str,
    due_by_law: date | None,
    key: uuid.UUID,
    by: User,
) -> str:
    """Registers a letter and makes its link, which outlives the day of the answer; gives the token. A repeated key gives the same.

    An organisation without a registered mailbox gets a letter without a link, and the token is "".
    """
    known = Letter.with_withdrawn.filter(request_key=letter_key(key)).exists()
    body = addressee.recommendation.body
    offered = number_offered(body, sent_on)
    letter = register_letter(
        addressee=addressee,
        sent_on=sent_on,
        outgoing_number=outgoing_number,
        due_by_law=due_by_law,
        key=letter_key(key),
        by=by,
    )
    if not known:
        Letter.objects.filter(pk=letter.pk).update(language=language)
        if outgoing_number == offered:
            Letterhead.objects.get_or_create(body=body)
            Letterhead.objects.filter(body=body).update(next_number=F("next_number") + 1)
    return issue_answer_link(addressee=addressee, by=by, key=key) if addressee.organisation.mailbox else ""


@transaction.atomic
def set_letterhead(
    *,
    body: Body,
    head: Translated,
    opening: Translated,
    closing: Translated,
    signed_by: Translated,
    next_number: int,
    number_form: str,
    by: User,
) -> None:
    """What stands around a body's letters, and which number is offered next."""
    said = {"head": head, "opening": opening, "closing": closing, "signed_by": signed_by}
    Letterhead.objects.update_or_create(body=body, defaults={**said, "next_number": next_number, "number_form": number_form})
    trail.record(verb="set_letterhead", target=f"body:{body.code}", by=by)


@transaction.atomic
def keep_due_by_law(*, rule: DueByLaw | None, by: User, **said: Any) -> DueByLaw:
    """Adds or changes within how many days a country's law wants an answer. Letters that are registered keep their day."""
    kept = rule or DueByLaw(code=f"own-{uuid.uuid4().hex[:12]}")
    for name in ("country", "what", "days", "unit", "law", "source", "certainty", "in_use"):
        setattr(kept, name, said[name])
    kept.changed_on = timezone.localdate()
    kept.save()
    trail.record(verb="keep_due_by_law", target=f"due_by_law:{kept.code}", by=by)
    return kept
