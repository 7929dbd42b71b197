"""Correspondents out of a file: shown row by row, then entered or thrown away."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import asdict, dataclass, field
from datetime import timedelta
from typing import Any, TypedDict

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from kenesh.kernel import trail
from kenesh.people import address_files, address_words
from kenesh.people.actions.correspondents import CorrespondentFacts
from kenesh.people.doubles import Listed, doubles
from kenesh.people.matching import plain
from kenesh.people.models import AddressFile, Body, Correspondent, CorrespondentRole, User
from kenesh.people.queries.correspondents import listed, secretarys_bodies

FILES_KEPT = timedelta(days=7)


class Checked(TypedDict):
    """A row of a file as it waits. `role`, `body` (a code): as the row says them, "" where it does not. `unclear`: what of the row was
    not understood, as (name of the column, word). `found`: new, alike, known or wrong; `about`: in words, whom it is like or what is
    wrong."""

    number: int
    facts: dict[str, str]
    role: str
    body: str
    unclear: list[tuple[str, str]]
    found: str
    about: str


@dataclass
class _Known:
    """Who stands in one list already, and who of the file was read before. `addresses`: e-mail → name."""

    addresses: dict[str, str] = field(default_factory=dict)
    names: list[Listed] = field(default_factory=list)


class _Lists:
    """The lists into which rows may go: of the secretary's bodies, and the one that was chosen for the file."""

    def __init__(self, bodies: Sequence[Body], chosen: Body | None) -> None:
        self._chosen = chosen
        self._bodies = {body.code: body for body in bodies}
        self._names = {body.code: {plain(name) for name in (*body.name.values(), *body.short_name.values())} for body in bodies}
        self._known: dict[str, _Known] = {}

    def code_of(self, words: str, *, by_part: bool = False) -> str:
        """The code of the body that is called so, in any language; `by_part`: or else of the only one whose name has all these words. ""
        when none is, or several are."""
        exactly = [code for code, names in self._names.items() if plain(words) in names]
        said = set(plain(words).split())
        called = exactly or [
            code for code, names in self._names.items() if said and any(said <= set(name.split()) for name in names)
        ]
        return called[0] if len(called) == 1 else ""

    def known_in(self, code: str) -> _Known:
        """`code`: of a body, "" for the list of the file."""
        if code not in self._known:
            rows = list(Correspondent.objects.filter(body=self._bodies[code] if code else self._chosen).order_by("id"))
            addresses = {row.email: row.name for row in rows if row.email}
            self._known[code] = _Known(addresses, [listed(row) for row in rows])
        return self._known[code]


def check_address_file(*, code: str, body: Body | None, name: str, data: bytes, by: User) -> AddressFile:
    """Reads a file and says of each row what would come of it; enters nothing. `code` is the form's own key; `body`: whose list it is for
    rows that name none. Raises Unreadable."""
    kept = AddressFile.objects.filter(code=code, by=by).first()
    if kept is None:
        checked = _check(address_files.read(data), _Lists(secretarys_bodies(by), body), body)
        kept = AddressFile.objects.create(code=code, by=by, body=body, name=name[:200], rows=checked)
    return kept


def _check(rows: Iterable[address_files.Row], lists: _Lists, chosen: Body | None) -> list[Checked]:
    told: list[Checked] = []
    for row in rows:
        facts, role, body, unclear = _understood(row, lists)
        body = "" if chosen is not None and body == chosen.code else body
        known = lists.known_in(body)
        found, about = _judge(facts, known)
        told.append(
            Checked(
                number=row.number, facts=asdict(facts), role=role, body=body, unclear=unclear, found=found, about=about
            )
        )  # fmt: skip
        if found in {"new", "alike"}:
            known.names.append(_of(f"row {row.number}", facts))
            if facts.email:
                known.addresses[facts.email] = facts.name
    return told


def _of(target: str, facts: CorrespondentFacts) -> Listed:
    return Listed(target, facts.name, facts.organisation, facts.phones)


