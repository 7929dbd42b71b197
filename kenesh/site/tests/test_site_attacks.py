"""Attacks through the pages and on the rows beneath them: what somebody tries who wants to read, to forge or to be taken for another."""

from __future__ import annotations

import re
import threading
import uuid
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.apps import apps
from django.conf import settings
from django.core import mail
from django.db import connection, connections, transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from kenesh.appeals import actions as appeals
from kenesh.appeals import drafts, opening
from kenesh.appeals.models import Appeal, Entry, Grant, Receipt, ReceiptKey, Status
from kenesh.casework import actions as casework
from kenesh.casework import release
from kenesh.casework.models import Case, Matter
from kenesh.casework.models import Grant as CaseGrant
from kenesh.casework.models import Status as CaseStatus
from kenesh.casework.opening import open_case
from kenesh.cast import PASSWORD
from kenesh.kernel import stretching, trail, vault
from kenesh.kernel.models import TrailEntry
from kenesh.people import content, keys_in_trail, sign_in
from kenesh.people.keyring import KeyMissing, Keyring
from kenesh.people.models import OrganisationEpoch, Unlock
from kenesh.problems.models import Waiting

pytestmark = pytest.mark.django_db

STORY = "Бригадир Мурзакмат алып койду паспортумду"
HOSTILE = "<script>alert(1)</script>\"'><img src=x onerror=alert(2)>"
ANSWERS: dict[str, Any] = {
    "theme": "pay",
    "danger": "no",
    "story": STORY,
    "citizenship": "KG",
    "where_country": "RU",
    "where_place": "Челябинск",
    "for_whom": "self",
    "phone": "+7 912 000-11-22",
    "consents": ["a", "d"],
}


# --- the field of play ------------------------------------------------------------------------------------------------


def filed(office: Any, **changes: Any) -> str:
    """Digits of a new appeal to this office."""
    draft = drafts.new()
    draft.answers = {**ANSWERS, **changes}
    assert appeals.file_appeal(draft=draft, office=office, language="ru")
    return draft.receipt


def keyring(user: Any) -> Keyring:
    return Keyring(user, sign_in.check(user.email, PASSWORD).secret)


def with_receipt(digits: str) -> Client:
    client = Client()
    assert client.post("/ru/appeal/status/", {"receipt": digits}).status_code == 302
    return client


def newest_appeal() -> Appeal:
    return Appeal.objects.order_by("-id")[:1].get()


@pytest.fixture
def digits(office: Any, aigul: Any) -> str:
    """Of an appeal that lies with the office in Bishkek."""
    return filed(office)


@pytest.fixture
def case(digits: str, aigul: Any) -> Case:
    return casework.open_from_appeal(keyring=keyring(aigul), appeal=newest_appeal())


@pytest.fixture
def second_case(case: Case, office: Any, aigul: Any) -> Case:
    filed(office, story="Башка окуя")
    return casework.open_from_appeal(keyring=keyring(aigul), appeal=newest_appeal())


def exchange(one: Any, other: Any, column: str) -> None:
    """Swaps one column of two stored rows."""
    first, second = bytes(getattr(one, column)), bytes(getattr(other, column))
    type(one)._default_manager.filter(pk=one.pk).update(**{column: second})
    type(other)._default_manager.filter(pk=other.pk).update(**{column: first})


def at_one_moment(acts: list[Callable[[], Any]]) -> list[Any]:
    """Calls all at once, each in a thread with a connection of its own; an exception counts as what came of it."""
    together = threading.Barrier(len(acts), timeout=60)

    def begin(act: Callable[[], Any]) -> Any:
        try:
            together.wait()
            return act()
        except (release.ReleasedBefore, casework.TakenAlready) as refused:
            return type(refused)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(begin, acts))


# --- another's rows behind one's own address --------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["person", "matter", "release"])
def test_a_row_of_another_case_is_not_reached_through_my_own(
    name: str, case: Case, second_case: Case, aigul: Any, signed_in: Any
) -> None:
    row = second_case.persons.get() if name == "person" else second_case.matters.get()
    address = reverse(f"casework_work:{name}", args=[case.code, row.uid])
    assert signed_in(aigul).post(address, {"name": "x"}).status_code == 404
    assert Waiting.objects.count() == 0


