"""What a reader asks for: words, and to what the results are narrowed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from django import forms
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from kenesh.search.findable import names_of_bodies, rooms
from kenesh.search.queries import Within
from kenesh.themes import countries
from kenesh.themes.languages import OWN_NAME

_WRONG = {"invalid_choice": _("Choose from the list.")}
LONGEST = 200


class Words(forms.Form):
    """The words, and their language where the reader corrects the one that was found out."""

    all_optional = True

    q = forms.CharField(
        label=_("What are you looking for?"),
        required=False,
        max_length=LONGEST,
        widget=forms.TextInput(attrs={"type": "search", "autocomplete": "off", "enterkeyhint": "search", "data-suggest": True}),
        error_messages={"max_length": _("Write at most %(limit_value)d characters: a few words find more than many.")},
    )
    q_language = forms.ChoiceField(
        label=_("The words are in"), required=False, choices=[("", ""), *OWN_NAME.items()], error_messages=_WRONG
    )

    def say_language(self, found: str) -> None:
        """The first choice names the language that was found out."""
        field = self.fields["q_language"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101  # declared above, told to the type checker
        named = OWN_NAME.get(found, "—")
        field.choices = [("", gettext("%(language)s (found out)") % {"language": named}), *OWN_NAME.items()]


class Narrowing(forms.Form):
    """Kind, country, year, language, body: each offers what was found, and how many of it."""

    all_optional = True

    kind = forms.ChoiceField(label=_("What it is"), required=False, error_messages=_WRONG)
    country = forms.ChoiceField(label=_("Country"), required=False, error_messages=_WRONG)
    year = forms.ChoiceField(label=_("Year"), required=False, error_messages=_WRONG)
    language = forms.ChoiceField(label=_("Language of the text"), required=False, error_messages=_WRONG)
    body = forms.ChoiceField(label=_("Council or other body"), required=False, error_messages=_WRONG)

    def __init__(self, *args: Any, counts: Mapping[str, Mapping[str, int]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        reader = (get_language() or "en").split("-")[0]
        naming: Mapping[str, Callable[[list[str]], Iterable[tuple[str, str]]]] = {
            "kind": lambda values: [(kind, str(room.label)) for kind, room in rooms().items() if kind in values],
            "country": lambda values: countries.in_alphabetical_order(
                ((code, countries.country_name(code, reader)) for code in values), reader
            ),
            "year": lambda values: [(value, value) for value in sorted(values, reverse=True)],
            "language": lambda values: [(code, name) for code, name in OWN_NAME.items() if code in values],
            "body": lambda values: sorted(names_of_bodies(values).items(), key=lambda pair: pair[1]),
        }
        self._offered = {name: len(counts.get(name, {})) for name in naming}
        for name, named in naming.items():
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)  # noqa: S101  # declared above, told to the type checker
            found = counts.get(name, {})
            field.choices = [("", _("All")), *((value, f"{label} ({found[value]})") for value, label in named(list(found)))]

    @property
    def offers_something(self) -> bool:
        """Whether any of them has two values to choose from."""
        return max(self._offered.values()) > 1

    def within(self) -> Within:
        """What was chosen; a choice that is not on the list counts as none, and its field says so."""
        self.is_valid()
        chosen = {name: self.cleaned_data.get(name, "") for name in self.fields}
        return Within(**{**chosen, "year": int(chosen["year"] or 0)})
