"""What a member organisation found; a court that decides the same; when a body reminds."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from kenesh.followup.forms.fields import Keyed, address_field, day_field, document_field, not_in_the_future
from kenesh.followup.models import Judgement, Proceeding, ReminderRule
from kenesh.people.forms.texts import InLanguages
from kenesh.people.models import Organisation, Publication


class ShadowForm(Keyed):
    organisation = forms.ModelChoiceField(
        queryset=Organisation.objects.none(),
        to_field_name="code",
        label=_("For which organisation do you speak?"),
        error_messages={"required": _("Choose an organisation."), "invalid_choice": _("Choose an organisation from the list.")},
    )
    judgement = forms.ChoiceField(
        label=_("What did you find?"),
        choices=Judgement.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose one.")},
    )
    text = InLanguages(_("Your reasons"), most=5000, rows=4, missing=_("Write your reasons in at least one language."))
    url = address_field()
    document = document_field()
    judged_on = day_field(_("On which day did you judge?"), required=True)
    publication = forms.ChoiceField(
        label=_("How may your organisation be named in public?"),
        choices=[
            (Publication.HIDDEN, _("Not at all")),
            (Publication.COUNTRY, _("By its country only")),
            (Publication.ORGANISATION, _("By its name")),
        ],
    )

    def __init__(self, *args: Any, organisations: QuerySet[Organisation], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["organisation"].queryset = organisations  # type: ignore[attr-defined]

    def clean_judged_on(self) -> date | None:
        return not_in_the_future(self.cleaned_data["judged_on"])

    def said(self) -> dict[str, Any]:
        """The arguments of `actions.assess`."""
        return {**self.cleaned_data, "judgement": Judgement(self.cleaned_data["judgement"])}


class ProceedingForm(Keyed):
    kind = forms.ChoiceField(label=_("Who decides?"), choices=Proceeding.Kind.choices)
    name = forms.CharField(
        label=_("Name of the court or commission"), max_length=300, error_messages={"required": _("Write the name.")}
    )
    number = forms.CharField(label=_("Number of the case"), max_length=100, required=False)
    on = day_field(_("Date of the newest act"))
    state = forms.ChoiceField(label=_("What came of it?"), choices=Proceeding.State.choices)
    url = address_field()

    def __init__(self, data: Any = None, *, proceeding: Proceeding | None) -> None:
        names = ("kind", "name", "number", "on", "state", "url")
        initial = {name: getattr(proceeding, name) for name in names} if proceeding else {}
        super().__init__(data, initial=initial)


class ReminderForm(forms.Form):
    is_on = forms.BooleanField(label=_("Remind the addressees and the secretary by e-mail"), required=False)
    days_before = forms.IntegerField(label=_("How many days before the day?"), min_value=0, max_value=90)
    days_after = forms.IntegerField(label=_("How many days after it?"), min_value=1, max_value=90)
    escalates_to = forms.ChoiceField(
        label=_("Who is told when the answer stays away?"), choices=ReminderRule.Escalation.choices, widget=forms.RadioSelect
    )
    days_to_escalate = forms.IntegerField(label=_("After how many days?"), min_value=1, max_value=365)
    chair_mailbox = forms.EmailField(label=_("Mailbox of the chair"), required=False, max_length=200)

    def __init__(self, data: Any = None, *, rule: ReminderRule) -> None:
        super().__init__(data, initial={name: getattr(rule, name) for name in self.base_fields})

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("escalates_to") == ReminderRule.Escalation.CHAIR and not data.get("chair_mailbox"):
            self.add_error("chair_mailbox", _("Write the mailbox of the chair."))
        return data
