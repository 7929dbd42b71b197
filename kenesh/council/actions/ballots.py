"""Ballots: opening, voting, closing with a result that stays. Secret votes lie sealed until the closing makes them bare."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any, Protocol

from django.db import connection, transaction
from django.db.models import OuterRef, Prefetch, Subquery, prefetch_related_objects
from django.utils import timezone

from kenesh.council import box, counting
from kenesh.council.actions.amendments import amendment_voted
from kenesh.council.actions.live import check_sits
from kenesh.council.actions.proposals import check_may_speak_for
from kenesh.council.actions.refusals import (
    BallotClosed,
    HeldOnPaper,
    KeyLost,
    NoSuchOption,
    NotASeat,
    NotYourSeat,
    ObserversWatch,
    PapersNotCounted,
    SecretBallot,
    VotedHerself,
    VotedSince,
)
from kenesh.council.actions.rounds import ballot_round_closed
from kenesh.council.actions.screens import touch
from kenesh.council.actions.writing import check_deadline_passed
from kenesh.council.models import Attendance, Ballot, BareVote, Meeting, Proposal, SealedVote, Vote
from kenesh.council.queries import elections, proxies, quorum, seats, secret
from kenesh.council.rules import keeps
from kenesh.kernel import inserting, reading, trail, vault
from kenesh.people.models import Membership, Publication, Standing, User

# What settles a proposal. After a tie, without a quorum or without votes the meeting may vote again.
_FINAL = {counting.Why.TOO_FEW, counting.Why.OBJECTION}


@dataclass(frozen=True)
class Form:
    """The form that sends a vote: its key, and how often the seat had voted when it was shown (None: nobody asked)."""

    key: str = ""
    seen: int | None = None


def cast_vote(
    *,
    ballot: Ballot,
    membership: Membership,
    choice: str,
    by: User,
    publication: str = Publication.HIDDEN,
    form: Form | None = None,
) -> str:
    """Takes the vote of a membership; voting again replaces it until the ballot closes. Gives the tracking number of a secret
    vote, "" for a named one. Whoever holds the vote of another seat for this meeting gives it in the same way.

    Raises BallotClosed, NotASeat, NotYourSeat, ObserversWatch, NoSuchOption, VotedSince, VotedHerself, KeyLost. Safe when the same
    seat votes twice at once: the row is UNIQUE, and the ballot is held, so that none slips in while it is being closed.
    """
    with transaction.atomic():
        now = _locked_open(ballot.pk, membership)
        own = secret.own_seats(by, now)
        held = None if membership in own else proxies.holder_among(now.meeting_id, membership, own)
        if held is not None:
            check_sits(now.meeting, membership)
        elif now.is_secret and membership not in own:
            raise NotYourSeat  # nobody votes in secret for another without her paper, not even the secretary
        else:
            check_may_speak_for(membership, now.meeting, by)
        return _take(now, membership, choice, by=by, publication=publication, form=form or Form(), held_by=held)


class OfSeat(Protocol):
    """A link that answers for one seat at one meeting: of a phone, or in a letter that asks for an answer in writing."""

    @property
    def meeting_id(self) -> int: ...

    @property
    def membership(self) -> Membership: ...


def cast_vote_by_phone(*, link: OfSeat, ballot_pk: int, choice: str, form: Form, giver: int | None = None) -> str:
    """The same for the seat of a link, or for the seat `giver` that gave it its vote."""
    with transaction.atomic():
        seat = link.membership
        held = None
        if giver is not None and giver != seat.pk:
            given = proxies.given_to(link.meeting_id, holder=seat, giver=giver)
            if given is None:
                raise NotYourSeat
            held, seat = seat, given
        now = _locked_for_phone(ballot_pk, seat)
        meeting = now.meeting
        if meeting.pk != link.meeting_id or seat.body_id != meeting.body_id or not seat.sits_on(meeting.day):
            raise NotASeat
        return _take(now, seat, choice, by=None, publication=None, form=form, held_by=held)


def enter_votes(*, ballot: Ballot, choices: Iterable[tuple[Membership, str | None]], by: User) -> None:
    """The secretary writes several votes at once; None takes a vote away. What of a vote is public stays.

    Raises BallotClosed, HeldOnPaper, SecretBallot, NoSuchOption, NotASeat, NotYourSeat (for anybody but the secretary).
    """
    with transaction.atomic():
        now = _locked_open(ballot.pk)
        if now.is_secret:
            raise SecretBallot
        if not keeps(by, now.meeting.body):
            raise NotYourSeat
        members = seats.member_ids(now.meeting)
        alternates = dict(now.meeting.attendances.filter(by_alternate=True).values_list("membership_id", "person_id"))
        for membership, choice in choices:
            check_may_speak_for(membership, now.meeting, by)
            if choice is not None:
                said = checked(now, choice)
                _write_named(
                    now,
                    membership,
                    said,
                    is_member=membership.pk in members,
                    by=by,
                    publication=None,
                    form=Form(),
                    alternate=alternates.get(membership.pk),
                )
            else:
                now.votes.filter(membership=membership).delete()
        trail.record(verb="enter_votes", target=now.place, by=by)


def _locked_open(pk: int, seat: Membership | None = None) -> Ballot:
    """The open ballot, held until the transaction ends, with the standing that the attendance recorded for the seat. Raises
    BallotClosed, HeldOnPaper."""
    found = Ballot.objects.select_for_update(of=("self",)).select_related("meeting__body").filter(pk=pk)
    if seat is not None:
        recorded = Attendance.objects.filter(meeting=OuterRef("meeting"), membership=seat.pk)
        sits = recorded.filter(by_alternate=True)
        found = found.annotate(recorded=Subquery(recorded.values("standing")[:1]), alternate=Subquery(sits.values("person")[:1]))
    for now in found:
        if now.is_open and not now.is_overdue:
            if now.on_paper:
                raise HeldOnPaper
            return now
    raise BallotClosed


def _locked_for_phone(pk: int, seat: Membership) -> Ballot:
    """The same, with SQL that is put together once: a thousand phones vote within a minute."""
    held = " FOR UPDATE" if connection.features.has_select_for_update else ""
    for now in reading.rows_where(Ballot, f"id = %s{held}", [pk]):
        if now.is_open and not now.is_overdue:
            if now.on_paper:
                raise HeldOnPaper
            now.meeting = reading.rows_with(Meeting, id=now.meeting_id)[0]
            lines = reading.rows_with(Attendance, meeting_id=now.meeting_id, membership_id=seat.pk)
            now.recorded = lines[0].standing if lines else None  # type: ignore[attr-defined]  # as _locked_open annotates it
            now.alternate = lines[0].person_id if lines and lines[0].by_alternate else None  # type: ignore[attr-defined]  # likewise
            return now
    raise BallotClosed


def checked(ballot: Ballot, choice: str) -> str:
    """The choice as it is stored. Raises NoSuchOption."""
    if ballot.election_id is None:
        if choice not in set(counting.Choice):
            raise NoSuchOption
        return choice
    named = [option for option in choice.split(",") if option]
    if len(named) > ballot.most or len(set(named)) < len(named) or not set(named) <= set(ballot.options):
        raise NoSuchOption
    return ",".join(named)


def _take(
    ballot: Ballot,
    seat: Membership,
    choice: str,
    *,
    by: User | None,
    publication: str | None,
    form: Form,
    held_by: Membership | None = None,
) -> str:
    is_member = (ballot.recorded or seat.standing) == Standing.MEMBER  # type: ignore[attr-defined]  # _locked_open
    if ballot.is_secret and not is_member:
        raise ObserversWatch
    said = checked(ballot, choice)
    if held_by is not None and _voted_herself(ballot, seat):
        raise VotedHerself
    if ballot.is_secret:
        number, written = _write_sealed(ballot, seat, said, form, held_by)
    else:
        number = ""
        written = _write_named(
            ballot, seat, said, is_member=is_member, by=by, publication=publication, form=form, held_by=held_by,
            alternate=ballot.alternate if held_by is None else None,  # type: ignore[attr-defined]  # _locked_open
        )  # fmt: skip
    if written:
        trail.record(verb="cast_vote", target=ballot.place, by=by or f"seat:{(held_by or seat).pk}")
    return number


def _voted_herself(ballot: Ballot, seat: Membership) -> bool:
    rows = ballot.sealed_votes if ballot.is_secret else ballot.votes
    return bool(rows.filter(membership=seat, cast_by=None).exists())


def _write_named(
    ballot: Ballot,
    seat: Membership,
    choice: str,
    *,
    is_member: bool,
    by: User | None,
    publication: str | None,
    form: Form,
    held_by: Membership | None = None,
    alternate: int | None = None,
) -> bool:
    """False when this very form was written before. `publication`: None leaves what is public of the vote as it is."""
    values = {"choice": choice, "is_member": is_member, "entered_by": by, "at": timezone.now(), "cast_by": held_by}
    values["alternate_id"] = alternate
    if ballot.is_weighted:
        values["weight"] = seats.weights([seat.pk]).get(seat.pk, 1)
    return _put(Vote, ballot, seat, form, values if publication is None else {**values, "publication": publication})


def _write_sealed(ballot: Ballot, seat: Membership, choice: str, form: Form, held_by: Membership | None) -> tuple[str, bool]:
    """The tracking number, and False when this very form was written before. Raises KeyLost."""
    key = box.key(ballot.key_uid) if ballot.key_uid else None
    if key is None:
        raise KeyLost
    sealed = vault.seal(key, choice.encode(), secret.place(ballot, seat.pk))
    values = {"sealed": sealed, "cast_by": held_by}
    return vault.tracking_number(key, str(seat.pk)), _put(SealedVote, ballot, seat, form, values)


def _put(model: type[Vote] | type[SealedVote], ballot: Ballot, seat: Membership, form: Form, values: dict[str, Any]) -> bool:
    """Makes these values the seat's one row; False when this very form was written before.

    A form knows how often the seat had voted, so that mostly one statement is enough. Raises VotedSince when it was shown
    before the vote that counts now: a request that lay on its way does not undo a later one.
    """
    if form.seen == 0 and inserting.insert_new(model(ballot=ballot, membership=seat, request_key=form.key, **values)):
        return True
    mine = model._default_manager.filter(ballot=ballot, membership=seat)  # after the usual way: to put it together costs time
    if form.seen and mine.filter(times=form.seen).update(times=form.seen + 1, request_key=form.key, **values):
        return True
    row = mine.first()
    if row is not None and form.key and row.request_key == form.key:
        return False
    if form.seen is not None:
        raise VotedSince
    if row is None:
        model._default_manager.create(ballot=ballot, membership=seat, request_key=form.key, **values)
    else:
        mine.update(times=row.times + 1, request_key=form.key, **values)
    return True


def close_ballot(*, ballot: Ballot, by: User) -> counting.Result:
    """Ends the vote and freezes its result; closing twice gives the same. A clear defeat settles the proposal; a round of an
    election elects, or leaves who stands in the next one.

    Of a secret one the sealed rows become bare votes in one transaction, and after it the key is destroyed. Whatever stops
    this in the middle leaves either the open ballot with its key, or the closed one with a key that opens nothing and is swept.
    Raises PapersNotCounted: one on paper ends with its count.
    """
    with transaction.atomic():
        now = Ballot.objects.select_for_update(of=("self",)).select_related("meeting__body").get(pk=ballot.pk)
        if now.key_uid is not None:
            transaction.on_commit(lambda uid=now.key_uid: box.destroy(uid), robust=True)  # type: ignore[misc]  # a default argument
        if not now.is_open:
            return seats.result_of(now)
        if now.on_paper:
            raise PapersNotCounted
        if now.closes_at is not None:
            check_deadline_passed(now.meeting_id)
        state = quorum.quorum_in_writing(now) if now.closes_at is not None else None
        result = _bared(now) if now.is_sealed else _of_named(now)
        if state is not None and not state.reached and result.why is not counting.Why.UNREADABLE:
            result = _without_quorum(now, result, state)
        return freeze(now, result, by=by, verb="close_ballot")


def _without_quorum(ballot: Ballot, result: counting.Result, state: quorum.Quorum) -> counting.Result:
    """In writing nobody is in a room: the body's own rules, where it has some, are met by who voted. Members enough, of too few
    States, is kept with the ballot: of a secret one nobody can tell afterwards."""
    few: tuple[int, ...] = ()
    if state.states is not None and state.members.reached and result.why is not counting.Why.NO_QUORUM:
        few = (state.states.there, state.states.all, state.states.needed)
        ballot.chosen = {"few_states": few}
    return replace(result, why=counting.Why.NO_QUORUM, few_states=few)


def freeze(now: Ballot, result: counting.Result, *, by: User, verb: str) -> counting.Result:
    """Closes the ballot with this result, and does what follows from it. Within the transaction that holds the ballot."""
    now.closed_at, now.outcome = timezone.now(), result.why.value
    now.entitled, now.present = result.entitled, result.present
    if now.election_id is None:
        now.counted_for, now.counted_against = result.members.for_, result.members.against
        now.counted_abstained = result.members.abstained
    now.save(
        update_fields=[
            "closed_at", "outcome", "entitled", "present", "counted_for", "counted_against", "counted_abstained", "chosen",
        ]
    )  # fmt: skip
    if now.election_id is not None:
        ballot_round_closed(now)
    elif now.amendment_id is not None:
        amendment_voted(now, by=by)
    elif result.why in _FINAL:
        Proposal.objects.filter(ballots=now).update(status=Proposal.Status.REJECTED)
    touch(now.meeting_id)
    trail.record(verb=verb, target=now.place, by=by)
    return replace(result, papers=now.papers)


def _of_named(ballot: Ballot) -> counting.Result:
    votes = Vote.objects.select_related("membership__organisation", "membership__person__organisation").order_by("id")
    prefetch_related_objects([ballot], Prefetch("votes", votes))
    if ballot.election_id is None:
        return seats.result_of(ballot)
    members = [vote for vote in ballot.votes.all() if vote.is_member]
    ballot.chosen = elections.chosen_by_name(ballot, members)
    return of_round(ballot, {vote.membership_id for vote in members})


def _bared(ballot: Ballot) -> counting.Result:
    """Opens every sealed vote, writes the bare ones in the order of their tracking numbers, which is no order at all, and
    deletes the sealed rows. Without the key, or when a row was tampered with, nothing is counted."""
    voted, choices = secret.opened(ballot)
    if choices is None:
        ballot.sealed_votes.all().delete()
        empty = seats.counted(ballot, [], voted)
        return counting.Result(
            counting.Counts(), counting.Counts(), empty.entitled, empty.present, counting.Why.UNREADABLE, empty.rule
        )
    BareVote.objects.bulk_create(
        [BareVote(ballot=ballot, tracking=number, choice=choice) for number, choice in choices],
        batch_size=1000,
    )
    ballot.sealed_votes.all().delete()
    if ballot.election_id is not None:
        ballot.chosen = elections.chosen(ballot, [choice for _number, choice in choices])
        return of_round(ballot, voted)
    return seats.counted(ballot, [counting.Cast(counting.Choice(choice), is_member=True) for _number, choice in choices], voted)


def of_round(ballot: Ballot, voted: set[int], *, came: int = 0) -> counting.Result:
    """What came of a round, with its reason as a motion's result has one. `came`: as in `seats.counted`."""
    attended = seats.counted(ballot, [], voted, came=came)
    why = elections.why(ballot, is_quorate=attended.why is not counting.Why.NO_QUORUM)
    return counting.Result(
        counting.Counts(), counting.Counts(), attended.entitled, attended.present, why, by_states=ballot.by_states
    )


def sweep_keys(*, older_than: float = 3600.0) -> int:
    """Destroys keys that no open ballot needs: what a power cut between a closing and its end left behind. Gives how many."""
    here = set(box.keys(older_than=older_than))
    needed = set(Ballot.objects.filter(key_uid__in=here, closed_at__isnull=True).values_list("key_uid", flat=True))
    for uid in here - needed:
        box.destroy(uid)
    return len(here - needed)
