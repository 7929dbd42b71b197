"""Reads about problems: what everybody may see, and what an account may of its bodies and organisations."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Exists, OuterRef, Prefetch, Q, QuerySet
from django.http import Http404

from kenesh.library.models import Document
from kenesh.people.models import Body, Organisation, Role, User
from kenesh.people.rules import bodies_as
from kenesh.problems import rules
from kenesh.problems.models import Problem, ProblemCorridor, ProblemDocument, ProblemFigure, ProblemTheme
from kenesh.problems.queries.counts import WITH_JOINED, persons_counted
from kenesh.themes import thesaurus

PAGE = 20
OPEN_TO_ALL = (Problem.Status.ACCEPTED, Problem.Status.CLOSED)


@dataclass(frozen=True)
class Way:
    """A body to which the account may put a problem, and for whom: an organisation, or (None) the body itself."""

    body: Body
    organisation: Organisation | None

    @property
    def key(self) -> str:
        """What the form sends."""
        return f"{self.body.code}-{self.organisation.code if self.organisation else ''}"


@dataclass(frozen=True)
class Listed:
    """A line of a list: the problem and how many persons its blocks count."""

    problem: Problem
    persons: int


@dataclass(frozen=True)
class Page:
    """Some lines of a list, and the code after which the next ones come ("" on the last page)."""

    lines: list[Listed]
    after: str


def _documents() -> Prefetch[str]:
    return Prefetch("documents__document", Document.objects.light())


def _figures() -> Prefetch[str]:
    documents = Prefetch("document", Document.objects.light())
    return Prefetch("figures", ProblemFigure.objects.order_by("-year", "id").prefetch_related(documents))


# --- for everybody -----------------------------------------------------------------------------------------------------


def public_problems(
    *, theme: str = "", country: str = "", status: str = Problem.Status.ACCEPTED, after: str = "", limit: int = PAGE
) -> Page:
    """Problems that a body took up, or closed, newest first. `theme` finds narrower ones too; `country`: origin or destination.

    Raises Http404 for an `after` that is not the code of such a problem, and for a status that is not public.
    """
    if status not in OPEN_TO_ALL:
        raise Http404
    problems = Problem.objects.filter(status=status)
    if theme:
        concepts = thesaurus.with_narrower(theme) if theme in thesaurus.concepts() else (theme,)
        problems = problems.filter(Exists(ProblemTheme.objects.filter(problem=OuterRef("pk"), concept__in=concepts)))
    if country:
        ends = Q(origin=country) | Q(destination=country)
        problems = problems.filter(Exists(ProblemCorridor.objects.filter(ends, problem=OuterRef("pk"))))
    if after:
        last = Problem.objects.filter(code=after, accepted_on__isnull=False).values_list("accepted_on", "id").first()
        if last is None:
            raise Http404
        problems = problems.filter(Q(accepted_on__lt=last[0]) | Q(accepted_on=last[0], id__lt=last[1]))
    return _page(problems.order_by("-accepted_on", "-id"), limit)


def latest_public(limit: int) -> list[Listed]:
    """The problems taken up last."""
    return public_problems(limit=limit).lines


def _page(problems: QuerySet[Problem], limit: int) -> Page:
    rows = list(problems.prefetch_related(*WITH_JOINED)[: limit + 1])
    shown = rows[:limit]
    persons = persons_counted(shown)
    return Page([Listed(row, persons[row.pk]) for row in shown], shown[-1].code if len(rows) > limit else "")


def themes_of_public_problems() -> list[str]:
    """Ids of the themes of problems that everybody may see, and of the themes above those."""
    used = ProblemTheme.objects.filter(problem__status__in=OPEN_TO_ALL).values_list("concept", flat=True).distinct()
    known = [concept for concept in used if concept in thesaurus.concepts()]
    return sorted({*known, *(thesaurus.top_of(concept) for concept in known)})


def countries_of_public_problems() -> list[str]:
    """Codes of the countries from which or to which people go in problems that everybody may see."""
    ends = ProblemCorridor.objects.filter(problem__status__in=OPEN_TO_ALL).values_list("origin", "destination").distinct()
    return sorted({country for pair in ends for country in pair if country})


def problem_for_public(code: str) -> Problem:
    """A problem that was taken up or closed, or one that was joined to such a one (its page points there). Raises Http404."""
    problem = (
        Problem.objects.filter(code=code)
        .filter(Q(status__in=OPEN_TO_ALL) | Q(status=Problem.Status.MERGED, merged_into__status__in=OPEN_TO_ALL))
        .select_related("body", "merged_into")
        .prefetch_related(*WITH_JOINED, _figures())
        .first()
    )
    if problem is None:
        raise Http404
    return problem


def documents_shown(problem: Problem) -> list[Document]:
    """What it rests on, and what the problems rest on that were joined to it; each once."""
    of_these = Q(problem=problem) | Q(problem__merged_into=problem)
    rows = (
        ProblemDocument.objects.filter(of_these).order_by("id").prefetch_related(Prefetch("document", Document.objects.light()))
    )
    found = {row.document_id: row.document for row in rows}
    return list(found.values())


# --- for those who work with them --------------------------------------------------------------------------------------


def problems_for_work(user: User, *, status: str, today: date, after: str = "", limit: int = PAGE) -> Page:
    """Problems of the account's bodies and those its organisations put forward, newest first.

    Raises Http404 for an `after` that is not the code of one of them.
    """
    seen = _seen_by(user, today)
    problems = seen.filter(status=status)
    if after:
        last = seen.filter(code=after).values_list("id", flat=True).first()
        if last is None:
            raise Http404
        problems = problems.filter(id__lt=last)
    return _page(problems.select_related("body", "proposed_by").order_by("-id"), limit)


def numbers_by_status(user: User, today: date) -> dict[str, int]:
    """How many problems the account sees in each status."""
    counted = _seen_by(user, today).order_by().values_list("status").annotate(number=Count("pk"))
    return dict(counted)


def _seen_by(user: User, today: date) -> QuerySet[Problem]:
    own = Q(body__in=rules.bodies_seen(user, today)) | Q(proposed_by__in=rules.organisations_of(user))
    return Problem.objects.filter(own)


def problem_for_work(user: User, code: str, today: date) -> Problem:
    """A problem that the account may read. Raises Http404."""
    problem = (
        _seen_by(user, today)
        .filter(code=code)
        .select_related("body", "proposed_by", "merged_into")
        .prefetch_related(*WITH_JOINED, _documents(), _figures())
        .first()
    )
    if problem is None:
        raise Http404
    return problem


def problem_to_edit(user: User, code: str, today: date) -> Problem:
    """A problem that the account may edit. Raises Http404."""
    problem = problem_for_work(user, code, today)
    if not rules.may_edit(user, problem):
        raise Http404
    return problem


def problem_to_decide(user: User, code: str, today: date) -> Problem:
    """A problem of a body whose secretary the account is. Raises Http404."""
    problem = problem_for_work(user, code, today)
    if not rules.keeps(user, problem.body_id):
        raise Http404
    return problem


def problems_to_merge_into(problem: Problem) -> QuerySet[Problem]:
    """Problems that the same body has taken up."""
    return Problem.objects.filter(body=problem.body_id, status=Problem.Status.ACCEPTED).exclude(pk=problem.pk).order_by("-id")


def bodies_to_propose_to(user: User, today: date) -> list[Way]:
    """Every body and organisation for which the account may put a problem forward, the body's own secretary first."""
    works_in = rules.organisations_of(user)
    pairs = {
        (seat.body_id, organisation)
        for seat in rules.seats(user, today)
        if (organisation := rules.seat_organisation(seat)) in works_in
    }
    kept = bodies_as(user, Role.COUNCIL_SECRETARY)
    bodies = Body.objects.in_bulk({body for body, _ in pairs} | kept)
    organisations = Organisation.objects.in_bulk({organisation for _, organisation in pairs if organisation})
    own = [Way(bodies[body], None) for body in sorted(kept)]
    return own + [Way(bodies[body], organisations[one]) for body, one in sorted(pairs, key=str) if one]


def organisations_to_support(user: User, problem: Problem, today: date) -> list[Organisation]:
    """The account's organisations that sit in the problem's body and may say "we see this too"."""
    if problem.status not in {Problem.Status.PROPOSED, Problem.Status.DEFERRED, Problem.Status.ACCEPTED}:
        return []
    own = rules.organisations_of(user)
    sitting = {rules.seat_organisation(seat) for seat in rules.seats(user, today) if seat.body_id == problem.body_id}
    return list(Organisation.objects.filter(pk__in={each for each in sitting if each in own}).order_by("id"))


def documents_by_code(codes: Iterable[str], *, there: Iterable[str] = ()) -> dict[str, Document]:
    """Documents of the library by their codes; those that do not exist are left out, and of those that were taken out all but what is
    `there` already."""
    rows = Document.objects.filter(Q(taken_out_at=None) | Q(code__in=list(there)), code__in=list(codes))
    return {document.code: document for document in rows}
