"""Answers in writing: a member without an account answers by the link in her letter; the secretary sees who has answered."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from kenesh.council import actions
from kenesh.council.actions import Refused, asking
from kenesh.council.forms.ballots import DeadlineForm, ObjectionForm, ReachedForm, WrittenVoteForm
from kenesh.council.forms.invitations import AddressForm
from kenesh.council.models import WrittenLink, WrittenProcedure
from kenesh.council.queries import asking as queries
from kenesh.council.queries import elections, meetings, phones, seats, secret
from kenesh.council.rules import Permission
from kenesh.council.zones import zone_name
from kenesh.kernel.access import public, requires
from kenesh.kernel.middleware import holds_secret
from kenesh.kernel.unreferred import unreferred
from kenesh.people.middleware import person_of
from kenesh.people.models import User
from kenesh.people.queries.correspondents import stops_of
from kenesh.problems.models import new_request_key

# --- the member ---------------------------------------------------------------------------------------------------------


@public(
    "a personal page: opens only with a link of 128 bits, and takes the answer of that member's seat alone until the deadline"
)
@unreferred
def written_answer(request: HttpRequest, token: str) -> HttpResponse:
    """The proposal with its papers, the deadline, and her answer; afterwards what came of it."""
    link = queries.link_of_token(token)
    if link is None:
        return render(request, "council/invitation_gone.html", status=404)
    form: ObjectionForm | WrittenVoteForm | None = None
    if request.method == "POST" and "number" not in request.POST:  # with a number she looks for her vote
        if request.POST.get("do") == "stop":
            asking.stop_letters(link=link)
            messages.success(request, _("You will get no more letters from us."))
            return _to_answer(token)
        is_vote = link.procedure.kind == link.procedure.Kind.VOTE
        form = WrittenVoteForm(request.POST) if is_vote else ObjectionForm(request.POST)
        if form.is_valid():
            try:
                number = _answered(link, form.cleaned_data)
            except Refused as why:
                form.add_error(None, str(why))
            else:
                return _thanks(request, token, link, number)
    return render(request, "council/written_answer.html", _page(request, link, form, token))


def _answered(link: WrittenLink, said: dict[str, Any]) -> str:
    """Does what she says; gives the number of a secret vote. Raises Refused."""
    ballot = queries.ballot_of(link.procedure)
    if ballot is None:
        actions.object_to(procedure=link.procedure, membership=link.membership, words=said["words"])
        return ""
    form = actions.Form(said["key"], said["seen"])
    return actions.cast_vote_by_phone(link=link, ballot_pk=ballot.pk, choice=said["choice"], form=form)


def _thanks(request: HttpRequest, token: str, link: WrittenLink, number: str) -> HttpResponse:
    if number:
        return holds_secret(render(request, "council/written_tracking.html", {"number": number, "token": token}))
    if link.procedure.kind == link.procedure.Kind.SILENCE:
        messages.success(request, _("Your objection is noted. The proposal is not adopted by silence."))
    else:
        messages.success(request, _("Your vote is counted. You can change it here until the deadline."))
    return _to_answer(token)


def _to_answer(token: str) -> HttpResponseRedirect:
    return HttpResponseRedirect(reverse("council:written_answer", args=[token]))


def _page(request: HttpRequest, link: WrittenLink, form: ObjectionForm | WrittenVoteForm | None, token: str) -> dict[str, Any]:
    procedure = link.procedure
    proposal, ballot, is_over = procedure.proposal, queries.ballot_of(procedure), queries.is_over(procedure)
    context: dict[str, Any] = {
        "link": link, "procedure": procedure, "meeting": procedure.meeting, "proposal": proposal, "ballot": ballot, "token": token,
        "zone": zone_name(procedure.meeting.time_zone),
        "documents": list(proposal.item.documents.light().order_by("id")),
        "addressees": list(proposal.addressees.order_by("id")),
        "law_rows": list(proposal.law_rows.order_by("id")),
        "is_over": is_over,
        "is_stopped": bool(link.email and stops_of([link.email])),
        "key": new_request_key(),
    }  # fmt: skip
    if ballot is None:
        return context | {"form": form or ObjectionForm()}
    if ballot.is_open:
        mine = phones.OpenVote.of_seat(ballot, link.membership_id)
        return context | {"mine": mine, "form": form or WrittenVoteForm.of(mine)}
    context |= {"result": seats.summary_of(ballot), "why": elections.reason_now(ballot)}
    if ballot.is_secret:
        asked = request.POST.get("number", "")
        return context | {"page": secret.counted_votes(ballot, after=request.GET.get("after", ""), asked=asked)}
    return context | {"mine": phones.OpenVote.of_seat(ballot, link.membership_id)}


# --- the secretary ------------------------------------------------------------------------------------------------------


@requires(Permission.KEEP_MEETINGS)
def written_letters(request: HttpRequest, code: str) -> HttpResponse:
    """Who is asked, who has answered and who got no mail; another address, to which the letter goes at once; of a silence also how
    somebody got the text otherwise, and more time."""
    user = person_of(request)
    meeting = meetings.meeting_to_keep(user, code)
    procedure = meetings.written_of(meeting)
    if procedure is None:
        raise Http404
    wrong: forms.Form | None = None
    if request.method == "POST":
        wrong, act, done = _wish(request, procedure, user)
        if wrong.is_valid():
            try:
                act()
            except Refused as why:
                wrong.add_error(None, str(why))
            else:
                messages.success(request, done)
                return HttpResponseRedirect(reverse("council_work:written_letters", args=[meeting.code]))
    asked = queries.asked_of(procedure)
    ballot = queries.ballot_of(procedure)
    may_lengthen = procedure.kind == WrittenProcedure.Kind.SILENCE and procedure.closed_at is None
    holds = {"on": procedure.local_deadline.date(), "at": procedure.local_deadline.time()}
    context = {
        "meeting": meeting, "procedure": procedure, "form": wrong,
        "deadline": wrong if isinstance(wrong, DeadlineForm) else DeadlineForm(initial=holds),
        "asked": [(one, *_forms_of(one.link, wrong, request.POST.get("only", ""))) for one in asked],
        "answered": sum(one.has_answered for one in asked),
        "unreached": sum(one.got_no_mail for one in asked),
        "waits_for": queries.unreached(procedure) if may_lengthen else [],
        "is_over": queries.is_over(procedure),
        "may_lengthen": may_lengthen,
        "is_forgotten": ballot is not None and ballot.is_secret and not ballot.is_open,
    }  # fmt: skip
    return render(request, "council/work_written_letters.html", context)


def _forms_of(link: WrittenLink, wrong: forms.Form | None, only: str) -> tuple[forms.Form, forms.Form]:
    """Where she is written to, and how she got the text: as it was sent where that was wrong, else as it is."""
    sent = wrong if only == str(link.pk) else None
    return (
        sent if isinstance(sent, AddressForm) else AddressForm.of_link(link),
        sent if isinstance(sent, ReachedForm) else ReachedForm.of_link(link),
    )


def _wish(request: HttpRequest, procedure: WrittenProcedure, user: User) -> tuple[forms.Form, Callable[[], None], str]:
    """What the secretary asks for: the form, what is done with it once it is valid, and what is said then. Raises Http404."""
    if request.POST.get("do") == "lengthen":
        until = DeadlineForm(request.POST)
        zone = procedure.meeting.time_zone
        return (
            until,
            lambda: actions.lengthen(procedure=procedure, closes_at=until.closes_at(zone), by=user),
            _("The new deadline holds. All members are written to again."),
        )
    link = queries.link_of(procedure, request.POST.get("only", ""))
    if request.POST.get("do") == "reached":
        got = ReachedForm(request.POST, auto_id=f"r{link.pk}_%s")
        return (
            got,
            lambda: actions.note_reached(link=link, way=got.cleaned_data["way"], on=got.cleaned_data["on_day"], by=user),
            _("The changes are saved."),
        )
    to = AddressForm(request.POST, auto_id=f"a{link.pk}_%s")
    return (
        to,
        lambda: asking.write_to(link=link, email=to.cleaned_data["email"].lower(), language=to.cleaned_data["language"], by=user),
        _("The letter goes out. What was sent before opens nothing any more."),
    )
