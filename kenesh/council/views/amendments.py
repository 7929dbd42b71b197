"""Staff pages of one proposal: its text and versions, amendments, comments, joining, the table of a law."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from kenesh.council import actions
from kenesh.council.actions import Refused, SavedByAnother
from kenesh.council.forms.fields import differences
from kenesh.council.forms.proposals import AmendmentForm, CommentForm, DetailsForm, LawRowForm, SettleForm, TextForm
from kenesh.council.forms.votes import BallotForm, opening
from kenesh.council.models import Amendment, DecisionKind, Meeting, Proposal, VoteChoice
from kenesh.council.queries import meetings as queries
from kenesh.council.queries import proposals as texts
from kenesh.council.queries import seats
from kenesh.council.rules import Permission, keeps, leads, own_memberships
from kenesh.kernel.access import requires
from kenesh.people.middleware import person_of
from kenesh.people.models import User
from kenesh.problems.models import new_request_key


def _found(request: HttpRequest, code: str, proposal: str) -> tuple[User, Meeting, Proposal]:
    user = person_of(request)
    meeting = queries.meeting_to_see(user, code)
    return user, meeting, texts.proposal_with_all(meeting, proposal)


def _may_change(user: User, proposal: Proposal) -> bool:
    try:
        actions.check_may_change(proposal, user)
    except actions.NotYourSeat:
        return False
    return proposal.status == Proposal.Status.OPEN


def _to(meeting: Meeting, proposal: Proposal, part: str = "") -> HttpResponseRedirect:
    address = reverse("council_work:proposal", args=[meeting.code, proposal.code])
    return HttpResponseRedirect(address + (f"#{part}" if part else ""))


def _act(
    request: HttpRequest, meeting: Meeting, proposal: Proposal, action: Callable[[], object], said: str, part: str = ""
) -> HttpResponse:
    try:
        action()
    except Refused as why:
        messages.error(request, str(why))
    else:
        messages.success(request, said)
    return _to(meeting, proposal, part)


@requires(Permission.SEE_MEETINGS)
def proposal_page(request: HttpRequest, code: str, proposal: str) -> HttpResponse:
    """The text in its languages beside each other, what its kind needs, amendments, comments, versions."""
    user, meeting, found = _found(request, code, proposal)
    return _page(request, user, meeting, found)


def _page(request: HttpRequest, user: User, meeting: Meeting, found: Proposal, sent: CommentForm | None = None) -> HttpResponse:
    own = own_memberships(user, meeting)
    is_open = found.status == Proposal.Status.OPEN and meeting.status != Meeting.Status.CLOSED
    marked = texts.amendments_of(found)
    sponsors = {seat.pk for seat in found.sponsors.all()}
    missing = ""
    try:
        actions.check_complete(found)
    except Refused as why:
        missing = str(why)
    context = {
        "meeting": meeting,
        "proposal": found,
        "is_secretary": keeps(user, meeting.body),
        "leads": leads(user, meeting),
        "is_law": found.kind == DecisionKind.LEGISLATIVE,
        "is_open": is_open,
        "missing": missing if found.status == Proposal.Status.OPEN else "",
        "may_change": _may_change(user, found),
        "may_amend": is_open and (own or keeps(user, meeting.body)),
        "own_seats": own,
        "own": [(seat, seat.pk in sponsors) for seat in own] if is_open else [],
        "amendments": marked,
        "own_votes": [
            vote
            for one in marked
            if one.open_ballot is not None and not one.open_ballot.on_paper
            for vote in texts.own_votes(user, meeting, one.open_ballot)
        ],
        "vote_choices": VoteChoice.choices,
        "key": new_request_key(),
        "versions": texts.versions_of(found),
        "comments": found.comments.select_related("membership__person", "membership__organisation").order_by("id"),
        "comment_forms": [(seat, sent or CommentForm(auto_id=f"c{seat.pk}_%s")) for seat in own] if is_open else [],
        "others": texts.others_open(found) if is_open and keeps(user, meeting.body) else [],
    }
    return render(request, "council/work_proposal.html", context)


@requires(Permission.TAKE_PART)
def edit_proposal(request: HttpRequest, code: str, proposal: str) -> HttpResponse:
    """Its kind with what that needs, addressees, sponsors, the authentic language."""
    user, meeting, found = _found(request, code, proposal)
    if not _may_change(user, found):
        raise Http404
    form = DetailsForm(request.POST or None, sitting=seats.sitting(meeting), item=found.item, initial=DetailsForm.said(found))
    if request.method == "POST" and form.is_valid():
        try:
            actions.edit_proposal(proposal=found, by=user, **form.details())
        except Refused as why:
            form.add_error(None, str(why))
        else:
            messages.success(request, _("The proposal is saved."))
            return _to(meeting, found)
    return render(request, "council/work_proposal_edit.html", {"form": form, "meeting": meeting, "proposal": found})


@requires(Permission.TAKE_PART)
def edit_text(request: HttpRequest, code: str, proposal: str) -> HttpResponse:
    """A new version of the text."""
    user, meeting, found = _found(request, code, proposal)
    if not _may_change(user, found):
        raise Http404
    return _write(
        request,
        meeting,
        found,
        lambda text, version: actions.edit_text(proposal=found, text=text, version=version, by=user),
        _("The new version is saved."),
    )


@requires(Permission.KEEP_MEETINGS)
def merge(request: HttpRequest, code: str, proposal: str, into: str) -> HttpResponse:
    """Joins a proposal to another one, whose text the secretary may write anew with both before her."""
    user, meeting, found = _found(request, code, proposal)
    other = texts.proposal_with_all(meeting, into)
    is_open = {found.status, other.status} == {Proposal.Status.OPEN.value}
    if not keeps(user, meeting.body) or found.pk == other.pk or not is_open:
        raise Http404
    return _write(
        request,
        meeting,
        other,
        lambda text, version: actions.merge_proposals(proposal=found, into=other, text=text, version=version, by=user),
        _("Both proposals are one now."),
        joined=found,
    )


def _write(
    request: HttpRequest,
    meeting: Meeting,
    found: Proposal,
    save: Callable[[dict[str, str], int], None],
    said: str,
    joined: Proposal | None = None,
) -> HttpResponse:
    """A page with the text to write; when somebody else was first, both are shown, and nothing typed is lost."""
    first = {"text": found.text, "version": found.version}
    form = TextForm(request.POST or None, initial=first)
    context: dict[str, object] = {"form": form, "meeting": meeting, "proposal": found, "joined": joined}
    if request.method == "POST" and form.is_valid():
        try:
            save(form.cleaned_data["text"], form.cleaned_data["version"])
        except SavedByAnother as why:
            again = TextForm({**request.POST.dict(), "version": found.version}, initial=first)
            again.add_error(None, str(why))
            context |= {"form": again, "differences": differences(again, first)}
        except Refused as why:
            form.add_error(None, str(why))
        else:
            messages.success(request, said)
            return _to(meeting, found)
    return render(request, "council/work_proposal_text.html", context)


@requires(Permission.TAKE_PART)
def amend(request: HttpRequest, code: str, proposal: str) -> HttpResponse:
    """Another text: the reader changes the words of the present one, and the changes mark themselves."""
    user, meeting, found = _found(request, code, proposal)
    is_secretary = keeps(user, meeting.body)
    own = seats.sitting(meeting) if is_secretary else own_memberships(user, meeting)
    if not is_secretary and not own:
        raise Http404
    first = {"text": found.text, "version": found.version}
    form = AmendmentForm(request.POST or None, seats=own, is_secretary=is_secretary, initial=first)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        seat = said["membership"] if "membership" in form.fields else own[0]
        base = min(max(said["version"], 1), found.version)
        try:
            actions.amend(
                proposal=found, text=form.cleaned_data["text"], base=base, membership=seat, reason=said["reason"], request_key=said["key"],
                by=user,
            )  # fmt: skip
        except Refused as why:
            form.add_error(None, str(why))
        else:
            messages.success(request, _("The amendment lies before the meeting."))
            return _to(meeting, found, "amendments")
    return render(request, "council/work_amend.html", {"form": form, "meeting": meeting, "proposal": found})


@requires(Permission.TAKE_PART)
def amendment(request: HttpRequest, code: str, proposal: str, amendment: str) -> HttpResponse:
    """Takes an amendment, takes it with other words, or does not take it; who leads the meeting puts it to the vote."""
    user, meeting, found = _found(request, code, proposal)
    marked = texts.amendment_of(found, amendment)
    to, is_secretary = request.POST.get("to", ""), keeps(user, meeting.body)
    if not leads(user, meeting) or (request.method == "POST" and to != "ballot" and not is_secretary):
        raise Http404
    one = marked.amendment
    first = {"text": _offered(one, found), "version": found.version}
    settle = SettleForm(request.POST or None)
    text = TextForm(request.POST if to == "merge" else None, initial=first)
    form: SettleForm | TextForm = settle
    context: dict[str, object] = {"ballot": BallotForm(auto_id="ballot_%s"), "is_secretary": is_secretary}
    if to == "ballot":
        return _put_to_vote(request, meeting, found, one, user)
    if request.method == "POST" and settle.is_valid() and (to != "merge" or text.is_valid()):
        said, taken = settle.cleaned_data, settle.taken()
        try:
            if to == "reject":
                actions.reject_amendment(amendment=one, taken=taken, answer=said["answer"], by=user)
            elif to == "merge":
                actions.accept_amendment(
                    amendment=one, taken=taken, text=text.cleaned_data["text"], version=text.cleaned_data["version"], answer=said["answer"],
                    by=user,
                )  # fmt: skip
            else:
                actions.accept_amendment(amendment=one, taken=taken, answer=said["answer"], by=user)
        except SavedByAnother as why:
            now = {"text": found.text, "version": found.version}
            text = TextForm({**request.POST.dict(), "version": found.version}, initial=now)
            text.add_error(None, str(why))
            form = text
            context["differences"] = differences(text, now)
        except Refused as why:
            settle.add_error(None, str(why))
        else:
            messages.success(request, _("The amendment is settled."))
            return _to(meeting, found, "amendments")
    elif request.method == "POST" and not text.is_valid() and to == "merge":
        form = text
    context |= {"settle": settle, "text": text, "form": form, "marked": marked, "meeting": meeting, "proposal": found}
    return render(request, "council/work_amendment.html", context)


def _put_to_vote(request: HttpRequest, meeting: Meeting, found: Proposal, one: Amendment, user: User) -> HttpResponse:
    form = BallotForm(request.POST)
    if not form.is_valid():
        raise Http404

    def put() -> None:
        actions.open_amendment_ballot(amendment=one, by=user, **opening(form.cleaned_data))

    return _act(request, meeting, found, put, _("The vote is open."), f"amendment-{one.code}")


def _offered(one: Amendment, proposal: Proposal) -> dict[str, str]:
    """What the box for putting together begins with: both changes where they fit, else the amendment's own words."""
    try:
        return actions.amended(one, proposal)
    except Refused:
        return dict(one.text)


