"""Reading of documents: what a press release, minutes or a UN paper says, found for a person to confirm.

`read_document(data, source)` gives a Reading; `Reading.as_json()` is described in docs/reading.schema.json. No Django here:
`kenesh read` starts without a database.
"""

from __future__ import annotations

from kenesh.library.formats.extracted import CannotRead
from kenesh.library.reading.reader import (
    DEEPEST_MAIL,
    TOO_DEEP,
    Reading,
    Unread,
    attachments,
    read_anew,
    read_document,
    read_documents,
)

__all__ = [
    "DEEPEST_MAIL",
    "TOO_DEEP",
    "CannotRead",
    "Reading",
    "Unread",
    "attachments",
    "read_anew",
    "read_document",
    "read_documents",
]
