"""Ballots: opening, voting, closing with a result that stays. Secret votes lie sealed until the closing makes them bare."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import OuterRef, Prefetch, Subquery
from django.utils import timezone

from kenesh.council import box, counting
from kenesh.council.actions.live import touch
from kenesh.council.actions.proposals import check_may_speak_for, check_open, locked
from kenesh.council.actions.refusals import (
    BallotClosed,
    KeyLost,
    NotASeat,
    NotYourSeat,
    ObserversWatch,
    SecretBallot,
    SecretByStates,
    VotedSince,
)
from kenesh.council.models import Attendance, Ballot, BallotRule, BareVote, PhoneLink, Proposal, Quorum, SealedVote, Vote
from kenesh.council.queries import seats, secret
from kenesh.council.rules import keeps
from kenesh.kernel import inserting, trail, vault
from kenesh.people.models import Membership, Publication, Standing, User
from kenesh.problems.models import new_request_key

# What settles a proposal. After a tie, without a quorum or without votes the meeting may vote again.
_FINAL = {counting.Why.TOO_FEW, counting.Why.OBJECTION}


@dataclass(frozen=True)
class Form:
    """The form that sends a vote: its key, and how often the seat had voted when it was shown (None: nobody asked)."""

    key: str = ""
    seen: int | None = None


def open_ballot(
    *,
    proposal: Proposal,
    by: User,
    rule: str = BallotRule.SIMPLE_MAJORITY,
    quorum: str = Quorum.HALF,
    is_secret: bool = False,
    by_states: bool = False,
    request_key: str = "",
) -> Ballot:
    """Opens a vote, or gives the one that is open. Raises ProposalSettled, MeetingNotOpen, SecretByStates."""
    if is_secret and by_states:
        raise SecretByStates
    with transaction.atomic():
        now = locked(proposal)
        check_open(now.item.meeting)
        repeated = Ballot.objects.filter(request_key=request_key).first() if request_key else None
        running = repeated or now.ballots.filter(closed_at__isnull=True).first()
        if running is not None:
            return running
        ballot = Ballot(
            proposal=now,
            rule=counting.Rule(rule).value,
            quorum=Quorum(quorum).value,
            by_states=by_states,
            request_key=request_key or new_request_key(),
        )
        if is_secret:
            ballot.key_uid = uuid.uuid4()
            box.make(ballot.key_uid)  # before the row: a ballot without a key takes no votes; a key without a ballot is swept
        ballot.save()
        touch(now.item.meeting_id)
        trail.record(verb="open_ballot", target=f"proposal:{now.code}", by=by)
    return ballot


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
    vote, "" for a named one.

    Raises BallotClosed, NotASeat, NotYourSeat, ObserversWatch, VotedSince, KeyLost. Safe when the same seat votes twice at once:
    the row is UNIQUE, and the ballot is held, so that none slips in while it is being closed.
    """
    with transaction.atomic():
        now = _locked_open(ballot.pk, membership)
        if now.is_secret and membership not in secret.own_seats(by, now):
            raise NotYourSeat  # nobody votes in secret for another, not even the secretary
        check_may_speak_for(membership, now.proposal.item.meeting, by)
        return _take(now, membership, choice, by=by, publication=publication, form=form or Form())


def cast_vote_by_phone(*, link: PhoneLink, ballot_pk: int, choice: str, form: Form) -> str:
    """The same for the seat of a phone's link. Raises BallotClosed, NotASeat, ObserversWatch, VotedSince, KeyLost."""
    with transaction.atomic():
        seat = link.membership
        now = _locked_open(ballot_pk, seat, only=_OF_VOTE)
        meeting = now.proposal.item.meeting
        if meeting.pk != link.meeting_id or seat.body_id != meeting.body_id or not seat.sits_on(meeting.day):
            raise NotASeat
        return _take(now, seat, choice, by=None, publication=None, form=form)


def enter_votes(*, ballot: Ballot, choices: Iterable[tuple[Membership, str]], by: User) -> None:
    """The secretary writes several votes at once; an empty choice takes a vote away. What of a vote is public stays.

    Raises BallotClosed, SecretBallot, NotASeat, NotYourSeat (for anybody but the secretary).
    """
    with transaction.atomic():
        now = _locked_open(ballot.pk)
        if now.is_secret:
            raise SecretBallot
        meeting = now.proposal.item.meeting
        if not keeps(by, meeting.body):
            raise NotYourSeat
        members = seats.member_ids(meeting)
        for membership, choice in choices:
            check_may_speak_for(membership, meeting, by)
            if choice:
                _write_named(now, membership, choice, is_member=membership.pk in members, by=by, publication=None, form=Form())
            else:
                now.votes.filter(membership=membership).delete()
        trail.record(verb="enter_votes", target=f"ballot:{now.proposal.code}/{now.pk}", by=by)


_OF_VOTE = (  # what a vote by phone needs to know; to put together SQL for whole rows costs more than all else of a vote
    "key_uid", "closed_at", "proposal__code", "proposal__item__meeting__body", "proposal__item__meeting__starts_at",
    "proposal__item__meeting__time_zone",
)  # fmt: skip


