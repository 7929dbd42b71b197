"""Pages of those who add words to the thesaurus."""

from __future__ import annotations

import json
from datetime import date

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kenesh.kernel.access import holds, requires
from kenesh.themes import actions, queries, thesaurus, turtle
from kenesh.themes.forms import ProposeForm
from kenesh.themes.models import Proposal
from kenesh.themes.rules import Permission


@requires(Permission.PROPOSE_LABEL)
@require_safe
def work_list(request: HttpRequest) -> HttpResponse:
    """Proposals that wait, are in use or were rejected."""
    status = request.GET.get("status", Proposal.Status.WAITING)
    if status not in Proposal.Status.values:
        raise Http404
    page = queries.proposals(status=status, before=request.GET.get("before", ""))
    me = request.user.trail_name  # type: ignore[union-attr]  # the mark lets in nobody without an account
    decides = holds(request.user, Permission.DECIDE_LABEL)
    waiting = status == Proposal.Status.WAITING
    context = {
        "rows": [
            {
                "proposal": row,
                "known": row.concept in thesaurus.concepts(),
                "language": queries.LANGUAGE_NAMES.get(row.language, row.language),
                "mine": row.proposed_by == me,
                "decidable": waiting and decides and row.proposed_by != me,
                "removable": status == Proposal.Status.CONFIRMED and decides and row.proposed_by != me,
            }
            for row in page.rows
        ],
        "before": page.before,
        "status": status,
        "tabs": Proposal.Status.choices,
        "languages": [(code, queries.LANGUAGE_NAMES[code]) for code in turtle.LANGUAGES] if status == "confirmed" else [],
    }
    return render(request, "themes/work_list.html", context)


@requires(Permission.PROPOSE_LABEL)
@require_http_methods(["GET", "HEAD", "POST"])
def propose(request: HttpRequest) -> HttpResponse:
    """A word for a concept. The address may carry some of it to begin with."""
    begun = {name: request.GET[name] for name in ("concept", "language", "text") if name in request.GET}
    form = ProposeForm(request.POST or None, initial=begun)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            actions.propose_label(
                concept=given["concept"],
                language=given["language"],
                text=given["text"],
                kind=Proposal.Kind(given["kind"]),
                today=timezone.localdate(),
                by=request.user,  # type: ignore[arg-type]  # the mark lets in nobody without an account
            )
        except actions.AlreadyThere:
            form.add_error("text", _("This theme has the word already, or somebody has proposed it."))
        except actions.NameTaken as taken:
            form.add_error("text", _taken(taken))
        else:
            messages.success(request, _("The word was proposed. Another person decides on it."))
            return HttpResponseRedirect(reverse("themes_work:list"))
    return render(request, "themes/propose.html", {"form": form})


def _taken(error: actions.NameTaken) -> str:
    text = _("Another theme has this name: %(theme)s. Propose it as one more word, or choose another name.")
    return text % {"theme": thesaurus.label(error.concept, get_language() or "ru")}


@requires(Permission.DECIDE_LABEL)
@require_POST
def confirm(request: HttpRequest, code: str) -> HttpResponse:
    """The word is used from now on."""
    proposal = queries.proposal_to_decide(code)
    try:
        actions.confirm_label(proposal=proposal, today=timezone.localdate(), by=request.user)  # type: ignore[arg-type]  # as above
    except actions.OwnProposal:
        messages.error(request, _own())
    except actions.AlreadyDecided:
        messages.error(request, _decided())
    except actions.AlreadyThere:
        messages.error(request, _("The theme has this word already. You can reject the proposal."))
    except actions.NameTaken as taken:
        messages.error(request, _taken(taken))
    else:
        messages.success(
            request, _("The word is in use within a minute. What is in the search already is found by it within six hours.")
        )
    return HttpResponseRedirect(reverse("themes_work:list"))


@requires(Permission.DECIDE_LABEL)
@require_POST
def reject(request: HttpRequest, code: str) -> HttpResponse:
    """The word is not used, or no more."""
    proposal = queries.proposal_to_decide(code)
    act = actions.withdraw_label if "in_use" in request.POST else actions.reject_label
    try:
        act(proposal=proposal, today=timezone.localdate(), by=request.user)  # type: ignore[arg-type]  # as above
    except actions.OwnProposal:
        messages.error(request, _own())
    except actions.AlreadyDecided:
        messages.error(request, _decided())
    else:
        said = _("The word is taken out of use.") if "in_use" in request.POST else _("The proposal was rejected.")
        messages.success(request, said)
    return HttpResponseRedirect(reverse("themes_work:list"))


def _own() -> str:
    return _("You proposed this word yourself. Another person decides on it.")


def _decided() -> str:
    return _("Somebody else has decided on this word already.")


@requires(Permission.PROPOSE_LABEL)
@require_safe
def words(request: HttpRequest) -> HttpResponse:
    """What people searched for and no concept knows, month by month."""
    months = queries.months_of_unknown_words()
    wanted = request.GET.get("month", "")
    try:
        month = date.fromisoformat(f"{wanted}-01") if wanted else next(iter(months), None)
    except ValueError:
        raise Http404 from None
    context = {
        "months": months,
        "month": month,
        "rows": [(row, queries.LANGUAGE_NAMES.get(row.language, "")) for row in (queries.unknown_words(month) if month else ())],
        "shown_from": queries.SHOWN_FROM,
    }
    return render(request, "themes/words.html", context)


@requires(Permission.PROPOSE_LABEL)
@require_safe
def export(request: HttpRequest) -> HttpResponse:
    """Confirmed words of one language as a file that joins the source of the thesaurus."""
    language = request.GET.get("language", "ru")
    if language not in turtle.LANGUAGES:
        raise Http404
    text = json.dumps(queries.confirmed_for_source(language), ensure_ascii=False, indent=1, sort_keys=True)
    response = HttpResponse(f"{text}\n", content_type="application/json")
    response["Content-Disposition"] = f'attachment; filename="themes-{language}.json"'
    return response
