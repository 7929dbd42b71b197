"""What a reader asks for: words, and to what the results are narrowed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from kenesh.search.findable import names_of_bodies, rooms
from kenesh.search.queries import Offer, Within
from kenesh.themes import countries
from kenesh.themes.languages import OWN_NAME

_WRONG = {"invalid_choice": _("Choose from the list.")}
LONGEST = 200
_FIRST_YEAR = 1948  # of the Universal Declaration; to ask the index for its first would read all of it


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

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._offered: dict[str, int] = {}
        # What a link asks for is taken whether it is among the best or not; what is no value at all is none.
        for name in self.fields:
            asked = str(self.data.get(name, ""))
            self._choose_from(name, _labels(name, [asked] if asked else []))

    def offer(self, offered: Mapping[str, Offer]) -> None:
        """Lets a reader choose among what was found. Where more was found than was counted, also what may be among the rest; then no
        number is told, because it would be too small."""
        for name, each in offered.items():
            asked = str(self.cleaned_data.get(name, "")) if hasattr(self, "cleaned_data") else ""
            values = dict.fromkeys([*each.counts, *(_perhaps(name, each.counts) if each.cut else ()), *filter(None, [asked])])
            labels = _labels(name, list(values))
            self._offered[name] = len(labels)
            numbered = [
                (value, f"{label} ({each.counts[value]})" if value in each.counts and not each.cut else label)
                for value, label in labels
            ]
            self._choose_from(name, numbered)

    def _choose_from(self, name: str, choices: Iterable[tuple[str, str]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101  # declared above, told to the type checker
        field.choices = [("", _("All")), *choices]

    @property
    def offers_something(self) -> bool:
        """Whether any of them has two values to choose from."""
        return max(self._offered.values(), default=0) > 1

    def within(self) -> Within:
        """What was chosen; a choice that is not on the list counts as none, and its field says so."""
        self.is_valid()
        chosen = {name: self.cleaned_data.get(name, "") for name in self.fields}
        return Within(**{**chosen, "year": int(chosen["year"] or 0)})


def _labels(name: str, values: list[str]) -> list[tuple[str, str]]:
    """Those of the values that there are, as a reader calls them, in her order."""
    reader = (get_language() or "en").split("-")[0]
    if name == "kind":
        return [(kind, str(room.label)) for kind, room in rooms().items() if kind in values]
    if name == "country":
        known = [code for code in values if countries.is_code(code)]
        return countries.in_alphabetical_order(((code, countries.country_name(code, reader)) for code in known), reader)
    if name == "year":
        years = [value for value in values if value.isascii() and value.isdecimal() and len(value) == 4]
        return [(value, value) for value in sorted(years, reverse=True)]
    if name == "language":
        return [(code, own) for code, own in OWN_NAME.items() if code in values]
    return sorted(names_of_bodies(values).items(), key=lambda pair: pair[1])


def _perhaps(name: str, found: Mapping[str, int]) -> Iterable[str]:
    """Values that may be among results that were not counted."""
    if name == "kind":
        return rooms()
    if name == "language":
        return OWN_NAME
    if name == "country":
        return (code for code, _name in countries.country_list("en"))
    if name == "year":
        years = [_FIRST_YEAR, timezone.localdate().year, *map(int, found)]
        return map(str, range(min(years), max(years) + 1))
    return ()
