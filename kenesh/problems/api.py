"""Problems that councils took up, the frozen counts behind them, and what grows, for other programs."""

from __future__ import annotations

from datetime import date
from itertools import islice
from typing import Annotated, Any, Literal

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from ninja import Field, Query, Router, Schema

from kenesh.kernel.access import public
from kenesh.kernel.interface import CODE, MOST, Asked, Code, Page, answers, here, on_page, page
from kenesh.kernel.tables import MOST_ROWS, TABLE_ANSWERS, Form, as_file
from kenesh.problems import queries
from kenesh.problems.models import Block, Problem, Support, Trend
from kenesh.problems.queries import Listed

router = Router(tags=["Problems"])
Country = Annotated[str, Field(pattern="^([A-Z]{2})?$", description="ISO 3166-1 alpha-2.")]
Theme = Annotated[str, Field(pattern="^[a-z0-9-]{0,80}$", description="A concept of the thesaurus.")]
COUNTS = (
    ("theme", "#theme"), ("origin", "#country+code+origin"), ("destination", "#country+code+dest"), ("region", "#adm1+name+dest"),
    ("period_start", "#date+start"), ("period_months", "#date+months"), ("persons", "#affected"),
)  # fmt: skip
TRENDS = (
    ("theme", "#theme"), ("origin", "#country+code+origin"), ("destination", "#country+code+dest"), ("month", "#date+month"),
    ("persons", "#affected"), ("expected_low", "#range+low"), ("expected_high", "#range+high"), ("growing_since", "#date+start"),
    ("chance", "#chance"),
)  # fmt: skip
PROBLEMS = (
    ("code", "#meta+id"), ("title", "#description+title"), ("status", "#status"), ("since", "#date+start"),
    ("accepted_on", "#date+accepted"), ("themes", "#theme+list"), ("corridors", "#country+corridor+list"),
    ("persons", "#affected"), ("url", "#meta+url"),
)  # fmt: skip


class Corridor(Schema):
    """From where to where people go; null means any country."""

    origin: str | None
    destination: str | None


class ProblemOut(Schema):
    """A systemic problem that a council took up, or closed. Maps hold language code → text."""

    id: str
    uri: str
    title: str
    titles: dict[str, str]
    statements: dict[str, str]
    affected: dict[str, str]
    tried: dict[str, str]
    law: dict[str, str]
    status: str = Field(examples=["accepted", "closed"])
    since: str = Field(description="Partial ISO 8601.", examples=["2023-04"])
    accepted_on: date | None
    closed_on: date | None
    themes: list[str] = Field(description="Concepts of the thesaurus.")
    corridors: list[Corridor]
    persons: int = Field(description="Persons in the problem's own frozen blocks.")
    url: str = Field(description="Its page.")


class OwnTallyOut(Schema):
    """What an organisation has counted itself: its own statement, not computed from appeals."""

    number: int = Field(ge=5)
    unit: str = Field(examples=["persons", "cases"])
    since: date
    until: date
    source: str = Field(description="Where it was counted, in the organisation's words.")


class Supporter(Schema):
    """An organisation that sees the problem too and lets that be shown."""

    id: str
    name: str
    on: date
    tallies: list[OwnTallyOut]


class WholeProblem(ProblemOut):
    """A problem with its body, its documents and who sees it too."""

    organization_id: str = Field(description="Code of the body.")
    documents: list[str] = Field(description="Codes of documents of the library.")
    supporters: list[Supporter]
    supporters_number: int = Field(description="With those that are not named.")
    counts_url: str = Field(description="Its blocks as CSV.")


class BlockOut(Schema):
    """A frozen block: at least five persons of one theme, corridor, place and period. It never changes."""

    theme: str
    origin: str | None
    destination: str | None
    region: str | None = Field(description="Null: the whole country of destination.")
    period_start: date
    period_months: int
    persons: int = Field(ge=5)


class Month(Schema):
    """Persons in a month, with the range in which chance alone would let it lie; null where that is not known."""

    month: str = Field(examples=["2026-05"])
    persons: float
    expected_low: int | None
    expected_high: int | None


class TrendOut(Schema):
    """Counts of a theme with its narrower ones over time, in one corridor or (both null) in all together."""

    theme: str
    origin: str | None
    destination: str | None
    persons: int = Field(description="Of the last twelve months.")
    growing_since: str | None = Field(description="The month since when more come than chance explains.")
    chance: float | None = Field(description="How often so many come in a month when nothing grows.")
    months: list[Month]
    url: str = Field(description="Its page.")


