"""Projects and what belongs to them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db import transaction

from kenesh.kernel import trail
from kenesh.kernel.rows import stamp_of
from kenesh.people.actions.refusals import ChangedMeanwhile
from kenesh.people.models import Body, Organisation, Project, User
from kenesh.themes.texts import Translated


@dataclass(frozen=True)
class ProjectFacts:
    """What a form says of a project, by the names of its columns."""

    name: Translated
    about: Translated
    donor: Organisation | None
    grant_number: str
    since: date
    until: date


def add_project(*, code: str, facts: ProjectFacts, bodies: list[Body], centres: list[Organisation], by: User) -> Project:
    """`code` is the form's own key: the same form sent twice makes one project."""
    with transaction.atomic():
        project, made = Project.objects.get_or_create(code=code, defaults=_values(facts))
        if made:
            project.bodies.set(bodies)
            project.centres.set(centres)
            trail.record(verb="add_project", target=f"project:{code}", by=by)
    return project


def edit_project(
    *, project: Project, facts: ProjectFacts, bodies: list[Body], centres: list[Organisation], seen: str, by: User
) -> None:
    """`seen`: its stamp when the form was opened. Raises ChangedMeanwhile."""
    with transaction.atomic():
        row = Project.objects.select_for_update().get(pk=project.pk)
        if stamp_of(row) != seen:
            raise ChangedMeanwhile
        for name, value in _values(facts).items():
            setattr(row, name, value)
        row.save()
        row.bodies.set(bodies)
        row.centres.set(centres)
        trail.record(verb="edit_project", target=f"project:{row.code}", by=by)


def _values(facts: ProjectFacts) -> dict[str, object]:
    return {name: getattr(facts, name) for name in ProjectFacts.__dataclass_fields__}
