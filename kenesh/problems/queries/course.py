"""The way of a problem: its versions and what changed, what was decided, from which body to which it went."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Q
from django.http import Http404

from kenesh.library.models import Document
from kenesh.people.models import Body, Role, User
from kenesh.people.rules import bodies_as
from kenesh.problems import rules
from kenesh.problems.models import Problem, ProblemEscalation, ProblemFigure, ProblemVersion
from kenesh.problems.queries.problems import OPEN_TO_ALL
from kenesh.themes.changes import Change, changes
from kenesh.themes.texts import Translated

TEXTS = ("title", "statement", "affected", "law", "tried")


@dataclass(frozen=True)
class TextChange:
    """One text in one language. `name`: which of TEXTS."""

    name: str
    language: str
    changes: list[Change]


@dataclass(frozen=True)
class VersionPage:
    """A version with what it changed in the one before. `since`: before and after, when it changed."""

    version: ProblemVersion
    before: ProblemVersion | None
    after: ProblemVersion | None
    texts: list[TextChange]
    since: tuple[str, str] | None
    themes: tuple[list[str], list[str]]  # gone, come
    corridors: tuple[list[tuple[str, str]], list[tuple[str, str]]]
    documents: tuple[list[Document], list[Document]]

    @property
    def is_same(self) -> bool:
        return not (self.texts or self.since or any(self.themes) or any(self.corridors) or any(self.documents))


def version_page(problem: Problem, number: int) -> VersionPage:
    """Raises Http404 for a number that the problem does not have."""
    around = {row.number: row for row in problem.versions.filter(number__range=(number - 1, number + 1)).select_related("by")}
    if number not in around:
        raise Http404
    now, before = around[number], around.get(number - 1)
    new, old = now.content, before.content if before else {}
    gone, come = _lists(old.get("documents"), new.get("documents"))
    known = {document.code: document for document in Document.objects.light().filter(code__in=[*gone, *come])}
    since = (str(old.get("since", "")), str(new.get("since", "")))
    return VersionPage(
        version=now,
        before=before,
        after=around.get(number + 1),
        texts=_texts(old, new),
        since=since if since[0] != since[1] else None,
        themes=_lists(old.get("themes"), new.get("themes")),
        corridors=_pairs(old.get("corridors"), new.get("corridors")),
        documents=([known[code] for code in gone if code in known], [known[code] for code in come if code in known]),
    )


def _texts(old: Mapping[str, Any], new: Mapping[str, Any]) -> list[TextChange]:
    found = []
    for name in TEXTS:
        was, now = Translated(old.get(name) or {}), Translated(new.get(name) or {})
        for language in dict.fromkeys([*was, *now]):
            if was.get(language, "") != now.get(language, ""):
                found.append(TextChange(name, language, changes(was.get(language, ""), now.get(language, ""))))
    return found


def _lists(old: Any, new: Any) -> tuple[list[str], list[str]]:
    was, now = list(old or []), list(new or [])
    return [one for one in was if one not in now], [one for one in now if one not in was]


def _pairs(old: Any, new: Any) -> tuple[list[tuple[str, str]], list[tuple[str, str]]]:
    gone, come = _lists(old, new)
    return [(one[0], one[1]) for one in gone], [(one[0], one[1]) for one in come]


def figure_of(problem: Problem, pk: int) -> ProblemFigure:
    """Raises Http404."""
    figure = problem.figures.filter(pk=pk).first()
    if figure is None:
        raise Http404
    figure.problem = problem
    return figure


# --- from body to body --------------------------------------------------------------------------------------------------


def bodies_to_ask(problem: Problem) -> list[Body]:
    """Bodies that were not asked yet, or that declined."""
    running = problem.escalations.exclude(status=ProblemEscalation.Status.DECLINED).values("body")
    return list(Body.objects.exclude(pk=problem.body_id).exclude(pk__in=running).order_by("id"))


def went_to(problem: Problem) -> list[ProblemEscalation]:
    """Whom this body asked, newest first."""
    return list(problem.escalations.select_related("body", "became", "asked_by").order_by("-id"))


def went_to_for_public(problem: Problem) -> list[ProblemEscalation]:
    """Bodies that took it up, or what was joined to it: their problem is open to all as well. Each problem once, as it was asked first."""
    asked = ProblemEscalation.objects.filter(Q(problem=problem) | Q(problem__merged_into=problem))
    is_open = Q(became__status__in=OPEN_TO_ALL) | Q(became__merged_into__status__in=OPEN_TO_ALL)
    rows = list(
        asked.filter(is_open, status=ProblemEscalation.Status.TAKEN).select_related("body", "became__merged_into").order_by("id")
    )
    each: dict[int | None, ProblemEscalation] = {}
    for row in rows:
        row.became = row.became and (row.became.merged_into or row.became)
        each.setdefault(row.became_id, row)
    return list(each.values())


def came_from(problem: Problem) -> list[ProblemEscalation]:
    """Problems of other bodies that became this one, or what was joined to it, and are open to all; of one that was joined to another,
    that other. Each problem once, as it was asked first."""
    became = ProblemEscalation.objects.filter(Q(became=problem) | Q(became__merged_into=problem))
    is_open = Q(problem__status__in=OPEN_TO_ALL) | Q(problem__merged_into__status__in=OPEN_TO_ALL)
    rows = list(became.filter(is_open).select_related("problem__body", "problem__merged_into__body").order_by("id"))
    each: dict[int, ProblemEscalation] = {}
    for row in rows:
        row.problem = row.problem.merged_into or row.problem
        each.setdefault(row.problem_id, row)
    return list(each.values())


def asked_of(user: User) -> list[ProblemEscalation]:
    """What other bodies ask those whose secretary the account is, oldest first."""
    kept = bodies_as(user, Role.COUNCIL_SECRETARY)
    rows = ProblemEscalation.objects.filter(body__in=kept, status=ProblemEscalation.Status.ASKED)
    return list(rows.select_related("problem__body", "body").order_by("id")[:50]) if kept else []


def escalation_to_answer(user: User, code: str) -> ProblemEscalation:
    """For the secretary of the body that was asked. Raises Http404."""
    found = (
        ProblemEscalation.objects.filter(code=code)
        .select_related("problem__body", "body", "became", "asked_by")
        .prefetch_related("problem__themes", "problem__corridors")
        .first()
    )
    if found is None or not rules.keeps(user, found.body_id):
        raise Http404
    return found


def escalation_asked(user: User, code: str) -> ProblemEscalation:
    """For the secretary of the body that asked. Raises Http404."""
    found = ProblemEscalation.objects.filter(code=code).select_related("problem", "body").first()
    if found is None or not rules.keeps(user, found.problem.body_id):
        raise Http404
    return found


def problems_to_answer_with(escalation: ProblemEscalation) -> list[Problem]:
    """Problems that the body that was asked has taken up itself."""
    return list(Problem.objects.filter(body=escalation.body_id, status=Problem.Status.ACCEPTED).order_by("-id")[:200])


def with_those_it_became(problem_id: int) -> set[int]:
    """Ids of the problem and of `with_those_they_became`: what these decide comes back to its page."""
    return with_those_they_became([problem_id])


def with_those_they_became(ids: Iterable[int]) -> set[int]:
    """Ids of the problems, of what they were joined to or was joined to them, and of what other bodies made of them, however often
    it went on to another body. Never of what became one of these elsewhere: who asked a council hears nothing of the others who did."""
    found = set(ids)
    new = found
    while new:
        taken = ProblemEscalation.objects.filter(problem__in=new, status=ProblemEscalation.Status.TAKEN)
        joined = Problem.objects.filter(pk__in=new, merged_into__isnull=False)
        further = Q(merged_into__in=new) | Q(pk__in=joined.values("merged_into")) | Q(pk__in=taken.values("became"))
        new = set(Problem.objects.filter(further).values_list("pk", flat=True)) - found
        found |= new
    return found
