"""The deadlines of a case: each with how its day came about; limits that fit; one clock for each pay day."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from kenesh.casework import actions, queries
from kenesh.casework.forms import ChangeDeadlineForm, DeadlineForm, LimitDeadlineForm, WhyMissedForm
from kenesh.casework.limits import clocks, words
from kenesh.casework.models import Deadline, LegalLimit
from kenesh.casework.opening import ChangedMeanwhile, OpenCase, Opened
from kenesh.casework.rules import Permission
from kenesh.casework.views.facts import row_page, with_theirs
from kenesh.casework.views.page import address, closed_to_us, new_key, opened_case, posted, read, show
from kenesh.kernel.access import requires
from kenesh.people.keyring import KeyMissing
from kenesh.people.middleware import keys_of, with_keys


@dataclass(frozen=True)
class Offered:
    """A limit with its form; what counting it gave, when somebody asked."""

    limit: LegalLimit
    form: LimitDeadlineForm
    length: str
    certainty: str
    confirmed: str
    open: bool = False
    explanation: list[str] = field(default_factory=list)
    wages: clocks.Wages | None = None
    due_on: date | None = None


@dataclass(frozen=True)
class Shown:
    """A deadline as the page shows it."""

    item: Opened[Deadline]
    left: str
    tone: str
    late: bool
    explanation: list[str]
    wages: clocks.Wages | None
    why_form: WhyMissedForm
    free: bool  # somebody wrote the day, no limit and no hour gave it
    counted_anew: date | None  # when it would be counted otherwise today: a holiday moved


def _shown(item: Opened[Deadline], today: date, sent: tuple[uuid.UUID, WhyMissedForm] | None) -> Shown:
    body, due = item.body, item.row.due_on
    limit = queries.limit_version(body["limit"], body["limit_version"]) if body.get("limit") else None
    explanation, wages, anew = [], None, None
    if limit is not None and "pay_days" in body:
        wages = _wages(limit, body, today)
        explanation = _of_wages(limit, wages)
    elif limit is not None:
        computed = clocks.compute(limit.as_clock, _start(body["start"]), body["country"], spent=body.get("spent", 0))
        explanation = words.explanation(limit, computed)
        anew = computed.earliest if computed.earliest not in (None, due) else None
    why = WhyMissedForm(
        initial={"missed_why": body.get("missed_why", ""), "version": item.row.version}, auto_id=f"id_{item.row.uid.hex}_%s"
    )
    if sent is not None and sent[0] == item.row.uid:
        why = sent[1]
    late = due < today and not item.row.done
    return Shown(item, words.left(due, today), words.tone(due, today), late, explanation, wages, why, may_be_changed(body), anew)


def may_be_changed(body: dict[str, Any]) -> bool:
    return "limit" not in body and "hour" not in body


def _start(text: str) -> date | datetime:
    return datetime.fromisoformat(text) if "T" in text else date.fromisoformat(text)


def _wages(limit: LegalLimit, body: dict[str, Any], today: date) -> clocks.Wages:
    sums = {date.fromisoformat(day): Decimal(owed) for day, owed in body["pay_days"] if owed}
    days = [date.fromisoformat(day) for day, _owed in body["pay_days"]]
    return clocks.wage_clocks(limit.as_clock, days, body["country"], today, sums)


def _of_wages(limit: LegalLimit, wages: clocks.Wages) -> list[str]:
    """How the next last day came about; when all have passed, the first one's."""
    next_one = next((clock for clock in wages.clocks if clock.computed.earliest == wages.next_last_day), wages.clocks[0])
    return words.explanation(limit, next_one.computed)


def country_for(limit: LegalLimit, opened: OpenCase) -> str:
    """Whose days off count: the country where it happened when the limit is one of it, else the limit's first."""
    own = opened.about()["destination"]
    return own if own in limit.countries else next(iter(limit.countries), "")


def fitting_limits(opened: OpenCase, limits: list[LegalLimit]) -> list[LegalLimit]:
    """Those for the matters of this case, in the country where each happened, for the citizenships of its persons."""
    about = opened.about()
    citizenships = {str(person.body.get("citizenship", "")) for person in opened.persons()} - {""} or {about["origin"]}
    today, found = timezone.localdate(), {}
    for matter in opened.matters():
        country, theme = matter.body.get("country") or about["destination"], matter.body.get("theme") or ""
        fit = queries.limits_that_fit(limits, country=country, theme=theme, citizenships=citizenships, today=today)
        found.update({limit.code: limit for limit in fit})
    return list(found.values())


def _offer(limit: LegalLimit, form: LimitDeadlineForm | None = None, *, open_: bool = False, **more: Any) -> Offered:
    own = form if form is not None else LimitDeadlineForm(limit=limit, initial=new_key(), auto_id=f"id_{limit.code}_%s")
    return Offered(limit, own, words.length(limit.as_clock), words.certainty(limit), words.confirmed(limit), open=open_, **more)


