"""Registers become cases: bring in, say what the columns are, try out, import, take back. Each register is of one account."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from kenesh.casework import queries
from kenesh.casework.forms.importing import (
    SAME_CASE,
    SAME_ROW,
    ColumnsForm,
    DecisionForm,
    FileForm,
    HeadingForm,
    MeaningsForm,
    RegisterForm,
)
from kenesh.casework.importing import checking, receiving, reports, writing
from kenesh.casework.importing.opened import OpenRegister, open_register
from kenesh.casework.models import Job, Register
from kenesh.casework.rules import Permission
from kenesh.kernel import vault
from kenesh.kernel.access import requires
from kenesh.kernel.stretching import Busy
from kenesh.kernel.uploads import takes_files
from kenesh.library.registers.reading import Question, Refused
from kenesh.people.keyring import Keyring
from kenesh.people.middleware import keys_of, person_of, with_keys
from kenesh.people.models import Role
from kenesh.people.rules import organisations_as

MOST_SHOWN = 50
PAGE = 100
SHOWN = ("all", "double", "warned", "left", "kept")
FILES = {"csv": "text/csv; charset=utf-8", "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"}


def _register(request: HttpRequest, code: str) -> OpenRegister:
    """A register of this account, opened. Raises Http404."""
    row = (
        Register.objects.filter(
            code=code, owner=person_of(request), office__in=organisations_as(person_of(request), Role.CASEWORKER)
        )
        .select_related("office", "owner", "checked_by", "imported_by")
        .first()
    )
    opened = _opened(row, keys_of(request)) if row is not None else None
    if opened is None:
        raise Http404
    return opened


def _opened(row: Register, keyring: Keyring) -> OpenRegister | None:
    """None after the account was given a new key: what was sealed to the old one stays shut until it is destroyed."""
    try:
        return open_register(row, keyring)
    except vault.Tampered:
        return None


def _to(register: OpenRegister, name: str = "register") -> HttpResponse:
    return HttpResponseRedirect(reverse(f"casework_work:{name}", args=[register.row.code]))


def _to_job(job: Job) -> HttpResponse:
    return HttpResponseRedirect(reverse("casework_work:job", args=[job.code]))


def _begun(request: HttpRequest, register: OpenRegister) -> HttpResponse:
    messages.warning(request, _("The import has begun: this cannot be changed any more."))
    return _to(register)


@requires(Permission.WORK_ON_CASES)
@takes_files
@with_keys
def registers(request: HttpRequest) -> HttpResponse:
    """My registers, and a form for a new one."""
    user = person_of(request)
    offices = queries.offices_of_caseworker(user)
    if not offices:
        return render(request, "casework/registers.html", {"form": None, "rows": []})
    chosen = [(office.code, str(office)) for office in offices]
    form = RegisterForm(request.POST or None, request.FILES or None, offices=chosen)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        office = next(office for office in offices if office.code == data["office"])
        try:
            row = receiving.take_in(keyring=keys_of(request), office=office, upload=data["file"], key=data["key"])
        except Refused as refused:
            form.add_error("file", refused.sentence)
        except Busy:
            form.add_error(None, _("Other registers are being read at this moment. Please wait some seconds and send it again."))
        else:
            return HttpResponseRedirect(reverse("casework_work:register", args=[row.code]))
    rows = Register.objects.filter(owner=user).select_related("office", "checked_by", "imported_by").order_by("-id")
    context = {"form": form, "rows": list(filter(None, (_opened(row, keys_of(request)) for row in rows[:MOST_SHOWN])))}
    return render(request, "casework/registers.html", context, status=422 if form.errors else 200)


@requires(Permission.WORK_ON_CASES)
@with_keys
def register(request: HttpRequest, code: str) -> HttpResponse:
    """Where the register stands: its columns, the dry run, the import."""
    opened = _register(request, code)
    row = opened.row
    job = row.imported_by or row.checked_by
    if job is None:
        return _columns_page(request, opened)
    counts = checking.counts_of(opened)
    asked = checking.asked_of(opened, keys_of(request)) if row.imported_by is None else []
    context = {
        "register": opened,
        "job": job,
        "asked": asked,
        "to_explain": [one for one in asked if not one.chosen],
        "counts": counts,
        "lines": [(reports.BECOMES[name], counts[name]) for name in reports.BECOMES if counts[name]],
        "becomes": counts["case"] + counts["person"],
        "key": uuid.uuid4(),
        "decision_form": DecisionForm(initial=opened.body["options"]),
        "until": writing.undo_until(opened),
        "kept": [told["case"] for told in opened.report() if told.get("back") == "kept"],
    }
    return render(request, "casework/register.html", context)


@requires(Permission.WORK_ON_CASES)
@with_keys
def register_columns(request: HttpRequest, code: str) -> HttpResponse:
    """What each column is; on POST it is remembered and the dry run begins."""
    opened = _register(request, code)
    if request.method != "POST":
        return _columns_page(request, opened)
    form = _columns_form(opened, request.POST)
    if not form.is_valid():
        return _columns_page(request, opened, columns_form=form)
    data = form.cleaned_data
    options = {name: data[name] for name in ("currency", "unsaid")}
    try:
        receiving.map_columns(keyring=keys_of(request), register=opened, mapping=form.mapping(), options=options)
    except receiving.UnderWay:
        return _begun(request, opened)
    return _to_job(checking.start_check(keyring=keys_of(request), register=opened, key=data["key"]))


def _columns_form(opened: OpenRegister, data: Any = None) -> ColumnsForm:
    body = opened.body
    initial = {**body["options"], "key": uuid.uuid4()}
    return ColumnsForm(data, headings=body["headings"], mapping=body["mapping"], initial=initial)


def _columns_page(request: HttpRequest, opened: OpenRegister, **replaced: Any) -> HttpResponse:
    if opened.row.imported_by is not None:
        return _begun(request, opened)
    body = opened.body
    form = replaced.get("columns_form") or _columns_form(opened)
    rows = [(number, f"{number}: {' · '.join(filter(None, cells))[:120]}") for number, cells in body["first"][:12]]
    columns = [{"field": form[f"column_{number}"], "samples": samples} for number, samples in enumerate(body["samples"])]
    context = {
        "register": opened,
        "columns": columns,
        "columns_form": form,
        "file_form": FileForm(kind=body["kind"], sheets=body["sheets"], initial=body),
        "heading_form": HeadingForm(rows=rows, initial={"heading": body["heading"]}),
        "form": next((one for one in replaced.values() if one.errors), None),
        **replaced,
    }
    return render(request, "casework/register_columns.html", context, status=422 if context["form"] else 200)


@requires(Permission.WORK_ON_CASES)
@with_keys
@sensitive_post_parameters()
def register_values(request: HttpRequest, code: str) -> HttpResponse:
    """What the values mean that the dry run did not understand; on POST it is remembered, and the rows are read again."""
    opened = _register(request, code)
    if opened.row.imported_by is not None:
        return _begun(request, opened)
    asked = checking.asked_of(opened, keys_of(request))
    if not asked:
        messages.info(request, _("There is nothing to explain: every value is understood, or the dry run is not finished yet."))
        return _to(opened)
    colleagues = queries.caseworkers_of(opened.row.office)
    form = MeaningsForm(request.POST or None, asked=asked, colleagues=colleagues, initial={"key": uuid.uuid4()})
    if request.method == "POST" and form.is_valid():
        try:
            receiving.explain_values(keyring=keys_of(request), register=opened, chosen=form.chosen())
        except receiving.UnderWay:
            return _begun(request, opened)
        return _to_job(checking.start_check(keyring=keys_of(request), register=opened, key=form.cleaned_data["key"]))
    context = {"register": opened, "form": form}
    return render(request, "casework/register_values.html", context, status=422 if form.errors else 200)


@requires(Permission.WORK_ON_CASES)
@require_POST
@with_keys
def register_file(request: HttpRequest, code: str) -> HttpResponse:
    """Reads the file in another way: sheet, encoding, sign between the columns; or another row names the columns."""
    opened = _register(request, code)
    body, keyring = opened.body, keys_of(request)
    heading = HeadingForm(request.POST, rows=[(number, "") for number, _cells in body["first"]])
    form = FileForm(request.POST, kind=body["kind"], sheets=body["sheets"])
    try:
        if "heading" in request.POST:
            if heading.is_valid():
                receiving.change_headings(keyring=keyring, register=opened, heading=heading.cleaned_data["heading"])
        elif form.is_valid():
            receiving.read_again(keyring=keyring, register=opened, question=_question(form))
    except receiving.UnderWay:
        return _begun(request, opened)
    except Refused as refused:
        messages.error(request, refused.sentence)
    except Busy:
        messages.info(request, _("Other registers are being read at this moment. Please wait some seconds and send it again."))
    return _to(opened, "register_columns")


def _question(form: FileForm) -> Question:
    data = form.cleaned_data
    return Question(int(data.get("sheet") or 0), data.get("encoding", ""), data.get("delimiter", ""))


@requires(Permission.WORK_ON_CASES)
@require_POST
@with_keys
def register_decide(request: HttpRequest, code: str) -> HttpResponse:
    """What to do with rows that seem double, all at once or one by one."""
    opened = _register(request, code)
    form = DecisionForm(request.POST)
    options = dict(form.cleaned_data) if form.is_valid() else {}
    allowed = {name for name, _label in (*SAME_CASE, *SAME_ROW)} | {""}
    chosen = {name.removeprefix("row_"): value for name, value in request.POST.items() if name.startswith("row_")}
    rows = {number: value for number, value in chosen.items() if number.isdigit() and value in allowed}
    try:
        receiving.decide(keyring=keys_of(request), register=opened, options=options, rows=rows)
    except receiving.UnderWay:
        return _begun(request, opened)
    messages.success(request, _("This is noted. Nothing is imported yet."))
    return _to(opened)


@requires(Permission.WORK_ON_CASES)
@require_POST
@with_keys
def register_import(request: HttpRequest, code: str) -> HttpResponse:
    """Begins the import after a dry run."""
    opened = _register(request, code)
    try:
        job = writing.start_import(keyring=keys_of(request), register=opened, key=uuid.uuid4())
    except writing.NotChecked:
        messages.warning(request, _("Please let the dry run come to its end first."))
        return _to(opened)
    return _to_job(job)


@requires(Permission.WORK_ON_CASES)
@require_POST
@with_keys
def register_forget(request: HttpRequest, code: str) -> HttpResponse:
    """Destroys the register; cases that came out of it stay, and the import cannot be taken back any more."""
    opened = _register(request, code)
    receiving.forget(register=opened.row, by=person_of(request))
    messages.success(request, _("The register is destroyed. Cases that came out of it stay."))
    return HttpResponseRedirect(reverse("office_work:registers"))


@requires(Permission.WORK_ON_CASES)
@with_keys
def register_report(request: HttpRequest, code: str) -> HttpResponse:
    """What becomes, or became, of every row; a hundred on a page."""
    opened = _register(request, code)
    shown = request.GET.get("show", "all")
    shown = shown if shown in SHOWN else "all"
    after = request.GET.get("after", "")
    found = _report(opened, shown, int(after) if after.isascii() and after.isdigit() and len(after) < 9 else 0)
    page = [said for _number, said in zip(range(PAGE + 1), found, strict=False)]
    context = {
        "register": opened,
        "rows": page[:PAGE],
        "more": page[PAGE - 1]["row"] if len(page) > PAGE else "",
        "shown": shown,
        "filters": _filters(),
        "same_case": SAME_CASE,
        "same_row": SAME_ROW,
        "open": opened.row.imported_by is None,
    }
    return render(request, "casework/register_report.html", context)


def _filters() -> list[tuple[str, str]]:
    words = (_("All rows"), _("Seems double"), _("Please look at"), _("Left out"), _("Stays after undo"))
    return list(zip(SHOWN, words, strict=True))


def _report(opened: OpenRegister, shown: str, after: int) -> Iterator[dict[str, Any]]:
    for told in opened.report():
        if told["row"] <= after:
            continue
        said = reports.said_of(told, opened)
        fits = {
            "all": True,
            "double": said["same_case"] or said["same_row"],
            "warned": said["warnings"],
            "left": said["what"] in ("skip", "past", "empty"),
            "kept": told.get("back") == "kept",
        }
        if fits[shown]:
            yield said


@requires(Permission.WORK_ON_CASES)
@require_POST
@with_keys
def register_report_file(request: HttpRequest, code: str) -> HttpResponse:
    """The whole report as .xlsx or .csv."""
    opened = _register(request, code)
    ending = "csv" if request.POST.get("as") == "csv" else "xlsx"
    data = reports.as_csv(opened) if ending == "csv" else reports.as_xlsx(opened)
    response = HttpResponse(data, content_type=FILES[ending])
    response.headers["Content-Disposition"] = f'attachment; filename="report-{opened.row.code}.{ending}"'
    response.headers["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return response


@requires(Permission.WORK_ON_CASES)
@with_keys
def register_of_job(request: HttpRequest, code: str) -> HttpResponse:
    """From a piece of long work to its register."""
    job = Job.objects.filter(code=code, owner=person_of(request)).first()
    row = Register.objects.filter(checked_by=job).first() or Register.objects.filter(imported_by=job).first() if job else None
    if row is None:
        raise Http404
    return HttpResponseRedirect(reverse("casework_work:register", args=[row.code]))
