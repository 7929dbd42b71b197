"""After a decision: States say whether they stand behind it, and State bodies sign a joint one."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from kenesh.council.actions.refusals import NotASeat, NotYourSeat, Refused
from kenesh.council.models import CoSigner, Decision, Endorsement
from kenesh.council.queries.seats import state_of
from kenesh.council.rules import keeps, own_memberships
from kenesh.kernel import trail
from kenesh.people.models import Membership, Publication, Standing, User
from kenesh.problems.models import new_request_key


class ReservationWithoutWords(Refused):
    message = _("Say what the reservation is.")


class NotOfAState(Refused):
    message = _("This membership speaks for no State.")


class BeforeTheDecision(Refused):
    message = _("This day lies before the day on which the decision was adopted.")


def endorse(
    *,
    decision: Decision,
    membership: Membership,
    stance: str,
    said_on: date,
    by: User,
    words: str = "",
    publication: str = Publication.HIDDEN,
    request_key: str = "",
) -> Endorsement:
    """Notes what a State says to a decision; what it said before stays in the history. The same request key gives the same row.

    Raises NotASeat, NotYourSeat, NotOfAState, ReservationWithoutWords, BeforeTheDecision.
    """
    meeting = decision.meeting
    if membership.body_id != meeting.body_id or membership.standing != Standing.MEMBER:
        raise NotASeat
    if not keeps(by, meeting.body) and membership not in own_memberships(by, meeting):
        raise NotYourSeat
    if not (country := state_of(membership)):
        raise NotOfAState
    if Endorsement.Stance(stance) == Endorsement.Stance.RESERVES and not words.strip():
        raise ReservationWithoutWords
    if said_on < decision.adopted_on:
        raise BeforeTheDecision
    key = request_key or new_request_key()
    with transaction.atomic():
        Decision.objects.select_for_update().get(pk=decision.pk)  # no two become the latest
        if (sent := Endorsement.objects.filter(request_key=key).first()) is not None:
            return sent
        decision.endorsements.filter(membership=membership, is_latest=True).update(is_latest=False)
        made = Endorsement.objects.create(
            decision=decision, membership=membership, country=country, stance=stance, words=words.strip(), said_on=said_on,
            publication=Publication(publication).value, entered_by=by, request_key=key,
        )  # fmt: skip
        trail.record(verb="endorse_decision", target=f"decision:{decision.code}", by=by)
    return made


def show_endorsements(*, decision: Decision, public: bool, by: User) -> None:
    """What the body decides: whether everybody sees which States stand behind it, each as far as it lets itself be shown."""
    with transaction.atomic():
        Decision.objects.filter(pk=decision.pk).update(shows_endorsements=public)
        verb = "show_endorsements" if public else "hide_endorsements"
        trail.record(verb=verb, target=f"decision:{decision.code}", by=by)


def co_sign(*, signer: CoSigner, signed_on: date | None, signatory: str, by: User) -> None:
    """Notes that a State body signed a joint decision, or (None) that it did not yet. Raises BeforeTheDecision."""
    decision = signer.proposal.decision
    if signed_on is not None and signed_on < decision.adopted_on:
        raise BeforeTheDecision
    with transaction.atomic():
        CoSigner.objects.filter(pk=signer.pk).update(signed_on=signed_on, signatory=signatory if signed_on else "")
        trail.record(verb="co_sign_decision", target=f"decision:{decision.code}", by=by)
