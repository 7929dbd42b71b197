"""The front door, the way to one's language, privacy, and the way out."""

import gzip

import pytest
from django.conf import settings
from django.test import Client

from kenesh.kernel.stylesheet import stylesheet_hash

pytestmark = pytest.mark.django_db

LANGUAGES = [code for code, _ in settings.LANGUAGES]


@pytest.mark.parametrize(
    ("asked", "given"),
    [("ky,ru;q=0.8", "/ky/"), ("uz-Latn-UZ", "/uz/"), ("de,hy;q=0.5", "/hy/"), ("fr", f"/{settings.LANGUAGE_CODE}/")],
)
def test_the_root_leads_to_the_language_that_the_browser_asks_for(client: Client, asked: str, given: str) -> None:
    answer = client.get("/", headers={"Accept-Language": asked})
    assert (answer.status_code, answer.headers["Location"]) == (302, given)
    assert answer.cookies[settings.LANGUAGE_COOKIE_NAME].value == given.strip("/")


def test_a_remembered_language_is_stronger_than_the_browser(client: Client) -> None:
    client.get("/tg/")
    assert client.get("/", headers={"Accept-Language": "ru"}).headers["Location"] == "/tg/"


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("path", ["", "about/privacy/"])
def test_public_pages_arrive_in_one_round_trip(client: Client, language: str, path: str) -> None:
    answer = client.get(f"/{language}/{path}")
    assert answer.status_code == 200
    assert len(gzip.compress(answer.content, 9)) <= 10 * 1024
    assert b"[[" not in answer.content


def test_the_policy_allows_the_stylesheet_of_the_page_and_no_inline_code(client: Client) -> None:
    policy = client.get("/en/").headers["Content-Security-Policy"]
    assert f"'{stylesheet_hash()}'" in policy
    assert "unsafe-inline" not in policy


@pytest.mark.parametrize("method", ["get", "post"])
def test_leaving_clears_what_the_browser_holds_and_goes_to_an_everyday_page(method: str) -> None:
    client = Client(enforce_csrf_checks=True)
    client.cookies["language"] = "ky"
    client.cookies[settings.SESSION_COOKIE_NAME] = "x"
    answer = getattr(client, method)("/leave/")
    assert (answer.status_code, answer.headers["Location"]) == (302, settings.LEAVE_TO)
    assert answer.headers["Clear-Site-Data"] == '"cache", "cookies", "storage"'
    assert answer.headers["Referrer-Policy"] == "no-referrer"
    assert {name: morsel["max-age"] for name, morsel in answer.cookies.items()} == {
        "language": 0,
        settings.SESSION_COOKIE_NAME: 0,
    }


def test_the_staff_door_is_closed_to_strangers(client: Client) -> None:
    answer = client.get("/work/")
    assert (answer.status_code, answer.headers["Location"]) == (302, f"{settings.LOGIN_URL}?next=%2Fwork%2F")


def test_a_page_that_does_not_exist_says_so_in_our_own_words(client: Client) -> None:
    answer = client.get("/en/nothing/")
    assert answer.status_code == 404
    assert "There is no such page" in answer.content.decode()


def test_the_heads_of_the_trail_are_published_once_a_day(db: None) -> None:
    import hashlib

    from django.db import transaction

    from kenesh.kernel import trail
    from kenesh.site.tasks import publish_heads_of_the_trail

    with transaction.atomic():
        trail.record(verb="act", target="thing", by="test")
    publish_heads_of_the_trail.func()
    day, digest = Client().get("/trail-heads.txt").content.decode().split()
    kept = (settings.FILES / "trail-heads" / f"{day}.txt").read_text()
    (settings.FILES / "public" / "trail-heads.txt").unlink()
    assert kept == "".join(f"{chain}:{count}:{mac}\n" for chain, count, mac in trail.heads())
    assert digest == hashlib.blake2b(kept.encode(), digest_size=32).hexdigest()
