"""Elections: names are proposed and accepted, rounds of votes, the result with or without a ballot, and the seats that follow."""

from __future__ import annotations

from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone

from kenesh.council.actions.live import check_leads, check_sits
from kenesh.council.actions.meetings import check_quorum
from kenesh.council.actions.opening import check_kind, save_open
from kenesh.council.actions.proposals import check_may_speak_for, check_open
from kenesh.council.actions.refusals import (
    BallotsOpen,
    ElectionNotDecided,
    ElectionOver,
    MeetingOver,
    NamedOnScreen,
    NobodyStands,
    NominationsClosed,
    SecretByWeights,
    TooManyStand,
)
from kenesh.council.actions.screens import touch
from kenesh.council.actions.writing import check_not_in_writing
from kenesh.council.models import AgendaItem, Ballot, BallotRule, Candidate, Election, Meeting, Quorum
from kenesh.council.queries import elections
from kenesh.kernel import trail
from kenesh.people import actions as people
from kenesh.people.models import Membership, MembershipRole, User
from kenesh.problems.models import new_request_key

Status, Method, CountedBy = Election.Status, Election.Method, Election.CountedBy
_OVER = {Status.DECIDED, Status.CANCELLED}


def call_election(
    *,
    item: AgendaItem,
    office: dict[str, str],
    by: User,
    role: str = "",
    seats: int = 1,
    method: str = Method.MAJORITY,
    is_secret: bool = True,
    counted_by: str = CountedBy.HEADS,
    quorum: str = Quorum.HALF,
    request_key: str = "",
) -> Election:
    """Puts an election under a point, also before the meeting; names can be proposed at once. Raises NotYourSeat, MeetingOver,
    SecretByWeights."""
    if is_secret and counted_by == CountedBy.WEIGHTS:
        raise SecretByWeights
    with transaction.atomic():
        meeting = Meeting.objects.select_for_update(of=("self",)).select_related("body").get(pk=item.meeting_id)
        check_leads(by, meeting)
        if meeting.status == Meeting.Status.CLOSED:
            raise MeetingOver
        election, is_new = Election.objects.get_or_create(
            request_key=request_key or new_request_key(),
            defaults={
                "item": item,
                "office": office,
                "role": MembershipRole(role).value if role else "",
                "seats": seats,
                "method": Method(method).value,
                "is_secret": is_secret,
                "counted_by": CountedBy(counted_by).value,
                "quorum": Quorum(quorum).value,
            },
        )
        if is_new:
            election.refresh_from_db()  # the texts as they are stored
            trail.record(verb="call_election", target=_target(election), by=by)
            touch(meeting.pk)
    return election


def _target(election: Election) -> str:
    return f"election:{election.code}"


def _locked(election: Election) -> Election:
    """Raises ElectionOver."""
    found = Election.objects.select_for_update(of=("self",)).select_related("item__meeting__body")
    now = found.get(pk=election.pk)
    if now.status in _OVER:
        raise ElectionOver
    return now


def nominate(
    *, election: Election, by: User, membership: Membership | None = None, name: str = "", nominated_by: Membership | None = None
) -> Candidate:
    """Proposes a seat of the body, who still has to accept, or a name, which stands at once. Proposing again changes nothing.

    A member proposes for her own seat, the chair for anybody. Raises ElectionOver, NominationsClosed, NotASeat, NotYourSeat.
    """
    with transaction.atomic():
        now = _locked(election)
        meeting = now.item.meeting
        if now.status != Status.NOMINATING:
            raise NominationsClosed
        if nominated_by is None:
            check_leads(by, meeting)
        else:
            check_may_speak_for(nominated_by, meeting, by)
        if membership is not None:
            check_sits(meeting, membership)
            name = ""
        stands = None if membership else True
        candidate, is_new = Candidate.objects.get_or_create(
            election=now, membership=membership, name=name, defaults={"nominated_by": nominated_by, "accepted": stands}
        )
        if is_new:
            trail.record(verb="nominate", target=f"{_target(now)}/{candidate.pk}", by=by)
    return candidate


