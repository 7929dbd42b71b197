"""Phones in the room: the secretary makes links for all seats; a member follows hers and votes, without an account and without
JavaScript. No address holds the token after the first."""

from __future__ import annotations

from typing import Any

import segno
from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.html import escape
from django.utils.translation import get_language, override, pgettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from kenesh.council import actions
from kenesh.council.actions import NoWords, Refused
from kenesh.council.forms.ballots import ObjectionForm
from kenesh.council.forms.votes import KeyForm, PhoneVoteForm, StanceForm, VotePaper
from kenesh.council.models import Meeting, PhoneLink, ProcedureMotion, Speech, VoteChoice
from kenesh.council.queries import elections, live, meetings, phones, seats, secret
from kenesh.council.rules import Permission
from kenesh.council.views.live import not_modified
from kenesh.council.views.meetings import act
from kenesh.kernel.access import public, requires
from kenesh.kernel.kept import kept_page
from kenesh.kernel.middleware import holds_secret
from kenesh.kernel.unreferred import unreferred
from kenesh.people.middleware import person_of
from kenesh.people.models import Membership
from kenesh.problems.models import new_request_key

# --- the secretary ------------------------------------------------------------------------------------------------------


@requires(Permission.KEEP_MEETINGS)
def links(request: HttpRequest, code: str) -> HttpResponse:
    """Makes a link for every seat, or a new one for a single seat, and shows them this once, to be printed."""
    user = person_of(request)
    meeting = meetings.meeting_to_keep(user, code)
    sitting = seats.sitting(meeting)
    form = KeyForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        only = _seat(sitting, request.POST["only"]) if request.POST.get("only") else None
        made = actions.make_phone_links(meeting=meeting, by=user, key=form.cleaned_data["key"], only=only)
        spoken, here = phones.languages_of_seats(meeting), get_language() or settings.LANGUAGE_CODE
        shown = [
            (seat, address, _picture(address)) for seat, token in made if (address := _address(token, spoken.get(seat.pk, here)))
        ]
        context = {"meeting": meeting, "links": shown, "voting": seats.member_ids(meeting)}
        return holds_secret(render(request, "council/work_phone_links.html", context))
    context = {"meeting": meeting, "seats": sitting, "linked": phones.seats_with_links(meeting), "key": new_request_key()}
    return render(request, "council/work_phones.html", context)


def _address(token: str, language: str) -> str:
    """The page behind it speaks the language in which the seat is written to, not the secretary's."""
    with override(language):
        return settings.ADDRESS + reverse("council:phone_link", args=[token])


def _picture(address: str) -> str:
    """The address as a QR code in an address of its own."""
    return segno.make(address, error="m").svg_data_uri(scale=4, border=4, light="#fff", dark="#000", encode_minimal=True)


def _seat(sitting: list[Membership], pk: str) -> Membership:
    found = next((seat for seat in sitting if str(seat.pk) == pk), None)
    if found is None:
        raise Http404
    return found


@requires(Permission.KEEP_MEETINGS)
@require_POST
def revoke(request: HttpRequest, code: str) -> HttpResponse:
    """Ends all links of a meeting, or that of one seat."""
    user = person_of(request)
    meeting = meetings.meeting_to_keep(user, code)
    only = _seat(seats.sitting(meeting), request.POST["only"]) if request.POST.get("only") else None
    actions.revoke_phone_links(meeting=meeting, by=user, only=only)
    messages.success(request, _("The link opens nothing any more.") if only else _("These links open nothing any more."))
    return HttpResponseRedirect(reverse("council_work:phones", args=[meeting.code]))