def test_a_caseworker_of_another_office_reaches_no_address_of_the_case(
    case: Case, digits: str, boris: Any, signed_in: Any
) -> None:
    client = signed_in(boris)
    matter, person = case.matters.get(), case.persons.get()
    plain = ("case", "answer", "note", "deadline", "link_problem", "assign", "waiting", "add_person", "add_matter")
    addresses = [reverse(f"casework_work:{name}", args=[case.code]) for name in plain]
    addresses += [reverse("casework_work:matter", args=[case.code, matter.uid])]
    addresses += [reverse("casework_work:release", args=[case.code, matter.uid])]
    addresses += [reverse("casework_work:person", args=[case.code, person.uid])]
    addresses += [reverse(f"casework_work:{name}", args=[newest_appeal().code]) for name in ("appeal", "take_up")]
    before = TrailEntry.objects.count()
    assert {address: client.post(address, {"status": "closed"}).status_code for address in addresses} == dict.fromkeys(
        addresses, 404
    )
    assert TrailEntry.objects.count() == before


def test_a_colleague_without_the_key_sees_the_queue_and_opens_nothing(
    case: Case, office: Any, make_account: Any, signed_in: Any
) -> None:
    from kenesh.people.models import Role

    new = make_account("Begimai", Role.CASEWORKER, organisation=office).user
    client = signed_in(new)
    assert client.get("/work/queue/").status_code == 200
    page = client.get(f"/work/cases/{case.code}/").content.decode()
    assert STORY not in page
    with pytest.raises(KeyMissing):
        open_case(case, keyring(new))


# --- rows that were moved, copied or put back ---------------------------------------------------------------------------


def test_two_lines_of_an_appeal_that_change_places_open_no_more(digits: str, aigul: Any) -> None:
    appeal = newest_appeal()
    first, second = appeal.entries.order_by("id")[:2]
    exchange(first, second, "sealed")
    with pytest.raises(vault.Tampered):
        opening.open_for_office(appeal, keyring(aigul)).entries()


def test_answers_of_one_appeal_do_not_open_as_those_of_another(digits: str, office: Any, aigul: Any) -> None:
    one = newest_appeal()
    filed(office, story="Башка окуя")
    exchange(one, newest_appeal(), "sealed_answers")
    with pytest.raises(vault.Tampered):
        opening.open_for_office(Appeal.objects.get(pk=one.pk), keyring(aigul)).answers()


def test_the_key_of_another_appeal_does_not_open_by_standing_in_my_row(digits: str, office: Any, aigul: Any) -> None:
    """Somebody who can write the database gives his own receipt the key row, then the grant, of the victim's appeal."""
    mine = filed(office, story="Башка окуя")
    victim, attacker = Receipt.objects.order_by("id")
    exchange(victim.keys.get(), attacker.keys.get(), "sealed_key")
    keys = vault.from_receipt(mine, settings.SECRETS.pepper)
    with pytest.raises(vault.Tampered):
        opening.open_for_receipt(attacker, keys.pair.secret)
    of_victim, of_attacker = Grant.objects.order_by("id")
    exchange(of_victim, of_attacker, "sealed_key")
    with pytest.raises(vault.Tampered):
        opening.open_for_office(newest_appeal(), keyring(aigul))


def test_a_key_row_that_is_turned_to_my_receipt_opens_nothing(digits: str, office: Any, aigul: Any) -> None:
    mine = filed(office, story="Башка окуя")
    victim, attacker = Receipt.objects.order_by("id")
    ReceiptKey.objects.filter(receipt=attacker).delete()
    ReceiptKey.objects.filter(receipt=victim).update(receipt=attacker)
    Receipt.objects.filter(pk=attacker.pk).update(appeal=victim.appeal)
    keys = vault.from_receipt(mine, settings.SECRETS.pepper)
    with pytest.raises(vault.Tampered):
        opening.open_for_receipt(Receipt.objects.get(pk=attacker.pk), keys.pair.secret)


def test_an_older_content_of_a_matter_does_not_open_as_the_newest(case: Case, aigul: Any) -> None:
    matter = case.matters.get()
    old, ring = bytes(matter.sealed), keyring(aigul)
    casework.change_row(keyring=ring, row=matter, changes={"persons": 3}, version=1)
    Matter.objects.filter(pk=matter.pk).update(sealed=old)
    with pytest.raises(vault.Tampered):
        open_case(case, ring).matters()


