"""Figures in words."""

from __future__ import annotations

from decimal import Decimal

from django import template

from kenesh.casework.statistics import document
from kenesh.casework.statistics.report import Line

register = template.Library()


@register.filter
def figure(value: int | Decimal | None) -> str:
    return document.number(value)


@register.filter
def unit(line: Line) -> str:
    return document.unit(line)
