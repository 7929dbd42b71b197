"""Lists of recommendations. Each costs the same number of queries for one row and for thirty."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from django.db.models import Case, CharField, Count, Exists, F, OuterRef, Prefetch, Q, QuerySet, Value, When
from django.utils import timezone

from kenesh.council.models import Decision
from kenesh.followup.models import (
    NO_DATE,
    Addressee,
    FiledKey,
    Recommendation,
    RecommendationSource,
    Response,
    Stage,
    Status,
    Verdict,
)
from kenesh.followup.queries.filters import Filters, filed_under, in_status
from kenesh.followup.rules import bodies_read_by
from kenesh.people.models import Body, Organisation, User
from kenesh.problems.models import Problem
from kenesh.themes import thesaurus

PAGE, PUBLIC_PAGE = 30, 20
_TONES = {Status.WAITING: "quiet", Status.OVERDUE: "bad", Status.ANSWERED: "warn", Status.VERIFIED: "good"}
_VERDICT_TONES = {"carried_out": "good", "partly": "warn", "not_carried_out": "bad", "unknown": "quiet"}


@dataclass(frozen=True)
class AddresseeLine:
    """An addressee, whether it has answered, and by how many days its answer is late (0: it is not)."""

    addressee: Addressee
    answered: bool
    late_days: int


@dataclass(frozen=True)
class Line:
    """A recommendation as a list shows it."""

    recommendation: Recommendation
    status: Status
    late_days: int
    verdict: Verdict | None
    addressees: list[AddresseeLine] = field(default_factory=list)

    @property
    def words(self) -> str:
        """The status, or, once it was checked, what the check found."""
        return str(self.verdict.get_judgement_display() if self.verdict else self.status.label)

    @property
    def tone(self) -> str:
        return _VERDICT_TONES[self.verdict.judgement] if self.verdict else _TONES[self.status]

    @property
    def answer_by(self) -> date | None:
        """The day by which an answer is due: the body's, else the law's first one; None when there is neither."""
        return None if self.recommendation.answer_by == NO_DATE else self.recommendation.answer_by


@dataclass(frozen=True)
class ListPage:
    """Lines, and the code after which the next page begins ("" on the last)."""

    lines: list[Line]
    next: str


# --- status -----------------------------------------------------------------------------------------------------------


def with_status(rows: QuerySet[Recommendation], *, public: bool) -> QuerySet[Recommendation]:
    """Annotates `status`: the stage, and whether today is past the day. `public` leaves unpublished verdicts out."""
    stage = "public_stage" if public else "stage"
    late = When(**{stage: Stage.WAITING, "answer_by__lt": timezone.localdate(), "then": Value(Status.OVERDUE.value)})
    return rows.annotate(status=Case(late, default=F(stage), output_field=CharField()))


def _in_status(status: str, *, public: bool) -> Q:
    return in_status(status, timezone.localdate(), stage="public_stage" if public else "stage")


def lines_of(rows: QuerySet[Recommendation], *, public: bool, limit: int | None = None, whole: bool = False) -> list[Line]:
    """The first `limit` rows with status, addressees and newest verdict: three queries, however many rows there are.

    `whole`: with body, problem, meeting and figure, which lists do not show.
    """
    answered = Exists(Response.objects.answers().filter(addressee=OuterRef("pk")))
    addressees = Addressee.objects.select_related("organisation").annotate(has_answered=answered).order_by("id")
    verdicts = Verdict.objects.filter(is_public=True) if public else Verdict.objects.all()
    rows = with_status(rows, public=public)
    rows = rows.select_related("body", "problem", "decision__meeting", "measure") if whole else rows.defer("why", "source_text")
    rows = rows.prefetch_related(
        Prefetch("addressees", addressees, to_attr="lines"),
        Prefetch("verdicts", verdicts.order_by("-judged_on", "-id"), to_attr="shown_verdicts"),
    )
    return [_line(row, timezone.localdate()) for row in rows[:limit]]


def _line(row: Recommendation, today: date) -> Line:
    late = max((today - row.answer_by).days, 0)
    addressees = [
        AddresseeLine(one, one.has_answered, 0 if one.has_answered else max((today - one.answer_by).days, 0))
        for one in row.lines  # type: ignore[attr-defined]  # prefetched above
    ]
    status = Status(row.status)  # type: ignore[attr-defined]  # annotated above
    verdict = next(iter(row.shown_verdicts), None)  # type: ignore[attr-defined]  # prefetched above
    return Line(row, status, late if status == Status.OVERDUE else 0, verdict, addressees)


# --- lists ------------------------------------------------------------------------------------------------------------


def public_list(filters: Filters, *, after: str = "") -> ListPage:
    """Published recommendations, the newest first: read out of the places where they are filed."""
    rows = filed_under(filters.keys).filter(in_status(filters.status, timezone.localdate()))
    if after:
        rows = rows.filter(recommendation__lt=Recommendation.objects.filter(code=after).values("pk")[:1])
    found = list(rows.order_by("-recommendation_id").values_list("recommendation_id", flat=True)[: PUBLIC_PAGE + 1])
    rows_shown = Recommendation.objects.filter(pk__in=found[:PUBLIC_PAGE], is_public=True).order_by("-id")
    lines = lines_of(rows_shown, public=True)
    return ListPage(lines, lines[-1].recommendation.code if lines and len(found) > PUBLIC_PAGE else "")


def public_rows(filters: Filters) -> QuerySet[Recommendation]:
    """Published recommendations that the filters leave, the newest first."""
    filed = filed_under(filters.keys).filter(in_status(filters.status, timezone.localdate()))
    return Recommendation.objects.filter(pk__in=filed.values("recommendation"), is_public=True).order_by("-id")


def work_rows(user: User, *, body: str = "") -> QuerySet[Recommendation]:
    """Recommendations of the account's bodies, internal ones too, the newest first."""
    rows = Recommendation.objects.filter(body__in=bodies_read_by(user)).order_by("-id")
    return rows.filter(body__code=body) if body else rows


