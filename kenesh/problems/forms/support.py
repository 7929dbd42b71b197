"""What an organisation writes that sees a problem too, and what it has counted itself."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kenesh.people.forms.fields import day
from kenesh.people.models import Organisation, Publication
from kenesh.problems.actions import Counted
from kenesh.problems.forms.problems import TOO_LONG
from kenesh.problems.models import OwnTally, Support

_COUNTED = ("number", "unit", "since", "until", "source", "offered")


class SupportForm(forms.Form):
    """An organisation sees the problem too: said for one of the account's organisations."""

    words = forms.CharField(
        label=_("What do you see?"),
        help_text=_("No names of people."),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages=TOO_LONG,
    )
    publication = forms.ChoiceField(
        label=_("What may everybody see of this?"),
        choices=[
            (Publication.HIDDEN, _("Nothing: only the council knows")),
            (Publication.COUNTRY, _("Only the country of our organisation")),
            (Publication.ORGANISATION, _("The name of our organisation and these words")),
        ],
        widget=forms.RadioSelect,
        initial=Publication.HIDDEN,
        error_messages={"required": _("Choose what may be seen."), "invalid_choice": _("Choose one of the list.")},
    )

    number = forms.IntegerField(
        label=_("How many?"),
        min_value=1,
        max_value=10_000_000,
        required=False,
        error_messages={
            "invalid": _("Please write a whole number in digits."),
            "min_value": _("Please write a whole number in digits."),
            "max_value": _("Please write a whole number in digits."),
        },
    )
    unit = forms.ChoiceField(
        label=_("Of what"),
        choices=OwnTally.Unit.choices,
        required=False,
        error_messages={"invalid_choice": _("Choose one of the list.")},
    )
    since = day(_("First day"))
    until = day(_("Last day"))
    source = forms.CharField(
        label=_("Where have you counted?"),
        help_text=_("For example: own register, hotline. No names of people."),
        required=False,
        max_length=300,
        error_messages=TOO_LONG,
    )
    offered = forms.BooleanField(
        label=_("Everybody may see this count, with the name of our organisation"),
        help_text=_("The secretary decides when. Numbers below five are never shown."),
        required=False,
    )

    def __init__(self, *args: Any, organisations: Iterable[Organisation], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.organisations = {organisation.code: organisation for organisation in organisations}
        self.fields["organisation"] = forms.ChoiceField(
            label=_("Which organisation?"),
            choices=[(code, str(organisation)) for code, organisation in self.organisations.items()],
            widget=forms.RadioSelect,
            initial=next(iter(self.organisations), None),
            error_messages={"required": _("Choose an organisation."), "invalid_choice": _("Choose one of the list.")},
        )
        self.order_fields(["organisation", "words", "publication"])

    def asked(self) -> list[forms.BoundField]:
        """For the template: all but what was counted."""
        return [self[name] for name in self.fields if name not in _COUNTED]

    def asked_of_count(self) -> list[forms.BoundField]:
        return [self[name] for name in _COUNTED]

    def clean(self) -> dict[str, Any]:
        """A count is whole or not there."""
        said = super().clean() or self.cleaned_data
        if not self._counts():
            return said
        missing = {
            "number": _("Write how many."),
            "since": _("Choose a day."),
            "until": _("Choose a day."),
            "source": _("Say where you have counted, such as: own register, hotline."),
        }
        for name, words in missing.items():
            if not said.get(name) and name not in self.errors:
                self.add_error(name, words)
        since, until = said.get("since"), said.get("until")
        if since and until and since > until:
            self.add_error("until", _("This day is before the first one."))
        elif until and until > timezone.localdate():
            self.add_error("until", _("This day is still to come."))
        return said

    def _counts(self) -> bool:
        return any(self.data.get(self.add_prefix(name), "").strip() for name in ("number", "since", "until", "source"))

    def counted(self) -> Counted | None:
        """None when nothing was counted. Only after is_valid()."""
        said = {name: self.cleaned_data[name] for name in _COUNTED}
        return Counted(**said | {"unit": said["unit"] or OwnTally.Unit.PERSONS}) if self._counts() else None

    def chosen(self) -> Organisation:
        """Only after is_valid()."""
        return self.organisations[self.cleaned_data["organisation"]]


def initial_of_support(support: Support) -> dict[str, Any]:
    """What the organisation said before, so that it is not lost when it adds to it."""
    return {"words": support.words, "publication": support.publication}
