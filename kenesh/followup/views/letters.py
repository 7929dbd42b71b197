"""Letters: written here with the link in them, registered, exported; what a body's letters begin with; the days by law."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from kenesh.followup import actions, queries, register_files, tables
from kenesh.followup.actions.answering import token_of
from kenesh.followup.forms.letters import DueByLawForm, LetterheadForm, RegisterForm, WriteLetterForm
from kenesh.followup.models import Addressee, DueByLaw, Letterhead
from kenesh.followup.papers import letter as papers
from kenesh.followup.papers import pdf, word
from kenesh.followup.queries import correspondence
from kenesh.followup.rules import Permission, bodies_kept_by
from kenesh.followup.views.addressees import language_of
from kenesh.kernel.access import requires
from kenesh.kernel.downloads import download
from kenesh.kernel.middleware import holds_secret
from kenesh.people.middleware import person_of

_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
MOST_EXPORTED = 20_000


def _form(request: HttpRequest, addressee: Addressee) -> WriteLetterForm:
    today = timezone.localdate()
    country = addressee.organisation.country
    initial = {
        "sent_on": today,
        "outgoing_number": correspondence.number_offered(addressee.recommendation.body, today),
        "language": language_of(addressee),
        "rule": correspondence.rules_of(country).first(),
    }
    return WriteLetterForm(request.POST or None, initial=initial, country=country)


def _paper(addressee: Addressee, form: WriteLetterForm, token: str) -> papers.Paper:
    """The letter; without a link where there is no token."""
    data = form.cleaned_data
    with translation.override(data["language"]):
        address = settings.ADDRESS + reverse("followup:answer_link", args=[token]) if token else ""
    rule: DueByLaw | None = data["rule"]
    words = papers.Words(
        language=data["language"],
        number=data["outgoing_number"],
        sent_on=data["sent_on"],
        due_by_law=form.due_by_law(),
        law=rule.law.in_language(data["language"]) if rule else "",
        more=data["more"],
    )
    head = correspondence.letterhead_of(addressee.recommendation.body)
    return papers.draft(addressee, head, words, address=address, until=queries.link_ends_on(token) if token else None)


@requires(Permission.KEEP_RECOMMENDATIONS)
def write_letter(request: HttpRequest, code: str) -> HttpResponse:
    """A letter in the addressee's language, with the link in it; it is registered, and can be taken away as Word file and PDF."""
    user = person_of(request)
    addressee = queries.addressee_to_keep(user, code)
    form = _form(request, addressee)
    context: dict[str, Any] = {"form": form, "addressee": addressee, "recommendation": addressee.recommendation}
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        token = actions.write_letter(
            addressee=addressee,
            sent_on=data["sent_on"],
            outgoing_number=data["outgoing_number"],
            language=data["language"],
            due_by_law=form.due_by_law(),
            key=data["key"],
            by=user,
        )
        context |= {"paper": _paper(addressee, form, token), "due_by_law": form.due_by_law()}
        return holds_secret(render(request, "followup/letter_made.html", context))
    return render(request, "followup/letter_write.html", context)


@requires(Permission.KEEP_RECOMMENDATIONS)
@require_POST
def letter_file(request: HttpRequest, code: str) -> HttpResponseBase:
    """The letter that was just made, as a file: its link is made out of the form's key again, and kept nowhere."""
    user = person_of(request)
    addressee = queries.addressee_to_keep(user, code)
    form = _form(request, addressee)
    if not form.is_valid():
        raise Http404
    token = token_of(addressee, form.cleaned_data["key"]) if addressee.organisation.mailbox else ""
    if token and queries.live_link(token) is None:
        messages.error(request, _("The link in this letter opens nothing any more. Write the letter again."))
        return HttpResponseRedirect(reverse("followup_work:write_letter", args=[code]))
    paper = _paper(addressee, form, token)
    name = f"letter-{addressee.recommendation.code}-{paper.language}"
    if request.POST.get("as") != "pdf":
        made = word.as_word(paper)
        return download(iter([made]), name=f"{name}.docx", kind=_WORD, size=len(made))
    try:
        made = pdf.as_pdf(paper)
    except pdf.NoTypesetting:
        messages.error(request, _("This node cannot make PDF files: Pango is missing. Take the Word file and print that."))
        context = {"form": form, "addressee": addressee, "recommendation": addressee.recommendation, "paper": paper}
        return holds_secret(render(request, "followup/letter_made.html", context | {"due_by_law": form.due_by_law()}, status=503))
    return download(iter([made]), name=f"{name}.pdf", kind="application/pdf", size=len(made))