def answer_nomination(*, candidate: Candidate, accepted: bool, by: User) -> None:
    """Who was proposed accepts or declines, herself, or through the chair who asked her aloud. Whom a round elected and who declines
    before the next one is elected no more: her seat is open again. While a vote is open, nobody changes it. Raises ElectionOver,
    NominationsClosed, NotYourSeat, NotASeat."""
    with transaction.atomic():
        now = _locked(candidate.election)
        if now.status == Status.VOTING:
            raise NominationsClosed
        if candidate.membership is None:
            check_leads(by, now.item.meeting)
        else:
            check_may_speak_for(candidate.membership, now.item.meeting, by)
        answer = {"accepted": accepted, "answered_at": timezone.now()}
        Candidate.objects.filter(pk=candidate.pk).update(**answer if accepted else {**answer, "elected_in": None})
        touch(now.item.meeting_id)
        verb = "accept_nomination" if accepted else "decline_nomination"
        trail.record(verb=verb, target=f"{_target(now)}/{candidate.pk}", by=by)


def open_round(*, election: Election, by: User, on_paper: bool = False, request_key: str = "") -> Ballot:
    """Opens the first round among all who stand, or the next one among those whom the last one left, for the seats that are open.
    `on_paper`: of a secret election; members fill in papers, and the tellers' count closes it.

    Gives the round that is open. Raises MeetingNotOpen, NotYourSeat, ElectionOver, NobodyStands, NamedOnScreen, NoQuorum where the
    rules of the body ask for more than are there, DecidedInWriting, SecretByStates.
    """
    with transaction.atomic():
        now = _locked(election)
        meeting = now.item.meeting
        check_open(meeting)
        check_leads(by, meeting)
        running = now.rounds.filter(closed_at=None).first()
        if running is not None:
            return running
        if on_paper and not now.is_secret:
            raise NamedOnScreen
        by_states, is_weighted = now.counted_by == CountedBy.STATES, now.counted_by == CountedBy.WEIGHTS
        check_kind(is_secret=now.is_secret, on_paper=on_paper, by_states=by_states, is_weighted=is_weighted)
        course = elections.course(now, [])
        options = [str(candidate.pk) for candidate in course.next_options]
        if not options:
            raise NobodyStands
        check_not_in_writing(meeting.pk)
        check_quorum(meeting)
        most = len(options) if now.is_ranked else min(course.open_seats, len(options))
        ballot = Ballot(
            meeting=meeting,
            election=now,
            number=len(course.rounds) + 1,
            options=options,
            seats=course.open_seats,
            most=1 if now.method == Method.MAJORITY else most,
            rule=BallotRule.SIMPLE_MAJORITY,
            quorum=now.quorum,
            by_states=by_states,
            is_weighted=is_weighted,
            on_paper=on_paper,
            request_key=request_key or new_request_key(),
        )
        save_open(ballot, is_secret=now.is_secret)
        Election.objects.filter(pk=now.pk).update(status=Status.VOTING)
        trail.record(verb="open_round", target=_target(now), by=by)
    return ballot


def elect_by_consensus(*, election: Election, by: User) -> None:
    """All who stand take the seats without a ballot, because nobody objects. Raises NobodyStands, TooManyStand, ElectionOver,
    BallotsOpen, MeetingNotOpen, NotYourSeat, NoQuorum as a round does."""
    with transaction.atomic():
        now = _locked(election)
        check_open(now.item.meeting)
        check_leads(by, now.item.meeting)
        if now.status == Status.VOTING:
            raise BallotsOpen
        course = elections.course(now, [])
        if not course.next_options:
            raise NobodyStands
        if len(course.next_options) > course.open_seats:
            raise TooManyStand
        check_quorum(now.item.meeting)
        Candidate.objects.filter(pk__in=[one.pk for one in course.next_options]).update(elected_in=0)
        Election.objects.filter(pk=now.pk).update(status=Status.DECIDED, how=Election.How.CONSENSUS)
        touch(now.item.meeting_id)
        trail.record(verb="elect_by_consensus", target=_target(now), by=by)


