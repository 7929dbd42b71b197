"""Published decisions; the same as motions, vote events and votes of Popolo.

A motion has the code of its proposal, its vote event the code of the decision. Votes are given where published minutes name them.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from ninja import Field, Query, Router, Schema

from kenesh.council.api.members import Link
from kenesh.council.models import Ballot, Decision, VoteChoice
from kenesh.council.queries import meetings as queries
from kenesh.council.queries import seats
from kenesh.council.queries.minutes import minutes_of
from kenesh.council.queries.publication import Shown, of_vote
from kenesh.kernel.access import public
from kenesh.kernel.interface import CODE, Asked, Code, Page, Paging, answers, here, on_page, page, part, spoken
from kenesh.kernel.tables import MOST_ROWS, TABLE_ANSWERS, Form, as_file
from kenesh.people.queries import as_sent_on, body_for_public
from kenesh.problems.queries import OPEN_TO_ALL
from kenesh.themes.countries import country_name

router = Router()
COLUMNS = (
    ("code", "#meta+id"), ("kind", "#event+type"), ("text", "#description"), ("adopted_on", "#date+adopted"), ("how", "#meta+how"),
    ("votes_for", "#indicator+for+num"), ("votes_against", "#indicator+against+num"), ("votes_abstained", "#indicator+abstained+num"),
    ("body", "#org+name+source"), ("addressees", "#org+name+list"), ("url", "#meta+url"),
)  # fmt: skip
_OPTIONS = {VoteChoice.FOR: "yes", VoteChoice.AGAINST: "no", VoteChoice.ABSTAIN: "abstain"}


class Asks(Schema):
    """An organisation that a decision or recommendation asks."""

    id: str = Field(description="Code of the organisation.")
    name: str
    names: dict[str, str]


class DecisionOut(Schema):
    """What a body adopted and published."""

    id: str
    uri: str
    kind: str = Field(examples=["recommendation", "joint_decision", "commitment", "legislative_proposal"])
    number: int = Field(description="Within its meeting.")
    text: str
    texts: dict[str, str] = Field(description="Language code → text.")
    adopted_on: date
    how: str = Field(examples=["consensus", "vote"])
    votes_for: int | None
    votes_against: int | None
    votes_abstained: int | None
    due_on: date | None
    organization_id: str = Field(description="Code of the body.")
    event_id: str | None = Field(description="Code of its meeting, when that is published.")
    motion_id: str
    vote_event_id: str | None
    problem_id: str | None
    addressees: list[Asks]
    links: list[Link]


class Motion(Schema):
    """An adopted and published proposal (Popolo motion)."""

    id: str
    uri: str
    organization_id: str = Field(description="Code of the body.")
    legislative_session_id: str | None = Field(description="Code of its meeting, when that is published.")
    text: str
    texts: dict[str, str] = Field(description="Language code → text.")
    classification: str = Field(description="Kind of the decision.")
    result: str = Field(examples=["pass"])
    decision_id: str
    vote_event_ids: list[str]
    sources: list[Link]


class Count(Schema):
    """Votes for one option (Popolo count)."""

    option: str = Field(examples=["yes", "no", "abstain"])
    value: int


class Voter(Schema):
    """Whoever voted, as far as it is shown."""

    name: str
    area_id: str | None


class VoteOut(Schema):
    """A named vote that published minutes show (Popolo vote)."""

    vote_event_id: str
    voter_id: str | None = Field(description="Code of the person or organisation; null where only a country is shown.")
    voter: Voter
    option: str = Field(examples=["yes", "no", "abstain"])


class VoteEvent(Schema):
    """The vote by which a decision was adopted (Popolo vote event)."""

    id: str
    uri: str
    organization_id: str
    legislative_session_id: str | None
    motion_id: str
    start_date: str | None
    end_date: str | None
    result: str = Field(examples=["pass"])
    requirement: str | None = Field(description="The rule by which votes were counted.", examples=["simple_majority"])
    is_secret: bool | None = Field(description="Null while the minutes are not published.")
    counts: list[Count]
    votes: list[VoteOut]
    sources: list[Link]


class DecisionPaging(Paging):
    """What lists of decisions take."""

    organization: str = Field("", pattern=f"{CODE}|^$", description="Code of a body: its decisions alone.")


class OfVoteEvent(Asked):
    """What the list of votes takes."""

    vote_event: str = Field(pattern=CODE, description="Code of a vote event.")


def _of_body(code: str) -> QuerySet[Decision]:
    return queries.public_decisions(body_for_public(code) if code else None)


@router.get("/decisions", response=answers(Page[DecisionOut]), tags=["Decisions"], summary="Published decisions")
@public("lists published decisions and whom they ask, never who voted how")
def decisions(request: HttpRequest, asked: Query[DecisionPaging]) -> dict[str, Any]:
    """Published decisions, entered last first."""
    rows, after = part(_of_body(asked.organization), asked)
    return page(request, [_decision(request, row) for row in rows], after)


@router.get(
    "/decisions.{form}",
    response=answers(None),
    tags=["Decisions"],
    url_name="decisions_table",
    summary="Decisions as a table",
    openapi_extra=TABLE_ANSWERS,
)
@public("lists published decisions and whom they ask, never who voted how")
def decisions_table(request: HttpRequest, form: Form, asked: Query[Asked]) -> HttpResponse:
    """Published decisions as CSV or Excel with HXL tags, entered last first."""
    return as_file(form, "decisions", COLUMNS, [_row(request, row) for row in _of_body("").order_by("-pk")[:MOST_ROWS]])


@router.get("/decisions/{code}", response=answers(DecisionOut), tags=["Decisions"], summary="One decision")
@public("shows a published decision and whom it asks, never who voted how")
def decision(request: HttpRequest, code: Code, asked: Query[Asked]) -> DecisionOut:
    """One published decision."""
    return _decision(request, queries.decision_for_public(code))


@router.get("/motions", response=answers(Page[Motion]), tags=["Popolo"], summary="Adopted proposals")
@public("shows proposals as the decisions that they became, where those are published")
def motions(request: HttpRequest, asked: Query[DecisionPaging]) -> dict[str, Any]:
    """Proposals that were adopted and published; `after` is the code of a decision."""
    rows, after = part(_of_body(asked.organization), asked)
    return page(request, [_motion(request, row) for row in rows], after)


@router.get("/motions/{code}", response=answers(Motion), tags=["Popolo"], summary="One adopted proposal")
@public("shows a proposal as the decision that it became, where that is published")
def motion(request: HttpRequest, code: Code, asked: Query[Asked]) -> Motion:
    """One proposal that was adopted and published."""
    return _motion(request, _one(queries.public_decisions().filter(proposal__code=code)))


@router.get("/vote_events", response=answers(Page[VoteEvent]), tags=["Popolo"], summary="Votes by which decisions were adopted")
@public("counts of published decisions; names only where published minutes name them")
def vote_events(request: HttpRequest, asked: Query[Paging]) -> dict[str, Any]:
    """Votes by which published decisions were adopted."""
    rows, after = part(queries.decisions_with_votes(), asked)
    return page(request, [_vote_event(request, row) for row in rows], after)


@router.get("/vote_events/{code}", response=answers(VoteEvent), tags=["Popolo"], summary="One vote event")
@public("counts of a published decision; names only where published minutes name them")
def vote_event(request: HttpRequest, code: Code, asked: Query[Asked]) -> VoteEvent:
    """The vote by which a published decision was adopted, under the decision's code."""
    return _vote_event(request, _one(queries.decisions_with_votes().filter(code=code)))


