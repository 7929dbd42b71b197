"""A whole case goes to another office, and an office closes: keys move, people are told, nothing is left readable by mistake."""

from __future__ import annotations

import uuid
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from kenesh.appeals import actions as appeals
from kenesh.appeals import drafts
from kenesh.appeals.models import Appeal
from kenesh.casework import actions
from kenesh.casework.actions import keeping, transfer
from kenesh.casework.models import Case, Referral
from kenesh.casework.opening import open_case
from kenesh.cast import PASSWORD
from kenesh.people import actions as people
from kenesh.people import sign_in
from kenesh.people.keyring import KeyMissing, Keyring
from kenesh.people.models import OrganisationKey, OrganisationRecovery, Role
from kenesh.people.queries import fingerprint_of

pytestmark = pytest.mark.django_db

STORY = "Прораб Кудайберди забрал паспорт"
ANSWERS: dict[str, Any] = {
    "theme": "pay",
    "danger": "no",
    "story": STORY,
    "citizenship": "KG",
    "where_country": "RU",
    "consents": ["a", "d"],
}


def file(office: Any) -> str:
    draft = drafts.new()
    draft.answers = dict(ANSWERS)
    assert appeals.file_appeal(draft=draft, office=office, language="ru")
    return draft.receipt


@pytest.fixture
def filed(office: Any, aigul: Any) -> str:
    return file(office)


def keyring(user: Any) -> Keyring:
    return Keyring(user, sign_in.check(user.email, PASSWORD).secret)


@pytest.fixture
def case(filed: str, aigul: Any) -> Case:
    return actions.open_from_appeal(keyring=keyring(aigul), appeal=Appeal.objects.get())


def person(digits: str) -> Client:
    client = Client()
    client.post("/ru/appeal/status/", {"receipt": digits})
    return client


def agreed(client: Client, case: Case, receiver: Any, digits: str) -> Referral:
    """The whole case is to go to the receiver, and she has agreed."""
    sent = {
        "key": str(uuid.uuid4()),
        "receiver": receiver.code,
        "purpose": "Она переехала в Челябинск",
        "whose": Appeal.objects.order_by("id")[:1].get().code,
        "how": "receipt",
    }
    assert client.post(f"/work/cases/{case.code}/sharing/hand-over/", sent).status_code == 302
    referral = Referral.objects.get()
    step(client, referral, "send")
    assert referral.state == "proposed"
    person(digits).post(f"/ru/appeal/status/referral/{referral.uid}/", {"do": "agree"})
    return referral


def step(client: Client, referral: Referral, do: str) -> str:
    client.post(f"/work/referrals/{referral.code}/", {"do": do})
    referral.refresh_from_db()
    return str(referral.state)


def reads(client: Client, case: Case) -> bool:
    return STORY in client.get(f"/work/cases/{case.code}/").content.decode()


def test_a_whole_case_moves_with_its_keys(
    filed: str, case: Case, aigul: Any, boris: Any, other_office: Any, signed_in: Any
) -> None:
    bishkek, chelyabinsk = signed_in(aigul), signed_in(boris)
    referral = agreed(bishkek, case, other_office, filed)
    assert step(bishkek, referral, "send") == "sent"
    assert bishkek.get(f"/work/cases/{case.code}/").status_code == 404
    assert reads(chelyabinsk, case)
    referral.refresh_from_db()
    assert referral.state == "accepted"
    assert "Она переехала" in bishkek.get(f"/work/referrals/{referral.code}/").content.decode()
    assert step(bishkek, referral, "undo") == "accepted"
    with pytest.raises(KeyMissing):
        open_case(case, keyring(aigul))
    person(filed).post("/ru/appeal/status/open/", {"text": "Спасибо, я здесь", "key": str(uuid.uuid4())})
    assert "Спасибо, я здесь" in chelyabinsk.get(f"/work/cases/{case.code}/").content.decode()
    answer = {"answer-text": "Мы вас ждём", "answer-key": str(uuid.uuid4())}
    chelyabinsk.post(f"/work/cases/{case.code}/answer/", answer)
    assert "Мы вас ждём" in person(filed).get("/ru/appeal/status/open/").content.decode()


