"""The papers of a point: out of the library, or brought in as files; versions in other languages stand together."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _

from kenesh.council import actions
from kenesh.council.actions import Refused
from kenesh.council.forms.laying import BringPapersForm, FromLibraryForm
from kenesh.council.models import AgendaItem
from kenesh.council.queries.laying import documents_called, on_the_way
from kenesh.council.queries.meetings import item_of, meeting_to_keep, papers_of
from kenesh.council.rules import Permission
from kenesh.kernel.access import requires
from kenesh.kernel.uploads import MOST_BYTES, takes_files_of
from kenesh.library.actions import MOST_FILES
from kenesh.people.middleware import person_of


@takes_files_of(MOST_FILES * MOST_BYTES + 2**20)
@requires(Permission.KEEP_MEETINGS)
def papers(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """`?q=`: words of the name of a document that is looked for."""
    meeting = meeting_to_keep(person_of(request), code)
    item = item_of(meeting, pk)
    laid, what = papers_of(item), request.POST.get("do", "")
    words = request.GET.get("q", "")[:100]
    chosen = FromLibraryForm(
        request.POST if what == "lay" else None, found=documents_called(words), papers=laid, auto_id="lay_%s"
    )
    brought = BringPapersForm(
        request.POST if what == "bring" else None, request.FILES if what == "bring" else None, papers=laid, auto_id="bring_%s"
    )
    form = {"lay": chosen, "bring": brought}.get(what)
    if request.method == "POST" and _done(request, item, what, chosen, brought):
        return HttpResponseRedirect(request.path)
    context: dict[str, Any] = {
        "meeting": meeting, "item": item, "waiting": on_the_way(item), "words": words,
        "chosen": chosen, "brought": brought, "form": form,
    }  # fmt: skip
    return render(request, "council/work_item_papers.html", context)


def _done(request: HttpRequest, item: AgendaItem, what: str, chosen: FromLibraryForm, brought: BringPapersForm) -> bool:
    """Whether the button did what it says; else the form says why not."""
    user, rows = person_of(request), list(item.document_rows.all())
    match what:
        case "lay" if chosen.is_valid():
            beside = chosen.row_of(rows)
            for document in chosen.chosen():
                if not _tried(request, lambda: actions.lay_paper(item=item, document=document, beside=beside, by=user)):  # noqa: B023  # called at once
                    break
        case "bring" if brought.is_valid():
            said = brought.cleaned_data
            try:
                _tried(
                    request,
                    lambda: actions.bring_papers(
                        item=item, files=brought.brought(), key=said["key"], together=said["together"],
                        beside=brought.row_of(rows), by=user,
                    ),
                    _("The files are read in the background. Each is laid before the meeting when it is read."),
                )  # fmt: skip
            except OSError:
                brought.add_error(None, _("The disk of this node takes nothing more. Tell its administrator, then try again."))
                return False
        case "off":
            for row in rows:
                if row.document.code == request.POST.get("code", ""):
                    _tried(request, lambda: actions.take_paper_off(item=item, document=row.document, by=user))  # noqa: B023  # called at once
        case "forget":
            _tried(request, lambda: actions.forget_brought(item=item, by=user))
        case _:
            return False
    return True


def _tried(request: HttpRequest, action: Callable[[], object], said: str = "") -> bool:
    try:
        action()
    except Refused as why:
        messages.error(request, str(why))
        return False
    messages.success(request, said or _("Saved."))
    return True
