"""Letters of a case: written from a template, looked at, taken out as a Word file, entered in the register."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from kenesh.casework import actions, queries
from kenesh.casework.forms import ChoiceForm, RegisterForm, WriteForm, for_sealing
from kenesh.casework.letters import facts, fields, sandbox, sources
from kenesh.casework.letters.sources import Source
from kenesh.casework.models import Case, Letter, LetterKind
from kenesh.casework.opening import Body, ChangedMeanwhile, OpenCase, Opened
from kenesh.casework.rules import Permission
from kenesh.casework.views.facts import parties_of, with_theirs
from kenesh.casework.views.page import address, closed_to_us, opened_case, read, show
from kenesh.kernel.access import requires
from kenesh.kernel.downloads import download
from kenesh.people.keyring import KeyMissing
from kenesh.people.middleware import keys_of, person_of, with_keys
from kenesh.themes import languages

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def _page(request: HttpRequest, opened: OpenCase, **replaced: forms.Form) -> HttpResponse:
    context = {
        "letters": [opened.open(row) for row in opened.case.letters.order_by("-id")],
        "choice_form": ChoiceForm(choices=_choices(opened)),
        "ready": opened.case.persons.exists(),
    }
    return show(request, opened, "letters", "casework/letters.html", context)


@requires(Permission.WORK_ON_CASES)
@with_keys
def letters(request: HttpRequest, code: str) -> HttpResponse:
    """The letters of a case, and the beginning of a new one."""
    return read(request, code, _page)


def _choices(opened: OpenCase) -> dict[str, list[tuple[str, Any]]]:
    """What the first form offers: templates of the office, then ours; persons, other sides and matters of the case."""
    own: list[tuple[str, Any]] = [
        (row.code, f"{row.name} · {languages.OWN_NAME.get(row.language, row.language)}")
        for row in sources.sources_of(opened.case.office)
    ]
    ours = [
        (ref, f"{LetterKind(kind).label} · {languages.OWN_NAME.get(language, language)}")
        for ref, kind, language in sources.samples()
    ]
    templates: list[tuple[str, Any]] = [(str(_("Templates of the office")), own)] if own else []
    return {
        "template": [*templates, (_("Samples"), ours)],
        "person": [
            (str(row.row.uid), row.body.get("name") or _("Person %(number)s") % {"number": number})
            for number, row in enumerate(opened.persons(), 1)
        ],
        "party": [("", "–"), *[(str(row.row.uid), row.body.get("name") or "?") for row in parties_of(opened)]],
        "matter": [
            (str(row.row.uid), _("Matter %(number)s") % {"number": number}) for number, row in enumerate(opened.matters(), 1)
        ],
    }


@requires(Permission.WORK_ON_CASES)
@with_keys
@sensitive_post_parameters()
def write_letter(request: HttpRequest, code: str) -> HttpResponse:
    """A new letter. The address names the template and the rows; what is missing is asked here."""
    try:
        opened = opened_case(request, code)
        choice = ChoiceForm(request.GET, choices=_choices(opened))
        if not choice.is_valid():
            messages.warning(request, _("Please choose a template and a person."))
            return HttpResponseRedirect(address(opened.case, "letters"))
        return _write(request, opened, choice.cleaned_data, None)
    except KeyMissing:
        return closed_to_us(request)


@requires(Permission.WORK_ON_CASES)
@with_keys
@sensitive_post_parameters()
def rewrite_letter(request: HttpRequest, code: str, uid: uuid.UUID) -> HttpResponse:
    """Writes a letter again that was not sent yet."""
    try:
        opened = opened_case(request, code)
        before = opened.open(queries.row_of_case(opened.case, Letter, uid))
        if before.body.get("sent_on"):
            messages.warning(request, _("This letter was sent: it stays as it is. Please write a new one."))
            return HttpResponseRedirect(_letter_address(opened.case, before.row))
        return _write(request, opened, before.body, before)
    except KeyMissing:
        return closed_to_us(request)


def _write(request: HttpRequest, opened: OpenCase, chosen: Body, before: Opened[Letter] | None) -> HttpResponse:
    office = opened.case.office
    source = sources.source(office, chosen["template"])
    found = facts.about(opened, person=chosen["person"], party=chosen["party"], matter=chosen["matter"])
    if source is None or found is None:
        messages.warning(request, _("This template is gone, or the case has no person. Please choose again."))
        return HttpResponseRedirect(address(opened.case, "letters"))
    known = facts.parts(found, source, office, person_of(request))
    asked = _askable(fields.to_ask(source.fields, known), found)
    initial = {**facts.start_values(source, office), **_written(before), "key": uuid.uuid4()}
    initial["version"] = before.row.version if before else 0
    form = WriteForm(request.POST or None, asked=asked, initial=initial)
    if request.method == "POST" and form.is_valid():
        letter = _kept(request, opened, source, found, known, form, chosen, before)
        if letter is not None:
            messages.success(request, _("The letter is written. Please read it before you send it."))
            return HttpResponseRedirect(_letter_address(opened.case, letter))
    context = {"form": form, "source": source, "writing_for": found.person.body.get("name", "")}
    return show(request, opened, "letters", "casework/letters_write.html", context, status=422 if form.errors else 200)


def _askable(asked: list[fields.Field], found: facts.About) -> list[fields.Field]:
    """Facts of an other side or a matter that was not chosen have no place to be kept: they stay lines to fill in."""
    absent = {kept for kept, row in (("party", found.party), ("matter", found.matter)) if row is None}
    return [field for field in asked if field.kept.value not in absent]


def _written(before: Opened[Letter] | None) -> dict[str, str]:
    return {f"letter.{name}": value for name, value in before.body["values"].items()} if before else {}


def _kept(
    request: HttpRequest,
    opened: OpenCase,
    source: Source,
    found: facts.About,
    known: dict[str, dict[str, Any]],
    form: WriteForm,
    chosen: Body,
    before: Opened[Letter] | None,
) -> Letter | None:
    """Renders the letter and keeps it; None with an error in the form."""
    told = {
        part: {**known.get(part, {}), **form.values(part)} for part in ("person", "party", "matter", "letter", "office", "author")
    }
    persons = [facts.person_facts(row.body, source.language) for row in found.persons]
    values = form.values("letter")
    rows = (("person", found.person), ("party", found.party), ("matter", found.matter))
    try:
        rendered = sandbox.render(source.data, fields.context(source.fields, told, persons))
        body = {
            "template": source.ref,
            "template_version": source.version,
            "kind": source.kind,
            "title": values.get("addressee") or source.name,
            **{name: chosen[name] for name in ("person", "party", "matter")},
            "values": values,
            "blocks": rendered.blocks,
            "written_on": timezone.localdate().isoformat(),
            "by": person_of(request).name,
        }
        return actions.write_letter(
            keyring=keys_of(request),
            case=opened.case,
            body=body,
            docx=rendered.docx,
            learned=[(row.row, form.values(part)) for part, row in rows if row is not None and form.values(part)],
            key=form.cleaned_data["key"],
            letter=before.row if before else None,
            version=form.cleaned_data["version"] or 0,
        )
    except sandbox.TemplateRefused as refused:
        form.add_error(None, str(refused))
    except ChangedMeanwhile:
        form.add_error(None, _("A colleague changed these facts a moment ago. Please look at them, and send this form again."))
    return None


def _letter_address(case: Case, letter: Letter) -> str:
    return reverse("casework_work:letter", args=[case.code, letter.uid])


def _letter_page(
    request: HttpRequest,
    opened: OpenCase,
    letter: Opened[Letter],
    form: RegisterForm,
    theirs: list[tuple[str, str]] | None = None,
) -> HttpResponse:
    context = {
        "letter": letter,
        "kind": LetterKind(letter.body["kind"]).label,
        "blocks": letter.body["blocks"],
        "form": form,
        "theirs": theirs or [],
    }
    status = 422 if form.errors or theirs else 200
    return show(request, opened, "letters", "casework/letters_one.html", context, status=status)


@requires(Permission.WORK_ON_CASES)
@with_keys
def letter(request: HttpRequest, code: str, uid: uuid.UUID) -> HttpResponse:
    """A letter to read before it is sent, with its register."""
    try:
        opened = opened_case(request, code)
        found = opened.open(queries.row_of_case(opened.case, Letter, uid))
    except KeyMissing:
        return closed_to_us(request)
    return _letter_page(request, opened, found, RegisterForm(initial={**found.body, "version": found.row.version}))


@requires(Permission.WORK_ON_CASES)
@require_POST
@with_keys
@sensitive_post_parameters()
def register_letter(request: HttpRequest, code: str, uid: uuid.UUID) -> HttpResponse:
    """Numbers and days: outgoing, posted, delivered, answered."""
    try:
        opened = opened_case(request, code)
        row = queries.row_of_case(opened.case, Letter, uid)
        found, form = opened.open(row), RegisterForm(request.POST)
        if not form.is_valid():
            return _letter_page(request, opened, found, form)
        what = _("Answer due: %(title)s") % {"title": found.body["title"]}
        changes, version = for_sealing(form.cleaned_data), form.cleaned_data["version"] or 0
        try:
            actions.register_letter(keyring=keys_of(request), letter=row, changes=changes, version=version, what=what[:200])
        except ChangedMeanwhile as changed:
            again, theirs = with_theirs(form, RegisterForm, request, changed.saved, row)
            return _letter_page(request, opened, found, again, theirs)
    except KeyMissing:
        return closed_to_us(request)
    messages.success(request, _("The register is kept."))
    return HttpResponseRedirect(_letter_address(opened.case, row))


@requires(Permission.WORK_ON_CASES)
@with_keys
def letter_file(request: HttpRequest, code: str, uid: uuid.UUID) -> HttpResponseBase:
    """The Word file, out of memory; no browser or proxy keeps it."""
    try:
        opened = opened_case(request, code)
        row = queries.row_of_case(opened.case, Letter, uid)
        data = actions.docx_of(keyring=keys_of(request), letter=row)
    except KeyMissing:
        return closed_to_us(request)
    return word_file(data, f"{opened.case.code}.docx")


def word_file(data: bytes, name: str) -> HttpResponseBase:
    def once() -> Iterator[bytes]:
        yield data

    return download(once(), name=name, kind=DOCX, size=len(data))


def source_or_404(found: Source | None) -> Source:
    if found is None:
        raise Http404
    return found
