"""Forms of organisations' keys."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from kenesh.kernel import vault


class AdmitForm(forms.Form):
    fingerprint = forms.CharField(
        label=_("The 20 digits that your colleague reads out"),
        help_text=_(
            "Call your colleague, and type what you hear. The digits are on the page “My account” there. "
            "Never take them from an e-mail or a chat."
        ),
        max_length=60,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
        error_messages={"required": _("Write the 20 digits.")},
    )


class MakeKeyForm(forms.Form):
    """`after`: the number of the newest key when the page was opened, 0 for none."""

    after = forms.IntegerField(min_value=0, max_value=1_000_000, widget=forms.HiddenInput)


class RecoveryForm(forms.Form):
    recovery = forms.CharField(
        label=_("The recovery key"),
        help_text=_("36 letters and digits from the paper, in groups of four. Spaces and small letters do not matter."),
        max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false", "autocapitalize": "characters"}),
        error_messages={
            "required": _("Write the recovery key."),
            "max_length": _("This is too long. A recovery key has 36 letters and digits."),
        },
    )

    def clean_recovery(self) -> vault.RecoveryKey:
        try:
            return vault.read_recovery_key(self.cleaned_data["recovery"])
        except vault.NotARecoveryKey:
            raise forms.ValidationError(
                _("There is a mistake in it. A recovery key has 36 letters and digits: compare each group with the paper.")
            ) from None
