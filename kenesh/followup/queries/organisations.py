"""Organisations that public pages name, and why each may be named."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Exists, OuterRef, Q, QuerySet

from kenesh.council.models import Decision
from kenesh.council.queries.publication import organisations_shown
from kenesh.followup.models import Addressee, Recommendation
from kenesh.kernel import findings
from kenesh.people.matching import Named, NameIndex
from kenesh.people.models import Organisation, Publication
from kenesh.people.queries.joined import further_names
from kenesh.problems.models import Support
from kenesh.problems.queries import OPEN_TO_ALL


def organisations_named() -> QuerySet[Organisation]:
    """Asked by published decisions or recommendations, sitting somewhere and shown, supporting a problem by name, taking appeals."""
    me = OuterRef("pk")
    seats = organisations_shown()
    asked = Addressee.objects.filter(organisation=me, recommendation__is_public=True)
    decided = Decision.objects.filter(proposal__addressees=me, is_public=True)
    supports = Support.objects.filter(
        organisation=me, publication__in=[Publication.NAME, Publication.ORGANISATION], problem__status__in=OPEN_TO_ALL
    )
    return Organisation.objects.filter(
        Exists(asked)
        | Exists(decided)
        | Exists(seats.filter(organisation=me))
        | Exists(seats.filter(organisation__isnull=True, person__organisation=me))
        | Exists(supports)
        | Q(takes_appeals=True, ended_on__isnull=True)
    )


def codes_asking(organisation_id: int) -> list[str]:
    """Of published recommendations that ask this organisation."""
    rows = Recommendation.objects.filter(is_public=True, addressees__organisation=organisation_id)
    return list(rows.order_by("id").distinct().values_list("code", flat=True))


def index_of(rows: Iterable[Organisation], *, with_countries: bool = False) -> NameIndex:
    """By codes; also under the names that people confirmed in documents, and under which they were entered too. `with_countries`:
    offices of one kind are likened too."""
    learned, besides = findings.confirmed_names("organisations"), further_names("organisation")
    return NameIndex(
        Named(
            row.code,
            str(row.name),
            row.name,
            row.short_name,
            (*learned.get(findings.target_of(row), ()), *besides.get(row.pk, ())),
            row.country if with_countries else None,
        )
        for row in rows
    )
