"""What changed between two versions of a document, and how well reading does."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from kenesh.kernel.access import requires
from kenesh.library import actions
from kenesh.library.models import Document
from kenesh.library.queries.checking import document_to_check
from kenesh.library.queries.quality import quality
from kenesh.library.queries.versions import changes_between, versions_of
from kenesh.library.rules import Permission
from kenesh.people.middleware import person_of


@requires(Permission.KEEP_LIBRARY)
@require_http_methods(["GET", "HEAD", "POST"])
def changes(request: HttpRequest, code: str) -> HttpResponse:
    """A document beside the one that it resembles, or beside the version before it; a person says which it is."""
    document, user = document_to_check(code), person_of(request)
    if request.method == "POST":
        wish = request.POST.get("do", "")
        try:
            if wish == "version":
                actions.make_version(document=document, by=user)
                messages.success(request, _("It is kept as a new version of the same document."))
            elif wish == "apart":
                actions.set_apart(document=document, by=user)
                return HttpResponseRedirect(reverse("library_work:review", args=[code]))
            elif wish == "undo":
                actions.undo_version(document=document, by=user)
        except actions.NotNow:
            messages.error(request, _("This was decided in the meantime. Look at the page again."))
        return HttpResponseRedirect(reverse("library_work:changes", args=[code]))
    versions = versions_of(document)
    earlier = document.resembles or _before(versions, document.pk)
    if earlier is None:
        raise Http404
    context = {"document": document, "earlier": earlier, "changes": changes_between(earlier, document), "versions": versions}
    return render(request, "library/changes.html", context)


def _before(versions: list[Document], pk: int) -> Document | None:
    """The version before this one."""
    places = [version.pk for version in versions]
    place = places.index(pk)
    return versions[place - 1] if place else None


@requires(Permission.KEEP_LIBRARY)
@require_safe
def quality_page(request: HttpRequest) -> HttpResponse:
    """Precision and recall by field and language, from the kept counts."""
    return render(request, "library/quality.html", {"quality": quality(request.GET.get("language", ""))})
