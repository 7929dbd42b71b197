"""Two features of sharing at once: restricted and referred, restricted and a brigade, closing and complained about."""

from __future__ import annotations

import uuid
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from kenesh.appeals.models import Appeal
from kenesh.casework import actions
from kenesh.casework.actions import keeping
from kenesh.casework.models import Case, LegalLimit, Matter, Person, Referral
from kenesh.casework.opening import open_case
from kenesh.casework.tests.queue.rows import file, keyring, opened_case
from kenesh.casework.tests.registers.register import csv_of, finish, imported
from kenesh.casework.views.deadlines import country_for
from kenesh.people import actions as people
from kenesh.people.models import Role
from kenesh.people.queries import fingerprint_of

pytestmark = pytest.mark.django_db


def colleague(make_account: Any, office: Any, name: str, of: Any) -> Any:
    """Somebody with the key of the office."""
    user = make_account(name, Role.CASEWORKER, organisation=office).user
    people.admit(organisation=office, colleague=user, fingerprint=fingerprint_of(user), keyring=keyring(of))
    return user


def person(digits: str) -> Client:
    client = Client()
    client.post("/ru/appeal/status/", {"receipt": digits})
    return client


def asked_for_the_whole(client: Client, case: Case, receiver: Any, digits: str) -> Referral:
    """The whole case is to go to the receiver, and she has agreed."""
    form = {"key": str(uuid.uuid4()), "receiver": receiver.code, "purpose": "Переезд", "how": "receipt"}
    whose = case.appeals.order_by("id")[:1].get().code
    assert client.post(f"/work/cases/{case.code}/sharing/hand-over/", {**form, "whose": whose}).status_code == 302
    referral = Referral.objects.order_by("-id")[:1].get()
    person(digits).post(f"/ru/appeal/status/referral/{referral.uid}/", {"do": "agree"})
    return referral


def proposed_part(client: Client, case: Case, receiver: Any) -> Referral:
    """The name of the person is to go to the receiver, in an emergency."""
    row = Person.objects.get(case=case)
    form = {
        "key": str(uuid.uuid4()), "receiver": receiver.code, "purpose": "Приют на ночь", "persons": f"{row.uid.hex}:name",
        "how": "emergency", "reason": "Её ищут этой ночью", "whose": case.appeals.get().code,
    }  # fmt: skip
    assert client.post(f"/work/cases/{case.code}/sharing/refer/", form).status_code == 302
    return Referral.objects.order_by("-id")[:1].get()


def sent_part(client: Client, case: Case, receiver: Any) -> Referral:
    referral = proposed_part(client, case, receiver)
    assert step(client, referral, "send") == "sent"
    return referral


def step(client: Client, referral: Referral, do: str, **more: str) -> str:
    client.post(f"/work/referrals/{referral.code}/", {"do": do, **more})
    referral.refresh_from_db()
    return str(referral.state)


# --- restricted -----------------------------------------------------------------------------------------------------------


def test_a_receipt_of_a_restricted_case_opens_nothing_to_the_rest_of_the_office(
    office: Any, aigul: Any, make_account: Any, signed_in: Any
) -> None:
    jamila = colleague(make_account, office, "Jamila", aigul)
    case, client = opened_case(office, aigul), signed_in(aigul)
    actions.restrict(keyring=keyring(aigul), case=case, named=[aigul], reason="Торговля людьми")
    several = {"key": str(uuid.uuid4()), "persons": "Нурлан Асанов; +996 555 000 111; 100", "currency": "RUB"}
    client.post(f"/work/cases/{case.code}/brigade/", several)
    row = Person.objects.order_by("-id")[:1].get()
    client.post(f"/work/cases/{case.code}/brigade/{row.uid}/receipt/", {"key": str(uuid.uuid4())})
    part = Appeal.objects.order_by("-id")[:1].get()
    assert (part.restricted, part.origin, part.destination, part.theme) == (True, "", "", "")
    page = signed_in(jamila).get(f"/work/appeals/{part.code}/").content.decode()
    assert ("Нурлан" in page, "Jamila" in page) == (False, False)
    assert part.epochs.order_by("-number")[:1].get().grants.get().user == aigul
    actions.lift(keyring=keyring(aigul), case=case, reason="Угрозы нет")
    part.refresh_from_db()
    assert (part.restricted, part.origin) == (False, "KG")


