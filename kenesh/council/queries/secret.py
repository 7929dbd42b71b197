"""Secret ballots: what lies sealed while one is open, and the list of bare votes when it is closed."""

from __future__ import annotations

from dataclasses import dataclass

from kenesh.council import box, counting
from kenesh.council.models import Ballot, BareVote
from kenesh.council.rules import own_memberships
from kenesh.kernel import vault
from kenesh.people.models import Membership, User

PAGE = 200


def own_seats(user: User, ballot: Ballot) -> list[Membership]:
    """Seats for which the account itself votes."""
    return own_memberships(user, ballot.proposal.item.meeting)


def place(ballot: Ballot, seat: int) -> vault.Place:
    """Where a sealed vote belongs: moved to another seat or ballot it opens no more."""
    assert ballot.key_uid is not None  # noqa: S101  # tells the type checker what a secret ballot is
    return vault.Place("council_sealedvote", "sealed", f"{ballot.key_uid.hex}/{seat}")


def opened(ballot: Ballot) -> tuple[set[int], list[tuple[str, counting.Choice]] | None]:
    """Who voted, and apart from it tracking numbers with what was chosen, in their order; None for that when the key is lost or a row tampered."""
    rows = list(ballot.sealed_votes.values_list("membership_id", "sealed").order_by("membership_id"))
    voted = {seat for seat, _sealed in rows}
    key = box.key(ballot.key_uid) if ballot.key_uid else None
    if key is None:
        return voted, None
    try:
        return voted, sorted(
            (
                vault.tracking_number(key, str(seat)),
                counting.Choice(vault.open_sealed(key, bytes(sealed), place(ballot, seat)).decode()),
            )
            for seat, sealed in rows
        )
    except vault.Tampered:
        return voted, None


@dataclass(frozen=True)
class Counted:
    """The bare votes of a closed ballot, a page of them; `found`: the one with the number that was asked for."""

    votes: list[BareVote]
    following: str  # the last number of this page when there are more
    asked: str
    found: BareVote | None


def counted_votes(ballot: Ballot, *, after: str = "", asked: str = "") -> Counted:
    """`after`: the tracking number after which the page begins. What somebody typed is read as codes on paper are."""
    rows = list(ballot.bare_votes.filter(tracking__gt=after[:11]).order_by("tracking")[: PAGE + 1])
    letters = vault.read_spare_code(asked)
    number = f"{letters[:5]}-{letters[5:]}" if letters else ""
    found = ballot.bare_votes.filter(tracking=number).first() if number else None
    return Counted(rows[:PAGE], rows[PAGE - 1].tracking if len(rows) > PAGE else "", asked.strip(), found)
