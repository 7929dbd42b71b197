"""How the text of a proposal changes before it is decided: amendments, corrections, two proposals made one, comments."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kenesh.council import counting
from kenesh.council.actions.meetings import check_changeable
from kenesh.council.actions.proposals import (
    check_may_change,
    check_may_speak_for,
    check_no_amendment_waits,
    check_nothing_voted,
    locked,
)
from kenesh.council.actions.refusals import (
    BallotsOpen,
    MeetingOver,
    NotYourSeat,
    ProposalMissingText,
    Refused,
    SavedByAnother,
)
from kenesh.council.actions.screens import touch
from kenesh.council.actions.writing import check_not_in_writing
from kenesh.council.models import Amendment, Ballot, Comment, LawRow, Meeting, Proposal, ProposalVersion
from kenesh.council.queries import seats
from kenesh.council.rules import keeps
from kenesh.kernel import trail
from kenesh.people.models import Membership, Publication, User
from kenesh.problems.models import new_request_key
from kenesh.themes.changes import Overlap, put_together
from kenesh.themes.texts import Translated


class TextVoted(Refused):
    message = _("A vote has adopted this text. It can no longer be changed.")


class NothingChanged(Refused):
    message = _("This is the text as it reads now. Change the words that you want to be different.")


class AmendmentSettled(Refused):
    message = _("This amendment is no longer open.")


class AmendmentInText(Refused):
    message = _("This vote has changed the text. The text stays; another amendment can change it back.")


class AmendmentCarried(Refused):
    message = _("The vote was for this amendment. Take it into the text, where needed with other words.")


class AmendmentVoted(Refused):
    message = _("This amendment is being voted on. Close the vote first.")


class AmendmentsOverlap(Refused):
    message = _(
        "The text has changed at the same place since this amendment was written. Put both together by hand, and save that text."
    )


class VoteNotWon(Refused):
    message = _("More votes were against than for it, or as many. So the amendment is not taken.")


class NotTwoProposals(Refused):
    message = _("Only two open proposals of the same meeting can be joined.")


@dataclass(frozen=True)
class Taken:
    """How it was settled whether an amendment is taken; `votes`: for, against, abstained, where hands were counted."""

    how: str
    votes: tuple[int, int, int] | None = None


def _check_before_the_end(proposal: Proposal) -> None:
    if Meeting.objects.select_for_update().get(pk=proposal.item.meeting_id).status == Meeting.Status.CLOSED:
        raise MeetingOver


def check_text_open(proposal: Proposal) -> None:
    """Raises BallotsOpen while the proposal or an amendment to it is voted on, TextVoted when a vote has adopted the text."""
    check_nothing_voted(proposal)
    _check_not_adopted(proposal)


def _check_not_adopted(proposal: Proposal) -> None:
    """A vote that the body annulled has adopted nothing. Raises TextVoted."""
    if proposal.ballots.filter(seats.CARRIED).exists():
        raise TextVoted


def _change_text(proposal: Proposal, text: dict[str, str], by: User, amendment: Amendment | None = None) -> None:
    """Writes a new version of a proposal that is held. Raises MinutesApproved, BallotsOpen, TextVoted, ProposalMissingText,
    DecidedInWriting."""
    check_changeable(proposal.item.meeting)
    check_not_in_writing(proposal.item.meeting_id)
    check_text_open(proposal)
    if not any(text.values()):
        raise ProposalMissingText
    proposal.text, proposal.version = Translated(text), proposal.version + 1
    proposal.save(update_fields=["text", "version"])
    touch(proposal.item.meeting_id)
    proposal.refresh_from_db(fields=["text"])  # as it is stored
    ProposalVersion.objects.create(proposal=proposal, number=proposal.version, text=proposal.text, amendment=amendment, by=by)


def edit_text(*, proposal: Proposal, text: dict[str, str], version: int, by: User) -> None:
    """Writes a new version of the text if it is still at `version`.

    Raises SavedByAnother, NothingChanged, ProposalSettled, NotYourSeat, MinutesApproved, BallotsOpen, TextVoted,
    ProposalMissingText.
    """
    with transaction.atomic():
        now = locked(proposal)
        check_may_change(now, by)
        if now.version != version:
            raise SavedByAnother(now)
        if now.text == text:
            raise NothingChanged
        _change_text(now, text, by)
        trail.record(verb="edit_text", target=f"proposal:{now.code}", by=by)


def amend(
    *,
    proposal: Proposal,
    text: dict[str, str],
    base: int,
    by: User,
    membership: Membership | None = None,
    reason: str = "",
    request_key: str = "",
) -> Amendment:
    """Lays another text for version `base` before the meeting; the same request key gives the same amendment.

    Raises ProposalSettled, MeetingOver, NotASeat, NotYourSeat, ProposalMissingText, NothingChanged. Without a membership it is the
    secretary's.
    """
    with transaction.atomic():
        now = locked(proposal)
        meeting = now.item.meeting
        _check_before_the_end(now)
        if membership is not None:
            check_may_speak_for(membership, meeting, by)
        elif not keeps(by, meeting.body):
            raise NotYourSeat
        if not any(text.values()):
            raise ProposalMissingText
        if now.versions.get(number=base).text == text:
            raise NothingChanged
        amendment, is_new = Amendment.objects.get_or_create(
            request_key=request_key or new_request_key(),
            defaults={"proposal": now, "base": base, "text": text, "reason": reason, "membership": membership},
        )
        if is_new:
            amendment.refresh_from_db(fields=["text"])  # as it is stored
            trail.record(verb="amend", target=f"proposal:{now.code} amendment:{amendment.code}", by=by)
    return amendment


def accept_amendment(
    *, amendment: Amendment, taken: Taken, by: User, text: dict[str, str] | None = None, version: int = 0, answer: str = ""
) -> None:
    """Takes an amendment into the text. With `text`, these words, put together by hand on `version`, are taken instead of its own.

    Raises AmendmentsOverlap, AmendmentSettled, VoteNotWon, SavedByAnother, ProposalSettled, BallotsOpen, TextVoted.
    """
    with transaction.atomic():
        now, proposal = _idle(amendment)
        taken = carried(now) or taken
        if taken.votes is not None and taken.votes[0] <= taken.votes[1]:
            raise VoteNotWon
        if text is not None and proposal.version != version:
            raise SavedByAnother(proposal)
        made = text if text is not None else amended(now, proposal)
        _change_text(proposal, made, by, now)
        _settle(now, Amendment.Status.MERGED if text is not None else Amendment.Status.ACCEPTED, taken, answer)
        trail.record(verb="accept_amendment", target=f"proposal:{proposal.code} amendment:{now.code}", by=by)


def amended(amendment: Amendment, proposal: Proposal) -> dict[str, str]:
    """The text as it reads now with the amendment's own changes. Raises AmendmentsOverlap."""
    if proposal.version == amendment.base:
        return dict(amendment.text)
    base: Translated = proposal.versions.get(number=amendment.base).text
    languages = dict.fromkeys([*proposal.text, *amendment.text])
    try:
        return {
            language: put_together(base.get(language, ""), proposal.text.get(language, ""), amendment.text.get(language, ""))
            for language in languages
        }
    except Overlap as why:
        raise AmendmentsOverlap from why


