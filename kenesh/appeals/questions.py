"""Simple questions for whoever sends without JavaScript in a flood. The answers are numbers, and are on no page."""

from __future__ import annotations

import secrets
import unicodedata

from django.utils.translation import gettext_lazy as _

QUESTIONS = (
    (_("How many days are there in a week?"), 7),
    (_("How many months are there in a year?"), 12),
    (_("How many hours are there in a day and a night?"), 24),
    (_("How many minutes are there in an hour?"), 60),
    (_("How many fingers are there on one hand?"), 5),
    (_("How many legs does a horse have?"), 4),
    (_("How many eyes does a person have?"), 2),
    (_("Which number comes after nine?"), 10),
    (_("Which number comes before nine?"), 8),
    (_("How much is three and six together?"), 9),
    (_("How much is two times three?"), 6),
    (_("How much is ten less seven?"), 3),
    (_("How much is ten and ten together?"), 20),
    (_("You have five apples and give away four. How many are left?"), 1),
)
LONGEST = 40


def another(but: int | None = None) -> int:
    """The number of a question, at random; never `but`."""
    return secrets.choice([number for number in range(len(QUESTIONS)) if number != but])


def text_of(number: int) -> str:
    return str(QUESTIONS[number][0])


def is_right(number: int, answer: str) -> bool:
    """Whether this answers it: the number in the digits of any script, whatever stands around it."""
    digits = [str(unicodedata.digit(c)) for c in answer[:LONGEST] if unicodedata.digit(c, None) is not None]
    return "".join(digits) == str(QUESTIONS[number][1])
