"""What the library tells the areas above."""

from django.dispatch import Signal

document_imported = Signal()
"""Sent inside the transaction of the import, with `document`: a new one, never one that was known already."""
