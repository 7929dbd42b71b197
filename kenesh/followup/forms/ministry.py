"""What a focal point, a validator and the secretary settle about an answer."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from kenesh.followup.forms.fields import Keyed, day_field, later_than, words_field
from kenesh.followup.models import ADDRESSED, NO_DATE, Addressee, Extension
from kenesh.people.models import Organisation

_NO_ADDRESS = {"invalid": _("Write an e-mail address such as name@ministry.example."), "required": _("Write the e-mail address.")}
YES, NO = "yes", "no"
NEW_TIME = timedelta(days=30)  # that a successor has by default


class ColleagueForm(Keyed):
    mailbox = forms.EmailField(label=_("E-mail address of your colleague"), max_length=200, error_messages=_NO_ADDRESS)


class ConfirmForm(forms.Form):
    decision = forms.ChoiceField(
        label=_("Is this the answer of your organisation?"),
        choices=[(YES, _("Yes, we confirm it")), (NO, _("No, it must be changed"))],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose one.")},
    )
    words = words_field(_("What must be changed?"), most=2000)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("decision") == NO and not data.get("words") and "words" not in self.errors:
            self.add_error("words", _("Write what must be changed, so that your colleague can do it."))
        return data


class ExtensionForm(forms.Form):
    decision = forms.ChoiceField(
        label=_("Do you give more time?"),
        choices=[(YES, _("Yes, the new day holds")), (NO, _("No, the day stays"))],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose one.")},
    )
    until = day_field(_("Until which day?"), help_text=_("You may give another day than the one that was asked for."))
    words = words_field(_("Your reasons; the addressee reads them"), most=2000)

    def __init__(self, data: Any = None, *, asked: Extension) -> None:
        super().__init__(data, initial={"until": asked.until})
        holds = asked.addressee.answer_by
        self.holds = None if holds == NO_DATE else holds

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("decision") == YES and "until" not in self.errors:
            if data.get("until"):
                later_than(self, "until", self.holds)
            else:
                self.add_error("until", _("Write the date."))
        return data


class AddresseeForm(forms.Form):
    """Who confirms answers there, and who stands above it."""

    validator_mailbox = forms.EmailField(
        label=_("Mailbox of whoever confirms its answers"),
        help_text=_("Leave it empty when an answer by link counts at once."),
        required=False,
        max_length=200,
        error_messages=_NO_ADDRESS,
    )
    above = forms.ModelChoiceField(
        queryset=Organisation.objects.none(),
        to_field_name="code",
        required=False,
        label=_("Which organisation stands above it?"),
        help_text=_("It can be told when an answer stays away."),
        empty_label=_("None"),
    )

    def __init__(self, data: Any = None, *, addressee: Addressee) -> None:
        initial = {
            "validator_mailbox": addressee.validator_mailbox,
            "above": addressee.above.code if addressee.above else None,
        }
        super().__init__(data, initial=initial)
        others = Organisation.objects.filter(ended_on__isnull=True).exclude(pk=addressee.organisation_id)
        self.fields["above"].queryset = others.filter(kind__in=ADDRESSED).order_by("country", "id")  # type: ignore[attr-defined]


class NamedForm(forms.Form):
    """Which organisation is meant by the words of an addressee, and by when it shall answer. It may be asked already: then the addressee
    owes no answer of its own any more."""

    organisation = forms.ModelChoiceField(
        queryset=Organisation.objects.none(),
        to_field_name="code",
        label=_("Which organisation is that?"),
        help_text=_("If it is not in the list, ask the administrator to add it."),
        error_messages={"required": _("Choose an organisation."), "invalid_choice": _("Choose an organisation from the list.")},
    )

    answer_by = day_field(_("By which day do you ask for an answer?"))

    def __init__(self, data: Any = None, *, addressee: Addressee, today: date) -> None:
        holds = addressee.answer_by
        super().__init__(data, initial={"answer_by": None if holds == NO_DATE else max(today + NEW_TIME, holds)})
        self.today = today
        rows = Organisation.objects.filter(kind__in=ADDRESSED, ended_on__isnull=True).exclude(pk=addressee.organisation_id)
        self.fields["organisation"].queryset = rows.order_by("country", "id")  # type: ignore[attr-defined]

    def clean_answer_by(self) -> date | None:
        return not_passed(self.cleaned_data["answer_by"], self.today)


def not_passed(given: date | None, today: date) -> date | None:
    """Raises ValidationError for a day that is over: whoever is asked now needs time."""
    if given and given < today:
        raise forms.ValidationError(_("This day has passed. Give the organisation time to answer."))
    return given


class SuccessorForm(forms.Form):
    """Which organisation took over, and by when it shall answer."""

    organisation = forms.ModelChoiceField(
        queryset=Organisation.objects.none(),
        to_field_name="code",
        label=_("Who took over?"),
        help_text=_("If it is not in the list, ask the administrator to enter who took over."),
        error_messages={"required": _("Choose an organisation."), "invalid_choice": _("Choose an organisation from the list.")},
    )
    answer_by = day_field(_("By which day do you ask for an answer?"))

    def __init__(self, data: Any = None, *, addressee: Addressee, successors: QuerySet[Organisation], today: date) -> None:
        only = successors.first() if len(successors) == 1 else None
        later = max(today + NEW_TIME, addressee.answer_by) if addressee.answer_by != NO_DATE else today + NEW_TIME
        super().__init__(data, initial={"organisation": only, "answer_by": later})
        self.today = today
        self.fields["organisation"].queryset = successors  # type: ignore[attr-defined]
        self.fields["answer_by"].required = True

    def clean_answer_by(self) -> date:
        given: date = self.cleaned_data["answer_by"]
        not_passed(given, self.today)
        return given


class ServesForm(forms.Form):
    """Other recommendations to the same organisation that an action serves too."""

    others = forms.MultipleChoiceField(
        label=_("Which other recommendations does it serve?"), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, data: Any = None, *, rows: list[Addressee], chosen: list[str]) -> None:
        super().__init__(data, initial={"others": chosen})
        words = [(one.code, f"{one.recommendation.code}: {str(one.recommendation.text)[:160]}") for one in rows]
        self.fields["others"].choices = words  # type: ignore[attr-defined]
