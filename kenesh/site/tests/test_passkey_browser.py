"""A passkey in a real browser: set up before anything opens, asked for at the next sign-in."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page

from kenesh.cast import PASSWORD
from kenesh.people.models import Factor, FactorKind


def give_password(page: Page, base: str, user: Any) -> None:
    page.goto(f"{base}/work/sign-in/")
    page.fill('[name="email"]', user.email)
    page.fill('[name="password"]', PASSWORD)
    page.locator("main form.card .actions button").first.click()


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_a_passkey_is_set_up_and_asked_for(
    open_page: Callable[..., Page], live_server: Any, barriers: Any, aigul: Any, settings: Any
) -> None:
    base = live_server.url.replace("127.0.0.1", "localhost")
    settings.ADDRESS = base
    page = open_page(width=360, scripts=True)
    devtools = page.context.new_cdp_session(page)
    devtools.send("WebAuthn.enable")
    options = {"protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True}
    devtools.send("WebAuthn.addVirtualAuthenticator", {"options": {**options, "isUserVerified": True}})
    give_password(page, base, aigul)
    page.wait_for_url("**/sign-in/set-up/**")
    assert barriers(page) == []
    page.locator("[data-passkey] button").click()
    page.wait_for_url("**/account/factors/codes/**")
    assert Factor.objects.get(user=aigul).kind == FactorKind.PASSKEY
    assert barriers(page) == []
    page.locator("main form button").click()
    page.wait_for_url("**/work/")
    page.goto(f"{base}/work/account/factors/")
    assert barriers(page) == []
    page.locator("header form button").last.click()
    give_password(page, base, aigul)
    page.wait_for_url("**/second-step/**")
    assert barriers(page) == []
    page.locator("[data-passkey] button").click()
    page.wait_for_url("**/work/")
    assert Factor.objects.get(user=aigul).used_on is not None
