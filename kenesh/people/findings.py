"""What people take from documents that were read: organisations and bodies, and persons with their posts and seats."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from typing import Any

from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from kenesh.kernel import findings, trail
from kenesh.kernel.access import holds
from kenesh.kernel.codes import new_code
from kenesh.kernel.findings import Candidate, Facts, Finding, Input, Proposed, Taken, Words
from kenesh.people import actions
from kenesh.people.matching import Named, NamedPerson, NameIndex, country_in, person_candidates, persons_looked_for, stems
from kenesh.people.models import (
    Body,
    Membership,
    MembershipRole,
    Organisation,
    OrganisationKind,
    Person,
    Publication,
    Standing,
    User,
)
from kenesh.people.queries.joined import further_names
from kenesh.people.rules import Permission
from kenesh.people.seeming import BODY, kind_by_name
from kenesh.themes import countries
from kenesh.themes.texts import Translated

ROLES = (
    ("", _("not said")), ("organiser", _("organised it")), ("supporter", _("supported it")), ("donor", _("paid for it")),
    ("participant", _("took part")), ("host", _("was the host")), ("addressee", _("is asked to do something")),
    ("source", _("is the source of a figure")),
)  # fmt: skip


def _kinds() -> list[tuple[str, Any]]:
    return [("", "—"), *OrganisationKind.choices, *((f"{BODY}{value}", label) for value, label in Body.Kind.choices)]


def _country_choices() -> list[tuple[str, Any]]:
    return [("", _("no country")), *countries.country_choices(get_language() or "en")]


def _everything() -> tuple[NameIndex, dict[str, str]]:
    """All organisations and bodies, also under the names that people confirmed in documents, and what each of them is."""
    columns = ("code", "name", "short_name")
    confirmed, besides = findings.confirmed_names("organisations"), further_names("organisation")
    rows: list[tuple[Organisation | Body, str | None]] = [
        *((row, row.country) for row in Organisation.objects.only(*columns, "country", "kind")),
        *((row, None) for row in Body.objects.only(*columns, "kind")),
    ]
    index = NameIndex(
        Named(target, str(row.name), row.name, row.short_name, (*confirmed.get(target, ()), *also), country)
        for row, country in rows
        for target in [findings.target_of(row)]
        for also in [besides.get(row.pk, ()) if isinstance(row, Organisation) else ()]
    )
    return index, {findings.target_of(row): f"{BODY}{row.kind}" if isinstance(row, Body) else row.kind for row, _country in rows}


def _text(finding: Finding, words: str) -> Translated:
    return Translated({finding.language or "ru": words}) if words else Translated()


class OrganisationTaker:
    """Organisations and bodies: which of the two, the person says."""

    field = "organisations"
    label = _("Organisations and bodies")
    order = 30

    def inputs(self, user: Any) -> Sequence[Input]:
        return (
            Input("name", _("Name"), required=True),
            Input("what", _("What it is"), "choice", required=True, choices=_kinds(), of_reading=False),
            Input("country", _("Country"), "choice", choices=_country_choices(), of_reading=False),
            Input("role", _("What it did"), "choice", choices=ROLES),
        )

    def propose(self, found: Sequence[Finding], user: Any) -> list[Proposed]:
        index, kinds = _everything() if found else (NameIndex([]), {})
        proposed = []
        for finding in found:
            name = str(finding.read.get("name") or "")
            role = str(finding.read.get("role") or "")
            country = country_in(name, finding.language)
            candidates = index.candidates(name, finding.language, country) if name else []
            sure = [each.target for each in candidates if each.score >= findings.SURE]
            what = kinds[sure[0]] if len(sure) == 1 else kind_by_name(name, finding.language)
            proposed.append(Proposed({"name": name, "role": role, "what": what, "country": country}, candidates))
        return proposed

    def look_for(self, words: str, user: Any) -> list[Candidate]:
        index, _kinds_of = _everything()
        return index.looked_for(words)

    def accept(self, finding: Finding, *, facts: Facts, target: str, by: Any) -> Taken:
        if target:
            return Taken(findings.target_of(_organisation_or_body(target)))
        if not facts["what"]:
            raise findings.Refused(_("Choose what it is."), "what")
        name, code = _text(finding, facts["name"]), new_code()
        row: Organisation | Body
        if facts["what"].startswith(BODY):
            kind = facts["what"].removeprefix(BODY)
            body = actions.BodyFacts(name, Translated(), kind, Translated(), None, "", publishes_decisions=False)
            row = actions.add_body(code=code, facts=body, by=by)
        else:
            row = actions.add_organisation(code=code, facts=_facts_of(name, facts), by=by)
        row.refresh_from_db()
        return Taken(findings.target_of(row), (findings.made_of(row),))

    def undo(self, taken: Taken, *, by: Any) -> None:
        for made in taken.made:
            _remove(Organisation, made, by=by)
            _remove(Body, made, by=by)

    def addresses(self, targets: Collection[str], user: Any) -> dict[str, str]:
        return _pages(targets, user, organisation="people_work:organisation", body="people_work:body")


def _pages(targets: Collection[str], user: Any, **pages: str) -> dict[str, str]:
    """Pages of the node's administrator: a secretary's own pages show only what touches her bodies."""
    if not holds(user, Permission.FILL_NODE):
        return {}
    named = [(target, findings.code_in(target, kind), page) for target in targets for kind, page in pages.items()]
    return {target: reverse(page, args=[code]) for target, code, page in named if code}


def _facts_of(name: Translated, facts: Facts) -> actions.OrganisationFacts:
    none = Translated()
    return actions.OrganisationFacts(
        name=name, short_name=none, kind=facts["what"], country=facts["country"], languages=[], place=none,
        takes_appeals=False, mailbox="", founded_on=None, ended_on=None,
    )  # fmt: skip


def _organisation_or_body(target: str) -> Organisation | Body:
    """Raises Refused when the row has gone."""
    row: Organisation | Body | None = Organisation.objects.filter(code=findings.code_in(target, "organisation")).first()
    row = row or Body.objects.filter(code=findings.code_in(target, "body")).first()
    if row is None:
        raise findings.Refused(_("This record is not there any more. Choose another one, or enter it as new."))
    return row


def _remove(model: type[Organisation | Body | Person], made: str, *, by: Any) -> None:
    """Deletes a row that nobody has used or changed since it was made."""
    kind = str(model._meta.model_name)
    row = model._default_manager.select_for_update().filter(code=findings.code_made(made, kind)).first()
    if row is not None and findings.untouched(row, made):
        row.delete()
        trail.record(verb=f"remove_{kind}", target=f"{kind}:{row.code}", by=by)


# --- persons ----------------------------------------------------------------------------------------------------------


class PersonTaker:
    """Persons with their posts; a person may get a seat in a body at once, which nobody sees until its body says so."""

    field = "persons"
    label = _("Persons")
    order = 40

    def inputs(self, user: Any) -> Sequence[Input]:
        language = get_language() or "en"
        organisations: list[tuple[str, Words]] = [
            ("", "—"),
            *_by_name(Organisation.objects.only("code", "name", "labels"), language),
        ]
        bodies: list[tuple[str, Words]] = [("", _("no seat")), *_by_name(Body.objects.only("code", "name"), language)]
        return (
            Input("name", _("Name"), required=True),
            Input("post", _("Post")),
            Input("organisation", _("Organisation"), "choice", choices=organisations, of_reading=False),
            Input("seat", _("Seat in a body"), "choice", choices=bodies, of_reading=False,
                  hint=_("The seat is not public until the body decides what may be shown of it.")),
            Input("seat_role", _("Role in that body"), "choice", choices=[("", "—"), *MembershipRole.choices], of_reading=False),
        )  # fmt: skip

    def propose(self, found: Sequence[Finding], user: Any) -> list[Proposed]:
        if not found:
            return []
        known = _known_persons()
        houses, bodies = _taken_rows(found)
        proposed = []
        for finding in found:
            name, post = str(finding.read.get("name") or ""), str(finding.read.get("post") or "")
            house, body = (_named_in(post, finding.language, rows) for rows in (houses, bodies))
            facts = {
                "name": name, "post": post, "organisation": house.code if house else "", "seat": body.code if body else "",
                "seat_role": _seat_role(post) if body else "",
            }  # fmt: skip
            where = findings.target_of(house) if house else ""
            proposed.append(Proposed(facts, person_candidates(name, post, where, finding.language, known)))
        return proposed

    def look_for(self, words: str, user: Any) -> list[Candidate]:
        return persons_looked_for(words, _known_persons())

    def accept(self, finding: Finding, *, facts: Facts, target: str, by: Any) -> Taken:
        made: list[str] = []
        if target:
            person = Person.objects.filter(code=findings.code_in(target, "person")).first()
            if person is None:
                raise findings.Refused(_("This record is not there any more. Choose another one, or enter it as new."))
        else:
            organisation = Organisation.objects.filter(code=facts["organisation"]).first() if facts["organisation"] else None
            said = actions.PersonFacts(_text(finding, facts["name"]), _text(finding, facts["post"]), organisation)
            person = actions.add_person(code=new_code(), facts=said, by=by)
            person.refresh_from_db()
            made.append(findings.made_of(person))
        if facts["seat"]:
            made += _seat(person, facts, by)
        return Taken(findings.target_of(person), tuple(made))

    def undo(self, taken: Taken, *, by: Any) -> None:
        for made in reversed(taken.made):
            if pk := findings.code_made(made, "membership"):
                seat = Membership.objects.filter(pk=pk).select_related("body").first()
                if seat is not None and findings.untouched(seat, made):
                    trail.record(verb="remove_seat", target=f"body:{seat.body.code}:{seat.pk}", by=by)
                    seat.delete()
            _remove(Person, made, by=by)

    def addresses(self, targets: Collection[str], user: Any) -> dict[str, str]:
        return _pages(targets, user, person="people_work:edit_person")


def _seat(person: Person, facts: Facts, by: User) -> list[str]:
    """The seat as made; nothing when the person sits there already. Raises Refused."""
    body = Body.objects.filter(code=facts["seat"]).first()
    if body is None:
        raise findings.Refused(_("This body is not there any more. Choose another one."), "seat")
    if body.memberships.filter(person=person).exists():
        return []
    said = actions.SeatFacts(facts["seat_role"] or MembershipRole.MEMBER, Standing.MEMBER, None, None, Publication.HIDDEN)
    seat = actions.add_seat(body=body, person=person, organisation=None, country="", facts=said, by=by)
    seat.refresh_from_db()
    return [findings.made_of(seat)]


def _by_name(rows: Iterable[Organisation | Body], language: str) -> list[tuple[str, str]]:
    return countries.in_alphabetical_order(((row.code, str(row)) for row in rows), language)


def _known_persons() -> list[NamedPerson]:
    confirmed, besides = findings.confirmed_names("persons"), further_names("person")
    return [_known(person, confirmed, besides.get(person.pk, ())) for person in Person.objects.select_related("organisation")]


def _known(person: Person, confirmed: findings.Names, besides: Iterable[tuple[str, str]]) -> NamedPerson:
    parts = [str(person.name), str(person.post), str(person.organisation) if person.organisation else ""]
    where = findings.target_of(person.organisation) if person.organisation else ""
    target = findings.target_of(person)
    also = tuple(name for _language, name in (*confirmed.get(target, ()), *besides))
    return NamedPerson(target, " · ".join(filter(None, parts)), person.name, person.post, where, also)


def _taken_rows(found: Sequence[Finding]) -> tuple[list[Organisation], list[Body]]:
    """Organisations and bodies that were taken from the same documents."""
    targets = {target for finding in found for target in finding.taken.get("organisations", ())}
    houses = {findings.code_in(target, "organisation") for target in targets} - {""}
    bodies = {findings.code_in(target, "body") for target in targets} - {""}
    return list(Organisation.objects.filter(code__in=houses)), list(Body.objects.filter(code__in=bodies))


def _named_in(post: str, language: str, rows: Iterable[Any]) -> Any:
    """The row whose name stands within the post: "директор Фонда «Ак Жол»"; None for none."""
    words = stems(post, language)
    for row in rows:
        if any(own and own <= words for own in (stems(name, language) for name in row.name.values())):
            return row
    return None


def _seat_role(post: str) -> str:
    lowered = post.casefold()
    if re.search(r"сопредседател|тең төрага|co-chair", lowered):
        return MembershipRole.CO_CHAIR
    if re.search(r"председател|төрага|төраға|chair|раис", lowered):
        return MembershipRole.CHAIR
    return MembershipRole.SECRETARY if re.search(r"секретар|катчы|хатшы|kotib|secretary", lowered) else MembershipRole.MEMBER
