"""The протокол of a meeting, drafted from its own rows: who was there; for each point heard, spoke, decided.

One draft for two readers: the body sees everybody by name, the public only what each let be shown, and of the
decisions only the public ones.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any

from django.db.models import Prefetch, prefetch_related_objects
from django.http import Http404

from kenesh.council import counting
from kenesh.council.models import (
    AgendaItem,
    Amendment,
    Attendance,
    Ballot,
    BallotRemark,
    Decision,
    Meeting,
    Minutes,
    MinutesVersion,
    Position,
    ProcedureMotion,
    Proposal,
    Proxy,
    Speech,
    Vote,
    WrittenProcedure,
)
from kenesh.council.queries import days, elections, live, proxies, publication, seats
from kenesh.council.queries.meetings import agenda_of, attendance_of, decision_for_public, meeting_for_public, written_of
from kenesh.council.queries.proposals import Compared, amendments_told
from kenesh.council.queries.publication import Group, Shown
from kenesh.council.references import Referred, referred
from kenesh.people.models import Membership, Publication


@dataclass(frozen=True)
class NamedVote:
    """How somebody voted who may be shown; with a paper, another gave her vote, as far as that one may be shown."""

    who: Shown
    choice: str
    by_paper: bool
    holder: Shown | None


@dataclass(frozen=True)
class Voted:
    """A closed ballot in numbers, with the votes of those who let theirs be shown."""

    ballot: Ballot
    result: counting.Result
    named: list[NamedVote]


@dataclass(frozen=True)
class Amended:
    """An amendment that was taken or not, and who made it, as far as she may be shown (None: the secretary, or hidden). `voted`: its
    ballots that did not settle it, such as a tie."""

    amendment: Amendment
    compared: list[Compared]
    who: Shown | None
    voted: list[Voted]


@dataclass(frozen=True)
class Considered:
    """A proposal with what was said to it and what came of it. `decision` is None where it may not be shown."""

    proposal: Proposal
    voted: list[Voted]
    agreement: counting.Agreement
    said: list[Position]
    decision: Decision | None
    promised_by: Shown | None  # of a commitment, as far as her seat lets it be shown
    amended: list[Amended] = field(default_factory=list)
    by_silence: bool = False


@dataclass(frozen=True)
class Spoken:
    """A speech that was held under a point, by whoever may be shown. `guest`: the name of somebody without a seat."""

    who: Shown | None
    guest: str
    speech: Speech


@dataclass(frozen=True)
class Given:
    """A vote that was given to another with a paper, as far as both may be shown: each by the level of her own attendance."""

    giver: Shown | None
    holder: Shown | None
    paper: Proxy


@dataclass(frozen=True)
class Objection:
    """Who ended a silence, and her words: both for the body alone."""

    who: Shown | None
    words: str


@dataclass(frozen=True)
class Point:
    """One point of the agenda: heard, spoke, decided. `procedure`: motions of procedure that were decided under it."""

    item: AgendaItem
    speaker: str
    considered: list[Considered]
    spoken: list[Spoken] = field(default_factory=list)
    procedure: list[ProcedureMotion] = field(default_factory=list)
    elections: list[elections.Course] = field(default_factory=list)
    refers: list[Referred] = field(default_factory=list)
    objection: Objection | None = None


@dataclass(frozen=True)
class Draft:
    """All that the page of the minutes shows."""

    meeting: Meeting
    minutes: Minutes | None
    chair: Shown | None
    secretary: Shown | None
    members: Group
    observers: Group
    guests: Group
    excused: Group
    absent: Group
    points: list[Point]
    for_everybody: bool
    spoken: list[Spoken] = field(default_factory=list)  # while no point was called
    procedure: list[ProcedureMotion] = field(default_factory=list)  # likewise
    given: list[Given] = field(default_factory=list)
    written: WrittenProcedure | None = None  # decided between meetings: nobody was in a room
    voters: Group | None = None  # of a vote in writing; of a secret one only how many

    @property
    def present(self) -> int:
        return self.members.total + self.observers.total + self.guests.total


def meeting_with_public_minutes(code: str) -> Meeting:
    """A published meeting whose minutes are published. Raises Http404."""
    meeting = meeting_for_public(code)
    minutes = minutes_of(meeting)
    if minutes is None or not minutes.is_public:
        raise Http404
    return meeting


def versions_of(meeting: Meeting, *, for_everybody: bool = False) -> list[MinutesVersion]:
    """What the body approved, the latest first; for everybody without those that were withheld."""
    rows = MinutesVersion.objects.filter(minutes__meeting=meeting).order_by("-number")
    return list(rows.filter(is_withheld=False) if for_everybody else rows)


def public_decision_codes(meeting: Meeting) -> set[str]:
    """Decisions that everybody may read now."""
    return set(meeting.decisions.filter(is_public=True).values_list("code", flat=True))


def meeting_of_decision(code: str) -> str:
    """The code of the meeting that took a published decision. Raises Http404."""
    return decision_for_public(code).meeting.code


def minutes_of(meeting: Meeting) -> Minutes | None:
    """The row of the minutes; None while nothing was added to the draft."""
    return getattr(meeting, "minutes", None)


@dataclass(frozen=True)
class Rows:
    """What minutes are drafted from, read once for all languages."""

    lines: list[Attendance]
    days: days.Days
    items: list[AgendaItem]
    speeches: list[Speech]
    motions: list[ProcedureMotion]
    amendments: list[tuple[Amendment, list[Compared]]]
    papers: list[Proxy]
    written: WrittenProcedure | None


def rows_of(meeting: Meeting) -> Rows:
    rows = Rows(
        attendance_of(meeting), days.days_there(meeting), agenda_of(meeting), live.spoken(meeting), live.motions_decided(meeting),
        amendments_told(meeting), proxies.papers_of(meeting), written_of(meeting),
    )  # fmt: skip
    _as_they_sat(meeting, rows)
    return rows


def _as_they_sat(meeting: Meeting, rows: Rows) -> None:
    """Every seat with whom was sent there on that day: who sits there since has not spoken, voted or promised."""
    then = {seat.pk: seat for seat in seats.sitting(meeting)}
    proposals = [proposal for item in rows.items for proposal in item.proposals.all()]
    votes = [vote for proposal in proposals for ballot in proposal.ballots.all() for vote in ballot.votes.all()]
    positions = [position for proposal in proposals for position in proposal.positions.all()]
    amendments = [amendment for amendment, _compared in rows.amendments]
    prefetch_related_objects(amendments, Prefetch("ballots", Ballot.objects.order_by("id")))
    held = [proposal.ballots.all() for proposal in proposals] + [amendment.ballots.all() for amendment in amendments]
    remarks = _with_remarks([ballot for ballots in held for ballot in ballots])
    seated: list[Any] = [*rows.lines, *rows.speeches, *votes, *positions, *amendments, *remarks]
    for row in seated:
        if row.membership_id in then:
            row.membership = then[row.membership_id]
    for vote in votes:
        if vote.cast_by_id in then:
            vote.cast_by = then[vote.cast_by_id]
    for paper in rows.papers:
        paper.giver, paper.holder = then.get(paper.giver_id, paper.giver), then.get(paper.holder_id, paper.holder)
    for proposal in proposals:
        if proposal.promised_by_id in then:
            proposal.promised_by = then[proposal.promised_by_id]


def _with_remarks(ballots: list[Ballot]) -> list[BallotRemark]:
    """All that was said of these ballots, read at once."""
    rows = BallotRemark.objects.select_related("membership__person", "membership__organisation").order_by("id")
    prefetch_related_objects(ballots, Prefetch("remarks", rows))
    return [remark for ballot in ballots for remark in ballot.remarks.all()]


def draft(meeting: Meeting, *, for_everybody: bool, all_decisions: bool = False, rows: Rows | None = None) -> Draft:
    """Drafts the minutes of a meeting for the body, or for everybody; `all_decisions`: also with those that are not public yet.
    Names are chosen in the active language."""
    level = "" if for_everybody else Publication.NAME.value
    rows = rows or rows_of(meeting)
    lines = rows.lines
    chair, secretary = publication.officers(meeting, days.levels_of_persons(lines, rows.days), level=level)
    refers = referred(rows.items, meeting=None if for_everybody else meeting)
    there_as = days.levels_of_seats(lines, rows.days)
    points = [_point(item, refers.get(item.pk, []), for_everybody, level, all_decisions, there_as) for item in rows.items]
    spoken = _spoken(rows, level)

    def there(*standings: str) -> Group:
        present = (Attendance.Mode.PRESENT, Attendance.Mode.REMOTE)
        return _group([line for line in lines if line.mode in present and line.standing in standings], rows.days, level)

    return Draft(
        meeting=meeting,
        minutes=minutes_of(meeting),
        chair=chair,
        secretary=secretary,
        members=there(Attendance.Standing.MEMBER),
        observers=there(Attendance.Standing.OBSERVER),
        guests=there(Attendance.Standing.GUEST),
        excused=_group([line for line in lines if line.mode == Attendance.Mode.EXCUSED], rows.days, level),
        absent=_group([line for line in lines if line.mode == Attendance.Mode.ABSENT], rows.days, level),
        points=_with_speeches(meeting, points, level, rows, spoken),
        for_everybody=for_everybody,
        spoken=[one for one in spoken if one.speech.item_id is None],
        procedure=[motion for motion in rows.motions if motion.item_id is None],
        given=[
            Given(_who_was_there(one.giver, level, there_as), _who_was_there(one.holder, level, there_as), one)
            for one in rows.papers
        ],
        written=rows.written,
        voters=_voters(rows, level),
    )


def _who_was_there(seat: Membership, level: str, there_as: dict[int | None, str]) -> Shown | None:
    return publication.of_membership(seat, level=level or there_as.get(seat.pk, Publication.HIDDEN))


def _voters(rows: Rows, level: str) -> Group | None:
    """Members who voted in writing."""
    proposal = _in_writing(rows)
    ballots = list(proposal.ballots.all()) if proposal is not None else []
    last = next((ballot for ballot in reversed(ballots) if not ballot.is_open), None)
    if last is None or last.is_secret:
        return Group([], 0, last.present or 0) if last is not None else None
    voters = [publication.of_vote(vote, level=level) for vote in last.votes.all() if vote.is_member]
    return publication.group([who] if who is not None else [] for who in voters)


def _in_writing(rows: Rows) -> Proposal | None:
    """The proposal that was decided in writing."""
    pk = rows.written.proposal_id if rows.written is not None else None
    return next((one for item in rows.items for one in item.proposals.all() if one.pk == pk), None)


def _objection(item: AgendaItem, rows: Rows, level: str) -> Objection | None:
    proposal, written = _in_writing(rows), rows.written
    if written is None or written.objected_by is None or proposal is None or proposal.item_id != item.pk:
        return None
    if not level:  # nobody has asked her whether everybody may read that it was she
        return Objection(None, "")
    return Objection(publication.of_membership(written.objected_by, level=level), written.objection)


def _spoken(rows: Rows, level: str) -> list[Spoken]:
    """Speeches of whoever may be shown."""
    found = [Spoken(_speaker(speech, rows, level), _guest(speech, level), speech) for speech in rows.speeches]
    return [one for one in found if one.who is not None or one.guest]


def _with_speeches(meeting: Meeting, points: list[Point], level: str, rows: Rows, spoken: list[Spoken]) -> list[Point]:
    """Who spoke when, as far as each may be shown, and what was decided about the way of the meeting. Elections stand in the body's
    own minutes: who stood and lost is nobody else's business, and who won sits on the body's page."""
    held = elections.courses_at(meeting)
    _with_remarks([each.ballot for course in held for each in course.rounds])
    silent = rows.written.proposal_id if rows.written and rows.written.kind == WrittenProcedure.Kind.SILENCE else None
    return [
        replace(
            point,
            spoken=[one for one in spoken if one.speech.item_id == point.item.pk],
            considered=[
                replace(one, amended=_amended(one.proposal, rows, level), by_silence=one.proposal.pk == silent)
                for one in point.considered
            ],
            objection=_objection(point.item, rows, level),
            procedure=[motion for motion in rows.motions if motion.item_id == point.item.pk],
            elections=[] if not level else [course for course in held if course.election.item_id == point.item.pk],
        )
        for point in points
    ]


def _amended(proposal: Proposal, rows: Rows, level: str) -> list[Amended]:
    return [
        Amended(
            one,
            changed,
            publication.of_membership(one.membership, level=level) if one.membership else None,
            [Voted(ballot, seats.summary_of(ballot), []) for ballot in one.ballots.all() if not _settled(one, ballot)],
        )
        for one, changed in rows.amendments
        if one.proposal_id == proposal.pk
    ]


def _settled(amendment: Amendment, ballot: Ballot) -> bool:
    """Whether this ballot is why the amendment was taken or not. One that is open says nothing yet."""
    decides = {counting.Why.ADOPTED, counting.Why.TOO_FEW, counting.Why.OBJECTION}
    counts = ballot.outcome in decides and ballot.standing != Ballot.Standing.ANNULLED
    return ballot.is_open or (amendment.how == Amendment.How.VOTE and counts)


def _speaker(speech: Speech, rows: Rows, level: str) -> Shown | None:
    """Who sat there when she spoke."""
    if speech.membership is None or speech.started_at is None:
        return None
    line = next((line for line in rows.lines if line.membership_id == speech.membership_id), None)
    alternate = days.sat_at(line, rows.days, speech.started_at) if line is not None else None
    return publication.of_seat(speech.membership, alternate, publication=speech.publication, level=level)


def _guest(speech: Speech, level: str) -> str:
    return speech.guest if (level or speech.publication) == Publication.NAME else ""


def _group(lines: list[Attendance], there: days.Days, level: str) -> Group:
    return publication.group(days.of_line(line, there, level=level) for line in lines)


def _point(
    item: AgendaItem,
    refers: list[Referred],
    for_everybody: bool,
    level: str,
    all_decisions: bool,
    there_as: dict[int | None, str],
) -> Point:
    shown = [_considered(proposal, for_everybody, level, all_decisions, there_as) for proposal in item.proposals.all()]
    return Point(
        item=item,
        speaker=item.speakers if item.speaker_is_public or not for_everybody else "",
        considered=[one for one in shown if one.decision is not None] if for_everybody else shown,
        refers=refers,
    )


def _considered(
    proposal: Proposal, for_everybody: bool, level: str, all_decisions: bool, there_as: dict[int | None, str]
) -> Considered:
    decision: Decision | None = getattr(proposal, "decision", None)
    if decision is not None and for_everybody and not (decision.is_public or all_decisions):
        decision = None
    positions = list(proposal.positions.all())
    return Considered(
        proposal=proposal,
        voted=[_voted(ballot, level, there_as) for ballot in proposal.ballots.all() if not ballot.is_open],
        agreement=counting.consensus(
            (counting.Stance(one.stance), one.is_member) for one in positions if one.version == proposal.version
        ),
        said=[] if for_everybody else [one for one in positions if one.words],
        decision=decision,
        promised_by=publication.of_membership(proposal.promised_by, level=level) if proposal.promised_by else None,
    )


def _voted(ballot: Ballot, level: str, there_as: dict[int | None, str]) -> Voted:
    named = [_named(vote, level, there_as) for vote in ballot.votes.all()]
    return Voted(ballot, seats.result_of(ballot), [vote for vote in named if vote is not None])


def _named(vote: Vote, level: str, there_as: dict[int | None, str]) -> NamedVote | None:
    who = publication.of_vote(vote, level=level)
    if who is None:
        return None
    holder = _who_was_there(vote.cast_by, level, there_as) if vote.cast_by is not None else None
    return NamedVote(who, str(vote.get_choice_display()), vote.cast_by is not None, holder)
