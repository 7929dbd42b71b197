"""Referrals through the pages: asked, agreed with the receipt, sent, worked on, taken back; and those outside the network."""

from __future__ import annotations

import io
import json
import uuid
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image

from kenesh.appeals import actions as appeals
from kenesh.appeals import drafts
from kenesh.appeals.models import Appeal, Receipt
from kenesh.casework import actions, referring
from kenesh.casework.models import Case, CaseFile, ExternalReferral, Matter, Person, Referral, ReferralFile, ReferralGrant
from kenesh.casework.opening import open_case
from kenesh.cast import PASSWORD
from kenesh.kernel import vault
from kenesh.kernel.models import TrailEntry
from kenesh.people import sign_in
from kenesh.people.keyring import KeyMissing, Keyring

pytestmark = pytest.mark.django_db

STORY = "Прораб Кудайберди забрал паспорт"
PURPOSE = "Сходить в инспекцию в Челябинске"
TEXT = "Просим помочь с жалобой"
ANSWERS: dict[str, Any] = {
    "theme": "pay",
    "danger": "no",
    "story": STORY,
    "citizenship": "KG",
    "where_country": "RU",
    "phone": "+7 912 000-11-22",
    "consents": ["a", "d"],
}


@pytest.fixture
def filed(office: Any, aigul: Any) -> str:
    draft = drafts.new()
    draft.answers = dict(ANSWERS)
    assert appeals.file_appeal(draft=draft, office=office, language="ru")
    return draft.receipt


def keyring(user: Any) -> Keyring:
    return Keyring(user, sign_in.check(user.email, PASSWORD).secret)


@pytest.fixture
def case(filed: str, aigul: Any) -> Case:
    return actions.open_from_appeal(keyring=keyring(aigul), appeal=Appeal.objects.get())


def person(digits: str) -> Client:
    client = Client()
    client.post("/ru/appeal/status/", {"receipt": digits})
    return client


def form(case: Case, receiver: Any, **changes: Any) -> dict[str, Any]:
    row = Person.objects.get(case=case).uid.hex
    appeal = case.appeals.first()
    return {
        "key": str(uuid.uuid4()),
        "receiver": receiver.code,
        "purpose": PURPOSE,
        "whose": appeal.code if appeal else "",
        "persons": [f"{row}:citizenship"],
        "matters": [Matter.objects.get(case=case).uid.hex],
        "text": TEXT,
        "how": "receipt",
        **changes,
    }


def propose(client: Client, case: Case, receiver: Any, **changes: Any) -> Referral:
    answer = client.post(f"/work/cases/{case.code}/sharing/refer/", form(case, receiver, **changes))
    assert answer.status_code == 302, answer.context["form"].errors
    return Referral.objects.order_by("-id")[:1].get()


def step(client: Client, referral: Referral, do: str, text: str = "Потому что") -> str:
    answer = client.post(f"/work/referrals/{referral.code}/", {"do": do, "text": text})
    referral.refresh_from_db()
    return f"{answer.status_code} {referral.state}"


def hers(digits: str, referral: Referral, do: str) -> str:
    client = person(digits)
    assert client.post(f"/ru/appeal/status/referral/{referral.uid}/", {"do": do}).status_code == 302
    referral.refresh_from_db()
    return str(referral.state)


