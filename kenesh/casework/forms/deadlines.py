"""Deadlines from legal time limits, the limits themselves, and an office's rule."""

from __future__ import annotations

import re
import uuid
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kenesh.casework.forms.case import WithKey
from kenesh.casework.limits import clocks
from kenesh.casework.models import Certainty, ClockKind, ForWhom, LegalLimit, LimitUnit, WhenOff
from kenesh.people.forms.texts import InLanguages
from kenesh.people.models import User
from kenesh.themes import thesaurus
from kenesh.themes.countries import UnknownCountry, alpha2

DAY_FORMATS = ["%Y-%m-%d", "%d.%m.%Y", "%d/%m/%Y"]
MOST_PAY_DAYS = 400
TOO_BIG = _("Please write a smaller number.")
_MOST = 10_000
# Two hundred years in each: no law runs longer, and the calendar ends somewhere.
_MOST_OF_UNIT = {LimitUnit.WEEKS.value: 10_000, LimitUnit.MONTHS.value: 2_400, LimitUnit.YEARS.value: 200}
_CHOICES = {
    "roll_over": WhenOff.choices,
    "certainty": Certainty.choices,
    "for_whom": ForWhom.choices,
    "clock": ClockKind.choices,
}
_LINE = _("Please write each line like this: 15.03.2026 45000")


def day_field(label: Any, *, required: bool = True, help_text: Any = "") -> forms.DateField:
    """A day, as the browser writes it or as people of the region do."""
    return forms.DateField(
        validators=[_within_reach],
        label=label,
        help_text=help_text,
        required=required,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        input_formats=DAY_FORMATS,
        error_messages={"required": _("Please write the date."), "invalid": _("Please write the date like this: 31.12.2026.")},
    )


def _within_reach(day: date | None) -> None:
    """Raises ValidationError for a day that is a slip of the hand: nothing is counted from there."""
    if day is not None and not 1950 <= day.year <= 2100:
        raise forms.ValidationError(_("Please check the year."))


def short_text(label: Any, *, required: bool = False, most: int = 300, help_text: Any = "") -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=help_text,
        required=required,
        max_length=most,
        widget=forms.TextInput(attrs={"autocomplete": "off", "maxlength": None}),
        error_messages={
            "required": _("Please write some words here."),
            "max_length": _("This answer is too long. Please make it shorter."),
        },
    )


def number_field(label: Any, *, low: int, high: int, required: bool = True, help_text: Any = "") -> forms.IntegerField:
    wrong = _("Please write a whole number in digits.")
    return forms.IntegerField(
        label=label,
        help_text=help_text,
        required=required,
        min_value=low,
        max_value=high,
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
        error_messages={
            "required": wrong,
            "invalid": wrong,
            "min_value": _("Please write a bigger number."),
            "max_value": TOO_BIG,
        },
    )


def sum_in_digits(text: str) -> Decimal | None:
    """A sum as people write it: "45 000,50"; None for an empty one. Raises ValidationError."""
    plain = re.sub(r"[\s\u00a0\u202f']", "", text).replace(",", ".")
    if not plain:
        return None
    if not re.fullmatch(r"\d{1,12}(\.\d{1,2})?", plain, re.ASCII):
        raise forms.ValidationError(_("Please write a sum in digits, for example 45000."))
    return Decimal(plain)


