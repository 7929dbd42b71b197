"""The pages of problems as a browser shows them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from kenesh.people.models import User
from kenesh.problems.models import Block, Problem

pytestmark = [pytest.mark.django_db, pytest.mark.browser]


def test_no_page_has_barriers_or_is_wider_than_a_phone(
    accepted: Problem,
    make_block: Callable[..., Block],
    chynara: User,
    signed_in: Callable[..., Client],
    open_page: Callable[..., Any],
    barriers: Callable[..., list[str]],
) -> None:
    make_block(6)
    make_block(12, concept="pay", period_months=3)
    client = signed_in(chynara)
    page = open_page(width=360)
    for path in (
        "/ru/problems/",
        f"/ru/problems/{accepted.code}/",
        "/work/problems/?status=accepted",
        "/work/problems/new/",
        f"/work/problems/{accepted.code}/",
    ):
        page.set_content(client.get(path).content.decode())
        assert (path, barriers(page)) == (path, [])
        assert page.evaluate("document.documentElement.scrollWidth") <= 360
