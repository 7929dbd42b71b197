"""Forms of somebody who comes back with her receipt."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kenesh.appeals.forms.choices import STORY_LONGEST
from kenesh.kernel.vault import NotAReceipt, read_receipt


class ReceiptForm(forms.Form):
    """The 20 digits, in whatever groups they were copied."""

    receipt = forms.CharField(
        label=_("Your receipt: 20 digits"),
        help_text=_("The groups of four digits that you wrote down. Spaces do not matter."),
        max_length=80,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off", "class": "digits"}),
        error_messages={
            "required": _("Please write the 20 digits of your receipt."),
            "max_length": _("A receipt has 20 digits. Please check what you wrote."),
        },
    )

    def clean_receipt(self) -> str:
        try:
            return read_receipt(self.cleaned_data["receipt"])
        except NotAReceipt:
            raise forms.ValidationError(
                _(
                    "These are not the digits of a receipt: there must be 20, and one of them may be mistyped. Please compare them again."
                )
            ) from None


def address_field(*, required: bool, label: Any, hint: Any) -> forms.EmailField:
    """An address for one notice."""
    return forms.EmailField(
        label=label,
        help_text=hint,
        required=required,
        max_length=200,
        widget=forms.EmailInput(attrs={"autocomplete": "off", "spellcheck": "false", "maxlength": None, "dir": "ltr"}),
        error_messages={
            "required": _("Please write an address, like name@example.org."),
            "invalid": _("Please write the address like this: name@example.org. Or leave it empty."),
            "max_length": _("This address is too long. Please check it."),
        },
    )


class NoticeForm(forms.Form):
    """Where one message goes when there is news."""

    address = address_field(required=True, label=_("Your e-mail address"), hint="")


class MessageForm(forms.Form):
    """A message to the office; `key` makes a form that is sent twice write once."""

    text = forms.CharField(
        label=_("Your message"),
        max_length=STORY_LONGEST,
        widget=forms.Textarea(attrs={"rows": 4, "autocomplete": "off", "spellcheck": "false", "maxlength": None}),
        error_messages={
            "required": _("Please write your message first."),
            "max_length": _(
                "This text is too long. Please shorten it to 8,000 characters. You can send the rest as a message later."
            ),
        },
    )
    key = forms.UUIDField(widget=forms.HiddenInput)
