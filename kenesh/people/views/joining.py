"""Two records of the same organisation, or of the same person: finding the other one, looking at both, joining them."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from kenesh.kernel.access import holds, requires
from kenesh.people import actions, joining, queries
from kenesh.people.forms.joining import SameForm
from kenesh.people.middleware import person_of
from kenesh.people.models import Organisation
from kenesh.people.rules import Permission


@requires(Permission.KEEP_BODIES)
@require_safe
def same_organisation(request: HttpRequest, code: str) -> HttpResponse:
    """Which other organisation it may be."""
    return _choose(request, queries.organisation_to_correct(person_of(request), code), "people_work:join_organisations")


@requires(Permission.KEEP_BODIES)
@require_safe
def same_person(request: HttpRequest, code: str) -> HttpResponse:
    """Which other person it may be."""
    return _choose(request, queries.person_to_correct(person_of(request), code), "people_work:join_persons")


def _choose(request: HttpRequest, record: joining.Record, page: str) -> HttpResponse:
    form = SameForm(request.GET or None)
    words = form.cleaned_data["words"] if form.is_valid() else ""
    found = queries.may_be_the_same(record, queries.may_be_joined_by(person_of(request), record), words)
    lines = [{"candidate": one, "address": reverse(page, args=[record.code, one.target])} for one in found]
    context = {"record": record, "form": form, "words": words, "lines": lines, "back": _page_of(request, record)}
    return render(request, "people/same.html", context)


@requires(Permission.KEEP_BODIES)
def join_organisations(request: HttpRequest, code: str, other: str) -> HttpResponse:
    """Both side by side, and what moves; sent, they become one."""
    user = person_of(request)
    stays = queries.organisation_to_correct(user, code)
    try:
        goes = queries.organisation_to_correct(user, other)
    except queries.JoinedInto as why:
        return _joined_already(request, stays, why)
    return _join(request, stays, goes, "people_work:join_organisations")


@requires(Permission.KEEP_BODIES)
def join_persons(request: HttpRequest, code: str, other: str) -> HttpResponse:
    """Both side by side, and what moves; sent, they become one."""
    user = person_of(request)
    stays = queries.person_to_correct(user, code)
    try:
        goes = queries.person_to_correct(user, other)
    except queries.JoinedInto as why:
        return _joined_already(request, stays, why)
    return _join(request, stays, goes, "people_work:join_persons")


def _join(request: HttpRequest, stays: joining.Record, goes: joining.Record, page: str) -> HttpResponse:
    user = person_of(request)
    if stays.pk == goes.pk:
        raise Http404
    refused: list[Any] = []
    if request.method == "POST":
        try:
            actions.join(stays=stays, goes=goes, seen=request.POST.get("seen", ""), by=user)
        except actions.ChangedMeanwhile:
            messages.error(request, _("One of the two was changed meanwhile. Look at both again."))
            return HttpResponseRedirect(request.path)
        except actions.CannotJoin as why:
            refused = list(why.sentences)
        else:
            return _done(request, stays)
    told = joining.told_of(stays, goes)
    context = {
        "stays": stays,
        "goes": goes,
        "is_organisation": isinstance(stays, Organisation),
        "differ": _differ(stays, goes),
        "moves": told.moves,
        "refusals": refused or [*told.refusals, *actions.refusals_to(user, told.bodies)],
        "seen": actions.stamp_of_both(stays, goes),
        "other_way": reverse(page, args=[goes.code, stays.code]),
        "back": _page_of(request, stays),
    }
    return render(request, "people/join.html", context)


def _differ(stays: joining.Record, goes: joining.Record) -> bool:
    """Whether it is unlikely that they are the same."""
    if not isinstance(stays, Organisation) or not isinstance(goes, Organisation):
        return False
    countries = {stays.country, goes.country} - {""}
    return stays.kind != goes.kind or len(countries) > 1


def _joined_already(request: HttpRequest, stays: joining.Record, why: queries.JoinedInto) -> HttpResponse:
    """The form was sent twice: once is enough. Raises JoinedInto where the other one was joined to a third."""
    if why.now != stays.code:
        raise why
    return _done(request, stays)


def _done(request: HttpRequest, stays: joining.Record) -> HttpResponseRedirect:
    messages.success(request, _("The two are one now. Old addresses lead here."))
    return HttpResponseRedirect(_page_of(request, stays))


def _page_of(request: HttpRequest, record: joining.Record) -> str:
    """Its page, as far as this account may open one."""
    if not isinstance(record, Organisation):
        return reverse("people_work:edit_person", args=[record.code])
    name = "organisation" if holds(request.user, Permission.FILL_NODE) else "correct_organisation"
    return reverse(f"people_work:{name}", args=[record.code])