@router.get("/votes", response=answers(Page[VoteOut]), tags=["Popolo"], summary="Named votes of one vote event")
@public("names only those whom published minutes name")
def votes(request: HttpRequest, asked: Query[OfVoteEvent]) -> dict[str, Any]:
    """The votes that published minutes name, in their order."""
    return page(request, _votes(_one(queries.decisions_with_votes().filter(code=asked.vote_event))), "")


def _one(rows: QuerySet[Decision]) -> Decision:
    found = rows.first()
    if found is None:
        raise Http404
    return found


def _session(decision: Decision) -> str | None:
    return decision.meeting.code if decision.meeting.is_public else None


def _decision(request: HttpRequest, row: Decision) -> DecisionOut:
    problem, by_vote = row.proposal.problem, row.how == Decision.How.VOTE
    return DecisionOut(
        id=row.code,
        uri=here(request, "decision", row.code),
        kind=row.kind,
        number=row.number,
        text=str(row.text),
        texts=dict(row.text),
        adopted_on=row.adopted_on,
        how=row.how,
        votes_for=row.votes_for,
        votes_against=row.votes_against,
        votes_abstained=row.votes_abstained,
        due_on=row.proposal.due_on,
        organization_id=row.meeting.body.code,
        event_id=_session(row),
        motion_id=row.proposal.code,
        vote_event_id=row.code if by_vote else None,
        problem_id=problem.code if problem and problem.status in OPEN_TO_ALL else None,
        addressees=[Asks(id=one.code, name=str(one), names=dict(one.name)) for one in row.proposal.addressees.all()],
        links=_links(request, row),
    )