class ProblemPaging(Asked):
    """What the list of problems takes."""

    after: str = Field("", pattern=f"{CODE}|^$", description="Code of the last problem of the part before.")
    limit: int = Field(30, ge=1, le=MOST, description="How many problems a part holds.")
    status: Literal["accepted", "closed"] = Field("accepted", description="Taken up, or closed.")
    theme: Theme = Field("", description="A concept; narrower ones count too.")
    country: Country = Field("", description="From which or to which people go.")


class NumberPaging(Asked):
    """What lists of numbers take."""

    after: int = Field(0, ge=0, le=2**53, description="Where the part before ended; `next` has it already.")
    limit: int = Field(MOST, ge=1, le=MOST, description="How many lines a part holds.")
    theme: Theme = Field("", description="Exactly this concept.")
    origin: Country = ""
    destination: Country = ""


@router.get("/problems", response=answers(Page[ProblemOut]), summary="Problems that councils took up")
@public("lists only problems that a body has taken up or closed, with frozen counts")
def problems(request: HttpRequest, asked: Query[ProblemPaging]) -> dict[str, Any]:
    """Problems, taken up last first."""
    found = queries.public_problems(
        theme=asked.theme, country=asked.country, status=asked.status, after=asked.after, limit=asked.limit
    )
    return page(request, [ProblemOut(**_said(request, line)) for line in found.lines], found.after)


@router.get(
    "/problems.{form}",
    response=answers(None),
    url_name="problems_table",
    summary="Problems as a table",
    openapi_extra=TABLE_ANSWERS,
)
@public("lists only problems that a body has taken up or closed, with frozen counts")
def problems_table(request: HttpRequest, form: Form, asked: Query[Asked]) -> HttpResponse:
    """Problems that were taken up, as CSV or Excel with HXL tags, taken up last first."""
    lines = queries.public_problems(limit=MOST_ROWS).lines
    return as_file(form, "problems", PROBLEMS, [_row(request, line) for line in lines])


@router.get("/problems/{code}", response=answers(WholeProblem), summary="One problem")
@public("shows a problem that a body has taken up or closed; sums of frozen blocks of five persons and more")
def problem(request: HttpRequest, code: Code, asked: Query[Asked]) -> WholeProblem:
    """A problem; for one that was joined to another, that other one."""
    found = queries.problem_for_public(code)
    if found.merged_into is not None:
        found = queries.problem_for_public(found.merged_into.code)
    supporters = queries.supporters_shown(found)
    return WholeProblem(
        **_said(request, Listed(found, queries.persons_counted([found])[found.pk])),
        organization_id=found.body.code,
        documents=[document.code for document in queries.documents_shown(found) if document.taken_out_at is None],
        supporters=[_supporter(one) for one in supporters.named],
        supporters_number=supporters.number,
        counts_url=on_page(request, "problems:counts", found.code),
    )


@router.get("/counts", response=answers(Page[BlockOut]), summary="Frozen counts of persons")
@public("published numbers: frozen blocks of five persons and more")
def counts(request: HttpRequest, asked: Query[NumberPaging]) -> dict[str, Any]:
    """Blocks, frozen first first. Sums of them count nobody twice."""
    wanted = {"concept": asked.theme, "origin": asked.origin, "destination": asked.destination}
    blocks = Block.objects.filter(pk__gt=asked.after, **{name: value for name, value in wanted.items() if value})
    rows = list(blocks.order_by("pk")[: asked.limit + 1])
    after = str(rows[asked.limit - 1].pk) if len(rows) > asked.limit else ""
    return page(request, [_count(row) for row in rows[: asked.limit]], after)


@router.get(
    "/counts.{form}",
    response=answers(None),
    url_name="counts_table",
    summary="Frozen counts as a table",
    openapi_extra=TABLE_ANSWERS,
)
@public("published numbers: frozen blocks of five persons and more")
def counts_table(request: HttpRequest, form: Form, asked: Query[Asked]) -> HttpResponse:
    """All blocks as CSV or Excel with HXL tags."""
    columns = ("concept", "origin", "destination", "region", "period_start", "period_months", "persons")
    return as_file(form, "counts", COUNTS, Block.objects.order_by("pk").values_list(*columns)[:MOST_ROWS])


