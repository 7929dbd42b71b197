"""What belongs to a meeting, table by table, and what of the node it needs beside it.

A row is found again at the node by what it is known by everywhere: a code, the key of the form that made it, or the rows that it
joins. Numbers that the laptop's database gave are translated on the way home and never believed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db import models
from django.db.models import Q, QuerySet

from kenesh.council.models import (
    AgendaItem,
    Amendment,
    Attendance,
    AttendanceDay,
    Ballot,
    BallotRemark,
    BareVote,
    BodyRules,
    Candidate,
    Comment,
    CoSigner,
    Decision,
    Election,
    Endorsement,
    Invitation,
    InvitationAnswer,
    ItemDocument,
    ItemProblem,
    ItemReference,
    LawRow,
    LiveState,
    Meeting,
    Minutes,
    MinutesText,
    MinutesVersion,
    Position,
    ProcedureMotion,
    Proposal,
    ProposalVersion,
    Proxy,
    Room,
    Session,
    SessionPerson,
    Speech,
    Vote,
    VoteWeight,
)
from kenesh.council.queries.meetings import problems_before
from kenesh.kernel import rows
from kenesh.library.models import Document
from kenesh.people.models import (
    Body,
    ChairTerm,
    Founding,
    Membership,
    Nomination,
    Organisation,
    Person,
    Role,
    RoleChange,
    RoleHeld,
    Rotation,
    StandingChange,
    User,
)
from kenesh.problems.models import Problem

Model = type[models.Model]
NEW_AT_VENUE = "!"  # a password that opens nothing
_FIXED = ("code", "request_key", "created_at")


@dataclass(frozen=True)
class Part:
    """A table of which the meeting has rows. `path`: from a row to its meeting. `key`: attribute names by which a row is known at
    the node too; () when nothing points at these rows and they are put there anew. `stays`: what never changes at a venue."""

    model: Model
    path: str
    key: tuple[str, ...]
    stays: tuple[str, ...] = _FIXED

    @property
    def label(self) -> str:
        return self.model._meta.label_lower

    @property
    def fields(self) -> list[models.Field[Any, Any]]:
        return list(self.model._meta.concrete_fields)

    def rows(self, meeting: Meeting) -> QuerySet[Any]:
        return self.model._base_manager.filter(**{self.path: meeting.pk}).order_by("pk")


_THE_MEETING = Part(Meeting, "pk", ("code",), (*_FIXED, "body_id", "host_meeting_id", "follows_id", "away_since"))

# In an order in which whatever a key needs comes before it.
PARTS = (
    _THE_MEETING,
    Part(Room, "meeting", ("request_key",)),
    Part(AgendaItem, "meeting", ("request_key",)),
    Part(ItemProblem, "item__meeting", ("item_id", "problem_id")),
    Part(ItemDocument, "item__meeting", ("item_id", "document_id")),
    Part(ItemReference, "item__meeting", ("item_id", "kind", "code")),
    Part(Session, "meeting", ("request_key",)),
    Part(Session.items.through, "session__meeting", ("session_id", "agendaitem_id")),
    Part(SessionPerson, "session__meeting", ("session_id", "position")),
    Part(Attendance, "meeting", ("request_key",)),
    Part(AttendanceDay, "line__meeting", ("line_id", "day", "until")),
    Part(
        Invitation, "meeting", ("code",), (*_FIXED, "token_hash", "link_number", "sent_at", "mailed_sequence", "waits_for_mail")
    ),
    Part(InvitationAnswer, "invitation__meeting", ("invitation_id",), (*_FIXED, "needs")),
    Part(LiveState, "meeting", ("meeting_id",)),
    Part(Proposal, "item__meeting", ("code",), (*_FIXED, "continues_id")),
    Part(Proposal.addressees.through, "proposal__item__meeting", ("proposal_id", "organisation_id")),
    Part(Proposal.sponsors.through, "proposal__item__meeting", ("proposal_id", "membership_id")),
    Part(CoSigner, "proposal__item__meeting", ("proposal_id", "organisation_id")),
    Part(LawRow, "proposal__item__meeting", ("request_key",)),
    Part(Amendment, "proposal__item__meeting", ("code",)),
    Part(ProposalVersion, "proposal__item__meeting", ("proposal_id", "number")),
    Part(Comment, "proposal__item__meeting", ("request_key",)),
    Part(Position, "proposal__item__meeting", ("proposal_id", "membership_id")),
    Part(Election, "item__meeting", ("code",)),
    Part(Candidate, "election__item__meeting", ("election_id", "membership_id", "name")),
    Part(Ballot, "meeting", ("request_key",)),
    Part(Vote, "ballot__meeting", ("ballot_id", "membership_id"), ()),
    Part(BareVote, "ballot__meeting", ("ballot_id", "tracking")),
    Part(BallotRemark, "ballot__meeting", ("request_key",)),
    Part(Proxy, "meeting", ()),
    Part(Speech, "meeting", ("request_key",)),
    Part(ProcedureMotion, "meeting", ("request_key",)),
    Part(ProcedureMotion.supporters.through, "proceduremotion__meeting", ("proceduremotion_id", "membership_id")),
    Part(Decision, "meeting", ("code",)),
    Part(Endorsement, "decision__meeting", ("request_key",)),
    Part(Minutes, "meeting", ("meeting_id",)),
    Part(MinutesVersion, "minutes__meeting", ("minutes_id", "number")),
    Part(MinutesText, "version__minutes__meeting", ("version_id", "language", "for_everybody")),
)

# What the meeting's rows point at, and by what each is known at the node. A seat has no name of its own: the number that the node
# itself gave it travels out and home, together with its body.
AROUND: dict[Model, tuple[str, ...]] = {
    Organisation: ("code",),
    Body: ("code",),
    Person: ("code",),
    Problem: ("code",),
    Document: ("code",),
    User: ("uid",),
    Membership: ("id", "body_id"),
}
_ORDER_AROUND: tuple[Model, ...] = (Document, Problem, User, Membership, Person, Body, Organisation)

# What is read beside the seats and the body; nothing of it changes at a venue.
BESIDE: tuple[Model, ...] = (
    RoleHeld,
    BodyRules,
    Founding,
    Rotation,
    ChairTerm,
    VoteWeight,
    Nomination,
    StandingChange,
    RoleChange,
)

# What is left empty, because what it points at stays at the node.
EMPTIED: dict[Model, tuple[str, ...]] = {
    Meeting: ("host_meeting_id", "follows_id", "away_since"),
    Proposal: ("continues_id",),
    Document: ("checked_by_id", "first_id", "resembles_id"),
}


# --- reading rows -------------------------------------------------------------------------------------------------------


def values_of(found: Iterable[models.Model], fields: list[models.Field[Any, Any]]) -> Iterator[list[Any]]:
    for row in found:
        yield [rows.plain_of(field, getattr(row, field.attname)) for field in fields]


def table(model: Model, found: Iterable[models.Model]) -> Iterator[Any]:
    """The head of a table and its rows, as lines of a file."""
    fields = list(model._meta.concrete_fields)
    lines = list(values_of(found, fields))
    yield {"table": model._meta.label_lower, "fields": [field.attname for field in fields], "rows": len(lines)}
    yield from lines


# --- what is brought back -----------------------------------------------------------------------------------------------


def home(meeting: Meeting) -> Iterator[Any]:
    """All lines of what the meeting has become, after the names of what it points at."""
    own = {part: list(part.rows(meeting)) for part in PARTS}
    needed: dict[Model, set[int]] = {model: set() for model in AROUND}
    for part, found in own.items():
        _point(part.model, found, needed)
    needed[Body] |= set(Membership.objects.filter(pk__in=needed[Membership]).values_list("body", flat=True))
    for model, key in AROUND.items():
        names = list(dict.fromkeys(("id", *key)))
        known = list(model._base_manager.filter(pk__in=needed[model]).order_by("pk").values_list(*names))
        yield {"table": model._meta.label_lower, "fields": names, "rows": len(known)}
        for values in known:
            yield [rows.plain(value) for value in values]
    for part, found in own.items():
        yield from table(part.model, found)


# --- what is taken ------------------------------------------------------------------------------------------------------


def signing_in(meeting: Meeting) -> set[int]:
    """Accounts that may sign in at the venue: secretaries of the body, and whoever chairs or keeps the minutes."""
    roles = RoleHeld.objects.filter(body=meeting.body_id, user__is_active=True)
    leading = Q(role=Role.COUNCIL_SECRETARY) | Q(user__person__in=[meeting.chair_id, meeting.secretary_id])
    return set(roles.filter(leading, role__in=[Role.COUNCIL_SECRETARY, Role.COUNCIL_MEMBER]).values_list("user", flat=True))


def taken(meeting: Meeting) -> Iterator[Any]:
    """All lines of what the room needs: the public wing alone, no key, no receipt, no case, and of accounts what signs them in."""
    own = {part: list(part.rows(meeting)) for part in PARTS}
    signers = signing_in(meeting)
    needed = _around(meeting, own, signers)
    for model in reversed(_ORDER_AROUND):
        found = model._base_manager.filter(pk__in=needed[model]).order_by("pk")
        yield from table(model, _for_the_road(model, found, signers))
    for model, beside in _beside(meeting, needed, signers):
        yield from table(model, beside)
    for part, mine in own.items():
        yield from table(part.model, _for_the_road(part.model, mine, signers))


def _around(meeting: Meeting, own: dict[Part, list[Any]], signers: set[int]) -> dict[Model, set[int]]:
    needed: dict[Model, set[int]] = {model: set() for model in AROUND}
    needed[User] |= signers
    needed[Body].add(meeting.body_id)
    needed[Membership] |= set(Membership.objects.filter(body=meeting.body_id).values_list("pk", flat=True))
    needed[Organisation] |= set(Organisation.objects.values_list("pk", flat=True))  # any of them may be asked or invited
    needed[Problem] |= set(problems_before(meeting).values_list("pk", flat=True))
    needed[Person] |= set(
        Nomination.objects.filter(seat__body=meeting.body_id, person__isnull=False).values_list("person", flat=True)
    )
    for part, found in own.items():
        _point(part.model, found, needed)
    for model in _ORDER_AROUND:
        seen: set[int] = set()
        while more := needed[model] - seen:  # some point at others of their own table
            seen |= more
            _point(model, model._base_manager.filter(pk__in=more), needed)
    return needed


def _point(model: Model, found: Iterable[models.Model], needed: dict[Model, set[int]]) -> None:
    emptied = EMPTIED.get(model, ())
    relations = [
        (field.attname, field.related_model)
        for field in model._meta.concrete_fields
        if isinstance(field, models.ForeignKey) and field.attname not in emptied
    ]
    for row in found:
        for name, other in relations:
            if other in needed and (value := getattr(row, name)) is not None:
                needed[other].add(value)


def _beside(meeting: Meeting, needed: dict[Model, set[int]], signers: set[int]) -> Iterator[tuple[Model, Iterable[Any]]]:
    """The rows of BESIDE."""
    body, seats = meeting.body_id, needed[Membership]
    ours = (Role.COUNCIL_SECRETARY, Role.COUNCIL_MEMBER)
    yield RoleHeld, RoleHeld.objects.filter(user__in=signers, body=body, role__in=ours).order_by("pk")
    yield BodyRules, BodyRules.objects.filter(body=body).order_by("pk")
    yield Founding, Founding.objects.filter(body=body).order_by("pk")
    yield Rotation, Rotation.objects.filter(body=body).order_by("pk")
    yield ChairTerm, ChairTerm.objects.filter(Q(seat__isnull=True) | Q(seat__in=seats), body=body).order_by("pk")
    yield VoteWeight, VoteWeight.objects.filter(membership__in=seats).order_by("pk")
    yield Nomination, Nomination.objects.filter(seat__in=seats, seat__body=body).order_by("pk")
    yield StandingChange, StandingChange.objects.filter(seat__in=seats).order_by("pk")
    yield RoleChange, _role_changes(meeting, seats)


def _role_changes(meeting: Meeting, seats: set[int]) -> Iterator[RoleChange]:
    """An election of another meeting stays at the node: at the venue its number may come to mean another one."""
    own = {f"election:{pk}" for pk in Election.objects.filter(item__meeting=meeting).values_list("pk", flat=True)}
    for row in RoleChange.objects.filter(seat__in=seats).order_by("pk"):
        if row.because.startswith("election:") and row.because not in own:
            row.because = ""
        yield row


def _for_the_road(model: Model, found: Iterable[Any], signers: set[int]) -> Iterator[Any]:
    """Accounts leave their own keys behind: who signs in at the venue gets a new pair there. All others only have a name. What
    guests wrote of their health stays at home."""
    for row in found:
        for name in EMPTIED.get(model, ()):
            setattr(row, name, None)
        if isinstance(row, User):
            row.public_key = row.sealed_secret = b""
            row.is_superuser, row.last_login = False, None
            if row.pk not in signers:
                row.email, row.password, row.is_active = f"{row.uid.hex}@venue.invalid", NEW_AT_VENUE, False
        if isinstance(row, Document):
            row.original = ""
        if isinstance(row, InvitationAnswer):
            row.needs = ""  # of health and diet: the secretary has the list, the laptop need not
        if isinstance(row, Organisation):
            row.mailbox, row.takes_appeals, row.emblem = "", False, ""
        yield row
