"""Forms of the facts of a case: the other side, the way of working with its evidence, steps, a suggested theme."""

from __future__ import annotations

import re
from datetime import datetime
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kenesh.casework.case_types import CASE_TYPES, EVIDENCE, EVIDENCE_STATES, PARTY_ROLES, STEP_KINDS
from kenesh.casework.forms.case import CURRENCIES, WithKey
from kenesh.themes import thesaurus

_CHOOSE = {
    "required": _("Please choose one of the answers of the list."),
    "invalid_choice": _("Please choose one of the answers of the list."),
}


def line(label: Any, help_text: Any = "", *, longest: int = 200, rows: int = 1, **attrs: str) -> forms.CharField:
    """A text that may stay empty; browsers do not remember it."""
    common = {"autocomplete": "off", "maxlength": None, **attrs}
    return forms.CharField(
        label=label,
        help_text=help_text,
        required=False,
        max_length=longest,
        widget=forms.Textarea(attrs={"rows": rows, **common}) if rows > 1 else forms.TextInput(attrs=common),
        error_messages={"max_length": _("This answer is too long. Please shorten it to %(limit_value)d characters.")},
    )


def day(label: Any, help_text: Any = "", *, required: bool = False) -> forms.DateField:
    return forms.DateField(
        label=label,
        help_text=help_text,
        required=required,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        input_formats=["%Y-%m-%d", "%d.%m.%Y", "%d/%m/%Y"],
        error_messages={"required": _("Please write the date."), "invalid": _("Please write the date like this: 31.12.2026.")},
    )


def for_sealing(data: dict[str, Any]) -> dict[str, Any]:
    """What was typed, as texts and numbers that JSON holds: without the form's key and version."""
    return {
        name: value.isoformat() if hasattr(value, "isoformat") else ("" if value is None else value)
        for name, value in data.items()
        if name not in ("key", "version")
    }


class PartyForm(WithKey):
    """The other side, as far as it is known. `why` is asked only when it may be a client of the office."""

    role = forms.ChoiceField(label=_("Who is it?"), choices=list(PARTY_ROLES.items()), error_messages=_CHOOSE)
    name = line(_("Name of the other side"), _("As it is known. A nickname helps too."))
    tax_number = line(_("Tax or registration number (INN, OGRN, BIN)"), longest=60, inputmode="numeric")
    site = line(_("Place of work or address"), longest=300)
    phone = line(_("Phone of the other side"), longest=60, type="tel")
    contact = line(_("Contact person"))
    contractor = line(_("General contractor"))
    client = line(_("Client who ordered the work"))
    why = line(
        _("Why this is no conflict"),
        _("For example: another person of the same name, or the phone of a relative. The reason is kept, sealed."),
        longest=500,
        rows=2,
    )
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    sections = (
        (_("Needed for letters"), ("tax_number", "site", "contact", "contractor", "client")),
        (_("May be a client of this office"), ("why",)),
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not any(cleaned.get(name) for name in ("name", "phone", "tax_number", "site")):
            self.add_error("name", _("Please write what is known of the other side: a name, a phone, a number or a place."))
        return cleaned


class ConflictForm(forms.Form):
    """The decision that somebody who may be a client is none."""

    why = line(_("Why this is no conflict"), _("The reason is kept, sealed, with the other side."), longest=500, rows=2)

    def clean_why(self) -> str:
        why = str(self.cleaned_data["why"])
        if not why.strip():
            raise forms.ValidationError(_("Please write why this is no conflict."))
        return why


class SheetForm(forms.Form):
    """Way of working, and what can prove the story."""

    type = forms.ChoiceField(
        label=_("Way of working"), required=False, choices=[("", "–"), *CASE_TYPES.items()], error_messages=_CHOOSE
    )
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for code, label in EVIDENCE.items():
            self.fields[f"evidence_{code}"] = forms.ChoiceField(
                label=str(label), required=False, choices=list(EVIDENCE_STATES.items()), error_messages=_CHOOSE
            )

    sections = ((_("Evidence"), "evidence_"),)


class StepForm(WithKey):
    """Something that was done. The first three fields are enough."""

    kind = forms.ChoiceField(label=_("What was done?"), choices=list(STEP_KINDS.items()), error_messages=_CHOOSE)
    what = forms.CharField(
        label=_("What came of it?"),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 3, "autocomplete": "off", "maxlength": None}),
        error_messages={
            "required": _("Please write what came of it, in a few words."),
            "max_length": _("This text is too long. Please shorten it to 4,000 characters."),
        },
    )
    minutes = forms.IntegerField(
        label=_("How many minutes it took"),
        required=False,
        min_value=0,
        max_value=6000,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
        error_messages={
            "invalid": _("Please write a number of minutes, for example 20."),
            "min_value": _("Please write a number of minutes, for example 20."),
            "max_value": _("Please write a smaller number."),
        },
    )
    on = day(_("Day"), _("Empty means today."))
    time = forms.TimeField(
        label=_("Time"),
        required=False,
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        error_messages={"invalid": _("Please write the time like this: 14:30.")},
    )
    cost = line(_("Cost"), longest=20, inputmode="decimal")
    currency = forms.ChoiceField(
        label=_("Currency"), required=False, choices=[("", "–"), *[(c, c) for c in CURRENCIES]], error_messages=_CHOOSE
    )
    who = line(_("With whom"))
    next = line(_("What comes next"), longest=500)
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    sections = ((_("Day, cost, with whom, what comes next"), ("on", "time", "cost", "currency", "who", "next")),)

    def clean_cost(self) -> str:
        """Plain digits with a point, or ""."""
        text = re.sub(r"[\s\u00a0']", "", str(self.cleaned_data["cost"])).replace(",", ".")
        if text and not re.fullmatch(r"\d{1,10}(\.\d{1,2})?", text):
            raise forms.ValidationError(_("Please write a sum in digits, for example 450."))
        return text

    def clean_on(self) -> Any:
        on = self.cleaned_data["on"] or timezone.localdate()
        if on > timezone.localdate():
            raise forms.ValidationError(_("This day has not come yet. For something to be done, set a deadline."))
        return on

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("cost") and not cleaned.get("currency"):
            self.add_error("currency", _("Please choose the currency of the cost."))
        return cleaned

    def body(self) -> dict[str, Any]:
        """What is sealed: day and time as one text."""
        data = for_sealing(self.cleaned_data)
        time = self.cleaned_data.get("time")
        data["at"] = datetime.combine(self.cleaned_data["on"], time).isoformat(timespec="minutes") if time else data["on"]
        return data


class ThemeForm(forms.Form):
    """A suggestion that somebody accepts."""

    theme = forms.ChoiceField(error_messages=_CHOOSE)
    version = forms.IntegerField(min_value=1)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["theme"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101  # tells the type checker what was declared above
        field.choices = [(concept.id, concept.id) for concept in thesaurus.concepts().values() if "P" not in concept.flags]
