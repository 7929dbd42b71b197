"""Forms of invitations: whom to write to, what she answers, who is at the door, what a body's rules ask for."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from kenesh.council.actions.invitations import AnswerFields
from kenesh.council.forms.meetings import country_choices
from kenesh.council.models import Attendance, BodyRules, Invitation, InvitationAnswer, Meeting, Quorum, WrittenLink
from kenesh.people.models import Organisation
from kenesh.problems.models import new_request_key
from kenesh.themes.languages import OWN_NAME

Coming = InvitationAnswer.Coming


def _languages() -> list[tuple[str, str]]:
    return [(code, OWN_NAME[code]) for code in dict(settings.LANGUAGES)]


def _needed() -> list[tuple[str, str]]:
    return [("", str(_("No interpretation"))), *_languages()]


class AddressForm(forms.Form):
    """How somebody who is invited is written to."""

    language = forms.ChoiceField(label=_("Language of the letter"), choices=_languages)
    email = forms.EmailField(label=_("E-mail"), required=False, help_text=_("Without it you print the letter and hand it over."))
    version = forms.IntegerField(widget=forms.HiddenInput, initial=1)

    @staticmethod
    def said(invitation: Invitation) -> dict[str, Any]:
        return {"language": invitation.language, "email": invitation.email, "version": invitation.version}

    @classmethod
    def of_link(cls, link: WrittenLink) -> AddressForm:
        """One of many on a page."""
        return cls(initial={"language": link.language, "email": link.email}, auto_id=f"a{link.pk}_%s")


class InviteGuestForm(AddressForm):
    """Somebody who holds no seat."""

    organisation = forms.ModelChoiceField(
        label=_("Organisation"), queryset=Organisation.objects.order_by("id"), required=False, empty_label=_("None of these")
    )
    guest = forms.CharField(label=_("Name"), max_length=200, required=False)
    post = forms.CharField(label=_("Post"), max_length=200, required=False)
    country = forms.ChoiceField(label=_("Country"), choices=country_choices, required=False)
    key = forms.CharField(widget=forms.HiddenInput, max_length=32, initial=new_request_key)

    field_order = ("organisation", "guest", "post", "country", "language", "email")

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or self.cleaned_data
        if not said.get("organisation") and not said.get("guest"):
            self.add_error("guest", str(_("Choose the organisation or write the name.")))
        return said


def _day(label: Any) -> forms.DateField:
    return forms.DateField(
        label=label,
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"invalid": _("Write a date such as 2026-05-15.")},
    )


class AnswerForm(forms.Form):
    """What an invited person says. Only the first question must be answered."""

    coming = forms.ChoiceField(
        label=_("Do you take part?"), widget=forms.RadioSelect, error_messages={"required": _("Choose one answer.")}
    )
    substitute_name = forms.CharField(label=_("Name of who comes instead"), max_length=200, required=False)
    substitute_post = forms.CharField(label=_("Post of who comes instead"), max_length=200, required=False)
    substitute_online = forms.BooleanField(label=_("That person takes part online"), required=False)
    interpretation = forms.ChoiceField(label=_("Interpretation into"), choices=_needed, required=False)
    arrives_from = forms.CharField(
        label=_("Where do you come from?"), max_length=200, required=False, help_text=_("Town and country.")
    )
    arrives_on = _day(_("You arrive on"))
    leaves_on = _day(_("You leave on"))
    needs_ticket = forms.BooleanField(label=_("I need a ticket"), required=False)
    needs_visa_letter = forms.BooleanField(label=_("I need a letter for a visa"), required=False)
    needs = forms.CharField(
        label=_("Food, health or access: what should we prepare?"),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Only the secretary reads this. It is deleted a month after the meeting."),
    )

    def __init__(self, *args: Any, meeting: Meeting, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        left_out = {Meeting.Mode.ONLINE.value: Coming.IN_PERSON, Meeting.Mode.IN_PERSON.value: Coming.ONLINE}.get(meeting.mode)
        field = self.fields["coming"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101  # tells the type checker what stands above
        field.choices = [(value, label) for value, label in Coming.choices if value != left_out]
        if meeting.mode == Meeting.Mode.IN_PERSON:
            del self.fields["substitute_online"]

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or self.cleaned_data
        if said.get("coming") == Coming.SUBSTITUTE and not said.get("substitute_name"):
            self.add_error("substitute_name", str(_("Write the name of the person who comes.")))
        arrives, leaves = said.get("arrives_on"), said.get("leaves_on")
        if arrives and leaves and leaves < arrives:
            self.add_error("leaves_on", str(_("Write a day that is not before the arrival.")))
        return said

    @staticmethod
    def said(answer: InvitationAnswer | None) -> dict[str, Any]:
        """The answer in the shape of `initial`."""
        return {} if answer is None else {name: getattr(answer, name) for name in AnswerFields.__annotations__}

    def fields_of_answer(self) -> AnswerFields:
        """What the action takes; of a substitute only when one comes."""
        said = self.cleaned_data
        comes = said["coming"] == Coming.SUBSTITUTE
        return AnswerFields(
            coming=said["coming"],
            substitute_name=said["substitute_name"] if comes else "",
            substitute_post=said["substitute_post"] if comes else "",
            substitute_online=comes and bool(said.get("substitute_online")),
            interpretation=said["interpretation"], arrives_from=said["arrives_from"], arrives_on=said["arrives_on"],
            leaves_on=said["leaves_on"], needs_ticket=said["needs_ticket"], needs_visa_letter=said["needs_visa_letter"],
            needs=said["needs"],
        )  # fmt: skip


class CheckInForm(forms.Form):
    """One press at the door: who, on which day, how. An empty mode takes it back."""

    who = forms.CharField(max_length=24)
    day = forms.DateField()
    mode = forms.ChoiceField(choices=[("", ""), *Attendance.Mode.choices], required=False)
    alternate = forms.BooleanField(required=False)


class RulesForm(forms.Form):
    """What a body's rules of procedure ask for before it may decide."""

    members = forms.ChoiceField(label=_("Members who must be there"), choices=Quorum.choices)
    states = forms.ChoiceField(label=_("States that must be there"), choices=BodyRules.States.choices)
    counts_online = forms.BooleanField(label=_("Who takes part online counts as being there"), required=False)
    version = forms.IntegerField(widget=forms.HiddenInput, initial=1)

    @staticmethod
    def said(rules: BodyRules | None) -> dict[str, Any]:
        """The rules in the shape of `initial`."""
        if rules is None:
            return {"members": Quorum.HALF, "states": BodyRules.States.NONE, "counts_online": True, "version": 1}
        return {name: getattr(rules, name) for name in ("members", "states", "counts_online", "version")}
