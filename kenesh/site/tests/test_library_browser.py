"""In a browser: a document is brought in, checked with keys, its record shows the source, and the decision is taken back."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from django.conf import settings

from kenesh.library import actions, samples
from kenesh.library.models import Batch, Confirmation, Document
from kenesh.library.reader import Reader

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PRESS = Path(samples.__file__).parent / "press-release-ru.html"


@pytest.fixture
def signed_in_page(live_server: Any, page: Page, client: Any, chynara: Any) -> Page:
    """The secretary's browser, in English."""
    client.force_login(chynara)
    session = client.cookies[settings.SESSION_COOKIE_NAME].value
    page.context.add_cookies(
        [
            {"name": settings.SESSION_COOKIE_NAME, "value": session, "url": live_server.url},
            {"name": settings.LANGUAGE_COOKIE_NAME, "value": "en", "url": live_server.url},
        ]
    )
    return page


def test_from_a_file_to_a_record_and_back_with_the_keyboard(live_server: Any, signed_in_page: Page) -> None:
    page = signed_in_page
    page.goto(f"{live_server.url}/work/library/bring/")
    page.set_input_files("input[type=file]", str(PRESS))
    page.get_by_role("button", name="Bring in").click()
    with Reader() as reader:
        actions.read_some(batch_id=Batch.objects.get().pk, reader=reader)
    page.get_by_role("link", name=PRESS.name).click()  # the page has looked again by itself, or the link is not there
    document = Document.objects.get()

    page.locator("#f-recommendations-0").focus()
    assert "".join(page.locator("mark.now").all_inner_texts()) == "Создать общую базу решений судов о взыскании заработной платы."
    page.keyboard.press("a")
    page.wait_for_url("**#f-recommendations-1")
    assert page.evaluate("document.activeElement.id") == "f-recommendations-1"
    page.locator("#f-recommendations-1").dispatch_event("keydown", {"key": "к", "code": "KeyR"})  # R of a Russian keyboard
    page.locator("#f-recommendations-1[data-state=rejected]").wait_for()
    assert sorted(Confirmation.objects.values_list("key", "outcome")) == [
        ("recommendations-0", "accepted"),
        ("recommendations-1", "rejected"),
    ]

    page.locator("#f-recommendations-0").get_by_role("link", name="See the record").click()
    assert page.get_by_role("link", name="the document").get_attribute("href") == f"/en/library/{document.code}/"
    page.goto(f"{live_server.url}/work/library/{document.code}/review/#f-recommendations-0")
    page.keyboard.press("u")
    page.locator("#f-recommendations-0[data-state=waiting]").wait_for()
    page.keyboard.press("k")
    assert page.evaluate("document.activeElement.closest('.finding').id") != "f-recommendations-0"
    assert list(Confirmation.objects.values_list("key", flat=True)) == ["recommendations-1"]
