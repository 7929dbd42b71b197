"""The queue: what it shows, and what is done with several rows at once."""

from __future__ import annotations

import uuid
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from kenesh.appeals.keyset import QueuePlace
from kenesh.appeals.models import Appeal
from kenesh.casework import actions, queries
from kenesh.casework.actions import Outcome
from kenesh.casework.forms import BulkForm, FilterForm, office_to_share
from kenesh.casework.forms.queue import MOST_ROWS
from kenesh.casework.lines import lines_of
from kenesh.casework.models import Case
from kenesh.casework.queries import PAGE, TABS, Desk, Filter, SavedView
from kenesh.casework.queue_rows import row_of
from kenesh.casework.rules import Permission
from kenesh.casework.search import indexing
from kenesh.casework.tagged import tagged_cases
from kenesh.casework.views.page import say_if_known, say_if_unsearched
from kenesh.kernel.access import requires
from kenesh.people.keyring import KeyMissing
from kenesh.people.middleware import keys_of, person_of, with_keys

MOST_SWEPT = 500  # new appeals that one press sweeps: a request step of about two seconds
UNDO_IN_SESSION = "queue-undo"


@requires(Permission.WORK_ON_CASES)
@with_keys
def queue(request: HttpRequest) -> HttpResponse:
    """New appeals, open cases, mine, closed, swept: what is urgent first. Of a list only tags and hours are opened."""
    desk = queries.desk_of(person_of(request))
    uid = request.GET.get("view", "")
    view = queries.view_behind(desk, keys_of(request), uid) if uid else None
    if uid and view is None:
        messages.info(request, _("This view is no longer kept. Please choose again what the list shows."))
    tab = request.GET.get("show", "new")
    chosen = view.filter if view else Filter(tab=tab if tab in TABS else "new")
    return _page(request, desk, chosen, view)


def _page(
    request: HttpRequest,
    desk: Desk,
    chosen: Filter,
    view: SavedView | None,
    *,
    filter_form: FilterForm | None = None,
    bulk_form: BulkForm | None = None,
    ticked: tuple[str, ...] = (),
    never: list[str] | None = None,
    running: list[str] | None = None,
) -> HttpResponse:
    after = QueuePlace.parse(request.GET.get("after", ""))
    swept: dict[int, date] = {}
    if chosen.tab == "swept":
        removed = queries.swept_of(desk, after=after)
        rows: list[Any] = [one.appeal for one in removed]
        swept = {one.appeal_id: one.swept_on + actions.SWEPT_FOR for one in removed}
        more = [QueuePlace(1, one.swept_on, one.pk) for one in removed[PAGE - 1 : PAGE]]
    elif chosen.tag and chosen.tab != "new":
        indexing.work_off(keys_of(request), desk.offices, budget_ms=100)
        rows, more = tagged_cases(desk, chosen, keys_of(request)), []
    else:
        rows = queries.page_of(desk, chosen, after=after)
        more = [queries.place_of(row) for row in rows[PAGE - 1 : PAGE]]
    here = {"view": view.row.uid.hex} if view else {"show": chosen.tab}
    saved = queries.saved_views(desk, keys_of(request))
    counted = _counted(request, desk, [one.filter for one in saved] + ([chosen] if chosen.narrowed else []))
    context = {
        **_tabs(desk, chosen, view),
        "views": [
            {"view": one, "count": _count(number), "current": view is not None and one.row.pk == view.row.pk}
            for one, number in zip(saved, counted, strict=False)
        ],
        "found": _count(counted[-1]) if chosen.narrowed else None,
        "view": view,
        "rows": [
            row_of(line, desk.today, ends=swept.get(line.row.pk), ticked=ticked)
            for line in lines_of(rows[: None if chosen.tag else PAGE], keys_of(request), desk.today)
        ],
        "cases": chosen.tab not in ("new", "swept"),
        "next": urlencode({**here, "after": str(more[0])}) if more and len(rows) > PAGE else "",
        "here": urlencode(here),
        "flood": queries.flood() if chosen.tab == "new" else 0,
        "filter_form": filter_form or FilterForm(desk=desk, tab=chosen.tab, initial=chosen.body()),
        "bulk_form": bulk_form or BulkForm(desk=desk, initial={"key": uuid.uuid4(), "assignee": "me"}),
        "form": filter_form or bulk_form,
        "ticked": ticked,
        "never": never,
        "running": running,
        "undo": _undo_offered(request),
        "me": desk.user,
        "quotations": queries.waiting_counted(keys_of(request))[0],
    }
    return render(request, "casework/queue.html", context, status=422 if context["form"] or never or running else 200)