def test_it_is_undone_while_nobody_has_opened_it(
    filed: str, case: Case, aigul: Any, boris: Any, other_office: Any, signed_in: Any
) -> None:
    bishkek, chelyabinsk = signed_in(aigul), signed_in(boris)
    referral = agreed(bishkek, case, other_office, filed)
    step(bishkek, referral, "send")
    assert step(bishkek, referral, "undo") == "withdrawn"
    assert reads(bishkek, case)
    assert chelyabinsk.get(f"/work/cases/{case.code}/").status_code == 404
    with pytest.raises(KeyMissing):
        open_case(case, keyring(boris))


def test_after_ten_minutes_it_is_not_undone(
    filed: str, case: Case, aigul: Any, boris: Any, other_office: Any, signed_in: Any, monkeypatch: Any
) -> None:
    bishkek = signed_in(aigul)
    referral = agreed(bishkek, case, other_office, filed)
    monkeypatch.setattr(transfer, "UNDO_WITHIN", timedelta(seconds=-1))
    step(bishkek, referral, "send")
    assert step(bishkek, referral, "undo") == "sent"


def test_a_restricted_case_goes_to_named_people_of_the_receiver(
    filed: str, case: Case, aigul: Any, boris: Any, other_office: Any, make_account: Any, signed_in: Any
) -> None:
    actions.restrict(keyring=keyring(aigul), case=case, named=[aigul], reason="Насилие")
    bishkek = signed_in(aigul)
    referral = agreed(bishkek, case, other_office, filed)
    step(bishkek, referral, "send")
    assert reads(signed_in(boris), case)
    case.refresh_from_db()
    assert case.restricted
    assert [user.name for user in actions.named_people(case)] == ["Boris"]


# --- the closing of an office -----------------------------------------------------------------------------------------------


def test_an_office_closes_step_by_step(
    filed: str, case: Case, office: Any, aigul: Any, boris: Any, other_office: Any, make_account: Any, signed_in: Any
) -> None:
    head = signed_in(make_account("Head", Role.ORGANISATION_ADMIN, organisation=office).user)
    worker, page = signed_in(aigul), f"/work/offices/{office.code}/closing/"
    second = file(office)
    end = {"do": "end", "understood": "on", "successor": other_office.code}
    assert page in head.get("/work/").content.decode()
    assert head.post(page, {"do": "begin"}).status_code == 302
    office.refresh_from_db()
    assert not office.takes_appeals
    assert head.post(page, end).status_code == 422
    assert OrganisationKey.objects.filter(epoch__organisation=office).exists()
    assert worker.post(page, end).status_code == 302
    office.refresh_from_db()
    assert office.ended_on is None
    assert worker.post(page, {"do": "hand_over", "successor": other_office.code}).status_code == 302
    assert actions.live_of(office) == {"open": 0, "closed": 0, "held": 0, "erasing": 0, "referrals": 0, "new": 0, "appeals": 0}
    assert reads(signed_in(boris), case)
    for digits in (filed, second):
        steps = person(digits).get("/ru/appeal/status/open/").context["view"].steps
        assert "transferred" in [entry.body["code"] for entry in steps]
    assert head.post(page, end).status_code == 302
    office.refresh_from_db()
    assert office.ended_on == timezone.localdate()
    assert office.successions.get().successor == other_office
    assert not OrganisationKey.objects.filter(epoch__organisation=office).exists()
    assert not OrganisationRecovery.objects.filter(epoch__organisation=office).exists()


def test_those_who_stay_are_told_where_else_to_turn(
    filed: str, case: Case, office: Any, aigul: Any, make_account: Any, signed_in: Any
) -> None:
    actions.close_case(keyring=keyring(aigul), case=case)
    head = signed_in(make_account("Head", Role.ORGANISATION_ADMIN, organisation=office).user)
    page = f"/work/offices/{office.code}/closing/"
    head.post(page, {"do": "begin"})
    signed_in(aigul).post(page, {"do": "tell", "words": "Обратитесь к консулу"})
    assert "Обратитесь к консулу" in person(filed).get("/ru/appeal/status/open/").content.decode()
    assert head.post(page, {"do": "end", "understood": "on"}).status_code == 302
    assert STORY in person(filed).get("/ru/appeal/status/story/").content.decode()


