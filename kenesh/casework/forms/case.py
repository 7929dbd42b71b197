"""Forms of the case page. What they hold is sealed at once."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from kenesh.casework import sectors
from kenesh.casework.case_types import VULNERABILITY
from kenesh.casework.letters.fields import MATTER, PERSON
from kenesh.casework.outcomes import OUTCOMES
from kenesh.people.models import User
from kenesh.problems.models import Problem
from kenesh.themes import countries, thesaurus

CURRENCIES = ("RUB", "KZT", "KGS", "UZS", "TJS", "AMD", "TRY", "USD", "EUR", "GBP", "KRW")


class WithKey(forms.Form):
    """A form that, sent twice, does its work once."""

    key = forms.UUIDField(widget=forms.HiddenInput)


class TextForm(WithKey):
    """An answer to the person, or a note for colleagues."""

    text = forms.CharField(
        label=_("Text"),
        max_length=8000,
        widget=forms.Textarea(attrs={"rows": 5, "autocomplete": "off", "maxlength": None}),
        error_messages={
            "required": _("Please write a text first."),
            "max_length": _("This text is too long. Please shorten it to 8,000 characters."),
        },
    )


class DeadlineForm(WithKey):
    due_on = forms.DateField(
        label=_("Date"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        input_formats=["%Y-%m-%d", "%d.%m.%Y", "%d/%m/%Y"],
        error_messages={"required": _("Please write the date."), "invalid": _("Please write the date like this: 31.12.2026.")},
    )
    what = forms.CharField(
        label=_("What must be done by then?"),
        max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "off", "maxlength": None}),
        error_messages={
            "required": _("Please write what must be done."),
            "max_length": _("This answer is too long. Please shorten it to 200 characters."),
        },
    )


def _line(label: Any, help_text: Any = "", *, longest: int = 200, **attrs: str) -> forms.CharField:
    """A line that may stay empty; browsers do not remember it."""
    return forms.CharField(
        label=label,
        help_text=help_text,
        required=False,
        max_length=longest,
        widget=forms.TextInput(attrs={"autocomplete": "off", "maxlength": None, **attrs}),
        error_messages={"max_length": _("This answer is too long. Please shorten it to %(limit_value)d characters.")},
    )


def _told(label: Any) -> forms.ChoiceField:
    choices = [("", _("Not known")), ("yes", _("Yes")), ("no", _("No"))]
    return forms.ChoiceField(label=label, required=False, choices=choices)


class PersonForm(WithKey):
    """A client. The short part is asked at once; what stands in a section, only when a step needs it."""

    name = _line(_("Name, as in the passport"), _("Only when a step needs it."))
    phone = _line(_("Phone"), longest=60, type="tel")
    sex = forms.ChoiceField(label=_("Sex"), required=False, choices=[("", "–"), ("female", _("Woman")), ("male", _("Man"))])
    age = forms.ChoiceField(
        label=_("Age"),
        required=False,
        choices=[
            ("", "–"),
            ("under-18", _("Under 18")),
            ("18-29", "18–29"),
            ("30-44", "30–44"),
            ("45-59", "45–59"),
            ("60+", _("60 or more")),
        ],
    )
    citizenship = forms.ChoiceField(label=_("Citizenship"), required=False)

    name_form = forms.ChoiceField(
        label=_("What the name consists of"),
        required=False,
        choices=[
            ("", _("First name and family name")),
            ("uulu", _("With уулу or кызы")),
            ("one", _("One name only")),
        ],
    )
    name_latin = _line(_("Name in Latin letters"))
    name_cyrillic = _line(_("Name in Cyrillic letters"))
    born_on = _line(_("Date of birth"), _("For example 31.12.1990."), longest=40)
    passport = _line(_("Passport: series and number"), longest=60)
    passport_issuer = _line(_("Passport: issued by whom, and when"))
    registered_address = _line(_("Address of registration"), longest=300)
    stay_address = _line(_("Address where the person really stays"), longest=300)
    inn = _line(_("Tax number (INN)"), longest=40, inputmode="numeric")
    snils = _line(_("Insurance number (SNILS)"), longest=40, inputmode="numeric")
    iin = _line(_("Personal number (IIN or PIN)"), longest=40, inputmode="numeric")

    held_centre = _line(_("Where the person is held"))
    held_since = _line(_("Since when"), longest=60)
    held_ruling = _line(_("Number of the ruling"), longest=100)
    held_copy_on = _line(_("When the copy was handed over"), _("Time limits may run from that day."), longest=60)
    held_removal_on = _line(_("Planned day of removal"), longest=60)
    held_interpreter = _told(_("Was an interpreter there?"))
    held_lawyer = _told(_("Was a lawyer there?"))
    held_consul = _told(_("Was the consul told?"))
    held_passport_with = _line(_("Who has the passport"))
    held_children_with = _line(_("With whom the children are"))
    held_illness = _line(_("Illness, medicine that is needed"), longest=300)

    vulnerable = forms.MultipleChoiceField(
        label=_("What makes it harder for the person"),
        required=False,
        choices=list(VULNERABILITY.items()),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": _("Please choose one of the answers of the list.")},
    )
    vulnerable_note = _line(_("In short words"), _("This never leaves the case."), longest=500)

    recruitment_cost = _line(
        _("What the person paid to get the work"),
        _("Everything together: agent, papers, journey. Write 0 when it cost nothing."),
        longest=20,
        inputmode="decimal",
    )
    recruitment_wage = _line(_("Pay of the first month there"), longest=20, inputmode="decimal")
    recruitment_currency = forms.ChoiceField(
        label=_("Currency of both sums"),
        help_text=_("If they were in two currencies, write both in one of them, roughly."),
        required=False,
        choices=[("", "–"), *[(c, c) for c in CURRENCIES]],
    )

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    sections = (
        (_("Needed for letters"), ("name_form", *(field.name for field in PERSON if field.name not in ("name", "phone")))),
        (_("If the person is held"), "held_"),
        (_("What makes it harder"), "vulnerable"),
        (_("What the way to work cost"), "recruitment_"),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _set_choices(self, "citizenship", _country_choices())

    def clean_recruitment_cost(self) -> str:
        return _sum_of(self, "recruitment_cost")

    def clean_recruitment_wage(self) -> str:
        return _sum_of(self, "recruitment_wage")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        sums = [Decimal(cleaned.get(name) or 0) for name in ("recruitment_cost", "recruitment_wage")]
        if any(sums) and not cleaned.get("recruitment_currency"):
            self.add_error("recruitment_currency", _("Please choose the currency of the sums."))
        return cleaned


class MatterForm(WithKey):
    """One problem of the case: its theme decides how it is counted, its sums and outcome what came of it."""

    theme = forms.ChoiceField(label=_("Theme"), required=False)
    sector = forms.ChoiceField(label=_("Branch of work"), required=False)
    country = forms.ChoiceField(label=_("Country where it happened"), required=False)
    # No digits and not long: what stands here is published with a count, and must be the name of a place, not an address.
    region = forms.RegexField(
        r"^[^\d@/:]*$",
        label=_("Region or town"),
        help_text=_("Only the name of the place, never an address or a firm: it may be published together with a count."),
        required=False,
        max_length=60,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={
            "invalid": _("Please write only the name of the region or town, without numbers."),
            "max_length": _("Please write only the name of the region or town."),
        },
    )
    persons = forms.IntegerField(
        label=_("Persons affected"),
        min_value=1,
        max_value=100_000,
        initial=1,
        error_messages={
            "required": _("Please write how many persons are affected."),
            "invalid": _("Please write a number, for example 12."),
            "min_value": _("At least one person is affected."),
            "max_value": _("Please write a smaller number."),
        },
    )
    currency = forms.ChoiceField(label=_("Currency"), required=False, choices=[("", "–"), *[(c, c) for c in CURRENCIES]])
    claimed = forms.CharField(label=_("Claimed"), required=False, max_length=20)
    awarded = forms.CharField(label=_("Awarded"), required=False, max_length=20)
    received = forms.CharField(label=_("Received"), required=False, max_length=20)
    outcome = forms.ChoiceField(label=_("Outcome"), required=False)

    job = _line(_("Work that was done"))
    began_on = _line(_("Work began on"), longest=60)
    ended_on = _line(_("Work ended on"), longest=60)
    promised = _line(_("Pay that was promised"), _("For example: 90,000 roubles a month."))
    paid = _line(_("Pay that was received, and when"), longest=300)
    paid_how = _line(_("How it was paid: card, cash, through the foreman"))
    promised_by = _line(_("Who promised it"))
    witnesses = _line(_("Witnesses"), longest=500)

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    sections = ((_("Needed for letters"), tuple(field.name for field in MATTER)),)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _set_choices(self, "theme", theme_choices())
        _set_choices(self, "sector", [("", "–"), *sectors.choices(get_language() or "ru")])
        _set_choices(self, "country", _country_choices())
        _set_choices(self, "outcome", [("", "–"), *[(code, f"{code} · {label}") for code, label in OUTCOMES.items()]])

    def clean_claimed(self) -> str:
        return _sum_of(self, "claimed")

    def clean_awarded(self) -> str:
        return _sum_of(self, "awarded")

    def clean_received(self) -> str:
        return _sum_of(self, "received")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if any(cleaned.get(name) for name in ("claimed", "awarded", "received")) and not cleaned.get("currency"):
            self.add_error("currency", _("Please choose the currency of the sums."))
        return cleaned


class ProblemChoice(forms.ModelChoiceField[Problem]):
    """Public problems by their titles."""

    def label_from_instance(self, obj: Problem) -> str:
        return str(obj.title)


class LinkProblemForm(forms.Form):
    problem = ProblemChoice(
        label=_("Public problem"),
        queryset=Problem.objects.none(),
        to_field_name="code",
        empty_label="–",
        error_messages={"required": _("Please choose a problem."), "invalid_choice": _("Please choose a problem of the list.")},
    )

    def __init__(self, *args: Any, problems: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["problem"]
        assert isinstance(field, forms.ModelChoiceField)  # noqa: S101  # tells the type checker what was declared above
        field.queryset = problems


class AssignForm(forms.Form):
    assignee: forms.ModelChoiceField[User] = forms.ModelChoiceField(
        label=_("Who works on it"), queryset=None, required=False, to_field_name="uid", empty_label=_("Nobody yet")
    )

    def __init__(self, *args: Any, caseworkers: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["assignee"]
        assert isinstance(field, forms.ModelChoiceField)  # noqa: S101  # tells the type checker what was declared above
        field.queryset = caseworkers


def _sum_of(form: forms.Form, name: str) -> str:
    """A sum as plain digits with a point, or ""."""
    text = re.sub(r"[\s\u00a0']", "", str(form.cleaned_data.get(name, ""))).replace(",", ".")
    if text and not re.fullmatch(r"\d{1,12}(\.\d{1,2})?", text, re.ASCII):
        raise forms.ValidationError(_("Please write a sum in digits, for example 45000."))
    return text


def _set_choices(form: forms.Form, name: str, choices: Any) -> None:
    field = form.fields[name]
    assert isinstance(field, forms.ChoiceField)  # noqa: S101  # tells the type checker what was declared above
    field.choices = choices
    field.error_messages["invalid_choice"] = _("Please choose one of the answers of the list.")


def _country_choices() -> list[tuple[str, Any]]:
    return [("", "–"), *countries.country_list(get_language() or "ru"), ("other", _("Another country"))]


def theme_choices() -> list[tuple[str, Any]]:
    """Concepts under their parents; the parents themselves can be chosen too. Policy themes are for documents, not cases."""
    language = get_language() or "ru"
    groups: list[tuple[str, Any]] = [("", "–")]
    for concept in thesaurus.concepts().values():
        if concept.parent is None and "P" not in concept.flags:
            below = [thesaurus.concept(child) for child in thesaurus.with_narrower(concept.id)]
            groups.append((thesaurus.label(concept.id, language), [(c.id, thesaurus.label(c.id, language)) for c in below]))
    return groups


def in_sections(form: forms.Form) -> tuple[list[forms.BoundField], list[dict[str, Any]]]:
    """The fields that are always shown, and the sections that open when needed: filled ones and those with errors are open.

    A section names its fields, or what their names begin with.
    """
    taken: set[str] = set()
    shown: list[dict[str, Any]] = []
    for title, names in getattr(form, "sections", ()):
        inside = [field for field in form if (field.name.startswith(names) if isinstance(names, str) else field.name in names)]
        taken |= {field.name for field in inside}
        shown.append({"title": title, "fields": inside, "open": any(field.value() or field.errors for field in inside)})
    return [field for field in form if field.name not in taken], shown
