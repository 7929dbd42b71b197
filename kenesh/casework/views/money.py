"""Money and outcomes of a case: sums of each person and matter with their days, and what came of each matter."""

from __future__ import annotations

import uuid
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from kenesh.casework import actions, money, queries
from kenesh.casework.forms import OutcomeForm, StrikeForm, SumForm
from kenesh.casework.models import Case, Matter, Sum
from kenesh.casework.opening import ChangedMeanwhile, OpenCase, open_case
from kenesh.casework.rules import Permission
from kenesh.casework.views.page import address, closed_to_us, new_key, opened_case, posted, read, show
from kenesh.kernel.access import requires
from kenesh.people.keyring import KeyMissing
from kenesh.people.middleware import keys_of, with_keys
from kenesh.themes import thesaurus

Names = dict[str, str]


def names_of_persons(opened: OpenCase) -> Names:
    """uid → name, or her number in the case while the name was not asked."""
    unnamed = _("Person %(number)s")
    return {
        item.row.uid.hex: item.body.get("name") or unnamed % {"number": number}
        for number, item in enumerate(opened.persons(), start=1)
    }


def names_of_matters(opened: OpenCase) -> Names:
    """uid → theme, with its number where several share one."""
    language, names = get_language() or "ru", {}
    for number, item in enumerate(opened.matters(), start=1):
        theme = item.body.get("theme", "")
        label = thesaurus.label(theme, language) if theme in thesaurus.concepts() else _("No theme yet")
        names[item.row.uid.hex] = f"{number}. {label}"
    return names


def _choices(names: Names) -> list[tuple[str, str]]:
    return [*names.items(), ("", "–")] if len(names) == 1 else [("", "–"), *names.items()]


def _sum_form(opened: OpenCase, data: Any = None, **more: Any) -> SumForm:
    persons, matters = _choices(names_of_persons(opened)), _choices(names_of_matters(opened))
    return SumForm(data, persons=persons, matters=matters, prefix="sum", **more)


def _tab(
    request: HttpRequest,
    opened: OpenCase,
    *,
    outcome: tuple[uuid.UUID, OutcomeForm] | None = None,
    replaced: dict[str, forms.Form] | None = None,
) -> HttpResponse:
    amounts = money.amounts_of(opened)
    persons, matters = names_of_persons(opened), names_of_matters(opened)
    last = next((each.currency for each in reversed(amounts) if each.item), amounts[-1].currency if amounts else "")
    rows = [
        {"person": persons.get(row.person, "–"), "matter": matters.get(row.matter, "–"), "lines": row.lines}
        for row in money.table(amounts)
    ]
    listed = [_listed(each, persons, matters) for each in reversed(amounts)]
    context: dict[str, Any] = {
        "stages": list(money.STAGES.values()),
        "rows": rows,
        "totals": money.totals(amounts),
        "sums": listed,
        "sum_form": _sum_form(opened, initial={**new_key(), "currency": last, "version": 1}),
        "outcomes": _outcomes(opened, matters, outcome),
        "without_outcome": _open_matters(opened, matters),
        "followups": [opened.open(row) for row in opened.case.followups.order_by("due_on", "id")],
        **(replaced or {}),
    }
    sent: list[forms.Form] = [*(replaced or {}).values(), *([outcome[1]] if outcome else [])]
    context["form"] = next((form for form in sent if form.errors), None)
    return show(request, opened, "money", "casework/money.html", context, status=422 if context["form"] else 200)


def _listed(each: money.Amount, persons: Names, matters: Names) -> dict[str, Any]:
    body = each.item.body if each.item else {}
    return {
        "amount": each,
        "stage": money.STAGES.get(each.stage, each.stage),
        "person": persons.get(each.person, "–"),
        "matter": matters.get(each.matter, "–"),
        "day": body.get("day", ""),
        "note": body.get("note", ""),
        "struck": body.get("struck"),
        "history": [{**old, "stage_name": money.STAGES.get(old["stage"], "")} for old in body.get("history", [])],
        "uid": each.item.row.uid if each.item else None,
    }


def _open_matters(opened: OpenCase, names: Names) -> list[str]:
    return [names[item.row.uid.hex] for item in opened.matters() if not item.body.get("outcome")]


def warn_of_open_matters(request: HttpRequest, case: Case) -> None:
    """When a case is closed: of which matters nobody has said what came of them. It forbids nothing. Raises KeyMissing."""
    opened = open_case(case, keys_of(request))
    if names := _open_matters(opened, names_of_matters(opened)):
        said = _("Without an outcome: %(names)s. Please say what came of it, under money and outcomes.")
        messages.warning(request, said % {"names": ", ".join(names)})


def _outcomes(opened: OpenCase, names: Names, sent: tuple[uuid.UUID, OutcomeForm] | None) -> list[dict[str, Any]]:
    rows = []
    for item in opened.matters():
        initial = {
            "outcome": item.body.get("outcome", ""),
            "day": item.body.get("outcome_on") or None,
            "children": item.body.get("children_back") or None,
            "version": item.row.version,
        }
        form = OutcomeForm(initial=initial, auto_id=f"id_{item.row.uid.hex}_%s")
        if sent is not None and sent[0] == item.row.uid:
            form = sent[1]
        rows.append({"uid": item.row.uid, "name": names[item.row.uid.hex], "body": item.body, "form": form})
    return rows