def test_restricted_cases_hold_nothing_back_and_the_page_says_who_hands_them_over(
    filed: str, case: Case, office: Any, aigul: Any, other_office: Any, boris: Any, make_account: Any, signed_in: Any
) -> None:
    jamila = make_account("Jamila", Role.CASEWORKER, organisation=office).user
    people.admit(keyring=keyring(aigul), organisation=office, colleague=jamila, fingerprint=fingerprint_of(jamila))
    actions.restrict(keyring=keyring(aigul), case=case, named=[jamila], reason="Насилие")
    file(office)
    office.takes_appeals = False
    office.save()
    page = f"/work/offices/{office.code}/closing/"
    hand_over = {"do": "hand_over", "successor": other_office.code}
    worker = signed_in(aigul)
    assert worker.post(page, hand_over).status_code == 302
    assert list(Appeal.objects.values_list("office", flat=True).order_by("id")) == [office.pk, other_office.pk]
    shown = worker.get(page)
    assert (shown.context["restricted"], shown.context["restricted_by"]) == (1, [(jamila, 1)])
    assert "Jamila: 1" in shown.content.decode()
    assert signed_in(jamila).post(page, hand_over).status_code == 302
    assert not Appeal.objects.filter(office=office).exists()
    assert reads(signed_in(boris), case)


def test_no_office_ends_while_a_case_is_held_or_a_referral_waits_for_it(
    filed: str, case: Case, office: Any, aigul: Any, boris: Any, other_office: Any, make_account: Any, signed_in: Any
) -> None:
    head = signed_in(make_account("Head", Role.ORGANISATION_ADMIN, organisation=office).user)
    worker, page, end = signed_in(aigul), f"/work/offices/{office.code}/closing/", {"do": "end", "understood": "on"}
    keeping.hold(keyring=keyring(aigul), case=case, reason="Суд", look_again_on=timezone.localdate(), key=uuid.uuid4())
    agreed(worker, case, other_office, filed)
    actions.close_case(keyring=keyring(aigul), case=case)
    head.post(page, {"do": "begin"})
    asked = Referral.objects.get()
    shown = worker.get(page).content.decode()
    assert (f"/work/cases/{case.code}/keeping/" in shown, f"/work/referrals/{asked.code}/" in shown) == (True, True)
    assert head.post(page, end).status_code == 422
    worker.post(f"/work/referrals/{asked.code}/", {"do": "withdraw", "text": "Центр закрывается"})
    assert head.post(page, end).status_code == 422
    worker.post(f"/work/cases/{case.code}/keeping/lift/")
    assert head.post(page, end).status_code == 302


def test_nobody_writes_to_an_office_that_has_ended_and_its_page_names_who_goes_on(
    filed: str, case: Case, office: Any, aigul: Any, other_office: Any, boris: Any, make_account: Any, signed_in: Any
) -> None:
    actions.close_case(keyring=keyring(aigul), case=case)
    other_office.phone = "+7 351 000-00-00"
    other_office.save()
    head = signed_in(make_account("Head", Role.ORGANISATION_ADMIN, organisation=office).user)
    page = f"/work/offices/{office.code}/closing/"
    head.post(page, {"do": "begin"})
    assert head.post(page, {"do": "end", "understood": "on", "successor": other_office.code}).status_code == 302
    she = person(filed)
    shown = she.get("/ru/appeal/status/open/").content.decode()
    assert (other_office.name["ru"] in shown, "+7 351 000-00-00" in shown, 'name="text"' in shown) == (True, True, False)
    sent = {"text": "Вы ещё здесь?", "key": str(uuid.uuid4())}
    refused = she.post("/ru/appeal/status/open/", sent)
    assert (refused.status_code, Case.objects.get().status) == (422, "closed")
    paper = {"key": str(uuid.uuid4()), "file": SimpleUploadedFile("a.txt", b"Paper")}
    assert she.post("/ru/appeal/status/files/", paper).status_code == 422


def test_nobody_closes_another_office(office: Any, aigul: Any, boris: Any, nurlan: Any, eve: Any, signed_in: Any) -> None:
    for stranger in (boris, nurlan, eve):
        assert signed_in(stranger).post(f"/work/offices/{office.code}/closing/", {"do": "begin"}).status_code == 404
