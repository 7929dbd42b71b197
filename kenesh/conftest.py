"""What every test shares: the database of the run, static files without a build step, a browser and its check of barriers."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, settings

from kenesh.config import testing

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page
    from pytest_django import DjangoDbBlocker

pytest_plugins = ["kenesh.cast"]

# How quickly examples are made and run says something of the machine's other work, and nothing of ours.
settings.register_profile("kenesh", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("kenesh")

CHROMIUM = Path("/usr/bin/chromium")
AXE = Path(__file__).resolve().parent.parent / "node_modules/axe-core/axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa", "best-practice"]

# What passed is not described, and there are no frames: with both, a page takes ten times as long.
ASK_AXE = """run => axe.run(document, {runOnly: run, resultTypes: ['violations'], selectors: false, iframes: false})
  .then(found => found.violations.flatMap(rule => rule.nodes.map(node => `${rule.id}: ${node.html.slice(0, 120)}`)))"""


@pytest.fixture(scope="session", autouse=True)
def _static_files_as_they_are() -> Iterator[None]:
    """Addresses of static files without a manifest, so that no test needs `collectstatic` first."""
    from django.test import override_settings

    storages = {
        "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }
    with override_settings(STORAGES=storages):
        yield


@pytest.fixture(scope="session", autouse=True)
def _passwords_are_quick() -> None:
    """Accounts made in tests derive their keys with 1 MiB instead of 64: the cost is stored with each account, and what is
    tested is not the slowness. Receipts likewise, which took a tenth of the whole run; the vectors keep the cost in use."""
    from kenesh.kernel import vault

    vault.PASSWORD_COST = vault.RECEIPT_COST = vault.Cost(1024, 1)


@pytest.fixture(scope="session")
def django_db_setup(django_test_environment: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """The test database of this process. SQLite's is a file in write-ahead mode, as in production: races of threads behave
    as they do there."""
    from django.db import connection
    from django.test import TransactionTestCase

    name = testing.copy_of_new_database(testing.HOME / "test.sqlite3")

    def begin_anew(_case: TransactionTestCase) -> None:
        """After a test that committed; to empty each of a hundred tables takes ten times as long."""
        connection.close()
        testing.copy_again(name)

    with django_db_blocker.unblock():
        connection.close()
        connection.settings_dict["NAME"] = name
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(TransactionTestCase, "_fixture_teardown", begin_anew)
        yield
    with django_db_blocker.unblock():
        connection.close()
    testing.drop_copy(name)


@pytest.fixture(autouse=True)
def _nothing_has_come_in_yet() -> None:
    """What the web server counts in memory begins anew with each test, as the database does."""
    from kenesh.kernel import memory

    memory.clear()


@pytest.fixture
def engine() -> str:
    """The database engine of this run: sqlite or postgresql."""
    return testing.ENGINE


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Debian's Chromium. A test that uses it carries the mark `browser`."""
    from playwright.sync_api import sync_playwright

    if not CHROMIUM.exists():
        pytest.fail(f"{CHROMIUM} is missing: run `make tools`")
    with sync_playwright() as playwright:
        # The sandbox needs rights that a container seldom has; the pages are our own.
        arguments = ["--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu"]
        chromium = playwright.chromium.launch(executable_path=str(CHROMIUM), args=arguments)
        yield chromium
        chromium.close()


@pytest.fixture
def open_page(browser: Browser) -> Iterator[Callable[..., Page]]:
    """`open_page(width=360, dark=False, scripts=True)` gives a page in a fresh browser context (cookies of its own)."""
    contexts = []

    def open_one(*, width: int = 1280, dark: bool = False, scripts: bool = True) -> Page:
        context = browser.new_context(
            viewport={"width": width, "height": 800},
            color_scheme="dark" if dark else "light",
            java_script_enabled=scripts,
            is_mobile=width < 600,
            has_touch=width < 600,
        )
        context.set_default_timeout(10_000)
        contexts.append(context)
        return context.new_page()

    yield open_one
    for context in contexts:
        context.close()


@pytest.fixture
def page(open_page: Callable[..., Page]) -> Page:
    return open_page()


@pytest.fixture(scope="session")
def barriers() -> Callable[..., list[str]]:
    """`barriers(page)` gives what axe-core finds in it (WCAG 2.2 AA and good practice), one line each: rule and place.

    `barriers(page, only=["color-contrast", "target-size"])` asks for these rules alone.
    """
    if not AXE.exists():
        pytest.fail(f"{AXE} is missing: run `make tools`")
    axe = AXE.read_text(encoding="utf-8")

    def find(page: Page, only: list[str] | None = None) -> list[str]:
        if not page.evaluate("Boolean(window.axe)"):
            page.evaluate(axe)  # not as a script tag, which our own policy refuses
        found: list[str] = page.evaluate(ASK_AXE, {"type": "rule", "values": only} if only else {"type": "tag", "values": RULES})
        return found

    return find
