"""Invitations: the secretary's table, letters and answers by phone; and the page behind each personal link, without an account."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override
from django.views.decorators.http import require_POST

from kenesh.council.actions import Refused, SavedByAnother
from kenesh.council.actions import invitations as actions
from kenesh.council.forms.fields import differences
from kenesh.council.forms.invitations import AddressForm, AnswerForm, InviteGuestForm
from kenesh.council.invitation import as_calendar
from kenesh.council.models import Invitation, Meeting
from kenesh.council.papers import letters
from kenesh.council.queries import invitations as queries
from kenesh.council.queries import meetings
from kenesh.council.rules import Permission
from kenesh.council.zones import zone_name
from kenesh.kernel.access import public, requires
from kenesh.kernel.downloads import download
from kenesh.kernel.unreferred import unreferred
from kenesh.people.middleware import person_of
from kenesh.people.queries.correspondents import addresses_kept, stops_of


def _to_list(meeting: Meeting) -> HttpResponseRedirect:
    return HttpResponseRedirect(reverse("council_work:invitations", args=[meeting.code]))


def _to_one(invitation: Invitation) -> HttpResponseRedirect:
    return HttpResponseRedirect(reverse("council_work:invitation", args=[invitation.meeting.code, invitation.pk]))


@requires(Permission.KEEP_MEETINGS)
def invitation_list(request: HttpRequest, code: str) -> HttpResponse:
    """Who is invited and what each answered; below it a form for one more guest."""
    user = person_of(request)
    meeting = meetings.meeting_to_keep(user, code)
    form = InviteGuestForm(request.POST or None, initial={"language": user.language})
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            actions.invite_guest(
                meeting=meeting, by=user, organisation=said["organisation"], guest=said["guest"], post=said["post"],
                country=said["country"], language=said["language"], email=said["email"], request_key=said["key"],
            )  # fmt: skip
        except Refused as why:
            form.add_error(None, str(why))
        else:
            messages.success(request, _("The guest is on the list."))
            return _to_list(meeting)
    invited = queries.invitations_of(meeting)
    stopped = stops_of([one.email for one in invited if one.email])
    context = {
        "meeting": meeting,
        "invited": [(one, queries.answer_of(one), stopped.get(one.email, "")) for one in invited],
        "counts": queries.counts_of(invited),
        "from_book": addresses_kept(meeting.body, [one.email for one in invited if one.membership_id]),
        "outdated": queries.outdated(invited, stopped),
        "form": form,
    }
    return render(request, "council/work_invitations.html", context)


@requires(Permission.KEEP_MEETINGS)
@require_POST
def invite_seats(request: HttpRequest, code: str) -> HttpResponse:
    user = person_of(request)
    meeting = meetings.meeting_to_keep(user, code)
    try:
        number = actions.invite_seats(meeting=meeting, by=user)
    except Refused as why:
        messages.error(request, str(why))
    else:
        said = ngettext("%(number)s seat is new on the list.", "%(number)s seats are new on the list.", number)
        messages.success(request, said % {"number": number})
    return _to_list(meeting)


def _waits(invitation: Invitation) -> bool:
    return invitation.mailed_sequence is None or queries.is_out_of_date(invitation)


@requires(Permission.KEEP_MEETINGS)
@require_POST
def send(request: HttpRequest, code: str) -> HttpResponse:
    """Has the worker mail the letters of those who have an address and were not written to yet or have an old letter, or of one person again."""
    user = person_of(request)
    meeting = meetings.meeting_to_keep(user, code)
    one = request.POST.get("only", "")
    invited = queries.invitations_of(meeting)
    chosen = [each for each in invited if (str(each.pk) == one if one else _waits(each))]
    try:
        number = actions.send_letters(meeting=meeting, invitations=chosen, by=user)
    except Refused as why:
        messages.error(request, str(why))
    else:
        said = ngettext("%(number)s letter goes out by e-mail.", "%(number)s letters go out by e-mail.", number)
        messages.success(request, said % {"number": number})
    return _to_list(meeting)


@requires(Permission.KEEP_MEETINGS)
def invitation_page(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """One person: her letter, her address, and her answer as she gives it by phone."""
    user = person_of(request)
    meeting = meetings.meeting_to_keep(user, code)
    invitation = queries.invitation_of(meeting, pk)
    what = request.POST.get("what", "") if request.method == "POST" else ""
    answered = queries.answer_of(invitation)
    address = AddressForm(request.POST if what == "address" else None, initial=AddressForm.said(invitation))
    answer = AnswerForm(
        request.POST if what == "answer" else None, meeting=meeting, initial=AnswerForm.said(answered), prefix="answer"
    )
    context: dict[str, object] = {
        "meeting": meeting, "invitation": invitation, "answered": answered, "address": address, "answer": answer,
        "form": answer if what == "answer" else address, "stopped": stops_of([invitation.email]).get(invitation.email, ""),
        "is_outdated": queries.is_out_of_date(invitation),
    }  # fmt: skip
    try:
        if what == "address" and address.is_valid():
            said = address.cleaned_data
            actions.edit_invitation(
                invitation=invitation, version=said["version"], by=user, language=said["language"], email=said["email"]
            )
            messages.success(request, _("The address is saved."))
            return _to_one(invitation)
        if what == "answer" and answer.is_valid():
            actions.answer_invitation(invitation=invitation, by=user, **answer.fields_of_answer())
            messages.success(request, _("The answer is written down."))
            return _to_list(meeting)
    except SavedByAnother as why:
        now = queries.invitation_of(meeting, pk)
        again = AddressForm({**request.POST.dict(), "version": now.version})
        again.add_error(None, str(why))
        context |= {"form": again, "address": again, "differences": differences(again, AddressForm.said(now))}
    except Refused as why:
        (answer if what == "answer" else address).add_error(None, str(why))
    return render(request, "council/work_invitation.html", context)


@requires(Permission.KEEP_MEETINGS)
@require_POST
def change_invitation(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """A new link, a letter that was handed over, or the invitation taken back, as the button says."""
    user = person_of(request)
    meeting = meetings.meeting_to_keep(user, code)
    invitation = queries.invitation_of(meeting, pk)
    to = request.POST.get("to", "")
    try:
        if to == "renew":
            actions.renew_link(invitation=invitation, by=user)
            messages.success(request, _("The old link opens nothing any more. The next letter carries the new one."))
        elif to == "handed":
            actions.mark_sent(invitation=invitation, sequence=None, by=user)
            messages.success(request, _("It is written down that the letter was handed over."))
        elif to == "remove":
            actions.take_back_invitation(invitation=invitation, by=user)
            messages.success(request, _("The invitation is taken back."))
            return _to_list(meeting)
    except Refused as why:
        messages.error(request, str(why))
    return _to_one(invitation)


def _letter(invitation: Invitation, meeting: Meeting) -> letters.Letter:
    with override(invitation.language):
        zone, full = zone_name(meeting.time_zone), Invitation.objects.select_related(*letters.RELATED).get(pk=invitation.pk)
        return letters.write(full, token=actions.token_of(full), zone=zone)


@requires(Permission.KEEP_MEETINGS)
def letter_word(request: HttpRequest, code: str, pk: int) -> HttpResponseBase:
    meeting = meetings.meeting_to_keep(person_of(request), code)
    invitation = queries.invitation_of(meeting, pk)
    data = letters.as_word(_letter(invitation, meeting))
    return download(iter([data]), name=f"invitation-{invitation.code}.docx", kind=letters.WORD, size=len(data))


@requires(Permission.KEEP_MEETINGS)
def letter_pdf(request: HttpRequest, code: str, pk: int) -> HttpResponseBase:
    meeting = meetings.meeting_to_keep(person_of(request), code)
    invitation = queries.invitation_of(meeting, pk)
    try:
        data = letters.as_pdf([_letter(invitation, meeting)])
    except Refused as why:
        messages.error(request, str(why))
        return _to_one(invitation)
    return download(iter([data]), name=f"invitation-{invitation.code}.pdf", kind="application/pdf", size=len(data))


@requires(Permission.KEEP_MEETINGS)
def letters_to_print(request: HttpRequest, code: str) -> HttpResponseBase:
    """One PDF file with the letters of all who have no e-mail address."""
    meeting = meetings.meeting_to_keep(person_of(request), code)
    printed = [one for one in queries.invitations_of(meeting) if not one.email]
    if not printed:
        messages.error(request, _("Everybody on the list has an e-mail address, or nobody is invited yet."))
        return _to_list(meeting)
    try:
        data = letters.as_pdf(_letter(one, meeting) for one in printed)
    except Refused as why:
        messages.error(request, str(why))
        return _to_list(meeting)
    return download(iter([data]), name=f"invitations-{meeting.code}.pdf", kind="application/pdf", size=len(data))


# --- the person who is invited ------------------------------------------------------------------------------------------


@public("a personal page: opens only with a link of 128 bits, and shows that person's own answer")
@unreferred
def answer(request: HttpRequest, token: str) -> HttpResponse:
    """Comes, comes online, sends somebody else, cannot; and what she needs. Can be changed until the meeting begins."""
    invitation = queries.invitation_of_link(token)
    if invitation is None:
        return render(request, "council/invitation_gone.html", status=404)
    meeting, answered = invitation.meeting, queries.answer_of(invitation)
    form = AnswerForm(request.POST or None, meeting=meeting, initial=AnswerForm.said(answered))
    if request.method == "POST" and form.is_valid():
        try:
            actions.answer_invitation(invitation=invitation, by=None, **form.fields_of_answer())
        except Refused as why:
            form.add_error(None, str(why))
        else:
            messages.success(request, _("Thank you. Your answer is saved. You can change it here until the meeting begins."))
            return HttpResponseRedirect(reverse("council:answer_invitation", args=[token]))
    context = {
        "invitation": invitation,
        "meeting": meeting,
        "zone": zone_name(meeting.time_zone),
        "agenda": list(meeting.items.order_by("position")),
        "answered": answered,
        "rooms": list(meeting.rooms.order_by("pk")) if answered and queries.is_online(answered) else [],
        "is_online": answered is not None and queries.is_online(answered),
        "asked": actions.still_asked(meeting, timezone.now()),
        "form": form,
        "token": token,
    }
    return render(request, "council/invitation.html", context)


@public("a personal page: opens only with a link of 128 bits, and gives the meeting for a calendar")
@unreferred
def answer_calendar(request: HttpRequest, token: str) -> HttpResponse:
    invitation = queries.invitation_of_link(token)
    if invitation is None:
        return render(request, "council/invitation_gone.html", status=404)
    meeting = invitation.meeting
    sessions = meeting.sessions.select_related("room").order_by("starts_at", "pk")
    data = as_calendar(meeting, address=letters.address_of(invitation, token), stamp=timezone.now(), sessions=sessions)
    response = HttpResponse(data, content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="meeting.ics"'
    return response