def _counted(request: HttpRequest, desk: Desk, chosen: list[Filter]) -> list[int]:
    """Kept counts; only words that lie in the encrypted index are looked up."""
    kept = iter(queries.view_counts(desk, [one for one in chosen if not one.tag]))
    return [len(tagged_cases(desk, one, keys_of(request))) if one.tag else next(kept) for one in chosen]


def _tabs(desk: Desk, chosen: Filter, view: SavedView | None) -> dict[str, Any]:
    counts = {**queries.queue_counts(desk.user), "swept": queries.swept_count(desk)}
    names = {"new": _("New"), "open": _("Open cases"), "mine": _("Mine"), "closed": _("Closed"), "swept": _("Swept")}
    shown = [key for key in TABS if key != "swept" or counts["swept"] or chosen.tab == "swept"]
    tabs = [
        {
            "key": key,
            "label": names[key],
            "count": _count(counts[key]) if key == "swept" else counts[key],
            "current": key == chosen.tab,
        }
        for key in shown
    ]
    return {"tab": chosen.tab, "tabs": tabs}


def _count(number: int) -> str:
    return str(number) if number != queries.CAP else f"{queries.CAP - 1}+"


def _undo_offered(request: HttpRequest) -> uuid.UUID | None:
    """What the last act can be taken back with, as long as it can."""
    uid = request.session.get(UNDO_IN_SESSION)
    if not uid:
        return None
    undo = queries.undo_of(person_of(request), uuid.UUID(uid))
    return undo.uid if undo else None


@requires(Permission.WORK_ON_CASES)
@require_POST
@with_keys
@sensitive_post_parameters()
def filtered(request: HttpRequest) -> HttpResponse:
    """Keeps what was chosen, sealed, and leads to it. With a name it becomes a view that stays."""
    desk = queries.desk_of(person_of(request))
    form = FilterForm(request.POST, desk=desk, tab=request.POST.get("tab", "new"))
    if not form.is_valid():
        tab = request.POST.get("tab", "")
        return _page(request, desk, Filter(tab=tab if tab in TABS else "new"), None, filter_form=form)
    chosen, name = form.chosen(), form.cleaned_data["name"].strip()
    if name:
        shared = office_to_share(desk, chosen) if form.cleaned_data["shared"] else None
        try:
            view = actions.save_view(keyring=keys_of(request), chosen=chosen, name=name, share_with=shared)
        except KeyMissing:
            view = actions.save_view(keyring=keys_of(request), chosen=chosen, name=name, share_with=None)
            messages.warning(request, _("The view is kept for you alone: you hold no key of the office yet."))
        else:
            messages.success(request, _("The view is kept."))
    else:
        view = actions.show_filter(keyring=keys_of(request), chosen=chosen)
    return HttpResponseRedirect(f"{reverse('casework_work:queue')}?view={view.uid.hex}")


@requires(Permission.WORK_ON_CASES)
@require_POST
@with_keys
def forget(request: HttpRequest, code: str) -> HttpResponse:
    """Deletes one's own saved view."""
    view = queries.view_to_forget(person_of(request), code)
    actions.forget_view(keyring=keys_of(request), view=view)
    messages.success(request, _("The view is deleted. The cases in it are untouched."))
    return HttpResponseRedirect(reverse("casework_work:queue"))


@requires(Permission.WORK_ON_CASES)
@require_POST
@with_keys
@sensitive_post_parameters()
def several(request: HttpRequest) -> HttpResponse:
    """One act on the rows that are ticked; it can be taken back for ten minutes."""
    desk = queries.desk_of(person_of(request))
    chosen, view = _where(request, desk)
    form = BulkForm(request.POST, desk=desk)
    ticked = tuple(request.POST.getlist("rows")[:MOST_ROWS])
    if not form.is_valid():
        return _page(request, desk, chosen, view, bulk_form=form, ticked=ticked)
    new, cases = queries.ticked_rows(desk, ticked)
    if form.cleaned_data["what"] == "sweep_all" and chosen.tab == "new":
        new = queries.page_of(desk, chosen, limit=MOST_SWEPT)[:MOST_SWEPT]
    if form.cleaned_data["what"] == "close":
        never = [case.code for case in queries.never_to_be_contacted(cases, keys_of(request))]
        running = [case.code for case in queries.cases_with_deadlines(cases)]
        asked = {"never": never, "running": running}
        if any(codes and request.POST.get(name) != str(len(codes)) for name, codes in asked.items()):
            return _page(request, desk, chosen, view, ticked=ticked, never=never, running=running)
    if not new and not cases:
        messages.warning(request, _("Please tick at least one line first."))
    else:
        _tell(request, _act(request, desk, form.cleaned_data, new, cases))
    here = {"view": view.row.uid.hex} if view else {"show": chosen.tab}
    return HttpResponseRedirect(f"{reverse('casework_work:queue')}?{urlencode(here)}")