def test_a_consent_that_another_signed_does_not_count(digits: str, aigul: Any) -> None:
    """An office holds the content key and could write a line of consent; it cannot sign it."""
    appeal = newest_appeal()
    opened = opening.open_for_office(appeal, keyring(aigul))
    assert appeals.may_count(opened)
    said = [entry for entry in opened.entries() if entry.kind == "consent" and entry.body["code"] == "d"][-1]
    forged = {"code": "d", "given": True, "language": "ru", "signature": said.body["signature"]}
    opened.sealed_entry(kind="consent", by="person", at=said.at, **forged).save()
    assert not appeals.may_count(opening.open_for_office(appeal, keyring(aigul)))


# --- taking back and erasing --------------------------------------------------------------------------------------------


def test_whoever_kept_the_old_grant_reads_nothing_that_comes_after_the_consent_was_taken_back(digits: str, aigul: Any) -> None:
    person, appeal, ring = with_receipt(digits), newest_appeal(), keyring(aigul)
    stolen = Grant.objects.get(epoch__appeal=appeal)
    person.post("/ru/appeal/status/consent/a/", {"given": "no"})
    with pytest.raises(KeyMissing):
        opening.open_for_office(appeal, ring)
    person.post("/ru/appeal/status/consent/d/", {"given": "no"})
    stolen.pk = None
    stolen.save(force_insert=True)
    opened = opening.open_for_office(appeal, ring)
    with pytest.raises(KeyMissing):
        opened.entries()  # the newest lines lie under an epoch whose key this grant does not give


def test_no_button_of_the_office_opens_what_is_being_erased(case: Case, digits: str, aigul: Any, signed_in: Any) -> None:
    with_receipt(digits).post("/ru/appeal/status/erase/", {})
    client, at = signed_in(aigul), f"/work/cases/{case.code}/"
    for status in ("reopen", "closed", "office", "person", "others"):
        client.post(f"{at}status/", {"status": status})
    client.post(f"{at}answer/", {"answer-text": "Эмнеге?", "answer-key": str(uuid.uuid4())})
    client.post(f"{at}assign/", {"assign-assignee": ""})
    client.post(f"/work/appeals/{newest_appeal().code}/take-up/")
    assert (newest_appeal().status, Case.objects.get().status) == (Status.ERASING, "erasing")
    assert list(Grant.objects.values_list("latched", flat=True)) == [True]
    assert list(CaseGrant.objects.values_list("latched", flat=True)) == [True]
    assert STORY not in client.get(at).content.decode()


def test_a_latch_that_is_only_unmarked_stays_shut(digits: str, aigul: Any) -> None:
    """The flag is not the lock: who clears it in the database has gained nothing."""
    with_receipt(digits).post("/ru/appeal/status/erase/", {})
    Grant.objects.update(latched=False)
    with pytest.raises(vault.Tampered):
        opening.open_for_office(newest_appeal(), keyring(aigul))


def test_another_receipt_does_not_stop_an_erasure(digits: str, office: Any) -> None:
    with_receipt(digits).post("/ru/appeal/status/erase/", {})
    other = filed(office, story="Башка окуя")
    with_receipt(other).post("/ru/appeal/status/erase/", {"what": "stop"})
    assert sorted(Appeal.objects.values_list("status", flat=True)) == ["erasing", "new"]
    grant = Grant.objects.get(latched=True)
    with pytest.raises(vault.Tampered):
        content.unlatch(grant, vault.from_receipt(other, settings.SECRETS.pepper).pair.secret)


# --- plaintext where it does not belong -----------------------------------------------------------------------------------


def everything_stored() -> str:
    """All rows of all tables as text; binary columns both as bytes and as what they spell."""
    found = []
    for model in apps.get_models(include_auto_created=True):
        for row in model._default_manager.values_list():
            for value in row:
                found.append(bytes(value).decode("utf-8", "replace") if isinstance(value, (bytes, memoryview)) else str(value))
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT value FROM kenesh_cache" if "kenesh_cache" in connection.introspection.table_names() else "SELECT 1"
        )
        found += [str(row[0]) for row in cursor.fetchall()]
    return "\n".join(found)


