"""Days left and sums in words."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from django import template
from django.utils import timezone

from kenesh.casework.limits import words

register = template.Library()


@register.filter
def days_left(day: date) -> str:
    return words.left(day, timezone.localdate())


@register.filter
def tone_of_day(day: date) -> str:
    return words.tone(day, timezone.localdate())


@register.filter
def money(value: Decimal | None) -> str:
    """Groups of three digits, kopecks only where there are some; "–" for none."""
    if value is None:
        return "–"
    whole, point, rest = f"{value:.2f}".partition(".")
    grouped = f"{int(whole):,}".replace(",", "\u00a0")
    return grouped if rest == "00" else f"{grouped}{point}{rest}"


@register.filter
def iso_day(text: str) -> str:
    """A day that is kept as text inside the seal, in words; "" for none."""
    return words.day(text) if text else ""
