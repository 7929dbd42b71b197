"""A flood, seen from outside: nothing that a disk keeps tells who came, and in a browser every way through it ends at the receipt."""

from __future__ import annotations

import gzip
import hashlib
import hmac
import ipaddress
import logging
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import astuple
from typing import TYPE_CHECKING, Any

import pytest
from django.apps import apps
from django.conf import settings
from django.contrib.staticfiles import finders
from django.db import connection
from django.test import Client, override_settings

from kenesh.appeals import drafts, floods, questions
from kenesh.appeals.models import Appeal, Turn
from kenesh.kernel import memory, vault

if TYPE_CHECKING:
    from playwright.sync_api import Page

ANSWERS = {"theme": "pay", "danger": "no", "story": "Айлык беришпейт", "citizenship": "KG", "consents": ["a"]}
WHO_CAME = ["203.0.113.7", "203.0.113.0/24", "203.0.113", "2001:db8:77::5", "2001:db8:77::/48", "2001:db8:77"]


@pytest.fixture(autouse=True)
def _calm_is_one_a_minute() -> Iterator[None]:
    with override_settings(CALM_PER_MINUTE=1, PROOF_BITS=4, TURN_SECONDS=1):
        yield


def draft() -> drafts.OpenDraft:
    """A form that is filled in and not sent."""
    made = drafts.new()
    made.answers.update(ANSWERS)
    drafts.save(made)
    return made


def crowd(address: str = "203.0.113.7", forwarded: str = "") -> Client:
    client = Client(REMOTE_ADDR=address, headers={"X-Forwarded-For": forwarded} if forwarded else {})
    client.cookies[settings.DRAFT_COOKIE_NAME] = draft().secret.hex()
    return client


# --- what is left of it ---------------------------------------------------------------------------------------------------


def everything_stored() -> bytes:
    """All rows of all tables and of the cache: texts, and binary columns as they are."""
    tables = {model._meta.db_table for model in apps.get_models(include_auto_created=True)}
    tables |= {"kenesh_cache"} & set(connection.introspection.table_names())
    with connection.cursor() as cursor:
        found = []
        for table in sorted(tables):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            found += [value for row in cursor.fetchall() for value in row]
    return b"\n".join(bytes(v) if isinstance(v, bytes | memoryview) else str(v).encode() for v in found)


def traces_of(text: str) -> Iterator[bytes]:
    """An address in letters and in bytes, and every hash of it that somebody with the node's files could make."""
    raw = text.encode()
    forms = [raw, *([ipaddress.ip_address(text).packed] if "/" not in text and text.count(":") + text.count(".") >= 3 else [])]
    keys = [*(key for key in astuple(settings.SECRETS)), settings.SECRET_KEY.encode()]
    for form in forms:
        digests = [hashlib.new(name, form).digest() for name in ("md5", "sha1", "sha256", "sha512", "blake2b")]
        digests += [hmac.new(key, form, "sha256").digest() for key in keys]
        digests += [vault.prf(key[:64], "network", form) for key in keys]
        yield form
        for digest in digests:
            yield digest[:8]
            yield digest[:8].hex().encode()


