"""Correspondents, one by one, and addresses to which nothing is sent any more."""

from __future__ import annotations

import smtplib
from dataclasses import dataclass

from django.db import transaction

from kenesh.kernel import trail
from kenesh.kernel.rows import stamp_of
from kenesh.people.actions.refusals import AddressTaken, ChangedMeanwhile
from kenesh.people.models import Body, Correspondent, MailStop, User
from kenesh.people.queries.correspondents import hidden_address


@dataclass(frozen=True)
class CorrespondentFacts:
    """What a form says of a correspondent, by the names of its columns."""

    name: str
    post: str
    organisation: str
    role: str
    country: str
    email: str
    phones: str
    languages: str


def _values(facts: CorrespondentFacts) -> dict[str, str]:
    return {name: getattr(facts, name) for name in CorrespondentFacts.__dataclass_fields__}


def add_correspondent(*, code: str, body: Body | None, facts: CorrespondentFacts, by: User) -> Correspondent:
    """`code` is the form's own key: the same form sent twice makes one correspondent. Raises AddressTaken."""
    with transaction.atomic():
        made = Correspondent.objects.filter(code=code).first()
        if made is None:
            _check_address(body, facts.email)
            made = Correspondent.objects.create(code=code, body=body, **_values(facts))
            trail.record(verb="add_correspondent", target=f"correspondent:{code}", by=by)
    return made


def _check_address(body: Body | None, email: str, but: int = 0) -> None:
    """Raises AddressTaken."""
    if email and Correspondent.objects.filter(body=body, email=email).exclude(pk=but).exists():
        raise AddressTaken


def edit_correspondent(
    *, correspondent: Correspondent, body: Body | None, facts: CorrespondentFacts, seen: str, by: User
) -> None:
    """`seen`: its stamp when the form was opened. Raises ChangedMeanwhile, AddressTaken."""
    with transaction.atomic():
        row = Correspondent.objects.select_for_update().get(pk=correspondent.pk)
        if stamp_of(row) != seen:
            raise ChangedMeanwhile
        _check_address(body, facts.email, row.pk)
        row.body = body
        for name, value in _values(facts).items():
            setattr(row, name, value)
        row.save()
        trail.record(verb="edit_correspondent", target=f"correspondent:{row.code}", by=by)


def remove_correspondent(*, correspondent: Correspondent, by: User) -> None:
    """The correspondent is gone; that its address wants no mail stays."""
    with transaction.atomic():
        deleted, _rows = Correspondent.objects.filter(pk=correspondent.pk).delete()
        if deleted:
            trail.record(verb="remove_correspondent", target=f"correspondent:{correspondent.code}", by=by)


# --- mail that stops --------------------------------------------------------------------------------------------------


def stop_mail(*, email: str, why: str, detail: str = "", by: User | str) -> None:
    """Nothing is sent to this address any more, by whomever. That its owner said so goes before what a mail server said."""
    address = hidden_address(email)
    with transaction.atomic():
        row, made = MailStop.objects.get_or_create(address=address, defaults={"why": why, "detail": detail[:300]})
        if not made and row.why != why and why == MailStop.Why.OPTED_OUT:
            row.why, made = why, True
            row.save(update_fields=["why"])
        if made:
            trail.record(verb=f"mail_{why}", target=f"mail:{address}", by=by)


def note_refusal(*, email: str, refused: smtplib.SMTPRecipientsRefused, by: User | str) -> str:
    """What the mail server said of this address, in its own words. A refusal for good (5xx, RFC 5321, section 4.2.1) stops mail
    to it; 4xx passes."""
    code, said = next(iter(refused.recipients.values()), (550, b""))
    words = in_words(code, said)
    if code >= 500:
        stop_mail(email=email, why=MailStop.Why.BOUNCED, detail=words, by=by)
    return words


def in_words(code: int, said: bytes | str) -> str:
    """What a mail server said, to be shown."""
    return f"{code} {said.decode('utf-8', 'replace') if isinstance(said, bytes) else said}"[:300]


def resume_mail(*, email: str, by: User | str, also_opted_out: bool) -> None:
    """Mail may be sent again. `also_opted_out`: only the owner of the address may take back that he wants none."""
    address = hidden_address(email)
    with transaction.atomic():
        rows = MailStop.objects.filter(address=address)
        deleted, _rows = (rows if also_opted_out else rows.filter(why=MailStop.Why.BOUNCED)).delete()
        if deleted:
            trail.record(verb="mail_resumed", target=f"mail:{address}", by=by)
