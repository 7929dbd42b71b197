"""Persons and memberships: of each seat only what it let be shown, and only while somebody sits there."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable
from typing import Annotated, Any

from django.http import Http404, HttpRequest
from ninja import Field, Query, Router, Schema
from ninja import Path as InPath

from kenesh.council.queries import publication
from kenesh.council.queries.publication import Shown, of_membership
from kenesh.kernel.access import public
from kenesh.kernel.interface import CODE, Asked, Code, Page, Paging, answers, answers_or_moved, here, on_page, page, part, spoken
from kenesh.people.models import Body, Membership, Person
from kenesh.people.queries import found_or_joined
from kenesh.themes.countries import country_name
from kenesh.themes.texts import Translated

router = Router(tags=["Popolo"])
MEMBERSHIP = f"{CODE[:-1]}-[0-9a-f]{{8}}$"


class OtherName(Schema):
    """The same name in another language; `note` is the language's code."""

    name: str
    note: str = Field(examples=["ky"])


class Link(Schema):
    """A page for people."""

    url: str
    note: str = ""


class Member(Schema):
    """Whoever sits there, as far as it is shown."""

    id: str | None = Field(None, description="Code of the person or organisation; null where only a country is shown.")
    name: str


class MembershipOut(Schema):
    """A seat in a body (Popolo membership). Seats that are shown in the same words are one, with their `number`.

    Nothing but today's seats is given; `person_id`, `on_behalf_of_id` and `area_id` are null where the seat does not show them.
    """

    id: str
    uri: str
    label: str = Field(description="As the page of the body says it.")
    role: str = Field(examples=["member", "observer"])
    member: Member
    person_id: str | None
    organization_id: str = Field(description="Code of the body.")
    on_behalf_of_id: str | None = Field(description="Code of the organisation for which somebody sits there.")
    area_id: str | None = Field(description="ISO 3166-1 alpha-2.")
    number: int = Field(description="How many seats are shown in these very words.")
    links: list[Link]


class PersonOut(Schema):
    """Somebody who sits in a body and lets her name be shown (Popolo person)."""

    id: str
    uri: str
    name: str
    names: dict[str, str] = Field(description="Language code → name.")
    other_names: list[OtherName]
    summary: str | None = Field(description="Her post.")
    memberships: list[MembershipOut]


class MembershipPaging(Paging):
    """What the list of memberships takes. A part holds the seats of `limit` bodies, `after` is a body's code."""

    organization: str = Field("", pattern=f"{CODE}|^$", description="Code of a body: its seats alone.")


def other_names(name: Translated) -> list[OtherName]:
    said = str(name)
    return [OtherName(name=text, note=language) for language, text in name.items() if text != said]


@router.get("/persons", response=answers(Page[PersonOut]), summary="Persons who let their names be shown")
@public("names only those who sit in a body and let their names be shown")
def persons(request: HttpRequest, asked: Query[Paging]) -> dict[str, Any]:
    """Persons who sit in a body today and let their names be shown, the newest first."""
    rows, after = part(publication.persons_shown(), asked)
    return page(request, _persons(request, rows), after)


@router.get("/persons/{code}", response=answers_or_moved(PersonOut), summary="One person")
@public("names only those who sit in a body and let their names be shown")
def person(request: HttpRequest, code: Code, asked: Query[Asked]) -> PersonOut:
    """A person with the seats in which she is named."""
    return _persons(request, [found_or_joined(publication.persons_shown(), code)])[0]


def _persons(request: HttpRequest, rows: list[Person]) -> list[PersonOut]:
    seats: dict[int | None, list[Membership]] = {row.pk: [] for row in rows}
    for seat in publication.named_seats_of(rows):
        seats[seat.person_id].append(seat)
    return [
        PersonOut(
            id=row.code,
            uri=here(request, "person", row.code),
            name=str(row.name),
            names=dict(row.name),
            other_names=other_names(row.name),
            summary=str(row.post) or None,
            memberships=[one for seat in seats[row.pk] for one in memberships_of(request, seat.body, [seat])],
        )
        for row in rows
    ]


@router.get("/memberships", response=answers(Page[MembershipOut]), summary="Seats in bodies, as far as they are shown")
@public("shows of each seat only what it let be shown, as the body's page does")
def memberships(request: HttpRequest, asked: Query[MembershipPaging]) -> dict[str, Any]:
    """Today's seats, body by body; those that show nothing are not listed (the body's `seats_not_shown` counts them)."""
    bodies = Body.objects.filter(code=asked.organization) if asked.organization else Body.objects.all()
    rows, after = part(bodies, asked)
    if asked.organization and not rows:
        raise Http404
    seats = publication.sitting_in(rows)
    return page(request, [one for body in rows for one in memberships_of(request, body, seats[body.pk])], after)


@router.get("/memberships/{membership}", response=answers(MembershipOut), summary="One seat")
@public("shows of each seat only what it let be shown, as the body's page does")
def membership(
    request: HttpRequest, asked: Query[Asked], membership: Annotated[str, InPath(pattern=MEMBERSHIP, description="Its id.")]
) -> MembershipOut:
    """A seat, or seats that are shown in the same words."""
    body = Body.objects.filter(code=membership[:8]).first()
    if body is None:
        raise Http404
    for one in memberships_of(request, body, publication.sitting_in([body])[body.pk]):
        if one.id == membership:
            return one
    raise Http404


def memberships_of(request: HttpRequest, body: Body, seats: Iterable[Membership]) -> list[MembershipOut]:
    """What is shown of these seats of a body; those that show nothing are left out."""
    shown = [(str(seat.standing), who) for seat in seats if (who := of_membership(seat)) is not None]
    numbers = Counter(_key(standing, who) for standing, who in shown)
    first = {_key(standing, who): (standing, who) for standing, who in reversed(shown)}
    return [_membership(request, body, standing, who, numbers[_key(standing, who)]) for standing, who in reversed(first.values())]


def _key(standing: str, who: Shown) -> str:
    """What tells one shown seat from another: public facts alone, so that no two levels of the same seat can be joined."""
    if who.person is not None:
        return f"{standing}|person|{who.person.code}"
    return f"{standing}|{who.house.code if who.house else ''}|{who.country}"


def _membership(request: HttpRequest, body: Body, standing: str, who: Shown, number: int) -> MembershipOut:
    code = f"{body.code}-{hashlib.sha256(_key(standing, who).encode()).hexdigest()[:8]}"
    named = who.person or who.house
    label = who.name or who.organisation or country_name(who.country, spoken())
    return MembershipOut(
        id=code,
        uri=here(request, "membership", code),
        label=label,
        role=standing,
        member=Member(id=named.code if named else None, name=label),
        person_id=who.person.code if who.person else None,
        organization_id=body.code,
        on_behalf_of_id=who.house.code if who.house else None,
        area_id=who.country or None,
        number=number,
        links=[Link(url=on_page(request, "council:body", body.code))],
    )
