"""How she found the help: questions with a short scale, each of which may stay empty. No free text: words are a name."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kenesh.appeals.models import Asked, Said


class OpinionForm(forms.Form):
    """A field for each question."""

    all_optional = True

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for code, question in Asked.choices:
            self.fields[code] = forms.ChoiceField(
                label=question,
                required=False,
                choices=Said.choices,
                widget=forms.RadioSelect,
                error_messages={"invalid_choice": _("Choose one answer.")},
            )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not self.errors and not any(cleaned.values()):
            raise forms.ValidationError(_("Choose an answer to at least one question."))
        return cleaned
