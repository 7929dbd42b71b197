"""Who and what the tests of this folder begin with."""

from __future__ import annotations

from typing import Any

import pytest

from kenesh.appeals import actions as appeals
from kenesh.appeals import drafts
from kenesh.appeals.models import Appeal
from kenesh.casework import actions
from kenesh.casework.models import Case
from kenesh.casework.tests.referrals.handing import ANSWERS, keyring


@pytest.fixture
def filed(office: Any, aigul: Any) -> str:
    draft = drafts.new()
    draft.answers = dict(ANSWERS)
    assert appeals.file_appeal(draft=draft, office=office, language="ru")
    return draft.receipt


@pytest.fixture
def case(filed: str, aigul: Any) -> Case:
    return actions.open_from_appeal(keyring=keyring(aigul), appeal=Appeal.objects.get())
