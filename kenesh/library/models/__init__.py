"""Documents of the library, what a person confirmed of them, and the files on their way in."""

from kenesh.library.models.batches import Batch, Incoming
from kenesh.library.models.checking import Confirmation, FieldCount, Figure, Question
from kenesh.library.models.documents import Document, DocumentBand, DocumentCountry, DocumentQuerySet, DocumentTheme

__all__ = [
    "Batch",
    "Confirmation",
    "Document",
    "DocumentBand",
    "DocumentCountry",
    "DocumentQuerySet",
    "DocumentTheme",
    "FieldCount",
    "Figure",
    "Incoming",
    "Question",
]
