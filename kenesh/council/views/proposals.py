"""Staff pages of proposals, positions, ballots, decisions and minutes."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from kenesh.council import actions
from kenesh.council.actions import Refused
from kenesh.council.forms.proposals import ProposalForm
from kenesh.council.forms.votes import BallotForm, VoteForm, opening
from kenesh.council.models import Ballot, Meeting, Proposal
from kenesh.council.queries import elections, seats, secret
from kenesh.council.queries import meetings as queries
from kenesh.council.rules import Permission, keeps, own_memberships
from kenesh.council.views.meetings import act, entered_form, position_form, show_course, to_course
from kenesh.council.views.paper import place_of
from kenesh.kernel.access import requires
from kenesh.kernel.middleware import holds_secret
from kenesh.people.middleware import person_of
from kenesh.people.models import Publication


def _anchor(proposal: Proposal) -> str:
    return f"proposal-{proposal.code}"


def _to_ballot(meeting: Meeting, ballot: Ballot) -> HttpResponseRedirect:
    return HttpResponseRedirect(place_of(meeting, ballot))


@requires(Permission.TAKE_PART)
def new_proposal(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """A proposal under a point of the agenda, by a member for her seat, or by the secretary for anybody."""
    user = person_of(request)
    meeting = queries.meeting_to_see(user, code)
    item = queries.item_of(meeting, pk)
    is_secretary = keeps(user, meeting.body)
    own = seats.sitting(meeting) if is_secretary else own_memberships(user, meeting)
    if not is_secretary and not own:
        raise Http404
    form = ProposalForm(request.POST or None, seats=own, is_secretary=is_secretary, sitting=seats.sitting(meeting), item=item)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        seat = said["membership"] if "membership" in form.fields else own[0]
        try:
            proposal = actions.propose(
                item=item, text=said["text"], by=user, membership=seat, request_key=said["key"], **form.details()
            )
        except Refused as why:
            form.add_error(None, str(why))
        else:
            messages.success(request, _("The proposal lies before the meeting."))
            return to_course(meeting, _anchor(proposal))
    return render(request, "council/work_proposal_form.html", {"form": form, "meeting": meeting, "item": item})


@requires(Permission.TAKE_PART)
@require_POST
def withdraw(request: HttpRequest, code: str, proposal: str) -> HttpResponse:
    user = person_of(request)
    meeting = queries.meeting_to_see(user, code)
    found = queries.proposal_of(meeting, proposal)
    if not keeps(user, meeting.body) and not actions.is_proposer(user, found, meeting):
        raise Http404
    return act(
        request,
        meeting,
        lambda: actions.withdraw_proposal(proposal=found, by=user),
        _("The proposal is withdrawn."),
        _anchor(found),
    )


@requires(Permission.TAKE_PART)
@require_POST
def position(request: HttpRequest, code: str, proposal: str) -> HttpResponse:
    """A member says what she thinks, or the secretary writes it down for one; with a mistake the page comes back with the words in
    it."""
    user = person_of(request)
    meeting = queries.meeting_to_see(user, code)
    found = queries.proposal_of(meeting, proposal)
    asked = request.POST.get("membership", "")
    own = next((seat for seat in own_memberships(user, meeting) if str(seat.pk) == asked), None)
    if own is None and not keeps(user, meeting.body):
        raise Http404
    form = position_form(found, own, request.POST) if own else entered_form(found, seats.sitting(meeting), request.POST)
    place = (found.pk, own.pk if own else 0)
    if not form.is_valid():
        return show_course(request, meeting, sent={place: form})
    said = form.cleaned_data
    try:
        actions.take_position(
            proposal=found, membership=own or said["membership"], stance=said["stance"], words=said["words"], by=user
        )
    except Refused as why:
        messages.error(request, str(why))
        return show_course(request, meeting, sent={place: form}, unsaved=said["words"])
    messages.success(request, _("Your position is noted.") if own else _("The answer is written down."))
    return to_course(meeting, _anchor(found))


@requires(Permission.KEEP_MEETINGS)
@require_POST
def consensus(request: HttpRequest, code: str, proposal: str) -> HttpResponse:
    user = person_of(request)
    meeting = queries.meeting_to_keep(user, code)
    found = queries.proposal_of(meeting, proposal)
    said = _("The decision is adopted by consensus.")
    return act(request, meeting, lambda: actions.adopt_by_consensus(proposal=found, by=user), said, _anchor(found))


# --- ballots ------------------------------------------------------------------------------------------------------------


@requires(Permission.TAKE_PART)
@require_POST
def open_ballot(request: HttpRequest, code: str, proposal: str) -> HttpResponse:
    user = person_of(request)
    meeting = queries.meeting_to_lead(user, code)
    found = queries.proposal_of(meeting, proposal)
    form = BallotForm(request.POST)
    if not form.is_valid():
        raise Http404
    return act(
        request,
        meeting,
        lambda: actions.open_ballot(proposal=found, by=user, **opening(form.cleaned_data)),
        _("The vote is open."),
        _anchor(found),
    )


@requires(Permission.TAKE_PART)
@require_POST
def vote(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """One of three large buttons."""
    user = person_of(request)
    meeting = queries.meeting_to_see(user, code)
    ballot = queries.ballot_of(meeting, pk)
    seat, is_held = seats.voting_seat(user, meeting, request.POST.get("membership", ""))
    form = VoteForm(request.POST)
    if not form.is_valid():
        messages.error(request, " ".join(str(error) for errors in form.errors.values() for error in errors))
        return _to_ballot(meeting, ballot)
    said = form.cleaned_data
    level = Publication.NAME if said["shown"] and not is_held else Publication.HIDDEN  # she alone says what is shown of hers
    sent = actions.Form(said["key"], said["seen"])
    try:
        number = actions.cast_vote(
            ballot=ballot, membership=seat, choice=said["choice"], publication=level, form=sent, by=user
        )  # fmt: skip
    except Refused as why:
        messages.error(request, str(why))
        return _to_ballot(meeting, ballot)
    if number:
        return holds_secret(
            render(request, "council/work_tracking.html", {"meeting": meeting, "ballot": ballot, "number": number})
        )
    messages.success(request, _("Your vote is counted. You can change it until the vote is closed."))
    return _to_ballot(meeting, ballot)


@requires(Permission.SEE_MEETINGS)
def counted(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """The bare votes of a closed secret ballot, where each voter finds hers by its number: a number tells how she voted, so it never
    stands in an address."""
    meeting = queries.meeting_to_see(person_of(request), code)
    ballot = queries.ballot_of(meeting, pk)
    if ballot.is_open or not ballot.is_sealed:
        raise Http404
    page = secret.counted_votes(ballot, after=request.GET.get("after", ""), asked=request.POST.get("number", ""))
    context = {
        "meeting": meeting,
        "ballot": ballot,
        "page": page,
        "result": seats.result_of(ballot),
        "why": elections.reason_now(ballot),
    }
    return render(request, "council/work_counted.html", context)


@requires(Permission.TAKE_PART)
@require_POST
def close_ballot(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    user = person_of(request)
    meeting = queries.meeting_to_lead(user, code)
    ballot = queries.ballot_of(meeting, pk)
    try:
        actions.close_ballot(ballot=ballot, by=user)
    except Refused as why:
        messages.error(request, str(why))
    else:
        messages.success(request, _("The vote is closed. Its result stands below the proposal."))
    return _to_ballot(meeting, ballot)


@requires(Permission.KEEP_MEETINGS)
@require_POST
def adopt(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """Writes the decision that a ballot carried."""
    user = person_of(request)
    meeting = queries.meeting_to_keep(user, code)
    ballot = queries.ballot_of(meeting, pk)
    return act(
        request,
        meeting,
        lambda: actions.adopt_by_vote(ballot=ballot, by=user),
        _("The decision is adopted by vote."),
        _anchor(ballot.motion) if ballot.proposal_id else "",
    )


@requires(Permission.KEEP_MEETINGS)
@require_POST
def decision(request: HttpRequest, code: str, decision: str) -> HttpResponse:
    """Shows a decision to everybody, or hides it."""
    user = person_of(request)
    meeting = queries.meeting_to_keep(user, code)
    found = queries.decision_of(meeting, decision)
    public = request.POST.get("to") == "publish"
    said = _("Everybody can read the decision now.") if public else _("The decision is no longer on the public pages.")
    return act(request, meeting, lambda: actions.publish_decision(decision=found, public=public, by=user), said, "decisions")
