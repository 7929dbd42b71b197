"""Invitations: who is invited, the link in the letter, what came back, and letters by e-mail."""

from __future__ import annotations

import base64
import smtplib
from collections.abc import Callable, Iterable
from datetime import date, datetime, timedelta
from typing import TypedDict, Unpack

from django.conf import settings
from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone

from kenesh.council.actions.meetings import check_changeable, check_here
from kenesh.council.actions.phones import TOKEN_BYTES
from kenesh.council.actions.refusals import AnswersOver, CalledOff, InvitationSent, SavedByAnother
from kenesh.council.models import Attendance, Invitation, InvitationAnswer, Meeting
from kenesh.council.queries import seats
from kenesh.council.signals import letters_wanted
from kenesh.kernel import trail, vault
from kenesh.people.actions import note_refusal
from kenesh.people.models import Correspondent, Membership, Organisation, Person, User
from kenesh.people.queries.correspondents import in_address_book, stops_of
from kenesh.problems.models import new_request_key

NEEDS_KEPT = timedelta(days=30)  # after the meeting


class InvitationFields(TypedDict, total=False):
    """How somebody is written to; what is left out keeps its value."""

    language: str
    email: str
    guest: str
    post: str
    country: str


class AnswerFields(TypedDict):
    """What an invited person says."""

    coming: str
    substitute_name: str
    substitute_post: str
    substitute_online: bool
    interpretation: str
    arrives_from: str
    arrives_on: date | None
    leaves_on: date | None
    needs_ticket: bool
    needs_visa_letter: bool
    needs: str


def token_of(invitation: Invitation) -> str:
    """The token of the link: 128 bits of the invitation's random key and the node's pepper, which no copy of the database holds."""
    seed = vault.link_hash(settings.SECRETS.pepper, f"invitation:{invitation.request_key}:{invitation.link_number}")
    return base64.urlsafe_b64encode(vault.B(seed, "token", TOKEN_BYTES)).rstrip(b"=").decode()


def hash_of(invitation: Invitation) -> bytes:
    """What the database keeps of that token."""
    return vault.link_hash(settings.SECRETS.pepper, token_of(invitation))


def invite_seats(*, meeting: Meeting, by: User) -> int:
    """Invites every seat of that day that is not invited yet; gives how many. Raises MinutesApproved."""
    with transaction.atomic():
        check_changeable(meeting)
        invited = set(meeting.invitations.filter(membership__isnull=False).values_list("membership_id", flat=True))
        wanted = [seat for seat in seats.sitting(meeting) if seat.pk not in invited]
        book = in_address_book(meeting.body, wanted)
        new = [_of_seat(meeting, seat, book.get(seat.pk)) for seat in wanted]
        for invitation in new:
            invitation.token_hash = hash_of(invitation)
        Invitation.objects.bulk_create(new)
        if new:
            trail.record(verb="invite_seats", target=f"meeting:{meeting.code}", by=by)
    return len(new)


def _of_seat(meeting: Meeting, seat: Membership, kept: Correspondent | None) -> Invitation:
    """Written to at the account of the person, else at her address in the address book, else at the registered mailbox of the
    organisation."""
    house = seat.organisation or (seat.person.organisation if seat.person else None)
    account = _account(seat.person)
    languages = kept.languages.split() if kept else list(house.languages if house else [])
    known = [account.language] if account else languages
    offered = [language for language in known if language in dict(settings.LANGUAGES)]
    return Invitation(
        meeting=meeting, membership=seat, standing=seat.standing, country=seats.country_of(seat),
        language=offered[0] if offered else settings.LANGUAGE_CODE, request_key=new_request_key(),
        email=account.email if account else (kept.email if kept else house.mailbox if house else ""),
    )  # fmt: skip


def _account(person: Person | None) -> User | None:
    return User.objects.filter(person=person, is_active=True).first() if person else None


