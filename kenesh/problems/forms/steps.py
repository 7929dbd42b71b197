"""What stands beside a problem: figures with their source, and the way to another body."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kenesh.library.models import Document
from kenesh.people.forms.texts import InLanguages
from kenesh.people.models import Body
from kenesh.problems import queries
from kenesh.problems.actions import Figure
from kenesh.problems.forms.problems import DOCUMENT, TOO_LONG, Keyed
from kenesh.problems.models import Problem


class FigureForm(Keyed):
    """A figure with its source."""

    what = InLanguages(
        _("What does the figure tell?"), most=300, missing=_("Say what the figure tells in at least one language.")
    )
    value = forms.DecimalField(
        label=_("The figure"),
        max_digits=18,
        decimal_places=2,
        localize=True,
        error_messages={"required": _("Write the figure."), "invalid": _("Write a number, such as 1250 or 12.5.")},
    )
    unit = forms.CharField(
        label=_("Of what"), help_text=_("For example: persons, %, roubles a month."), max_length=60, required=False
    )
    source = forms.CharField(
        label=_("Where it comes from"),
        help_text=_("Who counted, and where it is published."),
        max_length=300,
        error_messages={"required": _("Say where the figure comes from.")},
    )
    year = forms.IntegerField(
        label=_("Year of which it tells"),
        min_value=1900,
        error_messages={"required": _("Write the year."), "invalid": _("Write a year such as 2025.")},
    )
    document = forms.CharField(
        label=_("Document in our library"), help_text=_("The address of its page."), max_length=300, required=False
    )

    def clean_year(self) -> int:
        """Raises ValidationError for a year to come."""
        year: int = self.cleaned_data["year"]
        if year > timezone.localdate().year:
            raise forms.ValidationError(_("This year is still to come."))
        return year

    def clean_document(self) -> Document | None:
        """Raises ValidationError for an address that leads to no document of the library."""
        said: str = self.cleaned_data["document"].strip()
        if not said:
            return None
        match = DOCUMENT.search(said)
        found = queries.documents_by_code([match[1]]) if match else {}
        if not found:
            raise forms.ValidationError(_("The library has no document at this address: %(line)s"), params={"line": said})
        return next(iter(found.values()))

    def figure(self) -> Figure:
        """Only after is_valid()."""
        said = self.cleaned_data
        return Figure(said["value"], said["unit"], said["what"], said["source"], said["year"], said["document"])


class EscalateForm(Keyed):
    """The body that is asked to take up a problem, and why."""

    why = forms.CharField(
        label=_("Why does it need that body?"),
        help_text=_("Its secretary reads this. Say what your council cannot do alone."),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": _("Write why."), **TOO_LONG},
    )

    def __init__(self, *args: Any, bodies: Iterable[Body], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.bodies = {body.code: body for body in bodies}
        self.fields["body"] = forms.ChoiceField(
            label=_("Which body do you ask?"),
            choices=[("", "—"), *((code, str(body)) for code, body in self.bodies.items())],
            error_messages={"required": _("Choose a body."), "invalid_choice": _("Choose one of the list.")},
        )
        self.order_fields(["body", "why"])

    def chosen(self) -> Body:
        """Only after is_valid()."""
        return self.bodies[self.cleaned_data["body"]]


class TakeUpForm(forms.Form):
    """As which problem a body takes up what another one asks."""

    def __init__(self, *args: Any, into: Iterable[Problem], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.into = {problem.code: problem for problem in into}
        self.fields["into"] = forms.ChoiceField(
            label=_("As which problem?"),
            choices=[("", _("A new one, with the same words")), *((code, str(one)) for code, one in self.into.items())],
            required=False,
            error_messages={"invalid_choice": _("Choose one of the list.")},
        )

    def chosen(self) -> Problem | None:
        """Only after is_valid()."""
        return self.into.get(self.cleaned_data["into"])


class DeclineForm(forms.Form):
    """Why a body does not take up what another one asks."""

    reason = forms.CharField(
        label=_("Why?"),
        help_text=_("The body that asks reads this. It is not shown to everybody."),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Write why."), **TOO_LONG},
    )
