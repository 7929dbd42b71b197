"""Who and what the tests of this folder begin with."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.test import override_settings

from kenesh.appeals import actions, drafts
from kenesh.appeals.tests.floods.crowd import ANSWERS, CROWD, RECEIPT, TURN, send, somebody


@pytest.fixture(autouse=True)
def _calm_is_one_a_minute() -> Iterator[None]:
    with override_settings(CALM_PER_MINUTE=1, PROOF_BITS=4, TURN_SECONDS=60):
        yield


@pytest.fixture
def flood(aigul: Any) -> None:
    """A crowd in one network has sent more than is usual."""
    assert [send(somebody(CROWD)) for _ in range(2)] == [RECEIPT, TURN]


@pytest.fixture
def digits(aigul: Any, office: Any) -> str:
    draft = drafts.new()
    draft.answers.update(ANSWERS)
    assert actions.file_appeal(draft=draft, office=office, language="ky")
    return draft.receipt
