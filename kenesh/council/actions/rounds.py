"""What the closing of a round makes of an election."""

from __future__ import annotations

from kenesh.council.models import Ballot, Candidate, Election
from kenesh.council.queries import elections


def ballot_round_closed(ballot: Ballot) -> None:
    """Writes who is elected; the election is decided when all seats are taken, else it waits for another round. Within the
    transaction that closes the ballot."""
    found = ballot.chosen or {}
    if ballot.outcome in elections.COUNTED:
        Candidate.objects.filter(election=ballot.election_id, pk__in=map(int, found.get("elected", []))).update(
            elected_in=ballot.number
        )
    election = Election.objects.select_for_update().get(rounds=ballot)
    taken = election.candidates.filter(elected_in__isnull=False).count()
    if taken >= election.seats:
        election.status, election.how = Election.Status.DECIDED, Election.How.BALLOT
    else:
        election.status = Election.Status.BETWEEN
    election.save(update_fields=["status", "how"])
