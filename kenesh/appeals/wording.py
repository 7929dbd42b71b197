"""Answers of the form in words: the questions as they were asked, the answers as they were chosen."""

from __future__ import annotations

from typing import Any

from django import forms
from django.forms import BoundField

from kenesh.appeals.forms import OnePageForm, StepForm, WrittenDownForm
from kenesh.appeals.opening import Answers
from kenesh.people.queries import offices_that_take_appeals


def answer_in_words(field: BoundField, value: Any) -> str:
    """The chosen answers in the active language, one on a line, or the text itself; "" for what was left open."""
    return in_words(field.field, value)


def in_words(field: forms.Field, value: Any) -> str:
    """The same for a question of a form that is not shown."""
    if value in (None, "", []):
        return ""
    if isinstance(field, forms.ChoiceField):  # also the one for several answers
        labels = {str(code): str(label) for code, label in field.choices}  # type: ignore[union-attr, misc]  # ours are flat lists
        chosen = value if isinstance(value, list) else [value]
        return "\n".join(labels.get(str(code), str(code)) for code in chosen)
    return str(value)


def answers_in_words(answers: Answers) -> list[tuple[str, str]]:
    """Every question that was answered, with the answer, in the active language."""
    kinds: list[StepForm] = [WrittenDownForm()] if "channel" in answers else []  # by an office
    kinds.append(OnePageForm(offices=offices_that_take_appeals()))
    named: dict[str, tuple[str, str]] = {}
    for form in kinds:
        for name, field in form.fields.items():
            named.setdefault(name, (str(field.label), in_words(field, answers.get(name))))
    return [row for row in named.values() if row[1]]
