"""What a secretary says of a spreadsheet of recommendations."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kenesh.followup.forms.fields import Keyed
from kenesh.followup.models import SourceKind
from kenesh.followup.spreadsheets.columns import COLUMNS, IN, SKIP, columns_in
from kenesh.people.models import Body
from kenesh.themes.languages import INTERFACE, OWN_NAME
from kenesh.themes.texts import writing_languages

_NO_FILE = _("Please choose a file first.")


def _languages() -> list[str]:
    """All of the interface, since what others asked comes in any of them; those in which the node writes come first."""
    return list(dict.fromkeys((*writing_languages(), *INTERFACE)))


class SpreadsheetForm(Keyed):
    """The file, and what no column of it tells."""

    body = forms.ModelChoiceField(
        queryset=Body.objects.none(),
        to_field_name="code",
        label=_("Who follows them up?"),
        error_messages={"required": _("Choose a body.")},
    )
    file = forms.FileField(
        label=_("Spreadsheet: Excel (.xlsx) or CSV"),
        help_text=_("At most 1,000 rows. The first row names the columns."),
        allow_empty_file=True,
        max_length=300,
        widget=forms.FileInput(attrs={"accept": ".xlsx,.csv,.txt,.tsv"}),
        error_messages={
            "required": _NO_FILE,
            "invalid": _NO_FILE,
            "missing": _NO_FILE,
            "max_length": _("The name of this file is too long. Please rename it."),
        },
    )
    language = forms.ChoiceField(
        label=_("In which language is it?"), choices=lambda: [(code, OWN_NAME[code]) for code in _languages()]
    )
    source_kind = forms.ChoiceField(
        label=_("Where do they come from?"), choices=SourceKind.choices, initial=SourceKind.UN_COMMITTEE
    )
    symbol = forms.CharField(
        label=_("Symbol of the document, if no column has it"),
        help_text=_("For example: CMW/C/KGZ/CO/2"),
        required=False,
        max_length=80,
    )

    def __init__(self, *args: Any, bodies: set[int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["body"].queryset = Body.objects.filter(pk__in=bodies).order_by("id")  # type: ignore[attr-defined]


class ColumnsForm(forms.Form):
    """What each column is."""

    all_optional = True

    def __init__(self, *args: Any, headings: list[str], mapping: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offered = [name for name in columns_in(_languages()) if name in IN]
        choices = [(SKIP, _("is left out")), *((name, COLUMNS[name].label) for name in offered)]
        self.names = [f"column_{number}" for number in range(len(headings))]
        for name, heading, chosen in zip(self.names, headings, mapping, strict=True):
            label = heading or _("(no heading)")
            self.fields[name] = forms.ChoiceField(label=label, choices=choices, required=False, initial=chosen)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        seen: set[str] = set()
        for name in self.names:
            chosen = data.get(name, "")
            if chosen and chosen in seen:
                self.add_error(name, _("Another column is this already. Choose something else."))
            seen.add(chosen)
        if not any(name.partition("_")[0] == "text" for name in seen):
            self.add_error(None, _("Say which column holds the text of the recommendations."))
        return data

    def mapping(self) -> list[str]:
        return [self.cleaned_data[name] for name in self.names]