def test_a_referral_goes_from_the_question_to_the_result(
    filed: str, case: Case, aigul: Any, boris: Any, other_office: Any, signed_in: Any
) -> None:
    bishkek, chelyabinsk = signed_in(aigul), signed_in(boris)
    referral = propose(bishkek, case, other_office)
    assert chelyabinsk.get(f"/work/referrals/{referral.code}/").status_code == 404
    assert step(bishkek, referral, "send") == "302 proposed"
    status = person(filed).get("/ru/appeal/status/open/").content.decode()
    assert str(referral.uid) in status
    assert TEXT not in status
    page = person(filed).get(f"/ru/appeal/status/referral/{referral.uid}/").content.decode()
    assert PURPOSE in page
    assert TEXT in page
    assert hers(filed, referral, "agree") == "consented"
    assert step(bishkek, referral, "send") == "302 sent"
    assert referral.code in chelyabinsk.get("/work/referrals/").content.decode()
    read = chelyabinsk.get(f"/work/referrals/{referral.code}/").content.decode()
    assert TEXT in read
    assert STORY not in read
    assert "912 000" not in read
    assert step(chelyabinsk, referral, "accept") == "302 accepted"
    own = Case.objects.get(office=other_office)
    assert (own.theme, own.origin, own.destination) == ("pay", "KG", "RU")
    assert open_case(own, keyring(boris)).persons()[0].body["phone"] == ""
    assert TEXT in chelyabinsk.get(f"/work/cases/{own.code}/").content.decode()
    assert bishkek.get(f"/work/cases/{own.code}/").status_code == 404
    assert step(chelyabinsk, referral, "done", "Долг выплачен") == "302 done"
    assert "Долг выплачен" in bishkek.get(f"/work/referrals/{referral.code}/").content.decode()
    assert "Долг выплачен" in person(filed).get(f"/ru/appeal/status/referral/{referral.uid}/").content.decode()


def test_saying_no_sends_nothing(filed: str, case: Case, aigul: Any, boris: Any, other_office: Any, signed_in: Any) -> None:
    client = signed_in(aigul)
    referral = propose(client, case, other_office)
    assert hers(filed, referral, "take_back") == "withdrawn"
    assert step(client, referral, "send") == "302 withdrawn"
    assert not ReferralGrant.objects.filter(organisation_epoch__organisation=other_office).exists()


def test_taking_back_deletes_the_receivers_key(
    filed: str, case: Case, aigul: Any, boris: Any, other_office: Any, signed_in: Any
) -> None:
    bishkek, chelyabinsk = signed_in(aigul), signed_in(boris)
    referral = propose(bishkek, case, other_office)
    hers(filed, referral, "agree")
    step(bishkek, referral, "send")
    assert TEXT in chelyabinsk.get(f"/work/referrals/{referral.code}/").content.decode()
    assert hers(filed, referral, "take_back") == "withdrawn"
    assert TEXT not in chelyabinsk.get(f"/work/referrals/{referral.code}/").content.decode()
    assert TEXT in bishkek.get(f"/work/referrals/{referral.code}/").content.decode()
    assert TEXT in person(filed).get(f"/ru/appeal/status/referral/{referral.uid}/").content.decode()
    with pytest.raises(KeyMissing):
        referring.open_for_staff(referral, keyring(boris))


def test_declining_says_why_to_the_sender_and_to_her(
    filed: str, case: Case, aigul: Any, boris: Any, other_office: Any, signed_in: Any
) -> None:
    bishkek, chelyabinsk = signed_in(aigul), signed_in(boris)
    referral = propose(bishkek, case, other_office)
    hers(filed, referral, "agree")
    step(bishkek, referral, "send")
    assert step(chelyabinsk, referral, "decline", "") == "422 sent"
    assert step(chelyabinsk, referral, "decline", "Нет юриста") == "302 declined"
    assert "Нет юриста" in bishkek.get(f"/work/referrals/{referral.code}/").content.decode()
    assert "Нет юриста" not in chelyabinsk.get(f"/work/referrals/{referral.code}/").content.decode()


def test_a_receiver_hands_nothing_on_without_asking_her_again(
    filed: str,
    case: Case,
    aigul: Any,
    boris: Any,
    office: Any,
    other_office: Any,
    make_office: Any,
    make_account: Any,
    signed_in: Any,
) -> None:
    from kenesh.people import actions as people
    from kenesh.people.models import Role

    third = make_office("Центр, Казань", "RU")
    dina = make_account("Dina", Role.CASEWORKER, organisation=third).user
    people.begin_epoch(organisation=third, holders=[dina], by="test")
    bishkek, chelyabinsk = signed_in(aigul), signed_in(boris)
    referral = propose(bishkek, case, other_office)
    hers(filed, referral, "agree")
    step(bishkek, referral, "send")
    step(chelyabinsk, referral, "accept")
    own = Case.objects.get(office=other_office)
    onward = propose(chelyabinsk, own, third, whose=Appeal.objects.get().code)
    assert onward.appeal == Appeal.objects.get()
    assert step(chelyabinsk, onward, "send") == "302 proposed"
    assert hers(filed, onward, "agree") == "consented"
    assert step(chelyabinsk, onward, "send") == "302 sent"
    assert TEXT in signed_in(dina).get(f"/work/referrals/{onward.code}/").content.decode()


