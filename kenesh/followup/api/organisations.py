"""Organisations that public pages name: in this room, because only it knows all that name them."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from ninja import Field, Query, Router, Schema

from kenesh.council.api.members import Link, OtherName, other_names
from kenesh.council.queries import publication
from kenesh.followup.queries.organisations import organisations_named
from kenesh.kernel.access import public
from kenesh.kernel.interface import Asked, Code, Page, Paging, answers, answers_or_moved, here, on_page, page, part
from kenesh.people.models import Body, Organisation
from kenesh.people.queries import found_or_joined

router = Router(tags=["Popolo"])


class OrganizationOut(Schema):
    """A body that meets, or an organisation that public pages name (Popolo organization)."""

    id: str
    uri: str
    name: str = Field(description="With the label that a law makes it carry.")
    names: dict[str, str] = Field(description="Language code → name.")
    other_names: list[OtherName]
    classification: str = Field(examples=["council", "ministry", "ngo"])
    parent_id: str | None
    area_id: str | None = Field(description="ISO 3166-1 alpha-2.")
    founding_date: str | None = Field(description="Partial ISO 8601; given for bodies.")
    is_body: bool = Field(description="Whether it is something that meets.")
    seats_not_shown: int | None = Field(description="Seats of a body that show nothing of who sits there.")
    links: list[Link]


class OrganizationPaging(Paging):
    """What the list of organisations takes."""

    bodies: bool = Field(True, description="true: what meets. false: organisations that public pages name.")


@router.get("/organizations", response=answers(Page[OrganizationOut]), summary="Bodies and organisations")
@public("names bodies, and organisations that public pages name")
def organizations(request: HttpRequest, asked: Query[OrganizationPaging]) -> dict[str, Any]:
    """Bodies, or with `bodies=false` the organisations that sit there, are asked, support problems or take appeals."""
    if asked.bodies:
        bodies, after = part(Body.objects.select_related("parent"), asked)
        return page(request, _bodies(request, bodies), after)
    rows, after = part(organisations_named(), asked)
    return page(request, [_organisation(request, row) for row in rows], after)


@router.get("/organizations/{code}", response=answers_or_moved(OrganizationOut), summary="One body or organisation")
@public("names bodies, and organisations that public pages name")
def organization(request: HttpRequest, code: Code, asked: Query[Asked]) -> OrganizationOut:
    """One body, or one organisation that public pages name."""
    bodies = list(Body.objects.select_related("parent").filter(code=code))
    if bodies:
        return _bodies(request, bodies)[0]
    return _organisation(request, found_or_joined(organisations_named(), code))


def _bodies(request: HttpRequest, bodies: list[Body]) -> list[OrganizationOut]:
    seats = publication.sitting_in(bodies)
    return [
        OrganizationOut(
            id=body.code,
            uri=here(request, "organization", body.code),
            name=str(body.name),
            names=dict(body.name),
            other_names=other_names(body.name),
            classification=body.kind,
            parent_id=body.parent.code if body.parent else None,
            area_id=None,
            founding_date=body.founded_on or None,
            is_body=True,
            seats_not_shown=sum(publication.of_membership(seat) is None for seat in seats[body.pk]),
            links=[Link(url=on_page(request, "council:body", body.code), note="page")],
        )
        for body in bodies
    ]


def _organisation(request: HttpRequest, row: Organisation) -> OrganizationOut:
    return OrganizationOut(
        id=row.code,
        uri=here(request, "organization", row.code),
        name=str(row),
        names=dict(row.name),
        other_names=other_names(row.name),
        classification=row.kind,
        parent_id=None,
        area_id=row.country or None,
        founding_date=None,
        is_body=False,
        seats_not_shown=None,
        links=[],
    )