def test_no_table_holds_a_word_of_an_appeal_after_a_whole_day_with_it(
    digits: str, case: Case, aigul: Any, signed_in: Any
) -> None:
    client, person, at = signed_in(aigul), with_receipt(digits), f"/work/cases/{case.code}/"
    person.get("/ru/appeal/status/open/")
    person.post("/ru/appeal/status/open/", {"text": "Кошумча Zebrafink", "key": str(uuid.uuid4())})
    client.post(f"{at}note/", {"note-text": "Ички Quetzalcoatl", "note-key": str(uuid.uuid4())})
    client.post(f"{at}answer/", {"answer-text": "Жооп Xylophon", "answer-key": str(uuid.uuid4())})
    client.post(f"{at}person/{case.persons.get().uid}/", {"name": "Ысымы Wolpertinger", "version": "1", "key": str(uuid.uuid4())})
    client.post(f"{at}person/", {"name": "", "phone": "x" * 100, "key": "not a key"})
    Unlock.objects.all().delete()
    client.post(f"{at}note/", {"note-text": "Жабык Yggdrasil", "note-key": str(uuid.uuid4())})
    person.post("/ru/appeal/status/erase/", {})
    stored = everything_stored()
    words = (
        "Zebrafink",
        "Quetzalcoatl",
        "Xylophon",
        "Wolpertinger",
        "Yggdrasil",
        "Мурзакмат",
        "912 000-11-22",
        "Челябинск\n",
        digits,
    )
    assert [word for word in words if word in stored] == []


@pytest.mark.parametrize(
    "address", ["/ru/appeal/status/open/", "/ru/appeal/status/story/", "/ru/appeal/status/erase/", "/ru/appeal/status/"]
)
def test_a_page_of_the_receipt_is_neither_compressed_nor_kept(address: str, digits: str) -> None:
    answer = with_receipt(digits).get(address, headers={"Accept-Encoding": "gzip"})
    assert (answer.headers.get("Content-Encoding"), answer.headers["Cache-Control"]) == (None, "no-store")
    assert digits not in answer.content.decode()


def test_digits_that_never_were_and_digits_that_were_erased_are_told_the_same(digits: str, office: Any) -> None:
    never = vault.receipt_digits(b"\x05" * 32)
    with_receipt(digits).post("/ru/appeal/status/erase/", {})
    appeals.destroy_erased(today=newest_appeal().erase_on)  # type: ignore[arg-type]  # set by the request above
    pages = []
    for asked in (digits, never):
        answer = Client().post("/ru/appeal/status/", {"receipt": asked})
        plain = re.sub(r'csrfmiddlewaretoken" value="\w+"', "", answer.content.decode()).replace(asked, "")
        pages.append((answer.status_code, plain, sorted(answer.cookies)))
    assert pages[0] == pages[1]


def test_a_visitor_without_an_account_leaves_no_session_behind(digits: str) -> None:
    from django.contrib.sessions.models import Session

    client = with_receipt(digits)
    client.post("/ru/appeal/status/consent/d/", {"given": "no"})
    client.get("/ru/appeal/status/open/")
    Client().get("/ru/appeal/where/")
    client.post("/ru/appeal/status/erase/", {})
    assert Session.objects.count() == 0


def test_what_is_stored_in_the_clear_of_an_added_message_is_no_hash_of_the_digits(office: Any, aigul: Any) -> None:
    """A fast hash of 20 digits and a text that can be guessed would be searched through in days."""
    draft = drafts.new()
    assert draft.request_key("Телефон: 1") == draft.request_key("Телефон: 1")
    guesses = [uuid.uuid5(uuid.UUID(int=0), draft.receipt + "Телефон: 1"), uuid.uuid5(uuid.NAMESPACE_URL, draft.receipt)]
    assert draft.request_key("Телефон: 1") not in guesses
    other = drafts.OpenDraft(vault.new_key())
    assert draft.request_key("Телефон: 1") != other.request_key("Телефон: 1")


# --- forged requests, planted cookies, strange hosts ------------------------------------------------------------------------


def test_no_form_is_taken_without_its_token(digits: str, case: Case, aigul: Any, signed_in: Any) -> None:
    forger = Client(enforce_csrf_checks=True)
    forger.cookies.update(signed_in(aigul).cookies)
    forger.cookies.update(with_receipt(digits).cookies)
    at = f"/work/cases/{case.code}/"
    addresses = [
        f"{at}note/",
        f"{at}status/",
        f"{at}assign/",
        "/work/sign-in/",
        "/work/sign-out/",
        "/work/unlock/",
        "/work/account/",
    ]
    addresses += [f"/ru/appeal/{page}" for page in ("", "send/", "written/", "status/", "status/open/", "status/erase/")]
    addresses += ["/ru/appeal/status/consent/a/", "/ru/appeal/status/close/", "/language/", "/en/answer/AAAAAAAAAAAAAAAAAAAAAA/"]
    answers = {address: forger.post(address, {"status": "closed", "given": "no"}).status_code for address in addresses}
    assert answers == dict.fromkeys(addresses, 403)
    assert newest_appeal().status == Status.OFFICE