@requires(Permission.TAKE_PART)
@require_POST
def withdraw_amendment(request: HttpRequest, code: str, proposal: str, amendment: str) -> HttpResponse:
    user, meeting, found = _found(request, code, proposal)
    one = texts.amendment_of(found, amendment).amendment
    if not keeps(user, meeting.body) and one.membership not in own_memberships(user, meeting):
        raise Http404
    said = _("The amendment is withdrawn.")
    return _act(request, meeting, found, lambda: actions.withdraw_amendment(amendment=one, by=user), said, "amendments")


@requires(Permission.TAKE_PART)
@require_POST
def comment(request: HttpRequest, code: str, proposal: str) -> HttpResponse:
    """A member's comment; with a mistake the page comes back with her words in it."""
    user, meeting, found = _found(request, code, proposal)
    seat = seats.own_seat(user, meeting, request.POST.get("membership", ""))
    form = CommentForm(request.POST, auto_id=f"c{seat.pk}_%s")
    if form.is_valid():
        said = form.cleaned_data
        try:
            actions.comment(
                proposal=found, membership=seat, words=said["words"], publication=said["publication"], request_key=said["key"],
                by=user,
            )  # fmt: skip
        except Refused as why:
            form.add_error(None, str(why))
        else:
            messages.success(request, _("Your comment is noted."))
            return _to(meeting, found, "comments")
    return _page(request, user, meeting, found, sent=form)


