"""Work that comes round: what a new version would index otherwise is indexed anew."""

from __future__ import annotations

from django_tasks import task

from kenesh.kernel.schedule import every
from kenesh.search import actions


@every(hours=6)
@task()
def bring_up_to_date() -> None:
    """Indexes what the present version and thesaurus would index otherwise, and counts common terms."""
    actions.rebuild()