def _tab(
    request: HttpRequest,
    opened: OpenCase,
    *,
    chosen: Offered | None = None,
    why: tuple[uuid.UUID, WhyMissedForm] | None = None,
    replaced: dict[str, forms.Form] | None = None,
) -> HttpResponse:
    today = timezone.localdate()
    every = queries.limits_in_use()
    fitting = [limit for limit in fitting_limits(opened, every) if chosen is None or limit.code != chosen.limit.code]
    offers = [*([chosen] if chosen else []), *(_offer(limit) for limit in fitting)]
    known = {offer.limit.code for offer in offers}
    context: dict[str, Any] = {
        "deadlines": [_shown(item, today, why) for item in opened.next_deadlines()],
        "offers": offers,
        "others": [limit for limit in every if limit.code not in known],
        "deadline_form": DeadlineForm(initial=new_key(), prefix="deadline"),
        **(replaced or {}),
    }
    sent: list[forms.Form] = [*(replaced or {}).values(), *([chosen.form] if chosen else []), *([why[1]] if why else [])]
    context["form"] = next((form for form in sent if form.errors), None)
    return show(request, opened, "deadlines", "casework/deadlines.html", context, status=422 if context["form"] else 200)


def _page(request: HttpRequest, opened: OpenCase, **replaced: forms.Form) -> HttpResponse:
    return _tab(request, opened, replaced=replaced)


@requires(Permission.WORK_ON_CASES)
@with_keys
def deadlines(request: HttpRequest, code: str) -> HttpResponse:
    return read(request, code, _page)


@requires(Permission.WORK_ON_CASES)
@require_POST
@with_keys
@sensitive_post_parameters()
def deadline(request: HttpRequest, code: str) -> HttpResponse:
    def act(opened: OpenCase, form: DeadlineForm) -> None:
        data = form.cleaned_data
        actions.set_deadline(
            keyring=keys_of(request), case=opened.case, due_on=data["due_on"], what=data["what"], key=data["key"]
        )

    return posted(
        request,
        code,
        tab=_page,
        form_name="deadline_form",
        make=lambda opened: DeadlineForm(request.POST, prefix="deadline"),
        act=act,
        said=_("The deadline is set."),
        back=("deadlines", ""),
    )


@requires(Permission.WORK_ON_CASES)
@require_POST
@with_keys
@sensitive_post_parameters()
def deadline_from_limit(request: HttpRequest, code: str) -> HttpResponse:
    """Opens a limit that was chosen, counts it, or sets the day. The limit travels in the form, never in an address."""
    try:
        opened = opened_case(request, code)
        wanted = next((name for name in ("choose", "count", "set") if name in request.POST), "choose")
        limit = queries.limit_in_use(request.POST.get(wanted, ""))
        if wanted == "choose":
            return _tab(request, opened, chosen=_offer(limit, open_=True))
        form = LimitDeadlineForm(request.POST, limit=limit, auto_id=f"id_{limit.code}_%s")
        if not form.is_valid():
            return _tab(request, opened, chosen=_offer(limit, form, open_=True))
        limit, in_force = _of_that_day(limit, form)
        form = LimitDeadlineForm(request.POST, limit=limit, auto_id=f"id_{limit.code}_%s")
        if not form.is_valid():  # the law of that day counted otherwise, in hours for one
            return _tab(request, opened, chosen=_offer(limit, form, open_=True))
        if wanted == "count":
            return _tab(request, opened, chosen=_counted(limit, form, opened, in_force=in_force))
        due_on = _set(request, opened, limit, form)
        if due_on is None:
            messages.warning(request, _("No deadline was set: no day is left, or this claim does not run out. See the count."))
            return _tab(request, opened, chosen=_counted(limit, form, opened, in_force=in_force))
    except KeyMissing:
        return closed_to_us(request)
    if not in_force:
        messages.warning(request, not_law_then())
    messages.success(request, _("The deadline is set: %(day)s.") % {"day": words.day(due_on)})
    return HttpResponseRedirect(address(opened.case, "deadlines"))


def _of_that_day(limit: LegalLimit, form: LimitDeadlineForm) -> tuple[LegalLimit, bool]:
    """The version that was law on the day of the event, and whether one was; claims for wages count by the law of today."""
    start = timezone.localdate() if form.by_pay_day else form.cleaned_data["start"]
    found = queries.version_in_force(limit, start)
    return (found, True) if found is not None else (limit, False)


def not_law_then() -> str:
    return _("This rule was not in force on that day. Please look up the law of that time.")


def _counted(limit: LegalLimit, form: LimitDeadlineForm, opened: OpenCase, *, in_force: bool = True) -> Offered:
    country, today = country_for(limit, opened), timezone.localdate()
    if form.by_pay_day:
        days = form.pay_days()
        sums = {day: owed for day, owed in days.items() if owed is not None}
        wages = clocks.wage_clocks(limit.as_clock, days, country, today, sums)
        why = _of_wages(limit, wages)
        return _offer(limit, form, open_=True, wages=wages, explanation=why, due_on=wages.next_last_day)
    computed = clocks.compute(limit.as_clock, form.moment(), country, spent=form.cleaned_data.get("spent") or 0)
    why = [*words.explanation(limit, computed), *([] if in_force else [not_law_then()])]
    return _offer(limit, form, open_=True, explanation=why, due_on=computed.earliest)


