"""Signing in: one password opens the account and its keys, and a session locks itself."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone

from kenesh.cast import PASSWORD, enter
from kenesh.kernel import vault
from kenesh.people import actions, sign_in
from kenesh.people.keyring import KeyMissing, Keyring
from kenesh.people.models import LockedPost, OrganisationKey, Unlock, User
from kenesh.people.queries import current_epoch

pytestmark = pytest.mark.django_db


def attempt(client: Client, email: str, password: str) -> Any:
    return client.post("/work/sign-in/", {"email": email, "password": password})


def keyring(user: User) -> Keyring:
    return Keyring(user, sign_in.check(user.email, PASSWORD).secret)


def test_the_right_password_opens_the_work_pages(aigul: Any, signed_in: Any) -> None:
    assert signed_in(aigul).get("/work/queue/").status_code == 200


def test_a_wrong_password_and_an_unknown_address_are_told_the_same(aigul: Any) -> None:
    wrong = attempt(Client(), aigul.email, "not this one at all")
    unknown = attempt(Client(), "nobody@example.org", "not this one at all")
    assert wrong.status_code == unknown.status_code == 200
    assert wrong.context["form"].non_field_errors() == unknown.context["form"].non_field_errors()


def test_the_database_holds_no_password_and_no_open_secret(aigul: Any) -> None:
    opened = sign_in.check(aigul.email, PASSWORD).secret
    assert PASSWORD not in aigul.password
    assert opened not in bytes(aigul.sealed_secret)


def test_the_session_gets_a_new_id_and_the_unlock_a_cookie_of_its_own(aigul: Any) -> None:
    client = Client()
    client.get("/work/sign-in/")
    client.session.save()
    before = client.session.session_key
    enter(client, aigul)
    assert client.session.session_key != before
    cookie = client.cookies[settings.UNLOCK_COOKIE_NAME].value
    assert cookie not in str(dict(client.session))
    assert Unlock.objects.get().stage == Unlock.Stage.OPEN


def test_a_stolen_session_without_the_unlock_cookie_reads_nothing(aigul: Any, signed_in: Any) -> None:
    thief = Client()
    thief.cookies[settings.SESSION_COOKIE_NAME] = signed_in(aigul).cookies[settings.SESSION_COOKIE_NAME].value
    answer = thief.get("/work/account/")
    assert answer.headers["Location"] == "/work/unlock/"


def test_a_pending_unlock_opens_nothing(aigul: Any, signed_in: Any) -> None:
    client = signed_in(aigul)
    Unlock.objects.update(stage=Unlock.Stage.PENDING)
    assert client.get("/work/account/").headers["Location"] == "/work/unlock/"


def test_after_idle_minutes_casework_is_locked(aigul: Any, signed_in: Any) -> None:
    client = signed_in(aigul)
    Unlock.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    assert client.get("/work/account/").headers["Location"] == "/work/unlock/"


def test_what_is_sent_to_a_locked_session_comes_back_after_the_password(aigul: Any, signed_in: Any) -> None:
    client = signed_in(aigul)
    Unlock.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    words = "Айжан эжеге тамга жаздым"
    client.post("/work/cases/bbbbbbbb/note/", {"note-text": words, "note-key": "0" * 32})
    assert words.encode() not in bytes(LockedPost.objects.get().sealed)
    answer = client.post("/work/unlock/", {"password": PASSWORD})
    assert answer.headers["Location"] == "/work/unlock/back/"
    assert words in client.get("/work/unlock/back/").content.decode()
    assert LockedPost.objects.count() == 0


def test_signing_out_ends_the_unlock(aigul: Any, signed_in: Any) -> None:
    client = signed_in(aigul)
    client.post("/work/sign-out/")
    assert Unlock.objects.count() == 0


def test_ten_wrong_passwords_lock_strangers_out_but_not_the_known_device(aigul: Any, signed_in: Any) -> None:
    at_home = signed_in(aigul)
    stranger = Client()
    for _ in range(sign_in.FAILURES_ALLOWED):
        attempt(stranger, aigul.email, "guess after guess")
    assert "15" in str(attempt(stranger, aigul.email, PASSWORD).context["form"].non_field_errors())
    assert attempt(at_home, aigul.email, PASSWORD).status_code == 302


def test_a_device_cookie_of_another_account_counts_for_nothing(aigul: Any, boris: Any, signed_in: Any) -> None:
    cookie = signed_in(boris).cookies[settings.DEVICE_COOKIE_NAME].value
    assert not sign_in.device_belongs(cookie, aigul.email)
    assert not sign_in.device_belongs("", aigul.email)
    assert not sign_in.device_belongs("x." + "0" * 64, aigul.email)


def test_a_new_password_keeps_the_keys_and_ends_other_sessions(aigul: Any, office: Any, signed_in: Any) -> None:
    elsewhere, client = signed_in(aigul), signed_in(aigul)
    new = "a wholly different long secret"
    answer = client.post("/work/account/", {"old": PASSWORD, "new": new, "again": new})
    assert answer.status_code == 302
    assert client.get("/work/account/").status_code == 200
    assert elsewhere.get("/work/account/").status_code == 302
    ring = Keyring(aigul, sign_in.check(aigul.email, new).secret)
    assert len(ring.organisation_secret(current_epoch(office))) == 32


def test_nobody_is_sent_to_another_site_after_signing_in(eve: Any) -> None:
    answer = Client().post("/work/sign-in/", {"email": eve.email, "password": PASSWORD, "next": "//evil.example/work/"})
    assert answer.headers["Location"] == "/work/"


# --- keys of an organisation ----------------------------------------------------------------------------------------------


def test_a_colleague_gets_the_key_after_the_digits_are_compared(
    aigul: Any, office: Any, make_account: Any, signed_in: Any
) -> None:
    from kenesh.people.models import Role

    new = make_account("Jamila", Role.CASEWORKER, organisation=office).user
    with pytest.raises(KeyMissing):
        keyring(new).organisation_secret(current_epoch(office))
    client, page = signed_in(aigul), f"/work/colleagues/{office.code}/admit/{new.uid}/"
    assert client.post(page, {"fingerprint": "000000000000"}).status_code == 200
    assert OrganisationKey.objects.filter(user=new).count() == 0
    assert client.post(page, {"fingerprint": actions.fingerprint_of(new)}).status_code == 302
    assert keyring(new).organisation_secret(current_epoch(office)) == keyring(aigul).organisation_secret(current_epoch(office))


def test_a_later_epoch_opens_the_earlier_one(aigul: Any, office: Any) -> None:
    first = current_epoch(office)
    before = keyring(aigul).organisation_secret(first)
    actions.begin_epoch(organisation=office, holders=[aigul], by=aigul, keyring=keyring(aigul))
    OrganisationKey.objects.filter(epoch=first).delete()
    assert current_epoch(office).number == 2
    assert keyring(aigul).organisation_secret(first) == before


def test_the_printed_recovery_key_opens_what_was_lost(office: Any, make_account: Any) -> None:
    account = make_account("Aigerim")
    recovery = actions.begin_epoch(organisation=office, holders=[account.user], by="test")
    OrganisationKey.objects.all().delete()
    with pytest.raises(vault.Tampered):
        actions.recover(organisation=office, recovery=vault.new_recovery_key(), user=account.user, by="test")
    actions.recover(organisation=office, recovery=recovery, user=account.user, by="test")
    assert len(keyring(account.user).organisation_secret(current_epoch(office))) == 32


def test_the_node_administrator_opens_no_office(nurlan: Any, office: Any, aigul: Any, signed_in: Any) -> None:
    with pytest.raises(KeyMissing):
        keyring(nurlan).organisation_secret(current_epoch(office))
    assert signed_in(nurlan).get("/work/queue/").status_code == 404
