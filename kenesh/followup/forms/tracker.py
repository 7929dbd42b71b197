"""What a reader of the public list chooses; what an addressee says to its line on the scoreboard."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from kenesh.followup.models import SourceKind, Status
from kenesh.people.forms.texts import InLanguages
from kenesh.people.models import Body, Organisation
from kenesh.themes import thesaurus
from kenesh.themes.countries import country_name, in_alphabetical_order

Choices = list[tuple[str, str]]


class FilterForm(forms.Form):
    """The choices above the public list: only what is there can be chosen."""

    all_optional = True
    country = forms.ChoiceField(label=_("Country that is asked"), required=False)
    addressee = forms.ChoiceField(label=_("Who is asked"), required=False)
    theme = forms.ChoiceField(label=_("Theme"), required=False)
    body = forms.ChoiceField(label=_("Who asks"), required=False)
    source = forms.ChoiceField(label=_("Where it comes from"), required=False)
    status = forms.ChoiceField(label=_("What came of it"), required=False, choices=[("", _("Everything")), *Status.choices])

    def __init__(
        self,
        *args: Any,
        organisations: list[Organisation],
        bodies: list[Body],
        countries: list[str],
        themes: list[str],
        sources: list[str],
        **kwargs: Any,
    ) -> None:
        kwargs["auto_id"] = "filter_%s"
        super().__init__(*args, **kwargs)
        language = get_language() or "en"
        everybody = [("", _("Everybody"))]
        kinds = dict(SourceKind.choices)
        offered: dict[str, Any] = {
            "addressee": everybody + [(one.code, str(one)) for one in organisations],
            "body": everybody + [(one.code, str(one)) for one in bodies],
            "country": [("", _("All countries")), *_sorted(countries, country_name, language)],
            "theme": [("", _("All themes")), *_sorted(themes, thesaurus.label, language)],
            "source": [("", _("Everywhere")), *((one, kinds[one]) for one in kinds if one in sources)],
        }
        for name, choices in offered.items():
            self.fields[name].choices = choices  # type: ignore[attr-defined]


def _sorted(values: list[str], name_of: Any, language: str) -> Choices:
    return in_alphabetical_order(((value, name_of(value, language)) for value in values), language)


class WordsForm(forms.Form):
    """What an addressee wants printed under its line."""

    words = InLanguages(_("Words of the addressee"), most=1000, rows=4)


class FollowForm(forms.Form):
    """Where letters shall go."""

    email = forms.EmailField(
        label=_("Your e-mail address"),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        error_messages={
            "required": _("Write your e-mail address."),
            "invalid": _("This is no e-mail address. Look at it again."),
        },
    )
