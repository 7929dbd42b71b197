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
from kenesh.themes.countries import UnknownCountry, alpha2
from kenesh.themes.texts import Translated

TEXT_LANGUAGES = ("ru", "ky", "en")
ACCEPT = "image/jpeg,image/png,.pdf,.docx,.odt,.txt"
_TEXTS = ("what", "law")
_LABELS = {"ru": _("in Russian"), "ky": _("in Kyrgyz"), "en": _("in English")}


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

    def __init__(self, data: Any = None, *, letterhead: Letterhead) -> None:
        self.parts = {
            "head": _("Address and telephone"),
            "opening": _("Words before what is asked"),
            "closing": _("Words at the end"),
            "signed_by": _("Post and name of who signs"),
        }
        initial: dict[str, Any] = {"next_number": letterhead.next_number, "number_form": letterhead.number_form}
        own = {}
        for part, label in self.parts.items():
            for language in TEXT_LANGUAGES:
                own[f"{part}_{language}"] = words_field(f"{label}, {_LABELS[language]}", rows=2, most=600)
                initial[f"{part}_{language}"] = getattr(letterhead, part).get(language, "")
        super().__init__(data, initial=initial)
        self.fields.update(own)

    def said(self) -> dict[str, Any]:
        """The arguments of `actions.set_letterhead`."""
        data = self.cleaned_data
        texts = {
            part: Translated({one: data[f"{part}_{one}"] for one in TEXT_LANGUAGES if data[f"{part}_{one}"]})
            for part in self.parts
        }
        return {**texts, "next_number": data["next_number"], "number_form": data["number_form"]}


class DueByLawForm(forms.Form):
    """Within how many days a country's law wants an answer."""

    country = forms.CharField(label=_("Country, by its two letters"), help_text=_("For example KG"), max_length=2, min_length=2)
    what_ru = forms.CharField(label=_("What is due, in Russian"), max_length=200, required=False)
    what_ky = forms.CharField(label=_("What is due, in Kyrgyz"), max_length=200, required=False)
    what_en = forms.CharField(label=_("What is due, in English"), max_length=200, required=False)
    days = forms.IntegerField(label=_("Within how many days?"), min_value=1, max_value=365)
    unit = _choose(_("What is counted?"), Days.choices)
    law_ru = forms.CharField(label=_("Law and article, in Russian"), max_length=200, required=False)
    law_ky = forms.CharField(label=_("Law and article, in Kyrgyz"), max_length=200, required=False)
    law_en = forms.CharField(label=_("Law and article, in English"), max_length=200, required=False)
    source = forms.CharField(label=_("Where you read it"), max_length=300, required=False)
    certainty = _choose(_("How sure is it?"), Certainty.choices)
    in_use = forms.BooleanField(label=_("It is offered for new letters"), required=False)

    def __init__(self, data: Any = None, *, rule: DueByLaw | None) -> None:
        initial: dict[str, Any] = {"in_use": True}
        if rule is not None:
            names = ("country", "days", "unit", "source", "certainty", "in_use")
            initial = {name: getattr(rule, name) for name in names}
            initial |= {
                f"{part}_{language}": getattr(rule, part).get(language, "") for part in _TEXTS for language in TEXT_LANGUAGES
            }
        super().__init__(data, initial=initial)

    def clean_country(self) -> str:
        try:
            return alpha2(self.cleaned_data["country"])
        except UnknownCountry:
            raise forms.ValidationError(_("We know no country with these letters."), code="country") from None

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        for part in _TEXTS:
            if not any(data.get(f"{part}_{language}") for language in TEXT_LANGUAGES):
                self.add_error(f"{part}_ru", _("Write the text in at least one language."))
        return data

    def said(self) -> dict[str, Any]:
        """The arguments of `actions.keep_due_by_law`."""
        data = {name: value for name, value in self.cleaned_data.items() if name[:-3] not in _TEXTS}
        texts = {
            part: Translated({one: text for one in TEXT_LANGUAGES if (text := self.cleaned_data[f"{part}_{one}"])})
            for part in _TEXTS
        }
        return {**data, **texts}


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
