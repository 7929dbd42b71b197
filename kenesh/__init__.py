"""Kenesh: from a migrant's appeal to a council's decision, a ministry's answer, and back."""

__version__ = "0.1.0"
