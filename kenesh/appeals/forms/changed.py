"""Whether anything has changed for her."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from kenesh.followup.models.changed import Felt


class ChangedForm(forms.Form):
    """`recommendation`: which of those that are shown to her."""

    felt = forms.ChoiceField(
        label=_("Has anything changed for you?"),
        choices=Felt.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose one answer.")},
    )
    recommendation = forms.CharField(max_length=8, widget=forms.HiddenInput)
