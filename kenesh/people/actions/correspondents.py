"""Correspondents: entered one by one or out of a file, and addresses to which nothing is sent any more."""

from __future__ import annotations

import smtplib
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, TypedDict

from babel import Locale
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from kenesh.kernel import trail
from kenesh.kernel.rows import stamp_of
from kenesh.people import address_files
from kenesh.people.actions.refusals import AddressTaken, ChangedMeanwhile
from kenesh.people.doubles import Listed, doubles
from kenesh.people.models import AddressFile, Body, Correspondent, CorrespondentRole, MailStop, User
from kenesh.people.queries.correspondents import hidden_address, listed
from kenesh.search.terms import country_of
from kenesh.themes.countries import ORIGINS, country_name
from kenesh.themes.languages import HANDLED, OWN_NAME

FILES_KEPT = timedelta(days=7)
# Words for languages that CLDR does not have.
_ALSO = {"кыргызский": "ky", "кыргызча": "ky", "орусча": "ru", "өзбекче": "uz", "тажикче": "tg", "англисче": "en"}


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


# --- out of a file ----------------------------------------------------------------------------------------------------


class Checked(TypedDict):
    """A row of a file as it waits. `found`: new, alike, known, twice or wrong; `about`: in words, whom it is like or what is wrong."""

    number: int
    facts: dict[str, str]
    found: str
    about: str


def check_address_file(*, code: str, body: Body | None, name: str, data: bytes, by: User) -> AddressFile:
    """Reads a file and says of each row what would come of it; enters nothing. `code` is the form's own key. Raises Unreadable."""
    kept = AddressFile.objects.filter(code=code, by=by).first()
    if kept is None:
        checked = _check(address_files.read(data), body)
        kept = AddressFile.objects.create(code=code, by=by, body=body, name=name[:200], rows=checked)
    return kept


def _check(rows: Iterable[address_files.Row], body: Body | None) -> list[Checked]:
    known = list(Correspondent.objects.filter(body=body).order_by("id"))
    addresses = {correspondent.email: correspondent.name for correspondent in known if correspondent.email}
    names = [listed(correspondent) for correspondent in known]
    told: list[Checked] = []
    for row in rows:
        facts = _facts_of(row)
        found, about = _judge(facts, addresses, names)
        told.append(Checked(number=row.number, facts=_values(facts), found=found, about=about))
        if found in {"new", "alike"}:
            names.append(_of(f"row {row.number}", facts))
            if facts.email:
                addresses[facts.email] = facts.name
    return told


def _of(target: str, facts: CorrespondentFacts) -> Listed:
    return Listed(target, facts.name, facts.organisation, facts.phones)


def _judge(facts: CorrespondentFacts, addresses: dict[str, str], names: list[Listed]) -> tuple[str, str]:
    if not facts.name:
        return "wrong", _("The name is missing.")
    if facts.email:
        try:
            validate_email(facts.email)
        except ValidationError:
            return "wrong", _("This is no e-mail address: %(address)s") % {"address": facts.email}
        if facts.email in addresses:
            return "known", addresses[facts.email]
    alike = doubles(_of("", facts), names)
    return ("alike", f"{alike[0].label} ({alike[0].reason})") if alike else ("new", "")


def _facts_of(row: address_files.Row) -> CorrespondentFacts:
    codes = dict.fromkeys(filter(None, map(_language, row.languages)))
    return CorrespondentFacts(
        name=row.name, post=row.post, organisation=row.organisation, role=CorrespondentRole.OTHER, country=_country(row.country),
        email=row.email[:254], phones=row.phones, languages=" ".join(codes)[:60],
    )  # fmt: skip


def _country(word: str) -> str:
    """The code of a country named in any of our languages, or by its code; "" for none."""
    if len(word) == 2 and country_name(word.upper(), "en") != word.upper():
        return word.upper()
    for code in ORIGINS:
        if word.casefold() in {country_name(code, language).casefold() for language in ("ru", "ky", "en")}:
            return code
    return next((code for part in word.split() if (code := country_of(part))), "")


def _language(word: str) -> str:
    """The code of a language named in Russian, Kyrgyz, English or itself, or by its code; "" for none."""
    said = word.casefold()[:30]
    if said in _ALSO:
        return _ALSO[said]
    for code in HANDLED:
        names = {code, OWN_NAME[code].casefold()} | {Locale(each).languages[code].casefold() for each in ("ru", "ky", "en")}
        if said in names or said.partition("-")[0] == code:
            return code
    return ""


def import_addresses(*, file: AddressFile, numbers: Collection[int], role: str, by: User) -> int:
    """Enters the chosen rows and throws the file away; gives how many were entered. A row whose address somebody else has entered
    meanwhile is left out, and so is a wrong one."""
    with transaction.atomic():
        row = AddressFile.objects.select_for_update().filter(pk=file.pk).first()
        if row is None:
            return 0
        chosen: list[dict[str, Any]] = [
            each["facts"] for each in row.rows if each["number"] in numbers and each["found"] in {"new", "alike"}
        ]
        taken = set(Correspondent.objects.filter(body=row.body).exclude(email="").values_list("email", flat=True))
        made = [Correspondent(**{**facts, "role": role}, body=row.body) for facts in chosen if facts["email"] not in taken]
        Correspondent.objects.bulk_create(made)
        row.delete()
        trail.record(verb="import_addresses", target=f"correspondents:{row.body.code if row.body else 'node'}:{len(made)}", by=by)
    return len(made)


def discard_address_file(*, file: AddressFile, by: User) -> None:
    """Nothing of it is entered."""
    with transaction.atomic():
        deleted, _rows = AddressFile.objects.filter(pk=file.pk).delete()
        if deleted:
            trail.record(verb="discard_address_file", target=f"correspondent-file:{file.code}", by=by)


def forget_address_files() -> int:
    """Deletes files that nobody confirmed for a week; gives how many rows were deleted."""
    return AddressFile.objects.filter(created_at__lt=timezone.now() - FILES_KEPT).delete()[0]
