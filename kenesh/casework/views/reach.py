"""A tab of the case: how each person can be reached, what each allows, and who stands for a child."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from typing import Any, TypeVar

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from kenesh.appeals import actions as appeals
from kenesh.appeals.forms import YES
from kenesh.appeals.models import Appeal
from kenesh.casework import actions, queries
from kenesh.casework.forms import GuardianForm, PlanCallForm, ReachForm, RecordConsentForm
from kenesh.casework.models import Person
from kenesh.casework.opening import ChangedMeanwhile, OpenCase
from kenesh.casework.rules import Permission
from kenesh.casework.views.page import address, closed_to_us, new_key, opened_appeals, opened_case, read, show
from kenesh.kernel.access import requires
from kenesh.people.keyring import KeyMissing
from kenesh.people.middleware import keys_of, person_of, with_keys

AnyForm = TypeVar("AnyForm", bound=forms.Form)


def _page(request: HttpRequest, opened: OpenCase, **replaced: forms.Form) -> HttpResponse:
    shown = opened_appeals(request, opened)
    for one in shown:
        if one["view"] is None:
            continue
        uid = one["appeal"].uid.hex
        reached = {**one["answers"], **one["view"].contact}
        one["consent_form"] = replaced.get(f"consent_{uid}") or RecordConsentForm(
            initial={**new_key(), "language": get_language(), "explained": person_of(request).name, "how": "oral"},
            prefix=f"c{uid}",
        )
        one["reach_form"] = replaced.get(f"reach_{uid}") or ReachForm(initial={**reached, **new_key()}, prefix=f"r{uid}")
        one["call_form"] = replaced.get(f"call_{uid}") or PlanCallForm(
            initial={**new_key(), "due_on": timezone.localdate()}, prefix=f"p{uid}"
        )
    children = []
    for item in opened.persons():
        if item.body.get("age") == "under-18":
            name = f"guardian_{item.row.uid.hex}"
            form = replaced.get(name) or GuardianForm(
                initial={**item.body, **new_key(), "version": item.row.version}, prefix=f"g{item.row.uid.hex}"
            )
            children.append({"person": item, "form": form})
    context: dict[str, Any] = {"appeals": shown, "children": children, "form": next(iter(replaced.values()), None)}
    return show(request, opened, "reach", "casework/reach.html", context, status=422 if replaced else 200)


@requires(Permission.WORK_ON_CASES)
@with_keys
def reach(request: HttpRequest, code: str) -> HttpResponse:
    return read(request, code, _page)


def _about(
    request: HttpRequest, code: str, uid: uuid.UUID, name: str, form: AnyForm, act: Callable[[Appeal, AnyForm], None], said: str
) -> HttpResponse:
    """One form about one of the case's appeals."""
    try:
        opened = opened_case(request, code)
        appeal = opened.case.appeals.select_related("office").filter(uid=uid).first()
        if appeal is None:
            raise Http404
        if not form.is_valid():
            return _page(request, opened, **{f"{name}_{uid.hex}": form})
        act(appeal, form)
    except appeals.AppealClosed:
        messages.warning(request, _("The case is closed. Please open it again before you plan a call."))
        return HttpResponseRedirect(address(opened.case, "reach"))
    except KeyMissing:
        return closed_to_us(request)
    messages.success(request, said)
    return HttpResponseRedirect(address(opened.case, "reach"))


@requires(Permission.WORK_ON_CASES)
@require_POST
@with_keys
@sensitive_post_parameters()
def record_consent(request: HttpRequest, code: str, uid: uuid.UUID) -> HttpResponse:
    """Writes down what the person said or signed; it proves no more than that."""

    def act(appeal: Appeal, form: RecordConsentForm) -> None:
        data = form.cleaned_data
        told = appeals.Told(how=data["how"], language=data["language"], explained=data["explained"], on=data["said_on"])
        appeals.record_consents(
            keyring=keys_of(request), appeal=appeal, codes=data["codes"], given=data["given"] == YES, told=told,
            request_key=data["key"],
        )  # fmt: skip

    form = RecordConsentForm(request.POST, prefix=f"c{uid.hex}")
    return _about(request, code, uid, "consent", form, act, _("This is noted, and the person sees it with her receipt."))


@requires(Permission.WORK_ON_CASES)
@require_POST
@with_keys
@sensitive_post_parameters()
def change_reach(request: HttpRequest, code: str, uid: uuid.UUID) -> HttpResponse:
    def act(appeal: Appeal, form: ReachForm) -> None:
        changes = {name: value for name, value in form.cleaned_data.items() if name != "key"}
        appeals.change_contact(keyring=keys_of(request), appeal=appeal, changes=changes, request_key=form.cleaned_data["key"])

    form = ReachForm(request.POST, prefix=f"r{uid.hex}")
    return _about(request, code, uid, "reach", form, act, _("From now on this stands at the top of the case."))


@requires(Permission.WORK_ON_CASES)
@require_POST
@with_keys
@sensitive_post_parameters()
def plan_call(request: HttpRequest, code: str, uid: uuid.UUID) -> HttpResponse:
    def act(appeal: Appeal, form: PlanCallForm) -> None:
        data = form.cleaned_data
        appeals.plan_call(
            keyring=keys_of(request), appeal=appeal, due_on=data["due_on"], why=data["why"], request_key=data["key"]
        )  # fmt: skip

    form = PlanCallForm(request.POST, prefix=f"p{uid.hex}")
    return _about(request, code, uid, "call", form, act, _("The call stands in the list of calls."))


@requires(Permission.WORK_ON_CASES)
@require_POST
@with_keys
@sensitive_post_parameters()
def guardian(request: HttpRequest, code: str, uid: uuid.UUID) -> HttpResponse:
    """Who stands for a child, or why nobody is asked."""
    try:
        opened = opened_case(request, code)
        row = queries.row_of_case(opened.case, Person, uid)
        form = GuardianForm(request.POST, prefix=f"g{uid.hex}")
        if not form.is_valid():
            return _page(request, opened, **{f"guardian_{uid.hex}": form})
        changes = {name: form.cleaned_data[name] for name in ("guardian", "relation", "child_rule")}
        actions.change_row(keyring=keys_of(request), row=row, changes=changes, version=form.cleaned_data["version"])
    except KeyMissing:
        return closed_to_us(request)
    except ChangedMeanwhile:
        again = GuardianForm(
            {**request.POST.dict(), f"g{uid.hex}-version": queries.row_of_case(opened.case, Person, uid).version},
            prefix=f"g{uid.hex}",
        )
        again.add_error(None, _("A colleague saved this person a moment ago. Please check your words and save again."))
        return _page(request, opened, **{f"guardian_{uid.hex}": again})
    messages.success(request, _("Saved."))
    return HttpResponseRedirect(address(opened.case, "reach"))
