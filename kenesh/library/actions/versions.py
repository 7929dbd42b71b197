"""A person says whether a text that resembles another document is a version of it."""

from __future__ import annotations

from django.db import transaction
from django.db.models import Q

from kenesh.kernel import trail
from kenesh.library.actions.refusals import NotNow
from kenesh.library.likeness import runs_of, share
from kenesh.library.models import Document
from kenesh.library.queries.versions import body_of
from kenesh.people.models import User
from kenesh.search.actions import keep


@transaction.atomic
def make_version(*, document: Document, by: User) -> Document:
    """It is the next version of the document that it resembles, and its own later versions follow it there. Raises NotNow when it
    resembles none (any more), or one of the two is taken out."""
    row = _locked(document)
    if row.resembles is None or row.taken_out_at is not None:
        raise NotNow
    family = row.resembles.first_id or row.resembles.pk
    # The whole family is held in one order, so that two new versions get two numbers.
    members = list(Document.objects.select_for_update(of=("self",)).filter(pk=family).order_by("pk"))
    if members[0].taken_out_at is not None:
        raise NotNow
    own = list(Document.objects.select_for_update(of=("self",)).filter(first=row).order_by("version"))
    later = Document.objects.filter(first=family)
    number = max([1, *later.values_list("version", flat=True)]) + 1
    later.update(is_newest=False)
    Document.objects.filter(pk=family).update(is_newest=False)
    row.first, row.version, row.is_newest = members[0], number, not own
    row.resembles, row.resemblance = None, None
    row.save(update_fields=["first", "version", "is_newest", "resembles", "resemblance"])
    for place, version in enumerate(own, number + 1):
        Document.objects.filter(pk=version.pk).update(first=members[0], version=place)
    keep("document", [row.code, *Document.objects.filter(Q(first=family) | Q(pk=family)).values_list("code", flat=True)])
    trail.record(verb="make_version", target=f"document:{row.code}:{members[0].code}", by=by)
    return row


@transaction.atomic
def set_apart(*, document: Document, by: User) -> None:
    """It is another document, however alike; said again, nothing changes."""
    row = _locked(document)
    if row.resembles is not None:
        row.resembles, row.resemblance = None, None
        row.save(update_fields=["resembles", "resemblance"])
        trail.record(verb="set_document_apart", target=f"document:{row.code}", by=by)


@transaction.atomic
def undo_version(*, document: Document, by: User) -> None:
    """It is a document of its own again, and resembles the one whose version it was. Raises NotNow unless it is the newest version."""
    row = _locked(document)
    if row.first is None or not row.is_newest:
        raise NotNow
    later = Document.objects.filter(first=row.first).exclude(pk=row.pk)
    earlier = later.order_by("-version").first() or row.first
    Document.objects.filter(pk=earlier.pk).update(is_newest=True)
    row.first, row.version, row.resembles = None, 1, earlier
    row.resemblance = share(runs_of(body_of(row)), runs_of(body_of(earlier)))
    row.save(update_fields=["first", "version", "resembles", "resemblance"])
    keep("document", [row.code, earlier.code])
    trail.record(verb="undo_version", target=f"document:{row.code}", by=by)


def leave_family(row: Document) -> None:
    """Takes a document out of its row of versions, where the others close up; it resembles the one before it.

    By `update`, which does not index the whole text of what goes: the caller brings its entry up to date.
    """
    before = row.first
    others = Document.objects.filter(first=row.first or row).exclude(pk=row.pk).order_by("version")
    later = list(others.select_for_update(of=("self",)).filter(version__gt=row.version))
    if row.first is None and later:
        first, number = later.pop(0), 2
        Document.objects.filter(pk=first.pk).update(first=None, version=1)
    else:
        first, number = row.first or row, row.version
        before = others.filter(version__lt=row.version).last() or row.first
    for place, version in enumerate(later, number):
        Document.objects.filter(pk=version.pk).update(first=first, version=place)
    if before is not None and row.is_newest:
        Document.objects.filter(pk=before.pk).update(is_newest=True)
    row.first, row.version, row.resembles, row.resemblance = None, 1, before, None
    Document.objects.filter(pk=row.pk).update(first=None, version=1, resembles=before, resemblance=None)
    keep("document", [before.code] if before is not None else [])


def _locked(document: Document) -> Document:
    return Document.objects.select_for_update(of=("self",)).select_related("resembles", "first").get(pk=document.pk)
