"""Search inside the encrypted, through the pages: words, names, phones, themes; duplicates, similar matters, what stays hidden."""

from __future__ import annotations

import uuid
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client

from kenesh.appeals import actions as appeals
from kenesh.appeals import drafts
from kenesh.appeals.models import Appeal
from kenesh.casework import actions
from kenesh.casework.models import Case, Handle, IndexEntry, IndexState, Matter, Party, Person, SealedQuery, ToIndex
from kenesh.casework.search import indexing, lookup, terms
from kenesh.cast import PASSWORD
from kenesh.kernel import vault
from kenesh.people import actions as people
from kenesh.people import sign_in
from kenesh.people.keyring import KeyMissing, Keyring

pytestmark = pytest.mark.django_db

STORY = "Прораб Кудайберди не платит зарплату третий месяц и забрал наши паспорта"
PHONE = "+996 555 12 34 56"


def keyring(user: Any) -> Keyring:
    return Keyring(user, sign_in.check(user.email, PASSWORD).secret)


def file_with(office: Any, **changes: Any) -> tuple[str, Appeal]:
    draft = drafts.new()
    draft.answers = {"theme": "pay", "danger": "no", "story": STORY, "citizenship": "KG", "where_country": "RU", **changes}
    draft.answers.setdefault("consents", ["a"])
    assert appeals.file_appeal(draft=draft, office=office, language="ru")
    return draft.receipt, Appeal.objects.latest("id")


def open_case_with(office: Any, keys: Keyring, *, person: dict[str, Any] | None = None, **changes: Any) -> Case:
    _, appeal = file_with(office, **changes)
    case = actions.open_from_appeal(keyring=keys, appeal=appeal)
    if person:
        row = Person.objects.get(case=case)
        actions.change_row(keyring=keys, row=row, changes=person, version=row.version)
    return case


def found(client: Client, words: str, show: str = "") -> set[str]:
    """Codes of what the page shows for these words."""
    answer = client.post("/work/search/", {"words": words, "show": show})
    assert answer.status_code == 302, answer.content.decode()
    assert words not in answer["Location"]
    return {line.row.code for line in client.get(answer["Location"]).context["found"].rows}


def test_a_new_appeal_is_found_by_word_forms_theme_and_phone(office: Any, aigul: Any, signed_in: Any) -> None:
    _, appeal = file_with(office, phone=PHONE)
    _, other = file_with(office, theme="housing-money", story="Нас выселили из общежития")
    client = signed_in(aigul)
    for words in (
        "зарплата",
        "зарплаты паспорт",
        "0555123456",
        "00996 555 123456",
        "Kudaiberdi",
        "айлык бербей жатат",
        appeal.code,
    ):
        assert appeal.code in found(client, words), words
        assert other.code not in found(client, words), words
    assert found(client, "зарплата общежитие") == set()
    assert found(client, "зарплата", "open") == set()
    assert found(client, "зарплата", "new") == {appeal.code}


def test_a_client_is_found_under_every_spelling_and_phone(office: Any, aigul: Any, signed_in: Any) -> None:
    case = open_case_with(office, keyring(aigul), person={"name": "Айбек Жыргалбек уулу Хасанов", "phone": "8 (916) 123-45-67"})
    actions.add_note(keyring=keyring(aigul), case=case, text="Бригадир пообещал расплатиться", key=uuid.uuid4())
    client = signed_in(aigul)
    for words in ("Aibek", "Aybek Khasanov", "Xasanov", "Хасанов Айбек уулу", "+7 916 123 45 67", "9161234567", "бригадиры"):
        assert found(client, words) == {case.code}, words
    assert found(client, "Айбек Нурланов") == set()
    assert found(client, "Айбек", "mine") == {case.code}
    assert found(client, "Айбек", "closed") == set()


def test_what_runs_in_hours_and_notes_about_money_and_files_are_found_too(office: Any, aigul: Any, signed_in: Any) -> None:
    keys, client = keyring(aigul), signed_in(aigul)
    case = open_case_with(office, keys)
    held = {**actions.NO_ALARM, "detained_where": "Сахарово", "lawyer": "Мусабекова", "consul_told": "yes"}
    actions.set_alarm(keyring=keys, case=case, body=held, version=0, urgent=True)
    paper = SimpleUploadedFile("расписка.txt", b"45000")
    upload = {"file": paper, "key": str(uuid.uuid4()), "description": "Заверенная копия"}
    assert client.post(f"/work/cases/{case.code}/files/", upload).status_code == 302
    for words in ("Сахарово", "Мусабекова", "расписка", "заверенная"):
        assert found(client, words) == {case.code}, words
    assert found(client, "yes") == set()


