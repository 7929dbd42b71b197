"""Following by e-mail: no account, one letter to confirm, one press to stop."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from kenesh.followup import actions, queries, tasks
from kenesh.followup.actions import following as wishes
from kenesh.followup.forms import FollowForm
from kenesh.followup.models import Following, Recommendation
from kenesh.followup.views.reading import chosen_filters
from kenesh.kernel.access import public


@public("keeps an address sealed, and only until nobody confirms it or it is stopped; says nothing of who follows")
@require_http_methods(["GET", "HEAD", "POST"])
def follow(request: HttpRequest) -> HttpResponse:
    """One recommendation (`of` in the address), or those that the filters in the address leave; whatever came of them: what one waits
    to hear of is that this changes."""
    one, filters = _wanted(request)
    form = FollowForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        keys = "" if one else " ".join(sorted(filters.keys))
        address, language = form.cleaned_data["email"], get_language() or "en"
        try:
            wish = actions.follow(address=address, language=language, recommendation=one, keys=keys)
        except actions.TooManyLetters:
            form.add_error(None, _("Very many people asked for letters in this hour. Please come back later."))
        else:
            if wish is not None:
                tasks.send_confirmation.enqueue(wish.pk)
            return render(request, "followup/follow_sent.html", {"one": one})
    context = {"form": form, "one": one, "narrowed": filters.keys != queries.Filters().keys}
    return render(request, "followup/follow.html", context, status=422 if form.errors else 200)


def _wanted(request: HttpRequest) -> tuple[Recommendation | None, queries.Filters]:
    """Raises Http404 for a recommendation that is not public."""
    if code := request.GET.get("of", ""):
        return queries.recommendation_for_public(code), queries.Filters()
    return None, chosen_filters(request)[1]


def _wish(token: str, purpose: str) -> Following:
    found = wishes.following_of(token, purpose)
    if found is None:
        raise Http404
    return found


@public("only who has the letter has its link; it shows no address")
@require_http_methods(["GET", "HEAD", "POST"])
def confirm(request: HttpRequest, token: str) -> HttpResponse:
    """The link of the first letter. A press confirms: programs that look through letters follow links, but press nothing."""
    wish = _wish(token, wishes.CONFIRM)
    if request.method == "POST":
        wishes.confirm(following=wish)
    return render(request, "followup/follow_confirm.html", {"wish": wish})


@public("only who has a letter has its link; it takes letters away and shows no address")
@require_http_methods(["GET", "HEAD", "POST"])
def stop(request: HttpRequest, token: str) -> HttpResponse:
    """The link of every letter; mail programs press it by themselves (RFC 8058), so it asks for no token of a form."""
    wish = _wish(token, wishes.STOP)
    stopped = request.method == "POST"
    if stopped:
        wishes.stop(following=wish)
    return render(request, "followup/follow_stop.html", {"stopped": stopped})


stop.csrf_exempt = True  # type: ignore[attr-defined]  # Django's hook; the link itself is the secret