@requires(Permission.TAKE_PART)
@require_POST
def sponsor(request: HttpRequest, code: str, proposal: str) -> HttpResponse:
    """A member stands behind a proposal, or no longer does."""
    user, meeting, found = _found(request, code, proposal)
    seat = seats.own_seat(user, meeting, request.POST.get("membership", ""))
    stands = request.POST.get("to") == "stand"
    said = _("You stand behind this proposal now.") if stands else _("You no longer stand behind this proposal.")
    return _act(
        request, meeting, found, lambda: actions.stand_behind(proposal=found, membership=seat, stands=stands, by=user), said
    )


@requires(Permission.TAKE_PART)
def law_row(request: HttpRequest, code: str, proposal: str, pk: int = 0) -> HttpResponse:
    """A line of the table: a new one, or one to change or to take off."""
    user, meeting, found = _found(request, code, proposal)
    if not _may_change(user, found):
        raise Http404
    row = texts.law_row_of(found, pk) if pk else None
    if row is not None and request.POST.get("to") == "remove":
        said = _("The line is off the table.")
        return _act(request, meeting, found, lambda: actions.remove_law_row(row=row, by=user), said, "law")
    first = LawRowForm.said(row) if row else {}
    form = LawRowForm(request.POST or None, initial=first)
    context: dict[str, object] = {"form": form, "meeting": meeting, "proposal": found, "row": row}
    if request.method == "POST" and form.is_valid():
        sent = form.cleaned_data
        try:
            actions.write_law_row(
                proposal=found, texts=form.rows_texts(), row=row, version=sent["version"], request_key=sent["key"], by=user
            )
        except SavedByAnother as why:
            now = texts.law_row_of(found, pk)
            again = LawRowForm({**request.POST.dict(), "version": now.version}, initial=LawRowForm.said(now))
            again.add_error(None, str(why))
            context |= {"form": again, "differences": differences(again, LawRowForm.said(now))}
        except Refused as why:
            form.add_error(None, str(why))
        else:
            messages.success(request, _("The line is saved."))
            return _to(meeting, found, "law")
    return render(request, "council/work_law_row.html", context)