def _locked_open(pk: int, seat: Membership | None = None, *, only: Iterable[str] = ()) -> Ballot:
    """The open ballot, held until the transaction ends, with the standing that the attendance recorded for the seat. Raises
    BallotClosed."""
    found = Ballot.objects.select_for_update(of=("self",)).filter(pk=pk)
    if only:
        found = found.select_related("proposal__item__meeting").only("id", *only)
    else:
        found = found.select_related("proposal__item__meeting__body")
    if seat is not None:
        recorded = Attendance.objects.filter(meeting=OuterRef("proposal__item__meeting"), membership=seat.pk)
        found = found.annotate(recorded=Subquery(recorded.values("standing")[:1]))
    for now in found:
        if now.is_open:
            return now
    raise BallotClosed


def _take(ballot: Ballot, seat: Membership, choice: str, *, by: User | None, publication: str | None, form: Form) -> str:
    is_member = (ballot.recorded or seat.standing) == Standing.MEMBER  # type: ignore[attr-defined]  # _locked_open
    if ballot.is_secret and not is_member:
        raise ObserversWatch
    if ballot.is_secret:
        number, written = _write_sealed(ballot, seat, choice, form)
    else:
        number = ""
        written = _write_named(ballot, seat, choice, is_member=is_member, by=by, publication=publication, form=form)
    if written:
        trail.record(verb="cast_vote", target=f"ballot:{ballot.proposal.code}/{ballot.pk}", by=by or f"seat:{seat.pk}")
    return number


def _write_named(
    ballot: Ballot, seat: Membership, choice: str, *, is_member: bool, by: User | None, publication: str | None, form: Form
) -> bool:
    """False when this very form was written before. `publication`: None leaves what is public of the vote as it is."""
    values = {"choice": counting.Choice(choice).value, "is_member": is_member, "entered_by": by, "at": timezone.now()}
    return _put(Vote, ballot, seat, form, values if publication is None else {**values, "publication": publication})


def _write_sealed(ballot: Ballot, seat: Membership, choice: str, form: Form) -> tuple[str, bool]:
    """The tracking number, and False when this very form was written before. Raises KeyLost."""
    key = box.key(ballot.key_uid) if ballot.key_uid else None
    if key is None:
        raise KeyLost
    sealed = vault.seal(key, counting.Choice(choice).value.encode(), secret.place(ballot, seat.pk))
    return vault.tracking_number(key, str(seat.pk)), _put(SealedVote, ballot, seat, form, {"sealed": sealed})


def _put(model: type[Vote] | type[SealedVote], ballot: Ballot, seat: Membership, form: Form, values: dict[str, Any]) -> bool:
    """Makes these values the seat's one row; False when this very form was written before.

    A form knows how often the seat had voted, so that mostly one statement is enough. Raises VotedSince when it was shown
    before the vote that counts now: a request that lay on its way does not undo a later one.
    """
    mine = model._default_manager.filter(ballot=ballot, membership=seat)
    if form.seen == 0 and inserting.insert_new(model(ballot=ballot, membership=seat, request_key=form.key, **values)):
        return True
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
    """Ends the vote and freezes its result; closing twice gives the same. A clear defeat settles the proposal.

    Of a secret one the sealed rows become bare votes in one transaction, and after it the key is destroyed. Whatever stops
    this in the middle leaves either the open ballot with its key, or the closed one with a key that opens nothing and is swept.
    """
    with transaction.atomic():
        now = Ballot.objects.select_for_update(of=("self",)).select_related("proposal__item__meeting__body").get(pk=ballot.pk)
        if now.key_uid is not None:
            transaction.on_commit(lambda uid=now.key_uid: box.destroy(uid), robust=True)  # type: ignore[misc]  # a default argument
        if not now.is_open:
            return seats.result_of(now)
        result = _bared(now) if now.is_secret else _of_named(now)
        now.closed_at, now.outcome = timezone.now(), result.why.value
        now.entitled, now.present = result.entitled, result.present
        now.counted_for, now.counted_against = result.members.for_, result.members.against
        now.counted_abstained = result.members.abstained
        now.save(
            update_fields=[
                "closed_at", "outcome", "entitled", "present", "counted_for", "counted_against", "counted_abstained",
            ]
        )  # fmt: skip
        if result.why in _FINAL:
            Proposal.objects.filter(pk=now.proposal_id).update(status=Proposal.Status.REJECTED)
        touch(now.proposal.item.meeting_id)
        trail.record(verb="close_ballot", target=f"ballot:{now.proposal.code}/{now.pk}", by=by)
    return result


def _of_named(ballot: Ballot) -> counting.Result:
    votes = Vote.objects.select_related("membership__organisation", "membership__person__organisation").order_by("id")
    with_votes = Ballot.objects.select_related("proposal__item__meeting__body").prefetch_related(Prefetch("votes", votes))
    return seats.result_of(with_votes.get(pk=ballot.pk))


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
        [BareVote(ballot=ballot, tracking=number, choice=choice.value) for number, choice in choices],
        batch_size=1000,
    )
    ballot.sealed_votes.all().delete()
    return seats.counted(ballot, [counting.Cast(choice, is_member=True) for _number, choice in choices], voted)


def sweep_keys(*, older_than: float = 3600.0) -> int:
    """Destroys keys that no open ballot needs: what a power cut between a closing and its end left behind. Gives how many."""
    here = set(box.keys(older_than=older_than))
    needed = set(Ballot.objects.filter(key_uid__in=here, closed_at__isnull=True).values_list("key_uid", flat=True))
    for uid in here - needed:
        box.destroy(uid)
    return len(here - needed)
