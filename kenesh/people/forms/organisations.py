"""Forms of organisations and their successors."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from kenesh.kernel.rows import stamp_of
from kenesh.people.actions import OrganisationFacts
from kenesh.people.forms.fields import NOT_IN_LIST, TOO_LONG, NewRow, RowChoice, Seen, country_field, day
from kenesh.people.forms.texts import InLanguages
from kenesh.people.models import Label, Organisation, OrganisationKind
from kenesh.themes.countries import country_list, country_name, in_alphabetical_order
from kenesh.themes.languages import HANDLED, OWN_NAME

_CORRECTED = ("name", "short_name", "country")


def _full_name() -> InLanguages:
    return InLanguages(_("Full name"), most=300, rows=2, missing=_("Write the name in at least one language."))


def _short_name() -> InLanguages:
    return InLanguages(_("Short name"), most=80, hint=_("As people say it, for example the letters of the name."))


class OrganisationForm(forms.Form):
    all_optional = True

    kind = forms.ChoiceField(
        label=_("What is it?"),
        choices=[("", "—"), *OrganisationKind.choices],
        error_messages={"required": _("Choose what it is."), **NOT_IN_LIST},
    )
    country = country_field(_("Country"), _("No single country"))
    name, short_name = _full_name(), _short_name()
    place = InLanguages(_("Town or address"))
    services = InLanguages(_("With what it helps"), most=600, rows=2, hint=_("For its public page, if people may turn to it."))
    hours = InLanguages(_("When it is open"), hint=_("For its public page: days and hours."))
    languages = forms.MultipleChoiceField(
        label=_("In which languages does it answer?"),
        choices=[(code, OWN_NAME[code]) for code in HANDLED],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    takes_appeals = forms.BooleanField(
        label=_("People may turn to this office with an appeal"),
        help_text=_("It appears in the form when a caseworker of the office has made its key."),
        required=False,
    )
    phone = forms.RegexField(
        r"^\+?[0-9][0-9 ().-]{2,}$",
        label=_("Phone for everybody"),
        help_text=_("It is shown on the public page of the centre."),
        max_length=60,
        required=False,
        error_messages={"invalid": _("Write a phone number such as +996 312 00 00 00."), **TOO_LONG},
    )
    public_email = forms.EmailField(
        label=_("E-mail for everybody"),
        required=False,
        error_messages={"invalid": _("Write an e-mail address such as name@example.org.")},
    )
    website = forms.URLField(
        label=_("Website"),
        required=False,
        max_length=200,
        assume_scheme="https",
        error_messages={"invalid": _("Write an address such as https://example.org."), **TOO_LONG},
    )
    mailbox = forms.EmailField(
        label=_("Registered mailbox"),
        help_text=_("To this address go the codes with which it answers a recommendation."),
        required=False,
        error_messages={"invalid": _("Write an e-mail address such as name@example.org.")},
    )
    founded_on = day(_("Founded on"))
    ended_on = day(_("Ended on"), hint=_("Leave it empty while the organisation works."))

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("takes_appeals"):
            self._check_office(cleaned)
        founded, ended = cleaned.get("founded_on"), cleaned.get("ended_on")
        if founded and ended and ended < founded:
            self.add_error("ended_on", _("This day lies before the day of founding."))
        return cleaned

    def _check_office(self, cleaned: dict[str, Any]) -> None:
        if cleaned.get("kind") == OrganisationKind.MINISTRY:
            self.add_error("takes_appeals", _("A State body cannot take appeals here: it must never see who appealed."))
        if not cleaned.get("languages"):
            self.add_error("languages", _("Choose at least one language: people choose the office by it."))

    def facts(self) -> OrganisationFacts:
        """Only after is_valid()."""
        data = self.cleaned_data
        return OrganisationFacts(**{name: data[name] for name in OrganisationFacts.__dataclass_fields__})


class NewOrganisationForm(OrganisationForm, NewRow):
    pass


class EditOrganisationForm(OrganisationForm, Seen):
    pass


class SpellingForm(Seen):
    """How an organisation is called and of which country it is, for who may correct nothing else of it."""

    all_optional = True

    name, short_name = _full_name(), _short_name()
    country = country_field(_("Country"), _("No single country"))

    def facts(self, organisation: Organisation) -> OrganisationFacts:
        """The organisation as it is, with what was corrected. Only after is_valid()."""
        now = {name: getattr(organisation, name) for name in OrganisationFacts.__dataclass_fields__}
        return OrganisationFacts(**now | {name: self.cleaned_data[name] for name in _CORRECTED})


def initial_of_spelling(organisation: Organisation) -> dict[str, Any]:
    return {name: getattr(organisation, name) for name in _CORRECTED} | {"seen": stamp_of(organisation)}


def initial_of(organisation: Organisation) -> dict[str, Any]:
    """The organisation as it is now, for EditOrganisationForm."""
    now = {name: getattr(organisation, name) for name in OrganisationFacts.__dataclass_fields__}
    return {**now, "seen": stamp_of(organisation)}


class TakeOverForm(forms.Form):
    """Who went on in its place, and since when."""

    on = day(_("On which day?"), required=True, missing=_("Write the day on which it was taken over."))

    def __init__(self, *args: Any, predecessor: Organisation, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["successor"] = RowChoice(
            Organisation.objects.exclude(pk=predecessor.pk),
            label=_("By which organisation?"),
            error_messages={"required": _("Choose the organisation that goes on in its place.")},
        )
        self.order_fields(["successor", "on"])

    def clean_on(self) -> Any:
        if self.cleaned_data["on"] > timezone.localdate():
            raise forms.ValidationError(_("This day is still to come."))
        return self.cleaned_data["on"]


class LabelForm(NewRow):
    """Words that a law demands beside the name, and for how long."""

    all_optional = True

    text = InLanguages(
        _("Words of the label"),
        most=300,
        rows=2,
        hint=_("Exactly as the law demands them."),
        missing=_("Write the words of the label."),
    )
    since = day(_("Must be carried since"), required=True, missing=_("Write since when the label must be carried."))
    until = day(_("Until"), hint=_("Leave it empty while the label must be carried."))

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        since, until = cleaned.get("since"), cleaned.get("until")
        if since and until and until < since:
            self.add_error("until", _("This day lies before the first day of the label."))
        return cleaned

    def label(self) -> Label:
        """Only after is_valid()."""
        data = self.cleaned_data
        return Label(data["key"], data["text"], data["since"], data["until"])


class EndLabelForm(forms.Form):
    """The last day on which the label must be carried."""

    until = day(_("The last day"), required=True, missing=_("Write the last day on which the label must be carried."))


class OrganisationFilter(forms.Form):
    all_optional = True

    kind = forms.ChoiceField(label=_("Kind"), choices=[("", _("All kinds")), *OrganisationKind.choices], required=False)
    country = country_field(_("Country"), _("All countries"))


class CentreFilter(forms.Form):
    """To which centres the public list is narrowed. What is not to be had narrows nothing."""

    all_optional = True

    country = forms.ChoiceField(label=_("Country"), required=False, error_messages=NOT_IN_LIST)
    language = forms.ChoiceField(label=_("Language"), required=False, error_messages=NOT_IN_LIST)

    def chosen(self) -> dict[str, str]:
        """Country and language as asked for, "" for all."""
        self.offer(list(dict(country_list("en"))), list(HANDLED))
        self.is_valid()
        return {name: self.cleaned_data.get(name, "") for name in ("country", "language")}

    def offer(self, countries: list[str], languages: list[str]) -> None:
        """Only what some centre has can be chosen."""
        reader = (get_language() or "en").split("-")[0]
        named = in_alphabetical_order(((code, country_name(code, reader)) for code in countries), reader)
        spoken = [(code, name) for code, name in OWN_NAME.items() if code in languages]
        for name, first, choices in (("country", _("All countries"), named), ("language", _("All languages"), spoken)):
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)  # noqa: S101  # declared above, told to the type checker
            field.choices = [("", first), *choices]