def test_the_page_says_why_it_found_something_and_shows_the_words(office: Any, aigul: Any, signed_in: Any) -> None:
    file_with(office)
    client = signed_in(aigul)
    answer = client.post("/work/search/", {"words": "паспорт"})
    page = client.get(answer["Location"])
    line = page.context["found"].rows[0]
    assert (line.hit, line.why[0]) == ("паспорта", "w")
    assert "<mark>паспорта</mark>" in page.content.decode()


def test_what_is_new_waits_on_a_list_and_the_page_counts_it(office: Any, aigul: Any, signed_in: Any) -> None:
    file_with(office)
    assert ToIndex.objects.count() == 1
    assert indexing.work_off(keyring(aigul), [office], budget_ms=0) == 1
    assert signed_in(aigul).get("/work/search/").context["not_yet"] == 0
    assert (ToIndex.objects.count(), Handle.objects.count()) == (0, 1)


def test_a_changed_case_is_found_by_its_new_words_and_not_by_its_old_phone(office: Any, aigul: Any, signed_in: Any) -> None:
    keys, client = keyring(aigul), signed_in(aigul)
    case = open_case_with(office, keys, person={"name": "Айбек", "phone": PHONE})
    assert found(client, PHONE) == {case.code}
    row = Person.objects.get(case=case)
    actions.change_row(keyring=keys, row=row, changes={"phone": "+7 999 000 11 22"}, version=row.version)
    assert found(client, "89990001122") == {case.code}
    assert found(client, PHONE) == set()
    assert Handle.objects.count() == 1


class Interrupted(Keyring):
    """A session during whose work a colleague changes the case."""

    case: Case | None = None

    def organisation_secret(self, epoch: Any) -> bytes:
        if self.case is not None and ToIndex.objects.filter(case=self.case).exists():
            indexing.put_case(self.case)
        return super().organisation_secret(epoch)


def test_what_changes_while_it_is_being_indexed_stays_on_the_list(office: Any, aigul: Any) -> None:
    keys = keyring(aigul)
    case = open_case_with(office, keys)
    slow = Interrupted(keys.user, keys.secret)
    slow.case = case
    assert indexing.work_off(slow, [office], budget_ms=1) == 1
    assert Handle.objects.filter(case=case).count() == 1
    assert indexing.work_off(keys, [office]) == 0
    assert Handle.objects.filter(case=case).count() == 1


def test_an_index_built_in_bulk_is_searched_like_one_that_grew(office: Any, aigul: Any) -> None:
    keys, rows = keyring(aigul), [file_with(office)[1] for _ in range(3)]
    ToIndex.objects.all().delete()
    epoch = office.epochs.get()
    given = [(indexing.Subject(appeal_id=row.pk), ["c:pay", f"p:{at}"]) for at, row in enumerate(rows)]
    assert indexing.build(index_key=keys.index_key(epoch), epoch=epoch, subjects=given, at_once=2) == 3
    assert [hit.appeal for hit in lookup.cases_with(keys, office, ["c:pay"])] == rows[::-1]
    assert [hit.appeal for hit in lookup.cases_with(keys, office, ["p:1", "c:pay"])] == [rows[1]]
    any_two = lookup.cases_with(keys, office, ["p:0", "p:2"], every=False)
    assert [(hit.appeal, hit.matched) for hit in any_two] == [(rows[2], ("p:2",)), (rows[0], ("p:0",))]
    assert lookup.cases_with(keys, office, ["p:0", "p:2"]) == []


def test_an_erased_appeal_is_gone_at_once_and_its_traces_are_purged(office: Any, aigul: Any) -> None:
    keys = keyring(aigul)
    _, appeal = file_with(office, phone=PHONE)
    indexing.work_off(keys, [office])
    term = terms.phone_terms(PHONE)[0]
    assert len(lookup.cases_with(keys, office, [term])) == 1
    appeal.delete()
    assert Handle.objects.count() == 0
    assert lookup.cases_with(keys, office, [term]) == []
    index = indexing.open_indexes(keys, office)[0]
    assert index.map.heads([term])[term].count == 0


