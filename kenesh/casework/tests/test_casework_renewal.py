"""After a compromise: everything under new keys, the old ones destroyed, in steps that can be broken off and gone on with."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from typing import Any

import pytest

from kenesh.appeals import actions as appeals
from kenesh.appeals import drafts
from kenesh.appeals import opening as appeal_opening
from kenesh.appeals import reencrypt as appeals_reencrypt
from kenesh.appeals.models import Appeal, Entry, ReceiptKey
from kenesh.appeals.models import Epoch as AppealEpoch
from kenesh.casework import actions, jobs, reencrypt
from kenesh.casework.models import Case, Epoch, Job, Note
from kenesh.casework.opening import open_case
from kenesh.cast import PASSWORD
from kenesh.people import actions as people
from kenesh.people import sign_in
from kenesh.people.keyring import KeyMissing, Keyring
from kenesh.people.models import OrganisationKey, User
from kenesh.people.queries import current_epoch

pytestmark = pytest.mark.django_db

Make = Callable[..., Any]


def keyring(user: User) -> Keyring:
    return Keyring(user, sign_in.check(user.email, PASSWORD).secret)


def file_with(office: Any, story: str) -> str:
    draft = drafts.new()
    draft.answers = {"theme": "pay", "story": story, "citizenship": "KG", "where_country": "RU", "consents": ["a", "d"]}
    appeals.file_appeal(draft=draft, office=office, language="ky")
    return draft.receipt


@pytest.fixture
def filled(aigul: Any, office: Any) -> list[str]:
    """Two appeals, a case with a person, a matter, a note and a talk; gives the receipts."""
    ring = keyring(aigul)
    receipts = [file_with(office, "Биринчи окуя"), file_with(office, "Экинчи окуя")]
    case = actions.open_from_appeal(keyring=ring, appeal=Appeal.objects.order_by("pk")[:1].get())
    actions.add_note(keyring=ring, case=case, text="заметка", key=uuid.uuid4())
    actions.answer(keyring=ring, case=case, text="Жооп", key=uuid.uuid4())
    return receipts


def all_of_it(ring: Keyring) -> list[Any]:
    """Everything that a caseworker can read, as plain content."""
    found: list[Any] = []
    for appeal in Appeal.objects.order_by("pk"):
        opened = appeal_opening.open_for_office(appeal, ring)
        found += [opened.answers(), [entry.body for entry in opened.entries()]]
    for case in Case.objects.order_by("pk"):
        opened_case = open_case(case, ring)
        rows: list[Any] = [*opened_case.persons(), *opened_case.matters(), *opened_case.notes(), *opened_case.deadlines()]
        found += [opened_case.door_word(), *[row.body for row in rows]]
    return found


def go_through(job: Job, ring: Keyring) -> Job:
    while job.state == Job.State.RUNNING:
        job = jobs.go_on(keyring=ring, job=job, seconds=0.01)
    return job


def renew_everything(client: Any, office: Any, ring: Keyring, monkeypatch: pytest.MonkeyPatch) -> None:
    page = f"/work/renewal/{office.code}/"
    client.post(f"/work/colleagues/{office.code}/key/", {"after": str(current_epoch(office).number)})
    for wish in ("reseal", "destroy"):
        there = client.post(page, {"key": str(uuid.uuid4()), "do": wish}).headers["Location"]
        assert there.startswith("/work/jobs/")
        go_through(Job.objects.get(code=there.split("/")[3]), ring)
        monkeypatch.setattr(reencrypt, "SECONDS_BETWEEN", 0.0)


def test_after_renewing_everything_no_old_key_opens_anything(
    filled: list[str], aigul: Any, office: Any, signed_in: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    thief, client = keyring(aigul), signed_in(aigul)
    old = {epoch.pk: thief.organisation_secret(epoch) for epoch in office.epochs.all()}
    before = all_of_it(thief)
    renew_everything(client, office, keyring(aigul), monkeypatch)
    assert all_of_it(keyring(aigul)) == before
    assert {AppealEpoch.objects.filter(appeal=appeal).count() for appeal in Appeal.objects.all()} == {1}
    assert AppealEpoch.objects.filter(sealed_previous__isnull=False).count() == 0
    assert Epoch.objects.count() == 1
    assert ReceiptKey.objects.count() == len(filled)
    assert reencrypt.to_renew(office) == 0
    newest = current_epoch(office)
    assert newest.number == 2
    assert newest.sealed_previous is None
    assert OrganisationKey.objects.filter(epoch__number=1).count() == 0
    stolen = Keyring(User(pk=0), bytes(32), dict(old))
    for appeal in Appeal.objects.all():
        with pytest.raises(KeyMissing):
            appeal_opening.open_for_office(appeal, stolen)
    with pytest.raises(KeyMissing):
        open_case(Case.objects.get(), stolen)


def test_receipts_open_their_appeals_after_it_and_the_talk_goes_on(
    filled: list[str], aigul: Any, office: Any, signed_in: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    renew_everything(signed_in(aigul), office, keyring(aigul), monkeypatch)
    for digits in filled:
        cookie, _ = appeals.open_with_receipt(digits=digits)
        holder = appeals.holder_of(cookie.hex())
        assert holder is not None
        appeals.write_message(holder=holder, text="Дагы", request_key=uuid.uuid4())
    texts = [
        entry.text
        for appeal in Appeal.objects.all()
        for entry in appeal_opening.open_for_office(appeal, keyring(aigul)).entries()
    ]
    assert texts.count("Дагы") == 2


def test_what_is_written_between_the_two_passes_is_kept(
    filled: list[str], aigul: Any, office: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Somebody opened the case before the first pass and saves after it, under the old key."""
    ring, case = keyring(aigul), Case.objects.get()
    opened_before = open_case(case, ring)
    entry_before = appeal_opening.open_for_office(Appeal.objects.order_by("pk")[:1].get(), ring)
    people.make_keys(keyring=ring, organisation=office, after=1)
    go_through(reencrypt.start_reseal(keyring=ring, office=office, request_key=uuid.uuid4()), ring)
    actions.store(opened_before, Note(case=case), {"text": "поздно", "by": "Aigul", "at": "2026-01-01T00:00:00+00:00"})
    from django.utils import timezone

    entry_before.sealed_entry(kind="step", by="office", at=timezone.now(), code="taken_up").save()
    with pytest.raises(reencrypt.TooEarly):
        reencrypt.start_destroy(keyring=ring, office=office, request_key=uuid.uuid4())
    monkeypatch.setattr(reencrypt, "SECONDS_BETWEEN", 0.0)
    go_through(reencrypt.start_destroy(keyring=ring, office=office, request_key=uuid.uuid4()), ring)
    assert [note.body["text"] for note in open_case(case, ring).notes()] == ["поздно", "заметка"]
    assert Entry.objects.exclude(epoch__in=AppealEpoch.objects.values("number")).count() == 0
    all_of_it(ring)


