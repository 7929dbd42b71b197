"""A meeting goes to a venue without internet and comes home: on the node it is taken, called back or brought; on the laptop it is
opened and closed."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import connection, models, transaction
from django.db.migrations.recorder import MigrationRecorder
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kenesh.council.actions.elections import give_role
from kenesh.council.actions.invitations import hash_of
from kenesh.council.actions.refusals import (
    AtVenue,
    BallotsOpen,
    BroughtAlready,
    CalledOff,
    DecidedInWriting,
    NotAtVenue,
    TakeCancelled,
    VenueOver,
)
from kenesh.council.models import (
    Ballot,
    Decision,
    Election,
    Invitation,
    Meeting,
    PaperOnTheWay,
    VenueStay,
    VenueTake,
    WrittenProcedure,
)
from kenesh.council.rules import keeps
from kenesh.council.signals import decision_adopted, decision_published, meeting_closed
from kenesh.council.venue import cargo, parcel, unloading
from kenesh.council.venue.parcel import WrongFile
from kenesh.kernel import rows, trail
from kenesh.kernel.models import TrailEntry
from kenesh.people.actions import SeatInUse, undo_roles_given
from kenesh.people.models import Membership, User
from kenesh.search.actions import keep
from kenesh.themes.texts import writing_languages

Who = User | str  # an account, or the name of a command
_ROOMS = ("council", "people", "problems", "library")
_CHAIN = "venue:"  # and the take: what the trail of the laptop holds


# --- on the node --------------------------------------------------------------------------------------------------------


def check_none_is_away(seat: Membership) -> None:
    """What is brought back may speak of any seat of its body. Raises SeatInUse."""
    if Meeting.objects.filter(body=seat.body_id, away_since__isnull=False).exists():
        raise SeatInUse


def take_to_venue(*, meeting: Meeting, by: Who) -> VenueTake:
    """From now on the meeting runs at its venue and nothing of it changes here; one that is away stays the same take.

    Raises CalledOff, VenueOver, DecidedInWriting, BallotsOpen, AtVenue (on the laptop itself).
    """
    if settings.AT_VENUE:
        raise AtVenue
    with transaction.atomic():
        now = Meeting.objects.select_for_update().get(pk=meeting.pk)
        if now.away_since is not None:
            there = VenueTake.objects.select_related("meeting__body").get(meeting=now, status=VenueTake.Status.AWAY)
            trail.record(verb="take_to_venue", target=there.target, by=by)  # one more file, under another passphrase
            return there
        _check_can_go(now)
        take = VenueTake.objects.create(meeting=now, taken_by=_account(by))
        Meeting.objects.filter(pk=now.pk).update(away_since=take.taken_at)
        PaperOnTheWay.objects.filter(item__meeting=now).delete()  # its point may come home without it, or not at all
        trail.record(verb="take_to_venue", target=take.target, by=by)
    return take


def _check_can_go(meeting: Meeting) -> None:
    if meeting.called_off_at is not None:
        raise CalledOff
    if meeting.status == Meeting.Status.CLOSED:
        raise VenueOver
    if WrittenProcedure.objects.filter(meeting=meeting).exists():
        raise DecidedInWriting
    if Ballot.objects.filter(meeting=meeting, closed_at__isnull=True).exists():
        raise BallotsOpen  # the key of a secret one never leaves this machine


def _account(by: Who) -> User | None:
    return by if isinstance(by, User) else None


def lines_to_take(take: VenueTake) -> list[Any]:
    """What the laptop gets, of one moment."""
    with transaction.atomic():
        if connection.vendor == "postgresql":
            _wait_for_writers()
        return [
            {
                "venue": take.uid.hex,
                "node": settings.NODE_ID,
                "meeting": take.meeting.code,
                "seals_to": parcel.home_pair(take.uid).public.hex(),
                "migrations": _migrations(),
                "settings": {
                    "KENESH_NODE_NAME": settings.NODE_NAME,
                    "KENESH_LANGUAGE": settings.LANGUAGE_CODE,
                    "KENESH_WRITING_LANGUAGES": ",".join(writing_languages()),
                    "KENESH_TIME_ZONE": settings.TIME_ZONE,
                },
            },
            *cargo.taken(Meeting.objects.get(pk=take.meeting_id)),
        ]


def _wait_for_writers() -> None:
    """Requests that began before the meeting was taken end first. SQLite has one writer at a time anyway."""
    names = ", ".join(connection.ops.quote_name(part.model._meta.db_table) for part in cargo.PARTS)
    with connection.cursor() as cursor:
        cursor.execute(f"LOCK TABLE {names} IN SHARE MODE")


def _migrations() -> list[str]:
    applied = MigrationRecorder(connection).applied_migrations()
    return sorted(f"{room}.{name}" for room, name in applied if room in _ROOMS)


def call_back(*, meeting: Meeting, why: str, by: Who) -> None:
    """The laptop is lost, or not needed: the meeting goes on here, and a file of that take is refused. Raises NotAtVenue."""
    with transaction.atomic():
        now = Meeting.objects.select_for_update().get(pk=meeting.pk)
        take = VenueTake.objects.select_related("meeting").filter(meeting=now, status=VenueTake.Status.AWAY).first()
        if take is None:
            raise NotAtVenue
        take.why = why
        _end(take, VenueTake.Status.CANCELLED, by)
        trail.record(verb="call_back_from_venue", target=take.target, by=by)


def _end(take: VenueTake, status: VenueTake.Status, by: Who) -> None:
    take.status, take.ended_at, take.ended_by = status, timezone.now(), _account(by)
    take.save(update_fields=["status", "ended_at", "ended_by", "why", "digest"])
    Meeting.objects.filter(pk=take.meeting_id).update(away_since=None)


@dataclass(frozen=True)
class Brought:
    """What a file brought. `again`: this very content was brought before, and nothing was changed."""

    meeting: Meeting
    again: bool
    new: int = 0
    changed: int = 0
    removed: int = 0


def bring_from_venue(*, uid: uuid.UUID, lines: Iterable[Any], by: Who) -> Brought:
    """Takes over what was done at the venue, in one transaction; bringing it twice changes nothing.

    Raises WrongFile, archive.Unreadable, TakeCancelled, BroughtAlready.
    """
    found = unloading.contents(lines)
    with transaction.atomic():
        take = VenueTake.objects.select_for_update(of=("self",)).select_related("meeting__body").filter(uid=uid).first()
        if take is None:
            raise WrongFile(
                "this node knows nothing of this take: perhaps it was restored from an older backup",
                _("This node knows nothing of a meeting that left with this file. Perhaps it was restored from an older backup."),
            )
        if isinstance(by, User) and not keeps(by, take.meeting.body):
            raise WrongFile(
                "this file is of a meeting of another body: only a secretary of that body brings it",
                _("This file is of a meeting of another body. Only a secretary of that body brings it."),
            )
        if take.status == VenueTake.Status.CANCELLED:
            assert take.ended_at is not None  # noqa: S101  # venue_ended_when_not_away
            raise TakeCancelled(timezone.localtime(take.ended_at).date().isoformat(), take.why)
        if take.status == VenueTake.Status.BROUGHT:
            if take.digest != found.digest:
                raise BroughtAlready
            return Brought(take.meeting, again=True)
        before = Meeting.objects.select_for_update().get(pk=take.meeting_id)
        public = dict(Decision.objects.filter(meeting=before).values_list("pk", "is_public"))
        elections = Election.objects.filter(item__meeting=before, seated_at__isnull=False)
        seated = dict(elections.values_list("pk", "seated_at"))
        done = unloading.unload(before, found)
        for invitation in Invitation.objects.filter(pk__in=done.made.get(Invitation, [])):
            Invitation.objects.filter(pk=invitation.pk).update(token_hash=hash_of(invitation))
        take.digest = found.digest
        _end(take, VenueTake.Status.BROUGHT, by)
        meeting = Meeting.objects.select_related("body").get(pk=before.pk)
        _tell(before, meeting, public, seated, by)
        trail.record_many(
            [trail.Act(verb, f"{target} {at}", actor) for at, actor, verb, target in found.acts], chain=f"{_CHAIN}{uid.hex}"
        )
        trail.record(verb="bring_from_venue", target=take.target, by=by)
    return Brought(meeting, False, done.new, done.changed, done.removed)


def _tell(before: Meeting, meeting: Meeting, public: dict[int, bool], seated: dict[int, datetime | None], by: Who) -> None:
    """What was kept quiet at the venue is told now, once: the file can be brought a second time, this is not done again."""
    decisions = list(Decision.objects.filter(meeting=meeting).select_related("meeting__body", "proposal").order_by("number"))
    for decision in decisions:
        if decision.pk not in public:
            decision_adopted.send(sender=Decision, decision=decision, by=by)
        elif public[decision.pk] != decision.is_public:
            decision_published.send(sender=Decision, decision=decision, by=by)
    for election in Election.objects.filter(item__meeting=meeting).order_by("pk"):
        if election.seated_at == seated.get(election.pk):
            continue
        if election.pk in seated:  # annulled there, or held once more
            undo_roles_given(because=f"election:{election.pk}")
        if election.seated_at is not None:
            give_role(election, by=by)
    if meeting.status == Meeting.Status.CLOSED and before.status != Meeting.Status.CLOSED:
        meeting_closed.send(sender=Meeting, meeting=meeting, by=by)
    keep("meeting", [meeting.code])
    keep("decision", [decision.code for decision in decisions])


# --- on the laptop ------------------------------------------------------------------------------------------------------


def load_at_venue(*, lines: Iterable[Any], uid: uuid.UUID) -> VenueStay:
    """Fills an empty node with the meeting. Raises WrongFile, archive.Unreadable; then nothing was stored."""
    given = iter(lines)
    with transaction.atomic():
        if User.objects.exists():
            raise WrongFile("this folder holds another node already: choose an empty one with --home")
        head = next(given)
        if head["migrations"] != _migrations():
            raise WrongFile("the node runs another version of Kenesh: install the same version here, and take the meeting again")
        _fill(given)
        stay = VenueStay.objects.create(
            uid=uid,
            node=head["node"],
            meeting=Meeting.objects.get(code=head["meeting"]),
            seals_to=bytes.fromhex(head["seals_to"]),
        )
        trail.record(verb="open_at_venue", target=f"meeting:{head['meeting']}/venue:{uid.hex}", by="command")
    return stay


def _fill(lines: Iterator[Any]) -> None:
    known: dict[str, type[models.Model]] = {
        model._meta.label_lower: model for model in (*cargo.AROUND, *cargo.BESIDE, *(part.model for part in cargo.PARTS))
    }
    model: type[models.Model] | None = None
    fields: list[models.Field[Any, Any]] = []
    for line in lines:
        if isinstance(line, dict):
            model = known[line["table"]]
            by_name = {each.attname: each for each in model._meta.concrete_fields}
            fields = [by_name[name] for name in line["fields"]]
        else:
            assert model is not None  # noqa: S101  # a row follows the head of its table
            rows.row(model, fields, line).save_base(raw=True, force_insert=True)


def stay_here() -> VenueStay | None:
    """The meeting that this laptop runs; None at a node, and before the file was loaded."""
    return VenueStay.objects.select_related("meeting__body").first()


def close_at_venue(*, by: Who) -> VenueStay:
    """Nothing changes here from now on; closing twice is closing once. Raises BallotsOpen, NotAtVenue."""
    with transaction.atomic():
        stay = VenueStay.objects.select_for_update(of=("self",)).select_related("meeting__body").first()
        if stay is None:
            raise NotAtVenue
        Meeting.objects.select_for_update().get(pk=stay.meeting_id)  # no ballot opens while this looks for open ones
        if Ballot.objects.filter(meeting=stay.meeting_id, closed_at__isnull=True).exists():
            raise BallotsOpen
        if stay.closed_at is None:
            stay.closed_at = timezone.now()
            stay.save(update_fields=["closed_at"])
            trail.record(verb="close_at_venue", target=_target(stay), by=by)
    return stay


def go_on_at_venue(*, by: Who) -> None:
    """It was closed too early. A file that was written before must not be brought back then. Raises NotAtVenue."""
    with transaction.atomic():
        stay = VenueStay.objects.select_for_update(of=("self",)).select_related("meeting").first()
        if stay is None:
            raise NotAtVenue
        if stay.closed_at is not None:
            stay.closed_at = None
            stay.save(update_fields=["closed_at"])
            trail.record(verb="go_on_at_venue", target=_target(stay), by=by)


def _target(stay: VenueStay) -> str:
    return f"meeting:{stay.meeting.code}/venue:{stay.uid.hex}"


def lines_to_bring(stay: VenueStay) -> list[Any]:
    """What the node gets, of one moment: the meeting, and what the trail of this laptop holds."""
    with transaction.atomic():
        acts = TrailEntry.objects.filter(chain=trail.NODE).order_by("number").values_list("at", "actor", "verb", "target")
        return [
            {"venue": stay.uid.hex, "meeting": stay.meeting.code},
            *cargo.home(stay.meeting),
            *({"act": list(act)} for act in acts),
        ]
