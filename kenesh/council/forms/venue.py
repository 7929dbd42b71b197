"""Forms of a meeting at a venue: the passphrase of its file, why it is called back, the file that comes home."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kenesh.council.venue.parcel import SHORTEST


def _secret(label: Any, missing: Any, hint: Any = "") -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=hint,
        strip=False,
        max_length=200,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        error_messages={"required": missing},
    )


class TakeForm(forms.Form):
    passphrase = _secret(
        _("A passphrase for the file"),
        _("Choose a passphrase."),
        _("At least 12 letters, for example four words. You type it once on the laptop. Do not keep it beside the file."),
    )
    again = _secret(_("The same once more"), _("Type the passphrase once more."))

    def clean_passphrase(self) -> str:
        said: str = self.cleaned_data["passphrase"]
        if len(said) < SHORTEST:
            raise forms.ValidationError(_("This passphrase is too short. Take at least 12 letters, for example four words."))
        return said

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("passphrase") and cleaned.get("again") and cleaned["passphrase"] != cleaned["again"]:
            self.add_error("again", _("The two passphrases are not the same."))
        return cleaned


class CallBackForm(forms.Form):
    why = forms.CharField(
        label=_("Why"),
        help_text=_("Whoever brings the laptop's file later is told this."),
        max_length=300,
        error_messages={"required": _("Write why the meeting is called back.")},
    )


class BringForm(forms.Form):
    file = forms.FileField(
        label=_("The file that the laptop wrote"),
        error_messages={"required": _("Choose a file."), "empty": _("This file is empty.")},
    )
