"""Forms of signing in and of passwords."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.utils.translation import gettext_lazy as _

from kenesh.people.forms.fields import Seen
from kenesh.people.models import User


class SignInForm(forms.Form):
    email = forms.EmailField(
        label=_("E-mail address"),
        widget=forms.EmailInput(attrs={"autocomplete": "username", "autofocus": True}),
        error_messages={
            "required": _("Write your e-mail address."),
            "invalid": _("Write an e-mail address such as name@example.org."),
        },
    )
    password = forms.CharField(
        label=_("Password"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
        error_messages={"required": _("Write your password.")},
    )


class UnlockForm(forms.Form):
    password = forms.CharField(
        label=_("Password"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password", "autofocus": True}),
        error_messages={"required": _("Write your password.")},
    )


class _Code(forms.Form):
    """A code that was typed, or what a passkey answered: the script of the page fills in the latter."""

    all_optional = True  # either of the two; the page says which

    code = forms.CharField(
        label=_("Code"),
        required=False,
        max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "autocapitalize": "characters", "spellcheck": "false"}),
    )
    passkey = forms.CharField(required=False, max_length=20_000, widget=forms.HiddenInput)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not cleaned.get("code") and not cleaned.get("passkey") and not self.errors:
            self.add_error("code", _("Write the code."))
        return cleaned


class FactorForm(_Code):
    """The second step of signing in."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].label = _("The code that the app shows now")
        self.fields["code"].help_text = _("Six digits. Without your phone: one of the ten codes on your paper.")
        self.fields["code"].widget.attrs["autofocus"] = True


class NewFactorForm(_Code):
    """A second factor that is being set up."""

    name = forms.CharField(
        label=_("A name for it"),
        help_text=_("So that you know later which one it is, such as “my phone”. You may leave it empty."),
        required=False,
        max_length=60,
    )
    field_order: tuple[str, ...] = ("code", "name", "passkey")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].label = _("The six digits that the app shows now")
        self.fields["code"].widget.attrs["inputmode"] = "numeric"

    def clean_code(self) -> str:
        """Six ASCII digits, or nothing."""
        compact = "".join(self.cleaned_data["code"].split())
        if compact and not (len(compact) == 6 and compact.isdecimal()):
            raise forms.ValidationError(_("The code has six digits. Write those that the app shows now."))
        return "".join(str(int(digit)) for digit in compact)


class AnotherFactorForm(NewFactorForm):
    """A second factor more, for an account that is open: who found it open must know its password as well."""

    password = forms.CharField(
        label=_("Your password"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
        error_messages={"required": _("Write your password.")},
    )
    field_order = ("password", "code", "name", "passkey")


class NewPassword(forms.Form):
    """A new password, typed twice and strong enough."""

    new = forms.CharField(
        label=_("New password"),
        help_text=_("At least 12 characters. Three or four words that only you would put together are good."),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        error_messages={"required": _("Write the new password.")},
    )
    again = forms.CharField(
        label=_("New password once more"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        error_messages={"required": _("Write the new password once more.")},
    )

    def __init__(self, *args: Any, user: User | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user

    def clean_new(self) -> str:
        new: str = self.cleaned_data["new"]
        try:
            validate_password(new, self.user)
        except forms.ValidationError:
            raise forms.ValidationError(
                _("This password is too easy to guess. Take at least 12 characters that are not a common password.")
            ) from None
        return new

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("new") and cleaned.get("again") and cleaned["new"] != cleaned["again"]:
            self.add_error("again", _("The two passwords are not the same."))
        return cleaned


class ChangePasswordForm(NewPassword):
    old = forms.CharField(
        label=_("Password until now"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
        error_messages={"required": _("Write your password until now.")},
    )
    field_order = ("old", "new", "again")


class StartPasswordForm(NewPassword, Seen):
    """A start password for a colleague who has forgotten hers. `seen`: the digits of her key when the form was opened."""

    field_order = ("seen", "new", "again")
