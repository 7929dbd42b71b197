"""Meetings and bodies as everybody, a member or the secretary may see them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet, prefetch_related_objects
from django.http import Http404
from django.utils import timezone

from kenesh.council.models import (
    AgendaItem,
    Amendment,
    Attendance,
    Ballot,
    CoSigner,
    Decision,
    Election,
    ItemDocument,
    ItemProblem,
    ItemReference,
    Meeting,
    Paper,
    Position,
    Proposal,
    SealedVote,
    Vote,
    WrittenProcedure,
)
from kenesh.council.queries import seats
from kenesh.council.rules import keeps, leads, sees
from kenesh.people.models import Body, Person, Role, User
from kenesh.people.rules import bodies_as
from kenesh.problems.models import Problem
from kenesh.problems.queries import with_those_it_became

PAGE = 20
# A meeting counts as coming until this long after its beginning, so that one whose end nobody entered is not yet "past".
_UNDER_WAY = timedelta(hours=12)
_LONGEST = timedelta(days=60)  # one that began earlier is past even if nobody closed it


@dataclass(frozen=True)
class Page:
    """A part of a list, and the key of the next part ("" when there is none)."""

    meetings: list[Meeting]
    next_key: str


def _key(meeting: Meeting) -> str:
    return f"{meeting.starts_at.astimezone(UTC):%Y%m%dT%H%M%S%f}-{meeting.pk}"


def _from_key(key: str) -> tuple[datetime, int]:
    """Raises Http404 for what is no key of ours."""
    moment, _, pk = key.partition("-")
    try:
        return datetime.strptime(moment, "%Y%m%dT%H%M%S%f").replace(tzinfo=UTC), int(pk)
    except ValueError as why:
        raise Http404 from why


def _page(meetings: QuerySet[Meeting], *, after: str, newest_first: bool) -> Page:
    """The next part of a list by date, continued after a key: reading page 500 costs what page 1 costs."""
    if after:
        moment, pk = _from_key(after)
        side = "lt" if newest_first else "gt"
        meetings = meetings.filter(Q(**{f"starts_at__{side}": moment}) | Q(**{"starts_at": moment, f"pk__{side}": pk}))
    order = ("-starts_at", "-pk") if newest_first else ("starts_at", "pk")
    found = list(meetings.select_related("body").order_by(*order)[: PAGE + 1])
    return Page(found[:PAGE], _key(found[PAGE - 1]) if len(found) > PAGE else "")


def _is_coming() -> Q:
    """It has not begun, or goes on: on each of its days until its end, and while it is open."""
    now, closed = timezone.now(), Meeting.Status.CLOSED
    goes_on = Q(status=Meeting.Status.OPEN) | (Q(ends_at__gte=now) & ~Q(status=closed)) | Q(starts_at__gte=now - _UNDER_WAY)
    return Q(starts_at__gte=now - _LONGEST) & goes_on


def coming(meetings: QuerySet[Meeting], *, after: str = "") -> Page:
    """Meetings under way or ahead, the nearest first."""
    return _page(meetings.filter(_is_coming()), after=after, newest_first=False)


def past(meetings: QuerySet[Meeting], *, after: str = "") -> Page:
    """Meetings gone by, the latest first."""
    return _page(meetings.exclude(_is_coming()), after=after, newest_first=True)


def public_problems() -> QuerySet[Problem]:
    """Problems that a council took up: the only ones that a public page names."""
    return Problem.objects.filter(status__in=[Problem.Status.ACCEPTED, Problem.Status.CLOSED]).order_by("id")


def problems_before(meeting: Meeting) -> QuerySet[Problem]:
    """What may come before a meeting: problems put to its body, those that any council took up, and what is there already."""
    there = ItemProblem.objects.filter(item__meeting=meeting).values("problem")
    open_to_all = public_problems().values("pk")
    return Problem.objects.filter(Q(body=meeting.body) | Q(pk__in=open_to_all) | Q(pk__in=there)).order_by("-id")


def public_meetings(body: Body | None = None) -> QuerySet[Meeting]:
    meetings = Meeting.objects.filter(is_public=True)
    return meetings.filter(body=body) if body else meetings


def public_meetings_inside(host: Meeting) -> list[Meeting]:
    """Published sessions of other bodies that this meeting hosts."""
    return list(public_meetings().filter(host_meeting=host).select_related("body").order_by("starts_at", "pk"))


def founding_meeting(body: Body) -> Meeting | None:
    """The published meeting at which the body was founded, with its public decisions."""
    public = Decision.objects.filter(is_public=True).order_by("number")
    found = public_meetings(body).filter(is_founding=True).select_related("minutes")
    return found.prefetch_related(Prefetch("decisions", public)).first()


def next_public_meeting() -> Meeting | None:
    """Under way or ahead, and to be held."""
    return next(iter(coming(public_meetings().filter(called_off_at=None)).meetings), None)


def latest_public_decision() -> Decision | None:
    return _public_decisions().order_by("-adopted_on", "-id").first()


def _public_decisions() -> QuerySet[Decision]:
    return Decision.objects.filter(is_public=True).select_related("meeting", "meeting__body")


def decision_for_public(code: str) -> Decision:
    """A published decision with whom it asks. Raises Http404."""
    found = (
        public_decisions()
        .select_related(
            "proposal__problem", "proposal__promised_by__person", "proposal__promised_by__organisation", "meeting__minutes"
        )
        .prefetch_related("proposal__addressees")
        .filter(code=code)
        .first()
    )
    if found is None:
        raise Http404
    return found


def public_decisions(body: Body | None = None) -> QuerySet[Decision]:
    """Published decisions with whom they ask and what about."""
    rows = _public_decisions().select_related("proposal__problem", "meeting__minutes", "meeting__body")
    rows = rows.prefetch_related("proposal__addressees")
    return rows.filter(meeting__body=body) if body else rows


def decisions_with_votes() -> QuerySet[Decision]:
    """Published decisions that were taken by vote, with their ballots and the named votes."""
    votes = Vote.objects.select_related(
        "membership__person__organisation", "membership__organisation", "alternate__organisation"
    ).order_by("id")
    votes = votes.prefetch_related("membership__nominations__person__organisation")
    ballots = Ballot.objects.filter(closed_at__isnull=False).order_by("id").prefetch_related(Prefetch("votes", votes))
    return public_decisions().filter(how=Decision.How.VOTE).prefetch_related(Prefetch("proposal__ballots", ballots))


def decisions_of_body(body: Body) -> list[Decision]:
    """Its latest public decisions."""
    return list(_public_decisions().filter(meeting__body=body).order_by("-adopted_on", "-id")[:PAGE])


def public_decisions_on(problem_id: int) -> list[Decision]:
    """Public decisions about a problem, or about what another body made of it: named by the proposal, or taken under a point
    about it."""
    problems = with_those_it_became(problem_id)
    about = Q(proposal__problem__in=problems) | Q(proposal__item__problem_rows__problem__in=problems)
    return list(_public_decisions().filter(about).distinct().order_by("-adopted_on", "-id")[:PAGE])


def public_meetings_on_problem(problem_id: int) -> list[Meeting]:
    """Where it was on the agenda, or what was joined to it or made of it by another body."""
    meetings = public_meetings().filter(items__problem_rows__problem__in=with_those_it_became(problem_id))
    return list(meetings.select_related("body").distinct().order_by("-starts_at", "-pk")[:PAGE])


def public_meetings_with_document(document_id: int) -> list[Meeting]:
    meetings = public_meetings().filter(items__document_rows__document=document_id)
    return list(meetings.select_related("body").distinct().order_by("-starts_at", "-pk")[:PAGE])


def bodies() -> list[Body]:
    """Bodies that stand by themselves, each with its sub-bodies."""
    return list(Body.objects.filter(parent__isnull=True).prefetch_related("sub_bodies").order_by("id"))


def papers_with_documents() -> Prefetch[str, QuerySet[ItemDocument], str]:
    """For `AgendaItem.papers`: without the long columns of the documents."""
    long = ("document__text", "document__furniture", "document__found")
    return Prefetch("document_rows", ItemDocument.objects.select_related("document").defer(*long).order_by("id"))


def _points() -> QuerySet[AgendaItem]:
    """In order, each with who reports, its papers, and what it refers to."""
    rows = AgendaItem.objects.select_related("reporter", "reporting").order_by("position")
    return rows.prefetch_related(papers_with_documents(), Prefetch("reference_rows", ItemReference.objects.order_by("id")))


def papers_of(item: AgendaItem) -> list[Paper]:
    """Its papers, in one question."""
    prefetch_related_objects([item], papers_with_documents())
    return item.papers


_RELATED = ("body", "host_meeting__body", "follows", "chair__organisation", "secretary__organisation", "minutes")


def meeting_for_public(code: str) -> Meeting:
    """A published meeting. Raises Http404."""
    return _found(public_meetings().select_related(*_RELATED), code)


def meeting_with_agenda(code: str) -> Meeting:
    """A published meeting with its agenda and its public decisions. Raises Http404."""
    return _found(public_agendas(), code)


def public_agendas(body: Body | None = None) -> QuerySet[Meeting]:
    """Published meetings, each with its agenda and its public decisions."""
    items = _points().prefetch_related(Prefetch("problems", public_problems()))
    public = Decision.objects.filter(is_public=True).order_by("number").prefetch_related("proposal__addressees")
    meetings = public_meetings(body).select_related(*_RELATED)
    return meetings.prefetch_related(Prefetch("items", items), Prefetch("decisions", public.select_related("proposal")))


def _found(meetings: QuerySet[Meeting], code: str) -> Meeting:
    meeting = meetings.filter(code=code).first()
    if meeting is None:
        raise Http404
    return meeting


# --- for those who work in a body ---------------------------------------------------------------------------------------


def meetings_of(user: User) -> QuerySet[Meeting]:
    """Meetings of the bodies in which the account is secretary or member."""
    return Meeting.objects.filter(body__in=bodies_as(user, Role.COUNCIL_SECRETARY, Role.COUNCIL_MEMBER))


def next_meeting_of(user: User) -> Meeting | None:
    """The meeting of one's bodies that is under way, or the next one planned."""
    held = meetings_of(user).filter(called_off_at=None).exclude(status=Meeting.Status.CLOSED)
    return held.select_related("body").order_by("starts_at", "id").first()


