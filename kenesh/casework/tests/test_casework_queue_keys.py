"""The keys of the queue in a browser, and what axe finds on its pages."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from kenesh.appeals import actions as appeals
from kenesh.appeals import drafts
from kenesh.appeals.models import Appeal
from kenesh.casework import actions
from kenesh.casework.models import Case
from kenesh.cast import PASSWORD
from kenesh.people import sign_in
from kenesh.people.keyring import Keyring

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def cases(office: Any, aigul: Any) -> list[Case]:
    """Two cases, the first of somebody in danger, and one new appeal."""
    ring = Keyring(aigul, sign_in.check(aigul.email, PASSWORD).secret)
    made = []
    for number in range(3):
        draft = drafts.new()
        draft.answers = {"theme": "pay", "danger": "no" if number else "yes", "danger_where": "Миасс", "consents": ["a"]}
        assert appeals.file_appeal(draft=draft, office=office, language="ru")
        if number < 2:
            made.append(actions.open_from_appeal(keyring=ring, appeal=Appeal.objects.order_by("-id")[:1].get()))
    Case.objects.update(assignee=None)
    return made


def enter(page: Any, client: Client, base: str) -> None:
    page.context.add_cookies([{"name": name, "value": morsel.value, "url": base} for name, morsel in client.cookies.items()])


def test_the_queue_is_worked_by_keys_and_has_no_barriers(
    cases: list[Case],
    aigul: Any,
    signed_in: Any,
    live_server: Any,
    open_page: Callable[..., Any],
    barriers: Callable[..., list[str]],
) -> None:
    client = signed_in(aigul)
    page = open_page()
    enter(page, client, live_server.url)
    page.goto(f"{live_server.url}/work/queue/?show=open")
    assert barriers(page) == []
    page.keyboard.press("j")
    assert cases[0].code in page.evaluate("document.activeElement.closest('tr').innerText")
    page.keyboard.press("j")
    assert cases[1].code in page.evaluate("document.activeElement.closest('tr').innerText")
    page.keyboard.press("x")
    assert page.locator("[name=rows]:checked").count() == 1
    page.keyboard.press("?")
    assert page.locator("dialog[open] #keys").count() == 1
    # Not contrast: what lies behind the dialog is dimmed by the browser, and nobody can read or reach it there.
    assert barriers(page, only=["aria-dialog-name", "button-name", "heading-order", "scrollable-region-focusable"]) == []
    page.keyboard.press("Escape")
    page.locator("tr[data-row] th a").nth(1).focus()
    page.keyboard.press("h")
    assert page.evaluate("document.activeElement.name") == "until"
    page.fill("[name=reason]", "")
    page.locator("[name=reason]").focus()
    page.keyboard.type("jx?")
    assert page.input_value("[name=reason]") == "jx?"
    page.locator("tr[data-row] th a").nth(1).focus()
    with page.expect_navigation():
        page.keyboard.press("a")
    assert list(Case.objects.order_by("id").values_list("assignee__name", flat=True)) == [None, "Aigul"]
    with page.expect_navigation():
        page.locator("body").dispatch_event("keydown", {"key": "г", "code": "KeyU"})  # U of a Russian keyboard
    assert set(Case.objects.values_list("assignee", flat=True)) == {None}
    page.goto(f"{live_server.url}/work/queue/")
    page.keyboard.press("j")
    with page.expect_navigation():
        page.keyboard.press("1")
    assert Case.objects.count() == 3
    for path in ("/work/urgent/", f"/work/cases/{cases[0].code}/alarm/"):
        page.goto(live_server.url + path)
        assert barriers(page) == []


def test_without_scripts_and_on_a_phone_the_queue_works_too(
    cases: list[Case], aigul: Any, signed_in: Any, live_server: Any, open_page: Callable[..., Any]
) -> None:
    client = signed_in(aigul)
    page = open_page(width=360, scripts=False)
    enter(page, client, live_server.url)
    page.goto(f"{live_server.url}/work/queue/?show=open")
    page.locator("[name=rows]").first.check()
    page.locator("button[value=assign]").click()
    assert Case.objects.get(pk=cases[0].pk).assignee == aigul
    page.locator("form.notice button").click()
    assert Case.objects.get(pk=cases[0].pk).assignee is None
    assert page.locator("#keys").is_visible()
    for path in ("/work/queue/?show=open", "/work/urgent/", f"/work/cases/{cases[0].code}/alarm/"):
        page.goto(live_server.url + path)
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), path
