"""A seat that was entered by mistake goes only while nothing was done from it."""

from __future__ import annotations

from kenesh.council.models import ProcedureMotion, Proposal
from kenesh.people.actions import SeatInUse
from kenesh.people.models import Membership


def check_nothing_was_proposed(seat: Membership) -> None:
    """Who proposed something is kept as a person or an organisation, and who stands behind it in rows that would go with the seat:
    the database itself holds neither. Raises SeatInUse."""
    stands_behind = Proposal.objects.filter(sponsors=seat).exists() or ProcedureMotion.objects.filter(supporters=seat).exists()
    if stands_behind or _is_the_only_proposer(seat):
        raise SeatInUse


def _is_the_only_proposer(seat: Membership) -> bool:
    """Whether the body has a proposal that no other seat of it can have made."""
    if seat.person_id is None and seat.organisation_id is None:
        return False  # what a State proposes is laid before the meeting by the secretary
    made = Proposal.objects.filter(
        item__meeting__body=seat.body_id, by_person=seat.person_id, by_organisation=seat.organisation_id
    )
    others = Membership.objects.filter(body=seat.body_id, person=seat.person_id, organisation=seat.organisation_id)
    return made.exists() and not others.exclude(pk=seat.pk).exists()
