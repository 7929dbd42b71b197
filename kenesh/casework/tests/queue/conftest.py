"""Who and what the tests of this folder begin with."""

from __future__ import annotations

from typing import Any

import pytest

from kenesh.casework.tests.queue.rows import keyring
from kenesh.people.models import Role


@pytest.fixture
def zarina(office: Any, aigul: Any, make_account: Any) -> Any:
    """A colleague of Aigul's with the key of the office."""
    from kenesh.people import actions as people
    from kenesh.people.queries import fingerprint_of

    user = make_account("Zarina", Role.CASEWORKER, organisation=office).user
    people.admit(organisation=office, colleague=user, fingerprint=fingerprint_of(user), keyring=keyring(aigul))
    return user
