"""The page that staff see first says what waits for them."""

from __future__ import annotations

from typing import Any

import pytest

pytestmark = pytest.mark.django_db


def test_a_caseworker_sees_what_waits_in_the_queue(world: Any, aigul: Any, signed_in: Any) -> None:
    page = signed_in(aigul, language="en").get("/work/").content.decode()
    assert "New appeals" in page
    assert "1 with a deadline that has passed" in page


def test_a_secretary_sees_the_meeting_under_way_and_no_cases(world: Any, chynara: Any, signed_in: Any) -> None:
    page = signed_in(chynara, language="en").get("/work/").content.decode()
    assert "Council session" in page
    assert "New appeals" not in page


def test_somebody_without_a_role_is_told_whom_to_ask(eve: Any, signed_in: Any) -> None:
    assert "You have no duties here yet" in signed_in(eve, language="en").get("/work/").content.decode()
