"""A node comes back from a backup that is older than what was restricted, handed over or renewed since: who could open a thing
at the end opens it, and nobody else."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.management import call_command

from kenesh.appeals import actions as appeals
from kenesh.appeals import drafts
from kenesh.appeals import opening as appeal_opening
from kenesh.appeals.models import Appeal
from kenesh.casework import actions as casework
from kenesh.casework import referring
from kenesh.casework.actions import transfer
from kenesh.casework.models import Case, Handle, Referral, Status
from kenesh.casework.opening import open_case
from kenesh.cast import PASSWORD
from kenesh.kernel import carried, vault
from kenesh.people import actions as people
from kenesh.people import keys_in_trail, sign_in
from kenesh.people.keyring import KeyMissing, Keyring
from kenesh.people.models import OrganisationEpoch, Role, User
from kenesh.people.queries import current_epoch, fingerprint_of
from kenesh.site import backup

STORY = "Прораб забрал паспорт и не платит третий месяц"

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _own_ledger(tmp_path: Path) -> Iterator[None]:
    before, settings.LEDGER = settings.LEDGER, tmp_path / "ledger" / "erasures.tsv"
    yield
    settings.LEDGER = before
    (settings.HOME / carried.PUBLIC_KEY).unlink(missing_ok=True)


@pytest.fixture
def key() -> vault.RecoveryKey:
    made = vault.new_recovery_key()
    carried.set_keys(made.pair.secret)
    return made


def silent(what: str, done: int, total: int) -> None: ...


@pytest.fixture
def back_to_before(key: vault.RecoveryKey, tmp_path: Path) -> Callable[..., int]:
    """Call it once for the backup; what it gives then destroys the node and restores it, with the newest ledger."""
    backup.back_up(tmp_path / "backups", today=date(2026, 11, 22), said=silent)

    def burn_and_restore(*, close_lost: bool = False) -> int:
        call_command("flush", interactive=False, verbosity=0)
        return backup.restore(
            tmp_path / "backups", secret=key.pair.secret, ledger_file=settings.LEDGER, said=silent, close_lost=close_lost
        )

    return burn_and_restore


@pytest.fixture
def digits(office: Any, aigul: Any) -> str:
    draft = drafts.new()
    draft.answers = {"theme": "pay", "story": STORY, "citizenship": "KG", "where_country": "RU", "consents": ["a", "d"]}
    appeals.file_appeal(draft=draft, office=office, language="ru")
    return draft.receipt


@pytest.fixture
def jamila(office: Any, aigul: Any, make_account: Any) -> Any:
    """A colleague of Aigul who holds the key of the office too."""
    user = make_account("Jamila", Role.CASEWORKER, organisation=office).user
    people.admit(keyring=keyring(aigul), organisation=office, colleague=user, fingerprint=fingerprint_of(user))
    return user


@pytest.fixture
def case(digits: str, aigul: Any) -> Case:
    made = casework.open_from_appeal(keyring=keyring(aigul), appeal=Appeal.objects.get())
    casework.set_waiting(keyring=keyring(aigul), case=made, status=Status.OTHERS, waits_for="court")
    return made


def keyring(user: Any) -> Keyring:
    now = User.objects.get(email=user.email)
    return Keyring(now, sign_in.check(now.email, PASSWORD).secret)


def opens(user: Any) -> tuple[bool, bool]:
    """Whether this account opens the case, and its appeal."""
    found = []
    for open_one, row in ((open_case, Case.objects.get()), (appeal_opening.open_for_office, Appeal.objects.get())):
        try:
            open_one(row, keyring(user))  # type: ignore[operator]
        except KeyMissing:
            found.append(False)
        else:
            found.append(True)
    return found[0], found[1]


def holder(digits: str) -> appeals.Holder:
    cookie, _ = appeals.open_with_receipt(digits=digits)
    opened = appeals.holder_of(cookie.hex())
    assert opened is not None
    return opened


BOTH, NEITHER = (True, True), (False, False)


def test_a_case_that_was_restricted_since_is_open_to_the_named_people_alone(
    case: Case, aigul: Any, jamila: Any, digits: str, back_to_before: Callable[..., int]
) -> None:
    casework.restrict(keyring=keyring(aigul), case=case, named=[aigul], reason="Торговля людьми")
    assert back_to_before() == 1
    assert (opens(aigul), opens(jamila)) == (BOTH, NEITHER)
    assert holder(digits).opened.answers()["story"] == STORY
    row = Case.objects.get()
    assert (row.restricted, row.theme, row.origin, Appeal.objects.get().theme) == (True, "", "", "")
    assert not Handle.objects.filter(case=row).exists()
    casework.restrict(keyring=keyring(aigul), case=row, named=[aigul, jamila], reason="Отпуск")
    assert opens(jamila) == BOTH


@pytest.fixture
def received(case: Case, aigul: Any, boris: Any, other_office: Any) -> Referral:
    """A part of the case, accepted by Boris's office."""
    subset = {"purpose": "Приют", "persons": [], "matters": [], "messages": [], "text": STORY}
    referral = casework.propose(
        keyring=keyring(aigul), case=case, receiver=other_office, subset=subset, key=uuid.uuid4(), appeal=Appeal.objects.get(),
        basis={"basis": "emergency", "reason": "Её ищут этой ночью"},
    )  # fmt: skip
    casework.send(keyring=keyring(aigul), referral=referral)
    casework.accept(keyring=keyring(boris), referral=referral)
    return referral