def _page(request: HttpRequest, opened: OpenCase, **replaced: forms.Form) -> HttpResponse:
    return _tab(request, opened, replaced=replaced)


@requires(Permission.WORK_ON_CASES)
@with_keys
def money_page(request: HttpRequest, code: str) -> HttpResponse:
    return read(request, code, _page)


@requires(Permission.WORK_ON_CASES)
@require_POST
@with_keys
@sensitive_post_parameters()
def add_sum(request: HttpRequest, code: str) -> HttpResponse:
    def act(opened: OpenCase, form: SumForm) -> None:
        actions.add_sum(keyring=keys_of(request), case=opened.case, body=form.body(), key=form.cleaned_data["key"])

    return posted(
        request,
        code,
        tab=_page,
        form_name="sum_form",
        make=lambda opened: _sum_form(opened, request.POST),
        act=act,
        said=_("The sum is kept."),
        back=("money", "entry"),
    )


@requires(Permission.WORK_ON_CASES)
@with_keys
@sensitive_post_parameters()
def one_sum(request: HttpRequest, code: str, uid: uuid.UUID) -> HttpResponse:
    """Corrects a sum or strikes it out. Two people at one sum: the second sees what the first has saved."""
    try:
        opened = opened_case(request, code)
        row = queries.row_of_case(opened.case, Sum, uid)
        before = opened.open(row)
        initial = {**before.body, **new_key(), "version": row.version, "day": before.body["day"] or None}
        striking = request.method == "POST" and "why" in request.POST
        form = _sum_form(opened, request.POST if request.method == "POST" and not striking else None, initial=initial)
        strike = StrikeForm(request.POST if striking else None, initial={"version": row.version})
        theirs = None
        sent: forms.Form = strike if striking else form
        if request.method == "POST" and sent.is_valid():
            try:
                _change_sum(request, row, form, strike, striking)
            except ChangedMeanwhile as changed:
                theirs = _listed_body(changed.saved, opened)
                row.refresh_from_db(fields=["version"])
                form, strike = _with_version(opened, request, row, striking, initial)
            else:
                messages.success(request, _("This sum is struck out.") if striking else _("Saved."))
                return HttpResponseRedirect(address(opened.case, "money"))
    except KeyMissing:
        return closed_to_us(request)
    wrong = sent if sent.is_bound and sent.errors else None
    context = {"case": opened.case, "sum_form": form, "strike_form": strike, "form": wrong, "theirs": theirs, "body": before.body}
    return show(request, opened, "money", "casework/money_sum.html", context, status=422 if wrong or theirs else 200)


def _change_sum(request: HttpRequest, row: Sum, form: SumForm, strike: StrikeForm, striking: bool) -> None:
    if striking:
        data = strike.cleaned_data
        actions.strike_sum(keyring=keys_of(request), row=row, why=data["why"], version=data["version"])
    else:
        version = form.cleaned_data["version"] or 0
        actions.correct_sum(keyring=keys_of(request), row=row, changes=form.body(), version=version)


def _listed_body(body: dict[str, Any], opened: OpenCase) -> list[str]:
    persons, matters = names_of_persons(opened), names_of_matters(opened)
    stage, person, matter = (
        money.STAGES.get(body["stage"], ""),
        persons.get(body["person"], "–"),
        matters.get(body["matter"], "–"),
    )
    return [str(part) for part in (person, matter, stage, body["amount"], body["currency"], body["day"], body["note"]) if part]


def _with_version(
    opened: OpenCase, request: HttpRequest, row: Sum, striking: bool, initial: dict[str, Any]
) -> tuple[SumForm, StrikeForm]:
    """My words again, knowing the newest version."""
    mine = request.POST.copy()
    mine["version" if striking else "sum-version"] = str(row.version)
    form = _sum_form(opened, None if striking else mine, initial=initial)
    return form, StrikeForm(mine if striking else None, initial={"version": row.version})


@requires(Permission.WORK_ON_CASES)
@require_POST
@with_keys
@sensitive_post_parameters()
def outcome(request: HttpRequest, code: str, uid: uuid.UUID) -> HttpResponse:
    """What came of a matter."""
    try:
        opened = opened_case(request, code)
        row = queries.row_of_case(opened.case, Matter, uid)
        form = OutcomeForm(request.POST, auto_id=f"id_{uid.hex}_%s")
        if form.is_valid():
            data = form.cleaned_data
            actions.set_outcome(
                keyring=keys_of(request),
                matter=row,
                outcome=data["outcome"],
                day=data["day"],
                children=data["children"] or 0,
                version=data["version"],
            )
    except KeyMissing:
        return closed_to_us(request)
    except ChangedMeanwhile:
        row.refresh_from_db(fields=["version"])
        mine = request.POST.copy()
        mine["version"] = str(row.version)
        form = OutcomeForm(mine, auto_id=form.auto_id)
        form.is_valid()
        form.add_error("outcome", _("A colleague changed this matter a moment ago. Look at it, and save again."))
    if form.errors:
        return _tab(request, opened, outcome=(uid, form))
    messages.success(request, _("This is noted."))
    return HttpResponseRedirect(address(opened.case, "money", "outcomes"))
