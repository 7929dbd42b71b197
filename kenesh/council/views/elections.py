"""Pages of an election: it is called, names are proposed and accepted, rounds of votes, its protocol."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from kenesh.council import actions
from kenesh.council.actions import Refused
from kenesh.council.forms.ballots import ElectionForm, NominationForm
from kenesh.council.forms.votes import VotePaper
from kenesh.council.models import Candidate, Election, Meeting
from kenesh.council.queries import elections, seats
from kenesh.council.queries import meetings as queries
from kenesh.council.rules import Permission, keeps, leads, own_memberships
from kenesh.kernel.access import requires
from kenesh.kernel.middleware import holds_secret
from kenesh.people.middleware import person_of
from kenesh.people.models import User

OF_THE_LEADER = ("open", "open_paper", "close", "consensus", "seat", "give_up")


@requires(Permission.TAKE_PART)
def new_election(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """Whoever leads the meeting puts an election under a point."""
    user = person_of(request)
    meeting = queries.meeting_to_see(user, code)
    if not leads(user, meeting):
        raise Http404
    item = queries.item_of(meeting, pk)
    form = ElectionForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            election = actions.call_election(
                item=item, office=said["office"], role=said["role"], seats=said["seats"], method=said["method"],
                is_secret=said["is_secret"], counted_by=said["counted_by"], quorum=said["quorum"], request_key=said["key"], by=user,
            )  # fmt: skip
        except Refused as why:
            form.add_error(None, str(why))
        else:
            messages.success(request, _("The election is called. Now names can be proposed."))
            return HttpResponseRedirect(reverse("council_work:election", args=[meeting.code, election.code]))
    return render(request, "council/work_election_form.html", {"form": form, "meeting": meeting, "item": item})


@requires(Permission.SEE_MEETINGS)
def election(request: HttpRequest, code: str, election: str) -> HttpResponse:
    """The course of an election, and its protocol when it is over."""
    user = person_of(request)
    meeting = queries.meeting_to_see(user, code)
    found = elections.election_of(meeting, election)
    if request.method == "POST":
        return _done(request, meeting, found, user)
    return _page(request, meeting, found, user)


def _nomination(request: HttpRequest, meeting: Meeting, user: User, *, sent: bool) -> NominationForm | None:
    """The form, for whoever may propose."""
    own, may = own_memberships(user, meeting), leads(user, meeting)
    if not own and not may:
        return None
    return NominationForm(request.POST if sent else None, seats=seats.sitting(meeting), own=own, leads=may)


def _page(
    request: HttpRequest, meeting: Meeting, found: Election, user: User, sent: NominationForm | None = None
) -> HttpResponse:
    own = own_memberships(user, meeting)
    course = elections.course(found, own)
    context = {
        "meeting": meeting,
        "course": course,
        "leads": leads(user, meeting),
        "is_secretary": keeps(user, meeting.body),
        "own": {seat.pk for seat in own},
        "form": sent,
        "nomination": sent or _nomination(request, meeting, user, sent=False),
        "papers": []
        if course.running and course.running.on_paper
        else [(mine, VotePaper.of(course, mine)) for mine in course.mine],
    }
    return render(request, "council/work_election.html", context)


def _done(request: HttpRequest, meeting: Meeting, found: Election, user: User) -> HttpResponse:
    wish = request.POST.get("do", "")
    if wish in OF_THE_LEADER and not leads(user, meeting):
        raise Http404
    if wish == "nominate":
        form = _nomination(request, meeting, user, sent=True)
        if form is None:
            raise Http404
        if not form.is_valid():
            return _page(request, meeting, found, user, form)
        said = form.cleaned_data
        deed = _then(
            _("The name is proposed."),
            lambda: actions.nominate(
                election=found, by=user, membership=said["seat"], name="" if said["seat"] else said["name"],
                nominated_by=said["nominated_by"],
            ),
        )  # fmt: skip
    elif wish == "vote":
        return _voted(request, meeting, found, user)
    else:
        deed = _deed(wish, request, found, user)
    try:
        messages.success(request, deed())
    except Refused as why:
        messages.error(request, str(why))
    return _back(meeting, found)


def _back(meeting: Meeting, found: Election) -> HttpResponseRedirect:
    return HttpResponseRedirect(reverse("council_work:election", args=[meeting.code, found.code]))


def _then(words: str, action: Callable[[], object]) -> Callable[[], str]:
    def deed() -> str:
        action()
        return words

    return deed


def _deed(wish: str, request: HttpRequest, found: Election, user: User) -> Callable[[], str]:
    """What a button does. Raises Http404."""
    match wish:
        case "accept" | "decline":
            candidate = _candidate(found, request.POST.get("pk", ""), user)
            accepted = wish == "accept"
            return _then(_("Noted."), lambda: actions.answer_nomination(candidate=candidate, accepted=accepted, by=user))
        case "open" | "open_paper":
            key, on_paper = request.POST.get("key", "")[:32], wish == "open_paper"
            return _then(
                _("The vote is open."),
                lambda: actions.open_round(election=found, by=user, on_paper=on_paper, request_key=key),
            )
        case "close":
            running = found.rounds.filter(closed_at=None).first()
            if running is None:
                raise Http404
            return _then(_("The vote is closed."), lambda: actions.close_ballot(ballot=running, by=user))
        case "consensus":
            return _then(_("Elected by consensus."), lambda: actions.elect_by_consensus(election=found, by=user))
        case "seat":
            return _then(_("The elected have their role now."), lambda: actions.seat_elected(election=found, by=user))
        case "give_up":
            return _then(_("The election is given up."), lambda: actions.give_up_election(election=found, by=user))
    raise Http404


def _candidate(found: Election, pk: str, user: User) -> Candidate:
    """Somebody who stands, for herself and for whoever leads."""
    candidate = found.candidates.filter(pk=pk).first() if pk.isdecimal() and len(pk) < 18 else None
    meeting = found.item.meeting
    if candidate is None or (not leads(user, meeting) and candidate.membership not in own_memberships(user, meeting)):
        raise Http404
    return candidate


def _voted(request: HttpRequest, meeting: Meeting, found: Election, user: User) -> HttpResponse:
    """One seat's vote: the account's own, or one that it holds."""
    course = elections.course(found, own_memberships(user, meeting))
    mine = next((one for one in course.mine if str(one.seat.pk) == request.POST.get("membership")), None)
    if mine is None or course.running is None:
        messages.error(request, _("This ballot is closed. Votes are no longer taken."))
        return _back(meeting, found)
    paper = VotePaper.of(course, mine, request.POST)
    if not paper.is_valid():
        messages.error(request, " ".join(str(error) for errors in paper.errors.values() for error in errors))
        return _back(meeting, found)
    sent = actions.Form(paper.cleaned_data["key"], paper.cleaned_data["seen"])
    try:
        number = actions.cast_vote(ballot=course.running, membership=mine.seat, choice=paper.choice, form=sent, by=user)
    except Refused as why:
        messages.error(request, str(why))
        return _back(meeting, found)
    if number:
        context = {"meeting": meeting, "ballot": course.running, "number": number}
        return holds_secret(render(request, "council/work_tracking.html", context))
    messages.success(request, _("Your vote is counted. You can change it until the vote is closed."))
    return _back(meeting, found)
