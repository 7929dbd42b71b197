"""What changed last, as Atom feeds (RFC 4287)."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from kenesh.followup import queries
from kenesh.followup.views.reading import chosen_filters
from kenesh.kernel.access import public


@public("what changed in published recommendations, as it stands on their pages")
@require_safe
def feed_of_list(request: HttpRequest) -> HttpResponse:
    """Of all, or of those that the filters in the address leave."""
    _form, filters = chosen_filters(request)
    address = reverse("followup:list") + (f"?{request.GET.urlencode()}" if request.GET else "")
    return _feed(request, _("Recommendations"), address, queries.newest_changes(filters.keys))


@public("what changed in a published recommendation, as it stands on its page")
@require_safe
def feed_of_one(request: HttpRequest, code: str) -> HttpResponse:
    """Of one recommendation."""
    recommendation = queries.recommendation_for_public(code)
    title = _("Recommendation %(code)s") % {"code": code}
    address = reverse("followup:recommendation", args=[code])
    return _feed(request, title, address, queries.versions_of(recommendation)[: queries.FEED])


def _feed(request: HttpRequest, title: str, address: str, changes: list[queries.Change]) -> HttpResponse:
    feed = Atom1Feed(
        title=f"{title} – {settings.NODE_NAME}",
        link=f"{settings.ADDRESS}{address}",
        description=None,
        language=get_language(),
        feed_url=f"{settings.ADDRESS}{request.get_full_path()}",
    )
    for change in changes:
        one, version = change.recommendation, change.version
        feed.add_item(
            title=change.title,
            link=f"{settings.ADDRESS}{reverse('followup:version', args=[one.code, version.number])}",
            description=one.text.in_language(),
            updateddate=version.made_at,
            author_name=one.body.name.in_language(),
        )
    response = HttpResponse(content_type=feed.content_type)
    feed.write(response, "utf-8")
    return response