def test_a_person_who_erases_is_hidden_until_she_stops_it(office: Any, aigul: Any, signed_in: Any) -> None:
    digits, appeal = file_with(office)
    client = signed_in(aigul)
    assert found(client, "паспорт") == {appeal.code}
    cookie, _ = appeals.open_with_receipt(digits=digits)
    holder = appeals.holder_of(cookie.hex())
    assert holder is not None
    appeals.request_erasure(holder=holder)
    assert found(client, "паспорт") == set()
    assert Handle.objects.count() == 0
    again = appeals.holder_of(cookie.hex())
    assert again is not None
    appeals.cancel_erasure(holder=again)
    assert found(client, "паспорт") == {appeal.code}


def test_another_office_an_outsider_and_a_newcomer_without_key_find_nothing(
    office: Any, aigul: Any, boris: Any, eve: Any, make_account: Any, signed_in: Any
) -> None:
    from kenesh.people.models import Role

    file_with(office)
    indexing.work_off(keyring(aigul), [office])
    assert found(signed_in(boris), "паспорт") == set()
    assert signed_in(eve).get("/work/search/").status_code == 404
    newcomer = make_account("Jamila", Role.CASEWORKER, organisation=office).user
    client = signed_in(newcomer)
    answer = client.get(client.post("/work/search/", {"words": "паспорт"})["Location"])
    assert answer.context["found"].rows == []
    assert answer.context["found"].no_key == [office]
    with pytest.raises(KeyMissing):
        lookup.cases_with(keyring(newcomer), office, ["w:паспорт"])


def test_a_search_is_another_users_secret_and_lasts_a_day(office: Any, aigul: Any, boris: Any, signed_in: Any) -> None:
    address = signed_in(aigul).post("/work/search/", {"words": "Кудайберди"})["Location"]
    assert "Кудайберди".encode() not in bytes(SealedQuery.objects.get().sealed)
    assert signed_in(boris).get(address).status_code == 302
    assert signed_in(aigul).get("/work/search/?view=nonsense").status_code == 302
    assert signed_in(aigul).post("/work/search/", {"words": ""}).status_code == 422


def test_a_restricted_case_is_not_in_the_index(office: Any, aigul: Any, signed_in: Any) -> None:
    case = open_case_with(office, keyring(aigul))
    client = signed_in(aigul)
    assert found(client, "паспорт") == {case.code}
    Case.objects.filter(pk=case.pk).update(restricted=True)
    assert found(client, "паспорт") == set()
    indexing.put_case(case)
    indexing.work_off(keyring(aigul), [office])
    assert Handle.objects.count() == 0


def test_when_a_member_leaves_everything_moves_to_a_new_key_and_stays_found(office: Any, aigul: Any, signed_in: Any) -> None:
    keys, client = keyring(aigul), signed_in(aigul)
    case = open_case_with(office, keys)
    indexing.work_off(keys, [office])
    old = IndexState.objects.get()
    people.begin_epoch(organisation=office, holders=[aigul], by=aigul, keyring=keys)
    assert len(lookup.cases_with(keyring(aigul), office, ["c:pay"])) == 1  # before anything has moved
    for _ in range(4):
        assert found(client, "паспорт") == {case.code}
    assert not IndexState.objects.filter(pk=old.pk).exists()
    assert {int.from_bytes(bytes(label)[:4], "big") for label in IndexEntry.objects.values_list("label", flat=True)} == {
        IndexState.objects.get().pk
    }


def test_an_index_goes_with_its_key(office: Any, aigul: Any) -> None:
    file_with(office)
    indexing.work_off(keyring(aigul), [office])
    office.epochs.all().delete()
    assert (IndexEntry.objects.count(), Handle.objects.count()) == (0, 0)


def test_a_dump_tells_no_word_and_a_tampered_entry_is_noticed(office: Any, aigul: Any) -> None:
    keys = keyring(aigul)
    _, appeal = file_with(office, phone=PHONE)
    indexing.work_off(keys, [office])
    stored = b"".join(bytes(row.label) + bytes(row.sealed) for row in IndexEntry.objects.all())
    handle = Handle.objects.get().pk
    for clear in ("паспорт".encode(), b"555123456", appeal.uid.bytes, handle.to_bytes(8, "big"), handle.to_bytes(8, "little")):
        assert clear not in stored
    index = indexing.open_indexes(keys, office)[0]
    label = index.map.term("c:pay").label(0)
    row = IndexEntry.objects.get(label=label)
    IndexEntry.objects.filter(label=label).update(sealed=bytes(row.sealed)[:-1] + b"\x00")
    with pytest.raises(vault.Tampered):
        lookup.cases_with(keys, office, ["c:pay"])