def give_up_election(*, election: Election, by: User) -> None:
    """The body leaves the office as it is. Raises ElectionOver, BallotsOpen, NotYourSeat."""
    with transaction.atomic():
        now = _locked(election)
        check_leads(by, now.item.meeting)
        if now.status == Status.VOTING:
            raise BallotsOpen
        Election.objects.filter(pk=now.pk).update(status=Status.CANCELLED)
        touch(now.item.meeting_id)
        trail.record(verb="give_up_election", target=_target(now), by=by)


def seat_elected(*, election: Election, by: User) -> list[Membership]:
    """Gives the role of the office to the seats that were elected; doing it twice changes nothing. Gives the seats.

    Whoever was chair or secretary before is that no more, when one is elected; co-chairs stay, since a body may have several. Who
    alone is elected to the chair leads this meeting too, where it names nobody. Raises ElectionNotDecided,
    NotYourSeat.
    """
    with transaction.atomic():
        now = Election.objects.select_for_update(of=("self",)).select_related("item__meeting__body").get(pk=election.pk)
        check_leads(by, now.item.meeting)
        if now.status != Status.DECIDED or not now.role:
            raise ElectionNotDecided
        seats = give_role(now, by=by)
        if now.role == MembershipRole.CHAIR and len(seats) == 1 and seats[0].person is not None:
            meeting = Meeting.objects.filter(pk=now.item.meeting_id, chair=None)
            meeting.update(chair=seats[0].person, version=F("version") + 1)
        if now.seated_at is None:
            Election.objects.filter(pk=now.pk).update(seated_at=timezone.now())
            trail.record(verb="seat_elected", target=_target(now), by=by)
    return seats


def give_role(election: Election, *, by: User | str) -> list[Membership]:
    """The elected seats have the role of the office from the day of the meeting on; one that ended before its role could change
    stays as it is. Within the caller's transaction."""
    elected = election.candidates.filter(elected_in__isnull=False, membership__isnull=False).select_related("membership__body")
    seats = [candidate.membership for candidate in elected.order_by("id") if candidate.membership is not None]
    for seat in seats:
        newest = seat.role_changes.order_by("on", "pk").last()
        on = max(day for day in (election.item.meeting.day, seat.since, newest and newest.on) if day)
        has_ended = seat.until is not None and seat.until < on
        because, alone = f"election:{election.pk}", len(seats) == 1
        if seat.role != election.role and not has_ended:
            people.change_role(seat=seat, role=election.role, on=on, because=because, alone=alone, by=by)
        elif alone and not has_ended:  # she stays what she was
            people.end_role_of_others(seat=seat, on=on, because=because, by=by)
    return seats


def reopen_after_annulment(ballot: Ballot) -> None:
    """The round no longer counts, nor does what came after it: the roles that the election gave are again as before, and whom it
    seated as chair leads this meeting no more. Within the transaction that annuls it. Raises BallotsOpen while a later round is
    open."""
    election = Election.objects.select_for_update(of=("self",)).select_related("item").get(rounds=ballot)
    if election.status == Status.VOTING:
        raise BallotsOpen
    people.undo_roles_given(because=f"election:{ballot.election_id}")
    elected = election.candidates.filter(elected_in__isnull=False).values_list("membership__person", flat=True)
    if election.role == MembershipRole.CHAIR and election.seated_at is not None and len(elected) == 1 and elected[0]:
        led = Meeting.objects.filter(pk=election.item.meeting_id, chair=elected[0])
        led.update(chair=None, version=F("version") + 1)
    later = Q(elected_in__gte=ballot.number) | Q(elected_in=0)  # a consensus ends what the rounds left open
    election.candidates.filter(later).update(elected_in=None)
    Election.objects.filter(pk=election.pk).update(status=Status.BETWEEN, how="", seated_at=None)
