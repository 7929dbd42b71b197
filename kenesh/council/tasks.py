"""Work that comes round: keys of secret ballots that nothing needs any more are destroyed, votes in writing end on time."""

from __future__ import annotations

from django_tasks import task

from kenesh.council import actions
from kenesh.kernel.schedule import every


@every(hours=1)
@task()
def sweep_ballot_keys() -> None:
    """What a power cut between the closing of a ballot and the end of its key left behind."""
    actions.sweep_keys()


@every(hours=1)
@task()
def close_written() -> None:
    """Ends votes in writing and silences whose deadline has passed; no vote is taken after it, however late this comes."""
    actions.close_due_written()