@router.get("/trends", response=answers(Page[TrendOut]), summary="Counts over time, and what grows")
@public("sums of frozen blocks of five persons and more, over time")
def trends(request: HttpRequest, asked: Query[NumberPaging]) -> dict[str, Any]:
    """What grows first, then the largest. Parts of periods longer than a month are spread evenly."""
    wanted = {"concept": asked.theme, "origin": asked.origin, "destination": asked.destination}
    found = Trend.objects.filter(place__gt=asked.after, **{name: value for name, value in wanted.items() if value})
    rows = list(found.order_by("place")[: asked.limit + 1])
    after = str(rows[asked.limit - 1].place) if len(rows) > asked.limit else ""
    return page(request, [_trend(request, row) for row in rows[: asked.limit]], after)


@router.get(
    "/trends.{form}", response=answers(None), url_name="trends_table", summary="Trends as a table", openapi_extra=TABLE_ANSWERS
)
@public("sums of frozen blocks of five persons and more, over time")
def trends_table(request: HttpRequest, form: Form, asked: Query[Asked]) -> HttpResponse:
    """All trends by month as CSV or Excel with HXL tags."""
    rows = (
        (
            row.concept,
            row.origin,
            row.destination,
            _month(bar.month),
            bar.persons,
            bar.low,
            bar.high,
            _month(row.growing_since),
            row.chance,
        )
        for row in Trend.objects.order_by("place").iterator()
        for bar in queries.picture_of(row).bars
    )
    return as_file(form, "trends", TRENDS, islice(rows, MOST_ROWS))


def _said(request: HttpRequest, line: Listed) -> dict[str, Any]:
    problem = line.problem
    texts = {name: dict(getattr(problem, name)) for name in ("affected", "tried", "law")}
    same = {name: getattr(problem, name) for name in ("status", "since", "accepted_on", "closed_on")}
    return {
        **texts,
        **same,
        "id": problem.code,
        "uri": here(request, "problem", problem.code),
        "title": str(problem.title),
        "titles": dict(problem.title),
        "statements": dict(problem.statement),
        "themes": _themes(problem),
        "corridors": [
            Corridor(origin=one.origin or None, destination=one.destination or None) for one in problem.corridors.all()
        ],
        "persons": line.persons,
        "url": on_page(request, "problems:problem", problem.code),
    }


def _supporter(support: Support) -> Supporter:
    tallies = [
        OwnTallyOut(number=one.number, unit=one.unit, since=one.since, until=one.until, source=one.source)
        for one in support.shown  # type: ignore[attr-defined]  # fetched by queries.supporters_shown
    ]
    return Supporter(id=support.organisation.code, name=str(support.organisation), on=support.on, tallies=tallies)


def _themes(problem: Problem) -> list[str]:
    return sorted(theme.concept for theme in problem.themes.all())


def _row(request: HttpRequest, line: Listed) -> tuple[Any, ...]:
    problem = line.problem
    ways = " ".join(f"{one.origin or '*'}-{one.destination or '*'}" for one in problem.corridors.all())
    return (
        problem.code, str(problem.title), problem.status, problem.since, problem.accepted_on, " ".join(_themes(problem)), ways,
        line.persons, on_page(request, "problems:problem", problem.code),
    )  # fmt: skip


def _count(block: Block) -> BlockOut:
    return BlockOut(
        theme=block.concept,
        origin=block.origin or None,
        destination=block.destination or None,
        region=block.region or None,
        period_start=block.period_start,
        period_months=block.period_months,
        persons=block.persons,
    )


def _trend(request: HttpRequest, row: Trend) -> TrendOut:
    address = (
        reverse("problems:trend_of_corridor", args=[row.concept, row.corridor])
        if row.corridor
        else reverse("problems:trend", args=[row.concept])
    )
    return TrendOut(
        theme=row.concept,
        origin=row.origin or None,
        destination=row.destination or None,
        persons=row.persons,
        growing_since=_month(row.growing_since) or None,
        chance=row.chance,
        months=[
            Month(month=_month(bar.month), persons=bar.persons, expected_low=bar.low, expected_high=bar.high)
            for bar in queries.picture_of(row).bars
        ],
        url=request.build_absolute_uri(address),
    )


def _month(day: date | None) -> str:
    return f"{day:%Y-%m}" if day else ""
