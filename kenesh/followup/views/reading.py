"""What everybody may read."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from kenesh.followup import linked, queries
from kenesh.followup.forms import FilterForm
from kenesh.followup.models import Recommendation, Status
from kenesh.followup.spreadsheets.writing import MOST_ROWS
from kenesh.kernel.access import public
from kenesh.people.models import Organisation
from kenesh.people.queries import raise_if_joined
from kenesh.problems.queries import OPEN_TO_ALL

# What the small page may do: stand in a frame of others. It has no script, no form and no connection.
FRAMED = {"frame-ancestors": ["*"], "script-src": None, "connect-src": None, "form-action": None}


def chosen_filters(request: HttpRequest) -> tuple[FilterForm, queries.Filters]:
    """The filters in the address; what cannot be chosen is left out. Raises JoinedInto for an addressee that has another code now."""
    offered = queries.offered(request.GET.get("theme", ""))
    form = FilterForm(
        request.GET or None,
        organisations=offered.organisations,
        bodies=offered.bodies,
        countries=offered.countries,
        themes=offered.themes,
        sources=offered.sources,
    )
    if not form.is_valid() and "addressee" in form.errors:
        raise_if_joined(Organisation.objects.filter(pk__in=[row.pk for row in offered.organisations]), request.GET["addressee"])
    chosen = getattr(form, "cleaned_data", {})
    return form, queries.Filters(**{name: chosen.get(name) or "" for name in queries.Filters.__dataclass_fields__})


@public("shows only recommendations that their bodies published")
@require_safe
def recommendation_list(request: HttpRequest) -> HttpResponse:
    """Recommendations, with what came of each."""
    form, filters = chosen_filters(request)
    today = timezone.localdate()
    few = queries.few(filters.keys, today)
    counts = queries.counts_by_status(filters.keys, today, few)
    told = [one for one in Status if one != Status.OVERDUE or queries.tells_late(today, filters.body)]
    tabs = [{"status": one.value, "label": one.label, "count": counts[one.value]} for one in told]
    context = {
        "filter": form,
        "filters": filters,
        "filtered": filters != queries.Filters(),
        "tabs": tabs,
        "count": sum(counts.values()),
        "page": queries.public_list(filters, after=request.GET.get("after", ""), read=few),
        "most_in_file": MOST_ROWS,
        "boards": queries.open_scoreboards(today),
    }
    return render(request, "followup/list.html", context)


@public("shows a published recommendation, and of its answers and verdicts only what the body published")
@require_safe
def recommendation_page(request: HttpRequest, code: str) -> HttpResponse:
    """What was asked, of whom, what came back, what was done, and what the body found."""
    page = queries.public_page(code)
    recommendation = page.recommendation
    problem = recommendation.problem
    shown = problem if problem and problem.status in OPEN_TO_ALL else None
    decision = recommendation.decision if recommendation.decision and recommendation.decision.is_public else None
    version = queries.newest_version(recommendation)
    context = {
        "page": page,
        "recommendation": recommendation,
        "problem": shown,
        "decision": decision,
        "version": version,
        "linked": linked.recommendation(
            page,
            decision=decision.code if decision else "",
            problem=shown.code if shown else "",
            version=version.number if version else None,
        ),
        "address": _address("followup:recommendation", recommendation),
        "embedded": _address("followup:embed", recommendation),
        "today": timezone.localdate(),
    }
    return render(request, "followup/recommendation.html", context)


def _address(name: str, recommendation: Recommendation) -> str:
    return f"{settings.ADDRESS}{reverse(name, args=[recommendation.code])}"


@public("shows when the public record of a published recommendation changed")
@require_safe
def version_list(request: HttpRequest, code: str) -> HttpResponse:
    """Every version of the public record."""
    recommendation = queries.recommendation_for_public(code)
    context = {"recommendation": recommendation, "changes": queries.versions_of(recommendation)}
    return render(request, "followup/versions.html", context)


@public("shows what the public record of a published recommendation said, without what was made internal since")
@require_safe
def version_page(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """One version, at an address that stays."""
    recommendation = queries.recommendation_for_public(code)
    old = queries.old_record(recommendation, number)
    context = {"recommendation": recommendation, "old": old, "record": old.change.version.record}
    return render(request, "followup/version.html", context)


@public("shows the state of a published recommendation on pages of others; it has no form and no script")
@require_safe
def embed(request: HttpRequest, code: str) -> HttpResponse:
    """A small page that others may show in a frame."""
    page = queries.public_page(code)
    context = {
        "page": page,
        "recommendation": page.recommendation,
        "address": _address("followup:recommendation", page.recommendation),
    }
    response = render(request, "followup/embed.html", context)
    response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    response.xframe_options_exempt = True
    response._csp_replace = FRAMED  # type: ignore[attr-defined]  # django-csp's hook
    return response
