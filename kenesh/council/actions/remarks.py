"""After a ballot: it is counted again, contested, upheld or annulled."""

from __future__ import annotations

from django.db import transaction

from kenesh.council.actions.amendments import reopen_amendment
from kenesh.council.actions.elections import reopen_after_annulment
from kenesh.council.actions.live import check_leads
from kenesh.council.actions.meetings import check_changeable
from kenesh.council.actions.proposals import check_may_speak_for
from kenesh.council.actions.refusals import BallotAnnulled, BallotStillOpen, CountedByHand, DecisionStands, NotContested
from kenesh.council.actions.screens import touch
from kenesh.council.models import Ballot, BallotRemark, Decision, Proposal
from kenesh.council.queries import recounts
from kenesh.kernel import trail
from kenesh.people.models import Membership, User
from kenesh.problems.models import new_request_key

Kind = BallotRemark.Kind


def _locked(ballot: Ballot) -> Ballot:
    """A closed ballot that counts. Raises BallotStillOpen, BallotAnnulled, MinutesApproved."""
    now = Ballot.objects.select_for_update(of=("self",)).select_related("meeting__body", "proposal", "election").get(pk=ballot.pk)
    check_changeable(now.meeting)
    if now.is_open:
        raise BallotStillOpen
    if now.standing == Ballot.Standing.ANNULLED:
        raise BallotAnnulled
    return now


def recount(*, ballot: Ballot, by: User, request_key: str = "") -> BallotRemark:
    """Counts the stored votes again and writes down whether they give what was frozen. The result itself stays as it is.

    Raises BallotStillOpen, BallotAnnulled, CountedByHand for one on paper, NotYourSeat, MinutesApproved.
    """
    with transaction.atomic():
        now = _locked(ballot)
        check_leads(by, now.meeting)
        if now.on_paper:
            raise CountedByHand
        remark, is_new = BallotRemark.objects.get_or_create(
            request_key=request_key or new_request_key(),
            defaults={"ballot": now, "kind": Kind.RECOUNTED, "same": recounts.again(now).same, "by": by},
        )
        if is_new:
            verb = "recount_same" if remark.same else "recount_differs"
            trail.record(verb=verb, target=now.place, by=by)
    return remark


def contest(*, ballot: Ballot, membership: Membership, words: str, by: User, request_key: str = "") -> BallotRemark:
    """A member contests the vote in her words. The result stays and is shown as contested until the body decides.

    Raises BallotStillOpen, BallotAnnulled, NotASeat, NotYourSeat, MinutesApproved.
    """
    with transaction.atomic():
        now = _locked(ballot)
        check_may_speak_for(membership, now.meeting, by)
        remark, is_new = BallotRemark.objects.get_or_create(
            request_key=request_key or new_request_key(),
            defaults={"ballot": now, "kind": Kind.CONTESTED, "membership": membership, "words": words, "by": by},
        )
        if is_new:
            _stand(now, Ballot.Standing.CONTESTED)
            trail.record(verb="contest_ballot", target=now.place, by=by)
    return remark


def _stand(ballot: Ballot, standing: Ballot.Standing) -> None:
    Ballot.objects.filter(pk=ballot.pk).update(standing=standing)
    touch(ballot.meeting_id)


def settle_contest(*, ballot: Ballot, annul: bool, words: str, by: User) -> BallotRemark:
    """What the body decided about a contested vote. Annulled, it no longer counts, nor do later rounds of its election, and the meeting
    may vote again.

    Raises NotContested, DecisionStands, BallotsOpen, BallotStillOpen, BallotAnnulled, NotYourSeat, MinutesApproved.
    """
    with transaction.atomic():
        now = _locked(ballot)
        check_leads(by, now.meeting)
        if now.standing != Ballot.Standing.CONTESTED:
            raise NotContested
        later = _annul(now) if annul else []
        remark = _settled(now, annul, words, by)
        for ballot in later:
            _settled(ballot, annul, words, by)
    return remark


def _settled(ballot: Ballot, annul: bool, words: str, by: User) -> BallotRemark:
    kind = Kind.ANNULLED if annul else Kind.UPHELD
    _stand(ballot, Ballot.Standing(kind.value))
    trail.record(verb="annul_ballot" if annul else "uphold_ballot", target=ballot.place, by=by)
    return BallotRemark.objects.create(ballot=ballot, kind=kind, words=words, by=by)


def _annul(ballot: Ballot) -> list[Ballot]:
    """Gives the later rounds of an election, which fall with it."""
    if ballot.election_id is not None:
        reopen_after_annulment(ballot)
        later = Ballot.objects.filter(election=ballot.election_id, number__gt=ballot.number).select_related("meeting")
        return list(later.exclude(standing=Ballot.Standing.ANNULLED).order_by("number"))
    if ballot.amendment_id is not None:
        reopen_amendment(ballot)
        return []
    if Decision.objects.filter(proposal=ballot.proposal_id).exists():
        raise DecisionStands
    Proposal.objects.filter(ballots=ballot, status=Proposal.Status.REJECTED).update(status=Proposal.Status.OPEN)
    return []
