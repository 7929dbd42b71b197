"""Parts of the forms: the language that counts, codes of documents, who saved first."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.db.models import Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from kenesh.kernel.codes import ALPHABET, LENGTH
from kenesh.library.models import Document
from kenesh.people.forms.texts import InLanguages, languages_of
from kenesh.themes.languages import OWN_NAME
from kenesh.themes.texts import writing_languages

_CODE = re.compile(rf"(?<![\w])[{ALPHABET}]{{{LENGTH}}}(?![\w])")


class AuthenticField(forms.ChoiceField):
    """Which language counts: one in which the node writes, or the one that was chosen already."""

    def __init__(self) -> None:
        super().__init__(
            label=_("The language whose text counts"),
            required=False,
            help_text=_("When two languages say different things, this one is right."),
        )

    def get_bound_field(self, form: forms.BaseForm, field_name: str) -> forms.BoundField:
        chosen = form.get_initial_for_field(self, field_name)
        codes = dict.fromkeys((*writing_languages(), *([chosen] if chosen else [])))
        self.choices = [("", _("No language was chosen")), *((code, OWN_NAME[code]) for code in codes)]
        return super().get_bound_field(form, field_name)


class DocumentsField(forms.CharField):
    """Documents of the library, one to a line: the code or the address of its page. Gives a list of documents."""

    widget = forms.Textarea(attrs={"rows": 3})
    _there: frozenset[str] = frozenset()  # codes of documents that the row names already

    def get_bound_field(self, form: forms.BaseForm, field_name: str) -> forms.BoundField:
        self._there = frozenset(_CODE.findall(str(form.get_initial_for_field(self, field_name) or "")))
        return super().get_bound_field(form, field_name)

    def known(self, codes: Collection[str]) -> dict[str, Document]:
        """Those of the documents that there are. What was taken out of the library can stay where it is, and come nowhere else."""
        rows = Document.objects.light().filter(Q(taken_out_at=None) | Q(code__in=self._there), code__in=codes)
        return {document.code: document for document in rows}

    def clean(self, value: Any) -> Any:
        """Raises ValidationError that names the first line without a document."""
        lines = [line.strip() for line in str(super().clean(value) or "").splitlines() if line.strip()]
        codes = [(line, found[-1] if (found := _CODE.findall(line)) else "") for line in lines]
        known = self.known([code for _line, code in codes])
        for line, code in codes:
            if code not in known:
                raise forms.ValidationError(
                    _("There is no such document in the library: %(line)s"), code="unknown", params={"line": line[:80]}
                )
        return list({code: known[code] for _line, code in codes}.values())


class PapersField(DocumentsField):
    """Papers, one to a line; the codes or addresses of its versions in other languages stand beside it on the same line. Gives a
    list of lists of documents."""

    def clean(self, value: Any) -> Any:
        """Raises ValidationError that names the first line without a document, or with one that is not there."""
        lines = [line.strip() for line in str(forms.CharField.clean(self, value) or "").splitlines() if line.strip()]
        wanted = [(line, [found[-1] for word in line.split() if (found := _CODE.findall(word))]) for line in lines]
        codes = [code for _line, codes in wanted for code in codes]
        known = self.known(codes)
        papers, seen = [], set()
        for line, own in wanted:
            if not own or any(code not in known for code in own):
                raise forms.ValidationError(
                    _("There is no such document in the library: %(line)s"), code="unknown", params={"line": line[:80]}
                )
            papers.append([known[code] for code in dict.fromkeys(own) if code not in seen])
            seen |= set(own)
        return [paper for paper in papers if paper]


@dataclass(frozen=True)
class Difference:
    """One field that somebody else saved with other words."""

    label: str
    theirs: str
    yours: str


def differences(form: forms.Form, current: Mapping[str, Any]) -> list[Difference]:
    """What stands in the row now against what this form was sent with. `current` is in the shape of `initial`."""
    found = []
    for bound in form.visible_fields():
        if isinstance(bound.field, InLanguages):
            found += _in_each_language(bound, current.get(bound.name) or {})
            continue
        theirs, yours = _words(bound, current.get(bound.name)), _words(bound, bound.value())
        if theirs != yours:
            found.append(Difference(str(bound.label), theirs, yours))
    return found


def _in_each_language(bound: forms.BoundField, theirs: Mapping[str, str]) -> list[Difference]:
    yours: Mapping[str, str] = bound.value() or {}
    return [
        Difference(f"{bound.label} · {OWN_NAME[code]}", theirs.get(code, ""), written)
        for code in languages_of({**theirs, **yours})
        if theirs.get(code, "") != (written := str(yours.get(code, "")).strip().replace("\r\n", "\n"))
    ]


def _words(bound: forms.BoundField, value: Any) -> str:
    """What the control says, for people: labels of choices, times without seconds."""
    if isinstance(bound.field, forms.BooleanField):
        return gettext("Yes") if value else gettext("No")
    prepared = bound.field.prepare_value(value)
    words = ["" if one is None else str(one) for one in (prepared if isinstance(prepared, (list, tuple)) else [prepared])]
    if isinstance(bound.field, forms.TimeField):
        words = [word[:5] for word in words]
    if isinstance(bound.field, forms.ChoiceField):
        labels = {str(key): str(label) for key, label in bound.field.choices}  # type: ignore[misc, union-attr]  # flat by design
        words = sorted(labels.get(word, word) for word in words)
    return ", ".join(words).replace("\r\n", "\n")


class OnDay(forms.Form):
    """Which day somebody asks about; none is today."""

    all_optional = True

    on = forms.DateField(
        label=_("On which day?"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        input_formats=["%Y-%m-%d", "%d.%m.%Y"],
        error_messages={"invalid": _("Write a day such as 2024-05-31 or 31.05.2024.")},
    )
