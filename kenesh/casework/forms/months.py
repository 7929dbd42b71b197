"""The numbers of one month that an office counts by hand."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from kenesh.casework.forms.deadlines import number_field
from kenesh.casework.models.months import BY_HAND, MOST
from kenesh.themes import dates

LABELS: dict[str, str | Promise] = {
    "outreach_events": _("Outreach events"),
    "outreach_people": _("People reached at outreach events"),
    "staff_trained": _("Staff trained"),
    "supervision_reviews": _("Reviews by a supervisor"),
    "data_breaches": _("Data breaches"),
}


class MonthForm(forms.Form):
    month = forms.ChoiceField(
        label=_("Month"), error_messages={"required": _("Please choose a month."), "invalid_choice": _("Please choose a month.")}
    )
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, months: list[date], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["month"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101  # tells the type checker what was declared above
        field.choices = [(f"{day:%Y-%m}", dates.month((day.year, day.month), get_language() or "ru")) for day in months]
        for name in BY_HAND:
            self.fields[name] = number_field(LABELS[name], low=0, high=MOST)

    def clean_month(self) -> date:
        return date.fromisoformat(f"{self.cleaned_data['month']}-01")

    def numbers(self) -> dict[str, int]:
        return {name: self.cleaned_data[name] for name in BY_HAND}
