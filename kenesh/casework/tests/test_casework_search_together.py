"""Two sessions at once, a filing meanwhile, a death in between: nothing is indexed twice, nothing is lost."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.db import connections, transaction

from kenesh.appeals import actions as appeals
from kenesh.appeals import drafts
from kenesh.appeals.models import Appeal
from kenesh.casework.models import Handle, IndexEntry, ToIndex
from kenesh.casework.search import indexing, lookup
from kenesh.cast import PASSWORD
from kenesh.people import sign_in
from kenesh.people.keyring import Keyring

SESSIONS = 3


def file_with(office: Any, number: int) -> None:
    draft = drafts.new()
    draft.answers = {"theme": "pay", "danger": "no", "story": f"Паспорт номер {number}", "consents": ["a"]}
    assert appeals.file_appeal(draft=draft, office=office, language="ru")


@pytest.mark.django_db(transaction=True)
def test_several_sessions_work_the_list_off_together(office: Any, aigul: Any) -> None:
    for number in range(30):
        file_with(office, number)
    keyring = Keyring(aigul, sign_in.check(aigul.email, PASSWORD).secret)
    together = threading.Barrier(SESSIONS, timeout=30)

    def work(_: int) -> int:
        try:
            together.wait()
            return indexing.work_off(Keyring(keyring.user, keyring.secret), [office], budget_ms=5000)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(SESSIONS) as pool:
        assert list(pool.map(work, range(SESSIONS))) == [0] * SESSIONS
    assert (Handle.objects.count(), ToIndex.objects.count()) == (30, 0)
    hits = lookup.cases_with(keyring, office, ["w:паспорт"], limit=100)
    assert sorted(hit.row.pk for hit in hits) == sorted(Appeal.objects.values_list("pk", flat=True))


@pytest.mark.django_db
def test_a_slice_that_dies_halfway_leaves_the_list_as_it_was(office: Any, aigul: Any) -> None:
    keyring = Keyring(aigul, sign_in.check(aigul.email, PASSWORD).secret)
    file_with(office, 1)

    class Killed(Exception):
        pass

    @transaction.atomic
    def die() -> None:
        indexing.work_off(keyring, [office])
        raise Killed

    with pytest.raises(Killed):
        die()
    assert (ToIndex.objects.count(), Handle.objects.count(), IndexEntry.objects.count()) == (1, 0, 0)
    assert indexing.work_off(keyring, [office]) == 0
    assert len(lookup.cases_with(keyring, office, ["w:паспорт"])) == 1
