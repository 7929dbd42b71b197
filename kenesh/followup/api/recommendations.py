"""Recommendations with what came of them, for other programs."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, Literal

from django.http import HttpRequest, HttpResponse
from ninja import Field, Query, Router, Schema
from pydantic import AfterValidator

from kenesh.council.api.decisions import Asks
from kenesh.followup import queries
from kenesh.followup.api.whole import VerdictOut, Whole, verdict_out, whole
from kenesh.followup.models import SourceKind
from kenesh.followup.queries import Line
from kenesh.followup.queries.organisations import organisations_named
from kenesh.followup.spreadsheets import writing
from kenesh.followup.spreadsheets.columns import COLUMNS as OUT
from kenesh.kernel.access import public
from kenesh.kernel.interface import CODE, Asked, Code, Page, Unknown, answers, answers_or_moved, here, on_page, page
from kenesh.kernel.tables import MOST_ROWS, TABLE_ANSWERS, Form, as_file
from kenesh.people.models import Body, Organisation
from kenesh.people.queries import raise_if_joined
from kenesh.problems.queries import OPEN_TO_ALL
from kenesh.themes import thesaurus

router = Router(tags=["Decisions"])
OWN = (
    ("code", "#meta+id"), ("text", "#description"), ("body", "#org+name+source"), ("addressees", "#org+name+list"),
    ("status", "#status"), ("answer_by", "#date+due"), ("verdict", "#status+verdict"), ("judged_on", "#date+verdict"),
    ("url", "#meta+url"),
)  # fmt: skip
# Those of the table that people download which stand there under the same name.
SHARED = (
    "lead", "themes", "groups", "articles", "targets", "carry_out_by", "source_kind", "source_title", "symbol", "paragraph",
    "dated_on", "other_sources",
)  # fmt: skip
COLUMNS = (*OWN, *((name, OUT[name].tag) for name in SHARED))


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


class WholeRecommendation(RecommendationOut, Whole):
    """A recommendation with everything that is published of it."""


def _kind(source: str) -> str:
    if source and source not in SourceKind.values:
        raise ValueError(f"write one of {', '.join(SourceKind.values)}")
    return source


class RecommendationPaging(Asked):
    """What the list of recommendations takes. A part holds twenty."""

    after: str = Field("", pattern=f"{CODE}|^$", description="Code of the last recommendation of the part before.")
    status: Literal["", "waiting", "overdue", "answered", "verified"] = Field("", description="How far it has come.")
    addressee: str = Field("", pattern=f"{CODE}|^$", description="Code of an organisation that is asked.")
    organization: str = Field("", pattern=f"{CODE}|^$", description="Code of the body that follows it up.")
    country: str = Field("", pattern="^[A-Z]{2}$|^$", description="Where it applies (ISO 3166-1 alpha-2).")
    theme: str = Field("", max_length=80, description="Concept of the thesaurus.")
    source: Annotated[str, AfterValidator(_kind)] = Field(
        "", description="Kind of source: where it comes from.", json_schema_extra={"enum": ["", *SourceKind.values]}
    )


@router.get(
    "/recommendations", response=answers_or_moved(Page[RecommendationOut]), summary="Recommendations, and what came of them"
)
@public("shows only recommendations that their bodies published")
def recommendations(request: HttpRequest, asked: Query[RecommendationPaging]) -> dict[str, Any]:
    """Published recommendations, the newest first, twenty in a part."""
    found = queries.public_list(_chosen(asked), after=asked.after)
    return page(request, [RecommendationOut(**_said(request, line)) for line in found.lines], found.next)


def _chosen(asked: RecommendationPaging) -> queries.Filters:
    """Raises JoinedInto for an organisation that has another code now; Unknown: an empty list would say that there is nothing of a
    thing that there is not."""
    if asked.theme and asked.theme not in thesaurus.concepts():
        raise Unknown("theme")
    if asked.addressee:
        raise_if_joined(organisations_named(), asked.addressee)
        if not organisations_named().filter(code=asked.addressee).exists():
            raise Unknown("addressee")
    if asked.organization and not Body.objects.filter(code=asked.organization).exists():
        raise Unknown("organization")
    if asked.after and not queries.was_published(asked.after):
        raise Unknown("after")
    return queries.Filters(
        status=asked.status, addressee=asked.addressee, body=asked.organization,
        country=asked.country, theme=asked.theme, source=asked.source,
    )  # fmt: skip


@router.get(
    "/recommendations.{form}",
    response=answers_or_moved(None),
    url_name="recommendations_table",
    summary="Recommendations as a table",
    openapi_extra=TABLE_ANSWERS,
)
@public("shows only recommendations that their bodies published")
def recommendations_table(request: HttpRequest, form: Form, asked: Query[RecommendationPaging]) -> HttpResponse:
    """Published recommendations as CSV or Excel with HXL tags, the newest first: the same filters as in the list, but 50,000 in a
    file. Where there are more, the header `Link` has the address of the following file (rel="next")."""
    rows, rest = writing.cells_of(queries.public_rows(_chosen(asked), after=asked.after), public=True, most=MOST_ROWS)
    answer = as_file(
        form, "recommendations", COLUMNS, [(*_row(request, line), *(row.get(name, "") for name in SHARED)) for line, row in rows]
    )
    if rest:
        query = request.GET.copy()
        query["after"] = rest
        answer.headers["Link"] = f'<{request.build_absolute_uri(f"{request.path}?{query.urlencode()}")}>; rel="next"'
    return answer


@router.get("/recommendations/{code}", response=answers(WholeRecommendation), summary="One recommendation")
@public("shows a published recommendation, and of its answers and verdicts only what the body published")
def recommendation(request: HttpRequest, code: Code, asked: Query[Asked]) -> WholeRecommendation:
    """A recommendation with everything that is published of it."""
    found = queries.public_page(code)
    return WholeRecommendation(**_said(request, found.line), **whole(request, found))


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
        "verdict": verdict_out(line.verdict) if line.verdict else None,
        "url": on_page(request, "followup:recommendation", row.code),
    }


def _problem(line: Line) -> Any:
    problem = line.recommendation.problem
    return problem if problem and problem.status in OPEN_TO_ALL else None


def _asks(organisation: Organisation) -> Asks:
    return Asks(id=organisation.code, name=str(organisation), names=dict(organisation.name))


def _row(request: HttpRequest, line: Line) -> tuple[Any, ...]:
    row, verdict = line.recommendation, line.verdict
    return (
        row.code, str(row.text), str(row.body), "; ".join(str(one.addressee) for one in line.addressees), line.status.value,
        line.answer_by, verdict.judgement if verdict else "", verdict.judged_on if verdict else None,
        on_page(request, "followup:recommendation", row.code),
    )  # fmt: skip
