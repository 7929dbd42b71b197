"""What can be done in the library. Each act is atomic and leaves its entry in the trail.

AlreadyDecided   somebody decided on this finding before
NoSuchFinding    the reading has no such finding
NotNow           what was asked cannot be done in this state
"""

from kenesh.library.actions.checking import (
    accept_finding,
    accept_sure,
    add_finding,
    reject_finding,
    reject_rest,
    undo_all,
    undo_decision,
)
from kenesh.library.actions.importing import Imported, Report, import_document, import_paths
from kenesh.library.actions.refusals import AlreadyDecided, NoSuchFinding, NotNow

__all__ = [
    "AlreadyDecided",
    "Imported",
    "NoSuchFinding",
    "NotNow",
    "Report",
    "accept_finding",
    "accept_sure",
    "add_finding",
    "import_document",
    "import_paths",
    "reject_finding",
    "reject_rest",
    "undo_all",
    "undo_decision",
]
