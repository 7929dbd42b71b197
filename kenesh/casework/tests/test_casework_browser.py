"""An operator's day without a mouse, and a file that survives a broken connection: in Chromium."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest

from kenesh.appeals import actions as appeals
from kenesh.appeals import drafts
from kenesh.appeals.models import Appeal
from kenesh.appeals.opening import open_several
from kenesh.casework import actions
from kenesh.casework.models import Case, CaseFile, Contact
from kenesh.casework.opening import open_case
from kenesh.cast import PASSWORD
from kenesh.people import sign_in
from kenesh.people.keyring import Keyring

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


class Keyboard:
    """Presses keys of a page and counts them; nothing is ever clicked."""

    def __init__(self, page: Any) -> None:
        self.page, self.pressed = page, 0

    def press(self, *keys: str) -> None:
        for key in keys:
            self.page.keyboard.press(key)
            self.pressed += 1

    def tab_to(self, name: str) -> None:
        for _ in range(80):
            self.press("Tab")
            if self.page.evaluate("document.activeElement.name") == name:
                return
        raise AssertionError(name)


@pytest.fixture
def work(aigul: Any, signed_in: Any, live_server: Any, open_page: Callable[..., Any]) -> Callable[[str], Any]:
    """`work("/work/intake/")`: the page as Aigul sees it."""
    client, page = signed_in(aigul, language="en"), open_page()
    cookies = [{"name": name, "value": morsel.value, "url": live_server.url} for name, morsel in client.cookies.items()]
    page.context.add_cookies(cookies)

    def go(path: str) -> Any:
        page.goto(live_server.url + path)
        return page

    return go


def test_an_operator_writes_a_call_down_with_the_keyboard_alone(work: Callable[[str], Any], aigul: Any) -> None:
    page = work("/work/intake/")
    keys = Keyboard(page)
    keys.tab_to("theme")
    keys.press("i")  # “I am not paid…”, the first that begins so
    keys.tab_to("story")
    page.keyboard.type("Two months without pay")
    keys.press("Enter")  # in a long text: a new line, and nothing is sent
    page.keyboard.type("in Miass.")
    keys.tab_to("where_country")
    page.keyboard.type("Rus")
    keys.tab_to("consents")  # the first, to work on the case, is ticked already
    keys.press("Tab", "Space")
    keys.tab_to("open_case")
    with page.expect_navigation():
        keys.press("Enter")
    assert re.search(r"(\d{4}\s+){4}\d{4}", page.inner_text("main"))
    appeal = Appeal.objects.get()
    assert (appeal.theme, appeal.destination) == ("pay", "RU")
    ring = Keyring(aigul, sign_in.check(aigul.email, PASSWORD).secret)
    answers = open_several([appeal], ring)[appeal.pk].answers()
    assert answers["story"].splitlines() == ["Two months without pay", "in Miass."]
    assert len(answers["consents"]) == 2
    assert Case.objects.count() == 1


def test_a_contact_is_logged_with_few_keys(work: Callable[[str], Any]) -> None:
    page = work("/work/contacts/")
    keys = Keyboard(page)
    keys.press("1", "2")  # the twelfth theme
    assert page.evaluate("document.activeElement.name") == "theme"
    chosen = page.evaluate("document.activeElement.value")
    for _question in ("channel", "result", "minutes", "sex"):
        keys.press("Tab", "ArrowDown")
    with page.expect_navigation():
        keys.press("Enter")
    contact = Contact.objects.get()
    assert contact.theme == chosen
    assert keys.pressed == 11


def test_a_file_goes_on_after_a_broken_connection_and_arrives_once(work: Callable[[str], Any], aigul: Any, office: Any) -> None:
    draft = drafts.new()
    draft.answers = {"theme": "pay", "danger": "no", "consents": ["a"]}
    assert appeals.file_appeal(draft=draft, office=office, language="ru")
    ring = Keyring(aigul, sign_in.check(aigul.email, PASSWORD).secret)
    case = actions.open_from_appeal(keyring=ring, appeal=Appeal.objects.get())
    page = work(f"/work/cases/{case.code}/files/")
    page.clock.install()
    asked: list[int] = []

    def once_broken(route: Any) -> None:
        asked.append(len(route.request.post_data_buffer or b""))
        route.abort() if len(asked) == 3 else route.continue_()

    page.route("**/files/piece/", once_broken)
    content = b"Salam, " * 100_000
    page.set_input_files("[name$=file]", {"name": "a.txt", "mimeType": "text/plain", "buffer": content})
    page.click("form[data-pieces] button")
    page.locator("form[data-pieces] [role=status]", has_text="The connection is broken").wait_for()
    page.clock.fast_forward(3000)
    page.wait_for_selector("main ul.list li")
    assert "a.txt" in page.inner_text("main ul.list")
    row = CaseFile.objects.get()
    assert len(asked) == 6  # what is there, a piece, the broken one; what is there, the second and the third piece
    opened = open_case(Case.objects.get(), ring).open(row)
    assert opened.body["size"] == len(content)
