"""The filter of the list of documents."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from kenesh.themes import countries, thesaurus
from kenesh.themes.languages import OWN_NAME

_WRONG = {"invalid_choice": _("Choose from the list.")}


class DocumentFilter(forms.Form):
    """Language, country and theme; only those that documents have are offered."""

    all_optional = True

    language = forms.ChoiceField(label=_("Language of the document"), required=False, error_messages=_WRONG)
    country = forms.ChoiceField(label=_("Country"), required=False, error_messages=_WRONG)
    theme = forms.ChoiceField(label=_("Theme"), required=False, error_messages=_WRONG)

    def __init__(self, *args: Any, offered: tuple[Iterable[str], Iterable[str], Iterable[str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        active = (get_language() or "en").split("-")[0]
        languages, codes, concepts = offered
        named = countries.in_alphabetical_order(((code, countries.country_name(code, active)) for code in codes), active)
        self._offer("language", [(code, OWN_NAME.get(code, code)) for code in languages])
        self._offer("country", named)
        self._offer("theme", [(concept, _indented(concept, active)) for concept in concepts])

    def _offer(self, name: str, choices: list[tuple[str, str]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101  # declared above, told to the type checker
        field.choices = [("", _("All")), *choices]

    def wanted(self) -> dict[str, str]:
        """What was chosen; a choice that is not on the list counts as none, and its field says so."""
        self.is_valid()
        return {name: self.cleaned_data.get(name, "") for name in self.fields}


def _indented(concept: str, language: str) -> str:
    label = thesaurus.label(concept, language)
    return f"– {label}" if thesaurus.parent_of(concept) else label
