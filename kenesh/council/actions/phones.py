"""Phones in the room: links for all seats of a meeting at once, the sessions that they open, and the point under discussion."""

from __future__ import annotations

import base64
from datetime import date, timedelta

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from kenesh.council.actions.live import begin_item
from kenesh.council.actions.meetings import check_changeable
from kenesh.council.models import AgendaItem, Meeting, PhoneLink, PhoneSession
from kenesh.council.queries import seats
from kenesh.kernel import trail, vault
from kenesh.people.models import Membership, User

TOKEN_BYTES = 16
LINK_LIFE = timedelta(days=2)  # after the meeting's end, or after now
SESSION_LIFE = timedelta(hours=14)


@transaction.atomic
def make_phone_links(*, meeting: Meeting, by: User, key: str, only: Membership | None = None) -> list[tuple[Membership, str]]:
    """A new token of 128 bits for each seat, or for one; earlier ones open nothing more. Shown this once, kept hashed.

    Tokens are derived from the form's key and the pepper, so that a retry after a lost answer shows the same ones.
    """
    Meeting.objects.select_for_update().get(pk=meeting.pk)
    taken = seats.sitting(meeting) if only is None else [only]
    made = [(seat, _token(meeting, seat, key)) for seat in taken]
    hashes = {seat.pk: vault.link_hash(settings.SECRETS.pepper, token) for seat, token in made}
    known = {bytes(each) for each in meeting.phone_links.values_list("token_hash", flat=True)}
    new = [seat for seat in taken if hashes[seat.pk] not in known]
    if new:
        _revoke(meeting, [seat.pk for seat in new])
        until = max(timezone.now(), meeting.ends_at or meeting.starts_at) + LINK_LIFE
        PhoneLink.objects.bulk_create(
            PhoneLink(meeting=meeting, membership=seat, token_hash=hashes[seat.pk], created_by=by, expires_at=until)
            for seat in new
        )
        trail.record(verb="make_phone_links", target=f"meeting:{meeting.code}", by=by)
    return made


def _token(meeting: Meeting, seat: Membership, key: str) -> str:
    seed = vault.link_hash(settings.SECRETS.pepper, f"phone link:{meeting.pk}:{seat.pk}:{key}")
    return base64.urlsafe_b64encode(vault.B(seed, "token", TOKEN_BYTES)).rstrip(b"=").decode()


@transaction.atomic
def revoke_phone_links(*, meeting: Meeting, by: User, only: Membership | None = None) -> None:
    """The links of all seats, or of one, and the sessions that they opened, open nothing from now on."""
    _revoke(meeting, None if only is None else [only.pk])
    trail.record(verb="revoke_phone_links", target=f"meeting:{meeting.code}", by=by)


def end_links_of(meeting: Meeting, seat: Membership) -> None:
    """Somebody else sits there now: what was handed to the one before her opens nothing. Within the caller's transaction."""
    _revoke(meeting, [seat.pk])


def end_links_since(seat: Membership, since: date) -> None:
    """The same at every meeting that has not ended before that day. Within the caller's transaction."""
    live = Meeting.objects.filter(phone_links__membership=seat, phone_links__revoked_at__isnull=True)
    for meeting in live.distinct().order_by("pk"):
        if meeting.last_day >= since:
            end_links_of(meeting, seat)


def _revoke(meeting: Meeting, of: list[int] | None) -> None:
    live = meeting.phone_links.filter(revoked_at__isnull=True)
    if of is not None:
        live = live.filter(membership__in=of)
    PhoneSession.objects.filter(link__in=live.values("pk")).delete()
    live.update(revoked_at=timezone.now())


@transaction.atomic
def open_phone_session(*, link: PhoneLink) -> bytes:
    """A cookie that stands for the link, so that no further address holds the token."""
    now, cookie = timezone.now(), vault.new_key()
    PhoneSession.objects.filter(expires_at__lte=now).delete()
    PhoneSession.objects.create(cookie_id=vault.cookie_id(cookie), link=link, expires_at=min(link.expires_at, now + SESSION_LIFE))
    return cookie


@transaction.atomic
def call_item(*, item: AgendaItem, by: User) -> None:
    """The point is under discussion: every screen shows it, and a new list of speakers is open."""
    check_changeable(item.meeting)
    Meeting.objects.filter(pk=item.meeting_id).update(current_item=item)
    begin_item(item)
    trail.record(verb="call_item", target=f"meeting:{item.meeting.code}/{item.pk}", by=by)