def test_a_duplicate_is_suggested_joined_by_a_person_and_parted_again(office: Any, aigul: Any, signed_in: Any) -> None:
    keys, client = keyring(aigul), signed_in(aigul)
    case = open_case_with(office, keys, phone=PHONE)
    _, appeal = file_with(office, phone="0555123456", story="Это снова я")
    _, stranger = file_with(office, phone="+7 900 111 22 33")
    client.get("/work/search/")
    page = client.get(f"/work/appeals/{appeal.code}/").content.decode()
    assert f"/work/appeals/{appeal.code}/join/{case.code}/" in page
    assert "/join/" not in client.get(f"/work/appeals/{stranger.code}/").content.decode()
    assert client.post(f"/work/appeals/{appeal.code}/join/{case.code}/").status_code == 302
    assert set(case.appeals.all()) >= {appeal}
    assert found(client, "снова") == {case.code}
    assert client.post(f"/work/cases/{case.code}/part/{appeal.code}/").status_code == 302
    appeal.refresh_from_db()
    assert (appeal.status, case.appeals.count()) == ("new", 1)
    assert found(client, "снова") == {appeal.code}
    assert client.post(f"/work/apart/{appeal.code}/{case.code}/").status_code == 302
    assert "/join/" not in client.get(f"/work/appeals/{appeal.code}/").content.decode()


def test_nobody_joins_what_lies_with_another_office(
    office: Any, other_office: Any, aigul: Any, boris: Any, signed_in: Any
) -> None:
    case = open_case_with(office, keyring(aigul))
    _, foreign = file_with(other_office)
    for user in (aigul, boris):
        assert signed_in(user).post(f"/work/appeals/{foreign.code}/join/{case.code}/").status_code == 404
        assert signed_in(user).post(f"/work/apart/{foreign.code}/{case.code}/").status_code == 404


def test_the_same_employer_is_counted_and_proposes_the_problem_without_its_name(office: Any, aigul: Any, signed_in: Any) -> None:
    keys, client = keyring(aigul), signed_in(aigul)
    for name in ("ООО «Строй-Инвест»", "Стройинвест"):
        case = open_case_with(office, keys)
        body = {"role": "employer", "name": name, "tax_number": "ИНН 7701234567"}
        actions.add_row(keyring=keys, case=case, row=Party(case=case), body=body, key=uuid.uuid4(), verb="add_party")
    client.get("/work/search/")
    page = client.get(f"/work/cases/{case.code}/facts/").content.decode()
    assert "/work/problems/new/?theme=pay&amp;origin=KG&amp;destination=RU" in page
    assert len(found(client, "7701234567")) == 2


def test_similar_matters_that_went_well_stand_beside_the_case(office: Any, aigul: Any, signed_in: Any) -> None:
    keys, client = keyring(aigul), signed_in(aigul)
    cases = [open_case_with(office, keys, theme="unpaid-wages") for _ in range(3)]
    for case, outcome in zip(cases, ("R1", "N2", ""), strict=True):
        row = Matter.objects.get(case=case)
        actions.change_row(keyring=keys, row=row, changes={"outcome": outcome}, version=row.version)
    client.get("/work/search/")
    page = client.get(f"/work/cases/{cases[2].code}/facts/").content.decode()
    similar = page.split('id="similar"')[1].split("</section>")[0]
    assert cases[0].code in similar
    assert cases[1].code not in similar


def test_older_results_follow_and_the_queries_do_not_grow(office: Any, aigul: Any, signed_in: Any) -> None:
    client = signed_in(aigul)
    for number in range(25):
        file_with(office, story=f"Паспорт номер {number}")
    while client.get("/work/search/").context["not_yet"]:
        pass
    first = client.get(client.post("/work/search/", {"words": "паспорт"})["Location"])
    assert len(first.context["found"].rows) == 20
    view, older = first.context["view"], first.context["found"].older
    second = client.get(f"/work/search/?view={view}&after={older}").context["found"]
    codes = [line.row.code for line in (*first.context["found"].rows, *second.rows)]
    assert (len(set(codes)), second.older) == (25, "")
    assert codes == list(Appeal.objects.order_by("-id").values_list("code", flat=True))
    assert client.get(f"/work/search/?view={view}&after=².1-1").status_code == 200
    with connection.execute_wrapper(_counting := Counting()):
        client.get(first.request["PATH_INFO"] + "?" + first.request["QUERY_STRING"])
    assert _counting.number <= 45


class Counting:
    def __init__(self) -> None:
        self.number = 0

    def __call__(self, execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        self.number += 1
        return execute(sql, params, many, context)
