"""Recommendations with what came of them, and organisations that public pages name, for other programs."""

from __future__ import annotations

from datetime import date
from typing import Any, Literal

from django.http import Http404, HttpRequest, HttpResponse
from ninja import Field, Query, Router, Schema

from kenesh.council.api.decisions import Asks
from kenesh.council.api.members import Link, OtherName, other_names
from kenesh.council.queries import publication
from kenesh.followup import queries
from kenesh.followup.models import Addressee, Evidence, Response, Verdict
from kenesh.followup.queries import Line
from kenesh.followup.queries.organisations import organisations_named
from kenesh.kernel.access import public
from kenesh.kernel.interface import CODE, Asked, Code, Page, Paging, answers, here, on_page, page, part
from kenesh.kernel.tables import MOST_ROWS, TABLE_ANSWERS, Form, as_file
from kenesh.people.models import Body, Organisation
from kenesh.problems.queries import OPEN_TO_ALL

router = Router(tags=["Decisions"])
COLUMNS = (
    ("code", "#meta+id"), ("text", "#description"), ("body", "#org+name+source"), ("addressees", "#org+name+list"),
    ("status", "#status"), ("answer_by", "#date+due"), ("verdict", "#status+verdict"), ("judged_on", "#date+verdict"),
    ("url", "#meta+url"),
)  # fmt: skip


class VerdictOut(Schema):
    """What the body found when it looked for itself; apart from what the addressee says."""

    judgement: str = Field(examples=["carried_out", "partly", "not_carried_out", "unknown"])
    texts: dict[str, str] = Field(description="Language code → reasons.")
    judged_on: date


class RecommendationOut(Schema):
    """What was asked of whom, and how far it has come."""

    id: str
    uri: str
    text: str
    texts: dict[str, str] = Field(description="Language code → text.")
    status: str = Field(examples=["waiting", "overdue", "answered", "verified"])
    answer_by: date | None
    organization_id: str = Field(description="Code of the body that follows it up.")
    decision_id: str | None = Field(description="Code of the decision that made it, when that is published.")
    problem_id: str | None
    addressees: list[Asks]
    verdict: VerdictOut | None = Field(description="The newest public one.")
    url: str = Field(description="Its page.")


class Proof(Schema):
    """What an answer, an action or a verdict rests on: an address, words, or a document of the library (its code)."""

    url: str
    text: str
    document_id: str | None


class ResponseOut(Schema):
    """A published answer of an addressee, in its own words."""

    id: str
    kind: str = Field(examples=["none", "holding", "forwarded", "formal", "substantive"])
    stance: str = Field(examples=["accepted", "partly", "noted", "rejected", ""])
    text: str
    plan: str
    language: str
    promised_by: date | None
    received_on: date
    by_addressee: bool = Field(description="Whether the addressee wrote it itself, and not the secretary from a letter.")
    evidence: list[Proof]


class Done(Schema):
    """What an addressee reports done. Whether it is so, the verdict says."""

    text: str
    done_on: date
    evidence: list[Proof]


class AskedOf(Asks):
    """An addressee with its published answers and what it reports done."""

    responses: list[ResponseOut]
    actions: list[Done]
    succeeded_by_id: str | None = Field(description="Code of the organisation that is asked in its place, when it is no more.")


class WholeRecommendation(RecommendationOut):
    """A recommendation with everything that is published of it."""

    themes: list[str] = Field(description="Concepts of the thesaurus: those of its problem.")
    source_texts: dict[str, str] = Field(description="Where it comes from when no decision of this node made it.")
    asked: list[AskedOf]
    verdicts: list[VerdictOut]


class RecommendationPaging(Asked):
    """What the list of recommendations takes. A part holds twenty."""

    after: str = Field("", pattern=f"{CODE}|^$", description="Code of the last recommendation of the part before.")
    status: Literal["", "waiting", "overdue", "answered", "verified"] = Field("", description="How far it has come.")
    addressee: str = Field("", pattern=f"{CODE}|^$", description="Code of an organisation that is asked.")
    organization: str = Field("", pattern=f"{CODE}|^$", description="Code of the body that follows it up.")
    country: str = Field("", pattern="^[A-Z]{2}$|^$", description="Where it applies (ISO 3166-1 alpha-2).")
    theme: str = Field("", max_length=80, description="Concept of the thesaurus.")
    source: str = Field("", max_length=40, description="Kind of source: where it comes from.")


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


@router.get("/recommendations", response=answers(Page[RecommendationOut]), summary="Recommendations, and what came of them")
@public("shows only recommendations that their bodies published")
def recommendations(request: HttpRequest, asked: Query[RecommendationPaging]) -> dict[str, Any]:
    """Published recommendations, the newest first, twenty in a part."""
    filters = queries.Filters(
        status=asked.status, addressee=asked.addressee, body=asked.organization,
        country=asked.country, theme=asked.theme, source=asked.source,
    )  # fmt: skip
    found = queries.public_list(filters, after=asked.after)
    return page(request, [RecommendationOut(**_said(request, line)) for line in found.lines], found.next)


