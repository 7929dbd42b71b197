"""What the library tells its own tasks and the areas above."""

from django.dispatch import Signal

document_imported = Signal()
"""Sent inside the transaction of the import, with `document`: a new one, never one that was known already."""

batch_waits = Signal()
"""Sent inside the transaction in which files were brought or a batch was resumed, with `batch`: the worker may read them."""

file_read = Signal()
"""Sent inside the transaction that says so, with `file`, an Incoming, and the `document` that it became or that was known already."""
