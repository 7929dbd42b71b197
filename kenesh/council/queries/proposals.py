"""A proposal with all that is said of its text: versions and amendments as marked changes, comments, what its kind needs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from django.db.models import Exists, F, OuterRef, Prefetch, Q, QuerySet
from django.http import Http404
from django.utils import timezone

from kenesh.council import counting
from kenesh.council.models import (
    Amendment,
    Ballot,
    CoSigner,
    Decision,
    DecisionKind,
    Endorsement,
    LawRow,
    Meeting,
    Proposal,
    ProposalVersion,
)
from kenesh.council.queries import proxies, publication, seats
from kenesh.council.queries.phones import OpenVote
from kenesh.council.queries.publication import Shown
from kenesh.council.rules import own_memberships
from kenesh.people.models import Membership, Publication, Standing, User
from kenesh.people.queries import as_sent_on
from kenesh.themes.changes import Change, changes

_SEAT = ("membership__person__organisation", "membership__organisation")
_SENT = "membership__nominations__person__organisation"


@dataclass(frozen=True)
class Compared:
    """What changed in one language."""

    language: str
    changes: list[Change]


@dataclass(frozen=True)
class Told:
    """A version, with what it changed in the one before; the first changes nothing."""

    version: ProposalVersion
    compared: list[Compared]


@dataclass(frozen=True)
class Marked:
    """An amendment as marked changes of the version for which it was written. `is_late`: the text has changed since."""

    amendment: Amendment
    compared: list[Compared]
    is_late: bool
    open_ballot: Ballot | None = None
    closed: list[tuple[Ballot, counting.Result]] = field(default_factory=list)

    @property
    def is_carried(self) -> bool:
        """Whether a vote has carried it, though it could not go into the text by itself."""
        won = any(result.adopted and ballot.standing != Ballot.Standing.ANNULLED for ballot, result in self.closed)
        return won and self.amendment.status == Amendment.Status.OPEN


def compared(before: Mapping[str, str], after: Mapping[str, str]) -> list[Compared]:
    """Languages whose words differ, with the changes."""
    languages = dict.fromkeys([*before, *after])
    pairs = [(language, before.get(language, ""), after.get(language, "")) for language in languages]
    return [Compared(language, changes(old, new)) for language, old, new in pairs if old != new]


def proposal_with_all(meeting: Meeting, code: str) -> Proposal:
    """With what its page shows. Raises Http404."""
    related = (
        "by_person",
        "by_organisation",
        "problem",
        "decision",
        "merged_into",
        "continues__item__meeting",
        "continued_by__item__meeting",
        "promised_by__person",
        "promised_by__organisation",
    )
    found = (
        Proposal.objects.filter(item__meeting=meeting, code=code)
        .select_related(*related, "item")
        .prefetch_related(
            "addressees",
            "sponsors__person",
            "sponsors__organisation",
            "law_rows",
            Prefetch("co_signers", CoSigner.objects.select_related("organisation").order_by("id")),
            Prefetch("versions", ProposalVersion.objects.select_related("by").order_by("number")),
            Prefetch("amendments", _amendments()),
        )
        .first()
    )
    if found is None:
        raise Http404
    found.item.meeting = meeting
    return found


def _amendments() -> QuerySet[Amendment]:
    ballots = Prefetch("ballots", Ballot.objects.order_by("id"))
    return Amendment.objects.select_related(*_SEAT).prefetch_related(ballots).order_by("id")


def versions_of(proposal: Proposal) -> list[Told]:
    """Newest first."""
    rows = list(proposal.versions.all())
    told = [Told(row, compared(rows[place - 1].text, row.text) if place else []) for place, row in enumerate(rows)]
    return told[::-1]


def amendments_of(proposal: Proposal) -> list[Marked]:
    """In the order in which they were made, open ones first."""
    texts = {row.number: row.text for row in proposal.versions.all()}
    marked = [
        Marked(
            one,
            compared(texts.get(one.base, {}), one.text),
            one.base != proposal.version,
            next((ballot for ballot in one.ballots.all() if ballot.is_open), None),
            [(ballot, seats.summary_of(ballot)) for ballot in one.ballots.all() if not ballot.is_open],
        )
        for one in proposal.amendments.all()
    ]
    return sorted(marked, key=lambda one: one.amendment.status != Amendment.Status.OPEN)


def amendment_of(proposal: Proposal, code: str) -> Marked:
    """Raises Http404."""
    found = next((one for one in amendments_of(proposal) if one.amendment.code == code), None)
    if found is None:
        raise Http404
    return found


def amendments_to_vote_on(meeting: Meeting) -> list[Marked]:
    """Open amendments to proposals of the point under discussion that can be put to the vote now: nothing there is voted on."""
    voted_on = Ballot.objects.filter(closed_at=None)
    here = Proposal.objects.filter(item__meeting=meeting, item=meeting.current_item_id, status=Proposal.Status.OPEN)
    free = here.exclude(ballots__in=voted_on).exclude(amendments__ballots__in=voted_on).order_by("id")
    found = free.prefetch_related("versions", Prefetch("amendments", _amendments()))
    marked = [one for proposal in found for one in amendments_of(proposal)]
    return [one for one in marked if one.amendment.status == Amendment.Status.OPEN and not one.is_carried]


def own_votes(user: User, meeting: Meeting, ballot: Ballot) -> list[OpenVote]:
    """The open ballot as each of the account's own seats sees it, and those whose votes it holds."""
    own = own_memberships(user, meeting)
    return [OpenVote.of_seat(ballot, seat.pk, seat) for seat in [*own, *proxies.held_by_any(meeting.pk, own)]]


