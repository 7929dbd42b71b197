"""Secret ballots: what lies sealed while one is open, and the list of bare votes when it is closed."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import pgettext

from kenesh.council import box
from kenesh.council.models import Ballot, BareVote
from kenesh.council.queries import elections
from kenesh.council.rules import own_memberships
from kenesh.kernel import vault
from kenesh.people.models import Membership, User

PAGE = 200


def own_seats(user: User, ballot: Ballot) -> list[Membership]:
    """Seats for which the account itself votes."""
    return own_memberships(user, ballot.meeting)


def place(ballot: Ballot, seat: int) -> vault.Place:
    """Where a sealed vote belongs: moved to another seat or ballot it opens no more."""
    assert ballot.key_uid is not None  # noqa: S101  # tells the type checker what a secret ballot is
    return vault.Place("council_sealedvote", "sealed", f"{ballot.key_uid.hex}/{seat}")


def opened(ballot: Ballot) -> tuple[set[int], list[tuple[str, str]] | None]:
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
                vault.open_sealed(key, bytes(sealed), place(ballot, seat)).decode(),
            )
            for seat, sealed in rows
        )
    except vault.Tampered:
        return voted, None


@dataclass(frozen=True)
class Counted:
    """The bare votes of a closed ballot in words, with their numbers, a page of them; `found`: what the number asked for chose."""

    votes: list[tuple[str, str]]
    following: str  # the last number of this page when there are more
    asked: str
    found: str | None


def counted_votes(ballot: Ballot, *, after: str = "", asked: str = "") -> Counted:
    """`after`: the tracking number after which the page begins. What somebody typed is read as codes on paper are."""
    rows = list(ballot.bare_votes.filter(tracking__gt=after[:11]).order_by("tracking")[: PAGE + 1])
    letters = vault.read_spare_code(asked)
    number = f"{letters[:5]}-{letters[5:]}" if letters else ""
    found = ballot.bare_votes.filter(tracking=number).first() if number else None
    names = {} if ballot.election_id is None else {str(one.pk): str(one) for one in elections.options_of_ballot(ballot)}

    def words(vote: BareVote) -> str:
        if ballot.election_id is None:
            return vote.get_choice_display()
        return " > ".join(names.get(option, option) for option in elections.options_of(vote.choice)) or pgettext(
            "chosen", "nobody"
        )

    shown = [(vote.tracking, words(vote)) for vote in rows[:PAGE]]
    return Counted(shown, rows[PAGE - 1].tracking if len(rows) > PAGE else "", asked.strip(), words(found) if found else None)
