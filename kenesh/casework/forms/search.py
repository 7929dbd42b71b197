"""The search field. What is typed there is sealed at once."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from kenesh.casework.search.asking import LONGEST


class SearchForm(forms.Form):
    words = forms.CharField(
        label=_("What do you look for?"),
        help_text=_(
            "Words of the story, a theme, a name in any script, a phone, a document number, an employer or its tax number."
        ),
        max_length=LONGEST,
        widget=forms.TextInput(
            attrs={
                "type": "search",
                "autocomplete": "off",
                "spellcheck": "false",
                "accesskey": "s",
                "data-search": "",
                "maxlength": None,
            }
        ),
        error_messages={
            "required": _("Please write what you look for."),
            "max_length": _("This is too long. Please write at most 200 characters."),
        },
    )
    show = forms.ChoiceField(
        label=_("Show"),
        required=False,
        choices=[
            ("", _("Everything")),
            ("open", _("Open cases")),
            ("closed", _("Closed cases")),
            ("new", _("New appeals")),
            ("mine", _("My cases")),
        ],
        error_messages={"invalid_choice": _("Please choose one of the answers of the list.")},
    )
