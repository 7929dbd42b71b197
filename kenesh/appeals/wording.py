"""Answers of the form in words: the questions as they were asked, the answers as they were chosen."""

from __future__ import annotations

from typing import Any

from django import forms
from django.forms import BoundField

from kenesh.appeals.forms import AnswerForm, DangerForm, StepForm, WhatForm, WhereForm, WhoForm, WrittenDownForm
from kenesh.appeals.opening import Answers
from kenesh.people.queries import offices_that_take_appeals


def answer_in_words(field: BoundField, value: Any) -> str:
    """The chosen answers in the active language, one on a line, or the text itself; "" for what was left open."""
    if value in (None, "", []):
        return ""
    if isinstance(field.field, forms.ChoiceField):  # also the one for several answers
        labels = {str(code): str(label) for code, label in field.field.choices}  # type: ignore[union-attr, misc]  # ours are flat lists
        chosen = value if isinstance(value, list) else [value]
        return "\n".join(labels.get(str(code), str(code)) for code in chosen)
    return str(value)


def answers_in_words(answers: Answers) -> list[tuple[str, str]]:
    """Every question that was answered, with the answer, in the active language."""
    written_down = "channel" in answers  # by an office, which asks everything on one screen
    danger = answers.get("danger") == "yes" and not written_down
    kinds: list[type[StepForm]] = [WhatForm, DangerForm] if danger else [WhatForm, WhereForm, WhoForm]
    if written_down:
        kinds = [WrittenDownForm, WhatForm, DangerForm, WhereForm, WhoForm]
    forms_in_order: list[StepForm] = [kind() for kind in kinds]
    forms_in_order.append(AnswerForm(offices=offices_that_take_appeals()))
    named: dict[str, tuple[str, str]] = {}
    for form in forms_in_order:
        for field in form:
            named.setdefault(field.name, (str(field.label), answer_in_words(field, answers.get(field.name))))
    return [row for row in named.values() if row[1]]
