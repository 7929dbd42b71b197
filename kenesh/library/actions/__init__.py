"""What can be done in the library. Each act is atomic and leaves its entry in the trail.

AlreadyDecided   somebody decided on this finding before
NoSuchFinding    the reading has no such finding
NotNow           what was asked cannot be done in this state
"""

from kenesh.library.actions.batches import (
    MOST_FILES,
    Brought,
    batches_left_behind,
    bring,
    forget_stray_files,
    read_some,
    resume,
    stop,
)
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
from kenesh.library.actions.taking_out import put_back, take_out, take_out_batch
from kenesh.library.actions.versions import make_version, set_apart, undo_version

__all__ = [
    "MOST_FILES",
    "AlreadyDecided",
    "Brought",
    "Imported",
    "NoSuchFinding",
    "NotNow",
    "Report",
    "accept_finding",
    "accept_sure",
    "add_finding",
    "batches_left_behind",
    "bring",
    "forget_stray_files",
    "import_document",
    "import_paths",
    "make_version",
    "put_back",
    "read_some",
    "reject_finding",
    "reject_rest",
    "resume",
    "set_apart",
    "stop",
    "take_out",
    "take_out_batch",
    "undo_all",
    "undo_decision",
    "undo_version",
]
