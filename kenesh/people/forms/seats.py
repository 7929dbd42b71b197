"""Forms of what becomes of a seat and of the chair, and of a body's founding."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kenesh.kernel.rows import stamp_of
from kenesh.people.actions import FoundingFacts, Letter
from kenesh.people.forms.bodies import PUBLICATION_CHOICES, PUBLICATION_HINT
from kenesh.people.forms.fields import RowChoice, country_field, day
from kenesh.people.forms.texts import InLanguages
from kenesh.people.models import Founding, Membership, MembershipRole, Person, Publication, Rotation, Standing

MOST_COUNTRIES = 12


class FoundingForm(forms.Form):
    meeting = InLanguages(_("The founding meeting"), most=1000, rows=3, hint=_("Where it met, who called it, who was there."))
    goals = InLanguages(_("Goals"), most=3000, rows=4)
    tasks = InLanguages(_("Tasks"), most=5000, rows=6, hint=_("One on each line."))
    directions = InLanguages(_("Directions of work"), most=5000, rows=6, hint=_("One on each line."))
    rules = InLanguages(_("Rules of procedure"), most=20000, rows=10)
    seen = forms.RegexField(r"^([0-9a-f]{12,64})?$", widget=forms.HiddenInput, required=False)

    def facts(self) -> FoundingFacts:
        """Only after is_valid()."""
        return FoundingFacts(**{name: self.cleaned_data[name] for name in FoundingFacts.__dataclass_fields__})


def initial_of_founding(founding: Founding | None) -> dict[str, Any]:
    """The founding as it is now."""
    texts = {name: getattr(founding, name) for name in FoundingFacts.__dataclass_fields__} if founding else {}
    return {**texts, "seen": stamp_of_founding(founding)}


def stamp_of_founding(founding: Founding | None) -> str:
    return stamp_of(founding) if founding else ""


def _not_to_come(value: date) -> date:
    if value > timezone.localdate():
        raise forms.ValidationError(_("This day is still to come. Enter it when it has come."))
    return value


class NominationForm(forms.Form):
    """An institution sends another person to its seat."""

    all_optional = True

    sent_since = day(_("Sits there since"), required=True, missing=_("Write the day from which this person sits there."))
    letter_number = forms.CharField(label=_("Number of the letter"), max_length=60, required=False)
    letter_on = day(_("Day of the letter"))
    level = forms.ChoiceField(
        label=_("What may everybody see of this person?"),
        help_text=PUBLICATION_HINT,
        choices=PUBLICATION_CHOICES,
        initial=Publication.HIDDEN,
        widget=forms.RadioSelect,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["sent"] = RowChoice(
            Person.objects.select_related("organisation"),
            label=_("Person"),
            help_text=_("Enter the person first when she is not in this list."),
            error_messages={"required": _("Choose the person who is sent.")},
        )

    def clean_sent_since(self) -> date:
        return _not_to_come(self.cleaned_data["sent_since"])

    def clean_letter_on(self) -> date | None:
        day: date | None = self.cleaned_data["letter_on"]
        return _not_to_come(day) if day else None

    def letter(self) -> Letter:
        """Only after is_valid()."""
        return Letter(self.cleaned_data["letter_number"], self.cleaned_data["letter_on"])


class StandingForm(forms.Form):
    """The body decided on another standing."""

    all_optional = True

    standing = forms.ChoiceField(choices=Standing.choices, widget=forms.HiddenInput)
    changed_on = day(_("Since which day?"), required=True, missing=_("Write the day from which it holds."))
    decision = forms.CharField(
        label=_("Decision"), help_text=_("Its number or code, if you know it."), max_length=60, required=False
    )

    def clean_changed_on(self) -> date:
        return _not_to_come(self.cleaned_data["changed_on"])


class RoleForm(forms.Form):
    """The body gave the seat another role."""

    all_optional = True

    new_role = forms.ChoiceField(label=_("Role"), choices=MembershipRole.choices)
    role_on = day(_("Since which day?"), required=True, missing=_("Write the day from which it holds."))
    role_decision = forms.CharField(
        label=_("Decision"), help_text=_("Its number or code, if you know it."), max_length=40, required=False
    )

    def clean_role_on(self) -> date:
        return _not_to_come(self.cleaned_data["role_on"])


def other_standing(seat: Membership) -> Standing:
    return Standing.OBSERVER if seat.standing == Standing.MEMBER else Standing.MEMBER


class LevelForm(forms.Form):
    """What everybody may see of somebody who sat there before."""

    publication = forms.ChoiceField(choices=Publication.choices)


class RotationForm(forms.Form):
    """In which order the chair goes round."""

    all_optional = True

    months = forms.IntegerField(
        label=_("How many months does one country have the chair?"),
        min_value=1,
        max_value=120,
        initial=12,
        error_messages={
            "required": _("Write a number of months."),
            "invalid": _("Write a number of months such as 12."),
            "min_value": _("Write a number from 1 to 120."),
            "max_value": _("Write a number from 1 to 120."),
        },
    )

    def __init__(self, *args: Any, rotation: Rotation | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if rotation:
            self.initial.setdefault("months", rotation.months)
        for place in range(1, MOST_COUNTRIES + 1):
            field = country_field(f"{place}.", "—")
            known = rotation.countries[place - 1] if rotation and place <= len(rotation.countries) else ""
            self.initial.setdefault(f"place_{place}", known)
            self.fields[f"place_{place}"] = field

    def places(self) -> list[forms.BoundField]:
        """For the template: the boxes of the countries in their order."""
        return [self[f"place_{place}"] for place in range(1, MOST_COUNTRIES + 1)]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        seen: set[str] = set()
        for place in range(1, MOST_COUNTRIES + 1):
            country = cleaned.get(f"place_{place}")
            if country and country in seen:
                self.add_error(f"place_{place}", _("This country stands in the order already."))
            seen.add(country or "")
        return cleaned

    def countries(self) -> list[str]:
        """Only after is_valid()."""
        said = (self.cleaned_data[f"place_{place}"] for place in range(1, MOST_COUNTRIES + 1))
        return [country for country in said if country]


class HandOverForm(forms.Form):
    """The chair goes to the next country."""

    all_optional = True

    on = day(_("Since which day?"), required=True, missing=_("Write the day on which the new chair begins."))

    def __init__(self, *args: Any, order: list[str], seats: list[Membership], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        country = country_field(_("Which country?"), "—")
        country.required = True
        country.error_messages["required"] = _("Choose the country that gets the chair.")
        names = dict(country.choices)  # type: ignore[arg-type]  # a list when it is read
        country.choices = [(code, names.get(code, code)) for code in order]
        self.fields["country"] = country
        self.seats = {str(seat.pk): seat for seat in seats if seat.state in order}
        self.fields["seat"] = forms.ChoiceField(
            label=_("Through which seat?"),
            help_text=_("The seat of that country whose holder leads the meetings. Leave it open when it is not named yet."),
            choices=[("", "—"), *((key, f"{names.get(seat.state, seat.state)} · {seat}") for key, seat in self.seats.items())],
            required=False,
        )
        self.order_fields(["country", "seat", "on"])

    def clean_on(self) -> date:
        return _not_to_come(self.cleaned_data["on"])

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        seat = self.seats.get(cleaned.get("seat") or "")
        if seat is not None and cleaned.get("country") and seat.state != cleaned["country"]:
            self.add_error("seat", _("This seat speaks for another country."))
        cleaned["seat_row"] = seat
        return cleaned