@requires(Permission.KEEP_MEETINGS)
@require_POST
def call_item(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """This point is under discussion: phones show it."""
    user = person_of(request)
    meeting: Meeting = meetings.meeting_to_keep(user, code)
    item = meetings.item_of(meeting, pk)
    said = _("Phones in the room show this point now.")
    return act(request, meeting, lambda: actions.call_item(item=item, by=user), said, f"item-{pk}")


# --- the member ---------------------------------------------------------------------------------------------------------


def _link(request: HttpRequest) -> PhoneLink | None:
    return phones.link_of(request.COOKIES.get(settings.PHONE_COOKIE_NAME, ""))


def _gone(request: HttpRequest) -> HttpResponse:
    return render(request, "council/phone_gone.html", status=404)


def _to_phone() -> HttpResponseRedirect:
    return HttpResponseRedirect(reverse("council:phone"))


@public("a member's door: shows which meeting and which seat, and changes nothing until the button is pressed")
@unreferred
def phone_link(request: HttpRequest, token: str) -> HttpResponse:
    """Whose link it is, and a button that opens the session."""
    link = phones.live_link(token)
    if link is None:
        return _gone(request)
    if request.method != "POST":
        return render(request, "council/phone_link.html", {"link": link})
    response = _to_phone()
    cookie = actions.open_phone_session(link=link)
    life = int(actions.SESSION_LIFE.total_seconds())
    response.set_cookie(
        settings.PHONE_COOKIE_NAME, cookie.hex(), max_age=life, secure=settings.HTTPS, httponly=True, samesite="Strict"
    )
    return response


@public("opens only in a browser that has followed a member's link")
@unreferred
def phone(request: HttpRequest) -> HttpResponse:
    """The point under discussion, the open vote and the list of speakers; follows by itself where scripts run."""
    cookie = request.COOKIES.get(settings.PHONE_COOKIE_NAME, "")
    tag = live.tag_of_phone(cookie)
    if tag is None:
        return _gone(request)
    same = not_modified(request, tag)
    if same is not None:
        return same
    link = phones.link_of(cookie)
    return _gone(request) if link is None else _screen(request, link, tag)


def _screen(
    request: HttpRequest, link: PhoneLink, tag: str, sent: tuple[int, StanceForm] | None = None, unsaved: str = ""
) -> HttpResponse:
    """`sent`: a position with a mistake, by its proposal; `unsaved`: words that found no place. Without a tag the page does not
    follow by itself, so that no word is lost."""
    screen = phones.screen(link)
    context = {
        "unsaved": unsaved,
        "link": link,
        "screen": screen,
        "room": screen.room,
        "sought": [
            (proposal, said, sent[1] if sent and sent[0] == proposal.pk else StanceForm.of(proposal, said))
            for proposal, said in screen.sought
        ],
        "kinds": ProcedureMotion.Kind.choices[:-1],  # something else is moved by voice
        "key": new_request_key(),
        "tag": tag,
    }
    return render(request, "council/phone.html", context)


@public("opens only in a browser that has followed a member's link; asks for the word for that member's seat alone")
@unreferred
def phone_word(request: HttpRequest) -> HttpResponse:
    """Asks for the word, takes that back, puts or supports a motion of procedure, takes a position, as the button says."""
    link = _link(request)
    if link is None:
        return _gone(request)
    if request.method == "POST" and request.POST.get("do") == "position":
        return _position(request, link)
    if request.method == "POST":
        try:
            said = _asked(request, link)
        except Refused as why:
            messages.error(request, str(why))
        else:
            messages.success(request, said)
    return _to_phone()


def _position(request: HttpRequest, link: PhoneLink) -> HttpResponse:
    """What the seat says to a proposal; with a mistake the page comes back with her words in it."""
    pk = request.POST.get("pk", "")
    proposal = next((one for one, _said in phones.screen(link).sought if str(one.pk) == pk), None)
    if proposal is None:
        messages.error(request, _("Nobody asks for positions on this any more."))
        unsaved = request.POST.get("words", "").strip()[:2000]
        return _screen(request, link, "", unsaved=unsaved) if unsaved else _to_phone()
    form = StanceForm.of(proposal, None, request.POST)
    if form.is_valid():
        said = form.cleaned_data
        try:
            actions.take_position_by_phone(
                meeting=link.meeting, membership=link.membership, proposal=proposal, stance=said["stance"], words=said["words"]
            )
        except Refused as why:
            form.add_error(None, str(why))
        else:
            messages.success(request, _("Your position is noted."))
            return _to_phone()
    return _screen(request, link, "", (proposal.pk, form))


def _asked(request: HttpRequest, link: PhoneLink) -> str:
    """Does what the button says, and gives the words for it. Raises Refused, Http404."""
    meeting, seat, wish, pk = link.meeting, link.membership, request.POST.get("do", ""), request.POST.get("pk", "")
    form = KeyForm(request.POST)
    key = form.cleaned_data["key"] if form.is_valid() else ""
    if wish in {"word", "order"}:
        kind = Speech.Kind.SPEECH if wish == "word" else Speech.Kind.POINT_OF_ORDER
        actions.ask_for_word(meeting=meeting, membership=seat, kind=kind, request_key=f"{wish[0]}{key[1:]}" if key else "")
        return _("You are on the list. This page shows your place.")
    if wish == "withdraw":
        speech = live.speech_of(meeting, pk)
        if speech is None:
            raise Http404
        actions.withdraw_word(speech=speech, membership=seat)
        return _("Your name is off the list.")
    if wish == "move" and (kind_of := request.POST.get("kind", "")) in ProcedureMotion.Kind.values[:-1]:
        actions.put_motion(meeting=meeting, membership=seat, kind=kind_of, request_key=key)
        return _("The motion is put. The chair sees it.")
    if wish == "object":
        return _objected(request, link)
    motion = live.motion_of(meeting, pk) if wish == "support" else None
    if motion is None:
        raise Http404
    actions.support_motion(motion=motion, membership=seat)
    return _("You support the motion.")


def _objected(request: HttpRequest, link: PhoneLink) -> str:
    """Ends a silence. Raises Refused, Http404."""
    procedure = meetings.written_of(link.meeting)
    if procedure is None:
        raise Http404
    form = ObjectionForm(request.POST)
    if not form.is_valid():
        raise NoWords
    actions.object_to(procedure=procedure, membership=link.membership, words=form.cleaned_data["words"])
    return _("Your objection is noted. The proposal is not adopted by silence.")


@public("opens only in a browser that has followed a member's link; takes the vote of that member's seat alone")
@unreferred
def phone_vote(request: HttpRequest, pk: int) -> HttpResponse:
    """The paper, and the vote. What somebody chooses is never part of an address."""
    if request.method == "POST" and "sent" not in request.POST:
        return _take(request, pk)
    link = _link(request)
    if link is None:
        return _gone(request)
    said = request.POST if request.method == "POST" else request.GET
    ballot, giver = phones.ballot_of(link, pk), phones.giver_of(link, said.get("giver", ""))
    if not ballot.is_open or ballot.on_paper:
        return _to_phone()
    context = {"link": link, "open_vote": phones.open_vote(link, ballot, giver), "key": new_request_key()}
    if ballot.election_id is not None:
        return _paper(request, context)
    return render(request, "council/phone_choose.html", {**context, "choices": VoteChoice.choices})


def _paper(request: HttpRequest, context: dict[str, Any]) -> HttpResponse:
    """The paper of an election, and when it is filled in the question whether this is the vote."""
    now: phones.OpenVote = context["open_vote"]
    paper = VotePaper.for_phone(now, request.POST if request.method == "POST" else None)
    if not paper.is_valid():
        return render(request, "council/phone_paper.html", {**context, "paper": paper})
    names = {str(one.pk): str(one) for one in paper.options}
    chosen = [names[option] for option in paper.choice.split(",") if option]
    words = ", ".join(chosen) or pgettext("chosen", "nobody")
    return render(request, "council/phone_vote.html", {**context, "choice": paper.choice, "words": words})


def _take(request: HttpRequest, pk: int) -> HttpResponse:
    link = phones.voting_link_of(request.COOKIES.get(settings.PHONE_COOKIE_NAME, ""))
    if link is None:
        return _gone(request)
    form = PhoneVoteForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Choose how you vote."))
        return _to_phone()
    said = form.cleaned_data
    try:
        number = actions.cast_vote_by_phone(
            link=link, ballot_pk=pk, choice=said["choice"], form=actions.Form(said["key"], said["seen"]), giver=said["giver"]
        )
    except Refused as why:
        messages.error(request, str(why))
        return _to_phone()
    if number:
        return holds_secret(kept_page(request, "council/phone_tracking.html", frame=dict, own={"number": escape(number)}))
    messages.success(request, _("Your vote is counted. You can change it until the vote is closed."))
    return _to_phone()


@public("opens only in a browser that has followed a member's link; shows votes that nothing joins to a name")
@unreferred
def phone_counted(request: HttpRequest, pk: int) -> HttpResponse:
    """The bare votes of a closed secret ballot. The number of a vote is never part of an address either."""
    link = _link(request)
    if link is None:
        return _gone(request)
    ballot = phones.ballot_of(link, pk)
    if ballot.is_open or not ballot.is_sealed:
        raise Http404
    page = secret.counted_votes(ballot, after=request.GET.get("after", ""), asked=request.POST.get("number", ""))
    context = {"ballot": ballot, "page": page, "result": seats.result_of(ballot), "why": elections.reason_now(ballot)}
    return render(request, "council/phone_counted.html", context)
