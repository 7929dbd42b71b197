"""Documents of the demonstration: events of the field in our own words, brought into the library as any other file."""

from __future__ import annotations

from pathlib import Path

from kenesh.library import actions
from kenesh.library.models import Document
from kenesh.people.models import User

FOLDER = Path(__file__).parent / "documents"


def bring_in(*, by: User) -> dict[str, Document]:
    """Documents by the names of their files without ending."""
    return {
        path.stem: actions.import_document(data=path.read_bytes(), source=path.name, by=by).document
        for path in sorted(FOLDER.glob("*.txt"))
    }