def test_a_session_id_that_was_planted_is_worth_nothing_after_signing_in(aigul: Any) -> None:
    attacker = Client()
    session = attacker.session
    session["planted"] = "yes"
    session.save()
    planted = str(session.session_key)
    attacker.cookies[settings.SESSION_COOKIE_NAME] = planted
    victim = Client()
    victim.cookies[settings.SESSION_COOKIE_NAME] = planted
    victim.post("/work/sign-in/", {"email": aigul.email, "password": PASSWORD})
    assert victim.cookies[settings.SESSION_COOKIE_NAME].value != planted
    assert attacker.get("/work/").headers["Location"].startswith("/work/sign-in/")


def test_an_unlock_of_another_account_opens_nothing_in_my_session(case: Case, aigul: Any, eve: Any, signed_in: Any) -> None:
    client, other = signed_in(aigul), signed_in(eve)
    client.cookies[settings.UNLOCK_COOKIE_NAME] = other.cookies[settings.UNLOCK_COOKIE_NAME].value
    assert client.get(f"/work/cases/{case.code}/").headers["Location"] == "/work/unlock/"


def test_a_cookie_that_the_server_never_gave_opens_no_draft(office: Any, aigul: Any) -> None:
    client = Client()
    client.cookies[settings.DRAFT_COOKIE_NAME] = planted = "ab" * 32
    client.post("/ru/appeal/", {"theme": "pay", "danger": "no", "story": STORY})
    assert client.cookies[settings.DRAFT_COOKIE_NAME].value != planted


@pytest.mark.parametrize(
    "address",
    [
        "https://evil.example/",
        "//evil.example/work/",
        "/work/..//evil.example",
        "/work/\\evil.example",
        "javascript:alert(1)",
        "/work/\r\nX: y",
    ],
)
def test_signing_in_leads_to_no_other_host(address: str, aigul: Any) -> None:
    answer = Client().post("/work/sign-in/", {"email": aigul.email, "password": PASSWORD, "next": address})
    assert answer.headers["Location"].startswith("/work/")
    assert "X" not in answer.headers


def test_a_strange_host_is_refused_with_every_policy_in_place() -> None:
    answer = Client().get("/ru/", headers={"Host": "evil.example"})
    assert answer.status_code == 400
    assert "evil.example" not in answer.content.decode()
    assert "default-src 'none'" in answer.headers["Content-Security-Policy"]


@pytest.mark.parametrize(
    "address", ["/", "/ru/", "/nowhere", "/work/", "/work/nowhere/", "/ru/appeal/", "/ru/appeal/status/", "/ru/library/"]
)
def test_every_answer_forbids_frames_and_foreign_script(address: str, office: Any, aigul: Any) -> None:
    policy = Client().get(address).headers["Content-Security-Policy"]
    rules = {words[0]: words[1:] for words in (rule.split() for rule in policy.split(";"))}
    assert rules["script-src"] == ["'self'"]
    assert [rules[name] for name in ("default-src", "base-uri", "frame-ancestors")] == [["'none'"]] * 3
    assert rules["form-action"] == ["'self'"]
    assert "'unsafe-inline'" not in policy


def test_a_body_that_is_larger_than_any_form_is_refused_unread() -> None:
    class Unread:
        def read(self, *_: object) -> bytes:
            raise AssertionError("somebody reads it")

        readline = read

    endless: dict[str, Any] = {"CONTENT_LENGTH": "40000000000", "wsgi.input": Unread()}
    assert Client().generic("POST", "/ru/appeal/", content_type="multipart/form-data; boundary=X", **endless).status_code == 413


# --- texts that want to be more than text -------------------------------------------------------------------------------------


def test_a_hostile_name_of_an_office_stays_text(make_office: Any, make_account: Any) -> None:
    from kenesh.people import actions
    from kenesh.people.models import Role

    office = make_office(HOSTILE, "KG", legal_label={"ru": HOSTILE}, place={"ru": HOSTILE})
    holder = make_account("Aigul", Role.CASEWORKER, organisation=office).user
    actions.begin_epoch(organisation=office, holders=[holder], by="test")
    client = with_receipt(filed(office))
    seen = [client.get("/ru/appeal/status/open/")]
    draft = drafts.new()
    draft.answers = dict(ANSWERS)
    drafts.save(draft)
    client.cookies[settings.DRAFT_COOKIE_NAME] = draft.secret.hex()
    seen += [client.get("/ru/appeal/answer/"), client.get("/ru/appeal/check/")]
    assert all("<script>alert" not in page.content.decode() and "<img src=x" not in page.content.decode() for page in seen)


