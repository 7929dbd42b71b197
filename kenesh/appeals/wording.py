"""Answers of the form in words: the questions as they were asked, the answers as they were chosen."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.forms import BoundField
from django.utils.translation import get_language

from kenesh.appeals.forms import Offices, OnePageForm, StepForm, WrittenDownForm
from kenesh.appeals.opening import Answers
from kenesh.people.queries import names_of_offices_that_take_appeals


@dataclass(frozen=True)
class Question:
    """A question in one language; `choices`: what its answers are called, None where people write in words of their own."""

    name: str
    label: str
    choices: Mapping[str, str] | None

    def in_words(self, value: Any) -> str:
        """The chosen answers, one on a line, or the text itself; "" for what was left open."""
        if value in (None, "", []):
            return ""
        if self.choices is None:
            return str(value)
        chosen = value if isinstance(value, list) else [value]
        return "\n".join(self.choices.get(str(code), str(code)) for code in chosen)


def answer_in_words(field: BoundField, value: Any) -> str:
    """The answer to a question of any form, in the active language."""
    return _question(field.name, field.field).in_words(value)


def answers_in_words(answers: Answers) -> list[tuple[str, str]]:
    """Every question that was answered, with the answer, in the active language."""
    left_out = () if "channel" in answers else WrittenDownForm.base_fields  # what an office alone asks
    asked = [each for each in questions().values() if each.name not in left_out]
    return [(each.label, words) for each in asked if (words := each.in_words(answers.get(each.name)))]


def questions() -> Mapping[str, Question]:
    """By its name, every question that this node asks, in the active language and in the order of the form."""
    return _questions(get_language() or "ru", Offices(names_of_offices_that_take_appeals()))


@functools.lru_cache(maxsize=64)  # a node has seven languages, and its list of offices changes seldom
def _questions(language: str, offices: Offices) -> Mapping[str, Question]:
    asked: list[StepForm] = [WrittenDownForm(), OnePageForm(offices=offices)]
    return {name: _question(name, field) for form in asked for name, field in form.fields.items()}


def _question(name: str, field: forms.Field) -> Question:
    choices = None
    if isinstance(field, forms.ChoiceField):  # also the one for several answers
        choices = {str(code): str(label) for code, label in field.choices}  # type: ignore[union-attr, misc]  # ours are flat lists
    return Question(name, str(field.label), choices)