def test_a_restricted_case_that_is_referred_opens_to_who_accepted_it_alone(
    office: Any, other_office: Any, aigul: Any, boris: Any, make_account: Any, signed_in: Any
) -> None:
    mirlan = colleague(make_account, other_office, "Mirlan", boris)
    case = opened_case(office, aigul, name="Айгерим Сапарова")
    actions.restrict(keyring=keyring(aigul), case=case, named=[aigul], reason="Насилие")
    referral = sent_part(signed_in(aigul), case, other_office)
    assert step(signed_in(boris), referral, "accept") == "accepted"
    reads = [
        "Айгерим" in signed_in(user).get(f"/work/referrals/{referral.code}/").content.decode() for user in (aigul, boris, mirlan)
    ]
    assert reads == [True, True, False]
    own = Case.objects.get(office=other_office)
    actions.restrict(keyring=keyring(aigul), case=case, named=[aigul], reason="Ещё раз")
    actions.lift(keyring=keyring(boris), case=own, reason="Можно")
    assert "Айгерим" in signed_in(mirlan).get(f"/work/referrals/{referral.code}/").content.decode()
    actions.restrict(keyring=keyring(boris), case=own, named=[boris], reason="Снова")
    assert step(signed_in(boris), referral, "give_back", text="Она уехала") == "returned"
    reads = [
        "Айгерим" in signed_in(user).get(f"/work/referrals/{referral.code}/").content.decode() for user in (aigul, boris, mirlan)
    ]
    assert reads == [True, False, False]


def test_a_restricted_case_is_kept_and_its_days_are_counted_as_its_sealed_facts_say(office: Any, aigul: Any) -> None:
    case = opened_case(office, aigul)
    matter = Matter.objects.get(case=case)
    facts = {"theme": "unpaid-wages", "country": ""}
    actions.change_row(keyring=keyring(aigul), row=matter, changes=facts, version=matter.version)
    actions.restrict(keyring=keyring(aigul), case=case, named=[aigul], reason="Угрозы")
    assert country_for(LegalLimit(countries=["KG", "RU"]), open_case(case, keyring(aigul))) == "RU"
    actions.close_case(keyring=keyring(aigul), case=case)
    assert Case.objects.get().keep_until == keeping.months_later(timezone.localdate(), 36)


# --- a whole case goes to another office ----------------------------------------------------------------------------------


def test_a_whole_case_goes_nowhere_once_somebody_else_has_an_appeal_in_it(
    office: Any, other_office: Any, aigul: Any, boris: Any, signed_in: Any
) -> None:
    digits = file(office)
    case = actions.open_from_appeal(keyring=keyring(aigul), appeal=Appeal.objects.get())
    client = signed_in(aigul)
    referral = asked_for_the_whole(client, case, other_office, digits)
    file(office)
    other = Appeal.objects.order_by("-id")[:1].get()
    actions.join_appeal_to_case(keyring=keyring(aigul), appeal=other, case=case)
    assert step(client, referral, "send") == "consented"
    assert set(Appeal.objects.values_list("office", flat=True)) == {office.pk}


def test_what_was_proposed_to_others_ends_when_the_whole_case_goes(
    office: Any, other_office: Any, aigul: Any, boris: Any, signed_in: Any
) -> None:
    digits = file(office, name="Айгерим Сапарова")
    case = actions.open_from_appeal(keyring=keyring(aigul), appeal=Appeal.objects.get())
    client = signed_in(aigul)
    part = proposed_part(client, case, other_office)
    whole = asked_for_the_whole(client, case, other_office, digits)
    assert step(client, whole, "send") == "sent"
    assert step(client, part, "send") == "withdrawn"


# --- the closing of an office ---------------------------------------------------------------------------------------------


@pytest.fixture
def head(office: Any, make_account: Any, signed_in: Any) -> Client:
    """Its administrator, who has let it take no new appeals."""
    client: Client = signed_in(make_account("Head", Role.ORGANISATION_ADMIN, organisation=office).user)
    client.post(f"/work/offices/{office.code}/closing/", {"do": "begin"})
    return client


def hand_over_all(client: Client, office: Any, successor: Any) -> None:
    assert (
        client.post(f"/work/offices/{office.code}/closing/", {"do": "hand_over", "successor": successor.code}).status_code == 302
    )


