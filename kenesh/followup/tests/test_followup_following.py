"""Following by e-mail: asked twice, told at most once a day, stopped with one press, and nobody is named in the database."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.core import mail
from django.db import connection
from django.test import Client
from django.utils import timezone

from kenesh.followup import actions, tasks
from kenesh.followup.models import Follower, Following, Recommendation
from kenesh.people.models import Organisation, User

Recommend = Callable[..., Recommendation]
pytestmark = pytest.mark.django_db
ADDRESS = "Reader@Example.org"


@pytest.fixture(autouse=True)
def at_once(settings: object) -> None:
    """Tasks run as soon as they are enqueued."""
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}  # type: ignore[attr-defined]


def press(client: Client, letter: str) -> int:
    """Follows the link in a letter and presses its button."""
    address = re.search(r"http://localhost:8000(/\w+/recommendations/follow/\S+)", letter)
    assert address is not None
    assert client.get(address[1]).status_code == 200
    return client.post(address[1]).status_code


def follows(client: Client, query: str) -> None:
    client.post(f"/en/recommendations/follow/{query}", {"email": ADDRESS})
    assert press(client, str(mail.outbox.pop().body)) == 200


def test_nothing_comes_before_the_address_is_confirmed(recommend: Recommend, client: Client, chynara: User) -> None:
    row = recommend(public=True)
    client.post(f"/en/recommendations/follow/?of={row.code}", {"email": ADDRESS})
    assert [letter.to for letter in mail.outbox] == [[ADDRESS]]
    actions.edit_details(recommendation=row, details=actions.Details(themes=("pay",)), by=chynara)
    tasks.tell_followers.call()
    assert len(mail.outbox) == 1


def test_nobody_fills_the_mailbox_of_another_by_asking_for_ever_other_recommendations(
    recommend: Recommend, client: Client
) -> None:
    for number in range(7):
        client.post(f"/en/recommendations/follow/?of={recommend(f'No. {number}', public=True).code}", {"email": ADDRESS})
    assert (len(mail.outbox), Following.objects.count()) == (5, 5)


def test_who_follows_is_told_once_a_day_and_stops_with_one_press(recommend: Recommend, client: Client, chynara: User) -> None:
    row, other = recommend(public=True), recommend("Another.", public=True)
    follows(client, f"?of={row.code}")
    actions.edit_details(recommendation=row, details=actions.Details(themes=("pay",)), by=chynara)
    actions.edit_details(recommendation=other, details=actions.Details(themes=("pay",)), by=chynara)
    tasks.tell_followers.call()
    actions.edit_details(recommendation=row, details=actions.Details(), by=chynara)
    tasks.tell_followers.call()
    letter = mail.outbox[0]
    assert len(mail.outbox) == 1
    assert (f"Recommendation {row.code}, changed: the themes" in letter.body, other.code in letter.body) == (True, False)
    Follower.objects.update(told_on=timezone.localdate() - timedelta(days=1))
    tasks.tell_followers.call()
    assert len(mail.outbox) == 2
    stop = letter.extra_headers["List-Unsubscribe"].strip("<>").removeprefix("http://localhost:8000")
    assert Client(enforce_csrf_checks=True).post(stop, {"List-Unsubscribe": "One-Click"}).status_code == 200
    assert (Following.objects.count(), Follower.objects.count(), client.get(stop).status_code) == (0, 0, 404)


def test_what_is_late_today_is_not_what_one_follows(recommend: Recommend, client: Client) -> None:
    recommend(public=True)
    page = client.get("/en/recommendations/?status=waiting&country=KG").content.decode()
    assert re.findall(r'href="(/en/recommendations/(?:follow|feed)/[^"]*)"', page) == [
        "/en/recommendations/feed/?country=KG", "/en/recommendations/follow/?country=KG", "/en/recommendations/feed/?country=KG",
    ]  # fmt: skip
    assert "You will hear of all recommendations." in client.get("/en/recommendations/follow/?status=waiting").content.decode()


def test_a_list_is_followed_with_its_filters(recommend: Recommend, second_ministry: Organisation, client: Client) -> None:
    recommend("Of the other.", public=True, to=[second_ministry])
    follows(client, "?country=RU")
    here, there = recommend(public=True), recommend("More of the other.", public=True, to=[second_ministry])
    tasks.tell_followers.call()
    assert [code in mail.outbox[0].body for code in (here.code, there.code)] == [False, True]


def test_what_became_internal_again_is_not_told(recommend: Recommend, client: Client, chynara: User) -> None:
    follows(client, "")
    actions.unpublish(recommendation=recommend(public=True), by=chynara)
    tasks.tell_followers.call()
    assert (len(mail.outbox), Follower.objects.get().told_on) == (0, None)


def test_a_letter_that_did_not_go_is_sent_another_time(recommend: Recommend, client: Client, settings: object) -> None:
    follows(client, "")
    recommend(public=True)
    working = settings.EMAIL_BACKEND  # type: ignore[attr-defined]
    settings.EMAIL_BACKEND = "kenesh.no_such_backend.EmailBackend"  # type: ignore[attr-defined]
    tasks.tell_followers.call()
    settings.EMAIL_BACKEND = working  # type: ignore[attr-defined]
    tasks.tell_followers.call()
    assert len(mail.outbox) == 1


def test_a_stolen_database_names_no_follower_and_opens_no_link(recommend: Recommend, client: Client) -> None:
    client.post("/en/recommendations/follow/", {"email": ADDRESS})
    token = re.search(r"follow/(\S+)/", str(mail.outbox[0].body))
    assert token is not None
    with connection.cursor() as cursor:
        found = []
        for table in ("followup_follower", "followup_following"):
            cursor.execute(f"SELECT * FROM {table}")  # names of our own tables
            found += [
                bytes(cell) if isinstance(cell, memoryview) else str(cell).encode() for row in cursor.fetchall() for cell in row
            ]
    whole = b" ".join(found).lower()
    assert [secret in whole for secret in (b"reader", b"example.org", token[1].lower().encode())] == [False, False, False]


def test_asking_again_sends_no_second_letter_and_tells_nothing(recommend: Recommend, client: Client) -> None:
    answers = [client.post("/en/recommendations/follow/", {"email": one}).content for one in (ADDRESS, ADDRESS.lower())]
    assert (len(mail.outbox), answers[0] == answers[1]) == (1, True)
    assert client.post("/en/recommendations/follow/", {"email": "no address"}).status_code == 422


def test_a_forged_link_and_an_internal_recommendation_are_followed_by_nobody(
    recommendation: Recommendation, client: Client
) -> None:
    addresses = [f"follow/?of={recommendation.code}", f"follow/{'A' * 43}/", f"follow/{'A' * 43}/stop/", "follow/short/"]
    assert [client.get(f"/en/recommendations/{address}").status_code for address in addresses] == [404] * 4


def test_what_nobody_confirms_is_forgotten(client: Client) -> None:
    client.post("/en/recommendations/follow/", {"email": ADDRESS})
    tasks.forget_unconfirmed.call()
    assert Follower.objects.count() == 1
    Following.objects.update(asked_at=timezone.now() - timedelta(days=4))
    tasks.forget_unconfirmed.call()
    assert Follower.objects.count() == 0