def _where(request: HttpRequest, desk: Desk) -> tuple[Filter, SavedView | None]:
    """The list from which a form was sent."""
    view = queries.view_behind(desk, keys_of(request), request.POST.get("view", ""))
    tab = request.POST.get("show", "new")
    return (view.filter, view) if view else (Filter(tab=tab if tab in TABS else "new"), None)


def _act(request: HttpRequest, desk: Desk, data: dict[str, Any], new: list[Appeal], cases: list[Case]) -> Outcome:
    keyring, what = keys_of(request), data["what"]
    if what == "assign":
        to = next((one for one in desk.colleagues if one.pk == desk.assignee_id(data["assignee"])), None)
        return actions.assign_cases(keyring=keyring, cases=cases, to=to)
    if what in ("tag", "untag"):
        return actions.tag_cases(keyring=keyring, cases=cases, word=data["tag"], add=what == "tag")
    if what == "close":
        return actions.close_cases(keyring=keyring, cases=cases)
    if what == "snooze":
        reason = data["reason"] or _("Look at it again")
        return actions.snooze_cases(keyring=keyring, cases=cases, until=data["until"], reason=reason, key=data["key"])
    if what == "take_up":
        return actions.take_up_appeals(keyring=keyring, rows=new)
    if what == "bring_back":
        return actions.bring_back(keyring=keyring, rows=new)
    return actions.sweep_appeals(keyring=keyring, rows=new)


def _tell(request: HttpRequest, outcome: Outcome) -> None:
    request.session.pop(UNDO_IN_SESSION, None)
    if outcome.undo is not None:
        request.session[UNDO_IN_SESSION] = str(outcome.undo.uid)
    if outcome.done:
        text = ngettext("Done for %(number)s line.", "Done for %(number)s lines.", outcome.done)
        messages.success(request, text % {"number": outcome.done})
    if outcome.left:
        codes = ", ".join(outcome.left[:10]) + (" …" if len(outcome.left) > 10 else "")
        messages.warning(request, _("Left as they were: %(codes)s.") % {"codes": codes})
    if outcome.conflicts:
        words = _("Not opened, because the other side may be a client of yours: %(codes)s. Open each by itself and decide.")
        ways = ((reverse("casework_work:conflicts", args=[code]), code) for code in outcome.conflicts)
        codes = format_html_join(", ", '<a href="{}">{}</a>', ways)
        messages.warning(request, format_html(words.replace("%(codes)s", "{}"), codes))
    say_if_known(request, outcome.opened)
    say_if_unsearched(request, [case.office for case in outcome.opened])


@requires(Permission.WORK_ON_CASES)
@require_POST
@with_keys
def take_back(request: HttpRequest, uid: uuid.UUID) -> HttpResponse:
    """Takes the last act on several rows back, as far as nobody has changed them since."""
    undo = queries.undo_of(person_of(request), uid)
    request.session.pop(UNDO_IN_SESSION, None)
    if undo is None:
        messages.warning(request, _("This can no longer be taken back: it is more than ten minutes ago, or it was done already."))
    else:
        outcome = actions.undo(keyring=keys_of(request), undo=undo)
        if outcome.done:
            text = ngettext("Taken back for %(number)s line.", "Taken back for %(number)s lines.", outcome.done)
            messages.success(request, text % {"number": outcome.done})
        if outcome.left:
            codes = ", ".join(outcome.left[:10]) + (" …" if len(outcome.left) > 10 else "")
            messages.warning(request, _("Not taken back, because somebody changed them since: %(codes)s.") % {"codes": codes})
    return HttpResponseRedirect(reverse("casework_work:queue"))