def _judge(facts: CorrespondentFacts, known: _Known) -> tuple[str, str]:
    if not facts.name:
        return "wrong", _("The name is missing.")
    if facts.email:
        try:
            validate_email(facts.email)
        except ValidationError:
            return "wrong", _("This is no e-mail address: %(address)s") % {"address": facts.email}
        if facts.email in known.addresses:
            return "known", known.addresses[facts.email]
    alike = doubles(_of("", facts), known.names)
    return ("alike", f"{alike[0].label} ({alike[0].reason})") if alike else ("new", "")


def _understood(row: address_files.Row, lists: _Lists) -> tuple[CorrespondentFacts, str, str, list[tuple[str, str]]]:
    """What a row says, the role and the body that it names, and what of it means nothing to us."""
    country, role, body = address_words.country(row.country), address_words.role(row.role), lists.code_of(row.body, by_part=True)
    unclear = [
        (column, words)
        for column, words, understood in (("role", row.role, role), ("body", row.body, body), ("country", row.country, country))
        if words and not understood
    ]
    codes = {word: address_words.language(word) for word in row.languages}
    unclear += [("language", word) for word, code in codes.items() if not code]
    for word in row.tags:
        as_role, as_body = address_words.role(word), lists.code_of(word)
        role, body = role or as_role, body or as_body
        if not (as_role or as_body):
            unclear.append(("tag", word))
    facts = CorrespondentFacts(
        name=row.name, post=row.post, organisation=row.organisation, role=CorrespondentRole.OTHER, country=country,
        email=row.email[:254], phones=row.phones, languages=" ".join(dict.fromkeys(filter(None, codes.values())))[:60],
    )  # fmt: skip
    return facts, role, body, unclear


def import_addresses(*, file: AddressFile, numbers: Collection[int], role: str, by: User) -> int:
    """Enters the chosen rows and throws the file away; gives how many were entered. `role`: of rows that name none. A row whose address
    somebody else has entered meanwhile is left out, and so is a wrong one; one for a body that the account keeps no more goes into the
    list of the file."""
    with transaction.atomic():
        row = AddressFile.objects.select_for_update().filter(pk=file.pk).first()
        if row is None:
            return 0
        chosen: list[dict[str, Any]] = [
            each for each in row.rows if each["number"] in numbers and each["found"] in {"new", "alike"}
        ]
        bodies = {body.code: body for body in secretarys_bodies(by)}
        made = [
            Correspondent(
                **each["facts"] | {"role": each.get("role") or role}, body=bodies.get(each.get("body", ""), row.body)
            )
            for each in chosen
        ]  # fmt: skip
        made = _without_taken(made)
        Correspondent.objects.bulk_create(made)
        row.delete()
        trail.record(verb="import_addresses", target=f"correspondents:{row.body.code if row.body else 'node'}:{len(made)}", by=by)
    return len(made)


def _without_taken(made: list[Correspondent]) -> list[Correspondent]:
    """Those whose address is not yet in their list, each address once."""
    addresses = [each.email for each in made if each.email]
    taken: set[tuple[int | None, str]] = set(Correspondent.objects.filter(email__in=addresses).values_list("body", "email"))
    kept: list[Correspondent] = []
    for each in made:
        place = (each.body_id, each.email)
        if not each.email or place not in taken:
            taken.add(place)
            kept.append(each)
    return kept


def discard_address_file(*, file: AddressFile, by: User) -> None:
    """Nothing of it is entered."""
    with transaction.atomic():
        deleted, _rows = AddressFile.objects.filter(pk=file.pk).delete()
        if deleted:
            trail.record(verb="discard_address_file", target=f"correspondent-file:{file.code}", by=by)


def forget_address_files() -> int:
    """Deletes files that nobody confirmed for a week; gives how many rows were deleted."""
    return AddressFile.objects.filter(created_at__lt=timezone.now() - FILES_KEPT).delete()[0]