def reject_amendment(*, amendment: Amendment, taken: Taken, answer: str, by: User) -> None:
    """The text stays as it is. Raises AmendmentSettled, ProposalSettled."""
    with transaction.atomic():
        now, proposal = _idle(amendment)
        if carried(now) is not None:
            raise AmendmentCarried
        _settle(now, Amendment.Status.REJECTED, taken, answer)
        trail.record(verb="reject_amendment", target=f"proposal:{proposal.code} amendment:{now.code}", by=by)


def amendment_voted(ballot: Ballot, *, by: User) -> None:
    """What a closed vote does to its amendment, within the caller's transaction: carried, it goes into the text as it was marked;
    lost, it is not taken. After a tie, without a quorum, or where the text has changed at the same place, it stays open: the meeting
    votes again, or the secretary puts both together by hand."""
    now, proposal = held(Amendment.objects.select_related("proposal__item__meeting").get(ballots=ballot))
    taken = Taken(Amendment.How.VOTE, _counts(ballot))
    target = f"proposal:{proposal.code} amendment:{now.code}"
    if ballot.outcome in (counting.Why.TOO_FEW, counting.Why.OBJECTION):
        _settle(now, Amendment.Status.REJECTED, taken, "")
        trail.record(verb="reject_amendment", target=target, by=by)
    elif ballot.outcome == counting.Why.ADOPTED:
        try:
            made = amended(now, proposal)
        except AmendmentsOverlap:
            return
        _change_text(proposal, made, by, now)
        _settle(now, Amendment.Status.ACCEPTED, taken, "")
        trail.record(verb="accept_amendment", target=target, by=by)


