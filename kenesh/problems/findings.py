"""What problems take from documents that were read: the document itself, as one that speaks of a problem."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from kenesh.kernel import findings, trail
from kenesh.kernel.findings import Candidate, Facts, Finding, Input, Proposed, Taken
from kenesh.library.models import Document
from kenesh.people.models import Role
from kenesh.people.rules import bodies_as, plays
from kenesh.problems.models import Problem, ProblemDocument
from kenesh.problems.queries import OPEN_TO_ALL

_MOST = 0.85  # a theme in common is a hint; that a document backs a problem, only a person can say


class ProblemTaker:
    """A document is laid beside a problem that everybody can read; no problem is made out of a document."""

    field = "problems"
    label = _("Problem that the document speaks of")
    order = 80

    def inputs(self, user: Any) -> Sequence[Input]:
        return ()

    def propose(self, found: Sequence[Finding], user: Any) -> list[Proposed]:
        return [Proposed({}, findings.best(_alike(finding, user))) for finding in found]

    def accept(self, finding: Finding, *, facts: Facts, target: str, by: Any) -> Taken:
        problem = _offered(by).filter(code=findings.code_in(target, "problem")).first()
        if problem is None:
            raise findings.Refused(_("Choose the problem that the document speaks of, or reject this."))
        document = Document.objects.only("pk", "code").get(code=finding.document)
        _row, made = ProblemDocument.objects.get_or_create(problem=problem, document=document)
        if made:
            trail.record(verb="add_problem_document", target=f"problem:{problem.code}:{document.code}", by=by)
        return Taken(findings.target_of(problem), (f"problemdocument:{problem.code}.{document.code}",) if made else ())

    def undo(self, taken: Taken, *, by: Any) -> None:
        for made in taken.made:
            problem, _dot, document = findings.code_in(made, "problemdocument").partition(".")
            if ProblemDocument.objects.filter(problem__code=problem, document__code=document).delete()[0]:
                trail.record(verb="remove_problem_document", target=f"problem:{problem}:{document}", by=by)

    def addresses(self, targets: Collection[str], user: Any) -> dict[str, str]:
        named = {target: findings.code_in(target, "problem") for target in targets}
        return {target: reverse("problems:problem", args=[code]) for target, code in named.items() if code}


def _offered(user: Any) -> QuerySet[Problem]:
    """Problems open to all: of every body for an editor of the library, of her own for a secretary."""
    rows = Problem.objects.filter(status__in=OPEN_TO_ALL)
    return rows if plays(user, Role.EDITOR) else rows.filter(body__in=bodies_as(user, Role.COUNCIL_SECRETARY))


def _alike(finding: Finding, user: Any) -> list[Candidate]:
    """Problems that share themes with the document, those that share most first."""
    concepts = list(finding.read.get("themes") or [])
    shared = Count("themes", filter=Q(themes__concept__in=concepts))
    rows = _offered(user).filter(themes__concept__in=concepts).annotate(shared=shared).order_by("-shared", "-pk")
    return [
        Candidate(
            findings.target_of(row),
            str(row.title),
            min(_MOST, 0.4 + 0.15 * row.shared),
            ngettext("%(number)d theme in common", "%(number)d themes in common", row.shared) % {"number": row.shared},
        )
        for row in rows[:5]
    ]
