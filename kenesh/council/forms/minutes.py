"""Forms of the minutes: what is added, how they were approved, who signed the paper."""

from __future__ import annotations

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kenesh.council.forms.fields import AuthenticField
from kenesh.council.models import Minutes
from kenesh.people.forms.texts import InLanguages


class MinutesForm(forms.Form):
    """What is added to the draft, and which language counts."""

    remarks = InLanguages(_("Remarks"), most=8000, rows=4)
    authentic = AuthenticField()
    version = forms.IntegerField(widget=forms.HiddenInput, initial=1)


class NotesForm(forms.Form):
    """What was said under one point, as the minutes tell it."""

    notes = InLanguages(_("What was said"), most=8000, rows=8, hint=_("Write what was said, not who is at fault."))
    version = forms.IntegerField(widget=forms.HiddenInput, initial=1)


class ApprovalForm(forms.Form):
    """The day on which the body approved the minutes, and how."""

    on = forms.DateField(
        label=_("Approved on"),
        initial=timezone.localdate,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"required": _("Write the date of approval."), "invalid": _("Write a date such as 2026-05-15.")},
    )
    how = forms.ChoiceField(label=_("How"), choices=Minutes.How.choices, initial=Minutes.How.MEETING, required=False)
    reason = forms.CharField(
        label=_("What was corrected, and why"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Everybody who may read the minutes reads this too."),
    )


class SignatureForm(forms.Form):
    """The day on which chair or secretary signed the paper."""

    role = forms.ChoiceField(label=_("Who signed"), choices=[("chair", _("Chair")), ("secretary", _("Secretary"))])
    on = forms.DateField(
        label=_("Signed on"),
        initial=timezone.localdate,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"required": _("Write the day."), "invalid": _("Write a date such as 2026-05-15.")},
    )