def test_an_emergency_needs_a_reason_and_she_is_told_at_once(
    filed: str, case: Case, aigul: Any, boris: Any, other_office: Any, signed_in: Any
) -> None:
    client = signed_in(aigul)
    wrong = client.post(f"/work/cases/{case.code}/sharing/refer/", form(case, other_office, how="emergency"))
    assert wrong.status_code == 422
    reason = "Завтра её выдворяют из страны"
    referral = propose(client, case, other_office, how="emergency", reason=reason)
    assert step(client, referral, "send") == "302 sent"
    status = person(filed).get("/ru/appeal/status/open/")
    assert "referral_emergency" in [entry.body["code"] for entry in status.context["view"].steps]
    assert reason in person(filed).get(f"/ru/appeal/status/referral/{referral.uid}/").content.decode()
    assert TrailEntry.objects.filter(verb="send_without_consent").count() == 1


def test_paper_is_for_somebody_without_a_receipt_of_her_own(
    filed: str, case: Case, aigul: Any, boris: Any, other_office: Any, signed_in: Any
) -> None:
    client = signed_in(aigul)
    paper = {"how": "paper", "signed_on": "2026-03-01", "language": "ky", "explained_by": "Айгүл"}
    assert client.post(f"/work/cases/{case.code}/sharing/refer/", form(case, other_office, **paper)).status_code == 422
    Receipt.objects.update(seen_by_other=True)
    referral = propose(client, case, other_office, **paper)
    assert step(client, referral, "send") == "302 sent"


def test_digits_that_staff_have_seen_agree_to_nothing(
    filed: str, case: Case, aigul: Any, boris: Any, other_office: Any, signed_in: Any
) -> None:
    referral = propose(signed_in(aigul), case, other_office)
    Receipt.objects.update(seen_by_other=True)
    holder = _holder(filed)
    with pytest.raises(actions.NotConsented):
        actions.agree(holder=holder, referral=referral, language="ru")


def _holder(digits: str) -> appeals.Holder:
    cookie, _receipt = appeals.open_with_receipt(digits=digits)
    holder = appeals.holder_of(cookie.hex())
    assert holder is not None
    return holder


def test_an_office_without_a_key_holder_cannot_be_chosen(case: Case, aigul: Any, make_office: Any, signed_in: Any) -> None:
    empty = make_office("Центр без ключа", "RU")
    assert signed_in(aigul).post(f"/work/cases/{case.code}/sharing/refer/", form(case, empty)).status_code == 422


def test_another_persons_receipt_finds_nothing(
    filed: str, case: Case, office: Any, aigul: Any, boris: Any, other_office: Any, signed_in: Any
) -> None:
    referral = propose(signed_in(aigul), case, other_office)
    draft = drafts.new()
    draft.answers = dict(ANSWERS)
    appeals.file_appeal(draft=draft, office=office, language="ru")
    assert person(draft.receipt).get(f"/ru/appeal/status/referral/{referral.uid}/").status_code == 404
    assert Client().get(f"/ru/appeal/status/referral/{referral.uid}/").status_code == 302


def test_erasing_closes_what_was_handed_over(
    filed: str, case: Case, aigul: Any, boris: Any, other_office: Any, signed_in: Any
) -> None:
    bishkek, chelyabinsk = signed_in(aigul), signed_in(boris)
    referral = propose(bishkek, case, other_office)
    hers(filed, referral, "agree")
    step(bishkek, referral, "send")
    holder = person(filed)
    holder.post("/ru/appeal/status/erase/", {"what": "erase"})
    assert TEXT not in chelyabinsk.get(f"/work/referrals/{referral.code}/").content.decode()
    holder.post("/ru/appeal/status/erase/", {"what": "stop"})
    assert TEXT in chelyabinsk.get(f"/work/referrals/{referral.code}/").content.decode()


