"""Fields and checks that several forms of this room share."""

from __future__ import annotations

import uuid
from datetime import date
from typing import Any

from django import forms
from django.core.validators import URLValidator
from django.utils import timezone
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from kenesh.followup.queries.days import FIRST_DAY, LAST_DAY, is_likely
from kenesh.library.models import Document
from kenesh.themes.templatetags.words import day as written

_OWN_WORDS = {"required": _("Write some words here."), "max_length": _("This text is too long. Make it shorter.")}


def likely_day(day: date) -> None:
    """Raises ValidationError for a mistyped year: a browser makes 0026 of “26”."""
    if not is_likely(day):
        years = {"first": FIRST_DAY.year, "last": LAST_DAY.year}
        raise forms.ValidationError(_("Look at the year: it must lie between %(first)d and %(last)d."), code="year", params=years)


def day_field(label: Any, *, help_text: Any = "", required: bool = False) -> forms.DateField:
    """A day; one that must be given stands on today, which it mostly is."""
    return forms.DateField(
        initial=timezone.localdate if required else None,
        label=label,
        help_text=help_text,
        required=required,
        widget=forms.DateInput(
            format="%Y-%m-%d", attrs={"type": "date", "min": FIRST_DAY.isoformat(), "max": LAST_DAY.isoformat()}
        ),
        validators=[likely_day],
        error_messages={"invalid": _("Write a date such as 2026-05-31."), "required": _("Write the date.")},
    )


def words_field(label: Any, *, rows: int = 4, most: int = 5000, required: bool = False, help_text: Any = "") -> forms.CharField:
    """Several lines. The browser gets no limit: it would cut what is pasted without a word, where our refusal keeps it."""
    limit = format_lazy(_("At most {most} characters."), most=most)
    field = forms.CharField(
        label=label,
        help_text=format_lazy("{} {}", help_text, limit) if help_text else limit,
        required=required,
        max_length=most,
        widget=forms.Textarea(attrs={"rows": rows}),
        error_messages=_OWN_WORDS,
    )
    del field.widget.attrs["maxlength"]
    return field


def address_field() -> forms.CharField:
    """An http address. forms.URLField would accept ftp and guess a scheme."""
    return forms.CharField(
        label=_("Link to a page or document that shows it"),
        help_text=_("For example https://example.org/decree.pdf"),
        required=False,
        max_length=500,
        validators=[URLValidator(schemes=["http", "https"], message=_("Write a link that begins with https://"))],
        widget=forms.URLInput(attrs={"autocomplete": "off"}),
    )


def document_field() -> forms.ModelChoiceField[Document]:
    """A document named by its code: the library is too long for a list."""
    return forms.ModelChoiceField(
        queryset=Document.objects.light().filter(taken_out_at=None),
        to_field_name="code",
        required=False,
        label=_("Code of a document in the library"),
        help_text=_("The last eight letters and digits of its address."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={"invalid_choice": _("The library has no document with this code.")},
    )


class Keyed(forms.Form):
    """A form that is sent once, however often the button is pressed."""

    key = forms.UUIDField(widget=forms.HiddenInput, error_messages={"required": _("This page is old. Open it again.")})

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs["initial"] = {"key": uuid.uuid4().hex, **(kwargs.get("initial") or {})}
        super().__init__(*args, **kwargs)


def not_in_the_future(day: date | None) -> date | None:
    """The day itself. Raises ValidationError for a day that has not come."""
    if day and day > timezone.localdate():
        raise forms.ValidationError(_("This day has not come yet."), code="future")
    return day


def later_than(form: forms.Form, name: str, day: date | None) -> None:
    """Says in the form when its day is not still to come, or is not later than the one that holds already."""
    given: date = form.cleaned_data[name]
    if given <= timezone.localdate():
        form.add_error(name, _("This day has passed. Write a day that is still to come."))
    elif day and given <= day:
        form.add_error(name, _("There is time until %(day)s anyway. Write a later day.") % {"day": written(day)})
