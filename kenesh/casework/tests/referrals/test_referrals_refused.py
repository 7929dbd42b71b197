"""What is never handed over, and what others learn of it."""

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
from kenesh.casework.models import Case, CaseFile, Deadline, ExternalReferral, Referral, ReferralFile, ReferralGrant
from kenesh.casework.tests.referrals.handing import ANSWERS, STORY, TEXT, form, hers, keyring, person, propose, step
from kenesh.kernel import vault
from kenesh.kernel.models import TrailEntry

pytestmark = pytest.mark.django_db


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


def test_nothing_is_handed_to_the_office_about_which_she_complains(
    office: Any, other_office: Any, aigul: Any, boris: Any, signed_in: Any
) -> None:
    draft = drafts.new()
    draft.answers = {**ANSWERS, "complaint_about": other_office.code}
    assert appeals.file_appeal(draft=draft, office=office, language="ru")
    case = actions.open_from_appeal(keyring=keyring(aigul), appeal=Appeal.objects.get())
    for way in ("refer", "hand-over"):
        page = signed_in(aigul).get(f"/work/cases/{case.code}/sharing/{way}/")
        assert page.context["form"].fields["receiver"].queryset.count() == 0, way
    assert signed_in(aigul).post(f"/work/cases/{case.code}/sharing/refer/", form(case, other_office)).status_code == 422


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
    client, she = signed_in(aigul), person(filed)
    she.post("/ru/appeal/status/consent/b-authority/", {"given": "yes"})
    sent = outside(due="2027-01-31")
    for _ in range(2):
        assert client.post(f"/work/cases/{case.code}/sharing/outside/", sent).status_code == 302
    row = ExternalReferral.objects.get()
    case.refresh_from_db()
    assert Deadline.objects.get().due_on.isoformat() == "2027-01-31"
    assert "Долг за три месяца" in person(filed).get("/ru/appeal/status/open/").content.decode()
    page = f"/work/cases/{case.code}/sharing/outside/{row.uid}/"
    assert client.post(page, {**sent, "reply": "Проверка назначена"}).status_code == 302
    assert Deadline.objects.get().done
    stale = client.post(page, {**sent, "reply": "Отказ"})
    assert stale.status_code == 422
    assert "Проверка назначена" in stale.content.decode()
    assert "Проверка назначена" in person(filed).get("/ru/appeal/status/open/").content.decode()
    assert "Инспекция".encode() not in bytes(row.sealed)


def outside(**changes: str) -> dict[str, str]:
    sent = {"kind": "inspectorate", "to": "Инспекция труда", "how": "letter", "consent": "b", "told": "Долг за три месяца"}
    return {"key": str(uuid.uuid4()), "version": "1", **sent, **changes}


def test_nobody_outside_is_told_her_name_on_a_consent_that_does_not_stand(
    filed: str, case: Case, aigul: Any, signed_in: Any
) -> None:
    client, she = signed_in(aigul), person(filed)

    def taken(kind: str, claimed: str) -> bool:
        answer = client.post(f"/work/cases/{case.code}/sharing/outside/", outside(kind=kind, consent=claimed))
        return bool(answer.status_code == 302)

    claims = [("inspectorate", "b"), ("consulate", "b"), ("shelter", "b"), ("shelter", "c"), ("inspectorate", "none")]
    stood = {"": [taken(*claim) for claim in claims]}
    for consent in ("b-authority", "b-consul", "c"):
        she.post(f"/ru/appeal/status/consent/{consent}/", {"given": "yes"})
        stood[consent] = [taken(*claim) for claim in claims]
    assert stood == {
        "": [False, False, False, False, True],
        "b-authority": [True, False, False, False, True],
        "b-consul": [True, True, False, False, True],
        "c": [True, True, True, True, True],
    }


def test_what_came_back_can_be_noted_after_she_has_taken_her_consent_back(
    filed: str, case: Case, aigul: Any, signed_in: Any
) -> None:
    client, she = signed_in(aigul), person(filed)
    she.post("/ru/appeal/status/consent/b-authority/", {"given": "yes"})
    client.post(f"/work/cases/{case.code}/sharing/outside/", outside())
    she.post("/ru/appeal/status/consent/b-authority/", {"given": "no"})
    page = f"/work/cases/{case.code}/sharing/outside/{ExternalReferral.objects.get().uid}/"
    assert client.post(page, outside(reply="Проверка назначена")).status_code == 302
    assert client.post(page, outside(version="2", kind="prosecutor")).status_code == 422


def test_an_emergency_outside_takes_a_reason_that_she_reads(filed: str, case: Case, aigul: Any, signed_in: Any) -> None:
    client, page = signed_in(aigul), f"/work/cases/{case.code}/sharing/outside/"
    assert client.post(page, outside(consent="emergency")).status_code == 422
    why = "Его вывозят сегодня ночью"
    assert client.post(page, outside(consent="emergency", reason=why)).status_code == 302
    assert why in person(filed).get("/ru/appeal/status/open/").content.decode()
    assert TrailEntry.objects.filter(verb="name_without_consent").count() == 1
    assert why.encode() not in bytes(ExternalReferral.objects.get().sealed)


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