def _row(request: HttpRequest, row: Decision) -> tuple[Any, ...]:
    return (
        row.code, row.kind, str(row.text), row.adopted_on, row.how, row.votes_for, row.votes_against, row.votes_abstained,
        str(row.meeting.body), "; ".join(str(one) for one in row.proposal.addressees.all()),
        on_page(request, "council:decision", row.code),
    )  # fmt: skip


def _links(request: HttpRequest, row: Decision) -> list[Link]:
    return [Link(url=on_page(request, "council:decision", row.code), note="page")]


def _motion(request: HttpRequest, row: Decision) -> Motion:
    return Motion(
        id=row.proposal.code,
        uri=here(request, "motion", row.proposal.code),
        organization_id=row.meeting.body.code,
        legislative_session_id=_session(row),
        text=str(row.text),
        texts=dict(row.text),
        classification=row.kind,
        result="pass",
        decision_id=row.code,
        vote_event_ids=[row.code] if row.how == Decision.How.VOTE else [],
        sources=_links(request, row),
    )


def _ballot(row: Decision) -> Ballot | None:
    """The ballot that adopted it, where published minutes show ballots at all."""
    minutes = minutes_of(row.meeting)
    if not row.meeting.is_public or minutes is None or not minutes.is_public:
        return None
    standing = (ballot for ballot in row.proposal.ballots.all() if ballot.standing != Ballot.Standing.ANNULLED)
    return next((ballot for ballot in standing if seats.result_of(ballot).adopted), None)


def _vote_event(request: HttpRequest, row: Decision) -> VoteEvent:
    ballot = _ballot(row)
    counts = {"yes": row.votes_for, "no": row.votes_against, "abstain": row.votes_abstained}
    return VoteEvent(
        id=row.code,
        uri=here(request, "vote_event", row.code),
        organization_id=row.meeting.body.code,
        legislative_session_id=_session(row),
        motion_id=row.proposal.code,
        start_date=row.adopted_on.isoformat(),
        end_date=row.adopted_on.isoformat(),
        result="pass",
        requirement=ballot.rule if ballot else None,
        is_secret=ballot.is_secret if ballot else None,
        counts=[Count(option=option, value=value or 0) for option, value in counts.items()],
        votes=_votes(row),
        sources=_links(request, row),
    )


def _votes(row: Decision) -> list[VoteOut]:
    ballot = _ballot(row)
    votes = list(ballot.votes.all()) if ballot else []
    for vote in votes:
        as_sent_on(vote.membership, row.meeting.day)  # who sits there today has not voted then
    shown = [(of_vote(vote), VoteChoice(vote.choice)) for vote in votes]
    return [_vote(row, who, choice) for who, choice in shown if who is not None]


def _vote(row: Decision, who: Shown, choice: VoteChoice) -> VoteOut:
    named = who.person or who.house
    return VoteOut(
        vote_event_id=row.code,
        voter_id=named.code if named else None,
        voter=Voter(name=who.name or who.organisation or country_name(who.country, spoken()), area_id=who.country or None),
        option=_OPTIONS[choice],
    )
