"""The key of an office over HTTP: the first one, a new one after somebody left, the one on paper; a forgotten password."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from kenesh.cast import PASSWORD, enter
from kenesh.kernel import vault
from kenesh.kernel.models import TrailEntry
from kenesh.people import actions, sign_in
from kenesh.people.keyring import KeyMissing, Keyring
from kenesh.people.models import LockedPost, OrganisationEpoch, OrganisationKey, Role, Unlock, User
from kenesh.people.queries import current_epoch, fingerprint_of, offices_that_take_appeals

pytestmark = pytest.mark.django_db

START = "a start password told by voice"
Make = Callable[..., Any]


@pytest.fixture
def saltanat(office: Any, make_account: Make) -> User:
    """Administers the office in Bishkek; no caseworker."""
    return make_account("Saltanat", Role.ORGANISATION_ADMIN, organisation=office).user


@pytest.fixture
def jamila(office: Any, make_account: Make) -> User:
    """A caseworker in Bishkek without the key."""
    return make_account("Jamila", Role.CASEWORKER, organisation=office).user


def keyring(user: User, password: str = PASSWORD) -> Keyring:
    user.refresh_from_db()
    return Keyring(user, sign_in.check(user.email, password).secret)


def recovery_key_on(page: Any) -> str:
    output = re.search(r"<output>(.*?)</output>", page.content.decode(), re.DOTALL)
    assert output is not None
    return " ".join(re.findall(r"<span>(\w+)</span>", output.group(1)))


def verbs() -> list[str]:
    return list(TrailEntry.objects.order_by("pk").values_list("verb", flat=True))


def test_a_caseworker_makes_the_first_key_and_sees_the_recovery_key_until_it_is_safe(
    jamila: User, office: Any, signed_in: Make
) -> None:
    client, page = signed_in(jamila), f"/work/colleagues/{office.code}/key/"
    assert page in client.get("/work/colleagues/").content.decode()
    assert offices_that_take_appeals() == []
    assert client.post(page, {"after": "0"}).headers["Location"] == page
    shown = client.get(page)
    assert shown.headers["Cache-Control"] == "no-store"
    text = recovery_key_on(shown)
    assert vault.read_recovery_key(text).text == text
    assert recovery_key_on(client.get(page)) == text, "a lost answer loses no key"
    assert text.encode() not in bytes(LockedPost.objects.get().sealed)
    assert offices_that_take_appeals() == [office]
    client.post(f"{page}in-the-safe/")
    client.post(f"{page}in-the-safe/")
    assert text[:9] not in client.get(page).content.decode()
    assert LockedPost.objects.count() == 0
    assert verbs().count("begin_epoch") == verbs().count("put_recovery_key_away") == 1


def test_the_first_key_is_made_once_even_when_sent_twice(jamila: User, office: Any, signed_in: Make) -> None:
    client, page = signed_in(jamila), f"/work/colleagues/{office.code}/key/"
    client.post(page, {"after": "0"})
    client.post(page, {"after": "0"})
    client.post(f"{page}in-the-safe/")
    assert client.post(page, {"after": "0"}).headers["Location"] == "/work/colleagues/"
    assert OrganisationEpoch.objects.count() == 1


def test_a_new_key_goes_to_all_active_holders(aigul: Any, jamila: User, office: Any, signed_in: Make) -> None:
    actions.admit(keyring=keyring(aigul), organisation=office, colleague=jamila, fingerprint=fingerprint_of(jamila))
    client, page = signed_in(aigul), f"/work/colleagues/{office.code}/key/"
    client.post(page, {"after": "1"})
    newest = current_epoch(office)
    assert newest.number == 2
    assert {key.user for key in newest.keys.all()} == {aigul, jamila}
    recovery = vault.read_recovery_key(recovery_key_on(client.get(page)))
    OrganisationKey.objects.all().delete()
    actions.recover(organisation=office, recovery=recovery, user=jamila, by="test")
    assert len(keyring(jamila).organisation_secret(OrganisationEpoch.objects.get(number=1))) == 32


@pytest.mark.parametrize("outsider", ["nurlan", "eve", "boris", "jamila", "saltanat", "chynara"])
def test_nobody_without_the_key_begins_a_new_one(
    outsider: str, aigul: Any, office: Any, signed_in: Make, request: pytest.FixtureRequest
) -> None:
    client = signed_in(request.getfixturevalue(outsider))
    page = f"/work/colleagues/{office.code}/key/"
    assert client.get(page).status_code == 404
    assert client.post(page, {"after": "1"}).status_code == 404
    assert current_epoch(office).number == 1


def test_what_came_before_and_after_a_new_key_opens_to_who_holds_the_new_one(aigul: Any, office: Any, signed_in: Make) -> None:
    file_an_appeal("Биринчи окуя")
    client, page = signed_in(aigul), f"/work/colleagues/{office.code}/key/"
    client.post(page, {"after": "1"})
    client.post(f"{page}in-the-safe/")
    OrganisationKey.objects.filter(epoch__number=1).delete()
    file_an_appeal("Экинчи окуя")
    queue = client.get("/work/queue/").content.decode()
    pages = [client.get(address).content.decode() for address in sorted(set(re.findall(r"/work/appeals/\w{8}/", queue)))]
    assert len(pages) == 2
    assert sum("Биринчи окуя" in page for page in pages) == 1
    assert sum("Экинчи окуя" in page for page in pages) == 1


def test_who_left_before_the_new_key_cannot_open_what_comes_after(
    aigul: Any, jamila: User, saltanat: User, office: Any, signed_in: Make
) -> None:
    actions.admit(keyring=keyring(aigul), organisation=office, colleague=jamila, fingerprint=fingerprint_of(jamila))
    kept = keyring(jamila)
    stolen = kept.organisation_secret(current_epoch(office))
    signed_in(saltanat).post(f"/work/accounts/{jamila.uid}/close/")
    client = signed_in(aigul)
    assert 'data-tone="warn"' in client.get("/work/colleagues/").content.decode()
    assert OrganisationEpoch.objects.get().renewal_due
    client.post(f"/work/colleagues/{office.code}/key/", {"after": "1"})
    newest = current_epoch(office)
    assert not newest.renewal_due
    assert keyring(aigul).organisation_secret(newest) != stolen
    with pytest.raises(KeyMissing):
        Keyring(jamila, kept.secret).organisation_secret(newest)


def file_an_appeal(story: str) -> None:
    """Through the public form, as a person does."""
    client = Client()
    steps: dict[str, dict[str, Any]] = {
        "": {"theme": "pay", "story": story},
        "where/": {},
        "who/": {},
        "answer/": {"consents": ["a"]},
    }
    for step, answers in steps.items():
        assert client.post(f"/ky/appeal/{step}", answers).status_code == 302
    assert b"<output>" in client.post("/ky/appeal/send/").content


# --- recovery -------------------------------------------------------------------------------------------------------------


def test_the_paper_gives_the_key_back(office: Any, jamila: User, make_account: Make, signed_in: Make) -> None:
    gone = make_account("Aigerim", Role.CASEWORKER, organisation=office).user
    recovery = actions.begin_epoch(organisation=office, holders=[gone], by="test")
    client, page = signed_in(jamila), f"/work/colleagues/{office.code}/recover/"
    assert page in client.get("/work/colleagues/").content.decode()
    for wrong in ("", "ABCD", recovery.text[:-1] + ("2" if recovery.text[-1] != "2" else "3"), vault.new_recovery_key().text):
        answer = client.post(page, {"recovery": wrong})
        assert answer.status_code == 200
        assert list(answer.context["form"].errors) == ["recovery"]
    assert OrganisationKey.objects.filter(user=jamila).count() == 0
    assert client.post(page, {"recovery": recovery.text.lower().replace(" ", "-")}).status_code == 302
    assert client.post(page, {"recovery": recovery.text}).status_code == 302
    assert len(keyring(jamila).organisation_secret(current_epoch(office))) == 32
    assert verbs().count("recover") == 1


@pytest.mark.parametrize("outsider", ["nurlan", "eve", "boris", "saltanat", "chynara"])
def test_the_paper_helps_no_stranger(
    outsider: str, aigul: Any, office: Any, signed_in: Make, request: pytest.FixtureRequest
) -> None:
    client = signed_in(request.getfixturevalue(outsider))
    assert client.get(f"/work/colleagues/{office.code}/recover/").status_code == 404


# --- a forgotten password -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("administrator", ["saltanat", "nurlan"])
def test_a_start_password_lets_in_and_opens_nothing_until_somebody_admits_her(
    administrator: str, aigul: Any, jamila: User, office: Any, signed_in: Make, request: pytest.FixtureRequest
) -> None:
    actions.admit(keyring=keyring(aigul), organisation=office, colleague=jamila, fingerprint=fingerprint_of(jamila))
    signed_in(jamila)
    before = fingerprint_of(jamila)
    client, page = signed_in(request.getfixturevalue(administrator)), f"/work/accounts/{jamila.uid}/password/"
    form = {"new": START, "again": START, "seen": str(client.get(page).context["form"].initial["seen"])}
    assert client.post(page, form).status_code == 302
    assert client.post(page, form).status_code == 302, "sent twice"
    assert verbs().count("reset_password") == 1
    jamila.refresh_from_db()
    assert fingerprint_of(jamila) != before
    assert Unlock.objects.filter(user=jamila).count() == OrganisationKey.objects.filter(user=jamila).count() == 0
    with pytest.raises(sign_in.WrongPassword):
        sign_in.check(jamila.email, PASSWORD)
    with pytest.raises(KeyMissing):
        keyring(jamila, START).organisation_secret(current_epoch(office))
    at = f"/work/colleagues/{office.code}/admit/{jamila.uid}/"
    signed_in(aigul).post(at, {"fingerprint": fingerprint_of(jamila)})
    assert OrganisationKey.objects.filter(user=jamila).count() == 0, "no key before the password is her own"
    own, given = "a password of her very own", fingerprint_of(jamila)
    herself = Client()
    enter(herself, jamila, START)
    assert herself.post("/work/account/", {"old": START, "new": START, "again": START}).status_code == 200, "the same again"
    assert herself.post("/work/account/", {"old": START, "new": own, "again": own}).status_code == 302
    jamila.refresh_from_db()
    assert fingerprint_of(jamila) != given
    signed_in(aigul).post(at, {"fingerprint": fingerprint_of(jamila)})
    assert len(keyring(jamila, own).organisation_secret(current_epoch(office))) == 32


def test_an_account_cannot_reset_or_close_itself_or_give_itself_a_role(
    saltanat: User, nurlan: Any, office: Any, signed_in: Make
) -> None:
    for user in (saltanat, nurlan):
        client = signed_in(user)
        for page in ("", "password/", "close/"):
            assert client.get(f"/work/accounts/{user.uid}/{page}").status_code == 404
        answer = client.post(f"/work/accounts/{user.uid}/roles/", {"role": "caseworker", "organisation": office.code})
        assert answer.status_code == 404
        with pytest.raises(actions.NotYourself):
            actions.give_role(user=user, role=Role.CASEWORKER, organisation=office, by=user)
        with pytest.raises(actions.NotYourself):
            actions.reset_password(user=user, seen=fingerprint_of(user), new=START, by=user)


def test_who_administers_an_office_cannot_become_the_node_through_a_colleague(
    saltanat: User, office: Any, nurlan: Any, signed_in: Make
) -> None:
    """Whoever sets a start password may do all that the account may."""
    actions.give_role(user=nurlan, role=Role.ORGANISATION_ADMIN, organisation=office, by="test")
    client = signed_in(saltanat)
    assert client.get(f"/work/accounts/{nurlan.uid}/").status_code == 200
    for page in ("password/", "close/"):
        assert client.get(f"/work/accounts/{nurlan.uid}/{page}").status_code == 404
        assert client.post(f"/work/accounts/{nurlan.uid}/{page}").status_code == 404
