"""What runs in hours: the board of urgent cases, and the alarm of one case."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_date, parse_datetime
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters

from kenesh.appeals import wording
from kenesh.casework import actions, lines, queries, queue_rows
from kenesh.casework.board_rows import row_of
from kenesh.casework.forms import AlarmForm
from kenesh.casework.models import Alarm
from kenesh.casework.opening import Body, ChangedMeanwhile, OpenCase
from kenesh.casework.rules import Permission
from kenesh.casework.views.page import closed_to_us, opened_case, show
from kenesh.kernel.access import requires
from kenesh.people.keyring import KeyMissing
from kenesh.people.middleware import keys_of, person_of, with_keys

MOMENTS = ("removal_at", "detained_at", "hearing_at")
CARDS, LINES = 20, 40  # of one page: cases, and new appeals above the first of them


@requires(Permission.WORK_ON_CASES)
@with_keys
def board(request: HttpRequest) -> HttpResponse:
    """Urgent cases by their nearest hour, after new appeals of people in danger. Only these are opened.

    The hours are sealed: all cases of the board are opened to find the nearest, whatever part of them a page shows.
    """
    desk = queries.desk_of(person_of(request))
    urgent = queries.urgent_of(desk)
    now = timezone.now()
    cards = lines.cards_of(urgent.cases, keys_of(request), now)
    begin = next((at for at in range(0, len(cards), CARDS) if str(at) == request.GET.get("from")), 0)
    shown = cards[begin : begin + CARDS]
    first = lines.lines_of(urgent.new[:LINES], keys_of(request), desk.today) if not begin else []
    context = {
        "new": [queue_rows.row_of(line, desk.today, ends=None, ticked=()) for line in first],
        "cards": shown,
        "rows": [row_of(card) for card in shown],
        "next": begin + CARDS if begin + CARDS < len(cards) else 0,
        "more": urgent.more or len(urgent.new) > LINES,
        "most": queries.BOARD if urgent.more else LINES,
        "now": timezone.localtime(now),
    }
    return render(request, "casework/urgent.html", context)


@requires(Permission.WORK_ON_CASES)
@with_keys
@sensitive_post_parameters()
def alarm(request: HttpRequest, code: str) -> HttpResponse:
    """Removal, detention, hearing, lawyer, consul. Two people at one alarm: the second sees what the first has saved."""
    try:
        opened = opened_case(request, code)
        if request.method != "POST":
            return _page(request, opened, AlarmForm(initial=_initial(opened)), [])
        form = AlarmForm(request.POST)
        if not form.is_valid():
            return _page(request, opened, form, [])
        try:
            actions.set_alarm(
                keyring=keys_of(request),
                case=opened.case,
                body=form.body(),
                version=form.cleaned_data["version"] or 0,
                urgent=form.cleaned_data["urgent"],
            )
        except ChangedMeanwhile as changed:
            return _page(request, opened, *_with_theirs(request, opened, form, changed.saved))
    except KeyMissing:
        return closed_to_us(request)
    messages.success(request, _("Saved."))
    return HttpResponseRedirect(reverse("casework_work:alarm", args=[code]))


def _page(request: HttpRequest, opened: OpenCase, form: forms.Form, theirs: list[tuple[str, str]]) -> HttpResponse:
    if said := _saved(opened)[0].get("detained_since"):
        form.fields["detained_at"].help_text = _("The person said: %(words)s") % {"words": said}
    context = {"alarm_form": form, "form": form, "theirs": theirs, "zone": timezone.get_current_timezone_name()}
    return show(request, opened, "alarm", "casework/urgent_alarm.html", context, status=422 if form.errors or theirs else 200)


def _saved(opened: OpenCase) -> tuple[Body, int]:
    row = Alarm.objects.filter(case=opened.case).first()
    return (opened.open(row).body, row.version) if row is not None else (actions.NO_ALARM, 0)


def _initial(opened: OpenCase) -> dict[str, Any]:
    """A case whose alarm is filled in for the first time goes onto the board unless somebody says no."""
    body, version = _saved(opened)
    return {**_typed(body), "version": version, "urgent": opened.case.urgent or version == 0}


def _typed(body: Body) -> dict[str, Any]:
    """What is sealed as text, as days and moments."""
    moments = {name: parse_datetime(body[name]) if body.get(name) else None for name in MOMENTS}
    return {**body, **moments, "consul_on": parse_date(body["consul_on"]) if body.get("consul_on") else None}


def _with_theirs(request: HttpRequest, opened: OpenCase, form: AlarmForm, saved: Body) -> tuple[AlarmForm, list[tuple[str, str]]]:
    """My form again, knowing the newest version, and beside it where a colleague's differs."""
    mine = request.POST.copy()
    mine["version"] = str(_saved(opened)[1])
    again = AlarmForm(mine)
    again.is_valid()
    own, typed = form.body(), _typed(saved)
    differs = []
    for field in again:
        if field.name in saved and saved[field.name] != own.get(field.name):
            value = typed[field.name]
            shown = timezone.localtime(value).strftime("%d.%m.%Y %H:%M") if field.name in MOMENTS and value else value
            words = {True: _("Yes"), False: _("No")}[shown] if isinstance(shown, bool) else wording.answer_in_words(field, shown)
            differs.append((str(field.label), words or "–"))
    return again, differs
