"""The pages of a body's people: its secretary keeps recommendations, its members read them."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from kenesh.followup import actions, queries
from kenesh.followup.forms import RecommendationForm, VerdictForm
from kenesh.followup.models import Addressee, Recommendation, Status
from kenesh.followup.queries import withdrawing
from kenesh.followup.queries.shadows import told_of_findings
from kenesh.followup.rules import Permission, bodies_kept_by
from kenesh.kernel.access import requires
from kenesh.people.middleware import person_of
from kenesh.people.queries import spelled_among


def to_cockpit(recommendation: Recommendation) -> HttpResponse:
    return HttpResponseRedirect(reverse("followup_work:recommendation", args=[recommendation.code]))


def say_who_is_told(request: HttpRequest, recommendation: Recommendation) -> None:
    """After fault was found: that the addressees may reply, and whom no e-mail reaches."""
    asked = list(told_of_findings(recommendation))
    untold = [one for one in asked if not one.organisation.mailbox]
    if len(untold) < len(asked) == recommendation.addressees.current().count():
        words = _(
            "It finds fault. The addressees get an e-mail, so that they can reply before it is published. Whose link works no more "
            "needs a new letter."
        )
    else:
        words = _("It finds fault, so the addressees may reply before it is published.")
    messages.warning(request, words)
    say_who_is_untold(request, untold)


def say_who_is_untold(request: HttpRequest, untold: list[Addressee]) -> None:
    """To whom the secretary must write herself that fault was found, or that it is taken back."""
    if untold:
        names = "; ".join(str(one) for one in untold)
        messages.warning(request, _("We have no e-mail address of these. Tell them by letter:") + f" {names}")


@requires(Permission.SEE_RECOMMENDATIONS)
def work_list(request: HttpRequest) -> HttpResponse:
    """Recommendations of my bodies, under a tab for each status."""
    user, asked, body = person_of(request), request.GET.get("status", ""), request.GET.get("body", "")
    status = asked if asked in Status.values else Status.OVERDUE.value
    counts = queries.tab_counts(user, body=body)
    if not asked and not counts[status]:
        status = Status.WAITING.value
    page = queries.work_list(user, status=status, body=body, after=request.GET.get("after", ""))
    tabs = [{"status": one.value, "label": one.label, "count": counts[one.value]} for one in Status]
    context = {
        "page": page,
        "tabs": tabs,
        "status": status,
        "bodies": queries.bodies_read(user),
        "body": body,
        "may_add": bool(bodies_kept_by(user)),
    }
    return render(request, "followup/work_list.html", context)


@requires(Permission.SEE_RECOMMENDATIONS)
def cockpit(request: HttpRequest, code: str) -> HttpResponse:
    """All that belongs to one recommendation."""
    user = person_of(request)
    recommendation = queries.recommendation_to_read(user, code)
    keeps = recommendation.body_id in bodies_kept_by(user)
    asked = recommendation.addressees.values_list("organisation", flat=True)
    context = {
        "page": queries.cockpit(recommendation),
        "recommendation": recommendation,
        "keeps": keeps,
        "spelled": spelled_among(user, asked) if keeps else set(),
        "mistakes": withdrawing.mistakes_of(recommendation),
    }
    return render(request, "followup/cockpit.html", context)


@requires(Permission.KEEP_RECOMMENDATIONS)
def add(request: HttpRequest) -> HttpResponse:
    """A recommendation of a round table, a UN committee: of no decision of ours."""
    user = person_of(request)
    form = RecommendationForm(request.POST or None, bodies=bodies_kept_by(user))
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        made = actions.add_recommendation(
            body=data["body"],
            text=data["text"],
            source_text=data["source"],
            addressees=data["addressees"],
            problem=data["problem"],
            due=data["due"],
            source_kind=data["source_kind"],
            key=data["key"],
            by=user,
        )
        messages.success(request, _("The recommendation is added. Only your body can see it until you publish it."))
        return to_cockpit(made)
    return render(request, "followup/edit.html", {"form": form, "recommendation": None})


@requires(Permission.KEEP_RECOMMENDATIONS)
def edit(request: HttpRequest, code: str) -> HttpResponse:
    """Changes what is asked, of whom, by when."""
    user = person_of(request)
    recommendation = queries.recommendation_to_keep(user, code)
    form = RecommendationForm(request.POST or None, bodies=bodies_kept_by(user), recommendation=recommendation)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            untold = actions.edit_recommendation(
                recommendation=recommendation,
                text=data.get("text", recommendation.text),
                source_text=data.get("source", recommendation.source_text),
                addressees=data["addressees"],
                problem=data["problem"],
                due=data["due"],
                source_kind=data.get("source_kind", recommendation.source_kind),
                by=user,
            )
        except actions.HasHistory:
            form.add_error("addressees", _("An organisation that has a letter, a link or an answer must stay."))
        else:
            messages.success(request, _("The changes are saved."))
            say_who_is_untold(request, untold)
            return to_cockpit(recommendation)
    return render(request, "followup/edit.html", {"form": form, "recommendation": recommendation})


@requires(Permission.KEEP_RECOMMENDATIONS)
@require_POST
def publish(request: HttpRequest, code: str) -> HttpResponse:
    """Shows the recommendation to everybody, or takes it back."""
    user = person_of(request)
    recommendation = queries.recommendation_to_keep(user, code)
    if request.POST.get("public") == "yes":
        untold = actions.publish(recommendation=recommendation, by=user)
        messages.success(request, _("Everybody can read this recommendation now."))
        say_who_is_untold(request, untold)
    else:
        actions.unpublish(recommendation=recommendation, by=user)
        messages.success(request, _("Only your body can read this recommendation now."))
    return to_cockpit(recommendation)


@requires(Permission.KEEP_RECOMMENDATIONS)
def judge(request: HttpRequest, code: str) -> HttpResponse:
    """What the body found when it looked for itself."""
    user = person_of(request)
    recommendation = queries.recommendation_to_keep(user, code)
    form = VerdictForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        verdict = actions.judge(
            recommendation=recommendation,
            judgement=data["judgement"],
            text=data["text"],
            judged_on=data["judged_on"],
            proof=actions.Proof(data["evidence_url"], data["evidence_text"], data["evidence_document"]),
            key=data["key"],
            by=user,
        )
        messages.success(request, _("The judgement is saved. Only your body can see it until you publish it."))
        if verdict.is_critical:
            say_who_is_told(request, recommendation)
        return to_cockpit(recommendation)
    context = {"form": form, "recommendation": recommendation, "days": actions.DAYS_TO_REPLY}
    return render(request, "followup/judge.html", context)
