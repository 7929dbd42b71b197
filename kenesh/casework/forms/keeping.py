"""Forms about how long cases are kept."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kenesh.casework.case_types import CASE_TYPES
from kenesh.casework.forms.case import WithKey

OF_TYPE = "type-"


def _months(label: Any, help_text: Any, *, required: bool = True) -> forms.IntegerField:
    return forms.IntegerField(
        label=label,
        required=required,
        help_text=help_text,
        min_value=1,
        max_value=240,
        error_messages={
            "required": _("Please write a number of months."),
            "invalid": _("Please write a number of months, for example 12."),
            "min_value": _("Please write at least 1 month."),
            "max_value": _("Please write at most 240 months."),
        },
    )


class RuleForm(forms.Form):
    months = _months(_("Months after closing"), _("Usually 12."))
    months_of_money = _months(_("Months after closing, when money is at stake"), _("Usually 36: wages can be claimed for years."))
    by_itself = forms.BooleanField(
        label=_("Destroy without asking us again"),
        help_text=_("If not, a caseworker looks at the list first and confirms."),
        required=False,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for code, label in CASE_TYPES.items():
            self.fields[OF_TYPE + code] = _months(label, "", required=False)

    def of_types(self) -> list[forms.BoundField]:
        return [self[OF_TYPE + code] for code in CASE_TYPES]

    def rule(self) -> dict[str, Any]:
        """What the office decided."""
        found = {name: self.cleaned_data[name] for name in ("months", "months_of_money", "by_itself")}
        numbers = {code: self.cleaned_data[OF_TYPE + code] for code in CASE_TYPES}
        return {**found, "of_types": {code: number for code, number in numbers.items() if number is not None}}


class HoldForm(WithKey):
    reason = forms.CharField(
        label=_("Why must this case be kept longer?"),
        help_text=_("For example: a trial goes on, or somebody complains about us."),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3, "autocomplete": "off", "maxlength": None}),
        error_messages={
            "required": _("Please write why."),
            "max_length": _("This text is too long. Please shorten it to 1,000 characters."),
        },
    )
    look_again_on = forms.DateField(
        label=_("Look again on"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        input_formats=["%Y-%m-%d", "%d.%m.%Y", "%d/%m/%Y"],
        error_messages={"required": _("Please write the date."), "invalid": _("Please write the date like this: 31.12.2026.")},
    )

    def clean_look_again_on(self) -> Any:
        day = self.cleaned_data["look_again_on"]
        if day <= timezone.localdate():
            raise forms.ValidationError(_("Please choose a day that is still to come."))
        return day
