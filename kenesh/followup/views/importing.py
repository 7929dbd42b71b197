"""Spreadsheets of recommendations: bring in, say what the columns are, look at the dry run, import, take back; and out again."""

from __future__ import annotations

from dataclasses import replace

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from kenesh.followup import actions, queries, tables
from kenesh.followup.forms import ColumnsForm, SpreadsheetForm
from kenesh.followup.models import ImportBatch
from kenesh.followup.rules import Permission, bodies_kept_by
from kenesh.followup.spreadsheets import checking, columns, writing
from kenesh.followup.spreadsheets.rows import Draft
from kenesh.followup.views.reading import chosen_filters
from kenesh.kernel.access import public, requires
from kenesh.kernel.stretching import Busy
from kenesh.kernel.uploads import takes_files
from kenesh.library.registers.reading import Question, Refused, Row, reading
from kenesh.people.middleware import person_of

MOST_SHOWN = 300


@requires(Permission.KEEP_RECOMMENDATIONS)
@takes_files
def imports(request: HttpRequest) -> HttpResponse:
    """Spreadsheets that were brought, and a form for a new one."""
    user = person_of(request)
    form = SpreadsheetForm(request.POST or None, request.FILES or None, bodies=bodies_kept_by(user))
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            rows = _rows_of(data["file"])
        except Refused as refused:
            form.add_error("file", refused.sentence)
        except Busy:
            form.add_error(None, _("Other files are being read at this moment. Please wait some seconds and send it again."))
        else:
            headings, rows = _headed(rows)
            if len(rows) > actions.MOST_ROWS:
                form.add_error("file", _("This file has more than 1,000 rows. Please split it."))
            elif not rows:
                form.add_error("file", _("There are no rows below the headings. Please choose another file."))
            else:
                given = {name: data[name] for name in ("body", "language", "source_kind", "symbol", "key")}
                batch = actions.bring_batch(
                    name=data["file"].name, headings=headings, rows=rows, mapping=columns.recognised(headings), by=user, **given
                )
                return _to(batch)
    context = {"form": form, "batches": queries.batches_kept_by(user)}
    return render(request, "followup/imports.html", context, status=422 if form.errors else 200)


def _rows_of(upload: object) -> list[Row]:
    """Raises Refused, Busy."""
    with reading(upload.chunks(), Question()) as (_about, rows):  # type: ignore[attr-defined]  # an uploaded file
        return list(rows)


def _headed(rows: list[Row]) -> tuple[list[str], list[Row]]:
    """The headings, and the rows below them without that of HXL tags, each as wide as the headings."""
    headings = [str(cell or "")[:200] for cell in rows[0][1]]
    below = [(number, [*cells, *[""] * len(headings)][: len(headings)]) for number, cells in rows[1:]]
    return headings, [(number, cells) for number, cells in below if not (cells and str(cells[0] or "").startswith("#"))]


def _to(batch: ImportBatch) -> HttpResponse:
    return HttpResponseRedirect(reverse("followup_work:import", args=[batch.code]))


@requires(Permission.KEEP_RECOMMENDATIONS)
def one_import(request: HttpRequest, code: str) -> HttpResponse:
    """What each column is and what becomes of each row; on POST the columns are named anew."""
    user = person_of(request)
    batch = queries.batch_to_keep(user, code)
    form = ColumnsForm(request.POST or None, headings=batch.headings, mapping=batch.mapping)
    if request.method == "POST" and form.is_valid():
        try:
            actions.map_columns(batch=batch, mapping=form.mapping(), by=user)
        except actions.ImportDone:
            messages.warning(request, _("This file is imported already."))
        return _to(batch)
    lines = checking.checked(batch) if batch.imported_at is None else []
    counts = checking.counts_of(lines)
    context = {
        "batch": batch,
        "form": form,
        "lines": lines[:MOST_SHOWN],
        "more": max(len(lines) - MOST_SHOWN, 0),
        "counts": [(checking.BECOMES[name], number) for name, number in counts.items()],
        "new": counts[checking.NEW],
        "imported": batch.imported.select_related("recommendation").order_by("number")[:MOST_SHOWN],
    }
    return render(request, "followup/import.html", context, status=422 if form.errors else 200)


@requires(Permission.KEEP_RECOMMENDATIONS)
@require_POST
def start_import(request: HttpRequest, code: str) -> HttpResponse:
    """Makes recommendations of the rows that are new."""
    user = person_of(request)
    batch = queries.batch_to_keep(user, code)
    new = [_new(line.number, line.draft) for line in checking.checked(batch) if line.becomes == checking.NEW]
    try:
        number = actions.import_rows(batch=batch, rows=new, by=user)
    except actions.ImportDone:
        messages.warning(request, _("This file is imported already."))
    else:
        words = ngettext(
            "%(number)s recommendation came in. Only your body can see it.",
            "%(number)s recommendations came in. Only your body can see them.",
            number,
        )
        messages.success(request, words % {"number": number})
    return _to(batch)


def _new(number: int, it: Draft) -> actions.NewRow:
    return actions.NewRow(number, it.text, it.organisations, it.details, it.source, it.answer_by)


@requires(Permission.KEEP_RECOMMENDATIONS)
@require_POST
def undo_import(request: HttpRequest, code: str) -> HttpResponse:
    """Takes an import back."""
    user = person_of(request)
    batch = queries.batch_to_keep(user, code)
    if batch.imported_at is None:
        raise Http404
    rows = [_new(number, draft) for number, draft in checking.drafts_of(batch)]
    gone, kept = actions.undo_import(batch=batch, rows=rows, by=user)
    messages.success(
        request,
        _("Taken back: %(gone)s. Left, because they are public or have a history: %(kept)s.") % {"gone": gone, "kept": kept},
    )
    return _to(batch)


@public("published recommendations, as they stand on their pages, in columns")
@require_safe
def table(request: HttpRequest, kind: str) -> HttpResponse:
    """The list that the filters leave, as CSV with HXL tags or as an Excel file."""
    _form, filters = chosen_filters(request)
    rows = queries.public_rows(filters, after=request.GET.get("after", ""))
    return _as(request, kind, *writing.table_of(rows, public=True))


@requires(Permission.SEE_RECOMMENDATIONS)
@require_safe
def work_table(request: HttpRequest, kind: str) -> HttpResponse:
    """All recommendations of my bodies, internal ones too."""
    rows = queries.work_rows(person_of(request), body=request.GET.get("body", ""), after=request.GET.get("after", ""))
    return _as(request, kind, *writing.table_of(rows, public=False))


def _as(request: HttpRequest, kind: str, made: tables.Table, rest: str) -> HttpResponse:
    """`rest`: after which code the rest begins, when there is more than a file holds: its last line says where that is."""
    if rest:
        query = request.GET.copy()
        query["after"] = rest
        address = request.build_absolute_uri(f"{request.path}?{query.urlencode()}")
        last = {"code": _("This file ends here. The rest is at the address in this line."), "address": address}
        made = replace(made, rows=[*made.rows, [last.get(name, "") for name in made.headings]])
    if kind == "csv":
        return tables.csv_answer(tables.as_csv(made), "recommendations")
    if kind == "xlsx":
        return tables.xlsx_answer(tables.as_xlsx(made, "recommendations"), "recommendations")
    raise Http404