def bodies_kept_by(user: User) -> QuerySet[Body]:
    """Bodies whose secretary the account is."""
    return Body.objects.filter(pk__in=bodies_as(user, Role.COUNCIL_SECRETARY)).order_by("id")


def persons_around(bodies: Iterable[Body], also: int | None = None) -> QuerySet[Person]:
    """Who sits in these bodies, or belongs to an organisation that does; `also`: the id of one more."""
    bodies = list(bodies)
    sitting = Q(memberships__body__in=bodies) | Q(organisation__memberships__body__in=bodies)
    return Person.objects.filter(sitting | Q(pk=also)).distinct().order_by("id")


def meeting_to_see(user: User, code: str) -> Meeting:
    """For secretary and members of the body. Raises Http404."""
    meeting = _found(Meeting.objects.select_related(*_RELATED), code)
    if not sees(user, meeting.body):
        raise Http404
    return meeting


def meeting_to_keep(user: User, code: str) -> Meeting:
    """For the secretary of the body. Raises Http404."""
    meeting = meeting_to_see(user, code)
    if not keeps(user, meeting.body):
        raise Http404
    return meeting


def meeting_to_lead(user: User, code: str) -> Meeting:
    """For who leads it: the chair, and the secretary of the body. Raises Http404."""
    meeting = meeting_to_see(user, code)
    if not leads(user, meeting):
        raise Http404
    return meeting