def _counts(ballot: Ballot) -> tuple[int, int, int]:
    return ballot.counted_for or 0, ballot.counted_against or 0, ballot.counted_abstained or 0


def carried(amendment: Amendment) -> Taken | None:
    """The numbers of the vote that carried it, where it waits for somebody to put it together with the text by hand."""
    ballot = amendment.ballots.filter(seats.CARRIED).order_by("-id").first()
    return Taken(Amendment.How.VOTE, _counts(ballot)) if ballot is not None else None


def reopen_amendment(ballot: Ballot) -> None:
    """Its vote was annulled: it lies before the meeting again. Within the caller's transaction. Raises AmendmentInText."""
    now = Amendment.objects.select_for_update().get(ballots=ballot)
    if now.status in (Amendment.Status.ACCEPTED, Amendment.Status.MERGED):
        raise AmendmentInText
    if now.status == Amendment.Status.REJECTED:
        now.votes_for = now.votes_against = now.votes_abstained = now.settled_at = None
        now.status, now.how = Amendment.Status.OPEN.value, ""
        now.save()


def withdraw_amendment(*, amendment: Amendment, by: User) -> None:
    """Who made it takes it back, or the secretary for her. Raises AmendmentSettled, AmendmentCarried, ProposalSettled,
    NotYourSeat."""
    with transaction.atomic():
        now, proposal = _idle(amendment)
        if carried(now) is not None:
            raise AmendmentCarried
        if not keeps(by, proposal.item.meeting.body):
            if now.membership is None:
                raise NotYourSeat
            check_may_speak_for(now.membership, proposal.item.meeting, by)
        _settle(now, Amendment.Status.WITHDRAWN, Taken(""), "")
        trail.record(verb="withdraw_amendment", target=f"proposal:{proposal.code} amendment:{now.code}", by=by)


def held(amendment: Amendment) -> tuple[Amendment, Proposal]:
    """An open amendment and its proposal, held until the transaction ends. Raises AmendmentSettled, ProposalSettled."""
    proposal = locked(amendment.proposal)
    now = Amendment.objects.select_for_update().get(pk=amendment.pk)
    if now.status != Amendment.Status.OPEN:
        raise AmendmentSettled
    return now, proposal


def _idle(amendment: Amendment) -> tuple[Amendment, Proposal]:
    """The same, where nobody votes on it. Raises AmendmentVoted."""
    now, proposal = held(amendment)
    if now.ballots.filter(closed_at__isnull=True).exists():
        raise AmendmentVoted
    return now, proposal


def _settle(amendment: Amendment, status: Amendment.Status, taken: Taken, answer: str) -> None:
    amendment.status, amendment.how, amendment.answer, amendment.settled_at = status, taken.how, answer, timezone.now()
    if taken.votes is not None:
        amendment.votes_for, amendment.votes_against, amendment.votes_abstained = taken.votes
    amendment.save()


