"""Answers to choose from, and fields of the forms, with error messages of our own in every language."""

from __future__ import annotations

import functools
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any, TypeAlias

from django import forms
from django.utils.choices import BaseChoiceIterator
from django.utils.translation import gettext_lazy as _

from kenesh.appeals.contact import CALL_ME
from kenesh.themes import countries, thesaurus

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

Words: TypeAlias = "str | _StrPromise"
Choices = list[tuple[str, Words]]

STORY_LONGEST = 8000
OWN_WORDS = "own-words"
YES, NO, UNKNOWN = "yes", "no", "unknown"
YES_NO_UNKNOWN: Choices = [(YES, _("Yes")), (NO, _("No")), (UNKNOWN, _("I do not know"))]
CHOOSE_ONE = _("Please choose one of the answers of the list.")
RATHER_NOT: tuple[str, Words] = ("", _("I do not know or would rather not say"))

# Ways in, as offices count them.
CHANNELS: dict[str, Words] = {
    "phone": _("Phone call"),
    "walk-in": _("Came to the office"),
    "messenger": _("Messenger"),
    "outreach": _("Outreach visit"),
    "letter": _("Letter or e-mail"),
}

ICONS = {
    "pay": "pay",
    "contract-conditions": "contract",
    "safety-accident": "accident",
    "documents-stay": "documents",
    "bans-expulsion": "ban",
    "detention-police": "police",
    "recruitment-fraud-group": "fraud",
    "exploitation": "exploitation",
    "discrimination-group": "discrimination",
    "health-social": "health",
    "family-children": "family",
    "death-repatriation": "death",
    "status-citizenship": "citizenship",
    "housing-money": "housing",
    "return-reintegration": "return",
    "before-departure": "departure",
    OWN_WORDS: "talk",
    CALL_ME: "call",
}


# What each top concept means to somebody to whom it happened.
IN_PLAIN_WORDS: dict[str, Words] = {
    "pay": _("I am not paid, or paid too little"),
    "documents-stay": _("Passport, registration, patent, papers"),
    "bans-expulsion": _("Entry ban, expulsion, “controlled persons” list"),
    "detention-police": _("Police: held, checked, beaten, asked for money"),
    "contract-conditions": _("No contract, dismissed, hard conditions"),
    "safety-accident": _("Injury or danger at work"),
    "recruitment-fraud-group": _("Cheated when looking for work"),
    "exploitation": _("Forced to work, locked in, violence"),
    "family-children": _("Children, school, family, a missing relative"),
    "health-social": _("Illness, hospital, pregnancy, benefits"),
    "housing-money": _("Housing, debts, blocked bank card"),
    "discrimination-group": _("Insulted, attacked or turned away as a foreigner"),
    "death-repatriation": _("Somebody has died: bringing the body home"),
    "status-citizenship": _("Citizenship, asylum, the consulate"),
    "return-reintegration": _("I want to go home, or have just come home"),
    "before-departure": _("I want to go abroad: questions before leaving"),
}


class Listed(BaseChoiceIterator):
    """Flat choices that nobody changes in place: Django would copy and check each of them for every form that it makes."""

    def __init__(self, choices: Iterable[tuple[str, Words]]) -> None:
        self._choices = tuple(choices)

    def __iter__(self) -> Iterator[tuple[str, Words]]:
        return iter(self._choices)

    def __copy__(self) -> Listed:
        return self

    def __deepcopy__(self, memo: object) -> Listed:
        return self


def story_field(label: Words, hint: Words = "", rows: int = 6) -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=hint,
        required=False,
        max_length=STORY_LONGEST,
        # The browser keeps and sends nothing of it (a documented exception to WCAG 1.3.5).
        widget=forms.Textarea(attrs={"rows": rows, "autocomplete": "off", "spellcheck": "false", "maxlength": None}),
        error_messages={
            "max_length": _(
                "This text is too long. Please shorten it to 8,000 characters. You can send the rest as a message later."
            )
        },
    )


def short_field(label: Words, hint: Words = "", **attrs: str) -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=hint,
        required=False,
        max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false", "maxlength": None, **attrs}),
        error_messages={"max_length": _("This answer is too long. Please shorten it to 200 characters.")},
    )


def one_of(label: Words, choices: Choices, hint: Words = "", **more: Any) -> forms.ChoiceField:
    return forms.ChoiceField(
        label=label,
        help_text=hint,
        required=False,
        choices=Listed(choices),
        widget=more.pop("widget", forms.RadioSelect),
        error_messages={"invalid_choice": CHOOSE_ONE},
        **more,
    )


def time_field(label: Words) -> forms.RegexField:
    """A time of day, kept as "20:30"."""
    return forms.RegexField(
        r"^([01]\d|2[0-3]):[0-5]\d$",
        label=label,
        required=False,
        widget=forms.TextInput(attrs={"type": "time", "autocomplete": "off"}),
        error_messages={"invalid": _("Please write the time like this: 20:30.")},
    )


def several_of(label: Words, choices: Choices, hint: Words = "") -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(
        label=label,
        help_text=hint,
        required=False,
        choices=Listed(choices),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": CHOOSE_ONE},
    )


def as_select(form: forms.Form, name: str) -> None:
    """A choice as a list to open. What nobody touches stays unanswered: a browser would take the first line for the answer."""
    field = form.fields[name]
    assert isinstance(field, forms.ChoiceField)  # noqa: S101  # tells the type checker what was declared above
    choices = list(field.choices)  # type: ignore[arg-type]  # ours are flat lists
    field.widget = forms.Select()
    blank = [choice for choice in choices if choice[0] == ""] or [("", "–")]
    field.choices = [*blank, *(choice for choice in choices if choice[0] != "")]


def set_choices(form: forms.Form, name: str, choices: Choices | Listed) -> None:
    """Choices that depend on the language or on the node."""
    field = form.fields[name]
    assert isinstance(field, forms.ChoiceField)  # noqa: S101  # tells the type checker what was declared above
    field.choices = choices if isinstance(choices, Listed) else Listed(choices)


@functools.cache
def theme_choices(language: str) -> Listed:
    """Top concepts of the intake, then own words and a call: somebody who cannot write is served too."""
    themes: Choices = [
        (concept.id, IN_PLAIN_WORDS.get(concept.id) or thesaurus.label(concept.id, language))
        for concept in thesaurus.intake_concepts()
    ]
    return Listed([*themes, (OWN_WORDS, _("Something else, in my own words")), (CALL_ME, _("I cannot write. Call me."))])


@functools.cache
def country_choices(codes: tuple[str, ...], language: str) -> Listed:
    named = [(code, name) for code, name in countries.country_list(language) if code in codes]
    return Listed([RATHER_NOT, *named, ("other", _("Another country"))])
