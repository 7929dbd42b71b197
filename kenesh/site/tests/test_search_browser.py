"""In a browser: words are offered while somebody writes in the header, and chosen with the keyboard."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_an_offer_is_chosen_with_the_keyboard_and_leads_to_the_results(
    live_server: Any, page: Page, barriers: Callable[..., list[str]]
) -> None:
    page.set_viewport_size({"width": 1280, "height": 800})
    page.goto(f"{live_server.url}/en/themes/")
    box = page.get_by_role("combobox", name="Search")
    box.press_sequentially("unpaid w")
    offers = page.get_by_role("listbox", name="Search").get_by_role("option")
    offers.first.wait_for()
    assert (box.get_attribute("aria-expanded"), offers.first.inner_text()) == ("true", "Unpaid wages")
    assert barriers(page) == []
    box.press("ArrowDown")
    assert box.get_attribute("aria-activedescendant") == offers.first.get_attribute("id")
    box.press("Escape")
    assert box.get_attribute("aria-expanded") == "false"
    box.press("Backspace")
    offers.first.wait_for()
    box.press("ArrowDown")
    box.press("Enter")
    page.wait_for_url("**/en/search/?q=Unpaid+wages")
