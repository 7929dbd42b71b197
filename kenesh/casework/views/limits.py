"""Legal time limits of the node, an office's rule for its days, and the calendar that holds counts alone."""

from __future__ import annotations

import uuid
from datetime import datetime, time, timedelta
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, gettext, ngettext, override
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe
from icalendar import Calendar, Event

from kenesh.casework import actions, queries
from kenesh.casework.forms import ConfirmLimitForm, LimitForm, NewLimitForm, OfficeRuleForm
from kenesh.casework.limits import words
from kenesh.casework.models import CalendarLink, LegalLimit
from kenesh.casework.rules import Permission
from kenesh.kernel.access import holds, public, requires
from kenesh.people.middleware import person_of
from kenesh.people.models import Organisation
from kenesh.themes import countries

DAYS = ("warn_days", "escalate_days", "first_answer_days", "urgent_hours")


@requires(Permission.SEE_LIMITS)
@require_safe
def limits(request: HttpRequest) -> HttpResponse:
    """All limits in use, of one country or of all."""
    every = queries.limits_in_use()
    codes = sorted({code for row in every for code in row.countries})
    country = request.GET.get("country", "")
    rows = [row for row in every if not country or country in row.countries]
    context = {
        "rows": [{"limit": row, "length": words.length(row.as_clock), "confirmed": words.confirmed(row)} for row in rows],
        "countries": [{"code": code, "name": country_or_committee(code), "current": code == country} for code in codes],
        "country": country,
        "may_edit": holds(person_of(request), Permission.EDIT_LIMITS),
    }
    return render(request, "casework/limits.html", context)


@requires(Permission.EDIT_LIMITS)
def new_limit(request: HttpRequest) -> HttpResponse:
    """A limit that is not in the list; a lawyer confirms it on its own page."""
    form = NewLimitForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        row = actions.add_limit(fields=form.fields_of_limit(), key=form.cleaned_data["key"], by=person_of(request))
        messages.success(request, _("The limit is in the list. It is not confirmed by a lawyer yet."))
        return HttpResponseRedirect(reverse("office_work:limit", args=[row.code]))
    return render(request, "casework/limits_new.html", {"form": form}, status=422 if form.errors else 200)


def country_or_committee(code: str) -> str:
    """The country's name; the United Nations for their committees."""
    return gettext("United Nations") if code == "UN" else countries.country_name(code, get_language() or "ru")


def _limit_page(request: HttpRequest, limit: LegalLimit, form: LimitForm | None = None, **more: Any) -> HttpResponse:
    person = person_of(request)
    may_edit = holds(person, Permission.EDIT_LIMITS)
    context = {
        "limit": limit,
        "length": words.length(limit.as_clock),
        "certainty": words.certainty(limit),
        "confirmed": words.confirmed(limit),
        "places": [country_or_committee(code) for code in limit.countries],
        "versions": [
            {"row": row, "confirmed": words.confirmed(row), "length": words.length(row.as_clock)}
            for row in queries.versions_of(limit.code)
        ],
        "may_edit": may_edit,
        "edit_form": form or (LimitForm(limit=limit) if may_edit else None),
        "confirm_form": ConfirmLimitForm(prefix="confirm", initial={"version": limit.version}),
        **more,
    }
    wrong = (form is not None and bool(form.errors)) or bool(more)
    context["form"] = form if form is not None and form.errors else more.get("confirm_form")
    return render(request, "casework/limits_one.html", context, status=422 if wrong else 200)


@requires(Permission.SEE_LIMITS)
def limit(request: HttpRequest, limit: str) -> HttpResponse:
    """A limit with all its versions; sent: a new version."""
    row, person = queries.limit_in_use(limit), person_of(request)
    if request.method != "POST":
        return _limit_page(request, row)
    if not holds(person, Permission.EDIT_LIMITS):
        raise Http404
    form = LimitForm(request.POST, limit=row)
    if not form.is_valid():
        return _limit_page(request, row, form)
    try:
        seen = _version_seen(row, form.cleaned_data["version"])
        actions.change_limit(limit=seen, fields=form.fields_of_limit(), by=person)
    except actions.ChangedByOther:
        return _limit_page(request, queries.limit_in_use(row.code), _again(request, row.code))
    messages.success(request, _("A new version is in use. It is not confirmed by a lawyer yet."))
    return HttpResponseRedirect(reverse("office_work:limit", args=[row.code]))


def _version_seen(row: LegalLimit, number: int) -> LegalLimit:
    """The version that was on the page. Raises ChangedByOther when it is no longer the one in use."""
    if row.version != number:
        raise actions.ChangedByOther
    return row


def _again(request: HttpRequest, code: str) -> LimitForm:
    """What was typed, to be saved over the newer version, which the page shows above."""
    newest, mine = queries.limit_in_use(code), request.POST.copy()
    mine["version"] = str(newest.version)
    form = LimitForm(mine, limit=newest)
    form.add_error(None, _("Somebody saved a newer version a moment ago. Compare it above, and save again."))
    return form


@requires(Permission.CONFIRM_LIMITS)
@require_POST
def confirm_limit(request: HttpRequest, limit: str) -> HttpResponse:
    row = queries.limit_in_use(limit)
    form = ConfirmLimitForm(request.POST, prefix="confirm")
    if not form.is_valid():
        return _limit_page(request, row, confirm_form=form)
    try:
        seen = _version_seen(row, form.cleaned_data["version"])
        actions.confirm_limit(limit=seen, lawyer=form.cleaned_data["lawyer"], by=person_of(request))
    except actions.ChangedByOther:
        messages.warning(request, _("Somebody saved a newer version a moment ago. Look at it before you confirm it."))
    else:
        messages.success(request, _("It is noted that a lawyer has confirmed this limit."))
    return HttpResponseRedirect(reverse("office_work:limit", args=[row.code]))


