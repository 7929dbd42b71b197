"""What people fill in about the thesaurus."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from kenesh.themes import editing, queries, thesaurus, turtle
from kenesh.themes.models import LONGEST_TEXT, Proposal

_CHOOSE = {"required": _("Please choose one."), "invalid_choice": _("Please choose one of the answers of the list.")}


class FindForm(forms.Form):
    """Words to look for in the thesaurus."""

    all_optional = True

    q = forms.CharField(
        label=_("Find a theme"),
        help_text=_("Write what happened in your own words, in any language."),
        required=False,
        max_length=LONGEST_TEXT,
        widget=forms.TextInput(attrs={"type": "search", "maxlength": None}),
        error_messages={"max_length": _("This is too long. Please write a few words.")},
    )


class ProposeForm(forms.Form):
    """A word for a concept."""

    concept = forms.ChoiceField(label=_("Theme"), error_messages=_CHOOSE)
    language = forms.ChoiceField(label=_("Language of the word"), error_messages=_CHOOSE)
    text = forms.CharField(
        label=_("Word or words"),
        help_text=_("As people say or write it. Two or three words are better than one."),
        max_length=LONGEST_TEXT,
        widget=forms.TextInput(attrs={"maxlength": None}),
        error_messages={
            "required": _("Please write the word."),
            "max_length": _("This is too long. Please write at most 120 characters."),
        },
    )
    kind = forms.ChoiceField(
        label=_("What is it?"),
        choices=Proposal.Kind.choices,
        initial=Proposal.Kind.SYNONYM,
        widget=forms.RadioSelect,
        error_messages=_CHOOSE,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        reader = get_language() or "ru"
        choices: list[tuple[str, Any]] = [("", "–")]
        for top in queries.tops():
            below = [(each, thesaurus.label(each, reader)) for each in thesaurus.with_narrower(top.id)]
            choices.append((thesaurus.label(top.id, reader), below))
        languages = [("", "–"), *((code, queries.LANGUAGE_NAMES[code]) for code in turtle.LANGUAGES)]
        for name, offered in (("concept", choices), ("language", languages)):
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)  # noqa: S101  # tells the type checker what was declared above
            field.choices = offered

    def clean(self) -> dict[str, Any]:
        found = super().clean() or {}
        text, language = found.get("text", ""), found.get("language", "")
        if text and not any(character.isalpha() for character in text):
            self.add_error("text", _("There is no letter in it. Please write a word."))
        elif text and language and found.get("kind") == Proposal.Kind.LABEL and not editing.in_its_script(text, language):
            self.add_error("text", _("This name is not in the letters of the language that you chose."))
        return found
