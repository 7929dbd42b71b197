"""Forms around a register that becomes cases."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Sequence
from itertools import groupby
from typing import Any

from django import forms
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext_lazy as _

from kenesh.casework import sectors
from kenesh.casework.case_types import CASE_TYPES
from kenesh.casework.forms.case import CURRENCIES, WithKey, theme_choices
from kenesh.casework.importing import fields, kinds, meanings
from kenesh.casework.outcomes import OUTCOMES
from kenesh.library.registers.reading import WHY
from kenesh.people.models import User
from kenesh.themes import countries

Choices = list[tuple[str, Any]]
_CHOOSE = {
    "required": _("Please choose one of the answers of the list."),
    "invalid_choice": _("Please choose one of the answers of the list."),
}
ENCODINGS: Choices = [
    ("", _("Find out")), ("utf-8", "UTF-8"), ("cp1251", "Windows-1251"), ("utf-16-le", "UTF-16"), ("utf-16-be", "UTF-16 BE"),
    ("koi8-r", "KOI8-R"), ("cp866", "DOS (866)"), ("kz1048", "KZ-1048"), ("ptcp154", "PT154"),
]  # fmt: skip
DELIMITERS: Choices = [("", _("Find out")), (";", ";"), (",", ","), ("\t", _("Tab")), ("|", "|")]
UNSAID: Choices = [
    ("outcome", _("It is closed when there is an outcome")),
    ("open", _("It is open")),
    ("closed", _("It is closed")),
]
PAST: Choices = [("skip", _("Leave them out")), ("import", _("Import them; they are kept as if they were closed today"))]
SAME_CASE: Choices = [
    ("skip", _("Leave them out")),
    ("link", _("Add them as a note to that case")),
    ("import", _("Import them as cases of their own")),
]
SAME_ROW: Choices = [("import", _("Import each row")), ("skip", _("Import only the first row"))]


def _one_of(label: Any, choices: Choices, help_text: Any = "", *, required: bool = True) -> forms.ChoiceField:
    return forms.ChoiceField(label=label, choices=choices, help_text=help_text, required=required, error_messages=_CHOOSE)


class RegisterForm(WithKey):
    """The file, and for which office."""

    office = _one_of(_("Office"), [])
    file = forms.FileField(
        label=_("Register: Excel (.xlsx) or CSV"),
        help_text=_("At most 20 MB and 100,000 rows. It is sealed while it comes in."),
        allow_empty_file=True,
        max_length=300,
        widget=forms.FileInput(attrs={"accept": ".xlsx,.csv,.txt,.tsv"}),
        error_messages={
            "required": _("Please choose a file first."),
            "invalid": _("Please choose a file first."),
            "missing": _("Please choose a file first."),
            "max_length": _("The name of this file is too long. Please rename it."),
        },
    )

    def __init__(self, *args: Any, offices: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **{"initial": {"key": uuid.uuid4(), "office": offices[0][0]}, **kwargs})
        field = self.fields["office"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101  # tells the type checker what was declared above
        field.choices = offices
        if len(offices) == 1:
            field.widget = forms.HiddenInput()

    def clean_file(self) -> Any:
        """The sealed upload, unless it was longer than 20 MB."""
        upload = self.cleaned_data["file"]
        if upload.too_large:
            raise forms.ValidationError(str(WHY["too_large"]))
        return upload


class FileForm(forms.Form):
    """How the file is read: what was found out can be corrected."""

    sheet = forms.TypedChoiceField(label=_("Sheet"), coerce=int, required=False, error_messages=_CHOOSE)
    encoding = _one_of(_("Encoding of the letters"), ENCODINGS, required=False)
    delimiter = _one_of(_("Sign between the columns"), DELIMITERS, required=False)

    def __init__(self, *args: Any, kind: str, sheets: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["sheet"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101  # tells the type checker what was declared above
        field.choices = list(enumerate(sheets))
        for name in ("encoding", "delimiter") if kind == "xlsx" else ("sheet",):
            del self.fields[name]


class HeadingForm(forms.Form):
    """Which row names the columns."""

    heading = forms.TypedChoiceField(label=_("Row with the headings"), coerce=int, error_messages=_CHOOSE)

    def __init__(self, *args: Any, rows: list[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["heading"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101  # tells the type checker what was declared above
        field.choices = rows


class ColumnsForm(WithKey):
    """A field for each column, and what is not said in any."""

    all_optional = True  # a column that is not imported is an answer like any other
    currency = _one_of(_("Currency, when none is written"), [(code, code) for code in CURRENCIES])
    unsaid = _one_of(_("A row that does not say whether it is closed"), UNSAID)

    def __init__(self, *args: Any, headings: list[str], mapping: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        known: Choices = [(name, field.label) for name, field in fields.FIELDS.items()]
        for number, heading in enumerate(headings):
            label = heading or _("Column %(number)s") % {"number": number + 1}
            choices: Choices = [("", _("do not import")), *known]
            self.fields[f"column_{number}"] = forms.ChoiceField(
                label=label, choices=choices, required=False, initial=mapping[number], error_messages=_CHOOSE
            )
        self.width = len(headings)

    def mapping(self) -> list[str]:
        return [self.cleaned_data[f"column_{number}"] for number in range(self.width)]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        mapping = [str(cleaned.get(f"column_{number}", "")) for number in range(self.width)]
        for name in fields.wrong(mapping):
            label = fields.FIELDS[name].label
            last = len(mapping) - 1 - mapping[::-1].index(name)
            self.add_error(
                f"column_{last}", _("Only one column can be “%(field)s”. Please change one of them.") % {"field": label}
            )
        if not {"name", "phone", "story", "theme"} & set(mapping):
            self.add_error(None, _("Please say in which column the names, phones, problems or stories stand."))
        return cleaned


class MeaningsForm(WithKey):
    """What each value means that was not understood. Of each column only some at once: a list of themes is long."""

    all_optional = True  # what is not decided stays open, and is told in the report
    shown_at_once = 20

    def __init__(self, *args: Any, asked: Sequence[meanings.Asked], colleagues: Iterable[User], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.columns: list[dict[str, Any]] = []
        people: Choices = [(user.uid.hex, user.name) for user in colleagues]
        for column, found in groupby(asked, key=lambda one: one.field):
            values = list(found)
            choices = _meanings_of(column, people)
            names = {code: label for group in choices for code, label in _flat(group)}
            for one in values[: self.shown_at_once]:
                self.fields[_field_of(one)] = self._field(one, choices, names)
            self.columns.append(
                {
                    "label": fields.FIELDS[column].label,
                    "fields": [self[_field_of(one)] for one in values[: self.shown_at_once]],
                    "more": len(values[self.shown_at_once :]),
                }
            )
        self._shown = [one for one in asked if _field_of(one) in self.fields]

    def _field(self, one: meanings.Asked, choices: Choices, names: dict[str, Any]) -> forms.ChoiceField:
        open_still = _("guessed: %(words)s") % {"words": names[one.guess]} if one.guess in names else _("not decided")
        return forms.ChoiceField(
            label=one.words,
            help_text=ngettext("%(number)s row", "%(number)s rows", one.rows) % {"number": one.rows},
            choices=[("", open_still), (meanings.NOTE, _("leave it as a note")), *choices],
            initial=one.chosen,
            required=False,
            error_messages=_CHOOSE,
        )

    def chosen(self) -> meanings.Meanings:
        """Column → name of the value → code, "" for what is to stay open."""
        said: meanings.Meanings = {}
        for one in self._shown:
            said.setdefault(one.field, {})[one.name] = self.cleaned_data[_field_of(one)]
        return said


def _field_of(one: meanings.Asked) -> str:
    return f"{one.field}_{one.name}"


def _flat(choice: tuple[str, Any]) -> Choices:
    """A choice, or those of a group."""
    return [choice] if not isinstance(choice[1], list | tuple) else list(choice[1])


def _meanings_of(column: str, people: Choices) -> Choices:
    """What a value of this column may mean."""
    if column == "theme":
        return [choice for choice in theme_choices() if choice[0]]
    if column in ("citizenship", "country"):
        return countries.country_list(get_language() or "ru")
    fixed: dict[str, Choices] = {
        "outcome": [(code, f"{code} {words}") for code, words in OUTCOMES.items()],
        "status": [(meanings.OPEN, _("It is open")), *kinds.WAITS.items(), (meanings.CLOSED, _("It is closed"))],
        "waits": list(kinds.WAITS.items()),
        "sector": sectors.choices(get_language() or "ru"),
        "type": list(CASE_TYPES.items()),
        "way": list(kinds.WAYS.items()),
        "sex": [("female", _("Woman")), ("male", _("Man"))],
        "currency": [(code, code) for code in CURRENCIES],
        "caseworker": people,
    }
    return fixed[column]


class DecisionForm(forms.Form):
    """What to do with rows that seem double, and with those whose time is over."""

    same_case = _one_of(_("Rows of somebody who seems to have a case already"), SAME_CASE)
    same_row = _one_of(_("Several rows of the same person"), SAME_ROW)
    past = _one_of(_("Rows closed so long ago that we would have destroyed the case by now"), PAST)
