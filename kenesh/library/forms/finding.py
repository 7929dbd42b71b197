"""Correcting a finding, adding one, choosing which existing record it is. The boxes are those that its area asks for."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kenesh.kernel.findings import Candidate, Input, Refused
from kenesh.library.findings import number_of

NEW = "new"
MOST_LETTERS = 20_000
_REQUIRED = {"required": _("Fill this in, or go back and reject what was read.")}
_WRONG = {"invalid_choice": _("Choose from the list."), "max_length": _("This text is too long. Make it shorter.")}


class FindingForm(forms.Form):
    """The facts of a finding; `facts()` and `target()` after is_valid()."""

    all_optional = True

    def __init__(
        self, *args: Any, inputs: Sequence[Input], candidates: Sequence[Candidate] = (), chosen: str | None = "", **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.inputs = inputs
        if candidates:
            options = [(each.target, _option(each)) for each in candidates]
            self.fields["target"] = forms.ChoiceField(
                label=_("Which record is it?"),
                choices=[*options, (NEW, _("None of these: enter it as a new record"))],
                widget=forms.RadioSelect,
                initial=NEW if chosen == "" else chosen,
                error_messages={"required": _("Choose which record it is, or that it is a new one."), **_WRONG},
            )
        for each in inputs:
            self.fields[each.name] = _box(each)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("target", NEW) != NEW:
            self._ask_nothing_of_a_new_record()
        for each in self.inputs:
            text = cleaned.get(each.name, "")
            if text and each.kind == "number":
                try:
                    number_of(text)
                except Refused as why:
                    self.add_error(each.name, str(why.sentence))
        return cleaned

    def _ask_nothing_of_a_new_record(self) -> None:
        """What an area guesses for a new record may stay open where an existing one was chosen."""
        for each in self.inputs:
            if each.required and not each.of_reading and not self.data.get(each.name):
                self.errors.pop(each.name, None)

    def facts(self) -> dict[str, str]:
        return {each.name: str(self.cleaned_data.get(each.name) or "").strip() for each in self.inputs}

    def target(self) -> str:
        """The existing record that was chosen, "" for a new one."""
        chosen = str(self.cleaned_data.get("target") or "")
        return "" if chosen == NEW else chosen

    def say(self, why: Refused) -> None:
        """Puts what an area refused beside its box."""
        self.add_error(why.name if why.name in self.fields else None, str(why.sentence))


def _option(each: Candidate) -> str:
    """What a person looked for has no score."""
    return f"{each.label} – {each.reason}" + (f", {each.score:.0%}" if each.score else "")


class LookForm(forms.Form):
    """Words of a record that was not proposed; `looked` are those for which was looked already."""

    all_optional = True
    other = forms.CharField(
        label=_("Another record that is entered already"),
        help_text=_("Write a part of its name, in any of its languages, and look."),
        required=False,
        max_length=200,
        error_messages=_WRONG,
    )
    looked = forms.CharField(required=False, widget=forms.HiddenInput)

    def words(self) -> str:
        return str(self.cleaned_data.get("other") or "").strip() if self.is_valid() else ""

    def wants_to_look(self) -> bool:
        """Also when somebody pressed Enter in the box, whatever stands in it."""
        written = str(self.data.get("other") or "").strip()
        return "look" in self.data or written not in ("", self.data.get("looked", ""))


def _box(each: Input) -> forms.Field:
    told: dict[str, Any] = {"label": each.label, "help_text": each.hint, "required": each.required}
    told["error_messages"] = {**_REQUIRED, **_WRONG, "invalid": _("Write a whole number, such as 2024.")}
    if each.kind == "choice":
        return forms.ChoiceField(choices=each.choices, **told)
    if each.kind == "whole":
        return forms.IntegerField(min_value=0, max_value=9999, **told)
    widget = forms.Textarea(attrs={"rows": 4}) if each.kind == "text" else forms.TextInput()
    return forms.CharField(max_length=MOST_LETTERS if each.kind == "text" else 300, widget=widget, **told)


class QuoteForm(forms.Form):
    """Where in the document the added finding stands."""

    all_optional = True
    words = forms.CharField(
        label=_("The words of the document that say so"),
        help_text=_("Copy them from the document, so that others find the place."),
        required=False,
        max_length=1_000,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages=_WRONG,
    )

    def __init__(self, *args: Any, text: str, **kwargs: Any) -> None:
        """`text`: of the document."""
        super().__init__(*args, **kwargs)
        self._text = text
        self.at: list[tuple[int, int]] = []  # where the words stand first, after is_valid()

    def clean_words(self) -> str:
        """However its lines are broken."""
        said = str(self.cleaned_data["words"])
        if words := said.split():
            found = re.search(r"\s+".join(map(re.escape, words)), self._text)
            if found is None:
                raise forms.ValidationError(
                    _("These words do not stand in the document. Copy them from it as they are, or leave this empty.")
                )
            self.at = [found.span()]
        return said
