"""Forms of the statistics: for which office and days, and as what they are taken out."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from kenesh.casework.forms.case import WithKey
from kenesh.casework.forms.facts import day
from kenesh.casework.statistics.period import Period, parse
from kenesh.people.models import Organisation
from kenesh.problems.partition import period_start
from kenesh.themes import dates

FREE = "free"
YEARS, QUARTERS, MONTHS = 5, 8, 12  # that are offered
LONGEST_YEARS = 20
Choices = list[tuple[Any, Any]]


class StatisticsForm(WithKey):
    office = forms.ModelChoiceField(
        label=_("Office"),
        queryset=Organisation.objects.none(),
        to_field_name="code",
        empty_label=None,
        error_messages={"required": _("Please choose an office."), "invalid_choice": _("Please choose an office of the list.")},
    )
    period = forms.ChoiceField(
        label=_("For which time"),
        error_messages={"required": _("Please choose for which time."), "invalid_choice": _("Please choose for which time.")},
    )
    since = day(_("From"), _("Counts only when “Other days” is chosen above."))
    until = day(_("Until"))

    def __init__(self, *args: Any, offices: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        office, period = self.fields["office"], self.fields["period"]
        assert isinstance(office, forms.ModelChoiceField)  # noqa: S101  # tells the type checker what was declared above
        assert isinstance(period, forms.ChoiceField)  # noqa: S101  # as above
        office.queryset = offices
        period.choices = period_choices(timezone.localdate())

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("period") != FREE:
            return cleaned
        since, until = cleaned.get("since"), cleaned.get("until")
        for name in ("since", "until"):
            if cleaned.get(name) is None and name not in self.errors:
                self.add_error(name, _("Please write the date."))
        if since and until and until < since:
            self.add_error("until", _("This day lies before the first one."))
        elif since and until and until.year - since.year > LONGEST_YEARS:
            self.add_error("since", _("Please choose at most 20 years."))
        return cleaned

    def chosen(self) -> Period:
        """For which days."""
        found = parse(self.cleaned_data["period"])
        return found if found is not None else Period(self.cleaned_data["since"], self.cleaned_data["until"])


def period_choices(today: date) -> Choices:
    """The newest first: years, quarters, months that have begun, and any other days."""
    language = get_language() or "ru"
    years = [(str(year), str(year)) for year in range(today.year, today.year - YEARS, -1)]
    quarters: Choices = []
    for start in _starts(today, 3, QUARTERS):
        number = (start.month + 2) // 3
        quarters.append(
            (f"{start.year}-q{number}", _now("%(year)s, quarter %(number)s") % {"year": start.year, "number": number})
        )
    months = [(f"{start:%Y-%m}", dates.month((start.year, start.month), language)) for start in _starts(today, 1, MONTHS)]
    return [(_("Year"), years), (_("Quarter"), quarters), (_("Month"), months), (FREE, _("Other days"))]


def _starts(today: date, months: int, many: int) -> list[date]:
    """First days of the present period and of those before it."""
    starts = [period_start(today, months)]
    while len(starts) < many:
        starts.append(period_start(date.fromordinal(starts[-1].toordinal() - 1), months))
    return starts


class TakeForm(forms.Form):
    """As what a report is taken out."""

    what = forms.ChoiceField(
        choices=[(name, "") for name in ("outside-docx", "outside-xlsx", "outside-csv", "docx", "xlsx", "csv")]
    )
