"""Around a ballot: votes that members gave to others, weights, and what is said of a result afterwards."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _

from kenesh.council import actions
from kenesh.council.actions import Refused
from kenesh.council.forms.ballots import ContestForm, ProxyForm, SettleForm, WeightsForm
from kenesh.council.forms.votes import KeyForm
from kenesh.council.models import Ballot, Meeting, VoteChoice
from kenesh.council.queries import elections, recounts, seats
from kenesh.council.queries import meetings as queries
from kenesh.council.queries import proxies as papers
from kenesh.council.rules import Permission, leads
from kenesh.kernel.access import requires
from kenesh.people.middleware import person_of
from kenesh.people.models import User
from kenesh.problems.models import new_request_key


@requires(Permission.KEEP_MEETINGS)
def proxies(request: HttpRequest, code: str) -> HttpResponse:
    """The papers with which members gave their votes for this meeting."""
    user = person_of(request)
    meeting = queries.meeting_to_keep(user, code)
    held = papers.of_meeting(meeting)
    ending = next((one for one in held if str(one.pk) == request.POST.get("end")), None)
    counting = seats.member_ids(meeting)
    members = [seat for seat in seats.sitting(meeting) if seat.pk in counting]
    form = ProxyForm(request.POST if request.method == "POST" and "end" not in request.POST else None, seats=members)
    try:
        if ending is not None:
            actions.revoke_proxy(proxy=ending, by=user)
            messages.success(request, _("The member votes herself again."))
            return HttpResponseRedirect(request.path)
        if form.is_valid():
            actions.register_proxy(meeting=meeting, by=user, **form.cleaned_data)
            messages.success(request, _("The paper is written down."))
            return HttpResponseRedirect(request.path)
    except Refused as why:
        if ending is not None:
            messages.error(request, str(why))
            return HttpResponseRedirect(request.path)
        form.add_error(None, str(why))
    return render(request, "council/work_proxies.html", {"meeting": meeting, "proxies": held, "form": form})


@requires(Permission.KEEP_MEETINGS)
def weights(request: HttpRequest, code: str) -> HttpResponse:
    """How many votes each seat has where votes are weighed."""
    user = person_of(request)
    meeting = queries.meeting_to_keep(user, code)
    sitting = seats.sitting(meeting)
    form = WeightsForm(request.POST or None, seats=sitting, weights=seats.weights(seat.pk for seat in sitting))
    if request.method == "POST" and form.is_valid():
        try:
            actions.set_weights(body=meeting.body, weights=form.chosen(), by=user)
        except Refused as why:
            form.add_error(None, str(why))
        else:
            messages.success(request, _("The weights are saved."))
            return HttpResponseRedirect(request.path)
    return render(request, "council/work_weights.html", {"meeting": meeting, "form": form})


@requires(Permission.SEE_MEETINGS)
def ballot(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """A closed ballot: its result, what was said of it; it can be contested, counted again, upheld or annulled."""
    user = person_of(request)
    meeting = queries.meeting_to_see(user, code)
    found = queries.ballot_of(meeting, pk)
    if found.is_open:
        raise Http404
    own, may_lead = seats.spoken_for(user, meeting), leads(user, meeting)
    wish = request.POST.get("do", "")
    contest = ContestForm(request.POST if wish == "contest" else None, seats=own)
    settle = SettleForm(request.POST if wish in {"uphold", "annul"} else None, auto_id="settle_%s")
    sent: forms.Form | None = {"contest": contest, "uphold": settle, "annul": settle}.get(wish)
    if request.method == "POST" and (sent is None or sent.is_valid()):
        try:
            messages.success(request, _done(request, wish, found, user, {} if sent is None else sent.cleaned_data))
        except Refused as why:
            messages.error(request, str(why))
        return HttpResponseRedirect(request.path)
    return render(request, "council/work_ballot.html", {
        **_shown(meeting, found), "leads": may_lead, "own": own, "contest": contest, "settle": settle, "form": sent,
    })  # fmt: skip


def _done(request: HttpRequest, wish: str, found: Ballot, user: User, said: dict[str, object]) -> str:
    """Does what the button says. Raises Refused, Http404."""
    match wish:
        case "recount":
            form = KeyForm(request.POST)
            key = form.cleaned_data["key"] if form.is_valid() else ""
            remark = actions.recount(ballot=found, by=user, request_key=key)
            return (
                _("Counted again: the same numbers.")
                if remark.same
                else _("Counted again: the numbers differ. Contest the vote.")
            )
        case "contest":
            seat = said["seat"]
            if seat is None:
                raise Http404
            actions.contest(ballot=found, membership=seat, words=str(said["words"]), by=user, request_key=str(said["key"]))  # type: ignore[arg-type]  # cleaned by SeatField
            return _("Your words are noted. The vote is shown as contested until the body decides.")
        case "uphold" | "annul":
            actions.settle_contest(ballot=found, annul=wish == "annul", words=str(said["words"]), by=user)
            return _("What the body decided is noted.")
    raise Http404


def _shown(meeting: Meeting, found: Ballot) -> dict[str, object]:
    labels = dict(VoteChoice.choices)
    again = recounts.again(found)
    numbers = [(labels.get(name, name), then, now) for name, then, now in again.numbers]
    context: dict[str, object] = {
        "meeting": meeting,
        "ballot": found,
        "remarks": recounts.remarks_on(found),
        "numbers": numbers,
        "key": new_request_key(),
        "held": [] if found.is_secret else recounts.given_by_proxy(found),
    }
    if found.election_id is None:
        return {**context, "result": seats.result_of(found)}
    names = {str(one.pk): str(one) for one in elections.options_of_ballot(found)}
    return {**context, "why": elections.reason(found, names)}