def item_of(meeting: Meeting, pk: int) -> AgendaItem:
    """Raises Http404."""
    item = meeting.items.filter(pk=pk).first()
    if item is None:
        raise Http404
    item.meeting = meeting
    return item


def proposal_of(meeting: Meeting, code: str) -> Proposal:
    """Raises Http404."""
    proposal = Proposal.objects.filter(item__meeting=meeting, code=code).first()
    if proposal is None:
        raise Http404
    return proposal


def ballot_of(meeting: Meeting, pk: int) -> Ballot:
    """Raises Http404."""
    ballot = (
        Ballot.objects.select_related("proposal__item", "election__item", "amendment__proposal__item", "meeting__body")
        .filter(meeting=meeting, pk=pk)
        .first()
    )
    if ballot is None:
        raise Http404
    return ballot


def written_of(meeting: Meeting) -> WrittenProcedure | None:
    """The decision between meetings whose meeting this is."""
    found = WrittenProcedure.objects.select_related("meeting", "objected_by__person", "objected_by__organisation")
    return found.filter(meeting=meeting).first()


def decision_of(meeting: Meeting, code: str) -> Decision:
    """Raises Http404."""
    decision = meeting.decisions.filter(code=code).first()
    if decision is None:
        raise Http404
    return decision


def agenda_of(meeting: Meeting) -> list[AgendaItem]:
    """The whole course of a meeting: points with problems, documents, proposals, positions, ballots, votes, decisions."""
    seat = ("membership__person__organisation", "membership__organisation")
    positions = Position.objects.select_related(*seat).order_by("id")
    votes = Vote.objects.select_related(*seat, "alternate__organisation").order_by("id")
    sealed = SealedVote.objects.defer("sealed").order_by("id")
    ballots = Ballot.objects.order_by("id").prefetch_related(Prefetch("votes", votes), Prefetch("sealed_votes", sealed))
    signers = CoSigner.objects.select_related("organisation").order_by("id")
    on_amendments = Ballot.objects.filter(amendment__proposal=OuterRef("pk"))
    waiting = on_amendments.filter(seats.CARRIED, amendment__status=Amendment.Status.OPEN)
    proposals = (
        Proposal.objects.select_related(
            "by_person",
            "by_organisation",
            "problem",
            "decision",
            "promised_by__person__organisation",
            "promised_by__organisation",
        )
        .prefetch_related(
            "addressees",
            "law_rows",
            Prefetch("co_signers", signers),
            Prefetch("positions", positions),
            Prefetch("ballots", ballots),
        )
        .annotate(amendment_is_voted_on=Exists(on_amendments.filter(closed_at=None)), amendment_waits=Exists(waiting))
        .order_by("id")
    )
    elections = Election.objects.order_by("id")
    items = (
        _points()
        .filter(meeting=meeting)
        .prefetch_related("problems", Prefetch("proposals", proposals), Prefetch("elections", elections))
    )
    return list(items)


def attendance_of(meeting: Meeting) -> list[Attendance]:
    """Lines of the attendance, members first, then observers, then guests."""
    lines = meeting.attendances.select_related(
        "membership__person__organisation", "membership__organisation", "person__organisation", "organisation"
    ).order_by("id")
    order = {Attendance.Standing.MEMBER: 0, Attendance.Standing.OBSERVER: 1, Attendance.Standing.GUEST: 2}
    return sorted(lines, key=lambda line: order[Attendance.Standing(line.standing)])