def invite_guest(
    *,
    meeting: Meeting,
    by: User,
    organisation: Organisation | None = None,
    request_key: str = "",
    **fields: Unpack[InvitationFields],
) -> Invitation:
    """Invites somebody who holds no seat; the same request key gives the same invitation. Raises MinutesApproved.

    IntegrityError when neither an organisation nor a name is given.
    """
    with transaction.atomic():
        check_changeable(meeting)
        key = request_key or new_request_key()
        if (known := Invitation.objects.filter(request_key=key).first()) is not None:
            return known
        invitation = Invitation(
            meeting=meeting, organisation=organisation, standing=Attendance.Standing.GUEST, request_key=key, **fields
        )
        invitation.token_hash = hash_of(invitation)
        invitation.save()
        trail.record(verb="invite_guest", target=_target(invitation), by=by)
    return invitation


def edit_invitation(*, invitation: Invitation, version: int, by: User, **fields: Unpack[InvitationFields]) -> None:
    """Saves how somebody is written to if the invitation is still at `version`. Raises SavedByAnother."""
    with transaction.atomic():
        if not Invitation.objects.filter(pk=invitation.pk, version=version).update(version=F("version") + 1, **fields):
            raise SavedByAnother(Invitation.objects.get(pk=invitation.pk))
        trail.record(verb="edit_invitation", target=_target(invitation), by=by)


def renew_link(*, invitation: Invitation, by: User) -> None:
    """The link of the letter opens nothing any more; a new letter carries a new one."""
    with transaction.atomic():
        now = Invitation.objects.select_for_update().get(pk=invitation.pk)
        now.link_number += 1
        now.token_hash = hash_of(now)
        now.save(update_fields=["link_number", "token_hash"])
        trail.record(verb="renew_invitation_link", target=_target(now), by=by)


def end_invitation_links_since(seat: Membership, since: date) -> None:
    """Somebody else is sent from that day on: the link that the one before her got opens nothing, and the secretary says where the
    new one is written to; what she answered for herself, health included, goes. The mailbox of the institution itself stays.
    Within the caller's transaction."""
    mailbox = seat.organisation.mailbox if seat.organisation else ""
    coming = (
        Invitation.objects.select_for_update(of=("self",)).filter(membership=seat).exclude(meeting__status=Meeting.Status.CLOSED)
    )
    for invitation in coming.select_related("meeting").order_by("pk"):
        if invitation.meeting.last_day < since or (invitation.email and invitation.email == mailbox):
            continue
        invitation.email, invitation.sent_at, invitation.mailed_sequence = "", None, None
        invitation.waits_for_mail = False
        invitation.link_number += 1
        invitation.token_hash = hash_of(invitation)
        invitation.save()
        InvitationAnswer.objects.filter(invitation=invitation).delete()


def take_back_invitation(*, invitation: Invitation, by: User) -> None:
    """Takes back an invitation that was entered by mistake. Raises InvitationSent once it went out or was answered."""
    with transaction.atomic():
        now = Invitation.objects.select_for_update().get(pk=invitation.pk)
        if now.sent_at is not None or InvitationAnswer.objects.filter(invitation=now).exists():
            raise InvitationSent
        now.delete()
        trail.record(verb="take_back_invitation", target=_target(invitation), by=by)


def answer_invitation(*, invitation: Invitation, by: User | None, **said: Unpack[AnswerFields]) -> InvitationAnswer:
    """Keeps what an invited person says, by her link (`by` is None) or to the secretary; a later answer takes the place of an
    earlier one. By the link until the meeting begins, by the secretary until it is closed. Raises AnswersOver, CalledOff,
    AtVenue."""
    with transaction.atomic():
        meeting = Meeting.objects.select_for_update().get(pk=invitation.meeting_id)
        check_here(meeting)
        if meeting.called_off_at is not None:
            raise CalledOff
        over = meeting.status == Meeting.Status.CLOSED if by else not still_asked(meeting, timezone.now())
        if over:
            raise AnswersOver
        answer, _new = InvitationAnswer.objects.update_or_create(invitation=invitation, defaults={**said, "entered_by": by})
        trail.record(verb="answer_invitation", target=_target(invitation), by=by or f"invitation:{invitation.code}")
    return answer


def still_asked(meeting: Meeting, now: datetime) -> bool:
    """Whether the link still takes an answer: until the meeting begins."""
    return meeting.status == Meeting.Status.PLANNED and now < meeting.starts_at and meeting.called_off_at is None


