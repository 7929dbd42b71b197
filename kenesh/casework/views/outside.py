"""Who outside the network was turned to: an authority, a consulate, a shelter; and what came back."""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters

from kenesh.appeals import opening as appeal_opening
from kenesh.appeals.consent import last_words
from kenesh.appeals.models import Appeal
from kenesh.casework import actions, queries, readers
from kenesh.casework.forms import ExternalForm
from kenesh.casework.models import Case, ExternalReferral
from kenesh.casework.opening import ChangedMeanwhile, OpenCase
from kenesh.casework.rules import Permission
from kenesh.casework.views.page import address, closed_to_us, new_key, opened_case
from kenesh.kernel.access import requires
from kenesh.people.keyring import KeyMissing, Keyring
from kenesh.people.middleware import keys_of, with_keys


def _standing(appeals: list[Appeal], keyring: Keyring) -> dict[str, set[str]]:
    """By the appeals' codes, the consents that are given and not taken back; none where the appeal itself is."""
    opened = appeal_opening.open_several(appeals, keyring)
    said = {appeal.code: last_words(opened[appeal.pk]) if appeal.pk in opened else {} for appeal in appeals}
    return {of: {code for code, line in words.items() if line.body["given"]} for of, words in said.items()}


def _form(opened: OpenCase, keyring: Keyring, data: Any, before: dict[str, Any], version: int) -> ExternalForm:
    """About whom is chosen once: what was told, she has read."""
    appeals, called = readers.appeals_of(opened.case), readers.by_code(opened)
    saved = before.get("whose") or ""
    choices = list(called.items()) or [(appeal.code, appeal.code) for appeal in appeals]
    return ExternalForm(
        data,
        initial={**before, **new_key(), "version": version, "whose": "" if before else readers.whom(opened, keyring).last},
        standing=_standing(appeals, keyring),
        whose=[(saved, called.get(saved, saved))] if saved else choices,
    )


@requires(Permission.WORK_ON_CASES)
@with_keys
@sensitive_post_parameters()
def external(request: HttpRequest, code: str, uid: uuid.UUID | None = None) -> HttpResponse:
    """Notes that somebody outside was turned to; later the number, the reply, the result."""
    keyring = keys_of(request)
    try:
        opened = opened_case(request, code)
        row = queries.row_of_case(opened.case, ExternalReferral, uid) if uid else None
        before = opened.open(row).body if row else {}
        data = request.POST.copy() if request.method == "POST" else None
        form = _form(opened, keyring, data, before, row.version if row else 1)
        if form.is_bound and form.is_valid():
            try:
                row = _written(keyring, opened.case, row, form, before)
            except ChangedMeanwhile as changed:
                form.add_error(None, _("A colleague saved this a moment ago. Yours is kept below; look at hers, and save again."))
                for name in form.cleaned_data.keys() & changed.saved.keys():
                    if str(changed.saved[name]) != str(form.body()[name]):
                        form[name].help_text = _("Your colleague saved: %(text)s") % {"text": changed.saved[name] or "–"}
                if data is not None and row is not None:
                    row.refresh_from_db(fields=["version"])
                    data["version"] = str(row.version)
            else:
                messages.success(request, _said_outside(opened, keyring, form))
                return HttpResponseRedirect(address(opened.case, "sharing", "outside"))
    except KeyMissing:
        return closed_to_us(request)
    heading = _("Somebody outside was turned to")
    about = readers.by_code(opened).get(before.get("whose", ""), "")
    context = {"case": opened.case, "form": form, "heading": heading, "lead": "", "button": _("Save"), "about": about}
    return render(request, "casework/sharing_form.html", context, status=422 if form.errors else 200)


def _said_outside(opened: OpenCase, keyring: Keyring, form: ExternalForm) -> str:
    """Who reads it now; of one who holds no receipt, or has taken her appeal back, it is only noted."""
    whose, reading = form.body()["whose"], readers.whom(opened, keyring)
    told = [appeal.code for appeal in reading.appeals if whose in (readers.EVERYBODY, appeal.code)]
    if len(reading.choices) > 1 and told:
        return _("Saved. Who reads it with a receipt: %(names)s.") % {"names": ", ".join(map(reading.named, told))}
    return _("Saved. She reads it with her receipt.") if told else _("This is noted.")


def _written(
    keyring: Keyring, case: Case, row: ExternalReferral | None, form: ExternalForm, before: dict[str, Any]
) -> ExternalReferral:
    body, due = form.body(), form.cleaned_data["due"]
    if row is None:
        row = actions.turn_to(keyring=keyring, case=case, body=body, key=form.cleaned_data["key"])
    else:
        actions.change_external(keyring=keyring, row=row, changes=body, version=form.cleaned_data["version"] or 0)
    asked = row

    def awaited(said: dict[str, Any]) -> uuid.UUID | None:
        return uuid.uuid5(asked.uid, said["due"]) if said.get("due") and not said.get("reply") else None

    what = _("Reply from: %(name)s") % {"name": body["to"]}
    actions.follow_answer(keyring=keyring, case=case, before=awaited(before), now=awaited(body), due_on=due, what=what)
    return row