def changes_of(ballot: Ballot) -> list[Compared]:
    """What the amendment that is voted on would change."""
    amendment = ballot.amendment
    if amendment is None:
        return []
    base = ProposalVersion.objects.filter(proposal=amendment.proposal_id, number=amendment.base).first()
    return compared(base.text if base else {}, amendment.text)


def amendments_told(meeting: Meeting) -> list[tuple[Amendment, list[Compared]]]:
    """Amendments of this meeting that were taken or not, in the order in which that was settled, then others that were voted on."""
    settled = Q(status__in=[Amendment.Status.ACCEPTED, Amendment.Status.MERGED, Amendment.Status.REJECTED])
    voted_on = Exists(Ballot.objects.filter(amendment=OuterRef("pk"), closed_at__isnull=False))
    rows = Amendment.objects.filter(settled | Q(voted_on), proposal__item__meeting=meeting).select_related(*_SEAT)
    texts = {(row.proposal_id, row.number): row.text for row in ProposalVersion.objects.filter(proposal__item__meeting=meeting)}
    return [
        (one, compared(texts.get((one.proposal_id, one.base), {}), one.text))
        for one in rows.order_by(F("settled_at").asc(nulls_last=True), "id")
    ]


def law_row_of(proposal: Proposal, pk: int) -> LawRow:
    """Raises Http404."""
    row = proposal.law_rows.filter(pk=pk).first()
    if row is None:
        raise Http404
    return row


def others_open(proposal: Proposal) -> list[Proposal]:
    """Open proposals of the same meeting, to which this one may be joined."""
    rows = Proposal.objects.filter(item__meeting=proposal.item.meeting_id, status=Proposal.Status.OPEN).exclude(pk=proposal.pk)
    return list(rows.order_by("item__position", "id"))


# --- after the decision -------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class State:
    """A seat that speaks for a State, with what it says now (None: nothing yet) and what it said before."""

    seat: Membership
    country: str
    now: Endorsement | None
    before: list[Endorsement]


@dataclass(frozen=True)
class StateShown:
    """What everybody may see of a State's word."""

    who: Shown
    endorsement: Endorsement


@dataclass(frozen=True)
class StatesShown:
    """States that let themselves be shown, and how many others said something."""

    shown: list[StateShown]
    hidden: int


def seats_of_states(decision: Decision) -> list[Membership]:
    """Members that sat on the day of the meeting and speak for a State."""
    sitting = seats.sitting(decision.meeting)
    return [seat for seat in sitting if seat.standing == Standing.MEMBER and seats.state_of(seat)]


def states_of(decision: Decision) -> list[State]:
    """Every seat that speaks for a State, also those that said nothing."""
    said: dict[int, list[Endorsement]] = {}
    rows = decision.endorsements.select_related(*_SEAT, "entered_by").order_by("-id")
    for row in rows:
        said.setdefault(row.membership_id, []).append(row)
    sitting = {seat.pk: seat for seat in seats_of_states(decision)}
    sitting.update({row.membership_id: row.membership for row in rows if row.membership_id not in sitting})
    return [
        State(seat, seats.state_of(seat), next(iter(said.get(pk, [])), None), said.get(pk, [])[1:])
        for pk, seat in sitting.items()
    ]


def own_states(user: User, decision: Decision) -> list[Membership]:
    """The account's own seats that speak for a State."""
    own = {seat.pk for seat in own_memberships(user, decision.meeting)}
    return [seat for seat in seats_of_states(decision) if seat.pk in own]


def states_for_public(decision: Decision) -> StatesShown | None:
    """What everybody may see; None unless the body decided to show it."""
    if not decision.shows_endorsements:
        return None
    rows = list(
        decision.endorsements.filter(is_latest=True).select_related(*_SEAT).prefetch_related(_SENT).order_by("country", "id")
    )
    pairs = [(publication.of_membership(as_sent_on(row.membership, row.said_on), level=row.publication), row) for row in rows]
    shown = [StateShown(who, row) for who, row in pairs if who is not None]
    return StatesShown(shown, len(rows) - len(shown))


def promised_for_public(proposal: Proposal) -> Shown | None:
    """Who promised, as far as her seat lets it be shown."""
    seat = proposal.promised_by
    if seat is None or proposal.kind != DecisionKind.COMMITMENT:
        return None
    return publication.of_membership(as_sent_on(seat, proposal.item.meeting.day))


def comments_for_public(proposal: Proposal) -> list[tuple[Shown, str]]:
    """What members said beforehand and let everybody read."""
    rows = proposal.comments.exclude(publication=Publication.HIDDEN).select_related(*_SEAT).prefetch_related(_SENT).order_by("id")
    seats_then = [(as_sent_on(row.membership, timezone.localdate(row.at)), row) for row in rows]
    pairs = [(publication.of_membership(seat, level=row.publication), row.words) for seat, row in seats_then]
    return [(who, words) for who, words in pairs if who is not None]
