"""How long cases are kept: an office's rule, what is to be destroyed, and the hold of one case."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from kenesh.appeals.queries import appeal_for_caseworker
from kenesh.casework import retention
from kenesh.casework.actions import keeping
from kenesh.casework.forms.keeping import OF_TYPE, HoldForm, RuleForm
from kenesh.casework.models import Hold
from kenesh.casework.opening import OpenCase
from kenesh.casework.queries import case_for_caseworker
from kenesh.casework.queries.keeping import destruction_counts, held_cases, offices_of, to_destroy
from kenesh.casework.rules import Permission
from kenesh.casework.views.page import address, closed_to_us, new_key, posted, read, show
from kenesh.kernel import forgetting
from kenesh.kernel.access import requires
from kenesh.people.keyring import KeyMissing
from kenesh.people.middleware import keys_of, person_of, with_keys
from kenesh.people.models import Organisation

SOON = timedelta(days=30)
AT_ONCE = 50


def _office(request: HttpRequest, code: str) -> Organisation:
    found = next((office for office in offices_of(person_of(request)) if office.code == code), None)
    if found is None:
        raise Http404
    return found


@requires(Permission.WORK_ON_CASES)
def keeping_offices(request: HttpRequest) -> HttpResponse:
    """The offices of this account, each with its rule; straight on when there is one."""
    offices = offices_of(person_of(request))
    if len(offices) == 1:
        return HttpResponseRedirect(reverse("casework_work:keeping_office", args=[offices[0].code]))
    return render(request, "casework/keeping_offices.html", {"offices": offices})


@requires(Permission.WORK_ON_CASES)
@with_keys
def keeping_office(request: HttpRequest, code: str) -> HttpResponse:
    """The office's rule, what is to be destroyed (a preview that opens nothing), and what is held, to be looked at again."""
    office = _office(request, code)
    rule = retention.rule_of(office)
    initial = {"months": rule.months, "months_of_money": rule.months_of_money, "by_itself": rule.by_itself}
    initial |= {OF_TYPE + code: months for code, months in retention.months_of_types(office).items()}
    form = RuleForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        keeping.set_rule(office=office, by=person_of(request), **form.rule())
        messages.success(request, _("This is noted. It counts for cases that are closed from now on."))
        return HttpResponseRedirect(reverse("casework_work:keeping_office", args=[office.code]))
    today = timezone.localdate()
    rows = to_destroy(office, until=today + SOON, limit=AT_ONCE)
    context = {
        "office": office,
        "form": form,
        "rows": rows[:AT_ONCE],
        "more": len(rows) > AT_ONCE,
        "counts": destruction_counts(office, today=today, soon=today + SOON),
        "today": today,
        "held": held_cases(office, keys_of(request)),
        "by_type": any(field.value() not in (None, "") for field in form.of_types()),
    }
    return render(request, "casework/keeping_office.html", context, status=422 if form.errors else 200)


@requires(Permission.WORK_ON_CASES)
@require_POST
@with_keys
def destroy_due(request: HttpRequest, code: str) -> HttpResponse:
    """Destroys the ticked cases and appeals whose day has come."""
    office, user, today = _office(request, code), person_of(request), timezone.localdate()
    cases = appeals = 0
    for ticked in request.POST.getlist("case")[:AT_ONCE]:
        case = case_for_caseworker(user, ticked)
        if case.office_id != office.pk:
            raise Http404
        try:
            keeping.destroy_case(case=case, today=today, by=user)
        except keeping.NotDue:
            left = _("One case was opened again or is held: it was not destroyed. Its number: %(code)s")
            messages.warning(request, left % {"code": ticked})
        else:
            cases += 1
    for ticked in request.POST.getlist("appeal")[:AT_ONCE]:
        appeal = appeal_for_caseworker(user, ticked)
        if appeal.office_id != office.pk:
            raise Http404
        try:
            keeping.destroy_appeal(appeal=appeal, today=today, by=user)
        except keeping.NotDue:
            left = _("The person has written again: this appeal was not destroyed. Its number: %(code)s")
            messages.warning(request, left % {"code": ticked})
        else:
            appeals += 1
    if cases:
        said = ngettext("%(number)s case is destroyed for good.", "%(number)s cases are destroyed for good.", cases)
        messages.success(request, said % {"number": cases})
    if appeals:
        said = ngettext("%(number)s appeal is destroyed for good.", "%(number)s appeals are destroyed for good.", appeals)
        messages.success(request, said % {"number": appeals})
    if cases or appeals:
        forgetting.scrub("casework_grant", "casework_epoch", "appeals_grant", "appeals_receiptkey", "appeals_epoch")
    return HttpResponseRedirect(reverse("casework_work:keeping_office", args=[office.code]))


# --- the tab of a case --------------------------------------------------------------------------------------------------


def _page(request: HttpRequest, opened: OpenCase, **replaced: forms.Form) -> HttpResponse:
    held = Hold.objects.filter(case=opened.case).first()
    hold = opened.open(held).body if held else None
    look_again = timezone.localdate() + timedelta(days=180)
    context: dict[str, Any] = {
        "hold": hold,
        "look_again_on": date.fromisoformat(hold["look_again_on"]) if hold else None,
        "hold_form": HoldForm(initial={**new_key(), "look_again_on": look_again}, prefix="hold"),
        "months": retention.months_of(opened),
        "archive_persons": [
            (item.row.uid, item.body.get("name") or _("Person %(number)s") % {"number": number})
            for number, item in enumerate(opened.persons(), 1)
        ],
        "form": next(iter(replaced.values()), None),
        **replaced,
    }
    return show(request, opened, "keeping", "casework/keeping.html", context, status=422 if replaced else 200)


@requires(Permission.WORK_ON_CASES)
@with_keys
def keeping_tab(request: HttpRequest, code: str) -> HttpResponse:
    return read(request, code, _page)


@requires(Permission.WORK_ON_CASES)
@require_POST
@with_keys
@sensitive_post_parameters()
def hold(request: HttpRequest, code: str) -> HttpResponse:
    def act(opened: OpenCase, form: HoldForm) -> None:
        keeping.hold(keyring=keys_of(request), case=opened.case, **form.cleaned_data)

    return posted(
        request,
        code,
        tab=_page,
        form_name="hold_form",
        make=lambda opened: HoldForm(request.POST, prefix="hold"),
        act=act,
        said=_("The case is held: it is not destroyed before you lift this."),
        back=("keeping", ""),
    )


@requires(Permission.WORK_ON_CASES)
@require_POST
@with_keys
def lift_hold(request: HttpRequest, code: str) -> HttpResponse:
    case = case_for_caseworker(person_of(request), code)
    try:
        keeping.lift_hold(keyring=keys_of(request), case=case)
    except KeyMissing:
        return closed_to_us(request)
    messages.success(request, _("The hold is lifted. The rule of the office counts again."))
    return HttpResponseRedirect(address(case, "keeping"))