def test_an_appeal_that_is_being_erased_stays_as_it_is_and_keeps_the_old_key_of_the_office(
    filled: list[str], aigul: Any, office: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    cookie, _ = appeals.open_with_receipt(digits=filled[1])
    holder = appeals.holder_of(cookie.hex())
    assert holder is not None
    appeals.request_erasure(holder=holder)
    ring = keyring(aigul)
    people.make_keys(keyring=ring, organisation=office, after=1)
    monkeypatch.setattr(reencrypt, "SECONDS_BETWEEN", 0.0)
    for start in (reencrypt.start_reseal, reencrypt.start_destroy):
        go_through(start(keyring=ring, office=office, request_key=uuid.uuid4()), ring)
    assert current_epoch(office).sealed_previous is not None
    holder = appeals.holder_of(cookie.hex())
    assert holder is not None
    appeals.cancel_erasure(holder=holder)
    assert len(all_of_it(keyring(aigul))) > 4


@pytest.mark.parametrize("outsider", ["boris", "nurlan", "eve", "chynara"])
def test_nobody_else_renews_an_office(
    outsider: str, aigul: Any, office: Any, signed_in: Make, request: pytest.FixtureRequest
) -> None:
    client, page = signed_in(request.getfixturevalue(outsider)), f"/work/renewal/{office.code}/"
    assert client.get(page).status_code == 404
    assert client.post(page, {"key": str(uuid.uuid4()), "do": "reseal"}).status_code == 404


def test_the_page_of_colleagues_says_how_many_keys_are_to_be_renewed(
    filled: list[str], aigul: Any, office: Any, signed_in: Make
) -> None:
    client = signed_in(aigul)
    assert reencrypt.to_renew(office) == 0
    people.make_keys(keyring=keyring(aigul), organisation=office, after=1)
    assert reencrypt.to_renew(office) == 3
    shown = client.get("/work/colleagues/").content.decode()
    assert f"/work/renewal/{office.code}/" in shown
    assert client.get(f"/work/renewal/{office.code}/").context["left"] == 3


def test_every_sealed_column_is_known_to_the_renewal() -> None:
    """A column that is missing here would be lost when the old keys are destroyed."""
    known = {f"{kind._meta.db_table}.sealed" for kind in appeals_reencrypt.ROWS} | appeals_reencrypt.OWN_COLUMNS
    assert set(appeals_reencrypt.sealed_columns()) == known
    assert reencrypt.sealed_columns() == set()