class LimitDeadlineForm(WithKey):
    """Which day was it? The fields are those that the limit needs."""

    start = day_field(_("Which day was it?"))
    at = forms.TimeField(
        label=_("At what time?"),
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        error_messages={"required": _("Please write the time."), "invalid": _("Please write the time like this: 14:30.")},
    )
    spent = number_field(_("Days already spent there this year, before this entry"), low=0, high=366, required=False)
    first = day_field(_("First pay day that was not paid, or the beginning of the time"), required=False)
    last = day_field(_("Last pay day, or the end of the time"), required=False)
    day_of_month = number_field(_("Pay day: which day of the month"), low=1, high=31, required=False)
    monthly = short_text(_("Sum owed for each pay day"), most=20)
    listed = forms.CharField(
        label=_("Or write each pay day on a line of its own, with its sum"),
        help_text=_("For example: 15.03.2026 45000"),
        required=False,
        max_length=8000,
        widget=forms.Textarea(attrs={"rows": 3, "autocomplete": "off", "maxlength": None}),
    )
    proof = short_text(_("Which paper proves it?"), help_text=_("For example: copy of the ruling, signed on that day."))
    file = short_text(
        _("Where is that paper?"), help_text=_("Name or number of the file in this case, or the place of the paper.")
    )

    def __init__(self, *args: Any, limit: LegalLimit, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.limit = limit
        by_pay_day = limit.clock == ClockKind.PAY_DAY
        needless = {"first", "last", "day_of_month", "monthly", "listed"} if not by_pay_day else {"start"}
        needless |= set() if limit.unit == LimitUnit.HOURS else {"at"}
        needless |= set() if limit.unit == LimitUnit.STAY_DAYS else {"spent"}
        for name in needless:
            del self.fields[name]

    @property
    def by_pay_day(self) -> bool:
        return self.limit.clock == ClockKind.PAY_DAY

    def moment(self) -> date | datetime:
        """The start: a moment for hours, else a day."""
        day: date = self.cleaned_data["start"]
        at: time | None = self.cleaned_data.get("at")
        return day if at is None else timezone.make_aware(datetime.combine(day, at))

    def pay_days(self) -> dict[date, Decimal | None]:
        found: dict[date, Decimal | None] = self.cleaned_data["pay_days"]
        return found

    def clean_monthly(self) -> Decimal | None:
        return sum_in_digits(self.cleaned_data["monthly"])

    def clean_listed(self) -> dict[date, Decimal | None]:
        day = forms.DateField(
            validators=[_within_reach], input_formats=DAY_FORMATS, error_messages={"invalid": _LINE, "required": _LINE}
        )
        found: dict[date, Decimal | None] = {}
        for line in self.cleaned_data["listed"].splitlines():
            words = line.split(maxsplit=1)
            if words:
                found[day.clean(words[0])] = sum_in_digits(words[1]) if len(words) > 1 else None
        return found

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if self.by_pay_day and not self.errors:
            cleaned["pay_days"] = days = self._all_pay_days(cleaned)
            if not days and not self.errors:
                self.add_error("first", _("Please write the pay days: from, until and the day of the month; or a list."))
            if len(days) > MOST_PAY_DAYS:
                self.add_error("first", _("These are too many pay days for one deadline. Please write a shorter time."))
        return cleaned

    def _all_pay_days(self, cleaned: dict[str, Any]) -> dict[date, Decimal | None]:
        first, last, day = cleaned.get("first"), cleaned.get("last"), cleaned.get("day_of_month")
        days: dict[date, Decimal | None] = {}
        if first and last and day:
            if last < first:
                self.add_error("last", _("The end lies before the beginning."))
            elif (last - first).days > 366 * 30:
                self.add_error("first", _("These are too many pay days for one deadline. Please write a shorter time."))
            else:
                days = dict.fromkeys(clocks.pay_days(first, last, day), cleaned.get("monthly"))
        elif first or last or day:
            self.add_error("first", _("Please write the pay days: from, until and the day of the month; or a list."))
        return {**days, **(cleaned.get("listed") or {})}


class WhyMissedForm(forms.Form):
    """A court asks it before it restores a limit."""

    missed_why = short_text(_("Why was it missed?"), required=True, most=1000)
    version = forms.IntegerField(widget=forms.HiddenInput)


class ChangeDeadlineForm(forms.Form):
    """Another day or other words of a deadline that somebody set freely."""

    due_on = day_field(_("Date"))
    what = short_text(_("What must be done by then?"), required=True, most=200)
    version = forms.IntegerField(widget=forms.HiddenInput)


class LimitForm(forms.Form):
    """A new version of a legal time limit."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    countries = short_text(_("Countries, two letters each"), required=True, most=100, help_text=_("For example: RU KZ"))
    unit = forms.ChoiceField(label=_("Counted in"), choices=LimitUnit.choices)
    amount = number_field(_("How many"), low=0, high=_MOST)
    less_days = number_field(_("Less so many days"), low=0, high=30)
    roll_over = forms.ChoiceField(label=_("When the last day is a day off"))
    certainty = forms.ChoiceField(label=_("How certain it is"))
    for_whom = forms.ChoiceField(label=_("For whom"))
    clock = forms.ChoiceField(label=_("Clocks"))
    basis = short_text(_("The law"))
    source = short_text(_("Source"))
    valid_from = day_field(_("In force from"), required=False)
    valid_until = day_field(_("In force until"), required=False)
    themes = short_text(_("Themes that it fits, by their codes"), most=1000)
    matter = InLanguages(_("About what"), most=1000, rows=2, missing=_("Write the text in at least one language."))
    counts_from = InLanguages(_("Counts from"), most=1000, rows=2)
    where_to = InLanguages(_("Where to"), most=1000, rows=2)
    note = InLanguages(_("Note"), most=1000, rows=2)

    def __init__(self, *args: Any, limit: LegalLimit, **kwargs: Any) -> None:
        plain = (
            "unit",
            "amount",
            "less_days",
            "roll_over",
            "certainty",
            "for_whom",
            "clock",
            "basis",
            "source",
            "valid_from",
            "valid_until",
            "matter",
            "counts_from",
            "where_to",
            "note",
        )
        initial = {name: getattr(limit, name) for name in (*plain, "version")}
        initial |= {"countries": " ".join(limit.countries), "themes": " ".join(limit.themes)}
        kwargs["initial"] = initial
        super().__init__(*args, **kwargs)
        for name, choices in _CHOICES.items():
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)  # noqa: S101  # tells the type checker what was declared above
            field.choices = choices

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("amount", 0) > _MOST_OF_UNIT.get(cleaned.get("unit", ""), _MOST):
            self.add_error("amount", TOO_BIG)
        return cleaned

    def clean_countries(self) -> list[str]:
        found = self.cleaned_data["countries"].upper().replace(",", " ").split()
        for code in found:
            if code != "UN":
                try:
                    alpha2(code)
                except UnknownCountry:
                    raise forms.ValidationError(_("Please write countries by their two letters, for example RU.")) from None
        return list(found)

    def clean_themes(self) -> list[str]:
        found = self.cleaned_data["themes"].replace(",", " ").split()
        unknown = [code for code in found if code not in thesaurus.concepts()]
        if unknown:
            raise forms.ValidationError(_("These are no themes: %(codes)s.") % {"codes": ", ".join(unknown)})
        return list(found)

    def fields_of_limit(self) -> dict[str, Any]:
        """What the new version holds."""
        return {name: value for name, value in self.cleaned_data.items() if name != "version"}


class NewLimitForm(LimitForm):
    """A limit that is not in the list yet; its texts are asked as for a new version. Sent twice, it is added once."""

    key = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, limit=LegalLimit(unit=LimitUnit.DAYS), **kwargs)
        del self.fields["version"]
        self.fields["key"].initial = uuid.uuid4

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("certainty") in (Certainty.A, Certainty.B) and not (cleaned.get("basis") or cleaned.get("source")):
            self.add_error("source", _("Please write which law or source was read."))
        return cleaned

    def fields_of_limit(self) -> dict[str, Any]:
        return {name: value for name, value in super().fields_of_limit().items() if name != "key"}


class ConfirmLimitForm(forms.Form):
    version = forms.IntegerField(widget=forms.HiddenInput)
    lawyer = short_text(_("Name of the lawyer who confirmed it"), required=True, most=120)


class OfficeRuleForm(forms.Form):
    lead: forms.ModelChoiceField[User] = forms.ModelChoiceField(
        label=_("Who is told of a passed deadline"),
        queryset=None,
        required=False,
        to_field_name="uid",
        empty_label=_("Nobody yet"),
    )
    warn_days = number_field(_("Warn so many days before"), low=0, high=60)
    escalate_days = number_field(_("Tell the lead so many days after"), low=1, high=60)
    first_answer_days = number_field(
        _("First answer within so many working days"),
        low=1,
        high=30,
        help_text=_("The public form promises two. Public holidays of your country are left out."),
    )
    urgent_hours = number_field(
        _("First answer to an urgent appeal within so many hours"),
        low=1,
        high=72,
        help_text=_("Counted in the statistics. When the day of an urgent case has passed, the lead is told on the next day."),
    )

    def __init__(self, *args: Any, caseworkers: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["lead"]
        assert isinstance(field, forms.ModelChoiceField)  # noqa: S101  # tells the type checker what was declared above
        field.queryset = caseworkers
