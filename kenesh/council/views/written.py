"""Between meetings: a decision in writing is begun; a member objects to a silence."""

from __future__ import annotations

from datetime import timedelta

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from kenesh.council import actions
from kenesh.council.actions import Refused
from kenesh.council.forms.ballots import ObjectionForm, WrittenForm
from kenesh.council.models import DecisionKind, WrittenProcedure
from kenesh.council.queries import meetings as queries
from kenesh.council.queries import seats
from kenesh.council.rules import Permission
from kenesh.council.views.meetings import to_course
from kenesh.kernel.access import requires
from kenesh.people.middleware import person_of


@requires(Permission.KEEP_MEETINGS)
def new_written(request: HttpRequest) -> HttpResponse:
    """One proposal, a deadline, and how silence or votes decide."""
    user = person_of(request)
    zone = timezone.get_current_timezone_name()
    first = {"on": timezone.localdate() + timedelta(days=7), "body": queries.bodies_kept_by(user).first()}
    form = WrittenForm(request.POST or None, user=user, initial=first)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            procedure = actions.start_written(
                body=said["body"], title=said["title"], text=said["text"], kind=said["kind"], closes_at=form.closes_at(zone),
                time_zone=zone, rule=said["rule"], quorum=said["quorum"], is_secret=said["is_secret"],
                decision=said["decision"] or DecisionKind.RECOMMENDATION, addressees=said["addressees"], due_on=said["due_on"],
                promised_by=said["promised_by"], co_signers=said["co_signers"], documents=said["documents"],
                request_key=said["key"], by=user,
            )  # fmt: skip
        except Refused as why:
            form.add_error(None, str(why))
        else:
            messages.success(request, _("It has begun, and the members are written to. Look here who gets no mail."))
            return HttpResponseRedirect(reverse("council_work:written_letters", args=[procedure.meeting.code]))
    return render(request, "council/work_written_form.html", {"form": form})


@requires(Permission.TAKE_PART)
@require_POST
def object_to(request: HttpRequest, code: str) -> HttpResponse:
    """A member objects for her seat, or the secretary writes down that one does: the silence ends."""
    user = person_of(request)
    meeting = queries.meeting_to_see(user, code)
    procedure = WrittenProcedure.objects.filter(meeting=meeting).first()
    seat = seats.seat_spoken_for(user, meeting, request.POST.get("membership", ""))
    if procedure is None:
        raise Http404
    form = ObjectionForm(request.POST)
    if not form.is_valid():
        messages.error(request, " ".join(str(error) for errors in form.errors.values() for error in errors))
        return to_course(meeting, "written")
    try:
        actions.object_to(procedure=procedure, membership=seat, words=form.cleaned_data["words"], by=user)
    except Refused as why:
        messages.error(request, str(why))
    else:
        messages.success(request, _("Your objection is noted. The proposal is not adopted by silence."))
    return to_course(meeting, "written")
