"""What stays of a referral when something goes wrong, when it ends, or when one of its offices does."""

from __future__ import annotations

import io
import json
import uuid
from typing import Any
from zipfile import ZipFile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from kenesh.appeals import actions as appeals
from kenesh.casework.actions import files
from kenesh.casework.models import Case, CaseFile, Person, Referral
from kenesh.casework.tests.referrals.handing import TEXT, hers, person, propose, step
from kenesh.people import actions as people
from kenesh.people.models import Role

pytestmark = pytest.mark.django_db
ENDED = "The referral from which this case was opened"


def accepted(filed: str, case: Case, bishkek: Any, chelyabinsk: Any, other_office: Any, **changes: Any) -> tuple[Referral, Case]:
    """The referral, and the receiver's own case."""
    referral = propose(bishkek, case, other_office, **changes)
    hers(filed, referral, "agree")
    step(bishkek, referral, "send")
    assert step(chelyabinsk, referral, "accept") == "302 accepted"
    return referral, Case.objects.get(office=other_office)


def test_files_that_did_not_come_along_are_taken_over_later(
    filed: str, case: Case, aigul: Any, boris: Any, other_office: Any, signed_in: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    bishkek, chelyabinsk = signed_in(aigul), signed_in(boris, language="en")
    sent = {"key": str(uuid.uuid4()), "file": SimpleUploadedFile("договор.txt", b"Contract No 17"), "description": ""}
    assert bishkek.post(f"/work/cases/{case.code}/files/", sent).status_code == 302
    with monkeypatch.context() as full:
        full.setattr(files, "MOST_FILES", 0)
        papers = [CaseFile.objects.get().uid.hex]
        referral, own = accepted(filed, case, bishkek, chelyabinsk, other_office, papers=papers)
    page = f"/work/referrals/{referral.code}/"
    assert "Take the files over" in chelyabinsk.get(page).content.decode()
    assert step(chelyabinsk, referral, "take_files") == "302 accepted"
    assert "договор.txt" in chelyabinsk.get(f"/work/cases/{own.code}/files/").content.decode()
    assert "Take the files over" not in chelyabinsk.get(page).content.decode()
    step(chelyabinsk, referral, "take_files")
    assert own.files.count() == 1


def test_a_case_says_so_when_the_referral_that_it_came_from_was_taken_back(
    filed: str, case: Case, aigul: Any, boris: Any, other_office: Any, signed_in: Any
) -> None:
    chelyabinsk = signed_in(boris, language="en")
    referral, own = accepted(filed, case, signed_in(aigul), chelyabinsk, other_office)
    assert ENDED not in chelyabinsk.get(f"/work/cases/{own.code}/").content.decode()
    hers(filed, referral, "take_back")
    for tab in ("", "reach/"):
        assert f"{ENDED} was taken back" in chelyabinsk.get(f"/work/cases/{own.code}/{tab}").content.decode()


def test_who_erases_is_told_which_office_keeps_copies_and_that_office_is_told_too(
    filed: str, case: Case, aigul: Any, boris: Any, other_office: Any, signed_in: Any
) -> None:
    chelyabinsk = signed_in(boris, language="en")
    _, own = accepted(filed, case, signed_in(aigul), chelyabinsk, other_office)
    she = person(filed)
    assert other_office.name["ru"] in she.get("/ru/appeal/status/erase/").content.decode()
    she.post("/ru/appeal/status/erase/", {"what": "erase"})
    assert f"{ENDED} is gone" in chelyabinsk.get(f"/work/cases/{own.code}/").content.decode()
    appeals.destroy_erased(today=Referral.objects.get().appeal.erase_on)
    assert not Referral.objects.exists()
    assert f"{ENDED} is gone" in chelyabinsk.get(f"/work/cases/{own.code}/").content.decode()


def test_an_office_that_has_the_case_now_is_woken_and_is_offered_no_page_that_is_not_its_own(
    filed: str, case: Case, aigul: Any, boris: Any, other_office: Any, make_office: Any, make_account: Any, signed_in: Any
) -> None:
    bishkek, chelyabinsk = signed_in(aigul), signed_in(boris)
    referral, _ = accepted(filed, case, bishkek, chelyabinsk, other_office)
    osh = make_office("Центр поддержки, Ош", "KG")
    zarina = make_account("Zarina", Role.CASEWORKER, organisation=osh).user
    people.begin_epoch(organisation=osh, holders=[zarina], by="test")
    whole = {
        "key": str(uuid.uuid4()),
        "receiver": osh.code,
        "purpose": "Переезд",
        "whose": case.appeals.get().code,
        "how": "receipt",
    }
    assert bishkek.post(f"/work/cases/{case.code}/sharing/hand-over/", whole).status_code == 302
    handed = Referral.objects.order_by("-id")[0]
    hers(filed, handed, "agree")
    assert step(bishkek, handed, "send") == "302 sent"
    third = signed_in(zarina)
    shown = third.get(f"/work/cases/{case.code}/sharing/").content.decode()
    assert (other_office.name["ru"] in shown, f"/work/referrals/{referral.code}/" in shown) == (True, False)
    Case.objects.filter(pk=case.pk).update(status="others")
    step(chelyabinsk, referral, "done", "Долг выплачен")
    case.refresh_from_db()
    assert case.status == "office"


def test_what_a_referral_told_of_her_is_in_the_archive_of_her_case(
    filed: str, case: Case, aigul: Any, boris: Any, other_office: Any, signed_in: Any
) -> None:
    chelyabinsk = signed_in(boris)
    _, own = accepted(filed, case, signed_in(aigul), chelyabinsk, other_office)
    note = {"note-text": "Секрет коллег", "note-key": str(uuid.uuid4())}
    assert chelyabinsk.post(f"/work/cases/{own.code}/note/", note).status_code == 302
    taken = chelyabinsk.post(f"/work/cases/{own.code}/archive/", {"person": str(Person.objects.get(case=own).uid)})
    with ZipFile(io.BytesIO(b"".join(taken))) as archive:
        told = [one["text"] for one in json.loads(archive.read("data.json"))["parts"]["answers"]]
    assert [TEXT in text for text in told] == [True]
