"""Forms of letters: an office's template, what to write from, what is missing, the register."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from kenesh.casework.forms.case import WithKey
from kenesh.casework.forms.facts import day, line
from kenesh.casework.letters.fields import Field
from kenesh.casework.letters.sandbox import LARGEST_TEMPLATE
from kenesh.casework.models import LetterKind
from kenesh.themes import languages

Choices = list[tuple[str, Any]]
_CHOOSE = {
    "required": _("Please choose one of the answers of the list."),
    "invalid_choice": _("Please choose one of the answers of the list."),
}


class TemplateForm(forms.Form):
    """A Word file with fields in it."""

    name = forms.CharField(
        label=_("Name of the template"),
        help_text=_("A file of the same name and language replaces the one before."),
        max_length=80,
        widget=forms.TextInput(attrs={"autocomplete": "off", "maxlength": None}),
        error_messages={
            "required": _("Please give the template a name."),
            "max_length": _("This name is too long. Please shorten it to 80 characters."),
        },
    )
    kind = forms.ChoiceField(label=_("What is it for?"), choices=LetterKind.choices, error_messages=_CHOOSE)
    language = forms.ChoiceField(
        label=_("Language"),
        choices=[(code, languages.OWN_NAME[code]) for code, _name in settings.LANGUAGES],
        error_messages=_CHOOSE,
    )
    file = forms.FileField(
        label=_("Word file (.docx), at most 1 MB"),
        widget=forms.ClearableFileInput(attrs={"accept": ".docx"}),
        error_messages={
            "required": _("Please choose a Word file."),
            "missing": _("Please choose a Word file."),
            "invalid": _("Please choose a Word file."),
            "empty": _("This file is empty. Please choose another one."),
        },
    )

    def clean_file(self) -> bytes:
        file = self.cleaned_data["file"]
        if file.size > LARGEST_TEMPLATE:
            raise forms.ValidationError(_("The file is too large. A template may have 1 MB: please make its pictures smaller."))
        data: bytes = file.read()
        return data


class ChoiceForm(forms.Form):
    """From which template, for whom, against whom, about which matter. The answers are opaque names of rows."""

    template = forms.ChoiceField(label=_("Template"), error_messages=_CHOOSE)
    person = forms.ChoiceField(label=_("Person"), error_messages=_CHOOSE)
    party = forms.ChoiceField(label=_("Other side"), required=False, error_messages=_CHOOSE)
    matter = forms.ChoiceField(label=_("Matter"), required=False, error_messages=_CHOOSE)

    def __init__(self, *args: Any, choices: dict[str, Choices], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, found in choices.items():
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)  # noqa: S101  # tells the type checker what was declared above
            field.choices = found


class WriteForm(WithKey):
    """What this template needs and nobody has written down yet. What stays empty becomes a line to fill in by hand."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, asked: list[Field], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in asked:
            longest = 8000 if field.rows > 2 else 500
            self.fields[field.path] = line(field.label, longest=longest, rows=field.rows)

    def values(self, kept: str) -> dict[str, str]:
        """What was written for one part: "person", "party", "matter" or "letter"; without what stayed empty."""
        return {
            name.partition(".")[2]: str(value)
            for name, value in self.cleaned_data.items()
            if name.startswith(f"{kept}.") and value
        }


class RegisterForm(forms.Form):
    """Numbers and days of a letter, as they become known."""

    outgoing_number = line(_("Outgoing number"), longest=60)
    sent_on = day(_("Sent on"))
    how = forms.ChoiceField(
        label=_("How it was sent"),
        required=False,
        choices=[
            ("", "–"),
            ("registered", _("Registered post with a list of contents")),
            ("post", _("Post")),
            ("portal", _("Through a website of the authority")),
            ("email", _("E-mail")),
            ("hand", _("Handed over")),
        ],
        error_messages=_CHOOSE,
    )
    postal_number = line(_("Postal number"), longest=60)
    delivered_on = day(_("Delivered on"))
    answer_due = day(_("Answer due by"), _("This also becomes a deadline of the case."))
    answered_on = day(_("Answer came on"))
    answer = line(_("What was answered"), longest=2000, rows=3)
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        sent, delivered, due = (cleaned.get(name) for name in ("sent_on", "delivered_on", "answer_due"))
        if sent and delivered and delivered < sent:
            self.add_error("delivered_on", _("A letter is not delivered before it is sent. Please compare the two days."))
        if sent and due and due < sent:
            self.add_error("answer_due", _("The answer is not due before the letter is sent. Please compare the two days."))
        return cleaned
