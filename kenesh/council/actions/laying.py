"""Laying papers before a meeting: from the library, or as files that the library reads first."""

from __future__ import annotations

import uuid
from collections.abc import Iterable

from django.db import transaction
from django.db.models import F, Max

from kenesh.council.actions.meetings import check_changeable
from kenesh.council.actions.refusals import Refused
from kenesh.council.models import AgendaItem, ItemDocument, PaperOnTheWay
from kenesh.kernel import trail
from kenesh.library.actions import Brought, bring
from kenesh.library.models import Document, Incoming
from kenesh.people.models import User


def lay_paper(*, item: AgendaItem, document: Document, beside: ItemDocument | None = None, by: User) -> None:
    """Lays a document before the meeting under this point; `beside`: as another language of that paper. One that lies there already
    goes to that paper. Raises MinutesApproved, AtVenue."""
    with transaction.atomic():
        check_changeable(item.meeting)
        paper = _number_of(item, beside)
        item.document_rows.update_or_create(document=document, defaults={"paper": paper})
        _changed(item, "lay_paper", by)


def take_paper_off(*, item: AgendaItem, document: Document, by: User) -> None:
    """The document stays in the library. Raises MinutesApproved, AtVenue."""
    with transaction.atomic():
        check_changeable(item.meeting)
        if item.document_rows.filter(document=document).delete()[0]:
            _changed(item, "take_paper_off", by)


def bring_papers(
    *,
    item: AgendaItem,
    files: Iterable[Brought],
    key: uuid.UUID,
    together: bool = False,
    beside: ItemDocument | None = None,
    by: User,
) -> None:
    """Brings files into the library, which reads them one after another; each is laid before the meeting once it is read.
    `together`: they are one paper in several languages; `beside`: so they are other languages of that paper. The same key again
    changes nothing. Raises MinutesApproved, AtVenue; OSError when the disk takes nothing more."""
    with transaction.atomic():
        batch = bring(files=files, key=key, by=by)
        check_changeable(item.meeting)
        if item.papers_on_the_way.filter(file__batch=batch).exists():
            return
        paper = _number_of(item, beside) if beside else _next_number(item) if together else 0
        PaperOnTheWay.objects.bulk_create(
            [PaperOnTheWay(item=item, file=file, paper=paper) for file in batch.files.order_by("number")], ignore_conflicts=True
        )
        trail.record(verb="bring_papers", target=f"meeting:{item.meeting.code}", by=by)


def lay_what_was_read(*, file: Incoming, document: Document) -> None:
    """A file that was brought at a point has become a document: it is laid there. Where nothing may be changed any more it is in
    the library all the same, and the page of the point says so, as it does of a text that was taken out of the library before."""
    if document.taken_out_at is not None:
        return
    for row in PaperOnTheWay.objects.filter(file=file).select_related("item__meeting", "file__batch__brought_by"):
        with transaction.atomic():
            try:
                check_changeable(row.item.meeting)
            except Refused:
                continue
            row.item.document_rows.get_or_create(document=document, defaults={"paper": row.paper})
            _changed(row.item, "lay_paper", row.file.batch.brought_by)
            row.delete()


def forget_brought(*, item: AgendaItem, by: User) -> None:
    """Clears the list of what could not be laid. Raises MinutesApproved, AtVenue."""
    with transaction.atomic():
        check_changeable(item.meeting)
        ended = [Incoming.State.FAILED, Incoming.State.READ, Incoming.State.KNOWN]
        if item.papers_on_the_way.filter(file__state__in=ended).delete()[0]:
            trail.record(verb="forget_brought", target=f"meeting:{item.meeting.code}", by=by)


def _number_of(item: AgendaItem, row: ItemDocument | None) -> int:
    """The number of a paper that gets one more language; 0 for a paper of its own."""
    if row is None:
        return 0
    now = item.document_rows.select_for_update().get(pk=row.pk)
    if not now.paper:
        now.paper = _next_number(item)
        now.save(update_fields=["paper"])
    return now.paper


def _next_number(item: AgendaItem) -> int:
    rows = (item.document_rows.all(), item.papers_on_the_way.all())
    return 1 + max(found.aggregate(last=Max("paper"))["last"] or 0 for found in rows)


def _changed(item: AgendaItem, verb: str, by: User) -> None:
    """Screens and open forms learn of it by the version."""
    AgendaItem.objects.filter(pk=item.pk).update(version=F("version") + 1)
    trail.record(verb=verb, target=f"meeting:{item.meeting.code}", by=by)