def send_letters(*, meeting: Meeting, invitations: Iterable[Invitation], by: User) -> int:
    """Has the worker mail these invitations; those without an address, and those whose owner wants no mail or whose mail comes
    back, are left to the printer. Gives how many are mailed. Raises CalledOff."""
    with transaction.atomic():
        if meeting.called_off_at is not None:
            raise CalledOff
        chosen = [one for one in invitations if one.email]
        stopped = stops_of([one.email for one in chosen])
        mailed = [one.pk for one in chosen if one.email not in stopped]
        Invitation.objects.filter(pk__in=mailed).update(mailed_sequence=None, waits_for_mail=True)
        if mailed:
            trail.record(verb="send_invitations", target=f"meeting:{meeting.code}", by=by)
            letters_wanted.send(sender=Invitation, invitations=mailed)
    return len(mailed)


def tell_of_change(*, meeting: Meeting) -> None:
    """Everybody who was invited by e-mail gets the calendar entry again, or its cancellation."""
    by_mail = Q(mailed_sequence__isnull=False) | Q(waits_for_mail=True)
    pks = list(meeting.invitations.filter(by_mail).exclude(email="").order_by("pk").values_list("pk", flat=True))
    if pks and meeting.status == Meeting.Status.PLANNED:
        Invitation.objects.filter(pk__in=pks).update(waits_for_mail=True)
        letters_wanted.send(sender=Invitation, invitations=pks)


def mail_letter(*, invitation: Invitation, letter: Callable[[], int], sequence: int) -> None:
    """Has `letter` sent, unless the address takes no mail, and notes that it went. What a mail server does not take for now is
    raised (SMTPException, OSError), and tried again when the worker comes round."""
    if stops_of([invitation.email]):
        Invitation.objects.filter(pk=invitation.pk).update(waits_for_mail=False)
        return
    try:
        letter()
    except smtplib.SMTPRecipientsRefused as refused:
        note_refusal(email=invitation.email, refused=refused, by="worker")
        Invitation.objects.filter(pk=invitation.pk).update(waits_for_mail=False)
    except smtplib.SMTPDataError as refused:  # the letter is refused, not the address
        if refused.smtp_code < 500:  # passes (RFC 5321, section 4.2.1)
            raise
        with transaction.atomic():
            Invitation.objects.filter(pk=invitation.pk).update(waits_for_mail=False)
            trail.record(verb="letter_refused", target=_target(invitation), by="worker")
    else:
        mark_sent(invitation=invitation, sequence=sequence, by="worker")


def mark_sent(*, invitation: Invitation, sequence: int | None, by: User | str) -> None:
    """The letter went out: by e-mail with this SEQUENCE, or printed (None)."""
    with transaction.atomic():
        sent = {"sent_at": timezone.now()} if sequence is None else {"sent_at": timezone.now(), "mailed_sequence": sequence}
        Invitation.objects.filter(pk=invitation.pk).update(**sent)
        if sequence is not None:  # a change that came meanwhile is still to be told
            Invitation.objects.filter(pk=invitation.pk, meeting__version=sequence + 1).update(waits_for_mail=False)
        trail.record(verb="letter_sent", target=_target(invitation), by=by)


def sign_for_travel(*, invitation: Invitation, on: date | None, by: User) -> None:
    """The person has received tickets or money and signed for it on that day; None takes it back."""
    with transaction.atomic():
        Invitation.objects.filter(pk=invitation.pk).update(travel_signed_on=on)
        verb = "sign_for_travel" if on else "unsign_travel"
        trail.record(verb=verb, target=_target(invitation), by=by)


def forget_needs(*, today: date) -> int:
    """What people wrote of their health, diet or access goes a month after the meeting. Gives how many lines went."""
    over = Meeting.objects.filter(starts_at__date__lt=today - NEEDS_KEPT)
    return InvitationAnswer.objects.filter(invitation__meeting__in=over.values("pk")).exclude(needs="").update(needs="")


def _target(invitation: Invitation) -> str:
    return f"meeting:{invitation.meeting.code}/invitation:{invitation.code}"