def merge_proposals(*, proposal: Proposal, into: Proposal, text: dict[str, str], version: int, by: User) -> None:
    """Makes one proposal of two: the first points to the second, which takes `text`, and with it sponsors and addressees of both.

    Raises NotTwoProposals, NotYourSeat, ProposalSettled, SavedByAnother, BallotsOpen, AmendmentWaits, TextVoted,
    ProposalMissingText.
    """
    with transaction.atomic():
        first, second = sorted([proposal, into], key=lambda one: one.pk)
        held = {one.pk: locked(one) for one in (first, second)}
        gone, stays = held[proposal.pk], held[into.pk]
        if gone.pk == stays.pk or gone.item.meeting_id != stays.item.meeting_id:
            raise NotTwoProposals
        if not keeps(by, stays.item.meeting.body):
            raise NotYourSeat
        check_not_in_writing(gone.item.meeting_id)
        check_nothing_voted(gone)
        check_no_amendment_waits(gone)
        if stays.version != version:
            raise SavedByAnother(stays)
        if stays.text != text:
            _change_text(stays, text, by)
        stays.sponsors.add(*gone.sponsors.all(), *_seats_of_proposer(gone))
        stays.addressees.add(*gone.addressees.all())
        gone.status, gone.merged_into = Proposal.Status.MERGED, stays
        gone.save(update_fields=["status", "merged_into"])
        trail.record(verb="merge_proposals", target=f"proposal:{gone.code} into {stays.code}", by=by)


def _seats_of_proposer(proposal: Proposal) -> list[Membership]:
    if proposal.by_person_id is None and proposal.by_organisation_id is None:
        return []
    seats = proposal.item.meeting.body.memberships
    return list(seats.filter(person=proposal.by_person_id, organisation=proposal.by_organisation_id)[:1])


def comment(
    *, proposal: Proposal, membership: Membership, words: str, publication: str, by: User, request_key: str = ""
) -> Comment:
    """Says something of an open proposal before it is decided. Raises ProposalSettled, MeetingOver, NotASeat, NotYourSeat."""
    with transaction.atomic():
        now = locked(proposal)
        _check_before_the_end(now)
        check_may_speak_for(membership, now.item.meeting, by)
        made, is_new = Comment.objects.get_or_create(
            request_key=request_key or new_request_key(),
            defaults={
                "proposal": now,
                "membership": membership,
                "words": words,
                "version": now.version,
                "publication": Publication(publication).value,
                "entered_by": by,
            },
        )
        if is_new:
            trail.record(verb="comment", target=f"proposal:{now.code}", by=by)
    return made


def write_law_row(
    *,
    proposal: Proposal,
    texts: dict[str, dict[str, str]],
    by: User,
    row: LawRow | None = None,
    version: int = 1,
    request_key: str = "",
) -> LawRow:
    """Adds or changes a line of the table of a proposal to change a law. `texts`: law, in_force, proposed, justification.

    Raises ProposalSettled, NotYourSeat, SavedByAnother, BallotsOpen, TextVoted.
    """
    with transaction.atomic():
        now = locked(proposal)
        _check_rows(now, by)
        if row is None:
            made, is_new = LawRow.objects.get_or_create(
                request_key=request_key or new_request_key(), defaults={"proposal": now, **texts}
            )
        else:
            made, is_new = LawRow.objects.select_for_update().get(pk=row.pk, proposal=now), True
            if made.version != version:
                raise SavedByAnother(made)
            for name, words in texts.items():
                setattr(made, name, words)
            made.version += 1
            made.save()
        if is_new:
            made.refresh_from_db()  # as it is stored
            trail.record(verb="write_law_row", target=f"proposal:{now.code}", by=by)
    return made


def remove_law_row(*, row: LawRow, by: User) -> None:
    """Takes a line off the table. Raises ProposalSettled, NotYourSeat, BallotsOpen, TextVoted."""
    with transaction.atomic():
        now = locked(row.proposal)
        _check_rows(now, by)
        LawRow.objects.filter(pk=row.pk).delete()
        trail.record(verb="remove_law_row", target=f"proposal:{now.code}", by=by)


def _check_rows(proposal: Proposal, by: User) -> None:
    check_may_change(proposal, by)
    check_changeable(proposal.item.meeting)
    check_not_in_writing(proposal.item.meeting_id)
    if proposal.ballots.filter(closed_at__isnull=True).exists():
        raise BallotsOpen
    _check_not_adopted(proposal)
