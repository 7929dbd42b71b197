"""Lists of recommendations. Each costs the same number of queries for one row and for thirty."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import BooleanField, Case, CharField, Count, Exists, F, OuterRef, Prefetch, Q, QuerySet, Value, When
from django.utils import timezone

from kenesh.council.models import Decision
from kenesh.followup.models import (
    NO_DATE,
    Addressee,
    FiledKey,
    Recommendation,
    RecommendationSource,
    ShownSilence,
    Stage,
    Status,
    Verdict,
    owing,
    what_was_said,
)
from kenesh.followup.queries.filters import Few, Filters, Place, filed_under, in_status, with_statuses
from kenesh.followup.rules import bodies_read_by
from kenesh.people.models import Body, Organisation, User
from kenesh.problems.models import Problem
from kenesh.problems.queries import with_those_it_became
from kenesh.themes import thesaurus

PAGE, PUBLIC_PAGE = 30, 20
_TONES = {Status.WAITING: "quiet", Status.OVERDUE: "bad", Status.ANSWERED: "warn", Status.VERIFIED: "good"}
_VERDICT_TONES = {"carried_out": "good", "partly": "warn", "not_carried_out": "bad", "unknown": "quiet"}


@dataclass(frozen=True)
class AddresseeLine:
    """An addressee, whether it has answered, and by how many days its answer is late (0: it is not, or that is not shown)."""

    addressee: Addressee
    answered: bool
    late_days: int
    handed_on: bool  # to another that is asked now, as far as the reader may know


@dataclass(frozen=True)
class Line:
    """A recommendation as a list shows it."""

    recommendation: Recommendation
    status: Status
    late_days: int
    verdict: Verdict | None
    answer_by: date | None  # the day by which an answer is due: the body's, else the law's first one; None when there is neither
    addressees: list[AddresseeLine] = field(default_factory=list)
    passed_on: list[Addressee] = field(default_factory=list)  # who was asked before its successor

    @property
    def words(self) -> str:
        """The status, or, once it was checked, what the check found."""
        return str(self.verdict.get_judgement_display() if self.verdict else self.status.label)

    @property
    def tone(self) -> str:
        return _VERDICT_TONES[self.verdict.judgement] if self.verdict else _TONES[self.status]


@dataclass(frozen=True)
class ListPage:
    """Lines, and the code after which the next page begins ("" on the last)."""

    lines: list[Line]
    next: str


# --- status -----------------------------------------------------------------------------------------------------------


def with_status(rows: QuerySet[Recommendation], *, public: bool, tell_late: bool = False) -> QuerySet[Recommendation]:
    """Annotates `status`: the stage, and whether today is past the day; and `tells_late`: whether the reader may know that.

    `public` leaves out unpublished verdicts and answers, and, unless `tell_late`, that an answer is late where the body does not
    show it.
    """
    today = timezone.localdate()
    always = Value(True, output_field=BooleanField())
    if not public:
        late = When(stage=Stage.WAITING, answer_by__lt=today, then=Value(Status.OVERDUE.value))
        return rows.annotate(tells_late=always, status=Case(late, default=F("stage"), output_field=CharField()))
    shown = always if tell_late else Exists(ShownSilence.objects.filter(body=OuterRef("body"), opens_on__lte=today))
    late = When(late_in_public(today), tells_late=True, then=Value(Status.OVERDUE.value))
    return rows.annotate(tells_late=shown).annotate(status=Case(late, default=F("public_stage"), output_field=CharField()))


def late_in_public(today: date) -> Q:
    """Recommendations without a public answer of which somebody who owes one has let the day pass. Who has answered is not late,
    though its answer be internal."""
    return Q(Exists(owing().filter(recommendation=OuterRef("pk"), answer_by__lt=today)), public_stage=Stage.WAITING)


def _in_status(status: str) -> Q:
    return in_status(status, timezone.localdate(), day="answer_by")


def lines_of(
    rows: QuerySet[Recommendation],
    *,
    public: bool,
    tell_late: bool = False,
    limit: int | None = None,
    whole: bool = False,
    addressees: QuerySet[Addressee] | None = None,
    verdicts: QuerySet[Verdict] | None = None,
    known: Mapping[int, Status] | None = None,
) -> list[Line]:
    """The first `limit` rows with status, addressees and newest verdict: four queries, however many rows there are.

    `whole`: with body, problem, meeting and figure, which lists do not show. `addressees`, `verdicts`: read with all that the
    page of one recommendation shows of them. `known`: the public status of each, where it was read already.
    """
    asked = Addressee.objects.all() if addressees is None else addressees
    asked = asked.select_related("organisation", "succeeded_by__organisation").order_by("id")
    judged = Verdict.objects.all() if verdicts is None else verdicts
    judged = judged.filter(is_public=True) if public else judged
    rows = with_status(rows, public=public, tell_late=tell_late) if known is None else rows
    rows = rows.select_related("body", "problem", "decision__meeting", "measure") if whole else rows.defer("why", "source_text")
    rows = rows.prefetch_related(
        Prefetch("addressees", asked, to_attr="lines"),
        Prefetch("verdicts", judged.order_by("-judged_on", "-id"), to_attr="shown_verdicts"),
    )
    found: list[Any] = list(rows[:limit])
    if known is not None:
        for row in found:
            row.status, row.tells_late = known[row.pk], known[row.pk] == Status.OVERDUE
    _tell_who_answered([one for row in found for one in row.lines], public=public)
    return [_line(row, timezone.localdate()) for row in found]


def _tell_who_answered(asked: list[Any], *, public: bool) -> None:
    """Sets of each whether it has answered and whether it has handed the matter on, and whether the reader may know it."""
    said = what_was_said(one.pk for one in asked)
    done = {(addressee, handed_on) for addressee, handed_on, _public in said}
    shown = {(addressee, handed_on) for addressee, handed_on, is_public in said if is_public or not public}
    for one in asked:
        one.answered, one.handed_on = (one.pk, False) in done, (one.pk, True) in done
        one.shows_answer, one.shows_handed_on = (one.pk, False) in shown, (one.pk, True) in shown


def _line(row: Recommendation, today: date) -> Line:
    late = max((today - row.answer_by).days, 0)
    asked = [one for one in row.lines if one.succeeded_by_id is None]  # type: ignore[attr-defined]  # prefetched above
    tells_late: bool = row.tells_late  # type: ignore[attr-defined]  # annotated above
    addressees = [
        AddresseeLine(one, one.shows_answer, _late_days(one, today) if tells_late else 0, one.shows_handed_on) for one in asked
    ]
    awaited = [one.answer_by for one in asked if not (one.shows_answer or one.handed_on)]
    days = awaited or [one.answer_by for one in asked]
    day = min(days, default=row.answer_by)
    before = [one for one in row.lines if one.succeeded_by_id is not None]  # type: ignore[attr-defined]  # prefetched above
    status = Status(row.status)  # type: ignore[attr-defined]  # annotated above
    verdict = next(iter(row.shown_verdicts), None)  # type: ignore[attr-defined]  # prefetched above
    late = late if status == Status.OVERDUE else 0
    return Line(row, status, late, verdict, None if day == NO_DATE else day, addressees, before)


def _late_days(one: Any, today: date) -> int:
    """By how many days the answer that an addressee owes is late; 0 when it owes none."""
    return 0 if one.answered or one.handed_on else max((today - one.answer_by).days, 0)


# --- lists ------------------------------------------------------------------------------------------------------------


def public_list(filters: Filters, *, after: str = "", read: Few | None = None) -> ListPage:
    """Published recommendations, the newest first: read out of the places where they are filed. `read`: those places, where they
    were few and are read already."""
    last = (Recommendation.objects.filter(code=after).values_list("pk", flat=True).first() or 0) if after else None
    today = timezone.localdate()
    if read is not None:
        found = [(pk, status) for pk, status in read.of(filters.status) if last is None or pk < last][: PUBLIC_PAGE + 1]
    else:
        rows = filed_under(filters.keys).filter(in_status(filters.status, today))
        rows = rows.filter(recommendation__lt=last) if last is not None else rows
        found = with_statuses(rows, PUBLIC_PAGE + 1, today)
    lines = _lines_at(found[:PUBLIC_PAGE])
    return ListPage(lines, lines[-1].recommendation.code if lines and len(found) > PUBLIC_PAGE else "")


def _lines_at(places: list[Place]) -> list[Line]:
    known = dict(places)
    return lines_of(Recommendation.objects.filter(pk__in=known, is_public=True).order_by("-id"), public=True, known=known)


def public_rows(filters: Filters, *, after: str = "") -> QuerySet[Recommendation]:
    """Published recommendations that the filters leave, the newest first; of these what comes after the one with a code."""
    filed = filed_under(filters.keys).filter(in_status(filters.status, timezone.localdate()))
    return _after(Recommendation.objects.filter(pk__in=filed.values("recommendation"), is_public=True), after)


def work_rows(user: User, *, body: str = "", after: str = "") -> QuerySet[Recommendation]:
    """Recommendations of the account's bodies, internal ones too, the newest first."""
    rows = Recommendation.objects.filter(body__in=bodies_read_by(user))
    return _after(rows.filter(body__code=body) if body else rows, after)


