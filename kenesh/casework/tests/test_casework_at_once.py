"""Two people change one case in the same moment: what one of them has just done, the other one's change takes along."""

from __future__ import annotations

import threading
import time
import uuid
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection, connections, transaction

from kenesh.appeals import actions as appeals
from kenesh.appeals.models import Appeal
from kenesh.casework import actions
from kenesh.casework.actions.digits import new_digits
from kenesh.casework.models import Case, Person, ReferralGrant
from kenesh.casework.tests.queue.rows import file, keyring
from kenesh.casework.tests.referrals.handing import hers, propose, step
from kenesh.config import testing
from kenesh.people.keyring import Keyring

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(testing.ENGINE != "postgresql", reason="SQLite lets one write at a time"),
]


def meanwhile(first: Callable[[], object], second: Callable[[], object]) -> list[Exception]:
    """`second` begins when `first` is done but not committed yet, and meets its locks; gives what went wrong with it."""
    wrong: list[Exception] = []

    def run() -> None:
        try:
            second()
        except Exception as error:
            wrong.append(error)
        finally:
            connections.close_all()

    other = threading.Thread(target=run)
    with transaction.atomic():
        first()
        other.start()
        for _ in range(200):
            with connection.cursor() as cursor:
                cursor.execute("SELECT count(*) FROM pg_locks WHERE NOT granted")
                if cursor.fetchone()[0]:
                    break
            time.sleep(0.02)
    other.join(30)
    return wrong


def again(ring: Keyring) -> Keyring:
    return Keyring(ring.user, ring.secret)


@pytest.mark.parametrize("other", ["restricted", "handed over"])
def test_a_receipt_that_is_issued_in_this_moment_goes_the_way_of_its_case(
    other: str, office: Any, other_office: Any, aigul: Any, boris: Any
) -> None:
    file(office)
    ring = keyring(aigul)
    case = actions.open_from_appeal(keyring=ring, appeal=Appeal.objects.get())
    member = actions.Member("Нурлан Асанов")
    actions.add_members(keyring=ring, case=case, members=[member], currency="RUB", key=uuid.uuid4())
    person, digits = Person.objects.order_by("-id")[:1].get(), new_digits()

    def second() -> None:
        if other == "restricted":
            actions.restrict(keyring=again(ring), case=case, named=[aigul], reason="Насилие")
        else:
            assert list(actions.hand_over_all(keyring=again(ring), office=office, to=other_office)) == [True]

    wrong = meanwhile(lambda: actions.issue_receipt(keyring=ring, person=person, key=uuid.uuid4(), digits=digits), second)
    assert wrong == []
    part = Appeal.objects.order_by("-id")[:1].get()
    holder = part.epochs.order_by("-number")[:1].get().grants.get()
    if other == "restricted":
        assert (part.restricted, holder.user) == (True, aigul)
    else:
        assert (part.office, holder.organisation_epoch.organisation) == (other_office, other_office)


def test_no_appeal_joins_a_case_that_is_restricted_in_this_moment(office: Any, aigul: Any) -> None:
    file(office)
    ring = keyring(aigul)
    case = actions.open_from_appeal(keyring=ring, appeal=Appeal.objects.get())
    file(office)
    new = Appeal.objects.select_related("office").order_by("-id")[:1].get()
    stale = Case.objects.select_related("office").get()
    wrong = meanwhile(
        lambda: actions.restrict(keyring=ring, case=case, named=[aigul], reason="Насилие"),
        lambda: actions.join_appeal_to_case(keyring=again(ring), appeal=new, case=stale),
    )
    assert [type(error) for error in wrong] == [actions.NotTheirs]
    assert list(case.appeals.filter(pk=new.pk)) == []


@pytest.mark.parametrize("what", ["takes back", "erases"])
def test_what_she_closes_while_the_receivers_case_is_restricted_stays_closed(
    what: str, office: Any, other_office: Any, aigul: Any, boris: Any, signed_in: Any
) -> None:
    digits = file(office)
    case = actions.open_from_appeal(keyring=keyring(aigul), appeal=Appeal.objects.get())
    referral = propose(signed_in(aigul), case, other_office)
    assert hers(digits, referral, "agree") == "consented"
    assert step(signed_in(aigul), referral, "send") == "302 sent"
    assert step(signed_in(boris), referral, "accept") == "302 accepted"
    own, ring = Case.objects.get(office=other_office), keyring(boris)
    cookie, _receipt = appeals.open_with_receipt(digits=digits)
    holder = appeals.holder_of(cookie.hex())
    assert holder is not None

    def restrict() -> None:
        actions.restrict(keyring=ring, case=own, named=[boris], reason="Насилие")

    if what == "takes back":
        wrong = meanwhile(lambda: actions.take_back(holder=holder, referral=referral), restrict)
    else:
        wrong = meanwhile(restrict, lambda: appeals.request_erasure(holder=holder))
    own.refresh_from_db()
    assert (wrong, own.restricted) == ([], True)
    grants = ReferralGrant.objects.filter(epoch__referral=referral, latched=False)
    assert [grant.organisation_epoch.organisation for grant in grants] == ([office] if what == "takes back" else [])
