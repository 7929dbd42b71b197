"""Reading of documents: what a press release, minutes or a UN paper says, found for a person to confirm.

`read_document(data, source)` gives a Reading; `Reading.as_json()` is described in docs/reading.schema.json. No Django here:
`kenesh read` starts without a database.
"""

from __future__ import annotations

from kenesh.library.reading.decoding import CannotRead
from kenesh.library.reading.reader import Reading, read_document

__all__ = ["CannotRead", "Reading", "read_document"]
