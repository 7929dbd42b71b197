"""Every address carries exactly one mark of who may come in; staff pages send strangers to the sign-in page."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.urls import URLPattern, URLResolver, get_resolver
from django.utils.translation import override

from kenesh.kernel.access import FOREIGN_VIEWS, Mark, mark_of

OPERATIONS = Path(__file__).resolve().parents[3] / "docs/operations.md"
# A location of nginx: how it matches, what, and what stands in it. That for everything else says nothing of bodies.
LOCATION = re.compile(r"^ +location (~|=|) ?(\S+) \{((?:[^{}])*)\}", re.MULTILINE)
MOST = re.compile(r"client_max_body_size (\d+)m;")


def walk(resolver: URLResolver, prefix: str = "") -> Iterator[tuple[str, Callable[..., Any]]]:
    for entry in resolver.url_patterns:
        address = prefix + str(entry.pattern)
        if isinstance(entry, URLPattern):
            yield address, entry.callback
        else:
            yield from walk(entry, address)


def addresses() -> list[tuple[str, Callable[..., Any]]]:
    with override("ru"):  # whatever language the test before has left
        return list(walk(get_resolver()))


def name_of(view: Callable[..., Any]) -> str:
    return f"{view.__module__}.{view.__qualname__}"


def test_every_view_carries_a_mark() -> None:
    unmarked = {
        address: name_of(view)
        for address, view in addresses()
        if not isinstance(mark_of(view), Mark) and name_of(view) not in FOREIGN_VIEWS
    }
    assert unmarked == {}


def test_a_mark_opens_to_the_public_for_a_reason_or_asks_for_a_permission() -> None:
    wrong = []
    for address, view in addresses():
        mark = mark_of(view)
        if mark is None:
            continue
        public = mark.kind == "public" and len(mark.reason) >= 10 and mark.permission is None
        guarded = mark.kind == "requires" and mark.permission is not None and not mark.reason
        if public == guarded:
            wrong.append(address)
    assert wrong == []


def test_no_view_is_marked_twice() -> None:
    """A second mark around the first would hide it."""
    twice = []
    for address, view in addresses():
        inner, marks = view, 0
        while inner is not None:
            marks += "kenesh_mark" in vars(inner) and getattr(inner, "kenesh_mark", None) is not getattr(
                getattr(inner, "__wrapped__", None), "kenesh_mark", None
            )
            inner = getattr(inner, "__wrapped__", None)
        if marks > 1:
            twice.append(address)
    assert twice == []


def test_views_of_libraries_that_need_no_mark_are_all_in_use() -> None:
    used = {name_of(view) for _, view in addresses()}
    optional = {"django.views.static.serve", "django.views.i18n.set_language"}
    assert set(FOREIGN_VIEWS) - used - optional == set()


def test_no_address_leads_to_an_admin_site() -> None:
    assert [address for address, view in addresses() if "admin" in view.__module__.split(".")] == []


def test_casework_has_addresses_for_staff_under_work_and_for_the_person_behind_her_receipt() -> None:
    outside = [
        address
        for address, view in addresses()
        if view.__module__.startswith("kenesh.casework") and not address.startswith(("work/", "ru/appeal/status/"))
    ]
    assert outside == []


def passed_by_the_proxy(address: str) -> int:
    """Bytes that nginx lets through to this address unbuffered, by the sample in docs/operations.md; 0: into its buffer alone."""
    locations = LOCATION.findall(OPERATIONS.read_text(encoding="utf-8"))
    for way, pattern, within in sorted(locations, key=lambda one: one[0] != "="):  # an exact one goes first, then by their order
        if (address == pattern) if way == "=" else way == "~" and re.search(pattern, address):
            return int(MOST.search(within)[1]) * 2**20 if "proxy_request_buffering off" in within else 0  # type: ignore[index]
    return 0


def test_the_proxy_of_the_handbook_lets_files_through_to_every_view_that_takes_them() -> None:
    taken = {"/" + re.sub(r"<[^>]+>", "7", address): getattr(view, "takes_files", 0) for address, view in addresses()}
    too_little = {address: most for address, most in taken.items() if passed_by_the_proxy(address) < most}
    assert len([most for most in taken.values() if most]) > 10
    assert too_little == {}


def test_the_proxy_of_the_handbook_keeps_other_forms_in_its_buffer() -> None:
    forms = (
        "/ru/appeal/",
        "/work/intake/",
        "/work/cases/7/",
        "/work/import/7/columns/",
        "/work/recommendations/7/",
        "/work/library/",
    )
    assert {address for address in forms if passed_by_the_proxy(address)} == set()


@pytest.mark.django_db
def test_a_stranger_is_sent_from_each_plain_staff_address_to_the_sign_in_page(client: Any, settings: Any) -> None:
    answers = {}
    for address, view in addresses():
        mark = mark_of(view)
        if mark is None or mark.kind != "requires" or "<" in address or "(?P" in address:
            continue
        response = client.get("/" + address)
        if response.status_code == 405:
            response = client.post("/" + address)
        if response.status_code != 302 or not response.headers["Location"].startswith(settings.LOGIN_URL):
            answers[address] = response.status_code
    assert answers == {}
