"""The agenda: adding, changing, moving and removing its points."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TypedDict, Unpack

from django.db import transaction
from django.db.models import F

from kenesh.council.actions.meetings import check_changeable
from kenesh.council.actions.refusals import ItemHasElections, ItemHasProposals, ItemInMinutes, SavedByAnother
from kenesh.council.models import AgendaItem, ItemDocument, ItemProblem, Meeting
from kenesh.kernel import trail
from kenesh.library.models import Document
from kenesh.people.models import Organisation, Person, User
from kenesh.problems.models import Problem, new_request_key
from kenesh.search.actions import keep

# Longer than any agenda: positions are moved beyond it before they are numbered anew, so that no two ever meet.
_OUT_OF_THE_WAY = 100_000


class ItemFields(TypedDict, total=False):
    """What may be said about a point of the agenda; what is left out keeps its value."""

    kind: str
    title: dict[str, str]
    reporter: Person | None
    reporting: Organisation | None
    speaker: str
    speaker_is_public: bool
    notes: dict[str, str]


def add_item(
    *,
    meeting: Meeting,
    by: User,
    problems: Iterable[Problem] = (),
    documents: Iterable[Document] = (),
    papers: Iterable[Sequence[Document]] = (),
    request_key: str = "",
    **fields: Unpack[ItemFields],
) -> AgendaItem:
    """Adds a point at the end; the same request key gives the same point. `papers`: each in several languages; `documents`: papers
    of one language. Raises MinutesApproved."""
    with transaction.atomic():
        check_changeable(meeting)
        position = meeting.items.count() + 1
        item, is_new = AgendaItem.objects.get_or_create(
            request_key=request_key or new_request_key(), defaults={"meeting": meeting, "position": position, **fields}
        )
        if is_new:
            item.refresh_from_db(fields=["title", "notes"])  # texts as they are stored
            _lay_before(item, problems, [*papers, *([document] for document in documents)])
            trail.record(verb="add_item", target=f"meeting:{meeting.code}", by=by)
    return item


def edit_item(
    *,
    item: AgendaItem,
    version: int,
    by: User,
    problems: Iterable[Problem],
    documents: Iterable[Document] = (),
    papers: Iterable[Sequence[Document]] = (),
    **fields: Unpack[ItemFields],
) -> None:
    """Saves a point if it is still at `version`. Raises SavedByAnother, MinutesApproved."""
    with transaction.atomic():
        check_changeable(item.meeting)
        if not AgendaItem.objects.filter(pk=item.pk, version=version).update(version=F("version") + 1, **fields):
            raise SavedByAnother(AgendaItem.objects.get(pk=item.pk))
        keep("meeting", [item.meeting.code])
        _lay_before(item, problems, [*papers, *([document] for document in documents)])
        trail.record(verb="edit_item", target=f"meeting:{item.meeting.code}", by=by)


def _lay_before(item: AgendaItem, problems: Iterable[Problem], papers: Iterable[Sequence[Document]]) -> None:
    """Makes the point's problems and papers exactly these."""
    problem_ids = {problem.pk for problem in problems}
    paper_of: dict[int, int] = {}
    for number, paper in enumerate(papers, 1):
        for document in paper:
            paper_of.setdefault(document.pk, number if len(paper) > 1 else 0)
    item.problem_rows.exclude(problem__in=problem_ids).delete()
    item.document_rows.exclude(document__in=paper_of).delete()
    ItemProblem.objects.bulk_create([ItemProblem(item=item, problem_id=pk) for pk in sorted(problem_ids)], ignore_conflicts=True)
    for row in item.document_rows.all():
        if row.paper != paper_of[row.document_id]:
            item.document_rows.filter(pk=row.pk).update(paper=paper_of[row.document_id])
    ItemDocument.objects.bulk_create(
        [ItemDocument(item=item, document_id=pk, paper=paper) for pk, paper in paper_of.items()], ignore_conflicts=True
    )


def move_item(*, item: AgendaItem, to: int, by: User) -> None:
    """Puts a point at position `to` (from 1; beyond the end means last). Raises MinutesApproved."""
    with transaction.atomic():
        order = _locked_order(item.meeting)
        order.remove(item.pk)
        order.insert(max(to, 1) - 1, item.pk)
        _number(item.meeting, order)
        trail.record(verb="move_item", target=f"meeting:{item.meeting.code}", by=by)


def remove_item(*, item: AgendaItem, by: User) -> None:
    """Takes a point off the agenda. Raises ItemHasProposals, ItemHasElections, ItemInMinutes, MinutesApproved."""
    with transaction.atomic():
        order = _locked_order(item.meeting)
        if item.proposals.exists():
            raise ItemHasProposals
        if item.elections.exists():
            raise ItemHasElections
        if _in_minutes(item):
            raise ItemInMinutes
        order.remove(item.pk)
        item.delete()
        _number(item.meeting, order)
        trail.record(verb="remove_item", target=f"meeting:{item.meeting.code}", by=by)


def _in_minutes(item: AgendaItem) -> bool:
    """Whether somebody spoke under it, or a motion of procedure was decided there."""
    held, decided = item.speeches.filter(started_at__isnull=False), item.procedure_motions.filter(decided_at__isnull=False)
    return held.exists() or decided.exists()


def _locked_order(meeting: Meeting) -> list[int]:
    check_changeable(meeting)
    return list(meeting.items.order_by("position").values_list("pk", flat=True))


def _number(meeting: Meeting, order: list[int]) -> None:
    meeting.items.update(position=F("position") + _OUT_OF_THE_WAY)
    for position, pk in enumerate(order, start=1):
        AgendaItem.objects.filter(pk=pk).update(position=position)