def work_list(user: User, *, status: str, body: str = "", after: str = "") -> ListPage:
    """Recommendations of the account's bodies, the earliest day first."""
    rows = Recommendation.objects.filter(_in_status(status, public=False), body__in=bodies_read_by(user))
    if body:
        rows = rows.filter(body__code=body)
    last = Recommendation.objects.filter(code=after).first() if after else None
    if last:
        rows = rows.filter(Q(answer_by__gt=last.answer_by) | Q(answer_by=last.answer_by, pk__gt=last.pk))
    return _page(rows.order_by("answer_by", "id"), public=False)


def _page(rows: QuerySet[Recommendation], *, public: bool) -> ListPage:
    lines = lines_of(rows, public=public, limit=PAGE + 1)
    return ListPage(lines[:PAGE], lines[PAGE - 1].recommendation.code if len(lines) > PAGE else "")


def bodies_read(user: User) -> list[Body]:
    """The bodies whose recommendations the account may read."""
    return list(Body.objects.filter(pk__in=bodies_read_by(user)).order_by("id"))


def tab_counts(user: User, *, body: str = "") -> dict[str, int]:
    """How many recommendations of the account's bodies, or of one of them, have each status."""
    parts = {status.value: Count("pk", filter=_in_status(status, public=False)) for status in Status}
    rows = Recommendation.objects.filter(body__in=bodies_read_by(user))
    return (rows.filter(body__code=body) if body else rows).aggregate(**parts)


@dataclass(frozen=True)
class Offered:
    """What the filters of the public list offer: only what has something behind it. Of themes the topmost ones."""

    bodies: list[Body]
    organisations: list[Organisation]
    countries: list[str]
    themes: list[str]
    sources: list[str]


def offered(chosen_theme: str = "") -> Offered:
    """Three queries. `chosen_theme` is offered too, wherever it stands."""
    values: dict[str, list[str]] = {}
    for one in FiledKey.objects.order_by("key").values_list("key", flat=True):
        kind, _, value = one.partition(":")
        values.setdefault(kind, []).append(value)
    known = thesaurus.concepts()
    themes = [one for one in values.get("theme", ()) if one in known and (known[one].parent is None or one == chosen_theme)]
    organisations = Organisation.objects.filter(code__in=values.get("to", ())).order_by("country", "id")
    organisations = organisations.only("code", "name", "country", "labels")
    bodies = Body.objects.filter(code__in=values.get("body", ())).order_by("id")
    return Offered(list(bodies), list(organisations), values.get("in", []), themes, values.get("from", []))


def of_problem(problem: Problem) -> list[Line]:
    """Published recommendations on a problem and on those joined to it, the newest first."""
    rows = Recommendation.objects.filter(Q(problem=problem) | Q(problem__merged_into=problem), is_public=True)
    return lines_of(rows.order_by("-id"), public=True)


def of_decision(decision: Decision) -> list[Line]:
    """The published recommendations that follow a decision up: the one that it opened, and others that name it as a source."""
    named = Exists(RecommendationSource.objects.filter(recommendation=OuterRef("pk"), decision=decision))
    return lines_of(Recommendation.objects.filter(Q(decision=decision) | named, is_public=True).order_by("id"), public=True)


def work_code_of_decision(user: User, decision: Decision) -> str:
    """The code of the recommendation that follows a decision up, for the people of its body; "" for others."""
    rows = Recommendation.objects.filter(decision=decision, body__in=bodies_read_by(user))
    return rows.values_list("code", flat=True).first() or ""


def newest_results(limit: int = 3) -> list[Line]:
    """Published recommendations that were checked, the newest first; where too few were, answered ones after them."""
    public = Recommendation.objects.filter(is_public=True)
    checked = lines_of(public.filter(public_stage=Stage.VERIFIED).order_by("-id"), public=True, limit=limit)
    answered = lines_of(public.filter(public_stage=Stage.ANSWERED).order_by("-id"), public=True, limit=limit)
    return [*checked, *answered][:limit]
