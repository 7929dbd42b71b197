"""The screens of a meeting under way: one for the beamer, one for the chair. Both follow by themselves where scripts run, and show
what is new when they are loaded again."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import segno
from django import forms
from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotModified, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from kenesh.council import actions
from kenesh.council.actions import Refused
from kenesh.council.forms.live import HandsForm, MotionForm, ShownForm, SpeakerForm, TimeForm
from kenesh.council.forms.votes import BallotForm, opening
from kenesh.council.models import Meeting, ProcedureMotion, Speech
from kenesh.council.queries import live
from kenesh.council.queries import meetings as queries
from kenesh.council.queries import proposals as texts
from kenesh.council.rules import Permission, leads
from kenesh.kernel.access import requires
from kenesh.people.middleware import person_of
from kenesh.people.models import Publication, User
from kenesh.problems.models import new_request_key

Said = tuple[str, bool]  # words for the person, and whether it was done


def not_modified(request: HttpRequest, tag: str) -> HttpResponse | None:
    """304 for a screen that shows this state already. Only our script asks so: these pages are in no cache of a browser."""
    return HttpResponseNotModified() if request.headers.get("If-None-Match") == tag else None


@requires(Permission.SEE_MEETINGS)
def beamer(request: HttpRequest, code: str) -> HttpResponse:
    """For the wall: the point, the open vote, who speaks and who comes next."""
    meeting = queries.meeting_to_see(person_of(request), code)
    tag = live.tag_of_room(meeting)
    same = not_modified(request, tag)
    if same is not None:
        return same
    address = settings.ADDRESS + reverse("council:meeting", args=[meeting.code]) if meeting.is_public else ""
    context = {"meeting": meeting, "room": live.Room(meeting), "tag": tag, "address": address, "picture": _picture(address)}
    return render(request, "council/beamer.html", context)


def _picture(address: str) -> str:
    if not address:
        return ""
    return segno.make(address, error="m").svg_data_uri(scale=4, border=2, light="#fff", dark="#000", encode_minimal=True)


@requires(Permission.TAKE_PART)
def chair(request: HttpRequest, code: str) -> HttpResponse:
    """For who leads the meeting: the next point, the vote, the list of speakers, motions of procedure."""
    user = person_of(request)
    meeting = queries.meeting_to_see(user, code)
    if not leads(user, meeting):
        raise Http404
    if request.method == "POST":
        return _done(request, meeting, user)
    tag = live.tag_of_room(meeting)
    same = not_modified(request, tag)
    return same if same is not None else _chair_page(request, meeting, tag)


def _chair_page(request: HttpRequest, meeting: Meeting, tag: str, sent: forms.Form | None = None) -> HttpResponse:
    room, desk = live.Room(meeting, most=None), live.desk(meeting)
    context: dict[str, Any] = {
        "meeting": meeting,
        "room": room,
        "desk": desk,
        "tag": tag,
        "form": sent,
        "speaker_form": sent if isinstance(sent, SpeakerForm) else SpeakerForm(seats=desk.seats),
        "motion_form": sent if isinstance(sent, MotionForm) else MotionForm(),
        "time_form": sent if isinstance(sent, TimeForm) else TimeForm(initial={"minutes": room.state.minutes_each}),
        "amendments": [(one, new_request_key()) for one in texts.amendments_to_vote_on(meeting)],
        "ballot_form": BallotForm(auto_id=False),
        "levels": Publication.choices,
    }
    return render(request, "council/work_chair.html", context)


def _done(request: HttpRequest, meeting: Meeting, user: User) -> HttpResponse:
    """Does what the button says; a form with a mistake comes back with what was typed."""
    wish = request.POST.get("do", "")
    sent = _form(wish, request, meeting)
    if sent is not None and not sent.is_valid():
        return _chair_page(request, meeting, live.tag_of_room(meeting), sent)
    said = sent.cleaned_data if sent is not None else {}
    deed = _deed(wish, request.POST.get("pk", ""), meeting, user, said)
    try:
        messages.success(request, deed())
    except Refused as why:
        messages.error(request, str(why))
    return HttpResponseRedirect(reverse("council_work:chair", args=[meeting.code]))


def _form(wish: str, request: HttpRequest, meeting: Meeting) -> forms.Form | None:
    if wish == "enter":
        return SpeakerForm(request.POST, seats=live.desk(meeting).seats)
    kinds: dict[str, type[forms.Form]] = {
        "minutes": TimeForm, "put": MotionForm, "hands": HandsForm, "show": ShownForm, "open_ballot": BallotForm,
        "open_amendment": BallotForm,
    }  # fmt: skip
    return kinds[wish](request.POST) if wish in kinds else None


def _deed(wish: str, pk: str, meeting: Meeting, user: User, said: dict[str, Any]) -> Callable[[], str]:
    """What a button does; called, it does it and gives the words that say so. Raises Http404."""
    for found in (_of_list, _of_motions, _of_course):
        deed = found(wish, pk, meeting, user, said)
        if deed is not None:
            return deed
    raise Http404


def _then(words: str, action: Callable[[], object]) -> Callable[[], str]:
    def deed() -> str:
        action()
        return words

    return deed


def _of_list(wish: str, pk: str, meeting: Meeting, user: User, said: dict[str, Any]) -> Callable[[], str] | None:
    """The list of speakers."""
    speech = live.speech_of(meeting, pk)
    if wish in {"call", "remove", "show"} and speech is None:
        raise Http404
    match wish:
        case "next_speaker":
            return lambda: _given(actions.give_word(meeting=meeting, by=user))
        case "call":
            return lambda: _given(actions.give_word(meeting=meeting, by=user, speech=speech))
        case "end":
            return _then(_("The speech has ended."), lambda: actions.end_speech(meeting=meeting, by=user))
        case "remove" if speech:
            return _then(_("The name is off the list."), lambda: actions.remove_speaker(speech=speech, by=user))
        case "show" if speech:
            level = said["publication"]
            return _then(_("Saved."), lambda: actions.publish_speech(speech=speech, publication=level, by=user))
        case "open_list" | "close_list":
            is_open = wish == "open_list"
            words = _("The list of speakers is open.") if is_open else _("The list of speakers is closed.")
            return _then(words, lambda: actions.set_speaking(meeting=meeting, by=user, is_open=is_open))
        case "minutes":
            return _then(_("Saved."), lambda: actions.set_speaking(meeting=meeting, by=user, minutes=said["minutes"]))
        case "enter":
            kind = Speech.Kind.POINT_OF_ORDER if said["point_of_order"] else Speech.Kind.SPEECH
            return _then(
                _("The name is on the list."),
                lambda: actions.enter_speaker(
                    meeting=meeting, by=user, membership=said["seat"], kind=kind, request_key=said["key"],
                    guest="" if said["seat"] else said["guest"].strip(),
                ),
            )  # fmt: skip
    return None


def _given(speech: Speech | None) -> str:
    return _("%(name)s has the word.") % {"name": speech} if speech else _("Nobody waits for the word.")


def _of_motions(wish: str, pk: str, meeting: Meeting, user: User, said: dict[str, Any]) -> Callable[[], str] | None:
    """Motions of procedure."""
    if wish == "go_on":
        return _then(_("The meeting goes on."), lambda: actions.go_on(meeting=meeting, by=user))
    if wish == "put":
        kind, words, key = said["kind"], said["words"].strip(), said["key"]
        return _then(
            _("The motion is put."),
            lambda: actions.put_motion(meeting=meeting, by=user, kind=kind, words=words, request_key=key),
        )
    ways = {"accept": "accepted", "refuse": "refused", "withdrawn": "withdrawn"}
    if wish not in {*ways, "hands"}:
        return None
    motion = live.motion_of(meeting, pk)
    if motion is None:
        raise Http404
    hands = (said["hands_for"], said["hands_against"], said["hands_abstained"]) if wish == "hands" else None
    return lambda: _decided(actions.decide_motion(motion=motion, by=user, outcome=ways.get(wish, ""), hands=hands))


def _decided(motion: ProcedureMotion) -> str:
    return f"{motion.get_kind_display()}: {motion.get_outcome_display()}"


def _of_course(wish: str, pk: str, meeting: Meeting, user: User, said: dict[str, Any]) -> Callable[[], str] | None:
    """Points of the agenda and votes."""
    number = int(pk) if pk.isdecimal() and len(pk) < 18 else 0
    match wish:
        case "item":
            item = queries.item_of(meeting, number)
            return _then(_("All screens show this point now."), lambda: actions.call_item(item=item, by=user))
        case "close_ballot":
            ballot = queries.ballot_of(meeting, number)
            return _then(_("The vote is closed."), lambda: actions.close_ballot(ballot=ballot, by=user))
        case "open_ballot":
            proposal = next((one for one, _key in live.desk(meeting).open_proposals if one.pk == number), None)
            if proposal is None:
                raise Http404
            return _then(
                _("The vote is open."),
                lambda: actions.open_ballot(proposal=proposal, by=user, **opening(said)),
            )
        case "open_amendment":
            marked = next((one for one in texts.amendments_to_vote_on(meeting) if one.amendment.pk == number), None)
            if marked is None:
                raise Http404
            amendment = marked.amendment
            return _then(
                _("The vote is open."), lambda: actions.open_amendment_ballot(amendment=amendment, by=user, **opening(said))
            )
    return None
