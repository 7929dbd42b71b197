"""What changed last, as Atom feeds (RFC 4287)."""

from __future__ import annotations

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from kenesh.followup import queries
from kenesh.followup.views.reading import chosen_filters
from kenesh.kernel.access import public
from kenesh.kernel.feeds import ENTRIES, Entry, as_atom


@public("what changed in published recommendations, as it stands on their pages")
@require_safe
def feed_of_list(request: HttpRequest) -> HttpResponseBase:
    """Of all, or of those that the filters in the address leave."""
    _form, filters = chosen_filters(request)
    page = reverse("followup:list") + (f"?{request.GET.urlencode()}" if request.GET else "")
    changes = queries.newest_changes(filters.keys, ENTRIES)
    return as_atom(request, title=_("Recommendations"), page=page, entries=map(_entry, changes))


@public("what changed in a published recommendation, as it stands on its page")
@require_safe
def feed_of_one(request: HttpRequest, code: str) -> HttpResponseBase:
    """Of one recommendation."""
    changes = queries.versions_of(queries.recommendation_for_public(code))
    title = _("Recommendation %(code)s") % {"code": code}
    return as_atom(request, title=title, page=reverse("followup:recommendation", args=[code]), entries=map(_entry, changes))


def _entry(change: queries.Change) -> Entry:
    one, version = change.recommendation, change.version
    address = reverse("followup:version", args=[one.code, version.number])
    name = f"{one.code}:{version.number}"
    return Entry(
        "recommendation", name, change.title, one.text.in_language(), address, version.made_at, one.body.name.in_language()
    )
