"""The протокол and the выписка in the form that the region uses, in one language: who was there, the agenda, then for each point
heard, spoke, decided, and who signs. What a paper says is said here; how it looks, each format says for itself.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from kenesh.council.models import (
    Ballot,
    Decision,
    DecisionKind,
    Minutes,
    MinutesVersion,
    ProcedureMotion,
    Proposal,
    Speech,
    WrittenProcedure,
)
from kenesh.council.papers import voting
from kenesh.council.papers.paper import Block, Count, Drawn, House, Paper, Present, Record, Signature, Text
from kenesh.council.papers.wording import called, clean, own, sentence, text
from kenesh.council.queries.minutes import Considered, Draft, Given, Point, Spoken
from kenesh.council.queries.publication import Group, Shown
from kenesh.council.references import Referred
from kenesh.themes import dates
from kenesh.themes.languages import OWN_NAME


def minutes(draft: Draft, *, zone: str) -> Paper:
    """The whole of the minutes, in the active language. `zone`: the city whose clock the meeting goes by, in words."""
    meeting, row, number = draft.meeting, draft.minutes, clean(draft.meeting.number)
    language = get_language() or "en"
    approved_on = row.approved_on if row else None
    return Paper(
        language=language,
        heading=_("Minutes No. %(number)s") % {"number": number} if number else _("Minutes"),
        body=text(meeting.body.name),
        title=text(meeting.title),
        facts=_facts(draft, zone, language),
        attendance=_attendance(draft),
        present=_present(draft),
        agenda=[text(point.item.title) for point in draft.points],
        points=[
            *_outside(draft),
            *(
                Drawn(point.item.position, text(point.item.title), _blocks(point, for_body=not draft.for_everybody))
                for point in draft.points
            ),
        ],
        remarks=text(row.remarks) if row and row.remarks else None,
        status=status_of(row, language),
        is_approved=approved_on is not None,
        signatures=[
            _signature("chair", _("Chair"), draft.chair, row.chair_signed_on if row else None, language),
            _signature("secretary", _("Secretary"), draft.secretary, row.secretary_signed_on if row else None, language),
        ],
        authentic=_authentic(row),
        is_excerpt=False,
        record=_record(draft),
    )


def excerpt(paper: Paper, decision: str) -> Paper | None:
    """What minutes in the active language say of one decision; None when they do not show it."""
    points = [
        replace(point, blocks=[one for block in point.blocks if (one := _in_excerpt(block, decision)) is not None])
        for point in paper.points
        if any(block.decision == decision for block in point.blocks)
    ]
    if not points:
        return None
    number, record = paper.record.number, paper.record
    return replace(
        paper,
        heading=_("Excerpt from minutes No. %(number)s") % {"number": number} if number else _("Excerpt from the minutes"),
        present=[],
        agenda=[],
        points=points,
        remarks=None,
        is_excerpt=True,
        record=replace(
            record,
            counts=[one for one in record.counts if one.decision == decision],
            houses=[one for one in record.houses if one.decision == decision],
        ),
    )


def _in_excerpt(block: Block, decision: str) -> Block | None:
    """What was heard, what was said of this decision, and what belongs to it."""
    if block.kind == "spoke":
        lines = [line for line, code in zip(block.listed, block.of, strict=True) if code == decision]
        return replace(block, listed=lines, of=[decision] * len(lines)) if block.texts or lines else None
    return block if block.kind == "heard" or block.decision == decision else None


def _record(draft: Draft) -> Record:
    meeting, row = draft.meeting, draft.minutes
    considered = [(one, one.decision.code if one.decision else "") for point in draft.points for one in point.considered]
    counts = [
        Count(
            voted.result.present, voted.result.members.for_, voted.result.members.against, voted.result.members.abstained,
            voted.result.adopted, code,
        )
        for one, code in considered
        for voted in one.voted
        if voted.ballot.standing != Ballot.Standing.ANNULLED
    ]  # fmt: skip
    houses = [
        House(str(house.uid), clean(str(house)), code) for one, code in considered for house in one.proposal.addressees.all()
    ]
    return Record(
        code=meeting.code,
        body=meeting.body.code,
        country=meeting.country,
        number=clean(meeting.number),
        day=meeting.day.isoformat(),
        approved_on=row.approved_on.isoformat() if row and row.approved_on else "",
        counts=counts,
        houses=houses,
    )


def status_of(row: Minutes | MinutesVersion | None, language: str) -> str:
    """Whether, when and how the body approved this, in the active language."""
    if row is None or row.approved_on is None:
        return _("Draft. These minutes are not approved yet.")
    said = _("Approved on %(day)s.") % {"day": dates.day(row.approved_on, language)}
    return f"{said} {row.get_approved_how_display()}." if row.approved_how else said


def _signature(role: str, title: str, who: Shown | None, on: date | None, language: str) -> Signature:
    signed = _("signed on %(day)s") % {"day": dates.day(on, language)} if on else ""
    return Signature(role, title, clean(who.name) if who else "", signed)


def _authentic(row: Minutes | None) -> str:
    drawn = _("These words are drawn from the same records in every language.")
    left = _("A text that nobody translated stands in its own language.")
    if row is None or not row.authentic:
        return " ".join([drawn, _("No language is marked as the authentic one."), left])
    counts = _("When they say different things, the text in this language counts: %(language)s.")
    return " ".join([drawn, counts % {"language": OWN_NAME[row.authentic]}, left])


def _facts(draft: Draft, zone: str, language: str) -> list[tuple[str, Text]]:
    meeting = draft.meeting
    place = sentence("council/_where.html", meeting=meeting)
    facts = [(_("Date and time"), own(sentence("council/_when.html", meeting=meeting, zone=zone)))]
    if draft.written is not None:
        facts.append((_("In writing"), own(_in_writing(draft.written, zone, language))))
    else:
        facts.append((_("Place"), own(" · ".join(part for part in (place, meeting.get_mode_display()) if part))))
    host = meeting.host_meeting
    if host is not None and (host.is_public or not draft.for_everybody):
        facts.append((_("Held inside"), own(f"{host.title} · {host.body.name}")))
    officers = ((_("Chair"), draft.chair), (_("Secretary"), draft.secretary))
    return facts + [(role, own(called(who))) for role, who in officers if who is not None]


def _attendance(draft: Draft) -> str:
    """How many were there; between meetings, how many answered."""
    if draft.written is None:
        return _("Present: %(number)s") % {"number": draft.present}
    if draft.written.kind == WrittenProcedure.Kind.SILENCE:
        return _("By silence")
    return _("Members who voted: %(number)s") % {"number": draft.voters.total if draft.voters else 0}


def _in_writing(written: WrittenProcedure, zone: str, language: str) -> str:
    """That nobody was in a room, and until when members could answer."""
    deadline = written.local_deadline
    until = {"until": f"{dates.day(deadline.date(), language)}, {deadline:%H:%M} ({zone})"}
    if written.kind == WrittenProcedure.Kind.SILENCE:
        return _("without a meeting, until %(until)s: adopted unless a member objects") % until
    return _("without a meeting, until %(until)s") % until


def _present(draft: Draft) -> list[Present]:
    if draft.written is not None:
        voters = draft.voters
        return [Present(_("Members: %(number)s") % {"number": voters.total}, _listed(voters))] if voters and voters.total else []
    groups: list[tuple[str, Group]] = [
        (_("Members: %(number)s"), draft.members),
        (_("Observers: %(number)s"), draft.observers),
        (_("Invited: %(number)s"), draft.guests),
        (_("Excused: %(number)s"), draft.excused),
        (_("Absent: %(number)s"), draft.absent),
    ]
    present = [Present(heading % {"number": group.total}, _listed(group)) for heading, group in groups if group.total]
    if draft.given:
        heading = _("Votes given with a paper: %(number)s") % {"number": len(draft.given)}
        present.append(Present(heading, _given(draft.given)))
    return present


def _given(given: list[Given]) -> list[str]:
    """Who gave her vote to whom, where both may be named."""
    said = _("%(giver)s gave the vote to %(holder)s: paper No. %(number)s of %(day)s")
    language = get_language() or "en"
    lines = [
        said
        % {
            "giver": called(one.giver), "holder": called(one.holder), "number": clean(one.paper.number),
            "day": dates.day(one.paper.dated_on, language),
        }
        for one in given
        if one.giver is not None and one.holder is not None
    ]  # fmt: skip
    return _with_hidden(lines, len(given) - len(lines))


def _listed(group: Group) -> list[str]:
    return _with_hidden([called(one.who) + (f" × {one.count}" if one.count > 1 else "") for one in group.listed], group.hidden)


def _with_hidden(listed: list[str], hidden: int) -> list[str]:
    """And how many more there are, who may not be named."""
    if hidden and listed:
        more = ngettext("%(number)s more, who is not named here", "%(number)s more, who are not named here", hidden)
        return [*listed, more % {"number": hidden}]
    if hidden:
        only = ngettext("%(number)s, who is not named here", "%(number)s, who are not named here", hidden)
        return [only % {"number": hidden}]
    return listed


def _outside(draft: Draft) -> list[Drawn]:
    """What was said and moved while no point was called."""
    said = [clean(_spoken(one)) for one in draft.spoken]
    blocks = [Block("spoke", _("Spoke:"), [], said, of=[""] * len(said))] if said else []
    blocks += _moved(draft.procedure)
    return [Drawn(0, own(_("Outside the points of the agenda")), blocks)] if blocks else []


def _moved(motions: list[ProcedureMotion]) -> list[Block]:
    moved = [clean(sentence("council/_procedure.html", motion=motion)) for motion in motions]
    return [Block("procedure", _("Motions of procedure:"), [], moved)] if moved else []


def _blocks(point: Point, *, for_body: bool) -> list[Block]:
    title = text(point.item.title)
    heard = [own(f"{point.speaker}."), title] if point.speaker else [title]
    blocks = [Block("heard", _("Heard:"), [*heard, *(_referred(one) for one in point.refers)])]
    spoke = [(_spoken(one), "") for one in point.spoken]
    spoke += [
        (f"{who.membership}: {who.get_stance_display()}. {who.words}", one.decision.code if one.decision else "")
        for one in point.considered
        for who in one.said
    ]
    if point.item.notes or spoke:
        notes = [text(point.item.notes)] if point.item.notes else []
        lines, codes = [clean(words) for words, _code in spoke], [code for _words, code in spoke]
        blocks.append(Block("spoke", _("Spoke:"), notes, lines, of=codes))
    blocks += _moved(point.procedure)
    blocks += [voting.election(course, for_body=for_body) for course in point.elections if course.rounds or course.elected]
    for one in point.considered:
        blocks += _considered(one, for_body)
    if point.objection is not None:
        who = called(point.objection.who) if point.objection.who else _("a member who is not named here")
        said = f"{who}: {point.objection.words}" if point.objection.words else who
        blocks.append(Block("objected", _("Objected, so that silence adopts nothing:"), [own(said)]))
    return blocks


def _referred(one: Referred) -> Text:
    """What the point is about, with the address of its page: papers are printed, too."""
    said = f"{one.name} {one.code}: {one.title}"
    return own(f"{said}\n{settings.ADDRESS}{one.address}" if one.address else said)


def _spoken(one: Spoken) -> str:
    """Who spoke, and from when to when on the clock of the room."""
    name = called(one.who) if one.who else one.guest
    zone = ZoneInfo(one.speech.meeting.time_zone)
    begun, ended = ((at.astimezone(zone) if at else None) for at in (one.speech.started_at, one.speech.ended_at))
    order = f" ({one.speech.get_kind_display()})" if one.speech.kind == Speech.Kind.POINT_OF_ORDER else ""
    return f"{name}{order}, {begun:%H:%M}–{ended:%H:%M}" if begun and ended else name


def _considered(one: Considered, for_body: bool) -> list[Block]:
    proposal, asked, voted = one.proposal, _asked(one), voting.votes(one, for_body=for_body)
    if one.decision is None:
        return [Block("proposed", _("Proposed:"), [text(proposal.text)], asked, str(proposal.get_status_display())), *voted]
    return [replace(block, decision=one.decision.code) for block in (*voted, _decided(one, one.decision, asked), *_law(proposal))]


def _decided(one: Considered, decision: Decision, asked: list[str]) -> Block:
    label = _("Decided (decision %(number)s):") % {"number": decision.number}
    silent = one.by_silence and decision.how == Decision.How.CONSENSUS
    how = _("by silence: no member objected") if silent else sentence("council/_how.html", decision=decision)
    notes = [str(decision.get_kind_display()), how]
    if decision.proposal.authentic:
        notes.append(_("the text that counts: %(language)s") % {"language": OWN_NAME[decision.proposal.authentic]})
    return Block("decided", label, [text(decision.text)], asked, " · ".join(notes))


def _law(proposal: Proposal) -> list[Block]:
    """The table with which a law is to be changed."""
    if proposal.kind != DecisionKind.LEGISLATIVE:
        return []
    headings = [_("Law and article"), _("Text in force"), _("Proposed text"), _("Why")]
    rows = [[text(said) for said in (row.law, row.in_force, row.proposed, row.justification)] for row in proposal.law_rows.all()]
    return [Block("law", _("What changes in the law:"), headings=headings, rows=rows)] if rows else []


def _asked(one: Considered) -> list[str]:
    """Whom the proposal asks, who promises or signs it too, and until when."""
    proposal = one.proposal
    due = proposal.due_on
    until = " · " + _("until %(day)s") % {"day": dates.day(due, get_language() or "en")} if due else ""
    lines = []
    if houses := ", ".join(str(house) for house in proposal.addressees.all()):
        lines.append(_("Who should act:") + f" {houses}{until}")
    if proposal.kind == DecisionKind.COMMITMENT:
        who = called(one.promised_by) if one.promised_by else _("a member who is not named here")
        lines.append(_("Who promises:") + f" {who}{until}")
    if proposal.kind == DecisionKind.JOINT:
        lines.append(_("Who signs it too:") + " " + ", ".join(str(one.organisation) for one in proposal.co_signers.all()))
    return [clean(line) for line in lines]