@router.get(
    "/recommendations.{form}",
    response=answers(None),
    url_name="recommendations_table",
    summary="Recommendations as a table",
    openapi_extra=TABLE_ANSWERS,
)
@public("shows only recommendations that their bodies published")
def recommendations_table(request: HttpRequest, form: Form, asked: Query[Asked]) -> HttpResponse:
    """Published recommendations as CSV or Excel with HXL tags, the newest first."""
    lines = queries.lines_of(queries.public_rows(queries.Filters()), public=True, limit=MOST_ROWS)
    return as_file(form, "recommendations", COLUMNS, [_row(request, line) for line in lines])


@router.get("/recommendations/{code}", response=answers(WholeRecommendation), summary="One recommendation")
@public("shows a published recommendation, and of its answers and verdicts only what the body published")
def recommendation(request: HttpRequest, code: Code, asked: Query[Asked]) -> WholeRecommendation:
    """A recommendation with its published answers, actions and verdicts."""
    found = queries.public_page(queries.recommendation_for_public(code))
    row, problem = found.recommendation, _problem(found.line)
    return WholeRecommendation(
        **_said(request, found.line),
        themes=sorted(theme.concept for theme in problem.themes.all()) if problem else [],
        source_texts={} if row.decision_id else dict(row.source_text),
        asked=[_asked(one) for one in found.addressees],
        verdicts=[_verdict(verdict) for verdict in found.verdicts],
    )


def _said(request: HttpRequest, line: Line) -> dict[str, Any]:
    row, problem = line.recommendation, _problem(line)
    decision = row.decision if row.decision and row.decision.is_public else None
    return {
        "id": row.code,
        "uri": here(request, "recommendation", row.code),
        "text": str(row.text),
        "texts": dict(row.text),
        "status": line.status.value,
        "answer_by": line.answer_by,
        "organization_id": row.body.code,
        "decision_id": decision.code if decision else None,
        "problem_id": problem.code if problem else None,
        "addressees": [_asks(one.addressee.organisation) for one in line.addressees],
        "verdict": _verdict(line.verdict) if line.verdict else None,
        "url": on_page(request, "followup:recommendation", row.code),
    }


def _problem(line: Line) -> Any:
    problem = line.recommendation.problem
    return problem if problem and problem.status in OPEN_TO_ALL else None


def _asks(organisation: Organisation) -> Asks:
    return Asks(id=organisation.code, name=str(organisation), names=dict(organisation.name))


def _verdict(verdict: Verdict) -> VerdictOut:
    return VerdictOut(judgement=verdict.judgement, texts=dict(verdict.text), judged_on=verdict.judged_on)


def _asked(one: Addressee) -> AskedOf:
    return AskedOf(
        id=one.organisation.code,
        name=str(one.organisation),
        names=dict(one.organisation.name),
        succeeded_by_id=one.succeeded_by.organisation.code if one.succeeded_by else None,
        responses=[_answer(response) for response in one.all_responses],  # type: ignore[attr-defined]  # prefetched by the query
        actions=[
            Done(text=action.text, done_on=action.done_on, evidence=_proofs(action.evidence.all()))
            for action in one.all_actions  # type: ignore[attr-defined]  # as above
        ],
    )


def _answer(response: Response) -> ResponseOut:
    return ResponseOut(
        id=response.code,
        kind=response.grade,
        stance=response.stance,
        text=response.text,
        plan=response.plan,
        language=response.language,
        promised_by=response.promised_by,
        received_on=response.received_on,
        by_addressee=response.by_link,
        evidence=_proofs(response.evidence.all()),
    )


def _proofs(rows: Any) -> list[Proof]:
    evidence: list[Evidence] = list(rows)
    return [Proof(url=one.url, text=one.text, document_id=one.document.code if one.document else None) for one in evidence]


def _row(request: HttpRequest, line: Line) -> tuple[Any, ...]:
    row, verdict = line.recommendation, line.verdict
    return (
        row.code, str(row.text), str(row.body), "; ".join(str(one.addressee) for one in line.addressees), line.status.value,
        line.answer_by, verdict.judgement if verdict else "", verdict.judged_on if verdict else None,
        on_page(request, "followup:recommendation", row.code),
    )  # fmt: skip


# --- organisations: here, because only this room knows all that name them ---------------------------------------------------


@router.get("/organizations", response=answers(Page[OrganizationOut]), tags=["Popolo"], summary="Bodies and organisations")
@public("names bodies, and organisations that public pages name")
def organizations(request: HttpRequest, asked: Query[OrganizationPaging]) -> dict[str, Any]:
    """Bodies, or with `bodies=false` the organisations that sit there, are asked, support problems or take appeals."""
    if asked.bodies:
        bodies, after = part(Body.objects.select_related("parent"), asked)
        return page(request, _bodies(request, bodies), after)
    rows, after = part(organisations_named(), asked)
    return page(request, [_organisation(request, row) for row in rows], after)


@router.get("/organizations/{code}", response=answers(OrganizationOut), tags=["Popolo"], summary="One body or organisation")
@public("names bodies, and organisations that public pages name")
def organization(request: HttpRequest, code: Code, asked: Query[Asked]) -> OrganizationOut:
    """One body, or one organisation that public pages name."""
    bodies = list(Body.objects.select_related("parent").filter(code=code))
    if bodies:
        return _bodies(request, bodies)[0]
    row = organisations_named().filter(code=code).first()
    if row is None:
        raise Http404
    return _organisation(request, row)


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
