"""What every page of a case has in common: its head with the safe contact, its tabs, and the page for a missing key."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterable
from typing import Any, Protocol, TypeVar

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from kenesh.appeals import opening as appeal_opening
from kenesh.appeals import queries as appeals
from kenesh.appeals import wording
from kenesh.appeals.models import Appeal
from kenesh.casework import actions, queries, reaching, readers, suggested
from kenesh.casework.importing.kinds import WAYS
from kenesh.casework.models import Case, Imported
from kenesh.casework.opening import OpenCase, open_case
from kenesh.people.keyring import KeyMissing
from kenesh.people.middleware import keys_of, person_of
from kenesh.people.models import Organisation

AnyForm = TypeVar("AnyForm", bound=forms.Form)

# The tabs of a case: name of the address (in casework_work), label. Each tab is a module of its own in views/.
TABS: tuple[tuple[str, str | Promise], ...] = (
    ("case", _("Work")),
    ("facts", _("Persons and matters")),
    ("reach", _("Contact and consents")),
    ("deadlines", _("Deadlines")),
    ("files", _("Files")),
    ("money", _("Money and outcomes")),
    ("letters", _("Letters")),
    ("keeping", _("Keeping")),
    ("sharing", _("Sharing")),
)


def address(case: Case, tab: str = "case", part: str = "") -> str:
    """The address of a tab of the case, at one of its parts."""
    return reverse(f"casework_work:{tab}", args=[case.code]) + (f"#{part}" if part else "")


def closed_to_us(request: HttpRequest) -> HttpResponse:
    """No key opens this: the person withdrew or erases, or this account has not been given the office's key."""
    return render(request, "casework/no_key.html", status=200)


def opened_case(request: HttpRequest, code: str) -> OpenCase:
    """The case behind this address, opened. Raises Http404, KeyMissing."""
    opened = open_case(queries.case_for_caseworker(person_of(request), code), keys_of(request))
    if opened.case.handed_over:
        actions.first_opened(case=opened.case, by=person_of(request))
    return opened


def opened_appeals(request: HttpRequest, opened: OpenCase) -> list[dict[str, Any]]:
    """The case's appeals: each with its answers in words and its talk, or empty when the person has taken it back; and, where
    there are several, with `who`: whose it is."""
    rows = readers.appeals_of(opened.case)
    names, shown = readers.names(opened, rows), []
    for appeal in rows:
        own = to_reach(request, appeal)
        shown.append({**own, "who": names.get(appeal.pk, ""), "rows": wording.answers_in_words(own["answers"])})
    return shown


def to_reach(request: HttpRequest, appeal: Appeal) -> dict[str, Any]:
    """What `casework/_safe_contact.html` shows of somebody to whom one is about to write, or whom to call; nothing of an appeal
    that is closed to this session."""
    try:
        own = appeal_opening.open_for_office(appeal, keys_of(request))
    except KeyMissing:
        return {"appeal": appeal, "answers": {}, "view": None}
    return {"appeal": appeal, "answers": own.answers(), "view": appeals.status_view(own)}


def say_if_known(request: HttpRequest, cases: list[Case]) -> None:
    """After cases were opened without a look at their appeals: whose person may be in another one already, with the way there."""
    links = format_html_join(
        ", ",
        '<a href="{}">{}</a>',
        ((address(case, "facts", "duplicates"), case.code) for case in suggested.known_already(keys_of(request), cases)),
    )
    if links:
        messages.warning(request, format_html("{} {}", _("The same person may be in another case already. Please look:"), links))


def say_if_unsearched(request: HttpRequest, offices: Iterable[Organisation]) -> None:
    """After a look at who is a client: how many files it could not see yet."""
    if waiting := sum(actions.not_yet_searchable(office) for office in set(offices)):
        text = ngettext(
            "%(number)s file cannot be searched yet: check again later.",
            "%(number)s files cannot be searched yet: check again later.",
            waiting,
        )
        messages.warning(request, text % {"number": waiting})


def of_register(opened: OpenCase) -> dict[str, Any] | None:
    """From which register the case came, and how the person had come, in words; None for a case that came from none."""
    row = Imported.objects.filter(case=opened.case).first()
    if row is None:
        return None
    body = opened.open(row).body
    return {**body, "way": WAYS.get(body.get("way", ""), "")}


def show(
    request: HttpRequest, opened: OpenCase, tab: str, template: str, context: dict[str, Any], *, status: int = 200
) -> HttpResponse:
    """A tab of the case. The template extends `casework/case_base.html`."""
    case = opened.case
    tabs = [{"url": address(case, name), "label": label, "current": name == tab} for name, label in TABS]
    own = context if "appeals" in context else {**context, "appeals": opened_appeals(request, opened)}
    actions.notice_presence(keyring=keys_of(request), case=case)
    # Where somebody has an appeal, a consent can stand there: then how she came is all that is left to say, once.
    register = of_register(opened) if not own["appeals"] or tab == "case" else None
    own["imported"] = register if not own["appeals"] else None
    own["way"] = register["way"] if register else ""
    came = reaching.of_referred(opened)
    own["referred"] = came if not own["appeals"] else None
    own["ended"] = came if came is not None and came["ended"] else None
    own["stands"] = opened.stands()
    own = {"present": queries.present_at([case.pk], but=person_of(request)).get(case.pk, []), **own}
    return render(request, template, {"case": case, "tabs": tabs, "today": timezone.localdate(), **own}, status=status)


def new_key() -> dict[str, Any]:
    """The initial of a form that, sent twice, does its work once."""
    return {"key": uuid.uuid4()}


class TabPage(Protocol):
    """Shows one tab. `replaced`: a form that came back with errors stands in for its empty one, under its name."""

    def __call__(self, request: HttpRequest, opened: OpenCase, **replaced: forms.Form) -> HttpResponse: ...


def read(request: HttpRequest, code: str, tab: TabPage) -> HttpResponse:
    """A tab, or the page that says that no key opens this case. Raises Http404."""
    try:
        return tab(request, opened_case(request, code))
    except KeyMissing:
        return closed_to_us(request)


def posted(
    request: HttpRequest,
    code: str,
    *,
    tab: TabPage,
    form_name: str,
    make: Callable[[OpenCase], AnyForm],
    act: Callable[[OpenCase, AnyForm], None],
    said: str | Callable[[AnyForm], str],
    back: tuple[str, str],
) -> HttpResponse:
    """One form of a tab: acts when it is right, else shows the tab with everything that was typed. `act` may add errors to it.

    `back`: the name of the tab and the part of it to which it leads afterwards.
    """
    try:
        opened = opened_case(request, code)
        form = make(opened)
        if not form.is_valid():
            return tab(request, opened, **{form_name: form})
        act(opened, form)
        if form.errors:
            return tab(request, opened, **{form_name: form})
    except KeyMissing:
        return closed_to_us(request)
    messages.success(request, said if isinstance(said, str) else said(form))
    return HttpResponseRedirect(address(opened.case, *back))
