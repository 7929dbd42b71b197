"""Sums and outcomes."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kenesh.casework.forms.case import CURRENCIES, WithKey
from kenesh.casework.forms.deadlines import day_field, short_text, sum_in_digits
from kenesh.casework.money import STAGES
from kenesh.casework.outcomes import OUTCOMES

Choice = tuple[str, Any]
_CHOOSE = {"required": _("Please choose an answer of the list."), "invalid_choice": _("Please choose an answer of the list.")}


class SumForm(WithKey):
    """One sum, entered with the keyboard in one line: who, for what, which stage, how much, when."""

    person = forms.ChoiceField(label=_("Person"), required=False, error_messages=_CHOOSE)
    matter = forms.ChoiceField(label=_("Matter"), required=False, error_messages=_CHOOSE)
    stage = forms.ChoiceField(label=_("What happened to it"), choices=list(STAGES.items()), error_messages=_CHOOSE)
    amount = short_text(_("Sum"), required=True, most=20)
    currency = forms.ChoiceField(label=_("Currency"), choices=[(code, code) for code in CURRENCIES], error_messages=_CHOOSE)
    day = day_field(_("On which day"), required=False, help_text=_("Leave it empty when nobody knows."))
    note = short_text(_("Note"), help_text=_("For example: second instalment, through the bailiff."))
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, persons: Iterable[Choice], matters: Iterable[Choice], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, choices in (("person", persons), ("matter", matters)):
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)  # noqa: S101  # tells the type checker what was declared above
            field.choices = list(choices)

    def clean_amount(self) -> str:
        value = sum_in_digits(self.cleaned_data["amount"])
        if not value:
            raise forms.ValidationError(_("Please write a sum in digits, for example 45000."))
        return str(value)

    def body(self) -> dict[str, Any]:
        """What is sealed."""
        data = {name: self.cleaned_data[name] for name in ("person", "matter", "stage", "amount", "currency", "note")}
        day = self.cleaned_data["day"]
        return {**data, "day": day.isoformat() if day else ""}


class StrikeForm(forms.Form):
    why = short_text(_("Why is this sum struck out?"), required=True)
    version = forms.IntegerField(widget=forms.HiddenInput)


class OutcomeForm(forms.Form):
    """What came of a matter, and when it was known."""

    outcome = forms.ChoiceField(label=_("Outcome"), required=False, error_messages=_CHOOSE)
    day = day_field(_("Since which day"), required=False, help_text=_("Today, when you leave it empty."))
    children = forms.IntegerField(
        label=_("Children who came back to their family through it"),
        help_text=_("How many. Leave it empty when it was not about children."),
        required=False,
        min_value=0,
        max_value=1000,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
        error_messages={
            "invalid": _("Please write a number, for example 2."),
            "min_value": _("Please write a number, for example 2."),
            "max_value": _("Please write a smaller number."),
        },
    )
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["outcome"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101  # tells the type checker what was declared above
        field.choices = [("", _("open")), *[(code, f"{code} · {label}") for code, label in OUTCOMES.items()]]

    def clean_day(self) -> Any:
        return self.cleaned_data["day"] or timezone.localdate()

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("children") and not cleaned.get("outcome"):
            self.add_error("outcome", _("Please choose the outcome through which the children came back."))
        return cleaned


class FollowUpForm(forms.Form):
    """What a check after closing has found."""

    reached = forms.ChoiceField(
        label=_("Did you reach the person?"),
        choices=[("yes", _("Yes")), ("no", _("No"))],
        widget=forms.RadioSelect,
        error_messages=_CHOOSE,
    )
    situation = forms.ChoiceField(
        label=_("How is it going, compared with the day of closing?"),
        choices=[("", _("We do not know")), ("better", _("Better")), ("same", _("The same")), ("worse", _("Worse"))],
        required=False,
        error_messages=_CHOOSE,
    )
    paid = short_text(_("Was anything paid in the meantime?"), help_text=_("Enter the sum under money as well."))
    words = short_text(_("What else did you hear?"), most=2000)
    new_problem = forms.BooleanField(label=_("There is a new problem: open the case again"), required=False)
    never = forms.BooleanField(label=_("The person does not want to be asked again"), required=False)