@requires(Permission.EDIT_LIMITS)
@require_POST
def use_limit(request: HttpRequest, limit: str, version: int) -> HttpResponse:
    """Takes another version into use."""
    row = queries.limit_version(limit, version)
    if row is None:
        raise Http404
    actions.use_version(limit=row, by=person_of(request))
    messages.success(request, _("This version is in use now."))
    return HttpResponseRedirect(reverse("office_work:limit", args=[row.code]))


# --- the office's rule ------------------------------------------------------------------------------------------------


def _rule_form(office: Organisation, data: Any = None) -> OfficeRuleForm:
    rule = queries.rule_of(office)
    initial = {name: getattr(rule, name) for name in DAYS} | {"lead": rule.lead.uid if rule.lead else None}
    return OfficeRuleForm(data, caseworkers=queries.caseworkers_of(office), initial=initial, prefix=office.code)


@requires(Permission.WORK_ON_CASES)
def office_rules(request: HttpRequest) -> HttpResponse:
    """When this office warns, tells its lead, and must have answered first."""
    person = person_of(request)
    offices = queries.offices_of(person)
    sent = request.POST.get("office", "") if request.method == "POST" else ""
    forms = {office: _rule_form(office, request.POST if office.code == sent else None) for office in offices}
    if request.method == "POST":
        office = queries.office_of_caseworker(person, sent)
        form = forms[office]
        if form.is_valid():
            days = {name: form.cleaned_data[name] for name in DAYS}
            actions.set_office_rule(office=office, lead=form.cleaned_data["lead"], days=days, by=person)
            messages.success(request, _("The rule of the office is saved."))
            return HttpResponseRedirect(reverse("office_work:office_rules"))
    wrong = next((form for form in forms.values() if form.is_bound and form.errors), None)
    rows = [{"office": office, "form": form} for office, form in forms.items()]
    return render(request, "casework/limits_rules.html", {"rows": rows, "form": wrong}, status=422 if wrong else 200)


@requires(Permission.WORK_ON_CASES)
@require_POST
def escalation_seen(request: HttpRequest, pk: int) -> HttpResponse:
    """The lead has seen to a case."""
    person = person_of(request)
    actions.end_escalation(escalation=queries.escalation_for(person, pk), by=person)
    return HttpResponseRedirect(reverse("site_work:home"))


@requires(Permission.WORK_ON_CASES)
@require_POST
def note_seen(request: HttpRequest, uid: uuid.UUID) -> HttpResponse:
    """The lead has seen to a limit that ran out."""
    person = person_of(request)
    actions.end_lead_note(note=queries.note_for(person, uid), by=person)
    return HttpResponseRedirect(reverse("site_work:home"))


# --- a calendar without personal data -----------------------------------------------------------------------------------


@requires(Permission.WORK_ON_CASES)
def calendar(request: HttpRequest) -> HttpResponse:
    """Makes and revokes secret addresses of one's calendar; a new one is shown once."""
    person, address = person_of(request), ""
    if request.method == "POST":
        whose = request.POST.get("whose", "")
        if whose not in CalendarLink.Whose.values:
            raise Http404
        token = actions.make_calendar_link(user=person, whose=CalendarLink.Whose(whose))
        address = f"{settings.ADDRESS}{reverse('calendar:feed', args=[token])}"
    context = {"links": queries.calendar_links_of(person), "address": address, "choices": CalendarLink.Whose.choices}
    return render(request, "casework/limits_calendar.html", context)


@requires(Permission.WORK_ON_CASES)
@require_POST
def revoke_calendar(request: HttpRequest, uid: uuid.UUID) -> HttpResponse:
    person = person_of(request)
    actions.revoke_calendar_link(link=queries.calendar_link_of(person, uid), by=person)
    messages.success(request, _("This address leads nowhere now."))
    return HttpResponseRedirect(reverse("office_work:calendar"))


@public("a secret address that its holder made: it tells days and how many deadlines each has, nothing of any case")
@require_safe
def feed(request: HttpRequest, token: str) -> HttpResponse:
    link = queries.calendar_link(token)
    with override(link.user.language):
        body = as_calendar(link)
    response = HttpResponse(body, content_type="text/calendar; charset=utf-8")
    response["Cache-Control"] = "no-store"
    response["Referrer-Policy"] = "no-referrer"
    response["X-Robots-Tag"] = "noindex"
    return response


def as_calendar(link: CalendarLink) -> bytes:
    """Whole-day events, one for each day; the same day keeps its UID, so that a count that changes replaces the old one."""
    made = Calendar()
    made.add("prodid", "-//Kenesh//casework//EN")
    made.add("version", "2.0")
    made.add("method", "PUBLISH")
    made.add("x-wr-calname", gettext("Kenesh: deadlines"))
    made["REFRESH-INTERVAL;VALUE=DURATION"] = "PT6H"
    made["X-PUBLISHED-TTL"] = "PT6H"
    stamp = timezone.make_aware(datetime.combine(timezone.localdate(), time()))
    for day, number in queries.deadlines_by_day(link):
        event = Event()
        event.add("uid", f"{link.uid.hex}-{day.isoformat()}@kenesh")
        event.add("dtstamp", stamp)
        event.add("dtstart", day)
        event.add("dtend", day + timedelta(days=1))
        event.add("summary", ngettext("%(number)s deadline", "%(number)s deadlines", number) % {"number": number})
        event.add("url", f"{settings.ADDRESS}{reverse('casework_work:queue')}")
        event.add("transp", "TRANSPARENT")
        made.add_component(event)
    return bytes(made.to_ical())
