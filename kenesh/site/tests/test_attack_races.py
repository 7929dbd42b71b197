"""Many at one moment; and two that are played step by step: what was opened before it was closed does not open it again."""

from __future__ import annotations

import re
import uuid
from collections.abc import Callable
from typing import Any

import pytest
from django.conf import settings
from django.core import mail
from django.db import transaction
from django.http import HttpResponse
from django.test import Client

from kenesh.appeals import actions as appeals
from kenesh.appeals import opening
from kenesh.appeals.models import Grant
from kenesh.casework import actions as casework
from kenesh.casework import opening as case_opening
from kenesh.casework import release
from kenesh.casework.models import Case, Matter
from kenesh.casework.models import Grant as CaseGrant
from kenesh.casework.models import Status as CaseStatus
from kenesh.cast import PASSWORD
from kenesh.kernel import stretching, trail
from kenesh.people.keyring import Keyring
from kenesh.problems.models import Waiting
from kenesh.site.tests.attackers import (
    at_one_moment,
    keyring,
    newest_appeal,
    with_receipt,
)

pytestmark = pytest.mark.django_db


@pytest.mark.django_db(transaction=True)
def test_a_matter_that_is_released_four_times_at_once_is_counted_once(case: Case, aigul: Any) -> None:
    matter, ring = case.matters.get(), keyring(aigul)
    casework.change_row(keyring=ring, row=matter, changes={"theme": "unpaid-wages"}, version=1)

    def act() -> None:
        release.release_matter(keyring=Keyring(aigul, ring.secret), matter=Matter.objects.get(pk=matter.pk))

    outcomes = at_one_moment([act] * 4)
    assert (outcomes.count(None), outcomes.count(release.ReleasedBefore)) == (1, 3)
    assert Waiting.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_the_trail_stays_whole_under_many_writers(engine: str) -> None:
    """Two chains that do not exist yet, eight writers on each, ten entries of each writer."""

    def write(chain: str) -> None:
        for number in range(10):
            with transaction.atomic():
                trail.record(verb="test", target=f"row:{number}", by="test", chain=chain)

    at_one_moment([lambda chain=chain: write(chain) for chain in ("one", "two") * 8])  # type: ignore[misc]  # bound early
    assert trail.verify() == []
    assert {(chain, number) for chain, number, _ in trail.heads()} >= {("one", 80), ("two", 80)}


@pytest.mark.django_db(transaction=True)
def test_five_tries_are_five_also_when_sixteen_come_at_once(world: Any, council: Any, chynara: Any) -> None:
    from kenesh.followup import actions
    from kenesh.followup.models import Addressee, AnswerCode

    token = actions.issue_answer_link(addressee=Addressee.objects.get(), by=chynara)
    first = Client()
    first.post(f"/en/answer/{token}/")
    digits = "".join(re.findall(r"(\d{4}) (\d{4})", str(mail.outbox[-1].body))[0])
    wrong = f"{(int(digits) + 1) % 10**8:08d}"

    def guess() -> int:
        client = Client()
        client.cookies.update(first.cookies)
        return client.post("/en/answer/code/", {"code": wrong}).status_code

    assert at_one_moment([guess] * 16) == [200] * 16
    code = AnswerCode.objects.get()
    assert (code.tries, code.used_at) == (5, None)
    assert first.post("/en/answer/code/", {"code": digits}).status_code == 200  # the right one comes too late
    assert AnswerCode.objects.get().used_at is None


@pytest.mark.django_db(transaction=True)
def test_wrong_passwords_at_one_moment_are_all_counted(aigul: Any) -> None:
    def attempt() -> HttpResponse:
        return Client().post("/work/sign-in/", {"email": aigul.email, "password": "not the password at all"})  # type: ignore[return-value]

    for _ in range(6):
        at_one_moment([attempt] * 2)  # more at once are asked to wait, which counts for nothing
    right = Client().post("/work/sign-in/", {"email": aigul.email, "password": PASSWORD})
    assert right.status_code == 200  # locked out, though the password is right


@pytest.mark.django_db(transaction=True)
def test_a_person_and_an_office_that_write_at_once_never_lock_each_other_out(case: Case, digits: str, aigul: Any) -> None:
    """On PostgreSQL another order of locks ended in "deadlock detected", and in the loss of what was typed."""
    ring, (cookie, _) = keyring(aigul), appeals.open_with_receipt(digits=digits)

    def person() -> None:
        for _ in range(8):
            holder = appeals.holder_of(cookie.hex())
            assert holder is not None
            appeals.write_message(holder=holder, text="Дагы", request_key=uuid.uuid4())

    def office(act: Callable[..., None], **more: Any) -> None:
        for _ in range(8):
            act(keyring=Keyring(aigul, ring.secret), case=Case.objects.get(pk=case.pk), **more)

    at_one_moment(
        [
            person,
            lambda: office(casework.close_case),
            lambda: office(casework.reopen_case),
            lambda: office(casework.answer, text="Жооп", key=uuid.uuid4()),
            lambda: office(casework.set_waiting, status=CaseStatus.OTHERS),
        ]
    )
    assert len([entry for entry in opening.open_for_office(newest_appeal(), ring).entries() if entry.text == "Дагы"]) == 8
    assert trail.verify() == []


def test_strangers_who_fill_the_line_keep_nobody_out_of_a_known_device(aigul: Any, signed_in: Any) -> None:
    known = signed_in(aigul)
    places = [stretching.staff._line.acquire(blocking=False) for _ in range(100)]
    try:
        asked = {"email": aigul.email, "password": PASSWORD}
        assert Client().post("/work/sign-in/", asked).status_code == 200  # asked to wait
        again = Client()
        again.cookies[settings.DEVICE_COOKIE_NAME] = known.cookies[settings.DEVICE_COOKIE_NAME].value
        assert again.post("/work/sign-in/", asked).status_code == 302
    finally:
        for _ in range(sum(places)):
            stretching.staff._line.release()


def test_a_new_content_key_that_was_under_way_when_she_closed_everything_is_not_begun(digits: str, case: Any, aigul: Any) -> None:
    """A colleague has left, so the next opening begins a new epoch; between reading and writing she asks for erasing."""
    appeal = opening.open_for_office(newest_appeal(), keyring(aigul))
    of_case = case_opening.open_case(case, keyring(aigul))
    with_receipt(digits).post("/ru/appeal/status/erase/", {})
    assert (opening.begin_epoch(appeal), case_opening.begin_epoch(of_case)) == (None, None)
    assert set(Grant.objects.values_list("latched", flat=True)) == {True}
    assert set(CaseGrant.objects.values_list("latched", flat=True)) == {True}
