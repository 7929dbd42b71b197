"""What a secretary writes for letters: the letter itself, the letterhead, the days by law, a letter that came."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.conf import settings
from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _

from kenesh.followup.enclosures import Refused
from kenesh.followup.forms.fields import Keyed, day_field, words_field
from kenesh.followup.models import Certainty, Days, Direction, DueByLaw, Letterhead, ResponseKind
from kenesh.followup.queries.correspondence import due_day, rules_of
from kenesh.people.forms.texts import InLanguages
from kenesh.themes.countries import UnknownCountry, alpha2

ACCEPT = "image/jpeg,image/png,.pdf,.docx,.odt,.txt"


def _choose(label: Any, choices: Any, *, required: bool = True, help_text: Any = "") -> forms.ChoiceField:
    return forms.ChoiceField(
        label=label, choices=choices, required=required, help_text=help_text, error_messages={"required": _("Choose one.")}
    )


class WriteLetterForm(Keyed):
    """A letter that the node writes, with the link in it."""

    sent_on = day_field(_("Date of the letter"), required=True)
    outgoing_number = forms.CharField(label=_("Outgoing number"), required=False, max_length=60)
    language = _choose(_("In which language?"), settings.LANGUAGES)
    rule = forms.ModelChoiceField(
        queryset=DueByLaw.objects.none(),
        required=False,
        label=_("By which law is an answer due?"),
        help_text=_("The day is counted from the date of the letter, without days off where the law counts working days."),
        empty_label=_("None"),
    )
    more = words_field(_("Words of your own"), most=3000, help_text=_("They stand after what is asked."))

    def __init__(self, *args: Any, country: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["rule"].queryset = rules_of(country)  # type: ignore[attr-defined]

    def due_by_law(self) -> date | None:
        rule: DueByLaw | None = self.cleaned_data["rule"]
        return due_day(rule, self.cleaned_data["sent_on"]) if rule else None


class LetterheadForm(forms.Form):
    """What stands around a body's letters, each language apart."""

    next_number = forms.IntegerField(label=_("Next outgoing number"), min_value=1, max_value=10**8)
    number_form = forms.CharField(
        label=_("How your numbers look"),
        help_text=_("For example 08/{number}-{year}"),
        max_length=40,
        validators=[RegexValidator(r"\{number\}", _("Write {number} where the number stands."))],
    )
    head = InLanguages(_("Address and telephone"), most=600, rows=2)
    opening = InLanguages(_("Words before what is asked"), most=600, rows=2)
    closing = InLanguages(_("Words at the end"), most=600, rows=2)
    signed_by = InLanguages(_("Post and name of who signs"), most=600, rows=2)

    def __init__(self, data: Any = None, *, letterhead: Letterhead) -> None:
        super().__init__(data, initial={name: getattr(letterhead, name) for name in self.base_fields})


class DueByLawForm(forms.Form):
    """Within how many days a country's law wants an answer."""

    country = forms.CharField(label=_("Country, by its two letters"), help_text=_("For example KG"), max_length=2, min_length=2)
    what = InLanguages(_("What is due"), missing=_("Write the text in at least one language."))
    days = forms.IntegerField(label=_("Within how many days?"), min_value=1, max_value=365)
    unit = _choose(_("What is counted?"), Days.choices)
    law = InLanguages(_("Law and article"), missing=_("Write the text in at least one language."))
    source = forms.CharField(label=_("Where you read it"), max_length=300, required=False)
    certainty = _choose(_("How sure is it?"), Certainty.choices)
    in_use = forms.BooleanField(label=_("It is offered for new letters"), required=False)

    def __init__(self, data: Any = None, *, rule: DueByLaw | None) -> None:
        now = {name: getattr(rule, name) for name in self.base_fields} if rule else {"in_use": True}
        super().__init__(data, initial=now)

    def clean_country(self) -> str:
        try:
            return alpha2(self.cleaned_data["country"])
        except UnknownCountry:
            raise forms.ValidationError(_("We know no country with these letters."), code="country") from None


class EnclosureForm(forms.Form):
    """One scan or paper."""

    file = forms.FileField(
        label=_("Scan or paper"),
        help_text=_("PDF, Word, ODT, text or picture, at most 20 MB."),
        allow_empty_file=True,
        max_length=300,
        widget=forms.FileInput(attrs={"accept": ACCEPT}),
        error_messages={
            "required": _("Please choose a file first."),
            "invalid": _("Please choose a file first."),
            "missing": _("Please choose a file first."),
            "max_length": _("The name of this file is too long. Please rename it."),
        },
    )

    def clean_file(self) -> Any:
        upload = self.cleaned_data["file"]
        if upload.too_large:
            raise forms.ValidationError(Refused("too_large").sentence)
        return upload


class RegisterForm(forms.Form):
    """The choices above the register."""

    all_optional = True
    direction = _choose(_("Which letters?"), [("", _("All")), *Direction.choices], required=False)
    grade = _choose(
        _("What came of it"),
        [("", _("Everything")), ("unanswered", _("Sent, no answer yet")), *ResponseKind.choices],
        required=False,
    )
    year = forms.CharField(label=_("Year"), required=False, max_length=4, widget=forms.TextInput(attrs={"inputmode": "numeric"}))
    words = forms.CharField(label=_("Number"), required=False, max_length=60)


class MistakeForm(forms.Form):
    """Why something is taken back."""

    why = words_field(
        _("Why is it taken back?"), rows=3, most=1000, required=True, help_text=_("Only the people of your body read this.")
    )
