"""Votes that somebody writes down: the secretary what each seat chose, and who leads what tellers counted in an urn."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from kenesh.council import actions
from kenesh.council.actions import Refused
from kenesh.council.forms.paper import PapersForm, RoundVotesForm
from kenesh.council.forms.votes import VotesForm
from kenesh.council.models import Ballot, Meeting
from kenesh.council.queries import meetings as queries
from kenesh.council.queries import seats
from kenesh.council.rules import Permission
from kenesh.kernel.access import requires
from kenesh.people.middleware import person_of


def place_of(meeting: Meeting, ballot: Ballot) -> str:
    """The address of the part of a page where the ballot stands."""
    if ballot.election is not None:
        return reverse("council_work:election", args=[meeting.code, ballot.election.code])
    if ballot.amendment is not None:
        page = reverse("council_work:proposal", args=[meeting.code, ballot.motion.code])
        return f"{page}#amendment-{ballot.amendment.code}"
    return reverse("council_work:meeting", args=[meeting.code]) + f"#proposal-{ballot.motion.code}"


@requires(Permission.KEEP_MEETINGS)
def votes(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """The secretary writes the votes that she heard in the room, or that stand on papers with names."""
    user = person_of(request)
    meeting = queries.meeting_to_keep(user, code)
    ballot = queries.ballot_of(meeting, pk)
    if ballot.is_secret:
        raise Http404
    kind = VotesForm if ballot.election_id is None else RoundVotesForm
    form = kind(request.POST or None, seats=seats.sitting(meeting), ballot=ballot)
    if request.method == "POST" and form.is_valid():
        try:
            actions.enter_votes(ballot=ballot, choices=form.choices_made(), by=user)
        except Refused as why:
            form.add_error(None, str(why))
        else:
            messages.success(request, _("The votes are written down."))
            return HttpResponseRedirect(place_of(meeting, ballot))
    context = {
        "form": form, "meeting": meeting, "ballot": ballot, "members": seats.member_ids(meeting), "back": place_of(meeting, ballot),
    }  # fmt: skip
    return render(request, "council/work_votes.html", context)


@requires(Permission.TAKE_PART)
def papers(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """What the tellers counted: entering it closes a vote on paper."""
    user = person_of(request)
    meeting = queries.meeting_to_lead(user, code)
    ballot = queries.ballot_of(meeting, pk)
    if not ballot.on_paper:
        raise Http404
    if not ballot.is_open:
        return HttpResponseRedirect(place_of(meeting, ballot))
    form = PapersForm(request.POST or None, ballot=ballot)
    if request.method == "POST" and form.is_valid():
        try:
            actions.count_papers(
                ballot=ballot, papers=form.papers(), votes=form.votes(), rankings=form.cleaned_data.get("rankings", []), by=user
            )
        except Refused as why:
            form.add_error(None, str(why))
        else:
            messages.success(request, _("The vote is closed."))
            return HttpResponseRedirect(place_of(meeting, ballot))
    states = sorted(seats.states_of(meeting, seats.member_ids(meeting))) if ballot.by_states else []
    context = {"form": form, "meeting": meeting, "ballot": ballot, "states": states, "back": place_of(meeting, ballot)}
    return render(request, "council/work_papers.html", context)