def _photo() -> bytes:
    out = io.BytesIO()
    image = Image.new("RGB", (60, 30), (9, 99, 9))
    exif = image.getexif()
    exif[0x010E] = "PLACE-42.87"
    image.save(out, "JPEG", exif=exif)
    return out.getvalue()


def test_files_go_along_as_copies_that_tell_no_place(
    filed: str, case: Case, aigul: Any, boris: Any, other_office: Any, signed_in: Any
) -> None:
    bishkek, chelyabinsk = signed_in(aigul), signed_in(boris)
    for name in ("паспорт.jpg", "личное.jpg"):
        sent = {"key": str(uuid.uuid4()), "file": SimpleUploadedFile(name, _photo()), "description": ""}
        assert bishkek.post(f"/work/cases/{case.code}/files/", sent).status_code == 302
    chosen = CaseFile.objects.order_by("id")[:1].get()
    referral = propose(bishkek, case, other_office, papers=[chosen.uid.hex])
    name = f"files/{ReferralFile.objects.get().uid}/"
    hers_page = f"/ru/appeal/status/referral/{referral.uid}/{name}"
    copy = b"".join(person(filed).get(hers_page))
    assert copy.startswith(b"\xff\xd8")
    assert b"PLACE" not in copy
    hers(filed, referral, "agree")
    step(bishkek, referral, "send")
    assert b"".join(chelyabinsk.get(f"/work/referrals/{referral.code}/{name}")) == copy
    page = chelyabinsk.get(f"/work/referrals/{referral.code}/").content.decode()
    assert "паспорт.jpg" in page
    assert "личное.jpg" not in page
    step(chelyabinsk, referral, "accept")
    own = Case.objects.get(office=other_office)
    assert "паспорт.jpg" in chelyabinsk.get(f"/work/cases/{own.code}/files/").content.decode()


words = st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=20)
subsets = st.fixed_dictionaries(
    {
        "purpose": words,
        "text": words,
        "persons": st.lists(st.dictionaries(st.sampled_from(["name", "phone"]), words, max_size=2), max_size=2),
        "matters": st.lists(st.dictionaries(st.sampled_from(["theme", "region"]), words, max_size=2), max_size=2),
        "messages": st.just([]),
    }
)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(agreed=subsets, sent=subsets, other_receiver=st.booleans())
def test_nothing_is_sent_but_what_was_agreed_to(
    agreed: dict[str, Any], sent: dict[str, Any], other_receiver: bool, case: Case, office: Any, other_office: Any, filed: str
) -> None:
    """Whatever lies in the referral when it is sent: a consent stands for the very same content, receiver and purpose alone."""
    keys = vault.from_receipt(filed, _pepper())
    referral = Referral(case=case, appeal=Appeal.objects.get(), from_office=office, to_office=other_office)
    opened = referring.begin(referral)
    opened.seal_subset(agreed)
    opened.seal_consent(referring.signed_consent(opened, signing_seed=keys.signing_seed, language="ru"))
    assert referring.consent_stands(opened)
    opened.seal_subset(sent)
    referral.to_office = office if other_receiver else other_office
    same = json.dumps(agreed, sort_keys=True) == json.dumps(sent, sort_keys=True) and not other_receiver
    assert referring.consent_stands(opened) is same
    kept = opened.consent()
    assert kept is not None
    opened.seal_consent({**kept, "hash": referring.hash_of(opened)})
    assert referring.consent_stands(opened) is same


def _pepper() -> bytes:
    from django.conf import settings as ours

    pepper: bytes = ours.SECRETS.pepper
    return pepper


def test_a_subset_that_was_changed_after_her_yes_stays_here(
    filed: str, case: Case, aigul: Any, boris: Any, other_office: Any, signed_in: Any
) -> None:
    client = signed_in(aigul)
    referral = propose(client, case, other_office)
    hers(filed, referral, "agree")
    opened = referring.open_for_staff(referral, keyring(aigul))
    opened.seal_subset({**opened.subset(), "text": STORY})
    opened.referral.save(update_fields=["sealed_subset"])
    assert step(client, referral, "send") == "302 consented"
    assert not ReferralGrant.objects.filter(organisation_epoch__organisation=other_office).exists()