def test_what_a_person_and_an_office_write_to_each_other_stays_text(office: Any, aigul: Any, signed_in: Any) -> None:
    person = with_receipt(filed(office, story=HOSTILE, where_place=HOSTILE, phone=HOSTILE))
    person.post("/ru/appeal/status/open/", {"text": HOSTILE, "key": str(uuid.uuid4())})
    ring, client = keyring(aigul), signed_in(aigul)
    pages = [client.get(f"/work/appeals/{newest_appeal().code}/")]
    case = casework.open_from_appeal(keyring=ring, appeal=newest_appeal())
    casework.answer(keyring=ring, case=case, text=HOSTILE, key=uuid.uuid4())
    casework.add_note(keyring=ring, case=case, text=HOSTILE, key=uuid.uuid4())
    pages += [
        client.get(f"/work/cases/{case.code}/"),
        person.get("/ru/appeal/status/open/"),
        person.get("/ru/appeal/status/story/"),
    ]
    for page in pages:
        text = page.content.decode()
        assert "&lt;script&gt;alert" in text
        assert "<script>alert" not in text
        assert "<img src=x" not in text


def test_what_a_locked_session_gives_back_stays_text(case: Case, aigul: Any, signed_in: Any) -> None:
    client = signed_in(aigul)
    Unlock.objects.all().delete()
    client.post(f"/work/cases/{case.code}/note/", {"note-text": HOSTILE, f"x{HOSTILE}": HOSTILE})
    client.post("/work/unlock/", {"password": PASSWORD})
    text = client.get("/work/unlock/back/").content.decode()
    assert "&lt;script&gt;alert" in text
    assert "<script>alert" not in text
    assert "<img src=x" not in text


def test_a_hostile_document_stays_text() -> None:
    from kenesh.library.actions import import_document

    text = f"Пресс-релиз {HOSTILE}\n\n15 мая 2024 года в Бишкеке обсудили невыплату зарплаты мигрантам. {HOSTILE}"
    page = f"<html><head><title>{HOSTILE}</title></head><body><p>{text}</p></body></html>"
    for data in (text, page):
        document = import_document(data=data.encode(), source=f"{HOSTILE}.html", by="test").document
        for address in (f"/ru/library/{document.code}/", "/ru/library/"):
            shown = Client().get(address).content.decode()
            assert "<script>alert" not in shown
            assert "<img src=x" not in shown


# --- many at one moment ---------------------------------------------------------------------------------------------------------


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


def test_a_key_that_was_put_into_the_database_is_named(office: Any, aigul: Any) -> None:
    """Appeals are sealed to the newest key of an office: whoever adds a row of his own would read all that come."""
    assert list(keys_in_trail.strangers()) == []
    pair = vault.new_pair()
    OrganisationEpoch.objects.create(organisation=office, number=2, public_key=pair.public, sealed_index_key=b"-")
    assert [line.split(" of ")[0] for line in keys_in_trail.strangers()] == ["key 2"]
    type(aigul).objects.filter(pk=aigul.pk).update(public_key=pair.public)
    assert [line.split(" of ")[0] for line in keys_in_trail.strangers()] == ["key 2", "the key"]


@pytest.mark.parametrize("name", ["a[b]", "a/b", "(x", "обычное", "a b"])
def test_no_cookie_of_another_program_stops_the_quick_exit(name: str) -> None:
    answer = Client().get("/leave/", headers={"Cookie": f"{name}=1; kenesh=2".encode().decode("latin-1")})
    assert (answer.status_code, answer.headers["Location"]) == (302, settings.LEAVE_TO)


def test_a_person_who_asks_for_erasing_while_her_appeal_is_taken_up_leaves_no_open_case(digits: str, aigul: Any) -> None:
    """Taken up with what was read before she asked: the case is not opened behind her back."""
    appeal = newest_appeal()
    with_receipt(digits).post("/ru/appeal/status/erase/", {})
    with pytest.raises((KeyMissing, casework.TakenAlready)):
        casework.open_from_appeal(keyring=keyring(aigul), appeal=appeal)
    assert (Case.objects.count(), Entry.objects.filter(appeal=appeal).count()) == (0, 4)