@pytest.mark.django_db
def test_no_address_and_no_hash_of_one_is_kept_or_logged(
    aigul: Any, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    caplog.set_level("INFO")
    monkeypatch.setattr(logging.getLogger("django"), "propagate", True)  # the node's own handler writes to standard error
    for _ in range(3):
        crowd().post("/en/appeal/send/")
        crowd("2001:db8:77::5").post("/en/appeal/send/")
        for number in range(3):
            receipt = vault.receipt_digits(bytes([number]) * 32)
            crowd().post("/en/appeal/status/", {"receipt": receipt})
    with override_settings(PROXIES=1):
        for address in ("203.0.113.7", "2001:db8:77::5"):
            client = crowd("127.0.0.1", address)
            client.post("/en/appeal/send/")
            client.get("/en/appeal/turn/")
    assert Turn.objects.count() > 5
    everything = everything_stored() + caplog.text.encode()
    four_bytes_may_occur_by_chance = {ipaddress.ip_address("203.0.113.7").packed}
    traces = {trace for text in WHO_CAME for trace in traces_of(text)} - four_bytes_may_occur_by_chance
    assert [trace for trace in traces if trace in everything] == []


def test_what_one_process_writes_into_the_shared_memory_another_reads_and_no_file_holds_it() -> None:
    """As the processes of the web server do, each with the address that the supervisor gave them."""
    address = memory.create()
    count = "import sys; from kenesh.kernel import memory; memory.attach(sys.argv[1])\nwith memory.held() as m: m[0] += 1; print(m[0])"
    told = [subprocess.run([sys.executable, "-c", count, address], capture_output=True, text=True, check=True) for _ in range(3)]
    assert [one.stdout for one in told] == ["1\n", "2\n", "3\n"]
    assert "(deleted)" in subprocess.run(["readlink", address], capture_output=True, text=True, check=True).stdout


# --- in a browser -----------------------------------------------------------------------------------------------------------


@pytest.fixture
def at_the_button(open_page: Callable[..., Page], live_server: Any, aigul: Any) -> Callable[..., Page]:
    """`at_the_button(**look)`: a browser whose form is filled in, on the page with the button, in the middle of a flood."""
    base = live_server.url.replace("127.0.0.1", "localhost")

    def open_one(**look: Any) -> Page:
        while not floods.FILING.flooded():
            crowd("127.0.0.1").post("/en/appeal/send/")
        page = open_page(**look)
        cookie = {"name": settings.DRAFT_COOKIE_NAME, "value": draft().secret.hex(), "url": base}
        page.context.add_cookies([cookie])
        page.goto(f"{base}/en/appeal/check/")
        return page

    return open_one


def press_send(page: Page) -> None:
    page.locator('form[action$="/appeal/send/"] button').click()


def answer_on(page: Page) -> str:
    asked = page.locator("label[for=id_answer]").inner_text()
    return next(str(number) for text, number in questions.QUESTIONS if str(text) == asked)


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_the_browser_finds_the_proof_and_the_receipt_is_shown(at_the_button: Callable[..., Page]) -> None:
    page = at_the_button(width=360)
    press_send(page)
    page.wait_for_url("**/appeal/receipt/")
    assert len(re.sub(r"\D", "", page.locator("output").inner_text())) == 20
    assert Appeal.objects.count() == 2


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_without_javascript_the_question_and_the_turn_lead_to_the_receipt(at_the_button: Callable[..., Page]) -> None:
    with override_settings(TURN_SECONDS=3):
        page = at_the_button(width=360, scripts=False)
        floods.FILING.take("127.0.0.0/24")
        press_send(page)
        page.fill("[name=answer]", answer_on(page))
        press_send(page)
        page.get_by_role("heading", name="You can send in").wait_for()
        page.get_by_role("heading", name="You can send now").wait_for()  # the page has come back by itself
        press_send(page)
        page.get_by_role("heading", name="Your receipt").wait_for()
    assert Appeal.objects.count() == 2


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("look", [{"width": 360}, {"width": 1280, "dark": True}])
def test_the_pages_of_a_flood_have_no_barrier(
    at_the_button: Callable[..., Page], barriers: Callable[..., list[str]], look: dict[str, Any]
) -> None:
    with override_settings(PROOF_BITS=30, TURN_SECONDS=60):
        page = at_the_button(**look)
        press_send(page)
        page.locator("#id_answer").wait_for()
        page.locator("progress").wait_for()
        found = barriers(page)
        page.fill("[name=answer]", answer_on(page))
        press_send(page)
        page.get_by_role("heading", name="You can send in").wait_for()
        found += barriers(page)
        floods.OPENING.count()
        page.goto(page.url.replace("/turn/", "/status/"))
        page.fill("[name=receipt]", vault.receipt_digits(bytes(32)))
        page.locator("main form button").first.click()
        page.locator("#id_answer").wait_for()
        found += barriers(page)
        assert (found, page.evaluate("document.documentElement.scrollWidth > innerWidth")) == ([], False)


@pytest.mark.django_db
def test_the_page_and_its_script_arrive_in_one_round_trip(aigul: Any) -> None:
    crowd().post("/hy/appeal/send/")
    client = crowd()
    client.post("/hy/appeal/send/")
    script = finders.find("appeals/proof.js")
    assert script
    with open(script, "rb") as file:  # noqa: PTH123  # the finder gives a text
        weights = [len(gzip.compress(part, 9)) for part in (client.get("/hy/appeal/turn/").content, file.read())]
    assert b"data-challenge" in client.get("/hy/appeal/turn/").content
    assert sum(weights) < 10 * 1024


@pytest.mark.django_db
def test_no_other_page_of_the_form_loads_the_script(aigul: Any) -> None:
    client = crowd()
    for path in ("", "check/", "turn/", "status/"):
        assert b"proof.js" not in client.get(f"/en/appeal/{path}").content
