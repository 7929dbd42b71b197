"""Votes that members give to others for one meeting, and weights of votes."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.db import transaction
from django.utils import timezone

from kenesh.council.actions.live import check_sits
from kenesh.council.actions.meetings import check_changeable
from kenesh.council.actions.refusals import AlreadyVoted, BallotsOpen, NotAMember, NotYourSeat, ProxyGivenOn, TooManyProxies
from kenesh.council.actions.screens import touch
from kenesh.council.models import MOST_PROXIES, Ballot, Meeting, Proxy, SealedVote, Vote, VoteWeight
from kenesh.council.queries import proxies, seats
from kenesh.council.rules import keeps
from kenesh.kernel import trail
from kenesh.people.models import Body, Membership, User


def register_proxy(*, meeting: Meeting, giver: Membership, holder: Membership, number: str, dated_on: date, by: User) -> Proxy:
    """Writes down the paper with which a member gave its vote; an earlier one of the same member ends.

    Raises NotYourSeat, NotASeat, NotAMember, ProxyGivenOn, TooManyProxies, AlreadyVoted, MinutesApproved.
    """
    with transaction.atomic():
        check_changeable(meeting)
        if not keeps(by, meeting.body):
            raise NotYourSeat
        for seat in (giver, holder):
            check_sits(meeting, seat)
        if len(seats.member_ids(meeting, [giver.pk, holder.pk])) < 2:
            raise NotAMember
        others = [(one, other) for one, other in proxies.given(meeting.pk) if one != giver.pk]
        if giver == holder or any(holder.pk == one or giver.pk == other for one, other in others):
            raise ProxyGivenOn
        if sum(other == holder.pk for _one, other in others) >= MOST_PROXIES:
            raise TooManyProxies
        _end(meeting, giver)
        proxy = Proxy.objects.create(meeting=meeting, giver=giver, holder=holder, number=number, dated_on=dated_on, created_by=by)
        touch(meeting.pk)
        trail.record(verb="register_proxy", target=f"meeting:{meeting.code}/proxy:{proxy.pk}", by=by)
    return proxy


def revoke_proxy(*, proxy: Proxy, by: User) -> None:
    """The member votes herself again. Raises NotYourSeat, AlreadyVoted, MinutesApproved."""
    with transaction.atomic():
        check_changeable(proxy.meeting)
        if not keeps(by, proxy.meeting.body):
            raise NotYourSeat
        _end(proxy.meeting, proxy.giver)
        touch(proxy.meeting_id)
        trail.record(verb="revoke_proxy", target=f"meeting:{proxy.meeting.code}/proxy:{proxy.pk}", by=by)


def _end(meeting: Meeting, giver: Membership) -> None:
    for model in (Vote, SealedVote):
        given = model.objects.filter(ballot__meeting=meeting, ballot__closed_at=None, membership=giver)
        if given.filter(cast_by__isnull=False).exists():
            raise AlreadyVoted
    Proxy.objects.filter(meeting=meeting, giver=giver, revoked_at=None).update(revoked_at=timezone.now())


def set_weights(*, body: Body, weights: Iterable[tuple[Membership, int]], by: User) -> None:
    """How many votes each of these seats has where votes are weighed, whole numbers from 1. Votes that are given already keep
    theirs. Raises NotYourSeat, BallotsOpen while the body votes by weight."""
    with transaction.atomic():
        if not keeps(by, body):
            raise NotYourSeat
        if Ballot.objects.filter(meeting__body=body, is_weighted=True, closed_at=None).exists():
            raise BallotsOpen
        for seat, weight in weights:
            if weight == 1:
                VoteWeight.objects.filter(membership=seat).delete()
            else:
                VoteWeight.objects.update_or_create(membership=seat, defaults={"weight": weight})
        trail.record(verb="set_weights", target=f"body:{body.code}", by=by)
