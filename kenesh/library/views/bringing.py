"""Bringing documents in, and watching how they are read."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from kenesh.kernel.access import requires
from kenesh.kernel.downloads import download
from kenesh.kernel.uploads import MOST_BYTES, takes_files_of
from kenesh.library import actions, originals
from kenesh.library.forms import BringForm
from kenesh.library.models import Batch
from kenesh.library.queries.batches import batch_of, original_of
from kenesh.library.rules import Permission
from kenesh.people.middleware import person_of


@takes_files_of(actions.MOST_FILES * MOST_BYTES + 2**20)
@requires(Permission.KEEP_LIBRARY)
@require_http_methods(["GET", "HEAD", "POST"])
def bring(request: HttpRequest) -> HttpResponse:
    """Files or a copied text; they are read in the background."""
    form = BringForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            batch = actions.bring(files=form.brought(), key=form.cleaned_data["key"], by=person_of(request))
        except OSError:
            form.add_error(None, _("The disk of this node takes nothing more. Tell its administrator, then try again."))
        else:
            return HttpResponseRedirect(reverse("library_work:batch", args=[batch.code]))
    return render(request, "library/bring.html", {"form": form})


@requires(Permission.KEEP_LIBRARY)
@require_http_methods(["GET", "HEAD", "POST"])
def batch(request: HttpRequest, code: str) -> HttpResponse:
    """How far the reading has come, file by file; stop and resume."""
    progress = batch_of(code)
    if request.method == "POST":
        wish = request.POST.get("do", "")
        act = {"stop": actions.stop, "resume": actions.resume}.get(wish)
        if wish == "take_out":
            _take_out(request, progress.batch)
        elif act is None:
            messages.error(request, _("Choose one of the buttons."))
        else:
            act(batch=progress.batch, by=person_of(request))
        return HttpResponseRedirect(reverse("library_work:batch", args=[code]))
    return render(request, "library/batch.html", {"progress": progress, "batch": progress.batch})


def _take_out(request: HttpRequest, batch: Batch) -> None:
    gone, hidden = actions.take_out_batch(batch=batch, by=person_of(request))
    said = ngettext(
        "%(number)d document is taken out of the library.", "%(number)d documents are taken out of the library.", gone
    )
    messages.success(request, said % {"number": gone})
    if hidden:
        said = ngettext(
            "%(number)d document is hidden. It is not deleted, because something on this node points to it.",
            "%(number)d documents are hidden. They are not deleted, because something on this node points to them.",
            hidden,
        )
        messages.warning(request, said % {"number": hidden})


@requires(Permission.KEEP_LIBRARY)
@require_safe
def original(request: HttpRequest, code: str) -> HttpResponseBase:
    """The file as it came, as a download that no browser runs."""
    document = original_of(code)
    data = originals.content(document.original)
    return download(
        iter([data]), name=document.file_name.rpartition("/")[2] or "page", kind="application/octet-stream", size=len(data)
    )