def test_a_referral_out_of_which_a_case_came_that_was_restricted_since_is_open_to_its_named_people_alone(
    received: Referral, aigul: Any, boris: Any, other_office: Any, make_account: Any, back_to_before: Callable[..., int]
) -> None:
    own = Case.objects.get(office=other_office)
    casework.restrict(keyring=keyring(boris), case=own, named=[boris], reason="Насилие")
    assert back_to_before() == 2
    grants = received.epochs.order_by("-number")[:1].get().grants.all()
    assert {grant.user.email if grant.user else grant.organisation_epoch.organisation.code for grant in grants} == {
        boris.email, received.from_office.code,
    }  # fmt: skip
    for user in (aigul, boris):
        assert referring.open_for_staff(Referral.objects.get(), keyring(user)).subset()["text"] == STORY


def test_a_restriction_that_was_lifted_since_is_lifted(
    case: Case, aigul: Any, jamila: Any, back_to_before: Callable[..., int]
) -> None:
    casework.restrict(keyring=keyring(aigul), case=case, named=[aigul], reason="Торговля людьми")
    casework.lift(keyring=keyring(aigul), case=case, reason="Опасность миновала")
    assert back_to_before() == 2
    assert (opens(aigul), opens(jamila)) == (BOTH, BOTH)
    assert (Case.objects.get().restricted, Case.objects.get().theme) == (False, "pay")


def test_a_case_that_was_handed_over_since_is_with_the_other_office(
    case: Case, aigul: Any, boris: Any, other_office: Any, digits: str, back_to_before: Callable[..., int]
) -> None:
    hand_over(case, aigul, other_office)
    assert back_to_before() >= 1
    assert (opens(aigul), opens(boris)) == (NEITHER, BOTH)
    assert Case.objects.get().office.code == Appeal.objects.get().office.code == other_office.code
    assert holder(digits).opened.answers()["story"] == STORY


def hand_over(case: Case, by: Any, to: Any) -> None:
    basis = {"basis": "paper", "signed_on": "2026-11-20", "language": "ru", "explained_by": "Aigul"}
    Appeal.objects.get().receipts.update(seen_by_other=True)  # so that paper may stand for a signature
    referral = casework.propose(
        keyring=keyring(by), case=case, receiver=to, subset={"purpose": "Она переехала"}, basis=basis, key=uuid.uuid4(),
        appeal=Appeal.objects.get(), kind=Referral.Kind.WHOLE,
    )  # fmt: skip
    transfer.hand_over(keyring=keyring(by), referral=referral)


def test_the_new_key_of_an_office_after_somebody_left_is_its_key_again(
    case: Case, office: Any, aigul: Any, jamila: Any, nurlan: Any, back_to_before: Callable[..., int]
) -> None:
    people.make_keys(keyring=keyring(aigul), organisation=office, after=1)
    people.close_account(user=jamila, by=nurlan)
    back_to_before()
    epoch = current_epoch(office)
    assert (epoch.number, list(epoch.keys.values_list("user__email", flat=True))) == (2, [aigul.email])
    assert keyring(aigul).organisation_secret(epoch)
    assert opens(aigul) == BOTH
    assert list(keys_in_trail.strangers()) == []
    assert OrganisationEpoch.objects.get(number=1, organisation=office).renewal_due


def test_digits_that_were_replaced_since_open_and_the_old_ones_do_not(
    digits: str, aigul: Any, back_to_before: Callable[..., int]
) -> None:
    own = vault.receipt_digits(vault.new_key())
    appeals.take_own_digits(holder=holder(digits), digits=own)
    assert back_to_before() == 1
    assert holder(own).opened.answers()["story"] == STORY
    with pytest.raises(appeals.NotOpen):
        appeals.open_with_receipt(digits=digits)


def test_a_second_restore_does_nothing_of_the_first_again(
    case: Case, aigul: Any, jamila: Any, key: vault.RecoveryKey, tmp_path: Path, back_to_before: Callable[..., int]
) -> None:
    casework.restrict(keyring=keyring(aigul), case=case, named=[aigul], reason="Торговля людьми")
    back_to_before()
    casework.lift(keyring=keyring(aigul), case=Case.objects.get(), reason="Опасность миновала")
    for path in (tmp_path / "backups").glob("*.kenesh"):
        path.unlink()
    backup.back_up(tmp_path / "backups", today=date(2026, 11, 23), said=silent)
    assert back_to_before() == 0
    assert (opens(aigul), opens(jamila)) == (BOTH, BOTH)


def test_lost_keys_stop_the_restore_or_close_the_case(
    case: Case, aigul: Any, jamila: Any, digits: str, back_to_before: Callable[..., int]
) -> None:
    casework.restrict(keyring=keyring(aigul), case=case, named=[aigul], reason="Торговля людьми")
    for path in carried.folder(settings.LEDGER).iterdir():
        path.unlink()
    with pytest.raises(carried.Lost):
        back_to_before()
    assert not User.objects.exists()
    back_to_before(close_lost=True)
    assert (opens(aigul), opens(jamila)) == (NEITHER, NEITHER)
    assert holder(digits).opened.answers()["story"] == STORY


def test_keys_beside_the_ledger_are_sealed_to_the_offline_key_and_live_thirty_days(
    case: Case, aigul: Any, key: vault.RecoveryKey
) -> None:
    casework.restrict(keyring=keyring(aigul), case=case, named=[aigul], reason="Торговля людьми")
    folder = carried.folder(settings.LEDGER)
    (kept,) = folder.iterdir()
    assert aigul.public_key not in kept.read_bytes()
    now = datetime.now(UTC)
    assert (carried.forget(folder, now=now + timedelta(days=29)), carried.forget(folder, now=now + timedelta(days=31))) == (0, 1)
