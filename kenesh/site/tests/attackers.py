"""What the attack tests share: a person with her receipt, an office with its keys, and whoever wants in."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from django.apps import apps
from django.db import connection, connections
from django.test import Client

from kenesh.appeals import actions as appeals
from kenesh.appeals import drafts
from kenesh.appeals.models import Appeal
from kenesh.casework import actions as casework
from kenesh.casework import release
from kenesh.cast import PASSWORD
from kenesh.people import sign_in
from kenesh.people.keyring import Keyring

STORY = "Бригадир Мурзакмат алып койду паспортумду"
HOSTILE = "<script>alert(1)</script>\"'><img src=x onerror=alert(2)>"
ANSWERS: dict[str, Any] = {
    "theme": "pay",
    "danger": "no",
    "story": STORY,
    "citizenship": "KG",
    "where_country": "RU",
    "where_place": "Челябинск",
    "for_whom": "self",
    "phone": "+7 912 000-11-22",
    "consents": ["a", "d"],
}


def filed(office: Any, **changes: Any) -> str:
    """Digits of a new appeal to this office."""
    draft = drafts.new()
    draft.answers = {**ANSWERS, **changes}
    assert appeals.file_appeal(draft=draft, office=office, language="ru")
    return draft.receipt


def keyring(user: Any) -> Keyring:
    return Keyring(user, sign_in.check(user.email, PASSWORD).secret)


def with_receipt(digits: str) -> Client:
    client = Client()
    assert client.post("/ru/appeal/status/", {"receipt": digits}).status_code == 302
    return client


def newest_appeal() -> Appeal:
    return Appeal.objects.order_by("-id")[:1].get()


def exchange(one: Any, other: Any, column: str) -> None:
    """Swaps one column of two stored rows."""
    first, second = bytes(getattr(one, column)), bytes(getattr(other, column))
    type(one)._default_manager.filter(pk=one.pk).update(**{column: second})
    type(other)._default_manager.filter(pk=other.pk).update(**{column: first})


def at_one_moment(acts: list[Callable[[], Any]]) -> list[Any]:
    """Calls all at once, each in a thread with a connection of its own; an exception counts as what came of it."""
    together = threading.Barrier(len(acts), timeout=60)

    def begin(act: Callable[[], Any]) -> Any:
        try:
            together.wait()
            return act()
        except (release.ReleasedBefore, casework.TakenAlready) as refused:
            return type(refused)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(begin, acts))


def everything_stored() -> str:
    """All rows of all tables as text; binary columns both as bytes and as what they spell."""
    found = []
    for model in apps.get_models(include_auto_created=True):
        for row in model._default_manager.values_list():
            for value in row:
                found.append(bytes(value).decode("utf-8", "replace") if isinstance(value, (bytes, memoryview)) else str(value))
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT value FROM kenesh_cache" if "kenesh_cache" in connection.introspection.table_names() else "SELECT 1"
        )
        found += [str(row[0]) for row in cursor.fetchall()]
    return "\n".join(found)