def test_somebody_outside_was_turned_to_and_she_reads_it(filed: str, case: Case, aigul: Any, signed_in: Any) -> None:
    client = signed_in(aigul)
    sent = {
        "key": str(uuid.uuid4()),
        "version": "1",
        "kind": "inspectorate",
        "to": "Инспекция труда",
        "how": "letter",
        "consent": "b",
        "told": "Долг за три месяца",
        "due": "2027-01-31",
    }
    for _ in range(2):
        assert client.post(f"/work/cases/{case.code}/sharing/outside/", sent).status_code == 302
    row = ExternalReferral.objects.get()
    case.refresh_from_db()
    assert case.due_on.isoformat() == "2027-01-31"
    assert "Долг за три месяца" in person(filed).get("/ru/appeal/status/open/").content.decode()
    page = f"/work/cases/{case.code}/sharing/outside/{row.uid}/"
    assert client.post(page, {**sent, "reply": "Проверка назначена"}).status_code == 302
    stale = client.post(page, {**sent, "reply": "Отказ"})
    assert stale.status_code == 422
    assert "Проверка назначена" in stale.content.decode()
    assert "Проверка назначена" in person(filed).get("/ru/appeal/status/open/").content.decode()
    assert "Инспекция".encode() not in bytes(row.sealed)


def test_of_what_was_never_sent_the_other_office_learns_nothing(
    filed: str, case: Case, aigul: Any, boris: Any, other_office: Any, signed_in: Any
) -> None:
    referral = propose(signed_in(aigul), case, other_office)
    assert hers(filed, referral, "take_back") == "withdrawn"
    chelyabinsk = signed_in(boris)
    assert chelyabinsk.get(f"/work/referrals/{referral.code}/").status_code == 404
    assert referral.code not in chelyabinsk.get("/work/referrals/?answered=yes").content.decode()
    assert referral.code in signed_in(aigul).get("/work/referrals/?show=out&answered=yes").content.decode()


def test_own_new_digits_carry_a_consent_that_is_not_sent_yet(
    filed: str, case: Case, aigul: Any, boris: Any, other_office: Any, signed_in: Any
) -> None:
    client = signed_in(aigul)
    referral = propose(client, case, other_office)
    hers(filed, referral, "agree")
    she = person(filed)
    she.get("/ru/appeal/status/own-digits/")
    she.post("/ru/appeal/status/own-digits/take/")
    assert step(client, referral, "send") == "302 sent"


def test_when_the_office_has_replaced_a_lost_receipt_the_page_says_so_and_she_is_asked_again(
    filed: str, case: Case, aigul: Any, boris: Any, other_office: Any, signed_in: Any
) -> None:
    client = signed_in(aigul)
    referral = propose(client, case, other_office)
    hers(filed, referral, "agree")
    Receipt.objects.update(right=Receipt.Right.CO_HOLDER)  # somebody's part of a group's case: the office can replace the digits
    digits = vault.receipt_digits(vault.new_key())
    appeals.give_receipt(
        keyring=keyring(aigul), appeal=Appeal.objects.select_related("office").get(), keys=vault.from_receipt(digits, _pepper()),
        reason="Потерял", request_key=uuid.uuid4(),
    )  # fmt: skip
    page = client.get(f"/work/referrals/{referral.code}/")
    assert (page.context["broken"], page.context["may"]) == (True, {"ask_again", "withdraw"})
    assert step(client, referral, "send") == "302 consented"
    assert step(client, referral, "ask_again") == "302 proposed"
    she = person(digits)
    she.get("/ru/appeal/status/own-digits/")
    she.post("/ru/appeal/status/own-digits/take/")
    assert TEXT in she.get(f"/ru/appeal/status/referral/{referral.uid}/").content.decode()
    she.post(f"/ru/appeal/status/referral/{referral.uid}/", {"do": "agree"})
    assert step(client, referral, "ask_again") == "302 consented"
    assert step(client, referral, "send") == "302 sent"