def test_what_is_open_to_others_or_complains_about_the_successor_keeps_nothing_else_back(
    office: Any, other_office: Any, aigul: Any, boris: Any, make_account: Any, signed_in: Any, head: Client
) -> None:
    jamila = colleague(make_account, office, "Jamila", aigul)
    complaint = opened_case(office, aigul, complaint_about=other_office.code)
    hers, plain = opened_case(office, aigul), opened_case(office, aigul)
    actions.restrict(keyring=keyring(aigul), case=hers, named=[jamila], reason="Насилие")
    file(office, complaint_about=other_office.code)
    about = Appeal.objects.order_by("-id")[:1].get()
    file(office)
    new = Appeal.objects.order_by("-id")[:1].get()
    hand_over_all(signed_in(aigul), office, other_office)
    stays = {case.code for case in Case.objects.filter(office=office)}
    assert stays == {complaint.code, hers.code}
    assert set(Appeal.objects.filter(office=office)) == {about, *complaint.appeals.all(), *hers.appeals.all()}
    assert Appeal.objects.get(pk=new.pk).office == other_office
    hand_over_all(signed_in(jamila), office, other_office)
    assert Case.objects.get(office=office) == complaint
    assert [user.name for user in actions.named_people(Case.objects.get(pk=hers.pk))] == ["Boris"]
    assert Case.objects.get(pk=plain.pk).office == other_office


def test_who_stays_is_told_once_however_often_the_button_is_pressed_until_she_writes_again(
    office: Any, aigul: Any, signed_in: Any, head: Client
) -> None:
    digits = file(office)
    client, words = signed_in(aigul), "Обратитесь к консулу"

    def told() -> int:
        client.post(f"/work/offices/{office.code}/closing/", {"do": "tell", "words": words})
        return person(digits).get("/ru/appeal/status/open/").content.decode().count(words)

    assert [told(), told()] == [1, 1]
    person(digits).post("/ru/appeal/status/open/", {"text": "Консул не отвечает", "key": str(uuid.uuid4())})
    assert told() == 2
    assert Appeal.objects.get().status == "closed"


def test_who_was_told_by_one_closing_office_is_told_by_the_next_one_too(
    office: Any, other_office: Any, aigul: Any, boris: Any, signed_in: Any, head: Client, make_account: Any
) -> None:
    digits, client = file(office), signed_in(aigul)
    client.post(f"/work/offices/{office.code}/closing/", {"do": "tell", "words": "Обратитесь в Центр Б"})
    hand_over_all(client, office, other_office)
    next_head = signed_in(make_account("Next", Role.ORGANISATION_ADMIN, organisation=other_office).user)
    next_head.post(f"/work/offices/{other_office.code}/closing/", {"do": "begin"})
    signed_in(boris).post(f"/work/offices/{other_office.code}/closing/", {"do": "tell", "words": "Обратитесь к консулу"})
    assert "Обратитесь к консулу" in person(digits).get("/ru/appeal/status/open/").content.decode()


def test_taking_an_import_back_destroys_nothing_that_another_office_has_taken_over(
    office: Any, other_office: Any, aigul: Any, boris: Any, signed_in: Any, head: Client
) -> None:
    client = signed_in(aigul)
    _address, job = imported(client, csv_of(["Айбек", "89120001122"], headings=["ФИО", "Телефон"]))
    hand_over_all(client, office, other_office)
    finish(client, f"/work/jobs/{job.code}/", "undo")
    assert Case.objects.get().office == other_office


# --- a group -------------------------------------------------------------------------------------------------------------


def test_the_part_of_one_of_a_group_is_not_parted_from_its_case(office: Any, aigul: Any, signed_in: Any) -> None:
    case, client = opened_case(office, aigul), signed_in(aigul)
    client.post(f"/work/cases/{case.code}/brigade/", {"key": str(uuid.uuid4()), "persons": "Нурлан", "currency": "RUB"})
    his = Person.objects.order_by("-id")[:1].get()
    client.post(f"/work/cases/{case.code}/brigade/{his.uid}/receipt/", {"key": str(uuid.uuid4())})
    his.refresh_from_db()
    file(office)
    joined = Appeal.objects.order_by("-id")[:1].get()
    actions.join_appeal_to_case(keyring=keyring(aigul), appeal=joined, case=case)
    page = client.get(f"/work/cases/{case.code}/facts/").content.decode()
    ways = {appeal.pk: f"/work/cases/{case.code}/part/{appeal.code}/" for appeal in case.appeals.all()}
    assert [pk for pk, way in ways.items() if way in page] == [joined.pk]
    for way in (ways[his.appeal_id], ways[joined.pk]):
        client.post(way)
    assert set(case.appeals.values_list("pk", flat=True)) == ways.keys() - {joined.pk}