def _set(request: HttpRequest, opened: OpenCase, limit: LegalLimit, form: LimitDeadlineForm) -> date | None:
    data, what = form.cleaned_data, str(limit.matter)
    country = country_for(limit, opened)
    common: dict[str, Any] = {"keyring": keys_of(request), "case": opened.case, "limit": limit, "country": country, "what": what}
    if form.by_pay_day:
        proof = " · ".join(part for part in (data["proof"], data["file"]) if part)
        return actions.set_for_wages(**common, pay_days=form.pay_days(), key=data["key"], proof=proof)
    return actions.set_from_limit(
        **common, start=form.moment(), spent=data.get("spent") or 0, proof=data["proof"], file=data["file"], key=data["key"]
    )


def _with_series(request: HttpRequest, code: str, uid: uuid.UUID, act: Callable[..., None], *, said: str = "") -> HttpResponse:
    """Does it to a deadline and to those that are over with it, to all or to none."""
    try:
        opened = opened_case(request, code)
        rows = opened.series_of(queries.row_of_case(opened.case, Deadline, uid))
        actions.with_all(act, keyring=keys_of(request), deadlines=rows)
    except KeyMissing:
        return closed_to_us(request)
    if said:
        messages.success(request, said)
    return HttpResponseRedirect(address(opened.case, "deadlines"))


@requires(Permission.WORK_ON_CASES)
@require_POST
@with_keys
def deadline_done(request: HttpRequest, code: str, uid: uuid.UUID) -> HttpResponse:
    return _with_series(request, code, uid, actions.finish_deadline)


@requires(Permission.WORK_ON_CASES)
@require_POST
@with_keys
def deadline_undo(request: HttpRequest, code: str, uid: uuid.UUID) -> HttpResponse:
    return _with_series(request, code, uid, actions.undo_deadline)


@requires(Permission.WORK_ON_CASES)
@with_keys
@sensitive_post_parameters()
def deadline_change(request: HttpRequest, code: str, uid: uuid.UUID) -> HttpResponse:
    """Another day or other words of a deadline that somebody set freely; what a limit or an hour gave is counted, not written."""
    try:
        opened = opened_case(request, code)
        row = queries.row_of_case(opened.case, Deadline, uid)
        body, theirs = opened.open(row).body, None
        if not may_be_changed(body):
            raise Http404
        form = ChangeDeadlineForm(request.POST or None, initial={**body, "due_on": row.due_on, "version": row.version})
        if request.method == "POST" and form.is_valid():
            try:
                actions.change_deadline(keyring=keys_of(request), deadline=row, **form.cleaned_data)
            except ChangedMeanwhile as changed:
                row.refresh_from_db(fields=["due_on"])
                saved = {**changed.saved, "due_on": row.due_on.isoformat()}
                form, theirs = with_theirs(form, ChangeDeadlineForm, request, saved, row)
            else:
                messages.success(request, _("Saved."))
                return HttpResponseRedirect(address(opened.case, "deadlines"))
    except KeyMissing:
        return closed_to_us(request)
    return row_page(request, opened.case, form, _("Deadline"), theirs=theirs, tab="deadlines")


@requires(Permission.WORK_ON_CASES)
@require_POST
@with_keys
def deadline_strike(request: HttpRequest, code: str, uid: uuid.UUID) -> HttpResponse:
    """It was set by mistake."""
    return _with_series(request, code, uid, actions.strike_deadline, said=_("The deadline is removed."))


@requires(Permission.WORK_ON_CASES)
@require_POST
@with_keys
@sensitive_post_parameters()
def deadline_missed(request: HttpRequest, code: str, uid: uuid.UUID) -> HttpResponse:
    """Why a day was missed."""
    try:
        opened = opened_case(request, code)
        row = queries.row_of_case(opened.case, Deadline, uid)
        form = WhyMissedForm(request.POST, auto_id=f"id_{uid.hex}_%s")
        if form.is_valid():
            data = form.cleaned_data
            has_next = len(opened.series_of(row)) > 1
            actions.say_why_missed(keyring=keys_of(request), deadline=row, words=data["missed_why"], version=data["version"])
            if has_next:  # this pay day is over: the next one counts
                actions.finish_deadline(keyring=keys_of(request), deadline=row)
    except KeyMissing:
        return closed_to_us(request)
    except ChangedMeanwhile as changed:
        row.refresh_from_db(fields=["version"])
        form = _again(request, form, row.version, changed.saved.get("missed_why", ""))
    if form.errors:
        return _tab(request, opened, why=(uid, form))
    messages.success(request, _("This is noted."))
    return HttpResponseRedirect(address(opened.case, "deadlines"))


def _again(request: HttpRequest, form: WhyMissedForm, version: int, theirs: str) -> WhyMissedForm:
    """My words, to be saved over the colleague's, which stand beside them."""
    mine = request.POST.copy()
    mine["version"] = str(version)
    again = WhyMissedForm(mine, auto_id=form.auto_id)
    again.is_valid()
    again.add_error("missed_why", _("A colleague wrote meanwhile: %(words)s") % {"words": theirs})
    return again
