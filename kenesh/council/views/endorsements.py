"""After a decision: what each State says to it, and who signed a joint one."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from kenesh.council import actions
from kenesh.council.actions import Refused
from kenesh.council.forms.proposals import EndorsementForm, SignedForm
from kenesh.council.models import Decision, DecisionKind
from kenesh.council.queries import meetings as queries
from kenesh.council.queries import proposals as texts
from kenesh.council.rules import Permission, keeps
from kenesh.kernel.access import requires
from kenesh.people.middleware import person_of
from kenesh.people.models import Membership, User


@requires(Permission.SEE_MEETINGS)
def states(request: HttpRequest, code: str, decision: str) -> HttpResponse:
    """Each State: endorses, with a reservation, waits; with what it said before. The secretary enters it, or the member itself."""
    user = person_of(request)
    meeting = queries.meeting_to_see(user, code)
    found = queries.decision_of(meeting, decision)
    found.meeting = meeting
    is_secretary = keeps(user, meeting.body)
    own = texts.seats_of_states(found) if is_secretary else texts.own_states(user, found)
    if request.method == "POST" and not own:
        raise Http404
    form = EndorsementForm(request.POST or None, seats=own, initial=_first(request, own)) if own else None
    if form is not None and request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            actions.endorse(
                decision=found, membership=said["membership"], stance=said["stance"], words=said["words"], said_on=said["said_on"],
                publication=said["publication"], request_key=said["key"], by=user,
            )  # fmt: skip
        except Refused as why:
            form.add_error(None, str(why))
        else:
            messages.success(request, _("What the State says is noted."))
            return HttpResponseRedirect(request.path)
    return render(request, "council/work_states.html", _context(found, user, form, is_secretary=is_secretary))


def _first(request: HttpRequest, own: list[Membership]) -> dict[str, object]:
    asked = request.GET.get("seat", "")
    seat = asked if asked.isdecimal() else next((str(one.pk) for one in own), "")
    return {"membership": seat, "said_on": timezone.localdate()}


def _context(found: Decision, user: User, form: EndorsementForm | None, *, is_secretary: bool) -> dict[str, object]:
    signers = found.proposal.co_signers.select_related("organisation").order_by("id")
    return {
        "decision": found,
        "meeting": found.meeting,
        "form": form,
        "states": texts.states_of(found),
        "is_secretary": is_secretary,
        "is_joint": found.kind == DecisionKind.JOINT,
        "signers": [
            (one, SignedForm(initial={"signed_on": one.signed_on, "signatory": one.signatory}, auto_id=f"s{one.pk}_%s"))
            for one in signers
        ],
    }


@requires(Permission.KEEP_MEETINGS)
@require_POST
def show_states(request: HttpRequest, code: str, decision: str) -> HttpResponse:
    """What the body decides: whether everybody sees what the States say."""
    user = person_of(request)
    found = queries.decision_of(queries.meeting_to_keep(user, code), decision)
    public = request.POST.get("to") == "show"
    actions.show_endorsements(decision=found, public=public, by=user)
    messages.success(
        request,
        _("The decision's page shows the States that let themselves be shown.")
        if public
        else _("The decision's page shows nothing of the States."),
    )
    return HttpResponseRedirect(request.path.removesuffix("show/"))


@requires(Permission.KEEP_MEETINGS)
@require_POST
def co_sign(request: HttpRequest, code: str, decision: str, pk: int) -> HttpResponse:
    """A State body has signed a joint decision."""
    user = person_of(request)
    found = queries.decision_of(queries.meeting_to_keep(user, code), decision)
    signer = found.proposal.co_signers.filter(pk=pk).first()
    if signer is None:
        raise Http404
    form = SignedForm(request.POST)
    if not form.is_valid():
        messages.error(request, " ".join(str(error) for errors in form.errors.values() for error in errors))
    else:
        said = form.cleaned_data
        try:
            actions.co_sign(signer=signer, signed_on=said["signed_on"], signatory=said["signatory"], by=user)
        except Refused as why:
            messages.error(request, str(why))
        else:
            messages.success(request, _("The signature is noted."))
    return HttpResponseRedirect(request.path.removesuffix(f"signed/{pk}/"))
