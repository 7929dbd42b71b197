"""Every process that analyses texts uses the words that were confirmed, at most half a minute later, without a new start."""

from __future__ import annotations

import threading
import time

from django.db import DatabaseError, connection

from kenesh.themes import queries, thesaurus

EVERY = 30.0  # seconds


def refresh() -> None:
    """Lays the confirmed words over the thesaurus of this process now."""
    thesaurus.overlay(queries.confirmed_words())


def begin() -> None:
    """Does so from now on, in a thread of its own that ends with the process: no page waits for it."""
    threading.Thread(target=_follow, name="confirmed-words", daemon=True).start()


def _follow() -> None:
    while True:
        try:
            refresh()
        except DatabaseError:
            pass  # a database that is away for a moment: the words of before are used until the next look
        finally:
            connection.close()
        time.sleep(EVERY)