def _after(rows: QuerySet[Recommendation], code: str) -> QuerySet[Recommendation]:
    if code:
        rows = rows.filter(pk__lt=Recommendation.objects.filter(code=code).values("pk")[:1])
    return rows.order_by("-id")


def work_list(user: User, *, status: str, body: str = "", after: str = "") -> ListPage:
    """Recommendations of the account's bodies, the earliest day first."""
    rows = Recommendation.objects.filter(_in_status(status), body__in=bodies_read_by(user))
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
    parts = {status.value: Count("pk", filter=_in_status(status)) for status in Status}
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
    """Published recommendations on a problem, on those joined to it, and on what other bodies made of it, the newest first."""
    rows = Recommendation.objects.filter(problem__in=with_those_it_became(problem.pk), is_public=True)
    return lines_of(rows.order_by("-id"), public=True)


def of_decision(decision: Decision) -> list[Line]:
    """The published recommendations that follow a decision up: the one that it opened, and others that name it as a source."""
    named = Exists(RecommendationSource.objects.filter(recommendation=OuterRef("pk"), decision=decision))
    return lines_of(Recommendation.objects.filter(Q(decision=decision) | named, is_public=True).order_by("id"), public=True)


def work_code_of_decision(user: User, decision: Decision) -> str:
    """The code of the recommendation that follows a decision up, for the people of its body; "" for others."""
    rows = Recommendation.objects.filter(decision=decision, body__in=bodies_read_by(user))
    return rows.values_list("code", flat=True).first() or ""


def newest_of_body(body: Body, limit: int = 3) -> list[Line]:
    """The newest published recommendations of a body."""
    places = filed_under(Filters(body=body.code).keys)
    return _lines_at(with_statuses(places, limit, timezone.localdate()))


def newest_results(limit: int = 3) -> list[Line]:
    """Published recommendations that were checked, the newest first; where too few were, answered ones after them."""
    public = Recommendation.objects.filter(is_public=True)
    checked = lines_of(public.filter(public_stage=Stage.VERIFIED).order_by("-id"), public=True, limit=limit)
    answered = lines_of(public.filter(public_stage=Stage.ANSWERED).order_by("-id"), public=True, limit=limit)
    return [*checked, *answered][:limit]
