"""The official's way and the public pages in a real browser, on a small screen."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest
from django.core import mail

from kenesh.followup import actions
from kenesh.followup.models import Recommendation, Response
from kenesh.people.models import User

if TYPE_CHECKING:
    from playwright.sync_api import Page
    from pytest_django.live_server_helper import LiveServer

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_an_official_answers_on_a_phone_without_scripts(
    live_server: LiveServer,
    open_page: Callable[..., Page],
    barriers: Callable[..., list[str]],
    recommend: Callable[..., Recommendation],
    chynara: User,
) -> None:
    row = recommend(public=True)
    token = actions.issue_answer_link(addressee=row.addressees.get(), by=chynara)
    page = open_page(width=360)
    found: dict[str, list[str]] = {}

    def check(name: str) -> None:
        found[name] = barriers(page)
        wide = page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth")
        found[name] += ["the page is wider than the screen"] if wide else []

    page.goto(f"{live_server.url}/en/answer/{token}/")
    check("link")
    page.get_by_role("button", name="Send me a code").click()
    check("code")
    digits = re.search(r"\d{4} \d{4}", mail.outbox[-1].body)
    assert digits
    page.get_by_label("Code from the e-mail").fill(digits[0])
    page.get_by_role("button", name="Continue").click()
    check("form")
    page.get_by_role("button", name="Continue").click()
    check("form with errors")
    page.get_by_label("We accept the recommendation").check()
    page.get_by_label("Your answer in your own words").fill("We open the register in May.")
    page.get_by_role("button", name="Continue").click()
    check("check")
    page.get_by_role("button", name="Send the answer").click()
    check("sent")
    response = Response.objects.get()
    assert page.get_by_text(response.code).is_visible()
    assert page.url == f"{live_server.url}/en/answer/sent/"
    actions.publish_response(response=response, by=chynara)
    for name, path in (("list", ""), ("page", f"{row.code}/")):
        page.goto(f"{live_server.url}/en/recommendations/{path}")
        check(name)
    assert {name: faults for name, faults in found.items() if faults} == {}