# --- the register -----------------------------------------------------------------------------------------------------


def _filters(request: HttpRequest) -> tuple[RegisterForm, correspondence.RegisterFilters]:
    form = RegisterForm(request.GET or None)
    chosen = form.cleaned_data if form.is_bound and form.is_valid() else {}
    names = ("direction", "grade", "year", "words")
    return form, correspondence.RegisterFilters(*(chosen.get(name, "") for name in names))


@requires(Permission.SEE_RECOMMENDATIONS)
def register(request: HttpRequest, code: str) -> HttpResponse:
    """The letters of a body, out and in, as registries keep them."""
    user = person_of(request)
    body = correspondence.body_to_read(user, code)
    form, filters = _filters(request)
    after = request.GET.get("after", "")
    last = int(after) if after.isascii() and after.isdigit() and len(after) < 18 else 0
    page = correspondence.register(body, filters, after=last)
    context = {
        "body": body,
        "filter": form,
        "filtered": filters != correspondence.RegisterFilters(),
        "page": page,
        "counts": correspondence.register_counts(body),
        "keeps": body.pk in bodies_kept_by(user),
    }
    return render(request, "followup/register.html", context)


@requires(Permission.SEE_RECOMMENDATIONS)
def register_file(request: HttpRequest, code: str) -> HttpResponseBase:
    """The same letters as a spreadsheet or CSV."""
    body = correspondence.body_to_read(person_of(request), code)
    _form_unused, filters = _filters(request)
    rows = correspondence.register_rows(body, filters)[:MOST_EXPORTED]
    table = register_files.as_table(rows)
    if request.GET.get("as") == "csv":
        return tables.csv_answer(tables.as_csv(table), "register")
    return tables.xlsx_answer(tables.as_xlsx(table, "register"), "register")


@requires(Permission.KEEP_RECOMMENDATIONS)
def letterhead(request: HttpRequest, code: str) -> HttpResponse:
    """What stands around a body's letters."""
    user = person_of(request)
    body = correspondence.body_to_keep(user, code)
    form = LetterheadForm(request.POST or None, letterhead=correspondence.letterhead_of(body) or Letterhead(body=body))
    if request.method == "POST" and form.is_valid():
        actions.set_letterhead(body=body, by=user, **form.cleaned_data)
        messages.success(request, _("The letterhead is saved."))
        return HttpResponseRedirect(reverse("followup_work:register", args=[body.code]))
    back = reverse("followup_work:register", args=[body.code])
    lead = _("It stands around every letter of this council. What you leave empty is filled with our words.")
    return render(request, "followup/setting_form.html", {"form": form, "heading": _("Letterhead"), "lead": lead, "back": back})


@requires(Permission.KEEP_RECOMMENDATIONS)
def due_by_law(request: HttpRequest) -> HttpResponse:
    """Within how many days the laws of countries want an answer."""
    return render(request, "followup/due_by_law.html", {"rules": correspondence.all_rules()})


@requires(Permission.KEEP_RECOMMENDATIONS)
def due_by_law_edit(request: HttpRequest, pk: int = 0) -> HttpResponse:
    """Adds a rule (0), or changes one."""
    user = person_of(request)
    rule = next((one for one in correspondence.all_rules() if one.pk == pk), None)
    if pk and rule is None:
        raise Http404
    form = DueByLawForm(request.POST or None, rule=rule)
    back = reverse("followup_work:due_by_law")
    if request.method == "POST" and form.is_valid():
        actions.keep_due_by_law(rule=rule, by=user, **form.cleaned_data)
        messages.success(request, _("The rule is saved. Letters that are registered keep their day."))
        return HttpResponseRedirect(back)
    lead = _("Ask a lawyer to confirm the number. Letters that are registered keep their day.")
    context = {"form": form, "heading": _("Days by law for an answer"), "lead": lead, "back": back}
    return render(request, "followup/setting_form.html", context)
