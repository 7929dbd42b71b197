"""Parts of the forms: days, choices of organisations and countries, and the form's own key."""

from __future__ import annotations

import re
import uuid
from datetime import date
from typing import TYPE_CHECKING, Any, TypeAlias

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from kenesh.kernel.codes import CodeConverter, new_code
from kenesh.people.models import Person
from kenesh.themes.countries import country_choices, in_alphabetical_order

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

Words: TypeAlias = "str | _StrPromise"  # a text, or one that is translated when it is shown

TOO_LONG = {"max_length": _("This text is too long. Make it shorter.")}
NOT_IN_LIST = {"invalid_choice": _("Choose one of the list.")}
_PARTIAL_DATE = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?")


class NewRow(forms.Form):
    """A form that makes something: its key is the code that the new thing gets, so that sending it twice makes one."""

    key = forms.RegexField(rf"^{CodeConverter.regex}$", widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["key"].initial = new_code()


class NewAccountKey(forms.Form):
    """A form that makes an account: its key is the uid that the account gets."""

    key = forms.UUIDField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["key"].initial = uuid.uuid4()

    def clean_key(self) -> uuid.UUID:
        return self.cleaned_data["key"] or uuid.uuid4()


class Seen(forms.Form):
    """A form that changes something. `seen`: the stamp that it had when the form was opened."""

    seen = forms.RegexField(r"^[0-9a-f]{12,64}$", widget=forms.HiddenInput)


def day(label: Words, *, hint: Words = "", required: bool = False, missing: Words = "") -> forms.DateField:
    return forms.DateField(
        label=label,
        help_text=hint,
        required=required,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        input_formats=["%Y-%m-%d", "%d.%m.%Y"],
        error_messages={"invalid": _("Write a day such as 2024-05-31 or 31.05.2024."), "required": missing or _("Choose a day.")},
    )


def partial_date(value: str) -> str:
    """The same. Raises ValidationError unless it is empty, a year, a month or a day that exists."""
    if not value:
        return ""
    try:
        if not _PARTIAL_DATE.fullmatch(value):
            raise ValueError(value)
        date.fromisoformat(f"{value}-01-01"[:10])
    except ValueError:
        raise forms.ValidationError(_("Write a year, a month or a day such as 2021, 2021-05 or 2021-05-31.")) from None
    return value


def country_field(label: Words, none: Words, *, hint: Words = "") -> forms.ChoiceField:
    return forms.ChoiceField(
        label=label,
        help_text=hint,
        choices=lambda: [("", none), *country_choices(get_language() or "en")],
        required=False,
        error_messages=NOT_IN_LIST,
    )


class RowChoice(forms.ModelChoiceField):  # type: ignore[type-arg]  # of whatever rows it is given
    """One of some rows that have a code, in the order of the reader's alphabet; persons with their organisation."""

    def __init__(self, rows: Any, **kwargs: Any) -> None:
        kwargs.setdefault("empty_label", "—")
        super().__init__(queryset=rows, to_field_name="code", **kwargs)
        self.error_messages["invalid_choice"] = NOT_IN_LIST["invalid_choice"]
        pairs = in_alphabetical_order(((row.code, self.label_from_instance(row)) for row in rows), get_language() or "en")
        self.choices = [("", self.empty_label or ""), *pairs]

    def label_from_instance(self, obj: Any) -> str:
        if isinstance(obj, Person) and obj.organisation:
            return f"{obj} · {obj.organisation}"
        return str(obj)
