"""Parts of the forms: texts in the main languages, days, choices of organisations and countries, and the form's own key."""

from __future__ import annotations

import re
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, ClassVar, TypeAlias

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from kenesh.kernel.codes import CodeConverter, new_code
from kenesh.people.models import Person
from kenesh.themes.countries import country_choices, in_alphabetical_order
from kenesh.themes.languages import OWN_NAME
from kenesh.themes.texts import Translated

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

Words: TypeAlias = "str | _StrPromise"  # a text, or one that is translated when it is shown

MAIN_LANGUAGES = ("ru", "ky", "en")
TOO_LONG = {"max_length": _("This text is too long. Make it shorter.")}
NOT_IN_LIST = {"invalid_choice": _("Choose one of the list.")}
_PARTIAL_DATE = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?")


@dataclass(frozen=True)
class Text:
    """A text that is asked for in each main language."""

    label: Words
    most: int = 200  # characters
    rows: int = 1
    hint: Words = ""
    missing: Words = ""  # what to say when no language has it; "" when it may be left out


class InLanguages(forms.Form):
    """`texts = {"name": Text(…)}` gives boxes name_ru, name_ky, name_en and, after is_valid(), cleaned_data["name"]."""

    all_optional = True  # the template says at each question whether it must be answered
    texts: ClassVar[Mapping[str, Text]] = {}

    def __init__(self, *args: Any, kept: Mapping[str, Translated] | None = None, **kwargs: Any) -> None:
        """`kept`: the present texts, whose other languages an edit must not lose."""
        super().__init__(*args, **kwargs)
        self.kept: Mapping[str, Translated] = kept or {}
        for name, text in self.texts.items():
            for language in MAIN_LANGUAGES:
                self.fields[f"{name}_{language}"] = _box(text, language)
                self.initial.setdefault(f"{name}_{language}", self.kept.get(name, Translated()).get(language, ""))

    def questions(self) -> list[tuple[Text, list[forms.BoundField]]]:
        """For the template: each text with one box for each main language."""
        return [(text, [self[f"{name}_{language}"] for language in MAIN_LANGUAGES]) for name, text in self.texts.items()]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        for name, text in self.texts.items():
            said = dict(self.kept.get(name, {})) | {
                language: cleaned.get(f"{name}_{language}", "") for language in MAIN_LANGUAGES
            }
            cleaned[name] = Translated({language: words for language, words in said.items() if words})
            wrong = any(f"{name}_{language}" in self.errors for language in MAIN_LANGUAGES)
            if text.missing and not cleaned[name] and not wrong:
                self.add_error(f"{name}_{MAIN_LANGUAGES[0]}", forms.ValidationError(text.missing))
        return cleaned


def _box(text: Text, language: str) -> forms.CharField:
    attributes = {"lang": language}
    widget = forms.Textarea(attrs={**attributes, "rows": text.rows}) if text.rows > 1 else forms.TextInput(attrs=attributes)
    return forms.CharField(label=OWN_NAME[language], required=False, max_length=text.most, widget=widget, error_messages=TOO_LONG)


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
