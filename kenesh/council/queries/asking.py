"""Who is asked to answer in writing, where to, and who has answered; the member behind a link."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import F, Q
from django.http import Http404
from django.utils import timezone

from kenesh.council.models import Ballot, Invitation, Meeting, SealedVote, Vote, WrittenLink, WrittenProcedure
from kenesh.council.queries import seats
from kenesh.kernel import vault
from kenesh.people.models import Membership, Role, User
from kenesh.people.queries.correspondents import came_back, stops_of

SHOWN_FOR = timedelta(days=90)  # after the deadline a link still shows what came of it
SOONEST = timedelta(hours=1)  # that members have at least
LATE = timedelta(hours=2)  # after which a letter that still waits reached nobody: the worker tries every hour
REMINDED = timedelta(hours=48)  # before the deadline; sooner when there is less time in all
_OF_LINK = (
    "procedure__meeting__body", "procedure__proposal__item", "procedure__proposal__problem", "procedure__objected_by__person",
    "procedure__objected_by__organisation", "membership__person", "membership__organisation",
)  # fmt: skip


def is_over(procedure: WrittenProcedure) -> bool:
    """Whether no answer is taken any more."""
    return procedure.closed_at is not None or procedure.closes_at <= timezone.now()


def ballot_of(procedure: WrittenProcedure) -> Ballot | None:
    """Its vote; None for a silence."""
    rows = Ballot.objects.filter(proposal=procedure.proposal_id).select_related("proposal__item", "meeting__body")
    return rows.order_by("-id").first()


def link_of_token(token: str) -> WrittenLink | None:
    """Whose link this is; None alike for one that never was, was replaced, or is long over."""
    found = WrittenLink.objects.select_related(*_OF_LINK).filter(
        token_hash=vault.link_hash(settings.SECRETS.pepper, token), procedure__closes_at__gt=timezone.now() - SHOWN_FOR
    )
    return found.first()


# --- where members are written to ---------------------------------------------------------------------------------------


def addresses_of_members(meeting: Meeting) -> list[tuple[Membership, str, str, bool]]:
    """Each member with her address ("" when none is known), the language of the letter, and whether she has an account."""
    members = seats.member_ids(meeting)
    sitting = [seat for seat in seats.sitting(meeting) if seat.pk in members]
    invited = _last_invitations(members)
    accounts = _accounts(meeting)
    return [(seat, *_address(seat, accounts, invited.get(seat.pk))) for seat in sitting]


def _accounts(meeting: Meeting) -> list[User]:
    """Accounts that may answer for a seat of this body by signing in (rules.own_memberships)."""
    of_body = Q(roles__role__in=[Role.COUNCIL_SECRETARY, Role.COUNCIL_MEMBER], roles__body=meeting.body_id)
    rows = User.objects.filter(of_body, is_active=True, person__isnull=False).select_related("person")
    return list(rows.distinct().order_by("id"))


def _last_invitations(members: set[int]) -> dict[int, tuple[str, str]]:
    """Where the secretary wrote to each seat last, and in what language."""
    rows = Invitation.objects.filter(membership__in=members).exclude(email="").order_by("id")
    return {seat: (email, language) for seat, email, language in rows.values_list("membership_id", "email", "language")}


def _address(seat: Membership, accounts: list[User], invited: tuple[str, str] | None) -> tuple[str, str, bool]:
    own = next((user for user in accounts if user.person_id == seat.person_id), None) if seat.person_id else None
    house = seat.organisation or (seat.person.organisation if seat.person else None)
    if own is None and seat.person_id is None and house is not None:
        own = next((user for user in accounts if user.person and user.person.organisation_id == house.pk), None)
    if own is not None:
        return own.email, own.language, True
    mailbox = house.mailbox if house else ""
    offered = [code for code in (house.languages if house else []) if code in dict(settings.LANGUAGES)]
    language = offered[0] if offered else settings.LANGUAGE_CODE
    is_personal = seat.organisation_id is None  # the mailbox of her house is read by others, who must not vote for her
    if invited is not None and not (is_personal and invited[0] == mailbox):
        return (*invited, False)
    return "" if is_personal else mailbox, language, False


# --- what waits, and what came back -------------------------------------------------------------------------------------


def letters_due(now: datetime) -> list[int]:
    """Links whose letter still waits, or whose member has not answered and is to be reminded."""
    running = list(WrittenProcedure.objects.filter(closed_at=None, closes_at__gt=now).select_related("meeting").order_by("id"))
    due: list[int] = []
    for procedure in running:
        links = procedure.links.exclude(email="").filter(failed="")
        due += links.filter(Q(mailed_at=None) | Q(mailed_at__lt=F("asked_at"))).values_list("pk", flat=True)
        if now >= reminded_from(procedure):
            answered = answered_by(procedure)
            waiting = links.filter(mailed_at__gte=F("asked_at"), reminded_at=None).exclude(membership__in=answered)
            due += waiting.values_list("pk", flat=True)
    return due


def reminded_from(procedure: WrittenProcedure) -> datetime:
    """From when on who has not answered is reminded: two days before the deadline, at the earliest after half of the time."""
    began = procedure.meeting.starts_at
    return max(procedure.closes_at - REMINDED, began + (procedure.closes_at - began) / 2)


def answered_by(procedure: WrittenProcedure) -> set[int]:
    """Seats that have voted or objected. After a secret vote nobody knows any more."""
    ballot = ballot_of(procedure)
    if ballot is None:
        return {procedure.objected_by_id} - {None}  # type: ignore[return-value]  # without None only ids are left
    rows = SealedVote.objects.filter(ballot=ballot) if ballot.is_secret else Vote.objects.filter(ballot=ballot)
    return set(rows.values_list("membership_id", flat=True))


@dataclass(frozen=True)
class Asked:
    """A member on the secretary's list. `stopped`: why nothing is sent to her address, in words. `is_unreached`: whether silence adopts
    nothing because of her."""

    link: WrittenLink
    stopped: str
    has_answered: bool
    is_late: bool = False  # the letter should have gone out long ago
    is_unreached: bool = False

    @property
    def is_waiting(self) -> bool:
        """Whether its letter still is to go out."""
        return bool(self.link.email and not self.stopped and not self.link.failed and self.link.is_letter_due)

    @property
    def got_no_mail(self) -> bool:
        return bool(not self.link.email or self.stopped or self.link.failed or self.is_late)


def asked_of(procedure: WrittenProcedure) -> list[Asked]:
    """All who are asked; whom the text has not reached comes first, then who got no mail, and among the others who has not answered."""
    links = list(procedure.links.select_related("membership__person", "membership__organisation").order_by("id"))
    stopped, answered = stops_of([link.email for link in links if link.email]), answered_by(procedure)
    late = timezone.now() - LATE
    waits_for = {seat.pk for seat in unreached(procedure)} if procedure.kind == procedure.Kind.SILENCE else set()
    rows = [
        Asked(
            link,
            stopped.get(link.email, ""),
            link.membership_id in answered,
            link.is_letter_due and link.asked_at <= late,
            link.membership_id in waits_for,
        )
        for link in links
    ]
    return sorted(rows, key=lambda one: (not one.is_unreached, not one.got_no_mail or one.has_answered, one.has_answered))


def unreached(procedure: WrittenProcedure) -> list[Membership]:
    """Members who cannot have read what lies before them in time: to whom no letter went an hour before the deadline, or from whom it came
    back, unless the secretary has written down how the text reached them. Who wants no more mail since a letter went to her has read it."""
    links = {link.membership_id: link for link in procedure.links.all()}
    last = procedure.closes_at - SOONEST
    returned = came_back([link.email for link in links.values() if link.email])
    got = {
        seat
        for seat, link in links.items()
        if link.reached_by
        or (link.email and link.mailed_at is not None and link.mailed_at <= last and link.email not in returned)
    }
    members = seats.member_ids(procedure.meeting)
    return [seat for seat in seats.sitting(procedure.meeting) if seat.pk in members - got]


def target_of(procedure: WrittenProcedure, link: WrittenLink) -> str:
    """What the trail calls it."""
    return f"meeting:{procedure.meeting.code}/{link.membership_id}"


def secretaries_to_tell(procedure: WrittenProcedure) -> list[User]:
    """Who keeps the meetings of the body that decides, without those who want no mail or from whom it comes back."""
    rows = User.objects.filter(roles__role=Role.COUNCIL_SECRETARY, roles__body=procedure.meeting.body_id, is_active=True)
    found = list(rows.distinct().order_by("id"))
    stopped = stops_of([user.email for user in found])
    return [user for user in found if user.email not in stopped]


def link_of(procedure: WrittenProcedure, pk: str) -> WrittenLink:
    """Raises Http404."""
    found = procedure.links.filter(pk=pk).first() if pk.isdecimal() and len(pk) < 19 else None
    if found is None:
        raise Http404
    return found
