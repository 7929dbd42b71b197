"""Forms with which two records of the same organisation or person are found and joined."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from kenesh.people.forms.fields import TOO_LONG


class SameForm(forms.Form):
    """The other record, by words of its name."""

    all_optional = True

    words = forms.CharField(
        label=_("Look for it by its name"),
        help_text=_("Write a part of its name, in any of its languages, and look."),
        max_length=120,
        required=False,
        error_messages=TOO_LONG,
    )
